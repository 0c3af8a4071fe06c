//! What every target does with a file: all that an import does with it before the database.
//!
//! To add a target: a file in `targets/`, its `[[bin]]` in `Cargo.toml`, a folder of seeds, a line in `.ci/fuzz`.

use std::io::{self, Cursor};

use pingxin_channels::files::columns::{DateEvidence, SavedProfile, guess};
use pingxin_channels::files::convert::{ChatOrdinals, Context, Converter, preview};
use pingxin_channels::files::{
    Batch, Header, Limits, MediaFile, MediaRefused, ParseRequest, RawRow, Sink, parse,
};
use pingxin_domain::intake::RowFailure;
use pingxin_domain::{Currency, Object, Platform};

/// Bounds of the product, but for those that only cost time here.
fn limits() -> Limits {
    Limits { cell_characters: 4_096, record_bytes: 64 << 10, ..Limits::default() }
}

/// Rows that go through the columns as well; more of them tell nothing new and cost time.
const ROWS: usize = 12;

/// Keeps the first rows.
#[derive(Default)]
struct First {
    columns: Vec<String>,
    rows: Vec<RawRow>,
}

impl Sink for First {
    fn header(&mut self, header: &Header) -> io::Result<()> {
        assert!(self.columns.is_empty(), "one header");
        self.columns.clone_from(&header.columns);
        Ok(())
    }

    fn rows(&mut self, batch: &Batch) -> io::Result<()> {
        let rows = batch.rows()?;
        for row in &rows {
            assert_eq!(row.cells.len(), self.columns.len(), "a cell for every column");
        }
        self.rows.extend(rows.into_iter().take(ROWS.saturating_sub(self.rows.len())));
        Ok(())
    }

    fn failed(&mut self, failure: &RowFailure, _cells: &[String]) -> io::Result<()> {
        assert!(!failure.reason.zh.is_empty() && !failure.reason.en.is_empty(), "a reason in both languages");
        Ok(())
    }

    fn media(&mut self, file: &MediaFile) -> io::Result<()> {
        assert!(!file.bytes.is_empty() && !file.name.contains(['/', '\\']), "a file of its own name");
        Ok(())
    }

    fn media_refused(&mut self, refused: &MediaRefused) -> io::Result<()> {
        assert!(!refused.reason.zh.is_empty() && !refused.reason.en.is_empty(), "a reason in both languages");
        Ok(())
    }

    fn progress(&mut self, _bytes_read: u64) -> io::Result<()> {
        Ok(())
    }
}

/// The shop that the rows would go to.
#[must_use]
pub fn context(platform: Platform) -> Context {
    Context {
        platform,
        timezone: jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(8)),
        currency: Currency::CNY,
        object: Object::Review,
    }
}

/// Reads a file as an import does: parse, guess, settle the dates, convert, show.
pub fn import(bytes: &[u8], encoding: Option<&str>) {
    let mut request = ParseRequest::new("");
    request.encoding = encoding.map(str::to_owned);
    request.limits = limits();
    let mut first = First::default();
    if parse(Cursor::new(bytes), &request, &mut first).is_ok() {
        rows(&first.columns, &first.rows);
    }
}

/// Ends at a panic, but for one inside a reader of other people's formats that the product guards
/// (`catch_unwind` in `workbook.rs` and `media/picture.rs`) and answers with a refusal.
///
/// For the `init` of a target whose bytes reach such a reader.
pub fn end_at_panics_of_ours() {
    const GUARDED: [&str; 7] = ["calamine-", "image-", "zune-jpeg-", "png-", "gif-", "image-webp-", "fdeflate-"];
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map_or("", std::panic::Location::file);
        if !GUARDED.iter().any(|krate| file.contains(&format!("/{krate}"))) {
            before(panic);
        }
    }));
}

/// What becomes of rows of text.
pub fn rows(columns: &[String], rows: &[RawRow]) {
    let Ok(mut mapping) = guess(columns, rows, None, &[]) else { return };
    let mut evidence = DateEvidence::new(&mapping);
    rows.iter().for_each(|row| evidence.see(row));
    evidence.settle(&mut mapping);
    let context = context(Platform::Taobao);
    let converter = Converter::new(&mapping, context.clone());
    let mut ordinals = ChatOrdinals::new();
    for raw in rows {
        match converter.row(raw) {
            Ok(mut row) => {
                ordinals.number(&mut row);
                assert_eq!(row.line, raw.line);
                let _shown = preview(&row, &context);
                for record in &row.records {
                    // The same record again adds nothing, whatever stands in it.
                    let stored = record.clone().without_buyer();
                    assert_eq!(record.clone().without_buyer().onto(stored.clone()), stored);
                }
            }
            Err(failure) => assert_eq!(failure.line, raw.line),
        }
    }
}

/// What was chosen for some columns can be kept and chosen again.
pub fn keep(columns: &[String], rows: &[RawRow]) {
    let Ok(mapping) = guess(columns, rows, None, &[]) else { return };
    let saved = SavedProfile::of("p", None, &mapping);
    assert!(guess(columns, rows, None, &saved.overrides()).is_ok(), "what was saved can be read again");
}
