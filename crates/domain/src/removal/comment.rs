//! A comment made ready for the word lists: folded, and without accents for languages in Latin letters.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use pingxin_language::Span;
use pingxin_language::fold::{Folded, fold_for_model};

use super::list::Marks;

/// What stands in place of characters that are left out, and of those that are no Latin letters.
const LEFT_OUT: u8 = 0x1f;

/// A comment made ready.
#[derive(Debug)]
pub(super) struct Comment {
    folded: Folded,
    /// One byte a folded character.
    bytes: Vec<u8>,
    text: OnceCell<String>,
    /// What it holds of the words of each file of lists that it was read with, by name.
    marks: RefCell<Vec<(&'static str, Rc<Marks>)>>,
}

impl Comment {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold_for_model(text);
        let bytes = folded
            .chars()
            .iter()
            .map(|&part| u8::try_from(plain(part)).ok().filter(u8::is_ascii).unwrap_or(LEFT_OUT));
        let bytes = bytes.collect();
        Self { folded, bytes, text: OnceCell::new(), marks: RefCell::default() }
    }

    /// One byte a character.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        self.text.get_or_init(|| self.chars().iter().collect())
    }

    /// What it holds of the words of a file, looked for once.
    pub(super) fn marks(&self, file: &'static str, look: impl FnOnce() -> Marks) -> Rc<Marks> {
        let known =
            self.marks.borrow().iter().find(|(name, _)| *name == file).map(|(_, marks)| Rc::clone(marks));
        known.unwrap_or_else(|| {
            let marks = Rc::new(look());
            self.marks.borrow_mut().push((file, Rc::clone(&marks)));
            marks
        })
    }

    /// The folded characters.
    pub(super) fn chars(&self) -> &[char] {
        self.folded.chars()
    }

    /// Where in the original places of folded characters stand.
    pub(super) fn span(&self, (start, end): (usize, usize)) -> Span {
        self.folded.source(start, end)
    }

    /// The whole comment, in the original.
    pub(super) fn whole(&self) -> Span {
        self.span((0, self.chars().len()))
    }

    /// One byte a character, with the places `over` blotted out.
    pub(super) fn bytes_without(&self, over: &[(usize, usize)]) -> Cow<'_, [u8]> {
        if over.is_empty() {
            return Cow::Borrowed(&self.bytes);
        }
        let mut bytes = self.bytes.clone();
        for &(start, end) in over {
            if let Some(part) = bytes.get_mut(start..end) {
                part.fill(LEFT_OUT);
            }
        }
        Cow::Owned(bytes)
    }

    /// The folded text with the places `over` blotted out.
    pub(super) fn text_without(&self, over: &[(usize, usize)]) -> Cow<'_, str> {
        if over.is_empty() {
            return Cow::Borrowed(self.text());
        }
        let chars = self.chars().iter().zip(self.mask(over));
        Cow::Owned(
            chars.map(|(&part, left_out)| if left_out { char::from(LEFT_OUT) } else { part }).collect(),
        )
    }

    /// For every character whether it stands within one of these places.
    pub(super) fn mask(&self, places: &[(usize, usize)]) -> Vec<bool> {
        let mut mask = vec![false; self.chars().len()];
        // In order, each filled no further than what is filled already.
        let mut sorted = places.to_vec();
        sorted.sort_unstable();
        let mut reach = 0;
        for (start, end) in sorted {
            let (start, end) = (start.max(reach), end.min(mask.len()));
            if start < end {
                mask[start..end].fill(true);
                reach = end;
            }
        }
        mask
    }

    /// Whether a stretch holds a word of two letters or more outside of what is masked.
    pub(super) fn has_word(&self, (start, end): (usize, usize), mask: &[bool]) -> bool {
        let mut run = 0;
        (start..end.min(self.chars().len())).any(|at| {
            run = if !mask[at] && self.chars()[at].is_alphabetic() { run + 1 } else { 0 };
            run >= 2
        })
    }

    /// Whether every letter is an English one.
    pub(super) fn is_ascii(&self) -> bool {
        self.chars().iter().all(|part| part.is_ascii() || !part.is_alphabetic())
    }

    /// How many letters it has.
    pub(super) fn letters(&self) -> usize {
        self.chars().iter().filter(|part| part.is_alphabetic()).count()
    }

    /// How many of its letters stand within any of these places.
    pub(super) fn covered(&self, places: &[(usize, usize)]) -> usize {
        let letters = self.chars().iter().zip(self.mask(places));
        letters.filter(|(part, within)| *within && part.is_alphabetic()).count()
    }

    /// The stretches between punctuation that hold a letter or digit.
    pub(super) fn clauses(&self) -> Vec<(usize, usize)> {
        let chars = self.chars();
        let mut clauses = Vec::new();
        let mut start = 0;
        for end in 0..=chars.len() {
            if end == chars.len()
                || matches!(
                    chars[end],
                    ',' | '.' | '!' | '?' | ';' | ':' | '。' | '、' | '\n' | '~' | '(' | ')'
                )
            {
                if chars[start..end].iter().any(|part| part.is_alphanumeric()) {
                    clauses.push((start, end));
                }
                start = end + 1;
            }
        }
        clauses
    }
}

/// A Latin letter without its accent; every other character as it is.
pub(super) fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ß' | 'ś' | 'š' | 'ş' | 'ș' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ł' => 'l',
        'ð' | 'đ' | 'ď' => 'd',
        'ţ' | 'ť' | 'ț' => 't',
        'ğ' => 'g',
        'ř' => 'r',
        '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '‑' => '-',
        other => other,
    }
}
