//! One answer of three: how far the question between the others must lead to win.
//!
//! Of bad, neutral and good the neutral texts are the rarest and the hardest. The greatest of three scores names too few
//! or too many of them, by how the training weighed them; so the score of the middle question is moved to where the
//! mean F1 of the three is best on texts that took no part in the training, each third of them in turn.

use super::regression::{Fitted, Problem, fit};
use super::vocabulary::Rows;
use super::{Example, Recipe};

/// Parts that are held out in turn.
const FOLDS: usize = 3;
/// Steps of a twentieth, from -3 to 3.
const REACH: i32 = 60;
const STEP: f32 = 0.05;

/// The place of three questions of which exactly one is answered with yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The place of the first of them among the recipe's questions; the middle one is moved.
    pub first: usize,
}

/// The scores of one held-out text and the place of the right answer.
struct Judged {
    scores: [f32; 3],
    right: usize,
}

/// What to add to the score of the middle question, over the `grams` of a vocabulary and the texts as `rows` of it.
pub(super) fn lead(recipe: &Recipe, choice: Choice, examples: &[Example], rows: &Rows, grams: usize) -> f32 {
    let three = choice.first..choice.first + 3;
    let right = |example: &Example| {
        let answers = example.answers.get(three.clone())?;
        let mut yes = (0..3).filter(|&at| answers[at] == Some(true));
        yes.next().filter(|_| yes.next().is_none())
    };
    let told: Vec<(usize, usize)> =
        examples.iter().enumerate().filter_map(|(text, example)| Some((text, right(example)?))).collect();
    let mut judged = Vec::new();
    for fold in 0..FOLDS {
        let held: Vec<(usize, usize)> = told.iter().copied().skip(fold).step_by(FOLDS).collect();
        let mut taught = examples.to_vec();
        for &(text, _) in &held {
            taught[text].answers.fill(None);
        }
        let fitted: Vec<Fitted> =
            three.clone().map(|head| fit(&Problem::new(recipe, &taught, head, rows, grams))).collect();
        for (text, right) in held {
            let mut scores = [0.0; 3];
            for (score, head) in scores.iter_mut().zip(&fitted) {
                *score = head.score(rows.row(text));
            }
            judged.push(Judged { scores, right });
        }
    }
    let best = (-REACH..=REACH)
        .map(|step| step as f32 * STEP)
        .map(|lead| (mean_f1(&judged, lead), lead))
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
    }
}
