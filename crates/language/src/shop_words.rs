//! A shop's own words: product names that say nothing, and local expressions that name a cause. No training is needed.
//!
//! The file is written like `cues/zh.cues`, with one heading more: `[name]` lists words that are only names (垃圾桶 sells
//! well here), so that neither their letters nor the cues inside them count. Words are matched folded, so that any
//! spelling will do.
//!
//! ```text
//! [name]
//! = 垃圾桶 苦瓜茶 Broken_Arrow
//! [quality]
//! = 掉渣 起砂
//! + 用了两次就掉渣
//! ```

use crate::cue::{CueFileError, CueFound, Marks, read_marks};
use crate::fold::{Folded, fold_for_model};
use crate::{Cause, Span, UnknownCode};

/// What a word of the list stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Name,
    Cause(Cause),
}

impl std::str::FromStr for Meaning {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        if text == "name" {
            return Ok(Self::Name);
        }
        text.parse().map(Self::Cause).map_err(|unknown: UnknownCode| UnknownCode {
            known: format!("name, {}", unknown.known),
            what: "heading",
            ..unknown
        })
    }
}

/// The words of one shop.
#[derive(Debug)]
pub struct ShopWords {
    /// Written without spaces, and written with spaces.
    marks: [Marks<Meaning>; 2],
}

/// What of the shop's words a text holds.
#[derive(Debug, Default)]
pub(crate) struct ShopWordsFound {
    pub names: Vec<Span>,
    pub cues: Vec<CueFound>,
}

impl ShopWords {
    /// Reads the text of a word file.
    ///
    /// # Errors
    /// [`CueFileError`] names the line that cannot be read, or the example that does not hold.
    pub fn parse(text: &str) -> Result<Self, CueFileError> {
        let folded: String = fold_for_model(text).chars().iter().collect();
        let (marks, examples) = read_marks(&folded)?;
        let words = Self { marks };
        for (line, meaning, example, holds) in examples {
            let found = words.find(&fold_for_model(&example));
            let held = match meaning {
                Meaning::Name => !found.names.is_empty(),
                Meaning::Cause(cause) => found.cues.iter().any(|cue| cue.cause == cause),
            };
            if held != holds {
                return Err(CueFileError::Example(line, example));
            }
        }
        Ok(words)
    }

    /// The words of a list: each with the cause that it names, or none for a name that says nothing.
    ///
    /// # Errors
    /// [`CueFileError`] for a word that cannot be used, such as one with a star.
    pub fn of<'a>(words: impl IntoIterator<Item = (Option<Cause>, &'a str)>) -> Result<Self, CueFileError> {
        let mut text = String::new();
        for (number, (cause, word)) in (1..).zip(words) {
            if word.contains('*') {
                return Err(CueFileError::Star(number, word.to_owned()));
            }
            let word: Vec<&str> = word.split_whitespace().collect();
            text.push_str(&format!("[{}]\n= {}\n", cause.map_or("name", Cause::as_str), word.join("_")));
        }
        Self::parse(&text)
    }

    pub(crate) fn find(&self, folded: &Folded) -> ShopWordsFound {
        let mut found = ShopWordsFound::default();
        for (meaning, start, end) in self.marks.iter().flat_map(|marks| marks.find(folded)) {
            let span = folded.source(start, end);
            match meaning {
                Meaning::Name => found.names.push(span),
                Meaning::Cause(cause) => found.cues.push(CueFound { cause, span }),
            }
        }
        found.cues.retain(|cue| !found.names.iter().any(|name| name.overlaps(cue.span)));
        found.cues.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str =
        "[name]\n= 垃圾桶 Broken_Arrow\n[quality]\n= 掉渣 flakes_off\n+ 用了两次就掉渣\n- 没有掉渣\n";

    #[test]
    fn a_list_says_the_same_as_a_file() {
        let words = ShopWords::of([
            (None, "垃圾桶"),
            (None, "Broken Arrow"),
            (Some(Cause::Quality), "掉渣"),
            (Some(Cause::Quality), "flakes off"),
        ]);
        let found = words.unwrap().find(&fold_for_model("這個垃圾桶會掉渣"));
        assert_eq!((found.names.len(), found.cues.len()), (1, 1));
        assert!(ShopWords::of([(None, "掉*渣")]).is_err());
    }

    #[test]
    fn names_and_expressions_are_found_in_any_spelling() {
        let words = ShopWords::parse(WORDS).unwrap();
        let found = words.find(&fold_for_model("這個垃圾桶會掉渣"));
        assert_eq!(found.names, [Span::new(2, 5)]);
        assert_eq!(found.cues, [CueFound { cause: Cause::Quality, span: Span::new(6, 8) }]);
        let found = words.find(&fold_for_model("The BROKEN ARROW knife: its paint flakes off"));
        assert_eq!((found.names.len(), found.cues.len()), (1, 1));
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_line() {
        assert_eq!(ShopWords::parse("= 掉渣").unwrap_err(), CueFileError::NoCause(1));
        let unknown = ShopWords::parse("[name]\n= 甲\n[wrong]").unwrap_err().to_string();
        assert!(
            unknown.contains("line 3") && unknown.contains("wrong") && unknown.contains("name, quality"),
            "{unknown}"
        );
        let example = ShopWords::parse("[quality]\n= 掉渣\n+ 很好").unwrap_err();
        assert_eq!(example, CueFileError::Example(3, "很好".to_owned()));
    }
}
