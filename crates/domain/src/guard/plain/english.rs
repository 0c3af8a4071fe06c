//! Disguises in texts of Latin letters: letters set apart, digits and signs for letters, shorthand.

use super::{Letter, is_picture};
use pingxin_language::Span;

/// Shorthand for words.
const SHORT: &[(&str, &str)] = &[
    ("u", "you"),
    ("ur", "your"),
    ("r", "are"),
    ("pls", "please"),
    ("plz", "please"),
    ("w/", "with"),
    ("w/o", "without"),
    ("gr8", "great"),
    ("b4", "before"),
    ("2day", "today"),
    ("2morrow", "tomorrow"),
    ("2nite", "tonight"),
    ("ppl", "people"),
    ("thx", "thanks"),
    ("ty", "thank you"),
    ("txt", "text"),
    ("msg", "message"),
    ("rev", "review"),
    ("revs", "reviews"),
    ("acct", "account"),
    ("accts", "accounts"),
    ("bux", "bucks"),
    ("pic", "picture"),
    ("pics", "pictures"),
    ("pic5", "pictures"),
    ("cust", "customer"),
    ("addr", "address"),
    ("wknd", "weekend"),
    ("yr", "your"),
    ("dont", "don't"),
    ("cant", "can't"),
    ("wont", "won't"),
    ("gonna", "going to"),
    ("wanna", "want to"),
    ("lemme", "let me"),
    ("gimme", "give me"),
    ("n", "and"),
    ("fb", "facebook"),
    ("insta", "instagram"),
    ("comp", "competitor"),
    ("refnd", "refund"),
    ("rfnd", "refund"),
    ("$$", "money"),
];
/// Letters that may stand behind a number without hiding anything.
const UNITS: &[&str] = &[
    "st", "nd", "rd", "th", "s", "cm", "mm", "m", "km", "kg", "g", "mg", "l", "ml", "h", "hr", "hrs", "min",
    "d", "x", "k", "am", "pm", "v", "w", "in", "ft", "oz", "lb", "lbs", "gb", "tb", "mb", "hz", "mah", "a",
    "p", "c", "pc", "pcs", "pack", "day", "days", "year", "years", "star", "stars", "inch", "px", "b", "e",
    "f", "ply", "nm", "id",
];

pub(super) fn undisguise(
    letters: Vec<Letter>,
    known: &dyn Fn(&str) -> bool,
    disguises: &mut usize,
) -> Vec<Letter> {
    let letters = join_letters(letters, disguises);
    read_tokens(&letters, known, disguises)
}

fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '@' | '$' | '!')
}

/// Joins single letters that the same mark tears apart, three at least: `r e m o v e`, `c-a-n-c-e-l`.
fn join_letters(letters: Vec<Letter>, disguises: &mut usize) -> Vec<Letter> {
    let single = |at: usize| {
        letters
            .get(at)
            .is_some_and(|letter| letter.is.is_ascii_alphanumeric() || matches!(letter.is, '@' | '$'))
            && !letters.get(at + 1).is_some_and(|next| next.is.is_ascii_alphanumeric())
            && (at == 0 || !letters[at - 1].is.is_ascii_alphanumeric())
    };
    let mut joined = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let mark = letters.get(at + 1).map_or('\0', |letter| letter.is);
        if matches!(mark, ' ' | '.' | '-' | '_' | '*' | '·' | '/') && single(at) {
            let mut end = at;
            while letters.get(end + 1).is_some_and(|next| next.is == mark) && single(end + 2) {
                end += 2;
            }
            let run = (at..=end).step_by(2).map(|at| letters[at].is);
            let count = (end - at) / 2 + 1;
            if (count >= 3 || count == 2 && *disguises > 0)
                && run.filter(|part| part.is_ascii_alphabetic()).count() * 2 > count
            {
                joined.extend((at..=end).step_by(2).map(|at| letters[at]));
                *disguises += 1;
                at = end + 1;
                continue;
            }
        }
        joined.push(letters[at]);
        at += 1;
    }
    joined
}

/// The letter that a digit or sign stands for.
fn letter(sign: char, one: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => one,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    }
}

