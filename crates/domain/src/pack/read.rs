//! A file becomes a pack, or is refused at the first thing that is wrong.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::Pack;
use super::entry::{Entry, plain_record};
use super::header::{Header, Kind};
use super::record::{Grade, Record, Status};
use super::refused::Refused;
use super::schema::{SECTIONS, Section, Shape, Times};
use super::table::{self, File, Table};
use super::value::Value;
use crate::Source;

/// The longest file that is read, in bytes.
const LONGEST: usize = 1 << 20;

pub(super) fn pack(name: &str, text: &str) -> Result<Pack, Refused> {
    let file = File { name, text };
    if text.len() > LONGEST {
        return Err(file.refuse(0, "", format!("the file is longer than {LONGEST} bytes")));
    }
    let root = table::parse(file)?;
    let mut root = Table::new(file, String::new(), 0, root.get_ref());
    let head = root.take("pack").ok_or_else(|| file.refuse(0, "pack", "the table [pack] is missing"))?;
    let header = header(table::table(file, "pack", head)?)?;
    let mut entries = Vec::new();
    if let Some(sources) = root.take("source") {
        for value in table::list(file, "source", sources)? {
            entries.push(source(table::table(file, "source", value)?)?);
        }
    }
    for section in SECTIONS {
        let Some(value) = root.take(section.name) else { continue };
        read_section(file, section, value, &mut entries)?;
    }
    root.finish(&SECTIONS.iter().map(|section| section.name).collect::<Vec<_>>())?;
    entries.sort_by_key(|entry| entry.line);
    unique(file, &entries)?;
    let pack = Pack::new(header, entries);
    super::window::check(file, &pack)?;
    super::policy::check(file, &pack)?;
    Ok(pack)
}

fn header(mut table: Table<'_>) -> Result<Header, Refused> {
    let id = table.need("id")?;
    if !id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-') {
        return Err(table.file.refuse(table.at, "pack.id", "must be lower-case letters, digits and hyphens"));
    }
    let kind = table.need("kind")?;
    let kind = Kind::from_code(&kind).ok_or_else(|| {
        table.file.refuse(table.at, "pack.kind", format!("`{kind}` is none of {}", Kind::WORDS.join(", ")))
    })?;
    let timezone = table.text("timezone")?;
    if let Some(zone) = &timezone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        return Err(table.file.refuse(table.at, "pack.timezone", format!("`{zone}` is no time zone")));
    }
    let reviewed = table.refuse("reviewed_on", "is missing");
    let header = Header {
        id,
        version: table.need("version")?,
        kind,
        inherits: table.text("inherits")?,
        zh: table.need("zh")?,
        en: table.need("en")?,
        markets: table.texts("markets")?,
        platforms: table.texts("platforms")?,
        timezone,
        effective_from: table.day("effective_from")?,
        reviewed_on: table.day("reviewed_on")?.ok_or(reviewed)?,
        review_by: table.day("review_by")?,
    };
    table.finish(&[
        "id",
        "version",
        "kind",
        "inherits",
        "zh",
        "en",
        "markets",
        "platforms",
        "timezone",
        "effective_from",
        "reviewed_on",
        "review_by",
    ])?;
    Ok(header)
}

const SOURCE_KINDS: &[&str] =
    &["official-help", "official-api", "statute", "regulator", "third-party", "folk", "house"];

fn source(mut table: Table<'_>) -> Result<Entry, Refused> {
    let key = table.need("key")?;
    table.path = format!("source.{key}");
    if key.contains(char::is_whitespace) {
        return Err(table.file.refuse(table.at, "source.key", "must hold no space"));
    }
    let line = table.file.line(table.at);
    let mut values = BTreeMap::new();
    for (name, shape, needed) in [
        ("title", Shape::Text, true),
        ("url", Shape::Text, false),
        ("kind", Shape::OneOf(SOURCE_KINDS), true),
        ("page_date", Shape::Text, false),
        ("seen_on", Shape::Day, true),
    ] {
        let missing = table.refuse(name, "is missing");
        match table.shaped(name, shape)? {
            Some(value) => {
                values.insert(name.to_owned(), value);
            }
            None if needed => return Err(missing),
            None => {}
        }
    }
    table.finish(&["key", "title", "url", "kind", "page_date", "seen_on"])?;
    Ok(Entry {
        section: "source".into(),
        id: Some(key),
        values,
        record: plain_record(),
        records: BTreeMap::new(),
        alternatives: Vec::new(),
        line,
    })
}

fn read_section<'a>(
    file: File<'a>,
    section: &'static Section,
    value: &'a Spanned<DeValue<'a>>,
    entries: &mut Vec<Entry>,
) -> Result<(), Refused> {
    match section.times {
        Times::Once => entries.push(entry(section, None, table::table(file, section.name, value)?)?),
        Times::Many(key) => {
            for value in table::list(file, section.name, value)? {
                let mut table = table::table(file, section.name, value)?;
                let id = table.need(key)?;
                table.path = format!("{}.{id}", section.name);
                entries.push(entry(section, Some(id), table)?);
            }
        }
        Times::Named => {
            let mut named = table::table(file, section.name, value)?;
            for id in named.rest() {
                let Some(value) = named.take(&id) else { continue };
                let table = table::table(file, &format!("{}.{id}", section.name), value)?;
                entries.push(entry(section, Some(id), table)?);
            }
        }
    }
    Ok(())
}

