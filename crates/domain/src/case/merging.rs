//! Which cases may go on as one.

use thiserror::Error;

use super::CaseState;
use crate::identifiers::{BuyerId, CaseId, ShopId};

/// What decides whether two cases are one matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mergeable {
    /// Which.
    pub id: CaseId,
    /// Its shop.
    pub shop: ShopId,
    /// How far it has come.
    pub state: CaseState,
    /// The order that its review names.
    pub order: Option<String>,
    /// Its buyer.
    pub buyer: Option<BuyerId>,
    /// The case that it goes on in already.
    pub merged_into: Option<CaseId>,
}

/// Why two cases stay apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MergeRefused {
    /// It is one case.
    #[error("a case cannot be merged with itself")]
    Itself,
    /// Nothing says that they are one matter.
    #[error("only cases of the same order or the same buyer in one shop are one matter")]
    OtherMatter,
    /// One of them is over.
    #[error("one of the two is over; only cases that somebody still works on are merged")]
    Ended,
    /// It was not merged, so there is nothing to split.
    #[error("this case goes on by itself; there is nothing to split")]
    NotMerged,
}

/// Whether `from` may go on in `into`: both are alive, of one shop, and of one order or one buyer.
///
/// # Errors
/// [`MergeRefused`].
pub fn may_merge(from: &Mergeable, into: &Mergeable) -> Result<(), MergeRefused> {
    if from.id == into.id {
        return Err(MergeRefused::Itself);
    }
    let same_order = from.order.is_some() && from.order == into.order;
    let same_buyer = from.buyer.is_some() && from.buyer == into.buyer;
    if from.shop != into.shop || !(same_order || same_buyer) {
        return Err(MergeRefused::OtherMatter);
    }
    if !from.state.is_live() || !into.state.is_live() || into.merged_into.is_some() {
        return Err(MergeRefused::Ended);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifiers::Identifier;
    use uuid::Uuid;

    fn case(number: u128, order: Option<&str>, buyer: Option<u128>) -> Mergeable {
        Mergeable {
            id: CaseId::from_uuid(Uuid::from_u128(number)),
            shop: ShopId::from_uuid(Uuid::from_u128(1)),
            state: CaseState::Open,
            order: order.map(str::to_owned),
            buyer: buyer.map(|buyer| BuyerId::from_uuid(Uuid::from_u128(buyer))),
            merged_into: None,
        }
    }

    #[test]
    fn one_order_or_one_buyer_of_one_shop_is_one_matter() {
        let (one, two) = (case(1, Some("A"), None), case(2, Some("A"), Some(7)));
        assert_eq!(may_merge(&one, &two), Ok(()));
        assert_eq!(may_merge(&case(3, Some("B"), Some(7)), &two), Ok(()));
        assert_eq!(may_merge(&one, &one), Err(MergeRefused::Itself));
        assert_eq!(may_merge(&case(3, None, None), &case(4, None, None)), Err(MergeRefused::OtherMatter));
        let elsewhere = Mergeable { shop: ShopId::from_uuid(Uuid::from_u128(2)), ..two.clone() };
        assert_eq!(may_merge(&one, &elsewhere), Err(MergeRefused::OtherMatter));
        let over = Mergeable { state: CaseState::Solved, ..two };
        assert_eq!(may_merge(&one, &over), Err(MergeRefused::Ended));
    }
}
