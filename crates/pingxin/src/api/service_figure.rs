//! How a shop sends and answers, what its platform shows of its scores, and what sellers tell each other.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::measures::{self, LateMessage};
use pingxin_domain::ShopId;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::pack::Grade;
use pingxin_domain::rating::{Compare, OrderMeasure, Span};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::figure::Figure;
use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::rule_source::{RuleSource, sources};
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What the platform asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureTarget {
    /// `true`: the rate must stay strictly below; else strictly above.
    below: bool,
    /// A share, 0 to 1.
    limit: f64,
}

/// A figure over orders or messages, in one of its windows.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceFigure {
    #[schema(value_type = word::ServiceMeasure)]
    code: &'static str,
    /// Of which list of orders its numbers are; null for messages.
    #[schema(value_type = Option<word::OrderMeasure>, required = true)]
    orders: Option<OrderMeasure>,
    /// Length of the window in days.
    days: u16,
    /// The first instant that is inside.
    from: Timestamp,
    /// The first instant that is outside.
    to: Timestamp,
    numerator: u64,
    denominator: u64,
    /// Orders of which too little is known, or messages that still have time.
    uncounted: u64,
    /// Unrounded.
    #[schema(required = true)]
    rate: Option<f64>,
    /// Null where none is known.
    #[schema(required = true)]
    target: Option<FigureTarget>,
    #[schema(required = true)]
    meets: Option<bool>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    source: Vec<RuleSource>,
}

impl From<measures::ServiceFigure> for ServiceFigure {
    fn from(figure: measures::ServiceFigure) -> Self {
        let measures::ServiceFigure { measure, of, days, uncounted, source } = figure;
        let bound = |end: fn(Span) -> Timestamp| measure.window.map_or(Timestamp::UNIX_EPOCH, end);
        Self {
            code: measure.code,
            orders: of,
            days,
            from: bound(Span::first_inside),
            to: bound(Span::first_beyond),
            numerator: measure.numerator,
            denominator: measure.denominator,
            uncounted,
            rate: measure.rate(),
            target: measure.target.map(|target| FigureTarget {
                below: target.compare == Compare::Below,
                limit: target.share(),
            }),
            meets: measure.meets(),
            grade: measure.grade,
            source: sources(source),
        }
    }
}

/// Further fives until a mean is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct FivesNeeded {
    /// In hundredths: 486 is 4.86.
    mean: u64,
    fives: u64,
}

/// A score of the last six months that the platform shows (店铺评分), typed from its page.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreFigure {
    shown: Figure,
    /// How many buyers gave one; null while nobody typed it.
    #[schema(required = true)]
    raters: Option<Figure>,
    /// For the means above the one shown; empty without the number of raters.
    needed: Vec<FivesNeeded>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    source: Vec<RuleSource>,
}

impl From<measures::ScoreFigure> for ScoreFigure {
    fn from(score: measures::ScoreFigure) -> Self {
        Self {
            shown: score.shown.into(),
            raters: score.raters.map(Figure::from),
            needed: score.needed.into_iter().map(|(mean, fives)| FivesNeeded { mean, fives }).collect(),
            grade: score.grade,
            source: sources(score.source),
        }
    }
}

/// Points for the buy box as sellers tell each other; no official source knows them.
#[derive(Debug, Serialize, ToSchema)]
pub struct BuyBox {
    points: i64,
    good_orders: u64,
    bad_orders: u64,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    source: Vec<RuleSource>,
}

impl From<measures::BuyBox> for BuyBox {
    fn from(found: measures::BuyBox) -> Self {
        let points = found.points;
        Self {
            points: points.points,
            good_orders: points.good_orders,
            bad_orders: points.bad_orders,
            grade: points.grade,
            source: sources(found.source),
        }
    }
}

/// A message that was answered late or not at all.
#[derive(Debug, Serialize, ToSchema)]
pub struct LateMessageRow {
    at: Timestamp,
    /// Null, nobody has answered.
    #[schema(required = true)]
    answered_at: Option<Timestamp>,
    #[schema(required = true)]
    order_number: Option<String>,
    #[schema(required = true)]
    buyer_id: Option<Uuid>,
    /// Its first words, contacts masked.
    words: String,
}

impl From<LateMessage> for LateMessageRow {
    fn from(late: LateMessage) -> Self {
        Self {
            at: late.at,
            answered_at: late.answered,
            order_number: late.order_number,
            buyer_id: late.buyer.map(Identifier::uuid),
            words: late.words,
        }
    }
}

/// Messages that were answered late or not at all.
#[derive(Debug, Serialize, ToSchema)]
pub struct LateMessages {
    /// The newest first; at most 200.
    messages: Vec<LateMessageRow>,
}

/// Of which window.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LateMessagesAsked {
    /// 7, 30 or 90.
    days: u16,
}

/// The messages of a window that were answered after more than 24 hours or not at all.
#[utoipa::path(get, path = "/api/v1/shops/{id}/late-messages", tag = "figure",
    params(("id" = Uuid, Path), LateMessagesAsked),
    responses((status = 200, body = LateMessages), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn list_late_messages(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
    Asked(asked): Asked<LateMessagesAsked>,
) -> Result<Json<LateMessages>, Problem> {
    let found = measures::late_messages(&app.desk, &session.scope, id, asked.days).await?;
    Ok(Json(LateMessages { messages: found.into_iter().map(LateMessageRow::from).collect() }))
}
