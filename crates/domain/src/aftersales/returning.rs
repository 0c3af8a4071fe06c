//! 七天无理由退货: whether goods can be sent back for no reason but the buyer's own.
//!
//! Seven days from the day after signing, to the end of the seventh local day (CN-7D, CN-CPL 25); goods of a kind that the
//! buyer confirmed as not returnable are left out, and what comes back must be fit to be sold again.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::facts::Goods;
use crate::intake::codes;

/// Days of the right of return, where a policy pack names no other number.
const DAYS: i64 = 7;

codes! {
    /// Whether the goods can be sent back without a reason.
    ReturnRight {
        /// They can, as far as known.
        Open = "open",
        /// The days have passed.
        Expired = "expired",
        /// They are of a kind that is not taken back.
        Exempt = "exempt",
        /// Labels cut, washed or used: not fit to be sold again.
        Handled = "handled",
    }
}

/// When the goods were signed for and when the buyer asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    /// When the parcel was signed for; unknown leaves the right open.
    pub signed: Option<Timestamp>,
    /// When the buyer asked; now, if he has not.
    pub requested: Option<Timestamp>,
    /// Where the buyer's days are counted.
    pub zone: TimeZone,
    /// How many days the right lasts.
    pub days: i64,
}

impl Default for Returning {
    fn default() -> Self {
        Self { signed: None, requested: None, zone: TimeZone::UTC, days: DAYS }
    }
}

impl Returning {
    /// The last local date of the right; `None` when nobody knows when the parcel was signed for.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        let signed = self.signed?.to_zoned(self.zone.clone()).date();
        signed.checked_add(Span::new().days(self.days)).ok()
    }

    /// Whether the goods can be sent back for no reason when the buyer asked (or now).
    ///
    /// What is unknown of the goods is left to the look at them when they come back.
    #[must_use]
    pub fn right(&self, goods: &Goods, as_of: Timestamp) -> ReturnRight {
        let asked = self.requested.unwrap_or(as_of).to_zoned(self.zone.clone()).date();
        if [goods.tags_cut, goods.washed, goods.used].contains(&Some(true)) {
            ReturnRight::Handled
        } else if goods.exempt == Some(true) {
            ReturnRight::Exempt
        } else if self.last_day().is_some_and(|last| asked > last) {
            ReturnRight::Expired
        } else {
            ReturnRight::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(signed: &str, requested: &str, zone: &str) -> ReturnRight {
        let returning = Returning {
            signed: signed.parse().ok(),
            requested: requested.parse().ok(),
            zone: TimeZone::get(zone).unwrap(),
            ..Returning::default()
        };
        returning.right(&Goods::default(), Timestamp::MIN)
    }

    #[test]
    fn the_day_of_signing_does_not_count_and_the_seventh_day_counts_whole() {
        let signed = "2026-06-30T15:59:59Z"; // the last second of 30 June in Shanghai
        assert_eq!(right(signed, "2026-07-07T15:59:59Z", "Asia/Shanghai"), ReturnRight::Open);
        assert_eq!(right(signed, "2026-07-07T16:00:00Z", "Asia/Shanghai"), ReturnRight::Expired);
        let next_day = "2026-06-30T16:00:00Z"; // the first of 1 July
        assert_eq!(right(next_day, "2026-07-08T15:59:59Z", "Asia/Shanghai"), ReturnRight::Open);
        assert_eq!(right(next_day, "2026-07-08T16:00:00Z", "Asia/Shanghai"), ReturnRight::Expired);
    }

    #[test]
    fn days_are_local_when_the_clocks_change() {
        // Clocks go back on 1 November 2026 in New York: the seventh day has 25 hours.
        let signed = "2026-10-25T16:00:00Z";
        assert_eq!(right(signed, "2026-11-02T04:59:59Z", "America/New_York"), ReturnRight::Open);
        assert_eq!(right(signed, "2026-11-02T05:00:00Z", "America/New_York"), ReturnRight::Expired);
    }

    #[test]
    fn what_is_unknown_leaves_the_right_open() {
        let open = Returning::default();
        assert_eq!(open.right(&Goods::default(), Timestamp::MAX), ReturnRight::Open);
        let goods = |exempt, washed| Goods { exempt, washed, ..Goods::default() };
        assert_eq!(open.right(&goods(Some(true), None), Timestamp::MIN), ReturnRight::Exempt);
        assert_eq!(open.right(&goods(Some(false), Some(true)), Timestamp::MIN), ReturnRight::Handled);
    }
}
