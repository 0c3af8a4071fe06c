//! `pingxin plan`: reads the facts of cases as JSON Lines and writes the plan of each, in the same order.

mod input;

use std::borrow::Cow;
use std::path::PathBuf;

use clap::Args;
use pingxin_domain::compensation::Ladder;
use pingxin_domain::pack::Packs;
use pingxin_domain::plan::plan;

use super::Outcome;
use super::lines::{self, Refused};
use super::packs;
use input::Line;

/// Reads the facts of cases and writes contacts, after-sales proposal, compensation, deadlines and steps of each.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
    #[command(flatten)]
    as_of: lines::AsOf,
    /// Folder with policy packs that stand in place of the embedded ones from their date on
    #[arg(long, value_name = "FOLDER", env = "PINGXIN_PACKS")]
    packs: Option<PathBuf>,
}

/// What it takes to plan cases.
struct Planning {
    as_of: lines::AsOf,
    packs: Cow<'static, Packs>,
}

impl lines::Work for Planning {
    const NOUN: &'static str = "case";

    fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused> {
        let case: Line<'_> = lines::read(line, Self::NOUN)?;
        let as_of = self.as_of.or(case.as_of);
        let facts = case.facts(as_of).map_err(Refused::field)?;
        lines::write(answers, &case.id, &plan(&facts, &self.packs, Ladder::shipped(), as_of))
    }
}

/// Runs the command: [`Outcome::Partly`] when a line could not be read, an error object then stands in its place.
///
/// # Errors
/// When a file cannot be opened or read, or the answers cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let packs = match &arguments.packs {
        Some(folder) => Cow::Owned(packs::of_folder(folder)?),
        None => Cow::Borrowed(Packs::embedded()),
    };
    arguments.source.run(&Planning { as_of: arguments.as_of, packs })
}
