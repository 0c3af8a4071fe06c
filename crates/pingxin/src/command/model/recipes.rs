//! Which models there are and what each learns from.

use std::path::Path;

use pingxin_language::features::Grams;
use pingxin_language::training::{Choice, Example, Question, Recipe};
use pingxin_language::{Cause, Fault};

use super::{corpus, labels};

/// One model file to train.
pub(super) struct Plan {
    /// Its name, without ending.
    pub file: &'static str,
    pub recipe: Recipe,
    source: Source,
}

enum Source {
    Sentiment(&'static [&'static str]),
    Portuguese,
    Causes(&'static str),
}

/// Every model, in the order of training.
pub(super) fn all() -> Vec<Plan> {
    let sentiment = |file, grams, keep, cost, source| Plan {
        file,
        recipe: Recipe {
            name: format!("{file}-1"),
            grams,
            heads: match source {
                Source::Portuguese => vec![Question::plain("positive")],
                Source::Sentiment(_) | Source::Causes(_) => sentiment_heads(),
            },
            keep,
            cost,
            choice: matches!(source, Source::Sentiment(_)).then_some(Choice { first: 1 }),
            clauses: matches!(source, Source::Sentiment(_)),
        },
        source,
    };
    let causes = |file, grams, keep, set| Plan {
        file,
        recipe: Recipe {
            name: format!("{file}-1"),
            grams,
            heads: cause_heads(),
            keep,
            cost: 4.0,
            choice: None,
            clauses: false,
        },
        source: Source::Causes(set),
    };
    vec![
        sentiment(
            "zh-sentiment",
            Grams::EdgedCharacters,
            60_000,
            4.0,
            Source::Sentiment(&["zh_shop", "zh_waimai", "zh_hotel", "zh_jd5"]),
        ),
        sentiment("en-sentiment", Grams::Phrases, 90_000, 10.0, Source::Sentiment(&["en_stars"])),
        sentiment("pt-sentiment", Grams::Phrases, 10_000, 4.0, Source::Portuguese),
        causes("zh-cause", Grams::EdgedCharacters, 20_000, "zh_cause"),
        causes("en-cause", Grams::Phrases, 10_000, "en_cause"),
    ]
}

/// The questions of a sentiment model: good or bad, and which of three where a set tells the neutral ones.
fn sentiment_heads() -> Vec<Question> {
    let three = ["three:negative", "three:neutral", "three:positive"].map(Question::balanced);
    std::iter::once(Question::plain("positive")).chain(three).collect()
}

/// The questions of a cause model: each cause, each as the most important one, then the faults. For a single answer the
/// usual one shall win, so only the questions of which several may be answered with yes are balanced.
fn cause_heads() -> Vec<Question> {
    let causes = Cause::ALL.iter().map(|cause| Question::balanced(cause.as_str()));
    let first = Cause::ALL.iter().map(|cause| Question::plain(&format!("first:{cause}")));
    let faults = Fault::ALL.iter().map(|fault| Question::plain(&format!("fault:{fault}")));
    causes.chain(first).chain(faults).collect()
}

impl Plan {
    /// What it learns from.
    pub(super) fn examples(&self, data: &Path, own: &Path) -> anyhow::Result<Vec<Example>> {
        let mut examples = Vec::new();
        match self.source {
            Source::Sentiment(sets) => {
                for set in sets {
                    for row in corpus::rows(data, set, "train")? {
                        let three = |good, is: [bool; 3]| {
                            std::iter::once(good).chain(is.map(Some)).collect::<Vec<_>>()
                        };
                        let answers = match (row.label.as_i64(), row.label.as_str()) {
                            (Some(label @ (0 | 1)), _) => vec![Some(label == 1), None, None, None],
                            (_, Some("neg")) => three(Some(false), [true, false, false]),
                            (_, Some("neutral")) => three(None, [false, true, false]),
                            (_, Some("pos")) => three(Some(true), [false, false, true]),
                            _ => continue,
                        };
                        examples.push(Example { text: row.text, answers, weight: 1.0 });
                    }
                }
            }
            Source::Portuguese => {
                for (text, score) in corpus::portuguese(data, "train")? {
                    if score != 3 {
                        examples.push(Example { text, answers: vec![Some(score > 3)], weight: 1.0 });
                    }
                }
            }
            Source::Causes(set) => {
                let language = set.split('_').next().unwrap_or(set);
                let rows = corpus::rows(data, set, "train")?;
                for row in rows.into_iter().chain(labels::rows(own, language, data)?) {
                    let causes =
                        Cause::ALL.iter().map(|cause| row.causes.iter().any(|code| code == cause.as_str()));
                    let first = Cause::ALL.iter().map(|cause| row.primary.as_deref() == Some(cause.as_str()));
                    let faults = Fault::ALL.iter().map(|fault| row.fault.as_deref() == Some(fault.as_str()));
                    let answers = causes.chain(first).chain(faults).map(Some).collect();
                    examples.push(Example { text: row.text, answers, weight: 1.0 });
                }
            }
        }
        Ok(examples)
    }
}
