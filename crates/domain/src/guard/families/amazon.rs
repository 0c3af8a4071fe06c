//! What a message on Amazon must and must not hold: G28 contact data, G29 links, G31 empty thanks, G32 order number.

use super::rule;
use crate::guard::draft::Channel;
use crate::guard::{Found, View};

pub(super) fn find(view: &View<'_>, found: &mut Found<'_>) {
    let (draft, marks) = (view.draft, view.marks);
    // Elsewhere these rules are off unless a shop switches them on, which `Found::add` asks.
    if !draft.channel.is_none_or(Channel::is_message) {
        return;
    }
    for (concept, number) in [(marks.phone, 28), (marks.email, 28), (marks.link, 29)] {
        let words = view.words(concept);
        // A carrier's page for a delivery slot is part of the order.
        let needed = number == 29 && view.reading.says(marks.carrier);
        if !words.is_empty() && !needed {
            found.add(rule(number), view.spans(&words));
        }
    }
    let proactive = draft.facts.proactive == Some(true) && draft.facts.reply_to_buyer != Some(true);
    if proactive && !view.reading.has(marks.order_number) {
        found.add(rule(32), Vec::new());
    }
    if draft.facts.reply_to_buyer != Some(true)
        && draft.by(&[Channel::PlatformMessage, Channel::Email])
        && view.reading.says(view.named.courtesy)
        && !view.reading.has(view.named.needed)
        && !view.reading.has(view.named.review_talk)
    {
        found.add(rule(31), view.spans(&view.words(view.named.courtesy)));
    }
}
