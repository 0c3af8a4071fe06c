//! `docs/data-retention.md` names every column that is stored.

use std::collections::{BTreeMap, BTreeSet};

use crate::{assert_none, tree};

type Columns = BTreeMap<String, BTreeSet<String>>;

/// In nearly every table; the page explains them once.
const EVERYWHERE: &[&str] = &["tenant_id", "id"];

/// The columns that migrations make, by table.
fn stored(migrations: &str) -> Columns {
    let mut columns = Columns::new();
    let mut table = None;
    // A virtual table names its columns among its options; it is read as one line.
    let one_line = migrations.replace("fts5 (\n", "fts5 (");
    for line in one_line.lines().map(str::trim) {
        let words: Vec<&str> = line.split([' ', '(', ',']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["CREATE", "TABLE", name, rest @ ..] => {
                columns
                    .entry((*name).to_owned())
                    .or_default()
                    .extend(rest.first().map(|first| (*first).to_owned()));
                table = (!line.ends_with(';')).then(|| (*name).to_owned());
            }
            ["CREATE", "VIRTUAL", "TABLE", name, "USING", _, rest @ ..] => {
                let named = rest.iter().take_while(|word| !word.contains('=') && !word.contains('\''));
                let named = named.take(usize::from(!rest.is_empty())).map(|word| (*word).to_owned());
                columns.entry((*name).to_owned()).or_default().extend(named);
            }
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column, ..] => {
                columns.entry((*name).to_owned()).or_default().insert((*column).to_owned());
            }
            [first, ..] if first.starts_with(')') => table = None,
            [first, _, ..] if first.starts_with(|c: char| c.is_ascii_lowercase()) => {
                if let Some(table) = &table {
                    columns.entry(table.clone()).or_default().insert((*first).to_owned());
                }
            }
            _ => {}
        }
    }
    for named in columns.values_mut() {
        named.retain(|column| !EVERYWHERE.contains(&column.as_str()));
    }
    columns
}

/// The columns that the page names, by table.
fn documented(page: &str) -> Columns {
    let mut columns = Columns::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').collect();
        let named = tree::in_backticks(cells[2]).into_iter().map(str::to_owned);
        for table in tree::in_backticks(cells[1]) {
            columns.entry(table.to_owned()).or_default().extend(named.clone());
        }
    }
    columns
}

fn problems(stored: &Columns, documented: &Columns) -> Vec<String> {
    let pairs = |columns: &Columns| -> BTreeSet<String> {
        let tables = columns.keys().cloned();
        let named =
            columns.iter().flat_map(|(table, names)| names.iter().map(move |name| format!("{table}.{name}")));
        tables.chain(named).collect()
    };
    let [stored, documented] = [pairs(stored), pairs(documented)];
    let missing = stored.difference(&documented).map(|name| format!("{name} is stored and not on the page"));
    let idle = documented.difference(&stored).map(|name| format!("{name} is on the page and not stored"));
    missing.chain(idle).collect()
}

#[test]
fn the_page_names_every_stored_column() {
    let migrations: String = tree::files_ending(&[".sql"])
        .iter()
        .filter(|file| file.starts_with("crates/store/migrations/"))
        .map(|file| tree::read(file))
        .collect();
    let stored = stored(&migrations);
    assert!(stored.len() > 15, "the migrations were not read: {:?}", stored.keys());
    assert_none(&problems(&stored, &documented(&tree::read("docs/data-retention.md"))));
}

#[test]
fn a_column_without_a_word_and_a_word_without_a_column_are_found() {
    let migrations = "CREATE TABLE shops (\n tenant_id BLOB NOT NULL,\n name TEXT,\n PRIMARY KEY (tenant_id)\n) STRICT;\n\
        CREATE INDEX shops_name ON shops (name);\nCREATE TABLE marks (tenant_id BLOB PRIMARY KEY) STRICT;\n\
        CREATE VIRTUAL TABLE words USING fts5 (\n tokens, content = ''\n);\nALTER TABLE shops ADD COLUMN zone TEXT;\n";
    let page = "| `shops` | `name` `gone` | what | kept |\n| `marks` | | a mark | kept |\n| `words` | `tokens` | | |\n";
    let found = problems(&stored(migrations), &documented(page));
    assert_eq!(
        found,
        ["shops.zone is stored and not on the page", "shops.gone is on the page and not stored"]
    );
}
