//! The turn file: lists of words, then lines of examples.

use std::collections::HashMap;

use crate::lexicon::Lexicon;

/// Why a turn file cannot be read. The number is that of the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TurnFileError {
    /// Words before the first `[list]`.
    #[error("line {0}: words stand before the first [list]")]
    NoList(usize),
    /// A `[list]` that is none.
    #[error(
        "line {0}: there is no list \"{1}\"; known are not, between, complaint, lead, tail, doubt, exempt, contrast, verdict, grievance, pivot, no_pivot"
    )]
    List(usize, String),
}

/// The words of one list.
#[derive(Debug, Default)]
pub(super) struct Words(Lexicon);

impl Words {
    fn new(words: &[String]) -> Self {
        Self(Lexicon::new(words))
    }

    /// Whether a word of the list may begin with this character; false is certain.
    pub(super) fn may_begin(&self, character: char) -> bool {
        self.0.may_begin(character)
    }

    /// The end of the longest word of the list that begins at `at`; with `whole` it must end there.
    pub(super) fn longest(&self, chars: &[char], at: usize, whole: bool) -> Option<usize> {
        let goes_on = |end: usize| whole && chars.get(end).is_some_and(|next| next.is_alphanumeric());
        self.0.until(chars, at, |_, end| (!goes_on(end)).then_some(end))
    }
}

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub not: Words,
    pub between: Words,
    pub complaint: Words,
    /// Words that belong to a denial when they stand before it.
    pub lead: Words,
    /// Words that belong to a denial when they follow it.
    pub tail: Words,
    /// Words that leave open whether a denial after them holds.
    pub doubt: Words,
    /// Expressions that look like denials and are none.
    pub exempt: Words,
    pub contrast: Words,
    pub verdict: Words,
    /// Expressions that complain wherever they stand.
    pub grievance: Words,
    /// Contrasts that divide a clause wherever they stand in it.
    pub pivot: Words,
    /// Expressions that hold such a contrast and are none.
    pub no_pivot: Words,
}

/// A sentence in which a complaint is or is not denied.
#[derive(Debug)]
pub(super) struct Example {
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub line: usize,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub text: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub holds: bool,
}

/// What a turn file holds.
#[derive(Debug, Default)]
pub(super) struct TurnFile {
    pub lists: Lists,
    pub examples: Vec<Example>,
}

pub(super) fn parse(text: &str) -> Result<TurnFile, TurnFileError> {
    let mut file = TurnFile::default();
    let mut lists: HashMap<&str, Vec<String>> = HashMap::new();
    let mut current = None;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        let example = |text: &str, holds| Example { line, text: text.trim().to_owned(), holds };
        if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            current = Some(name);
        } else if let Some(text) = content.strip_prefix("+ ") {
            file.examples.push(example(text, true));
            continue;
        } else if let Some(text) = content.strip_prefix("- ") {
            file.examples.push(example(text, false));
            continue;
        } else if content.starts_with('#') {
            continue;
        }
        let words = if content.starts_with('[') { "" } else { content };
        if current.is_none() && words.is_empty() {
            continue;
        }
        let name = current.ok_or(TurnFileError::NoList(line))?;
        if !NAMES.contains(&name) {
            return Err(TurnFileError::List(line, name.to_owned()));
        }
        let words = words.split_whitespace().map(|word| word.replace('_', " "));
        lists.entry(name).or_default().extend(words);
    }
    let list = |name| lists.get(name).map(|words| Words::new(words)).unwrap_or_default();
    file.lists = Lists {
        not: list("not"),
        between: list("between"),
        complaint: list("complaint"),
        lead: list("lead"),
        tail: list("tail"),
        doubt: list("doubt"),
        exempt: list("exempt"),
        contrast: list("contrast"),
        verdict: list("verdict"),
        grievance: list("grievance"),
        pivot: list("pivot"),
        no_pivot: list("no_pivot"),
    };
    Ok(file)
}

/// The lists that a file may hold.
const NAMES: [&str; 12] = [
    "not",
    "between",
    "complaint",
    "lead",
    "tail",
    "doubt",
    "exempt",
    "contrast",
    "verdict",
    "grievance",
    "pivot",
    "no_pivot",
];
