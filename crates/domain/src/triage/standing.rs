//! How a review stands with its platform now: whether it can be removed, what to do next, and every deadline.
//!
//! A pure function of the review, its order, what the shop holds beside them, the packs in force and now. The desk asks it
//! whenever somebody looks; nothing of it is kept but an index for lists.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{ReviewFacts, TriageEngine, evidence, need};
use crate::calendar::SpecialDay;
use crate::deadline::{Deadline, Events, deadlines};
use crate::removal::{self, NextStep, Removal};

/// What is known around a review, for its deadlines. What is absent has not happened, or nobody knows when.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The country whose law counts, ISO 3166; the platform's own without one.
    pub market: Option<&'a str>,
    /// The shop's zone; where the platform counts in one of its own, that counts.
    pub zone: &'a TimeZone,
    /// The merchant's own special days.
    pub days: &'a [SpecialDay],
    /// When the buyer wrote a 追评 to the same order.
    pub followed_up: Option<Timestamp>,
    /// When a refund was asked for.
    pub refund_requested: Option<Timestamp>,
    /// When removal was asked for.
    pub removal_requested: Option<Timestamp>,
}

/// How a review stands with its platform.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewStanding {
    /// Whether the platform removes it.
    pub removal: Removal,
    /// What to do next, the most urgent first.
    pub next: Vec<NextStep>,
    /// Every deadline whose event is known, the earliest first.
    pub deadlines: Vec<Deadline>,
}

impl TriageEngine {
    /// How a review stands with its platform as of `now`.
    #[must_use]
    pub fn stand(&self, facts: &ReviewFacts<'_>, beside: &Beside<'_>, now: Timestamp) -> ReviewStanding {
        let reading = self.reader.read(facts.title, facts.text, evidence::expected(facts));
        let verdict = evidence::weigh(facts, &reading);
        let is_bad = need::reason(facts, verdict.words, verdict.sentiment, &reading.causes).is_some();
        let today = now.to_zoned(beside.zone.clone()).date();
        let rules = self.packs().rules(facts.platform, beside.market, today);
        let about = removal::Facts::of(facts);
        let removal = removal::judge(&rules, &about, reading.language, &reading.signals, now);
        let next = removal::next_steps(&rules, &about, &removal, is_bad, now);
        let events = Events::of_review(facts.platform, facts.object, facts.created, &facts.order);
        let events = events.around(beside.followed_up, beside.refund_requested, beside.removal_requested);
        let deadlines = deadlines(&rules, &events, beside.zone, beside.days, now);
        ReviewStanding { removal, next, deadlines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::OrderFacts;
    use crate::removal::Verdict;
    use crate::review::Rating;
    use crate::shop::{Object, Platform};

    #[test]
    fn a_review_of_a_shop_is_judged_by_its_platform() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let beside = Beside {
            market: None,
            zone: &zone,
            days: &[],
            followed_up: "2026-11-10T02:00:00Z".parse().ok(),
            refund_requested: None,
            removal_requested: None,
        };
        let facts = ReviewFacts {
            platform: Some(Platform::Taobao),
            object: Some(Object::Review),
            rating: Rating::try_from(1).ok(),
            created: "2026-11-01T02:00:00Z".parse().ok(),
            order: OrderFacts { both_rated: Some(true), ..OrderFacts::default() },
            ..ReviewFacts::of_text("客服就是个傻逼")
        };
        let now = "2026-11-20T00:00:00Z".parse().unwrap();
        let standing = TriageEngine::new().stand(&facts, &beside, now);
        assert_eq!(standing.removal.verdict, Verdict::Eligible);
        let deadline = |what: &str| standing.deadlines.iter().find(|found| found.what == what).unwrap();
        let report = deadline("malicious_report");
        assert_eq!(report.last_day.unwrap().to_string(), "2026-12-01");
        assert_eq!(report.pack.as_deref(), Some("taobao"));
        assert_eq!(deadline("reply").last_day.unwrap().to_string(), "2026-11-10", "a 追评 ends it");
        let nowhere = ReviewFacts { platform: None, ..facts };
        assert_eq!(TriageEngine::new().stand(&nowhere, &beside, now).removal.verdict, Verdict::NoRule);
    }
}
