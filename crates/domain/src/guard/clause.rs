//! Sentences and clauses of an undisguised text, and what in them is denied or quoted.

use super::lexicon::{Concept, Lexicon};
use super::plain::{Plain, is_han};

/// A stretch between punctuation, as places of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    pub start: usize,
    pub end: usize,
    /// The number of its sentence, from 0.
    pub sentence: usize,
}

/// Characters that a Chinese denial reaches, and an English one.
const REACH: (usize, usize) = (12, 70);

/// The clauses of a text; a decimal point and the dots of an address end none.
pub(super) fn clauses(chars: &[char]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let (mut start, mut sentence) = (0, 0);
    for end in 0..=chars.len() {
        let Some(mark) = chars.get(end).map_or(Some(Mark::Sentence), |&mark| mark_of(chars, end, mark))
        else {
            continue;
        };
        let first = (start..end).find(|&at| !chars[at].is_whitespace());
        if let Some(first) = first {
            clauses.push(Clause { start: first, end, sentence });
        }
        if mark == Mark::Sentence && clauses.last().is_some_and(|last: &Clause| last.sentence == sentence) {
            sentence += 1;
        }
        start = end + 1;
    }
    clauses
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Clause,
    Sentence,
}

fn mark_of(chars: &[char], at: usize, mark: char) -> Option<Mark> {
    match mark {
        '。' | '!' | '?' | '\n' | '…' => Some(Mark::Sentence),
        '.' => chars
            .get(at + 1)
            .is_none_or(|next| next.is_whitespace() || is_han(*next))
            .then_some(Mark::Sentence),
        ';' | '；' => Some(Mark::Clause),
        ',' => (!chars.get(at + 1).is_some_and(char::is_ascii_digit)).then_some(Mark::Clause),
        '~' | '(' | ')' | '—' | '→' => Some(Mark::Clause),
        ':' => (!chars.get(at + 1).is_some_and(|next| next.is_ascii_digit() || *next == '/'))
            .then_some(Mark::Clause),
        _ => None,
    }
}

/// Words that deny what follows in their clause, and longer words that hold one by chance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Denials {
    pub not: Concept,
    pub harmless: Concept,
    pub turn: Concept,
    /// Words that deny what stands before them: 加微信不行的.
    pub not_behind: Concept,
}

impl Denials {
    /// The characters that are denied, from the places of all words of a text.
    pub(super) fn denied(
        self,
        plain: &Plain,
        clauses: &[Clause],
        words: &[super::lexicon::Word],
    ) -> Vec<bool> {
        let mut denied = vec![false; plain.chars.len()];
        let reach = if plain.chinese { REACH.0 } else { REACH.1 };
        for word in words.iter().filter(|word| word.concept == self.not) {
            let chance = words.iter().any(|other| {
                other.concept == self.harmless && other.start <= word.start && word.end <= other.end
            });
            let Some(clause) =
                clauses.iter().find(|clause| clause.start <= word.start && word.start < clause.end)
            else {
                continue;
            };
            if chance {
                continue;
            }
            let turn = words
                .iter()
                .filter(|other| other.concept == self.turn && other.start >= word.end)
                .map(|other| other.start)
                .min()
                .unwrap_or(usize::MAX);
            let end = clause.end.min(word.end + reach).min(turn);
            denied.iter_mut().take(end).skip(word.end).for_each(|part| *part = true);
        }
        for word in words.iter().filter(|word| word.concept == self.not_behind) {
            let Some(clause) =
                clauses.iter().find(|clause| clause.start <= word.start && word.end <= clause.end)
            else {
                continue;
            };
            // 不删不行 demands, 加微信不行吗 asks.
            let twice = words.iter().any(|other| {
                other.concept == self.not && clause.start <= other.start && other.end <= word.start
            });
            let asks = plain.chars.get(word.end).is_some_and(|next| matches!(next, '吗' | '么' | '?'));
            if !twice && !asks {
                let start = clause.start.max(word.start.saturating_sub(REACH.0));
                denied.iter_mut().take(word.start).skip(start).for_each(|part| *part = true);
            }
        }
        denied
    }
}

