//! The time of a date, and its zone.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::token::Token;

/// What follows the day: perhaps a time, perhaps a zone, and nothing else.
pub(super) fn read(tokens: &[Token]) -> Option<(Option<Time>, Option<Offset>)> {
    use Token::{Between, Half, Number, Sign};
    let tokens = match tokens {
        [Between | Sign(',') | Sign('-') | Sign(':'), rest @ ..] => rest,
        all => all,
    };
    let (before, tokens) = match tokens {
        [Half(after_noon), rest @ ..] => (Some(*after_noon), rest),
        all => (None, all),
    };
    let (clock, tokens) = match tokens {
        [
            Number { value: hour, .. },
            Sign(':'),
            Number { value: minute, .. },
            Sign(':'),
            Number { value: second, .. },
            rest @ ..,
        ] => {
            let (nanos, rest) = match rest {
                [Sign('.' | ',' | ':'), Number { value, digits }, rest @ ..] => {
                    (nanoseconds(*value, *digits)?, rest)
                }
                all => (0, all),
            };
            (Some((*hour, *minute, *second, nanos)), rest)
        }
        [Number { value: hour, .. }, Sign(':'), Number { value: minute, .. }, rest @ ..] => {
            (Some((*hour, *minute, 0, 0)), rest)
        }
        [Number { value: hour, .. }, Half(_), ..] => (Some((*hour, 0, 0, 0)), &tokens[1..]),
        all => (None, all),
    };
    let (half, tokens) = match (before, tokens) {
        (None, [Half(after_noon), rest @ ..]) => (Some(*after_noon), rest),
        (half, all) => (half, all),
    };
    let Some((hour, minute, second, nanos)) = clock else {
        // A zone or a half of the day without a time says nothing we could use.
        return (tokens.is_empty() && half.is_none()).then_some((None, None));
    };
    let hour = match half {
        None => hour,
        // Noon is 午後0時 in Japan.
        Some(after_noon) if hour == 0 => 12 * u64::from(after_noon),
        Some(_) if hour > 12 => {
            // 下午15:30 is written, too; the half adds nothing then.
            hour
        }
        Some(after_noon) => hour % 12 + if after_noon { 12 } else { 0 },
    };
    let time = Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        // A leap second is the last second of its minute.
        i8::try_from(second.min(if second == 60 { 59 } else { second })).ok()?,
        nanos,
    )
    .ok()?;
    Some((Some(time), zone(tokens)?))
}

fn nanoseconds(value: u64, digits: usize) -> Option<i32> {
    let nanos = match digits {
        0..=9 => value.checked_mul(10u64.checked_pow(u32::try_from(9 - digits).ok()?)?)?,
        _ => value / 10u64.checked_pow(u32::try_from(digits - 9).ok()?)?,
    };
    i32::try_from(nanos).ok()
}

/// None when what is left is no zone.
fn zone(tokens: &[Token]) -> Option<Option<Offset>> {
    use Token::{Number, Sign, Zone};
    let minutes = match tokens {
        [] | [Zone(None)] => return Some(None),
        [Zone(Some(minutes))] => *minutes,
        rest => {
            let rest = match rest {
                [Zone(Some(0)), rest @ ..] => rest,
                all => all,
            };
            let (sign, minutes) = match rest {
                [Sign(sign @ ('+' | '-')), Number { value, digits: 1 | 2 }] => (sign, value * 60),
                [Sign(sign @ ('+' | '-')), Number { value, digits: 4 }] => {
                    (sign, value / 100 * 60 + value % 100)
                }
                [
                    Sign(sign @ ('+' | '-')),
                    Number { value, digits: 1 | 2 },
                    Sign(':'),
                    Number { value: minutes, digits: 2 },
                ] => (sign, value * 60 + minutes),
                _ => return None,
            };
            let minutes = i32::try_from(minutes).ok()?;
            if *sign == '-' { -minutes } else { minutes }
        }
    };
    Some(Some(Offset::from_seconds(minutes.checked_mul(60)?).ok()?))
}
