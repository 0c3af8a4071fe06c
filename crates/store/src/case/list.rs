//! Pages of cases.

use jiff::Timestamp;
use pingxin_domain::cadence::ContactChannel;
use pingxin_domain::case::{CaseKind, CaseState, Life, Outcome, Waiting, WaitingFor};
use pingxin_domain::clock::ClockKind;
use pingxin_domain::list::Match;
use pingxin_domain::plan::{NextContact, NextDeadline};
use pingxin_domain::playbook::StepCode;
use pingxin_domain::time::to_micros;
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{CaseId, Scope, ShopId, UserId};
use pingxin_language::{Cause, Fault};
use uuid::Uuid;

use super::change::read_life;
use super::matter::{self, CaseMatter};
use super::read_reason;
use crate::filter::build::{Asked, Shape};
use crate::filter::drive::Wanted;
use crate::filter::group::{Names, OF_CASE};
use crate::filter::plan::{self, Plan};
use crate::filter::{Filter, Owner};
use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::review::{ReviewRow, read_row, review_columns, show_tags};
use crate::sealed::Keys;
use crate::sql::{Built, Columns};
use crate::{Engine, StoreError, Tx};

/// A case as lists show it.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Id.
    pub id: CaseId,
    /// Number within the merchant, from 1.
    pub number: u64,
    /// What it is about.
    pub kind: CaseKind,
    /// How far it has come.
    pub state: CaseState,
    /// Its shop.
    pub shop: ShopRef,
    /// 0 to 100.
    pub severity: u8,
    /// The most important cause.
    pub primary_cause: Option<Cause>,
    /// Whose fault.
    pub fault: Option<Fault>,
    /// Why it was opened.
    pub reason: CaseReason,
    /// When.
    pub opened_at: Timestamp,
    /// When anything of it last changed.
    pub updated_at: Timestamp,
    /// What it waits for.
    pub waiting: Option<Waiting>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When.
    pub closed_at: Option<Timestamp>,
    /// The case that it goes on in.
    pub merged_into: Option<CaseId>,
    /// By when the next step is due.
    pub due_at: Option<Timestamp>,
    /// What the plan says is next.
    pub next: Next,
    /// The clock that is due first, and when.
    pub clock: Option<(ClockKind, Timestamp)>,
    /// Since when the supervisor should look.
    pub escalated_at: Option<Timestamp>,
    /// Who has it.
    pub owner: Option<UserRef>,
    /// Grows with every change.
    pub version: u64,
    /// The review it is about; none of another kind.
    pub review: Option<ReviewRow>,
    /// What it is about when that is no review.
    pub matter: Option<CaseMatter>,
}

impl CaseRow {
    /// Of which order.
    #[must_use]
    pub fn order_number(&self) -> Option<&str> {
        let review = self.review.as_ref().and_then(|review| review.order_number.as_deref());
        review.or_else(|| self.matter.as_ref().and_then(|matter| matter.order_number.as_deref()))
    }

    /// Its words: those of the review, its title where there are none, or what was said of the matter.
    #[must_use]
    pub fn words(&self) -> &str {
        match (&self.review, &self.matter) {
            (Some(review), _) if review.text.is_empty() => review.title.as_deref().unwrap_or_default(),
            (Some(review), _) => &review.text,
            (None, Some(matter)) => &matter.matter.text,
            (None, None) => "",
        }
    }
}

/// What the plan of a case says is next, as it was last worked out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next {
    /// The step.
    pub step: Option<StepCode>,
    /// The contact.
    pub contact: Option<NextContact>,
    /// The deadline.
    pub deadline: Option<NextDeadline>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The most urgent first, the longest waiting first among equals.
    #[default]
    Severity,
    /// The last opened first.
    Newest,
    /// The first opened first.
    Oldest,
    /// The last changed first.
    Updated,
    /// The soonest due first; those that are not due at all last, the first opened first.
    Due,
    /// By when the buyer may be contacted; those without a contact last.
    Contact,
    /// By the next deadline; those without one last.
    Deadline,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 7] =
        [Self::Severity, Self::Newest, Self::Oldest, Self::Updated, Self::Due, Self::Contact, Self::Deadline];

    /// The name of its cursors.
    fn name(self) -> u8 {
        match self {
            Self::Severity => 10,
            Self::Newest => 11,
            Self::Oldest => 12,
            Self::Updated => 13,
            Self::Due => 14,
            Self::Contact => 15,
            Self::Deadline => 16,
        }
    }

    /// The words of an order by an instant that not every case has.
    fn timed(self) -> Option<&'static Timed> {
        match self {
            Self::Due => Some(&DUE),
            Self::Contact => Some(&CONTACT),
            Self::Deadline => Some(&DEADLINE),
            Self::Severity | Self::Newest | Self::Oldest | Self::Updated => None,
        }
    }
}

