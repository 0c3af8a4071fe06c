//! One answer of three: how far the question between the others must lead to win.
//!
//! Of bad, neutral and good the neutral texts are the rarest and the hardest. The greatest of three scores names too few
//! or too many of them, by how the training weighed them; so the score of the middle question is moved to where the
//! mean F1 of the three is best on texts that took no part in the training, each third of them in turn.

use super::clauses::{self, ClauseRow};
use super::vocabulary::Rows;
use super::{Example, Recipe, fit_final};

/// Parts that are held out in turn.
const FOLDS: usize = 3;
/// Steps of a twentieth, from -3 to 3.
const REACH: i32 = 60;
const STEP: f32 = 0.05;
/// Steps on either side that count as well.
const EVEN: i32 = 5;

/// The place of three questions of which exactly one is answered with yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The place of the first of them among the recipe's questions; the middle one is moved.
    pub first: usize,
    /// Whether they are fitted with the naive Bayes ratios and without them, and the mean of both kept.
    pub both_ways: bool,
}

impl Choice {
    /// Which of the three is the answer, if exactly one is.
    pub(super) fn answer(self, example: &Example) -> Option<usize> {
        let answers = example.answers.get(self.first..self.first + 3)?;
        let mut yes = (0..3).filter(|&at| answers[at] == Some(true));
        yes.next().filter(|_| yes.next().is_none())
    }
}

/// The scores of one held-out text and the place of the right answer.
struct Judged {
    scores: [f32; 3],
    right: usize,
}

/// What to add to the score of the middle question, over the `grams` of a vocabulary and the texts as `rows` of it, with
/// their clauses where the recipe has a layer of those.
pub(super) fn settle(
    recipe: &Recipe,
    choice: Choice,
    examples: &[Example],
    texts: &[Vec<u64>],
    rows: &Rows,
    clause_rows: Option<&[ClauseRow]>,
    grams: usize,
) -> f32 {
    let three = choice.first..choice.first + 3;
    let mut judged: Vec<Judged> = Vec::new();
    for fold in 0..FOLDS {
        // The same text in two sets is held out at the same time.
        let held = |text: &usize| fold_of(&texts[*text]) == fold;
        let mut taught = examples.to_vec();
        for text in (0..examples.len()).filter(held) {
            taught[text].answers.fill(None);
        }
        let fitted: Vec<_> =
            three.clone().map(|head| fit_final(recipe, &taught, head, rows, grams)).collect();
        let net = clause_rows.map(|rows| (rows, clauses::fit(recipe, &taught, rows, grams)));
        for text in (0..examples.len()).filter(held) {
            let Some(right) = choice.answer(&examples[text]) else { continue };
            let of_clauses = net.as_ref().map(|(rows, net)| net.scores(&rows[text]));
            let score = |at: usize| {
                let of_clauses = of_clauses.as_ref().map_or(0.0, |scores| scores[three.start + at]);
                of_clauses + fitted[at].score(rows.row(text))
            };
            judged.push(Judged { scores: std::array::from_fn(score), right });
        }
    }
    lead(&judged)
}

fn fold_of(keys: &[u64]) -> usize {
    let mixed = keys
        .iter()
        .fold(0_u64, |mixed, key| (mixed ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29));
    ((mixed >> 32) % FOLDS as u64) as usize
}

/// What to add to the score of the middle question: where the mean F1 is best over a stretch of steps, for a single step
/// hangs on a few texts.
fn lead(judged: &[Judged]) -> f32 {
    let values: Vec<f64> =
        (-REACH - EVEN..=REACH + EVEN).map(|step| mean_f1(judged, step as f32 * STEP)).collect();
    let best = (-REACH..=REACH)
        .zip(values.windows(2 * EVEN as usize + 1))
        .map(|(step, around)| (around.iter().sum::<f64>(), step as f32 * STEP))
        // Of equals the one nearest to no move at all.
        .max_by(|left, right| left.0.total_cmp(&right.0).then(right.1.abs().total_cmp(&left.1.abs())));
    best.map_or(0.0, |(_, lead)| lead)
}

/// The mean F1 of the three answers when the middle one leads by `lead`.
fn mean_f1(judged: &[Judged], lead: f32) -> f64 {
    let (mut hits, mut guessed, mut right) = ([0_u32; 3], [0_u32; 3], [0_u32; 3]);
    for text in judged {
        let [first, middle, last] = text.scores;
        let guess = if middle + lead > first.max(last) { 1 } else { usize::from(last > first) * 2 };
        guessed[guess] += 1;
        right[text.right] += 1;
        hits[guess] += u32::from(guess == text.right);
    }
    (0..3).map(|at| 2.0 * f64::from(hits[at]) / f64::from((guessed[at] + right[at]).max(1))).sum::<f64>()
        / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(scores: [f32; 3], right: usize) -> Judged {
        Judged { scores, right }
    }

    #[test]
    fn a_lead_finds_what_the_greatest_score_misses() {
        let texts = [
            judged([2.0, -1.0, -2.0], 0),
            judged([-2.0, -1.0, 2.0], 2),
            judged([-0.4, -0.9, -0.3], 1),
            judged([-0.3, -0.8, -0.5], 1),
        ];
        assert!((mean_f1(&texts, 0.0) - 4.0 / 9.0).abs() < 1e-6);
        assert!((mean_f1(&texts, 0.7) - 1.0).abs() < 1e-6);
        assert!(mean_f1(&texts, 3.5) < 0.5);
        assert_eq!(mean_f1(&[], 0.0), 0.0);
        let lead = lead(&texts);
        assert!((0.6..1.0).contains(&lead), "{lead}");
    }
}
