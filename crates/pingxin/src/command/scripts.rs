//! `pingxin scripts`: which reply scripts the program carries, and whether files of scripts are whole and pass the guard.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use pingxin_domain::guard::{Guard, Verdict};
use pingxin_domain::pack::Packs;
use pingxin_domain::script::{self, CHECKED, Script};
use pingxin_store::clock::{Clock as _, SystemClock};
use serde_json::json;

use super::Outcome;
use crate::output;

/// Look at the reply scripts 话术.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Write JSON, one object a line
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every script that the program carries
    List,
    /// Send every script through the guard, in every language and wherever it may go; names file, line and key of what is no script
    Check {
        /// Files to check instead of the scripts that the program carries
        files: Vec<PathBuf>,
    },
}

/// Runs the command: [`Outcome::Partly`] when a file is refused or the guard stops a script.
///
/// # Errors
/// When a file cannot be read, or the answer cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.action {
        Action::List => list(arguments.json),
        Action::Check { files } => check(&files, arguments.json),
    }
}

fn list(as_json: bool) -> anyhow::Result<Outcome> {
    for script in script::shipped() {
        if as_json {
            output::json(script)?;
            continue;
        }
        let causes: Vec<&str> = script.causes.iter().map(|cause| cause.as_str()).collect();
        let title = script.title.pick(output::speaks_chinese());
        output::line(&format!(
            "{:<28} {:<14} {title}  [{}]",
            script.key,
            script.step.code(),
            causes.join(", ")
        ))?;
    }
    Ok(Outcome::Done)
}

fn check(files: &[PathBuf], as_json: bool) -> anyhow::Result<Outcome> {
    let mut whole = true;
    let mut read: Vec<Script> = Vec::new();
    for path in files {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        match script::read(&path.display().to_string(), &text) {
            Ok(scripts) => read.extend(scripts),
            Err(refused) => {
                whole = false;
                output::note(&format!("refused: {refused}"));
            }
        }
    }
    let scripts = if files.is_empty() { script::shipped() } else { &read };
    let (guard, packs) = (Guard::shared(), Packs::embedded());
    let on = SystemClock.now().to_zoned(TimeZone::UTC).date();
    let places = script::places(packs, on, &CHECKED);
    for script in scripts {
        for offence in script.offences(guard, &places) {
            whole &= offence.check.verdict <= Verdict::Warn;
            let (platform, channel, language) =
                (offence.platform, offence.channel.code(), offence.language.code());
            if as_json {
                output::json(&json!({
                    "key": script.key, "platform": platform, "channel": channel, "language": language,
                    "text": offence.text, "verdict": offence.check.verdict, "findings": offence.check.findings,
                }))?;
                continue;
            }
            for finding in &offence.check.findings {
                let why = finding.why.pick(output::speaks_chinese());
                let verdict = finding.severity.code();
                output::line(&format!(
                    "{} {platform} {channel} {language}: {verdict} {} {why}",
                    script.key, finding.rule
                ))?;
            }
        }
    }
    output::note(&format!("{} scripts", scripts.len()));
    Ok(if whole { Outcome::Done } else { Outcome::Partly })
}
