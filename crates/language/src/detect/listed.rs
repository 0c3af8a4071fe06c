//! Signals that words of a list carry: demands, threats, competitors, advertising, filler, fakes. The lists are data
//! beside the code (`cues/*.signals`), and every example in them is run as a test.

use std::sync::OnceLock;

use crate::clause;
use crate::cue::{Marks, ends_clause};
use crate::fold::Folded;
use crate::{Language, SignalCode, Span};

/// Who is said to want it: an invitation that the shop made is no advertising by the buyer.
const TOLD: [&str; 9] = ["让", "叫我", "要我", "求我", "客服", "卖家", "商家", "店家", "要求"];
/// A clause this long that stands this often is no review.
const REPEATED: (usize, usize) = (4, 3);

/// The shipped lists of a language; other languages are looked through for English words.
fn marks(language: Language) -> &'static Marks<SignalCode> {
    static CHINESE: OnceLock<Marks<SignalCode>> = OnceLock::new();
    static ENGLISH: OnceLock<Marks<SignalCode>> = OnceLock::new();
    let read = |text, words| Marks::parse(text, words).expect("a test reads every shipped signal file");
    match language {
        Language::Chinese => CHINESE.get_or_init(|| read(include_str!("../../cues/zh.signals"), false)),
        _ => ENGLISH.get_or_init(|| read(include_str!("../../cues/en.signals"), true)),
    }
}

/// What the words of a text carry.
pub(super) fn find(folded: &Folded, language: Language) -> Vec<(SignalCode, Span)> {
    let chars = folded.chars();
    let mut found: Vec<(SignalCode, Span)> = Vec::new();
    for (code, start, end) in marks(language).find(folded) {
        if code == SignalCode::Advertising {
            let before = super::before_in_clause(chars, start, 10);
            if TOLD.iter().any(|word| before.contains(word)) {
                continue;
            }
        }
        found.push((code, folded.source(start, end)));
    }
    found.extend(
        links(chars).into_iter().map(|(start, end)| (SignalCode::Advertising, folded.source(start, end))),
    );
    found.extend(repeated(folded).map(|span| (SignalCode::SuspectedFake, span)));
    found
}

/// Web addresses, as far as they go.
fn links(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let begins = matches!(chars[at], 'h' | 'w')
            && ["http://", "https://", "www."].iter().any(|start| super::starts(&chars[at..], start))
            && !(at > 0 && chars[at - 1].is_ascii_alphanumeric());
        if begins {
            let length =
                chars[at..].iter().take_while(|part| part.is_ascii() && !part.is_whitespace()).count();
            found.push((at, at + length));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// A clause that stands again and again.
fn repeated(folded: &Folded) -> Option<Span> {
    let chars = folded.chars();
    if chars.len() < REPEATED.0 * REPEATED.1 || !chars.iter().any(|part| ends_clause(*part)) {
        return None;
    }
    let places = clause::places(folded);
    if places.len() < REPEATED.1 {
        return None;
    }
    let mut clauses: Vec<(&[char], usize)> =
        places.iter().enumerate().map(|(at, &(start, end))| (&chars[start..end], at)).collect();
    clauses.sort_unstable();
    clauses
        .windows(REPEATED.1)
        .find(|same| same[0].0.len() >= REPEATED.0 && same[0].0 == same[REPEATED.1 - 1].0)
        .map(|same| {
            let (start, end) = places[same[REPEATED.1 - 1].1];
            folded.source(start, end)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    fn codes(text: &str, language: Language) -> Vec<SignalCode> {
        let mut codes: Vec<SignalCode> =
            find(&fold_for_model(text), language).into_iter().map(|(code, _)| code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    #[test]
    fn every_example_of_the_lists_holds() {
        for (text, language) in [
            (include_str!("../../cues/zh.signals"), Language::Chinese),
            (include_str!("../../cues/en.signals"), Language::English),
        ] {
            let examples = Marks::<SignalCode>::examples(text).unwrap();
            assert!(examples.len() >= 20);
            for (line, code, example, holds) in examples {
                let holding = codes(&example, language).contains(&code);
                assert_eq!(holding, holds, "line {line}: {example} for {code}");
            }
        }
    }

    #[test]
    fn traditional_spellings_are_found_too() {
        assert_eq!(codes("再不處理我就去找消費者協會", Language::Chinese), [SignalCode::Threat]);
    }

    #[test]
    fn what_the_shop_wanted_is_no_advertising_of_the_buyer() {
        assert_eq!(codes("卖家让我加微信", Language::Chinese), []);
        assert_eq!(codes("客服要加微信才给处理", Language::Chinese), []);
    }

    #[test]
    fn links_and_repetition_are_seen() {
        assert_eq!(codes("see https://example.com/x now", Language::English), [SignalCode::Advertising]);
        assert_eq!(codes("I like www", Language::English), []);
        assert_eq!(codes("质量很好,质量很好,质量很好", Language::Chinese), [SignalCode::SuspectedFake]);
        assert_eq!(codes("很好,很好,很好,很好", Language::Chinese), [], "short praise is only praise");
    }
}
