//! The files of the repository, as git lists them: tracked ones and new ones that are not ignored.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).expect("the crate stands in crates/testkit").to_path_buf()
}

/// Every file, relative to the root, with `/` between folders, sorted.
pub fn files() -> Vec<String> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files of the repository");
    assert!(listing.status.success(), "{}", String::from_utf8_lossy(&listing.stderr));
    let mut files: Vec<String> = String::from_utf8(listing.stdout)
        .expect("names of files are UTF-8")
        .split_terminator('\0')
        .map(str::to_owned)
        // A file deleted but not yet committed is still listed.
        .filter(|file| root().join(file).is_file())
        .collect();
    files.sort();
    files
}

/// The files with one of these endings (such as `.rs`).
pub fn files_ending(endings: &[&str]) -> Vec<String> {
    files().into_iter().filter(|file| endings.iter().any(|ending| file.ends_with(ending))).collect()
}

/// The text of a file.
pub fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The names in backticks in a piece of Markdown, in order.
pub fn in_backticks(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The part of a document under a heading of the second level, up to the next one.
pub fn section<'a>(document: &'a str, heading: &str) -> &'a str {
    let start = document
        .find(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no section `## {heading}` in the document"));
    let body = &document[start + 1..];
    body[3..].find("\n## ").map_or(body, |end| &body[..end + 3])
}

#[test]
fn the_tree_is_read() {
    let files = files();
    assert!(files.contains(&"Cargo.toml".to_owned()) && files.len() > 50, "{files:?}");
    assert!(!files.iter().any(|file| file.contains("node_modules/") || file.starts_with("target/")));
}

#[test]
fn a_section_ends_where_the_next_begins() {
    let document = "# T\n\n## A\none `x` `y`\n### sub\ntwo\n## B\nthree\n";
    assert_eq!(section(document, "A"), "## A\none `x` `y`\n### sub\ntwo");
    assert_eq!(section(document, "B"), "## B\nthree\n");
    assert_eq!(in_backticks(section(document, "A")), ["x", "y"]);
}
