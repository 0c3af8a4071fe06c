//! A date taken apart into numbers, names and signs.

use super::month;

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits, and how many there were.
    Number { value: u64, digits: usize },
    /// A month by name, 1 to 12.
    Month(i8),
    /// A day of the week by name; carries nothing.
    Weekday,
    /// am, pm, 上午, 下午: whether after noon.
    Half(bool),
    /// A zone by name: minutes east of UTC; none for one that means the shop's own.
    Zone(Option<i32>),
    /// The `T` between day and time.
    Between,
    /// Any other sign; blanks are left out.
    Sign(char),
}

/// Longer texts are no dates.
const LONGEST: usize = 64;

/// The pieces; none when there is a word that no date has.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut tokens = Vec::with_capacity(12);
    let mut letters = text.chars().map(narrow).peekable();
    while let Some(letter) = letters.next() {
        if let Some(digit) = letter.to_digit(10) {
            let (mut value, mut digits) = (u64::from(digit), 1);
            while let Some(next) = letters.peek().and_then(|next| next.to_digit(10)) {
                value = value.checked_mul(10)?.checked_add(u64::from(next))?;
                digits += 1;
                letters.next();
            }
            tokens.push(Token::Number { value, digits });
        } else if is_latin(letter) {
            let mut word: String = letter.to_lowercase().collect();
            while let Some(next) = letters.peek().copied().filter(|next| is_latin(*next)) {
                word.extend(next.to_lowercase());
                letters.next();
            }
            tokens.extend(name(&word)?);
        } else {
            match letter {
                ' ' | '\u{a0}' | '\u{202f}' | '\t' | '日' | '号' | '號' | '秒' | '일' | '초' | '(' | ')' =>
                    {}
                '年' | '月' | '년' | '월' => tokens.push(Token::Sign('-')),
                '时' | '時' | '点' | '點' | '分' | '시' | '분' => tokens.push(Token::Sign(':')),
                '上' | '下' if letters.next_if_eq(&'午').is_some() => {
                    tokens.push(Token::Half(letter == '下'))
                }
                '午' => {
                    let half = letters.next_if(|next| matches!(next, '前' | '後'))?;
                    tokens.push(Token::Half(half == '後'));
                }
                '-' | '/' | '.' | ',' | ':' | '+' => tokens.push(Token::Sign(letter)),
                '−' => tokens.push(Token::Sign('-')),
                _ => return None,
            }
        }
    }
    // 9时05分 leaves a colon behind.
    while tokens.last() == Some(&Token::Sign(':')) {
        tokens.pop();
    }
    Some(tokens)
}

/// Letters of the names that months and days of the week have in Europe.
fn is_latin(letter: char) -> bool {
    letter.is_alphabetic() && letter < '\u{250}'
}

fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// A known word: a token, or nothing where it carries none; the outer none when no date has it.
fn name(word: &str) -> Option<Option<Token>> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    if let Some(month) = month::read(word) {
        return Some(Some(Token::Month(month)));
    }
    if DAYS.iter().any(|day| *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word))) {
        return Some(Some(Token::Weekday));
    }
    Some(match word {
        "t" => Some(Token::Between),
        "z" | "utc" | "gmt" => Some(Token::Zone(Some(0))),
        "am" => Some(Token::Half(false)),
        "pm" => Some(Token::Half(true)),
        "pst" => Some(Token::Zone(Some(-480))),
        "pdt" | "mst" => Some(Token::Zone(Some(-420))),
        "mdt" => Some(Token::Zone(Some(-360))),
        "est" => Some(Token::Zone(Some(-300))),
        "edt" => Some(Token::Zone(Some(-240))),
        "bst" | "cet" | "met" => Some(Token::Zone(Some(60))),
        "cest" | "mest" | "eet" => Some(Token::Zone(Some(120))),
        "jst" => Some(Token::Zone(Some(540))),
        // China's and America's alike: whichever, it is the shop's own.
        "cst" => Some(Token::Zone(None)),
        "at" | "on" | "st" | "nd" | "rd" | "th" => None,
        // 1 de octubre de 2026, 1er octobre, 1º ottobre, um 12:00 Uhr.
        "de" | "del" | "er" | "º" | "à" | "um" | "uhr" => None,
        _ => return None,
    })
}
