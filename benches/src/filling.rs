//! Fills a database to a size: the seed by importing files as a seller would, the rest by copies of it.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::conversation::Conversation;
use crate::copies::{self, Seed};
use crate::figures::{Budget, Figures};
use crate::program::Program;
use crate::world::{self, SHOPS};

/// Imports the exports of every shop, and one with changed reviews where it is the first copy. Answers what there is to
/// copy and how long the imports took.
///
/// # Errors
/// When an import fails or does not take every row as new.
pub fn import_seed(
    program: &Program,
    folder: &Path,
    database: &str,
    rows: usize,
    copy: usize,
) -> anyhow::Result<(Seed, Duration)> {
    let mut seed = Seed { buyers: Vec::new(), reviews: 0 };
    let mut time = Duration::ZERO;
    for (index, shop) in SHOPS.iter().enumerate() {
        let (file, buyers) = world::export(&folder.join("export.csv"), index, rows, copy)?;
        let (took, new) = import(program, folder, database, shop, &file, "new")?;
        seed.buyers.push(buyers);
        seed.reviews += new;
        time += took;
    }
    ensure!(seed.reviews == rows as i64, "{} of {rows} reviews were taken", seed.reviews);
    if rows >= 10_000 {
        let file = world::revised(&folder.join("revised.csv"), rows)?;
        let (_, changed) = import(program, folder, database, &SHOPS[0], &file, "updated")?;
        ensure!(changed > 0, "no review was changed");
    }
    Ok((seed, time))
}

fn import(
    program: &Program,
    folder: &Path,
    database: &str,
    shop: &world::Shop,
    file: &Path,
    fate: &str,
) -> anyhow::Result<(Duration, i64)> {
    let file = file.display().to_string();
    let words =
        ["import", &file, "--db", database, "--shop", shop.name, "--platform", shop.platform, "--json"];
    let run = program.run(folder, &words)?;
    let line = run.output.lines().last().context("the import printed no summary")?;
    let summary: Value = serde_json::from_str(line).context("the summary is no JSON")?;
    let (rows, taken) = (summary["rows"].as_i64().unwrap_or(0), summary[fate].as_i64().unwrap_or(0));
    ensure!(rows > 0 && taken == rows, "not every row of {} was {fate}: {summary}", shop.name);
    Ok((run.time, rows))
}

/// Tags, owners and views as a team has them; what this version of the program does not know is passed over.
///
/// # Errors
/// When the server does not answer.
pub fn dress(conversation: &mut Conversation) -> anyhow::Result<Option<String>> {
    let me = conversation.get("/api/v1/me")?.json()?;
    let me = me["user"]["id"].clone();
    let tag = |conversation: &mut Conversation,
               name: &str,
               colour: &str,
               query: &str|
     -> anyhow::Result<Option<String>> {
        let made = conversation.post("/api/v1/tags", &json!({"name": name, "colour": colour}))?;
        let Ok(made) = made.json() else { return Ok(None) };
        let act = json!({"list": "reviews", "query": query, "action": {"kind": "tag", "tag": made["id"]}});
        conversation.post("/api/v1/bulk", &act)?.json()?;
        Ok(made["id"].as_str().map(str::to_owned))
    };
    let rare = tag(conversation, "要跟进", "red", "rating=1&platform=taobao&limit=50")?;
    tag(conversation, "物流", "blue", "cause=logistics&platform=taobao")?;
    if rare.is_some() {
        let act = json!({"list": "cases", "query": "case_state=open&platform=taobao", "action": {"kind": "assign", "owner": me}});
        conversation.post("/api/v1/bulk", &act)?.json()?;
        for (name, query) in [("差评", "rating=1"), ("没人管的质量问题", "cause=quality&handler=none")]
        {
            let view =
                json!({"name": name, "list": "reviews", "query": query, "columns": [], "shared": true});
            conversation.post("/api/v1/views", &view)?.json()?;
        }
    }
    Ok(rare)
}

/// Copies the seed until the database is `until` times as large.
///
/// # Errors
/// When the database does not do it.
pub fn grow(
    address: &str,
    seed: &Seed,
    from: usize,
    until: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let begun = Instant::now();
    runtime.block_on(copies::grow(address, seed, from, until, |copies| {
        if copies % 10 == 0 {
            eprintln!("      {copies} times the seed after {:.0} s", begun.elapsed().as_secs_f64());
        }
    }))?;
    let rows = (until - from) as f64 * seed.reviews as f64;
    figures.add("loaded", rows / begun.elapsed().as_secs_f64(), "reviews/s", Budget::None)?;
    Ok(())
}
