//! The model card.

use std::fmt::Write as _;

use super::evaluate::Figures;

/// The card with the figures of the dev parts, and those of the guard in folds.
pub(super) fn write(figures: &[Figures], guard: &[(String, usize, String)]) -> String {
    let mut card = String::from(include_str!("card.md"));
    for set in figures {
        let values: Vec<String> =
            set.values.iter().map(|(name, value)| format!("{name} {value:.4}")).collect();
        // Writing to a string does not fail.
        let _ = writeln!(card, "| {} | {} | {} |", set.set, set.rows, values.join(", "));
    }
    card.push_str(include_str!("card-guard.md"));
    for (way, texts, values) in guard {
        let _ = writeln!(card, "- {way}, {texts} texts: {values}");
    }
    card
}
