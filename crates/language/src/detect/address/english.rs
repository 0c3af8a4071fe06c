//! Addresses in English: a house number, a street, and a town, postcode, flat or a word of sending.

use super::super::is;

/// What streets are called.
const STREETS: [&str; 36] = [
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "drive",
    "dr",
    "lane",
    "ln",
    "way",
    "court",
    "ct",
    "place",
    "pl",
    "square",
    "sq",
    "highway",
    "hwy",
    "parkway",
    "pkwy",
    "terrace",
    "ter",
    "circle",
    "cir",
    "close",
    "crescent",
    "grove",
    "gardens",
    "row",
    "trail",
    "trl",
    "loop",
    "alley",
];
const FLATS: [&str; 9] = ["apt", "apartment", "suite", "ste", "unit", "flat", "floor", "room", "#"];
/// Words that say that things go there or that somebody lives there.
const SENDING: [&str; 16] = [
    "address",
    "return",
    "send",
    "sent",
    "ship",
    "shipped",
    "mail",
    "mailed",
    "deliver",
    "delivered",
    "live",
    "lives",
    "visit",
    "located",
    "office",
    "warehouse",
];
/// Words of the name of a street at most.
const NAME_WORDS: usize = 4;
/// How many words before an address one of sending may stand.
const REACH: usize = 6;

#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
}

/// Words and numbers; any other character but white space ends up between them.
fn tokens(chars: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        while at < chars.len() && (chars[at].is_ascii_alphanumeric() || (at == start && chars[at] == '#')) {
            at += 1;
        }
        if at > start {
            tokens.push(Token { start, end: at });
        } else {
            at += 1;
        }
    }
    tokens
}

struct Read<'a> {
    chars: &'a [char],
    tokens: Vec<Token>,
    capital: &'a dyn Fn(usize) -> bool,
}

impl Read<'_> {
    /// The characters of a token; none past the last.
    fn token(&self, at: usize) -> &[char] {
        self.tokens.get(at).map_or(&[], |token| &self.chars[token.start..token.end])
    }

    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| is(self.token(at), word))
    }

    fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            digits.contains(&(token.end - token.start))
                && self.chars[token.start..token.end].iter().all(char::is_ascii_digit)
        })
    }

    fn capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| (self.capital)(token.start))
    }

    /// Only blanks, or a comma or a full stop with blanks, stand before the token.
    fn joined(&self, at: usize) -> bool {
        let (Some(left), Some(right)) =
            (at.checked_sub(1).and_then(|at| self.tokens.get(at)), self.tokens.get(at))
        else {
            return false;
        };
        let gap = &self.chars[left.end..right.start];
        gap.len() <= 3 && gap.iter().all(|part| matches!(part, ' ' | ',' | '.' | '\n' | '#'))
    }
}

/// Addresses in a text.
pub(super) fn find(chars: &[char], capital: &dyn Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let read = Read { chars, tokens: tokens(chars), capital };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in 0..read.tokens.len() {
        if found.last().is_none_or(|(_, end)| *end <= read.tokens[at].start) {
            found.extend(address_at(&read, at).or_else(|| post_box(&read, at)));
        }
    }
    found
}

