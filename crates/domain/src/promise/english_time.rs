//! Times in an English clause: "by 3 pm today", "first thing tomorrow", "within two working days", "between 9 and 1".

use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Zoned};
use regex::Captures;

use super::instant::{
    LAST, When, at, day_of_month, day_of_year, days_later, next_monday, weekday, working_days_later,
};
use super::pattern::patterns;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

patterns! {
    DAY = concat!(
        r"(?P<near>day after tomorrow|\btomorrow\b|\btoday\b|\btonight\b|this (?:morning|afternoon|evening)|same day)|",
        r"(?P<next>\bnext )?\b(?P<week>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|",
        r"\b(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|",
        r"\b(?P<first>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (?P<then>[0-9]{1,2})(?:st|nd|rd|th)?\b|",
        r"\bthe (?P<alone>[0-9]{1,2})(?:st|nd|rd|th)\b|(?P<end>end of (?:the )?(?P<what>week|month))",
    );
    CLOCK = concat!(
        r"(?:\b(?P<between>between|from) (?P<lower>[0-9]{1,2})(?::[0-9]{2})? ?(?:am|pm)? (?:and|to|-) |[0-9] ?(?:am|pm)? ?(?:to|-|–) ?|",
        r"\b(?:by|at|before|until|till|around|no later than) |\b)",
        r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-5][0-9]))? ?(?P<half>am|pm|a\.m|p\.m|o'clock)?\b|\b(?P<noon>noon|midday|midnight)\b",
    );
    LENGTH = r"\b(?:within|in)(?: the)?(?: next)? (?:[0-9]{1,2}(?: to |-|–))?(?P<many>[0-9]{1,3}|an?|half an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple of) (?P<work>business |working )?(?P<unit>minute|hour|day|week)s?\b";
    OFF = r"\b(?:after|once|when|as soon as|upon|of (?:receiving|receipt|getting)|from (?:receipt|when)|of (?:the|its|your) (?:return|arrival))\b";
}

fn date_of(found: &Captures<'_>, today: Date) -> Option<Date> {
    let text = |name: &str| found.name(name).map(|found| found.as_str());
    let month = |name: &str| MONTHS.iter().position(|month| name.starts_with(month)).map(|at| at as i8 + 1);
    if let Some(near) = text("near") {
        let days = match near {
            "day after tomorrow" => 2,
            "tomorrow" => 1,
            _ => 0,
        };
        return Some(days_later(today, days));
    }
    if let Some(week) = text("week") {
        let place = DAYS.iter().position(|day| week.starts_with(day))?;
        let wanted = Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()?;
        let from = if found.name("next").is_some() { next_monday(today) } else { today };
        return Some(weekday(from, wanted));
    }
    if let (Some(day), Some(name)) = (text("day"), text("month")) {
        return day_of_year(today, month(name)?, day.parse().ok()?);
    }
    if let (Some(name), Some(day)) = (text("first"), text("then")) {
        return day_of_year(today, month(name)?, day.parse().ok()?);
    }
    if let Some(alone) = text("alone") {
        return day_of_month(today, alone.parse().ok()?);
    }
    match text("what") {
        Some("week") => Some(weekday(today, Weekday::Friday)),
        _ => Some(today.last_of_month()),
    }
}

fn length_of(words: &str, said: &Zoned) -> Option<When> {
    let found = LENGTH.captures(words)?;
    if OFF.is_match(words) {
        return Some(When::Hanging);
    }
    let many = match found.name("many")?.as_str() {
        "a" | "an" => 1,
        "a couple of" => 2,
        "half an" => 0,
        many => many
            .parse()
            .ok()
            .or_else(|| NUMBERS.iter().position(|number| *number == many).map(|at| at as i32))?,
    };
    let minutes = match found.name("unit")?.as_str() {
        "minute" => many,
        "hour" if many == 0 => 30,
        "hour" => many * 60,
        unit => {
            let days = if unit == "week" { many * 7 } else { many };
            if found.name("work").is_some() {
                return at(said, working_days_later(said.date(), days), LAST).map(When::Until);
            }
            return at(said, days_later(said.date(), days), said.time()).map(When::Until);
        }
    };
    said.timestamp().checked_add(SignedDuration::from_mins(i64::from(minutes))).ok().map(When::Until)
}

