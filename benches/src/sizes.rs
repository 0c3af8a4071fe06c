//! The lists, searches and the start of the program at each size, on one engine, and how they grow with it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::ensure;

use crate::conversation::Conversation;
use crate::figures::{Budget, Figures};
use crate::filling;
use crate::list_pages;
use crate::percentile::Times;
use crate::postgres;
use crate::program::Program;
use crate::server::{self, Server};

/// A page may take this many times as long over the largest size as over the smallest.
const GROWTH: f64 = 1.5;
/// Below this many milliseconds a ratio says more of the machine than of the page.
const TOO_SHORT: f64 = 1.0;

/// Measures every size, smallest first; each is grown from the one before.
///
/// # Errors
/// When the database cannot be filled, or a page is no success.
pub fn measure(
    program: &Program,
    folder: &Path,
    address: &str,
    sizes: &[usize],
    server: Option<&postgres::Database>,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let first = sizes[0];
    let (seed, took) = filling::import_seed(program, folder, address, first, 0)?;
    figures.add(
        "import of the first",
        first as f64 / took.as_secs_f64(),
        "reviews and orders/s",
        Budget::None,
    )?;
    let mut seen: BTreeMap<usize, BTreeMap<&str, Times>> = BTreeMap::new();
    let mut copies = 1;
    let mut session: Option<Conversation> = None;
    let mut tag = None;
    for size in sizes {
        ensure!(size % first == 0, "{size} is not a multiple of {first}");
        if session.is_none() {
            let server = Server::start(program, folder, address)?;
            let mut conversation = server.session()?;
            tag = filling::dress(&mut conversation)?;
            session = Some(conversation);
        }
        if size / first > copies {
            filling::grow(address, &seed, copies, size / first, figures)?;
            copies = size / first;
        }
        if let Some(server) = server {
            server.gather_statistics()?;
        }
        figures.heading(&format!("{} over {} reviews", engine(address), grouped(*size)))?;
        figures.note(&on_disk(address))?;
        server::measure_at_rest(program, folder, address, figures)?;
        let server = Server::start(program, folder, address)?;
        if let Some(session) = &mut session {
            session.again_at(server.address())?;
            seen.insert(*size, list_pages::measure(session, tag.as_deref(), figures)?);
        }
    }
    ratios(&seen, engine(address), figures)
}

fn ratios(
    seen: &BTreeMap<usize, BTreeMap<&str, Times>>,
    engine: &str,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let (Some((small, first)), Some((large, last))) = (seen.first_key_value(), seen.last_key_value()) else {
        return Ok(());
    };
    if small == large {
        return Ok(());
    }
    figures.heading(&format!("{engine}: {} : {} reviews, medians", grouped(*large), grouped(*small)))?;
    for (name, times) in last {
        let Some(before) = first.get(name) else { continue };
        let (before, after) = (before.percentile(50), times.percentile(50));
        // A search reads what it finds; its budget is a time.
        let budget = if name.starts_with("search") { Budget::None } else { Budget::Below(GROWTH) };
        figures.add(name, after.max(TOO_SHORT) / before.max(TOO_SHORT), "times", budget)?;
    }
    Ok(())
}

/// The engine by its name.
fn engine(address: &str) -> &'static str {
    if address.starts_with("postgres") { "PostgreSQL" } else { "SQLite" }
}

fn on_disk(address: &str) -> String {
    match std::fs::metadata(address) {
        Ok(file) => format!("the file has {:.1} GB", file.len() as f64 / 1e9),
        Err(_) => "a server that does not sync: only reading is like a real one's".to_owned(),
    }
}

fn grouped(number: usize) -> String {
    match number {
        1_000_000.. if number.is_multiple_of(1_000_000) => format!("{} M", number / 1_000_000),
        1_000.. => format!("{} k", number / 1_000),
        _ => number.to_string(),
    }
}
