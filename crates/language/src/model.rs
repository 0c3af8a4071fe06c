//! The linear text model: which grams speak for or against something, one signed byte each.
//!
//! Score of a head = bias + scale × (sum of the bytes of the distinct known grams) / √(their number); the logistic
//! of the score is a probability. The grams are an exact, pruned vocabulary, not hash buckets. A model may look at the
//! clauses of a text as well (see [`clauses`]).

pub mod clauses;
mod file;

pub use clauses::{ClauseLayer, Summary};
pub use file::ModelFileError;

use crate::Span;
use crate::features::{Grams, Units};
use clauses::{Gathered, weigh};

/// How far a text of one kind of business is judged by what was learnt from its like alone, the rest by all. Found on held-out fifths
/// of the training parts.
const OF_KIND: f32 = 0.85;
/// A kind this unlikely is not looked at.
const UNLIKELY: f32 = 0.02;

/// One question that a model answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// What it asks, such as `positive` or `quality`.
    pub name: String,
    /// The score of a text without any known gram.
    pub bias: f32,
    /// What one step of a weight is worth.
    pub scale: f32,
    /// One weight a gram, in the order of the vocabulary.
    pub weights: Vec<i8>,
    /// What it makes of the summaries of the clauses; nothing in a model without a layer of clauses.
    pub clauses: Summary,
}

/// A vocabulary of grams with one or more heads over it.
#[derive(Debug, Clone)]
pub struct LinearModel {
    name: String,
    grams: Grams,
    keys: Vec<u64>,
    heads: Vec<Head>,
    layer: Option<ClauseLayer>,
    /// The places of the questions `kind:X` and `positive:X` of every kind of business X.
    kinds: Vec<(usize, usize)>,
    table: Table,
    /// What every gram weighs for each head, gram after gram: a text is scored for all heads in one pass.
    rows: Vec<i8>,
}

/// The known grams of a text in the order of their places: looked up once, however often they are weighed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hits(Vec<Hit>);

/// A known gram and the units that it is made of.
#[derive(Debug, Clone, Copy)]
struct Hit {
    id: u32,
    first: u32,
    count: u32,
}

impl Hit {
    fn units(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

/// Which grams of the vocabulary a text holds, each once.
#[derive(Debug, Clone, Default)]
pub struct Known {
    ids: Vec<u32>,
    /// For every gram the clause that held it last, by a number that only grows.
    stamps: Vec<u32>,
    /// The first clause of the text, and the one at hand.
    first: u32,
    stamp: u32,
    gathered: Gathered,
    summary: Summary,
    /// What the grams weigh together for each head of their model.
    sums: Vec<i32>,
}

impl Known {
    /// Forgets what was read, keeping its memory.
    fn start(&mut self, vocabulary: usize) {
        self.ids.clear();
        if self.stamps.len() < vocabulary {
            self.stamps.resize(vocabulary, 0);
        }
        // Half of the numbers are left for the clauses of one text.
        if self.stamp > u32::MAX / 2 {
            self.stamps.fill(0);
            self.stamp = 0;
        }
        self.stamp += 1;
        self.first = self.stamp;
        self.gathered = Gathered::default();
        self.summary = Summary::default();
    }

    /// Counts a gram; false when the clause at hand held it before.
    fn add(&mut self, id: u32) -> bool {
        let Some(stamp) = self.stamps.get_mut(id as usize) else { return false };
        if *stamp < self.first {
            self.ids.push(id);
        }
        let fresh = *stamp != self.stamp;
        *stamp = self.stamp;
        fresh
    }

    /// Ends the clause at hand.
    fn end_clause(&mut self, layer: &ClauseLayer) {
        self.gathered.end_clause(layer);
        self.stamp += 1;
    }

    /// How many distinct known grams there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ids.len()
    }
}

impl LinearModel {
    /// A model from its parts. Keys must be sorted and distinct, and every head have one weight a key.
    ///
    /// # Errors
    /// [`ModelFileError::Damaged`] when they are not.
    pub fn new(name: String, grams: Grams, keys: Vec<u64>, heads: Vec<Head>) -> Result<Self, ModelFileError> {
        let sorted = keys.windows(2).all(|pair| pair[0] < pair[1]);
        let sound =
            |head: &Head| head.weights.len() == keys.len() && head.bias.is_finite() && head.scale.is_finite();
        if !sorted || keys.first() == Some(&Table::EMPTY) || heads.is_empty() || !heads.iter().all(sound) {
            return Err(ModelFileError::Damaged("vocabulary and weights do not fit together"));
        }
        let table = Table::new(&keys);
        let mut rows = vec![0; keys.len() * heads.len()];
        for (at, head) in heads.iter().enumerate() {
            let places = rows.iter_mut().skip(at).step_by(heads.len());
            places.zip(&head.weights).for_each(|(place, weight)| *place = *weight);
        }
        let kinds = kinds(&heads);
        Ok(Self { name, grams, keys, heads, layer: None, kinds, table, rows })
    }

