//! The pages that explain codes name every code there is.

use std::collections::BTreeSet;

use crate::{assert_none, tree};

/// A page and the sources whose codes it explains.
const PAGES: &[(&str, &[&str])] = &[
    (
        "docs/glossary.md",
        &[
            "crates/language/src/cause.rs",
            "crates/language/src/fault.rs",
            "crates/language/src/sentiment.rs",
            "crates/language/src/signal.rs",
            "crates/domain/src/arrival.rs",
            "crates/domain/src/case.rs",
            "crates/domain/src/order.rs",
            "crates/domain/src/review.rs",
            "crates/domain/src/scope.rs",
        ],
    ),
    (
        "docs/case-plan.md",
        &[
            "crates/domain/src/aftersales/facts.rs",
            "crates/domain/src/aftersales/table.rs",
            "crates/domain/src/cadence/contact.rs",
            "crates/domain/src/cadence/stop.rs",
            "crates/domain/src/compensation/rung.rs",
            "crates/domain/src/playbook/forbidden.rs",
            "crates/domain/src/playbook/step.rs",
        ],
    ),
    (
        "docs/import.md",
        &["crates/domain/src/intake/field.rs", "crates/channels/src/files/columns/profiles.rs"],
    ),
];

/// Written like codes in attributes, and none.
const NO_CODES: &[&str] = &["snake_case", "in", "max", "digits"];

/// Codes as our enums and tables give them: `=> "code"`, `= "code"`, `name: "code"`, before the tests begin.
fn codes(source: &str) -> BTreeSet<&str> {
    let source = source.split("#[cfg(test)]").next().unwrap_or(source);
    let is_code = |word: &&str| {
        !word.is_empty()
            && word.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c))
            && !NO_CODES.contains(word)
    };
    ["=> \"", "= \"", "name: \""]
        .iter()
        .flat_map(|start| source.split(start).skip(1).filter_map(|rest| rest.split('"').next()))
        .filter(is_code)
        .collect()
}

fn unexplained<'a>(page: &str, codes: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let explained: BTreeSet<&str> = tree::in_backticks(page).into_iter().collect();
    let missing = codes.into_iter().filter(|code| !explained.contains(code));
    missing.map(|code| format!("`{code}` is a code, and the page does not name it")).collect()
}

#[test]
fn every_code_is_explained() {
    for (page, sources) in PAGES {
        let text = tree::read(page);
        for source in *sources {
            let source_text = tree::read(source);
            let codes = codes(&source_text);
            assert!(codes.len() >= 3, "{source}: {codes:?}");
            assert_none(&unexplained(&text, codes));
        }
    }
}

#[test]
fn a_code_without_a_word_is_found() {
    let source = "#[serde(rename_all = \"snake_case\")] Self::A => \"low_stars\", B = \"is-b\", name: \"c\",\n\
        #[cfg(test)] mod tests { Self::D => \"d\" }";
    assert_eq!(codes(source).into_iter().collect::<Vec<_>>(), ["c", "is-b", "low_stars"]);
    assert_eq!(unexplained("| `c` `is-b` |", codes(source)).len(), 1);
}
