//! `pingxin triage`: reads reviews as JSON Lines, writes what each complains of, in the same order.

mod input;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use pingxin_domain::triage::TriageEngine;
use pingxin_language::models::Models;
use pingxin_language::{Reader, ShopWords};
use pingxin_store::clock::{Clock as _, SystemClock};

use super::Outcome;
use super::lines::{self, Refused};
use super::model::Versions;
use input::Line;

/// Reads reviews as JSON Lines and writes what each complains of.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
    /// The instant to judge by, for lines without `as_of` (RFC 3339, or a date, meaning 00:00 UTC).
    #[arg(long, value_name = "INSTANT", value_parser = lines::instant)]
    as_of: Option<Timestamp>,
    /// Folder with a shop's own versions of the models (see `pingxin model list`).
    #[arg(long, value_name = "FOLDER")]
    models: Option<PathBuf>,
    /// File with a shop's own words: product names, and local expressions for a cause.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
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
    let models = match &arguments.models {
        Some(folder) => Versions::of(folder).in_use()?,
        None => Models::shipped()?,
    };
    let mut reader = Reader::with_models(models);
    if let Some(path) = &arguments.words {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let words = ShopWords::parse(&text).with_context(|| format!("{} cannot be used", path.display()))?;
        reader = reader.with_shop_words(words);
    }
    let engine = TriageEngine::with_reader(reader);
    arguments.source.run(&Triaging { engine, as_of: arguments.as_of })
}
