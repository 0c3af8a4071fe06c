//! Answers of platforms' interfaces: the records stand some levels down, among the numbers of pages and requests.
//!
//! `{"traderates_get_response":{"total_results":2,"trade_rates":{"trade_rate":[…]}}}` is two records, and so is any
//! object whose only list of objects with headers we know stands among values that are none of a record. An order with
//! its lines is no such object: its own number and state say so.

use serde_json::value::RawValue;

use super::flatten::Object;
use crate::files::columns::{clear_field, is_known_header};
use crate::files::refusal::{Refusal, RefusalCode};

/// Levels of objects above the list.
const DEPTH: usize = 5;

/// Names in an answer that speak of the answer itself, though some of them head columns elsewhere.
const ENVELOPE: [&str; 29] = [
    "code",
    "count",
    "cursor",
    "current",
    "data",
    "desc",
    "error",
    "id",
    "limit",
    "message",
    "msg",
    "name",
    "next",
    "offset",
    "page",
    "pages",
    "result",
    "results",
    "size",
    "state",
    "status",
    "success",
    "time",
    "timestamp",
    "title",
    "total",
    "type",
    "url",
    "version",
];

/// What a record of a file turns out to be.
pub(super) enum Unwrapped<'r> {
    /// A record, as it is.
    Plain,
    /// An answer that holds these; none when its page is empty.
    Records(Vec<&'r RawValue>),
    /// An answer that says what went wrong.
    Refused(Refusal),
}

/// Looks into an object; what is none is plain.
pub(super) fn unwrap(record: &RawValue) -> Unwrapped<'_> {
    let Ok(Object(members)) = serde_json::from_str::<Object<'_>>(record.get()) else {
        return Unwrapped::Plain;
    };
    if let Some((_, body)) = members.iter().find(|(name, _)| name == "error_response") {
        return Unwrapped::Refused(refused(body));
    }
    let response = matches!(members.as_slice(), [(name, _)] if is_response(name));
    let mut found = Search::default();
    found.look(&members, 0);
    match (found.lists.len(), found.of_record) {
        (1, false) => Unwrapped::Records(found.lists.remove(0)),
        // A single record, perhaps with lists of its own.
        (0, _) | (_, true) if response => Unwrapped::Records(only_record(&members).into_iter().collect()),
        _ => Unwrapped::Plain,
    }
}

/// `…_response` of TOP, `…_responce` of JD (sic).
fn is_response(name: &str) -> bool {
    name.ends_with("_response") || name.ends_with("_responce")
}

/// Lists of records in an object, and whether the object is itself a record.
#[derive(Default)]
struct Search<'r> {
    lists: Vec<Vec<&'r RawValue>>,
    of_record: bool,
}

impl<'r> Search<'r> {
    fn look(&mut self, members: &[(String, &'r RawValue)], depth: usize) {
        for (name, value) in members {
            match value.get().as_bytes().first() {
                Some(b'{') if depth < DEPTH => {
                    if let Ok(Object(inner)) = serde_json::from_str::<Object<'_>>(value.get()) {
                        self.look(&inner, depth + 1);
                    }
                }
                Some(b'[') if depth < DEPTH => self.lists.extend(list_of_records(value)),
                _ => {
                    let envelope = ENVELOPE.contains(&name.to_ascii_lowercase().as_str());
                    self.of_record |= clear_field(name).is_some() || is_known_header(name) && !envelope;
                }
            }
        }
    }
}

/// The elements, when they are objects and the first has a header we know.
fn list_of_records(value: &RawValue) -> Option<Vec<&RawValue>> {
    let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
    let first = elements.first()?;
    let objects = elements.iter().all(|element| element.get().starts_with('{'));
    let Object(members) = serde_json::from_str(first.get()).ok()?;
    (objects && members.iter().any(|(name, _)| is_known_header(name))).then_some(elements)
}

/// The one object at the end of a chain of objects (`tmall_rate_info`); none when it holds no header we know.
fn only_record<'r>(members: &[(String, &'r RawValue)]) -> Option<&'r RawValue> {
    let mut value = members.first()?.1;
    for _ in 0..DEPTH {
        let Object(inner) = serde_json::from_str(value.get()).ok()?;
        if inner.iter().any(|(name, _)| clear_field(name).is_some()) {
            return Some(value);
        }
        let mut objects = inner.iter().filter(|(_, member)| member.get().starts_with('{'));
        match (objects.next(), objects.next()) {
            (Some((_, only)), None) => value = only,
            _ => return inner.iter().any(|(name, _)| is_known_header(name)).then_some(value),
        }
    }
    None
}

fn refused(body: &RawValue) -> Refusal {
    #[derive(serde::Deserialize)]
    struct Body {
        code: Option<serde_json::Value>,
        msg: Option<String>,
        sub_code: Option<String>,
        sub_msg: Option<String>,
    }
    let body: Option<Body> = serde_json::from_str(body.get()).ok();
    let code = body
        .as_ref()
        .and_then(|body| body.code.as_ref())
        .map_or_else(|| "?".to_owned(), |code| code.as_str().map_or_else(|| code.to_string(), str::to_owned));
    let said = |body: &Body| {
        [&body.msg, &body.sub_code, &body.sub_msg]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    };
    let said: String = body.as_ref().map(said).unwrap_or_default().chars().take(300).collect();
    Refusal::new(
        RefusalCode::PlatformError,
        format!("文件里没有记录，只有平台的报错：错误码 {code}，{said}。请按提示处理后重新导出，再导入。"),
        format!(
            "The file holds no records but an error of the platform: code {code}, {said}. Deal with it, export again and import that."
        ),
    )
}

