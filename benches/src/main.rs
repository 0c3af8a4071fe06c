//! Measures the budgets of the design on this machine and prints each figure with its budget beside it.
//!
//! It drives the built program as a person would: the command line and the HTTP API, no inside doors. Figures that
//! depend on the machine are printed as ratios to something measured in the same run, where there is such a thing.
//!
//! `make bench` runs it. `ROWS` sets the rows of the imported file, `LIST_ROWS` those behind the list pages,
//! `TRIAGE_ROWS` the reviews that are read.

mod conversation;
mod figures;
mod generator;
mod import;
mod list_pages;
mod memory;
mod percentile;
mod plain_insert;
mod postgres;
mod program;
mod server;
mod triage;
mod wording;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

use crate::figures::Figures;
use crate::program::Program;

/// Measures the budgets and prints them.
#[derive(Debug, Parser)]
struct Arguments {
    /// The program to measure, built with optimisation
    #[arg(long)]
    pingxin: PathBuf,
    /// Rows of the imported file
    #[arg(long, env = "ROWS", default_value_t = 200_000)]
    rows: usize,
    /// Reviews behind the list pages
    #[arg(long, env = "LIST_ROWS", default_value_t = 100_000)]
    list_rows: usize,
    /// Reviews read by triage
    #[arg(long, env = "TRIAGE_ROWS", default_value_t = 200_000)]
    triage_rows: usize,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let program = Program::new(&arguments.pingxin)?;
    let folder = tempfile::tempdir().context("a folder for the databases")?;
    let folder = folder.path();
    let mut figures = Figures::start(&format!(
        "{} rows imported, {} behind the lists, {} read by triage",
        arguments.rows, arguments.list_rows, arguments.triage_rows
    ))?;

    figures.heading("program")?;
    server::measure(&program, folder, &mut figures)?;

    figures.heading("triage")?;
    triage::measure(&program, folder, arguments.triage_rows, &mut figures)?;

    figures.heading("import into SQLite, beside the same rows inserted plainly")?;
    let file = generator::review_file(&folder.join("reviews.csv"), arguments.rows)?;
    import::measure(&program, folder, &file, arguments.rows, &mut figures)?;

    let file = generator::review_file(&folder.join("list.csv"), arguments.list_rows)?;
    figures.heading("list pages on SQLite")?;
    let database = folder.join("list.db").display().to_string();
    list_pages::fill(&program, folder, &database, &file, &mut figures)?;
    list_pages::measure(&program, folder, &database, &mut figures)?;

    figures.heading("list pages on PostgreSQL")?;
    match postgres::Database::fresh()? {
        Some(database) => {
            figures.note("a throw-away server that does not sync: only reading is like a real one's")?;
            list_pages::fill(&program, folder, &database.url, &file, &mut figures)?;
            database.gather_statistics()?;
            list_pages::measure(&program, folder, &database.url, &mut figures)?;
        }
        None => figures.note("not measured: there is no PostgreSQL on this machine")?,
    }
    figures.finish()
}
