//! Learning from a shop's own corrections: the old model is the starting point, and only what the corrections ask for is
//! changed.
//!
//! The texts that the old model learnt from are not needed. Each question keeps its old score, and a small change of the
//! weights is fitted on top (logistic regression with the old score as offset), held near nothing by the penalty. Grams
//! that the old model does not know join when they stand in two corrections.

use std::collections::HashMap;

use super::regression::{Problem, fit};
use super::vocabulary::Vocabulary;
use super::{Example, TrainingError, known_of, read_keys};
use crate::model::{ClauseLayer, Head, LinearModel};

/// The cost of a wrong answer against that of a change.
const COST: f64 = 1.0;

/// The model `old`, changed by `examples`, under the name `name`. The answers of each example stand in the order of
/// the old model's questions.
///
/// # Errors
/// [`TrainingError`] when there are no examples.
pub fn adapt(old: &LinearModel, name: &str, examples: &[Example]) -> Result<LinearModel, TrainingError> {
    if examples.is_empty() {
        return Err(TrainingError::TooFew(0));
    }
    let texts = read_keys(old.grams(), examples);
    let vocabulary = Vocabulary::of(&texts, 2).with(old.keys());
    let rows = vocabulary.rows(&texts);
    let places: HashMap<u64, usize> = old.keys().iter().copied().zip(0..).collect();
    let before: Vec<Option<usize>> = vocabulary.keys().iter().map(|key| places.get(key).copied()).collect();
    let of_clauses = |example: &Example| {
        let known = known_of(old, &example.text);
        old.heads().iter().map(|head| old.of_clauses(head, &known)).collect::<Vec<f32>>()
    };
    let of_clauses: Vec<Vec<f32>> = examples.iter().map(of_clauses).collect();
    let mut heads = Vec::with_capacity(old.heads().len());
    for (number, head) in old.heads().iter().enumerate() {
        let weight = |gram: usize| {
            before[gram].map_or(0.0, |place| f64::from(head.weights[place]) * f64::from(head.scale))
        };
        let offset = |text: usize| {
            let row = rows.row(text);
            let sum: f64 = row.iter().map(|&gram| weight(gram as usize)).sum();
            f64::from(head.bias + of_clauses[text][number]) + sum / (row.len().max(1) as f64).sqrt()
        };
        let change = fit(&Problem::beside(examples, number, &rows, vocabulary.len(), COST, offset));
        let weights: Vec<f64> =
            change.weights.iter().enumerate().map(|(gram, change)| weight(gram) + change).collect();
        let largest = weights.iter().fold(1e-9_f64, |largest, weight| largest.max(weight.abs()));
        let scale = largest / 127.0;
        heads.push(Head {
            name: head.name.clone(),
            bias: head.bias + change.bias as f32,
            scale: scale as f32,
            weights: weights.iter().map(|weight| (weight / scale).round() as i8).collect(),
            clauses: head.clauses,
        });
    }
    let model = LinearModel::new(name.to_owned(), old.grams(), vocabulary.into_keys(), heads)?;
    let Some(layer) = old.clauses() else { return Ok(model) };
    // A new gram has no place: the clauses stay what they were.
    let place =
        |place: &Option<usize>| place.and_then(|place| layer.places.get(place).copied()).unwrap_or_default();
    Ok(model.with_clauses(ClauseLayer { places: before.iter().map(place).collect(), ..layer.clone() })?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Grams;
    use crate::training::{Question, Recipe, known_of, train};

    fn examples(texts: &[(&str, bool)]) -> Vec<Example> {
        texts
            .iter()
            .map(|(text, answer)| Example {
                text: (*text).to_owned(),
                answers: vec![Some(*answer)],
                weight: 1.0,
            })
            .collect()
    }

    fn old() -> LinearModel {
        let texts = [("很好用", true), ("质量很好", true), ("很好很喜欢", true), ("喜欢很好", true)];
        let bad = [("太差了", false), ("质量太差", false), ("差评太差", false), ("太差了差评", false)];
        let recipe = Recipe {
            name: "old".to_owned(),
            grams: Grams::Characters,
            heads: vec![Question::plain("positive")],
            keep: 40,
            cost: 4.0,
            choice: None,
            clauses: false,
        };
        train(&recipe, &examples(&[texts, bad].concat())).unwrap()
    }

    fn score(model: &LinearModel, text: &str) -> f32 {
        model.score(&model.heads()[0], &known_of(model, text))
    }

    #[test]
    fn what_was_corrected_is_learnt_and_the_rest_is_kept() {
        let old = old();
        let corrections = examples(&[("这个太绝了", true), ("真的太绝了", true), ("太绝了太绝了", true)]);
        let new = adapt(&old, "new", &corrections).unwrap();
        assert!(score(&new, "太绝了") > score(&old, "太绝了") + 0.3);
        for text in ["质量很好", "质量太差"] {
            assert_eq!(score(&new, text) > 0.0, score(&old, text) > 0.0, "{text}");
        }
        assert_eq!(new.name(), "new");
        assert!(new.vocabulary() > old.vocabulary());
        assert_eq!(adapt(&old, "new", &corrections).unwrap().to_bytes(), new.to_bytes());
    }

    #[test]
    fn nothing_to_learn_from_is_said() {
        assert_eq!(adapt(&old(), "new", &[]).unwrap_err(), TrainingError::TooFew(0));
    }
}
