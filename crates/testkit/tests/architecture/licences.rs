//! Every package in the product or its tools has a licence that lets us ship or use it.

use serde_json::Value;

use crate::package_graph::Graph;
use crate::{assert_none, spdx, tree};

/// What may be part of the product: permissive, or copyleft of the file only.
const ACCEPTED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MPL-2.0",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
    "0BSD",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
];

/// Packages with another licence or none named, each with the reason it is taken all the same.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("npm:argparse", "Python-2.0, permissive; part of the type generator, not shipped"),
    ("npm:lru-cache", "BlueOak-1.0.0, permissive; part of the test browser document, not shipped"),
];

fn problems(packages: &[(String, Option<String>)], exceptions: &[(&str, &str)]) -> Vec<String> {
    let excused = |name: &str| exceptions.iter().any(|(excused, _)| *excused == name);
    let refused = packages.iter().filter_map(|(name, licence)| match licence {
        _ if excused(name) => None,
        None => Some(format!("{name} names no licence")),
        Some(licence) if spdx::satisfied(licence, ACCEPTED) => None,
        Some(licence) => Some(format!("{name} is under {licence}, which is not on the list")),
    });
    let unused = exceptions.iter().filter_map(|(excused, _)| {
        let present = packages.iter().any(|(name, _)| name == excused);
        (!present).then(|| format!("{excused} is excused but no longer used; take the line out"))
    });
    refused.chain(unused).collect()
}

/// The packages of an npm lock file; the one without a folder is the project itself.
fn npm_packages(lock: &str) -> Vec<(String, Option<String>)> {
    let lock: Value = serde_json::from_str(lock).expect("a lock file is JSON");
    let packages = lock["packages"].as_object().expect("a lock file lists packages");
    packages
        .iter()
        .filter(|(folder, _)| !folder.is_empty())
        .map(|(folder, package)| {
            let name = folder.rsplit("node_modules/").next().unwrap_or(folder);
            (format!("npm:{name}"), package["license"].as_str().map(str::to_owned))
        })
        .collect()
}

#[test]
fn every_dependency_has_an_accepted_licence() {
    let mut packages: Vec<_> = Graph::of_workspace()
        .0
        .iter()
        .map(|package| (package.name.clone(), package.licence.clone()))
        .collect();
    for lock in tree::files_ending(&["package-lock.json"]) {
        packages.extend(npm_packages(&tree::read(&lock)));
    }
    assert!(packages.len() > 100, "only {} packages were read", packages.len());
    assert_none(&problems(&packages, EXCEPTIONS));
}

#[test]
fn a_bad_licence_a_missing_one_and_an_idle_excuse_are_found() {
    let named = |name: &str, licence: Option<&str>| (name.to_owned(), licence.map(str::to_owned));
    let packages =
        [named("good", Some("MIT OR GPL-3.0-only")), named("bad", Some("SSPL-1.0")), named("none", None)];
    let found = problems(&packages, &[("gone", "reason")]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("bad is under SSPL-1.0"));
    assert!(found[1].contains("none names no licence"));
    assert!(found[2].contains("gone is excused"));
    assert_none(&problems(&packages, &[("bad", "reason"), ("none", "reason")]));
}

#[test]
fn a_lock_file_is_read() {
    let lock = r#"{"packages": {"": {"license": "Apache-2.0"},
        "node_modules/a/node_modules/@b/c": {"license": "ISC"}, "node_modules/d": {}}}"#;
    let found = npm_packages(lock);
    assert_eq!(found, [("npm:@b/c".into(), Some("ISC".into())), ("npm:d".into(), None)]);
}
