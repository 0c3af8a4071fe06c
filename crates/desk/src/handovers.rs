//! Handing over a shift 交接班: what comes up while somebody is away, what he leaves to whom, and what the taker gets: some
//! cases become his, the others he keeps an eye on until their owner is back.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::case::CaseState;
use pingxin_domain::handover::{HandoverReason, HandoverRefused, HandoverState, Upcoming};
use pingxin_domain::personal::mask_text;
use pingxin_domain::promise::PromiseState;
use pingxin_domain::{Action, CaseId, HandoverId, Scope, UserId};
use pingxin_store::case::{self, CaseFilter, CaseRow, Owner, Sort};
use pingxin_store::handover::{self, Handover, HandoverFilter, Item, NewHandover, NewItem};
use pingxin_store::promise::{self, PromiseFilter};
use pingxin_store::reference::UserRef;
use pingxin_store::watch::{self, Watched};
use pingxin_store::{Page, StoreError, Tx, audit, shift, user};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::{cases, planning, written};

/// Longest note, in characters.
pub const NOTE_LIMIT: usize = 2_000;
/// Longest line about one case, in characters.
pub const LINE_LIMIT: usize = 200;
/// Most cases on one handover, and most that are looked at for one.
pub const MOST: u32 = 200;
/// When somebody without a shift to come is taken to be back.
const NIGHT: SignedDuration = SignedDuration::from_hours(16);
/// How far the roster is looked through.
const ROSTER: SignedDuration = SignedDuration::from_hours(24 * 14);

/// A case that belongs on the handover.
#[derive(Debug, Clone)]
pub struct Suggested {
    /// The case.
    pub row: CaseRow,
    /// Why.
    pub reasons: Vec<HandoverReason>,
    /// What comes up first, and when.
    pub due: Option<Timestamp>,
}

/// What a handover could say.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// When the writer is back by the roster, else the next morning.
    pub until: Timestamp,
    /// His cases with something that comes up before, that first.
    pub cases: Vec<Suggested>,
    /// Who is on duty meanwhile, who comes first first.
    pub on_duty: Vec<UserRef>,
}

/// A case to hand over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRequest {
    /// The case.
    pub case: CaseId,
    /// Whether it gets the taker as its owner; else he only keeps an eye on it.
    pub passes: bool,
    /// What there is to say of it.
    pub line: Option<String>,
}

/// A handover to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRequest {
    /// Whom it names; none for whoever comes next.
    pub to: Option<UserId>,
    /// When the writer is back.
    pub until: Timestamp,
    /// What he says.
    pub note: Option<String>,
    /// The cases in his order.
    pub cases: Vec<ItemRequest>,
}

/// What became of a handover that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The handover.
    pub handover: Handover,
    /// Cases that stayed where they were, as they had ended or gone to somebody else.
    pub left: Vec<u64>,
}

/// What the caller could hand over now. `until` says when he is back, where the roster does not.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn suggest(desk: &Desk, scope: &Scope, until: Option<Timestamp>) -> Result<Suggestion> {
    allow(scope, Action::HandleCases)?;
    let me = person(scope)?;
    let found = desk.store.read(|tx| Box::pin(async move { suggested(tx, scope, me, until).await })).await?;
    Ok(found)
}

async fn suggested(
    tx: &mut Tx<'_>,
    scope: &Scope,
    me: UserId,
    until: Option<Timestamp>,
) -> std::result::Result<Suggestion, StoreError> {
    let now = tx.now();
    let far = now.checked_add(ROSTER).unwrap_or(now);
    let duty = shift::of_people(tx, scope, &[me], now, far).await?.remove(&me).unwrap_or_default();
    let back =
        duty.shifts.iter().filter(|shift| !shift.is_away && shift.from > now).map(|shift| shift.from).min();
    let until = until.or(back).unwrap_or_else(|| now.checked_add(NIGHT).unwrap_or(now));
    let promises = promised(tx, scope, until).await?;
    let mut cases: Vec<Suggested> = own_cases(tx, scope, me)
        .await?
        .into_iter()
        .filter_map(|mut row| {
            let upcoming = upcoming(&row, promises.get(&row.id).copied());
            let reasons = upcoming.reasons(now, until);
            cases::mask(&mut row);
            let due = [upcoming.due, upcoming.promise].into_iter().flatten().min();
            (!reasons.is_empty()).then_some(Suggested { row, reasons, due })
        })
        .collect();
    cases.sort_by_key(|one| (one.due.unwrap_or(Timestamp::MAX), one.row.number));
    let mut on_duty: Vec<UserRef> = Vec::new();
    let roster = shift::list(tx, scope, now, until.max(now)).await?;
    let away: HashSet<UserId> =
        roster.iter().filter(|row| row.shift.is_away).map(|row| row.person.id).collect();
    for row in roster {
        let is_known = on_duty.iter().any(|known| known.id == row.person.id);
        if row.person.id != me && !is_known && !away.contains(&row.person.id) {
            on_duty.push(row.person);
        }
    }
    Ok(Suggestion { until, cases, on_duty })
}

