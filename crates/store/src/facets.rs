//! What filters ask of a review, as one number.
//!
//! It stands at the end of every index that a list walks, so that a list decides all other conditions on the way without
//! reading the rows it leaves out. `reviews.facets` is the truth; `review_causes` and `cases` carry copies. The places
//! of the bits are part of the schema: the migrations `0005_lists` and `0008_speed` compute the same number in SQL.

use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, Scope};
use pingxin_language::{Cause, Language, SentimentLabel};

use crate::sql::{statements, values};
use crate::{StoreError, Tx};

statements! {
    MARK_CAUSES = "UPDATE review_causes SET facets = facets | $3::bigint WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
    UNMARK_CAUSES = "UPDATE review_causes SET facets = facets & ~$3::bigint WHERE tenant_id = $1 \
        AND position = ANY($2::bigint[])";
    MARK_CASES = "UPDATE cases SET facets = facets | $3::bigint WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
    UNMARK_CASES = "UPDATE cases SET facets = facets & ~$3::bigint WHERE tenant_id = $1 AND position = ANY($2::bigint[])";
}

/// Sets or clears a mark in the copies of the numbers of reviews; the caller has done it in `reviews`.
///
/// # Errors
/// The database's error.
pub(crate) async fn mark_copies(
    tx: &mut Tx<'_>,
    scope: &Scope,
    positions: &[i64],
    mark: i64,
    is: bool,
) -> Result<(), StoreError> {
    for statement in if is { [MARK_CAUSES, MARK_CASES] } else { [UNMARK_CAUSES, UNMARK_CASES] } {
        tx.execute(statement, values![scope.tenant, positions.to_vec(), mark]).await?;
    }
    Ok(())
}

/// Where a field begins, and how many bits it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    shift: u32,
    bits: u32,
}

impl Field {
    /// The bits of the field.
    pub(crate) const fn mask(self) -> i64 {
        ((1 << self.bits) - 1) << self.shift
    }

    /// The value in the field of bits that hold nothing else.
    pub(crate) const fn of(self, bits: i64) -> i64 {
        bits >> self.shift
    }

    /// The field holding a value.
    pub(crate) const fn at(self, value: i64) -> i64 {
        value << self.shift
    }
}

/// Stars; 0 for none.
pub(crate) const RATING: Field = Field { shift: 0, bits: 3 };
/// 好中差; 0 for none.
pub(crate) const VERDICT: Field = Field { shift: 3, bits: 2 };
/// How favourable; 0 for unread.
pub(crate) const SENTIMENT: Field = Field { shift: 5, bits: 3 };
/// Kind of review.
pub(crate) const OBJECT: Field = Field { shift: 8, bits: 3 };
/// Language; 0 for unread.
pub(crate) const LANGUAGE: Field = Field { shift: 11, bits: 4 };
/// One bit a cause.
pub(crate) const CAUSES: Field = Field { shift: 15, bits: 12 };
/// Has words.
pub(crate) const TEXT: i64 = 1 << 27;
/// Has photos or videos.
pub(crate) const PHOTO: i64 = 1 << 28;
/// Was changed by its buyer.
pub(crate) const REVISED: i64 = 1 << 29;
/// Is gone from the platform.
pub(crate) const GONE: i64 = 1 << 30;
/// 0 to 100.
pub(crate) const SEVERITY: Field = Field { shift: 31, bits: 7 };
/// The shop's number within its merchant.
pub(crate) const SHOP: Field = Field { shift: 38, bits: 24 };
/// Has a case.
pub(crate) const CASE: i64 = 1 << 62;

/// Stars as the field holds them.
pub(crate) fn rating(rating: Option<Rating>) -> i64 {
    RATING.at(rating.map_or(0, |rating| i64::from(rating.stars())))
}

/// A verdict as the field holds it.
pub(crate) fn verdict(verdict: Verdict) -> i64 {
    VERDICT.at(match verdict {
        Verdict::Good => 1,
        Verdict::Neutral => 2,
        Verdict::Bad => 3,
    })
}

/// A sentiment as the field holds it.
pub(crate) fn sentiment(label: SentimentLabel) -> i64 {
    SENTIMENT.at(place(SentimentLabel::ALL, label))
}

/// How urgent, as the field holds it.
pub(crate) fn severity(severity: u8) -> i64 {
    SEVERITY.at(i64::from(severity))
}

/// A kind of review as the field holds it.
pub(crate) fn object(object: Object) -> i64 {
    OBJECT.at(match object {
        Object::SellerFeedback => 1,
        Object::ProductReview => 2,
        Object::Review => 3,
        Object::Followup => 4,
    })
}

