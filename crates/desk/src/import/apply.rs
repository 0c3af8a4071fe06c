//! Writes a decided chunk: orders, buyers, reviews, triage, cases, the rows' fates and the cursor, all in one
//! transaction.

use std::collections::HashMap;

use pingxin_domain::arrival::{Outcome, order_hash};
use pingxin_domain::case::Ownership;
use pingxin_domain::intake::{IncomingBuyer, IncomingOrder};
use pingxin_domain::triage::{ReviewFacts, Triage, TriageEngine};
use pingxin_domain::{BatchId, BuyerId, CaseId, Money, OrderId, ReviewId, Scope};
use pingxin_store::batch::{Counts, ImportRowWrite, Progress};
use pingxin_store::case::{CaseOpen, CaseRevised};
use pingxin_store::identifier::fresh;
use pingxin_store::order::OrderWrite;
use pingxin_store::review::{ReviewInsert, ReviewRevise, TriageColumns};
use pingxin_store::shop::Shop;
use pingxin_store::{StoreError, Tx, batch, buyer, case, order, review, shop};

use super::decide::{Decisions, Earlier, OrderDraft, ReviewDecision, decide};
use super::lookup::look_up;
use super::prepare::{Prepared, PreparedReview, facts_of};

/// Up to 1,000 rows, and how far the file has been read after them.
#[derive(Debug)]
pub struct Chunk {
    /// Rows in the order of the file.
    pub rows: Vec<Prepared>,
    /// Bytes of the file read so far.
    pub bytes_read: u64,
}

/// Where the chunk goes.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The import.
    pub batch: BatchId,
    /// The shop.
    pub shop: &'a Shop,
    /// Reads texts again where the order or the buyer adds to what is known.
    pub engine: &'a TriageEngine,
}

/// Stores a chunk and moves the cursor of its import.
///
/// # Errors
/// When the database does not take it; then nothing of the chunk is stored.
pub async fn apply(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    chunk: &Chunk,
) -> Result<Counts, StoreError> {
    shop::lock(tx, scope, target.shop.id).await?;
    let known = look_up(tx, scope, target.shop.id, target.batch, &chunk.rows, &HashMap::new()).await?;
    let decisions = decide(&chunk.rows, known, target.batch, &Earlier::default());
    let buyers = save_buyers(tx, scope, target, &decisions).await?;
    save_orders(tx, scope, target, &decisions, &buyers).await?;
    let cases_opened = save_reviews(tx, scope, target, &decisions, &buyers).await?;
    record(tx, scope, target.batch, chunk, &decisions).await?;
    let mut counts = count(&chunk.rows, &decisions);
    counts.cases_opened = cases_opened;
    let cursor_line = chunk.rows.last().map_or(0, Prepared::line);
    let progress = Progress { cursor_line, bytes_read: chunk.bytes_read, chunk: counts };
    batch::advance(tx, scope, target.batch, &progress).await?;
    Ok(counts)
}

/// The five counts of a chunk; they sum to its rows.
#[must_use]
pub fn count(rows: &[Prepared], decisions: &Decisions<'_>) -> Counts {
    let of = |wanted: Outcome| decisions.rows.iter().filter(|row| row.outcome == wanted).count() as u64;
    let failed = rows.iter().filter(|row| matches!(row, Prepared::Failed(..))).count() as u64;
    Counts {
        rows: rows.len() as u64,
        new: of(Outcome::New),
        updated: of(Outcome::Updated),
        unchanged: of(Outcome::Unchanged),
        duplicate: of(Outcome::Duplicate),
        failed: failed + of(Outcome::Failed),
        cases_opened: 0,
    }
}

/// The buyers of a chunk: by order number, and by the review's id in this chunk.
#[derive(Default)]
struct Buyers {
    of_orders: HashMap<String, BuyerId>,
    of_reviews: HashMap<ReviewId, BuyerId>,
}

async fn save_buyers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
) -> Result<Buyers, StoreError> {
    let mut incoming: Vec<&IncomingBuyer> = Vec::new();
    let mut whose: Vec<Whose<'_>> = Vec::new();
    for row in decisions.rows.iter().filter(|row| row.outcome != Outcome::Duplicate) {
        if let Some(order) = row.row.row.order.as_ref().filter(|order| order.buyer.is_known()) {
            incoming.push(&order.buyer);
            whose.push(Whose::Order(&order.number));
        }
        for decision in row.reviews.iter().filter(|decision| decision.outcome != Outcome::Duplicate) {
            if decision.prepared.review.buyer.is_known() {
                incoming.push(&decision.prepared.review.buyer);
                whose.push(Whose::Review(decision.prepared.id));
            }
        }
    }
    let mut buyers = Buyers::default();
    let ids = buyer::upsert_many(tx, scope, target.shop.id, &incoming).await?;
    for (whose, id) in whose.into_iter().zip(ids) {
        match (whose, id) {
            (Whose::Order(number), Some(id)) => drop(buyers.of_orders.insert(number.to_owned(), id)),
            (Whose::Review(review), Some(id)) => drop(buyers.of_reviews.insert(review, id)),
            (_, None) => {}
        }
    }
    Ok(buyers)
}

