//! `pingxin triage`: reads reviews as JSON Lines, writes what each complains of, in the same order.

mod input;

use clap::Args;
use jiff::Timestamp;
use pingxin_domain::triage::TriageEngine;
use pingxin_store::clock::{Clock as _, SystemClock};

use super::Outcome;
use super::lines::{self, Refused};
use input::Line;

/// Reads reviews as JSON Lines and writes what each complains of.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
    /// The instant to judge by, for lines without `as_of` (RFC 3339, or a date, meaning 00:00 UTC).
    #[arg(long, value_name = "INSTANT", value_parser = lines::instant)]
    as_of: Option<Timestamp>,
}

/// What it takes to answer reviews.
struct Triaging {
    engine: TriageEngine,
    as_of: Option<Timestamp>,
}

impl lines::Work for Triaging {
    const NOUN: &'static str = "review";

    fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused> {
        let review: Line<'_> = lines::read(line, Self::NOUN)?;
        let facts = review.facts().map_err(Refused::field)?;
        let now = review.as_of.or(self.as_of).unwrap_or_else(|| SystemClock.now());
        lines::write(answers, &review.id, &self.engine.read(&facts, now))
    }
}

/// Runs the command: [`Outcome::Partly`] when a line could not be read, an error object then stands in its place.
///
/// # Errors
/// When a file cannot be opened or read, or the answers cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    arguments.source.run(&Triaging { engine: TriageEngine::new(), as_of: arguments.as_of })
}
