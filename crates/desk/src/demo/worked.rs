//! The weeks behind the demo: what the team did with the cases of each. Everything goes the way it goes for a person, by the
//! desk's own functions as of that hour; what a rule or the guard refuses is not done.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use pingxin_domain::cadence::ContactChannel;
use pingxin_domain::call::CallResult;
use pingxin_domain::case::{CaseState, Outcome as End};
use pingxin_domain::compensation::{CompensationState, SignOff};
use pingxin_domain::guard::Channel;
use pingxin_domain::promise::PromiseState;
use pingxin_domain::script::ScriptLanguage;
use pingxin_domain::{Actor, CaseId, Platform, Role, Scope};
use pingxin_store::case::{self, CaseFilter, CaseRow, Owner};
use pingxin_store::compensation::CompensationFilter;
use pingxin_store::incentive::IncentiveFilter;
use pingxin_store::promise::PromiseFilter;
use pingxin_store::shop::Shop;

use super::course::{Deed, Hand, Step};
use super::day::Person;
use crate::cases::{self, CaseMove, MessageRequest};
use crate::compensations::{self, AskRequest, Decision};
use crate::contacts::{self, AttemptRequest};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::guard::{Outcome, holds};
use crate::handovers::{self, HandoverRequest, ItemRequest};
use crate::scripts::{self, ProposedScript, Talk};
use crate::{incentives, promises};

/// Most cases of one week; a demo in which a week has more is not worked through.
const OF_A_WEEK: u32 = 200;

/// The team at work.
pub struct Team {
    agent: Scope,
    supervisor: Scope,
}

impl Team {
    /// The agent and the supervisor of the demo; none where one is missing.
    #[must_use]
    pub fn of(scope: &Scope, people: &[Person]) -> Option<Self> {
        let of = |role: Role| {
            let (_, id) = people.iter().find(|(login, _)| login.role == role)?;
            Some(Scope { actor: Actor::User(*id), role, ..scope.clone() })
        };
        Some(Self { agent: of(Role::Agent)?, supervisor: of(Role::Supervisor)? })
    }

    fn scope(&self, hand: Hand) -> &Scope {
        match hand {
            Hand::Agent => &self.agent,
            Hand::Supervisor => &self.supervisor,
        }
    }
}

/// Does what `course` says with every case that came in at `came`, in the order of the hours.
///
/// # Errors
/// The database's.
pub async fn week(
    desk: &Desk,
    team: &Team,
    shops: &[Shop],
    came: Timestamp,
    course: fn(u64) -> Vec<Step>,
) -> Result<()> {
    let filter = CaseFilter { states: vec![CaseState::Open], ..CaseFilter::default() };
    let (page, _) = cases::list(desk, &team.supervisor, &filter, case::Sort::Newest, None, OF_A_WEEK).await?;
    let mut deeds = Vec::new();
    // A database keeps microseconds.
    let is_of_the_week = |row: &&CaseRow| row.opened_at.as_microsecond() == came.as_microsecond();
    for row in page.rows.iter().filter(is_of_the_week) {
        let Some(shop) = shops.iter().find(|shop| shop.id == row.shop.id) else { continue };
        for (index, step) in course(row.number).into_iter().enumerate() {
            deeds.push((step.at(came, &shop.zone(), row.number), row.number, index, step, row));
        }
    }
    deeds.sort_by_key(|(at, number, index, ..)| (*at, *number, *index));
    for (at, _, _, step, row) in deeds {
        carry_out(&desk.as_of(at), team, step.hand, row, step.deed).await.or_else(not_done)?;
    }
    Ok(())
}

