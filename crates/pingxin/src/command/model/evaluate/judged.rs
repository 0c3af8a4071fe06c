//! Answers beside the labels, and the figures of them. Each figure means what `text_eval.py` means by it.

use pingxin_domain::triage::Triage;
use pingxin_language::{Cause, SentimentLabel};

use super::super::corpus::Row;

/// Figures by name.
pub(in super::super) type Values = Vec<(&'static str, f64)>;

/// The answers to one set.
pub(super) enum Judged {
    /// Good or bad: the score, and whether it is good.
    Binary(Vec<(f64, bool)>),
    /// Bad, neutral or good: the label, the answer, the score.
    Three(Vec<(usize, usize, f64)>),
    Causes(Vec<CauseRow>),
}

pub(super) struct CauseRow {
    /// For every cause whether it is labelled, and whether it is found.
    causes: Vec<(bool, bool)>,
    primary: bool,
    /// None where nobody's fault is labelled.
    fault: Option<bool>,
}

impl Judged {
    /// By what the labels of the set are.
    pub(super) fn of<'a>(set: &str, pairs: impl Iterator<Item = (&'a Row, Triage)>) -> Self {
        let score = |answer: &Triage| f64::from(answer.sentiment.score);
        if set.ends_with("cause") || set.ends_with("own") {
            return Self::Causes(pairs.map(|(row, answer)| CauseRow::of(row, &answer)).collect());
        }
        if matches!(set, "zh_jd5" | "en_stars") {
            let judged = |(row, answer): (&Row, Triage)| {
                let label =
                    ["neg", "neutral", "pos"].iter().position(|label| row.label.as_str() == Some(label))?;
                let guess = match answer.sentiment.label {
                    SentimentLabel::Negative => 0,
                    SentimentLabel::Neutral | SentimentLabel::Mixed => 1,
                    SentimentLabel::Positive => 2,
                };
                Some((label, guess, score(&answer)))
            };
            return Self::Three(pairs.filter_map(judged).collect());
        }
        let judged = |(row, answer): (&Row, Triage)| Some((score(&answer), row.label.as_i64()? == 1));
        Self::Binary(pairs.filter_map(judged).collect())
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Binary(rows) => rows.len(),
            Self::Three(rows) => rows.len(),
            Self::Causes(rows) => rows.len(),
        }
    }

    /// The scores of what is good or bad, and which it is.
    pub(super) fn scored(&self, places: &[usize]) -> Vec<(f64, bool)> {
        match self {
            Self::Binary(rows) => places.iter().map(|&at| rows[at]).collect(),
            Self::Three(rows) => {
                let told = places.iter().map(|&at| rows[at]).filter(|(label, ..)| *label != 1);
                told.map(|(label, _, score)| (score, label == 2)).collect()
            }
            Self::Causes(_) => Vec::new(),
        }
    }

    /// The figures of the rows at these places, which may stand several times.
    pub(super) fn figures(&self, places: &[usize]) -> Values {
        match self {
            Self::Binary(_) => binary(self.scored(places), "accuracy"),
            Self::Three(rows) => {
                let mut counts = [[0; 3]; 3];
                places.iter().for_each(|&at| counts[rows[at].0][rows[at].1] += 1);
                let right: usize = (0..3).map(|class| counts[class][class]).sum();
                let each = [0, 1, 2].map(|class| {
                    let gold: usize = counts[class].iter().sum();
                    let guessed: usize = counts.iter().map(|row| row[class]).sum();
                    let hits = counts[class][class];
                    f1(hits, guessed - hits, gold - hits)
                });
                let mut values = vec![
                    ("accuracy", right as f64 / places.len().max(1) as f64),
                    ("macro_f1", each.iter().sum::<f64>() / 3.0),
                    ("negative_f1", each[0]),
                    ("neutral_f1", each[1]),
                    ("positive_f1", each[2]),
                ];
                values.extend(binary(self.scored(places), "binary_accuracy"));
                values
            }
            Self::Causes(rows) => causes(rows, places),
        }
    }
}

