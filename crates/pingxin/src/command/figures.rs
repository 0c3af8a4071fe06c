//! `pingxin figures`: counts rating, order and claim events of JSON Lines and writes one document of figures.

mod input;

use clap::Args;
use pingxin_domain::rating::{Figures, Ledger};
use serde::Serialize;

use super::Outcome;
use super::lines::{self, Id, Refused};
use crate::output;

/// Counts rating, order and claim events and writes the figures as one JSON document.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
    #[command(flatten)]
    as_of: lines::AsOf,
}

/// A line that could not be counted.
#[derive(Serialize)]
struct Failure {
    id: serde_json::Value,
    line: u64,
    error: Refused,
}

#[derive(Serialize)]
struct Document {
    #[serde(flatten)]
    figures: Figures,
    errors: Vec<Failure>,
}

/// Runs the command: [`Outcome::Partly`] when a line could not be counted; it then stands among the errors.
///
/// # Errors
/// When a file cannot be opened or read, or the document cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let mut ledger = Ledger::new(arguments.as_of.or(None));
    let (mut errors, mut place) = (Vec::new(), 0);
    arguments.source.visit(|line, bytes| {
        place += 1;
        let counted =
            bytes.as_ref().map_err(Clone::clone).and_then(|bytes| input::count(bytes, place, &mut ledger));
        if let Err(error) = counted {
            let id = bytes.ok().and_then(lines::id_of).map(named).unwrap_or_default();
            errors.push(Failure { id, line, error });
        }
    })?;
    let outcome = if errors.is_empty() { Outcome::Done } else { Outcome::Partly };
    output::json(&Document { figures: ledger.figures(), errors })?;
    Ok(outcome)
}

fn named(id: Id<'_>) -> serde_json::Value {
    match id {
        Id::Text(text) => text.into_owned().into(),
        Id::Number(number) => number.into(),
    }
}