/// Leaves what a shift leaves behind: compensations that wait for the supervisor, and the agent's word to the next shift.
///
/// # Errors
/// The database's.
pub async fn leave(desk: &Desk, team: &Team) -> Result<()> {
    let mine = CaseFilter {
        states: vec![CaseState::InProgress],
        handlers: team.agent.user().map(Owner::User).into_iter().collect(),
        ..CaseFilter::default()
    };
    let (page, _) = cases::list(desk, &team.agent, &mine, case::Sort::Severity, None, 12).await?;
    for row in page.rows.iter().take(4) {
        ask_above(desk, &team.agent, row.id).await.or_else(not_done)?;
    }
    let said = ["买家晚上八点后在线，问一下补发收到没有。", "等仓库回复称重，回了就告诉买家。", ""];
    let items = page.rows.iter().zip(said).map(|(row, line)| ItemRequest {
        case: row.id,
        passes: line.is_empty(),
        line: Some(line.to_owned()).filter(|line| !line.is_empty()),
    });
    let cases: Vec<_> = items.collect();
    let until = desk.store.clock().now().checked_add(SignedDuration::from_hours(16));
    let (false, Ok(until)) = (cases.is_empty(), until) else { return Ok(()) };
    let note = Some("白班小结：急件都已联系，剩下三张请留意。".to_owned());
    let request = HandoverRequest { to: None, until, note, cases };
    handovers::write(desk, &team.agent, &request).await.map(drop).or_else(not_done)
}

/// Asks for the lowest rung that the supervisor has to agree to.
async fn ask_above(desk: &Desk, hand: &Scope, id: CaseId) -> Result<()> {
    let proposal = compensations::proposal(desk, hand, id).await?;
    let above = proposal.rungs.iter().find(|rung| rung.approval == SignOff::Supervisor);
    let (Some(rung), None) = (above, proposal.refused) else { return Ok(()) };
    let note = "照片能看清问题，超出我的额度，请主管看一下。".to_owned();
    let request = AskRequest { kind: rung.kind, amount: rung.most, line: String::new(), note };
    compensations::ask(desk, hand, id, &request).await.map(drop)
}

/// What a rule refuses, the demo does not do either.
fn not_done(error: DeskError) -> Result<()> {
    match error {
        DeskError::Refused(_) | DeskError::Blocked(_) => Ok(()),
        other => Err(other),
    }
}

async fn carry_out(desk: &Desk, team: &Team, by: Hand, row: &CaseRow, deed: Deed) -> Result<()> {
    let (id, hand) = (row.id, team.scope(by));
    let moved = async |wish: CaseMove| cases::set_state(desk, hand, id, &wish, None, None).await.map(drop);
    match deed {
        Deed::Take => cases::set_owner(desk, hand, id, hand.user(), None).await.map(drop),
        Deed::Write => say(desk, team, by, row, None).await,
        Deed::Reply => say(desk, team, by, row, Some(Channel::PublicReply)).await,
        Deed::Call(result) => call(desk, team, by, row, result).await,
        Deed::Ask => ask(desk, hand, id).await,
        Deed::Pay => pay(desk, hand, id).await,
        Deed::Keep => keep(desk, hand, id).await,
        Deed::Wait(on) => moved(CaseMove::Wait { on, until: None }).await,
        Deed::Solve(outcome) => moved(CaseMove::Solve(outcome)).await,
        Deed::GiveUp => moved(CaseMove::Close(Some(End::GivenUp))).await,
        Deed::Claim => claim(desk, hand, id).await,
        Deed::Verify => verify(desk, hand, id).await,
    }
}

/// Writes with the first script of the next step that fits; what the guard holds, the supervisor looks at and lets go.
async fn say(desk: &Desk, team: &Team, by: Hand, row: &CaseRow, channel: Option<Channel>) -> Result<()> {
    let (id, hand) = (row.id, team.scope(by));
    let talk = Talk { channel, language: None };
    let fits = scripts::propose(desk, hand, id, talk).await?;
    let given = promised_times(desk.store.clock().now(), fits.language);
    let can_fill = |script: &&ProposedScript| {
        script.needs.iter().all(|need| need.value.is_some() || given.contains_key(&need.variable.name))
    };
    let of_step = fits.scripts.iter().filter(|script| script.script.step == fits.step);
    let Some(script) = of_step.take(3).find(can_fill) else { return Ok(()) };
    let key = script.script.key.clone();
    let Some(text) = scripts::fill(desk, hand, id, &key, fits.language, given).await?.text else {
        return Ok(());
    };
    let message = MessageRequest {
        language: Some(fits.language),
        script: Some(key),
        ..MessageRequest::of(fits.channel, &text)
    };
    match cases::log_message(desk, hand, id, &message).await? {
        Outcome::Held(held) if by == Hand::Agent => {
            let reason = "买家自己来问的，可以回复。";
            holds::release(desk, &team.supervisor, held.id, reason).await.map(drop)
        }
        _ => Ok(()),
    }
}

