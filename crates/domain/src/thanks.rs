//! 好评回复: which good reviews are answered in public, with which of several scripts, and how well a shop keeps up with it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::pack::PublicReply;
use crate::review::{Rating, Verdict};
use crate::script::Script;
use crate::share::Share;
use crate::shop::Object;
use crate::words::words;

/// How far back good reviews wait for an answer: later it thanks nobody. Also the platforms' own window where they have one
/// (TB-API3: 30 days).
pub const WAITS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The most reviews that are answered at once: each text is read by a person.
pub const MOST_AT_ONCE: usize = 50;

words! {
    /// Why a review gets no thanks.
    NoThanks {
        /// It is not good: three stars or fewer, 中评 or 差评.
        NotGood = "not_good",
        /// The shop has answered it.
        Answered = "answered",
        /// It has a case: the complaint in it comes first.
        HasCase = "has_case",
        /// It complains of something: a case, not thanks.
        Complains = "complains",
        /// It is gone from the platform.
        Gone = "gone",
        /// No answer stands beneath such reviews on its platform, or no rule is known.
        NoReply = "no_reply",
        /// The platform takes no answer any more.
        TooLate = "too_late",
    }
}

/// What is known of a review that may be thanked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Praise {
    /// What it is.
    pub object: Object,
    /// Its stars.
    pub rating: Option<Rating>,
    /// 好中差.
    pub verdict: Option<Verdict>,
    /// The shop has answered, on the platform or from the desk.
    pub is_answered: bool,
    /// It has a case.
    pub has_case: bool,
    /// Its words complain of something.
    pub complains: bool,
    /// It is gone from the platform.
    pub is_gone: bool,
    /// The last second at which the platform takes an answer, where it is known.
    pub closes: Option<Timestamp>,
}

/// Whether four or five stars, or 好评 where there are no stars.
#[must_use]
pub fn is_good(rating: Option<Rating>, verdict: Option<Verdict>) -> bool {
    match (rating, verdict) {
        (Some(rating), verdict) => {
            rating.stars() > 3 && verdict.is_none_or(|verdict| verdict == Verdict::Good)
        }
        (None, verdict) => verdict == Some(Verdict::Good),
    }
}

/// Whether a review may be thanked for at this instant. `reply` is what the platform says of answers beneath reviews.
///
/// # Errors
/// [`NoThanks`]: the first reason that holds.
pub fn may_thank(praise: &Praise, reply: Option<&PublicReply>, now: Timestamp) -> Result<(), NoThanks> {
    let refuse = [
        (!is_good(praise.rating, praise.verdict), NoThanks::NotGood),
        (praise.is_gone, NoThanks::Gone),
        (praise.has_case, NoThanks::HasCase),
        (praise.is_answered, NoThanks::Answered),
        (praise.complains, NoThanks::Complains),
        (!reply.is_some_and(|reply| reply.stands_beneath(praise.object)), NoThanks::NoReply),
        (praise.closes.is_some_and(|closes| closes < now), NoThanks::TooLate),
    ];
    refuse.into_iter().find_map(|(holds, why)| holds.then_some(Err(why))).unwrap_or(Ok(()))
}

/// The next of several scripts: the one that was used least, and of these the one that stands first; never the one used just
/// before while there is another, so that a page of answers does not read like one answer.
#[must_use]
pub fn vary<'a>(
    fitting: &[&'a Script],
    used: &BTreeMap<String, u64>,
    before: Option<&str>,
) -> Option<&'a Script> {
    let count = |script: &Script| used.get(&script.key).copied().unwrap_or(0);
    let others = fitting.iter().filter(|script| Some(script.key.as_str()) != before);
    others.min_by_key(|script| count(script)).or_else(|| fitting.first()).copied()
}

/// How well a shop answers its good reviews.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Good reviews of the time that could be answered.
    pub good: u64,
    /// Those of them that were, and the share.
    pub answered: Option<Share>,
    /// The middle of how long they waited for an answer from the desk, in seconds; none without one.
    pub delay: Option<i64>,
}

