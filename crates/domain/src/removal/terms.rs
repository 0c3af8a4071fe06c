//! Word lists: one file a language, and of what some platforms ask about (`terms/*.terms`), read once, when first needed.
//!
//! The form of a file: `[concept]` begins a list; each line holds alternatives with `|` between them, in the syntax of
//! regular expressions; `{name} = a|b` makes a set that later lines may use; `#` begins a remark. In Latin languages an
//! alternative matches whole words, a blank matches any blanks and ` ?` none or some, and accents do not matter; in Chinese
//! and Japanese it matches anywhere, and two points stand for up to eight characters of the same clause. An alternative may
//! end in `(?! …)`: what follows must not match.

use std::collections::HashMap;
use std::rc::Rc;

use pingxin_language::fold::fold_for_model;
use regex_syntax::hir::Hir;
use thiserror::Error;

use super::comment::{Comment, plain};
use super::list::{Gathered, Group, Groups, Marks, Scan, Writing};

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
    /// Name of the file.
    name: &'static str,
    writing: Writing,
    lists: HashMap<String, List>,
    scan: Scan,
}

#[derive(Debug)]
struct List {
    groups: Groups,
    /// Words with what must not follow them.
    guarded: Vec<(Group, Group)>,
}

impl List {
    fn may_match(&self, marks: &Marks) -> bool {
        self.groups.may_match(marks) || self.guarded.iter().any(|(words, _)| words.may_match(marks))
    }
}

impl Terms {
    /// Reads a file.
    ///
    /// # Errors
    /// [`TermsError`] names the line.
    pub(super) fn read(name: &'static str, text: &str, writing: Writing) -> Result<Self, TermsError> {
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
        let (mut built, mut gathered) = (HashMap::new(), Gathered::default());
        for (name, alternatives) in lists {
            let list = match writing {
                Writing::Latin => latin_list(&alternatives, &mut gathered),
                Writing::Han => han_list(&alternatives, &mut gathered),
            };
            built.insert(name, list?);
        }
        Ok(Self { name, writing, lists: built, scan: gathered.scan() })
    }

    /// The list, and what the comment holds of the words of all lists, if it may hold words of this one.
    fn worth(&self, list: &str, comment: &Comment) -> Option<(&List, Rc<Marks>)> {
        let list = self.lists.get(list)?;
        let marks = comment.marks(self.name, || match self.writing {
            Writing::Latin => self.scan.marks(comment.bytes()),
            Writing::Han => self.scan.marks(comment.text().as_bytes()),
        });
        list.may_match(&marks).then_some((list, marks))
    }

    /// Where a comment holds words of a list, as places of its characters; `over` are places that are left out.
    pub(super) fn find(&self, list: &str, comment: &Comment, over: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let Some((list, marks)) = self.worth(list, comment) else { return Vec::new() };
        let mut found = match self.writing {
            Writing::Latin => {
                let text = comment.bytes_without(over);
                let mut found = list.groups.find(&marks, &text);
                for (words, unless) in list.guarded.iter().filter(|(words, _)| words.may_match(&marks)) {
                    let hits = words.regex().find_iter(&text).filter(|hit| {
                        let rest = text.get(hit.end()..).unwrap_or_default();
                        unless.regex().find(rest).is_none_or(|next| next.start() > 0)
                    });
                    found.extend(hits.map(|hit| (hit.start(), hit.end())));
                }
                found
            }
            Writing::Han => {
                let text = comment.text_without(over);
                let mut found = list.groups.find(&marks, text.as_bytes());
                let mut counted = (0, 0);
                for (start, end) in &mut found {
                    for place in [start, end] {
                        let (byte, characters) = counted;
                        counted = (
                            *place,
                            characters + text.get(byte..*place).map_or(0, |part| part.chars().count()),
                        );
                        *place = counted.1;
                    }
                }
                found
            }
        };
        found.retain(|(start, end)| start < end);
        found.sort_unstable();
        found
    }

    /// Like [`Terms::find`], without what words of the list `harmless` hold. Those are looked for only where there is
    /// something to take away.
    pub(super) fn find_but(&self, list: &str, harmless: &str, comment: &Comment) -> Vec<(usize, usize)> {
        if self.worth(list, comment).is_none()
            || (self.writing == Writing::Han && self.find(list, comment, &[]).is_empty())
        {
            return Vec::new();
        }
        self.find(list, comment, &self.find(harmless, comment, &[]))
    }

    /// Builds every pattern, which otherwise waits for a comment that needs it. Answers how many there are.
    #[cfg(test)]
    pub(super) fn build_all(&self) -> usize {
        let built = |list: &List| {
            let guarded = list.guarded.iter().flat_map(|(words, unless)| [words, unless]);
            list.groups.iter().chain(guarded).map(Group::regex).count()
        };
        self.lists.values().map(built).sum()
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

fn latin_list(alternatives: &[(usize, String)], gathered: &mut Gathered) -> Result<List, TermsError> {
    let latin = Writing::Latin;
    let (mut open, mut guarded) = (Vec::new(), Vec::new());
    for (line, alternative) in alternatives {
        let alternative: String = alternative.chars().map(plain).collect();
        let (words, unless) =
            guard(&alternative).map_or((&*alternative, None), |(words, unless)| (words, Some(unless)));
        let words = bounded(words);
        let read = parsed(latin, &words, *line)?;
        match unless {
            None => open.push((words, read)),
            Some(unless) => {
                let unless = blanks(&format!("^(?:{unless})\\b"));
                parsed(latin, &unless, *line)?;
                let words = Group::new(words, &read, latin, gathered);
                guarded.push((words, Group::always(unless, latin)));
            }
        }
    }
    Ok(List { groups: Groups::new(open, latin, gathered), guarded })
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

fn parsed(writing: Writing, words: &str, line: usize) -> Result<Hir, TermsError> {
    writing.parse(words).map_err(|message| TermsError { line, message })
}

fn han_list(alternatives: &[(usize, String)], gathered: &mut Gathered) -> Result<List, TermsError> {
    let mut all = Vec::new();
    for (line, alternative) in alternatives {
        // The words are folded like the comments they are sought in.
        let folded: String = fold_for_model(alternative).chars().iter().collect();
        let words = folded.replace("..", "[^,.!?;:。、\\n~()]{0,8}");
        let read = parsed(Writing::Han, &words, *line)?;
        all.push((words, read));
    }
    Ok(List { groups: Groups::new(all, Writing::Han, gathered), guarded: Vec::new() })
}
