//! A long text takes about as long to read as its characters in shorter texts, whatever it is full of.

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
/// Work that grew with the square of the length would take eight times as long for the same number of characters.
const MOST: u32 = 3;
/// The system tells the work of a thread in steps of some milliseconds.
const STEP: Duration = Duration::from_millis(12);
const AGAIN: usize = 6;

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

/// The work of reading a text so many times.
fn work(engine: &TriageEngine, facts: &ReviewFacts<'_>, times: usize) -> Duration {
    let began = Instant::now();
    let start = worked(began);
    for _ in 0..times {
        assert!(engine.read(facts, Timestamp::UNIX_EPOCH).severity <= 100);
    }
    worked(began).saturating_sub(start)
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
            work(&engine, &short, 1);
            let (mut took, mut grown) = (Duration::MAX, Duration::MAX);
            // What is too slow only because the machine does other things is measured again.
            for _ in 0..AGAIN {
                took = took.min(work(&engine, &short, TIMES));
                grown = grown.min(work(&engine, &long, 1));
                if grown <= took * MOST + STEP {
                    break;
                }
            }
            assert!(
                grown <= took * MOST + STEP,
                "{filling:?} on {place:?}: {took:?} in pieces of {SHORT} characters, {grown:?} in one"
            );
        }
    }
}
