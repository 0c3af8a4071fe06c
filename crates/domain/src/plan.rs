//! The plan of a case 跟进计划: contacts, after-sales proposal, what may be given, deadlines and steps, from its facts alone.
//!
//! [`plan`] asks the room of each noun and puts their answers side by side; it decides nothing itself. The desk runs it anew
//! whenever a fact changes, and `pingxin plan` prints it.

mod deadlines;
mod horizon;
mod stated;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_language::{Cause, Fault, SignalCode};
use serde::Serialize;

use crate::aftersales::{Goods, Proposal, Request, Returning, Situation, decide};
use crate::cadence::{self, Attempt, Attempts, Contact, ContactFacts, Rhythm, Stop};
use crate::calendar::SpecialDay;
use crate::case::CaseKind;
use crate::compensation::{Ladder, Rung, rungs};
use crate::deadline::of_window;
use crate::order::OrderFacts;
use crate::pack::{Benefit, Length, Packs, Rules};
use crate::playbook::{Forbidden, PlaybookFacts, Step, StepCode, forbidden, playbook};
use crate::shop::{Object, Platform};

pub use deadlines::PlannedDeadline;
pub use horizon::{Horizon, NextContact, NextDeadline, next_step};
pub use stated::Stated;

/// The facts of a case. What is absent is unknown, not false.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaseFacts {
    /// What the case is about; `None` where nobody says.
    pub kind: Option<CaseKind>,
    /// Until when somebody wants it done: no step is due later.
    pub due: Option<Timestamp>,
    /// The last second at which proof can be handed in, as somebody read it on the platform.
    pub evidence_due: Option<Timestamp>,
    /// Where the shop stands.
    pub platform: Option<Platform>,
    /// The country whose law counts, ISO 3166; the platform's own without one.
    pub market: Option<String>,
    /// What the buyer left; `None` for a case without a review.
    pub object: Option<Object>,
    /// What he complains of.
    pub cause: Option<Cause>,
    /// Whose fault it is.
    pub fault: Option<Fault>,
    /// Extortion, a competitor or a threat.
    pub is_malicious: bool,
    /// When the review was written.
    pub created: Option<Timestamp>,
    /// When the desk found it; without it the case begins when it was written, or now.
    pub found: Option<Timestamp>,
    /// When a refund or a return was asked for.
    pub requested: Option<Timestamp>,
    /// When the buyer wrote a 追评 to the same order.
    pub followed_up: Option<Timestamp>,
    /// When the removal was asked for whose answer is awaited.
    pub removal_requested: Option<Timestamp>,
    /// The merchant's own special days.
    pub days: Vec<SpecialDay>,
    /// Where the buyer's days are counted; the platform's zone without one.
    pub zone: Option<TimeZone>,
    /// The order.
    pub order: OrderFacts,
    /// What the buyer asks for.
    pub request: Option<Request>,
    /// He does not want to wait.
    pub insists: bool,
    /// The goods.
    pub goods: Goods,
    /// Contacts made so far.
    pub attempts: Vec<Attempt>,
    /// The buyer wants no messages.
    pub has_opted_out: bool,
    /// The buyer is seen online now.
    pub is_online: bool,
}

/// Whether signals of the review say that nobody should talk about it privately: extortion, a competitor, or a threat in
/// a review that complains of nothing. Whoever complains of goods or service and says that he will turn to 12315 or a
/// court says what the law offers him (law on the protection of consumers' rights 39) and is helped like anybody.
#[must_use]
pub fn are_malicious(signals: impl IntoIterator<Item = SignalCode>, cause: Option<Cause>) -> bool {
    let complains = cause.is_some_and(|cause| cause != Cause::Other);
    signals.into_iter().any(|signal| match signal {
        SignalCode::Extortion | SignalCode::Competitor => true,
        SignalCode::Threat => !complains,
        _ => false,
    })
}

