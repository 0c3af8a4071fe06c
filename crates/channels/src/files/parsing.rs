//! The parent's side of the reading process.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

use super::frame::{Frame, Header, RawRow};
use super::refusal::{FileError, Refusal, RefusalCode};
use super::request::ParseRequest;
use super::wire::{self, Message};

/// The child is given up when it says nothing for so long.
const SILENCE: Duration = Duration::from_secs(120);

/// A file being read by a child process. Dropping it ends the child.
#[derive(Debug)]
pub struct Parsing {
    child: Child,
    /// Kept open: its end tells the child that nobody listens any more.
    _stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    header: Header,
    ahead: VecDeque<Frame>,
    bytes_read: u64,
    rows: u64,
    ended: bool,
    payload: Vec<u8>,
}

/// Starts `program parse-file`, hands it the request, and waits for the header.
///
/// # Errors
/// [`FileError::Refused`] when the file is refused before its first row; [`FileError::Reader`] when the
/// process cannot be started or spoken to.
pub async fn open(program: &Path, request: &ParseRequest) -> Result<Parsing, FileError> {
    let reader = |source: io::Error| FileError::Reader { source };
    let mut child = Command::new(program)
        .arg("parse-file")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(reader)?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(reader(io::Error::other("the process has no pipes")));
    };
    tokio::spawn(async move {
        let mut lines = BufReader::new(stderr).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            tracing::warn!(target: "pingxin::parse_file", "{line}");
        }
    });
    let mut line = serde_json::to_vec(request).map_err(|error| reader(error.into()))?;
    line.push(b'\n');
    // A child that is gone already says why by its exit; a broken pipe says less.
    let _ = stdin.write_all(&line).await;
    let mut parsing = Parsing {
        child,
        _stdin: stdin,
        stdout: BufReader::with_capacity(64 << 10, stdout),
        header: Header {
            format: super::format::Format::Csv,
            encoding: String::new(),
            delimiter: None,
            sheet: None,
            columns: Vec::new(),
            bytes: 0,
        },
        ahead: VecDeque::new(),
        bytes_read: 0,
        rows: 0,
        ended: false,
        payload: Vec::new(),
    };
    loop {
        match parsing.message().await? {
            Message::Header(header) => {
                parsing.header = header;
                return Ok(parsing);
            }
            Message::Progress(bytes_read) => parsing.bytes_read = bytes_read,
            Message::Refused(refusal) => return Err(refusal.into()),
            Message::Rows(_)
            | Message::Failed(..)
            | Message::Media(_)
            | Message::MediaRefused(_)
            | Message::End(_) => {
                return Err(reader(io::Error::other("rows came before the header")));
            }
        }
    }
}

