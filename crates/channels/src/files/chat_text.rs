//! Chats as the clients of platforms write them into a text file (千牛, 旺旺): a line of who and when, then the words
//! up to the next such line. They become a table of five columns, so that everything behind it is as usual.

mod conversation;
mod head;

use std::io::Read;

use pingxin_domain::intake::{RowFailure, Say};

use self::conversation::{Conversation, is_separator};
use super::encoding::{Decoded, Found};
use super::format::Format;
use super::frame::Header;
use super::lines::read_line;
use super::parse::cannot_read;
use super::request::ParseRequest;
use super::sink::{Emitter, Stop, kept};

/// Columns of the table.
const COLUMNS: [&str; 5] = ["时间", "发送人", "内容", "买家", "订单编号"];
/// Filled lines that are looked at.
const LOOK: usize = 50;

/// Whether a text begins as a chat does: at least two heads, and words below most of them.
pub(super) fn is_one(prefix: &[u8]) -> bool {
    let text = String::from_utf8_lossy(prefix);
    let (mut heads, mut answered, mut open) = (0, 0, false);
    for line in text.lines().filter(|line| !line.trim().is_empty() && !is_separator(line)).take(LOOK) {
        match head::read(line) {
            Some(head) => {
                heads += 1;
                answered += usize::from(!head.words.is_empty());
                open = head.words.is_empty();
            }
            None => {
                answered += usize::from(open);
                open = false;
            }
        }
    }
    heads >= 2 && answered * 2 >= heads
}

/// A message that is being read.
struct Message {
    line: u64,
    instant: String,
    name: String,
    words: Vec<u8>,
    /// Longer than any cell, and cut, perhaps inside a letter.
    cut: bool,
    with: Conversation,
}

/// Reads a chat; `source` stands at the beginning, `prefix` is its beginning as UTF-8.
pub(super) fn read<R: Read>(
    source: R,
    size: u64,
    found: &Found,
    prefix: &[u8],
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    out.header(&Header {
        format: Format::Text,
        encoding: found.name(),
        delimiter: None,
        sheet: None,
        columns: COLUMNS.map(str::to_owned).into(),
        bytes: size,
    })?;
    // A letter has four bytes at most; whether a message is really too long is counted in letters later.
    let most = request.limits.cell_characters.saturating_mul(4) + 4;
    let mut text = Decoded::new(source, found).map_err(cannot_read)?;
    let mut with = Conversation::of_two(&String::from_utf8_lossy(prefix));
    let mut message: Option<Message> = None;
    let mut parted = true;
    let (mut number, mut bytes) = (0, Vec::new());
    while read_line(&mut text, &mut bytes, most).map_err(cannot_read)?.is_some() {
        number += 1;
        let line = bytes.strip_suffix(b"\r").unwrap_or(&bytes);
        let readable = std::str::from_utf8(line).unwrap_or_default();
        if let Some(head) = head::read(readable) {
            emit(message.take(), found, out)?;
            message = Some(Message {
                line: number,
                instant: head.instant.to_owned(),
                name: head.name.to_owned(),
                words: head.words.as_bytes().to_vec(),
                cut: false,
                with: with.clone(),
            });
            parted = false;
        } else if is_separator(readable) {
            parted = true;
        } else if parted && with.take(readable) {
            // Said once, it holds until it is said anew.
        } else if let Some(message) = &mut message {
            message.add(line, most);
        }
        out.progress(text.bytes_read())?;
    }
    emit(message, found, out)
}

impl Message {
    fn add(&mut self, line: &[u8], most: usize) {
        if !self.words.is_empty() {
            self.words.push(b'\n');
        }
        let room = most.saturating_sub(self.words.len());
        self.cut |= line.len() > room;
        self.words.extend_from_slice(&line[..line.len().min(room)]);
    }
}

fn emit(message: Option<Message>, found: &Found, out: &mut Emitter<'_>) -> Result<(), Stop> {
    let Some(message) = message else { return Ok(()) };
    let Message { line, instant, name, words, cut, with } = message;
    let cells = |words: &str| {
        [instant.clone(), name.clone(), words.trim_end().to_owned(), with.buyer.clone(), with.order.clone()]
    };
    match std::str::from_utf8(&words) {
        Ok(words) => out.row(line, cells(words).iter().map(String::as_str)),
        Err(_) if cut => {
            let words = String::from_utf8_lossy(&words).into_owned();
            out.row(line, cells(&words).iter().map(String::as_str))
        }
        Err(_) => {
            let (words, encoding) = (String::from_utf8_lossy(&words).into_owned(), found.name());
            let failure = RowFailure::cell(
                line,
                COLUMNS[2],
                &words,
                Say::new(
                    format!(
                        "这条消息里有不是 {encoding} 的字节，无法读出。请用正确的编码重新导出，或用 --encoding 指明编码。"
                    ),
                    format!(
                        "The message holds bytes that are not {encoding}. Export it again in the right encoding, or name the encoding with --encoding."
                    ),
                ),
            );
            out.fail(failure, kept(cells(&words).iter()))
        }
    }
}
