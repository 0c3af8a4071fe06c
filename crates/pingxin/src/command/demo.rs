//! `pingxin demo`: makes the demo shop group, or wipes it.

use anyhow::bail;
use clap::Args;
use jiff::Timestamp;
use pingxin_desk::demo::generate;
use pingxin_desk::people::Hasher;
use pingxin_desk::{Desk, demo, tenants};

use super::Outcome;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// Orders or reviews of the largest demo; it takes minutes for each million.
const MOST: i64 = 20_000_000;

/// What the demo shall be like.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// The same seed makes the same shops, orders and words
    #[arg(long, default_value_t = demo::SEED)]
    seed: u64,
    /// Orders, over all its shops
    #[arg(long, default_value_t = generate::ORDERS, value_parser = clap::value_parser!(u32).range(1..=MOST))]
    orders: u32,
    /// Reviews, over all its shops; a quarter of the orders unless said otherwise
    #[arg(long, value_parser = clap::value_parser!(u32).range(..=MOST))]
    reviews: Option<u32>,
    /// The instant at which its three months end, such as 2026-11-22T09:00:00+08:00; now unless said otherwise. With the
    /// same seed it makes the same demo again, all but ids and seals
    #[arg(long, value_name = "RFC3339")]
    now: Option<Timestamp>,
    /// Wipe the demo with everything in it
    #[arg(long, conflicts_with_all = ["seed", "orders", "reviews", "now"])]
    wipe: bool,
}

/// Makes or wipes the demo; its logins go to standard output, `demo ROLE LOGIN PASSWORD` a line.
///
/// # Errors
/// When the database is in use by a real merchant, or holds no demo to wipe.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    super::block_on(async {
        let place = Place::find(&arguments.place)?;
        let desk = if arguments.wipe { place.open_existing().await? } else { place.open().await? };
        if arguments.wipe {
            wipe(&desk).await?
        } else {
            make(&desk, &arguments).await?
        }
        desk.store.close().await;
        Ok(Outcome::Done)
    })
}

async fn make(desk: &Desk, arguments: &Arguments) -> anyhow::Result<()> {
    if !tenants::all(desk).await?.is_empty() {
        bail!("this database is in use, so no demo was made in it; name another with --db");
    }
    let Arguments { seed, orders, reviews, now, .. } = *arguments;
    let wish = demo::Wish { seed, orders, reviews: reviews.unwrap_or(orders / 4) };
    let desk = now.map_or_else(|| desk.clone(), |now| desk.as_of(now));
    demo::create(&desk, &Hasher::new(), wish).await?;
    for person in demo::LOGINS {
        output::line(&format!("demo {} {} {}", person.role.code(), person.login, person.password))?;
    }
    Ok(())
}

async fn wipe(desk: &Desk) -> anyhow::Result<()> {
    let mut wiped = false;
    for tenant in tenants::all(desk).await?.into_iter().filter(|tenant| tenant.demo) {
        let scope = pingxin_domain::Scope::command_line(tenant.id);
        demo::wipe(desk, &scope).await?;
        wiped = true;
    }
    if !wiped {
        bail!("there is no demo in this database; name another with --db");
    }
    output::note("the demo is gone; start `pingxin serve` for the address of the first owner");
    Ok(())
}
