//! Personal data in public replies: G22. Quoted or not, it is always looked for.

use pingxin_language::fold::fold_for_model;
use pingxin_language::{PersonalData, Place, SignalCode, Span, detect};

use super::rule;
use crate::guard::draft::Channel;
use crate::guard::{Found, View};

/// Digits in a row from which a number names an order, a parcel, a card or a person: the shortest order numbers have
/// twelve. No answer for everybody to read needs one.
const LONG_NUMBER: usize = 12;

/// The numbers of a text that are as long as those of orders.
fn long_numbers(text: &str) -> Vec<Span> {
    let (mut spans, mut start) = (Vec::new(), 0_usize);
    let mut keep = |start: usize, end: usize| {
        if end - start >= LONG_NUMBER
            && let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        {
            spans.push(Span::new(start, end));
        }
    };
    let mut length = 0;
    for (at, sign) in text.chars().enumerate() {
        if !sign.is_ascii_digit() {
            keep(start, at);
            start = at + 1;
        }
        length = at + 1;
    }
    keep(start.min(length), length);
    spans
}

pub(super) fn find(view: &View<'_>, found: &mut Found<'_>) {
    if !view.draft.by(&[Channel::PublicReply]) {
        return;
    }
    let folded = fold_for_model(view.draft.text);
    let mut spans: Vec<Span> = detect::signals(&folded, view.draft.text, Place::Text)
        .into_iter()
        .filter(|signal| {
            signal.code == SignalCode::PersonalData && signal.kind != Some(PersonalData::SocialAccount)
        })
        .flat_map(|signal| signal.spans)
        .collect();
    let marks = view.marks;
    for concept in [marks.phone, marks.email, marks.order_number] {
        let words = view.words(concept);
        if !words.is_empty() {
            spans.extend(view.spans(&words));
        }
    }
    spans.extend(long_numbers(view.draft.text));
    if !spans.is_empty() {
        pingxin_language::span::join(&mut spans);
        found.add(rule(22), spans);
    }
}