/// An order by an instant that not every case has, in SQL.
struct Timed {
    column: &'static str,
    some: &'static str,
    none: &'static str,
    after: &'static str,
    order: &'static str,
    union: &'static str,
    union_order: &'static str,
    index: &'static str,
}

macro_rules! timed {
    ($column:literal, $index:literal) => {
        Timed {
            column: concat!(", c.", $column, " AS ", $column),
            some: concat!(" AND c.", $column, " IS NOT NULL"),
            none: concat!(" AND c.", $column, " IS NULL"),
            after: concat!(" AND (c.", $column, ", c.number) > ("),
            order: concat!(" ORDER BY c.", $column, ", c.number"),
            union: concat!("u.number, u.", $column),
            union_order: concat!(" ORDER BY ", $column, ", number"),
            index: concat!(" INDEXED BY ", $index),
        }
    };
}

const DUE: Timed = timed!("due_at", "cases_due");
const CONTACT: Timed = timed!("next_contact_at", "cases_contact");
const DEADLINE: Timed = timed!("next_deadline_at", "cases_deadline");

/// Stands for "no deadline" in a cursor: after every instant.
const NEVER: i64 = i64::MAX;

/// The columns that [`read`] reads.
macro_rules! case_columns {
    () => {
        concat!(
            "c.id, c.number, c.kind, ",
            crate::case::change::life_columns!(),
            ", u.display_name, c.severity, c.primary_cause, c.fault, c.reason, c.opened_at, c.updated_at, c.closed_at, \
             c.merged_into, c.due_at, c.next_step, c.next_contact, c.next_contact_at, c.next_contact_until, \
             c.next_deadline, c.next_deadline_at, c.clock, c.clock_due_at, c.escalated_at, c.version, s.id, s.name, \
             s.platform, ",
            crate::case::matter::matter_columns!(),
            ", ",
            review_columns!()
        )
    };
}
pub(super) use case_columns;

/// The tables beside `cases c`.
macro_rules! case_joins {
    () => {
        " LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
          LEFT JOIN shops s ON s.tenant_id = c.tenant_id AND s.id = c.shop_id \
          LEFT JOIN buyers b ON b.tenant_id = c.tenant_id AND b.id = coalesce(r.buyer_id, c.buyer_id) \
          LEFT JOIN case_matters m ON m.tenant_id = c.tenant_id AND m.case_id = c.id \
          LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.owner_user_id"
    };
}
pub(super) use case_joins;

pub(super) fn read(row: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<CaseRow, StoreError> {
    let (id, number, kind) = (row.id()?, row.unsigned()?, row.code(CaseKind::from_code)?);
    let Life { state, owner, waiting, outcome } = read_life(row)?;
    let name = row.opt_text()?;
    let owner = UserRef::of(owner, name);
    let severity = row.byte()?;
    let primary_cause = row.opt_code(|code| code.parse().ok())?;
    let fault = row.opt_code(|code| code.parse().ok())?;
    let (reason, opened_at, updated_at) = (row.code(read_reason)?, row.instant()?, row.instant()?);
    let (closed_at, merged_into, due_at) = (row.opt_instant()?, row.opt_id()?, row.opt_instant()?);
    let next = read_next(row)?;
    let (clock, clock_due) = (row.opt_code(ClockKind::from_code)?, row.opt_instant()?);
    let escalated_at = row.opt_instant()?;
    let version = row.unsigned()?;
    let shop = ShopRef::read(row)?;
    let matter = matter::read(row, scope, keys)?;
    let review = if kind.has_review() { Some(read_row(row, scope, keys)?) } else { None };
    let matter = Some(matter).filter(|_| !kind.has_review());
    Ok(CaseRow {
        id,
        number,
        kind,
        state,
        shop,
        severity,
        primary_cause,
        fault,
        reason,
        opened_at,
        updated_at,
        waiting,
        outcome,
        closed_at,
        merged_into,
        due_at,
        next,
        clock: clock.zip(clock_due),
        escalated_at,
        owner,
        version,
        review,
        matter,
    })
}

fn read_next(row: &mut Columns<'_>) -> Result<Next, StoreError> {
    let step = row.opt_code(StepCode::from_code)?;
    let channel = row.opt_code(ContactChannel::from_code)?;
    let (from, to) = (row.opt_instant()?, row.opt_instant()?);
    let contact = channel.zip(from).zip(to).map(|((channel, from), to)| NextContact { channel, from, to });
    let (what, at) = (row.opt_text()?, row.opt_instant()?);
    Ok(Next { step, contact, deadline: what.zip(at).map(|(what, at)| NextDeadline { what, at }) })
}

/// Which part of a list: that with deadlines, or that without. Only the order by deadline has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Timed,
    Untimed,
}

