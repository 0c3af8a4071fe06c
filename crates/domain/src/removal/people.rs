//! Personal data in a comment: what reaches or names a person.

use pingxin_language::{PersonalData, Place, Signal, SignalCode, Span};

/// Words before a full name that say whose it is.
const TITLES: [&str; 22] = [
    "mr", "mrs", "ms", "miss", "mister", "herr", "frau", "monsieur", "madame", "mme", "m", "señor", "señora",
    "sr", "sra", "signor", "signora", "sig", "pan", "pani", "dhr", "mevrouw",
];
/// Words that bring in the name of somebody of the shop.
const ROLES: [&str; 43] = [
    "seller",
    "owner",
    "manager",
    "rep",
    "representative",
    "agent",
    "supervisor",
    "vendor",
    "boss",
    "named",
    "called",
    "name",
    "guy",
    "man",
    "woman",
    "lady",
    "dealer",
    "proprietor",
    "director",
    "ceo",
    "verkäufer",
    "inhaber",
    "geschäftsführer",
    "chef",
    "heißt",
    "namens",
    "vendeur",
    "gérant",
    "patron",
    "nommé",
    "vendedor",
    "vendedora",
    "dueño",
    "gerente",
    "llamado",
    "llama",
    "venditore",
    "titolare",
    "proprietario",
    "chiamato",
    "vendedor",
    "dono",
    "chamado",
];
/// Words with a capital that are no part of a person's name.
const NO_NAMES: [&str; 60] = [
    "co",
    "ltd",
    "inc",
    "llc",
    "corp",
    "gmbh",
    "trading",
    "company",
    "store",
    "shop",
    "technology",
    "electronics",
    "limited",
    "amazon",
    "ebay",
    "prime",
    "usps",
    "ups",
    "fedex",
    "dhl",
    "customer",
    "service",
    "support",
    "the",
    "this",
    "that",
    "they",
    "he",
    "she",
    "it",
    "i",
    "we",
    "you",
    "my",
    "your",
    "please",
    "never",
    "do",
    "not",
    "don't",
    "no",
    "avoid",
    "very",
    "bad",
    "great",
    "good",
    "a",
    "an",
    "is",
    "was",
    "are",
    "china",
    "chinese",
    "shenzhen",
    "guangzhou",
    "hong",
    "kong",
    "us",
    "usa",
    "uk",
];

/// Data that a review must not make public.
pub(super) const PUBLIC_NEVER: [PersonalData; 7] = [
    PersonalData::Phone,
    PersonalData::Email,
    PersonalData::Name,
    PersonalData::Address,
    PersonalData::IdNumber,
    PersonalData::BankCard,
    PersonalData::SocialAccount,
];

/// What reading the text has found of these kinds of personal data.
pub(super) fn found<'a>(signals: &'a [Signal], kinds: &'a [PersonalData]) -> impl Iterator<Item = Span> + 'a {
    let of_kind = move |signal: &&Signal| {
        signal.code == SignalCode::PersonalData
            && signal.place == Place::Text
            && signal.kind.is_some_and(|kind| kinds.contains(&kind))
    };
    signals.iter().filter(of_kind).flat_map(|signal| signal.spans.iter().copied())
}

/// Full names that a title or a role brings in: two words with capitals, no company and no sentence's beginning.
pub(super) fn named(text: &str) -> Vec<Span> {
    let chars: Vec<char> = text.chars().collect();
    let words = words(&chars);
    let mut found = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let [first, last] = pair else { continue };
        let next = words.get(at + 2);
        let apart = chars[first.1..last.0].iter().any(|part| !part.is_whitespace());
        if apart || !is_name(&chars, *first) || !is_name(&chars, *last) {
            continue;
        }
        let company = next.is_some_and(|&(start, end)| {
            start - last.1 <= 2 && NO_NAMES[..11].contains(&&*lower(&chars, (start, end)))
        });
        let before = |back: usize| at.checked_sub(back).map(|before| lower(&chars, words[before]));
        let titled = before(1).is_some_and(|word| TITLES.contains(&&*word));
        let role = (1..=2).filter_map(before).any(|word| ROLES.contains(&&*word))
            && !ends_sentence(&chars, &words, at);
        if !company && (titled || role) {
            let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            found.push(Span::new(place(first.0), place(last.1)));
        }
    }
    found
}

/// Whether a sentence ends between the word before and this one.
fn ends_sentence(chars: &[char], words: &[(usize, usize)], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        chars[words[before].1..words[at].0].iter().any(|part| matches!(part, '.' | '!' | '?' | ';' | '\n'))
    })
}

fn words(chars: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for at in 0..=chars.len() {
        let letter =
            chars.get(at).is_some_and(|part| part.is_alphabetic() || matches!(part, '\'' | '’' | '-'));
        match (letter, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn lower(chars: &[char], (start, end): (usize, usize)) -> String {
    chars[start..end].iter().collect::<String>().to_lowercase()
}

fn is_name(chars: &[char], word: (usize, usize)) -> bool {
    let letters = &chars[word.0..word.1];
    let capital = letters.first().is_some_and(|first| first.is_uppercase());
    let rest_small = letters.len() >= 2 && letters[1..].iter().any(|part| part.is_lowercase());
    capital && rest_small && !NO_NAMES.contains(&&*lower(chars, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        named(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_title_or_a_role_brings_in_a_full_name() {
        for (text, name) in [
            ("Mr. Dale Worthington was condescending", "Dale Worthington"),
            ("the owner, Priya Raman, yelled at me", "Priya Raman"),
            ("Der Inhaber Jürgen Möller antwortet nicht", "Jürgen Möller"),
            ("this guy named Tobias Renner refused", "Tobias Renner"),
            ("La señora Carmen Ibáñez no contesta", "Carmen Ibáñez"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
    }

    #[test]
    fn companies_first_names_and_authors_are_none() {
        for text in [
            "Seller: Shenzhen Luohe Trading Co., Ltd. Avoid.",
            "My husband Mark and I tried it",
            "Signed 'Kevin' on every message",
            "A novel by stephen king",
            "The seller is bad. Never Again",
            "Called Amazon Customer Service",
            "Mr Smith called",
            "name Brand Shoes Inc sold it",
        ] {
            assert!(names(text).is_empty(), "{text} {:?}", names(text));
        }
    }
}
