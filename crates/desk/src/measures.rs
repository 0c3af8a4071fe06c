//! Figures 指标 of a shop, counted by the domain over its stored reviews and orders, and what they would be if 评分测算.
//! What a person typed from the platform's page completes a count, and is named as typed.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::figure::FigureName;
use pingxin_domain::pack::Grade;
use pingxin_domain::personal::mask_text;
use pingxin_domain::rating::{
    CompletedFeedback, FeedbackClass, FeedbackCount, Leave, OrderDefects, Part, TypedCount, Window, class_of,
    complete, leaves, needed_for_each,
};
use pingxin_domain::{Action, Object, OrderId, Platform, Scope, ShopId, Source};
use pingxin_store::rating::{self, BadRating, RatingCount, Stretch};
use pingxin_store::record::{self, Figure};
use pingxin_store::shop::Shop;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::rules::{Cited, cite};
use crate::shops;

/// Ratings against the shop that are shown one by one.
const BAD: u32 = 500;
/// Typed figures that are looked through for the newest of each name.
const TYPED: u32 = 500;
/// Days of orders of which the defect rate is.
const ORDER_DAYS: u16 = 60;

/// What a rate of positives is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Amazon's feedback on the seller, by stars.
    Feedback,
    /// 好评, 中评, 差评.
    Verdicts,
    /// Stars of reviews.
    Stars,
}

impl Basis {
    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Feedback => "feedback",
            Self::Verdicts => "verdicts",
            Self::Stars => "stars",
        }
    }

    /// How well its definition is known, and where it comes from.
    fn known(self) -> (Grade, &'static [&'static str]) {
        match self {
            Self::Feedback => (Grade::A, &["AMZ-FM"]),
            Self::Verdicts => (Grade::B, &["TB-1", "TB-API2"]),
            Self::Stars => (Grade::N, &["house"]),
        }
    }
}

/// One window of a rate.
#[derive(Debug, Clone)]
pub struct WindowFigure {
    /// The window.
    pub window: Window,
    /// The first instant that is inside; none for all time.
    pub from: Option<Timestamp>,
    /// What it holds; the positives may be typed.
    pub count: CompletedFeedback,
}

/// A rating that counts against the shop, with what it would be without it.
#[derive(Debug, Clone)]
pub struct OpenRating {
    /// The rating; its words are masked.
    pub rating: BadRating,
    /// Whether it is neutral or negative.
    pub class: FeedbackClass,
    /// The windows it lies in.
    pub leaves: Vec<Leave>,
}

/// A rate of positives of one kind of review.
#[derive(Debug, Clone)]
pub struct Group {
    /// What is counted.
    pub object: Object,
    /// How.
    pub basis: Basis,
    /// Every window, the shortest first.
    pub windows: Vec<WindowFigure>,
    /// Further positives of 365 days for each displayed percent.
    pub needed: Vec<(u8, u64)>,
    /// The ratings of the last 365 days that count against it, the newest first.
    pub open: Vec<OpenRating>,
    /// Whether there are more.
    pub open_capped: bool,
    /// How well the definition is known.
    pub grade: Grade,
    /// Where it comes from.
    pub source: Vec<Cited>,
}

/// The order defect rate with the orders that have one.
#[derive(Debug, Clone)]
pub struct Defects {
    /// The rate.
    pub defects: OrderDefects,
    /// Orders with negative feedback.
    pub orders: Vec<OrderId>,
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
    let as_of = desk.store.clock().now();
    let is_amazon = matches!(shop.platform, Platform::Amazon(_));
    let (windows, bad, defects, figures) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let mut windows = Vec::new();
                for (_, stretch) in stretches(as_of) {
                    windows.push(rating::counts(tx, scope, id, stretch).await?);
                }
                let bad = rating::bad_since(tx, scope, id, back(as_of, 365), BAD + 1).await?;
                let defects = match is_amazon {
                    true => Some(rating::order_defects(tx, scope, id, ORDER_DAYS, as_of).await?),
                    false => None,
                };
                let figures = record::list_figures(tx, scope, Some(id), None, TYPED).await?;
                Ok((windows, bad, defects, figures.rows))
            })
        })
        .await?;
    let engine = desk.engine();
    let packs = engine.packs();
    let cited = |keys: &[&str]| keys.iter().map(|key| cite(packs, &Source::new(*key))).collect::<Vec<_>>();
    let counted = Counted { windows, typed: typed_counts(&figures), bad, as_of };
    let groups = objects(shop.platform).iter().filter_map(|object| counted.group(*object, &cited)).collect();
    let defects = defects.map(|(orders, defective)| Defects {
        defects: OrderDefects::new(defective.len() as u64, orders, as_of),
        orders: defective,
        source: cited(&["AMZ-ODR"]),
    });
    Ok(ShopMeasures { shop, as_of, groups, defects, typed: newest(figures) })
}

