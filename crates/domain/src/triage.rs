//! Triage: from the facts of one review to what it complains of, how urgent it is and whether it needs a case.
//!
//! [`TriageEngine::read`] is the one entry. To add a part of the severity see `severity.rs`, to change what opens
//! a case see `need.rs`, how stars and words are weighed against each other `evidence.rs`.

mod evidence;
mod facts;
mod fault;
mod need;
pub mod severity;
mod standing;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_language::reading::CauseFound;
use pingxin_language::{Cause, Fault, Language, Reader, Sentiment, Signal, Span};
use serde::{Deserialize, Serialize};

use crate::Say;
use crate::pack::Packs;
use crate::removal::{self, NextStep, Removal};

pub use facts::ReviewFacts;
pub use need::CaseReason;
pub use severity::{Part, SeverityPart};
pub use standing::{Beside, ReviewStanding};

/// What the desk knows of one review after reading it. Serialises as the contract's `triage` answer, without `id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Triage {
    /// The language of the words.
    pub language: Language,
    /// How favourable the review is, words and stars together.
    pub sentiment: Sentiment,
    /// The words that weigh most for that, in order, none overlapping; none where the stars alone tell.
    #[serde(default)]
    pub sentiment_spans: Vec<Span>,
    /// What it complains of, the most important first.
    pub causes: Vec<CauseFound>,
    /// The most important cause; null when it complains of nothing.
    pub primary_cause: Option<Cause>,
    /// Whose fault that is, by words and facts.
    pub fault: Fault,
    /// Why the order's facts decided otherwise than the words; absent when they did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault_why: Option<Say>,
    /// What needs care.
    pub signals: Vec<Signal>,
    /// 紧急程度, 0 to 100: the sum of `severity_parts`, at most 100.
    pub severity: u8,
    /// Where the severity comes from; parts of 0 points are left out.
    pub severity_parts: Vec<SeverityPart>,
    /// Why it needs a case; null when it needs none.
    pub needs_case: Option<CaseReason>,
    /// Whether the platform removes it; null in a reading that is kept, as it depends on now.
    #[serde(default)]
    pub removal: Option<Removal>,
    /// What to do next, the most urgent first; null as above.
    #[serde(default)]
    pub next: Option<Vec<NextStep>>,
    /// Which text model read it.
    pub model: String,
}

/// Reads reviews. Load it once and share it: it is immutable, `Send`, `Sync` and cheap to clone.
#[derive(Debug, Clone)]
pub struct TriageEngine {
    reader: Arc<Reader>,
    /// Packs in place of the embedded ones.
    packs: Option<Arc<Packs>>,
}

impl Triage {
    /// The same once the product's place among those of its shop is known (see [`ReviewFacts::product_rank`]).
    #[must_use]
    pub fn of_product(mut self, rank: u32) -> Self {
        self.severity_parts = severity::with_product(self.severity_parts, rank);
        self.severity = severity::total(&self.severity_parts);
        self
    }
}

impl TriageEngine {
    /// The engine with the shipped text model and cues.
    #[must_use]
    pub fn new() -> Self {
        Self::with_reader(Reader::new())
    }

    /// This engine with other packs than the embedded ones.
    #[must_use]
    pub fn with_packs(self, packs: Packs) -> Self {
        Self { packs: Some(Arc::new(packs)), ..self }
    }

    /// The packs that it judges by.
    #[must_use]
    pub fn packs(&self) -> &Packs {
        self.packs.as_deref().unwrap_or_else(|| Packs::embedded())
    }

    /// The engine over a reader, such as one with a shop's own models and words.
    #[must_use]
    pub fn with_reader(reader: Reader) -> Self {
        Self { reader: Arc::new(reader), packs: None }
    }

    /// The reader of texts.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Name of the text model.
    #[must_use]
    pub fn model(&self) -> &str {
        self.reader.model()
    }

