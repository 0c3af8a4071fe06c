//! A table of the file with the places of its values, so that a refusal can name line and key.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::refused::Refused;
use super::schema::Shape;
use super::spans::Hours;
use super::value::Value;

/// What a file says, to find lines in.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl File<'_> {
    /// The line of a byte, from 1.
    pub(crate) fn line(self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
    }

    /// A refusal at a place of the file.
    pub(crate) fn refuse(self, at: usize, key: impl Into<String>, message: impl Into<String>) -> Refused {
        Refused { file: self.name.to_owned(), line: self.line(at), key: key.into(), message: message.into() }
    }
}

/// Keys of a table that are not taken yet.
pub(crate) struct Table<'a> {
    pub file: File<'a>,
    pub path: String,
    pub at: usize,
    keys: BTreeMap<String, &'a Spanned<DeValue<'a>>>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(file: File<'a>, path: String, at: usize, table: &'a DeTable<'a>) -> Self {
        let keys = table.iter().map(|(key, value)| (key.get_ref().clone().into_owned(), value)).collect();
        Self { file, path, at, keys }
    }

    /// A refusal of one key, at its value if it has one.
    pub(crate) fn refuse(&self, key: &str, message: impl Into<String>) -> Refused {
        let at = self.keys.get(key).map_or(self.at, |value| value.span().start);
        self.file.refuse(at, self.name(key), message)
    }

    pub(crate) fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Takes one key out.
    pub(crate) fn take(&mut self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.keys.remove(key)
    }

    /// The keys that are left.
    pub(crate) fn rest(&self) -> Vec<String> {
        self.keys.keys().cloned().collect()
    }

    /// Takes words out.
    pub(crate) fn text(&mut self, key: &str) -> Result<Option<String>, Refused> {
        self.shaped(key, Shape::Text).map(|value| value.and_then(|value| value.text().map(str::to_owned)))
    }

    /// Takes words out that must be there.
    pub(crate) fn need(&mut self, key: &str) -> Result<String, Refused> {
        let missing = self.refuse(key, "is missing");
        self.text(key)?.ok_or(missing)
    }

    /// Takes a list of words out; empty when the key is not there.
    pub(crate) fn texts(&mut self, key: &str) -> Result<Vec<String>, Refused> {
        let value = self.shaped(key, Shape::Texts)?;
        Ok(value.iter().flat_map(Value::texts).map(str::to_owned).collect())
    }

    /// Takes a day out.
    pub(crate) fn day(&mut self, key: &str) -> Result<Option<Date>, Refused> {
        let wrong = self.refuse(key, "is no day; write 2026-11-21");
        let Some(value) = self.shaped(key, Shape::Day)? else { return Ok(None) };
        value.text().and_then(|text| text.parse().ok()).map(Some).ok_or(wrong)
    }

    /// Takes a value out that must have a shape.
    pub(crate) fn shaped(&mut self, key: &str, shape: Shape) -> Result<Option<Value>, Refused> {
        let name = self.name(key);
        let Some(value) = self.take(key) else { return Ok(None) };
        read(self.file, &name, value, shape).map(Some)
    }

    /// Refuses what is left over.
    pub(crate) fn finish(&self, known: &[&str]) -> Result<(), Refused> {
        match self.keys.keys().next() {
            None => Ok(()),
            Some(key) => {
                Err(self.refuse(key, format!("is no key of this table; it knows {}", known.join(", "))))
            }
        }
    }
}

/// The table in a value.
pub(crate) fn table<'a>(
    file: File<'a>,
    path: &str,
    value: &'a Spanned<DeValue<'a>>,
) -> Result<Table<'a>, Refused> {
    match value.get_ref() {
        DeValue::Table(table) => Ok(Table::new(file, path.to_owned(), value.span().start, table)),
        _ => Err(file.refuse(value.span().start, path, "must be a table")),
    }
}

/// The list in a value.
pub(crate) fn list<'a>(
    file: File<'a>,
    path: &str,
    value: &'a Spanned<DeValue<'a>>,
) -> Result<&'a DeArray<'a>, Refused> {
    match value.get_ref() {
        DeValue::Array(list) => Ok(list),
        _ => Err(file.refuse(value.span().start, path, format!("must be a list; write [[{path}]]"))),
    }
}

