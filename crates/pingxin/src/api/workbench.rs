//! 工作台: the numbers of the start page, each with the list behind it.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use pingxin_desk::workbench::{self, Figure as DeskFigure};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::page::Count;
use super::refusal::{BadRequest, Forbidden, SignedOut};
use crate::http::App;
use crate::http::body::Asked;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Whose days.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct WorkbenchAsked {
    /// Where "yesterday" is counted, an IANA name; UTC unless given.
    timezone: Option<String>,
}

/// A number, and the list behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkbenchFigure {
    count: Count,
    /// The filter of the list of cases, as it stands in an address after `?`.
    query: String,
}

impl From<DeskFigure> for WorkbenchFigure {
    fn from(figure: DeskFigure) -> Self {
        Self { count: figure.count.into(), query: figure.query }
    }
}

/// One day that is over.
#[derive(Debug, Serialize, ToSchema)]
pub struct Yesterday {
    #[schema(value_type = String)]
    date: Date,
    opened: WorkbenchFigure,
    ended: WorkbenchFigure,
    /// With a contact, or the try of one.
    contacted: WorkbenchFigure,
}

/// What came in, what is due, what is late, what waits for me, and how yesterday was.
#[derive(Debug, Serialize, ToSchema)]
pub struct Workbench {
    at: Timestamp,
    /// Opened, and nobody has them.
    new: WorkbenchFigure,
    /// Due within two hours.
    due_soon: WorkbenchFigure,
    overdue: WorkbenchFigure,
    /// With a clock that has run out.
    clock_overdue: WorkbenchFigure,
    /// With a clock that runs out within two hours.
    clock_soon: WorkbenchFigure,
    /// That the supervisor should look at.
    escalated: WorkbenchFigure,
    /// Buyers who may be contacted now.
    contacts: WorkbenchFigure,
    /// With a deadline within three days.
    deadlines_3: WorkbenchFigure,
    /// With a deadline within seven days.
    deadlines_7: WorkbenchFigure,
    /// Those that I have and that wait for nobody else.
    mine: WorkbenchFigure,
    yesterday: Yesterday,
}

/// The numbers of the start page.
#[utoipa::path(get, path = "/api/v1/workbench", tag = "case", params(WorkbenchAsked),
    responses((status = 200, body = Workbench), BadRequest, SignedOut, Forbidden))]
pub async fn get_workbench(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<WorkbenchAsked>,
) -> Result<Json<Workbench>, Problem> {
    let zone = match asked.timezone.as_deref().filter(|name| !name.is_empty()) {
        None => TimeZone::UTC,
        Some(name) => TimeZone::get(name).map_err(|_| {
            Problem::bad_request(
                "timezone 应为 IANA 时区名，如 Asia/Shanghai",
                "`timezone` must be a name of IANA, such as Asia/Shanghai",
            )
        })?,
    };
    let bench = workbench::workbench(&app.desk, &session.scope, &zone).await?;
    Ok(Json(Workbench {
        at: bench.at,
        new: bench.new.into(),
        due_soon: bench.due_soon.into(),
        overdue: bench.overdue.into(),
        clock_overdue: bench.clock_overdue.into(),
        clock_soon: bench.clock_soon.into(),
        escalated: bench.escalated.into(),
        contacts: bench.contacts.into(),
        deadlines_3: bench.deadlines_3.into(),
        deadlines_7: bench.deadlines_7.into(),
        mine: bench.mine.into(),
        yesterday: Yesterday {
            date: bench.yesterday.date,
            opened: bench.yesterday.opened.into(),
            ended: bench.yesterday.ended.into(),
            contacted: bench.yesterday.contacted.into(),
        },
    }))
}
