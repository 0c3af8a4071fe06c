//! The header of a table of text, and title lines above it.

use std::collections::HashMap;

use super::dialect::Dialect;
use super::record::{Record, Records};
use crate::files::columns::is_known_header;
use crate::files::request::Limits;
use crate::files::{cell, sink};

/// How many filled records are looked at for a header below a title.
const LOOK: usize = 6;

/// Titles above the header: leading records with one filled cell that is no known header, when a record with
/// at least two filled cells, and a known header among them, follows. Otherwise none.
pub(super) fn titles_above(prefix: &[u8], dialect: &Dialect, limits: &Limits) -> usize {
    let mut records = Records::new(prefix, dialect.delimiter, dialect.quotes, limits);
    let mut record = Record::default();
    let mut titles = 0;
    while titles < LOOK && records.next(&mut record).unwrap_or(false) {
        if record.is_blank() {
            continue;
        }
        let filled: Vec<&str> = (0..record.cells())
            .filter_map(|index| record.cell(index))
            .map(cell::trimmed)
            .filter(|text| !text.is_empty())
            .collect();
        match filled.as_slice() {
            [only] if !is_known_header(only) => titles += 1,
            [_, _, ..] if filled.iter().any(|name| is_known_header(name)) => return titles,
            _ => return 0,
        }
    }
    0
}

/// The names of the columns; none when they are no text. A header we know among them says that the encoding is right
/// and that single bytes of the others are wrong.
pub(super) fn names(record: &Record) -> Option<Vec<String>> {
    if let Some(text) = record.text() {
        return Some(tidy((0..record.cells()).map(|index| text.cell(index))));
    }
    let known = |name: &str| !name.is_ascii() && is_known_header(cell::trimmed(name));
    if !(0..record.cells()).filter_map(|index| record.cell(index)).any(known) {
        return None;
    }
    let names: Vec<_> = (0..record.cells()).map(|index| record.lossy(index)).collect();
    Some(tidy(names.iter().map(AsRef::as_ref)))
}

/// Trims names, drops empty ones at the end, numbers empty and repeated ones.
pub(in crate::files) fn tidy<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut tidied: Vec<String> = names
        .map(|name| {
            let kept = name.split_whitespace().collect::<Vec<_>>().join(" ");
            cell::trimmed(cell::unguarded(&kept)).to_owned()
        })
        .collect();
    while tidied.last().is_some_and(String::is_empty) && tidied.len() > 1 {
        tidied.pop();
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, name) in tidied.iter_mut().enumerate() {
        if name.is_empty() {
            *name = sink::unnamed_column(index);
        }
        let times = seen.entry(name.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            *name = format!("{name} ({times})");
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::super::dialect;
    use super::*;

    fn titles(text: &str) -> usize {
        let dialect = dialect::sniff(text.as_bytes(), None).unwrap();
        titles_above(text.as_bytes(), &dialect, &Limits::default())
    }

    #[test]
    fn only_clear_titles_are_skipped() {
        assert_eq!(titles("九月评价导出,,\n\n评价内容,评分,买家昵称\n好,5,t**1\n"), 1);
        assert_eq!(
            titles("店铺：猫咪之家\n导出时间：2026-10-01\n评价内容,评分\n好,5\n差,1\n好,5\n好,5\n好,5\n"),
            2
        );
        assert_eq!(titles("评价内容\n好,5\n"), 0);
        assert_eq!(titles("colour,size\nred,5\n"), 0);
        assert_eq!(titles("something\nred,5\nblue,6\n"), 0);
    }

    #[test]
    fn names_are_tidied() {
        let raw = ["\u{feff}订单编号", "收货地址 ", "=\"评分\"", "", "评分", "a\nb", "", ""];
        assert_eq!(tidy(raw.into_iter()), ["订单编号", "收货地址", "评分", "column 4", "评分 (2)", "a b"]);
    }
}
