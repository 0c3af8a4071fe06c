//! Files stay short: a file that cannot be read at one sitting holds more than one noun.

use crate::{assert_none, tree};

const LIMIT: usize = 800;
const MEDIAN: usize = 150;

fn problems(files: &[(String, usize)]) -> Vec<String> {
    let mut problems: Vec<String> = files
        .iter()
        .filter(|(_, lines)| *lines > LIMIT)
        .map(|(file, lines)| format!("{file} has {lines} lines, more than {LIMIT}; split it by noun"))
        .collect();
    let mut lengths: Vec<usize> = files.iter().map(|(_, lines)| *lines).collect();
    lengths.sort_unstable();
    if let Some(median) = lengths.get(lengths.len() / 2).filter(|median| **median > MEDIAN) {
        problems.push(format!("the median file has {median} lines, more than {MEDIAN}"));
    }
    problems
}

#[test]
fn hand_written_files_are_short() {
    let files: Vec<_> = tree::files_ending(&[".rs", ".ts", ".tsx"])
        .into_iter()
        // Written by the generator from openapi.json.
        .filter(|file| file != "web/src/api/schema.d.ts")
        .map(|file| {
            let lines = tree::read(&file).lines().count();
            (file, lines)
        })
        .collect();
    assert!(files.len() > 50, "only {} files were found", files.len());
    assert_none(&problems(&files));
}

#[test]
fn a_long_file_and_a_high_median_are_found() {
    let named = |lines: usize| (format!("{lines}.rs"), lines);
    let found = problems(&[named(10), named(800), named(801)]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("801.rs has 801 lines"));
    assert!(found[1].starts_with("the median file has 800 lines"));
    assert_none(&problems(&[named(10), named(150), named(800)]));
}