    /// Reads one review as of `now`.
    #[must_use]
    pub fn read(&self, facts: &ReviewFacts<'_>, now: Timestamp) -> Triage {
        let reading = self.reader.read(facts.title, facts.text, evidence::expected(facts));
        let verdict = evidence::weigh(facts, &reading);
        let severity_parts = severity::parts(facts, &reading, now);
        let needs_case = need::reason(facts, verdict.words, verdict.sentiment, &reading.causes);
        let mut signals = reading.signals;
        signals.extend(verdict.mismatch);
        let primary_cause = reading.causes.first().map(|cause| cause.code);
        let (fault, fault_why) = fault::judge(reading.fault, primary_cause, &facts.order, now);
        let about = removal::Facts::of(facts);
        let rules = self.packs().rules(facts.platform, None, now.to_zoned(TimeZone::UTC).date());
        let removal = removal::judge(&rules, &about, reading.language, &signals, now);
        let next = removal::next_steps(&rules, &about, &removal, needs_case.is_some(), now);
        Triage {
            language: reading.language,
            sentiment: verdict.sentiment,
            sentiment_spans: reading.sentiment_spans,
            primary_cause,
            causes: reading.causes,
            fault,
            fault_why,
            signals,
            severity: severity::total(&severity_parts),
            severity_parts,
            needs_case,
            removal: Some(removal),
            next: Some(next),
            model: self.reader.model().to_owned(),
        }
    }
}

impl Default for TriageEngine {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::order::OrderFacts;
    use crate::review::{Rating, Verdict};
    use crate::shop::Object;
    use crate::{Currency, Money};
    use pingxin_language::{SentimentLabel, SignalCode};

