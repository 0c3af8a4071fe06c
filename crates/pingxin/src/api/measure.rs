//! Figures of a shop with numerator, denominator and target, and what they would be if.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use pingxin_desk::measures::{self, Defects, Group, OpenRating, WindowFigure};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::pack::Grade;
use pingxin_domain::rating::{FeedbackClass, Forecast, NeutralCost, Part, PublicRating, Window, rate};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, ShopId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::figure::Figure;
use super::refusal::{Forbidden, NotFound, SignedOut};
use super::rule_source::{RuleSource, sources};
use super::service_figure::{BuyBox, ScoreFigure, ServiceFigure};
use super::shop::ShopRef;
use super::word;
use crate::http::App;
use crate::http::body::Id;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// One window of a rate. Percents are whole, rounded half up, each by itself; null without a rating.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureWindow {
    /// `30`, `90`, `365`, `lifetime`.
    #[schema(value_type = word::RatingWindow)]
    window: Window,
    /// The first instant that is inside; null for all time.
    #[schema(required = true)]
    from: Option<Timestamp>,
    positive: u64,
    neutral: u64,
    negative: u64,
    total: u64,
    #[schema(required = true)]
    positive_percent: Option<u64>,
    #[schema(required = true)]
    neutral_percent: Option<u64>,
    #[schema(required = true)]
    negative_percent: Option<u64>,
    /// Unrounded.
    #[schema(required = true)]
    positive_rate: Option<f64>,
    /// 中差评率, unrounded: neutral and negative ones of all.
    #[schema(required = true)]
    bad_rate: Option<f64>,
    /// 改评数: of these, changed by their buyers.
    changed: u64,
    /// 删评数: written in the window and gone since; counted nowhere else.
    gone: u64,
    /// The day whose page the positives were typed from; null when they are counted.
    #[schema(required = true)]
    typed_at: Option<Timestamp>,
}

impl From<&WindowFigure> for MeasureWindow {
    fn from(figure: &WindowFigure) -> Self {
        let count = figure.count.count;
        let shown = pingxin_domain::rating::FeedbackFigure::from(count);
        Self {
            window: figure.window,
            from: figure.from,
            positive: shown.positive,
            neutral: shown.neutral,
            negative: shown.negative,
            total: shown.total,
            positive_percent: shown.positive_percent,
            neutral_percent: shown.neutral_percent,
            negative_percent: shown.negative_percent,
            positive_rate: shown.positive_rate,
            bad_rate: rate(count.neutral + count.negative, count.total()),
            changed: figure.changed,
            gone: figure.gone,
            typed_at: match figure.count.positive {
                Part::Counted => None,
                Part::Typed(at) => Some(at),
            },
        }
    }
}

/// Further positives until a percent is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct PositivesNeeded {
    percent: u8,
    positives: u64,
}

/// A window that a rating lies in.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingLeave {
    #[schema(value_type = word::RatingWindow)]
    window: Window,
    /// When it is outside; null for all time.
    #[schema(required = true)]
    at: Option<Timestamp>,
    /// What would be shown without it.
    #[schema(required = true)]
    percent_without: Option<u64>,
}

/// A rating that counts against the shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenRatingRow {
    review_id: Uuid,
    summary: String,
    #[schema(value_type = Option<u8>, required = true)]
    rating: Option<Rating>,
    #[schema(value_type = Option<word::Verdict>, required = true)]
    verdict: Option<Verdict>,
    at: Timestamp,
    #[schema(required = true)]
    order_number: Option<String>,
    neutral: bool,
    leaves: Vec<RatingLeave>,
}

impl From<OpenRating> for OpenRatingRow {
    fn from(open: OpenRating) -> Self {
        let OpenRating { rating, class, leaves } = open;
        Self {
            review_id: rating.review.uuid(),
            summary: rating.summary,
            rating: rating.rating,
            verdict: rating.verdict,
            at: rating.at,
            order_number: rating.order_number,
            neutral: class == FeedbackClass::Neutral,
            leaves: leaves
                .into_iter()
                .map(|leave| RatingLeave {
                    window: leave.window,
                    at: leave.at,
                    percent_without: leave.percent_without,
                })
                .collect(),
        }
    }
}

/// What the public sees of a seller's feedback: twelve months when there are more than ten ratings in them, else all time.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicShare {
    positive: u64,
    total: u64,
    #[schema(required = true)]
    percent: Option<u64>,
    of_twelve_months: bool,
    /// All ratings of all time, shown beside it.
    lifetime: u64,
}

impl From<PublicRating> for PublicShare {
    fn from(public: PublicRating) -> Self {
        Self {
            positive: public.share.numerator,
            total: public.share.denominator,
            percent: public.share.percent(),
            of_twelve_months: public.is_of_twelve_months,
            lifetime: public.lifetime,
        }
    }
}

/// What neutral ratings take from the percent of 365 days.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeutralPrice {
    neutral: u64,
    #[schema(required = true)]
    percent: Option<u64>,
    /// Without them.
    #[schema(required = true)]
    percent_without: Option<u64>,
    /// How many further positives make up for them.
    positives: u64,
}

impl From<NeutralCost> for NeutralPrice {
    fn from(cost: NeutralCost) -> Self {
        Self {
            neutral: cost.neutral,
            percent: cost.with,
            percent_without: cost.without,
            positives: cost.positives_to_make_up,
        }
    }
}