    /// The same model with a layer of clauses.
    ///
    /// # Errors
    /// [`ModelFileError::Damaged`] when it has not one place a gram.
    pub fn with_clauses(mut self, layer: ClauseLayer) -> Result<Self, ModelFileError> {
        let finite = layer.scale.is_finite() && layer.start.iter().all(|part| part.is_finite());
        let weighed = |head: &Head| head.clauses.iter().flatten().all(|weight| weight.is_finite());
        if layer.places.len() != self.keys.len() || !finite || !self.heads.iter().all(weighed) {
            return Err(ModelFileError::Damaged("vocabulary and clauses do not fit together"));
        }
        self.layer = Some(layer);
        Ok(self)
    }

    /// Its layer of clauses, if it has one.
    #[must_use]
    pub fn clauses(&self) -> Option<&ClauseLayer> {
        self.layer.as_ref()
    }

    /// The name under which its answers are kept.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same model under another name.
    #[must_use]
    pub fn renamed(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// What its grams are made of.
    #[must_use]
    pub fn grams(&self) -> Grams {
        self.grams
    }

    /// How many grams it knows.
    #[must_use]
    pub fn vocabulary(&self) -> usize {
        self.keys.len()
    }

    /// The keys of its grams, in order.
    pub(crate) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// The question of this name, which is first looked for at `place`.
    pub(crate) fn head_at(&self, place: usize, is: impl Fn(&str) -> bool) -> Option<&Head> {
        let usual = self.heads.get(place).filter(|head| is(&head.name));
        usual.or_else(|| self.heads.iter().find(|head| is(&head.name)))
    }

    /// Its questions.
    #[must_use]
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// Looks up every gram of a text.
    pub(crate) fn look_up(&self, units: &Units, hits: &mut Hits) {
        hits.0.clear();
        units.visit(self.grams, |key, first, count| {
            if let Some(id) = self.table.find(key) {
                hits.0.push(Hit { id, first: first as u32, count: count as u32 });
            }
        });
    }

    /// Collects the known grams of a text.
    pub fn know(&self, units: &Units, known: &mut Known) {
        let mut hits = Hits::default();
        self.look_up(units, &mut hits);
        self.know_hits([(units, &hits)], known);
    }

    /// Collects the known grams of all `texts` taken together.
    pub(crate) fn know_hits<'a>(
        &self,
        texts: impl IntoIterator<Item = (&'a Units, &'a Hits)>,
        known: &mut Known,
    ) {
        self.gather(texts.into_iter().map(|(units, hits)| (units, hits, |_: &Hit| true)), known);
    }

    /// Like [`LinearModel::know_hits`], without the grams that touch the units at `left_out` of their text.
    pub(crate) fn know_without<'a>(
        &self,
        texts: impl IntoIterator<Item = (&'a Units, &'a Hits, &'a [Span])>,
        known: &mut Known,
    ) {
        let masked = |(units, hits, left_out): (&'a Units, &'a Hits, &'a [Span])| {
            let mask = units.overlapping(left_out);
            (units, hits, move |hit: &Hit| !mask[hit.units()].contains(&true))
        };
        self.gather(texts.into_iter().map(masked), known);
    }

    /// Collects the known grams that are to be `heard`.
    fn gather<'a, Heard: Fn(&Hit) -> bool>(
        &self,
        texts: impl IntoIterator<Item = (&'a Units, &'a Hits, Heard)>,
        known: &mut Known,
    ) {
        known.start(self.keys.len());
        for (units, hits, heard) in texts {
            let mut clause = 0;
            for hit in hits.0.iter().filter(|hit| heard(hit)) {
                let Some(layer) = &self.layer else {
                    known.add(hit.id);
                    continue;
                };
                // A gram belongs to the clause in which it ends.
                let at = units.clause(hit.units().end - 1);
                if at != clause {
                    known.end_clause(layer);
                    clause = at;
                }
                if known.add(hit.id) {
                    known.gathered.add(&layer.places[hit.id as usize]);
                }
            }
            if let Some(layer) = &self.layer {
                known.end_clause(layer);
            }
        }
        known.summary = known.gathered.summary();
        self.add_up(known);
    }

