//! `pingxin check` (发送前检查): reads outgoing texts as JSON Lines, writes which rules each breaks, in the same order.

pub(super) mod input;

use clap::Args;
use pingxin_domain::guard::Guard;

use super::Outcome;
use super::lines::{self, Refused};
use input::Line;

/// Reads outgoing texts as JSON Lines and writes which rules each breaks.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
}

/// What it takes to answer texts.
struct Checking {
    guard: &'static Guard,
}

impl lines::Work for Checking {
    const NOUN: &'static str = "text";

    fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused> {
        let line: Line<'_> = lines::read(line, Self::NOUN)?;
        let draft = line.draft().map_err(Refused::field)?;
        lines::write(answers, line.id(), &self.guard.check(&draft))
    }
}

/// Runs the command: [`Outcome::Partly`] when a line could not be read, an error object then stands in its place.
///
/// # Errors
/// When a file cannot be opened or read, or the answers cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    arguments.source.run(&Checking { guard: Guard::shared() })
}
