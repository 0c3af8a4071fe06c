//! Reading reviews: lines of JSON in, lines of JSON out, one thread.

use std::path::Path;

use anyhow::ensure;

use crate::figures::{Budget, Figures};
use crate::generator;
use crate::program::Program;

/// Times `pingxin triage` over a file of invented reviews.
pub fn measure(program: &Program, folder: &Path, rows: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let file = generator::triage_file(&folder.join("triage.jsonl"), rows)?;
    let run = program.run(folder, &["triage", "--threads", "1", &file.display().to_string()])?;
    let answers = run.output.lines().count();
    ensure!(answers == rows, "{answers} answers for {rows} reviews");
    // The budget is a multiple of two other programs' speeds, which are not on every machine.
    figures.add(
        "reviews read, one thread",
        rows as f64 / run.time.as_secs_f64(),
        "reviews/s",
        Budget::None,
    )?;
    if run.peak > 0.0 {
        figures.add("peak memory", run.peak, "MB", Budget::None)?;
    }
    Ok(())
}