impl Parsing {
    /// What was found before the first row.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Bytes of the file read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The first rows, read ahead for guessing the columns: at least `rows` of them unless the file is
    /// shorter. [`Self::next`] gives them again.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub async fn sample(&mut self, rows: usize) -> Result<Vec<RawRow>, FileError> {
        let mut sample: Vec<RawRow> = Vec::new();
        for frame in &self.ahead {
            if let Frame::Rows(some) = frame {
                sample.extend_from_slice(some);
            }
        }
        // Photos come after the last row; read ahead, all of them would be held in memory.
        while sample.len() < rows && !self.ahead.back().is_some_and(Frame::is_of_media) {
            let Some(frame) = self.read_on().await? else { break };
            if let Frame::Rows(some) = &frame {
                sample.extend_from_slice(some);
            }
            self.ahead.push_back(frame);
        }
        Ok(sample)
    }

    /// The next piece; none when the file was read to its end.
    ///
    /// # Errors
    /// [`FileError::Refused`] when the rest of the file is refused, or the child died: of memory, of time,
    /// of a fault in a library. Rows given before stay true.
    pub async fn next(&mut self) -> Result<Option<Frame>, FileError> {
        match self.ahead.pop_front() {
            Some(frame) => Ok(Some(frame)),
            None => self.read_on().await,
        }
    }

    async fn read_on(&mut self) -> Result<Option<Frame>, FileError> {
        if self.ended {
            return Ok(None);
        }
        match self.message().await? {
            Message::Rows(rows) => {
                self.rows += rows.len() as u64;
                Ok(Some(Frame::Rows(rows)))
            }
            Message::Failed(failure, cells) => {
                self.rows += 1;
                Ok(Some(Frame::Failed { failure, cells }))
            }
            Message::Progress(bytes_read) => {
                self.bytes_read = bytes_read;
                Ok(Some(Frame::Progress { bytes_read }))
            }
            Message::Media(file) => Ok(Some(Frame::Media(file))),
            Message::MediaRefused(refused) => Ok(Some(Frame::MediaRefused(refused))),
            Message::End(rows) if rows == self.rows => {
                self.ended = true;
                Ok(None)
            }
            Message::End(_) => {
                Err(FileError::Reader { source: io::Error::other("rows were lost on the way") })
            }
            Message::Refused(refusal) => Err(refusal.into()),
            Message::Header(_) => Err(FileError::Reader { source: io::Error::other("a second header came") }),
        }
    }

    async fn message(&mut self) -> Result<Message, FileError> {
        match timeout(SILENCE, self.read_message()).await {
            Ok(Ok(message)) => Ok(message),
            Ok(Err(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(self.cause_of_death().await)
            }
            Ok(Err(source)) => Err(FileError::Reader { source }),
            Err(_) => Err(too_slow().into()),
        }
    }

    async fn read_message(&mut self) -> io::Result<Message> {
        let kind = self.stdout.read_u8().await?;
        let length = usize::try_from(self.stdout.read_u32_le().await?).unwrap_or(usize::MAX);
        if length > wire::MAX_PAYLOAD {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the reading process sent too long a message",
            ));
        }
        self.payload.clear();
        self.payload.resize(length, 0);
        self.stdout.read_exact(&mut self.payload).await?;
        wire::read(kind, &mut self.payload)
    }

    /// The pipe ended without a last word: asks the system why.
    async fn cause_of_death(&mut self) -> FileError {
        match timeout(Duration::from_secs(10), self.child.wait()).await {
            Ok(Ok(status)) => verdict(status).into(),
            Ok(Err(source)) => FileError::Reader { source },
            Err(_) => too_slow().into(),
        }
    }
}

fn too_slow() -> Refusal {
    Refusal::new(
        RefusalCode::TooSlow,
        "读取这个文件花的时间太长，已停止。请分成几个文件，或另存为 CSV 再导入。",
        "Reading the file took too long and was stopped. Split it, or save it as CSV, and import that.",
    )
}

#[cfg(unix)]
fn verdict(status: ExitStatus) -> Refusal {
    use std::os::unix::process::ExitStatusExt;
    // Rust aborts (SIGABRT) when an allocation is refused; the system kills (SIGKILL) when memory runs out.
    match status.signal() {
        Some(6 | 9 | 11) => out_of_memory(),
        Some(24) => too_slow(),
        _ => stopped(status),
    }
}

#[cfg(not(unix))]
fn verdict(status: ExitStatus) -> Refusal {
    stopped(status)
}

fn out_of_memory() -> Refusal {
    Refusal::new(
        RefusalCode::OutOfMemory,
        "读取这个文件需要的内存超过了允许的上限，已停止。请用 Excel 打开，另存为 CSV（或分成几个文件）再导入。",
        "Reading the file needed more memory than is allowed and was stopped. Open it in Excel, save it as CSV (or in several files) and import that.",
    )
}

fn stopped(status: ExitStatus) -> Refusal {
    Refusal::new(
        RefusalCode::ReaderStopped,
        format!("读取文件的进程意外结束（{status}）。请重新导出文件再试；若仍不行，请把日志发给管理员。"),
        format!(
            "The process that reads files ended unexpectedly ({status}). Export the file again and try once more; if it stays so, send the log to whoever runs this server."
        ),
    )
}
