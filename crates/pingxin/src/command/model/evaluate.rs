//! How well the models do on labelled texts. Each figure means what `text_eval.py` means by it.

use std::path::Path;

use jiff::Timestamp;
use pingxin_domain::triage::{ReviewFacts, Triage, TriageEngine};
use pingxin_language::{Cause, SentimentLabel};

use super::corpus::{self, Row};

/// The figures of one set.
pub(super) struct Figures {
    pub set: &'static str,
    pub rows: usize,
    pub values: Vec<(&'static str, f64)>,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} rows={}", self.set, self.rows)?;
        self.values.iter().try_for_each(|(name, value)| write!(formatter, " {name}={value:.4}"))
    }
}

/// The figures of every set that can be measured.
pub(super) fn all(engine: &TriageEngine, data: &Path, part: &str) -> anyhow::Result<Vec<Figures>> {
    let read = |text: &str| engine.read(&ReviewFacts::of_text(text), Timestamp::UNIX_EPOCH);
    let mut figures = Vec::new();
    for set in ["zh_shop", "zh_waimai", "zh_hotel", "zh_jd5", "en_stars", "zh_cause", "en_cause"] {
        let rows = corpus::rows(data, set, part)?;
        let answers: Vec<Triage> = rows.iter().map(|row| read(&row.text)).collect();
        let values = match set {
            "zh_cause" | "en_cause" => causes(&rows, &answers),
            "zh_jd5" | "en_stars" => three_classes(&rows, &answers),
            _ => binary(answers.iter().zip(&rows).filter_map(|(answer, row)| {
                Some((f64::from(answer.sentiment.score), row.label.as_i64()? == 1))
            })),
        };
        figures.push(Figures { set, rows: rows.len(), values });
    }
    let comments = corpus::portuguese(data, part)?;
    let values = binary(
        comments
            .iter()
            .filter(|(_, score)| *score != 3)
            .map(|(text, score)| (f64::from(read(text).sentiment.score), *score > 3)),
    );
    figures.push(Figures { set: "pt_orders", rows: comments.len(), values });
    Ok(figures)
}

/// Accuracy of the sign, and the area under the ROC curve (ties count half).
fn binary(scored: impl Iterator<Item = (f64, bool)>) -> Vec<(&'static str, f64)> {
    let mut scored: Vec<(f64, bool)> = scored.collect();
    let right = scored.iter().filter(|(score, good)| (*score > 0.0) == *good).count();
    scored.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (mut ranks, mut at) = (0.0, 0);
    while at < scored.len() {
        let same = scored[at..].iter().take_while(|other| other.0 == scored[at].0).count();
        let good = scored[at..at + same].iter().filter(|(_, good)| *good).count();
        ranks += good as f64 * (at as f64 + (same as f64 + 1.0) / 2.0);
        at += same;
    }
    let good = scored.iter().filter(|(_, good)| *good).count() as f64;
    let bad = scored.len() as f64 - good;
    vec![
        ("accuracy", right as f64 / scored.len().max(1) as f64),
        ("auc", (ranks - good * (good + 1.0) / 2.0) / (good * bad).max(1.0)),
    ]
}

fn f1(hits: usize, wrong: usize, missed: usize) -> f64 {
    2.0 * hits as f64 / ((2 * hits + wrong + missed) as f64).max(1.0)
}

fn three_classes(rows: &[Row], answers: &[Triage]) -> Vec<(&'static str, f64)> {
    let pairs: Vec<(&str, &str)> = rows
        .iter()
        .zip(answers)
        .filter_map(|(row, answer)| {
            let gold = row.label.as_str().filter(|label| matches!(*label, "pos" | "neutral" | "neg"))?;
            let guess = match answer.sentiment.label {
                SentimentLabel::Positive => "pos",
                SentimentLabel::Negative => "neg",
                SentimentLabel::Neutral | SentimentLabel::Mixed => "neutral",
            };
            Some((gold, guess))
        })
        .collect();
    let of = |class: &str| {
        let hits = pairs.iter().filter(|pair| pair.0 == class && pair.1 == class).count();
        let guessed = pairs.iter().filter(|pair| pair.1 == class).count();
        let gold = pairs.iter().filter(|pair| pair.0 == class).count();
        f1(hits, guessed - hits, gold - hits)
    };
    let right = pairs.iter().filter(|pair| pair.0 == pair.1).count();
    let mut values = vec![
        ("accuracy", right as f64 / pairs.len().max(1) as f64),
        ("macro_f1", (of("neg") + of("neutral") + of("pos")) / 3.0),
    ];
    values.extend(
        binary(rows.iter().zip(answers).filter_map(|(row, answer)| match row.label.as_str()? {
            "pos" => Some((f64::from(answer.sentiment.score), true)),
            "neg" => Some((f64::from(answer.sentiment.score), false)),
            _ => None,
        }))
        .into_iter()
        .map(|(name, value)| (if name == "accuracy" { "binary_accuracy" } else { name }, value)),
    );
    values
}

