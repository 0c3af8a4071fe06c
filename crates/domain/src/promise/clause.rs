//! A text in sentences and clauses.

use std::ops::Range;

use pingxin_language::Span;

/// A text with wide letters, digits and marks made narrow and capitals small, character by character, so that places in it
/// are those of the text.
#[derive(Debug)]
pub(super) struct Folded {
    characters: Vec<char>,
}

/// A clause: its characters' places, and its words.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) place: Range<usize>,
    pub(super) words: String,
}

/// Clauses up to a full stop.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) words: String,
    pub(super) clauses: Vec<Clause>,
    /// It ends with a question mark.
    pub(super) asks: bool,
}

fn narrow(character: char) -> char {
    let code = u32::from(character);
    let narrow = match code {
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(character),
        0x3000 => ' ',
        0x2019 => '\'',
        _ => character,
    };
    narrow.to_ascii_lowercase()
}

fn is_han(character: char) -> bool {
    matches!(u32::from(character), 0x3400..=0x9fff)
}

impl Folded {
    pub(super) fn new(text: &str) -> Self {
        Self { characters: text.chars().map(narrow).collect() }
    }

    /// A tenth of Han characters among the letters are enough: brands and units are Latin in Chinese texts too.
    pub(super) fn is_chinese(&self) -> bool {
        let han = self.characters.iter().filter(|one| is_han(**one)).count();
        let latin = self.characters.iter().filter(|one| one.is_ascii_alphabetic()).count();
        han * 4 > latin
    }

    /// Cuts after each mark that ends a sentence, and those at each mark that ends a clause.
    pub(super) fn sentences(
        &self,
        ends: impl Fn(&[char], usize) -> bool,
        parts: impl Fn(&[char], usize) -> bool,
    ) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in 0..=self.characters.len() {
            if at < self.characters.len() && !ends(&self.characters, at) {
                continue;
            }
            let mark = self.characters.get(at).copied();
            let clauses = self.clauses(start..at, &parts);
            if !clauses.is_empty() {
                sentences.push(Sentence {
                    words: self.characters[start..at].iter().collect(),
                    clauses,
                    asks: mark == Some('?'),
                });
            }
            start = at + 1;
        }
        sentences
    }

    fn clauses(&self, of: Range<usize>, parts: impl Fn(&[char], usize) -> bool) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let mut start = of.start;
        for at in of.start..=of.end {
            if at < of.end && !parts(&self.characters, at) {
                continue;
            }
            let is_blank = |at: &usize| self.characters[*at].is_whitespace();
            let first = (start..at).find(|at| !is_blank(at));
            let last = (start..at).rev().find(|at| !is_blank(at));
            if let (Some(first), Some(last)) = (first, last) {
                let place = first..last + 1;
                clauses.push(Clause { words: self.characters[place.clone()].iter().collect(), place });
            }
            start = at + 1;
        }
        clauses
    }
}

/// From the beginning of one clause to the end of another.
pub(super) fn span(from: &Clause, to: &Clause) -> Span {
    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Span::new(number(from.place.start), number(to.place.end))
}
