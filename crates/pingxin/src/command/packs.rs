//! `pingxin packs`: which policy packs there are, what they say and since when, and whether their examples hold.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use pingxin_desk::rules::read_folder;
use pingxin_domain::example;
use pingxin_domain::pack::{self, Entry, Pack, Packs};
use pingxin_domain::triage::TriageEngine;
use pingxin_store::clock::{Clock as _, SystemClock};
use serde_json::json;

use super::{Outcome, lines};
use crate::output;

/// Look at the policy packs 平台规则.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder with packs that stand in place of the embedded ones from their date on
    #[arg(long, global = true, value_name = "FOLDER", env = "PINGXIN_PACKS")]
    packs: Option<PathBuf>,
    /// The day to look at (RFC 3339, or a date); today when absent
    #[arg(long, global = true, value_name = "INSTANT", value_parser = lines::instant)]
    as_of: Option<Timestamp>,
    /// Write JSON, one object a line
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every pack, its version, where it was read from, and whether it is due to be looked at again
    List,
    /// Every value of a pack with source, grade and dates
    Show {
        /// The pack, such as `amazon-us`
        id: String,
        /// Only tables whose name begins like this, such as `window` or `window.buyer_modify`
        table: Option<String>,
    },
    /// Read every pack and run the examples inside; names file, line and key of what is wrong
    Check {
        /// Files to check beside the packs there are
        files: Vec<PathBuf>,
    },
    /// What changed between two packs: ids, `id@2027-01-01`, or files
    Diff {
        /// The earlier one
        before: String,
        /// The later one
        after: String,
    },
}

/// Runs the command: [`Outcome::Partly`] when a pack is refused or an example fails.
///
/// # Errors
/// When a folder or file cannot be read, no pack has the id, or the answer cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let now = arguments.as_of.unwrap_or_else(|| SystemClock.now());
    let on = now.to_zoned(TimeZone::UTC).date();
    let mut files = match &arguments.packs {
        Some(folder) => read_folder(folder)?,
        None => Vec::new(),
    };
    if let Action::Check { files: more } = &arguments.action {
        for path in more {
            files.push(read(path)?);
        }
    }
    let (packs, refused) = Packs::embedded().with(&files);
    for error in &refused {
        output::note(&format!("refused: {error}"));
    }
    let whole = if refused.is_empty() { Outcome::Done } else { Outcome::Partly };
    match arguments.action {
        Action::List => list(&packs, on, arguments.json)?,
        Action::Show { id, table } => show(&packs, &id, table.as_deref(), on, arguments.json)?,
        Action::Check { .. } => {
            let good = check(packs, now, arguments.json)?;
            return Ok(if good { whole } else { Outcome::Partly });
        }
        Action::Diff { before, after } => diff(&packs, &before, &after, on, arguments.json)?,
    }
    Ok(whole)
}

/// The packs of a folder over the embedded ones. What is refused is said on standard error, and what it would have replaced
/// stays in force.
///
/// # Errors
/// When the folder or one of its files cannot be read.
pub fn of_folder(folder: &Path) -> anyhow::Result<Packs> {
    let (packs, refused) = Packs::embedded().with(&read_folder(folder)?);
    for error in &refused {
        output::note(&format!("refused, and what was in force stays: {error}"));
    }
    Ok(packs)
}

fn read(path: &Path) -> anyhow::Result<(String, String)> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok((path.display().to_string(), text))
}

fn list(packs: &Packs, on: Date, as_json: bool) -> anyhow::Result<()> {
    for id in packs.ids() {
        let Some(pack) = packs.pack(id, on) else { continue };
        let (header, stale) = (&pack.header, pack.is_stale(on));
        let file = packs.file(id, on).unwrap_or_default();
        if as_json {
            output::json(
                &json!({"id": id, "header": header, "file": file, "stale": stale, "tables": pack.entries.len()}),
            )?;
            continue;
        }
        let badge = if stale { "  STALE: look at its sources again" } else { "" };
        let by = header.review_by.map_or_else(String::new, |by| format!(", review by {by}"));
        let tables = pack.entries.len();
        output::line(&format!(
            "{id:<12} {} {} · {tables} tables{by} · {file}{badge}",
            header.version, header.zh
        ))?;
    }
    Ok(())
}

