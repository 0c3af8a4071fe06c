//! Which models there are and what each learns from.

use std::path::Path;

use pingxin_language::features::Grams;
use pingxin_language::training::{Example, Recipe};
use pingxin_language::{Cause, Fault};

use super::corpus;

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
    let sentiment = |file, grams, keep, source| Plan {
        file,
        recipe: Recipe {
            name: format!("{file}-1"),
            grams,
            heads: vec!["positive".to_owned()],
            keep,
            cost: 4.0,
            balanced: false,
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
            balanced: true,
        },
        source: Source::Causes(set),
    };
    vec![
        sentiment(
            "zh-sentiment",
            Grams::Characters,
            50_000,
            Source::Sentiment(&["zh_shop", "zh_waimai", "zh_hotel", "zh_jd5"]),
        ),
        sentiment("en-sentiment", Grams::Words, 30_000, Source::Sentiment(&["en_stars"])),
        sentiment("pt-sentiment", Grams::Words, 10_000, Source::Portuguese),
        causes("zh-cause", Grams::Characters, 20_000, "zh_cause"),
        causes("en-cause", Grams::Words, 10_000, "en_cause"),
    ]
}

/// The questions of a cause model: the causes, then the faults.
fn cause_heads() -> Vec<String> {
    let causes = Cause::ALL.iter().map(|cause| cause.as_str().to_owned());
    causes.chain(Fault::ALL.iter().map(|fault| format!("fault:{fault}"))).collect()
}

impl Plan {
    /// What it learns from.
    pub(super) fn examples(&self, data: &Path) -> anyhow::Result<Vec<Example>> {
        let mut examples = Vec::new();
        match self.source {
            Source::Sentiment(sets) => {
                for set in sets {
                    for row in corpus::rows(data, set, "train")? {
                        let answer = match (row.label.as_i64(), row.label.as_str()) {
                            (Some(1), _) | (_, Some("pos")) => true,
                            (Some(0), _) | (_, Some("neg")) => false,
                            _ => continue,
                        };
                        examples.push(Example { text: row.text, answers: vec![Some(answer)], weight: 1.0 });
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
                for row in corpus::rows(data, set, "train")? {
                    let causes =
                        Cause::ALL.iter().map(|cause| row.causes.iter().any(|code| code == cause.as_str()));
                    let faults = Fault::ALL.iter().map(|fault| row.fault.as_deref() == Some(fault.as_str()));
                    let answers = causes.chain(faults).map(Some).collect();
                    examples.push(Example { text: row.text, answers, weight: 1.0 });
                }
            }
        }
        Ok(examples)
    }
}
