//! Instants as the contract writes them.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// An RFC 3339 instant, or a date alone, which means 00:00 UTC.
pub(in crate::command) fn instant(text: &str) -> Result<Timestamp, String> {
    let wrong = || format!("\"{text}\" is no instant; write 2026-10-01T12:00:00Z or 2026-10-01");
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let date: jiff::civil::Date =
        if text.len() == 10 { text.parse().map_err(|_| wrong())? } else { return Err(wrong()) };
    date.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|_| wrong())
}

/// A field that is an instant or null.
///
/// # Errors
/// When it means nothing.
pub(in crate::command) fn moment<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Timestamp>, D::Error> {
    let text = <Option<Cow<'de, str>>>::deserialize(deserializer)?;
    text.map(|text| instant(&text).map_err(D::Error::custom)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_midnight_utc() {
        assert_eq!(instant("2026-11-01"), instant("2026-11-01T08:00:00+08:00"));
        assert!(instant("2026-13-01").is_err());
    }
}
