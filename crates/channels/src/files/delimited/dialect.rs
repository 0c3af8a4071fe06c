//! Which delimiter a table uses, and whether quotes mean anything in it.

use super::record::{Record, Records};
use crate::files::columns::is_known_header;
use crate::files::refusal::{Refusal, RefusalCode};
use crate::files::request::Limits;

/// How a table of text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// None when every line is one cell.
    pub(super) delimiter: Option<u8>,
    /// Whether a cell may be quoted.
    pub(super) quotes: bool,
    /// Bytes before the table (Excel's `sep=;`).
    pub(super) skip: usize,
    /// Line where the table begins.
    pub(super) line: u64,
}

const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];
const RECORDS: usize = 60;

/// Looks at the first records; `prefix` is the beginning of the file as UTF-8.
///
/// # Errors
/// [`RefusalCode::WrongFormat`] when a given delimiter is not one ASCII character.
pub(super) fn sniff(prefix: &[u8], given: Option<char>) -> Result<Dialect, Refusal> {
    let given = match given {
        None => None,
        Some(mark) if mark.is_ascii() && !matches!(mark, '"' | '\r' | '\n' | '\0') => Some(mark as u8),
        Some(mark) => {
            return Err(Refusal::new(
                RefusalCode::WrongFormat,
                format!("“{mark}”不能当分隔符。请用逗号、分号、制表符或竖线。"),
                format!("`{mark}` cannot be a delimiter. Use a comma, semicolon, tab or bar."),
            ));
        }
    };
    if let Some((mark, length)) = separator_line(prefix) {
        let delimiter = Some(given.unwrap_or(mark));
        return Ok(Dialect {
            delimiter,
            quotes: quotes_mean(&prefix[length..], delimiter),
            skip: length,
            line: 2,
        });
    }
    let delimiter = given.or_else(|| best(prefix));
    Ok(Dialect { delimiter, quotes: quotes_mean(prefix, delimiter), skip: 0, line: 1 })
}

/// Excel's first line `sep=;`.
fn separator_line(prefix: &[u8]) -> Option<(u8, usize)> {
    let [mark, rest @ ..] = prefix.strip_prefix(b"sep=")? else { return None };
    let ending = [b"\r\n".as_slice(), b"\n", b"\r"].into_iter().find(|ending| rest.starts_with(ending))?;
    Some((*mark, 5 + ending.len()))
}

/// The candidate that parts the first records most evenly; none when the header holds none of them.
fn best(prefix: &[u8]) -> Option<u8> {
    let mut winner = None;
    let mut highest = 0.0;
    for candidate in CANDIDATES {
        let counts = widths(prefix, candidate);
        let Some(width) = counts.iter().take(6).copied().max().filter(|width| *width > 1) else { continue };
        let even = counts.iter().filter(|count| **count == width).count() as f64 / counts.len() as f64;
        // Evenness decides; of two even ones, the one with more columns.
        let score = even + (width.min(50) as f64) / 200.0;
        if score > highest + 1e-9 {
            highest = score;
            winner = Some(candidate);
        }
    }
    winner.filter(|candidate| header_is_parted(prefix, *candidate))
}

/// A list of one column of sentences has delimiters in its texts here and there, and none in its header. Where
/// the first line has none, it is a title only if a header that we know comes below it.
fn header_is_parted(prefix: &[u8], delimiter: u8) -> bool {
    let limits = Limits::default();
    let mut records = Records::new(prefix, Some(delimiter), true, &limits);
    let mut record = Record::default();
    let mut looked = 0;
    while looked < 6 && records.next(&mut record).unwrap_or(false) {
        if record.is_blank() {
            continue;
        }
        let known = (0..record.cells()).filter_map(|index| record.cell(index)).any(is_known_header);
        if record.cells() > 1 && (known || looked == 0) {
            return true;
        }
        if known {
            return false;
        }
        looked += 1;
    }
    false
}

