//! List pages and searches over a filled database, asked over HTTP as the web application asks.

use std::path::Path;

use anyhow::Context;

use crate::conversation::Conversation;
use crate::figures::{Budget, Figures};
use crate::import;
use crate::percentile::Times;
use crate::program::Program;
use crate::server::Server;

/// Requests of each page that are timed, after some that are not.
const REQUESTS: usize = 200;
const WARMING: usize = 5;

/// The pages people open: name and address.
const PAGES: &[(&str, &str)] = &[
    ("reviews, newest", "/api/v1/reviews?limit=50"),
    ("reviews, one star", "/api/v1/reviews?rating=1&limit=50"),
    ("reviews, one to three stars", "/api/v1/reviews?rating=1&rating=2&rating=3&limit=50"),
    ("reviews, negative", "/api/v1/reviews?sentiment=negative&limit=50"),
    ("reviews, by cause", "/api/v1/reviews?cause=quality&limit=50"),
    ("reviews with a case", "/api/v1/reviews?has_case=true&limit=50"),
    ("reviews, most urgent", "/api/v1/reviews?sort=severity&limit=50"),
    ("cases, most urgent", "/api/v1/cases?sort=severity&limit=50"),
    ("cases, newest", "/api/v1/cases?sort=newest&limit=50"),
    ("cases nobody has", "/api/v1/cases?owner=none&state=open&limit=50"),
    ("the counters of the frame", "/api/v1/summary"),
];

/// Searches: a common word, a rare pair, an English word, nothing to find.
const SEARCHES: &[(&str, &str)] = &[
    ("search, common", "/api/v1/reviews?q=质量&limit=50"),
    ("search, two words", "/api/v1/reviews?q=包装 客服&limit=50"),
    ("search, English", "/api/v1/reviews?q=kettle&limit=50"),
    ("search, none", "/api/v1/reviews?q=没有这样的话&limit=50"),
];

/// How deep a reader scrolls: the page that many pages down, reached by cursors.
const DEPTH: usize = 20;

/// Fills the database by importing a file.
///
/// # Errors
/// When the import fails.
pub fn fill(
    program: &Program,
    folder: &Path,
    database: &str,
    file: &Path,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let (run, rows) = import::import(program, folder, database, file)?;
    figures.add("import", rows as f64 / run.time.as_secs_f64(), "rows/s", Budget::None)?;
    Ok(())
}

/// Starts the server on a filled database and times pages and searches.
///
/// # Errors
/// When a page is no success.
pub fn measure(
    program: &Program,
    folder: &Path,
    database: &str,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let server = Server::start(program, folder, database)?;
    let mut conversation = server.session()?;
    let deep = deep_page(&mut conversation)?;

    let mut pages = Times::default();
    for (name, path) in PAGES.iter().copied().chain([("reviews, twenty pages down", deep.as_str())]) {
        let times = timed(&mut conversation, path).with_context(|| name.to_owned())?;
        figures.add(&p99_of(name, &times), times.percentile(99), "ms", Budget::Below(30.0))?;
        pages.add_all(&times);
    }
    figures.add("all list pages: p50", pages.percentile(50), "ms", Budget::None)?;
    figures.add("all list pages: p99", pages.percentile(99), "ms", Budget::Below(30.0))?;
    for (name, path) in SEARCHES {
        let times = timed(&mut conversation, path).with_context(|| (*name).to_owned())?;
        figures.add(&p99_of(name, &times), times.percentile(99), "ms", Budget::Below(150.0))?;
    }
    Ok(())
}

/// The budget is on the 99th percentile; the median tells a slow page from a busy machine.
fn p99_of(name: &str, times: &Times) -> String {
    format!("{name}: p99 (p50 {:.1} ms)", times.percentile(50))
}

/// The address of a page far down the newest reviews.
fn deep_page(conversation: &mut Conversation) -> anyhow::Result<String> {
    let mut path = PAGES[0].1.to_owned();
    for _ in 0..DEPTH {
        let page = conversation.get(&path)?.json()?;
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{}&cursor={cursor}", PAGES[0].1);
    }
    Ok(path)
}

fn timed(conversation: &mut Conversation, path: &str) -> anyhow::Result<Times> {
    let mut times = Times::default();
    for request in 0..WARMING + REQUESTS {
        let answer = conversation.get(path)?;
        answer.json()?;
        if request >= WARMING {
            times.add(answer.time);
        }
    }
    Ok(times)
}
