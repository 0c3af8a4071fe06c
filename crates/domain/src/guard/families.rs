//! Detectors that look at more than words: facts, forms, numbers. One file a family of rules.

pub(super) mod amazon;
pub(super) mod form;
pub(super) mod personal;
pub(super) mod removal;
pub(super) mod selling;
pub(super) mod timing;

use super::{Found, View};

/// Runs every family.
pub(super) fn find(view: &View<'_>, found: &mut Found<'_>) {
    timing::find(view, found);
    form::find(view, found);
    amazon::find(view, found);
    personal::find(view, found);
    selling::find(view, found);
}

/// The rule of a number that is written in the code.
pub(super) fn rule(number: u8) -> super::Rule {
    super::Rule::new(number).expect("numbers in the code are 1 to 66")
}
