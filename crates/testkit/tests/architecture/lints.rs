//! The lints hold everywhere: each crate takes them from the workspace, and no test is switched off.

use crate::{assert_none, tree};

fn takes_the_workspace_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]");
    lines.next().is_some() && lines.next().is_some_and(|line| line.replace(' ', "") == "workspace=true")
}

/// Marks that switch a test off; put together here so that this file does not carry them itself.
fn switched_off(text: &str) -> Vec<usize> {
    let marks = [format!("#[{}", "ignore"), format!(".{}(", "skip"), format!(".{}(", "only")];
    let is_mark = |line: &str| {
        let code = line.trim_start();
        code.starts_with(&marks[0])
            || ["it", "test", "describe"]
                .iter()
                .any(|runner| marks[1..].iter().any(|mark| code.contains(&format!("{runner}{mark}"))))
    };
    text.lines().enumerate().filter(|(_, line)| is_mark(line)).map(|(index, _)| index + 1).collect()
}

#[test]
fn every_crate_takes_the_workspace_lints() {
    let manifests: Vec<_> =
        tree::files_ending(&["Cargo.toml"]).into_iter().filter(|file| file != "Cargo.toml").collect();
    assert!(manifests.len() >= 7, "{manifests:?}");
    let problems: Vec<_> = manifests
        .iter()
        .filter(|file| !takes_the_workspace_lints(&tree::read(file)))
        .map(|file| format!("{file} does not say `[lints] workspace = true`"))
        .collect();
    assert_none(&problems);
}

#[test]
fn the_bans_stand() {
    let bans = tree::read("clippy.toml");
    let workspace = tree::read("Cargo.toml");
    for banned in
        ["SystemTime::now", "jiff::Timestamp::now", "Uuid::now_v7", "Uuid::new_v4", "getrandom::fill"]
    {
        assert!(bans.contains(banned), "clippy.toml no longer bans {banned}");
    }
    for lint in ["unsafe_code = \"forbid\"", "missing_docs = \"deny\"", "unwrap_used = \"deny\""] {
        assert!(workspace.contains(lint), "Cargo.toml no longer says {lint}");
    }
}

#[test]
fn no_test_is_switched_off() {
    let problems: Vec<_> = tree::files_ending(&[".rs", ".ts", ".tsx"])
        .iter()
        .flat_map(|file| {
            switched_off(&tree::read(file))
                .into_iter()
                .map(move |line| format!("{file}:{line} is switched off"))
        })
        .collect();
    assert_none(&problems);
}

#[test]
fn the_checks_can_fail() {
    assert!(takes_the_workspace_lints("[package]\n[lints]\nworkspace = true\n"));
    assert!(!takes_the_workspace_lints("[package]\n[lints.clippy]\nall = \"allow\"\n"));
    let off = format!("#[test]\n#[{}]\nfn a() {{}}\n  it.{}(\"b\")\nrows.skip(1)\n", "ignore", "skip");
    assert_eq!(switched_off(&off), [2, 4]);
}
