//! Reviews: any text and title, whatever their stars.
#![no_main]

use std::sync::OnceLock;

use pingxin_domain::review::Rating;
use pingxin_domain::triage::{ReviewFacts, TriageEngine};
use pingxin_language::{Place, Span};

fn engine() -> &'static TriageEngine {
    static ENGINE: OnceLock<TriageEngine> = OnceLock::new();
    ENGINE.get_or_init(TriageEngine::new)
}

fn stand_in_order(spans: &[Span], text: &str) {
    let length = text.chars().count() as u32;
    assert!(spans.iter().all(|span| span.start < span.end && span.end <= length));
    assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let (title, text) = match text.split_once('\u{1f}') {
        Some((title, text)) => (Some(title), text),
        None => (None, &*text),
    };
    let facts = ReviewFacts { title, rating: Rating::try_from(first % 6).ok(), ..ReviewFacts::of_text(text) };
    let triage = engine().read(&facts, jiff::Timestamp::UNIX_EPOCH);
    assert!(triage.severity <= 100 && (-1.0..=1.0).contains(&triage.sentiment.score));
    assert_eq!(triage.primary_cause, triage.causes.first().map(|cause| cause.code));
    stand_in_order(&triage.sentiment_spans, text);
    triage.causes.iter().for_each(|cause| stand_in_order(&cause.spans, text));
    for signal in &triage.signals {
        stand_in_order(&signal.spans, if signal.place == Place::Title { title.unwrap_or_default() } else { text });
    }
    // What was read before does not matter.
    assert_eq!(engine().read(&facts, jiff::Timestamp::UNIX_EPOCH), triage);
});
