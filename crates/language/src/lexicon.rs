//! Lists of words to look for in a folded text: built in a moment, and silent at once where no word begins.

/// Words by their first two characters. A typographic apostrophe counts as a plain one.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// The characters of all words, one after the other.
    chars: Vec<char>,
    /// Every word, those of one slot together and the longest first.
    words: Vec<Entry>,
    /// Where the words of each slot begin; one more than there are slots.
    slots: Vec<u32>,
    /// A bit for every first character by its last ten bits: most characters begin no word.
    firsts: [u64; 16],
    /// How many words are one character long.
    single: bool,
    shift: u32,
}

/// One word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u32,
    start: u32,
    length: u32,
}

/// A plain apostrophe in the place of a typographic one.
const fn plain(character: char) -> char {
    if character == '’' { '\'' } else { character }
}

/// The place of a character's bit.
const fn bit(character: char) -> (usize, u64) {
    let code = plain(character) as usize;
    (code / 64 % 16, 1 << (code % 64))
}

impl Lexicon {
    /// The words, numbered in their order. The same word may stand several times; an empty one is never found.
    pub(crate) fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut lexicon = Self::default();
        let mut entries = Vec::new();
        for (number, word) in (0..).zip(words) {
            let start = lexicon.chars.len();
            lexicon.chars.extend(word.as_ref().chars().map(plain));
            let length = lexicon.chars.len() - start;
            if let Some(&first) = lexicon.chars.get(start) {
                let (place, bit) = bit(first);
                lexicon.firsts[place] |= bit;
                lexicon.single |= length == 1;
                entries.push(Entry { number, start: start as u32, length: length as u32 });
            }
        }
        let bits = (entries.len() * 4).next_power_of_two().clamp(64, 1 << 16).trailing_zeros();
        lexicon.shift = 32 - bits;
        let slot = |entry: &Entry| {
            let at = entry.start as usize;
            let second = if entry.length > 1 { lexicon.chars[at + 1] } else { '\0' };
            slot(lexicon.chars[at], second, lexicon.shift)
        };
        entries.sort_by_key(|entry| (slot(entry), std::cmp::Reverse(entry.length), entry.number));
        let mut slots = vec![0_u32; (1 << bits) + 1];
        entries.iter().for_each(|entry| slots[slot(entry) + 1] += 1);
        for at in 1..slots.len() {
            slots[at] += slots[at - 1];
        }
        (lexicon.words, lexicon.slots) = (entries, slots);
        lexicon
    }

    /// Whether a word may begin with this character; false is certain.
    #[inline]
    pub(crate) fn may_begin(&self, character: char) -> bool {
        let (place, bit) = bit(character);
        self.firsts[place] & bit != 0
    }

    /// Calls `each` with the number and the end of every word that begins at `at`, the longest first.
    #[inline]
    pub(crate) fn each(&self, chars: &[char], at: usize, mut each: impl FnMut(usize, usize)) {
        self.until(chars, at, |number, end| {
            each(number, end);
            None::<()>
        });
    }

    /// The end of the longest word that begins at `at`.
    #[inline]
    pub(crate) fn longest(&self, chars: &[char], at: usize) -> Option<usize> {
        self.until(chars, at, |_, end| Some(end))
    }

    /// What `take` makes of the words that begin at `at`, the longest first, until it makes something of one.
    #[inline]
    pub(crate) fn until<A>(
        &self,
        chars: &[char],
        at: usize,
        mut take: impl FnMut(usize, usize) -> Option<A>,
    ) -> Option<A> {
        let first = *chars.get(at)?;
        if !self.may_begin(first) {
            return None;
        }
        if let Some(&second) = chars.get(at + 1) {
            let found = self.among(self.slot(first, second), chars, at, |length| length > 1, &mut take);
            if found.is_some() {
                return found;
            }
        }
        if !self.single {
            return None;
        }
        self.among(self.slot(first, '\0'), chars, at, |length| length == 1, &mut take)
    }

    #[inline]
    fn among<A>(
        &self,
        entries: &[Entry],
        chars: &[char],
        at: usize,
        long: impl Fn(u32) -> bool,
        take: &mut impl FnMut(usize, usize) -> Option<A>,
    ) -> Option<A> {
        let standing = entries.iter().filter(|entry| long(entry.length) && self.stands(entry, &chars[at..]));
        standing
            .map(|entry| (entry.number as usize, at + entry.length as usize))
            .find_map(|(number, end)| take(number, end))
    }

    /// The words whose first two characters, or the only one and nothing, fall into the same slot as these.
    #[inline]
    fn slot(&self, first: char, second: char) -> &[Entry] {
        let slot = slot(plain(first), plain(second), self.shift);
        match (self.slots.get(slot), self.slots.get(slot + 1)) {
            (Some(&from), Some(&to)) if from < to => &self.words[from as usize..to as usize],
            _ => &[],
        }
    }

    fn stands(&self, entry: &Entry, chars: &[char]) -> bool {
        let word = &self.chars[entry.start as usize..(entry.start + entry.length) as usize];
        chars.len() >= word.len() && chars.iter().zip(word).all(|(&found, &wanted)| plain(found) == wanted)
    }
}

/// The slot of two characters.
#[inline]
fn slot(first: char, second: char, shift: u32) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9e37_79b1) ^ (second as u32).wrapping_mul(0x85eb_ca77);
    (mixed.wrapping_mul(0xc2b2_ae35) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let (lexicon, chars) = (Lexicon::new(words), text.chars().collect::<Vec<char>>());
        let mut found = Vec::new();
        (0..=chars.len())
            .for_each(|at| lexicon.each(&chars, at, |number, end| found.push((at, number, end))));
        found
    }

    #[test]
    fn the_longest_word_comes_first() {
        assert_eq!(
            found(&["不", "不好", "不好用", "好"], "不好用"),
            [(0, 2, 3), (0, 1, 2), (0, 0, 1), (1, 3, 2)]
        );
        assert_eq!(found(&["don't"], "I don’t, don't"), [(2, 0, 7), (9, 0, 14)]);
        assert_eq!(found(&["", "a"], "a"), [(0, 1, 1)]);
        assert_eq!(found(&[], "不好"), []);
        assert_eq!(Lexicon::default().longest(&['a'], 0), None);
    }

    proptest! {
        #[test]
        fn every_word_is_found_wherever_it_stands(
            words in proptest::collection::vec("[ab不好’]{0,4}", 0..12),
            text in "[ab不好']{0,24}",
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut expected = Vec::new();
            let chars: Vec<char> = text.chars().collect();
            for at in 0..chars.len() {
                for (number, word) in words.iter().enumerate() {
                    let word: Vec<char> = word.replace('’', "'").chars().collect();
                    if !word.is_empty() && chars[at..].starts_with(&word) {
                        expected.push((at, number, at + word.len()));
                    }
                }
            }
            let mut told = found(&words, &text);
            prop_assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0 || pair[0].2 >= pair[1].2));
            told.sort_unstable();
            prop_assert_eq!(told, expected);
        }
    }
}
