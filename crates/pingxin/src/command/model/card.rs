//! The model card.

use std::fmt::Write as _;

use super::evaluate::{Band, Figures};

/// The figures that an interval is given for; those of single causes are left out.
const MAIN: [&str; 9] = [
    "accuracy",
    "macro_f1",
    "neutral_f1",
    "binary_accuracy",
    "auc",
    "micro_f1",
    "primary",
    "fault",
    "negative_f1",
];

/// The card with the figures of the dev parts and of folds of the training parts, and those of the guard in folds.
pub(super) fn write(figures: &[Figures], in_folds: &[Figures], guard: &[(String, usize, String)]) -> String {
    let mut card = String::from(include_str!("card.md"));
    // Writing to a string does not fail.
    for set in figures {
        let values: Vec<String> =
            set.values.iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
        let _ = writeln!(card, "| {} | {} | {} |", set.set, set.rows, values.join(", "));
    }
    card.push_str(
        "\n**Intervals** of 95 % (bootstrap, 1,000 draws of as many rows):\n\n| set | intervals |\n|---|---|\n",
    );
    for set in figures {
        let _ = writeln!(card, "| {} | {} |", set.set, intervals(set));
    }
    card.push_str(
        "\n**In folds** of the training parts (`pingxin model eval --folds N`), each fold read by models that learnt from \
         the others:\n\n| set | rows | figures | intervals |\n|---|---|---|---|\n",
    );
    for set in in_folds {
        let main = set.values.iter().filter(|(name, _)| MAIN.contains(name));
        let values: Vec<String> = main.map(|(name, value)| format!("{name} {value:.4}")).collect();
        let _ = writeln!(card, "| {} | {} | {} | {} |", set.set, set.rows, values.join(", "), intervals(set));
    }
    card.push_str(
        "\n**Reliability** of the score on the dev parts: how likely praise was said to be, how often it was, how many \
         texts; then the mean distance.\n\n| set | said:was (texts) | apart |\n|---|---|---|\n",
    );
    for (set, (bands, apart)) in figures.iter().filter_map(|set| Some((set.set, set.reliability()?))) {
        let _ = writeln!(card, "| {set} | {} | {apart:.3} |", curve(&bands));
    }
    card.push_str(include_str!("card-guard.md"));
    for (way, texts, values) in guard {
        let _ = writeln!(card, "- {way}, {texts} texts: {values}");
    }
    card
}

/// The intervals of the main figures.
pub(super) fn intervals(set: &Figures) -> String {
    let found = set.intervals();
    let main = found.iter().filter(|(name, ..)| MAIN.contains(name));
    let written: Vec<String> = main.map(|(name, low, high)| format!("{name} {low:.3}–{high:.3}")).collect();
    written.join(", ")
}

/// The bands of a reliability curve.
pub(super) fn curve(bands: &[Band]) -> String {
    let written: Vec<String> =
        bands.iter().map(|band| format!("{:.2}:{:.2} ({})", band.said, band.was, band.texts)).collect();
    written.join(" ")
}
