//! Word lists: one file a language (`terms/*.terms`), read once, when a comment in that language is first judged.
//!
//! The form of a file: `[concept]` begins a list; each line holds alternatives with `|` between them, in the syntax of
//! regular expressions; `{name} = a|b` makes a set that later lines may use; `#` begins a remark. In Latin languages an
//! alternative matches whole words, a blank matches any blanks and ` ?` none or some, and accents do not matter; in Chinese
//! and Japanese it matches anywhere, and two points stand for up to eight characters of the same clause. An alternative may
//! end in `(?! …)`: what follows must not match.

use std::collections::HashMap;

use pingxin_language::fold::fold_for_model;
use regex::bytes::{Regex as Words, RegexBuilder as WordsBuilder};
use regex::{Regex, RegexBuilder};
use thiserror::Error;

use super::comment::{Comment, plain};

/// How large one compiled list may become, in bytes.
const LARGEST: usize = 256 << 20;

/// A line that cannot be read.
#[derive(Debug, Error)]
#[error("line {line}: {message}")]
pub(super) struct TermsError {
    line: usize,
    message: String,
}

/// The word lists of one language.
#[derive(Debug)]
pub(super) struct Terms {
    lists: HashMap<String, List>,
}

#[derive(Debug)]
enum List {
    /// Over one byte a character.
    Latin { plain: Option<Words>, guarded: Vec<(Words, Words)> },
    /// Over the text itself.
    Han(Option<Regex>),
}

impl Terms {
    /// Reads a file; `latin` tells languages that write words from those that write on.
    ///
    /// # Errors
    /// [`TermsError`] names the line.
    pub(super) fn read(text: &str, latin: bool) -> Result<Self, TermsError> {
        let mut sets: Vec<(String, String)> = Vec::new();
        let mut lists: Vec<(String, Vec<(usize, String)>)> = Vec::new();
        for (line, content) in (1..).zip(text.lines()) {
            let wrong = |message: &str| TermsError { line, message: message.to_owned() };
            if content.trim().is_empty() || content.starts_with('#') {
                continue;
            }
            if let Some((name, set)) = content.strip_prefix('{').and_then(|rest| rest.split_once("} = ")) {
                sets.push((format!("{{{name}}}"), format!("(?:{})", filled(set, &sets))));
                continue;
            }
            if let Some(name) = content.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
                && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
            {
                lists.push((name.to_owned(), Vec::new()));
                continue;
            }
            let list = lists.last_mut().ok_or_else(|| wrong("words stand before the first [concept]"))?;
            let alternatives = split(content).ok_or_else(|| wrong("brackets do not close"))?;
            let alternatives = alternatives.into_iter().filter(|part| !part.is_empty());
            list.1.extend(alternatives.map(|part| (line, filled(part, &sets))));
        }
        let mut built = HashMap::new();
        for (name, alternatives) in lists {
            let list = if latin { latin_list(&alternatives) } else { han_list(&alternatives) }?;
            built.insert(name, list);
        }
        Ok(Self { lists: built })
    }

    /// Where a comment holds words of a list, as places of its characters; `over` are places that are left out.
    pub(super) fn find(&self, list: &str, comment: &Comment, over: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut found = match self.lists.get(list) {
            None => return Vec::new(),
            Some(List::Latin { plain, guarded }) => {
                let text = comment.bytes_without(over);
                let mut found: Vec<(usize, usize)> = Vec::new();
                if let Some(words) = plain {
                    found.extend(words.find_iter(&text).map(|hit| (hit.start(), hit.end())));
                }
                for (words, unless) in guarded {
                    let hits = words.find_iter(&text).filter(|hit| {
                        let rest = text.get(hit.end()..).unwrap_or_default();
                        unless.find(rest).is_none_or(|next| next.start() > 0)
                    });
                    found.extend(hits.map(|hit| (hit.start(), hit.end())));
                }
                found
            }
            Some(List::Han(None)) => return Vec::new(),
            Some(List::Han(Some(words))) => {
                let (text, places) = comment.text_without(over);
                words.find_iter(&text).map(|hit| (places[hit.start()], places[hit.end()])).collect()
            }
        };
        found.retain(|(start, end)| start < end);
        found.sort_unstable();
        found
    }

