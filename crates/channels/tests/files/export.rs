//! Exports, and reading them back.

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_channels::files::{ParseRequest, columns, convert};
use pingxin_domain::{Currency, Money};
use proptest::prelude::*;

use crate::support::{read, request, shanghai, try_read};

fn export(format: ExportFormat, columns: &[&str], rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut writer = Writer::new(format, Vec::new(), columns).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

fn sample() -> Vec<Cell<'static>> {
    vec![
        Cell::Text("=HYPERLINK(\"http://evil\",\"好\")"),
        Cell::from(4u8),
        Cell::from("2026-10-01T04:00:00Z".parse::<jiff::Timestamp>().unwrap()),
        Cell::from(Money { minor: -350, currency: Currency::CNY }),
        Cell::from(true),
        Cell::from(None::<&str>),
    ]
}

const COLUMNS: [&str; 6] = ["text", "rating", "created", "amount", "flag", "note"];

#[test]
fn csv_opens_in_excel_and_runs_nothing() {
    let bytes = export(ExportFormat::Csv, &COLUMNS, &[sample()]);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with('\u{feff}'), "Excel needs the mark to read Chinese");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(
        lines[1],
        "\"'=HYPERLINK(\"\"http://evil\"\",\"\"好\"\")\",4,2026-10-01T04:00:00Z,-3.50,true,"
    );
}

#[test]
fn json_keeps_types_and_order() {
    let bytes = export(ExportFormat::Jsonl, &COLUMNS, &[sample()]);
    let line = String::from_utf8(bytes).unwrap();
    assert_eq!(
        line,
        "{\"text\":\"=HYPERLINK(\\\"http://evil\\\",\\\"好\\\")\",\"rating\":4,\"created\":\"2026-10-01T04:00:00Z\",\"amount\":-3.50,\"flag\":true,\"note\":null}\n"
    );
}

#[test]
fn a_workbook_holds_no_formula() {
    let bytes = export(ExportFormat::Xlsx, &COLUMNS, &[sample()]);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml)
        .unwrap();
    assert!(!xml.contains("<f>") && xml.contains("HYPERLINK"));
    assert!(xml.contains("<v>-3.5</v>"), "numbers stay numbers");
    assert_eq!(read(&bytes).cells()[0][0], "=HYPERLINK(\"http://evil\",\"好\")");
}

#[test]
fn rows_stream_out_as_they_are_written() {
    let mut writer = Writer::new(ExportFormat::Csv, Vec::new(), &["text"]).unwrap();
    writer.sink_mut().clear();
    writer.row(&[Cell::Text("a")]).unwrap();
    assert_eq!(std::mem::take(writer.sink_mut()), b"a\r\n");
    writer.row(&[Cell::Text("b")]).unwrap();
    assert_eq!(writer.finish().unwrap(), b"b\r\n");
}

/// The texts of an export as our import understands them.
fn round_trip(format: ExportFormat, texts: &[String]) -> Vec<String> {
    let rows: Vec<Vec<Cell<'_>>> =
        texts.iter().map(|text| vec![Cell::Text(text), Cell::Integer(5)]).collect();
    let bytes = export(format, &["text", "rating"], &rows);
    let read = try_read(&bytes, &ParseRequest { delimiter: None, ..request() }).unwrap();
    assert!(read.failures.is_empty(), "{:?}", read.failures);
    let mapping = columns::guess(&read.header().columns, &read.rows, None, &[]).unwrap();
    read.rows
        .iter()
        .map(|raw| convert::row(&mapping, &shanghai(), raw).unwrap().reviews[0].text.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every review that the desk can hold (trimmed, not one of the words for "nothing") comes back equal.
    #[test]
    fn every_text_comes_back(texts in prop::collection::vec("[=+@'\\-]{0,3}[a-z0-9好差,;|\"\\n\\t ]{0,10}[a-z好]", 1..12)) {
        let texts: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
        for format in [ExportFormat::Csv, ExportFormat::Jsonl, ExportFormat::Xlsx] {
            prop_assert_eq!(&round_trip(format, &texts), &texts, "{}", format);
        }
    }
}
