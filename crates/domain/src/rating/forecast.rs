//! Where a window's percent is heading if ratings go on coming as they do.

use super::feedback::FeedbackCount;
use super::window::Window;

/// The displayed percent of a window after some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// Which window.
    pub window: Window,
    /// In how many days.
    pub days: u16,
    /// What stays in the window until then.
    pub staying: FeedbackCount,
    /// What came in the last 30 days, the present rate.
    pub of_30_days: FeedbackCount,
    /// The displayed percent then, a whole number rounded half up; `None` when nothing stays and nothing comes.
    pub positive_percent: Option<u64>,
}

/// How many of the last days of a window are still in it after `days` days; `None` for all time, which nothing leaves.
#[must_use]
pub fn staying_days(window: Window, days: u16) -> Option<u16> {
    window.days().map(|length| length.saturating_sub(days))
}

/// The percent of a window in `days` days: what stays in it (the ratings of the last [`staying_days`]), and as much more as
/// `days` days bring at the rate of the last 30, `present`. A window that is shorter than the forecast is filled with its
/// own length of that rate.
///
/// Exact: shares are taken of thirtieths, so no count is rounded on the way.
#[must_use]
pub fn forecast(staying: FeedbackCount, present: FeedbackCount, window: Window, days: u16) -> Forecast {
    let coming = u128::from(window.days().map_or(days, |length| length.min(days)));
    let thirtieths = |stay: u64, of_late: u64| u128::from(stay) * 30 + u128::from(of_late) * coming;
    let positive = thirtieths(staying.positive, present.positive);
    let against =
        thirtieths(staying.neutral, present.neutral) + thirtieths(staying.negative, present.negative);
    let total = positive + against;
    Forecast {
        window,
        days,
        staying,
        of_30_days: present,
        positive_percent: (200 * positive + total)
            .checked_div(2 * total)
            .and_then(|shown| u64::try_from(shown).ok()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::rating::tally::Tally;
    use crate::rating::window::days_before;

    fn heading(tally: &Tally, window: Window, days: u16) -> Forecast {
        let staying = match staying_days(window, days) {
            Some(length) => tally.last(usize::from(length)),
            None => tally.within(window),
        };
        forecast(staying.into(), tally.last(30).into(), window, days)
    }

    fn tally(counts: &[(i64, usize, u64)]) -> Tally {
        let now = Timestamp::UNIX_EPOCH;
        let mut tally = Tally::default();
        for (ago, class, how_many) in counts {
            for _ in 0..*how_many {
                tally.add(*class, days_before(now, *ago), now);
            }
        }
        tally
    }

    #[test]
    fn an_old_bad_month_rolls_out_and_the_present_rate_comes_in() {
        // Ten bad ones 80 days ago; of late three good ones a month.
        let tally = tally(&[(80, 2, 10), (5, 0, 3)]);
        let soon = heading(&tally, Window::Days90, 5);
        assert_eq!(soon.staying, FeedbackCount { positive: 3, neutral: 0, negative: 10 });
        // 3.5 of 13.5 is 25.9 %.
        assert_eq!(soon.positive_percent, Some(26));
        let later = heading(&tally, Window::Days90, 10);
        assert_eq!(later.positive_percent, Some(100));
        assert_eq!(later.staying.negative, 0);
    }

    #[test]
    fn a_window_shorter_than_the_forecast_holds_only_what_comes() {
        let tally = tally(&[(3, 0, 1), (4, 2, 1)]);
        let far = heading(&tally, Window::Days30, 300);
        assert_eq!((far.staying.total(), far.positive_percent), (0, Some(50)));
        let all_time = heading(&tally, Window::Lifetime, 30);
        assert_eq!((all_time.staying.total(), all_time.positive_percent), (2, Some(50)));
        assert_eq!(heading(&Tally::default(), Window::Days90, 7).positive_percent, None);
    }

    #[test]
    fn today_is_what_is_shown_today() {
        let tally = tally(&[(3, 0, 7), (40, 1, 2), (364, 2, 1)]);
        for window in Window::ALL {
            let count = FeedbackCount::from(tally.within(window));
            assert_eq!(heading(&tally, window, 0).positive_percent, count.positive_percent());
        }
    }
}