/// The plan of a case. Serialises as the contract's `plan` answer, without `id`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CasePlan {
    /// The contacts that may be made, the next first.
    pub contacts: Vec<Contact>,
    /// Since when no contact follows, and why; null while one does.
    pub stop: Option<Stop>,
    /// What was done so far: reached, and only tried.
    pub attempts: Attempts,
    /// The after-sales proposal.
    pub aftersales: Proposal,
    /// What may be given, the lowest rung first.
    pub compensation: Vec<Rung>,
    /// Deadlines, the earliest first.
    pub deadlines: Vec<PlannedDeadline>,
    /// The steps, in order.
    pub playbook: Vec<Step>,
    /// What is not done in this case.
    pub forbidden: Vec<Forbidden>,
}

/// The plan of a case as of an instant, by the rules and the ladder of its shop.
#[must_use]
pub fn plan(facts: &CaseFacts, packs: &Packs, ladder: &Ladder, as_of: Timestamp) -> CasePlan {
    let today = as_of.to_zoned(facts.zone.clone().unwrap_or(TimeZone::UTC)).date();
    let rules = packs.rules(facts.platform, facts.market.as_deref(), today);
    let zone = facts.zone.clone().or_else(|| rules.timezone()).unwrap_or(TimeZone::UTC);
    let found = facts.found.or(facts.created).unwrap_or(as_of);
    let events = deadlines::events(facts);
    let contact_facts = ContactFacts {
        found,
        zone: zone.clone(),
        attempts: facts.attempts.clone(),
        has_opted_out: facts.has_opted_out,
        is_malicious: facts.is_malicious,
        is_online: facts.is_online,
        messages_until: messages_until(&rules, &events, &zone, &facts.days, as_of),
    };
    let contact = cadence::plan(&contact_facts, &Rhythm::new(&rules), as_of);
    let all = crate::deadline::deadlines(&rules, &events, &zone, &facts.days, as_of);
    let playbook_facts = PlaybookFacts {
        kind: facts.kind,
        platform: facts.platform,
        object: facts.object,
        cause: facts.cause,
        fault: facts.fault,
        is_malicious: facts.is_malicious,
        both_rated: facts.order.both_rated,
        found,
        contact_by: contact.contacts.first().map(|first| first.to),
    };
    CasePlan {
        aftersales: decide(&situation(facts, &rules, zone.clone()), as_of),
        compensation: rungs(ladder, facts.order.amount, rules.incentive().1 != Some(Benefit::Forbidden)),
        playbook: no_later(playbook(&playbook_facts, &rules, &all), facts),
        forbidden: forbidden(&rules, facts.object),
        deadlines: deadlines::told(all, facts, &zone, as_of),
        contacts: contact.contacts,
        stop: contact.stop,
        attempts: contact.attempts,
    }
}

/// The steps, none of them later than somebody wants it done, and none that proof hangs on later than proof is taken.
fn no_later(mut steps: Vec<Step>, facts: &CaseFacts) -> Vec<Step> {
    for step in &mut steps {
        let proof = matches!(step.step, StepCode::CollectProof | StepCode::FileEvidence);
        let ends = [facts.due, facts.evidence_due.filter(|_| proof)];
        step.due = ends.into_iter().flatten().fold(step.due, Timestamp::min);
    }
    steps
}

/// The last second at which the platform allows messages of our own accord.
fn messages_until(
    rules: &Rules<'_>,
    events: &crate::deadline::Events,
    zone: &TimeZone,
    days: &[SpecialDay],
    as_of: Timestamp,
) -> Option<Timestamp> {
    let messaging = rules.messaging()?;
    let window = rules.window(messaging.window.as_deref()?, rules.on())?;
    of_window(window, events, &rules.timezone().unwrap_or_else(|| zone.clone()), days, as_of)?.at
}

fn situation(facts: &CaseFacts, rules: &Rules<'_>, zone: TimeZone) -> Situation {
    let right = rules.window("return_no_reason", rules.on()).and_then(|window| window.length);
    let mut returning =
        Returning { signed: facts.order.delivered, requested: facts.requested, zone, ..Returning::default() };
    if let Some(Length::Days(days)) = right {
        returning.days = i64::from(days);
    }
    Situation {
        request: facts.request,
        insists: facts.insists,
        state: facts.order.state,
        goods: facts.goods.clone(),
        cause: facts.cause,
        fault: facts.fault,
        returning,
    }
}

#[cfg(test)]
mod tests;
