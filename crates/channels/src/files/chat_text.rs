//! Chats as the clients of platforms write them into a text file (千牛, 旺旺): a line of who and when, then the words
//! up to the next such line. They become a table of five columns, so that everything behind it is as usual.

mod conversation;
mod head;

use std::borrow::Cow;
use std::io::Read;

use pingxin_domain::Say;
use pingxin_domain::intake::RowFailure;

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

/// Whether the first filled line is a head; no header of a table has an instant.
pub(super) fn starts_with_head(prefix: &[u8]) -> bool {
    let text = String::from_utf8_lossy(prefix);
    text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| head::read(line).is_some())
}

/// A message that is being read.
struct Message {
    line: u64,
    instant: String,
    name: String,
    words: String,
    /// Some of its bytes were no text, in its head or in its words.
    broken: bool,
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
    while let Some(whole) = read_line(&mut text, &mut bytes, most).map_err(cannot_read)? {
        number += 1;
        let line = String::from_utf8_lossy(bytes.strip_suffix(b"\r").unwrap_or(&bytes));
        // A line longer than any cell is cut, perhaps inside a letter; that is no fault of its bytes.
        let broken = whole && matches!(line, Cow::Owned(_));
        if let Some(head) = head::read(&line) {
            emit(message.take(), found, out)?;
            message = Some(Message {
                line: number,
                instant: head.instant.to_owned(),
                name: head.name.to_owned(),
                words: head.words.to_owned(),
                broken,
                with: with.clone(),
            });
            parted = false;
        } else if is_separator(&line) {
            parted = true;
        } else if parted && with.take(&line) {
            // Said once, it holds until it is said anew.
        } else if let Some(message) = &mut message {
            message.add(&line, most);
            message.broken |= broken;
        }
        out.progress(text.bytes_read())?;
    }
    emit(message, found, out)
}

impl Message {
    fn add(&mut self, line: &str, most: usize) {
        if !self.words.is_empty() {
            self.words.push('\n');
        }
        let room = most.saturating_sub(self.words.len());
        self.words.push_str(&line[..line.floor_char_boundary(room)]);
    }
}

fn emit(message: Option<Message>, found: &Found, out: &mut Emitter<'_>) -> Result<(), Stop> {
    let Some(message) = message else { return Ok(()) };
    let Message { line, instant, name, words, broken, with } = message;
    let cells = [instant, name, words.trim_end().to_owned(), with.buyer, with.order];
    if !broken {
        return out.row(line, cells.iter().map(String::as_str));
    }
    let encoding = found.name();
    let failure = RowFailure::cell(
        line,
        COLUMNS[2],
        &cells[2],
        Say::new(
            format!(
                "这条消息里有不是 {encoding} 的字节，无法读出。请用正确的编码重新导出，或用 --encoding 指明编码。"
            ),
            format!(
                "The message holds bytes that are not {encoding}. Export it again in the right encoding, or name the encoding with --encoding."
            ),
        ),
    );
    out.fail(failure, kept(cells.iter()))
}
