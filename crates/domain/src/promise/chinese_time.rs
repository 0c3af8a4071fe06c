//! Times in a Chinese clause: 「明天下午四点前」「最晚18号」「3个工作日内」「半小时内」「周五下班前」.

use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Zoned};
use regex::Captures;

use super::instant::{
    LAST, When, at, day_of_month, day_of_year, days_later, next_monday, weekday, working_days_later,
};
use super::pattern::patterns;

patterns! {
    DAY = "(?P<near>大后天|后天|明天|明日|明早|明晚|明儿|今天|今日|今晚|今早|今儿|当天)|\
         (?P<weeks>这个|本|这|下个|下)?(?:周|星期|礼拜)(?P<week>[一二三四五六日天])|\
         (?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?P<date>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日]?|\
         (?P<alone>[0-9]{1,2})[号日]|(?P<end>月底|月末)";
    CLOCK = "(?P<hour>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})点(?P<minute>半|一刻|三刻|[0-5][0-9])?|\
         (?P<digits>[0-2]?[0-9]):(?P<after>[0-5][0-9])|(?P<whole>[0-9]{1,2})时[^0-9]";
    PART = "凌晨|早上|早班|清早|一早|上午|中午|下午|傍晚|晚上|夜里|今晚|明晚|晚|明早|今早|早";
    LENGTH = "(?P<many>[0-9]{1,3}|半|[一二两三四五六七八九十]{1,3})个?(?P<unit>半?小时|半?钟头|分钟|刻钟|工作日|天|日)\
         (?P<within>之内|以内|内)?";
    OFF = "(?:签收|收到|收货|取走|取件|到货|到仓|入库|发出|寄出|出库|发货|审核完?|验货|验收|退回|确认|通过|拿到|寄回|送达|出门)\
         [^,。0-9]{0,6}?(?:后|之后|以后|前|的)";
}

/// A number in digits or in words up to 99.
fn number(text: &str) -> Option<i32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |one: char| "零一二三四五六七八九".chars().position(|known| known == one).map(|at| at as i32);
    let digit = |one: char| if one == '两' { Some(2) } else { digit(one) };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
            Some(tens * 10 + ones)
        }
        None => digit(text.chars().next()?),
    }
}

fn date_of(found: &Captures<'_>, today: Date) -> Option<Date> {
    if let Some(near) = found.name("near") {
        let days = match near.as_str() {
            "大后天" => 3,
            "后天" => 2,
            "明天" | "明日" | "明早" | "明晚" | "明儿" => 1,
            _ => 0,
        };
        return Some(days_later(today, days));
    }
    if let Some(week) = found.name("week") {
        let place = "一二三四五六".find(week.as_str()).map_or(7, |at| at / '一'.len_utf8() + 1);
        let wanted = Weekday::from_monday_one_offset(i8::try_from(place).ok()?).ok()?;
        if matches!(found.name("weeks").map(|weeks| weeks.as_str()), Some("下" | "下个")) {
            return Some(weekday(next_monday(today), wanted));
        }
        return Some(weekday(today, wanted));
    }
    if let (Some(month), Some(date)) = (found.name("month"), found.name("date")) {
        let (month, date) = (number(month.as_str())?, number(date.as_str())?);
        return day_of_year(today, i8::try_from(month).ok()?, i8::try_from(date).ok()?);
    }
    if let Some(alone) = found.name("alone") {
        return day_of_month(today, alone.as_str().parse().ok()?);
    }
    Some(today.last_of_month())
}

/// Hour and minute, by the part of the day that stands before it.
fn time_of(found: &Captures<'_>, part: Option<&str>) -> Option<(i8, i8)> {
    let (hour, minute) = match (found.name("hour"), found.name("digits"), found.name("whole")) {
        (Some(hour), _, _) => {
            let minute = match found.name("minute").map(|minute| minute.as_str()) {
                None => 0,
                Some("半") => 30,
                Some("一刻") => 15,
                Some("三刻") => 45,
                Some(minute) => minute.parse().ok()?,
            };
            (number(hour.as_str())?, minute)
        }
        (_, Some(hour), _) => (hour.as_str().parse().ok()?, found.name("after")?.as_str().parse().ok()?),
        (_, _, Some(hour)) => (hour.as_str().parse().ok()?, 0),
        _ => return None,
    };
    let part = part.unwrap_or_default();
    let hour = match hour {
        1..=11 if part.contains("下午") || part.contains('晚') || part == "夜里" => hour + 12,
        12 if part.contains('晚') || part == "夜里" => 24,
        1..=2 if part == "中午" => hour + 12,
        other => other,
    };
    (0..=24).contains(&hour).then_some((i8::try_from(hour).ok()?, minute))
}

