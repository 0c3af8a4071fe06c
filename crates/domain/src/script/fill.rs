//! A script becomes a text. A variable that is open can never be sent: it is refused by name, and minijinja is strict
//! besides.

use std::collections::BTreeMap;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use thiserror::Error;

use super::variable;

/// Why a text is no script.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextRefused {
    /// `{{` without its end, or the other way round.
    #[error("`{{{{` and `}}}}` come in pairs")]
    Unpaired,
    /// Something else than a name.
    #[error("`{0}` is no name: lower-case letters, digits and `_`, at most 40, a letter first")]
    NoName(String),
    /// Orders to the template engine.
    #[error("`{{%` and `{{#` have no meaning here")]
    Order,
}

/// Why a script is not filled.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FillRefused {
    /// These variables are open.
    #[error("not filled yet: {}", .0.join(", "))]
    Missing(Vec<String>),
    /// A value is too long.
    #[error("`{name}` may have at most {most} characters")]
    TooLong {
        /// Of which variable.
        name: String,
        /// The most characters.
        most: usize,
    },
    /// A value has line breaks or other control characters.
    #[error("`{0}` must stand on one line")]
    Lines(String),
    /// A value holds a variable itself.
    #[error("`{0}` must not hold `{{{{` or `}}}}`")]
    Open(String),
    /// A value is no number.
    #[error("`{0}` must be a whole number")]
    NoNumber(String),
    /// The text is no script.
    #[error(transparent)]
    Text(#[from] TextRefused),
}

/// The most characters of a name.
const LONGEST_NAME: usize = 40;

/// The variables of a text, each once, in the order in which they stand.
///
/// # Errors
/// [`TextRefused`] where anything but plain variables stands between braces.
pub fn variables_of(text: &str) -> Result<Vec<String>, TextRefused> {
    if text.contains("{%") || text.contains("{#") {
        return Err(TextRefused::Order);
    }
    let mut found: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        if rest[..start].contains("}}") {
            return Err(TextRefused::Unpaired);
        }
        let after = &rest[start + 2..];
        let end = after.find("}}").ok_or(TextRefused::Unpaired)?;
        let name = after[..end].trim();
        if !is_name(name) {
            return Err(TextRefused::NoName(name.chars().take(LONGEST_NAME).collect()));
        }
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
        rest = &after[end + 2..];
    }
    if rest.contains("}}") { Err(TextRefused::Unpaired) } else { Ok(found) }
}

fn is_name(name: &str) -> bool {
    // Words of the engine itself.
    const TAKEN: [&str; 9] = ["true", "false", "none", "not", "and", "or", "in", "is", "if"];
    name.len() <= LONGEST_NAME
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !TAKEN.contains(&name)
}

/// The text of a script with every variable filled.
///
/// # Errors
/// [`FillRefused`] naming what is open, or the value that does not fit.
pub fn fill(text: &str, values: &BTreeMap<String, String>) -> Result<String, FillRefused> {
    let names = variables_of(text)?;
    let given = |name: &String| values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    let open: Vec<String> = names.iter().filter(|name| given(name).is_none()).cloned().collect();
    if !open.is_empty() {
        return Err(FillRefused::Missing(open));
    }
    let mut pairs = Vec::with_capacity(names.len());
    for name in &names {
        let value = variable(name).value(given(name).unwrap_or_default())?;
        pairs.push((name.as_str(), Value::from(value)));
    }
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    // Everything it could refuse was asked for above; should it refuse all the same, nothing goes out.
    let filled = engine.render_str(text, Value::from_pairs(pairs));
    filled.map_err(|_| FillRefused::Missing(names))
}
