//! When two rows speak of the same review (DESIGN.md, "Identity of a review").

use sha2::{Digest, Sha256};

use super::record::IncomingReview;

/// What tells a review from every other of its shop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReviewIdentity {
    /// By something the platform gives; a later row with the same key revises the review.
    Key(String),
    /// By its words alone; twins are counted with an ordinal, and it is never revised.
    Content([u8; 32]),
}

impl ReviewIdentity {
    /// The text kept in the store; content hashes carry the ordinal of the twin, from 0.
    #[must_use]
    pub fn stored(&self, ordinal: u32) -> String {
        match self {
            Self::Key(key) => key.clone(),
            Self::Content(hash) => format!("h:{}#{ordinal}", hex(&hash[..16])),
        }
    }
}

/// The identity of a review within its shop: the platform's review id; else order, line and object; else
/// product, buyer and instant; else its content.
#[must_use]
pub fn review_identity(review: &IncomingReview) -> ReviewIdentity {
    let object = review.object.code();
    if let Some(id) = &review.platform_review_id {
        // A follow-up stands under the same id as the review it follows.
        let suffix = if review.object == crate::shop::Object::Followup { "|followup" } else { "" };
        return ReviewIdentity::Key(format!("p:{id}{suffix}"));
    }
    if let Some(order) = &review.order_number {
        // Reviews of two products of one order are two reviews, even where a file knows the products by title only.
        let product = review.product_key.as_deref().or(review.product_title.as_deref());
        let line = review.order_line.as_deref().or(product).unwrap_or("");
        return ReviewIdentity::Key(format!("o:{order}|{line}|{object}"));
    }
    if let (Some(product), Some(nick), Some(created)) =
        (&review.product_key, &review.buyer.nick, review.created)
    {
        let seed = format!("{product}\u{1f}{nick}\u{1f}{}\u{1f}{object}", created.as_microsecond());
        return ReviewIdentity::Key(format!("b:{}", hex(&Sha256::digest(seed.as_bytes())[..16])));
    }
    let mut hasher = Sha256::new();
    for part in [
        object,
        review.product_key.as_deref().or(review.product_title.as_deref()).unwrap_or(""),
        review.buyer.nick.as_deref().unwrap_or(""),
        review.created.map(|instant| instant.as_microsecond().to_string()).unwrap_or_default().as_str(),
        review.rating.map(|rating| rating.stars().to_string()).unwrap_or_default().as_str(),
        review.verdict.map_or("", |verdict| verdict.code()),
        review.title.as_deref().unwrap_or(""),
        &review.text,
    ] {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    ReviewIdentity::Content(hasher.finalize().into())
}

/// Hash of what a buyer can change: stars, verdict, title and text. A row whose hash differs from the stored
/// one makes a revision.
#[must_use]
pub fn content_hash(review: &IncomingReview) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in [
        review.rating.map(|rating| rating.stars().to_string()).unwrap_or_default().as_str(),
        review.verdict.map_or("", |verdict| verdict.code()),
        review.title.as_deref().unwrap_or(""),
        review.text.as_str(),
    ] {
        hasher.update(part.as_bytes());
        hasher.update([0x1f]);
    }
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize()[..16]);
    short
}

/// Two lower-case digits a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::record::IncomingBuyer;
    use crate::review::Rating;
    use crate::shop::Object;
    use proptest::prelude::*;

    fn review(text: &str) -> IncomingReview {
        IncomingReview {
            platform_review_id: None,
            object: Object::Review,
            order_number: None,
            order_line: None,
            product_key: None,
            product_title: None,
            rating: Rating::try_from(1).ok(),
            verdict: None,
            title: None,
            text: text.into(),
            created: None,
            photos: 0,
            media: Vec::new(),
            likes: None,
            reply: None,
            buyer: IncomingBuyer::default(),
            pingxin_id: None,
        }
    }

    #[test]
    fn takes_the_strongest_key_there_is() {
        let mut row = review("线开了");
        assert!(matches!(review_identity(&row), ReviewIdentity::Content(_)));
        row.product_key = Some("P1".into());
        row.buyer.nick = Some("t**1".into());
        row.created = Some("2026-10-01T00:00:00Z".parse().unwrap());
        assert!(review_identity(&row).stored(0).starts_with("b:"));
        row.order_number = Some("A1".into());
        assert_eq!(review_identity(&row).stored(0), "o:A1|P1|review");
        row.platform_review_id = Some("R9".into());
        assert_eq!(review_identity(&row).stored(0), "p:R9");
    }

    #[test]
    fn two_products_of_one_order_known_by_title_only_are_two_reviews() {
        let of = |title: &str| IncomingReview {
            order_number: Some("A1".into()),
            product_title: Some(title.into()),
            ..review("一般")
        };
        assert_ne!(review_identity(&of("四件套")), review_identity(&of("枕头")));
        assert_eq!(review_identity(&of("四件套")), review_identity(&of("四件套")));
    }

    #[test]
    fn a_follow_up_is_not_the_review_it_follows() {
        let mut first = review("好");
        first.platform_review_id = Some("R9".into());
        let followup = IncomingReview { object: Object::Followup, ..first.clone() };
        assert_ne!(review_identity(&first), review_identity(&followup));
    }

    #[test]
    fn twins_without_a_key_are_told_apart_by_their_ordinal() {
        let identity = review_identity(&review("好"));
        assert_ne!(identity.stored(0), identity.stored(1));
        assert_eq!(identity, review_identity(&review("好")));
    }

    proptest! {
        #[test]
        fn keyed_reviews_keep_their_identity_when_the_buyer_changes_them(a in "\\PC{0,20}", b in "\\PC{0,20}") {
            let mut first = review(&a);
            first.platform_review_id = Some("R1".into());
            let mut second = review(&b);
            second.platform_review_id = Some("R1".into());
            prop_assert_eq!(review_identity(&first), review_identity(&second));
            prop_assert_eq!(content_hash(&first) == content_hash(&second), a == b);
        }

        #[test]
        fn moving_a_letter_between_title_and_text_is_another_content(a in "[a-z]{1,8}") {
            let mut first = review(&a);
            first.title = Some(String::new());
            let mut second = review("");
            second.title = Some(a);
            prop_assert_ne!(content_hash(&first), content_hash(&second));
        }
    }
}
