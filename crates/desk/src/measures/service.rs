//! How a shop serves: what it counts over its orders and chats, what its platform shows of its scores, and what sellers
//! tell each other.

use jiff::Timestamp;
use pingxin_domain::figure::FigureName;
use pingxin_domain::pack::Grade;
use pingxin_domain::personal::mask_text;
use pingxin_domain::rating::{
    ANSWER_WINDOWS, BuyBoxPoints, FolkModels, Measure, OrderDefects, OrderMeasure, ScoreCount, Span,
    response_measure,
};
use pingxin_domain::{Action, BuyerId, Platform, Scope, ShopId};
use pingxin_store::rating::{self, AnswerCount, OrderCount};
use pingxin_store::record::Figure;
use pingxin_store::{StoreError, Tx};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::rules::Cited;
use crate::shops;

/// Late messages that are shown one by one.
const LATE: u32 = 200;
/// Letters of a message that are shown.
const WORDS: usize = 120;

/// A figure over orders or messages.
#[derive(Debug, Clone)]
pub struct ServiceFigure {
    /// The figure.
    pub measure: Measure,
    /// Which of those over orders it is; none for messages.
    pub of: Option<OrderMeasure>,
    /// Length of its window in days.
    pub days: u16,
    /// Orders of which too little is known, or messages that still have time.
    pub uncounted: u64,
    /// Where the definition comes from.
    pub source: Vec<Cited>,
}

/// A score that the platform shows, typed from its page (店铺评分).
#[derive(Debug, Clone)]
pub struct ScoreFigure {
    /// Which.
    pub item: FigureName,
    /// As it was typed.
    pub shown: Figure,
    /// How many buyers gave one, as it was typed; none when nobody did.
    pub raters: Option<Figure>,
    /// Further fives for each higher mean, in hundredths; empty without the number of raters.
    pub needed: Vec<(u64, u64)>,
    /// How well the formula is known.
    pub grade: Grade,
    /// Where it comes from.
    pub source: Vec<Cited>,
}

/// Points for the buy box, a folk model.
#[derive(Debug, Clone)]
pub struct BuyBox {
    /// The points with their parts.
    pub points: BuyBoxPoints,
    /// Where the model comes from.
    pub source: Vec<Cited>,
}

/// What was counted of how a shop serves.
#[derive(Debug, Clone, Default)]
pub(super) struct Served {
    orders: Vec<(OrderMeasure, u16, OrderCount)>,
    answers: Vec<AnswerCount>,
}

impl Served {
    /// Counts over the orders and chats of a shop.
    pub(super) async fn read(
        tx: &mut Tx<'_>,
        scope: &Scope,
        shop: ShopId,
        platform: Platform,
        as_of: Timestamp,
    ) -> std::result::Result<Self, StoreError> {
        let mut orders = Vec::new();
        for measure in OrderMeasure::ALL {
            // The order defect rate is Amazon's own.
            if *measure == OrderMeasure::Defect && !matches!(platform, Platform::Amazon(_)) {
                continue;
            }
            for days in measure.windows() {
                let count = rating::order_count(tx, scope, shop, *measure, *days, as_of).await?;
                orders.push((*measure, *days, count));
            }
        }
        Ok(Self { orders, answers: rating::answers(tx, scope, shop, as_of).await? })
    }

    /// Amazon's order defect rate.
    pub(super) fn defects(&self, as_of: Timestamp) -> Option<OrderDefects> {
        let (.., count) = self.orders.iter().find(|(measure, ..)| *measure == OrderMeasure::Defect)?;
        Some(OrderDefects::new(count.numerator, count.denominator, as_of))
    }

    /// The figures but for the defect rate, each in each of its windows.
    pub(super) fn figures(
        &self,
        platform: Platform,
        as_of: Timestamp,
        cited: &impl Fn(&[&str]) -> Vec<Cited>,
    ) -> Vec<ServiceFigure> {
        let told = |measure: Measure, of, days, uncounted| {
            let keys: Vec<&str> = measure.source.iter().map(|source| source.key.as_str()).collect();
            ServiceFigure { source: cited(&keys), measure, of, days, uncounted }
        };
        let orders = self.orders.iter().filter(|(measure, ..)| *measure != OrderMeasure::Defect);
        let orders = orders.map(|(measure, days, count)| {
            let window = Span::last_days(*days, as_of);
            let figure = measure.measure(count.numerator, count.denominator, window, platform);
            told(figure, Some(*measure), *days, count.unknown)
        });
        let answers = self.answers.iter().map(|count| {
            let window = Span::last_days(count.days, as_of);
            let figure = response_measure(count.late, count.judged, window, platform);
            told(figure, None, count.days, count.waiting)
        });
        orders.chain(answers).collect()
    }
}

