//! Training of the learnt layer from labelled texts: the same bytes for the same texts.

use pingxin_language::features::Grams;
use pingxin_language::training::{Example, Question, Recipe, TrainingError, train_on};

use super::GuardModels;
use super::features::Features;
use crate::guard::rule::Rule;

/// Rules that facts or forms decide alone: a text cannot teach them.
const BY_FACTS: &[u8] = &[16, 17, 28, 29, 32, 33, 34, 35, 37, 38, 39, 44, 55, 56, 57];
/// How many features each model keeps.
const KEEP: (usize, usize) = (20_000, 3_000);
/// The cost of a wrong answer against that of a large weight.
const COST: f64 = 4.0;

/// A labelled text.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// What it holds, by [`crate::guard::Guard::features`].
    pub features: Features,
    /// The rules that it breaks; none for a text that may be sent.
    pub rules: Vec<Rule>,
    /// How much it counts, 1 for a plain text.
    pub weight: f32,
}

/// Whether words can teach a rule.
fn by_words(rule: Rule) -> bool {
    !BY_FACTS.iter().any(|&number| usize::from(number) == rule.index() + 1)
}

/// Trains both models.
///
/// # Errors
/// [`TrainingError`] when there is nothing to learn from.
pub fn train(texts: &[Labelled]) -> Result<GuardModels, TrainingError> {
    let recipe = |name: &str, heads, keep| Recipe {
        name: name.to_owned(),
        grams: Grams::Characters,
        heads,
        keep,
        cost: COST,
        choice: None,
        clauses: false,
    };
    let wrong = |text: &Labelled| text.rules.iter().any(|&rule| by_words(rule));
    let example = |text: &Labelled, answers| Example { text: String::new(), answers, weight: text.weight };

    let whether = recipe("guard-1", vec![Question::plain("any")], KEEP.0);
    let examples: Vec<Example> = texts.iter().map(|text| example(text, vec![Some(wrong(text))])).collect();
    let keys: Vec<Vec<u64>> = texts.iter().map(|text| text.features.all()).collect();
    let whether = train_on(&whether, &keys, &examples)?;

    // Which rule it is, is learnt among offences alone.
    let rules: Vec<Rule> = Rule::all().filter(|&rule| by_words(rule)).collect();
    let heads = rules.iter().map(|rule| Question::plain(&rule.to_string())).collect();
    let which = recipe("guard-rules-1", heads, KEEP.1);
    let offences: Vec<&Labelled> = texts.iter().filter(|text| wrong(text)).collect();
    let examples: Vec<Example> = offences
        .iter()
        .map(|text| example(text, rules.iter().map(|rule| Some(text.rules.contains(rule))).collect()))
        .collect();
    let keys: Vec<Vec<u64>> = offences.iter().map(|text| text.features.meaning.clone()).collect();
    let which = train_on(&which, &keys, &examples)?;
    Ok(GuardModels { whether, which })
}
