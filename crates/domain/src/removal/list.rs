//! A word list made ready for matching: patterns in groups, of which only those are tried whose words a comment holds.
//!
//! A group is built when it is first tried, for most are not in most comments. Together the groups find what one pattern of
//! all alternatives, in their order, would find.

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use super::needs::{self, Words};

/// How large one built pattern may become, in bytes.
const LARGEST: usize = 256 << 20;

/// How the languages of a file write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writing {
    /// Words, one byte a character.
    Latin,
    /// On, over the text itself.
    Han,
}

impl Writing {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(self, pattern: &str) -> Result<Hir, String> {
        let is_text = self == Self::Han;
        let mut parser = ParserBuilder::new().unicode(is_text).utf8(is_text).build();
        parser.parse(pattern).map_err(|error| error.to_string())
    }

    fn build(self, pattern: &str) -> Regex {
        let mut builder = RegexBuilder::new(pattern);
        builder.unicode(self == Self::Han).size_limit(LARGEST).dfa_size_limit(LARGEST);
        builder.build().expect("was read before, and a test builds every shipped list")
    }
}

/// Which sets of words a comment holds a word of.
#[derive(Debug)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    fn has(&self, set: usize) -> bool {
        self.0.get(set / 64).is_some_and(|bits| bits >> (set % 64) & 1 == 1)
    }
}

/// Finds the words of all lists of a language in one pass.
#[derive(Debug)]
pub(super) struct Scan {
    words: Option<AhoCorasick>,
    /// For every word the sets that it belongs to.
    sets: Vec<Vec<usize>>,
    count: usize,
}

impl Scan {
    /// What a text holds.
    pub(super) fn marks(&self, text: &[u8]) -> Marks {
        let mut marks = Marks(vec![0; self.count.div_ceil(64)]);
        for word in self.words.iter().flat_map(|words| words.find_overlapping_iter(text)) {
            for &set in &self.sets[word.pattern().as_usize()] {
                marks.0[set / 64] |= 1 << (set % 64);
            }
        }
        marks
    }
}

/// Gathers the sets of words of all lists.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    numbers: HashMap<Words, usize>,
}

impl Gathered {
    fn numbers(&mut self, sets: Vec<Words>) -> Vec<usize> {
        let mut number = |words| {
            let next = self.numbers.len();
            *self.numbers.entry(words).or_insert(next)
        };
        sets.into_iter().map(&mut number).collect()
    }

    pub(super) fn scan(self) -> Scan {
        let count = self.numbers.len();
        let mut all: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
        for (words, number) in self.numbers {
            for word in words {
                all.entry(word).or_default().push(number);
            }
        }
        let (words, sets): (Vec<Vec<u8>>, Vec<Vec<usize>>) = all.into_iter().unzip();
        let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(words);
        Scan { words: built.ok(), sets, count }
    }
}

/// Alternatives that are tried together.
#[derive(Debug)]
pub(super) struct Group {
    /// For every alternative the sets of which all must be marked.
    needs: Vec<Vec<usize>>,
    pattern: String,
    writing: Writing,
    built: OnceLock<Regex>,
}

impl Group {
    pub(super) fn new(pattern: String, read: &Hir, writing: Writing, gathered: &mut Gathered) -> Self {
        let needs = vec![gathered.numbers(needs::of(read))];
        Self { needs, pattern, writing, built: OnceLock::new() }
    }

    /// A pattern that is tried whatever a comment holds.
    pub(super) fn always(pattern: String, writing: Writing) -> Self {
        Self { needs: vec![Vec::new()], pattern, writing, built: OnceLock::new() }
    }

    fn add(&mut self, other: Self) {
        self.pattern.push('|');
        self.pattern.push_str(&other.pattern);
        self.needs.extend(other.needs);
    }

    pub(super) fn may_match(&self, marks: &Marks) -> bool {
        self.needs.iter().any(|sets| sets.iter().all(|&set| marks.has(set)))
    }

    pub(super) fn regex(&self) -> &Regex {
        self.built.get_or_init(|| self.writing.build(&self.pattern))
    }
}

/// Alternatives in their order.
#[derive(Debug, Default)]
pub(super) struct Groups(Vec<Group>);

impl Groups {
    /// Groups what stands together: short lists of words as one; every other alternative alone.
    pub(super) fn new(alternatives: Vec<(String, Hir)>, writing: Writing, gathered: &mut Gathered) -> Self {
        let could_be_empty = |read: &Hir| read.properties().minimum_len().is_none_or(|least| least == 0);
        let together = alternatives.iter().any(|(_, read)| could_be_empty(read));
        let mut groups: Vec<Group> = Vec::new();
        let mut was_list = false;
        for (pattern, read) in alternatives {
            let is_list = together || needs::is_list(&read);
            let group = Group::new(pattern, &read, writing, gathered);
            match groups.last_mut() {
                Some(last) if is_list && was_list => last.add(group),
                _ => groups.push(group),
            }
            was_list = is_list;
        }
        if together {
            groups.iter_mut().for_each(|group| group.needs = vec![Vec::new()]);
        }
        Self(groups)
    }

    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &Group> {
        self.0.iter()
    }

    /// Whether any may match.
    pub(super) fn may_match(&self, marks: &Marks) -> bool {
        self.0.iter().any(|group| group.may_match(marks))
    }

    /// Where a text holds one of the alternatives, none overlapping: the first place first, there the first alternative.
    pub(super) fn find(&self, marks: &Marks, text: &[u8]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut tried: Vec<(&Regex, (usize, usize))> = Vec::new();
        let next = |words: &Regex, at| words.find_at(text, at).map(|hit| (hit.start(), hit.end()));
        let mut groups = self.0.iter().filter(|group| group.may_match(marks)).map(Group::regex).peekable();
        if let Some(first) = groups.next() {
            if groups.peek().is_none() {
                return first.find_iter(text).map(|hit| (hit.start(), hit.end())).collect();
            }
            tried
                .extend([first].into_iter().chain(groups).filter_map(|words| Some((words, next(words, 0)?))));
        }
        // The first of those that begin alike is the one that stands first in the list.
        while let Some(&(_, place)) = tried.iter().min_by_key(|(_, place)| place.0) {
            found.push(place);
            tried.retain_mut(|(words, hit)| {
                if hit.0 >= place.1 {
                    return true;
                }
                next(words, place.1).map(|later| *hit = later).is_some()
            });
        }
        found
    }
}
