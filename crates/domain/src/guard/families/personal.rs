//! Personal data in public replies: G22. Quoted or not, it is always looked for.

use pingxin_language::fold::fold_for_model;
use pingxin_language::{PersonalData, Place, SignalCode, Span, detect};

use super::rule;
use crate::guard::draft::Channel;
use crate::guard::{Found, View};

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
    if !spans.is_empty() {
        pingxin_language::span::join(&mut spans);
        found.add(rule(22), spans);
    }
}