fn causes(rows: &[Row], answers: &[Triage]) -> Vec<(&'static str, f64)> {
    let (mut all, mut each) = ((0, 0, 0), Vec::new());
    for cause in Cause::ALL {
        let (mut hits, mut wrong, mut missed) = (0, 0, 0);
        for (row, answer) in rows.iter().zip(answers) {
            let gold = row.causes.iter().any(|code| code == cause.as_str());
            let guess = answer.causes.iter().any(|found| found.code == *cause);
            hits += usize::from(gold && guess);
            wrong += usize::from(!gold && guess);
            missed += usize::from(gold && !guess);
        }
        all = (all.0 + hits, all.1 + wrong, all.2 + missed);
        if hits + missed >= 5 {
            each.push((cause.as_str(), f1(hits, wrong, missed)));
        }
    }
    let primary = rows
        .iter()
        .zip(answers)
        .filter(|(row, answer)| row.primary.as_deref() == answer.primary_cause.map(Cause::as_str))
        .count();
    let judged: Vec<bool> = rows
        .iter()
        .zip(answers)
        .filter_map(|(row, answer)| {
            let gold = row.fault.as_deref().filter(|fault| *fault != "unknown")?;
            Some(gold == answer.fault.as_str())
        })
        .collect();
    let mut values = vec![
        ("micro_f1", f1(all.0, all.1, all.2)),
        ("macro_f1", each.iter().map(|(_, value)| value).sum::<f64>() / each.len().max(1) as f64),
        ("primary", primary as f64 / rows.len().max(1) as f64),
        ("fault", judged.iter().filter(|right| **right).count() as f64 / judged.len().max(1) as f64),
    ];
    values.extend(each);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_and_ties() {
        let value = |scored: &[(f64, bool)], name| {
            binary(scored.iter().copied()).into_iter().find(|found| found.0 == name).unwrap().1
        };
        let sorted = [(-0.9, false), (-0.1, false), (0.2, true), (0.8, true)];
        assert!((value(&sorted, "auc") - 1.0).abs() < 1e-9);
        assert!((value(&sorted, "accuracy") - 1.0).abs() < 1e-9);
        let tied = [(0.5, false), (0.5, true)];
        assert!((value(&tied, "auc") - 0.5).abs() < 1e-9);
        assert!((value(&tied, "accuracy") - 0.5).abs() < 1e-9);
        assert!((f1(3, 1, 1) - 0.75).abs() < 1e-9);
    }

    /// The bars that this program holds itself to, measured on the dev parts.
    #[test]
    fn the_shipped_models_reach_their_bars() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        if !data.join("zh_shop").exists() {
            eprintln!("skipped: there are no labelled sets in {}", data.display());
            return;
        }
        let figures = all(&TriageEngine::new(), &data, "dev").unwrap();
        for (set, name, least) in [
            ("zh_shop", "accuracy", 0.93),
            ("zh_shop", "auc", 0.975),
            ("en_stars", "binary_accuracy", 0.92),
            ("pt_orders", "accuracy", 0.85),
            ("zh_cause", "micro_f1", 0.74),
            ("en_cause", "micro_f1", 0.68),
            ("zh_cause", "fault", 0.88),
        ] {
            let found = figures.iter().find(|figures| figures.set == set).unwrap();
            let value = found.values.iter().find(|value| value.0 == name).unwrap().1;
            assert!(value >= least, "{set} {name} {value:.4} is below {least}");
        }
    }
}
