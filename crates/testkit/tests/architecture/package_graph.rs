//! The packages of the workspace and below it, from `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::tree;

/// What a dependency is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// In the product, or in a build script.
    Product,
    /// In tests, examples and benchmarks.
    Development,
}

/// One package: ours or a foreign one.
#[derive(Debug, Clone)]
pub struct Package {
    pub name: String,
    pub licence: Option<String>,
    pub ours: bool,
    /// Direct dependencies that are resolved, by index into the graph.
    pub uses: Vec<(usize, Purpose)>,
}

/// All packages, on every platform.
#[derive(Debug, Clone, Default)]
pub struct Graph(pub Vec<Package>);

impl Graph {
    /// The workspace's own graph, read once.
    pub fn of_workspace() -> &'static Self {
        static GRAPH: OnceLock<Graph> = OnceLock::new();
        GRAPH.get_or_init(|| {
            let answer = Command::new(env!("CARGO"))
                .args(["metadata", "--format-version", "1", "--locked"])
                .current_dir(tree::root())
                .output()
                .expect("cargo answers");
            assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
            Self::read(&serde_json::from_slice(&answer.stdout).expect("cargo metadata is JSON"))
        })
    }

    fn read(metadata: &Value) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let members: BTreeSet<String> = list(&metadata["workspace_members"]).iter().map(text).collect();
        let packages = list(&metadata["packages"]);
        let position: BTreeMap<String, usize> =
            packages.iter().enumerate().map(|(index, package)| (text(&package["id"]), index)).collect();
        let mut graph: Vec<Package> = packages
            .iter()
            .map(|package| Package {
                name: text(&package["name"]),
                licence: package["license"].as_str().map(str::to_owned),
                ours: members.contains(&text(&package["id"])),
                uses: Vec::new(),
            })
            .collect();
        for node in list(&metadata["resolve"]["nodes"]) {
            for edge in list(&node["deps"]) {
                let kinds: BTreeSet<Purpose> = list(&edge["dep_kinds"])
                    .iter()
                    .map(|kind| if kind["kind"] == "dev" { Purpose::Development } else { Purpose::Product })
                    .collect();
                let target = position[&text(&edge["pkg"])];
                graph[position[&text(&node["id"])]].uses.extend(kinds.iter().map(|kind| (target, *kind)));
            }
        }
        Self(graph)
    }

    /// The workspace's members.
    pub fn ours(&self) -> impl Iterator<Item = &Package> {
        self.0.iter().filter(|package| package.ours)
    }

    /// The names of everything a package's product code ends up containing.
    pub fn reached_by(&self, package: &Package) -> BTreeSet<&str> {
        let mut open: Vec<usize> = product_edges(package).collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(next) = open.pop() {
            open.extend(product_edges(&self.0[next]).filter(|target| seen.insert(*target)));
        }
        seen.into_iter().map(|index| self.0[index].name.as_str()).collect()
    }
}

fn product_edges(package: &Package) -> impl Iterator<Item = usize> + '_ {
    package.uses.iter().filter(|(_, purpose)| *purpose == Purpose::Product).map(|(target, _)| *target)
}

#[test]
fn reads_edges_and_what_they_reach() {
    let metadata = serde_json::json!({
        "workspace_members": ["a"],
        "packages": [{"id": "a", "name": "a", "license": "MIT"}, {"id": "b", "name": "b", "license": null},
                     {"id": "c", "name": "c", "license": "MIT"}, {"id": "d", "name": "d", "license": "MIT"}],
        "resolve": {"nodes": [
            {"id": "a", "deps": [{"pkg": "b", "dep_kinds": [{"kind": null}]}, {"pkg": "d", "dep_kinds": [{"kind": "dev"}]}]},
            {"id": "b", "deps": [{"pkg": "c", "dep_kinds": [{"kind": "build"}]}]},
            {"id": "c", "deps": []}, {"id": "d", "deps": []}]}});
    let graph = Graph::read(&metadata);
    assert_eq!(graph.ours().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(graph.reached_by(&graph.0[0]).into_iter().collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(graph.0[0].uses, [(1, Purpose::Product), (3, Purpose::Development)]);
}