/// Words that say whose a quoted stretch is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotes {
    /// Before it: somebody else says it.
    pub says: Concept,
    /// Behind it: it is spoken of as a saying.
    pub called: Concept,
}

/// Characters behind a quoted stretch that may call it a saying.
const BEHIND: usize = 5;
/// Characters of a sender's name, its brackets included.
const LONGEST_NAME: usize = 6;

/// The characters that somebody else is quoted with: 「…」 behind "您提到", "the buyer wrote".
pub(super) fn quoted(plain: &Plain, lexicon: &Lexicon, quotes: Quotes) -> Vec<bool> {
    let mut quoted = vec![false; plain.chars.len()];
    let chars = &plain.chars;
    let mut at = 0;
    while at < chars.len() {
        let closing = match chars[at] {
            '“' | '”' => Some(['”', '“']),
            '「' => Some(['」', '」']),
            '『' => Some(['』', '』']),
            '"' => Some(['"', '"']),
            '【' => Some(['】', '】']),
            '\'' if at == 0 || !chars[at - 1].is_alphanumeric() => Some(['\'', '\'']),
            _ => None,
        };
        let end = closing.and_then(|closing| {
            (at + 1..chars.len()).find(|&end| {
                closing.contains(&chars[end])
                    && !(chars[end] == '\'' && chars.get(end + 1).is_some_and(|next| next.is_alphanumeric()))
            })
        });
        let Some(end) = end else {
            at += 1;
            continue;
        };
        // A text message begins with the name of its sender: 【好物集】 sells nothing.
        if chars[at] == '【' {
            if at == 0 && end <= LONGEST_NAME {
                quoted.iter_mut().take(end).for_each(|part| *part = true);
            }
            at = end + 1;
            continue;
        }
        // The words before, up to the sentence's beginning, say whose they are.
        let from =
            (0..at).rev().take(24).take_while(|&at| !matches!(chars[at], '。' | '\n')).last().unwrap_or(at);
        // So do the words right behind: “再不删就起诉你”这类话.
        let behind = (end + 1 + BEHIND).min(chars.len());
        if holds(plain, lexicon, from..at, quotes.says)
            || holds(plain, lexicon, end + 1..behind, quotes.called)
        {
            quoted.iter_mut().take(end).skip(at + 1).for_each(|part| *part = true);
        }
        at = end + 1;
    }
    quoted
}

/// Whether a part of the text holds a concept.
fn holds(plain: &Plain, lexicon: &Lexicon, part: std::ops::Range<usize>, concept: Concept) -> bool {
    let byte = |at: usize| plain.text.char_indices().nth(at).map_or(plain.text.len(), |(byte, _)| byte);
    let Some(chars) = plain.chars.get(part.clone()) else { return false };
    let (begin, stop) = (byte(part.start), byte(part.end));
    let mut found = false;
    lexicon.find(&plain.text[begin..stop], &shifted(plain, begin, stop, part.start), chars, |word| {
        found |= word.concept == concept;
    });
    found
}

/// The places of a part of the text, counted from its beginning.
fn shifted(plain: &Plain, begin: usize, stop: usize, from: usize) -> Vec<u32> {
    let from = u32::try_from(from).unwrap_or(u32::MAX);
    plain.places[begin..=stop].iter().map(|place| place.saturating_sub(from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_sentences_are_told() {
        let chars: Vec<char> = "改好评,退您3.5元。www.a.com 好!".chars().collect();
        let found: Vec<(String, usize)> = clauses(&chars)
            .into_iter()
            .map(|clause| (chars[clause.start..clause.end].iter().collect(), clause.sentence))
            .collect();
        assert_eq!(found, [("改好评".into(), 0), ("退您3.5元".into(), 0), ("www.a.com 好".into(), 1)]);
    }
}
