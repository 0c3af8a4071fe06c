//! Rates of positives of a shop: each window with its parts, what more of them would show, which ratings count against it,
//! and where it is heading.

use jiff::Timestamp;
use pingxin_domain::pack::Grade;
use pingxin_domain::personal::mask_text;
use pingxin_domain::rating::{
    CompletedFeedback, FeedbackClass, FeedbackCount, Forecast, Leave, NeutralCost, Part, PublicRating, Span,
    TypedCount, Window, class_of, complete, forecast, leaves, needed_for_each, neutral_cost, public_rating,
    staying_days,
};
use pingxin_domain::{Object, Platform};
use pingxin_store::rating::{BadRating, RatingCount, Stretch};

use super::back;
use crate::rules::Cited;

/// Ratings against the shop that are shown one by one.
pub(super) const BAD: u32 = 500;
/// How far ahead is looked, in days.
pub const AHEAD: u16 = 30;

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

    /// How well its definition is known, and where it comes from; what is counted of changed and deleted ones is 领星's (LX).
    fn known(self) -> (Grade, &'static [&'static str]) {
        match self {
            Self::Feedback => (Grade::A, &["AMZ-FM"]),
            Self::Verdicts => (Grade::B, &["TB-1", "TB-API2", "LX"]),
            Self::Stars => (Grade::N, &["house", "LX"]),
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
    /// 改评数: of these, changed by their buyers since they were first seen.
    pub changed: u64,
    /// 删评数: written in the window and gone since; counted nowhere else.
    pub gone: u64,
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
    /// What the public sees of it; only of feedback on the seller.
    pub public: Option<PublicRating>,
    /// What neutral ratings take from 365 days.
    pub neutral: NeutralCost,
    /// Each window [`AHEAD`] days from now; those whose positives are typed are left out, as nobody knows when they came.
    pub forecast: Vec<Forecast>,
    /// How well the definition is known.
    pub grade: Grade,
    /// Where it comes from.
    pub source: Vec<Cited>,
}

/// The parts between these many days back are counted each by itself, so that every window and what stays of it in
/// [`AHEAD`] days is a sum; the last one is all time before.
const EDGES: [Option<u16>; 6] = [Some(30), Some(60), Some(90), Some(335), Some(365), None];

/// The parts between the ends of the windows, the newest first: each window is the sum of the parts up to its own.
pub(super) fn stretches(as_of: Timestamp) -> Vec<Stretch> {
    let mut until = as_of;
    let mut parts = Vec::new();
    for days in EDGES {
        let after = days.map(|days| back(as_of, days));
        parts.push(Stretch { after, until });
        until = after.unwrap_or(until);
    }
    parts
}

/// What reviews of a platform are counted apart.
pub(super) fn objects(platform: Platform) -> &'static [Object] {
    match platform {
        Platform::Amazon(_) => &[Object::SellerFeedback, Object::ProductReview],
        _ => &[Object::Review],
    }
}

/// By what the reviews of an object are counted.
pub(super) fn basis_of<'a>(object: Object, mut counts: impl Iterator<Item = &'a RatingCount>) -> Basis {
    if object == Object::SellerFeedback {
        Basis::Feedback
    } else if counts.any(|count| count.object == object && count.verdict.is_some()) {
        Basis::Verdicts
    } else {
        Basis::Stars
    }
}

/// What was counted of a shop.
pub(super) struct Counted {
    /// The parts of [`stretches`].
    pub(super) parts: Vec<Vec<RatingCount>>,
    pub(super) typed: Vec<TypedCount>,
    pub(super) bad: Vec<BadRating>,
    pub(super) as_of: Timestamp,
}

/// The sums of some parts.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: FeedbackCount,
    changed: u64,
    gone: u64,
}

impl Counted {
    /// The last so many days, which [`EDGES`] names; all time without.
    fn sums(&self, object: Object, days: Option<u16>) -> Sums {
        let mut sums = Sums::default();
        let parts = EDGES.iter().position(|edge| *edge == days).map_or(0, |at| at + 1);
        for count in self.parts.iter().take(parts).flatten().filter(|count| count.object == object) {
            if count.is_gone {
                sums.gone += count.many;
                continue;
            }
            add(&mut sums.count, class_of(count.rating, count.verdict), count.many);
            sums.changed += if count.is_revised { count.many } else { 0 };
        }
        sums
    }

