//! Grounds of eBay, and those of AliExpress that are like them.

use pingxin_language::{PersonalData, Signal, Span};

use super::comment::Comment;
use super::words::Tongue;
use super::{people, profanity};

/// Data that a comment must not hold.
const PERSONAL: [PersonalData; 7] = [
    PersonalData::Phone,
    PersonalData::Email,
    PersonalData::Name,
    PersonalData::Address,
    PersonalData::IdNumber,
    PersonalData::BankCard,
    PersonalData::SocialAccount,
];

/// The words that carry a ground of eBay; empty when none do.
pub(super) fn find(ground: &str, text: &str, comment: &Comment, signals: &[Signal]) -> Vec<Span> {
    let terms = Tongue::English.terms();
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
            let mut found: Vec<Span> = people::found(signals, &PERSONAL).collect();
            found.extend(people::named(text));
            pingxin_language::span::join(&mut found);
            found
        }
        "meaningless_or_wrong_item" | "unrelated" => {
            let found = list("offitem");
            if found.is_empty() && is_meaningless(comment) { vec![comment.whole()] } else { found }
        }
        "improper_language_pii" => {
            let mut found = profanity::find(comment, signals);
            found.extend(people::found(signals, &PERSONAL));
            pingxin_language::span::join(&mut found);
            found
        }
        _ => Vec::new(),
    }
}

/// No word at all, or one letter over and over.
fn is_meaningless(comment: &Comment) -> bool {
    let letters: Vec<char> = comment.chars().iter().copied().filter(|part| part.is_alphanumeric()).collect();
    let Some(first) = letters.first() else { return !comment.chars().is_empty() };
    letters.len() > 2 && letters.iter().all(|letter| letter == first)
}
