//! Training: from labelled texts to a model file, the same bytes every time.
//!
//! The recipe: grams that occur in at least two texts; each weighted by how much more often it stands in texts of
//! one label than of the other (naive Bayes log ratio); logistic regression on top; keep the grams that matter most;
//! fit again; one signed byte a gram. `x` of a text = 1/√(number of its known grams). The questions of
//! a choice may be fitted with those ratios and without them: the two go wrong on different texts, so the mean of their
//! weights does better than either.

mod adapt;
mod choice;
mod clauses;
mod regression;
mod vocabulary;

use crate::features::{Grams, Units};
use crate::fold::Folded;
use crate::model::{Head, Known, LinearModel, ModelFileError};
pub use adapt::adapt;
pub use choice::Choice;
use choice::settle;
use regression::{Fitted, Problem, fit};
use vocabulary::{Rows, Vocabulary};

/// One labelled text.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// One answer a head: yes, no, or not known (the text then does not train that head).
    pub answers: Vec<Option<bool>>,
    /// How much it counts, 1 for a plain example.
    pub weight: f32,
}

/// What to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// The name under which the model's answers are kept.
    pub name: String,
    /// What its grams are made of.
    pub grams: Grams,
    /// The questions, in the order of the examples' answers.
    pub heads: Vec<Question>,
    /// How many grams to keep.
    pub keep: usize,
    /// The cost of a wrong answer against that of a large weight (liblinear's C).
    pub cost: f64,
    /// Three questions of which one answer is chosen, if there are such.
    pub choice: Option<Choice>,
    /// Whether it looks at the clauses too (see [`crate::model::clauses`]).
    pub clauses: bool,
}

/// One question of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name, such as `positive` or `quality`.
    pub name: String,
    /// Whether the rarer answer counts more, so that both weigh the same.
    pub balanced: bool,
    /// Whether it only asks what kind of business a text is about: no gram is kept for its sake, and clauses do not tell it.
    pub kind: bool,
}

impl Question {
    /// A question whose answers count as often as they occur.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self { name: name.to_owned(), balanced: false, kind: false }
    }

    /// A question whose two answers weigh the same.
    #[must_use]
    pub fn balanced(name: &str) -> Self {
        Self { name: name.to_owned(), balanced: true, kind: false }
    }

    /// A question for the kind of business that a text is about.
    #[must_use]
    pub fn kind(name: &str) -> Self {
        Self { name: name.to_owned(), balanced: false, kind: true }
    }
}

/// Why nothing was trained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainingError {
    /// No gram stands in two of the examples.
    #[error(
        "{0} examples are too few to learn from: not one expression stands in two of them; add labelled reviews"
    )]
    TooFew(usize),
    /// The recipe makes no model, such as one without questions.
    #[error("the recipe makes no model: {0}")]
    Recipe(#[from] ModelFileError),
}

/// Trains a model.
///
/// # Errors
/// [`TrainingError`] when there is nothing to learn from.
pub fn train(recipe: &Recipe, examples: &[Example]) -> Result<LinearModel, TrainingError> {
    let keys = read_keys(recipe.grams, examples);
    let clauses = recipe.clauses.then(|| read_clauses(recipe.grams, examples));
    train_with(recipe, &keys, clauses.as_deref(), examples)
}

/// Trains a model on grams that the caller read: the sorted distinct keys of every example, in order. It looks at no
/// clauses.
///
/// # Errors
/// [`TrainingError`] when there is nothing to learn from.
pub fn train_on(
    recipe: &Recipe,
    texts: &[Vec<u64>],
    examples: &[Example],
) -> Result<LinearModel, TrainingError> {
    train_with(recipe, texts, None, examples)
}

fn train_with(
    recipe: &Recipe,
    texts: &[Vec<u64>],
    clauses: Option<&[Vec<(u64, u32)>]>,
    examples: &[Example],
) -> Result<LinearModel, TrainingError> {
    let full = Vocabulary::of(texts, 2);
    if full.len() == 0 {
        return Err(TrainingError::TooFew(examples.len()));
    }
    let rows = full.rows(texts);
    let mut importance = vec![0.0_f64; full.len()];
    for head in (0..recipe.heads.len()).filter(|head| !recipe.heads[*head].kind) {
        let fitted = fit(&Problem::new(recipe, examples, head, &rows, full.len()));
        for (gram, important) in importance.iter_mut().enumerate() {
            let weight = fitted.weights[gram].abs() * f64::from(full.documents(gram)).sqrt();
            *important = important.max(weight);
        }
    }
    let pruned = full.keep(&importance, recipe.keep);
    let rows = pruned.rows(texts);
    let clause_rows = clauses.map(|clauses| pruned.clause_rows(clauses));
    let lead = recipe.choice.map(|choice| {
        (
            choice.first + 1,
            settle(recipe, choice, examples, texts, &rows, clause_rows.as_deref(), pruned.len()),
        )
    });
    let layer = clause_rows.map(|rows| clauses::fit(recipe, examples, &rows, pruned.len()).finish());
    let mut heads = Vec::with_capacity(recipe.heads.len());
    for (head, question) in recipe.heads.iter().enumerate() {
        let fitted = fit_final(recipe, examples, head, &rows, pruned.len());
        let largest = fitted.weights.iter().fold(1e-9_f64, |largest, weight| largest.max(weight.abs()));
        let scale = largest / 127.0;
        let of_clauses = layer.as_ref().filter(|_| !question.kind);
        let (bias, clauses) = of_clauses.map_or_else(Default::default, |(_, heads)| heads[head]);
        let lead = lead.filter(|(middle, _)| *middle == head).map_or(0.0, |(_, lead)| lead);
        heads.push(Head {
            name: question.name.clone(),
            bias: fitted.bias as f32 + bias + lead,
            scale: scale as f32,
            weights: fitted.weights.iter().map(|weight| (weight / scale).round() as i8).collect(),
            clauses,
        });
    }
    let model = LinearModel::new(recipe.name.clone(), recipe.grams, pruned.into_keys(), heads)?;
    Ok(match layer {
        Some((layer, _)) => model.with_clauses(layer)?,
        None => model,
    })
}

