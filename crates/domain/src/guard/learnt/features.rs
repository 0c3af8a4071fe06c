//! What the learnt layer looks at.

use pingxin_language::features::{Grams, Units};
use pingxin_language::fold::fold_for_model;

use crate::guard::draft::Draft;
use crate::guard::reading::{Hit, Reading};

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a text holds, for the two models. Both lists are sorted and distinct.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Features {
    /// Grams of its words.
    pub words: Vec<u64>,
    /// Concepts, patterns, place and form: what it means.
    pub meaning: Vec<u64>,
}

impl Features {
    /// Words and meaning together.
    #[must_use]
    pub fn all(&self) -> Vec<u64> {
        let mut all: Vec<u64> = self.words.iter().chain(&self.meaning).copied().collect();
        // Two sorted runs, which a stable sort only merges.
        all.sort();
        all.dedup();
        all
    }

    fn finish(&mut self) {
        for keys in [&mut self.words, &mut self.meaning] {
            keys.sort_unstable();
            keys.dedup();
        }
    }
}

/// Kinds of features, so that equal numbers of two kinds differ.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Gram = 1,
    Concept = 2,
    Stem = 3,
    Place = 4,
    Pattern = 5,
    Form = 6,
}

fn key(kind: Kind, first: u64, second: u64) -> u64 {
    let mixed = (first ^ (kind as u64).rotate_left(56)).wrapping_mul(MIX);
    let mixed = (mixed ^ (mixed >> 29) ^ second.rotate_left(17)).wrapping_mul(MIX);
    (mixed ^ (mixed >> 32)).max(1)
}

/// A concept by the hash of its name, so that a new concept changes no other feature.
fn named(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// How a word stands: said, denied or quoted.
fn stance(hit: &Hit) -> u64 {
    u64::from(hit.denied) | u64::from(hit.quoted) << 1
}

/// The grams of a stretch of clauses.
fn grams_of(reading: &Reading, first: usize, last: usize, keys: &mut Vec<u64>) {
    let (Some(from), Some(to)) = (reading.clauses.get(first), reading.clauses.get(last)) else { return };
    let text: String = reading.plain.chars[from.start..to.end].iter().collect();
    let grams = if reading.plain.chinese { Grams::Characters } else { Grams::Words };
    let mut units = Units::default();
    units.read(grams, &fold_for_model(&text));
    units.visit(grams, |gram, _, _| keys.push(key(Kind::Gram, gram, 0)));
    if !reading.plain.chinese {
        for word in text.split(|part: char| !part.is_ascii_alphabetic()).filter(|word| word.len() > 3) {
            keys.push(key(Kind::Stem, named(stem(word)), 0));
        }
    }
}

/// An English word without its ending.
fn stem(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "ers", "ed", "es", "er", "ly", "s",
        "e", "y",
    ];
    let ending = ENDINGS.iter().find(|ending| word.len() >= ending.len() + 3 && word.ends_with(**ending));
    let stem = &word[..word.len() - ending.map_or(0, |ending| ending.len())];
    // stopp(ing) and stop are one.
    let last = stem.as_bytes().last_chunk::<2>();
    if last.is_some_and(|[one, two]| one == two) && stem.len() > 3 { &stem[..stem.len() - 1] } else { stem }
}

/// The features of one clause, to find the one that weighs most.
pub(in crate::guard) fn of_clause(reading: &Reading, clause: usize, names: &[u64]) -> Features {
    let mut features = Features::default();
    grams_of(reading, clause, clause, &mut features.words);
    let concepts = reading.between(clause, clause).iter();
    features
        .meaning
        .extend(concepts.map(|hit| key(Kind::Concept, names[usize::from(hit.concept)], stance(hit))));
    features.finish();
    features
}

/// The features of where a text goes.
pub(in crate::guard) fn of_place(draft: &Draft<'_>, keys: &mut Vec<u64>) {
    let mut add = |kind: &str, value: &str| keys.push(key(Kind::Place, named(kind), named(value)));
    if let Some(channel) = draft.channel {
        add("channel", channel.code());
    }
    if let Some(stage) = draft.stage {
        add("stage", stage.code());
    }
    if draft.on_amazon() {
        add("platform", "amazon");
    }
}

/// The features of a whole text; `patterns` are the keys of those that hold.
pub(in crate::guard) fn of_text(
    reading: &Reading,
    draft: &Draft<'_>,
    patterns: impl Iterator<Item = u64>,
    names: &[u64],
) -> Features {
    let mut features = Features::default();
    if let Some(last) = reading.clauses.len().checked_sub(1) {
        grams_of(reading, 0, last, &mut features.words);
    }
    let keys = &mut features.meaning;
    keys.extend(
        reading.hits.iter().map(|hit| key(Kind::Concept, names[usize::from(hit.concept)], stance(hit))),
    );
    keys.extend(patterns.map(|pattern| key(Kind::Pattern, pattern, 0)));
    of_place(draft, keys);
    for (holds, name) in [
        (reading.condemned, "condemned"),
        (reading.plain.disguises > 0, "disguise"),
        (reading.plain.disguises > 2, "disguises"),
        (reading.plain.chars.len() < 24, "short"),
        (reading.plain.chars.len() > 120, "long"),
    ] {
        if holds {
            keys.push(key(Kind::Form, named(name), 0));
        }
    }
    features.finish();
    features
}

/// The name of a concept as a number.
pub(in crate::guard) fn name_key(name: &str) -> u64 {
    named(name)
}
