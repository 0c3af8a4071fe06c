//! `pingxin doctor`: looks for things in the database that should not be.

use clap::Args;
use pingxin_desk::doctor;
use serde_json::json;

use super::Outcome;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// Which database to look at.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Write one JSON object a finding
    #[arg(long)]
    json: bool,
}

/// Writes what was found: [`Outcome::Partly`] when there is anything.
///
/// # Errors
/// When the database cannot be opened or asked.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let findings = super::block_on(async {
        let desk = Place::find(&arguments.place)?.open_existing().await?;
        let findings = doctor::run(&desk).await?;
        desk.store.close().await;
        Ok(findings)
    })?;
    for finding in &findings {
        if arguments.json {
            let line =
                json!({ "check": finding.check, "subject": finding.subject, "detail": finding.detail });
            output::json(&line)?;
        } else {
            output::line(&format!("{}: {}: {}", finding.check, finding.subject, finding.detail))?;
        }
    }
    if findings.is_empty() {
        output::note("nothing is amiss");
        return Ok(Outcome::Done);
    }
    output::note(&format!("{} findings; none was changed", findings.len()));
    Ok(Outcome::Partly)
}