/// What a head of the finished model weighs.
fn fit_final(recipe: &Recipe, examples: &[Example], head: usize, rows: &Rows, grams: usize) -> Fitted {
    let fitted = fit(&Problem::new(recipe, examples, head, rows, grams));
    if !recipe
        .choice
        .is_some_and(|choice| choice.both_ways && (choice.first..choice.first + 3).contains(&head))
    {
        return fitted;
    }
    fitted.mean(&fit(&Problem::new(recipe, examples, head, rows, grams).without_ratios()))
}

/// The grams of a text that a model knows.
#[must_use]
pub fn known_of(model: &LinearModel, text: &str) -> Known {
    let (mut folded, mut units, mut known) = (Folded::default(), Units::default(), Known::default());
    folded.read_decoded(text);
    folded.leave_out_reply();
    units.read(model.grams(), &folded);
    model.know(&units, &mut known);
    known
}

/// Which of so many folds a text belongs to: the same one however it is spaced and punctuated.
#[must_use]
pub fn fold_of(text: &str, folds: usize) -> usize {
    let mixed = crate::fold::fold_for_search(text)
        .chars()
        .iter()
        .filter(|part| part.is_alphanumeric())
        .fold(0xcbf2_9ce4_8422_2325_u64, |mixed, part| {
            (mixed ^ u64::from(u32::from(*part))).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
        });
    ((mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % folds.max(1) as u64) as usize
}

/// The distinct gram keys of every text, sorted.
fn read_keys(grams: Grams, examples: &[Example]) -> Vec<Vec<u64>> {
    let (mut folded, mut units) = (Folded::default(), Units::default());
    examples
        .iter()
        .map(|example| {
            folded.read_decoded(&example.text);
            folded.leave_out_reply();
            units.read(grams, &folded);
            let mut keys = Vec::with_capacity(units.len() * 3);
            units.visit(grams, |key, _, _| keys.push(key));
            keys.sort_unstable();
            keys.dedup();
            keys
        })
        .collect()
}

/// The distinct gram keys of every clause of every text, with the number of the clause.
fn read_clauses(grams: Grams, examples: &[Example]) -> Vec<Vec<(u64, u32)>> {
    let (mut folded, mut units) = (Folded::default(), Units::default());
    examples
        .iter()
        .map(|example| {
            folded.read_decoded(&example.text);
            folded.leave_out_reply();
            units.read(grams, &folded);
            let mut keys = Vec::with_capacity(units.len() * 3);
            units.visit(grams, |key, first, count| keys.push((key, units.clause(first + count - 1))));
            keys.sort_unstable_by_key(|&(key, clause)| (clause, key));
            keys.dedup();
            keys
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Vec<Example> {
        let good = ["很好用", "质量很好", "很好很喜欢", "喜欢，很好"];
        let bad = ["太差了", "质量太差", "差评，太差", "太差了差评"];
        let label = |texts: [&str; 4], answer| {
            texts.map(|text| Example { text: text.to_owned(), answers: vec![Some(answer)], weight: 1.0 })
        };
        label(good, true).into_iter().chain(label(bad, false)).collect()
    }

    fn recipe() -> Recipe {
        Recipe {
            name: "test".to_owned(),
            grams: Grams::Characters,
            heads: vec![Question::plain("positive")],
            keep: 12,
            cost: 4.0,
            choice: None,
            clauses: false,
        }
    }

    fn score(model: &LinearModel, text: &str) -> f32 {
        model.score(&model.heads()[0], &known_of(model, text))
    }

    #[test]
    fn learns_and_prunes() {
        let model = train(&recipe(), &examples()).unwrap();
        assert_eq!(model.vocabulary(), 12);
        assert!(score(&model, "真的很好") > 0.5);
        assert!(score(&model, "真的太差") < -0.5);
    }

    #[test]
    fn the_same_examples_give_the_same_bytes() {
        let first = train(&recipe(), &examples()).unwrap().to_bytes();
        assert_eq!(train(&recipe(), &examples()).unwrap().to_bytes(), first);
    }

    #[test]
    fn nothing_to_learn_from_is_said() {
        assert_eq!(train(&recipe(), &[]).unwrap_err(), TrainingError::TooFew(0));
        let no_questions = Recipe { heads: vec![], ..recipe() };
        assert!(matches!(train(&no_questions, &examples()), Err(TrainingError::Recipe(_))));
    }

    #[test]
    fn examples_without_an_answer_teach_nothing() {
        let unknown = Example { text: "很好很喜欢".to_owned(), answers: vec![None], weight: 1.0 };
        let with: Vec<Example> = examples().into_iter().chain([unknown]).collect();
        let gap = (score(&train(&recipe(), &with).unwrap(), "很好")
            - score(&train(&recipe(), &examples()).unwrap(), "很好"))
        .abs();
        assert!(gap < 0.1, "{gap}");
    }
}
