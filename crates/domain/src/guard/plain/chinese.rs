//! Disguises in Chinese texts: separators between characters, pinyin and letters, homophones.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Letter, is_han, is_picture};
use pingxin_language::Span;

/// Characters of the longest spelling in the tables.
const LONGEST: usize = 10;

/// What is written and what is meant.
type Spelling = (Vec<char>, Vec<char>);

/// What stands for what, as data: `disguised meant`, one pair a line.
struct Spellings {
    /// Letters and digits, by pinyin.
    latin: HashMap<&'static str, &'static str>,
    /// Homophones, by the Chinese characters that are written; the first character finds them.
    han: HashMap<char, Vec<Spelling>>,
}

fn spellings() -> &'static Spellings {
    static SPELLINGS: OnceLock<Spellings> = OnceLock::new();
    SPELLINGS.get_or_init(|| {
        let (mut latin, mut han) = (HashMap::new(), HashMap::<char, Vec<Spelling>>::new());
        for line in include_str!("spellings.txt").lines() {
            let line = line.split('#').next().unwrap_or_default();
            let mut words = line.split_whitespace();
            let (Some(written), Some(meant)) = (words.next(), words.next()) else { continue };
            match written.chars().next() {
                Some(first) if !first.is_ascii_alphanumeric() => {
                    han.entry(first).or_default().push((written.chars().collect(), meant.chars().collect()))
                }
                _ => {
                    latin.insert(written, meant);
                }
            }
        }
        for choices in han.values_mut() {
            choices.sort_by_key(|(written, _)| std::cmp::Reverse(written.len()));
        }
        Spellings { latin, han }
    })
}

pub(super) fn undisguise(letters: Vec<Letter>, disguises: &mut usize) -> Vec<Letter> {
    let letters: Vec<Letter> =
        letters.into_iter().filter(|letter| !is_picture(letter.is) || letter.is == '☆').collect();
    let letters = join_letters(letters, disguises);
    let letters = join_characters(letters, disguises);
    let letters = read_latin(&letters, disguises);
    let letters = join_characters(letters, disguises);
    read_homophones(&letters, disguises)
}

/// Whether a mark may tear a word apart without ending a clause.
fn is_soft(mark: char) -> bool {
    matches!(
        mark,
        ' ' | '·' | '•' | '-' | '_' | '*' | '|' | '^' | '\'' | '.' | '/' | '\\' | '=' | '°' | '﹒' | '・'
    ) || is_picture(mark) && mark != '☆'
}

/// Joins single letters that one mark tears apart: `s.h.u.a`.
fn join_letters(letters: Vec<Letter>, disguises: &mut usize) -> Vec<Letter> {
    let single = |at: usize| {
        letters.get(at).is_some_and(|letter| letter.is.is_ascii_alphabetic())
            && !letters.get(at + 1).is_some_and(|next| next.is.is_ascii_alphanumeric())
            && (at == 0 || !letters[at - 1].is.is_ascii_alphanumeric())
    };
    let mut joined = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        if single(at) && single(at + 2) && is_soft(letters[at + 1].is) {
            let mark = letters[at + 1].is;
            joined.push(letters[at]);
            while letters.get(at + 1).is_some_and(|next| next.is == mark) && single(at + 2) {
                joined.push(letters[at + 2]);
                at += 2;
            }
            *disguises += 1;
        } else {
            joined.push(letters[at]);
        }
        at += 1;
    }
    joined
}

