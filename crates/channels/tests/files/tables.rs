//! Delimited text.

use encoding_rs::{GB18030, SHIFT_JIS, WINDOWS_1252};
use pingxin_channels::files::{Format, ParseRequest, RefusalCode};
use proptest::prelude::*;

use crate::support::{Read, read, refused, request, small, try_read};

const TABLE: &str =
    "订单编号,评价内容,评分\r\n=\"1001\",\"穿了两天\r\n就开线\",１\r\n\r\n1002,很好，喜欢,5\r\n";

fn expect_table(read: &Read) {
    assert_eq!(read.header().columns, ["订单编号", "评价内容", "评分"]);
    assert_eq!(read.cells(), [["=\"1001\"", "穿了两天\r\n就开线", "１"], ["1002", "很好，喜欢", "5"]]);
    assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
    assert!(read.failures.is_empty());
}

#[test]
fn the_same_table_in_every_encoding() {
    let wide = |big: bool| -> Vec<u8> {
        let mark = std::iter::once(0xfeffu16);
        mark.chain(TABLE.encode_utf16())
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    };
    for (bytes, name) in [
        (TABLE.as_bytes().to_vec(), "utf-8"),
        (format!("\u{feff}{TABLE}").into_bytes(), "utf-8"),
        (GB18030.encode(TABLE).0.into_owned(), "gb18030"),
        (wide(false), "utf-16le"),
        (wide(true), "utf-16be"),
    ] {
        let read = read(&bytes);
        expect_table(&read);
        assert_eq!((read.header().encoding.as_str(), read.header().format), (name, Format::Csv));
        assert_eq!(read.bytes_read, bytes.len() as u64);
    }
}

#[test]
fn letters_beyond_gbk_are_read() {
    let text = "评价内容,评分\n𠮷野家好吃😀,5\n";
    assert_eq!(read(GB18030.encode(text).0).cells(), [["𠮷野家好吃😀", "5"]]);
}

#[test]
fn other_encodings_are_found_or_named() {
    let german = "Bestellung;Bewertung;Sterne\n1;Schöne Schuhe, zu groß;3\n";
    let read_german = read(WINDOWS_1252.encode(german).0);
    assert_eq!(
        (read_german.header().encoding.as_str(), read_german.header().delimiter),
        ("windows-1252", Some(';'))
    );
    assert_eq!(read_german.cells()[0][1], "Schöne Schuhe, zu groß");
    let japanese = SHIFT_JIS.encode("注文,内容\n1,箱\n").0.into_owned();
    let named = ParseRequest { encoding: Some("shift_jis".into()), ..request() };
    assert_eq!(try_read(japanese, &named).unwrap().cells(), [["1", "箱"]]);
}

#[test]
fn a_wrong_encoding_is_said_and_not_stored_as_rubbish() {
    let bytes = GB18030.encode(TABLE).0.into_owned();
    let wrong = ParseRequest { encoding: Some("utf-8".into()), ..request() };
    let refusal = try_read(&bytes, &wrong).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Encoding);
    assert!(refusal.say.en.contains("utf-8") && refusal.say.zh.contains("gb18030"));
    let unknown = ParseRequest { encoding: Some("klingon".into()), ..request() };
    assert_eq!(try_read(&bytes, &unknown).unwrap_err().code, RefusalCode::Encoding);
}

#[test]
fn broken_bytes_fail_their_row_with_line_and_column() {
    for encoding in [encoding_rs::UTF_8, GB18030] {
        let mut bytes = encoding.encode("评价内容,评分\n很好很好很好很好很好,5\n").0.into_owned();
        bytes.extend_from_slice(b"bad \xff byte,1\n");
        bytes.extend_from_slice(&encoding.encode("不好不好不好不好不好,2\n").0);
        let read = read(&bytes);
        assert_eq!(read.rows.len(), 2, "{}", encoding.name());
        let failure = &read.failures[0];
        assert_eq!((failure.line, failure.column.as_deref()), (3, Some("评价内容")));
        assert!(failure.reason.en.contains(&read.header().encoding));
    }
}