async fn own_cases(
    tx: &mut Tx<'_>,
    scope: &Scope,
    me: UserId,
) -> std::result::Result<Vec<CaseRow>, StoreError> {
    let mine = CaseFilter {
        states: vec![CaseState::Open, CaseState::InProgress, CaseState::Waiting],
        handlers: vec![Owner::User(me)],
        ..CaseFilter::default()
    };
    let mut rows: HashMap<CaseId, CaseRow> = HashMap::new();
    for sort in [Sort::Due, Sort::Deadline, Sort::Severity] {
        let page = case::list(tx, scope, &mine, sort, None, MOST).await?;
        let is_all = page.next.is_none();
        rows.extend(page.rows.into_iter().map(|row| (row.id, row)));
        if is_all {
            break;
        }
    }
    Ok(rows.into_values().collect())
}

/// The nearest promise of each case that is open before an instant, or broken.
async fn promised(
    tx: &mut Tx<'_>,
    scope: &Scope,
    until: Timestamp,
) -> std::result::Result<HashMap<CaseId, Timestamp>, StoreError> {
    let mut nearest: HashMap<CaseId, Timestamp> = HashMap::new();
    for state in [PromiseState::Open, PromiseState::Broken] {
        let filter =
            PromiseFilter { state: Some(state), due_before: Some(until), ..PromiseFilter::default() };
        for promise in promise::list(tx, scope, &filter, None, 1_000).await?.0.rows {
            let Some(due) = promise.due_at else { continue };
            let at = nearest.entry(promise.case).or_insert(due);
            *at = due.min(*at);
        }
    }
    Ok(nearest)
}

fn upcoming(row: &CaseRow, promise: Option<Timestamp>) -> Upcoming {
    let clock = row.clock.map(|(_, due)| due);
    let deadline = row.next.deadline.as_ref().map(|deadline| deadline.at);
    Upcoming {
        due: [clock, row.due_at, deadline].into_iter().flatten().min(),
        promise,
        contact: row.next.contact.map(|contact| (contact.from, contact.to)),
    }
}

/// Writes a handover, if the guard lets its words pass. Only his own cases can be passed on; any may be watched.
///
/// # Errors
/// [`DeskError::Refused`] without a note or a case, with too many, with texts that are too long, with a case that is not
/// his, or a time that has passed; [`DeskError::Blocked`]; [`DeskError::NotFound`] for cases and people outside the scope;
/// [`DeskError::Forbidden`].
pub async fn write(desk: &Desk, scope: &Scope, request: &HandoverRequest) -> Result<Handover> {
    allow(scope, Action::HandleCases)?;
    let from = person(scope)?;
    let note = optional(request.note.as_deref(), NOTE_LIMIT)?;
    let lines = request.cases.iter().map(|item| optional(item.line.as_deref(), LINE_LIMIT));
    let lines = lines.collect::<Result<Vec<_>>>()?;
    check(desk, request, note, from)?;
    if let Some(note) = note {
        gate::pass_at_once(desk, scope, About::Nothing, note).await?;
    }
    for (item, line) in request.cases.iter().zip(&lines) {
        if let Some(line) = line {
            gate::pass_at_once(desk, scope, About::Case(item.case), line).await?;
        }
    }
    let lines = &lines;
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let items = match items(tx, scope, from, request, lines).await? {
                    Ok(items) => items,
                    Err(number) => return Ok(Err(number)),
                };
                if let Some(to) = request.to {
                    let person = user::find(tx, scope, to).await?;
                    person
                        .filter(|person| person.disabled_at.is_none())
                        .ok_or(StoreError::NotFound { what: "user" })?;
                }
                let new = NewHandover { from, to: request.to, until: request.until, note, items: &items };
                let id = handover::add(tx, scope, &new).await?;
                let detail = json!({ "to": request.to, "cases": items.len() });
                audit::append(tx, scope, "handover.write", "handover", &id.to_string(), &detail).await?;
                Ok(Ok(handover::get(tx, scope, id)
                    .await?
                    .ok_or(StoreError::NotFound { what: "handover" })?))
            })
        })
        .await?;
    made.map(masked).map_err(|number: u64| {
        DeskError::refused(
            format!("跟进单 {number} 不在您手上，不能转交，或已经结束"),
            format!("case {number} is not yours to pass on, or is over"),
        )
    })
}

