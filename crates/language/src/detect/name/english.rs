//! English names: a usual first name and a surname, announced or beside contact data.

use std::sync::OnceLock;

use super::Contacts;
use crate::lexicon::Lexicon;

const FIRST: &str = include_str!("../../../data/names/english-first.txt");
const LAST: &str = include_str!("../../../data/names/english-last.txt");

/// Words of a sentence that speaks of people of a shop or how to reach somebody.
const ANNOUNCING: [&str; 42] = [
    "seller",
    "sellers",
    "owner",
    "manager",
    "supervisor",
    "rep",
    "representative",
    "agent",
    "employee",
    "clerk",
    "attn",
    "attention",
    "contact",
    "contacted",
    "ask",
    "asked",
    "email",
    "emailed",
    "e-mailed",
    "mail",
    "text",
    "texted",
    "name",
    "named",
    "spoke",
    "talked",
    "dealt",
    "speak",
    "talk",
    "dear",
    "mr",
    "mrs",
    "ms",
    "miss",
    "driver",
    "courier",
    "technician",
    "recipient",
    "signed",
    "i'm",
    "shop",
    "store",
];
/// How many words an announcing word may stand before a name.
const REACH: usize = 4;
/// How far a name may stand from other contact data.
const NEAR: usize = 24;

fn first_names() -> &'static Lexicon {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    WORDS.get_or_init(|| Lexicon::new(FIRST.split_whitespace()))
}

fn last_names() -> &'static Lexicon {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    WORDS.get_or_init(|| Lexicon::new(LAST.split_whitespace()))
}

fn announcing() -> &'static Lexicon {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    WORDS.get_or_init(|| Lexicon::new(ANNOUNCING))
}

fn titles() -> &'static Lexicon {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    WORDS.get_or_init(|| Lexicon::new(["mr", "mrs", "ms", "dr", "attn"]))
}

struct Word {
    start: usize,
    end: usize,
    /// A sentence ends between the word before and this one.
    opens: bool,
}

impl Word {
    fn length(&self) -> usize {
        self.end - self.start
    }

    /// Whether a list holds it.
    fn is_in(&self, list: &Lexicon, chars: &[char]) -> bool {
        list.until(chars, self.start, |_, end| (end == self.end).then_some(())).is_some()
    }
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut at, mut opens) = (0, true);
    while at < chars.len() {
        let start = at;
        let inner = |at: usize| {
            matches!(chars[at], '\'' | '’' | '-')
                && chars.get(at + 1).is_some_and(char::is_ascii_alphabetic)
                && at > start
        };
        while at < chars.len() && (chars[at].is_ascii_alphabetic() || inner(at)) {
            at += 1;
        }
        if at > start {
            words.push(Word { start, end: at, opens });
            opens = false;
        } else {
            // A full stop after a title or an initial ends no sentence.
            let title = |word: &Word| word.length() == 1 || word.is_in(titles(), chars);
            let stop = matches!(chars[at], '.' | '!' | '?' | '\n');
            opens |= stop && !(chars[at] == '.' && words.last().is_some_and(title));
            at += 1;
        }
    }
    words
}

/// Names in a text written in Latin letters.
pub(super) fn find(
    chars: &[char],
    capital: &dyn Fn(usize) -> bool,
    contacts: &Contacts,
) -> Vec<(usize, usize)> {
    let words = words(chars);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in 0..words.len() {
        if found.last().is_some_and(|(_, end)| *end > words[at].start) {
            continue;
        }
        found.extend(name_at(&words, at, chars, capital, contacts));
    }
    found
}

fn name_at(
    words: &[Word],
    at: usize,
    chars: &[char],
    capital: &dyn Fn(usize) -> bool,
    contacts: &Contacts,
) -> Option<(usize, usize)> {
    let first = &words[at];
    if !first.is_in(first_names(), chars) {
        return None;
    }
    // An initial may stand between: Maria L. Wilson.
    let initial = words.get(at + 1).is_some_and(|word| word.length() == 1 && capital(word.start));
    let last = words.get(at + 1 + usize::from(initial)).filter(|word| !word.opens || initial)?;
    let gap = &chars[first.end..last.start];
    if gap.len() > 5 || !gap.iter().all(|part| matches!(part, ' ' | '.') || part.is_ascii_alphabetic()) {
        return None;
    }
    let capitals = capital(first.start) && capital(last.start);
    let usual = last.is_in(last_names(), chars);
    let range = (first.start, last.end);
    let sentence = words[..at].iter().rev().take(REACH).take_while({
        let mut ended = first.opens;
        move |word| {
            let within = !ended;
            ended = word.opens;
            within
        }
    });
    let announced = sentence.filter(|word| word.is_in(announcing(), chars)).count() > 0;
    let near = contacts.near(range, NEAR);
    let told = if usual { announced || near } else { capitals && last.length() > 2 && announced && near };
    (told && (capitals || usual)).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::super::super::found_in;

    fn names(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let folded = crate::fold::fold_for_model(text);
        let capital = |at: usize| letters[folded.source(at, at + 1).start as usize].is_uppercase();
        found_in(text, |chars| super::find(chars, &capital, &super::Contacts::new(&[])))
    }

    #[test]
    fn people_of_the_shop() {
        for (text, name) in [
            ("The seller James Davis emailed me", "James Davis"),
            ("Return it, attn Maria L. Wilson.", "Maria L. Wilson"),
            ("ask for mr. kevin patel", "kevin patel"),
            ("My name is Anna Chen and I want my money back", "Anna Chen"),
            ("I spoke with Omar Garcia twice", "Omar Garcia"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
    }

    #[test]
    fn authors_players_and_plain_words_are_none() {
        for text in [
            "A great novel by Stephen King",
            "Tom Hanks is superb in this film",
            "Sue was happy. Young people will like it",
            "contact the seller",
            "I will call. Mark my words",
            "the Harry Potter books",
        ] {
            assert!(names(text).is_empty(), "{text} {:?}", names(text));
        }
    }
}