#[test]
fn a_tiny_file_with_one_wrong_byte_is_not_refused() {
    let read =
        read(b"\xe8\xaf\x84\xe4\xbb\xb7,\xe8\xaf\x84\xe5\x88\x86\n\xe5\xa5\xbd\xff,5\n\xe5\xa5\xbd,4\n");
    assert_eq!((read.header().encoding.as_str(), read.cells()), ("utf-8", vec![vec!["好", "4"]]));
    assert_eq!((read.failures[0].line, read.failures[0].column.as_deref()), (2, Some("评价")));
    assert_eq!(read.failed_cells, [["好\u{fffd}", "5"]]);
    let german =
        try_read("Bewertung,Sterne\nSehr schöne Schuhe, größer\n\u{e9}gal,5\n".as_bytes(), &request());
    assert_eq!(german.unwrap().header().encoding, "utf-8");
    // In the header as well: the column loses its name, and the file goes on.
    let mut bytes = "评分,备注x,评价内容\n5,a,好\n".as_bytes().to_vec();
    let at = bytes.iter().position(|byte| *byte == b'x').unwrap();
    bytes[at] = 0xff;
    let headed = crate::support::read(&bytes);
    assert_eq!((headed.header().columns[2].as_str(), headed.rows.len()), ("评价内容", 1));
}

#[test]
fn wide_texts_without_a_mark_are_read() {
    let text = "评价内容\n穿了两天就开线，客服也不理人\n质量很好，物流很快\n";
    for big in [false, true] {
        let bytes: Vec<u8> = text
            .encode_utf16()
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect();
        let read = read(&bytes);
        assert_eq!(read.header().encoding, if big { "utf-16be" } else { "utf-16le" });
        assert_eq!(read.cells(), [["穿了两天就开线，客服也不理人"], ["质量很好，物流很快"]]);
    }
}

#[test]
fn the_cells_of_failed_rows_are_kept() {
    let read = read(format!(
        "text,rating,note\nlong,5,x,y\nnul\0,1,b\n{},2,c\nfine,3,d\n\"open,4\n",
        "字".repeat(40_000)
    ));
    let cells: Vec<Vec<String>> = read
        .failed_cells
        .iter()
        .map(|cells| cells.iter().map(|cell| cell.chars().take(6).collect()).collect())
        .collect();
    assert_eq!(
        cells,
        [
            vec!["long", "5", "x", "y"],
            vec!["nul\0", "1", "b"],
            vec!["字字字字字字", "2", "c"],
            vec!["open,4"]
        ]
    );
    assert_eq!(read.failed_cells[2][0].chars().count(), 32_767);
    let json = crate::support::read("{\"text\":\"a\",\"rating\":1}\n{\"text\":\n");
    assert_eq!(json.failed_cells, [["", "", "{\"text\":"]]);
}

#[test]
fn a_nul_fails_its_row() {
    let read = read("text,rating\nok,5\na\0b,1\nfine,4\n");
    assert_eq!((read.rows.len(), read.failures[0].line), (2, 3));
    assert!(read.failures[0].reason.en.contains("NUL"));
}

#[test]
fn ragged_rows() {
    let read = read("text,rating,note\nshort\nlong,5,x,y\ntrailing,4,,,\n");
    assert_eq!(read.cells(), [["short", "", ""], ["trailing", "4", ""]]);
    let failure = &read.failures[0];
    assert_eq!((failure.line, failure.value.as_deref()), (3, Some("y")));
    assert!(failure.reason.en.contains("4 cells, the header 3"));
}

#[test]
fn an_unclosed_quote_is_named_by_its_line() {
    let read = read("text,rating\nfine,5\n\"never closed,1\nlost,2\n");
    assert_eq!(read.rows.len(), 1);
    assert_eq!(read.failures[0].line, 3);
    assert!(read.failures[0].reason.en.contains("never closed"));
}

#[test]
fn bounds_hold_to_the_letter() {
    let limits = ParseRequest { limits: small(), ..request() };
    let row = |letters: usize| format!("text,rating\n{},5\nnext,4\n", "字".repeat(letters));
    for (letters, failed) in [(9, 0), (10, 0), (11, 1), (500, 1)] {
        let read = try_read(row(letters), &limits).unwrap();
        assert_eq!((read.failures.len(), read.rows.len()), (failed, 2 - failed), "{letters}");
    }
    let header = |columns: usize| vec!["x"; columns].join(",");
    assert!(try_read(header(4), &limits).is_ok());
    assert_eq!(try_read(header(5), &limits).unwrap_err().code, RefusalCode::SheetTooWide);
    assert_eq!(try_read(header(5_000), &limits).unwrap_err().code, RefusalCode::SheetTooWide);
}

