//! Detectors: one file a noun, each finding what needs care in a folded text.
//!
//! To add one: a file here with `pub(super) fn find`, its examples as tests, a line in [`signals`].

mod abuse;
mod account;
mod address;
mod bank_card;
mod digits;
mod email;
mod extortion;
mod identity;
mod listed;
mod name;
mod phone;

use std::cell::OnceCell;

use crate::fold::Folded;
use crate::span::join;
use crate::{Language, PersonalData, Place, Signal, SignalCode, Span};

/// Abuse and personal data in a text; `original` is what was folded.
#[must_use]
pub fn signals(folded: &Folded, original: &str, place: Place) -> Vec<Signal> {
    let mut signals = Vec::new();
    let mut add = |code, kind, mut spans: Vec<Span>| {
        if !spans.is_empty() {
            join(&mut spans);
            signals.push(Signal::new(code, kind, place, spans));
        }
    };
    let chars = folded.chars();
    let at = |ranges: Vec<(usize, usize)>| {
        ranges.into_iter().map(|(start, end)| folded.source(start, end)).collect()
    };
    add(SignalCode::Abuse, None, at(abuse::find(chars)));
    let personal = SignalCode::PersonalData;
    let mut contacts = Vec::new();
    if email::may_hold(chars) {
        let emails = email::find(chars);
        contacts.extend_from_slice(&emails);
        add(personal, Some(PersonalData::Email), at(emails));
    }
    let letters: OnceCell<Vec<char>> = OnceCell::new();
    let capital = |at: usize| {
        let letters = letters.get_or_init(|| original.chars().collect());
        letters.get(folded.source(at, at + 1).start as usize).is_some_and(|letter| letter.is_uppercase())
    };
    // Without a digit there is no number and no address.
    if chars.iter().any(|part| digits::digit(*part).is_some()) {
        let addresses = address::find(chars, &capital);
        let mut groups = digits::groups(chars);
        groups.retain(|group| !address::covers(&addresses, group));
        let cards = identity::find(chars, &groups);
        let banks = bank_card::find(chars, &groups, &cards);
        groups.retain(|group| !banks.contains(&(group.start, group.end)));
        let phones = phone::find(chars, &groups);
        contacts.extend(addresses.iter().chain(&phones).copied());
        add(personal, Some(PersonalData::IdNumber), at(cards));
        add(personal, Some(PersonalData::BankCard), at(banks));
        add(personal, Some(PersonalData::Phone), at(phones));
        add(personal, Some(PersonalData::Address), at(addresses));
    } else if chars.len() > 40 {
        add(personal, Some(PersonalData::Phone), at(phone::spelled(chars)));
    }
    add(personal, Some(PersonalData::SocialAccount), at(account::find(chars)));
    add(personal, Some(PersonalData::Name), at(name::find(chars, &capital, &contacts)));
    signals
}

/// What a text in this language demands, threatens, advertises or fakes.
#[must_use]
pub fn intents(folded: &Folded, place: Place, language: Language) -> Vec<Signal> {
    let mut signals = Vec::new();
    let mut add = |code, mut spans: Vec<Span>| {
        if !spans.is_empty() {
            join(&mut spans);
            signals.push(Signal::new(code, None, place, spans));
        }
    };
    let extortion = extortion::find(folded.chars());
    let extorts = !extortion.is_empty();
    add(SignalCode::Extortion, extortion.into_iter().map(|(start, end)| folded.source(start, end)).collect());
    let listed = listed::find(folded, language);
    for &code in SignalCode::ALL {
        // What extorts asks for more than a remedy.
        if !(extorts && code == SignalCode::RemedyDemand) {
            add(code, listed.iter().filter(|(found, _)| *found == code).map(|(_, span)| *span).collect());
        }
    }
    signals
}

/// Whether the folded characters begin with a word.
fn starts(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(offset, part)| chars.get(offset) == Some(&part))
}

/// Whether the folded characters end with a word.
fn ends(chars: &[char], word: &str) -> bool {
    let mut found = chars.iter().rev();
    word.chars().rev().all(|part| found.next() == Some(&part))
}

/// Whether the folded characters are a word.
fn is(chars: &[char], word: &str) -> bool {
    word.chars().eq(chars.iter().copied())
}

/// The folded characters of the same clause before `start`, at most `reach` of them, as text.
fn before_in_clause(chars: &[char], start: usize, reach: usize) -> String {
    let clause = chars[..start]
        .iter()
        .rev()
        .take(reach)
        .take_while(|part| !matches!(part, ',' | '。' | '!' | '?' | ';' | '~' | '、' | '\n'))
        .count();
    chars[start - clause..start].iter().collect()
}

/// The folded characters before `start`, at most `reach` of them, as text.
fn before(chars: &[char], start: usize, reach: usize) -> String {
    chars[start.saturating_sub(reach)..start].iter().collect()
}

#[cfg(test)]
fn found_in(text: &str, find: impl Fn(&[char]) -> Vec<(usize, usize)>) -> Vec<String> {
    let folded = crate::fold::fold_for_model(text);
    find(folded.chars())
        .into_iter()
        .map(|(start, end)| folded.source(start, end).of(text).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    #[test]
    fn kinds_and_words_are_told() {
        let text = "客服是傻逼，电话１３８ 0013 8000，邮箱 a.b@example.com";
        let found = signals(&fold_for_model(text), text, Place::Title);
        let told: Vec<(SignalCode, Option<PersonalData>, &str)> =
            found.iter().map(|signal| (signal.code, signal.kind, signal.spans[0].of(text))).collect();
        assert_eq!(
            told,
            [
                (SignalCode::Abuse, None, "傻逼"),
                (SignalCode::PersonalData, Some(PersonalData::Email), "a.b@example.com"),
                (SignalCode::PersonalData, Some(PersonalData::Phone), "１３８ 0013 8000"),
            ]
        );
        assert!(found.iter().all(|signal| signal.place == Place::Title));
        let plain = "质量很好,物流也快";
        assert!(signals(&fold_for_model(plain), plain, Place::Text).is_empty());
    }
}
