//! Advertising by text message and in disguise: G58, G59.

use super::rule;
use crate::guard::draft::{Channel, Class};
use crate::guard::{Found, View};

pub(super) fn find(view: &View<'_>, found: &mut Found<'_>) {
    let (draft, facts, named) = (view.draft, &view.draft.facts, view.named);
    if facts.transactional == Some(true) || facts.reply_to_buyer == Some(true) {
        return;
    }
    let sells = view.reading.says(named.sells);
    let words = view.words(named.sells);
    if draft.by(&[Channel::Sms]) {
        let about_order = view.reading.has(named.about_order);
        let promotes = facts.class == Some(Class::Marketing)
            || sells && (facts.class.is_none() || !about_order || facts.class == Some(Class::Service));
        let told = view.reading.has(named.opt_out_words);
        if promotes && (facts.consent != Some(true) || !told) {
            found.add(rule(58), view.spans(&words));
        }
    }
    if sells
        && facts.class == Some(Class::Service)
        && draft.by(&[Channel::Sms, Channel::Email, Channel::PlatformMessage])
    {
        found.add(rule(59), view.spans(&words));
    }
}
