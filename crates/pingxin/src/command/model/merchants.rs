//! Learning from the corrections in the desk's database: each merchant from his own, never from another's.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use pingxin_desk::reading::{self, Outcome as Trained};
use pingxin_desk::{Desk, tenants};
use pingxin_domain::Scope;
use pingxin_store::tenant::Tenant;

use super::super::Outcome;
use crate::place::{Place, PlaceArguments};

/// Trains for these merchants, or for all; the desk reads new reviews with what does better.
///
/// # Errors
/// When a merchant is unknown, or the database cannot be opened.
pub(super) async fn learn(db: Option<String>, merchants: &[String]) -> anyhow::Result<Outcome> {
    let data = std::env::var_os("PINGXIN_DATA").map(PathBuf::from);
    let desk = Place::find(&PlaceArguments { db, data })?.open_existing().await?;
    for tenant in wanted(&desk, merchants).await? {
        writeln!(std::io::stdout(), "{}", tenant.name)?;
        let outcomes = reading::train(&desk, &Scope::command_line(tenant.id)).await?;
        for outcome in &outcomes {
            writeln!(std::io::stdout(), "  {}", told(outcome))?;
        }
    }
    desk.store.close().await;
    Ok(Outcome::Done)
}

async fn wanted(desk: &Desk, merchants: &[String]) -> anyhow::Result<Vec<Tenant>> {
    let all = tenants::all(desk).await?;
    if merchants.is_empty() {
        return Ok(all);
    }
    let mut wanted = Vec::new();
    for name in merchants {
        match all.iter().find(|tenant| tenant.name == *name || tenant.id.to_string() == *name) {
            Some(tenant) => wanted.push(tenant.clone()),
            None => {
                let known: Vec<&str> = all.iter().map(|tenant| tenant.name.as_str()).collect();
                bail!("there is no merchant {name}; known are: {}", known.join(", "));
            }
        }
    }
    Ok(wanted)
}

fn told(outcome: &Trained) -> String {
    let Trained { model, told, held, before, after, used } = outcome;
    match (before, after) {
        (Some((old, before)), Some((new, after))) => format!(
            "{model}: {} corrections learnt, {held} kept back; right before {before:.3} ({old}), after {after:.3} ({new}); {}",
            told - held,
            if *used { "in use from now on" } else { "not better, so not used" },
        ),
        _ => format!(
            "{model}: {told} corrections, at least {} are needed; nothing learnt",
            reading::learning::FEWEST
        ),
    }
}