/// Whether a file begins with an answer. Such a file is read answer by answer, within a bound of its own.
pub(in crate::files) fn begins_like_answer(prefix: &[u8]) -> bool {
    let text = prefix.trim_ascii_start();
    let text = text.strip_prefix(b"[").unwrap_or(text).trim_ascii_start();
    match serde_json::Deserializer::from_slice(text).into_iter::<&RawValue>().next() {
        Some(Ok(whole)) => !matches!(unwrap(whole), Unwrapped::Plain),
        _ => seems_an_answer(text),
    }
}

/// Of an object that goes on beyond the prefix: before its first list of objects stand only names of an envelope.
fn seems_an_answer(mut text: &[u8]) -> bool {
    let mut depth = 0;
    loop {
        let Some(inner) = text.strip_prefix(b"{") else { return false };
        text = inner.trim_ascii_start();
        let Some((name, value)) = member(text) else { return false };
        if depth == 0 && (name == "error_response" || is_response(name)) {
            return true;
        }
        text = value;
        // Values of the envelope itself, up to the first that is an object or a list.
        let mut name = name;
        loop {
            match text.first() {
                Some(b'{') => break,
                Some(b'[') => {
                    let first = text[1..].trim_ascii_start();
                    return first.starts_with(b"{") && !is_a_record(name);
                }
                _ => {
                    if is_a_record(name) {
                        return false;
                    }
                    let Some(next) = after_scalar(text) else { return false };
                    let Some((following, value)) = member(next) else { return false };
                    (name, text) = (following, value);
                }
            }
        }
        depth += 1;
        if depth > DEPTH || clear_field(name).is_some() {
            return false;
        }
    }
}

fn is_a_record(name: &str) -> bool {
    let envelope = ENVELOPE.contains(&name.to_ascii_lowercase().as_str());
    clear_field(name).is_some() || is_known_header(name) && !envelope
}

/// `"name": value…` parted into the name and what begins with the value.
fn member(text: &[u8]) -> Option<(&str, &[u8])> {
    let rest = text.strip_prefix(b"\"")?;
    let end = memchr::memchr(b'"', rest)?;
    let name = std::str::from_utf8(&rest[..end]).ok()?;
    Some((name, rest[end + 1..].trim_ascii_start().strip_prefix(b":")?.trim_ascii_start()))
}

/// What follows a number, word or string and its comma.
fn after_scalar(text: &[u8]) -> Option<&[u8]> {
    let mut end = 0;
    if text.starts_with(b"\"") {
        end = 1;
        while *text.get(end)? != b'"' {
            end += if text[end] == b'\\' { 2 } else { 1 };
        }
        end += 1;
    }
    let comma = end + memchr::memchr2(b',', b'}', text.get(end..)?)?;
    (text[comma] == b',').then(|| text[comma + 1..].trim_ascii_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(text: &str) -> Option<usize> {
        let record: &RawValue = serde_json::from_str(text).unwrap();
        match unwrap(record) {
            Unwrapped::Plain => None,
            Unwrapped::Records(records) => Some(records.len()),
            Unwrapped::Refused(refusal) => panic!("{}", refusal.say.en),
        }
    }

    #[test]
    fn answers_are_told_from_records() {
        for (text, records) in [
            (
                r#"{"traderates_get_response":{"total_results":2,"trade_rates":{"trade_rate":[{"tid":1,"content":"a"},{"tid":2}]}}}"#,
                Some(2),
            ),
            (r#"{"traderates_get_response":{"total_results":0}}"#, Some(0)),
            (
                r#"{"tmall_traderate_feeds_get_response":{"tmall_rate_info":{"content":"a","append_time":"2026-10-01","tags":{"tags":[{"tag_name":"b","posi":true}]}}}}"#,
                Some(1),
            ),
            (
                r#"{"trade_fullinfo_get_response":{"trade":{"tid":1,"status":"TRADE_FINISHED","orders":{"order":[{"oid":1,"price":"1.00"}]}}}}"#,
                Some(1),
            ),
            (r#"{"code":0,"msg":"ok","data":{"total":1,"list":[{"review_id":1,"rating":5}]}}"#, Some(1)),
            (r#"{"order_id":1,"items":[{"sku":"a","price":1}]}"#, None),
            (r#"{"product":"x","reviews":[{"rating":1}]}"#, None),
            (r#"{"orders":[{"order_id":1}],"reviews":[{"rating":1}]}"#, None),
            (r#"{"text":"a","photos":["b"]}"#, None),
            (r#"{"data":{"x":[{"y":1}]}}"#, None),
        ] {
            assert_eq!(count(text), records, "{text}");
            assert_eq!(begins_like_answer(text.as_bytes()), records.is_some(), "{text}");
            let unfinished = &text.as_bytes()[..text.len() - 1];
            assert!(records.is_none() || begins_like_answer(unfinished), "{text}");
        }
        assert!(begins_like_answer(b"{\n \"traderates_get_response\": {"));
        assert!(begins_like_answer(b"[{\"code\": 0, \"msg\": \"a, \\\"b\", \"rows\": [ {"));
        assert!(!begins_like_answer(b"[{\"order_id\": 0, \"rows\": [ {"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[\\[{]{0,2}(\"(a_response|error_response|data|tid|code)\":|[\\[\\]{}\",:a0\\\\ ]){0,12}|\\PC{0,30}") {
            let _ = begins_like_answer(text.as_bytes());
            if let Ok(record) = serde_json::from_str::<&RawValue>(&text) {
                let _ = unwrap(record);
            }
        }
    }
}
