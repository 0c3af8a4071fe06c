//! Who may use whom. The table of rules is the one in `ARCHITECTURE.md`, so that the page cannot grow untrue.

use std::collections::BTreeMap;

use crate::package_graph::{Graph, Purpose};
use crate::{assert_none, tree};

/// One row of the table.
#[derive(Debug, Default, PartialEq, Eq)]
struct Rule {
    /// Our crates it may use.
    may_use: Vec<String>,
    /// Foreign packages that may not be anywhere below it.
    never_contains: Vec<String>,
    /// Foreign packages that it may not use itself.
    never_names: Vec<String>,
}

/// `store` stands for the package `pingxin-store`; the program's own crate has the bare name.
fn package_name(crate_name: &str) -> String {
    if crate_name == "pingxin" { crate_name.to_owned() } else { format!("pingxin-{crate_name}") }
}

fn rules(architecture: &str) -> BTreeMap<String, Rule> {
    tree::section(architecture, "Who may use whom")
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let names: Vec<Vec<&str>> = line.split('|').skip(1).map(tree::in_backticks).collect();
            let column =
                |index: usize| names[index].iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
            let rule = Rule {
                may_use: column(1).iter().map(|name| package_name(name)).collect(),
                never_contains: column(2),
                never_names: column(3),
            };
            (package_name(names[0][0]), rule)
        })
        .collect()
}

fn problems(graph: &Graph, rules: &BTreeMap<String, Rule>) -> Vec<String> {
    let mut problems = Vec::new();
    for package in graph.ours() {
        let name = &package.name;
        let Some(rule) = rules.get(name) else {
            problems.push(format!("{name} is not in the table of ARCHITECTURE.md"));
            continue;
        };
        for (target, purpose) in &package.uses {
            let used = &graph.0[*target];
            let for_tests = used.name == "pingxin-testkit" && *purpose == Purpose::Development;
            if used.ours && !for_tests && !rule.may_use.contains(&used.name) {
                problems.push(format!("{name} may not use {}", used.name));
            }
            if *purpose == Purpose::Product && rule.never_names.contains(&used.name) {
                problems.push(format!("{name} may not use {} itself", used.name));
            }
        }
        let reached = graph.reached_by(package);
        for banned in rule.never_contains.iter().filter(|banned| reached.contains(banned.as_str())) {
            problems.push(format!("{name} may not contain {banned}, not even through another package"));
        }
    }
    for name in rules.keys().filter(|name| !graph.ours().any(|package| &package.name == *name)) {
        problems.push(format!("ARCHITECTURE.md has a row for {name}, which does not exist"));
    }
    problems
}

#[test]
fn every_crate_uses_only_what_the_table_allows() {
    let rules = rules(&tree::read("ARCHITECTURE.md"));
    assert!(rules.len() >= 7, "the table was not read: {rules:?}");
    assert_none(&problems(Graph::of_workspace(), &rules));
}

#[test]
fn the_pure_crates_are_held_to_it() {
    let rules = rules(&tree::read("ARCHITECTURE.md"));
    for pure in ["pingxin-language", "pingxin-domain"] {
        for banned in ["tokio", "sqlx", "axum", "reqwest"] {
            assert!(rules[pure].never_contains.iter().any(|name| name == banned), "{pure} {banned}");
        }
    }
    let desk = &rules["pingxin-desk"];
    for banned in ["axum", "sqlx"] {
        let is_banned = desk.never_contains.iter().chain(&desk.never_names).any(|name| name == banned);
        assert!(is_banned, "desk {banned}");
    }
    let users_of_testkit = rules
        .iter()
        .filter(|(_, rule)| rule.may_use.contains(&"pingxin-testkit".to_owned()))
        .map(|(name, _)| name.as_str());
    assert_eq!(users_of_testkit.collect::<Vec<_>>(), ["pingxin-benches"]);
}

#[cfg(test)]
mod bad_examples {
    use super::*;
    use crate::package_graph::Package;

    const TABLE: &str = "# A\n\n## Who may use whom\n| crate | may use | never contains | never names |\n\
        |---|---|---|---|\n| `domain` | – | `tokio` | |\n| `desk` | `domain` | | `sqlx` |\n";

    fn package(name: &str, ours: bool, uses: Vec<(usize, Purpose)>) -> Package {
        Package { name: name.into(), licence: None, ours, uses }
    }

    fn judged(domain: Vec<(usize, Purpose)>, desk: Vec<(usize, Purpose)>) -> Vec<String> {
        let graph = Graph(vec![
            package("pingxin-domain", true, domain),
            package("pingxin-desk", true, desk),
            package("tokio", false, vec![]),
            package("carrier", false, vec![(2, Purpose::Product)]),
            package("sqlx", false, vec![]),
        ]);
        problems(&graph, &rules(TABLE))
    }

    #[test]
    fn an_edge_up_is_found() {
        assert_eq!(judged(vec![(1, Purpose::Product)], vec![]), ["pingxin-domain may not use pingxin-desk"]);
    }

    #[test]
    fn a_banned_package_is_found_through_another_one_but_not_in_tests() {
        let found = judged(vec![(3, Purpose::Product)], vec![(2, Purpose::Product)]);
        assert_eq!(found, ["pingxin-domain may not contain tokio, not even through another package"]);
        assert_none(&judged(vec![(3, Purpose::Development)], vec![(0, Purpose::Product)]));
    }

    #[test]
    fn a_package_of_another_layer_is_found() {
        let found = judged(vec![], vec![(4, Purpose::Product)]);
        assert_eq!(found, ["pingxin-desk may not use sqlx itself"]);
    }

    #[test]
    fn a_crate_without_a_row_and_a_row_without_a_crate_are_found() {
        let graph = Graph(vec![package("pingxin-fresh", true, vec![])]);
        let found = problems(&graph, &rules(TABLE));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("pingxin-fresh is not in the table"));
    }
}
