//! The 66 rules: number, name, severity, sources, and what is said about each (`rules.txt`).

use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::severity::Severity;
use crate::{Say, Source};

/// A rule of the guard, `G01` to `G66`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rule(u8);

/// A word that names no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no rule of the guard; write G01 to G66")]
pub struct UnknownRule(String);

/// What is known of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its number.
    pub rule: Rule,
    /// Its name: `refund-for-removal`.
    pub name: String,
    /// How much it weighs, unless a pack is stricter.
    pub severity: Severity,
    /// Where it comes from.
    pub source: Vec<Source>,
    /// Why it is a rule, in one sentence.
    pub why: Say,
    /// What may follow when it is broken.
    pub risk: Say,
    /// A sentence that may be sent instead; none where nothing may be sent, or only a fact is wrong.
    pub suggestion: Option<Say>,
}

impl Rule {
    /// How many there are.
    pub const COUNT: usize = 66;

    /// The rule of a number, from 1.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (1..=66).contains(&number).then_some(Self(number))
    }

    /// The rule that is called so: `G01`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let digits = code
            .strip_prefix('G')
            .filter(|digits| digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit()))?;
        Self::new(digits.parse().ok()?)
    }

    /// Every rule in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=66).map(Self)
    }

    /// Its place among all rules, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0) - 1
    }

    /// What is known of it.
    #[must_use]
    pub fn about(self) -> &'static About {
        &book()[self.index()]
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "G{:02}", self.0)
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for Rule {
    type Error = UnknownRule;

    fn try_from(code: String) -> Result<Self, UnknownRule> {
        Self::from_code(&code).ok_or(UnknownRule(code))
    }
}

fn book() -> &'static [About] {
    static BOOK: OnceLock<Vec<About>> = OnceLock::new();
    BOOK.get_or_init(|| parse(include_str!("rules.txt")).expect("a test reads the shipped rules"))
}

/// Reads the file of rules; names the line that means nothing.
fn parse(text: &str) -> Result<Vec<About>, String> {
    let mut rules: Vec<About> = Vec::new();
    let both = |text: &str| text.split_once(" | ").map(|(zh, en)| Say::new(zh.trim(), en.trim()));
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = || format!("line {number}: {line}");
        let (word, rest) = line.split_once(' ').ok_or_else(wrong)?;
        if let Some(rule) = Rule::from_code(word) {
            let (severity, name) = rest.split_once(' ').ok_or_else(wrong)?;
            let severity = match severity {
                "block" => Severity::Block,
                "hold" => Severity::Hold,
                "warn" => Severity::Warn,
                _ => return Err(wrong()),
            };
            if rule.index() != rules.len() {
                return Err(wrong());
            }
            let nothing = Say::new("", "");
            rules.push(About {
                rule,
                name: name.to_owned(),
                severity,
                source: Vec::new(),
                why: nothing.clone(),
                risk: nothing,
                suggestion: None,
            });
            continue;
        }
        let about = rules.last_mut().ok_or_else(wrong)?;
        match word {
            "source" => {
                about.source = rest
                    .split("; ")
                    .map(|source| match source.split_once(' ') {
                        Some((key, locator)) => Source::at(key, locator),
                        None => Source::new(source),
                    })
                    .collect();
            }
            "why" => about.why = both(rest).ok_or_else(wrong)?,
            "risk" => about.risk = both(rest).ok_or_else(wrong)?,
            "say" => about.suggestion = Some(both(rest).ok_or_else(wrong)?),
            _ => return Err(wrong()),
        }
    }
    Ok(rules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_words_and_sources() {
        let rules = parse(include_str!("rules.txt")).unwrap();
        assert_eq!(rules.len(), Rule::COUNT);
        for about in rules {
            assert!(!about.source.is_empty(), "{}", about.rule);
            for say in [&about.why, &about.risk] {
                assert!(!say.zh.is_empty() && !say.en.is_empty(), "{}", about.rule);
            }
        }
        let count = |severity| Rule::all().filter(|rule| rule.about().severity == severity).count();
        assert_eq!([Severity::Block, Severity::Hold, Severity::Warn].map(count), [44, 20, 2]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert!(parse("why nothing").unwrap_err().contains("line 1"));
        assert!(parse("G02 block second").unwrap_err().contains("line 1"));
        assert!(parse("G01 mild first").is_err());
    }

    #[test]
    fn codes_are_read_and_written() {
        assert_eq!(Rule::from_code("G07").map(|rule| rule.to_string()), Some("G07".into()));
        for wrong in ["G00", "G67", "G7", "X01", "G+7"] {
            assert_eq!(Rule::from_code(wrong), None, "{wrong}");
        }
    }
}
