//! Delimited text: CSV, TSV and what spreadsheets and platforms make of them.

mod dialect;
mod heading;
mod record;

use std::io::{Cursor, Read};

use pingxin_domain::Say;
use pingxin_domain::intake::RowFailure;

pub(super) use self::heading::tidy;
use self::record::{Record, Records};
use super::cell;
use super::columns::is_known_header;
use super::encoding::{Decoded, Found};
use super::format::Format;
use super::frame::Header;
use super::parse::cannot_read;
use super::refusal::{Refusal, RefusalCode};
use super::request::{Limits, ParseRequest};
use super::sink::{Emitter, Stop, kept};

/// As much as is looked at to find delimiter and header.
const PREFIX: u64 = 256 << 10;

/// Reads a table of text; `source` stands at the beginning.
pub(super) fn read<R: Read>(
    source: R,
    size: u64,
    found: &Found,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    let limits = &request.limits;
    let mut text = Decoded::new(source, found).map_err(cannot_read)?;
    let mut prefix = Vec::new();
    text.by_ref().take(PREFIX).read_to_end(&mut prefix).map_err(cannot_read)?;
    let dialect = dialect::sniff(&prefix, request.delimiter)?;
    let start = dialect.skip;
    let stream = Cursor::new(&prefix[start..]).chain(text);
    let mut records =
        Records::new(stream, dialect.delimiter, dialect.quotes, limits).starting_at(dialect.line);
    let mut record = Record::default();

    let titles = heading::titles_above(&prefix[start..], &dialect, limits);
    let mut skipped = 0;
    let header = loop {
        if !records.next(&mut record).map_err(cannot_read)? {
            return Err(no_header().into());
        }
        if record.is_blank() {
            continue;
        }
        if skipped < titles {
            skipped += 1;
            continue;
        }
        break &record;
    };
    if header.too_many_cells() || header.cells() > limits.columns {
        return Err(too_wide(limits.columns).into());
    }
    let columns = heading::names(header).ok_or_else(|| wrong_encoding(found))?;
    let width = columns.len();
    out.header(&Header {
        format: if dialect.delimiter == Some(b'\t') { Format::Tsv } else { Format::Csv },
        encoding: found.name(),
        delimiter: dialect.delimiter.map(char::from),
        sheet: None,
        columns,
        bytes: size,
    })?;

    while records.next(&mut record).map_err(cannot_read)? {
        if !record.is_blank() {
            take(&record, width, found, out)?;
        }
        out.progress(records.source().get_ref().1.bytes_read())?;
    }
    Ok(())
}

/// Whether the text begins like a table: its first record that is no title has several cells, one of them a header
/// that we know.
pub(super) fn has_header(prefix: &[u8]) -> bool {
    let Ok(dialect) = dialect::sniff(prefix, None) else { return false };
    if dialect.delimiter.is_none() {
        return false;
    }
    let limits = Limits::default();
    let table = &prefix[dialect.skip..];
    let mut records = Records::new(table, dialect.delimiter, dialect.quotes, &limits);
    let mut record = Record::default();
    let mut titles = heading::titles_above(table, &dialect, &limits);
    while records.next(&mut record).unwrap_or(false) {
        if record.is_blank() {
            continue;
        }
        if titles == 0 {
            let known = |index| record.cell(index).is_some_and(|name| is_known_header(cell::trimmed(name)));
            return record.cells() > 1 && (0..record.cells()).any(known);
        }
        titles -= 1;
    }
    false
}

/// One record: a row, or a failure that says where and why.
fn take(record: &Record, width: usize, found: &Found, out: &mut Emitter<'_>) -> Result<(), Stop> {
    let line = record.line;
    let cells = || kept((0..record.kept_cells()).map(|index| record.lossy(index)));
    if record.unclosed {
        let begin: String = record.lossy(record.cells().saturating_sub(1)).chars().take(60).collect();
        let failure = RowFailure::cell(
            line,
            out.column(record.cells().saturating_sub(1)),
            &begin,
            Say::new(
                format!(
                    "第 {line} 行起有一个引号一直没有配对，到文件末尾都被当成同一格。请补上引号（或删掉它）后重新导入。"
                ),
                format!(
                    "A quote opened in the row of line {line} is never closed, so everything up to the end of the file fell into one cell. Close or remove the quote and import again."
                ),
            ),
        );
        return out.fail(failure, cells());
    }
    if let Some(index) = record.overlong {
        return out.too_long(line, index, &record.lossy(index), cells());
    }
    let Some(text) = record.text() else {
        let index = (0..record.cells()).find(|index| record.cell(*index).is_none()).unwrap_or(0);
        let name = found.name();
        let failure = RowFailure::cell(
            line,
            out.column(index),
            &record.lossy(index),
            Say::new(
                format!(
                    "这一格里有不是 {name} 的字节，无法读出。请用正确的编码重新导出，或用 --encoding 指明编码。"
                ),
                format!(
                    "The cell holds bytes that are not {name}. Export it again in the right encoding, or name the encoding with --encoding."
                ),
            ),
        );
        return out.fail(failure, cells());
    };
    let extra =
        record.cells() > width && (width..record.cells()).any(|index| !text.cell(index).trim().is_empty());
    if extra || record.too_many_cells() {
        let first: Vec<&str> = (width..record.cells())
            .map(|index| text.cell(index))
            .filter(|cell| !cell.trim().is_empty())
            .collect();
        let failure = RowFailure {
            line,
            column: None,
            value: Some(first.join(" | ").chars().take(200).collect()),
            reason: Say::new(
                format!(
                    "这一行有 {} 格，表头只有 {width} 列；多半是文字里的逗号或引号没有加引号。请改好这一行再导入。",
                    record.cells()
                ),
                format!(
                    "The row has {} cells, the header {width}; mostly a comma or quote inside a text that is not quoted. Mend the row and import it again.",
                    record.cells()
                ),
            ),
        };
        return out.fail(failure, cells());
    }
    out.row(line, (0..width).map(|index| cell::unguarded(text.cell(index))))
}

fn no_header() -> Refusal {
    Refusal::new(
        RefusalCode::Empty,
        "文件里没有表头，也没有内容。请重新导出后再导入。",
        "The file has no header and no rows. Export it again and import that.",
    )
}

pub(super) fn too_wide(columns: usize) -> Refusal {
    Refusal::new(
        RefusalCode::SheetTooWide,
        format!("表格太宽：超过 {columns} 列。请删去用不到的列（包括最右边的空列）后再导入。"),
        format!(
            "The sheet is too wide: more than {columns} columns. Delete the columns you do not need (stray cells far to the right, too) and import it again."
        ),
    )
}

fn wrong_encoding(found: &Found) -> Refusal {
    let name = found.name();
    Refusal::new(
        RefusalCode::Encoding,
        format!(
            "表头不是 {name} 编码，读不出来。请用 --encoding 指明编码（例如 gb18030），或另存为 UTF-8 再导入。"
        ),
        format!(
            "The header cannot be read as {name}. Name the encoding with --encoding (such as gb18030), or save the file as UTF-8 and import it again."
        ),
    )
}