/// 「3个工作日内」「48小时内」「半小时内」: from now on.
fn length_of(words: &str, said: &Zoned) -> Option<When> {
    let found = LENGTH.captures_iter(words).last()?;
    let whole = found.get(0)?;
    let unit = found.name("unit")?.as_str();
    let rest = &words[whole.end()..];
    let answers = ["回", "给", "答复", "后给", "后回", "后告"].iter().any(|next| rest.starts_with(next));
    let short = unit.contains("小时") || unit.contains("钟");
    if found.name("within").is_none() && !(short && answers) {
        return None;
    }
    if OFF.find(&words[..whole.start()]).is_some() {
        return Some(When::Hanging);
    }
    let many = found.name("many")?.as_str();
    let minutes = match unit {
        "分钟" => i64::from(number(many)?),
        "刻钟" => 15 * i64::from(number(many)?),
        _ if !short => {
            let (today, many) = (said.date(), number(many)?);
            let last =
                if unit == "工作日" { working_days_later(today, many) } else { days_later(today, many) };
            return at(said, last, if unit == "工作日" { LAST } else { said.time() }).map(When::Until);
        }
        _ if many == "半" => 30,
        _ => 60 * i64::from(number(many)?) + if unit.starts_with('半') { 30 } else { 0 },
    };
    said.timestamp().checked_add(SignedDuration::from_mins(minutes)).ok().map(When::Until)
}

/// What a clause says of a time; none when it says nothing of one.
pub(super) fn read(words: &str, said: &Zoned) -> Option<When> {
    let today = said.date();
    let day = DAY.captures_iter(words).last();
    let after_day = day.as_ref().and_then(|day| day.get(0)).map_or(0, |day| day.start());
    let length = length_of(words, said);
    if day.is_none() && length.is_some() {
        return length;
    }
    let clock =
        CLOCK.captures_iter(words).filter(|clock| clock.get(0).is_some_and(|it| it.start() >= after_day));
    let clock = clock.filter(|clock| is_clock(clock, words)).last();
    let before = clock.as_ref().and_then(|clock| clock.get(0)).map_or(words.len(), |clock| clock.start());
    let part = PART.find_iter(&words[..before]).filter(|part| part.start() >= after_day).last();
    let part = part.map(|part| part.as_str());
    let date = day.as_ref().and_then(|day| date_of(day, today));
    if let Some((hour, minute)) = clock.as_ref().and_then(|clock| time_of(clock, part)) {
        let is_limit = words.contains('前') || words.contains('内');
        return until(said, date, (hour, minute), (part.is_some(), is_limit));
    }
    let closing = words.contains("下班");
    let ends = match part {
        _ if closing => Time::constant(18, 0, 0, 0),
        Some(part) if part.contains("早") || matches!(part, "上午" | "中午" | "凌晨") => {
            Time::constant(12, 0, 0, 0)
        }
        Some("下午" | "傍晚") => Time::constant(18, 0, 0, 0),
        _ => LAST,
    };
    match date {
        Some(date) => at(said, date, ends).map(When::Until),
        None if closing || matches!(part, Some("下午" | "上午" | "中午" | "晚上")) => {
            at(said, today, ends).map(When::Until)
        }
        None => None,
    }
}

/// 「一点」 is more often a little than one o'clock.
fn is_clock(clock: &Captures<'_>, words: &str) -> bool {
    let Some(found) = clock.get(0) else { return false };
    if clock.name("hour").is_none_or(|hour| hour.as_str() != "一") {
        return true;
    }
    let (before, after) = (&words[..found.start()], &words[found.end()..]);
    PART.find_iter(before).last().is_some_and(|part| part.end() == before.len()) || after.starts_with('前')
}

fn until(
    said: &Zoned,
    date: Option<Date>,
    (hour, minute): (i8, i8),
    (has_part, is_limit): (bool, bool),
) -> Option<When> {
    let day = date.unwrap_or(said.date());
    let end = |date: Date, hour: i8| match Time::new(hour, minute, 0, 0) {
        Ok(time) => at(said, date, time),
        Err(_) => at(said, date, LAST),
    };
    let first = end(day, hour)?;
    let is_past = first <= said.timestamp();
    let is_today = day == said.date();
    let found = match () {
        () if !is_past || !is_today => first,
        () if !has_part && hour < 12 && end(day, hour + 12)? > said.timestamp() => end(day, hour + 12)?,
        // "2点20分出库", said at half past two, tells of what was.
        () if date.is_none() && is_limit => end(days_later(day, 1), hour)?,
        () => first,
    };
    Some(When::Until(found))
}
