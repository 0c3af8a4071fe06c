//! `pingxin verify-audit`: follows the audit from its beginning, and names the first entry that is not as it was written.

use clap::Args;
use pingxin_desk::audit;
use pingxin_store::audit::{Break, Chain};
use pingxin_store::hex_digits;
use serde_json::json;

use super::Outcome;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// Which database to look at.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Write one JSON object a merchant
    #[arg(long)]
    json: bool,
}

/// Writes a line for each merchant: [`Outcome::Partly`] when a chain does not hold.
///
/// # Errors
/// When the database cannot be opened or asked.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let checked = super::block_on(async {
        let desk = Place::find(&arguments.place)?.open_existing().await?;
        let checked = audit::check_all(&desk).await?;
        desk.store.close().await;
        Ok(checked)
    })?;
    let mut outcome = Outcome::Done;
    for found in checked {
        let (broken_at, how, entries) = match found.chain {
            Chain::Whole { entries } => (None, None, entries),
            Chain::Broken { seq, how } => (Some(seq), Some(how), seq.saturating_sub(1)),
        };
        let end = hex_digits(&found.end.1);
        if arguments.json {
            output::json(&json!({
                "merchant": found.name, "whole": broken_at.is_none(), "entries": entries, "broken_at": broken_at,
                "how": how.map(Break::code), "end": end,
            }))?;
        } else if let (Some(seq), Some(how)) = (broken_at, how) {
            output::line(&format!("{}: entry {seq}: {}", found.name, words(how)))?;
        } else {
            output::line(&format!("{}: {entries} entries, all as they were written; end {end}", found.name))?;
        }
        if broken_at.is_some() {
            outcome = Outcome::Partly;
        }
    }
    if outcome == Outcome::Partly {
        output::note(&format!(
            "the audit was touched from outside, or an older database was put in its place; if you restored a backup \
             on purpose, move {} away",
            audit::ENDS_FILE
        ));
    }
    Ok(outcome)
}

fn words(how: Break) -> &'static str {
    match how {
        Break::Changed => "is not the one that was written (changed, swapped or put in)",
        Break::Missing => "is missing",
        Break::Cut => "and all after it are missing",
        Break::Unsigned => "the end of the chain before it is not the one that was signed",
    }
}
