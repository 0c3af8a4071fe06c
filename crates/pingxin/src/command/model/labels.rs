//! Our own labels: causes and fault of texts that lie in other sets, named by a hash, so that no text is kept here.
//!
//! A file is a table with a heading: the set whose dev part holds the text, the first 16 digits of the text's SHA-256,
//! the causes (the most important first, none for a text that complains of nothing), the fault. They were given one by
//! one by reading, under the guide of `zh_cause`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use pingxin_store::secret::hash_of;

use super::corpus::{self, Row};

/// The labelled texts of one language (`zh` or `en`), as rows of the language's cause set.
pub(super) fn rows(labels: &Path, language: &str, data: &Path) -> anyhow::Result<Vec<Row>> {
    let path = labels.join(format!("{language}-cause.tsv"));
    let table = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}; --labels names the folder of labels", path.display()))?;
    let mut by_set: HashMap<&str, HashMap<&str, (&str, &str)>> = HashMap::new();
    for (number, line) in table.lines().enumerate().skip(1) {
        let [set, text, causes, fault] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}, line {}: four columns are needed", path.display(), number + 1);
        };
        by_set.entry(set).or_default().insert(text, (causes, fault));
    }
    let mut sets: Vec<&str> = by_set.keys().copied().collect();
    sets.sort_unstable();
    let mut labelled = Vec::new();
    for set in sets.into_iter().filter(|set| corpus::is_there(data, set)) {
        for mut row in corpus::rows(data, set, "dev")? {
            let Some((causes, fault)) = by_set[set].get(&*digits(&row.text)) else { continue };
            row.causes = causes.split(',').filter(|cause| !cause.is_empty()).map(str::to_owned).collect();
            row.primary = row.causes.first().cloned();
            row.fault = Some((*fault).to_owned());
            labelled.push(row);
        }
    }
    Ok(labelled)
}

fn digits(text: &str) -> String {
    hash_of(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