    /// Like [`Terms::find`], without what words of the list `harmless` hold. Those are looked for only where there is
    /// something to take away.
    pub(super) fn find_but(&self, list: &str, harmless: &str, comment: &Comment) -> Vec<(usize, usize)> {
        let writes_on = matches!(self.lists.get(list), Some(List::Han(_)));
        if writes_on && self.find(list, comment, &[]).is_empty() {
            return Vec::new();
        }
        self.find(list, comment, &self.find(harmless, comment, &[]))
    }

    /// Whether a comment holds words of a list.
    pub(super) fn holds(&self, list: &str, comment: &Comment, over: &[(usize, usize)]) -> bool {
        !self.find(list, comment, over).is_empty()
    }
}

/// Sets put in where their names stand.
fn filled(text: &str, sets: &[(String, String)]) -> String {
    sets.iter().fold(text.to_owned(), |text, (name, set)| text.replace(name, set))
}

/// The alternatives of a line, outside of brackets; `None` when brackets do not close.
fn split(line: &str) -> Option<Vec<&str>> {
    let (mut parts, mut start, mut depth, mut class, mut escaped) = (Vec::new(), 0, 0_u32, false, false);
    for (at, letter) in line.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match letter {
            '\\' => escaped = true,
            ']' if class => class = false,
            _ if class => {}
            '[' => class = true,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            '|' if depth == 0 => {
                parts.push(line.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(line.get(start..)?);
    (depth == 0 && !class).then_some(parts)
}

/// `(?! …)` at the end of an alternative, taken off.
fn guard(alternative: &str) -> Option<(&str, &str)> {
    let at = alternative.find("(?!")?;
    Some((&alternative[..at], alternative.get(at + 3..)?.strip_suffix(')')?))
}

fn latin_list(alternatives: &[(usize, String)]) -> Result<List, TermsError> {
    let (mut plain_words, mut guarded) = (Vec::new(), Vec::new());
    for (line, alternative) in alternatives {
        let alternative: String = alternative.chars().map(plain).collect();
        let (words, unless) =
            guard(&alternative).map_or((&*alternative, None), |(words, unless)| (words, Some(unless)));
        let words = bounded(words);
        match unless {
            None => {
                // Each alone first, so that a mistake names its line.
                build_words(&words, *line)?;
                plain_words.push(words);
            }
            Some(unless) => {
                let unless = blanks(&format!("^(?:{unless})\\b"));
                guarded.push((build_words(&words, *line)?, build_words(&unless, *line)?));
            }
        }
    }
    let line = alternatives.first().map_or(0, |(line, _)| *line);
    let plain = if plain_words.is_empty() { None } else { Some(build_words(&plain_words.join("|"), line)?) };
    Ok(List::Latin { plain, guarded })
}

/// Whole words, unless the alternative says itself where it ends.
fn bounded(words: &str) -> String {
    let start = if words.starts_with('^') { words.to_owned() } else { format!("\\b(?:{words})") };
    let ends_open = words.contains('$')
        || !words.ends_with(|last: char| last.is_ascii_alphanumeric() || ")?*]_".contains(last));
    blanks(&if ends_open { start } else { format!("{start}\\b") })
}

fn blanks(words: &str) -> String {
    words.replace(" ?", "\\s*").replace(' ', "\\s+")
}

fn build_words(words: &str, line: usize) -> Result<Words, TermsError> {
    let mut builder = WordsBuilder::new(words);
    builder.unicode(false).size_limit(LARGEST).dfa_size_limit(LARGEST);
    builder.build().map_err(|error| TermsError { line, message: error.to_string() })
}

fn han_list(alternatives: &[(usize, String)]) -> Result<List, TermsError> {
    let mut all = Vec::new();
    for (line, alternative) in alternatives {
        // The words are folded like the comments they are sought in.
        let folded: String = fold_for_model(alternative).chars().iter().collect();
        let words = folded.replace("..", "[^,.!?;:。、\\n~()]{0,8}");
        build_han(&words, *line)?;
        all.push(words);
    }
    let line = alternatives.first().map_or(0, |(line, _)| *line);
    Ok(List::Han(if all.is_empty() { None } else { Some(build_han(&all.join("|"), line)?) }))
}

fn build_han(words: &str, line: usize) -> Result<Regex, TermsError> {
    let mut builder = RegexBuilder::new(words);
    builder.size_limit(LARGEST).dfa_size_limit(LARGEST);
    builder.build().map_err(|error| TermsError { line, message: error.to_string() })
}
