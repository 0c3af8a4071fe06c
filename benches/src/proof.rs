//! Holds the loader's rows against imported ones: the export of a copy is imported into a database of its own, and every
//! column but ids and what is drawn from them, and the instants of the import, must be the same in both.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::ensure;

use crate::copies;
use crate::database::Database;
use crate::filling;
use crate::program::Program;

/// Rows of the seed, and which copy of it is looked at.
const ROWS: usize = 400;
const COPY: usize = 3;

/// Tables, how their rows are told apart, and what of them is no fact of the row.
const COMPARED: [(&str, &str, &str); 8] = [
    // An order's hash holds its number; the loader leaves the seed's.
    ("orders", "order_number", "content_hash line"),
    ("order_lines", "(SELECT o.order_number FROM orders o WHERE o.id = t.order_id) || t.line_key", ""),
    ("reviews", "platform_review_id", "position line imported_at"),
    (
        "review_revisions",
        "(SELECT r.identity FROM reviews r WHERE r.id = t.review_id) || t.revision",
        "seen_at line",
    ),
    ("triage_results", "(SELECT r.identity FROM reviews r WHERE r.id = t.review_id) || t.revision", "at"),
    (
        "review_causes",
        "(SELECT r.identity FROM reviews r WHERE r.position = t.position) || t.cause",
        "position",
    ),
    (
        "cases",
        "(SELECT r.identity FROM reviews r WHERE r.id = t.review_id)",
        // What is next in a case follows from the instant of its import.
        "number opened_at updated_at position due_at next_contact_at next_contact_until next_deadline_at plan_at",
    ),
    (
        "case_events",
        "(SELECT r.identity FROM cases c JOIN reviews r ON r.id = c.review_id WHERE c.id = t.case_id) || t.seq",
        "at",
    ),
];

/// Answers how many rows were compared.
///
/// # Errors
/// When a row differs; it is named.
pub fn hold(program: &Program, folder: &Path, addresses: [&str; 2]) -> anyhow::Result<usize> {
    let [loaded, imported] = addresses;
    let seed = filling::import_seed(program, folder, loaded, ROWS, 0)?.0;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(copies::grow(loaded, &seed, 1, COPY + 1, |_| ()))?;
    filling::import_seed(program, folder, imported, ROWS, COPY)?;
    let compared = runtime.block_on(compare(loaded, imported))?;
    // It ends badly when something is amiss.
    program.run(folder, &["doctor", "--db", loaded])?;
    Ok(compared)
}

async fn compare(loaded: &str, imported: &str) -> anyhow::Result<usize> {
    let (mut loaded, mut imported) = (Database::open(loaded).await?, Database::open(imported).await?);
    let mut compared = 0;
    for (table, key, besides) in COMPARED {
        let [copied, real] = [
            facts(&mut loaded, table, key, besides).await?,
            facts(&mut imported, table, key, besides).await?,
        ];
        ensure!(!real.is_empty(), "{table} is empty after an import");
        for (key, facts) in &real {
            let copy = copied.get(key);
            ensure!(copy == Some(facts), "{table} {key}: loaded {copy:?}, imported {facts:?}");
        }
        compared += real.len();
    }
    let [copied, real] = [words(&mut loaded).await?, words(&mut imported).await?];
    ensure!(real.len() > ROWS / 2, "only {} reviews have words", real.len());
    for (key, words) in &real {
        let copy = copied.get(key);
        ensure!(copy == Some(words), "words of {key}: loaded {copy:?}, imported {words:?}");
    }
    loaded.close().await?;
    imported.close().await?;
    Ok(compared + real.len())
}

async fn facts(
    database: &mut Database,
    table: &str,
    key: &str,
    besides: &str,
) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let bytes = ["BLOB", "bytea", "uuid"];
    let columns = database.columns(table).await?;
    let kept: Vec<String> = columns
        .iter()
        .filter(|(name, kind)| {
            let hash = name == "content_hash" && !besides.contains("content_hash");
            (hash || !bytes.contains(&kind.as_str())) && !besides.split(' ').any(|other| other == name)
        })
        .map(|(name, _)| match (name.as_str(), database.is_sqlite()) {
            ("content_hash", true) => "hex(t.content_hash)".to_owned(),
            ("content_hash", false) => "encode(t.content_hash, 'hex')".to_owned(),
            _ => format!("CAST(t.{name} AS TEXT)"),
        })
        .collect();
    let rows =
        database.texts(&format!("SELECT CAST({key} AS TEXT), {} FROM {table} t", kept.join(", "))).await?;
    Ok(rows.into_iter().map(|mut row| (row.remove(0), row)).collect())
}

/// What the search knows of each review.
async fn words(database: &mut Database) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    if !database.is_sqlite() {
        let rows = database.texts("SELECT identity, search::text FROM reviews").await?;
        return Ok(rows.into_iter().map(|mut row| (row.remove(0), row)).collect());
    }
    database.run("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, review_search, instance)").await?;
    let rows = database
        .texts("SELECT r.identity, w.term || ' ' || w.offset FROM temp.words w JOIN reviews r ON r.position = w.doc ORDER BY 1, w.offset")
        .await?;
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows {
        words.entry(row[0].clone()).or_default().push(row[1].clone());
    }
    Ok(words)
}
