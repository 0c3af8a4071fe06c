//! Which rows of a chunk are new, updated, unchanged or duplicates, and what has to be written for them. No
//! database: everything stored was looked up before.

use std::collections::{HashMap, HashSet};

use pingxin_domain::arrival::{Outcome, merge_order, order_hash, outcome};
use pingxin_domain::intake::IncomingOrder;
use pingxin_domain::{BatchId, BuyerId, OrderId};
use pingxin_store::order::StoredOrder;
use pingxin_store::review::StoredReview;

use super::lookup::{Known, taken};
use super::prepare::{Prepared, PreparedReview, PreparedRow};
use super::records;

/// What earlier chunks of a dry run brought; a real run finds it in the database.
#[derive(Debug, Default)]
pub struct Earlier {
    /// Identities of reviews, order numbers (`n:`), lines (`l:`) and records (`r:`).
    pub said: HashSet<String>,
    /// Rows by content hash.
    pub twins: HashMap<[u8; 32], u32>,
}

/// An order as it will stand after the chunk.
#[derive(Debug)]
pub struct OrderDraft {
    /// Its id, fresh if it is new.
    pub id: OrderId,
    /// Whether it is not stored yet.
    pub is_new: bool,
    /// Everything known of it.
    pub order: IncomingOrder,
    /// Its buyer as stored.
    pub buyer: Option<BuyerId>,
    /// Whether anything has to be written but the mark that it was seen.
    pub changed: bool,
    /// Keys of the lines that the rows of this chunk spoke of.
    pub touched: HashSet<String>,
    /// Line of the file that spoke of it first.
    pub line: u64,
    /// Whether a row of this file has spoken of it, in this chunk or before.
    seen: bool,
    /// Keys of the lines that a row of this file has spoken of, in this chunk or before.
    lines_seen: HashSet<String>,
}

/// What becomes of one review.
#[derive(Debug)]
pub struct ReviewDecision<'a> {
    /// The row's side.
    pub prepared: &'a PreparedReview,
    /// Its stored identity.
    pub identity: String,
    /// The database's side.
    pub stored: Option<StoredReview>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Line of the file.
    pub line: u64,
}

/// What becomes of one taken row.
#[derive(Debug)]
pub struct RowDecision<'a> {
    /// The row.
    pub row: &'a PreparedRow,
    /// What the row counts as.
    pub outcome: Outcome,
    /// Its reviews.
    pub reviews: Vec<ReviewDecision<'a>>,
}

/// What becomes of a chunk.
#[derive(Debug)]
pub struct Decisions<'a> {
    /// Row by row.
    pub rows: Vec<RowDecision<'a>>,
    /// The orders the rows told of, by number.
    pub orders: HashMap<String, OrderDraft>,
    /// The orders as they were stored before, by number; also those that only reviews name.
    pub stored_orders: HashMap<String, StoredOrder>,
    /// The records the rows told of.
    pub records: records::Drafts,
}

impl Decisions<'_> {
    /// Whether the order that a review names says whose it is.
    #[must_use]
    pub fn knows_buyer_of(&self, decision: &ReviewDecision<'_>) -> bool {
        let Some(number) = decision.prepared.review.order_number.as_deref() else {
            return false;
        };
        self.stored_orders.get(number).is_some_and(|stored| stored.buyer.is_some())
            || self
                .orders
                .get(number)
                .is_some_and(|draft| draft.buyer.is_some() || draft.order.buyer.is_known())
    }
}

