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

const PAGE: &str = r#"{"traderates_get_response":{"total_results":2,"trade_rates":{"trade_rate":[{"tid":1234567890123456789,"oid":1234567890123456790,"nick":"t**1","result":"bad","content":"开线了"},{"tid":2,"oid":2,"nick":"x**2","result":"good","content":"不错"}]},"request_id":"abc"}}"#;

#[test]
fn pages_of_an_interface_give_their_records() {
    let pretty = PAGE.replace('{', "{\n ").replace("},", "},\n").replace("\":", "\" : ");
    for (text, pages) in [
        (PAGE.to_owned(), 1),
        (format!("{PAGE}\n{PAGE}\n"), 2),
        (format!("[{PAGE},{PAGE},{PAGE}]"), 3),
        (pretty.clone(), 1),
        (format!("{pretty}\n{pretty}"), 2),
        (format!("[\n{pretty},\n{pretty}]"), 2),
    ] {
        let read = read(&text);
        assert_eq!(read.header().format, Format::Json);
        assert_eq!(read.header().columns, ["tid", "oid", "nick", "result", "content"], "{text}");
        assert_eq!(read.rows.len(), pages * 2);
        assert_eq!(read.rows[0].cells[0], "1234567890123456789", "ids beyond 2^53 stay exact");
        let lines: Vec<u64> = read.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, (1..=pages as u64 * 2).collect::<Vec<_>>(), "records are numbered");
    }
}

#[test]
fn other_wrappings_give_their_records_too() {
    let read = read(
        r#"{"jingdong_comments_query_responce":{"code":"0","result":{"total":1,"page":{"items":[{"orderId":"1","content":"好","score":5,"creationTime":"2026-10-01 12:00:00"}]}}}}"#,
    );
    assert_eq!((read.header().columns.len(), read.rows.len()), (4, 1));
    let single = crate::support::read(
        r#"{"tmall_traderate_feeds_get_response":{"tmall_rate_info":{"content":"好","comment_time":"2026-10-01","tags":{"tags":[{"tag_name":"物流快","posi":true}]}},"request_id":"x"}}"#,
    );
    assert_eq!(
        single.header().columns,
        ["content", "comment_time", "tags.tags[].tag_name", "tags.tags[].posi"]
    );
    refused(r#"{"traderates_get_response":{"total_results":0,"request_id":"x"}}"#, RefusalCode::Empty);
}

#[test]
fn an_error_of_the_platform_is_shown_as_one() {
    let error = r#"{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-app-api-access-count","sub_msg":"This ban will last for 2 more seconds","request_id":"x"}}"#;
    for text in [error.to_owned(), format!("{PAGE}\n{error}\n"), format!("[{PAGE},{error}]")] {
        let refusal = refused(&text, RefusalCode::PlatformError);
        assert!(
            refusal.say.en.contains("code 7") && refusal.say.en.contains("2 more seconds"),
            "{}",
            refusal.say.en
        );
        assert!(refusal.say.zh.contains("错误码 7"));
    }
}

#[test]
fn answers_are_bounded_and_plain_arrays_are_not() {
    let limits = Limits { record_bytes: 64, answer_bytes: 2_000, ..Limits::default() };
    let small = ParseRequest { limits, ..request() };
    assert_eq!(try_read(PAGE, &small).unwrap().rows.len(), 2, "longer than a record may be");
    let element = r#"{"tid":1,"content":"好"}"#;
    let long = format!(r#"{{"a_response":{{"list":[{}]}}}}"#, vec![element; 200].join(","));
    for text in [long.clone(), format!("[{long}]"), long.replacen('{', "{\n", 1)] {
        let refusal = try_read(&text, &small).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::TooLarge, "{}", refusal.say.en);
    }
    let plain = format!("[{}]", vec![element; 5_000].join(","));
    assert_eq!(try_read(plain, &small).unwrap().rows.len(), 5_000);
}

proptest! {
    #[test]
    fn any_page_gives_as_many_records_as_it_has(contents in prop::collection::vec("\\PC{0,12}", 1..8), pages in 1usize..4) {
        let records: Vec<serde_json::Value> =
            contents.iter().map(|content| serde_json::json!({ "tid": 1, "content": content })).collect();
        let page = serde_json::json!({ "a_get_response": { "rates": { "rate": records } } }).to_string();
        let read = read(vec![page; pages].join("\n"));
        prop_assert_eq!(read.rows.len() + read.failures.len(), contents.len() * pages);
    }

    #[test]
    fn no_wrapping_makes_it_panic(text in "[\\[]?(\\{\"(a_response|data|tid|code|rows)\":(1|\\[|\\{)?|[\\[\\]{}\",:a0\\n ]){0,16}") {
        let _ = try_read(text, &request());
    }


    #[test]
    fn no_bytes_make_it_panic(text in "[\\[{]{1,2}[\\[\\]{}\",:a0\\n\\\\ue]{0,60}") {
        let _ = try_read(text, &request());
    }
}
