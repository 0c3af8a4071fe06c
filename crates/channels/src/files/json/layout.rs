//! How the records of a JSON file are laid out, and reading those that are not one a line.

use std::fmt;
use std::io::{self, Read};

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::files::refusal::{Refusal, RefusalCode};
use crate::files::sink::Stop;

/// Layouts of a JSON file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::files) enum Layout {
    /// One object a line.
    Lines,
    /// One array of objects.
    Array,
    /// Objects one behind the other, over several lines.
    Objects,
}

/// The layout by the first letters; none when the text is no JSON.
pub(in crate::files) fn layout(prefix: &[u8]) -> Option<Layout> {
    let text = prefix.trim_ascii_start();
    let after = |rest: &[u8]| rest.trim_ascii_start().first().copied();
    match text {
        [b'[', rest @ ..] => matches!(after(rest), Some(b'{' | b']')).then_some(Layout::Array),
        [b'{', rest @ ..] if matches!(after(rest), Some(b'"' | b'}') | None) => {
            let line = memchr::memchr(b'\n', text).map(|end| &text[..end]);
            // A first line that ends inside its object is the first of several.
            let unfinished = line.is_some_and(|line| {
                serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof())
            });
            Some(if unfinished { Layout::Objects } else { Layout::Lines })
        }
        _ => None,
    }
}

/// Lets a record have so many bytes, so that no string or number can fill the memory.
struct Bounded<R> {
    source: R,
    left: std::rc::Rc<std::cell::Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(io::Error::other("record too long"));
        }
        let length = into.len().min(left);
        let count = self.source.read(&mut into[..length])?;
        self.left.set(left - count);
        Ok(count)
    }
}

fn broken(number: u64, error: &serde_json::Error, limit: usize) -> Stop {
    if error.is_io() {
        return Refusal::new(
            RefusalCode::TooLarge,
            format!("第 {} 条 JSON 记录超过 {limit} 字节，或文件读不下去。请拆短后再导入。", number + 1),
            format!("JSON record {} is longer than {limit} bytes, or the file cannot be read on. Split it and import it again.", number + 1),
        )
        .into();
    }
    Refusal::new(
        RefusalCode::Damaged,
        format!("第 {} 条之后的 JSON 不完整（文件第 {} 行）。前面的记录已读出；请重新导出整个文件。", number, error.line()),
        format!("The JSON is broken after record {} (line {} of the file). The records before it were read; export the whole file again.", number, error.line()),
    )
    .into()
}

/// Calls `each` with the elements of the one array, numbered from 1.
pub(super) fn elements(
    source: impl Read,
    limit: usize,
    each: impl FnMut(u64, &RawValue) -> Result<(), Stop>,
) -> Result<(), Stop> {
    struct Elements<'s, F> {
        each: F,
        number: &'s mut u64,
        stop: &'s mut Option<Stop>,
        left: std::rc::Rc<std::cell::Cell<usize>>,
        limit: usize,
    }
    impl<'de, F: FnMut(u64, &RawValue) -> Result<(), Stop>> Visitor<'de> for Elements<'_, F> {
        type Value = ();

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an array of objects")
        }

        fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
            while let Some(element) = list.next_element::<Box<RawValue>>()? {
                *self.number += 1;
                self.left.set(self.limit);
                if let Err(stop) = (self.each)(*self.number, &element) {
                    *self.stop = Some(stop);
                    return Err(serde::de::Error::custom("stopped"));
                }
            }
            Ok(())
        }
    }
    let left = std::rc::Rc::new(std::cell::Cell::new(limit));
    let mut reader = serde_json::Deserializer::from_reader(Bounded { source, left: left.clone() });
    let (mut number, mut stop) = (0, None);
    let visitor = Elements { each, number: &mut number, stop: &mut stop, left, limit };
    match reader.deserialize_seq(visitor) {
        Ok(()) => Ok(()),
        Err(error) => Err(stop.unwrap_or_else(|| broken(number, &error, limit))),
    }
}

/// Calls `each` with objects standing one behind the other, numbered from 1.
pub(super) fn objects(
    source: impl Read,
    limit: usize,
    mut each: impl FnMut(u64, &RawValue) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let left = std::rc::Rc::new(std::cell::Cell::new(limit));
    let reader = serde_json::Deserializer::from_reader(Bounded { source, left: left.clone() });
    let mut number = 0;
    for record in reader.into_iter::<Box<RawValue>>() {
        let record = record.map_err(|error| broken(number, &error, limit))?;
        number += 1;
        left.set(limit);
        each(number, &record)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_json_from_tables() {
        assert_eq!(layout(b" [ {\"a\":1}]"), Some(Layout::Array));
        assert_eq!(layout(b"{\"a\":1}\n{\"a\":2}"), Some(Layout::Lines));
        assert_eq!(layout(b"{\n \"a\": 1\n}"), Some(Layout::Objects));
        assert_eq!(layout(b"[id],text"), None);
        assert_eq!(layout(b"{id},text"), None);
        assert_eq!(layout("评价内容,评分".as_bytes()), None);
    }

    #[test]
    fn records_are_bounded_but_not_the_file() {
        let file = format!("[{}]", vec!["{\"a\":\"0123456789\"}"; 50].join(","));
        let mut seen = 0;
        elements(file.as_bytes(), 64, |number, _| {
            seen = number;
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, 50);
        let Err(Stop::Refused(refusal)) = elements(file.as_bytes(), 12, |_, _| Ok(())) else {
            panic!("taken")
        };
        assert_eq!(refusal.code, RefusalCode::TooLarge);
    }

    #[test]
    fn a_file_cut_short_says_how_far_it_came() {
        let mut seen = 0;
        let answer = objects(&b"{\n\"a\":1}\n{\"a\":"[..], 1024, |_, _| {
            seen += 1;
            Ok(())
        });
        let Err(Stop::Refused(refusal)) = answer else { panic!("taken") };
        assert!(refusal.say.en.contains("after record 1"), "{}", refusal.say.en);
        assert_eq!(seen, 1);
    }
}