/// Decides a chunk. `repeated` says that this very file was read the same way before: what differs from it now came
/// later, and an old file does not undo it.
#[must_use]
pub fn decide<'a>(
    rows: &'a [Prepared],
    known: Known,
    batch: BatchId,
    earlier: &Earlier,
    repeated: bool,
) -> Decisions<'a> {
    let Known { orders: stored_orders, reviews: stored_reviews, records: known_records, identities } = known;
    let mut orders: HashMap<String, OrderDraft> = HashMap::new();
    let mut records = records::Drafts::new();
    let mut said_here: HashSet<String> = HashSet::new();
    let mut decided = Vec::with_capacity(rows.len());
    for (row, identities) in taken(rows).zip(identities) {
        let mut outcomes = Vec::new();
        if let Some(incoming) = &row.row.order {
            let draft = orders.entry(incoming.number.clone()).or_insert_with(|| {
                let stored = stored_orders.get(&incoming.number);
                draft_of(incoming, stored, row, batch, earlier)
            });
            outcomes.push(take_order(draft, incoming, repeated));
        }
        let mut reviews = Vec::with_capacity(row.reviews.len());
        for (prepared, identity) in row.reviews.iter().zip(identities) {
            let stored = stored_reviews.get(&identity);
            let seen = stored.is_some_and(|stored| stored.last_batch == Some(batch))
                || earlier.said.contains(&identity)
                || !said_here.insert(identity.clone());
            let outcome = match outcome(stored.map(|stored| &stored.content_hash), &prepared.hash, seen) {
                Outcome::Updated if repeated => Outcome::Unchanged,
                outcome => outcome,
            };
            outcomes.push(outcome);
            reviews.push(ReviewDecision {
                prepared,
                identity,
                stored: stored.cloned(),
                outcome,
                line: row.row.line,
            });
        }
        outcomes.extend(records::decide(&mut records, row, &known_records, batch, earlier, repeated));
        decided.push(RowDecision { row, outcome: Outcome::of_row(outcomes), reviews });
    }
    Decisions { rows: decided, orders, stored_orders, records }
}

fn draft_of(
    incoming: &IncomingOrder,
    stored: Option<&StoredOrder>,
    row: &PreparedRow,
    batch: BatchId,
    earlier: &Earlier,
) -> OrderDraft {
    let mut lines_seen: HashSet<String> = incoming
        .lines
        .iter()
        .filter(|line| earlier.said.contains(&line_key(&incoming.number, &line.key)))
        .map(|line| line.key.clone())
        .collect();
    let Some(stored) = stored else {
        return OrderDraft {
            id: row.order,
            is_new: true,
            order: IncomingOrder { lines: Vec::new(), buyer: Default::default(), ..incoming.clone() },
            buyer: None,
            changed: false,
            touched: HashSet::new(),
            lines_seen,
            line: row.row.line,
            seen: earlier.said.contains(&order_key(&incoming.number)),
        };
    };
    let of_this_file = stored.lines.iter().filter(|(_, line)| line.last_batch == Some(batch));
    lines_seen.extend(of_this_file.map(|(key, _)| key.clone()));
    OrderDraft {
        id: stored.id,
        is_new: false,
        order: stored.order.clone(),
        buyer: stored.buyer,
        changed: false,
        touched: HashSet::new(),
        lines_seen,
        line: row.row.line,
        seen: stored.last_batch == Some(batch),
    }
}

/// How a dry run remembers an order number.
#[must_use]
pub fn order_key(number: &str) -> String {
    format!("n:{number}")
}

/// How a dry run remembers a line of an order.
#[must_use]
pub fn line_key(number: &str, line: &str) -> String {
    format!("l:{number}|{line}")
}

fn take_order(draft: &mut OrderDraft, incoming: &IncomingOrder, repeated: bool) -> Outcome {
    let repeats = draft.seen && incoming.lines.iter().all(|line| draft.lines_seen.contains(&line.key));
    if repeats {
        return Outcome::Duplicate;
    }
    let first = draft.is_new && !draft.seen;
    let new_line =
        incoming.lines.iter().any(|line| !draft.order.lines.iter().any(|known| known.key == line.key));
    let before = order_hash(&draft.order);
    if first || new_line || !repeated {
        draft.order = merge_order(draft.order.clone(), incoming.clone());
    }
    let differs = order_hash(&draft.order) != before;
    draft.seen = true;
    draft.lines_seen.extend(incoming.lines.iter().map(|line| line.key.clone()));
    draft.touched.extend(incoming.lines.iter().map(|line| line.key.clone()));
    draft.changed |= first || differs;
    if first || new_line {
        Outcome::New
    } else if differs {
        Outcome::Updated
    } else {
        Outcome::Unchanged
    }
}