    /// Adds up what the grams weigh for each head.
    fn add_up(&self, known: &mut Known) {
        let heads = self.heads.len();
        known.sums.clear();
        known.sums.resize(heads, 0);
        for &id in &known.ids {
            let row = &self.rows[id as usize * heads..(id as usize + 1) * heads];
            known.sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
    }

    /// Collects the known ones of grams that the caller read by itself.
    pub fn know_keys(&self, keys: &[u64], known: &mut Known) {
        known.start(self.keys.len());
        for &key in keys {
            if let Some(id) = self.table.find(key) {
                known.add(id);
            }
        }
        self.add_up(known);
    }

    /// The weight of one gram for a head, in log odds before the length of the text counts; 0 when it is unknown.
    #[must_use]
    pub fn weight(&self, head: &Head, key: u64) -> f32 {
        self.table.find(key).map_or(0.0, |id| head.scale * f32::from(head.weights[id as usize]))
    }

    /// How many of a text's words it knows, each place counted.
    #[must_use]
    pub fn known_words(&self, units: &Units) -> usize {
        units.word_codes().filter(|&code| self.table.find(code).is_some()).count()
    }

    /// The score of one of its heads, in log odds; its bias when nothing is known. `known` must be gathered by this model.
    #[must_use]
    pub fn score(&self, head: &Head, known: &Known) -> f32 {
        if known.ids.is_empty() {
            return head.bias;
        }
        let place = self.heads.iter().position(|own| std::ptr::eq(own, head));
        let sum = place
            .and_then(|place| known.sums.get(place))
            .copied()
            .unwrap_or_else(|| known.ids.iter().map(|&id| i32::from(head.weights[id as usize])).sum());
        head.bias + head.scale * sum as f32 / (known.ids.len() as f32).sqrt() + self.of_clauses(head, known)
    }

    /// How favourable a text is, in log odds: its first question, moved towards what the same question says of texts of one
    /// kind of business as far as the text is of that kind.
    #[must_use]
    pub fn favour(&self, known: &Known) -> f32 {
        let Some(first) = self.heads.first() else { return 0.0 };
        let all = self.score(first, known);
        let moved = |&(kind, favour): &(usize, usize)| {
            let kind = probability(self.score(&self.heads[kind], known));
            if kind < UNLIKELY {
                0.0
            } else {
                kind * OF_KIND * (self.score(&self.heads[favour], known) - all)
            }
        };
        all + self.kinds.iter().map(moved).sum::<f32>()
    }

    /// What the clauses add to the score of one head.
    pub(crate) fn of_clauses(&self, head: &Head, known: &Known) -> f32 {
        if self.layer.is_some() { weigh(&head.clauses, &known.summary) } else { 0.0 }
    }

    /// What every unit of a text contributes to the score of one head: each gram's share, spread over its units.
    ///
    /// A gram that stands in several places is counted in each, so the sum may exceed the score.
    #[must_use]
    pub(crate) fn contributions(
        &self,
        head: &Head,
        units: &Units,
        hits: &Hits,
        known: &Known,
    ) -> Vec<(Span, f32)> {
        let mut shares = vec![0.0; units.len()];
        let length = (known.ids.len().max(1) as f32).sqrt();
        for hit in &hits.0 {
            let share = head.scale * f32::from(head.weights[hit.id as usize]) / length / hit.count as f32;
            shares[hit.units()].iter_mut().for_each(|unit| *unit += share);
        }
        shares.into_iter().enumerate().map(|(at, share)| (units.source(at, 1), share)).collect()
    }
}

/// The places of the questions `kind:X` and `positive:X` of every X that has both.
fn kinds(heads: &[Head]) -> Vec<(usize, usize)> {
    let place = |name: &str| heads.iter().position(|head| head.name == name);
    let kind = |(at, head): (usize, &Head)| {
        let of = head.name.strip_prefix("kind:")?;
        Some((at, place(&format!("positive:{of}"))?))
    };
    heads.iter().enumerate().filter_map(kind).collect()
}

/// The logistic: log odds as a probability.
#[must_use]
pub fn probability(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// From the key of a gram to its place in the vocabulary; open addressing, at most half full.
///
/// Most grams of a text are unknown, so a bit a key, small enough to stay in the nearest cache, answers first.
#[derive(Debug, Clone)]
struct Table {
    seen: Vec<u64>,
    seen_shift: u32,
    keys: Vec<u64>,
    ids: Vec<u32>,
    shift: u32,
}

impl Table {
    const EMPTY: u64 = 0;

    fn new(keys: &[u64]) -> Self {
        let bits = (keys.len() * 2).next_power_of_two().max(2).trailing_zeros();
        let seen_bits = (keys.len() * 8).next_power_of_two().max(64).trailing_zeros();
        let mut table = Self {
            seen: vec![0; 1 << (seen_bits - 6)],
            seen_shift: 64 - seen_bits,
            keys: vec![Self::EMPTY; 1 << bits],
            ids: vec![0; 1 << bits],
            shift: 64 - bits,
        };
        for (id, &key) in (0_u32..).zip(keys) {
            let mut slot = table.slot(key);
            while table.keys[slot] != Self::EMPTY {
                slot = (slot + 1) & (table.keys.len() - 1);
            }
            table.keys[slot] = key;
            table.ids[slot] = id;
            let bit = table.bit(key);
            table.seen[bit / 64] |= 1 << (bit % 64);
        }
        table
    }

    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    fn bit(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.seen_shift) as usize
    }

    #[inline]
    fn find(&self, key: u64) -> Option<u32> {
        let bit = self.bit(key);
        if self.seen[bit / 64] & (1 << (bit % 64)) == 0 {
            return None;
        }
        let mut slot = self.slot(key);
        loop {
            let found = self.keys[slot];
            if found == key && key != Self::EMPTY {
                return Some(self.ids[slot]);
            }
            if found == Self::EMPTY {
                return None;
            }
            slot = (slot + 1) & (self.keys.len() - 1);
        }
    }
}
