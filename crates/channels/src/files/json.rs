//! JSON: one object a line, an array of objects, objects over several lines, or answers of platforms' interfaces with
//! the records inside (`wrapper.rs`).
//!
//! Columns are the paths of the values, found in a first pass over the whole file; see `flatten.rs`.

mod flatten;
mod layout;
mod wrapper;

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};

use pingxin_domain::Say;
use pingxin_domain::intake::RowFailure;
use serde_json::value::RawValue;

pub(super) use self::layout::{Layout, layout};
pub(super) use self::wrapper::begins_like_answer;
use self::wrapper::{Unwrapped, unwrap};
use super::delimited::too_wide;
use super::encoding::{Decoded, Found};
use super::format::Format;
use super::frame::Header;
use super::lines::read_line;
use super::parse::cannot_read;
use super::refusal::{Refusal, RefusalCode};
use super::request::{Limits, ParseRequest};
use super::sink::{Emitter, Stop, kept};

/// How a file of JSON is built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) layout: Layout,
    /// Whether its objects are answers that hold the records.
    pub(super) answers: bool,
}

/// Reads a file of JSON that was found to be of this kind.
pub(super) fn read<R: Read + Seek>(
    source: &mut R,
    size: u64,
    found: &Found,
    kind: Kind,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    let limits = &request.limits;
    let mut columns = Columns::new(limits.columns);
    walk(
        source,
        found,
        kind,
        limits,
        |_, record| {
            if let Ok(pairs) = record.and_then(flatten::pairs) {
                for (path, _) in pairs {
                    columns.add(path)?;
                }
            }
            Ok(())
        },
        |_| Ok(()),
    )?;
    if columns.names.is_empty() {
        return Err(no_objects().into());
    }
    out.header(&Header {
        format: if kind.layout == Layout::Lines && !kind.answers { Format::Jsonl } else { Format::Json },
        encoding: found.name(),
        delimiter: None,
        sheet: None,
        columns: columns.names.clone(),
        bytes: size,
    })?;
    let mut cells = vec![String::new(); columns.names.len()];
    let shared = std::cell::RefCell::new(out);
    walk(
        source,
        found,
        kind,
        limits,
        |line, record| {
            let mut out = shared.borrow_mut();
            match record.and_then(flatten::pairs) {
                Ok(pairs) => {
                    cells.iter_mut().for_each(String::clear);
                    let mut hint = 0;
                    for (path, value) in pairs {
                        if let Some(index) = columns.find(&path, hint) {
                            cells[index] = value;
                            hint = index + 1;
                        }
                    }
                    out.row(line, cells.iter().map(String::as_str))
                }
                Err(problem) => {
                    // It fits no column, so it stands behind them all.
                    let blank = std::iter::repeat_n("", columns.names.len());
                    let cells = kept(blank.chain([problem.value.as_str()]));
                    out.fail(problem.failure(line), cells)
                }
            }
        },
        |bytes_read| shared.borrow_mut().progress(bytes_read),
    )
}

/// Letters of a broken record that are kept to be mended.
const SHOWN: usize = 32_767;

/// Why a record could not be taken.
pub(super) struct Problem {
    value: String,
    reason: Say,
    /// A line that is longer than the bound, and was not read to its end.
    too_long: bool,
}

impl Problem {
    fn new(value: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { value: value.chars().take(SHOWN).collect(), reason: Say::new(zh, en), too_long: false }
    }

    fn failure(self, line: u64) -> RowFailure {
        let value = self.value.chars().take(200).collect();
        RowFailure { line, column: None, value: Some(value), reason: self.reason }
    }
}

struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
    limit: usize,
}

impl Columns {
    fn new(limit: usize) -> Self {
        Self { names: Vec::new(), places: HashMap::new(), limit }
    }

    fn add(&mut self, path: String) -> Result<(), Stop> {
        if !self.places.contains_key(&path) {
            if self.names.len() >= self.limit {
                return Err(too_wide(self.limit).into());
            }
            self.places.insert(path.clone(), self.names.len());
            self.names.push(path);
        }
        Ok(())
    }

    /// Records mostly keep the order of the one before.
    fn find(&self, path: &str, hint: usize) -> Option<usize> {
        if self.names.get(hint).is_some_and(|name| name == path) {
            return Some(hint);
        }
        self.places.get(path).copied()
    }
}