/// Points for the buy box of the orders of the defect rate, where the shop wants folk models.
pub(super) fn buy_box(
    defects: Option<OrderDefects>,
    wanted: bool,
    cited: &impl Fn(&[&str]) -> Vec<Cited>,
) -> Option<BuyBox> {
    let defects = defects?;
    let folk = if wanted { FolkModels::On } else { FolkModels::Off };
    let points = BuyBoxPoints::new(defects.orders, defects.defective, defects.window, folk)?;
    Some(BuyBox { source: cited(&[points.source.key.as_str()]), points })
}

/// Means above the one that is shown, in hundredths, for which the fives are counted.
const STEPS: u64 = 20;

/// The scores of a shop that somebody typed from the platform's page.
pub(super) fn scores(
    platform: Platform,
    typed: &[Figure],
    cited: &impl Fn(&[&str]) -> Vec<Cited>,
) -> Vec<ScoreFigure> {
    if !matches!(platform, Platform::Taobao | Platform::Tmall) {
        return Vec::new();
    }
    let newest = |name: FigureName| typed.iter().find(|figure| figure.name == name.code());
    let raters = newest(FigureName::DsrRatings);
    let count = raters.and_then(|figure| u64::try_from(figure.value.millionths / 1_000_000).ok());
    let items = [FigureName::DsrDescription, FigureName::DsrService, FigureName::DsrLogistics];
    let figures = items.into_iter().filter_map(|item| {
        let shown = newest(item)?;
        let hundredths = u64::try_from(shown.value.millionths / 10_000).ok().filter(|mean| *mean <= 500)?;
        let needed = count.filter(|count| *count > 0).map(|count| {
            let scores = ScoreCount::shown(hundredths, count);
            let means = hundredths + 1..=(hundredths + STEPS).min(499);
            means.filter_map(|mean| Some((mean, scores.fives_needed(mean)?))).collect()
        });
        Some(ScoreFigure {
            item,
            shown: shown.clone(),
            raters: raters.cloned(),
            needed: needed.unwrap_or_default(),
            grade: Grade::B,
            source: cited(&["TB-8", "TB-9", "TB-10"]),
        })
    });
    figures.collect()
}

/// A message that was answered late or not at all.
#[derive(Debug, Clone)]
pub struct LateMessage {
    /// When it came.
    pub at: Timestamp,
    /// When a person answered.
    pub answered: Option<Timestamp>,
    /// The order it names.
    pub order_number: Option<String>,
    /// Who wrote it.
    pub buyer: Option<BuyerId>,
    /// Its first words, contacts in them masked.
    pub words: String,
}

/// The messages of the last 7, 30 or 90 days that were answered late or not at all, the newest first; the first 200.
///
/// # Errors
/// [`DeskError::Refused`] for other days; [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn late_messages(desk: &Desk, scope: &Scope, id: ShopId, days: u16) -> Result<Vec<LateMessage>> {
    allow(scope, Action::ReadReviews)?;
    if !ANSWER_WINDOWS.contains(&days) {
        return Err(DeskError::refused("时间应为 7、30 或 90 天", "the days are 7, 30 or 90"));
    }
    shops::find(desk, scope, id).await?.ok_or(DeskError::NotFound)?;
    let as_of = desk.store.clock().now();
    let found = desk
        .store
        .read(|tx| Box::pin(async move { rating::late_answers(tx, scope, id, days, as_of, LATE).await }))
        .await?;
    let late = found.into_iter().map(|late| LateMessage {
        at: late.at,
        answered: late.answered,
        order_number: late.order_number,
        buyer: late.buyer,
        words: mask_text(&late.text).chars().take(WORDS).collect(),
    });
    Ok(late.collect())
}
