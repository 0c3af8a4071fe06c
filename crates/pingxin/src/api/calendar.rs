//! The days that are not what their weekday says.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use pingxin_desk::calendar;
use pingxin_domain::calendar::{DayKind, SpecialDay};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct YearAsked {
    year: i16,
}

/// A day that is not what its weekday says.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarDay {
    #[schema(value_type = String, format = Date)]
    date: Date,
    #[schema(value_type = word::DayKind)]
    kind: DayKind,
    name: String,
    /// Whether the merchant set it; the others ship with the program.
    own: bool,
}

impl CalendarDay {
    fn of(day: SpecialDay, own: bool) -> Self {
        Self { date: day.date, kind: day.kind, name: day.name, own }
    }
}

/// The special days of a year.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarYear {
    days: Vec<CalendarDay>,
    /// The notice that the public days come from; null when this program does not know the year's.
    #[schema(required = true)]
    source: Option<&'static str>,
}

/// Public holidays, 调休 days of work, and the merchant's own days.
#[utoipa::path(get, path = "/api/v1/calendar", tag = "calendar", params(YearAsked),
    responses((status = 200, body = CalendarYear), BadRequest, SignedOut, Forbidden, Conflict))]
pub async fn get_calendar(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<YearAsked>,
) -> Result<Json<CalendarYear>, Problem> {
    let year = calendar::year(&app.desk, &session.scope, asked.year).await?;
    let days = year.days.into_iter().map(|(day, own)| CalendarDay::of(day, own)).collect();
    Ok(Json(CalendarYear { days, source: year.source }))
}

/// What a day is.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetDay {
    #[schema(value_type = word::DayKind)]
    kind: DayKind,
    /// At most 40 characters.
    name: String,
}

/// Says what a day is for this merchant, in place of what the public calendar says.
#[utoipa::path(put, path = "/api/v1/calendar/{date}", tag = "calendar", params(("date" = String, Path)),
    request_body = SetDay,
    responses((status = 200, body = CalendarDay), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn set_calendar_day(
    State(app): State<App>,
    Session(session): Session,
    Id(date): Id<Date>,
    Body(set): Body<SetDay>,
) -> Result<Json<CalendarDay>, Problem> {
    let day = calendar::set_day(&app.desk, &session.scope, date, set.kind, &set.name).await;
    Ok(Json(CalendarDay::of(day.map_err(Problem::of_field("name"))?, true)))
}

/// Takes an own day away.
#[utoipa::path(delete, path = "/api/v1/calendar/{date}", tag = "calendar", params(("date" = String, Path)),
    responses((status = 204, description = "Taken away"), SignedOut, Forbidden, NotFound))]
pub async fn clear_calendar_day(
    State(app): State<App>,
    Session(session): Session,
    Id(date): Id<Date>,
) -> Result<StatusCode, Problem> {
    calendar::clear_day(&app.desk, &session.scope, date).await?;
    Ok(StatusCode::NO_CONTENT)
}
