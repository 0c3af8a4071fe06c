//! Rules of time, count and consent: G06 within a day, G09, G16, G17, G35, G38, G55, G56, G57.

use super::rule;
use crate::guard::draft::{Author, Channel, Class};
use crate::guard::reading::Hit;
use crate::guard::{Found, View};
use crate::shop::Platform;

/// Days after the earliest delivery before a review may be asked for (AMZ-SOL).
const FIRST_DAY: i64 = 5;
/// Days after completion in which the shop may write of its own accord (AMZ-2020).
const LAST_DAY: i64 = 30;

pub(super) fn find(view: &View<'_>, found: &mut Found<'_>) {
    let (draft, facts) = (view.draft, &view.draft.facts);
    let says = |concept| view.reading.says(concept);
    let named = view.named;
    let answered = facts.reply_to_buyer == Some(true) || facts.transactional == Some(true);
    // A note tells of something; a task or a message does it. A note or task that says stop contacts nobody.
    let contacts = match draft.channel {
        Some(Channel::PublicReply | Channel::SocialPost | Channel::ParcelCard | Channel::RemovalRequest) => {
            false
        }
        Some(Channel::ModerationConfig) => false,
        Some(Channel::Note) => false,
        Some(Channel::Task) => {
            says(named.contacts) && !view.reading.condemned && !view.reading.says(named.stops)
        }
        _ => true,
    };
    if facts.prior_asks.is_some_and(|asks| asks > 0) && draft.goes_out() && !draft.by(&[Channel::PublicReply])
    {
        let words = view.words(named.review_talk);
        let asks = words.iter().any(|hit| !hit.denied && !hit.quoted);
        if asks && !view.reading.condemned && !view.reading.says(named.stops) {
            found.add(rule(9), view.spans(&words));
        }
    }
    if draft.goes_out() && !view.reading.condemned && !view.reading.says(named.stops) {
        // Compensation and rating do not share a day either, whichever came first (X17).
        let (asks, gives) = (view.words(named.undo_review), view.words(named.compensation));
        let said = |words: &[Hit]| words.iter().any(|hit| !hit.denied && !hit.quoted);
        if facts.compensated_today == Some(true) && said(&asks) {
            found.add(rule(6), view.spans(&asks));
        }
        if facts.asked_today == Some(true) && said(&gives) {
            found.add(rule(6), view.spans(&gives));
        }
    }
    let invitation =
        says(named.invites) || draft.by(&[Channel::Invitation]) && !view.reading.has(named.other_business);
    if invitation && !view.reading.condemned && !view.reading.says(named.stops) {
        let spans = view.spans(&view.words(named.invites));
        if facts.solicitations_sent.is_some_and(|sent| sent > 0) {
            found.add(rule(16), spans);
        }
        if facts.days_since_earliest_delivery.is_some_and(|days| days < FIRST_DAY) {
            found.add(rule(17), Vec::new());
        }
    }
    if facts.days_since_completion.is_some_and(|days| days > LAST_DAY)
        && facts.reply_to_buyer != Some(true)
        && draft.channel.is_none_or(Channel::is_message)
    {
        found.add(rule(35), Vec::new());
    }
    if draft.platform == Some(Platform::Ebay)
        && draft.channel.is_none_or(|channel| channel == Channel::PublicReply)
        && facts.author == Some(Author::Bot)
        && facts.rated_bad == Some(true)
    {
        found.add(rule(38), Vec::new());
    }
    if let Some(minute) = facts.local_minute {
        let quiet = match draft.channel {
            // SMS-ALI: no promotional messages from 20:00 to 8:00; messages about an order until 22:00 (SMS-HW).
            Some(Channel::Sms) => {
                let promotes = facts.class == Some(Class::Marketing)
                    || facts.consent.is_some() && facts.class.is_none() && facts.transactional != Some(true)
                    || says(named.sells);
                minute < 8 * 60 || minute >= if promotes { 20 * 60 } else { 22 * 60 }
            }
            // The cadence of the desk: no calls from 21:00 to 9:00, which keeps within US-TCPA1 as well.
            Some(Channel::PhoneScript) => !(9 * 60..21 * 60).contains(&minute),
            _ => false,
        };
        if quiet {
            found.add(rule(55), Vec::new());
        }
    }
    if contacts && !answered {
        if facts.opt_out == Some(true) {
            found.add(rule(56), Vec::new());
        }
        if facts.contacts_today.is_some_and(|contacts| contacts > 0) {
            found.add(rule(57), Vec::new());
        }
    }
}
