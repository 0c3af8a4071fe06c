//! `pingxin openapi`: prints the description of the HTTP API.

use super::Outcome;
use crate::{api, output};

/// Prints the document; `openapi.json` at the root of the repository is its copy.
///
/// # Errors
/// When standard output cannot be written.
pub fn run() -> anyhow::Result<Outcome> {
    output::line(&api::document()?)?;
    Ok(Outcome::Done)
}
