//! The library as a file: what each script says, and what came of its use.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::{Action, Scope};
use pingxin_store::audit;
use serde_json::json;

use super::{Entry, LibraryFilter, library};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

const COLUMNS: &[&str] = &[
    "key",
    "own",
    "phase",
    "step",
    "causes",
    "platforms",
    "objects",
    "channels",
    "title_zh",
    "title_en",
    "zh",
    "en",
    "used",
    "cases",
    "ended",
    "solved",
    "solved_share",
    "solved_low",
    "solved_high",
];

/// Writes the scripts that fit a filter to a file. Answers how many.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::Io`] when the file cannot be written; the database's.
pub async fn export(
    desk: &Desk,
    scope: &Scope,
    filter: &LibraryFilter,
    format: ExportFormat,
    path: &Path,
) -> Result<u64> {
    allow(scope, Action::ExportLists)?;
    let entries = library(desk, scope, filter).await?;
    let sink =
        File::create(path).map_err(|source| DeskError::Io { doing: "creating the export file", source })?;
    let mut writer = Writer::new(format, BufWriter::new(sink), COLUMNS)?;
    for entry in &entries {
        write_row(&mut writer, entry)?;
    }
    writer.finish()?;
    let rows = entries.len() as u64;
    let note = desk.store.write(|tx| {
        Box::pin(async move {
            audit::append(tx, scope, "list.export", "scripts", "", &json!({ "rows": rows })).await
        })
    });
    note.await?;
    Ok(rows)
}

fn write_row(writer: &mut Writer<BufWriter<File>>, entry: &Entry) -> Result<()> {
    let script = &entry.script;
    let listed = |words: Vec<&str>| words.join(" ");
    let causes = listed(script.causes.iter().map(|cause| cause.as_str()).collect());
    let platforms = script.platforms.join(" ");
    let objects = listed(script.objects.iter().map(|object| object.code()).collect());
    let channels = listed(script.channels.iter().map(|channel| channel.code()).collect());
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (zh, en) = (text(&script.texts.zh), text(&script.texts.en));
    let own = if entry.own.is_some() { "true" } else { "false" };
    let counts: [String; 4] = match &entry.used {
        Some(used) => [used.used, used.cases, used.ended, used.solved].map(|count| count.to_string()),
        None => ["0", "0", "0", "0"].map(str::to_owned),
    };
    let shares: [String; 3] = match entry.solved {
        Some(share) => [share.share, share.low, share.high].map(|part| format!("{part:.4}")),
        None => Default::default(),
    };
    let mut cells: Vec<Cell<'_>> = [
        script.key.as_str(),
        own,
        script.phase.code(),
        script.step.code(),
        &causes,
        &platforms,
        &objects,
        &channels,
        &script.title.zh,
        &script.title.en,
        &zh,
        &en,
    ]
    .into_iter()
    .map(Cell::Text)
    .collect();
    cells.extend(counts.iter().chain(&shares).map(|value| match value.as_str() {
        "" => Cell::Empty,
        value => Cell::Text(value),
    }));
    writer.row(&cells)?;
    Ok(())
}