fn show(packs: &Packs, id: &str, table: Option<&str>, on: Date, as_json: bool) -> anyhow::Result<()> {
    let pack = packs.pack(id, on).with_context(|| no_pack(packs, id))?;
    for entry in &pack.entries {
        if table.is_some_and(|table| !entry.name().starts_with(table)) {
            continue;
        }
        for (key, value) in &entry.values {
            let name = format!("{}.{key}", entry.name());
            if as_json {
                output::json(&json!({
                    "key": name, "value": value, "alternatives": entry.alternatives, "record": entry.known(key), "line": entry.line,
                }))?;
            } else {
                output::line(&format!("{name} = {value}{}", told(entry, key)))?;
            }
        }
    }
    Ok(())
}

/// How well a value is known, as words behind it.
fn told(entry: &Entry, key: &str) -> String {
    let record = entry.known(key);
    if record.source.is_empty() {
        return String::new();
    }
    let sources: Vec<String> = record.source.iter().map(ToString::to_string).collect();
    let mut told = format!("  [{} {} · {}", record.grade.code(), record.status.code(), sources.join(", "));
    for (word, day) in [("from", record.effective_from), ("to", record.effective_to)] {
        if let Some(day) = day {
            told.push_str(&format!(" · {word} {day}"));
        }
    }
    if !entry.alternatives.is_empty() {
        let all: Vec<String> = entry.alternatives.iter().map(ToString::to_string).collect();
        told.push_str(&format!(" · sources say {}", all.join(" or ")));
    }
    told + "]"
}

fn check(packs: Packs, now: Timestamp, as_json: bool) -> anyhow::Result<bool> {
    let engine = TriageEngine::new().with_packs(packs);
    let on = now.to_zoned(TimeZone::UTC).date();
    let (mut all, mut good) = (0, true);
    for id in engine.packs().ids() {
        let Some(pack) = engine.packs().pack(id, on) else { continue };
        let (examples, failures) = example::run(&engine, pack, now);
        all += examples;
        good &= failures.is_empty();
        let file = engine.packs().file(id, on).unwrap_or_default();
        for failure in failures {
            if as_json {
                output::json(
                    &json!({"file": file, "line": failure.line, "example": failure.name, "message": failure.message}),
                )?;
            } else {
                output::line(&format!("{file}:{}: `{}`: {}", failure.line, failure.name, failure.message))?;
            }
        }
    }
    output::note(&format!("{} packs, {all} examples", engine.packs().ids().count()));
    Ok(good)
}

fn diff(packs: &Packs, before: &str, after: &str, on: Date, as_json: bool) -> anyhow::Result<()> {
    for change in pack::changes(&named(packs, before, on)?, &named(packs, after, on)?) {
        if as_json {
            output::json(&change)?;
            continue;
        }
        let side = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
        output::line(&format!("{}: {} → {}", change.key, side(change.before), side(change.after)))?;
    }
    Ok(())
}

/// A pack by id, by id and day, or by file.
fn named(packs: &Packs, name: &str, on: Date) -> anyhow::Result<Pack> {
    let (id, day) = match name.split_once('@') {
        Some((id, day)) => (id, day.parse().with_context(|| format!("`{day}` is no day; write 2027-01-01"))?),
        None => (name, on),
    };
    if let Some(pack) = packs.pack(id, day) {
        return Ok(pack.clone());
    }
    if Path::new(name).extension().is_some_and(|extension| extension == "toml") {
        let (file, text) = read(Path::new(name))?;
        return Ok(Pack::read(&file, &text)?);
    }
    anyhow::bail!(no_pack(packs, id))
}

fn no_pack(packs: &Packs, id: &str) -> String {
    format!("no pack is called `{id}`; there are {}", packs.ids().collect::<Vec<_>>().join(", "))
}
