//! Data goes to standard output, everything else to standard error; a reader who has gone away is no failure.

use std::io::{self, Write};

use anyhow::Context;
use serde::Serialize;

/// Writes one line of data.
///
/// # Errors
/// When standard output cannot be written; a closed pipe is told apart by [`is_broken_pipe`].
pub fn line(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).context("standard output")?;
    out.write_all(b"\n").context("standard output")?;
    // A server's first line must reach the reader of a pipe before the server is asked to stop.
    out.flush().context("standard output")
}

/// Writes one line of JSON.
///
/// # Errors
/// As [`line()`].
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(&serde_json::to_string(value).context("an answer as JSON")?)
}

/// Tells the person at the terminal something that is no data.
pub fn note(text: &str) {
    // Nothing can be done, and nobody told, when standard error itself is gone.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether the person at the terminal reads Chinese, as the usual variables say.
#[must_use]
pub fn speaks_chinese() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    set("LC_ALL")
        .or_else(|| set("LC_MESSAGES"))
        .or_else(|| set("LANG"))
        .is_some_and(|locale| locale.starts_with("zh"))
}

/// Whether the reader of standard output went away (`pingxin export … | head`).
#[must_use]
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_who_left_is_told_from_a_full_disk() {
        let left = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("standard output");
        let full =
            anyhow::Error::from(io::Error::from(io::ErrorKind::StorageFull)).context("standard output");
        assert!(is_broken_pipe(&left));
        assert!(!is_broken_pipe(&full));
    }
}
