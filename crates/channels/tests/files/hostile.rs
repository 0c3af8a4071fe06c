//! Files made to break the reader: each is refused by name, in the real child, while this process stays small.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use pingxin_channels::files::{Limits, ParseRequest, RefusalCode};
use proptest::prelude::*;

#[cfg(target_os = "linux")]
use crate::support::resident;
use crate::support::{
    file, parts, read, read_in_child, refused, request, shanghai, sheet_row, try_read, workbook, zip,
};

/// Two legal cells that make calamine's usual call ask for 512 GiB (calamine issue 693).
fn far_corner() -> Vec<u8> {
    workbook(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    )
}

/// A sheet whose one inline string unpacks to `megabytes`.
fn long_string(megabytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts("@") {
        archive.start_file(name.as_str(), options).unwrap();
        if name.ends_with("sheet1.xml") {
            let text = String::from_utf8(bytes).unwrap();
            let (before, after) = text.split_once('@').unwrap();
            archive.write_all(before.as_bytes()).unwrap();
            archive.write_all(br#"<row r="1"><c r="A1" t="inlineStr"><is><t>"#).unwrap();
            let chunk = vec![b'a'; 1 << 20];
            for _ in 0..megabytes {
                archive.write_all(&chunk).unwrap();
            }
            archive.write_all(b"</t></is></c></row>").unwrap();
            archive.write_all(after.as_bytes()).unwrap();
        } else {
            archive.write_all(&bytes).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

fn with_part(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut all = parts(&sheet_row(1, &["text"]));
    all.push((name.to_owned(), bytes));
    zip(&all)
}

/// Changes the declared unpacked size of the last entry, in its local header and in the directory.
fn lying(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    let last = |mark: &[u8], bytes: &[u8]| memchr::memmem::rfind(bytes, mark).unwrap();
    let (local, central) = (last(b"PK\x03\x04", &bytes), last(b"PK\x01\x02", &bytes));
    bytes[local + 22..local + 26].copy_from_slice(&size.to_le_bytes());
    bytes[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
    bytes
}

#[test]
fn a_cell_in_the_far_corner() {
    let bytes = far_corner();
    assert!(bytes.len() < 2_000, "{}", bytes.len());
    let refusal = refused(bytes, RefusalCode::SheetTooWide);
    assert!(refusal.say.en.contains("too wide") && refusal.say.zh.contains("太宽"));
    // The same without a reference the first look would see.
    let prefixed = r#"<x:row r="1" xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>"#;
    refused(workbook(prefixed), RefusalCode::SheetTooWide);
    // A far row alone is only a long way down.
    let low = workbook(&(sheet_row(1, &["text"]) + &sheet_row(1_048_576, &["deep"])));
    assert_eq!(read(low).rows[0].line, 1_048_576);
    refused(
        workbook(&(sheet_row(1, &["text"]) + &sheet_row(1_048_577, &["deeper"]))),
        RefusalCode::SheetTooLong,
    );
}

/// Found by fuzzing: calamine multiplies without a bound.
#[test]
fn references_beyond_all_numbers_are_a_damaged_file() {
    for row in [
        r#"<row r="llXharedstringumu1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>"#,
        r#"<row r="99999999999"><c t="inlineStr"><is><t>text</t></is></c></row>"#,
        r#"<row r="1"><c r="A4294967297" t="inlineStr"><is><t>text</t></is></c></row>"#,
    ] {
        refused(workbook(row), RefusalCode::Damaged);
    }
}

#[test]
fn bombs_are_refused_before_they_are_opened() {
    let refusal = refused(long_string(20), RefusalCode::ArchiveBomb);
    assert!(refusal.say.en.contains("longer than"), "{}", refusal.say.en);
    let nested = refused(with_part("xl/embeddings/inner.xlsx", far_corner()), RefusalCode::ArchiveBomb);
    assert!(nested.say.en.contains("another archive"));
    let flat = refused(with_part("xl/media/zeros.bin", vec![0; 40 << 20]), RefusalCode::ArchiveBomb);
    assert!(flat.say.en.contains("times its size"), "{}", flat.say.en);
    let limits = Limits { zip_entry_bytes: 1 << 20, ..Limits::default() };
    let bytes = with_part("xl/styles2.xml", b"<a/>".repeat(1 << 19));
    let refusal = try_read(bytes, &ParseRequest { limits, ..request() }).unwrap_err();
    assert!(refusal.say.en.contains("unpacks to too much"), "{}", refusal.say.en);
}

#[test]
fn lying_headers_are_caught() {
    let honest = with_part("xl/extra.xml", b"<a/>".repeat(1000));
    assert!(try_read(&honest, &request()).is_ok());
    for size in [10, 3_999, 4_001, u32::MAX - 1] {
        let refusal = try_read(lying(honest.clone(), size), &request()).unwrap_err();
        assert!(
            matches!(refusal.code, RefusalCode::ArchiveBomb | RefusalCode::Damaged),
            "{size}: {:?} {}",
            refusal.code,
            refusal.say.en
        );
    }
    let strings = with_part(
        "xl/sharedStrings.xml",
        br#"<sst uniqueCount="99999999999999"><si><t>a</t></si></sst>"#.to_vec(),
    );
    refused(strings, RefusalCode::ArchiveBomb);
}

#[test]
fn too_many_entries() {
    let mut all = parts(&sheet_row(1, &["text"]));
    let few = |count: usize, mut all: Vec<(String, Vec<u8>)>| {
        all.extend((all.len()..count).map(|index| (format!("xl/x{index}.xml"), Vec::new())));
        zip(&all)
    };
    assert!(try_read(few(200, all.clone()), &request()).is_ok());
    refused(few(201, all.clone()), RefusalCode::ArchiveBomb);
    all.truncate(3);
    let refusal = refused(few(65_535, all), RefusalCode::ArchiveBomb);
    assert!(refusal.say.en.contains("65535 parts"));
}

/// Each line of a file of ratings that must not be one, and the one that must.
#[test]
fn ratings_beyond_the_scale_are_refused_by_name_and_wide_digits_are_read() {
    let wrong = ["-1", "0", "6", "1e308", "NaN", "12345678901234567890"];
    let mut text = String::from("评价内容,评分\n好,５\n好,\n");
    wrong.iter().for_each(|value| text.push_str(&format!("好,{value}\n")));
    let (rows, failures) = read(text).convert(shanghai());
    let stars: Vec<Option<u8>> =
        rows.iter().map(|row| row.reviews[0].rating.map(|rating| rating.stars())).collect();
    assert_eq!(stars, [Some(5), None], "５ is five, and nothing is nothing");
    let named: Vec<(u64, Option<&str>)> =
        failures.iter().map(|failure| (failure.line, failure.value.as_deref())).collect();
    assert_eq!(named, (4..).zip(wrong.map(Some)).collect::<Vec<_>>());
    assert!(failures.iter().all(|failure| failure.column.as_deref() == Some("评分")));
}

#[test]
fn a_cell_in_the_far_corner_of_an_empty_sheet() {
    refused(workbook(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#), RefusalCode::SheetTooWide);
}

#[test]
fn an_archive_in_an_archive_in_an_archive() {
    let nested = (0..4).fold(far_corner(), |inner, _| with_part("xl/media/a.bin", inner));
    let refusal = refused(nested, RefusalCode::ArchiveBomb);
    assert!(refusal.say.zh.contains("又套着一个压缩包"), "{}", refusal.say.zh);
}

#[test]
fn ragged_rows_nuls_and_broken_quotes_cost_themselves_only() {
    let read = read("text,rating\nshort\nfine,5\nlong,4,x,y\nnul\0,3\nfine,2\n\"open,1\nlost,1\n");
    assert_eq!(read.cells(), [["short", ""], ["fine", "5"], ["fine", "2"]]);
    assert_eq!(read.failures.iter().map(|failure| failure.line).collect::<Vec<_>>(), [4, 5, 7]);
    assert_eq!(read.failed_cells[0], ["long", "4", "x", "y"]);
}

#[test]
fn a_wrong_encoding_named_by_hand_is_refused() {
    let bytes = encoding_rs::GB18030.encode("评价内容,评分\n穿了两天就开线,1\n").0.into_owned();
    for label in ["utf-8", "klingon", ""] {
        let given = ParseRequest { encoding: Some(label.into()), ..request() };
        assert_eq!(try_read(&bytes, &given).unwrap_err().code, RefusalCode::Encoding, "{label}");
    }
    assert_eq!(read(bytes).rows.len(), 1, "left alone it is found");
}

#[test]
fn a_cell_of_ten_megabytes_keeps_the_row_bounded() {
    let cell = "字".repeat((10 << 20) / 3);
    let table = read(format!("text,rating\n{cell},5\nnext,4\n"));
    assert_eq!((table.rows.len(), table.failures.len()), (1, 1));
    assert!(table.failed_cells[0][0].chars().count() <= 32_767 && table.failed_cells[0][1] == "5");
    let json = read(format!("{{\"text\":\"{cell}\"}}\n{{\"text\":\"next\"}}\n"));
    assert_eq!((json.rows.len(), json.failures.len()), (1, 1));
    let head = |name: &str| format!("{name}(2026-10-01 12:00:00):\n");
    let chat = read(format!("{}hi\n{}{cell}\n{}next\n", head("a"), head("a"), head("b:c")));
    assert_eq!((chat.rows.len(), chat.failures.len()), (2, 1));
    let wide = format!("text,rating\n{}\n", vec!["y".repeat(32_000); 300].join(","));
    let bounded: usize = read(wide).failed_cells[0].iter().map(String::len).sum();
    assert!(bounded <= 4 << 20, "{bounded}");
}

#[tokio::test]
async fn a_failed_row_of_many_long_cells_passes_the_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let row = vec!["\u{1}".repeat(32_000); 300].join(",");
    let path = file(&folder, "wide.csv", format!("text,rating\n{row}\nnext,4\n"));
    let read = read_in_child(&ParseRequest::new(&path)).await.unwrap();
    assert_eq!((read.rows.len(), read.failures.len(), read.failed_cells[0].len()), (1, 1, 300));
}

#[test]
fn json_as_deep_as_a_well() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!(
            "{{\"text\":\"a\",\"x\":{}1{}}}\n{{\"text\":\"b\"}}\n",
            open.repeat(20_000),
            close.repeat(20_000)
        );
        if let Ok(read) = try_read(deep, &request()) {
            assert_eq!(read.rows.len() + read.failures.len(), 2);
        }
    }
    let wrapped = format!("{}[{{\"tid\":1}}]{}", "{\"data\":".repeat(20_000), "}".repeat(20_000));
    let _ = try_read(wrapped, &request());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn in_the_child_nothing_of_it_reaches_this_process() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (file(&folder, "corner.xlsx", far_corner()), RefusalCode::SheetTooWide),
        (file(&folder, "string.xlsx", long_string(512)), RefusalCode::ArchiveBomb),
        (file(&folder, "nested.xlsx", with_part("xl/a.zip", far_corner())), RefusalCode::ArchiveBomb),
        (file(&folder, "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), RefusalCode::WrongFormat),
    ];
    let before = resident();
    for (path, code) in files {
        let start = Instant::now();
        let error = read_in_child(&ParseRequest::new(&path)).await.expect_err("it is refused");
        assert_eq!(error.refusal().code, code, "{path:?}: {error}");
        assert!(start.elapsed() < Duration::from_secs(20), "{path:?} took {:?}", start.elapsed());
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 64 << 10, "this process grew by {grown} kB");
}

#[tokio::test]
async fn a_child_out_of_memory_is_a_plain_refusal() {
    // Many small strings pass every bound on the way in and fill the memory behind it.
    let mut all = parts(&sheet_row(1, &["text"]));
    let mut strings = String::from("<sst>");
    for _ in 0..1_000_000 {
        strings.push_str("<si><t>abcdefghijklmnop</t></si>");
    }
    strings.push_str("</sst>");
    all.push(("xl/sharedStrings.xml".into(), strings.into_bytes()));
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "strings.xlsx", zip(&all));
    assert!(read_in_child(&ParseRequest::new(&path)).await.is_ok(), "with the usual memory it is read");
    let mut request = ParseRequest::new(&path);
    request.limits.child_memory_bytes = 48 << 20;
    let refusal = read_in_child(&request).await.unwrap_err().refusal();
    assert_eq!(refusal.code, RefusalCode::OutOfMemory, "{}", refusal.say.en);
    assert!(refusal.say.en.contains("save it as CSV"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A workbook with any few bytes changed is read or refused; nothing else.
    #[test]
    fn bent_workbooks_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = workbook(&(sheet_row(1, &["text", "rating"]) + &sheet_row(2, &["a", "5"])));
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = try_read(bytes, &request());
    }

    #[test]
    fn any_sheet_xml_never_panics(data in "(<(/?(row|c|v|is|t)|c r=\"[A-Z]{0,9}[0-9]{0,12}\"( t=\"(s|n|b|e|d|str|inlineStr)\")?|row r=\"[0-9]{0,12}\")/?>|[0-9a&;<]{0,5}){0,12}") {
        let _ = try_read(workbook(&data), &request());
    }
}
