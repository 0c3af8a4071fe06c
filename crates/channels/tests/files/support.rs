//! Parsing bytes in this process or a file in the real child, and building workbooks by hand.

use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};

use pingxin_channels::files::columns::{self, Mapping};
use pingxin_channels::files::convert::{Context, Converter};
use pingxin_channels::files::{
    FileError, Frame, Header, Limits, MediaFile, MediaRefused, ParseRequest, RawRow, Refusal, RefusalCode,
    Sink, Stop, open, parse,
};
use pingxin_domain::intake::{IncomingRow, RowFailure};
use pingxin_domain::{Currency, Object, Platform};

/// Everything a file gave.
#[derive(Debug, Default)]
pub struct Read {
    pub header: Option<Header>,
    pub rows: Vec<RawRow>,
    pub failures: Vec<RowFailure>,
    /// The cells of the failed rows, in the order of `failures`.
    pub failed_cells: Vec<Vec<String>>,
    pub bytes_read: u64,
    pub media: Vec<MediaFile>,
    pub media_refused: Vec<MediaRefused>,
}

impl Read {
    pub fn header(&self) -> &Header {
        self.header.as_ref().expect("a header came")
    }

    pub fn cells(&self) -> Vec<Vec<&str>> {
        self.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
    }

    pub fn guess(&self) -> Mapping {
        columns::guess(&self.header().columns, &self.rows, None, &[]).unwrap()
    }

    /// The typed rows, and the failures of both stages.
    pub fn convert(&self, context: Context) -> (Vec<IncomingRow>, Vec<RowFailure>) {
        let converter = Converter::new(&self.guess(), context);
        let mut failures = self.failures.clone();
        let mut rows = Vec::new();
        for raw in &self.rows {
            match converter.row(raw) {
                Ok(row) => rows.push(row),
                Err(failure) => failures.push(failure),
            }
        }
        (rows, failures)
    }
}

impl Sink for Read {
    fn header(&mut self, header: &Header) -> io::Result<()> {
        assert!(self.header.is_none(), "one header only");
        self.header = Some(header.clone());
        Ok(())
    }

    fn rows(&mut self, batch: &pingxin_channels::files::Batch) -> io::Result<()> {
        assert!(self.header.is_some(), "the header comes first");
        assert!(batch.len() <= 256);
        let rows = batch.rows()?;
        assert!(rows.iter().all(|row| row.cells.len() == self.header.as_ref().unwrap().columns.len()));
        self.rows.extend(rows);
        Ok(())
    }

    fn failed(&mut self, failure: &RowFailure, cells: &[String]) -> io::Result<()> {
        self.failures.push(failure.clone());
        self.failed_cells.push(cells.to_vec());
        Ok(())
    }

    fn progress(&mut self, bytes_read: u64) -> io::Result<()> {
        self.bytes_read = bytes_read;
        Ok(())
    }

    fn media(&mut self, file: &MediaFile) -> io::Result<()> {
        self.media.push(file.clone());
        Ok(())
    }

    fn media_refused(&mut self, refused: &MediaRefused) -> io::Result<()> {
        self.media_refused.push(refused.clone());
        Ok(())
    }
}

pub fn request() -> ParseRequest {
    ParseRequest::new("in memory")
}

pub fn try_read(bytes: impl AsRef<[u8]>, request: &ParseRequest) -> Result<Read, Refusal> {
    let mut read = Read::default();
    match parse(Cursor::new(bytes.as_ref()), request, &mut read) {
        Ok(rows) => {
            assert_eq!(rows, (read.rows.len() + read.failures.len()) as u64, "no row is lost");
            Ok(read)
        }
        Err(Stop::Refused(refusal)) => Err(refusal),
        Err(Stop::Sink(error)) => panic!("{error}"),
    }
}

pub fn read(bytes: impl AsRef<[u8]>) -> Read {
    try_read(bytes, &request()).unwrap_or_else(|refusal| panic!("refused: {}", refusal.say.en))
}

pub fn refused(bytes: impl AsRef<[u8]>, code: RefusalCode) -> Refusal {
    let refusal = try_read(bytes, &request()).expect_err("it is refused");
    assert_eq!(refusal.code, code, "{}", refusal.say.en);
    assert!(refusal.say.zh.chars().any(|letter| letter >= '\u{4e00}') && refusal.say.en.ends_with('.'));
    refusal
}

pub fn child_program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_parse-file"))
}

/// Reads a file in the real child.
pub async fn read_in_child(request: &ParseRequest) -> Result<Read, FileError> {
    let mut parsing = open(child_program(), request).await?;
    let mut read = Read { header: Some(parsing.header().clone()), ..Read::default() };
    while let Some(frame) = parsing.next().await? {
        match frame {
            Frame::Rows(rows) => read.rows.extend(rows),
            Frame::Failed { failure, cells } => {
                read.failures.push(failure);
                read.failed_cells.push(cells);
            }
            Frame::Progress { bytes_read } => read.bytes_read = bytes_read,
            Frame::Media(file) => read.media.push(file),
            Frame::MediaRefused(refused) => read.media_refused.push(refused),
        }
    }
    Ok(read)
}

pub fn file(folder: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn shanghai() -> Context {
    context(Platform::Taobao)
}

pub fn context(platform: Platform) -> Context {
    Context {
        platform,
        timezone: jiff::tz::TimeZone::get(platform.default_timezone()).unwrap(),
        currency: platform.default_currency().parse::<Currency>().unwrap(),
        object: match platform {
            Platform::Amazon(_) => Object::ProductReview,
            _ => Object::Review,
        },
    }
}

/// Bounds small enough to stand right beside them in a test.
pub fn small() -> Limits {
    Limits { columns: 4, cell_characters: 10, sheet_rows: 5, ..Limits::default() }
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// The parts of a workbook with one sheet, of which `data` is the `sheetData`.
pub fn parts(data: &str) -> Vec<(String, Vec<u8>)> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData></worksheet>"#
    );
    [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("xl/workbook.xml", WORKBOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into()
}

pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub fn workbook(data: &str) -> Vec<u8> {
    zip(&parts(data))
}

/// A row of inline strings.
pub fn sheet_row(number: u32, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .zip('A'..)
        .map(|(text, column)| format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#))
        .collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// Resident kilobytes of this process.
#[cfg(target_os = "linux")]
pub fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
