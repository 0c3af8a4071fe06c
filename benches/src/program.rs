//! Runs the measured program's commands.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::memory;

/// The master key of every measured database: what fills them seals as the program does.
pub const KEY: &str = "0b6f1f7f8c2e4d5a9b3c7d1e2f405162738495a6b7c8d9eaf0b1c2d3e4f50617";

/// How often memory is looked at while a command runs.
const LOOK: Duration = Duration::from_millis(20);

/// The measured program.
#[derive(Debug, Clone)]
pub struct Program(PathBuf);

/// How a command went.
#[derive(Debug)]
pub struct Run {
    /// From start to end.
    pub time: Duration,
    /// How long it and its children had a processor, to the hundredth of a second; none where the system does not tell.
    /// Unlike `time` it is the same beside other work.
    pub processor: Option<Duration>,
    /// The most memory that it and its children held together, in megabytes; 0 where the system does not tell.
    pub peak: f64,
    /// What it wrote to standard output.
    pub output: String,
}

impl Program {
    /// Makes sure that it can be run.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn new(path: &Path) -> anyhow::Result<Self> {
        let path = path.canonicalize().with_context(|| format!("no program at {}", path.display()))?;
        Ok(Self(path))
    }

    /// Size of its file, in megabytes.
    pub fn size(&self) -> anyhow::Result<f64> {
        Ok(self.0.metadata()?.len() as f64 / 1_000_000.0)
    }

    /// A command of the program that keeps its things in this folder.
    pub fn command(&self, folder: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(words).env("PINGXIN_DATA", folder).env_remove("PINGXIN_DB").env("PINGXIN_KEY", KEY);
        command
    }

    /// Runs a command to its end and watches its memory.
    ///
    /// # Errors
    /// When it fails; what it said is in the message.
    pub fn run(&self, folder: &Path, words: &[&str]) -> anyhow::Result<Run> {
        let said = tempfile::NamedTempFile::new()?;
        let written = tempfile::NamedTempFile::new()?;
        let (started, before) = (Instant::now(), processor_of_children());
        let mut child = self
            .command(folder, words)
            .stdin(Stdio::null())
            .stdout(written.reopen()?)
            .stderr(said.reopen()?)
            .spawn()
            .with_context(|| format!("pingxin {}", words.join(" ")))?;
        let (status, peak) = watch(&mut child)?;
        let time = started.elapsed();
        if !status {
            let said = std::fs::read_to_string(said.path())?;
            let tail: Vec<&str> = said.lines().rev().take(5).collect();
            bail!(
                "pingxin {} failed: {}",
                words.join(" "),
                tail.into_iter().rev().collect::<Vec<_>>().join(" / ")
            );
        }
        let processor =
            processor_of_children().zip(before).map(|(after, before)| after.saturating_sub(before));
        Ok(Run { time, processor, peak, output: std::fs::read_to_string(written.path())? })
    }
}

/// How long the children that have ended had a processor; none where the system does not tell.
fn processor_of_children() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold blanks, the fields 16 and 17: hundredths of a second for programs and for the system.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let hundredths = |place: usize| fields.get(place)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (hundredths(13)? + hundredths(14)?)))
}

fn watch(child: &mut Child) -> anyhow::Result<(bool, f64)> {
    let mut peak: f64 = 0.0;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((status.success(), peak));
        }
        peak = peak.max(memory::of_family(child.id()).unwrap_or(0.0));
        std::thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_says_what_it_said() {
        let folder = tempfile::tempdir().unwrap();
        let shell = Program::new(Path::new("/bin/sh")).unwrap();
        let error = shell.run(folder.path(), &["-c", "echo gone wrong >&2; exit 3"]).unwrap_err().to_string();
        assert!(error.contains("gone wrong"), "{error}");
        let run = shell.run(folder.path(), &["-c", "echo $PINGXIN_DATA"]).unwrap();
        assert_eq!(run.output.trim(), folder.path().display().to_string());
        let busy =
            shell.run(folder.path(), &["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]).unwrap();
        assert!(
            busy.processor.is_none_or(|spent| spent > Duration::ZERO && spent <= busy.time * 2),
            "{busy:?}"
        );
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = Program::new(Path::new("no/such/program")).unwrap_err().to_string();
        assert!(error.contains("no/such/program"));
    }
}