/// Hour and minute; hours without a half of the day are those of a working day.
fn time_of(found: &Captures<'_>, words: &str) -> Option<Time> {
    let text = |name: &str| found.name(name).map(|found| found.as_str());
    match text("noon") {
        Some("midnight") => return Some(LAST),
        Some(_) => return Time::new(12, 0, 0, 0).ok(),
        None => {}
    }
    let hour: i8 = text("hour")?.parse().ok()?;
    let minute: i8 = text("minute").unwrap_or("0").parse().ok()?;
    let evening = words.contains("tonight") || words.contains("evening") || words.contains("afternoon");
    let hour = match text("half") {
        Some(half) if half.starts_with('p') => {
            if hour < 12 {
                hour + 12
            } else {
                hour
            }
        }
        Some(half) if half.starts_with('a') => hour % 12,
        _ if evening && hour < 12 => hour + 12,
        _ if hour < 7 && text("minute").is_none_or(|_| hour > 0) => hour + 12,
        _ => match text("lower").and_then(|lower| lower.parse::<i8>().ok()) {
            Some(lower) if hour <= lower && hour < 12 => hour + 12,
            _ => hour,
        },
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// A bare number is no hour: one has a half of the day, minutes, or "by", "at" and the like before it.
fn is_clock(clock: &Captures<'_>, words: &str) -> bool {
    let Some(found) = clock.get(0) else { return false };
    let has = |name: &str| clock.name(name).is_some();
    let led = ["by ", "at ", "before ", "until ", "till ", "around ", "no later than "];
    let follows = words[found.end()..].trim_start();
    let counts = [
        "working", "business", "hour", "day", "minute", "week", "%", "cm", "x ", "st", "nd", "th", "jan",
        "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    has("noon")
        || has("half")
        || has("lower")
        || (has("minute") || led.iter().any(|led| found.as_str().starts_with(led)))
            && !counts.iter().any(|count| follows.starts_with(count))
}

/// What a clause says of a time; none when it says nothing of one.
pub(super) fn read(words: &str, said: &Zoned) -> Option<When> {
    if let Some(length) = length_of(words, said) {
        return Some(length);
    }
    let day = DAY
        .captures_iter(words)
        .filter_map(|found| Some((found.name("near").is_some(), date_of(&found, said.date())?)));
    let days: Vec<(bool, Date)> = day.collect();
    // "Thursday 20 March": the more exact one stands last; "tomorrow, Tuesday" are the same.
    let date = days.last().map(|(_, date)| *date);
    let clock = CLOCK.captures_iter(words).filter(|clock| is_clock(clock, words)).last();
    if let Some(time) = clock.as_ref().and_then(|clock| time_of(clock, words)) {
        let today = at(said, date.unwrap_or(said.date()), time)?;
        let is_past = date.is_none() && today <= said.timestamp();
        return if is_past { at(said, days_later(said.date(), 1), time) } else { Some(today) }
            .map(When::Until);
    }
    let has = |word: &str| words.contains(word);
    let ends = match () {
        () if has("close of business") || has("cob") || has("close of play") => Time::constant(18, 0, 0, 0),
        () if has("end of the day") || has("end of day") || has("end of") => LAST,
        () if has("morning") || has("first thing") => Time::constant(12, 0, 0, 0),
        () if has("afternoon") => Time::constant(18, 0, 0, 0),
        () => LAST,
    };
    match date {
        Some(date) => at(said, date, ends).map(When::Until),
        None if has("end of the day") || has("end of day") || has("close of business") => {
            at(said, said.date(), ends).map(When::Until)
        }
        None => None,
    }
}
