//! Labelled sets as they lie on disk: a folder a set, gzipped JSON Lines a part.

use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::Value;

/// One labelled text; which fields are there depends on the set.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub text: String,
    /// 1 good, 0 bad; or a word (`pos`, `neutral`, `neg`, …).
    #[serde(default)]
    pub label: Value,
    /// The kind of goods, where a set says it.
    #[serde(default)]
    pub cat: Option<String>,
    #[serde(default)]
    pub causes: Vec<String>,
    #[serde(default)]
    pub primary: Option<String>,
    #[serde(default)]
    pub fault: Option<String>,
}

/// Every row of one part of one set.
pub(super) fn rows(data: &Path, set: &str, part: &str) -> anyhow::Result<Vec<Row>> {
    lines(data, set, part)?
        .iter()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{set}/{part}, line {}", number + 1))
        })
        .collect()
}

/// Whether there is such a set: who trains on his own texts alone has not all of them.
pub(super) fn is_there(data: &Path, set: &str) -> bool {
    data.join(set).is_dir()
}

/// Portuguese comments as rows, good or bad by their scores; those in the middle are left out.
pub(super) fn portuguese_rows(data: &Path, part: &str) -> anyhow::Result<Vec<Row>> {
    let row = |(text, score): (String, i64)| {
        let label = Value::from(i64::from(score > 3));
        Row { text, label, cat: None, causes: Vec::new(), primary: None, fault: None }
    };
    Ok(portuguese(data, part)?.into_iter().filter(|(_, score)| *score != 3).map(row).collect())
}

/// Portuguese comments with their scores: the reviews inside the orders of `pt_orders`.
fn portuguese(data: &Path, part: &str) -> anyhow::Result<Vec<(String, i64)>> {
    let mut comments = Vec::new();
    for (number, line) in lines(data, "pt_orders", part)?.iter().enumerate() {
        let order: Value =
            serde_json::from_str(line).with_context(|| format!("pt_orders/{part}, line {}", number + 1))?;
        for review in order["reviews"].as_array().into_iter().flatten() {
            let words = |field: &str| review[field].as_str().unwrap_or_default().trim().to_owned();
            let text = format!("{} {}", words("title"), words("message"));
            if let Some(score) = review["score"].as_i64()
                && !text.trim().is_empty()
            {
                comments.push((text, score));
            }
        }
    }
    Ok(comments)
}

fn lines(data: &Path, set: &str, part: &str) -> anyhow::Result<Vec<String>> {
    let path = data.join(set).join(format!("{part}.jsonl.gz"));
    let file = std::fs::File::open(&path).with_context(|| {
        format!("cannot open {}; --data names the folder that holds the labelled sets", path.display())
    })?;
    let mut lines = Vec::new();
    for line in BufReader::new(MultiGzDecoder::new(file)).lines() {
        let line = line.with_context(|| format!("{} is no gzipped text", path.display()))?;
        if !line.trim().is_empty() {
            lines.push(line);
        }
    }
    Ok(lines)
}
