//! The document of figures, as the contract writes it.

use jiff::Timestamp;
use serde::Serialize;

use super::defects::OrderDefects;
use super::feedback::FeedbackCount;
use super::ledger::{BadFeedback, Ledger};
use super::measure::Target;
use super::share::{percent, rate};
use super::verdicts::VerdictCount;
use super::what_if::{TARGETS, WhatIf, if_removed, positives_needed, rolls_off};
use super::window::Window;

/// One of a thing for each window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ForWindows<T> {
    /// The last 30 days.
    #[serde(rename = "30")]
    pub days_30: T,
    /// The last 90 days.
    #[serde(rename = "90")]
    pub days_90: T,
    /// The last 365 days.
    #[serde(rename = "365")]
    pub days_365: T,
    /// All time.
    pub lifetime: T,
}

impl<T> ForWindows<T> {
    fn of(figure: impl Fn(Window) -> T) -> Self {
        Self {
            days_30: figure(Window::Days30),
            days_90: figure(Window::Days90),
            days_365: figure(Window::Days365),
            lifetime: figure(Window::Lifetime),
        }
    }
}

/// The feedback of one window. Percents are whole and rounded half up, each by itself; null without a rating.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FeedbackFigure {
    /// Four and five stars.
    pub positive: u64,
    /// Three stars.
    pub neutral: u64,
    /// One and two stars.
    pub negative: u64,
    /// All of them.
    pub total: u64,
    /// The percent that the platform shows.
    pub positive_percent: Option<u64>,
    /// As above, for three stars.
    pub neutral_percent: Option<u64>,
    /// As above, for one and two.
    pub negative_percent: Option<u64>,
    /// The unrounded share of the positive ones.
    pub positive_rate: Option<f64>,
}

impl From<FeedbackCount> for FeedbackFigure {
    fn from(count: FeedbackCount) -> Self {
        let total = count.total();
        Self {
            positive: count.positive,
            neutral: count.neutral,
            negative: count.negative,
            total,
            positive_percent: percent(count.positive, total),
            neutral_percent: percent(count.neutral, total),
            negative_percent: percent(count.negative, total),
            positive_rate: rate(count.positive, total),
        }
    }
}

/// The verdicts of one window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct VerdictFigure {
    /// 好评
    pub good: u64,
    /// 中评
    pub neutral: u64,
    /// 差评
    pub bad: u64,
    /// All of them.
    pub total: u64,
    /// 好评率, unrounded.
    pub good_rate: Option<f64>,
}

impl From<VerdictCount> for VerdictFigure {
    fn from(count: VerdictCount) -> Self {
        Self {
            good: count.good,
            neutral: count.neutral,
            bad: count.bad,
            total: count.total(),
            good_rate: count.good_rate(),
        }
    }
}

/// The order defect rate with its window and limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OrderDefectFigure {
    /// Orders with a defect.
    pub defective: u64,
    /// Orders of the window.
    pub orders: u64,
    /// Their share, unrounded.
    pub rate: Option<f64>,
    /// The share to stay strictly below.
    pub limit: f64,
    /// Whether it does.
    pub meets: Option<bool>,
    /// The last instant that is outside the window.
    pub from: Timestamp,
    /// The last instant inside.
    pub to: Timestamp,
    /// How many more of these orders may go bad.
    pub defects_to_spare: u64,
    /// How many good orders it takes until the limit is kept.
    pub good_orders_needed: u64,
}

impl From<OrderDefects> for OrderDefectFigure {
    fn from(odr: OrderDefects) -> Self {
        let measure = odr.measure();
        Self {
            defective: odr.defective,
            orders: odr.orders,
            rate: measure.rate(),
            limit: measure.target.map_or(0.0, Target::share),
            meets: measure.meets(),
            from: odr.window.from,
            to: odr.window.to,
            defects_to_spare: odr.defects_to_spare(),
            good_orders_needed: odr.good_orders_needed(),
        }
    }
}

/// Every figure that ratings, orders and claims give. Serialises as the contract's document, without its `errors`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The instant that they speak of.
    pub as_of: Timestamp,
    /// Amazon's feedback on the seller.
    pub feedback: ForWindows<FeedbackFigure>,
    /// Good, neutral and bad.
    pub verdicts: ForWindows<VerdictFigure>,
    /// Order defect rate.
    pub odr: OrderDefectFigure,
    /// 评分测算.
    pub what_if: WhatIf,
}

impl Figures {
    /// `bad` are the bad and neutral ratings of the last 365 days, the oldest first.
    pub(super) fn new(as_of: Timestamp, ledger: &Ledger, bad: &[BadFeedback]) -> Self {
        let year = ledger.feedback(Window::Days365);
        let odr = ledger.order_defects();
        Self {
            as_of,
            feedback: ForWindows::of(|window| ledger.feedback(window).into()),
            verdicts: ForWindows::of(|window| ledger.verdicts(window).into()),
            odr: odr.into(),
            what_if: WhatIf {
                positives_needed: TARGETS.map(|target| (target, positives_needed(year, target))).into(),
                if_removed: if_removed(bad, year),
                rolls_off: rolls_off(bad, as_of, |window| ledger.feedback(window)),
                if_next_order_is_bad: odr.if_next_is_bad(),
            },
        }
    }
}
