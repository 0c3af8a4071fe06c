//! Cues: words that name a cause, kept as data beside the code (`cues/*.cues`, the signs are explained in `zh.cues`).
//!
//! Every example in those files is run as a test.

mod matching;
mod source;

use std::sync::OnceLock;

use crate::fold::Folded;
use crate::{Cause, Language, Span};
use matching::Matcher;
pub(crate) use matching::ends_clause;
pub use source::CueFileError;

/// The cues of one language.
#[derive(Debug)]
pub struct Cues {
    matcher: Matcher,
}

/// One cue that a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CueFound {
    /// What it speaks for.
    pub cause: Cause,
    /// Its words, in the original text.
    pub span: Span,
}

impl Cues {
    /// Reads the text of a cue file.
    ///
    /// # Errors
    /// [`CueFileError`] names the line that cannot be read.
    pub fn parse(text: &str, words: bool) -> Result<Self, CueFileError> {
        let patterns = source::parse(text)?.patterns;
        Ok(Self { matcher: Matcher::new(patterns, words) })
    }

    /// The shipped cues of a language; none for languages without.
    #[must_use]
    pub fn of(language: Language) -> Option<&'static Self> {
        static CHINESE: OnceLock<Cues> = OnceLock::new();
        static ENGLISH: OnceLock<Cues> = OnceLock::new();
        let read = |text, words| Self::parse(text, words).expect("a test reads every shipped cue file");
        match language {
            Language::Chinese => Some(CHINESE.get_or_init(|| read(include_str!("../cues/zh.cues"), false))),
            Language::English => Some(ENGLISH.get_or_init(|| read(include_str!("../cues/en.cues"), true))),
            _ => None,
        }
    }

    /// The cues that a folded text holds, by cause and place.
    #[must_use]
    pub fn find(&self, folded: &Folded) -> Vec<CueFound> {
        let mut found = self.matcher.find(folded);
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    fn examples(text: &str, language: Language) {
        let cues = Cues::of(language).unwrap();
        let file = source::parse(text).unwrap();
        assert!(file.examples.len() > 20);
        for example in file.examples {
            let folded = fold_for_model(&example.text);
            let holds = cues.find(&folded).iter().any(|found| found.cause == example.cause);
            assert_eq!(holds, example.holds, "line {}: {} for {}", example.line, example.text, example.cause);
        }
    }

    #[test]
    fn every_chinese_example_holds() {
        examples(include_str!("../cues/zh.cues"), Language::Chinese);
    }

    #[test]
    fn every_english_example_holds() {
        examples(include_str!("../cues/en.cues"), Language::English);
    }

    #[test]
    fn every_cause_but_other_has_cues_and_examples_both_ways() {
        for text in [include_str!("../cues/zh.cues"), include_str!("../cues/en.cues")] {
            let file = source::parse(text).unwrap();
            for &cause in Cause::ALL.iter().filter(|&&cause| cause != Cause::Other) {
                assert!(file.patterns.iter().any(|pattern| pattern.cause == cause), "{cause}");
                for holds in [true, false] {
                    assert!(
                        file.examples.iter().any(|example| example.cause == cause && example.holds == holds),
                        "{cause} {holds}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert_eq!(Cues::parse("= 坏了", false).unwrap_err(), CueFileError::NoCause(1));
        assert_eq!(Cues::parse("[quality]\n? 坏了", false).unwrap_err(), CueFileError::Sign(2));
        assert!(Cues::parse("[nothing]", false).is_err());
    }

    #[test]
    fn spans_point_at_the_words() {
        let text = "穿了兩天,褲子的品質真的很差!";
        let found = Cues::of(Language::Chinese).unwrap().find(&fold_for_model(text));
        let words: Vec<&str> =
            found.iter().filter(|cue| cue.cause == Cause::Quality).map(|cue| cue.span.of(text)).collect();
        assert_eq!(words, ["品質真的很差"]);
    }
}
