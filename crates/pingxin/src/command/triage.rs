//! `pingxin triage`: reads reviews as JSON Lines, writes what each complains of, in the same order.

mod input;
mod lines;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use pingxin_domain::triage::TriageEngine;

use super::Outcome;

/// Reads reviews as JSON Lines and writes what each complains of.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files to read, one review a line; standard input when there is none.
    files: Vec<PathBuf>,
    /// The instant to judge by, for lines without `as_of` (RFC 3339, or a date, meaning 00:00 UTC).
    #[arg(long, value_name = "INSTANT", value_parser = input::instant)]
    as_of: Option<Timestamp>,
    /// How many threads read at once; every core by default.
    #[arg(long, value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
}

/// Runs the command: [`Outcome::Partly`] when a line could not be read, an error object then stands in its place.
///
/// # Errors
/// When a file cannot be opened or read, or the answers cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let threads = match arguments.threads {
        Some(threads) => threads.get(),
        None => std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
    };
    let work = lines::Work { engine: TriageEngine::new(), as_of: arguments.as_of, threads };
    let mut output = std::io::stdout();
    let mut good = true;
    if arguments.files.is_empty() {
        good &= work
            .answer(std::io::BufReader::with_capacity(1 << 16, std::io::stdin()), &mut output)
            .context("standard input cannot be read")?;
    }
    for path in &arguments.files {
        let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let reader = std::io::BufReader::with_capacity(1 << 16, file);
        good &=
            work.answer(reader, &mut output).with_context(|| format!("{} cannot be read", path.display()))?;
    }
    Ok(if good { Outcome::Done } else { Outcome::Partly })
}
