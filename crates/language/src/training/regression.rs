//! Logistic regression with an L2 penalty, by limited-memory BFGS. No randomness, one thread: the same result always.

use std::collections::VecDeque;

use super::vocabulary::Rows;
use super::{Example, Recipe};

const MEMORY: usize = 8;
const MOST_STEPS: usize = 300;

/// The weights of the grams, naive Bayes ratio included, and the bias.
pub(super) struct Fitted {
    pub weights: Vec<f64>,
    pub bias: f64,
}

impl Fitted {
    /// The score of a text by its grams.
    pub(super) fn score(&self, row: &[u32]) -> f32 {
        let sum: f64 = row.iter().map(|&gram| self.weights[gram as usize]).sum();
        (self.bias + sum / (row.len().max(1) as f64).sqrt()) as f32
    }

    /// The mean of this one and another.
    pub(super) fn mean(&self, other: &Self) -> Self {
        let weights = self.weights.iter().zip(&other.weights).map(|(left, right)| (left + right) / 2.0);
        Self { weights: weights.collect(), bias: (self.bias + other.bias) / 2.0 }
    }
}

/// One text that answers the question.
struct Answer {
    text: usize,
    /// 1 for yes, -1 for no.
    sign: f64,
    /// What it costs to get it wrong.
    cost: f64,
    /// What is known of its score before.
    offset: f64,
}

/// One head's share of the training data.
pub(super) struct Problem<'a> {
    rows: &'a Rows,
    answers: Vec<Answer>,
    /// Naive Bayes log ratio of every gram.
    ratios: Vec<f64>,
}

impl<'a> Problem<'a> {
    pub(super) fn new(
        recipe: &Recipe,
        examples: &[Example],
        head: usize,
        rows: &'a Rows,
        grams: usize,
    ) -> Self {
        let mut answers = Vec::new();
        let mut weight = [0.0_f64; 2];
        for (text, example) in examples.iter().enumerate() {
            if let Some(answer) = example.answers.get(head).copied().flatten()
                && !rows.row(text).is_empty()
            {
                weight[usize::from(answer)] += f64::from(example.weight);
                answers.push(Answer {
                    text,
                    sign: if answer { 1.0 } else { -1.0 },
                    cost: f64::from(example.weight) * recipe.cost,
                    offset: 0.0,
                });
            }
        }
        if recipe.heads[head].balanced && weight[0] > 0.0 && weight[1] > 0.0 {
            let half = (weight[0] + weight[1]) / 2.0;
            for answer in &mut answers {
                answer.cost *= half / weight[usize::from(answer.sign > 0.0)];
            }
        }
        let mut counts = [vec![1.0_f64; grams], vec![1.0_f64; grams]];
        for answer in &answers {
            let side = &mut counts[usize::from(answer.sign > 0.0)];
            for &gram in rows.row(answer.text) {
                side[gram as usize] += f64::from(examples[answer.text].weight);
            }
        }
        let totals = [counts[0].iter().sum::<f64>(), counts[1].iter().sum::<f64>()];
        let ratio = |gram: usize| (counts[1][gram] / totals[1]).ln() - (counts[0][gram] / totals[0]).ln();
        Self { rows, answers, ratios: (0..grams).map(ratio).collect() }
    }

    /// The same with every gram alike.
    pub(super) fn without_ratios(mut self) -> Self {
        self.ratios.fill(1.0);
        self
    }

    /// What a change of a known score has to learn; `offset` gives the score that a text has before.
    pub(super) fn beside(
        examples: &[Example],
        head: usize,
        rows: &'a Rows,
        grams: usize,
        cost: f64,
        offset: impl Fn(usize) -> f64,
    ) -> Self {
        let answers = examples.iter().enumerate().filter_map(|(text, example)| {
            let answer = example.answers.get(head).copied().flatten()?;
            let sign = if answer { 1.0 } else { -1.0 };
            Some(Answer { text, sign, cost: f64::from(example.weight) * cost, offset: offset(text) })
        });
        Self { rows, answers: answers.collect(), ratios: vec![1.0; grams] }
    }

