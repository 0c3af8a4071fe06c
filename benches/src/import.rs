//! Import of a large file: its rate beside the plain insert of the same rows, and the memory it takes.

use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::figures::{Budget, Figures};
use crate::plain_insert;
use crate::program::{Program, Run};

/// Imports a file of reviews into a shop, made when missing.
///
/// # Errors
/// When the import fails or does not take every row as new.
pub fn import(program: &Program, folder: &Path, database: &str, file: &Path) -> anyhow::Result<(Run, u64)> {
    let file = file.display().to_string();
    let words = ["import", &file, "--db", database, "--shop", "评测店", "--platform", "tmall", "--json"];
    let run = program.run(folder, &words)?;
    let line = run.output.lines().last().context("the import printed no summary")?;
    let summary: Value = serde_json::from_str(line).context("the summary is no JSON")?;
    let count = |name: &str| summary[name].as_u64().unwrap_or_default();
    ensure!(count("rows") > 0 && count("new") == count("rows"), "not every row was taken: {summary}");
    let rows = count("rows");
    Ok((run, rows))
}

/// Measures one import into SQLite.
pub fn measure(
    program: &Program,
    folder: &Path,
    file: &Path,
    rows: usize,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let database = folder.join("import.db");
    let (run, taken) = import(program, folder, &database.display().to_string(), file)?;
    ensure!(taken == rows as u64, "{taken} of {rows} rows were read");
    let rate = rows as f64 / run.time.as_secs_f64();
    figures.add("import, triage and store", rate, "rows/s", Budget::None)?;
    let plain = plain_insert::measure(&database, &folder.join("plain.db"), rows)?;
    let plain_rate = rows as f64 / plain.as_secs_f64();
    figures.add("the same rows inserted plainly", plain_rate, "rows/s", Budget::None)?;
    figures.add("import as a share of the plain insert", rate / plain_rate, "", Budget::AtLeast(0.25))?;
    if run.peak > 0.0 {
        figures.add("peak memory, program and parser together", run.peak, "MB", Budget::Below(300.0))?;
    }
    Ok(())
}
