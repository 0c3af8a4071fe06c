//! Training: from labelled texts to a model file, the same bytes every time.
//!
//! The recipe: grams that occur in at least two texts; each weighted by how much more often it stands in texts of
//! one label than of the other (naive Bayes log ratio); logistic regression on top; keep the grams that matter most;
//! fit again; one signed byte a gram. `x` of a text = 1/√(number of its known grams).

mod regression;
mod vocabulary;

use crate::features::{Grams, Units};
use crate::fold::Folded;
use crate::model::{Head, LinearModel, ModelFileError};
use regression::{Problem, fit};
use vocabulary::Vocabulary;

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
}

/// One question of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its name, such as `positive` or `quality`.
    pub name: String,
    /// Whether the rarer answer counts more, so that both weigh the same.
    pub balanced: bool,
}

impl Question {
    /// A question whose answers count as often as they occur.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self { name: name.to_owned(), balanced: false }
    }

    /// A question whose two answers weigh the same.
    #[must_use]
    pub fn balanced(name: &str) -> Self {
        Self { name: name.to_owned(), balanced: true }
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
    train_on(recipe, &read_keys(recipe.grams, examples), examples)
}

/// Trains a model on grams that the caller read: the sorted distinct keys of every example, in order.
///
/// # Errors
/// [`TrainingError`] when there is nothing to learn from.
pub fn train_on(
    recipe: &Recipe,
    texts: &[Vec<u64>],
    examples: &[Example],
) -> Result<LinearModel, TrainingError> {
    let full = Vocabulary::of(texts, 2);
    if full.len() == 0 {
        return Err(TrainingError::TooFew(examples.len()));
    }
    let rows = full.rows(texts);
    let mut importance = vec![0.0_f64; full.len()];
    for head in 0..recipe.heads.len() {
        let fitted = fit(&Problem::new(recipe, examples, head, &rows, full.len()));
        for (gram, important) in importance.iter_mut().enumerate() {
            let weight = fitted.weights[gram].abs() * f64::from(full.documents(gram)).sqrt();
            *important = important.max(weight);
        }
    }
    let pruned = full.keep(&importance, recipe.keep);
    let rows = pruned.rows(texts);
    let mut heads = Vec::with_capacity(recipe.heads.len());
    for (head, question) in recipe.heads.iter().enumerate() {
        let fitted = fit(&Problem::new(recipe, examples, head, &rows, pruned.len()));
        let largest = fitted.weights.iter().fold(1e-9_f64, |largest, weight| largest.max(weight.abs()));
        let scale = largest / 127.0;
        heads.push(Head {
            name: question.name.clone(),
            bias: fitted.bias as f32,
            scale: scale as f32,
            weights: fitted.weights.iter().map(|weight| (weight / scale).round() as i8).collect(),
        });
    }
    Ok(LinearModel::new(recipe.name.clone(), recipe.grams, pruned.into_keys(), heads)?)
}

/// The distinct gram keys of every text, sorted.
fn read_keys(grams: Grams, examples: &[Example]) -> Vec<Vec<u64>> {
    let (mut folded, mut units) = (Folded::default(), Units::default());
    examples
        .iter()
        .map(|example| {
            folded.read_decoded(&example.text);
            units.read(grams, &folded);
            let mut keys = Vec::with_capacity(units.len() * 3);
            units.visit(grams, |key, _, _| keys.push(key));
            keys.sort_unstable();
            keys.dedup();
            keys
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;
    use crate::model::Known;

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
        }
    }

    fn score(model: &LinearModel, text: &str) -> f32 {
        let (mut units, mut known) = (Units::default(), Known::default());
        units.read(model.grams(), &fold_for_model(text));
        model.know([&units], &mut known);
        model.score(&model.heads()[0], &known)
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
        assert!(gap < 0.05, "{gap}");
    }
}