    fn engine() -> &'static TriageEngine {
        static ENGINE: std::sync::OnceLock<TriageEngine> = std::sync::OnceLock::new();
        ENGINE.get_or_init(TriageEngine::new)
    }

    #[test]
    fn a_matter_of_fact_complaint_without_stars_needs_a_case_and_praise_does_not() {
        let needs = |text: &str| engine().read(&ReviewFacts::of_text(text), now()).needs_case;
        for text in [
            "Item never arrived",
            "The package was damaged",
            "Too small",
            "The zipper broke the first time I used it",
        ] {
            let read = engine().read(&ReviewFacts::of_text(text), now());
            assert_eq!(needs(text), Some(CaseReason::NegativeText), "{text}: {read:?}");
        }
        for text in
            ["Arrived on time, works great", "not bad", "一点都不慢，没有色差", "质量很好，孩子很喜欢"]
        {
            assert_eq!(needs(text), None, "{text}");
        }
    }

    fn now() -> Timestamp {
        "2026-11-01T00:00:00Z".parse().unwrap()
    }

    fn stars(text: &str, stars: u8) -> ReviewFacts<'_> {
        ReviewFacts { rating: Some(Rating::try_from(stars).unwrap()), ..ReviewFacts::of_text(text) }
    }

    fn read(facts: &ReviewFacts<'_>) -> Triage {
        engine().read(facts, now())
    }

    #[test]
    fn a_one_star_review_arrives() {
        let text = "质量太差了，穿了两天就开线，垃圾";
        let triage = read(&ReviewFacts { created: Some(now()), ..stars(text, 1) });
        assert_eq!(triage.language, Language::Chinese);
        assert_eq!(triage.sentiment.label, SentimentLabel::Negative);
        assert_eq!((triage.primary_cause, triage.fault), (Some(Cause::Quality), Fault::Seller));
        assert!(triage.causes[0].spans.iter().any(|span| span.of(text).contains("开线")));
        assert_eq!(triage.needs_case, Some(CaseReason::LowStars));
        assert!(triage.severity >= 75, "{}", triage.severity);
    }

    #[test]
    fn bad_words_under_five_stars_are_seen() {
        for text in [
            "垃圾",
            "垃圾，千万别买",
            "质量太差了，用了一次就坏了，再也不买",
            "Terrible, broke after one day. Waste of money.",
        ] {
            let triage = read(&stars(text, 5));
            assert_eq!(triage.sentiment.label, SentimentLabel::Negative, "{text}");
            assert!(triage.sentiment.score < 0.0);
            assert_eq!(triage.needs_case, Some(CaseReason::PraiseClash), "{text}");
            assert!(
                triage.signals.iter().any(|signal| signal.code == SignalCode::RatingTextMismatch),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bad_followup_needs_a_case_whatever_its_stars() {
        let text = "用了一个月就坏了，客服也不理人，差评";
        for facts in [ReviewFacts::of_text(text), stars(text, 5), stars(text, 4)] {
            let triage = read(&ReviewFacts { object: Some(Object::Followup), ..facts });
            assert_eq!(triage.needs_case, Some(CaseReason::BadFollowup));
            assert_eq!(triage.sentiment.label, SentimentLabel::Negative);
        }
    }

    #[test]
    fn praise_needs_no_case() {
        for text in ["质量很好，物流很快，五星好评", "Great product, works perfectly, fast delivery"]
        {
            for facts in [ReviewFacts::of_text(text), stars(text, 5), stars(text, 4)] {
                let triage = read(&facts);
                assert_eq!(triage.needs_case, None, "{text}");
                assert_eq!(triage.primary_cause, None, "{text}: {:?}", triage.causes);
                assert_eq!(triage.sentiment.label, SentimentLabel::Positive);
                assert!(triage.severity <= 10);
            }
        }
    }

    #[test]
    fn every_bad_or_neutral_review_needs_a_case() {
        let praise = "很好很喜欢";
        for bad in 1..=3 {
            assert_eq!(read(&stars(praise, bad)).needs_case, Some(CaseReason::LowStars));
            assert_eq!(read(&stars("", bad)).needs_case, Some(CaseReason::LowStars));
        }
        for verdict in [Verdict::Bad, Verdict::Neutral] {
            let facts = ReviewFacts { verdict: Some(verdict), ..ReviewFacts::of_text(praise) };
            assert_eq!(read(&facts).needs_case, Some(CaseReason::BadVerdict));
        }
        assert_eq!(
            read(&ReviewFacts::of_text("太差了，垃圾，退货")).needs_case,
            Some(CaseReason::NegativeText)
        );
        assert_eq!(read(&ReviewFacts::of_text("")).needs_case, None);
    }

    #[test]
    fn what_is_denied_is_neither_a_cause_nor_urgent() {
        for text in
            ["6 days to New York, not bad at all", "一点都不慢，没有色差", "没有胶味 洗了也没裂", "Not bad"]
        {
            for facts in [ReviewFacts::of_text(text), stars(text, 5)] {
                let triage = read(&facts);
                assert_eq!(triage.sentiment.label, SentimentLabel::Positive, "{text}");
                assert_eq!(
                    (triage.primary_cause, triage.severity, triage.needs_case),
                    (None, 0, None),
                    "{text}"
                );
            }
        }
        let halves = read(&stars("物流快，就是衣服开线", 3));
        assert_eq!(halves.sentiment.label, SentimentLabel::Mixed);
        assert_eq!(halves.causes.iter().map(|cause| cause.code).collect::<Vec<_>>(), [Cause::Quality]);
    }

    #[test]
    fn kind_words_under_one_star_are_mixed() {
        let triage = read(&stars("质量很好，非常喜欢，物流很快", 1));
        assert_eq!(triage.sentiment.label, SentimentLabel::Mixed);
        assert!(triage.signals.iter().any(|signal| signal.code == SignalCode::RatingTextMismatch));
    }

    #[test]
    fn stars_alone_are_enough() {
        assert_eq!(read(&stars("", 1)).sentiment.label, SentimentLabel::Negative);
        assert_eq!(read(&stars("", 3)).sentiment.label, SentimentLabel::Neutral);
        assert_eq!(read(&stars("", 5)).sentiment.label, SentimentLabel::Positive);
    }

    #[test]
    fn the_severity_shows_where_it_comes_from() {
        let text = "假货！骗子！我的电话13800138000";
        let facts = ReviewFacts {
            object: Some(Object::Followup),
            created: Some(now()),
            photos: 3,
            likes: 9,
            prior_bad: 2,
            product_rank: Some(2),
            order: OrderFacts {
                amount: Some(Money { minor: 200_000, currency: Currency::CNY }),
                ..OrderFacts::default()
            },
            ..stars(text, 1)
        };
        let triage = read(&facts);
        let points =
            |part| triage.severity_parts.iter().find(|found| found.part == part).map(|found| found.points);
        assert_eq!(points(Part::Stars), Some(45));
        assert_eq!(points(Part::Cause), Some(12), "{:?}", triage.causes);
        assert_eq!(points(Part::Signals), Some(8));
        assert_eq!(points(Part::Reach), Some(9));
        assert_eq!(points(Part::Value), Some(5));
        assert_eq!(points(Part::Product), Some(5));
        assert_eq!(points(Part::Buyer), Some(4));
        assert_eq!(points(Part::Followup), Some(3));
        assert_eq!(points(Part::Fresh), Some(5));
        assert_eq!(triage.severity, 100);
    }

    #[test]
    fn a_complaint_about_a_product_that_matters_is_more_urgent() {
        let severity = |text, rank| {
            let facts = ReviewFacts { product_rank: rank, ..stars(text, 3) };
            let known_later =
                rank.map_or_else(|| read(&stars(text, 3)), |rank| read(&stars(text, 3)).of_product(rank));
            assert_eq!(read(&facts), known_later, "told before or after, it weighs the same");
            read(&facts).severity
        };
        let of = |rank| severity("穿了两天就开线", rank);
        assert_eq!(of(Some(1)), of(None) + 5);
        assert_eq!(of(Some(10)), of(None) + 3);
        assert_eq!(of(Some(11)), of(None));
        let praise = |rank| read(&ReviewFacts { product_rank: rank, ..stars("很好很喜欢", 5) }).severity;
        assert_eq!(praise(Some(1)), praise(None), "praise is not urgent, whatever it praises");
    }

    #[test]
    fn is_written_as_the_contract_says_and_read_back() {
        let triage = read(&stars("包装破了，漏了一半", 2));
        let json = serde_json::to_value(&triage).unwrap();
        assert_eq!(json["removal"]["verdict"], "no_rule");
        assert_eq!(json["next"][0]["step"], "contact_buyer");
        assert_eq!(json["primary_cause"], "damage_packaging");
        assert_eq!(json["needs_case"], "low_stars");
        assert!(json["causes"][0]["spans"][0].as_array().is_some_and(|span| span.len() == 2));
        assert_eq!(serde_json::from_value::<Triage>(json).unwrap(), triage);
    }

    #[test]
    fn traditional_and_simplified_say_the_same() {
        for (traditional, simplified) in [
            ("質量太差，穿兩天就開線", "质量太差，穿两天就开线"),
            ("發錯貨了，還少發一件", "发错货了，还少发一件"),
            ("物流太慢，等了兩個禮拜", "物流太慢，等了两个礼拜"),
        ] {
            let (left, right) = (read(&stars(traditional, 1)), read(&stars(simplified, 1)));
            assert_eq!(left.causes, right.causes);
            assert_eq!((left.fault, left.severity), (right.fault, right.severity));
        }
    }

    fn review() -> impl Strategy<Value = String> {
        let words = proptest::sample::select(vec![
            "质量",
            "太差",
            "很好",
            "物流",
            "慢",
            "，",
            "。",
            "客服",
            "不理人",
            "假货",
            "破了",
            "great",
            " ",
            "broke",
            "not ",
            "13800138000",
            "&quot;",
            "\u{200b}",
            "發錯",
            "！！！！！",
            "a@b.com",
            "加微信abc123",
            "😀",
            "\n",
            "ﾞ",
        ]);
        prop_oneof![
            proptest::collection::vec(words, 0..16).prop_map(|words| words.concat()),
            "\\PC{0,60}",
            proptest::collection::vec(any::<char>(), 0..40)
                .prop_map(|chars| chars.into_iter().collect::<String>()),
        ]
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_span_stands_in_it(text in review(), title in proptest::option::of(review()), rating in 0_u8..=5) {
            let facts = ReviewFacts {
                title: title.as_deref(),
                rating: Rating::try_from(rating).ok(),
                ..ReviewFacts::of_text(&text)
            };
            let triage = read(&facts);
            let length = |text: &str| u32::try_from(text.chars().count()).unwrap();
            for cause in &triage.causes {
                prop_assert!(cause.score > 0.0 && cause.score <= 1.0);
                prop_assert!(cause.spans.iter().all(|span| span.start < span.end && span.end <= length(&text)));
                prop_assert!(cause.spans.windows(2).all(|pair| pair[0].end < pair[1].start));
            }
            for signal in &triage.signals {
                let within = if signal.place == pingxin_language::Place::Title { title.as_deref().unwrap_or("") } else { &text };
                prop_assert!(signal.spans.iter().all(|span| span.start < span.end && span.end <= length(within)));
            }
            prop_assert!(triage.severity <= 100);
            prop_assert!((-1.0..=1.0).contains(&triage.sentiment.score));
            prop_assert_eq!(triage.primary_cause, triage.causes.first().map(|cause| cause.code));
        }

        #[test]
        fn fewer_stars_are_never_less_urgent(text in review(), photos in 0_u32..9, prior in 0_u32..9) {
            let severity = |rating| read(&ReviewFacts { photos, prior_bad: prior, ..stars(&text, rating) }).severity;
            let all: Vec<u8> = (1..=5).map(severity).collect();
            prop_assert!(all.windows(2).all(|pair| pair[0] >= pair[1]), "{:?}", all);
        }
    }
}
