//! Telephone numbers and addresses of mail as buyers write them in feedback, beside what reading the text finds.

use std::sync::OnceLock;

use pingxin_language::Span;
use regex::bytes::{Regex, RegexBuilder};

use super::comment::Comment;

/// Numbers in groups, as North America, Britain, Japan and others write them.
const NUMBER: &str =
    r"(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\) ?|\b\d{2,4}[ .-])\d{3,4}[ .-]\d{4}\b|\b0\d{2,4} \d{3} \d{3,4}\b";
/// What makes a number one of something else.
const OTHER: &str = r"(?:case|order|ticket|ref|reference|tracking|claim|rma|return|asin|sku|upc|ean|isbn|model|serial|part|invoice|confirmation)(?: (?:no|nr|num|number|id)[.]?)?[ :#]*$";
/// Letters with blanks between them around a sign: `j a n e @ e x a m p l e . c o m`.
const SPACED_MAIL: &str = r"\b(?:[a-z0-9._-] ){2,}@ ?(?:[a-z0-9-] ?){2,}\. ?(?:[a-z] ?){2,}";

fn pattern(cell: &'static OnceLock<Regex>, text: &str) -> &'static Regex {
    cell.get_or_init(|| RegexBuilder::new(text).unicode(false).build().expect("a test reads every pattern"))
}

/// Numbers and addresses that reach somebody, in the original text.
pub(super) fn find(comment: &Comment) -> Vec<Span> {
    static NUMBERS: OnceLock<Regex> = OnceLock::new();
    static OTHERS: OnceLock<Regex> = OnceLock::new();
    static MAILS: OnceLock<Regex> = OnceLock::new();
    let text = comment.bytes_without(&[]);
    let mut found = Vec::new();
    for hit in pattern(&NUMBERS, NUMBER).find_iter(&text) {
        let continues = |at: Option<&u8>, next: Option<&u8>| {
            matches!(at, Some(b'-' | b'.' | b'/')) && next.is_some_and(u8::is_ascii_digit)
        };
        let longer = continues(text.get(hit.end()), text.get(hit.end() + 1))
            || hit.start().checked_sub(1).is_some_and(|before| {
                let joined =
                    matches!(text[before], b'-' | b'/' | b'#') || text[before].is_ascii_alphanumeric();
                joined && text[hit.start()] != b'('
            });
        if !longer && !pattern(&OTHERS, OTHER).is_match(&text[..hit.start()]) {
            found.push(comment.span((hit.start(), hit.end())));
        }
    }
    found.extend(
        pattern(&MAILS, SPACED_MAIL).find_iter(&text).map(|hit| comment.span((hit.start(), hit.end()))),
    );
    found.extend(spelled(&text).into_iter().map(|place| comment.span(place)));
    found
}

const DIGITS: [&[u8]; 14] = [
    b"zero", b"oh", b"o", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight", b"nine",
    b"double", b"triple",
];
/// What may stand between the digits of a spelled number.
const BETWEEN: [&[u8]; 5] = [b"area", b"code", b"dash", b"then", b"and"];
/// How many spelled digits make a telephone number.
const ENOUGH: usize = 7;

/// Seven or more digits in words, one after the other.
fn spelled(text: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut run, mut start, mut end) = (0, 0, 0);
    let mut at = 0;
    let mut close = |run: &mut usize, start: usize, end: usize| {
        if *run >= ENOUGH {
            found.push((start, end));
        }
        *run = 0;
    };
    while at < text.len() {
        if !text[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let length = text[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = &text[at..at + length];
        if DIGITS.contains(&word) {
            if run == 0 {
                start = at;
            }
            run += 1;
            end = at + length;
        } else if !BETWEEN.contains(&word) {
            close(&mut run, start, end);
        }
        at += length;
    }
    close(&mut run, start, end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        find(&Comment::new(text)).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn numbers_and_mail_as_buyers_write_them() {
        for (text, reached) in [
            ("closed my case. 771-555-0182 is the only line", "771-555-0182"),
            ("The number on it, 0161 496 0721, goes to the boss", "0161 496 0721"),
            ("携帯 090-0000-1234 に電話", "090-0000-1234"),
            ("call (503) 555 0177", "(503) 555 0177"),
            (
                "Five five five, oh one nine two, area code seven one three.",
                "Five five five, oh one nine two, area code seven one three",
            ),
            ("write to j a n e t @ e x a m p l e . c o m", "j a n e t @ e x a m p l e . c o m"),
        ] {
            assert_eq!(words(text), [reached], "{text}");
        }
    }

    #[test]
    fn numbers_of_orders_cases_and_parcels_reach_nobody() {
        for text in [
            "Case 626-555-0143-22 still open",
            "order 112-1234567-1234567",
            "case no. 626-555-0143",
            "tracking 9400 1000 0000 0000 0000 00",
            "one of two, three of four broke after five or six days",
            "ISBN 978-055-3213-1199",
            "serial number 415-555-0134",
        ] {
            assert!(words(text).is_empty(), "{text} {:?}", words(text));
        }
    }
}