    /// Loss and gradient at `point`: one coefficient a gram and last the bias.
    fn loss(&self, point: &[f64], gradient: &mut [f64]) -> f64 {
        let bias = self.ratios.len();
        gradient.copy_from_slice(point);
        let mut loss = point.iter().map(|part| part * part).sum::<f64>() / 2.0;
        for &Answer { text, sign, cost, offset } in &self.answers {
            let row = self.rows.row(text);
            let unit = 1.0 / (row.len().max(1) as f64).sqrt();
            let sum: f64 = row.iter().map(|&gram| point[gram as usize] * self.ratios[gram as usize]).sum();
            let margin = sign * (sum * unit + point[bias] + offset);
            // ln(1 + e^-m) without overflow, and its slope.
            loss +=
                cost * (if margin > 0.0 { (-margin).exp().ln_1p() } else { margin.exp().ln_1p() - margin });
            let slope = -sign * cost / (1.0 + margin.exp());
            gradient[bias] += slope;
            for &gram in row {
                gradient[gram as usize] += slope * unit * self.ratios[gram as usize];
            }
        }
        loss
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// One remembered step: change of the point, change of the gradient, and one over their product.
struct Step {
    moved: Vec<f64>,
    turned: Vec<f64>,
    inverse: f64,
}

/// The direction of descent by the two-loop recursion.
fn direction(gradient: &[f64], steps: &VecDeque<Step>) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|part| -part).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        let share = step.inverse * dot(&step.moved, &direction);
        direction.iter_mut().zip(&step.turned).for_each(|(part, turned)| *part -= share * turned);
        shares.push(share);
    }
    if let Some(last) = steps.back() {
        let scale = 1.0 / (last.inverse * dot(&last.turned, &last.turned));
        direction.iter_mut().for_each(|part| *part *= scale);
    }
    for (step, share) in steps.iter().zip(shares.into_iter().rev()) {
        let correction = share - step.inverse * dot(&step.turned, &direction);
        direction.iter_mut().zip(&step.moved).for_each(|(part, moved)| *part += correction * moved);
    }
    direction
}

/// Finds the least loss, to a thousandth of the first gradient.
pub(super) fn fit(problem: &Problem<'_>) -> Fitted {
    let size = problem.ratios.len() + 1;
    let (mut point, mut gradient) = (vec![0.0; size], vec![0.0; size]);
    let mut loss = problem.loss(&point, &mut gradient);
    let enough = dot(&gradient, &gradient).sqrt() * 1e-3;
    let mut steps: VecDeque<Step> = VecDeque::new();
    let mut next_gradient = vec![0.0; size];
    for _ in 0..MOST_STEPS {
        if dot(&gradient, &gradient).sqrt() <= enough {
            break;
        }
        let direction = direction(&gradient, &steps);
        let slope = dot(&direction, &gradient);
        let mut length = if steps.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt().max(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..30 {
            let next: Vec<f64> =
                point.iter().zip(&direction).map(|(part, step)| part + length * step).collect();
            let next_loss = problem.loss(&next, &mut next_gradient);
            if next_loss <= loss + 1e-4 * length * slope {
                found = Some((next, next_loss));
                break;
            }
            length /= 2.0;
        }
        let Some((next, next_loss)) = found else { break };
        let moved: Vec<f64> = next.iter().zip(&point).map(|(next, point)| next - point).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(next, last)| next - last).collect();
        let product = dot(&moved, &turned);
        if product > 1e-12 {
            steps.push_back(Step { moved, turned, inverse: 1.0 / product });
            if steps.len() > MEMORY {
                steps.pop_front();
            }
        }
        point = next;
        loss = next_loss;
        std::mem::swap(&mut gradient, &mut next_gradient);
    }
    let bias = point.pop().unwrap_or_default();
    Fitted { weights: point.iter().zip(&problem.ratios).map(|(part, ratio)| part * ratio).collect(), bias }
}
