//! What the linear models look at: characters or words, one to three in a row.

use crate::Span;
use crate::cue::ends_clause;
use crate::fold::Folded;

/// What a gram is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grams {
    /// One to three characters; white space does not count, every run of digits is one `0`, no character stands more
    /// than three times in a row. For languages written without spaces.
    Characters,
    /// One or two words, and `!` and `?`; every run of digits within a word is one `0`.
    Words,
    /// As [`Grams::Characters`], and where the text begins and ends.
    EdgedCharacters,
    /// As [`Grams::Words`], with the marks `. , ;` too and where the text begins and ends; the words after a denial
    /// (not, never, don't) are seen as denied as well.
    Phrases,
}

/// The units of a text that grams are made of, and where each stands in the original.
#[derive(Debug, Clone, Default)]
pub struct Units {
    codes: Vec<u64>,
    sources: Vec<Span>,
    /// Of words only.
    kinds: Vec<Kind>,
    /// The number of the clause that each stands in; a mark stands at the end of its clause.
    clauses: Vec<u32>,
    /// A mark ended the clause of the last one.
    ended: bool,
}

/// What a unit does to the words behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    /// not, never, don't: the words that follow are denied.
    Denial,
    /// A mark, where a denial ends.
    Stop,
}

/// A character and its position fit 21 bits.
const CHARACTER_BITS: u32 = 21;
/// Stands for the beginning and the end of a text: no character has the greatest code.
const EDGE: u64 = (1 << CHARACTER_BITS) - 1;
/// Words that a denial reaches.
const DENIED_WORDS: usize = 4;
/// What makes the key of a denied word another than that of the word.
const DENIED: u64 = 0x7e57_ab1e_0dd5_a1e5;
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl Units {
    /// Reads the units of a folded text, replacing those held.
    pub fn read(&mut self, grams: Grams, folded: &Folded) {
        self.codes.clear();
        self.sources.clear();
        self.kinds.clear();
        self.clauses.clear();
        self.ended = false;
        match grams {
            Grams::Characters | Grams::EdgedCharacters => self.read_characters(folded),
            Grams::Words => self.read_words(folded, "!?"),
            Grams::Phrases => self.read_words(folded, "!?.,;"),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// How many of them are words and not marks; of texts read as words only.
    #[must_use]
    pub fn words(&self) -> usize {
        self.kinds.iter().filter(|kind| **kind != Kind::Stop).count()
    }

    /// The code of every word, in order, marks left out.
    pub(crate) fn word_codes(&self) -> impl Iterator<Item = u64> + '_ {
        self.codes.iter().zip(&self.kinds).filter(|(_, kind)| **kind != Kind::Stop).map(|(code, _)| *code)
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

    /// The number of the clause that a unit stands in.
    #[must_use]
    pub fn clause(&self, at: usize) -> u32 {
        self.clauses.get(at).copied().unwrap_or_default()
    }

    /// Which units stand in one of these spans of the original, which need no order.
    pub(crate) fn overlapping(&self, spans: &[Span]) -> Vec<bool> {
        let mut sorted = spans.to_vec();
        sorted.sort_unstable_by_key(|span| (span.start, span.end));
        let (mut next, mut reach) = (0, 0);
        let within = |source: &Span| {
            while let Some(span) = sorted.get(next).filter(|span| span.start < source.end) {
                reach = reach.max(span.end);
                next += 1;
            }
            reach > source.start
        };
        self.sources.iter().map(within).collect()
    }

    /// Adds a unit; `ends` when it is a mark that ends its clause.
    fn push(&mut self, code: u64, source: Span, ends: bool) {
        let last = self.clauses.last().copied();
        let next = self.ended && !ends;
        self.clauses.push(last.map_or(0, |last| if next { last + 1 } else { last }));
        self.ended = (self.ended && !next) || (ends && last.is_some());
        self.codes.push(code);
        self.sources.push(source);
    }

    fn read_characters(&mut self, folded: &Folded) {
        let (mut last, mut repeats) = ('\0', 0);
        for (at, &character) in folded.chars().iter().enumerate() {
            if character.is_whitespace() {
                self.ended |= character == '\n' && !self.codes.is_empty();
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
            self.push(u64::from(u32::from(character)) + 1, folded.source(at, at + 1), ends_clause(character));
        }
    }

    fn read_words(&mut self, folded: &Folded, marks: &str) {
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
            let mut kind = Kind::Plain;
            if at == start {
                at += 1;
                self.ended |= chars[start] == '\n' && !self.codes.is_empty();
                if !marks.contains(chars[start]) {
                    continue;
                }
                // The same mark again says no more.
                let again =
                    matches!(chars[start], '.' | ',' | ';') && start > 0 && chars[start - 1] == chars[start];
                if again {
                    continue;
                }
                kind = Kind::Stop;
                code = mix(code, u64::from(u32::from(chars[start])));
            } else if is_denial(&chars[start..at]) {
                kind = Kind::Denial;
            }
            self.kinds.push(kind);
            self.push(code, folded.source(start, at), kind == Kind::Stop);
        }
    }

    /// Calls `each` with the key of every gram, its first unit and its length. Where the text begins and ends may count
    /// as a unit of the grams beside it.
    pub fn visit(&self, grams: Grams, each: impl FnMut(u64, usize, usize)) {
        match grams {
            Grams::Characters => self.visit_characters(false, each),
            Grams::EdgedCharacters => self.visit_characters(true, each),
            Grams::Words => self.visit_words(each),
            Grams::Phrases => self.visit_phrases(each),
        }
    }

    fn visit_characters(&self, edges: bool, mut each: impl FnMut(u64, usize, usize)) {
        let (mut one_before, mut two_before) = (EDGE, 0);
        for (at, &code) in self.codes.iter().enumerate() {
            each(code, at, 1);
            let pair = one_before << CHARACTER_BITS | code;
            if at >= 1 {
                each(pair, at - 1, 2);
            } else if edges {
                each(pair, 0, 1);
            }
            let triple = two_before << (2 * CHARACTER_BITS) | pair;
            if at >= 2 {
                each(triple, at - 2, 3);
            } else if at == 1 && edges {
                each(triple, 0, 2);
            }
            (one_before, two_before) = (code, one_before);
        }
        if let Some(last) = self.codes.len().checked_sub(1).filter(|_| edges) {
            each(one_before << CHARACTER_BITS | EDGE, last, 1);
            if last >= 1 {
                each((two_before << CHARACTER_BITS | one_before) << CHARACTER_BITS | EDGE, last - 1, 2);
            }
        }
    }

    fn visit_words(&self, mut each: impl FnMut(u64, usize, usize)) {
        for (at, &code) in self.codes.iter().enumerate() {
            each(code, at, 1);
            if let Some(&next) = self.codes.get(at + 1) {
                each(mix(code, next), at, 2);
            }
        }
    }

    fn visit_phrases(&self, mut each: impl FnMut(u64, usize, usize)) {
        let mut before = EDGE;
        let mut denied = 0;
        for (at, &code) in self.codes.iter().enumerate() {
            each(code, at, 1);
            let first = at.saturating_sub(1);
            each(mix(before, code), first, at + 1 - first);
            before = code;
            if self.kinds[at] == Kind::Stop {
                denied = 0;
            } else if self.kinds[at] == Kind::Denial {
                denied = DENIED_WORDS;
            } else if denied > 0 {
                each(mix(DENIED, code), at, 1);
                denied -= 1;
            }
        }
        if let Some(last) = self.codes.len().checked_sub(1) {
            each(mix(before, EDGE), last, 1);
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

/// Words that deny what follows; their apostrophes do not matter.
const DENIALS: [&str; 24] = [
    "not", "no", "never", "dont", "doesnt", "didnt", "isnt", "wasnt", "cant", "cannot", "wont", "without",
    "nothing", "nor", "hardly", "couldnt", "wouldnt", "havent", "hasnt", "arent", "nao", "não", "nunca",
    "sem",
];

fn is_denial(word: &[char]) -> bool {
    matches!(word.first(), Some('n' | 'd' | 'i' | 'w' | 'c' | 'h' | 'a' | 's'))
        && word.len() <= 9
        && DENIALS
            .iter()
            .any(|denial| denial.chars().eq(word.iter().copied().filter(|part| !matches!(part, '\'' | '’'))))
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
        let plain = units(Grams::EdgedCharacters, "买了0天,好好好!");
        assert_eq!(units(Grams::EdgedCharacters, "买了 128 天，好好好好好好！").codes, plain.codes);
        assert_eq!(
            units(Grams::Phrases, "Don’t buy 3x").codes,
            units(Grams::Phrases, "don't  BUY 27x").codes
        );
        assert_ne!(units(Grams::Phrases, "buy").codes, units(Grams::Phrases, "bug").codes);
    }

    #[test]
    fn grams_point_into_the_original() {
        let text = "用 12 天就坏";
        let units = units(Grams::EdgedCharacters, text);
        assert_eq!(units.len(), 5);
        assert_eq!(units.source(1, 2).of(text), "12 天");
        let mut grams = Vec::new();
        units.visit(Grams::EdgedCharacters, |_, first, count| {
            grams.push(units.source(first, count).of(text).to_owned())
        });
        assert!(grams.contains(&"天就坏".to_owned()));
        // With the beginning and the end there are two pairs and two triples more.
        assert_eq!(grams.len(), 5 + 6 + 5);
        assert!(grams.iter().all(|gram| !gram.is_empty()));
    }

    fn keys(grams: Grams, text: &str) -> Vec<u64> {
        let mut keys = Vec::new();
        units(grams, text).visit(grams, |key, _, _| keys.push(key));
        keys.sort_unstable();
        keys
    }

    #[test]
    fn where_a_text_begins_and_ends_is_seen() {
        let common = |grams, left: &str, right: &str| {
            let right = keys(grams, right);
            keys(grams, left).iter().filter(|key| right.contains(key)).count()
        };
        assert_eq!(common(Grams::EdgedCharacters, "好坏", "坏好"), 2);
        assert_eq!(common(Grams::EdgedCharacters, "好", "好"), 3);
        assert_eq!(common(Grams::Phrases, "good bad", "bad good"), 2);
        assert!(keys(Grams::EdgedCharacters, "").is_empty() && keys(Grams::Phrases, " ").is_empty());
    }

    #[test]
    fn denied_words_are_seen_as_such_until_the_clause_ends() {
        let denied = |text: &str| {
            let plain = units(Grams::Phrases, "good").codes[0];
            keys(Grams::Phrases, text).contains(&mix(DENIED, plain))
        };
        for text in
            ["not good", "Not very good", "It isn’t any good", "never was that good", "don't say good"]
        {
            assert!(denied(text), "{text}");
        }
        for text in
            ["good", "not bad. good", "not what I had thought it was, good", "cannot go on and on and good"]
        {
            assert!(!denied(text), "{text}");
        }
    }
}
