//! How well the models do on labelled texts.

mod judged;
mod spread;

use std::path::Path;

use anyhow::Context as _;
use jiff::Timestamp;
use pingxin_domain::triage::{ReviewFacts, Triage, TriageEngine};
use pingxin_language::models::Models;
use pingxin_language::{Reader, training};

use super::corpus;
use super::recipes::{self, Told};
use judged::{Judged, Values};
pub(super) use spread::Band;

/// The figures of one set.
pub(super) struct Figures {
    pub set: &'static str,
    pub rows: usize,
    pub values: Values,
    judged: Judged,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} rows={}", self.set, self.rows)?;
        self.values.iter().try_for_each(|(name, value)| write!(formatter, " {name}={value:.4}"))
    }
}

impl Figures {
    fn of(set: &'static str, rows: usize, judged: Judged) -> Self {
        let values = judged.figures(&(0..judged.len()).collect::<Vec<usize>>());
        Self { set, rows, values, judged }
    }

    /// Every figure's interval of 95 %, by name.
    pub(super) fn intervals(&self) -> Vec<(&'static str, f64, f64)> {
        spread::intervals(&self.judged)
    }

    /// The reliability curve of the score and its distance from the diagonal; none for causes.
    pub(super) fn reliability(&self) -> Option<(Vec<Band>, f64)> {
        let scored = self.judged.scored(&(0..self.judged.len()).collect::<Vec<usize>>());
        (!scored.is_empty()).then(|| spread::reliability(&scored))
    }
}

/// What an engine makes of a text alone.
fn read(engine: &TriageEngine, text: &str) -> Triage {
    engine.read(&ReviewFacts::of_text(text), Timestamp::UNIX_EPOCH)
}

/// The figures of every set that can be measured.
pub(super) fn all(engine: &TriageEngine, data: &Path, part: &str) -> anyhow::Result<Vec<Figures>> {
    let mut figures = Vec::new();
    for set in ["zh_shop", "zh_waimai", "zh_hotel", "zh_jd5", "en_stars", "zh_cause", "en_cause"] {
        let rows = corpus::rows(data, set, part)?;
        let judged = Judged::of(set, rows.iter().map(|row| (row, read(engine, &row.text))));
        figures.push(Figures::of(set, rows.len(), judged));
    }
    let rows = corpus::portuguese_rows(data, part)?;
    let judged = Judged::of("pt_orders", rows.iter().map(|row| (row, read(engine, &row.text))));
    figures.push(Figures::of("pt_orders", rows.len(), judged));
    Ok(figures)
}

/// The figures of the training parts, each fold read by models that learnt from the others.
///
/// The same text never stands on both sides. The other models are the shipped ones: the tone beside the causes has
/// learnt from most texts of the cause sets.
pub(super) fn in_folds(data: &Path, own: &Path, folds: usize) -> anyhow::Result<Vec<Figures>> {
    let mut figures = Vec::new();
    for plan in recipes::all() {
        let told = plan.told(data, own)?;
        let fold = |told: &Told| training::fold_of(&told.row.text, folds);
        let mut answers: Vec<Option<Triage>> = told.iter().map(|_| None).collect();
        for held in 0..folds {
            let taught = told.iter().filter(|told| fold(told) != held);
            let model = training::train(&plan.recipe, &taught.filter_map(Told::example).collect::<Vec<_>>())
                .with_context(|| format!("training {} without fold {held} failed", plan.file))?;
            let mut models = Models::shipped()?;
            models.replace(model);
            let engine = TriageEngine::with_reader(Reader::with_models(models));
            for (told, answer) in told.iter().zip(&mut answers).filter(|(told, _)| fold(told) == held) {
                *answer = Some(read(&engine, &told.row.text));
            }
        }
        let mut sets: Vec<&'static str> = told.iter().map(|told| told.set).collect();
        sets.dedup();
        let read: Vec<(&Told, Triage)> =
            told.iter().zip(answers).filter_map(|(told, answer)| Some((told, answer?))).collect();
        for set in sets {
            let of_set = read.iter().filter(|(told, _)| told.set == set);
            let judged = Judged::of(set, of_set.map(|(told, answer)| (&told.row, answer.clone())));
            figures.push(Figures::of(set, judged.len(), judged));
        }
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bars that this program holds itself to, measured on the dev parts.
    #[test]
    fn the_shipped_models_reach_their_bars() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        if !data.join("zh_shop").exists() {
            eprintln!("skipped: there are no labelled sets in {}", data.display());
            return;
        }
        let figures = all(&TriageEngine::new(), &data, "dev").expect("the sets can be read");
        for (set, name, least) in [
            ("zh_shop", "accuracy", 0.935),
            ("zh_shop", "auc", 0.98),
            ("zh_waimai", "accuracy", 0.9),
            ("zh_hotel", "accuracy", 0.89),
            ("zh_jd5", "macro_f1", 0.73),
            ("en_stars", "binary_accuracy", 0.93),
            ("en_stars", "macro_f1", 0.67),
            ("pt_orders", "accuracy", 0.85),
            ("zh_cause", "micro_f1", 0.74),
            ("en_cause", "micro_f1", 0.68),
            ("zh_cause", "fault", 0.88),
        ] {
            let found = figures.iter().find(|figures| figures.set == set).expect("the set is measured");
            let value = found.values.iter().find(|value| value.0 == name).expect("the figure is there").1;
            assert!(value >= least, "{set} {name} {value:.4} is below {least}");
        }
    }
}
