//! Checking outgoing texts of 200 characters: lines of JSON in, lines of JSON out, one thread.

use std::path::Path;

use anyhow::ensure;

use crate::figures::{Budget, Figures};
use crate::generator;
use crate::program::Program;

/// Times `pingxin check` over a file of invented messages.
pub fn measure(program: &Program, folder: &Path, rows: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let (few, many) = (rows / 10, rows);
    let time = |rows: usize| -> anyhow::Result<f64> {
        let file = generator::message_file(&folder.join("messages.jsonl"), rows)?;
        let run = program.run(folder, &["check", "--threads", "1", &file.display().to_string()])?;
        let answers = run.output.lines().count();
        ensure!(answers == rows, "{answers} answers for {rows} messages");
        // One thread: what other programs take meanwhile does not count.
        Ok(run.processor.unwrap_or(run.time).as_secs_f64())
    };
    // The difference leaves out the start of the program.
    let micros = (time(many)? - time(few)?) / (many - few) as f64 * 1e6;
    figures.add("a message of 200 characters checked, one thread", micros, "µs", Budget::Below(200.0))?;
    Ok(())
}
