//! Reading reviews: lines of JSON in, lines of JSON out.

use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use anyhow::ensure;

use crate::figures::{Budget, Figures};
use crate::generator;
use crate::peers;
use crate::program::{Program, Run};

/// How often the start is timed.
const STARTS: usize = 9;

/// Times `pingxin triage` over a file of invented reviews, and other readers over the same file in the same run.
pub fn measure(program: &Program, folder: &Path, rows: usize, figures: &mut Figures) -> anyhow::Result<()> {
    let one = generator::triage_file(&folder.join("one.jsonl"), 1)?;
    let started = start(program, folder, &one)?;
    figures.add("started, models loaded, one review read", started, "ms", Budget::Below(30.0))?;
    let file = generator::triage_file(&folder.join("triage.jsonl"), rows)?;
    let run = read(program, folder, &["triage", "--threads", "1", &file.display().to_string()], rows)?;
    let rate = rows as f64 / run.time.as_secs_f64();
    figures.add("reviews read, one thread", rate, "reviews/s", Budget::None)?;
    let all = read(program, folder, &["triage", &file.display().to_string()], rows)?;
    let of_all = rows as f64 / all.time.as_secs_f64();
    figures.add("reviews read, every core, in order", of_all, "reviews/s", Budget::None)?;
    if all.peak > 0.0 && rows >= 10 {
        figures.add("peak memory", all.peak, "MB", Budget::None)?;
        let few = generator::triage_file(&folder.join("few.jsonl"), rows / 10)?;
        let part = read(program, folder, &["triage", &few.display().to_string()], rows / 10)?;
        if part.peak > 0.0 {
            figures.add(
                "times the peak over a tenth of the rows",
                all.peak / part.peak,
                "",
                Budget::Below(1.5),
            )?;
        }
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

/// From the start of the program to its end over one review: the median of several runs, in milliseconds.
fn start(program: &Program, folder: &Path, file: &Path) -> anyhow::Result<f64> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let started = Instant::now();
        let words = ["triage", "--threads", "1", &file.display().to_string()];
        let status = program.command(folder, &words).stdout(Stdio::null()).stdin(Stdio::null()).status()?;
        ensure!(status.success(), "pingxin triage failed over one review");
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[STARTS / 2])
}

/// Runs it and makes sure that every line is answered in its place.
fn read(program: &Program, folder: &Path, words: &[&str], rows: usize) -> anyhow::Result<Run> {
    let run = program.run(folder, words)?;
    let answers = run.output.lines().count();
    ensure!(answers == rows, "{answers} answers for {rows} reviews");
    let in_place =
        |(row, line): (usize, &str)| line.starts_with(&format!("{{\"id\":\"{row}\",\"language\":"));
    ensure!(run.output.lines().enumerate().all(in_place), "an answer stands in another's place");
    Ok(run)
}
