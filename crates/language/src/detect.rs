//! Detectors: one file a noun, each finding what needs care in a folded text.
//!
//! To add one: a file here with `pub(super) fn find`, its examples as tests, a line in [`signals`].

mod abuse;
mod account;
mod digits;
mod email;
mod identity;
mod phone;

use crate::fold::Folded;
use crate::span::join;
use crate::{PersonalData, Place, Signal, SignalCode, Span};

/// Every signal that a folded text carries by itself.
#[must_use]
pub fn signals(folded: &Folded, place: Place) -> Vec<Signal> {
    let mut signals = Vec::new();
    let mut add = |code, kind, mut spans: Vec<Span>| {
        if !spans.is_empty() {
            join(&mut spans);
            signals.push(Signal { code, kind, place, spans });
        }
    };
    let chars = folded.chars();
    let at = |ranges: Vec<(usize, usize)>| {
        ranges.into_iter().map(|(start, end)| folded.source(start, end)).collect()
    };
    add(SignalCode::Abuse, None, at(abuse::find(chars)));
    let personal = SignalCode::PersonalData;
    if chars.iter().any(|part| matches!(part, '@' | '＠'))
        || chars.windows(4).any(|part| part == [' ', 'a', 't', ' '])
    {
        add(personal, Some(PersonalData::Email), at(email::find(chars)));
    }
    // Without a run of digits there is nothing else to find.
    let groups = digits::groups(chars);
    if !groups.is_empty() {
        let cards = identity::find(chars, &groups);
        let phones = phone::find(chars, &groups);
        add(personal, Some(PersonalData::IdNumber), at(cards));
        add(personal, Some(PersonalData::Phone), at(phones));
    }
    add(personal, Some(PersonalData::SocialAccount), at(account::find(chars)));
    signals
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
        let found = signals(&fold_for_model(text), Place::Title);
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
        assert!(signals(&fold_for_model("质量很好,物流也快"), Place::Text).is_empty());
    }
}