/// The index of the order itself, narrowed where one condition stands before it in an index.
fn walk<'a>(built: &mut Built<'a>, asked: Asked<'a>, sort: Sort, part: Part) -> Names {
    let times = asked.filter.times.index();
    let narrowed =
        if sort == Sort::Severity && times.is_none() { narrow(asked.filter) } else { Narrowed::No };
    let index = match (times, narrowed) {
        (Some(index), _) => index,
        (None, Narrowed::Owner(_)) => " INDEXED BY cases_owner",
        (None, Narrowed::Unowned) => " INDEXED BY cases_unowned",
        (None, Narrowed::State(_)) => " INDEXED BY cases_state",
        (None, Narrowed::Shop(_)) => " INDEXED BY cases_shop",
        (None, Narrowed::Outcome(_)) => " INDEXED BY cases_outcome",
        (None, Narrowed::Waiting(_)) => " INDEXED BY cases_waiting",
        (None, Narrowed::No) => match (sort.timed(), part) {
            (Some(timed), Part::Timed) => timed.index,
            _ if sort == Sort::Severity => " INDEXED BY cases_severity",
            _ if sort == Sort::Updated => " INDEXED BY cases_updated",
            _ => " INDEXED BY cases_newest",
        },
    };
    built.push(" FROM cases c").push(if asked.engine == Engine::Sqlite { index } else { "" });
    built.with(" WHERE c.tenant_id = ", asked.scope.tenant);
    match narrowed {
        Narrowed::No => built,
        Narrowed::Owner(user) => built.with(" AND c.owner_user_id IS NOT NULL AND c.owner_user_id = ", user),
        Narrowed::Unowned => built.push(" AND c.owner_user_id IS NULL"),
        Narrowed::State(state) => built.with(" AND c.state = ", state.code()),
        Narrowed::Shop(shop) => built.with(" AND c.shop_id = ", shop),
        Narrowed::Outcome(outcome) => {
            built.with(" AND c.outcome IS NOT NULL AND c.outcome = ", outcome.code())
        }
        Narrowed::Waiting(on) => built.with(" AND c.waiting_for IS NOT NULL AND c.waiting_for = ", on.code()),
    };
    Names {
        tenant: asked.scope.tenant,
        facets: "c.facets",
        position: "c.position",
        review: false,
        case: OF_CASE,
    }
}

/// A single value that an index has before the severity.
#[derive(Debug, Clone, Copy)]
enum Narrowed {
    No,
    Owner(UserId),
    Unowned,
    State(CaseState),
    Shop(ShopId),
    Outcome(Outcome),
    Waiting(WaitingFor),
}

fn narrow(filter: &Filter) -> Narrowed {
    if filter.joined == Match::Any {
        return Narrowed::No;
    }
    match (filter.handlers.as_slice(), filter.states.as_slice(), filter.shops.as_slice()) {
        ([Owner::User(user)], ..) => Narrowed::Owner(*user),
        ([Owner::None], ..) => Narrowed::Unowned,
        _ if filter.outcomes.len() == 1 => {
            filter.outcomes.first().map_or(Narrowed::No, |one| Narrowed::Outcome(*one))
        }
        _ if filter.waiting.len() == 1 => {
            filter.waiting.first().map_or(Narrowed::No, |one| Narrowed::Waiting(*one))
        }
        (_, [state], _) => Narrowed::State(*state),
        (_, _, [shop]) => Narrowed::Shop(*shop),
        _ => Narrowed::No,
    }
}

/// The statement of one page.
pub(crate) fn built_list<'a>(
    asked: Asked<'a>,
    plan: &Plan<'a>,
    (sort, part): (Sort, Part),
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let head = [concat!("SELECT ", case_columns!(), " FROM ("), case_joins!()];
    built_page(asked, plan, (sort, part), after, limit, head)
}

