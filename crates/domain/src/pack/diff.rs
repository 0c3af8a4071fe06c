//! What changed between two packs, value by value.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Pack;
use super::entry::Entry;

/// One value that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its name, such as `window.buyer_modify.days`.
    pub key: String,
    /// What it was; null, it was not there.
    pub before: Option<String>,
    /// What it is; null, it is gone.
    pub after: Option<String>,
}

/// Every value that is not the same in both, by name.
#[must_use]
pub fn changes(before: &Pack, after: &Pack) -> Vec<Change> {
    let (before, after) = (values(before), values(after));
    let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changes = keys.into_iter().map(|key| Change {
        key: key.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
    });
    changes.filter(|change| change.before != change.after).collect()
}

fn values(pack: &Pack) -> BTreeMap<String, String> {
    pack.entries.iter().flat_map(said).collect()
}

/// Every value of a table with its name; tables of one name are told apart by the day from which they hold.
fn said(entry: &Entry) -> Vec<(String, String)> {
    let name = match entry.record.effective_from {
        Some(from) => format!("{}@{from}", entry.name()),
        None => entry.name(),
    };
    let mut said: Vec<(String, String)> =
        entry.values.iter().map(|(key, value)| (format!("{name}.{key}"), value.to_string())).collect();
    if entry.record.source.is_empty() {
        return said;
    }
    let sources: Vec<String> = entry.record.source.iter().map(ToString::to_string).collect();
    said.push((format!("{name}.source"), sources.join(", ")));
    said.push((format!("{name}.grade"), entry.record.grade.code().into()));
    said.push((format!("{name}.status"), entry.record.status.code().into()));
    if let Some(to) = entry.record.effective_to {
        said.push((format!("{name}.effective_to"), to.to_string()));
    }
    if !entry.alternatives.is_empty() {
        let all: Vec<String> = entry.alternatives.iter().map(ToString::to_string).collect();
        said.push((format!("{name}.alternatives"), all.join(", ")));
    }
    said
}
