//! Figures 指标 of a shop, counted by the domain over its stored reviews, orders and chats, and what they would be if
//! 评分测算. What a person typed from the platform's page completes a count, and is named as typed.

mod group;
mod history;
mod service;

use jiff::Timestamp;
use pingxin_domain::figure::FigureName;
use pingxin_domain::rating::{OrderDefects, Span, TypedCount, Window};
use pingxin_domain::{Action, Scope, ShopId, Source};
use pingxin_store::rating;
use pingxin_store::record::{self, Figure};
use pingxin_store::shop::Shop;

use self::group::{BAD, Counted, objects, stretches};
use self::service::{Served, buy_box, scores};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::rules::{Cited, cite};
use crate::shops;

pub use group::{AHEAD, Basis, Group, OpenRating, WindowFigure};
pub use history::{History, HistoryLine, HistoryPoint, TypedLine, history};
pub use service::{BuyBox, LateMessage, ScoreFigure, ServiceFigure, late_messages};

/// Typed figures that are looked through for the newest of each name.
const TYPED: u32 = 500;

/// The order defect rate.
#[derive(Debug, Clone)]
pub struct Defects {
    /// The rate.
    pub defects: OrderDefects,
    /// Where the definition comes from.
    pub source: Vec<Cited>,
}

/// The figures of a shop.
#[derive(Debug, Clone)]
pub struct ShopMeasures {
    /// The shop.
    pub shop: Shop,
    /// As of when.
    pub as_of: Timestamp,
    /// Rates of positives.
    pub groups: Vec<Group>,
    /// Amazon's order defect rate; none elsewhere.
    pub defects: Option<Defects>,
    /// How it sends and answers.
    pub service: Vec<ServiceFigure>,
    /// Scores that the platform shows.
    pub scores: Vec<ScoreFigure>,
    /// Points for the buy box; none unless the shop wants folk models.
    pub buy_box: Option<BuyBox>,
    /// The newest typed figure of each name, by name.
    pub typed: Vec<Figure>,
}

/// The figures of a shop as of now.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn of_shop(desk: &Desk, scope: &Scope, id: ShopId) -> Result<ShopMeasures> {
    allow(scope, Action::ReadReviews)?;
    let shop = shops::find(desk, scope, id).await?.ok_or(DeskError::NotFound)?;
    let (as_of, platform) = (desk.store.clock().now(), shop.platform);
    let (parts, bad, served, figures) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let mut parts = Vec::new();
                for stretch in stretches(as_of) {
                    parts.push(rating::counts(tx, scope, id, stretch).await?);
                }
                let bad = rating::bad_since(tx, scope, id, back(as_of, 365), BAD + 1).await?;
                let served = Served::read(tx, scope, id, platform, as_of).await?;
                let figures = record::list_figures(tx, scope, Some(id), None, TYPED).await?;
                Ok((parts, bad, served, figures.rows))
            })
        })
        .await?;
    let engine = desk.engine();
    let packs = engine.packs();
    let cited = |keys: &[&str]| keys.iter().map(|key| cite(packs, &Source::new(*key))).collect::<Vec<_>>();
    let counted = Counted { parts, typed: typed_counts(&figures), bad, as_of };
    let groups = objects(platform).iter().filter_map(|object| counted.group(*object, &cited)).collect();
    let defects = served.defects(as_of);
    let typed = newest(figures);
    Ok(ShopMeasures {
        as_of,
        groups,
        service: served.figures(platform, as_of, &cited),
        scores: scores(platform, &typed, &cited),
        buy_box: buy_box(defects, shop.folk_models, &cited),
        defects: defects.map(|defects| Defects { defects, source: cited(&["AMZ-ODR"]) }),
        typed,
        shop,
    })
}

fn back(as_of: Timestamp, days: u16) -> Timestamp {
    Span::last_days(days, as_of).from
}

/// Positives of Amazon's feedback as somebody typed them.
fn typed_counts(figures: &[Figure]) -> Vec<TypedCount> {
    let window = |name: &str| match FigureName::from_code(name)? {
        FigureName::PositiveFeedback30 => Some(Window::Days30),
        FigureName::PositiveFeedback90 => Some(Window::Days90),
        FigureName::PositiveFeedback365 => Some(Window::Days365),
        FigureName::PositiveFeedbackLifetime => Some(Window::Lifetime),
        _ => None,
    };
    let typed = figures.iter().filter_map(|figure| {
        let positive = u64::try_from(figure.value.millionths / 1_000_000).ok()?;
        Some(TypedCount { window: window(&figure.name)?, positive, seen: figure.at })
    });
    typed.collect()
}

fn newest(figures: Vec<Figure>) -> Vec<Figure> {
    let mut newest: Vec<Figure> = Vec::new();
    // The newest come first.
    for figure in figures {
        if !newest.iter().any(|known| known.name == figure.name) {
            newest.push(figure);
        }
    }
    newest.sort_by(|one, two| one.name.cmp(&two.name));
    newest
}
