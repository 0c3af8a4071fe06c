//! Clocks: when a shop's team works, how long things may take, the roster 排班, and the clocks of a case.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::clocks;
use pingxin_domain::clock::{Clock, ClockKind, Goals, Hours, Shift as DomainShift, Span, Stage};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{ShiftId, ShopId, UserId};
use pingxin_store::shift::ShiftRow;
use pingxin_store::shop_clock::ShopClocks as StoredClocks;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case::Person;
use super::moment::Moment;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A part of a day, in minutes of the local clock from midnight.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct DaySpan {
    from: u16,
    /// Not included; at most 1440.
    to: u16,
}

impl From<Span> for DaySpan {
    fn from(span: Span) -> Self {
        Self { from: span.from, to: span.to }
    }
}

fn spans(shown: Vec<DaySpan>) -> Vec<Span> {
    shown.into_iter().map(|span| Span { from: span.from, to: span.to }).collect()
}

fn shown(spans: Vec<Span>) -> Vec<DaySpan> {
    spans.into_iter().map(DaySpan::from).collect()
}

/// When a shop's team works, by the shop's local clock.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ShopHours {
    /// Monday to Sunday: seven lists of spans in order.
    #[schema(value_type = Vec<Vec<DaySpan>>)]
    week: [Vec<DaySpan>; 7],
    /// On holidays.
    holiday: Vec<DaySpan>,
    /// On weekend days that are worked 调休.
    workday: Vec<DaySpan>,
    /// Whether the public days of China count; the merchant's own always do.
    public_days: bool,
}

/// How long things may take, in minutes of working time. What is null has no clock.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ShopGoals {
    /// From the opening of the case to the first contact or public reply.
    #[schema(required = true)]
    first_response: Option<u32>,
    /// From a message of the buyer to the next one of the shop.
    #[schema(required = true)]
    next_response: Option<u32>,
    /// From the opening of the case to its end.
    #[schema(required = true)]
    resolution: Option<u32>,
    /// From a question to another department to its answer, where nobody said until when.
    #[schema(required = true)]
    task: Option<u32>,
    /// After so many percent of a goal somebody is warned; 1 to 99.
    warn_percent: u8,
    /// So long after the goal the supervisor is told.
    #[schema(required = true)]
    escalate_after: Option<u32>,
    /// On duty and without a deed for so long while something is expected, whoever has a case loses it.
    #[schema(required = true)]
    silence: Option<u32>,
}

/// The hours and goals of a shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopClocks {
    hours: ShopHours,
    goals: ShopGoals,
    /// Null while they are those that the program begins with.
    #[schema(required = true)]
    set_at: Option<Timestamp>,
}

impl From<StoredClocks> for ShopClocks {
    fn from(stored: StoredClocks) -> Self {
        let StoredClocks { hours, goals, set_at } = stored;
        let Goals { first_response, next_response, resolution, task, warn_percent, escalate_after, silence } =
            goals;
        Self {
            hours: ShopHours {
                week: hours.week.map(shown),
                holiday: shown(hours.holiday),
                workday: shown(hours.workday),
                public_days: hours.public_days,
            },
            goals: ShopGoals {
                first_response,
                next_response,
                resolution,
                task,
                warn_percent,
                escalate_after,
                silence,
            },
            set_at,
        }
    }
}

/// The hours and goals of a shop; those that the program begins with where nobody said otherwise.
#[utoipa::path(get, path = "/api/v1/shops/{id}/clocks", tag = "clock", params(("id" = Uuid, Path)),
    responses((status = 200, body = ShopClocks), SignedOut, Forbidden, NotFound))]
pub async fn get_shop_clocks(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
) -> Result<Json<ShopClocks>, Problem> {
    Ok(Json(clocks::of_shop(&app.desk, &session.scope, id).await?.into()))
}

/// Hours and goals to set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetShopClocks {
    hours: ShopHours,
    goals: ShopGoals,
}

