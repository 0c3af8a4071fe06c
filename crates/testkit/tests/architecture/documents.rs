//! The documents tell the truth: files they name exist, links lead somewhere, commands are there.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::{assert_none, tree};

/// Whether a name in backticks is meant as a path of the repository.
fn is_path(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    plain && name.contains('/') && !name.starts_with(['/', '.'])
}

/// Paths in backticks that do not exist.
fn missing_paths(text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let paths = tree::in_backticks(text).into_iter().filter(|name| is_path(name) && !exists(name));
    paths.map(|name| format!("`{name}` is named and does not exist")).collect()
}

/// Numbered steps that neither name a file nor say that they are planned.
fn steps_without_a_file(walk_throughs: &str) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for line in walk_throughs.lines() {
        let text = line.trim_start();
        let is_step = text.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        if is_step {
            steps.push(text.to_owned());
        } else if let Some(step) = steps.last_mut().filter(|_| line.starts_with(' ')) {
            step.push_str(text);
        }
    }
    let names_a_file = |step: &String| tree::in_backticks(step).into_iter().any(is_path);
    steps
        .into_iter()
        .filter(|step| !names_a_file(step) && !step.contains("*Planned.*"))
        .map(|step| format!("step without a file: {step}"))
        .collect()
}

/// Where a relative link of a document leads, from the root.
fn link_target(document: &str, link: &str) -> PathBuf {
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    let mut target = PathBuf::new();
    for part in folder.join(link.split('#').next().unwrap_or(link)).components() {
        match part {
            Component::ParentDir if !target.pop() => target.push(".."),
            Component::ParentDir | Component::CurDir => {}
            other => target.push(other),
        }
    }
    target
}

fn relative_links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.starts_with('#') && !link.contains("://") && !link.starts_with("mailto:"))
        .collect()
}

fn broken_links(document: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let leads_nowhere =
        |link: &&str| link_target(document, link).to_str().is_none_or(|target| !exists(target));
    let broken = relative_links(text).into_iter().filter(leads_nowhere);
    broken.map(|link| format!("{document} links to {link}, which does not exist")).collect()
}

/// Targets of `make` that a document names and the Makefile does not have.
fn unknown_targets(text: &str, makefile: &str) -> Vec<String> {
    let is_target = |word: &str| {
        let word = word.trim_end_matches([',', '.']);
        makefile.lines().any(|line| line.split(':').next() == Some(word) && line.contains(':'))
    };
    let commands = text.lines().filter_map(|line| line.trim().strip_prefix("make "));
    let inline = tree::in_backticks(text).into_iter().filter_map(|name| name.strip_prefix("make "));
    let named: BTreeSet<&str> =
        commands.chain(inline).filter_map(|rest| rest.split_whitespace().next()).collect();
    named
        .into_iter()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()) && !is_target(word))
        .map(|word| format!("`make {word}` is named, and the Makefile has no such target"))
        .collect()
}

/// Commands of the program that a document names and the command line does not have.
fn unknown_commands(text: &str, command_line: &str) -> Vec<String> {
    let is_command = |word: &str| command_line.contains(&format!("pub mod {word};"));
    let lines = text.lines().map(|line| line.trim().trim_start_matches("target/release/"));
    let named: BTreeSet<&str> = lines
        .chain(tree::in_backticks(text))
        .filter_map(|line| line.strip_prefix("pingxin ")?.split_whitespace().next())
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()))
        .collect();
    let unknown = named.into_iter().filter(|word| !is_command(word));
    unknown.map(|word| format!("`pingxin {word}` is named, and there is no such command")).collect()
}

fn exists(path: &str) -> bool {
    tree::root().join(path).exists()
}

#[test]
fn every_file_that_architecture_names_exists() {
    let text = tree::read("ARCHITECTURE.md");
    assert_none(&missing_paths(&text, exists));
    let walk_throughs = tree::section(&text, "Three walk-throughs");
    assert_none(&steps_without_a_file(walk_throughs));
    assert!(tree::in_backticks(walk_throughs).into_iter().filter(|name| is_path(name)).count() >= 15);
}

#[test]
fn every_link_leads_somewhere() {
    let problems: Vec<_> = tree::files_ending(&[".md"])
        .iter()
        .flat_map(|document| broken_links(document, &tree::read(document), exists))
        .collect();
    assert_none(&problems);
}

#[test]
fn every_make_command_in_a_document_is_there() {
    let makefile = tree::read("Makefile");
    for document in tree::files_ending(&[".md"]) {
        assert_none(&unknown_targets(&tree::read(&document), &makefile));
    }
    for target in
        ["run", "test", "web", "bench", "test-night", "release", "audit", "eval-text", "fmt", "lint"]
    {
        assert_none(&unknown_targets(&format!("make {target}"), &makefile));
    }
    assert!(tree::read(".ci/run").contains("make test"));
}

#[test]
fn every_command_of_the_program_in_a_document_is_there() {
    let command_line = tree::read("crates/pingxin/src/command.rs");
    for document in tree::files_ending(&[".md"]) {
        assert_none(&unknown_commands(&tree::read(&document), &command_line));
    }
}

#[test]
fn the_founding_documents_are_there() {
    for document in
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"]
    {
        assert!(tree::read(document).len() > 400, "{document} says next to nothing");
    }
}

#[test]
fn the_checks_can_fail() {
    let known = |path: &str| path == "docs/a.md";
    assert_eq!(
        missing_paths("`docs/a.md` `docs/b.md` `a / b` `x`", known),
        ["`docs/b.md` is named and does not exist"]
    );
    let steps = "1. Read in\n   `docs/a.md`.\n2. Then nothing.\n3. *Planned.* Later.\n";
    assert_eq!(steps_without_a_file(steps), ["step without a file: 2. Then nothing."]);
    let page = "[a](a.md#part) [b](../docs/a.md) [c](b.md) [d](https://example.org) [e](../../x.md)";
    assert_eq!(broken_links("docs/page.md", page, known).len(), 2);
    let page = "Say `pingxin serve --demo`, then\n    target/release/pingxin dance now\n";
    assert_eq!(unknown_commands(page, "pub mod serve;").len(), 1);
    assert_eq!(unknown_targets("Say `make run`\nmake dance\n", "run: web ## x\n").len(), 1);
}
