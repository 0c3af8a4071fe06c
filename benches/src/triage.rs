//! Reading reviews: lines of JSON in, lines of JSON out, one thread.

use std::path::Path;

use anyhow::ensure;

use crate::figures::{Budget, Figures};
use crate::generator;
use crate::peers;
use crate::program::Program;

/// Times `pingxin triage` over a file of invented reviews, and other readers over the same file in the same run.
pub fn measure(program: &Program, folder: &Path, rows: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let file = generator::triage_file(&folder.join("triage.jsonl"), rows)?;
    let run = program.run(folder, &["triage", "--threads", "1", &file.display().to_string()])?;
    let answers = run.output.lines().count();
    ensure!(answers == rows, "{answers} answers for {rows} reviews");
    let rate = rows as f64 / run.time.as_secs_f64();
    figures.add("reviews read, one thread", rate, "reviews/s", Budget::None)?;
    if run.peak > 0.0 {
        figures.add("peak memory", run.peak, "MB", Budget::None)?;
    }
    match peers::measure(folder, &file, rows)? {
        Err(reason) => figures.note(&format!("not compared with fastText and SnowNLP: {reason}"))?,
        Ok(peers) => {
            for peer in peers {
                let name = peer.name;
                match peer.rate {
                    Err(reason) => figures.note(&format!("not compared with {name}: {reason}"))?,
                    Ok(other) => {
                        let budget = if name == "snownlp" { 100.0 } else { 1.0 };
                        figures.add(&format!("{name}, one thread"), other, "reviews/s", Budget::None)?;
                        figures.add(&format!("times {name}"), rate / other, "", Budget::AtLeast(budget))?;
                    }
                }
            }
        }
    }
    Ok(())
}
