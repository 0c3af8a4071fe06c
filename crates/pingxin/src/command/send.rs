//! `pingxin send`: sends what is due in the outbox, sees to what a program that ended left behind, and ends.

use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use clap::Args;
use jiff::SignedDuration;
use pingxin_channels::outward::Reach;
use pingxin_desk::outbox::sending::{LEASE, Point, Sender};
use pingxin_store::secret::Token;

use super::Outcome;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// What to send.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Channels may also call this machine and its networks
    #[arg(long)]
    local_network: bool,
    /// How long a worker has what it claims, in milliseconds: for tests
    #[arg(long, hide = true, value_name = "MS")]
    lease_ms: Option<i64>,
    /// End like a power cut at the n-th pass of a point, as POINT:N: for tests
    #[arg(long, hide = true, value_name = "POINT:N")]
    die_at: Option<DieAt>,
}

/// Where to end.
#[derive(Debug, Clone, Copy)]
struct DieAt {
    point: Point,
    pass: u32,
}

impl FromStr for DieAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text}: no such point");
        let (point, pass) = text.split_once(':').ok_or_else(wrong)?;
        let point = Point::ALL.into_iter().find(|known| known.code() == point).ok_or_else(wrong)?;
        Ok(Self { point, pass: pass.parse().map_err(|_| wrong())? })
    }
}

/// Sends until nothing is due.
///
/// # Errors
/// When the database cannot be opened or asked.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let Arguments { place, local_network, lease_ms, die_at } = arguments;
    let lease = lease_ms.map_or(LEASE, SignedDuration::from_millis);
    let passed = AtomicU32::new(0);
    let passes = move |point: Point| {
        if let Some(die) = die_at
            && die.point == point
            && passed.fetch_add(1, Ordering::Relaxed) + 1 == die.pass
        {
            std::process::abort();
        }
    };
    let many = super::block_on(async {
        let desk = Place::find(&place)?.open_existing().await?.reaching(Reach { local: local_network });
        let name = Token::fresh();
        let sender = Sender { desk: &desk, name: name.as_str(), lease, passes: &passes };
        let mut many = 0_u64;
        while sender.send_one().await? {
            many += 1;
        }
        desk.store.close().await;
        Ok(many)
    })?;
    output::note(&format!("{many} seen to"));
    Ok(Outcome::Done)
}
