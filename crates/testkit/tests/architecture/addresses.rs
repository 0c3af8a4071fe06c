//! Nothing in the tree points at one machine or at a place to download from.

use crate::{assert_none, tree};

/// Folders of a person's or a machine's own, in parts so that this file does not name them.
fn private_folders() -> Vec<String> {
    ["root", "home", "tmp", "work", "farm", "Users"].iter().map(|name| format!("/{name}/")).collect()
}

fn machine_paths(text: &str) -> Vec<usize> {
    let folders = private_folders();
    let starts_a_path = |line: &str, at: usize| {
        line[..at].chars().next_back().is_none_or(|before| "\"'` (=".contains(before))
    };
    let is_private = |line: &str| {
        folders.iter().any(|folder| {
            line.match_indices(folder.as_str()).any(|(at, found)| {
                let next = line[at + found.len()..].chars().next();
                starts_a_path(line, at)
                    && next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_')
            })
        })
    };
    text.lines().enumerate().filter(|(_, line)| is_private(line)).map(|(index, _)| index + 1).collect()
}

fn downloads_in_npm_lock(lock: &str) -> usize {
    lock.matches("\"resolved\": \"http").count()
}

fn foreign_sources_in_cargo_lock(lock: &str) -> Vec<&str> {
    lock.lines().filter(|line| line.starts_with("source = ") && !line.contains("\"registry+")).collect()
}

#[test]
fn no_file_names_a_path_of_one_machine() {
    let problems: Vec<_> = tree::files()
        .iter()
        .filter(|file| {
            [".rs", ".ts", ".tsx", ".md", ".toml", ".sql", ".json", ".html"]
                .iter()
                .any(|end| file.ends_with(end))
                || file.as_str() == "Makefile"
                || file.starts_with(".ci/")
        })
        .flat_map(|file| {
            machine_paths(&tree::read(file))
                .into_iter()
                .map(move |line| format!("{file}:{line} names a machine's path"))
        })
        .collect();
    assert_none(&problems);
}

#[test]
fn lock_files_hold_no_download_address() {
    let locks = tree::files_ending(&["package-lock.json"]);
    assert!(locks.len() >= 2, "{locks:?}");
    for lock in locks {
        assert_eq!(downloads_in_npm_lock(&tree::read(&lock)), 0, "{lock}");
    }
    assert_eq!(foreign_sources_in_cargo_lock(&tree::read("Cargo.lock")), Vec::<&str>::new());
}

#[test]
fn the_checks_can_fail() {
    let bad = format!("let path = \"{}me/file\";\n// see {}x\nfine /temporary/x a/b\n", "/home/", "/root/");
    assert_eq!(machine_paths(&bad), [1, 2]);
    assert_eq!(downloads_in_npm_lock("{\"resolved\": \"https://example.org/a.tgz\"}"), 1);
    let git = "source = \"git+https://example.org/a\"";
    assert_eq!(foreign_sources_in_cargo_lock(git), [git]);
    assert!(foreign_sources_in_cargo_lock("source = \"registry+https://example.org\"").is_empty());
}
