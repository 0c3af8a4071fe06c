//! A phone call.

use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::intake::{Field, IncomingCall, IncomingRecord, RowFailure};

use super::failure;
use super::reader::Reader;

/// The longest call that is believed: a day.
const LONGEST_SECONDS: u64 = 86_400;

/// The call; it must say when it was.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
    let Some(at) = reader.instant(Field::CalledAt)? else {
        return Err(failure::missing(reader, Field::CalledAt, "通话时间", "time of the call"));
    };
    let direction = reader.get(Field::CallDirection).and_then(|value| CallDirection::from_code(value.text));
    Ok(vec![IncomingRecord::Call(IncomingCall {
        order_number: reader.key(Field::OrderNumber)?,
        buyer: reader.buyer()?,
        at,
        direction,
        result: reader.get(Field::CallResult).and_then(|value| CallResult::from_code(value.text)),
        seconds: length(reader)?,
        agent: reader.text(Field::Agent),
        note: reader.words(Field::CallNote)?,
    })])
}

fn length(reader: &Reader<'_>) -> Result<Option<u32>, RowFailure> {
    let Some(value) = reader.get(Field::CallSeconds) else { return Ok(None) };
    seconds(value.text).map(Some).ok_or_else(|| {
        failure::cell(
            reader,
            value.column,
            value.text,
            "看不懂这个通话时长。请写秒数（65）或 时:分:秒（0:01:05）。".into(),
            "This is no length of a call. Write seconds (65) or h:mm:ss (0:01:05).".into(),
        )
    })
}

/// `65`, `65秒`, `1:05`, `0:01:05`, `1分05秒`, `1h 2m 3s`.
fn seconds(text: &str) -> Option<u32> {
    let plain: String = text
        .chars()
        .map(|letter| match letter {
            '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
            other => other,
        })
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let total = if plain.contains(':') {
        let parts: Vec<u64> = plain.split(':').map(whole).collect::<Option<_>>()?;
        match parts.as_slice() {
            [minutes, seconds] if *seconds < 60 => minutes.checked_mul(60)? + seconds,
            [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => {
                hours.checked_mul(3_600)? + minutes * 60 + seconds
            }
            _ => return None,
        }
    } else {
        with_units(&plain)?
    };
    u32::try_from(total).ok().filter(|_| total <= LONGEST_SECONDS)
}

/// A whole number, perhaps with the `.0` that data tools put behind it.
fn whole(text: &str) -> Option<u64> {
    let text = text.split_once('.').map_or(text, |(whole, fraction)| {
        if !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0') { whole } else { text }
    });
    (text.len() <= 9 && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn with_units(plain: &str) -> Option<u64> {
    const UNITS: [(&[&str], u64); 3] = [
        (&["小时", "时", "hours", "hour", "h"], 3_600),
        (&["分钟", "分", "minutes", "minute", "min", "m"], 60),
        (&["秒钟", "秒", "seconds", "second", "sec", "s"], 1),
    ];
    let mut rest = plain;
    let mut total = 0;
    for (names, unit) in UNITS {
        let end = rest.find(|letter: char| !letter.is_ascii_digit());
        let Some((number, behind)) = end.map(|end| rest.split_at(end)) else { break };
        if let Some(name) = names.iter().find(|name| behind.starts_with(**name)) {
            total += whole(number)?.checked_mul(unit)?;
            rest = &behind[name.len()..];
        }
    }
    match rest {
        "" if rest.len() < plain.len() => Some(total),
        // Seconds without a name, alone or behind minutes: 1分05.
        _ => Some(total + whole(rest)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_read_as_phones_and_call_centres_write_them() {
        for (text, length) in [
            ("65", 65),
            ("65.0", 65),
            ("65秒", 65),
            ("1:05", 65),
            ("0:01:05", 65),
            ("00:01:05", 65),
            ("1分05秒", 65),
            ("1分05", 65),
            ("１分５秒", 65),
            ("1m 5s", 65),
            ("1小时2分3秒", 3_723),
            ("2分钟", 120),
            ("0", 0),
        ] {
            assert_eq!(seconds(text), Some(length), "{text}");
        }
        for text in ["", "abc", "1:99", "-5", "1:2:3:4", "1e9", "99999999999", "秒", "90000", "1.5"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_length_reads_back(length in 0u32..86_400) {
            let (hours, minutes, rest) = (length / 3_600, length / 60 % 60, length % 60);
            prop_assert_eq!(seconds(&format!("{hours}:{minutes:02}:{rest:02}")), Some(length));
            prop_assert_eq!(seconds(&format!("{hours}小时{minutes}分{rest}秒")), Some(length));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9:.分秒时小hms]{0,24}|\\PC{0,12}") {
            let _ = seconds(&text);
        }
    }
}
