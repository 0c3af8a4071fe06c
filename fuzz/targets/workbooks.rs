//! Workbooks: the bytes as they are, or as the sheet, the shared strings or the styles of a workbook that is whole otherwise.
#![no_main]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

fn wrapped(tag: &str, data: &[u8]) -> Vec<u8> {
    let open = format!(r#"<?xml version="1.0"?><{tag} xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#);
    [open.as_bytes(), data, format!("</{tag}>").as_bytes()].concat()
}

fn workbook(sheet: &[u8], strings: &[u8], styles: &[u8]) -> Option<Vec<u8>> {
    let sheet = [b"<sheetData>".as_slice(), sheet, b"</sheetData>"].concat();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in [
        ("[Content_Types].xml", TYPES.into()),
        ("_rels/.rels", RELS.into()),
        ("xl/workbook.xml", BOOK.into()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.into()),
        ("xl/worksheets/sheet1.xml", wrapped("worksheet", &sheet)),
        ("xl/sharedStrings.xml", wrapped("sst", strings)),
        ("xl/styles.xml", wrapped("styleSheet", styles)),
    ] {
        archive.start_file(name, options).ok()?;
        archive.write_all(&bytes).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

const ROWS: &[u8] = br#"<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1"><v>45000</v></c></row>"#;

libfuzzer_sys::fuzz_target!(init: pingxin_fuzz::end_at_panics_of_ours(), |data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let book = match first % 4 {
        0 => workbook(bytes, b"<si><t>rating</t></si>", b""),
        1 => workbook(ROWS, bytes, b""),
        2 => workbook(ROWS, b"<si><t>rating</t></si>", bytes),
        _ => Some(bytes.to_vec()),
    };
    if let Some(book) = book {
        pingxin_fuzz::import(&book, None);
    }
});