/// A value that must have a shape.
pub(crate) fn read(
    file: File<'_>,
    path: &str,
    value: &Spanned<DeValue<'_>>,
    shape: Shape,
) -> Result<Value, Refused> {
    let found = plain(file, path, value, 0)?;
    let wrong = |message: String| file.refuse(value.span().start, path, message);
    let ok = match shape {
        Shape::Text => found.text().is_some_and(|text| !text.trim().is_empty()),
        Shape::Texts => all(&found, |value| value.text().is_some_and(|text| !text.trim().is_empty())),
        Shape::OneOf(known) => {
            if !found.text().is_some_and(|text| known.contains(&text)) {
                return Err(wrong(format!("`{found}` is none of {}", known.join(", "))));
            }
            true
        }
        Shape::SomeOf(known) => {
            if !all(&found, |value| value.text().is_some_and(|text| known.contains(&text))) {
                return Err(wrong(format!("`{found}` is not out of {}", known.join(", "))));
            }
            true
        }
        Shape::Count => found.count().is_some_and(|count| count <= MOST),
        Shape::Counts if matches!(found, Value::Integer(_)) => {
            let ok = found.count().is_some_and(|count| count <= MOST);
            return if ok { Ok(Value::List(vec![found])) } else { Err(wrong(said(shape).into())) };
        }
        Shape::Counts => all(&found, |value| value.count().is_some_and(|count| count <= MOST)),
        Shape::Number => found.number().is_some_and(f64::is_finite),
        Shape::Flag => found.flag().is_some(),
        Shape::Hours => found.text().is_some_and(|text| text.parse::<Hours>().is_ok()),
        Shape::ManyHours => {
            all(&found, |value| value.text().is_some_and(|text| text.parse::<Hours>().is_ok()))
        }
        Shape::Table => matches!(found, Value::Table(_)),
        Shape::CountTable => matches!(&found, Value::Table(values)
            if values.values().all(|value| value.count().is_some_and(|count| count <= MOST))),
        Shape::Day => found.text().is_some_and(|text| text.parse::<Date>().is_ok() && text.len() == 10),
        Shape::Any => true,
    };
    if ok { Ok(found) } else { Err(wrong(said(shape).into())) }
}

/// The largest number that any rule may name.
const MOST: u32 = 1_000_000;
/// How deep values may be nested.
const DEEPEST: usize = 8;

fn all(value: &Value, test: impl Fn(&Value) -> bool) -> bool {
    matches!(value, Value::List(values) if values.iter().all(test))
}

fn said(shape: Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::OneOf(_) => "must be words",
        Shape::Texts | Shape::SomeOf(_) => "must be a list of words",
        Shape::Count => "must be a whole number from 0 to 1000000",
        Shape::Counts => "must be whole numbers from 0 to 1000000",
        Shape::Number => "must be a number",
        Shape::Flag => "must be true or false",
        Shape::Hours => "must be hours such as \"20:00-08:00\"",
        Shape::ManyHours => "must be a list of hours such as [\"12:00-14:00\"]",
        Shape::Table => "must be a table",
        Shape::CountTable => "must be a table of whole numbers from 0 to 1000000",
        Shape::Day => "must be a day such as 2026-11-21",
        Shape::Any => "must be a value",
    }
}

fn plain(file: File<'_>, path: &str, value: &Spanned<DeValue<'_>>, depth: usize) -> Result<Value, Refused> {
    let at = value.span().start;
    if depth > DEEPEST {
        return Err(file.refuse(at, path, "is nested too deep"));
    }
    let number = |text: &str| text.replace('_', "");
    Ok(match value.get_ref() {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Integer(digits) => {
            let radix = digits.radix();
            let whole = i64::from_str_radix(&number(digits.as_str()), radix);
            Value::Integer(whole.map_err(|_| file.refuse(at, path, "is too large a number"))?)
        }
        DeValue::Float(digits) => {
            let decimal: Option<f64> = number(digits.as_str()).parse().ok();
            let decimal = decimal.filter(|decimal| decimal.is_finite());
            Value::Decimal(decimal.ok_or_else(|| file.refuse(at, path, "is no finite number"))?)
        }
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => Value::Text(moment.to_string()),
        DeValue::Array(values) => Value::List(
            values.iter().map(|value| plain(file, path, value, depth + 1)).collect::<Result<_, _>>()?,
        ),
        DeValue::Table(values) => {
            let mut plain_values = BTreeMap::new();
            for (key, value) in values {
                let name = format!("{path}.{}", key.get_ref());
                plain_values
                    .insert(key.get_ref().clone().into_owned(), plain(file, &name, value, depth + 1)?);
            }
            Value::Table(plain_values)
        }
    })
}

/// Parses a file to its table of tables.
pub(crate) fn parse<'a>(file: File<'a>) -> Result<Spanned<DeTable<'a>>, Refused> {
    DeTable::parse(file.text).map_err(|error| {
        let Range { start, .. } = error.span().unwrap_or(0..0);
        file.refuse(start, key_at(file.text, start), error.message())
    })
}

/// The key that stands on the line of a byte, for errors of the TOML itself.
fn key_at(text: &str, at: usize) -> String {
    let start = text.as_bytes().iter().take(at).rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let line = text.get(start..).unwrap_or("").lines().next().unwrap_or("");
    line.split('=').next().unwrap_or("").trim().chars().take(60).collect()
}
