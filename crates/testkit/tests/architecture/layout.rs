//! The places of the layout hold what they are for.

use std::collections::BTreeSet;

use crate::{assert_none, tree};

/// The names of the files in a folder, without the folder.
fn names_in<'a>(files: &'a [String], folder: &str) -> BTreeSet<&'a str> {
    files.iter().filter_map(|file| file.strip_prefix(folder)).collect()
}

/// Both engines have the same migrations, by name, numbered from 1 without a gap.
fn migration_problems(files: &[String]) -> Vec<String> {
    let sqlite = names_in(files, "crates/store/migrations/sqlite/");
    let postgres = names_in(files, "crates/store/migrations/postgres/");
    let mut problems: Vec<String> = sqlite
        .symmetric_difference(&postgres)
        .map(|name| format!("migration {name} stands on one engine only"))
        .collect();
    for (index, name) in sqlite.iter().enumerate() {
        if !name.starts_with(&format!("{:04}_", index + 1)) || !name.ends_with(".sql") {
            problems.push(format!("migration {name} should be number {:04}", index + 1));
        }
    }
    problems
}

/// Packs and scripts are data; beside them stands at most a page that says what they are.
fn data_problems(files: &[String]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.starts_with("packs/") || file.starts_with("scripts/"))
        .filter(|file| !file.ends_with(".toml") && !file.ends_with("README.md"))
        .map(|file| format!("{file} is not data; code belongs in crates/"))
        .collect()
}

/// What stands at the root is what `ARCHITECTURE.md` shows there.
fn root_problems(files: &[String], layout: &str) -> Vec<String> {
    let entries: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.split('/').next())
        .filter(|name| !name.starts_with('.'))
        .collect();
    let named = |entry: &str| layout.split(|c: char| c.is_whitespace() || c == '/').any(|word| word == entry);
    entries
        .into_iter()
        .filter(|entry| !named(entry))
        .map(|entry| format!("{entry} stands at the root, and ARCHITECTURE.md does not show it"))
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    let files = tree::files();
    assert!(!names_in(&files, "crates/store/migrations/sqlite/").is_empty(), "no migrations were found");
    assert_none(&migration_problems(&files));
}

#[test]
fn packs_and_scripts_hold_data_only() {
    assert_none(&data_problems(&tree::files()));
}

#[test]
fn the_root_holds_what_the_layout_shows() {
    let architecture = tree::read("ARCHITECTURE.md");
    assert_none(&root_problems(&tree::files(), tree::section(&architecture, "Layout")));
}

#[test]
fn the_checks_can_fail() {
    let files = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let lonely = files(&["crates/store/migrations/sqlite/0001_first.sql"]);
    assert_eq!(migration_problems(&lonely), ["migration 0001_first.sql stands on one engine only"]);
    let gap =
        files(&["crates/store/migrations/sqlite/0002_b.sql", "crates/store/migrations/postgres/0002_b.sql"]);
    assert_eq!(migration_problems(&gap), ["migration 0002_b.sql should be number 0001"]);
    assert_eq!(data_problems(&files(&["packs/a.toml", "packs/README.md", "scripts/run.sh"])).len(), 1);
    let root = files(&["Cargo.toml", "odd/file", ".gitignore"]);
    assert_eq!(root_problems(&root, "Cargo.toml  docs/").len(), 1);
}
