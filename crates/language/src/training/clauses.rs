//! Learning the layer of clauses: stochastic gradient descent in steps that shrink where they were taken before
//! (Adagrad). Each time a text is seen some of its grams and some dimensions are left out, so that none is relied upon
//! alone. The sequence of numbers behind that is fixed: the same result always.

use super::choice::Choice;
use super::{Example, Recipe};
use crate::model::clauses::{ClauseLayer, Place, Summary, WIDTH, finished, summarise, weigh};

/// How often each text is seen.
const ROUNDS: usize = 8;
/// The first step; they shrink to a fiftieth.
const STEP: f32 = 0.1;
const LEAST_STEP: f32 = 0.02;
/// The share of grams left out.
const UNREAD: f32 = 0.4;
/// The share of dimensions left out.
const UNSEEN: f32 = 0.2;
/// The greatest distance of a gram from the middle before anything is learnt.
const SPREAD: f32 = 0.1;
const START: f32 = 0.05;

/// A text as its known grams, each with the clause that holds it, in the order of clauses.
pub(super) type ClauseRow = Vec<(u32, u32)>;

/// Numbers that look drawn, always the same ones.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// In [0, 1).
    fn part(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u32 << 24) as f32
    }
}

/// A number that is learnt, with the squares of what it was told so far.
#[derive(Debug, Clone, Copy)]
struct Learnt {
    value: f32,
    squares: f32,
}

impl Learnt {
    fn new(value: f32) -> Self {
        Self { value, squares: 1e-6 }
    }

    fn step(&mut self, slope: f32, step: f32) {
        self.squares += slope * slope;
        self.value -= step * slope / self.squares.sqrt();
    }
}

/// The places of grams and what the heads make of clauses.
pub(super) struct ClauseNet {
    places: Vec<[Learnt; WIDTH]>,
    start: [Learnt; WIDTH],
    heads: Vec<[[Learnt; WIDTH]; 3]>,
    biases: Vec<Learnt>,
}

/// What a text looks like on the way to its scores.
#[derive(Default)]
struct Seen {
    /// For every clause with grams: its first gram among the text's, the root of one over their number, its place.
    clauses: Vec<(usize, f32, Place)>,
    summary: Summary,
    /// Which clause is the greatest in each dimension.
    greatest: [usize; WIDTH],
}

impl ClauseNet {
    fn new(grams: usize, heads: usize) -> Self {
        let mut sequence = Sequence(0x1234_567f);
        let mut about = |spread: f32| Learnt::new((sequence.part() - 0.5) * 2.0 * spread);
        Self {
            places: (0..grams).map(|_| std::array::from_fn(|_| about(SPREAD))).collect(),
            start: [Learnt::new(START); WIDTH],
            heads: (0..heads)
                .map(|_| std::array::from_fn(|_| std::array::from_fn(|_| about(0.25))))
                .collect(),
            biases: vec![Learnt::new(0.0); heads],
        }
    }

    fn see(&self, row: &[(u32, u32)], factors: &Place, seen: &mut Seen) {
        seen.clauses.clear();
        let (mut from, mut summary) = (0, Summary::default());
        seen.greatest = [0; WIDTH];
        for clause in row.chunk_by(|left, right| left.1 == right.1) {
            let mut sum = Place::default();
            for &(gram, _) in clause {
                for (sum, part) in sum.iter_mut().zip(&self.places[gram as usize]) {
                    *sum += part.value;
                }
            }
            let unit = 1.0 / (clause.len() as f32).sqrt();
            let place: Place =
                std::array::from_fn(|at| (sum[at] * unit + self.start[at].value).max(0.0) * factors[at]);
            for ((greatest, part), most) in seen.greatest.iter_mut().zip(&place).zip(&summary[1]) {
                if part > most {
                    *greatest = seen.clauses.len();
                }
            }
            summarise(&mut summary, &place);
            seen.clauses.push((from, unit, place));
            from += clause.len();
        }
        seen.summary = finished(summary, seen.clauses.len() as u32);
    }

    fn score(&self, head: usize, summary: &Summary) -> f32 {
        let weights: Summary = self.heads[head].map(|weights| weights.map(|weight| weight.value));
        self.biases[head].value + weigh(&weights, summary)
    }

    /// The scores of all heads.
    pub(super) fn scores(&self, row: &[(u32, u32)]) -> Vec<f32> {
        let mut seen = Seen::default();
        self.see(row, &[1.0; WIDTH], &mut seen);
        (0..self.heads.len()).map(|head| self.score(head, &seen.summary)).collect()
    }

