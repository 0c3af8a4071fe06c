//! A text eight times as long takes about eight times as long to read, whatever it is full of.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use pingxin_domain::triage::{ReviewFacts, TriageEngine};
use pingxin_domain::{Object, Platform};

/// What a text is filled with: each fills some list of findings.
const FILLINGS: [&str; 26] = [
    "质量太差，",
    "没有色差，但是漏液，",
    "不慢，不贵，",
    "很好，",
    "wx_",
    "微信abc123，",
    "13800138000，",
    "王小明13800138000 ",
    "a@b.com ",
    "110101199003078888，",
    "北京市朝阳区建国路725号，",
    "垃gē",
    "红包50元，",
    "差评，否则",
    "宾馆反馈，",
    "x",
    "。",
    " ",
    "broke, ",
    "not bad, but late. ",
    "never arrived. ",
    "John Smith 415-555-3968 ",
    "123 Main Street, Portland, OR 97201 ",
    "http://a.b/c ",
    "f*ck ",
    "a\u{301}",
];
const SHORT: usize = 4_000;
const TIMES: usize = 8;
const AGAIN: usize = 6;
/// Work that grew with the square of the length would take 64 times as long.
const MOST: u32 = 24;

fn filled(filling: &str, length: usize) -> String {
    filling.chars().cycle().take(length).collect()
}

fn on(text: &str, (platform, object): (Option<Platform>, Option<Object>)) -> ReviewFacts<'_> {
    ReviewFacts { platform, object, ..ReviewFacts::of_text(text) }
}

/// How long this thread has worked, where the system tells; else how late it is.
fn worked(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// The least of a few readings: what else the machine does only adds to it.
fn least(engine: &TriageEngine, facts: &ReviewFacts<'_>) -> Duration {
    let read = |_| {
        let began = Instant::now();
        let start = worked(began);
        let triage = engine.read(facts, Timestamp::UNIX_EPOCH);
        assert!(triage.severity <= 100);
        worked(began).saturating_sub(start)
    };
    (0..3).map(read).min().unwrap_or_default()
}

#[test]
fn the_work_grows_with_the_length_and_not_with_its_square() {
    let engine = TriageEngine::new();
    for place in [
        (None, None),
        (Some(Platform::AMAZON_US), Some(Object::SellerFeedback)),
        (Some(Platform::Taobao), None),
    ] {
        for filling in FILLINGS {
            let (short, long) = (filled(filling, SHORT), filled(filling, SHORT * TIMES));
            let (short, long) = (on(&short, place), on(&long, place));
            // Lists are read once, before anything is measured.
            least(&engine, &short);
            let (mut took, mut grown) = (Duration::MAX, Duration::MAX);
            // What is too slow only because the machine does other things is measured again.
            for _ in 0..AGAIN {
                took = took.min(least(&engine, &short)).max(Duration::from_micros(200));
                grown = grown.min(least(&engine, &long));
                if grown <= took * MOST {
                    break;
                }
            }
            assert!(
                grown <= took * MOST,
                "{filling:?} on {place:?}: {took:?} for {SHORT} characters, {grown:?} for {TIMES} times as many"
            );
        }
    }
}
