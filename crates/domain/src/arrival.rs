//! How an incoming row meets what is already stored: new, updated, unchanged, or a duplicate.
//!
//! The rules that make a second import of the same file add nothing (DESIGN.md, "Import counts" and
//! "Identity of a review").

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::intake::{IncomingLine, IncomingOrder};
use crate::order::OrderState;

/// What became of a row. The five sum to the rows of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored for the first time.
    New,
    /// Stored before, and now different.
    Updated,
    /// Stored before, just so.
    Unchanged,
    /// Said by an earlier row of the same file.
    Duplicate,
    /// Not taken.
    Failed,
}

impl Outcome {
    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Duplicate => "duplicate",
            Self::Failed => "failed",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::New, Self::Updated, Self::Unchanged, Self::Duplicate, Self::Failed]
            .into_iter()
            .find(|outcome| outcome.code() == code)
    }

    /// One row may carry an order and reviews; it counts as the most that any of them brought.
    #[must_use]
    pub fn of_row(parts: impl IntoIterator<Item = Self>) -> Self {
        let rank = |outcome: Self| match outcome {
            Self::New => 4,
            Self::Updated => 3,
            Self::Unchanged => 2,
            Self::Duplicate => 1,
            Self::Failed => 0,
        };
        parts.into_iter().max_by_key(|outcome| rank(*outcome)).unwrap_or(Self::Failed)
    }
}

/// What becomes of something that may be stored: `stored` is its hash there, if it is; the first row of a file
/// that speaks of it counts, later ones are duplicates.
#[must_use]
pub fn outcome<Hash: PartialEq>(stored: Option<&Hash>, incoming: &Hash, seen_in_this_file: bool) -> Outcome {
    match stored {
        _ if seen_in_this_file => Outcome::Duplicate,
        None => Outcome::New,
        Some(hash) if hash == incoming => Outcome::Unchanged,
        Some(_) => Outcome::Updated,
    }
}

/// The later of two states. Orders do not run backwards, so an older export never undoes a newer one.
#[must_use]
pub fn later_state(stored: Option<OrderState>, incoming: Option<OrderState>) -> Option<OrderState> {
    let rank = |state: OrderState| match state {
        OrderState::PaidUnshipped => 0,
        OrderState::Shipped => 1,
        OrderState::Delivered => 2,
        OrderState::Completed => 3,
        OrderState::Closed => 4,
    };
    stored.into_iter().chain(incoming).max_by_key(|state| rank(*state))
}

/// The stored order with what the row adds: an absent fact is unknown and erases nothing, a present one
/// replaces the stored one, the state only goes forward, lines are added or replaced by their key.
#[must_use]
pub fn merge_order(stored: IncomingOrder, incoming: IncomingOrder) -> IncomingOrder {
    let mut buyer = stored.buyer;
    buyer.nick = incoming.buyer.nick.or(buyer.nick);
    buyer.name = incoming.buyer.name.or(buyer.name);
    buyer.phone = incoming.buyer.phone.or(buyer.phone);
    buyer.email = incoming.buyer.email.or(buyer.email);
    buyer.address = incoming.buyer.address.or(buyer.address);
    buyer.region = incoming.buyer.region.or(buyer.region);
    IncomingOrder {
        number: incoming.number,
        state: later_state(stored.state, incoming.state),
        placed: incoming.placed.or(stored.placed),
        paid: incoming.paid.or(stored.paid),
        promised: incoming.promised.or(stored.promised),
        shipped: incoming.shipped.or(stored.shipped),
        delivered: incoming.delivered.or(stored.delivered),
        completed: incoming.completed.or(stored.completed),
        amount: incoming.amount.or(stored.amount),
        fulfilled_by: incoming.fulfilled_by.or(stored.fulfilled_by),
        buy_shipping: incoming.buy_shipping.or(stored.buy_shipping),
        shipped_on_time: incoming.shipped_on_time.or(stored.shipped_on_time),
        both_rated: incoming.both_rated.or(stored.both_rated),
        carrier: incoming.carrier.or(stored.carrier),
        tracking_number: incoming.tracking_number.or(stored.tracking_number),
        buyer,
        lines: merge_lines(stored.lines, incoming.lines),
    }
}

/// Hash of what an order says without its buyer's contacts (a stored hash must not help to guess a phone); two
/// orders that say the same have the same hash.
#[must_use]
pub fn order_hash(order: &IncomingOrder) -> [u8; 16] {
    let mut lines: Vec<&IncomingLine> = order.lines.iter().collect();
    lines.sort_by(|a, b| a.key.cmp(&b.key));
    let mut hasher = Sha256::new();
    let mut say = |part: Option<&str>| {
        // Absent and empty differ, and no text can run into the next.
        hasher.update(part.map_or(u64::MAX, |text| text.len() as u64).to_le_bytes());
        hasher.update(part.unwrap_or_default());
    };
    say(Some(&order.number));
    say(order.state.map(OrderState::code));
    for instant in [order.placed, order.paid, order.promised, order.shipped, order.delivered, order.completed]
    {
        say(instant.map(|instant| instant.as_microsecond().to_string()).as_deref());
    }
    say(order.amount.map(|amount| amount.to_string()).as_deref());
    say(order.fulfilled_by.map(|side| side.code()));
    for fact in [order.buy_shipping, order.shipped_on_time, order.both_rated] {
        say(fact.map(|known| if known { "yes" } else { "no" }));
    }
    say(order.carrier.as_deref());
    say(order.tracking_number.as_deref());
    for line in lines {
        say(Some(&line.key));
        say(line.sku.as_deref());
        say(line.product_key.as_deref());
        say(line.title.as_deref());
        say(Some(&line.quantity.to_string()));
        say(line.price.map(|price| price.to_string()).as_deref());
    }
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize()[..16]);
    short
}

