//! From what is stored of a case to the facts of its plan.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::aftersales::Goods;
use pingxin_domain::cadence::{self, Made};
use pingxin_domain::calendar::SpecialDay;
use pingxin_domain::compensation::Ladder;
use pingxin_domain::pack::Packs;
use pingxin_domain::plan::{CaseFacts, CasePlan, Horizon, are_malicious, plan};
use pingxin_store::case::CaseKnown;

use crate::cases;

/// The plan of a case with what it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// The plan.
    pub(crate) plan: CasePlan,
    /// Contacts made, logged and imported, the first first.
    pub(crate) made: Vec<Made>,
    /// What lists show of it.
    pub(crate) horizon: Horizon,
}

/// The plan of a case as of an instant, by the rules in force; `days` are the merchant's own special days.
pub(crate) fn planned(
    known: &CaseKnown,
    days: &[SpecialDay],
    packs: &Packs,
    ladder: &Ladder,
    now: Timestamp,
) -> Planned {
    let zone = TimeZone::get(&known.timezone).unwrap_or(TimeZone::UTC);
    let made = contacts(known, &zone);
    let facts = known.stated.over(facts(known, days, &made, zone));
    let plan = plan(&facts, packs, ladder, now);
    let horizon = Horizon::of(&plan, &known.life, &known.done, now);
    Planned { plan, made, horizon }
}

/// Contacts count from the writing of the review; of one without an instant from when the desk found it.
fn contacts(known: &CaseKnown, zone: &TimeZone) -> Vec<Made> {
    let since = known.created.unwrap_or(known.opened_at).min(known.opened_at);
    cadence::made(&known.logged, &known.calls, &known.messages, since, zone)
}

fn facts(known: &CaseKnown, days: &[SpecialDay], made: &[Made], zone: TimeZone) -> CaseFacts {
    let happened = &known.happened;
    let (kind, _) = happened.asked.unwrap_or_default();
    let matter = &known.matter;
    CaseFacts {
        kind: Some(known.kind),
        due: matter.due,
        evidence_due: matter.evidence_due,
        platform: Some(known.platform),
        // The platform's own country: a shop has no other.
        market: None,
        object: known.object,
        cause: known.cause,
        fault: known.fault,
        is_malicious: are_malicious(known.signals.iter().map(|signal| signal.code), known.cause),
        created: known.created,
        found: Some(known.opened_at),
        requested: matter.asked_at.or(happened.refund_requested),
        followed_up: happened.followed_up,
        removal_requested: happened.removal_requested,
        days: days.to_vec(),
        zone: Some(zone),
        order: happened.order,
        request: matter.asked.or(kind.map(cases::asked)),
        insists: false,
        goods: Goods { is_shown: known.photos > 0, ..Goods::default() },
        attempts: made.iter().map(|one| one.attempt).collect(),
        has_opted_out: known.opted_out_at.is_some(),
        is_online: false,
    }
}