/// Where a window is heading if ratings go on coming as in the last 30 days.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureForecast {
    #[schema(value_type = word::RatingWindow)]
    window: Window,
    /// In how many days.
    days: u16,
    #[schema(required = true)]
    positive_percent: Option<u64>,
    /// What is still in the window then.
    staying: u64,
}

impl From<Forecast> for MeasureForecast {
    fn from(soon: Forecast) -> Self {
        let staying = soon.staying.total();
        Self { window: soon.window, days: soon.days, positive_percent: soon.positive_percent, staying }
    }
}

/// A rate of positives of one kind of review.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureGroup {
    #[schema(value_type = word::ReviewObject)]
    object: Object,
    /// By Amazon's feedback, by verdicts, or by stars.
    #[schema(value_type = word::MeasureBasis)]
    basis: &'static str,
    /// The shortest first.
    windows: Vec<MeasureWindow>,
    /// Of 365 days, from 80 to 100 percent.
    needed: Vec<PositivesNeeded>,
    /// Those of the last 365 days, the newest first.
    open: Vec<OpenRatingRow>,
    /// Whether there are more.
    open_capped: bool,
    /// Of feedback on the seller; null for others.
    #[schema(required = true)]
    public: Option<PublicShare>,
    neutral: NeutralPrice,
    /// Windows whose positives are typed are left out.
    forecast: Vec<MeasureForecast>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    source: Vec<RuleSource>,
}

impl From<Group> for MeasureGroup {
    fn from(group: Group) -> Self {
        Self {
            object: group.object,
            basis: group.basis.code(),
            windows: group.windows.iter().map(MeasureWindow::from).collect(),
            needed: group
                .needed
                .into_iter()
                .map(|(percent, positives)| PositivesNeeded { percent, positives })
                .collect(),
            open: group.open.into_iter().map(OpenRatingRow::from).collect(),
            open_capped: group.open_capped,
            public: group.public.map(PublicShare::from),
            neutral: group.neutral.into(),
            forecast: group.forecast.into_iter().map(MeasureForecast::from).collect(),
            grade: group.grade,
            source: sources(group.source),
        }
    }
}

/// Amazon's order defect rate. Claims come in no file, so only negative feedback counts here.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefectRate {
    defective: u64,
    orders: u64,
    #[schema(required = true)]
    rate: Option<f64>,
    /// The rate must stay strictly below.
    limit: f64,
    #[schema(required = true)]
    meets: Option<bool>,
    /// The first instant that is inside.
    from: Timestamp,
    /// The first instant that is outside.
    to: Timestamp,
    /// How many more may go bad before the target is missed.
    to_spare: u64,
    /// How many good orders it takes until it is met.
    good_orders_needed: u64,
    /// The rate if the next order goes bad.
    #[schema(required = true)]
    rate_if_next_is_bad: Option<f64>,
    #[schema(value_type = word::Grade)]
    grade: Grade,
    source: Vec<RuleSource>,
}

impl From<Defects> for DefectRate {
    fn from(found: Defects) -> Self {
        let Defects { defects, source } = found;
        let measure = defects.measure();
        Self {
            defective: defects.defective,
            orders: defects.orders,
            rate: measure.rate(),
            limit: measure.target.map_or(0.0, pingxin_domain::rating::Target::share),
            meets: measure.meets(),
            from: defects.window.first_inside(),
            to: defects.window.first_beyond(),
            to_spare: defects.defects_to_spare(),
            good_orders_needed: defects.good_orders_needed(),
            rate_if_next_is_bad: defects.if_next_is_bad().rate,
            grade: measure.grade,
            source: sources(source),
        }
    }
}

/// The figures of a shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopMeasures {
    shop: ShopRef,
    as_of: Timestamp,
    groups: Vec<MeasureGroup>,
    /// Null where it is not Amazon.
    #[schema(required = true)]
    defects: Option<DefectRate>,
    /// How the shop sends and answers: each figure in each of its windows.
    service: Vec<ServiceFigure>,
    /// Scores that the platform shows, typed from its page.
    scores: Vec<ScoreFigure>,
    /// A folk model; null unless the shop wants those.
    #[schema(required = true)]
    buy_box: Option<BuyBox>,
    /// The newest typed figure of each name.
    typed: Vec<Figure>,
}

/// The figures of a shop as of now, counted over its stored reviews and orders.
#[utoipa::path(get, path = "/api/v1/shops/{id}/measures", tag = "figure", params(("id" = Uuid, Path)),
    responses((status = 200, body = ShopMeasures), SignedOut, Forbidden, NotFound))]
pub async fn get_shop_measures(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
) -> Result<Json<ShopMeasures>, Problem> {
    let found = measures::of_shop(&app.desk, &session.scope, id).await?;
    Ok(Json(ShopMeasures {
        shop: found.shop.into(),
        as_of: found.as_of,
        groups: found.groups.into_iter().map(MeasureGroup::from).collect(),
        defects: found.defects.map(DefectRate::from),
        service: found.service.into_iter().map(ServiceFigure::from).collect(),
        scores: found.scores.into_iter().map(ScoreFigure::from).collect(),
        buy_box: found.buy_box.map(BuyBox::from),
        typed: found.typed.into_iter().map(Figure::from).collect(),
    }))
}
