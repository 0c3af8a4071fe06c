//! How far an import has come, for the person at the terminal.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use pingxin_desk::import::SoFar;

/// A line that is written over may change often; one that stays must not fill a log.
const OVER: Duration = Duration::from_millis(200);
const ANEW: Duration = Duration::from_secs(10);

/// Tells of one file.
pub struct Progress {
    name: String,
    terminal: bool,
    started: Instant,
    told: Option<Instant>,
}

impl Progress {
    /// Begins to tell of a file; says nothing before something is worth telling.
    pub fn of(name: &str) -> Self {
        Self { name: name.to_owned(), terminal: stderr().is_terminal(), started: Instant::now(), told: None }
    }

    /// Tells how far it has come, if it is time.
    pub fn tell(&mut self, so_far: SoFar) {
        let pause = if self.terminal { OVER } else { ANEW };
        if self.told.unwrap_or(self.started).elapsed() < pause {
            return;
        }
        self.told = Some(Instant::now());
        let line = line(&self.name, so_far, self.started.elapsed());
        let mut out = stderr().lock();
        // Nobody can be told when standard error itself is gone.
        let _ = if self.terminal { write!(out, "\r\x1b[2K{line}") } else { writeln!(out, "{line}") };
        let _ = out.flush();
    }

    /// Leaves the line free for what comes next.
    pub fn end(&self) {
        if self.terminal && self.told.is_some() {
            let mut out = stderr().lock();
            let _ = write!(out, "\r\x1b[2K");
            let _ = out.flush();
        }
    }
}

fn line(name: &str, so_far: SoFar, elapsed: Duration) -> String {
    let percent = (100 * so_far.bytes_read.min(so_far.bytes)).checked_div(so_far.bytes).unwrap_or(0);
    let seconds = elapsed.as_secs_f64();
    let speed = if seconds > 0.0 { so_far.rows as f64 / seconds } else { 0.0 };
    format!("{name}: {percent} %, {} rows, {speed:.0} rows/s", so_far.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_much_and_how_fast() {
        let so_far = SoFar { rows: 30_000, bytes_read: 50, bytes: 200 };
        assert_eq!(line("a.csv", so_far, Duration::from_secs(3)), "a.csv: 25 %, 30000 rows, 10000 rows/s");
        let nothing = SoFar { rows: 0, bytes_read: 0, bytes: 0 };
        assert_eq!(line("a.csv", nothing, Duration::ZERO), "a.csv: 0 %, 0 rows, 0 rows/s");
    }
}