/// What reviews of a platform are counted apart.
fn objects(platform: Platform) -> &'static [Object] {
    match platform {
        Platform::Amazon(_) => &[Object::SellerFeedback, Object::ProductReview],
        _ => &[Object::Review],
    }
}

fn back(as_of: Timestamp, days: u16) -> Timestamp {
    as_of.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

/// The parts between the ends of the windows, the newest first: each window is the sum of the parts up to its own.
fn stretches(as_of: Timestamp) -> Vec<(Window, Stretch)> {
    let mut until = as_of;
    let mut parts = Vec::new();
    for window in Window::ALL {
        let after = window.days().map(|days| back(as_of, days));
        parts.push((window, Stretch { after, until }));
        until = after.unwrap_or(until);
    }
    parts
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

struct Counted {
    /// The parts between the ends of the windows, the newest first.
    windows: Vec<Vec<RatingCount>>,
    typed: Vec<TypedCount>,
    bad: Vec<BadRating>,
    as_of: Timestamp,
}

impl Counted {
    fn group(&self, object: Object, cited: &impl Fn(&[&str]) -> Vec<Cited>) -> Option<Group> {
        let of_object = || self.windows.iter().flatten().filter(|count| count.object == object);
        let basis = if object == Object::SellerFeedback {
            Basis::Feedback
        } else if of_object().any(|count| count.verdict.is_some()) {
            Basis::Verdicts
        } else {
            Basis::Stars
        };
        if of_object().next().is_none() && basis != Basis::Feedback {
            return None;
        }
        let mut sum = FeedbackCount::default();
        let mut windows = Vec::new();
        for (window, part) in Window::ALL.into_iter().zip(&self.windows) {
            for count in part.iter().filter(|count| count.object == object) {
                add(&mut sum, class_of(count.rating, count.verdict), count.many);
            }
            let whole = CompletedFeedback { count: sum, positive: Part::Counted };
            let count = match basis {
                Basis::Feedback => complete(sum, window, &self.typed, self.as_of),
                Basis::Verdicts | Basis::Stars => whole,
            };
            let from = window.days().map(|days| back(self.as_of, days));
            let from = from.and_then(|from| from.checked_add(SignedDuration::from_micros(1)).ok());
            windows.push(WindowFigure { window, from, count });
        }
        let of = |window: Window| {
            let found = windows.iter().find(|figure| figure.window == window);
            found.map(|figure| figure.count.count).unwrap_or_default()
        };
        let open_capped = self.bad.len() > BAD as usize;
        let open = self.bad.iter().take(BAD as usize).filter(|bad| bad.object == object);
        let open = open.filter_map(|bad| {
            let class = class_of(bad.rating, bad.verdict)?;
            (class != FeedbackClass::Positive).then(|| OpenRating {
                class,
                leaves: leaves(class, bad.at, of, self.as_of),
                rating: BadRating { summary: mask_text(&bad.summary), ..bad.clone() },
            })
        });
        let open: Vec<OpenRating> = open.collect();
        let (grade, keys) = basis.known();
        Some(Group {
            object,
            basis,
            needed: needed_for_each(of(Window::Days365)),
            open,
            open_capped,
            windows,
            grade,
            source: cited(keys),
        })
    }
}

fn add(sum: &mut FeedbackCount, class: Option<FeedbackClass>, many: u64) {
    match class {
        Some(FeedbackClass::Positive) => sum.positive += many,
        Some(FeedbackClass::Neutral) => sum.neutral += many,
        Some(FeedbackClass::Negative) => sum.negative += many,
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_add_up_to_the_windows() {
        let as_of: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let parts = stretches(as_of);
        assert_eq!(parts[0].1.until, as_of);
        for pair in parts.windows(2) {
            assert_eq!(pair[0].1.after, Some(pair[1].1.until), "no instant is in two parts or in none");
        }
        assert_eq!(parts[3].1.after, None);
        assert_eq!(parts[2].1.after, Some(back(as_of, 365)));
    }
}
