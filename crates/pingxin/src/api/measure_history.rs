//! How the figures of a shop went over the last year.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::measures::{self, History, HistoryLine, TypedLine};
use pingxin_domain::figure::FigureUnit;
use pingxin_domain::rating::Window;
use pingxin_domain::{Object, ShopId};
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::Id;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What a window showed at one instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasurePoint {
    at: Timestamp,
    positive: u64,
    total: u64,
    /// Whole, rounded half up; null without a rating.
    #[schema(required = true)]
    positive_percent: Option<u64>,
}

/// A line: a window of one kind of review.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureLine {
    #[schema(value_type = word::ReviewObject)]
    object: Object,
    #[schema(value_type = word::MeasureBasis)]
    basis: &'static str,
    #[schema(value_type = word::RatingWindow)]
    window: Window,
    /// One every 30 days, the oldest first. What is gone since counts until it went.
    points: Vec<MeasurePoint>,
}

impl From<HistoryLine> for MeasureLine {
    fn from(line: HistoryLine) -> Self {
        let points = line.points.into_iter().map(|point| MeasurePoint {
            at: point.at,
            positive: point.count.positive,
            total: point.count.total(),
            positive_percent: point.count.positive_percent(),
        });
        Self { object: line.object, basis: line.basis.code(), window: line.window, points: points.collect() }
    }
}

/// What was typed on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TypedPoint {
    at: Timestamp,
    /// Digits with at most six decimals.
    value: String,
}

/// A line of what people typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct TypedMeasureLine {
    /// A known code such as `dsr_service`, or the name as it was typed.
    name: String,
    #[schema(value_type = Option<word::FigureUnit>, required = true)]
    unit: Option<FigureUnit>,
    /// The oldest first.
    points: Vec<TypedPoint>,
}

impl From<TypedLine> for TypedMeasureLine {
    fn from(line: TypedLine) -> Self {
        let points = line.points.into_iter().map(|(at, value)| TypedPoint { at, value: value.to_string() });
        Self { name: line.name, unit: line.unit, points: points.collect() }
    }
}

/// How the figures of a shop went.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureHistory {
    lines: Vec<MeasureLine>,
    /// Figures that were typed once are no line.
    typed: Vec<TypedMeasureLine>,
}

/// What each window of a shop showed over the last year, and what people typed.
#[utoipa::path(get, path = "/api/v1/shops/{id}/measures/history", tag = "figure", params(("id" = Uuid, Path)),
    responses((status = 200, body = MeasureHistory), SignedOut, Forbidden, NotFound))]
pub async fn get_measure_history(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
) -> Result<Json<MeasureHistory>, Problem> {
    let History { lines, typed } = measures::history(&app.desk, &session.scope, id).await?;
    Ok(Json(MeasureHistory {
        lines: lines.into_iter().map(MeasureLine::from).collect(),
        typed: typed.into_iter().map(TypedMeasureLine::from).collect(),
    }))
}