fn merge_lines(mut stored: Vec<IncomingLine>, incoming: Vec<IncomingLine>) -> Vec<IncomingLine> {
    for line in incoming {
        match stored.iter_mut().find(|known| known.key == line.key) {
            Some(known) => {
                known.sku = line.sku.or(known.sku.take());
                known.product_key = line.product_key.or(known.product_key.take());
                known.title = line.title.or(known.title.take());
                known.quantity = line.quantity;
                known.price = line.price.or(known.price);
            }
            None => stored.push(line),
        }
    }
    stored
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::IncomingBuyer;
    use proptest::prelude::*;

    fn order(
        state: Option<OrderState>,
        placed: Option<i64>,
        carrier: Option<&str>,
        line: &str,
    ) -> IncomingOrder {
        IncomingOrder {
            number: "A1".into(),
            state,
            placed: placed.map(|second| jiff::Timestamp::from_second(second).unwrap()),
            paid: None,
            promised: None,
            shipped: None,
            delivered: None,
            completed: None,
            amount: None,
            fulfilled_by: None,
            buy_shipping: None,
            shipped_on_time: None,
            both_rated: None,
            carrier: carrier.map(str::to_owned),
            tracking_number: None,
            buyer: IncomingBuyer::default(),
            lines: vec![IncomingLine {
                key: line.into(),
                sku: None,
                product_key: None,
                title: None,
                quantity: 1,
                price: None,
            }],
        }
    }

    #[test]
    fn the_first_row_counts_and_later_ones_are_duplicates() {
        assert_eq!(outcome(None, &1, false), Outcome::New);
        assert_eq!(outcome(Some(&1), &1, false), Outcome::Unchanged);
        assert_eq!(outcome(Some(&1), &2, false), Outcome::Updated);
        assert_eq!(outcome(Some(&1), &2, true), Outcome::Duplicate);
    }

    #[test]
    fn a_row_counts_as_the_most_it_brought() {
        use Outcome::{Duplicate, Failed, New, Unchanged, Updated};
        assert_eq!(Outcome::of_row([Duplicate, New]), New);
        assert_eq!(Outcome::of_row([Unchanged, Updated]), Updated);
        assert_eq!(Outcome::of_row([Duplicate, Unchanged]), Unchanged);
        assert_eq!(Outcome::of_row([]), Failed);
        for outcome in [New, Updated, Unchanged, Duplicate, Failed] {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
    }

    #[test]
    fn an_older_export_does_not_undo_a_newer_one() {
        let newer = order(Some(OrderState::Completed), Some(10), Some("顺丰"), "1");
        let older = order(Some(OrderState::Shipped), None, None, "1");
        assert_eq!(merge_order(newer.clone(), older), newer);
    }

    #[test]
    fn another_line_of_the_same_order_is_added() {
        let merged = merge_order(order(None, None, None, "1"), order(None, None, None, "2"));
        assert_eq!(merged.lines.len(), 2);
    }

    fn any_order() -> impl Strategy<Value = IncomingOrder> {
        let states =
            [OrderState::PaidUnshipped, OrderState::Shipped, OrderState::Completed, OrderState::Closed];
        (
            prop::option::of(prop::sample::select(states.to_vec())),
            prop::option::of(0..5i64),
            prop::option::of("[ab]"),
            "[12]",
        )
            .prop_map(|(state, placed, carrier, line)| order(state, placed, carrier.as_deref(), &line))
    }

    #[test]
    fn the_hash_tells_orders_apart_but_not_the_order_of_lines_nor_contacts() {
        let one = merge_order(order(None, Some(1), None, "1"), order(None, None, None, "2"));
        let other = merge_order(order(None, None, None, "2"), order(None, Some(1), None, "1"));
        assert_eq!(order_hash(&one), order_hash(&other));
        assert_ne!(order_hash(&one), order_hash(&order(None, Some(1), None, "1")));
        let mut known = one.clone();
        known.buyer.phone = Some("17000000000".into());
        assert_eq!(order_hash(&one), order_hash(&known));
    }

    proptest! {
        #[test]
        fn the_same_row_again_changes_nothing(stored in any_order(), incoming in any_order()) {
            let once = merge_order(stored, incoming.clone());
            prop_assert_eq!(merge_order(once.clone(), incoming), once);
        }
    }
}
