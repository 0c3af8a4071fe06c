//! `pingxin triage`: reads reviews as JSON Lines, writes what each complains of, in the same order.

mod input;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use pingxin_domain::triage::TriageEngine;
use pingxin_language::models::Models;
use pingxin_language::{Reader, ShopWords};

use super::Outcome;
use super::lines::{self, Refused};
use super::model::Versions;
use super::packs;
use input::Line;

/// Reads reviews as JSON Lines and writes what each complains of.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
    #[command(flatten)]
    as_of: lines::AsOf,
    /// Folder with a shop's own versions of the models (see `pingxin model list`).
    #[arg(long, value_name = "FOLDER")]
    models: Option<PathBuf>,
    /// File with a shop's own words: product names, and local expressions for a cause.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Folder with policy packs that stand in place of the embedded ones from their date on
    #[arg(long, value_name = "FOLDER", env = "PINGXIN_PACKS")]
    packs: Option<PathBuf>,
}

/// What it takes to answer reviews.
struct Triaging {
    engine: TriageEngine,
    as_of: lines::AsOf,
}

impl lines::Work for Triaging {
    const NOUN: &'static str = "review";

    fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused> {
        let review: Line<'_> = lines::read(line, Self::NOUN)?;
        let facts = review.facts().map_err(Refused::field)?;
        let now = self.as_of.or(review.as_of);
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
    let mut engine = TriageEngine::with_reader(reader);
    if let Some(folder) = &arguments.packs {
        engine = engine.with_packs(packs::of_folder(folder)?);
    }
    arguments.source.run(&Triaging { engine, as_of: arguments.as_of })
}
