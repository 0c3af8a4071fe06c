//! An instant in an address: RFC 3339, or a date alone for its first moment in UTC.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, de};

/// An instant somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(Timestamp);

impl Moment {
    /// The instant.
    #[must_use]
    pub fn instant(self) -> Timestamp {
        self.0
    }
}

impl std::str::FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let date = || text.parse::<Date>().and_then(|date| date.to_zoned(TimeZone::UTC));
        text.parse::<Timestamp>()
            .or_else(|_| date().map(|start| start.timestamp()))
            .map(Self)
            .map_err(|_| format!("`{text}` is no instant; write 2026-11-01 or 2026-11-01T08:00:00Z"))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_first_moment() {
        let moment = |text: &str| text.parse::<Moment>().map(|moment| moment.instant().to_string());
        assert_eq!(moment("2026-11-01"), Ok("2026-11-01T00:00:00Z".into()));
        assert_eq!(moment("2026-11-01T08:00:00+08:00"), Ok("2026-11-01T00:00:00Z".into()));
        assert!(moment("yesterday").is_err());
    }
}
