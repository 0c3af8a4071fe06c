//! Counts that no file holds, typed from the platform's page and dated, complete what files hold.
//!
//! Amazon's feedback report has one to three stars only, so its positives are typed
//! ([`crate::figure::FigureName::PositiveFeedback30`] and its like). A completed figure says which part is typed and when.

use jiff::Timestamp;

use super::feedback::FeedbackCount;
use super::window::Window;

/// The positives of one window, as a person read them on the platform's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedCount {
    /// Of which window.
    pub window: Window,
    /// Four and five stars.
    pub positive: u64,
    /// When the page showed it.
    pub seen: Timestamp,
}

/// Where a part of a count comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Counted from files.
    Counted,
    /// Typed from the page of this instant.
    Typed(Timestamp),
}

/// A count of which one part may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompletedFeedback {
    /// The whole count.
    pub count: FeedbackCount,
    /// Where the positives come from; neutral and negative ones are always counted.
    pub positive: Part,
}

/// Completes what files hold of a window with the newest typed count of that window that is not later than `as_of`.
///
/// The larger one counts: files that hold more positives than the page showed are newer than the page.
#[must_use]
pub fn complete(
    counted: FeedbackCount,
    window: Window,
    typed: &[TypedCount],
    as_of: Timestamp,
) -> CompletedFeedback {
    let newest = typed
        .iter()
        .filter(|typed| typed.window == window && typed.seen <= as_of)
        .max_by_key(|typed| (typed.seen, typed.positive));
    match newest {
        Some(typed) if typed.positive > counted.positive => CompletedFeedback {
            count: FeedbackCount { positive: typed.positive, ..counted },
            positive: Part::Typed(typed.seen),
        },
        _ => CompletedFeedback { count: counted, positive: Part::Counted },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_page_completes_the_count_of_its_window() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let typed = |window, positive, seen| TypedCount { window, positive, seen: at(seen) };
        let pages = [
            typed(Window::Days30, 900, "2026-10-01T00:00:00Z"),
            typed(Window::Days30, 1001, "2026-10-20T00:00:00Z"),
            typed(Window::Days30, 5000, "2026-11-20T00:00:00Z"),
            typed(Window::Days90, 2000, "2026-10-20T00:00:00Z"),
        ];
        let file = FeedbackCount { positive: 0, neutral: 15, negative: 4 };
        let now = at("2026-11-01T00:00:00Z");
        let whole = complete(file, Window::Days30, &pages, now);
        assert_eq!(whole.count.positive_percent(), Some(98));
        assert_eq!(whole.positive, Part::Typed(at("2026-10-20T00:00:00Z")));
        let unseen = complete(file, Window::Days365, &pages, now);
        assert_eq!((unseen.count, unseen.positive), (file, Part::Counted));
        let newer = FeedbackCount { positive: 2001, ..file };
        assert_eq!(complete(newer, Window::Days90, &pages, now).positive, Part::Counted);
    }
}
