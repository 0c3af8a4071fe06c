//! The house rules that a compiler does not hold: who may use whom, licences, sizes, names, documents.
//!
//! One module a rule. Each rule is a function that takes what it judges and returns what is wrong, in words;
//! its test runs it on the repository, and a second test on a bad example shows that it can fail.

mod addresses;
mod codes;
mod documents;
mod layers;
mod layout;
mod licences;
mod lints;
mod names;
mod package_graph;
mod retention;
mod sizes;
mod spdx;
mod tree;

/// Fails with every problem on a line of its own.
#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n  {}\n", problems.join("\n  "));
}
