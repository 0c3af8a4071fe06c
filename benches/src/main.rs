//! Measures the budgets of the design on this machine and prints each figure with its budget beside it.
//!
//! It drives the built program as a person would: the command line and the HTTP API, no inside doors. Figures that
//! depend on the machine are printed as ratios to something measured in the same run, where there is such a thing.
//!
//! `make bench` runs it. `SIZES` are the reviews behind the lists, smallest first, each a multiple of the first
//! (`SIZES=100000,1000000,10000000` is `make bench-large`); `ROWS` sets the rows of the imported file, `TRIAGE_ROWS` the
//! reviews that are read; 0 leaves that part out. `FOLDER` says where the databases lie meanwhile: 10 M reviews take some
//! 25 GB on either engine.

mod conversation;
mod copies;
mod database;
mod figures;
mod filling;
mod generator;
mod guard;
mod import;
mod list_pages;
mod memory;
mod percentile;
mod plain_insert;
mod postgres;
mod program;
mod proof;
mod server;
mod sizes;
mod triage;
mod wording;
mod world;

use std::path::{Path, PathBuf};
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
    /// Reviews behind the list pages, smallest first
    #[arg(long, env = "SIZES", value_delimiter = ',', default_values_t = [100_000, 1_000_000])]
    sizes: Vec<usize>,
    /// Which engines hold them
    #[arg(long, env = "ENGINES", value_delimiter = ',', default_values_t = [Engine::Sqlite, Engine::Postgres])]
    engines: Vec<Engine>,
    /// Where the databases lie meanwhile; the temporary folder unless said otherwise
    #[arg(long, env = "FOLDER")]
    folder: Option<PathBuf>,
    /// Reviews read by triage
    #[arg(long, env = "TRIAGE_ROWS", default_value_t = 200_000)]
    triage_rows: usize,
    /// Messages read by the guard
    #[arg(long, env = "CHECK_ROWS", default_value_t = 20_000)]
    check_rows: usize,
}

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        })
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let program = Program::new(&arguments.pingxin)?;
    let folder = match &arguments.folder {
        Some(folder) => tempfile::tempdir_in(folder),
        None => tempfile::tempdir(),
    };
    let folder = folder.context("a folder for the databases")?;
    let folder = folder.path();
    let mut figures = Figures::start(&format!(
        "{} rows imported, {:?} behind the lists, {} read by triage",
        arguments.rows, arguments.sizes, arguments.triage_rows
    ))?;

    figures.heading("program")?;
    server::measure(&program, folder, &mut figures)?;

    if arguments.triage_rows > 0 {
        figures.heading("triage")?;
        triage::measure(&program, folder, arguments.triage_rows, &mut figures)?;
    }

    if arguments.check_rows >= 10 {
        figures.heading("check")?;
        guard::measure(&program, folder, arguments.check_rows, &mut figures)?;
    }

    if arguments.rows > 0 {
        figures.heading("import into SQLite, beside the same rows inserted plainly")?;
        let file = generator::review_file(&folder.join("reviews.csv"), arguments.rows)?;
        import::measure(&program, folder, &file, arguments.rows, &mut figures)?;
    }

    for engine in &arguments.engines {
        lists(&program, folder, *engine, &arguments.sizes, &mut figures)?;
    }
    figures.finish()
}

/// The lists on one engine, over each size.
fn lists(
    program: &Program,
    folder: &Path,
    engine: Engine,
    sizes: &[usize],
    figures: &mut Figures,
) -> anyhow::Result<()> {
    if sizes.is_empty() {
        return Ok(());
    }
    figures.heading(&format!("filling {engine}"))?;
    let path = |name: &str| folder.join(name).display().to_string();
    let compared = match engine {
        Engine::Sqlite => proof::hold(program, folder, [&path("loaded.db"), &path("imported.db")])?,
        Engine::Postgres => match (postgres::Database::fresh()?, postgres::Database::fresh()?) {
            (Some(loaded), Some(imported)) => proof::hold(program, folder, [&loaded.url, &imported.url])?,
            _ => return Ok(figures.note("not measured: there is no PostgreSQL on this machine")?),
        },
    };
    figures.note(&format!("{compared} rows of the loader are column by column those of an import"))?;
    match engine {
        Engine::Sqlite => sizes::measure(program, folder, &path("lists.db"), sizes, None, figures),
        Engine::Postgres => match postgres::Database::fresh()? {
            Some(server) => sizes::measure(program, folder, &server.url, sizes, Some(&server), figures),
            None => Ok(()),
        },
    }
}
