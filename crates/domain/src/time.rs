//! Instants as the store keeps them: whole microseconds UTC.

use jiff::Timestamp;

/// Microseconds since 1970 in UTC; what every instant column holds.
#[must_use]
pub fn to_micros(instant: Timestamp) -> i64 {
    instant.as_microsecond()
}

/// The instant of a stored column; an impossible number is held at the ends of the calendar.
#[must_use]
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_store() {
        let instant: Timestamp = "2026-11-22T01:02:03.000004Z".parse().unwrap();
        assert_eq!(from_micros(to_micros(instant)), instant);
        assert_eq!(from_micros(i64::MAX), Timestamp::MAX);
        assert_eq!(from_micros(i64::MIN), Timestamp::MIN);
    }
}