fn widths(prefix: &[u8], delimiter: u8) -> Vec<usize> {
    let limits = Limits::default();
    let mut records = Records::new(prefix, Some(delimiter), true, &limits);
    let mut record = Record::default();
    let mut counts = Vec::new();
    // Reading a slice cannot fail.
    while counts.len() < RECORDS && records.next(&mut record).unwrap_or(false) {
        if !record.is_blank() {
            counts.push(record.cells());
        }
    }
    // The last one may be cut by the end of the prefix.
    if counts.len() > 2 && counts.len() < RECORDS {
        counts.pop();
    }
    counts
}

/// Amazon's reports are delimited by tabs and quote nothing, so texts may hold bare quotes; there a quote at
/// the start of a cell that is not closed before the next delimiter or line end means nothing
/// (connectors.md 1.4). Everywhere else quotes are quotes.
fn quotes_mean(prefix: &[u8], delimiter: Option<u8>) -> bool {
    if delimiter != Some(b'\t') {
        return true;
    }
    let mut at_cell_start = true;
    let mut position = 0;
    while position < prefix.len() {
        let byte = prefix[position];
        if at_cell_start && byte == b'"' {
            let Some(end) = closing(&prefix[position + 1..]) else {
                // Cut off by the end of the prefix, or never closed: look whether the line went on without it.
                return position + 4096 > prefix.len() && prefix.len() > 4096;
            };
            let after = prefix.get(position + end + 2).copied();
            if !matches!(after, None | Some(b'\t' | b'\n' | b'\r')) {
                return false;
            }
            position += end + 2;
            at_cell_start = false;
            continue;
        }
        at_cell_start = matches!(byte, b'\t' | b'\n' | b'\r');
        position += 1;
    }
    true
}

/// Where the quote closes, doubled quotes skipped.
fn closing(bytes: &[u8]) -> Option<usize> {
    let mut position = 0;
    loop {
        let at = position + memchr::memchr(b'"', &bytes[position..])?;
        if bytes.get(at + 1) == Some(&b'"') {
            position = at + 2;
        } else {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> Option<char> {
        sniff(text.as_bytes(), None).unwrap().delimiter.map(char::from)
    }

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(delimiter("a,b,c\n1,2,3\n"), Some(','));
        assert_eq!(delimiter("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n"), Some(';'));
        assert_eq!(delimiter("a\tb\nx, y, z\t2\nx, y\t3\n"), Some('\t'));
        assert_eq!(delimiter("a|b\n1|2\n"), Some('|'));
        assert_eq!(delimiter("text,label,cat\n\"好, 很好; 非常|好\",1,书籍\n"), Some(','));
    }

    #[test]
    fn a_list_of_sentences_has_no_delimiter() {
        assert_eq!(delimiter("评价内容\n好, 很好\n一般\n差, 很差, 不要买\n"), None);
        assert_eq!(delimiter("text\ngood\n"), None);
    }

    #[test]
    fn a_title_above_the_table_does_not_hide_the_delimiter() {
        assert_eq!(delimiter("九月评价导出\n评价内容,评分\n好,5\n差,1\n好,5\n好,4\n"), Some(','));
    }

    #[test]
    fn excels_own_hint_is_taken() {
        let dialect = sniff(b"sep=;\r\na;b\r\n1,2;3\r\n", None).unwrap();
        assert_eq!((dialect.delimiter, dialect.skip, dialect.line), (Some(b';'), 7, 2));
    }

    #[test]
    fn bare_quotes_in_a_tab_report_mean_nothing() {
        assert!(!sniff(b"Date\tComments\n10/1/26\t\"Great\" shop\n", None).unwrap().quotes);
        assert!(!sniff(b"Date\tComments\n10/1/26\t\"Great shop\n10/2/26\tok\n", None).unwrap().quotes);
        assert!(sniff(b"Date\tComments\n10/1/26\t\"two\nlines, \"\"quoted\"\"\"\n", None).unwrap().quotes);
    }

    #[test]
    fn a_delimiter_that_cannot_be_one_is_named() {
        assert!(sniff(b"a", Some('，')).unwrap_err().say.en.contains('，'));
        assert_eq!(sniff(b"a", Some(';')).unwrap().delimiter, Some(b';'));
    }
}
