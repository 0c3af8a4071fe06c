//! What the ratings that count against a shop do to each window, and when each leaves: for lists that show every one of
//! them beside the number it would bring back.

use jiff::Timestamp;

use super::feedback::{FeedbackClass, FeedbackCount};
use super::share::percent;
use super::what_if::positives_needed;
use super::window::{Window, age, days_before};
use crate::review::{Rating, Verdict};

/// A window that a rating lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// The window.
    pub window: Window,
    /// The first instant at which the rating is outside; none for all time.
    pub at: Option<Timestamp>,
    /// The displayed percent of the window without it.
    pub percent_without: Option<u64>,
}

/// The windows that a rating lies in as of an instant, the shortest first; `count` gives what each holds now.
#[must_use]
pub fn leaves(
    class: FeedbackClass,
    at: Timestamp,
    count: impl Fn(Window) -> FeedbackCount,
    as_of: Timestamp,
) -> Vec<Leave> {
    let Some(days_old) = age(at, as_of) else { return Vec::new() };
    let inside =
        Window::ALL.into_iter().filter(|window| window.days().is_none_or(|days| days_old < days.into()));
    inside
        .map(|window| Leave {
            window,
            at: window.days().map(|days| days_before(at, -i64::from(days))),
            percent_without: count(window).without(class).positive_percent(),
        })
        .collect()
}

/// The class of a rating for a rate of positives: by verdict where there is one (好评 / 中评 / 差评), else by stars as
/// Amazon counts feedback (AMZ-FM).
#[must_use]
pub fn class_of(rating: Option<Rating>, verdict: Option<Verdict>) -> Option<FeedbackClass> {
    match verdict {
        Some(Verdict::Good) => Some(FeedbackClass::Positive),
        Some(Verdict::Neutral) => Some(FeedbackClass::Neutral),
        Some(Verdict::Bad) => Some(FeedbackClass::Negative),
        None => rating.map(FeedbackClass::of),
    }
}

/// The lowest displayed percent that a shop aims at here.
pub const LOWEST_TARGET: u8 = 80;

/// How many further positives show each percent from [`LOWEST_TARGET`] to 100.
#[must_use]
pub fn needed_for_each(count: FeedbackCount) -> Vec<(u8, u64)> {
    (LOWEST_TARGET..=100).map(|target| (target, positives_needed(count, target))).collect()
}

/// The displayed percent of positives with so many more.
#[must_use]
pub fn with_more(count: FeedbackCount, more: u64) -> Option<u64> {
    percent(count.positive.saturating_add(more), count.total().saturating_add(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_leaves_each_window_once() {
        let as_of: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let at: Timestamp = "2026-09-20T12:00:00Z".parse().unwrap();
        let count = |_| FeedbackCount { positive: 90, neutral: 5, negative: 5 };
        let found = leaves(FeedbackClass::Negative, at, count, as_of);
        let windows: Vec<Window> = found.iter().map(|leave| leave.window).collect();
        assert_eq!(windows, [Window::Days90, Window::Days365, Window::Lifetime]);
        assert_eq!(found[0].at.unwrap().to_string(), "2026-12-19T12:00:00Z");
        assert_eq!((found[0].percent_without, found[2].at), (Some(91), None));
        assert!(leaves(FeedbackClass::Negative, as_of, count, at).is_empty(), "still to come");
    }

    #[test]
    fn the_verdict_counts_before_the_stars() {
        let stars = |stars| Rating::try_from(stars).ok();
        assert_eq!(class_of(stars(5), Some(Verdict::Bad)), Some(FeedbackClass::Negative));
        assert_eq!(class_of(stars(3), None), Some(FeedbackClass::Neutral));
        assert_eq!(class_of(None, None), None);
    }

    #[test]
    fn what_is_needed_is_what_shows_it() {
        let ninety = FeedbackCount { positive: 90, neutral: 5, negative: 5 };
        let needed = needed_for_each(ninety);
        assert_eq!(needed[15], (95, 82));
        assert_eq!((with_more(ninety, 82), with_more(ninety, 81)), (Some(95), Some(94)));
    }
}
