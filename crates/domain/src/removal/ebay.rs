//! Grounds of eBay, and those of AliExpress that are like them.

use pingxin_language::{PersonalData, Signal, Span};

use super::comment::Comment;
use super::{people, profanity, reach, words};

/// The words that carry a ground of eBay; empty when none do.
pub(super) fn find(ground: &str, text: &str, comment: &Comment, signals: &[Signal]) -> Vec<Span> {
    let terms = words::ebay();
    let list = |name: &str| -> Vec<Span> {
        terms.find(name, comment, &[]).into_iter().map(|place| comment.span(place)).collect()
    };
    match ground {
        "profane_explicit" => profanity::find(comment, signals),
        "hate_violence" => list("hate"),
        "political_religious_social" => list("politics"),
        "threat" => list("harm"),
        "links_off_platform" => {
            let emails: Vec<Span> = people::found(signals, &[PersonalData::Email]).collect();
            list("links")
                .into_iter()
                .filter(|link| !emails.iter().any(|email| email.overlaps(*link)))
                .collect()
        }
        "pii" => {
            let mut found: Vec<Span> = people::found(signals, &people::PUBLIC_NEVER).collect();
            found.extend(people::named(text));
            found.extend(reach::find(comment));
            pingxin_language::span::join(&mut found);
            found
        }
        "meaningless_or_wrong_item" | "unrelated" => {
            let found = list("offitem");
            if found.is_empty() && is_meaningless(comment) { vec![comment.whole()] } else { found }
        }
        "improper_language_pii" => {
            let mut found = profanity::find(comment, signals);
            found.extend(people::found(signals, &people::PUBLIC_NEVER));
            pingxin_language::span::join(&mut found);
            found
        }
        _ => Vec::new(),
    }
}

/// No word at all, one letter over and over, or nothing but keys struck at random.
fn is_meaningless(comment: &Comment) -> bool {
    let letters: Vec<char> = comment.chars().iter().copied().filter(|part| part.is_alphanumeric()).collect();
    let Some(first) = letters.first() else { return !comment.chars().is_empty() };
    if letters.len() > 2 && letters.iter().all(|letter| letter == first) {
        return true;
    }
    let words: Vec<&[char]> =
        comment.chars().split(|part| !part.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    !words.is_empty() && words.iter().all(|word| word.len() >= 4 && consonants(word) >= 4)
}

/// The longest run of consonants.
fn consonants(word: &[char]) -> usize {
    word.split(|letter| "aeiouy".contains(*letter)).map(<[char]>::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_struck_at_random_say_nothing_and_short_words_something() {
        for text in ["asdkjh asdkjh", "......", "xxxxxx", "qwrtzp"] {
            assert!(is_meaningless(&Comment::new(text)), "{text}");
        }
        for text in ["fine", "ok", "Strengths: none", "A+", "bright lights"] {
            assert!(!is_meaningless(&Comment::new(text)), "{text}");
        }
    }
}
