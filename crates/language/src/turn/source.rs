//! The turn file: lists of words, then lines of examples.

use std::collections::HashMap;

/// Why a turn file cannot be read. The number is that of the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TurnFileError {
    /// Words before the first `[list]`.
    #[error("line {0}: words stand before the first [list]")]
    NoList(usize),
    /// A `[list]` that is none.
    #[error(
        "line {0}: there is no list \"{1}\"; known are not, between, complaint, lead, tail, doubt, exempt, contrast, verdict, grievance"
    )]
    List(usize, String),
}

/// Words by their first character, the longest first.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_first: HashMap<char, Vec<Vec<char>>>,
    /// A bit for every first character by its last ten bits: most characters begin no word, and this says so at once.
    seen: [u64; 16],
}

/// The place of a character's bit.
fn bit(character: char) -> (usize, u64) {
    let code = u32::from(character) as usize;
    (code / 64 % 16, 1 << (code % 64))
}

impl Words {
    fn add(&mut self, word: &str) {
        let word: Vec<char> = word.replace('_', " ").chars().collect();
        if let Some(&first) = word.first() {
            let (place, bit) = bit(first);
            self.seen[place] |= bit;
            let words = self.by_first.entry(first).or_default();
            words.push(word);
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
    }

    /// Whether a word of the list may begin with this character; false is certain.
    pub(super) fn may_begin(&self, character: char) -> bool {
        let (place, bit) = bit(character);
        self.seen[place] & bit != 0
    }

    /// The end of the longest word of the list that begins at `at`; with `whole` it must end there.
    pub(super) fn longest(&self, chars: &[char], at: usize, whole: bool) -> Option<usize> {
        let first = chars.get(at).filter(|first| self.may_begin(**first))?;
        let words = self.by_first.get(first)?;
        let ends = |word: &&Vec<char>| {
            let plain = |character: char| if character == '’' { '\'' } else { character };
            chars[at..].len() >= word.len()
                && chars[at..].iter().zip(word.iter()).all(|(&found, &wanted)| plain(found) == wanted)
                && !(whole && chars.get(at + word.len()).is_some_and(|next| next.is_alphanumeric()))
        };
        words.iter().find(ends).map(|word| at + word.len())
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
        let list = match name {
            "not" => &mut file.lists.not,
            "between" => &mut file.lists.between,
            "complaint" => &mut file.lists.complaint,
            "lead" => &mut file.lists.lead,
            "tail" => &mut file.lists.tail,
            "doubt" => &mut file.lists.doubt,
            "exempt" => &mut file.lists.exempt,
            "contrast" => &mut file.lists.contrast,
            "verdict" => &mut file.lists.verdict,
            "grievance" => &mut file.lists.grievance,
            _ => return Err(TurnFileError::List(line, name.to_owned())),
        };
        words.split_whitespace().for_each(|word| list.add(word));
    }
    Ok(file)
}
