//! Concepts: families of words that mean the same for a rule, kept as data (`lexicon/*.words`).
//!
//! `[name]` begins a concept. Words with Chinese characters are found anywhere; other words stand alone, `_` is a
//! space and a final `*` allows any ending. `+other` takes in the words of another concept. `# ` begins a comment.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

/// The number of a concept.
pub(super) type Concept = u16;

/// A word of a concept in a text, as places of its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub concept: Concept,
    pub start: usize,
    pub end: usize,
}

/// Why a file of the guard cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuardFileError {
    /// A line that means nothing.
    #[error("{file}, line {line}: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The words cannot be searched for.
    #[error("the words cannot be searched for: {0}")]
    Words(String),
}

impl GuardFileError {
    pub(super) fn line(file: &str, line: usize, reason: impl Into<String>) -> Self {
        Self::Line { file: file.to_owned(), line, reason: reason.into() }
    }
}

/// How a word must stand in the text.
#[derive(Debug, Clone, Copy)]
struct Ends {
    concept: Concept,
    /// A letter or digit must not stand before it, nor, unless any ending is allowed, after it.
    alone: bool,
    any_ending: bool,
}

/// Collects concepts while the files are read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    names: HashMap<String, Concept>,
    words: HashMap<String, Vec<Ends>>,
    of: Vec<Vec<(String, Ends)>>,
}

impl Builder {
    /// The number of a concept by its name; a new one where there is none.
    pub(super) fn concept(&mut self, name: &str) -> Concept {
        if let Some(&concept) = self.names.get(name) {
            return concept;
        }
        let concept = Concept::try_from(self.of.len()).expect("fewer than 65,536 concepts");
        self.names.insert(name.to_owned(), concept);
        self.of.push(Vec::new());
        concept
    }

    /// The number of a concept that must exist.
    pub(super) fn known(&self, name: &str) -> Option<Concept> {
        self.names.get(name).copied()
    }

    /// The concept of one word alone, for patterns that name a word instead of a concept.
    pub(super) fn literal(&mut self, word: &str) -> Concept {
        let name = format!("\"{word}\"");
        if let Some(concept) = self.known(&name) {
            return concept;
        }
        let concept = self.concept(&name);
        self.add(concept, word);
        concept
    }

    fn add(&mut self, concept: Concept, word: &str) {
        let any_ending = word.ends_with('*');
        let word = word.trim_end_matches('*').replace('_', " ");
        let alone = word.starts_with(|first: char| first.is_ascii_alphanumeric())
            && !word.chars().any(|part| part > '\u{2e80}');
        let ends = Ends { concept, alone, any_ending };
        self.of[usize::from(concept)].push((word.clone(), ends));
        self.words.entry(word).or_default().push(ends);
    }

    /// Reads one file of concepts.
    ///
    /// # Errors
    /// [`GuardFileError::Line`] names the line.
    pub(super) fn read(&mut self, file: &str, text: &str) -> Result<(), GuardFileError> {
        let mut concept = None;
        for (line, words) in (1..).zip(text.lines()) {
            let words = if words.starts_with("# ") { "" } else { words.trim() };
            if let Some(name) = words.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                concept = Some(self.concept(name));
                continue;
            }
            for word in words.split_whitespace() {
                let concept = concept.ok_or_else(|| GuardFileError::line(file, line, "no concept yet"))?;
                match word.strip_prefix('+').filter(|rest| !rest.is_empty()) {
                    Some(other) => {
                        let other = self.known(other).ok_or_else(|| {
                            GuardFileError::line(file, line, format!("no concept {other} above"))
                        })?;
                        for (word, ends) in self.of[usize::from(other)].clone() {
                            let ends = Ends { concept, ..ends };
                            self.of[usize::from(concept)].push((word.clone(), ends));
                            self.words.entry(word).or_default().push(ends);
                        }
                    }
                    None => self.add(concept, word),
                }
            }
        }
        Ok(())
    }

    /// Every English word that stands in a word of any concept: a disguised text is read as these.
    pub(super) fn english(&self) -> std::collections::HashSet<String> {
        self.words
            .keys()
            .flat_map(|word| word.split(' '))
            .filter(|word| {
                word.len() > 1 && word.chars().all(|part| part.is_ascii_lowercase() || part == '\'')
            })
            .map(str::to_owned)
            .collect()
    }

    /// The search for all words.
    ///
    /// # Errors
    /// [`GuardFileError::Words`] when there are too many of them.
    pub(super) fn build(self) -> Result<Lexicon, GuardFileError> {
        let mut words: Vec<(String, Vec<Ends>)> = self.words.into_iter().collect();
        words.sort_by(|left, right| left.0.cmp(&right.0));
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words.iter().map(|(word, _)| word))
            .map_err(|error| GuardFileError::Words(error.to_string()))?;
        let mut names: Vec<(String, Concept)> = self.names.into_iter().collect();
        names.sort_by_key(|&(_, concept)| concept);
        Ok(Lexicon {
            search,
            lengths: words.iter().map(|(word, _)| word.chars().count()).collect(),
            ends: words.into_iter().map(|(_, ends)| ends).collect(),
            names: names.into_iter().map(|(name, _)| name).collect(),
        })
    }
}

/// The words of all concepts, ready to be searched for.
#[derive(Debug)]
pub(super) struct Lexicon {
    search: AhoCorasick,
    /// Characters of every word.
    lengths: Vec<usize>,
    ends: Vec<Vec<Ends>>,
    names: Vec<String>,
}

impl Lexicon {
    /// How many concepts there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The names of all concepts in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The name of a concept.
    pub(super) fn name(&self, concept: Concept) -> &str {
        self.names.get(usize::from(concept)).map_or("", String::as_str)
    }

    /// Calls `each` with every word of a text; `places` says which character begins at each byte.
    pub(super) fn find(&self, text: &str, places: &[u32], chars: &[char], mut each: impl FnMut(Word)) {
        let letter = |at: Option<&char>| at.is_some_and(char::is_ascii_alphanumeric);
        for found in self.search.find_overlapping_iter(text) {
            let word = found.pattern().as_usize();
            let start = places[found.start()] as usize;
            let end = start + self.lengths[word];
            for ends in &self.ends[word] {
                if ends.alone
                    && (start > 0 && letter(chars.get(start - 1))
                        || !ends.any_ending && letter(chars.get(end)))
                {
                    continue;
                }
                each(Word { concept: ends.concept, start, end });
            }
        }
    }
}
