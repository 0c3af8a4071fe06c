//! One text as the guard reads it: undisguised, in clauses, with the concepts that it holds.

use super::clause::{Clause, Denials, Quotes, clauses, quoted};
use super::lexicon::{Concept, Lexicon, Word};
use super::plain::Plain;
use super::reported::reported;

/// A word of a concept, and how it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub concept: Concept,
    pub start: usize,
    pub end: usize,
    /// The number of its clause.
    pub clause: usize,
    /// It stands behind a denial in its clause.
    pub denied: bool,
    /// It is somebody else's word.
    pub quoted: bool,
    /// A pattern made it of other words.
    pub derived: bool,
}

impl Hit {
    /// Whether the two are the same words: what is one word cannot be two parts of a pattern.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let same = self.start == other.start && self.end == other.end;
        same || !self.derived && !other.derived && self.start < other.end && other.start < self.end
    }
}

/// A text that was read.
#[derive(Debug)]
pub(super) struct Reading {
    pub plain: Plain,
    pub clauses: Vec<Clause>,
    /// By clause, then place.
    pub hits: Vec<Hit>,
    /// The text forbids or rejects what it speaks of.
    pub condemned: bool,
    present: Vec<u64>,
}

/// The concepts that reading itself needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stance {
    pub denials: Denials,
    /// Whose a quoted stretch is.
    pub quotes: Quotes,
    /// What is spoken of is forbidden, rejected or called wrong.
    pub condemned: Concept,
    /// Colleagues tell each other that it was undone, or that the buyer did it by himself.
    pub undone: Concept,
}

impl Reading {
    pub(super) fn new(
        plain: Plain,
        lexicon: &Lexicon,
        stance: &Stance,
        internal: bool,
        more: impl FnOnce(&Plain, &mut Vec<Word>),
    ) -> Self {
        let mut words = Vec::new();
        lexicon.find(&plain.text, &plain.places, &plain.chars, |word| words.push(word));
        more(&plain, &mut words);
        let clauses = clauses(&plain.chars);
        let denied = stance.denials.denied(&plain, &clauses, &words);
        let mut quoted = quoted(&plain, lexicon, stance.quotes);
        if internal {
            let reported = reported(&plain, &clauses);
            quoted.iter_mut().zip(reported).for_each(|(quoted, told)| *quoted |= told);
        }
        let mut reading = Self {
            plain,
            clauses,
            hits: Vec::with_capacity(words.len()),
            condemned: false,
            present: vec![0; lexicon.len().div_ceil(64)],
        };
        for word in words {
            let Some(clause) = reading.clause_at(word.start) else { continue };
            let at = |flags: &[bool]| flags.get(word.start).copied().unwrap_or_default();
            let hit = Hit {
                concept: word.concept,
                start: word.start,
                end: word.end,
                clause,
                denied: at(&denied),
                quoted: at(&quoted),
                derived: false,
            };
            let condemns = hit.concept == stance.condemned || internal && hit.concept == stance.undone;
            reading.condemned |= condemns && !hit.quoted;
            reading.mark(hit.concept);
            reading.hits.push(hit);
        }
        reading.hits.sort_unstable_by_key(|hit| (hit.clause, hit.start, hit.end, hit.concept));
        reading.hits.dedup();
        reading
    }

    fn mark(&mut self, concept: Concept) {
        self.present[usize::from(concept) / 64] |= 1 << (concept % 64);
    }

    /// Adds a concept that a pattern made of others; `condemned` is the one that rejects the whole text.
    pub(super) fn derive(&mut self, concept: Concept, parts: &[Hit], condemned: Concept) {
        self.condemned |= concept == condemned;
        let (Some(start), Some(end)) =
            (parts.iter().map(|hit| hit.start).min(), parts.iter().map(|hit| hit.end).max())
        else {
            return;
        };
        let Some(clause) = self.clause_at(start) else { return };
        let hit = Hit { concept, start, end, clause, denied: false, quoted: false, derived: true };
        let at = self.hits.partition_point(|other| (other.clause, other.start) <= (clause, start));
        self.hits.insert(at, hit);
        self.mark(concept);
    }

    fn clause_at(&self, place: usize) -> Option<usize> {
        let at = self.clauses.partition_point(|clause| clause.start <= place);
        at.checked_sub(1)
    }

    /// Whether the text holds one of these concepts, said or denied.
    pub(super) fn holds(&self, choices: &[Concept]) -> bool {
        choices.iter().any(|&concept| self.has(concept))
    }

    /// Whether the text holds a concept, said or denied.
    pub(super) fn has(&self, concept: Concept) -> bool {
        self.present.get(usize::from(concept) / 64).is_some_and(|bits| bits & (1 << (concept % 64)) != 0)
    }

    /// Whether the text says a concept: neither denied nor in somebody else's words.
    pub(super) fn says(&self, concept: Concept) -> bool {
        self.has(concept) && self.hits.iter().any(|hit| hit.concept == concept && !hit.denied && !hit.quoted)
    }

    /// The words of the clauses `first..=last`.
    pub(super) fn between(&self, first: usize, last: usize) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.clause < first);
        let end = self.hits.partition_point(|hit| hit.clause <= last);
        &self.hits[start..end]
    }
}
