//! A value of a pack.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// A value as the file says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// True or false.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// Words.
    Text(String),
    /// Several values.
    List(Vec<Self>),
    /// Values by name.
    Table(BTreeMap<String, Self>),
}

impl Value {
    /// The words, if it is words.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The number, if it is a whole one from 0.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        if let Self::Integer(number) = self { u32::try_from(*number).ok() } else { None }
    }

    /// The number, whole or not.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => i32::try_from(*number).ok().map(f64::from),
            Self::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// True or false, if it is that.
    #[must_use]
    pub fn flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self { Some(*flag) } else { None }
    }

    /// The words of a list; empty if it is no list.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.list().iter().filter_map(Self::text).collect()
    }

    /// The numbers of a list; empty if it is no list.
    #[must_use]
    pub fn counts(&self) -> Vec<u32> {
        self.list().iter().filter_map(Self::count).collect()
    }

    fn list(&self) -> &[Self] {
        if let Self::List(values) = self { values } else { &[] }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(formatter, "{flag}"),
            Self::Integer(number) => write!(formatter, "{number}"),
            Self::Decimal(number) => write!(formatter, "{number}"),
            Self::Text(text) => formatter.write_str(text),
            Self::List(values) => {
                for (at, value) in values.iter().enumerate() {
                    write!(formatter, "{}{value}", if at == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Self::Table(values) => {
                for (at, (key, value)) in values.iter().enumerate() {
                    write!(formatter, "{}{key} = {value}", if at == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}