/// What an agent fills in by hand where a script asks for a time.
fn promised_times(now: Timestamp, language: ScriptLanguage) -> BTreeMap<String, String> {
    let tomorrow = now.to_zoned(TimeZone::UTC).date().saturating_add(2.days());
    let by = match language {
        ScriptLanguage::Chinese => format!("{}月{}日18点", tomorrow.month(), tomorrow.day()),
        ScriptLanguage::English => tomorrow.strftime("%B %-d").to_string(),
    };
    [("by", by), ("days", "3".to_owned()), ("hours", "24".to_owned())]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}

/// A call where buyers are called, elsewhere a message of the platform.
async fn call(desk: &Desk, team: &Team, by: Hand, row: &CaseRow, result: CallResult) -> Result<()> {
    let is_called = matches!(row.shop.platform, Platform::Taobao | Platform::Tmall | Platform::OwnShop);
    if !is_called {
        return say(desk, team, by, row, None).await;
    }
    let talked = result == CallResult::Talked;
    let request = AttemptRequest {
        channel: ContactChannel::Phone,
        result,
        at: None,
        seconds: Some(if talked { 60 + u32::try_from(row.number % 7).unwrap_or(0) * 31 } else { 0 }),
        note: talked.then(|| "已道歉并问清情况，买家愿意先看处理方案。".to_owned()),
    };
    contacts::log(desk, team.scope(by), row.id, &request).await.map(drop)
}

/// Asks for the lowest that helps; the ladder says what.
async fn ask(desk: &Desk, hand: &Scope, id: CaseId) -> Result<()> {
    let proposal = compensations::proposal(desk, hand, id).await?;
    let Some((kind, amount, _)) = proposal.proposed else { return Ok(()) };
    let request =
        AskRequest {
            kind, amount, line: String::new(), note: "商品有问题，按规定补偿。".to_owned()
        };
    compensations::ask(desk, hand, id, &request).await.map(drop)
}

/// Pays what was agreed to in a case; agrees first where it still waits.
async fn pay(desk: &Desk, hand: &Scope, id: CaseId) -> Result<()> {
    let filter = CompensationFilter { case: Some(id), ..Default::default() };
    let (page, _, _) = compensations::list(desk, hand, &filter, None, 5).await?;
    for row in page.rows {
        let mut state = row.state;
        if state == CompensationState::Asked {
            state =
                compensations::decide(desk, hand, row.id, Decision::Approve, None).await?.compensation.state;
        }
        if state == CompensationState::Approved {
            compensations::decide(desk, hand, row.id, Decision::Pay, None).await?;
        }
    }
    Ok(())
}

async fn keep(desk: &Desk, hand: &Scope, id: CaseId) -> Result<()> {
    let filter =
        PromiseFilter { state: Some(PromiseState::Open), case: Some(id), ..PromiseFilter::default() };
    let (page, _) = promises::list(desk, hand, &filter, None, 20).await?;
    for promise in page.rows {
        promises::keep(desk, hand, promise.id).await?;
    }
    Ok(())
}

async fn claim(desk: &Desk, hand: &Scope, id: CaseId) -> Result<()> {
    let claimable = incentives::claimable(desk, hand, id).await?;
    let Some(basis) = claimable.basis.first() else { return Ok(()) };
    incentives::claim(desk, hand, id, *basis).await.map(drop)
}

async fn verify(desk: &Desk, hand: &Scope, id: CaseId) -> Result<()> {
    let filter = IncentiveFilter { case: Some(id), ..IncentiveFilter::default() };
    let (page, _) = incentives::list(desk, hand, &filter, None, 5).await?;
    for row in page.rows {
        incentives::verify(desk, hand, row.id).await?;
    }
    Ok(())
}