/// Drops marks between Chinese characters: soft ones always, others where they stand between single characters.
fn join_characters(letters: Vec<Letter>, disguises: &mut usize) -> Vec<Letter> {
    let han = |at: usize| letters.get(at).is_some_and(|letter| is_han(letter.is) || letter.is == '☆');
    let mark = |at: usize| {
        letters
            .get(at)
            .is_some_and(|letter| !letter.is.is_alphanumeric() && letter.is != '☆' && letter.is != '\n')
    };
    // 好。评。返。现: at least three characters, each alone between marks.
    let mut torn = vec![false; letters.len()];
    let mut at = 0;
    while at < letters.len() {
        let mut end = at;
        while han(end) && mark(end + 1) && han(end + 2) && !han(end + 1) {
            end += 2;
            if !mark(end + 1) {
                break;
            }
        }
        let alone = at == 0 || !han(at - 1);
        if (end - at >= 6 || end - at >= 4 && alone) && letters[at + 1].is != '、' {
            for place in (at + 1..end).step_by(2) {
                torn[place] = true;
            }
        }
        at = end.max(at + 1);
    }
    let mut joined: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let letter = letters[at];
        if torn[at] {
            *disguises += 1;
            at += 1;
            continue;
        }
        if is_soft(letter.is) && joined.last().is_some_and(|last| is_han(last.is)) {
            let end = (at..letters.len()).find(|&at| !is_soft(letters[at].is)).unwrap_or(letters.len());
            if han(end) && end - at <= 3 {
                // A lone space may only set words apart; other marks inside a word hide it.
                *disguises +=
                    usize::from(!matches!(letter.is, ' ' | '-' | '/' | '|') && !is_picture(letter.is));
                at = end;
                continue;
            }
        }
        joined.push(letter);
        at += 1;
    }
    joined
}

/// Reads pinyin and letters that stand among Chinese characters.
fn read_latin(letters: &[Letter], disguises: &mut usize) -> Vec<Letter> {
    let table = &spellings().latin;
    let latin = |at: usize| letters.get(at).is_some_and(|letter| letter.is.is_ascii_alphanumeric());
    let mut read = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        if !latin(at) || at > 0 && latin(at - 1) {
            read.push(letters[at]);
            at += 1;
            continue;
        }
        let end = (at..letters.len()).find(|&at| !latin(at)).unwrap_or(letters.len());
        let near = |at: usize| {
            letters.get(at).is_some_and(|letter| is_han(letter.is))
                || letters.get(at).is_some_and(|letter| letter.is == ' ')
                    && letters.get(at + 1).is_some_and(|letter| is_han(letter.is))
        };
        let before = at > 0
            && (is_han(letters[at - 1].is)
                || at > 1 && letters[at - 1].is == ' ' && is_han(letters[at - 2].is));
        // Two syllables may stand apart: hao ping.
        let second = letters.get(end).filter(|letter| letter.is == ' ').and_then(|_| {
            let stop = (end + 1..letters.len()).find(|&at| !latin(at)).unwrap_or(letters.len());
            (stop > end + 1).then_some(stop)
        });
        let word = |from: usize, to: usize| -> String {
            letters[from..to].iter().filter(|letter| letter.is != ' ').map(|letter| letter.is).collect()
        };
        let pair = second.and_then(|stop| table.get(word(at, stop).as_str()).map(|meant| (stop, *meant)));
        let found = pair.or_else(|| table.get(word(at, end).as_str()).map(|meant| (end, *meant)));
        match found {
            Some((stop, meant)) if before || near(stop) => {
                let from = Span::new(letters[at].from.start, letters[stop - 1].from.end);
                read.extend(meant.chars().map(|is| Letter { is, from }));
                *disguises += 1;
                at = stop;
            }
            _ => {
                read.extend_from_slice(&letters[at..end]);
                at = end;
            }
        }
    }
    read
}

/// Reads homophones as the words they stand for.
fn read_homophones(letters: &[Letter], disguises: &mut usize) -> Vec<Letter> {
    let table = &spellings().han;
    let mut read: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut at = 0;
    'text: while at < letters.len() {
        if let Some(choices) = table.get(&letters[at].is) {
            for (written, meant) in choices {
                let stop = at + written.len();
                if written.len() <= LONGEST
                    && stop <= letters.len()
                    && letters[at..stop].iter().map(|letter| letter.is).eq(written.iter().copied())
                {
                    let from = Span::new(letters[at].from.start, letters[stop - 1].from.end);
                    let same = written.len() == meant.len();
                    read.extend(meant.iter().enumerate().map(|(place, &is)| Letter {
                        is,
                        from: if same { letters[at + place].from } else { from },
                    }));
                    *disguises += usize::from(written != meant);
                    at = stop;
                    continue 'text;
                }
            }
        }
        read.push(letters[at]);
        at += 1;
    }
    read
}
