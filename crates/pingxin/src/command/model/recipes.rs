//! Which models there are and what each learns from.

use std::path::Path;

use pingxin_language::features::Grams;
use pingxin_language::training::{Choice, Example, Question, Recipe};
use pingxin_language::{Cause, Fault};

use super::corpus::{self, Row};
use super::labels;

/// One model file to train.
pub(super) struct Plan {
    /// Its name, without ending.
    pub file: &'static str,
    pub recipe: Recipe,
    source: Source,
}

#[derive(Clone, Copy)]
enum Source {
    Sentiment(&'static [&'static str]),
    Portuguese,
    /// The set, its language, and the name of our own labels.
    Causes(&'static str, &'static str, &'static str),
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
                Source::Sentiment(sets) if sets.len() > 1 => {
                    sentiment_heads().into_iter().chain(kind_heads()).collect()
                }
                Source::Sentiment(_) | Source::Causes(..) => sentiment_heads(),
            },
            keep,
            cost,
            choice: matches!(source, Source::Sentiment(_)).then_some(Choice { first: 1, both_ways: true }),
            clauses: matches!(source, Source::Sentiment(_)),
        },
        source,
    };
    let causes = |file, grams, keep, source| Plan {
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
        source,
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
        causes("zh-cause", Grams::EdgedCharacters, 20_000, Source::Causes("zh_cause", "zh", "zh_own")),
        causes("en-cause", Grams::Phrases, 10_000, Source::Causes("en_cause", "en", "en_own")),
    ]
}

/// The questions of a sentiment model: good or bad, and which of three where a set tells the neutral ones.
fn sentiment_heads() -> Vec<Question> {
    let three = ["three:negative", "three:neutral", "three:positive"].map(Question::balanced);
    std::iter::once(Question::plain("positive")).chain(three).collect()
}

/// Kinds of business whose reviews speak otherwise than those of goods: nights in hotels and meals brought to the door.
const KINDS: [&str; 2] = ["lodging", "meal"];

/// Which of the [`KINDS`] a text of a set is about; none for goods.
fn kind(set: &str, category: Option<&str>) -> Option<&'static str> {
    match (set, category) {
        ("zh_hotel", _) | (_, Some("酒店")) => Some("lodging"),
        ("zh_waimai", _) => Some("meal"),
        _ => None,
    }
}

/// The questions of a model that learns from several kinds of business: which one a text is about, and whether it is
/// favourable as texts of that kind are.
fn kind_heads() -> Vec<Question> {
    let kinds = KINDS.map(|kind| Question::kind(&format!("kind:{kind}")));
    let favours = KINDS.map(|kind| Question::plain(&format!("positive:{kind}")));
    kinds.into_iter().chain(favours).collect()
}

/// The questions of a cause model: each cause, each as the most important one, then the faults. For a single answer the
/// usual one shall win, so only the questions of which several may be answered with yes are balanced.
fn cause_heads() -> Vec<Question> {
    let causes = Cause::ALL.iter().map(|cause| Question::balanced(cause.as_str()));
    let first = Cause::ALL.iter().map(|cause| Question::plain(&format!("first:{cause}")));
    let faults = Fault::ALL.iter().map(|fault| Question::plain(&format!("fault:{fault}")));
    causes.chain(first).chain(faults).collect()
}

/// One text with its labels, and what they teach a model.
pub(super) struct Told {
    /// The set that it is from; `zh_own` and `en_own` are our own labels.
    pub set: &'static str,
    pub row: Row,
    source: Source,
}

impl Plan {
    /// What it learns from.
    pub(super) fn examples(&self, data: &Path, own: &Path) -> anyhow::Result<Vec<Example>> {
        Ok(self.told(data, own)?.iter().filter_map(Told::example).collect())
    }

    /// The texts that it learns from, set after set; sets that are not there teach nothing.
    pub(super) fn told(&self, data: &Path, own: &Path) -> anyhow::Result<Vec<Told>> {
        let source = self.source;
        let of = |set, rows: Vec<Row>| rows.into_iter().map(move |row| Told { set, row, source });
        let mut told = Vec::new();
        match source {
            Source::Sentiment(sets) => {
                for set in sets.iter().filter(|set| corpus::is_there(data, set)) {
                    told.extend(of(set, corpus::rows(data, set, "train")?));
                }
            }
            Source::Portuguese if corpus::is_there(data, "pt_orders") => {
                told.extend(of("pt_orders", corpus::portuguese_rows(data, "train")?))
            }
            Source::Portuguese => {}
            Source::Causes(set, language, ours) => {
                if corpus::is_there(data, set) {
                    told.extend(of(set, corpus::rows(data, set, "train")?));
                }
                told.extend(of(ours, labels::rows(own, language, data)?));
            }
        }
        Ok(told)
    }
}

impl Told {
    /// What it teaches; nothing where its label is of no use.
    pub(super) fn example(&self) -> Option<Example> {
        let row = &self.row;
        let answers = match self.source {
            Source::Causes(..) => {
                let causes =
                    Cause::ALL.iter().map(|cause| row.causes.iter().any(|code| code == cause.as_str()));
                let first = Cause::ALL.iter().map(|cause| row.primary.as_deref() == Some(cause.as_str()));
                let faults = Fault::ALL.iter().map(|fault| row.fault.as_deref() == Some(fault.as_str()));
                causes.chain(first).chain(faults).map(Some).collect()
            }
            Source::Portuguese => vec![Some(row.label.as_i64()? == 1)],
            Source::Sentiment(sets) => {
                let (good, three) = match (row.label.as_i64(), row.label.as_str()) {
                    (Some(label @ (0 | 1)), _) => (Some(label == 1), [None; 3]),
                    (_, Some("neg")) => (Some(false), [true, false, false].map(Some)),
                    (_, Some("neutral")) => (None, [false, true, false].map(Some)),
                    (_, Some("pos")) => (Some(true), [false, false, true].map(Some)),
                    _ => return None,
                };
                let mut answers: Vec<Option<bool>> = std::iter::once(good).chain(three).collect();
                if sets.len() > 1 {
                    let about = kind(self.set, row.cat.as_deref());
                    answers.extend(KINDS.map(|kind| Some(about == Some(kind))));
                    answers.extend(KINDS.map(|kind| good.filter(|_| about == Some(kind))));
                }
                answers
            }
        };
        Some(Example { text: row.text.clone(), answers, weight: 1.0 })
    }
}
