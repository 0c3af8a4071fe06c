//! What the linear models look at: characters or words, one to three in a row.

use crate::Span;
use crate::fold::Folded;

/// What a gram is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grams {
    /// One to three characters; white space does not count, every run of digits is one `0`, no character stands more
    /// than three times in a row. For languages written without spaces.
    Characters,
    /// One or two words, and `!` and `?`; every run of digits within a word is one `0`.
    Words,
}

/// The units of a text that grams are made of, and where each stands in the original.
#[derive(Debug, Clone, Default)]
pub struct Units {
    codes: Vec<u64>,
    sources: Vec<Span>,
}

/// A character and its position fit 21 bits.
const CHARACTER_BITS: u32 = 21;
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl Units {
    /// Reads the units of a folded text, replacing those held.
    pub fn read(&mut self, grams: Grams, folded: &Folded) {
        self.codes.clear();
        self.sources.clear();
        match grams {
            Grams::Characters => self.read_characters(folded),
            Grams::Words => self.read_words(folded),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The code of every unit, in order.
    pub(crate) fn codes(&self) -> &[u64] {
        &self.codes
    }

    /// Where the units `first..first + count` stand in the original text.
    #[must_use]
    pub fn source(&self, first: usize, count: usize) -> Span {
        match (self.sources.get(first), self.sources.get((first + count).wrapping_sub(1))) {
            (Some(start), Some(end)) if count > 0 => Span::new(start.start, end.end),
            _ => Span::new(0, 0),
        }
    }

    fn read_characters(&mut self, folded: &Folded) {
        let (mut last, mut repeats) = ('\0', 0);
        for (at, &character) in folded.chars().iter().enumerate() {
            if character.is_whitespace() {
                continue;
            }
            let character = if character.is_ascii_digit() { '0' } else { character };
            repeats = if character == last { repeats + 1 } else { 1 };
            last = character;
            let most = if character == '0' { 1 } else { 3 };
            if repeats > most {
                if let Some(source) = self.sources.last_mut() {
                    source.end = folded.source(at, at + 1).end;
                }
                continue;
            }
            self.codes.push(u64::from(u32::from(character)) + 1);
            self.sources.push(folded.source(at, at + 1));
        }
    }

    fn read_words(&mut self, folded: &Folded) {
        let chars = folded.chars();
        let mut at = 0;
        while at < chars.len() {
            let start = at;
            let mut code = MIX;
            let mut digits = false;
            while at < chars.len() && (chars[at].is_alphanumeric() || is_apostrophe(chars, at)) {
                let digit = chars[at].is_ascii_digit();
                if !(digit && digits) && chars[at] != '\'' && chars[at] != '’' {
                    code = mix(code, if digit { u64::from(b'0') } else { u64::from(u32::from(chars[at])) });
                }
                digits = digit;
                at += 1;
            }
            if at == start {
                at += 1;
                if !matches!(chars[start], '!' | '?') {
                    continue;
                }
                code = mix(code, u64::from(u32::from(chars[start])));
            }
            self.codes.push(code);
            self.sources.push(folded.source(start, at));
        }
    }

    /// Calls `each` with the key of every gram, its first unit and its length.
    pub fn visit(&self, grams: Grams, mut each: impl FnMut(u64, usize, usize)) {
        match grams {
            Grams::Characters => {
                let (mut one_before, mut two_before) = (0, 0);
                for (at, &code) in self.codes.iter().enumerate() {
                    each(code, at, 1);
                    if at >= 1 {
                        each(one_before << CHARACTER_BITS | code, at - 1, 2);
                    }
                    if at >= 2 {
                        each((two_before << CHARACTER_BITS | one_before) << CHARACTER_BITS | code, at - 2, 3);
                    }
                    (one_before, two_before) = (code, one_before);
                }
            }
            Grams::Words => {
                for (at, &code) in self.codes.iter().enumerate() {
                    each(code, at, 1);
                    if let Some(&next) = self.codes.get(at + 1) {
                        each(mix(code, next), at, 2);
                    }
                }
            }
        }
    }
}

/// An apostrophe between letters belongs to the word: `don't`.
fn is_apostrophe(chars: &[char], at: usize) -> bool {
    matches!(chars[at], '\'' | '’')
        && at > 0
        && chars[at - 1].is_alphabetic()
        && chars.get(at + 1).is_some_and(|next| next.is_alphabetic())
}

fn mix(code: u64, next: u64) -> u64 {
    let mixed = (code.rotate_left(23) ^ next).wrapping_mul(MIX);
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    fn units(grams: Grams, text: &str) -> Units {
        let mut units = Units::default();
        units.read(grams, &fold_for_model(text));
        units
    }

    #[test]
    fn spacing_numbers_and_emphasis_do_not_matter() {
        let plain = units(Grams::Characters, "买了0天,好好好!");
        assert_eq!(units(Grams::Characters, "买了 128 天，好好好好好好！").codes, plain.codes);
        assert_eq!(units(Grams::Words, "Don’t buy 3x").codes, units(Grams::Words, "don't  BUY, 27x").codes);
        assert_ne!(units(Grams::Words, "buy").codes, units(Grams::Words, "bug").codes);
    }

    #[test]
    fn grams_point_into_the_original() {
        let text = "用 12 天就坏";
        let units = units(Grams::Characters, text);
        assert_eq!(units.len(), 5);
        assert_eq!(units.source(1, 2).of(text), "12 天");
        let mut grams = Vec::new();
        units.visit(Grams::Characters, |_, first, count| {
            grams.push(units.source(first, count).of(text).to_owned())
        });
        assert!(grams.contains(&"天就坏".to_owned()));
        assert_eq!(grams.len(), 5 + 4 + 3);
    }
}
