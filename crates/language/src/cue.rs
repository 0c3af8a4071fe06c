//! Cues: words that name a cause, kept as data beside the code (`cues/*.cues`, the signs are explained in `zh.cues`).
//!
//! Every example in those files is run as a test.

mod matching;
mod source;

use std::sync::OnceLock;

use crate::fold::Folded;
use crate::{Cause, Language, Span, UnknownCode};
use matching::Matcher;
pub(crate) use matching::ends_clause;
pub use source::CueFileError;

/// Words that speak for something: for causes, or for signals.
#[derive(Debug)]
pub(crate) struct Marks<T> {
    matcher: Matcher<T>,
}

impl<T: Copy + Ord + std::str::FromStr<Err = UnknownCode>> Marks<T> {
    /// Reads the text of a file of cues; `words` when the language writes spaces.
    pub(crate) fn parse(text: &str, words: bool) -> Result<Self, CueFileError> {
        Ok(Self { matcher: Matcher::new(source::parse(text)?.patterns, words) })
    }

    /// What a folded text holds, with its folded ranges, each once.
    pub(crate) fn find(&self, folded: &Folded) -> Vec<(T, usize, usize)> {
        let mut found = self.matcher.find(folded);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The examples of a file: line, heading, text, and whether it must be found.
    #[cfg(test)]
    pub(crate) fn examples(text: &str) -> Result<Vec<Example<T>>, CueFileError> {
        Ok(source::parse(text)?.examples.into_iter().map(source::Example::into_parts).collect())
    }
}

/// An example of a file: its line, its heading, its text, and whether it must be found.
pub(crate) type Example<T> = (usize, T, String, bool);

/// The marks of a file that mixes languages, by script, and its examples.
pub(crate) type Mixed<T> = ([Marks<T>; 2], Vec<Example<T>>);

/// Reads a file that mixes languages: first the words written without spaces, then those written with, then the examples.
pub(crate) fn read_marks<T: Copy + Ord + std::str::FromStr<Err = UnknownCode>>(
    text: &str,
) -> Result<Mixed<T>, CueFileError> {
    let file = source::parse(text)?;
    let (spaced, dense) =
        file.patterns.into_iter().partition(|pattern: &source::Pattern<T>| pattern.first.is_ascii());
    let marks = [(dense, false), (spaced, true)]
        .map(|(patterns, words)| Marks { matcher: Matcher::new(patterns, words) });
    Ok((marks, file.examples.into_iter().map(source::Example::into_parts).collect()))
}

/// The cues of one language.
#[derive(Debug)]
pub struct Cues {
    marks: Marks<Cause>,
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
        Ok(Self { marks: Marks::parse(text, words)? })
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
        let span = |(cause, start, end)| CueFound { cause, span: folded.source(start, end) };
        self.marks.find(folded).into_iter().map(span).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    fn examples(text: &str, language: Language) {
        let cues = Cues::of(language).unwrap();
        let examples = Marks::<Cause>::examples(text).unwrap();
        assert!(examples.len() > 20);
        for (line, cause, example, holds) in examples {
            let found = cues.find(&fold_for_model(&example)).iter().any(|found| found.cause == cause);
            assert_eq!(found, holds, "line {line}: {example} for {cause}");
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
            let file = source::parse::<Cause>(text).unwrap();
            for &cause in Cause::ALL.iter().filter(|&&cause| cause != Cause::Other) {
                assert!(file.patterns.iter().any(|pattern| pattern.code == cause), "{cause}");
                for holds in [true, false] {
                    assert!(
                        file.examples.iter().any(|example| example.code == cause && example.holds == holds),
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