impl Coverage {
    /// Of so many good reviews, so many answered, and how long each answer of the desk took, in seconds.
    #[must_use]
    pub fn of(good: u64, answered: u64, mut delays: Vec<i64>) -> Self {
        delays.sort_unstable();
        Self { good, answered: Share::of(answered, good), delay: delays.get(delays.len() / 2).copied() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pack::Packs;
    use crate::script::shipped;
    use crate::shop::Platform;

    fn now() -> Timestamp {
        "2026-11-30T08:00:00Z".parse().expect("an instant")
    }

    fn reply(platform: &str) -> Option<PublicReply> {
        let platform: Platform = platform.parse().expect("a platform");
        Packs::embedded().rules(Some(platform), None, jiff::civil::date(2026, 11, 30)).public_reply()
    }

    fn praise() -> Praise {
        Praise {
            object: Object::Review,
            rating: Rating::try_from(5).ok(),
            verdict: None,
            is_answered: false,
            has_case: false,
            complains: false,
            is_gone: false,
            closes: None,
        }
    }

    #[test]
    fn good_reviews_are_thanked_for_and_others_are_not() {
        let taobao = reply("taobao");
        let asked = |praise: Praise| may_thank(&praise, taobao.as_ref(), now());
        assert_eq!(asked(praise()), Ok(()));
        assert_eq!(asked(Praise { rating: None, verdict: Some(Verdict::Good), ..praise() }), Ok(()));
        assert_eq!(asked(Praise { rating: Rating::try_from(3).ok(), ..praise() }), Err(NoThanks::NotGood));
        assert_eq!(asked(Praise { rating: None, ..praise() }), Err(NoThanks::NotGood));
        assert_eq!(asked(Praise { verdict: Some(Verdict::Bad), ..praise() }), Err(NoThanks::NotGood));
        assert_eq!(asked(Praise { is_gone: true, ..praise() }), Err(NoThanks::Gone));
        assert_eq!(asked(Praise { has_case: true, ..praise() }), Err(NoThanks::HasCase));
        assert_eq!(asked(Praise { is_answered: true, ..praise() }), Err(NoThanks::Answered));
        assert_eq!(asked(Praise { complains: true, ..praise() }), Err(NoThanks::Complains));
        assert_eq!(asked(Praise { closes: Some(now()), ..praise() }), Ok(()));
        let over = now() - SignedDuration::from_secs(1);
        assert_eq!(asked(Praise { closes: Some(over), ..praise() }), Err(NoThanks::TooLate));
    }

    #[test]
    fn nothing_is_written_where_no_answer_stands() {
        // Product reviews on Amazon carry no answer of the seller; seller feedback does (AMZ-NEG).
        let amazon = reply("amazon-us");
        let of = |object| may_thank(&Praise { object, ..praise() }, amazon.as_ref(), now());
        assert_eq!(of(Object::ProductReview), Err(NoThanks::NoReply));
        assert_eq!(of(Object::SellerFeedback), Ok(()));
        // No rule known is no permission.
        assert_eq!(may_thank(&praise(), None, now()), Err(NoThanks::NoReply));
    }

    proptest! {
        #[test]
        fn answers_vary(count in 1_usize..40) {
            let scripts: Vec<&Script> = shipped().iter().filter(|script| script.is_public_thanks()).collect();
            let mut used = BTreeMap::new();
            let mut before: Option<String> = None;
            for _ in 0..count {
                let next = vary(&scripts, &used, before.as_deref()).expect("there are some");
                prop_assert_ne!(Some(&next.key), before.as_ref());
                *used.entry(next.key.clone()).or_insert(0) += 1;
                before = Some(next.key.clone());
            }
            let most = used.values().max().copied().unwrap_or(0);
            let least = scripts.iter().map(|script| used.get(&script.key).copied().unwrap_or(0)).min();
            prop_assert!(most - least.unwrap_or(0) <= 1, "{used:?}");
        }
    }

    #[test]
    fn one_script_is_used_again_when_there_is_no_other() {
        let one = [&shipped()[0]];
        assert_eq!(
            vary(&one, &BTreeMap::new(), Some(&one[0].key)).map(|script| &script.key),
            Some(&one[0].key)
        );
        assert!(vary(&[], &BTreeMap::new(), None).is_none());
    }

    #[test]
    fn coverage_is_a_share_and_the_middle_of_the_waits() {
        let coverage = Coverage::of(4, 3, vec![50, 10, 20]);
        assert_eq!((coverage.answered.map(|share| share.share), coverage.delay), (Some(0.75), Some(20)));
        assert_eq!(Coverage::of(0, 0, vec![]), Coverage { good: 0, answered: None, delay: None });
    }
}
