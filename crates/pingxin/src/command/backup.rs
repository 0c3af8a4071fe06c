//! `pingxin backup`: everything in one file, also while the desk is in use.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use pingxin_desk::backups;
use pingxin_store::backup::Checked;

use super::Outcome;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// What to save, and where.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// File to write; it must not be there yet
    #[arg(value_name = "FILE")]
    path: PathBuf,
}

/// Saves a database that may be in use: [`Outcome::Partly`] when its audit does not hold.
///
/// # Errors
/// When the database cannot be opened or the file not be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let checked = super::block_on(async {
        let desk = Place::find(&arguments.place)?.open_existing().await?;
        let checked = backups::write_all(&desk, &arguments.path).await;
        desk.store.close().await;
        checked.map_err(told).with_context(|| arguments.path.display().to_string())
    })?;
    report("written and read back", &checked);
    output::note("keep the key elsewhere: without it nobody can restore this file");
    Ok(outcome(&checked))
}

/// What the use case says, with the cause that a person at the machine needs.
fn told(error: pingxin_desk::DeskError) -> anyhow::Error {
    anyhow::Error::new(error)
}

/// Tells what a backup holds.
pub(super) fn report(what: &str, checked: &Checked) {
    output::note(&format!(
        "{what}: {} rows of {} tables, {} bytes, as of {}",
        checked.rows(),
        checked.manifest.tables.len(),
        checked.bytes,
        checked.header.made_at
    ));
    for audit in checked.manifest.audits.iter().filter(|audit| !audit.whole) {
        output::note(&format!(
            "the audit of merchant {} does not hold from entry {} on; it is kept as it is",
            audit.tenant,
            audit.entries + 1
        ));
    }
}

/// Whether its audit holds.
pub(super) fn outcome(checked: &Checked) -> Outcome {
    if checked.manifest.audits.iter().all(|audit| audit.whole) { Outcome::Done } else { Outcome::Partly }
}