#[test]
fn a_cell_of_ten_megabytes_fails_alone() {
    let read = read(format!(
        "text,rating\n{},5\nnext,4\n\"{}\",1\nlast,3\n",
        "x".repeat(10 << 20),
        "y,\n".repeat(3 << 20)
    ));
    assert_eq!(read.cells(), [["next", "4"], ["last", "3"]]);
    assert_eq!(read.failures.iter().map(|failure| failure.line).collect::<Vec<_>>(), [2, 4]);
    assert!(read.failures.iter().all(|failure| failure.value.as_ref().unwrap().len() <= 200));
}

#[test]
fn tab_reports_with_bare_quotes() {
    let read = read(
        "Date\tRating\tComments\tOrder ID\n10/13/26\t1\t\"Great\" they said\t111-1\n10/14/26\t2\t5\" disc\t111-2\n",
    );
    assert_eq!(read.header().format, Format::Tsv);
    assert_eq!(read.cells()[0][2], "\"Great\" they said");
    assert_eq!(read.cells()[1][2], "5\" disc");
}

#[test]
fn titles_and_hints_above_the_header() {
    let read = read("sep=;\r\n九月评价\r\n评价内容;评分\r\n好;5\r\n");
    assert_eq!((read.header().delimiter, read.cells()), (Some(';'), vec![vec!["好", "5"]]));
    assert_eq!(read.rows[0].line, 4);
}

#[test]
fn a_list_of_sentences() {
    let read = read("评价内容\n好, 很好\n\"差, \"\"很\"\"差\"\n");
    assert_eq!((read.header().delimiter, read.cells()), (None, vec![vec!["好, 很好"], vec!["差, \"很\"差"]]));
}

#[test]
fn files_that_are_no_tables() {
    refused("", RefusalCode::Empty);
    refused("\n\n  \n", RefusalCode::Empty);
    refused("<html><table><tr><td>x</td></tr></table>", RefusalCode::WrongFormat);
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xxxx", RefusalCode::WrongFormat);
    let tiny =
        ParseRequest { limits: pingxin_channels::files::Limits { text_bytes: 4, ..small() }, ..request() };
    assert_eq!(try_read("a,b,c", &tiny).unwrap_err().code, RefusalCode::TooLarge);
}

/// Cells as spreadsheets hold them; the first is never empty, so that no row is blank.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = "[a-z好差,\"\\n\\r;|\\t 0-9]{0,8}";
    prop::collection::vec(("[a-z]{1,4}", prop::collection::vec(cell, 2)), 1..8).prop_map(|rows| {
        rows.into_iter().map(|(first, rest)| std::iter::once(first).chain(rest).collect()).collect()
    })
}

proptest! {
    /// What the csv crate writes, we read alike.
    #[test]
    fn reads_what_the_csv_crate_writes(rows in table()) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["text", "rating", "订单编号"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let given = ParseRequest { delimiter: Some(','), ..request() };
        let read = try_read(&bytes, &given).unwrap();
        prop_assert!(read.failures.is_empty(), "{:?}", read.failures);
        prop_assert_eq!(read.cells(), rows.iter().map(|row| row.iter().map(String::as_str).collect::<Vec<_>>()).collect::<Vec<_>>());
    }

    /// And so does the csv crate, of what we read.
    #[test]
    fn agrees_with_the_csv_crate_on_any_text(body in "[ab,\"\\n ]{0,40}") {
        let text = format!("x,y,z\n{body}\n");
        let given = ParseRequest { delimiter: Some(','), ..request() };
        let ours = try_read(&text, &given).unwrap();
        // An unclosed quote is a failure of ours and a record of theirs.
        prop_assume!(ours.failures.is_empty());
        let mut theirs = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let theirs: Vec<Vec<String>> = theirs
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .filter(|record: &Vec<String>| record.iter().any(|cell| !cell.trim().is_empty()))
            .map(|mut record| { record.resize(3, String::new()); record })
            .collect();
        prop_assert_eq!(ours.cells(), theirs.iter().map(|row| row.iter().map(String::as_str).collect::<Vec<_>>()).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = try_read(&bytes, &request());
    }

    #[test]
    fn no_almost_table_makes_it_panic(text in "[,;\\t\"\\n\\r|=a0评\u{0}]{0,80}", given in prop::option::of("[,;\\t|]")) {
        let delimiter = given.and_then(|given| given.chars().next());
        let _ = try_read(text, &ParseRequest { delimiter, limits: small(), ..request() });
    }
}
