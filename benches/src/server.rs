//! The running server: time to listening, memory at rest, size of the program; and a session to ask it with.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde_json::json;

use crate::conversation::Conversation;
use crate::figures::{Budget, Figures};
use crate::memory;
use crate::percentile::Times;
use crate::program::Program;

/// A started server; it ends with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: SocketAddr,
    /// Lines that it prints, until it ends.
    lines: Receiver<String>,
    /// From starting the process to the first answered request.
    pub started_in: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is gone afterwards.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts the server on a free port and waits until it has answered.
    ///
    /// # Errors
    /// When it ends, or does not answer within 30 seconds; what it said is in the message.
    pub fn start(program: &Program, folder: &Path, database: &str) -> anyhow::Result<Self> {
        let said = tempfile::NamedTempFile::new()?;
        let began = Instant::now();
        let mut child = program
            .command(folder, &["serve", "--db", database, "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(said.reopen()?)
            .spawn()
            .context("the server does not start")?;
        let lines = follow(&mut child)?;
        let first = lines.recv_timeout(Duration::from_secs(30));
        let address = first.ok().and_then(|line| line.trim().strip_prefix("http://")?.parse().ok());
        let Some(address) = address else {
            let _ = child.kill();
            let _ = child.wait();
            bail!("the server does not say where it listens: {}", std::fs::read_to_string(said.path())?);
        };
        let mut server = Self { child, address, lines, started_in: Duration::ZERO };
        ensure!(Conversation::open(address)?.get("/healthz")?.status == 200, "the server is not well");
        server.started_in = began.elapsed();
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes the owner with the token that the server printed, and so a session.
    ///
    /// # Errors
    /// When no token comes, or the server refuses it.
    pub fn session(&self) -> anyhow::Result<Conversation> {
        let token = loop {
            let line = self
                .lines
                .recv_timeout(Duration::from_secs(10))
                .context("the server prints no setup page")?;
            if let Some((_, token)) = line.split_once("token=") {
                break token.trim().to_owned();
            }
        };
        let mut conversation = Conversation::open(self.address)?;
        let owner = json!({"token": token, "login": "owner", "display_name": "Owner",
            "password": "correct horse battery staple", "tenant_name": "Benchmark"});
        conversation.post("/api/v1/setup/owner", &owner)?.json()?;
        Ok(conversation)
    }
}

/// Reads what the server prints on a thread of its own, so that it never waits for a reader.
fn follow(child: &mut Child) -> anyhow::Result<Receiver<String>> {
    let output = child.stdout.take().context("the server's output")?;
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Nobody listens any more once the token was found.
            let _ = sender.send(line);
        }
    });
    Ok(lines)
}

/// The size of the program, and its start on an empty database.
pub fn measure(program: &Program, folder: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    figures.add("size of the program", program.size()?, "MB", Budget::Below(40.0))?;
    let database = folder.join("start.db").display().to_string();
    drop(Server::start(program, folder, &database)?);
    measure_at_rest(program, folder, &database, figures)
}

/// Starts the server several times on a database that exists, and lets the last one rest.
pub fn measure_at_rest(
    program: &Program,
    folder: &Path,
    database: &str,
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let mut starts = Times::default();
    for _ in 0..9 {
        starts.add(Server::start(program, folder, database)?.started_in);
    }
    figures.add(
        "start to the first answer (median of 9)",
        starts.percentile(50),
        "ms",
        Budget::Below(50.0),
    )?;
    let server = Server::start(program, folder, database)?;
    std::thread::sleep(Duration::from_secs(3));
    match memory::of_process(server.child.id()) {
        Some(megabytes) => figures.add("memory at rest", megabytes, "MB", Budget::Below(60.0))?,
        None => figures.note("memory is not measured: this system does not tell")?,
    }
    Ok(())
}
