//! Folding: one spelling for characters that mean the same, for matching only.
//!
//! NFKC, lower case, traditional Chinese to simplified, zero-width characters dropped. Every folded character
//! remembers the characters of the original that it came from, so that a match can be shown in the original text.

mod character;
mod entity;
mod variant;

use crate::Span;

/// A folded text and where each of its characters came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    chars: Vec<char>,
    sources: Vec<Span>,
}

impl Folded {
    /// The folded characters.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Where in the original the folded characters `start..end` stand.
    ///
    /// An empty or reversed range gives an empty span.
    #[must_use]
    pub fn source(&self, start: usize, end: usize) -> Span {
        match (self.sources.get(start), end.checked_sub(1).and_then(|last| self.sources.get(last))) {
            (Some(first), Some(last)) if start < end => Span::new(first.start, last.end),
            _ => Span::new(0, 0),
        }
    }

    /// Empties it, keeping its memory for the next text.
    pub fn clear(&mut self) {
        self.chars.clear();
        self.sources.clear();
    }

    fn push(&mut self, folded: char, source: Span) {
        self.chars.push(folded);
        self.sources.push(source);
    }

    /// Folds `text` into this value, replacing what it held.
    pub fn read(&mut self, text: &str) {
        self.read_as(text, false);
    }

    /// Like [`Folded::read`], with HTML entities (`&quot;`, `&#39;`) and disguised words (垃gē) read as what they stand for.
    pub fn read_decoded(&mut self, text: &str) {
        self.read_as(text, true);
        self.undisguise();
    }

    /// Leaves out the seller's reply at the end, which is not the buyer's word.
    pub(crate) fn leave_out_reply(&mut self) {
        if let Some(at) = crate::reply::begins(self) {
            self.chars.truncate(at);
            self.sources.truncate(at);
        }
    }

    /// Puts words in the place of their disguises (垃gē), in one pass.
    fn undisguise(&mut self) {
        let Some(first) = (0..self.chars.len()).find(|&at| variant::at(&self.chars, at).is_some()) else {
            return;
        };
        let (chars, sources) = (self.chars.split_off(first), self.sources.split_off(first));
        let mut at = 0;
        while at < chars.len() {
            if let Some((length, meaning)) = variant::at(&chars, at) {
                let source = Span::new(sources[at].start, sources[at + length - 1].end);
                meaning.chars().for_each(|meant| self.push(meant, source));
                at += length;
            } else {
                self.push(chars[at], sources[at]);
                at += 1;
            }
        }
    }

    fn read_as(&mut self, text: &str, decode: bool) {
        self.clear();
        self.chars.reserve(text.len() / 2);
        self.sources.reserve(text.len() / 2);
        let mut starter = Starter::default();
        let mut rest = text.char_indices().zip(0_u32..).peekable();
        while let Some(((byte, original), index)) = rest.next() {
            let folding = character::folding(original);
            if folding.is_dropped() {
                continue;
            }
            if !folding.extends() {
                if decode
                    && original == '&'
                    && let Some((meant, length)) = entity::decode(&text[byte..])
                {
                    starter = Starter { byte, index, output: self.chars.len() };
                    let source = Span::new(index, index + length);
                    for folded in character::fold_cluster(meant.encode_utf8(&mut [0; 4])).chars() {
                        self.push(folded, source);
                    }
                    for _ in 1..length {
                        rest.next();
                    }
                    continue;
                }
                starter = Starter { byte, index, output: self.chars.len() };
                let source = Span::new(index, index + 1);
                match folding.single() {
                    Some(folded) => self.push(folded, source),
                    None => {
                        character::expansion(original).iter().for_each(|&folded| self.push(folded, source))
                    }
                }
                continue;
            }
            // A mark that joins what stands before it: fold the whole cluster once, however long it is.
            if self.chars.is_empty() {
                starter = Starter { byte, index, output: 0 };
            }
            let (mut end_byte, mut end_index) = (byte + original.len_utf8(), index + 1);
            while let Some(&((byte, next), index)) = rest.peek() {
                let folding = character::folding(next);
                if !folding.is_dropped() && !folding.extends() {
                    break;
                }
                (end_byte, end_index) = (byte + next.len_utf8(), index + 1);
                rest.next();
            }
            self.chars.truncate(starter.output);
            self.sources.truncate(starter.output);
            let source = Span::new(starter.index, end_index);
            for folded in character::fold_cluster(&text[starter.byte..end_byte]).chars() {
                self.push(folded, source);
            }
        }
    }
}

/// Where the last character stands that a following mark may join.
#[derive(Default)]
struct Starter {
    byte: usize,
    index: u32,
    output: usize,
}

/// Folds a text for search: nothing is merged but spellings of the same character.
#[must_use]
pub fn fold_for_search(text: &str) -> Folded {
    let mut folded = Folded::default();
    folded.read(text);
    folded
}

/// Folds a text for the model and the cues: as for search, with HTML entities decoded.
#[must_use]
pub fn fold_for_model(text: &str) -> Folded {
    let mut folded = Folded::default();
    folded.read_decoded(text);
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(text: &str) -> String {
        fold_for_search(text).chars().iter().collect()
    }

    #[test]
    fn one_spelling_for_the_same_words() {
        for (original, expected) in [
            ("産品損壞，髮質乾燥", "产品损坏,发质干燥"),
            ("ＡＢＣ１２３", "abc123"),
            ("差\u{200b}评\u{feff}", "差评"),
            ("Café CAFE\u{301}", "café café"),
            ("ｶﾞｯｶﾘ", "ガッカリ"),
            ("①㎏…", "1kg..."),
            ("Straße", "straße"),
            ("İ", "i\u{307}"),
        ] {
            assert_eq!(fold(original), expected, "{original}");
        }
    }

    #[test]
    fn a_match_is_shown_in_the_original() {
        let text = "很\u{200b}差㎏!";
        let folded = fold_for_search(text);
        assert_eq!(folded.chars().iter().collect::<String>(), "很差kg!");
        assert_eq!(folded.source(0, 2), Span::new(0, 3));
        assert_eq!(folded.source(3, 4), Span::new(3, 4));
        assert_eq!(folded.source(0, 2).of(text), "很\u{200b}差");
        assert_eq!(folded.source(2, 2), Span::new(0, 0));
    }

    #[test]
    fn entities_are_read_for_the_model_only() {
        let text = "A&amp;B 很&#24046;&quot;";
        let folded = fold_for_model(text);
        assert_eq!(folded.chars().iter().collect::<String>(), "a&b 很差\"");
        assert_eq!(folded.source(5, 6).of(text), "&#24046;");
        assert_eq!(fold(text), "a&amp;b 很&#24046;&quot;");
    }

    #[test]
    fn a_hundred_thousand_marks_fold_in_one_pass() {
        let text: String = std::iter::once('a').chain(std::iter::repeat_n('\u{301}', 100_000)).collect();
        assert_eq!(fold_for_search(&text).chars()[0], 'á');
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_twice_changes_nothing_for_any_characters(text in proptest::collection::vec(any::<char>(), 0..30)) {
            let once = fold(&text.into_iter().collect::<String>());
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn sources_stand_inside_the_text_and_in_order(text in proptest::collection::vec(any::<char>(), 0..30)) {
            let text: String = text.into_iter().collect();
            let folded = fold_for_search(&text);
            let length = text.chars().count() as u32;
            let mut last = 0;
            for at in 0..folded.chars().len() {
                let span = folded.source(at, at + 1);
                prop_assert!(span.start >= last && span.start < span.end && span.end <= length);
                last = span.start;
            }
        }
    }
}
