//! What may stand between `{{` and `}}`: what it is called, what it may hold, and whether the desk knows it.

use std::sync::LazyLock;

use super::embedded;
use super::read;
use super::{FillRefused, ScriptLanguage};
use crate::say::Say;
use crate::words::words;

words! {
    /// What a variable may hold.
    VariableKind {
        /// A few words.
        Text = "text",
        /// One or several sentences.
        Long = "long",
        /// A whole number.
        Number = "number",
        /// A sum with its currency.
        Money = "money",
        /// A day or an hour.
        When = "when",
    }
}

impl VariableKind {
    /// The most characters of a value.
    #[must_use]
    pub fn longest(self) -> usize {
        match self {
            Self::Text => 80,
            Self::Long => 300,
            Self::Number => 5,
            Self::Money => 30,
            Self::When => 40,
        }
    }
}

/// A variable of scripts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name between the braces.
    pub name: String,
    /// What people call it.
    pub label: Say,
    /// What it may hold.
    pub kind: VariableKind,
    /// Whether the desk may know it from the case.
    pub is_fact: bool,
    /// What stands for it where a script is checked or shown.
    pub sample: Say,
}

impl Variable {
    /// A variable of a merchant's own, which is asked for by its name.
    fn own(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: Say::new(name, name),
            kind: VariableKind::Text,
            is_fact: false,
            sample: Say::new("示例", "sample"),
        }
    }

    /// What stands for it in a language.
    #[must_use]
    pub fn sample_in(&self, language: ScriptLanguage) -> &str {
        self.sample.pick(language == ScriptLanguage::Chinese)
    }

    /// A value as it may stand in a text.
    ///
    /// # Errors
    /// [`FillRefused`] for one that is empty, too long, no number where one is asked for, or not on one line.
    pub fn value<'a>(&self, value: &'a str) -> Result<&'a str, FillRefused> {
        let value = value.trim();
        let refuse = |why: fn(String) -> FillRefused| Err(why(self.name.clone()));
        if value.is_empty() {
            return Err(FillRefused::Missing(vec![self.name.clone()]));
        }
        if value.chars().count() > self.kind.longest() {
            return Err(FillRefused::TooLong { name: self.name.clone(), most: self.kind.longest() });
        }
        if value.chars().any(char::is_control) {
            return refuse(FillRefused::Lines);
        }
        if value.contains("{{") || value.contains("}}") {
            return refuse(FillRefused::Open);
        }
        if self.kind == VariableKind::Number && !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return refuse(FillRefused::NoNumber);
        }
        Ok(value)
    }
}

static VARIABLES: LazyLock<Vec<Variable>> = LazyLock::new(|| {
    let (name, text) = embedded::VARIABLES;
    let read = read::variables(name, text);
    debug_assert!(read.is_ok(), "{read:?}");
    read.unwrap_or_default()
});

/// The variables that the program knows, in order.
#[must_use]
pub fn variables() -> &'static [Variable] {
    &VARIABLES
}

/// What a name stands for; a name that the program does not know is asked for as a few words.
#[must_use]
pub fn variable(name: &str) -> Variable {
    let known = variables().iter().find(|variable| variable.name == name);
    known.cloned().unwrap_or_else(|| Variable::own(name))
}