    /// Takes one step by how wrong each head was on a text.
    fn step(&mut self, row: &[(u32, u32)], factors: &Place, seen: &Seen, wrong: &[f32], step: f32) {
        let mut slopes = Summary::default();
        for (head, &wrong) in wrong.iter().enumerate().filter(|(_, wrong)| **wrong != 0.0) {
            for (summary, weights) in self.heads[head].iter_mut().enumerate() {
                for (at, weight) in weights.iter_mut().enumerate() {
                    slopes[summary][at] += wrong * weight.value;
                    weight.step(wrong * seen.summary[summary][at], step);
                }
            }
            self.biases[head].step(wrong, step);
        }
        let [all, greatest, last] = slopes;
        let share = 1.0 / (seen.clauses.len() as f32).sqrt();
        let mut at_start = Place::default();
        for (number, (from, unit, place)) in seen.clauses.iter().enumerate() {
            let is_last = number + 1 == seen.clauses.len();
            let slope: Place = std::array::from_fn(|at| {
                if place[at] <= 0.0 {
                    return 0.0;
                }
                let of_greatest = if seen.greatest[at] == number { greatest[at] } else { 0.0 };
                (all[at] * share + of_greatest + if is_last { last[at] } else { 0.0 }) * factors[at]
            });
            at_start.iter_mut().zip(&slope).for_each(|(start, slope)| *start += slope);
            let to = seen.clauses.get(number + 1).map_or(row.len(), |next| next.0);
            for &(gram, _) in &row[*from..to] {
                for (part, slope) in self.places[gram as usize].iter_mut().zip(&slope) {
                    if *slope != 0.0 {
                        part.step(slope * unit, step);
                    }
                }
            }
        }
        for (start, slope) in self.start.iter_mut().zip(at_start) {
            start.step(slope, step);
        }
    }

    /// The layer in whole steps, and for every head its bias and what it makes of the summaries.
    pub(super) fn finish(&self) -> (ClauseLayer, Vec<(f32, Summary)>) {
        let parts = self.places.iter().flatten();
        let largest = parts.fold(1e-9_f32, |largest, part| largest.max(part.value.abs()));
        let scale = largest / 127.0;
        let places = self.places.iter().map(|place| place.map(|part| (part.value / scale).round() as i8));
        let layer =
            ClauseLayer { places: places.collect(), scale, start: self.start.map(|start| start.value) };
        let weights = self.heads.iter().map(|head| head.map(|weights| weights.map(|weight| weight.value)));
        (layer, self.biases.iter().map(|bias| bias.value).zip(weights).collect())
    }
}

/// How wrong each head is on a text: the slope of its loss by its score. Of a choice one answer is wanted, the rarer
/// ones count more.
struct Judge<'a> {
    recipe: &'a Recipe,
    choice: Option<Choice>,
    costs: [f32; 3],
}

impl<'a> Judge<'a> {
    fn new(recipe: &'a Recipe, examples: &[Example]) -> Self {
        let mut counts = [0.0_f32; 3];
        if let Some(choice) = recipe.choice {
            examples
                .iter()
                .filter_map(|example| choice.answer(example))
                .for_each(|right| counts[right] += 1.0);
        }
        let third = counts.iter().sum::<f32>() / 3.0;
        Self { recipe, choice: recipe.choice, costs: counts.map(|count| (third / count.max(1.0)).sqrt()) }
    }

    fn wrong(&self, example: &Example, scores: &[f32], wrong: &mut [f32]) {
        wrong.fill(0.0);
        let chosen = self.choice.map_or(0..0, |choice| choice.first..choice.first + 3);
        for (head, answer) in example.answers.iter().enumerate() {
            if let Some(answer) = answer
                && !chosen.contains(&head)
                && !self.recipe.heads[head].kind
            {
                let right = if *answer { 1.0 } else { 0.0 };
                wrong[head] = (1.0 / (1.0 + (-scores[head]).exp()) - right) * example.weight;
            }
        }
        if let Some(right) = self.choice.and_then(|choice| choice.answer(example)) {
            let three = &scores[chosen.clone()];
            let most = three.iter().fold(f32::MIN, |most, score| most.max(*score));
            let shares: Vec<f32> = three.iter().map(|score| (score - most).exp()).collect();
            let sum: f32 = shares.iter().sum();
            for (at, share) in shares.iter().enumerate() {
                let wanted = if at == right { 1.0 } else { 0.0 };
                wrong[chosen.start + at] = (share / sum - wanted) * self.costs[right] * example.weight;
            }
        }
    }
}

/// Learns the layer from texts as rows over so many grams.
pub(super) fn fit(recipe: &Recipe, examples: &[Example], rows: &[ClauseRow], grams: usize) -> ClauseNet {
    let heads = recipe.heads.len();
    let mut net = ClauseNet::new(grams, heads);
    let judge = Judge::new(recipe, examples);
    let answered = |text: &usize| examples[*text].answers.iter().any(Option::is_some);
    let mut order: Vec<usize> = (0..examples.len()).filter(answered).collect();
    let mut sequence = Sequence(0x0009_9991);
    let (mut row, mut seen) = (ClauseRow::new(), Seen::default());
    let mut wrong = vec![0.0; heads];
    let all = (ROUNDS * order.len()) as f32;
    let mut done = 0.0_f32;
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, (sequence.next() % (at as u64 + 1)) as usize);
        }
        for &text in &order {
            done += 1.0;
            row.clear();
            row.extend(rows[text].iter().filter(|_| sequence.part() >= UNREAD));
            if row.is_empty() {
                continue;
            }
            let factors: Place =
                std::array::from_fn(|_| if sequence.part() < UNSEEN { 0.0 } else { 1.0 / (1.0 - UNSEEN) });
            net.see(&row, &factors, &mut seen);
            let scores: Vec<f32> = (0..heads).map(|head| net.score(head, &seen.summary)).collect();
            judge.wrong(&examples[text], &scores, &mut wrong);
            net.step(&row, &factors, &seen, &wrong, STEP * (1.0 - done / all).max(LEAST_STEP));
        }
    }
    net
}