enum Whose<'a> {
    Order(&'a str),
    Review(ReviewId),
}

async fn save_orders(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
    buyers: &Buyers,
) -> Result<(), StoreError> {
    let mut written: Vec<(&OrderDraft, Option<BuyerId>, IncomingOrder)> = Vec::new();
    let mut seen = Vec::new();
    let mut seen_lines: Vec<(OrderId, &str)> = Vec::new();
    for (number, draft) in &decisions.orders {
        let buyer = buyers.of_orders.get(number).copied().or(draft.buyer);
        if draft.changed || buyer != draft.buyer {
            let mut order = draft.order.clone();
            // Lines that this chunk did not speak of stay as they are, and unseen.
            order.lines.retain(|line| draft.touched.contains(&line.key));
            written.push((draft, buyer, order));
        } else {
            seen.push(draft.id);
            seen_lines.extend(draft.touched.iter().map(|key| (draft.id, key.as_str())));
        }
    }
    let writes: Vec<OrderWrite<'_>> = written
        .iter()
        .map(|(draft, buyer, order)| OrderWrite {
            id: draft.id,
            is_new: draft.is_new,
            order,
            buyer: *buyer,
            content_hash: order_hash(&draft.order),
            line_hashes: vec![[0; 16]; order.lines.len()],
            line: draft.line,
        })
        .collect();
    order::save_many(tx, scope, target.shop.id, Some(target.batch), &writes).await?;
    order::mark_seen_many(tx, scope, target.batch, &seen).await?;
    order::mark_lines_seen_many(tx, scope, target.batch, &seen_lines).await?;
    let arrived: Vec<(&str, OrderId)> = decisions
        .orders
        .iter()
        .filter(|(_, draft)| draft.is_new)
        .map(|(number, draft)| (number.as_str(), draft.id))
        .collect();
    order::link_reviews(tx, scope, target.shop.id, &arrived).await?;
    Ok(())
}

/// What the database adds to a review of the chunk.
struct Placed<'a> {
    decision: &'a ReviewDecision<'a>,
    order: Option<OrderId>,
    buyer: Option<BuyerId>,
    triage: Triage,
    columns: TriageColumns,
}

async fn save_reviews(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
    buyers: &Buyers,
) -> Result<u64, StoreError> {
    let now = tx.now();
    let all = || decisions.rows.iter().flat_map(|row| &row.reviews);
    let seen: Vec<ReviewId> = all()
        .filter(|decision| decision.outcome == Outcome::Unchanged)
        .filter_map(|decision| decision.stored.as_ref().map(|stored| stored.id))
        .collect();
    review::mark_seen_many(tx, scope, target.batch, &seen).await?;

    let placed = place(tx, scope, target, decisions, buyers).await?;
    let mut inserts = Vec::new();
    let mut revisions = Vec::new();
    let mut opened = Vec::new();
    let mut changed = Vec::new();
    for placed in &placed {
        let prepared = placed.decision.prepared;
        let Some(stored) = &placed.decision.stored else {
            inserts.push(ReviewInsert {
                id: prepared.id,
                shop: target.shop.id,
                identity: placed.decision.identity.clone(),
                review: &prepared.review,
                content_hash: prepared.hash,
                order: placed.order,
                buyer: placed.buyer,
                batch: Some(target.batch),
                line: placed.decision.line,
                imported_at: now,
                triage: Some(placed.columns.clone()),
            });
            opened.extend(case_for(placed, target, prepared.id, now));
            continue;
        };
        let revision = stored.revision + 1;
        revisions.push(ReviewRevise {
            id: stored.id,
            revision,
            review: &prepared.review,
            content_hash: prepared.hash,
            order: placed.order,
            buyer: placed.buyer,
            batch: Some(target.batch),
            line: placed.decision.line,
            seen_at: now,
            triage: Some(placed.columns.clone()),
        });
        match stored.case {
            None => opened.extend(case_for(placed, target, stored.id, now)),
            Some(case) => {
                let before = Ownership { state: case.state, owner: case.owner };
                let ownership =
                    if placed.triage.needs_case.is_some() { before.review_changed() } else { before };
                changed.push(CaseRevised {
                    id: case.id,
                    ownership,
                    reason: placed.triage.needs_case,
                    severity: placed.triage.severity,
                    primary_cause: placed.triage.primary_cause,
                    fault: Some(placed.triage.fault),
                    revision,
                    at: now,
                });
            }
        }
    }
    review::insert_many(tx, scope, &inserts).await?;
    review::revise_many(tx, scope, &revisions).await?;
    case::open_many(tx, scope, &opened).await?;
    case::review_changed_many(tx, scope, &changed).await?;
    Ok(opened.len() as u64)
}

