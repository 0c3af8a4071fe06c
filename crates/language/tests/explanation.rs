//! The words that are shown decide: without them the answer changes more than without as many others.

use std::io::Read as _;
use std::path::Path;

use pingxin_language::{Expected, Reader, Reading, Span};

/// The texts of a labelled set, if it lies beside the repository.
fn texts(set: &str) -> Option<Vec<String>> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(set).join("dev.jsonl.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    };
    let mut lines = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut lines).expect("a set is readable");
    let text = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("a set is JSON Lines");
        row["text"].as_str().expect("a row has a text").to_owned()
    };
    Some(lines.lines().map(text).collect())
}

fn without(text: &str, spans: &[Span]) -> String {
    let left_out = |at: u32| spans.iter().any(|span| (span.start..span.end).contains(&at));
    text.chars().zip(0_u32..).filter(|(_, at)| !left_out(*at)).map(|(part, _)| part).collect()
}

/// One stretch as long as all of `spans`, somewhere in the text; the same for the same text.
fn elsewhere(text: &str, spans: &[Span]) -> Vec<Span> {
    let length: u32 = spans.iter().map(|span| span.end - span.start).sum();
    let room = u32::try_from(text.chars().count()).expect("texts are short") - length;
    let chance = text.bytes().fold(17_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let start = chance % (room + 1);
    vec![Span::new(start, start + length)]
}

/// How much of the first cause's score is lost, and how far the sentiment moves.
fn change(before: &Reading, after: &Reading) -> (f32, f32) {
    let cause = before.causes.first().map_or(0.0, |first| {
        let left =
            after.causes.iter().find(|found| found.code == first.code).map_or(0.0, |found| found.score);
        (first.score - left).max(0.0)
    });
    (cause, (before.sentiment.score - after.sentiment.score).abs())
}

#[test]
fn without_the_shown_words_the_answer_changes_more_than_without_others() {
    let reader = Reader::new();
    let read = |text: &str| reader.read(None, text, Expected::Unknown);
    for set in ["zh_cause", "en_cause"] {
        let Some(texts) = texts(set) else { continue };
        let (mut shown, mut others) = ((0.0, 0.0), (0.0, 0.0));
        for text in &texts {
            let before = read(text);
            // Where everything is shown there are no other words to leave out.
            let part = |spans: &[Span]| {
                let length: u32 = spans.iter().map(|span| span.end - span.start).sum();
                length > 0 && length as usize * 3 <= text.chars().count() * 2
            };
            let spans = before.causes.first().map(|first| first.spans.clone()).unwrap_or_default();
            if part(&spans) {
                shown.0 += change(&before, &read(&without(text, &spans))).0;
                others.0 += change(&before, &read(&without(text, &elsewhere(text, &spans)))).0;
            }
            let spans = &before.sentiment_spans;
            if part(spans) {
                shown.1 += change(&before, &read(&without(text, spans))).1;
                others.1 += change(&before, &read(&without(text, &elsewhere(text, spans)))).1;
            }
        }
        println!(
            "{set}: causes {:.1} against {:.1}, sentiment {:.1} against {:.1}",
            shown.0, others.0, shown.1, others.1
        );
        assert!(shown.0 > others.0 * 1.3, "{set}: causes {} against {}", shown.0, others.0);
        assert!(shown.1 > others.1 * 1.3, "{set}: sentiment {} against {}", shown.1, others.1);
    }
}