/// Who acts: shifts are people's, so the command line and the program itself have none.
fn person(scope: &Scope) -> Result<UserId> {
    scope.user().ok_or_else(|| {
        DeskError::refused("交接班和关注只属于登录的人", "handovers and watches belong to people who sign in")
    })
}

fn optional(text: Option<&str>, limit: usize) -> Result<Option<&str>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| written::within(text, limit, ["这段话", "this text has"])).transpose()
}

fn check(desk: &Desk, request: &HandoverRequest, note: Option<&str>, from: UserId) -> Result<()> {
    if note.is_none() && request.cases.is_empty() {
        return Err(DeskError::refused("请写一句话，或选一张跟进单", "write a note, or choose a case"));
    }
    if request.cases.len() > MOST as usize {
        return Err(DeskError::refused(
            format!("一次最多交接 {MOST} 张跟进单"),
            format!("at most {MOST} cases are handed over at once"),
        ));
    }
    let mut seen = HashSet::new();
    if !request.cases.iter().all(|item| seen.insert(item.case)) {
        return Err(DeskError::refused("有跟进单选了两次", "a case was chosen twice"));
    }
    if request.to == Some(from) {
        return Err(DeskError::refused("不能交接给自己", "nobody hands over to himself"));
    }
    if request.until <= desk.store.clock().now() {
        return Err(DeskError::refused("回来的时间已经过了", "the time of your return has passed"));
    }
    Ok(())
}

/// The cases as they are stored, or the number of the first that is not the writer's.
async fn items(
    tx: &mut Tx<'_>,
    scope: &Scope,
    from: UserId,
    request: &HandoverRequest,
    lines: &[Option<&str>],
) -> std::result::Result<std::result::Result<Vec<NewItem>, u64>, StoreError> {
    let now = tx.now();
    let promises = promised(tx, scope, request.until).await?;
    let mut items = Vec::new();
    for (item, line) in request.cases.iter().zip(lines) {
        let detail = case::get(tx, scope, item.case).await?.ok_or(StoreError::NotFound { what: "case" })?;
        let row = detail.row;
        let is_own = row.owner.as_ref().is_some_and(|owner| owner.id == from);
        if !row.state.is_live() || (item.passes && !is_own) {
            return Ok(Err(row.number));
        }
        let upcoming = upcoming(&row, promises.get(&row.id).copied());
        items.push(NewItem {
            case: row.id,
            shop: row.shop.id,
            passes: item.passes,
            reasons: upcoming.reasons(now, request.until),
            due_at: [upcoming.due, upcoming.promise].into_iter().flatten().min(),
            line: line.map(str::to_owned),
        });
    }
    Ok(Ok(items))
}

/// A page of handovers, the newest first; `offered` leaves only what the caller may take. Personal data is masked.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    state: Option<HandoverState>,
    offered: bool,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Handover>> {
    allow(scope, Action::ReadCases)?;
    let filter = HandoverFilter { state, offered_to: scope.user().filter(|_| offered), id: None };
    let filter = &filter;
    let page = desk
        .store
        .read(|tx| Box::pin(async move { handover::list(tx, scope, filter, cursor, limit).await }))
        .await?;
    Ok(Page { rows: page.rows.into_iter().map(masked).collect(), next: page.next })
}

/// The caller takes a handover: cases that pass become his, the others he keeps an eye on until their owner is back. A case
/// that is over, or that its writer no longer has, stays where it is.
///
/// # Errors
/// [`DeskError::Refused`] when it is over, his own, or names somebody else; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn take(desk: &Desk, scope: &Scope, id: HandoverId) -> Result<Taken> {
    allow(scope, Action::HandleCases)?;
    let me = person(scope)?;
    let taken = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let (state, parties) = handover::lock(tx, scope, id).await?;
                if let Err(refused) = state.taken(parties, Some(me), scope.may(Action::AssignCases)) {
                    return Ok(Err(refused));
                }
                let before =
                    handover::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "handover" })?;
                handover::end(tx, scope, id, HandoverState::Taken).await?;
                let mut left = Vec::new();
                for item in &before.items {
                    if !take_item(tx, desk, scope, me, &before, item).await? {
                        left.push(item.number);
                    }
                }
                let detail = json!({ "cases": before.items.len(), "left": left.len() });
                audit::append(tx, scope, "handover.take", "handover", &id.to_string(), &detail).await?;
                let after =
                    handover::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "handover" })?;
                Ok(Ok(Taken { handover: after, left }))
            })
        })
        .await?;
    taken.map(|taken| Taken { handover: masked(taken.handover), ..taken }).map_err(refusal)
}