fn case_for(
    placed: &Placed<'_>,
    target: Target<'_>,
    review: ReviewId,
    now: jiff::Timestamp,
) -> Option<CaseOpen> {
    placed.triage.needs_case.map(|reason| CaseOpen {
        id: fresh::<CaseId>(),
        shop: target.shop.id,
        review,
        reason,
        severity: placed.triage.severity,
        primary_cause: placed.triage.primary_cause,
        fault: Some(placed.triage.fault),
        opened_at: now,
    })
}

/// Joins the reviews that have to be written with their order and buyer, and reads them again where these add
/// facts that the row did not have.
async fn place<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &'a Decisions<'a>,
    buyers: &Buyers,
) -> Result<Vec<Placed<'a>>, StoreError> {
    let now = tx.now();
    let mut found: Vec<(&ReviewDecision<'_>, Option<OrderId>, Option<BuyerId>, Option<Money>)> = Vec::new();
    for row in &decisions.rows {
        for decision in &row.reviews {
            if !matches!(decision.outcome, Outcome::New | Outcome::Updated) {
                continue;
            }
            let number = decision.prepared.review.order_number.as_deref();
            let draft = number.and_then(|number| decisions.orders.get(number));
            let named = number.and_then(|number| decisions.named_orders.get(number));
            let order = draft.map(|draft| draft.id).or(named.map(|named| named.0));
            let amount = draft.and_then(|draft| draft.order.amount).or(named.and_then(|named| named.2));
            let of_order = number.and_then(|number| buyers.of_orders.get(number).copied());
            let buyer = buyers
                .of_reviews
                .get(&decision.prepared.id)
                .copied()
                .or(of_order)
                .or(draft.and_then(|draft| draft.buyer))
                .or(named.and_then(|named| named.1));
            found.push((decision, order, buyer, amount));
        }
    }
    let known_buyers: Vec<BuyerId> = found.iter().filter_map(|(_, _, buyer, _)| *buyer).collect();
    let prior = buyer::bad_reviews_of(tx, scope, &known_buyers).await?;
    let mut placed = Vec::with_capacity(found.len());
    for (decision, order, buyer, amount) in found {
        let prepared = decision.prepared;
        let prior_bad = buyer.and_then(|buyer| prior.get(&buyer).copied()).unwrap_or(0);
        let triage = if amount != prepared.amount || prior_bad > 0 {
            read_again(target.engine, prepared, amount, prior_bad, now)
        } else {
            prepared.triage.clone()
        };
        let columns = TriageColumns::of(&triage)?;
        placed.push(Placed { decision, order, buyer, triage, columns });
    }
    Ok(placed)
}

fn read_again(
    engine: &TriageEngine,
    prepared: &PreparedReview,
    amount: Option<Money>,
    prior_bad: u32,
    now: jiff::Timestamp,
) -> Triage {
    engine.read(&ReviewFacts { amount, prior_bad, ..facts_of(&prepared.review) }, now)
}

async fn record(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    chunk: &Chunk,
    decisions: &Decisions<'_>,
) -> Result<(), StoreError> {
    let mut decided = decisions.rows.iter();
    let mut writes = Vec::with_capacity(chunk.rows.len());
    for prepared in &chunk.rows {
        writes.push(match prepared {
            Prepared::Failed(failure, raw) => ImportRowWrite {
                line: failure.line,
                identity: None,
                outcome: Outcome::Failed,
                review: None,
                order: None,
                failure: Some(failure),
                raw,
            },
            Prepared::Row(row) => {
                let decision = decided.next().expect("one decision a taken row");
                let review = decision.reviews.first();
                let number = row.row.order.as_ref().map(|order| order.number.as_str());
                ImportRowWrite {
                    line: row.row.line,
                    identity: review.map(|review| review.identity.as_str()),
                    outcome: decision.outcome,
                    review: review
                        .filter(|review| review.outcome != Outcome::Duplicate || review.stored.is_some())
                        .map(|review| review.stored.as_ref().map_or(review.prepared.id, |stored| stored.id)),
                    order: number.and_then(|number| decisions.orders.get(number)).map(|draft| draft.id),
                    failure: None,
                    raw: &row.row.raw,
                }
            }
        });
    }
    batch::record_rows(tx, scope, id, &writes).await
}
