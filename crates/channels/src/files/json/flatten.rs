//! An object as paths and texts: `buyer.nick`, `tags`, `items[].price`.
//!
//! Numbers stay as they are written (ids beyond 2^53 are common). Arrays of plain values are joined. Arrays of
//! objects give one path a value, `items[].price`, with the values of all elements one behind the other,
//! parted by U+001E, so that element *n* is at place *n* of every `items[]` path.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Problem;
use crate::files::frame::RawRow;

/// Deeper values are kept as JSON text.
const DEPTH: usize = 6;
/// More values than this in one record are no review and no order.
const VALUES: usize = 4_096;

/// A JSON object in the order of the file.
pub(super) struct Object<'r>(pub(super) Vec<(String, &'r RawValue)>);

impl<'de: 'r, 'r> Deserialize<'de> for Object<'r> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry::<String, &'de RawValue>()? {
                    if pairs.len() >= VALUES {
                        return Err(serde::de::Error::custom("too many values"));
                    }
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// The values of a record by their paths, in the order of the file.
///
/// # Errors
/// When the record is no object, or holds a string that is no text (half a surrogate pair).
pub(super) fn pairs(record: &RawValue) -> Result<Vec<(String, String)>, Problem> {
    let wrong = |error: serde_json::Error| {
        Problem::new(
            record.get(),
            format!("这条记录不是可以读的 JSON 对象（{error}）。请重新导出。"),
            format!("The record is no JSON object that can be read ({error}). Export it again."),
        )
    };
    let mut pairs = Vec::new();
    object(record, "", 0, &mut pairs).map_err(wrong)?;
    Ok(pairs)
}

fn object(
    value: &RawValue,
    prefix: &str,
    depth: usize,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), serde_json::Error> {
    let Object(members) = serde_json::from_str(value.get())?;
    for (key, member) in members {
        let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match member.get().as_bytes().first() {
            Some(b'{') if depth < DEPTH => object(member, &path, depth + 1, pairs)?,
            Some(b'[') if depth < DEPTH => array(member, path, depth + 1, pairs)?,
            _ => pairs.push((path, scalar(member)?.into_owned())),
        }
        if pairs.len() > VALUES {
            return Err(serde::de::Error::custom("too many values"));
        }
    }
    Ok(())
}

fn array(
    value: &RawValue,
    path: String,
    depth: usize,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), serde_json::Error> {
    let elements: Vec<&RawValue> = serde_json::from_str(value.get())?;
    let starts_with = |mark: u8| move |element: &&RawValue| element.get().as_bytes().first() == Some(&mark);
    if !elements.is_empty() && elements.iter().all(starts_with(b'{')) {
        let mut columns: Vec<(String, Vec<String>)> = Vec::new();
        for (place, element) in elements.iter().enumerate() {
            let mut inner = Vec::new();
            object(element, "", depth, &mut inner)?;
            for (leaf, text) in inner {
                let known = columns.iter().position(|(name, _)| *name == leaf);
                let at = known.unwrap_or_else(|| {
                    columns.push((leaf, Vec::new()));
                    columns.len() - 1
                });
                if columns.len() > VALUES {
                    return Err(serde::de::Error::custom("too many values"));
                }
                let texts = &mut columns[at].1;
                texts.resize(place, String::new());
                texts.push(text.replace(RawRow::SEPARATOR, " "));
            }
        }
        for (leaf, mut texts) in columns {
            texts.resize(elements.len(), String::new());
            pairs.push((format!("{path}[].{leaf}"), texts.join(RawRow::SEPARATOR.encode_utf8(&mut [0; 4]))));
        }
        return Ok(());
    }
    if elements.iter().any(|element| starts_with(b'{')(element) || starts_with(b'[')(element)) {
        pairs.push((path, value.get().to_owned()));
        return Ok(());
    }
    let texts: Vec<Cow<'_, str>> = elements.into_iter().map(scalar).collect::<Result<_, _>>()?;
    pairs.push((path, texts.join(", ")));
    Ok(())
}

fn scalar(value: &RawValue) -> Result<Cow<'_, str>, serde_json::Error> {
    match value.get() {
        "null" => Ok(Cow::Borrowed("")),
        text if text.starts_with('"') => Ok(Cow::Owned(serde_json::from_str(text)?)),
        literal => Ok(Cow::Borrowed(literal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flat(text: &str) -> Vec<(String, String)> {
        let record: &RawValue = serde_json::from_str(text).unwrap();
        pairs(record).map_err(|problem| problem.reason.en).unwrap()
    }

    fn expect(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(path, value)| (path.to_string(), value.to_string())).collect();
        assert_eq!(flat(text), expected, "{text}");
    }

    #[test]
    fn objects_become_paths_in_the_order_of_the_file() {
        expect(
            r#"{"z":1,"buyer":{"nick":"t**1","id":12345678901234567890123},"a":null,"ok":true}"#,
            &[
                ("z", "1"),
                ("buyer.nick", "t**1"),
                ("buyer.id", "12345678901234567890123"),
                ("a", ""),
                ("ok", "true"),
            ],
        );
    }

    #[test]
    fn lists_of_objects_stay_in_step() {
        expect(
            r#"{"items":[{"sku":"A","price":85.0},{"price":9,"note":"x"}],"photos":["a.jpg","b.jpg"],"none":[]}"#,
            &[
                ("items[].sku", "A\u{1e}"),
                ("items[].price", "85.0\u{1e}9"),
                ("items[].note", "\u{1e}x"),
                ("photos", "a.jpg, b.jpg"),
                ("none", ""),
            ],
        );
    }

    #[test]
    fn what_is_too_deep_or_mixed_stays_json() {
        expect(r#"{"a":[1,{"b":2}]}"#, &[("a", r#"[1,{"b":2}]"#)]);
        let deep = format!("{}1{}", "{\"a\":".repeat(40), "}".repeat(40));
        assert_eq!(flat(&deep).len(), 1);
    }

    #[test]
    fn what_is_no_object_is_said_to_be_none() {
        for text in ["[1]", "3", "\"x\"", r#"{"a":"\ud800"}"#] {
            let record: &RawValue = serde_json::from_str(text).unwrap();
            assert!(
                pairs(record).is_err_and(|problem| problem.reason.en.contains("no JSON object")),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn plain_objects_come_out_as_they_went_in(map in prop::collection::btree_map("[a-z]{1,5}", "\\PC{0,9}", 0..6)) {
            let text = serde_json::to_string(&map).unwrap();
            let expected: Vec<(String, String)> = map.into_iter().collect();
            prop_assert_eq!(flat(&text), expected);
        }
    }
}