async fn take_item(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    me: UserId,
    of: &Handover,
    item: &Item,
) -> std::result::Result<bool, StoreError> {
    let head = case::lock_for_change(tx, scope, item.case).await?;
    if !head.life.state.is_live() {
        return Ok(false);
    }
    if !item.passes {
        watch::set(tx, scope, me, (item.case, item.shop.id), Some(of.until)).await?;
        return Ok(true);
    }
    let is_his = head.life.owner.is_some() && head.life.owner == of.from.as_ref().map(|from| from.id);
    if !is_his {
        return Ok(false);
    }
    let said = item.line.as_deref().map(mask_text);
    let given = cases::hand_over(tx, scope, item.case, me, said.as_deref()).await?;
    if given.is_ok() {
        planning::renew(tx, scope, desk, &[item.case]).await?;
    }
    Ok(given.is_ok())
}

/// The writer takes a handover back.
///
/// # Errors
/// [`DeskError::Refused`] when it is over or somebody else's; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn withdraw(desk: &Desk, scope: &Scope, id: HandoverId) -> Result<Handover> {
    allow(scope, Action::HandleCases)?;
    let withdrawn = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let (state, parties) = handover::lock(tx, scope, id).await?;
                if let Err(refused) = state.withdrawn(parties, scope.user()) {
                    return Ok(Err(refused));
                }
                handover::end(tx, scope, id, HandoverState::Withdrawn).await?;
                audit::append(tx, scope, "handover.withdraw", "handover", &id.to_string(), &json!({}))
                    .await?;
                Ok(Ok(handover::get(tx, scope, id)
                    .await?
                    .ok_or(StoreError::NotFound { what: "handover" })?))
            })
        })
        .await?;
    withdrawn.map(masked).map_err(refusal)
}

/// What the caller keeps an eye on, what changed last first.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn watched(desk: &Desk, scope: &Scope) -> Result<Vec<Watched>> {
    allow(scope, Action::ReadCases)?;
    let me = person(scope)?;
    Ok(desk.store.read(|tx| Box::pin(async move { watch::list(tx, scope, me).await })).await?)
}

/// The caller keeps an eye on a case from now on, or no longer.
///
/// # Errors
/// [`DeskError::NotFound`] outside the scope; [`DeskError::Forbidden`].
pub async fn set_watch(desk: &Desk, scope: &Scope, id: CaseId, watches: bool) -> Result<Vec<Watched>> {
    allow(scope, Action::ReadCases)?;
    let me = person(scope)?;
    let rows = desk.store.write(|tx| {
        Box::pin(async move {
            let head = case::lock_for_change(tx, scope, id).await?;
            if watches {
                watch::set(tx, scope, me, (id, head.shop), None).await?;
            } else {
                watch::clear(tx, scope, me, id).await?;
            }
            let action = if watches { "case.watch" } else { "case.unwatch" };
            audit::append(tx, scope, action, "case", &id.to_string(), &json!({})).await?;
            watch::list(tx, scope, me).await
        })
    });
    Ok(rows.await?)
}

fn masked(mut handover: Handover) -> Handover {
    handover.note = handover.note.as_deref().map(mask_text);
    for item in &mut handover.items {
        item.line = item.line.as_deref().map(mask_text);
    }
    handover
}

fn refusal(refused: HandoverRefused) -> DeskError {
    let zh = match refused {
        HandoverRefused::Taken => "这份交接已经有同事接手",
        HandoverRefused::Withdrawn => "这份交接已经撤回",
        HandoverRefused::Own => "不能接手自己的交接；不需要了可以撤回",
        HandoverRefused::ForOther => "这份交接指定了别的同事",
        HandoverRefused::NotOwn => "只有写交接的人可以撤回",
    };
    DeskError::refused(zh, refused.to_string())
}