/// The same of any columns of the cases, with the tables that those need.
fn built_page<'a>(
    asked: Asked<'a>,
    plan: &Plan<'a>,
    (sort, part): (Sort, Part),
    after: Option<Cursor>,
    limit: u32,
    [head, joins]: [&'static str; 2],
) -> Built<'a> {
    let columns = |built: &mut Built<'_>, _: Names| {
        built.push("c.number AS number");
        built.push(match sort {
            Sort::Severity => ", c.severity AS severity",
            Sort::Updated => ", c.updated_at AS updated_at",
            timed => timed.timed().map_or("", |timed| timed.column),
        });
    };
    let cursor = |built: &mut Built<'_>, _: Names| {
        match part {
            Part::Whole => {}
            Part::Timed => {
                built.push(sort.timed().map_or("", |timed| timed.some));
            }
            Part::Untimed => {
                built.push(sort.timed().map_or("", |timed| timed.none));
            }
        }
        let Some(after) = after else { return };
        match (sort, part) {
            (Sort::Severity, _) => {
                // Lets the index begin at the right place.
                built.with(" AND c.severity <= ", after.first).with(" AND (c.severity < ", after.first);
                built.with(" OR c.number > ", after.second).push(")");
            }
            (Sort::Newest, _) => {
                built.with(" AND c.number < ", after.first);
            }
            (Sort::Oldest, _) => {
                built.with(" AND c.number > ", after.first);
            }
            (Sort::Updated, _) => {
                built.with(" AND (c.updated_at, c.number) < (", after.first);
                built.with(", ", after.second).push(")");
            }
            (_, Part::Untimed) => {
                built.with(" AND c.number > ", after.second);
            }
            (timed, _) => {
                let after_which = timed.timed().map_or(" AND (c.number, c.number) > (", |timed| timed.after);
                built.with(after_which, after.first);
                built.with(", ", after.second).push(")");
            }
        }
    };
    let order = |_: Names| match (sort, part) {
        (Sort::Severity, _) => " ORDER BY c.severity DESC, c.number",
        (Sort::Newest, _) => " ORDER BY c.number DESC",
        (Sort::Updated, _) => " ORDER BY c.updated_at DESC, c.number DESC",
        (_, Part::Untimed) => " ORDER BY c.number",
        (timed, _) => timed.timed().map_or(" ORDER BY c.number", |timed| timed.order),
    };
    let (union, union_order) = match sort {
        Sort::Severity => ("u.number, u.severity", " ORDER BY severity DESC, number"),
        Sort::Newest => ("u.number", " ORDER BY number DESC"),
        Sort::Updated => ("u.number, u.updated_at", " ORDER BY updated_at DESC, number DESC"),
        timed => {
            timed.timed().map_or(("u.number", " ORDER BY number"), |timed| (timed.union, timed.union_order))
        }
    };
    let shape = Shape {
        wanted: Wanted { review: false, case: true },
        columns: &columns,
        union,
        after: &cursor,
        order: &order,
        union_order,
        limit: u64::from(limit),
    };
    let mut built = Built::new(head);
    asked.push_entries(&mut built, plan, &shape, |built| walk(built, asked, sort, part));
    built.push(if asked.engine == Engine::Sqlite { ") p CROSS JOIN " } else { ") p JOIN " });
    built.with("cases c ON c.tenant_id = ", asked.scope.tenant).push(" AND c.number = p.number");
    let no_names =
        Names { tenant: asked.scope.tenant, facets: "", position: "", review: false, case: OF_CASE };
    built.push(joins).push(order(no_names));
    built
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(asked: Asked<'a>, plan: &Plan<'a>) -> Built<'a> {
    let several =
        matches!(plan, Plan::Probe(_)) || matches!(plan, Plan::Lists(branches) if branches.len() > 1);
    let shape = Shape {
        wanted: Wanted { review: false, case: true },
        columns: &|built, _| {
            built.push(if several { "c.number AS number" } else { "1" });
        },
        union: "u.number",
        after: &|_, _| {},
        order: &|_| "",
        union_order: "",
        limit: 1001,
    };
    let mut built = Built::new("SELECT count(*) FROM (");
    // By severity, so that a single state, owner or shop narrows the walk.
    asked.push_entries(&mut built, plan, &shape, |built| walk(built, asked, Sort::Severity, Part::Whole));
    built.push(") counted");
    built
}

