//! A file is put where its noun lives: there is no drawer for what has none.

use crate::package_graph::Graph;
use crate::{assert_none, tree};

const DRAWERS: &[&str] =
    &["util", "utils", "utilities", "common", "helper", "helpers", "manager", "managers", "core", "misc"];

fn problems<'a>(files: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let is_drawer = |name: &str| {
        let stem = name.split('.').next().unwrap_or(name).to_lowercase();
        // `case_manager` and `textHelpers` are drawers as well.
        DRAWERS.contains(&stem.as_str())
            || DRAWERS.iter().any(|drawer| {
                stem.strip_suffix(drawer).is_some_and(|rest| rest.ends_with(['_', '-']))
                    || (drawer.len() > 4 && stem.len() > drawer.len() && stem.ends_with(drawer))
            })
    };
    files
        .into_iter()
        .filter(|file| file.split('/').any(is_drawer))
        .map(|file| format!("{file} is named after a drawer, not after what it holds"))
        .collect()
}

#[test]
fn every_file_and_crate_is_named_after_what_it_holds() {
    let files = tree::files_ending(&[".rs", ".ts", ".tsx", ".sql", ".toml"]);
    assert_none(&problems(files.iter().map(String::as_str)));
    assert_none(&problems(Graph::of_workspace().ours().map(|package| package.name.as_str())));
}

#[test]
fn drawers_are_found_and_nouns_are_not() {
    let bad = ["a/util.rs", "a/core/mod.rs", "web/src/textHelpers.ts", "b/case_manager.rs", "pingxin-common"];
    assert_eq!(problems(bad).len(), bad.len());
    assert_none(&problems(["a/scope.rs", "a/score.rs", "web/src/routes/Cases.tsx", "a/encore.rs"]));
}
