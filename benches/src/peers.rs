//! The speed of other readers over the same file: fastText and SnowNLP, installed into an environment that is thrown away.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;

const SCRIPT: &str = include_str!("../peers.py");

/// One peer: its name, and its reviews a second or why it was not measured.
pub struct Peer {
    pub name: String,
    pub rate: Result<f64, String>,
}

/// Measures both on the first `rows` lines of `file`; the error is a sentence that says why there are none.
pub fn measure(folder: &Path, file: &Path, rows: usize) -> anyhow::Result<Result<Vec<Peer>, String>> {
    let environment = folder.join("peers");
    let python = environment.join("bin/python");
    let quiet = |command: &mut Command| command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let made = quiet(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    if !made.is_ok_and(|status| status.success()) {
        return Ok(Err("there is no python3 with venv".to_owned()));
    }
    let packages = ["numpy", "fasttext-wheel", "snownlp"];
    let installed = quiet(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages));
    if !installed.is_ok_and(|status| status.success()) {
        return Ok(Err("pip could not install fasttext and snownlp here".to_owned()));
    }
    let script = folder.join("peers.py");
    std::fs::write(&script, SCRIPT)?;
    let run = Command::new(&python)
        .arg(&script)
        .arg(file)
        .arg(rows.to_string())
        .env("OMP_NUM_THREADS", "1")
        .output()
        .context("the peers did not run")?;
    let peers = String::from_utf8_lossy(&run.stdout).lines().filter_map(read).collect();
    Ok(Ok(peers))
}

fn read(line: &str) -> Option<Peer> {
    let (name, rest) = line.split_once(' ')?;
    let rate = rest.parse().map_err(|_| rest.to_owned());
    Some(Peer { name: name.to_owned(), rate })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_read_and_a_missing_peer_said() {
        assert_eq!(read("fasttext 41234.5").unwrap().rate, Ok(41234.5));
        let missing = read("snownlp missing ImportError no module").unwrap();
        assert_eq!((missing.name.as_str(), missing.rate.is_err()), ("snownlp", true));
    }
}