/// One page.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    sort: Sort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<CaseRow>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, sort.name())?;
    let Some(plan) = plan::choose(tx, scope, filter, false).await? else {
        return Ok(Page { rows: Vec::new(), next: None });
    };
    let plan = plan.and_unreviewed(filter);
    let asked = Asked { engine: tx.engine(), scope, filter };
    let parts: &[Part] = match (sort.timed(), after) {
        (Some(_), Some(after)) if after.first == NEVER => &[Part::Untimed],
        (Some(_), _) => &[Part::Timed, Part::Untimed],
        (None, _) => &[Part::Whole],
    };
    let keys = tx.keys();
    let mut rows: Vec<CaseRow> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let left = limit + 1 - u32::try_from(rows.len()).unwrap_or(limit);
        if left == 0 {
            break;
        }
        let after = if at == 0 { after } else { None };
        let built = built_list(asked, &plan, (sort, *part), after, left);
        let mut found = tx.all_built("case::list", built).await?;
        let mut walked = plan.clone();
        while let Some(next) = walked.after(found.len(), left as usize) {
            let built = built_list(asked, &next, (sort, *part), after, left);
            found = tx.all_built("case::list", built).await?;
            walked = next;
        }
        for row in found {
            rows.push(read(&mut row.columns(), scope, &keys)?);
        }
    }
    show_tags(tx, scope, rows.iter_mut().filter_map(|row| row.review.as_mut())).await?;
    Ok(Page::cut(rows, limit, |last| {
        let number = i64::try_from(last.number).unwrap_or(i64::MAX);
        match sort {
            Sort::Severity => Cursor::new(sort.name(), i64::from(last.severity), number),
            Sort::Newest | Sort::Oldest => Cursor::new(sort.name(), number, 0),
            Sort::Updated => Cursor::new(sort.name(), to_micros(last.updated_at), number),
            Sort::Due => Cursor::new(sort.name(), last.due_at.map_or(NEVER, to_micros), number),
            Sort::Contact => {
                let at = last.next.contact.map_or(NEVER, |contact| to_micros(contact.from));
                Cursor::new(sort.name(), at, number)
            }
            Sort::Deadline => {
                let at = last.next.deadline.as_ref().map_or(NEVER, |deadline| to_micros(deadline.at));
                Cursor::new(sort.name(), at, number)
            }
        }
    }))
}

/// The ids of the first opened cases that a filter finds.
///
/// # Errors
/// The database's error.
pub async fn ids(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<Uuid>, StoreError> {
    let Some(plan) = plan::choose(tx, scope, filter, false).await? else { return Ok(Vec::new()) };
    let plan = plan.whole().and_unreviewed(filter);
    let asked = Asked { engine: tx.engine(), scope, filter };
    let built =
        built_page(asked, &plan, (Sort::Oldest, Part::Whole), None, limit, ["SELECT c.id FROM (", ""]);
    let rows = tx.all_built("case::ids", built).await?;
    rows.iter().map(|row| row.columns().uuid()).collect()
}

/// How many, up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter) -> Result<Count, StoreError> {
    let chosen = plan::choose_count(tx, scope, filter, false).await?;
    let Some((plan, is_part)) = chosen else { return Ok(Count::of(0)) };
    let plan = plan.and_unreviewed(filter);
    let asked = Asked { engine: tx.engine(), scope, filter };
    let counted = tx.count_built("case::count", built_count(asked, &plan)).await?;
    Ok(if is_part { Count::at_least(counted) } else { counted })
}

/// Every statement there can be, with filters and plans that use every condition and list.
pub(crate) fn samples(engine: Engine, scope: &Scope) -> Vec<(&'static str, String)> {
    let mut texts = Vec::new();
    for filter in crate::filter::samples() {
        let asked = Asked { engine, scope, filter: &filter };
        for plan in plan::samples(&filter, engine) {
            texts.push(("case::count", built_count(asked, &plan).text));
            for sort in Sort::ALL {
                let parts: &[Part] =
                    if sort.timed().is_some() { &[Part::Timed, Part::Untimed] } else { &[Part::Whole] };
                for (part, after) in parts
                    .iter()
                    .flat_map(|part| [None, Some(Cursor::new(sort.name(), 0, 0))].map(|after| (*part, after)))
                {
                    texts.push(("case::list", built_list(asked, &plan, (sort, part), after, 1).text));
                }
            }
        }
    }
    texts
}