/// The word that a token of letters, digits and signs stands for, unless it is an honest number or model.
fn decode(token: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let letters = token.chars().filter(char::is_ascii_alphabetic).count();
    let signs = token.chars().count() - letters;
    let mut digits = 0;
    for part in token.chars() {
        digits = if part.is_ascii_digit() { digits + 1 } else { 0 };
        if digits > 2 {
            return None;
        }
    }
    if letters == 0
        || signs == 0
        || token.starts_with('$') && token[1..].starts_with(|part: char| part.is_ascii_digit())
    {
        return None;
    }
    let number = token.trim_start_matches(|part: char| part.is_ascii_digit());
    if number.len() < token.len() && UNITS.contains(&number) {
        return None;
    }
    let spell = |one| token.chars().map(|sign| letter(sign, one)).collect::<String>();
    let choices = [spell('i'), spell('l')];
    if let Some(choice) = choices.iter().find(|word| known(word)) {
        return Some(choice.clone());
    }
    // Not a word the guard knows: still read it where letters surround the signs.
    let inner = token.trim_matches(|part: char| !part.is_ascii_alphabetic());
    let inside = inner.chars().any(|part| !part.is_ascii_alphabetic());
    (inside && letters >= 3 && !token.contains('@')).then(|| choices[0].clone())
}

fn read_tokens(letters: &[Letter], known: &dyn Fn(&str) -> bool, disguises: &mut usize) -> Vec<Letter> {
    let mut read: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut at = 0;
    let before = *disguises;
    while at < letters.len() {
        let here = letters[at];
        if is_picture(here.is) && here.is != '☆' {
            read.push(Letter { is: ' ', from: here.from });
            at += 1;
            continue;
        }
        if !is_part(here.is) {
            let space = here.is.is_whitespace() && here.is != '\n';
            if !(space && read.last().is_some_and(|last| last.is == ' ')) {
                read.push(Letter { is: if space { ' ' } else { here.is }, from: here.from });
            }
            at += 1;
            continue;
        }
        let mut end = (at..letters.len()).find(|&at| !is_part(letters[at].is)).unwrap_or(letters.len());
        // An exclamation mark at the end ends the sentence.
        while end > at + 1 && letters[end - 1].is == '!' {
            end -= 1;
        }
        let next = |place: usize| letters.get(place).map_or(' ', |letter| letter.is);
        // An e-mail address or a price stays what it is.
        let address = next(end) == '.' && letters[at..end].iter().any(|letter| letter.is == '@');
        let mut token: String = letters[at..end].iter().map(|letter| letter.is).collect();
        if token == "w" && next(end) == '/' {
            end += if next(end + 1) == 'o' && !next(end + 2).is_ascii_alphanumeric() { 2 } else { 1 };
            token = letters[at..end].iter().map(|letter| letter.is).collect();
        }
        let possessive = at > 0 && letters[at - 1].is == '\'';
        let short = SHORT
            .iter()
            .find(|(short, _)| !possessive && *short == token)
            .map(|(_, long)| (*long).to_owned());
        let meant = match short {
            Some(long) => {
                *disguises +=
                    usize::from(!matches!(token.as_str(), "pls" | "n" | "pic" | "pics" | "thx" | "ty"));
                Some(long)
            }
            None if address => None,
            None => decode(&token, known).inspect(|_| *disguises += 1),
        };
        match meant {
            Some(word) => {
                let from = Span::new(here.from.start, letters[end - 1].from.end);
                let same = word.chars().count() == end - at;
                read.extend(word.chars().enumerate().map(|(place, is)| Letter {
                    is,
                    from: if same { letters[at + place].from } else { from },
                }));
            }
            None => read.extend_from_slice(&letters[at..end]),
        }
        at = end;
    }
    if *disguises > before {
        read_numbers(&mut read);
    }
    read
}

/// In a disguised text a lone 2 or 4 between words is "to" or "for".
fn read_numbers(read: &mut Vec<Letter>) {
    let mut at = 0;
    while at < read.len() {
        let word = match read[at].is {
            '2' => "to",
            '4' => "for",
            _ => {
                at += 1;
                continue;
            }
        };
        let space = |at: Option<usize>| at.and_then(|at| read.get(at)).is_none_or(|letter| letter.is == ' ');
        let letter = |at: usize| read.get(at).is_some_and(|letter| letter.is.is_ascii_alphabetic());
        if space(at.checked_sub(1)) && space(Some(at + 1)) && letter(at + 2) {
            let from = read[at].from;
            read.splice(at..=at, word.chars().map(|is| Letter { is, from }));
        }
        at += 1;
    }
}