impl CauseRow {
    fn of(row: &Row, answer: &Triage) -> Self {
        let pair = |cause: &Cause| {
            let labelled = row.causes.iter().any(|code| code == cause.as_str());
            (labelled, answer.causes.iter().any(|found| found.code == *cause))
        };
        let fault = row.fault.as_deref().filter(|fault| *fault != "unknown");
        Self {
            causes: Cause::ALL.iter().map(pair).collect(),
            primary: row.primary.as_deref() == answer.primary_cause.map(Cause::as_str),
            fault: fault.map(|fault| fault == answer.fault.as_str()),
        }
    }
}

/// Accuracy of the sign, and the area under the ROC curve (ties count half).
fn binary(mut scored: Vec<(f64, bool)>, accuracy: &'static str) -> Values {
    let right = scored.iter().filter(|(score, good)| (*score > 0.0) == *good).count();
    scored.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (mut ranks, mut at) = (0.0, 0);
    for same in scored.chunk_by(|left, right| left.0 == right.0) {
        let good = same.iter().filter(|(_, good)| *good).count();
        ranks += good as f64 * (at as f64 + (same.len() as f64 + 1.0) / 2.0);
        at += same.len();
    }
    let good = scored.iter().filter(|(_, good)| *good).count() as f64;
    let bad = scored.len() as f64 - good;
    vec![
        (accuracy, right as f64 / scored.len().max(1) as f64),
        ("auc", (ranks - good * (good + 1.0) / 2.0) / (good * bad).max(1.0)),
    ]
}

fn f1(hits: usize, wrong: usize, missed: usize) -> f64 {
    2.0 * hits as f64 / ((2 * hits + wrong + missed) as f64).max(1.0)
}

fn causes(rows: &[CauseRow], places: &[usize]) -> Values {
    let (mut all, mut each) = ((0, 0, 0), Vec::new());
    for (number, cause) in Cause::ALL.iter().enumerate() {
        let (mut hits, mut wrong, mut missed) = (0, 0, 0);
        for &at in places {
            let (labelled, found) = rows[at].causes[number];
            hits += usize::from(labelled && found);
            wrong += usize::from(!labelled && found);
            missed += usize::from(labelled && !found);
        }
        all = (all.0 + hits, all.1 + wrong, all.2 + missed);
        if hits + missed >= 5 {
            each.push((cause.as_str(), f1(hits, wrong, missed)));
        }
    }
    let primary = places.iter().filter(|&&at| rows[at].primary).count();
    let judged: Vec<bool> = places.iter().filter_map(|&at| rows[at].fault).collect();
    let mut values = vec![
        ("micro_f1", f1(all.0, all.1, all.2)),
        ("macro_f1", each.iter().map(|(_, value)| value).sum::<f64>() / each.len().max(1) as f64),
        ("primary", primary as f64 / places.len().max(1) as f64),
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
            let values = binary(scored.to_vec(), "accuracy");
            values.into_iter().find(|found| found.0 == name).expect("a figure").1
        };
        let sorted = [(-0.9, false), (-0.1, false), (0.2, true), (0.8, true)];
        assert!((value(&sorted, "auc") - 1.0).abs() < 1e-9);
        assert!((value(&sorted, "accuracy") - 1.0).abs() < 1e-9);
        let tied = [(0.5, false), (0.5, true)];
        assert!((value(&tied, "auc") - 0.5).abs() < 1e-9);
        assert!((value(&tied, "accuracy") - 0.5).abs() < 1e-9);
        assert!((f1(3, 1, 1) - 0.75).abs() < 1e-9);
    }

    #[test]
    fn three_answers_are_counted_by_class() {
        let judged = Judged::Three(vec![(0, 0, -0.9), (1, 1, 0.1), (1, 2, 0.4), (2, 2, 0.9)]);
        let values = judged.figures(&[0, 1, 2, 3]);
        let value = |name| values.iter().find(|found| found.0 == name).expect("a figure").1;
        assert!((value("accuracy") - 0.75).abs() < 1e-9);
        assert!((value("neutral_f1") - 2.0 / 3.0).abs() < 1e-9);
        assert!((value("binary_accuracy") - 1.0).abs() < 1e-9);
    }
}