    pub(super) fn group(&self, object: Object, cited: &impl Fn(&[&str]) -> Vec<Cited>) -> Option<Group> {
        let all = || self.parts.iter().flatten();
        let basis = basis_of(object, all());
        if !all().any(|count| count.object == object) && basis != Basis::Feedback {
            return None;
        }
        let windows: Vec<WindowFigure> =
            Window::ALL.into_iter().map(|window| self.window(object, basis, window)).collect();
        let figure = |window: Window| windows.iter().find(|figure| figure.window == window);
        let of = |window: Window| figure(window).map(|figure| figure.count.count).unwrap_or_default();
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
        let present = self.sums(object, Some(AHEAD)).count;
        let is_typed = |window| figure(window).is_some_and(|figure| figure.count.positive != Part::Counted);
        // What came in the last days is known only where nothing of them is typed.
        let known = Window::ALL.into_iter().filter(|window| !is_typed(*window) && !is_typed(Window::Days30));
        let ahead = known.map(|window| {
            let staying = match staying_days(window, AHEAD) {
                Some(0) => FeedbackCount::default(),
                days => self.sums(object, days).count,
            };
            forecast(staying, present, window, AHEAD)
        });
        let (grade, keys) = basis.known();
        Some(Group {
            object,
            basis,
            needed: needed_for_each(of(Window::Days365)),
            open,
            open_capped,
            public: (basis == Basis::Feedback)
                .then(|| public_rating(of(Window::Days365), of(Window::Lifetime), self.as_of)),
            neutral: neutral_cost(of(Window::Days365)),
            forecast: ahead.collect(),
            windows,
            grade,
            source: cited(keys),
        })
    }

    fn window(&self, object: Object, basis: Basis, window: Window) -> WindowFigure {
        let Sums { count, changed, gone } = self.sums(object, window.days());
        let count = match basis {
            Basis::Feedback => complete(count, window, &self.typed, self.as_of),
            Basis::Verdicts | Basis::Stars => CompletedFeedback { count, positive: Part::Counted },
        };
        let from = window.days().map(|days| Span::last_days(days, self.as_of).first_inside());
        WindowFigure { window, from, count, changed, gone }
    }
}

pub(super) fn add(sum: &mut FeedbackCount, class: Option<FeedbackClass>, many: u64) {
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
        assert_eq!(parts[0].until, as_of);
        for pair in parts.windows(2) {
            assert_eq!(pair[0].after, Some(pair[1].until), "no instant is in two parts or in none");
        }
        assert_eq!(parts.last().and_then(|part| part.after), None);
        for window in Window::ALL {
            assert!(EDGES.contains(&window.days()), "every window ends where a part does");
            assert!(
                staying_days(window, AHEAD).is_none_or(|days| days == 0 || EDGES.contains(&Some(days))),
                "and so does what stays of it"
            );
        }
    }

    #[test]
    fn a_window_tells_what_was_changed_and_what_is_gone() {
        let count = |stars, is_revised, is_gone, many| RatingCount {
            object: Object::ProductReview,
            rating: pingxin_domain::review::Rating::try_from(stars).ok(),
            verdict: None,
            is_revised,
            is_gone,
            many,
        };
        let parts = vec![
            vec![count(5, false, false, 9), count(1, true, false, 1), count(1, false, true, 3)],
            vec![count(2, false, false, 10)],
        ];
        let counted = Counted { parts, typed: Vec::new(), bad: Vec::new(), as_of: Timestamp::UNIX_EPOCH };
        let group = counted.group(Object::ProductReview, &|_| Vec::new()).unwrap();
        let month = &group.windows[0];
        assert_eq!((month.count.count.positive, month.count.count.negative), (9, 1));
        assert_eq!((month.changed, month.gone), (1, 3));
        assert_eq!(group.windows[1].count.count.negative, 11);
        // In 30 days the ten bad ones of the second month still stand in the window of 90 days.
        let soon = group.forecast.iter().find(|soon| soon.window == Window::Days90).unwrap();
        assert_eq!((soon.staying.negative, soon.staying.positive, soon.positive_percent), (11, 9, Some(60)));
        assert!(counted.group(Object::SellerFeedback, &|_| Vec::new()).unwrap().public.is_some());
    }
}
