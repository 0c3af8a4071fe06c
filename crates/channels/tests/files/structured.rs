//! JSON in its three layouts.

use pingxin_channels::files::{Format, Limits, ParseRequest, RefusalCode};
use proptest::prelude::*;

use crate::support::{read, refused, request, try_read};

#[test]
fn one_object_a_line_with_late_columns() {
    let read = read("{\"text\":\"好\",\"id\":12345678901234567890}\n\n{\"rating\":5,\"text\":null}\n");
    assert_eq!(read.header().format, Format::Jsonl);
    assert_eq!(read.header().columns, ["text", "id", "rating"]);
    assert_eq!(read.cells(), [["好", "12345678901234567890", ""], ["", "", "5"]]);
    assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn arrays_and_objects_over_several_lines() {
    let array = read("[\n {\"text\": \"好\"},\n {\"text\": \"差\", \"rating\": 1}\n]");
    assert_eq!((array.header().format, array.cells()), (Format::Json, vec![vec!["好", ""], vec!["差", "1"]]));
    assert_eq!(array.rows[1].line, 2, "elements are numbered");
    let objects = read("{\n \"text\": \"好\"\n}\n{\n \"text\": \"差\"\n}\n");
    assert_eq!(objects.cells(), [["好"], ["差"]]);
}

#[test]
fn broken_lines_fail_alone() {
    let read =
        read("{\"text\":\"a\"}\n{\"text\":\n[1,2]\n\"x\"\n{\"text\":\"b\"}\n{\"text\":\"nul\\u0000\"}\n");
    assert_eq!(read.cells(), [["a"], ["b"]]);
    assert_eq!(read.failures.iter().map(|failure| failure.line).collect::<Vec<_>>(), [2, 3, 4, 6]);
    assert!(read.failures[0].reason.en.contains("no whole JSON"));
}

#[test]
fn a_long_line_is_thrown_away_and_named() {
    let limits = Limits { record_bytes: 64, ..Limits::default() };
    let text = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}\n", "x".repeat(200));
    let read = try_read(text, &ParseRequest { limits, ..request() }).unwrap();
    assert_eq!((read.rows.len(), read.failures[0].line), (2, 2));
}

#[test]
fn gbk_lines_are_read() {
    let bytes = encoding_rs::GB18030.encode("{\"评价内容\":\"穿了两天就开线\"}\n").0.into_owned();
    assert_eq!(read(bytes).cells(), [["穿了两天就开线"]]);
}

#[test]
fn what_holds_no_object_is_refused() {
    refused("[]", RefusalCode::Empty);
    refused("{}\n{}\n", RefusalCode::Empty);
    refused("[{\"text\":\"a\"},", RefusalCode::Damaged);
    let wide: String = (0..300).map(|index| format!("{{\"k{index}\":1}}\n")).collect();
    refused(wide, RefusalCode::SheetTooWide);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(text in "[\\[{]{1,2}[\\[\\]{}\",:a0\\n\\\\ue]{0,60}") {
        let _ = try_read(text, &request());
    }
}