const RECORD_KEYS: [&str; 7] =
    ["source", "grade", "status", "effective_from", "effective_to", "note", "alternatives"];

fn entry(section: &'static Section, id: Option<String>, mut table: Table<'_>) -> Result<Entry, Refused> {
    let line = table.file.line(table.at);
    for key in section.required {
        if !table.has(key) {
            return Err(table.refuse(key, "is missing"));
        }
    }
    let alternatives_refused = table.refuse("alternatives", "a disputed value says what its sources give");
    let alternatives =
        table.shaped("alternatives", Shape::Counts)?.map(|list| list.counts()).unwrap_or_default();
    let record = if section.sourced { record(&mut table)? } else { plain_record() };
    if record.status == Status::Disputed
        && alternatives.is_empty()
        && matches!(section.name, "window" | "timer")
    {
        return Err(alternatives_refused);
    }
    let (mut values, mut records) = (BTreeMap::new(), BTreeMap::new());
    for key in table.rest() {
        let Some(shape) = section.shape(&key) else {
            let keys = section.keys.iter().map(|(key, _)| *key);
            table.finish(&keys.chain(RECORD_KEYS).collect::<Vec<_>>())?;
            continue;
        };
        let (value, own) = single(&mut table, &key, shape)?;
        values.extend(value.map(|value| (key.clone(), value)));
        records.extend(own.map(|own| (key, own)));
    }
    Ok(Entry { section: section.name.into(), id, values, record, records, alternatives, line })
}

/// A value, or a record of its own: `phone = { value = false, grade = "B", source = ["AMZ-2020"] }`.
fn single(
    table: &mut Table<'_>,
    key: &str,
    shape: Shape,
) -> Result<(Option<Value>, Option<Record>), Refused> {
    let (file, name) = (table.file, table.name(key));
    let Some(value) = table.take(key) else { return Ok((None, None)) };
    if let DeValue::Table(inner) = value.get_ref()
        && inner.contains_key("value")
    {
        let mut own = Table::new(file, name, value.span().start, inner);
        let value = own.shaped("value", shape)?;
        let record = record(&mut own)?;
        own.finish(&["value", "source", "grade", "status", "effective_from", "effective_to", "note"])?;
        return Ok((value, Some(record)));
    }
    table::read(file, &name, value, shape).map(|value| (Some(value), None))
}

fn record(table: &mut Table<'_>) -> Result<Record, Refused> {
    let missing_source =
        table.refuse("source", "says where the rule comes from; write [\"KEY\"] or [\"KEY place\"]");
    let source: Vec<Source> = table.texts("source")?.iter().map(|text| cited(text)).collect();
    if source.is_empty() {
        return Err(missing_source);
    }
    let wrong = table.refuse("grade", "must be A, B, C, D or N");
    let grade = table.text("grade")?.and_then(|code| Grade::from_code(&code)).ok_or(wrong)?;
    let wrong = table.refuse(
        "status",
        format!(
            "is none of {}; what was not found is left out or goes to [[unknown]]",
            Status::WORDS.join(", ")
        ),
    );
    let status = match table.text("status")? {
        None => Status::of(grade),
        Some(code) => Status::from_code(&code).ok_or(wrong)?,
    };
    let (effective_from, effective_to) = (table.day("effective_from")?, table.day("effective_to")?);
    if let (Some(from), Some(to)) = (effective_from, effective_to)
        && to < from
    {
        return Err(table.refuse("effective_to", "ends before it begins"));
    }
    Ok(Record { source, grade, status, effective_from, effective_to, note: table.text("note")? })
}

/// `KEY`, or `KEY place` for a place in it.
fn cited(text: &str) -> Source {
    text.split_once(' ').map_or_else(|| Source::new(text), |(key, locator)| Source::at(key, locator.trim()))
}

/// Two tables of one name must not hold on the same day.
fn unique(file: File<'_>, entries: &[Entry]) -> Result<(), Refused> {
    for (at, entry) in entries.iter().enumerate() {
        let twin = entries[..at].iter().find(|other| {
            let overlap = |one: &Record, two: &Record| {
                two.effective_to.is_none_or(|to| one.effective_from.is_none_or(|from| from <= to))
            };
            (&other.section, &other.id) == (&entry.section, &entry.id)
                && overlap(&entry.record, &other.record)
                && overlap(&other.record, &entry.record)
        });
        if let Some(twin) = twin {
            return Err(Refused {
                file: file.name.to_owned(),
                line: entry.line,
                key: entry.name(),
                message: format!("stands on line {} already, for the same days", twin.line),
            });
        }
    }
    Ok(())
}
