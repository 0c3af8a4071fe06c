//! New identities: UUIDv7, so that later ones sort after earlier ones.

use pingxin_domain::identifiers::Identifier;
use uuid::Uuid;

/// A new id of any kind.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where ids come from")]
pub fn fresh<I: Identifier>() -> I {
    I::from_uuid(Uuid::now_v7())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingxin_domain::ReviewId;

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let ids: Vec<ReviewId> = (0..1000).map(|_| fresh()).collect();
        assert!(ids.is_sorted());
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
