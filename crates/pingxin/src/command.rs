//! The command line: one file a command, each with its arguments and its `run`.
//!
//! Exit status: 0 all went well, 1 some of it did not (rows that failed, things the doctor found), 2 nothing could
//! be done (wrong arguments, no database, an unreadable file). Data goes to standard output, everything else to
//! standard error.
//!
//! To add a command: a file here with `Arguments` and `run`, a line in `Command`, a line in `Command::run`.

pub mod backup;
pub mod check;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod figures;
pub mod import;
mod lines;
pub mod model;
pub mod openapi;
pub mod packs;
pub mod plan;
pub mod restore;
pub mod scripts;
pub mod send;
pub mod serve;
pub mod triage;
pub mod user;
pub mod verify_audit;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};

use crate::output;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All went well: exit status 0.
    Done,
    /// Some of it did not: exit status 1.
    Partly,
    /// Nothing could be done: exit status 2.
    Nothing,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Partly => Self::from(1),
            Outcome::Nothing => Self::from(2),
        }
    }
}

/// Review operations desk 评心: bad reviews become cases, and cases come to a good end.
#[derive(Debug, Parser)]
#[command(name = "pingxin", version, propagate_version = true, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the desk: web pages, API and background work
    Serve(serve::Arguments),
    /// Bring in files of reviews and orders
    Import(import::Arguments),
    /// Take reviews, orders or cases out as a file
    Export(export::Arguments),
    /// Read reviews as JSON Lines and say what each complains of
    Triage(triage::Arguments),
    /// Check outgoing texts as JSON Lines against the rules of platforms and law
    Check(check::Arguments),
    /// Count rating, order and claim events and write the figures a platform shows
    Figures(figures::Arguments),
    /// Read the facts of cases and write the plan of each
    Plan(plan::Arguments),
    /// Look at the policy packs, check them, see what changed
    Packs(packs::Arguments),
    /// Look at the reply scripts and check files of them
    Scripts(scripts::Arguments),
    /// Train and judge the text model
    Model(model::Arguments),
    /// Make or wipe the demo shop group
    Demo(demo::Arguments),
    /// Add and list people, set passwords
    User(user::Arguments),
    /// Send what is due in the outbox, without the desk
    Send(send::Arguments),
    /// Look for things in the database that should not be
    Doctor(doctor::Arguments),
    /// Save everything in one file, also while the desk is in use
    Backup(backup::Arguments),
    /// Restore a backup into a new or empty database
    Restore(restore::Arguments),
    /// Follow the audit and name the first entry that is not as it was written
    VerifyAudit(verify_audit::Arguments),
    /// Print the description of the HTTP API
    Openapi,
    /// Parse a file within bounds, for the process that started this one
    #[command(hide = true)]
    ParseFile,
}

impl Command {
    fn run(self) -> anyhow::Result<ExitCode> {
        let outcome = match self {
            Self::Serve(arguments) => serve::run(arguments),
            Self::Import(arguments) => import::run(arguments),
            Self::Export(arguments) => export::run(arguments),
            Self::Triage(arguments) => triage::run(arguments),
            Self::Check(arguments) => check::run(arguments),
            Self::Figures(arguments) => figures::run(arguments),
            Self::Plan(arguments) => plan::run(arguments),
            Self::Packs(arguments) => packs::run(arguments),
            Self::Scripts(arguments) => scripts::run(arguments),
            Self::Model(arguments) => model::run(arguments),
            Self::Demo(arguments) => demo::run(arguments),
            Self::User(arguments) => user::run(arguments),
            Self::Send(arguments) => send::run(arguments),
            Self::Doctor(arguments) => doctor::run(arguments),
            Self::Backup(arguments) => backup::run(arguments),
            Self::Restore(arguments) => restore::run(arguments),
            Self::VerifyAudit(arguments) => verify_audit::run(arguments),
            Self::Openapi => openapi::run(),
            Self::ParseFile => return Ok(pingxin_channels::files::child::run()),
        };
        outcome.map(ExitCode::from)
    }
}

/// Runs asynchronous work to its end.
///
/// # Errors
/// What the work says, or that the machine has no threads left.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting threads")?
        .block_on(work)
}

/// Runs the program with these arguments (the first is its own name).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match CommandLine::try_parse_from(arguments) {
        Ok(line) => line.command,
        Err(refused) => {
            // `--help` and `--version` are answers, not errors: clap knows which stream each belongs to.
            let code = refused.exit_code();
            let _ = refused.print();
            return if code == 0 { ExitCode::SUCCESS } else { Outcome::Nothing.into() };
        }
    };
    match command.run() {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::note(&format!("error: {error:#}"));
            Outcome::Nothing.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn the_parser_of_files_is_not_offered_to_people() {
        let help = CommandLine::command().render_long_help().to_string();
        assert!(help.contains("import") && help.contains("doctor"));
        assert!(!help.contains("parse-file"));
    }

    #[test]
    fn help_is_no_failure_and_nonsense_is() {
        let status = |words: &[&str]| format!("{:?}", run(words.iter().map(OsString::from)));
        assert_eq!(status(&["pingxin", "--version"]), format!("{:?}", ExitCode::SUCCESS));
        assert_eq!(status(&["pingxin", "fly"]), format!("{:?}", ExitCode::from(2)));
    }
}