fn address_at(read: &Read<'_>, at: usize) -> Option<(usize, usize)> {
    if !read.number(at, 1..=5) {
        return None;
    }
    let street = (at + 2..=at + 1 + NAME_WORDS)
        .take_while(|word| read.joined(*word))
        .find(|word| read.is_one_of(*word, &STREETS))?;
    if !(at + 1..=street).all(|word| read.joined(word)) {
        return None;
    }
    let mut last = street;
    let mut sure = false;
    if read.is_one_of(last + 1, &FLATS) && read.joined(last + 1) && read.tokens.get(last + 2).is_some() {
        (last, sure) = (last + 2, true);
    } else if matches!(read.token(last + 1), ['#', _, ..]) {
        (last, sure) = (last + 1, true);
    }
    if let Some(end) = town(read, last) {
        (last, sure) = (end, true);
    }
    let directly = at.checked_sub(1).is_some_and(|word| read.is_one_of(word, &["at", "to", "from"]));
    let sent = directly || (at.saturating_sub(REACH)..at).any(|word| read.is_one_of(word, &SENDING));
    // "5 star drive" is none: the words of a street are written with capitals, or it is said to be an address.
    let begins_with_a_letter = |word| read.token(word).first().is_some_and(char::is_ascii_alphabetic);
    let capitals = (at + 1..=street).all(|word| read.capital(word) || !begins_with_a_letter(word));
    (sure && (capitals || sent) || (sent && capitals)).then(|| (read.tokens[at].start, read.tokens[last].end))
}

/// The last token of `, Portland, OR 97201` or `, London SW1A 1AA` after the token `after`.
fn town(read: &Read<'_>, after: usize) -> Option<usize> {
    for words in 1..=3 {
        let code = after + 1 + words;
        if !(after + 1..=code).all(|at| read.joined(at)) {
            break;
        }
        let state = read.token(code).len() == 2 && read.token(code).iter().all(char::is_ascii_alphabetic);
        if state && read.number(code + 1, 5..=5) && read.joined(code + 1) {
            return Some(code + 1);
        }
        if read.number(code, 5..=5) {
            return Some(code);
        }
        let (outward, inward) = (read.token(code), read.token(code + 1));
        let british = (2..=4).contains(&outward.len())
            && outward[0].is_ascii_alphabetic()
            && outward.iter().any(char::is_ascii_digit)
            && inward.len() == 3
            && inward[0].is_ascii_digit();
        if british {
            return Some(code + 1);
        }
        if state && read.capital(code) && words >= 1 && read.capital(after + 1) {
            return Some(code);
        }
    }
    None
}

/// `PO Box 1234`.
fn post_box(read: &Read<'_>, at: usize) -> Option<(usize, usize)> {
    let number = if is(read.token(at), "po") && is(read.token(at + 1), "box") {
        at + 2
    } else if is(read.token(at), "p") && is(read.token(at + 1), "o") && is(read.token(at + 2), "box") {
        at + 3
    } else {
        return None;
    };
    let end = town(read, number).unwrap_or(number);
    read.number(number, 1..=6).then(|| (read.tokens[at].start, read.tokens[end].end))
}

#[cfg(test)]
mod tests {
    use super::super::super::found_in;

    fn addresses(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let folded = crate::fold::fold_for_model(text);
        let capital = |at: usize| letters[folded.source(at, at + 1).start as usize].is_uppercase();
        found_in(text, |chars| super::find(chars, &capital))
    }

    #[test]
    fn streets_towns_and_boxes() {
        for (text, address) in [
            (
                "Return it to 9935 Lakeview Rd, Portland, OR 97201, attn M",
                "9935 Lakeview Rd, Portland, OR 97201",
            ),
            (
                "I live at 326 2nd Blvd, Apt 24, Portland, OR 97201.",
                "326 2nd Blvd, Apt 24, Portland, OR 97201",
            ),
            ("ship to 12 High Street, London SW1A 1AA please", "12 High Street, London SW1A 1AA"),
            ("their office: 45 North Main Street", "45 North Main Street"),
            ("write to P.O. Box 553, Dallas, TX 75201", "P.O. Box 553, Dallas, TX 75201"),
        ] {
            assert_eq!(addresses(text), [address], "{text}");
        }
    }

    #[test]
    fn counts_and_goods_are_none() {
        for text in [
            "a 500 gb hard drive",
            "2 ways to use it",
            "I returned 3 of them. Way too big",
            "5 star place",
            "12 Angry Men",
        ] {
            assert!(addresses(text).is_empty(), "{text} {:?}", addresses(text));
        }
    }
}