/// Says when a shop's team works and how long things may take; every clock of its cases is counted anew.
#[utoipa::path(put, path = "/api/v1/shops/{id}/clocks", tag = "clock", params(("id" = Uuid, Path)),
    request_body = SetShopClocks,
    responses((status = 200, body = ShopClocks), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn set_shop_clocks(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
    Body(set): Body<SetShopClocks>,
) -> Result<Json<ShopClocks>, Problem> {
    let hours = Hours {
        week: set.hours.week.map(spans),
        holiday: spans(set.hours.holiday),
        workday: spans(set.hours.workday),
        public_days: set.hours.public_days,
    };
    let ShopGoals { first_response, next_response, resolution, task, warn_percent, escalate_after, silence } =
        set.goals;
    let goals =
        Goals { first_response, next_response, resolution, task, warn_percent, escalate_after, silence };
    let stored = clocks::set_of_shop(&app.desk, &session.scope, id, &hours, &goals).await?;
    Ok(Json(stored.into()))
}

/// Which part of the roster.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RosterAsked {
    /// What ends after this: an instant, or a date at 00:00 UTC.
    #[param(value_type = String)]
    from: Moment,
    /// What begins before this; at most 93 days later.
    #[param(value_type = String)]
    to: Moment,
}

/// A shift, or an absence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shift {
    id: Uuid,
    person: Person,
    from: Timestamp,
    /// Not included.
    to: Timestamp,
    /// Out of office 请假, which counts before any shift.
    away: bool,
}

impl From<ShiftRow> for Shift {
    fn from(row: ShiftRow) -> Self {
        let DomainShift { from, to, is_away } = row.shift;
        Self { id: row.id.uuid(), person: row.person.into(), from, to, away: is_away }
    }
}

/// A part of the roster, the first first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Roster {
    shifts: Vec<Shift>,
}

/// Who is on duty when, and who is away.
#[utoipa::path(get, path = "/api/v1/shifts", tag = "clock", params(RosterAsked),
    responses((status = 200, body = Roster), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn list_shifts(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<RosterAsked>,
) -> Result<Json<Roster>, Problem> {
    let (from, to) = (asked.from.instant(), asked.to.instant());
    let shifts = clocks::roster(&app.desk, &session.scope, from, to).await?;
    Ok(Json(Roster { shifts: shifts.into_iter().map(Shift::from).collect() }))
}

/// A shift or absence to put into the roster.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewShift {
    #[schema(value_type = Uuid)]
    person: UserId,
    from: Timestamp,
    to: Timestamp,
    /// An absence; a shift unless given.
    #[serde(default)]
    away: bool,
}

/// Shifts to put into the roster, at most 500.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewShifts {
    shifts: Vec<NewShift>,
}

/// The ids of shifts, in the order they were given.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftIds {
    ids: Vec<Uuid>,
}

/// Puts shifts and absences into the roster, all or none.
#[utoipa::path(post, path = "/api/v1/shifts", tag = "clock", request_body = NewShifts,
    responses((status = 201, body = ShiftIds), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn create_shifts(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewShifts>,
) -> Result<(StatusCode, Json<ShiftIds>), Problem> {
    let shifts: Vec<(UserId, DomainShift)> = new
        .shifts
        .into_iter()
        .map(|new| (new.person, DomainShift { from: new.from, to: new.to, is_away: new.away }))
        .collect();
    let ids = clocks::add_shifts(&app.desk, &session.scope, &shifts).await?;
    Ok((StatusCode::CREATED, Json(ShiftIds { ids: ids.into_iter().map(Identifier::uuid).collect() })))
}

/// Takes a shift or absence out of the roster.
#[utoipa::path(delete, path = "/api/v1/shifts/{id}", tag = "clock", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_shift(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShiftId>,
) -> Result<StatusCode, Problem> {
    clocks::delete_shift(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A clock of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseClock {
    #[schema(value_type = word::ClockKind)]
    kind: ClockKind,
    /// The question to another department it is about.
    #[schema(required = true)]
    task: Option<Uuid>,
    since: Timestamp,
    /// When its time is up, if nothing changes; null while it stands, because the buyer is waited for.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    /// Seconds of working time that are left while it stands.
    #[schema(required = true)]
    left_seconds: Option<i64>,
    /// Null before the warning.
    #[schema(value_type = Option<word::ClockStage>, required = true)]
    stage: Option<Stage>,
}

impl CaseClock {
    pub(super) fn of(clock: &Clock, now: Timestamp) -> Self {
        Self {
            kind: clock.kind,
            task: clock.task.map(Identifier::uuid),
            since: clock.since,
            due_at: clock.due,
            left_seconds: clock.left.map(|left| left.as_secs()),
            stage: clock.stage(now),
        }
    }
}

/// The clock of a case that is due first.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextClock {
    #[schema(value_type = word::ClockKind)]
    kind: ClockKind,
    due_at: Timestamp,
}

impl NextClock {
    pub(super) fn of((kind, due_at): (ClockKind, Timestamp)) -> Self {
        Self { kind, due_at }
    }
}