/// A language as the field holds it.
pub(crate) fn language(language: Language) -> i64 {
    LANGUAGE.at(place(Language::ALL, language))
}

/// The bits of some causes.
pub(crate) fn causes(causes: &[Cause]) -> i64 {
    causes.iter().map(|cause| CAUSES.at(1 << (place(Cause::ALL, *cause) - 1))).fold(0, |all, one| all | one)
}

/// Stars, verdict and kind of a number; none for a kind that is not known.
pub(crate) fn rated(bits: i64) -> Option<(Object, Option<Rating>, Option<Verdict>)> {
    let object = match OBJECT.of(bits & OBJECT.mask()) {
        1 => Object::SellerFeedback,
        2 => Object::ProductReview,
        3 => Object::Review,
        4 => Object::Followup,
        _ => return None,
    };
    let stars = RATING.of(bits & RATING.mask());
    let verdict = match VERDICT.of(bits & VERDICT.mask()) {
        1 => Some(Verdict::Good),
        2 => Some(Verdict::Neutral),
        3 => Some(Verdict::Bad),
        _ => None,
    };
    Some((object, u8::try_from(stars).ok().and_then(|stars| Rating::try_from(stars).ok()), verdict))
}

/// From 1.
fn place<T: PartialEq>(all: &[T], one: T) -> i64 {
    all.iter().position(|known| *known == one).map_or(0, |at| at as i64 + 1)
}

/// What the number is made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) rating: Option<Rating>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) object: Object,
    pub(crate) has_text: bool,
    pub(crate) has_photo: bool,
    pub(crate) revised: bool,
    pub(crate) read: Option<Read<'a>>,
    pub(crate) shop: i64,
    pub(crate) has_case: bool,
}

/// What triage adds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read<'a> {
    pub(crate) sentiment: SentimentLabel,
    pub(crate) language: Language,
    pub(crate) causes: &'a [Cause],
    pub(crate) severity: u8,
}

impl Read<'_> {
    fn facets(self) -> i64 {
        sentiment(self.sentiment) | language(self.language) | causes(self.causes) | severity(self.severity)
    }
}

/// What a reading decides of the number.
pub(crate) const READ: i64 = SENTIMENT.mask() | LANGUAGE.mask() | CAUSES.mask() | SEVERITY.mask();

/// What a correction decides of the number.
pub(crate) const JUDGED: i64 = SENTIMENT.mask() | CAUSES.mask() | SEVERITY.mask();

/// What stays when a review is revised.
pub(crate) const KEPT: i64 = OBJECT.mask() | GONE | SHOP.mask() | CASE;

/// The number of a review that is not gone.
pub(crate) fn of(facts: Facts<'_>) -> i64 {
    let flag = |is: bool, bit: i64| if is { bit } else { 0 };
    rating(facts.rating)
        | facts.verdict.map_or(0, verdict)
        | object(facts.object)
        | flag(facts.has_text, TEXT)
        | flag(facts.has_photo, PHOTO)
        | flag(facts.revised, REVISED)
        | facts.read.map_or(0, Read::facets)
        | SHOP.at(facts.shop)
        | flag(facts.has_case, CASE)
}

/// The number of a case that has no review.
pub(crate) fn of_matter(shop: i64, severe: u8, complains_of: &[Cause]) -> i64 {
    SHOP.at(shop) | severity(severe) | causes(complains_of) | CASE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_reads_back() {
        let stars = Rating::try_from(3).unwrap();
        let bits = rating(Some(stars)) | verdict(Verdict::Bad) | object(Object::Followup) | TEXT | GONE;
        assert_eq!(rated(bits), Some((Object::Followup, Some(stars), Some(Verdict::Bad))));
        assert_eq!(rated(object(Object::Review)), Some((Object::Review, None, None)));
        assert_eq!(rated(0), None);
    }

    #[test]
    fn no_two_facts_share_a_bit_and_the_sign_is_left_alone() {
        let fields = [RATING, VERDICT, SENTIMENT, OBJECT, LANGUAGE, CAUSES, SEVERITY, SHOP].map(Field::mask);
        let all = [TEXT, PHOTO, REVISED, GONE, CASE].into_iter().chain(fields);
        let mut taken = 0_i64;
        for bits in all {
            assert_eq!(taken & bits, 0);
            assert!(bits > 0);
            taken |= bits;
        }
        assert!(Language::ALL.len() < 16 && SentimentLabel::ALL.len() < 8 && Cause::ALL.len() <= 12);
    }
}
