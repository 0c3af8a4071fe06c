//! The reading process: `pingxin parse-file`, hidden from the help.
//!
//! It reads one request from standard input, limits itself, and answers on standard output (`wire.rs`). It
//! holds no database and opens no connection; its environment is empty. Whatever a file does to it (memory,
//! time, a crash in a library) ends it and not the server. It dies with its parent: a thread waits for the
//! end of standard input, which closes when the parent is gone. (The kernel's parent-death signal is not
//! used: it fires when the parent's *thread* ends, and the threads of an async runtime come and go.)

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

use pingxin_domain::intake::RowFailure;

use super::frame::{Header, MediaFile, MediaRefused};
use super::parse::{cannot_read, parse};
use super::refusal::{Refusal, RefusalCode};
use super::request::{Limits, ParseRequest};
use super::sink::{Sink, Stop};
use super::wire::{self, Batch};

/// Longest request line; paths are short.
const REQUEST_BYTES: u64 = 1 << 20;

/// Serves one request and ends. Exit 0: answered (a refusal is an answer); 2: no request understood;
/// 3: the parent is gone.
#[must_use]
pub fn run() -> ExitCode {
    let request = match read_request() {
        Ok(request) => request,
        Err(error) => {
            complain(&format!("no request: {error}"));
            return ExitCode::from(2);
        }
    };
    if let Err(error) = limit(&request.limits) {
        complain(&format!("cannot limit itself: {error}"));
        return ExitCode::from(2);
    }
    std::thread::spawn(die_with_parent);
    let mut pipe = Pipe(BufWriter::with_capacity(64 << 10, io::stdout().lock()));
    let sent = match read_file(&request, &mut pipe) {
        Ok(rows) => wire::write_end(&mut pipe.0, rows),
        Err(Stop::Refused(refusal)) => wire::write_refused(&mut pipe.0, &refusal),
        Err(Stop::Sink(error)) => Err(error),
    };
    match sent.and_then(|()| pipe.0.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(3),
    }
}

fn complain(message: &str) {
    // Standard error may be closed as well; there is nobody else to tell.
    let _ = writeln!(io::stderr(), "parse-file: {message}");
}

/// One line, byte by byte, so that nothing behind it is taken from the watching thread.
fn read_request() -> io::Result<ParseRequest> {
    let mut line = Vec::new();
    for byte in io::stdin().lock().take(REQUEST_BYTES).bytes() {
        match byte? {
            b'\n' => break,
            other => line.push(other),
        }
    }
    Ok(serde_json::from_slice(&line)?)
}

fn die_with_parent() {
    let mut nothing = [0; 1];
    loop {
        match io::stdin().lock().read(&mut nothing) {
            Ok(1..) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            _ => std::process::exit(3),
        }
    }
}

#[cfg(unix)]
fn limit(limits: &Limits) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let most = |value| Rlimit { current: Some(value), maximum: Some(value) };
    #[cfg(not(target_os = "macos"))]
    setrlimit(Resource::As, most(limits.child_memory_bytes))?;
    // The soft limit comes first, so that the parent sees the signal of this very limit.
    let seconds = limits.child_cpu_seconds;
    setrlimit(Resource::Cpu, Rlimit { current: Some(seconds), maximum: Some(seconds + 5) })?;
    setrlimit(Resource::Core, most(0))?;
    // It writes to its pipes only.
    setrlimit(Resource::Fsize, most(0))?;
    Ok(())
}

#[cfg(not(unix))]
fn limit(_limits: &Limits) -> io::Result<()> {
    Ok(())
}

fn read_file(request: &ParseRequest, pipe: &mut Pipe<impl Write>) -> Result<u64, Stop> {
    let file = File::open(&request.path).map_err(cannot_read)?;
    if !file.metadata().map_err(cannot_read)?.is_file() {
        let path = request.path.display();
        return Err(Refusal::new(
            RefusalCode::Unreadable,
            format!("“{path}”不是文件。请给出要导入的文件。"),
            format!("`{path}` is not a file. Name the file to import."),
        )
        .into());
    }
    parse(file, request, pipe)
}

struct Pipe<W: Write>(BufWriter<W>);

impl<W: Write> Sink for Pipe<W> {
    fn header(&mut self, header: &Header) -> io::Result<()> {
        wire::write_header(&mut self.0, header)?;
        self.0.flush()
    }

    fn rows(&mut self, batch: &Batch) -> io::Result<()> {
        wire::write_rows(&mut self.0, batch)
    }

    fn failed(&mut self, failure: &RowFailure, cells: &[String]) -> io::Result<()> {
        wire::write_failed(&mut self.0, failure, cells)
    }

    fn progress(&mut self, bytes_read: u64) -> io::Result<()> {
        wire::write_progress(&mut self.0, bytes_read)
    }

    fn media(&mut self, file: &MediaFile) -> io::Result<()> {
        wire::write_media(&mut self.0, file)
    }

    fn media_refused(&mut self, refused: &MediaRefused) -> io::Result<()> {
        wire::write_media_refused(&mut self.0, refused)
    }
}