/// Calls `each` for every record, with its line (or its number in an array, or among the records of answers).
fn walk<R: Read + Seek>(
    source: &mut R,
    found: &Found,
    kind: Kind,
    limits: &Limits,
    mut each: impl FnMut(u64, Result<&RawValue, Problem>) -> Result<(), Stop>,
    progress: impl FnMut(u64) -> Result<(), Stop>,
) -> Result<(), Stop> {
    if !kind.answers {
        return objects(source, found, kind.layout, limits, limits.record_bytes, each, progress);
    }
    let mut count = 0;
    let mut counted = |record: Result<&RawValue, Problem>| {
        count += 1;
        each(count, record)
    };
    let answer = |_, object: Result<&RawValue, Problem>| {
        let object = match object {
            Ok(object) => object,
            Err(problem) if problem.too_long => return Err(answer_too_long(limits).into()),
            Err(problem) => return counted(Err(problem)),
        };
        match unwrap(object) {
            Unwrapped::Plain => counted(Ok(object)),
            Unwrapped::Records(records) => records.into_iter().try_for_each(|record| counted(Ok(record))),
            Unwrapped::Refused(refusal) => Err(refusal.into()),
        }
    };
    objects(source, found, kind.layout, limits, limits.answer_bytes, answer, progress)
}

/// Calls `each` for every object of the layout, with its line or number.
fn objects<R: Read + Seek>(
    source: &mut R,
    found: &Found,
    layout: Layout,
    limits: &Limits,
    most: usize,
    mut each: impl FnMut(u64, Result<&RawValue, Problem>) -> Result<(), Stop>,
    mut progress: impl FnMut(u64) -> Result<(), Stop>,
) -> Result<(), Stop> {
    source.seek(SeekFrom::Start(0)).map_err(cannot_read)?;
    let mut text = Decoded::new(source, found).map_err(cannot_read)?;
    match layout {
        Layout::Lines => {
            let mut line = Vec::new();
            let mut number = 0;
            while let Some(whole) = read_line(&mut text, &mut line, most).map_err(cannot_read)? {
                number += 1;
                let record = line.trim_ascii();
                if !record.is_empty() {
                    each(number, if whole { parse(record) } else { Err(too_long(record, limits)) })?;
                }
                progress(text.bytes_read())?;
            }
            Ok(())
        }
        Layout::Array => layout::elements(&mut text, most, |number, record| each(number, Ok(record))),
        Layout::Objects => layout::objects(&mut text, most, |number, record| each(number, Ok(record))),
    }
}

fn parse(record: &[u8]) -> Result<&RawValue, Problem> {
    serde_json::from_slice(record).map_err(|error| {
        Problem::new(
            &String::from_utf8_lossy(record),
            format!(
                "这一行不是完整的 JSON（第 {} 个字节处）。请重新导出，每行一个 JSON 对象。",
                error.column()
            ),
            format!(
                "The line is no whole JSON value (at byte {}). Export it again, one JSON object a line.",
                error.column()
            ),
        )
    })
}

fn too_long(record: &[u8], limits: &Limits) -> Problem {
    let size = limits.record_bytes;
    let problem = Problem::new(
        &String::from_utf8_lossy(&record[..record.len().min(SHOWN * 4)]),
        format!("这一行超过 {size} 字节。请拆短后再导入。"),
        format!("The line is longer than {size} bytes. Split it and import it again."),
    );
    Problem { too_long: true, ..problem }
}

fn answer_too_long(limits: &Limits) -> Refusal {
    let megabytes = limits.answer_bytes >> 20;
    Refusal::new(
        RefusalCode::TooLarge,
        format!("文件里有一个接口返回超过 {megabytes} MB。请按页或按日期分开保存，再导入。"),
        format!(
            "An answer in the file is larger than {megabytes} MB. Save it page by page or by shorter periods and import those."
        ),
    )
}

fn no_objects() -> Refusal {
    Refusal::new(
        RefusalCode::Empty,
        "文件里没有可以读的 JSON 对象。请导出每行一个对象，或一个由对象组成的数组。",
        "The file holds no JSON object that can be read. Export one object a line, or one array of objects.",
    )
}
