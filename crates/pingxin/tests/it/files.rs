//! Whole files through the whole program: real reviews, several exports over each other, a kill in the middle.

use std::path::PathBuf;

use serde_json::Value;

use crate::program::{Program, root};

/// The five counts of the last summary.
fn counts(summary: &Value) -> [u64; 5] {
    ["new", "updated", "unchanged", "duplicate", "failed"]
        .map(|name| summary[name].as_u64().expect("a count"))
}

fn import(program: &Program, file: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["import", file, "--shop", "甲", "--json"];
    arguments.extend(more);
    program.run(&arguments).ended(0).lines().remove(0)
}

/// A set of the developers' data, one JSON object a line; none with a clear word where it is absent.
fn shared_set(name: &str) -> Option<Vec<Value>> {
    let path: PathBuf = root().join("../shared/data").join(name).join("dev.jsonl.gz");
    if !path.exists() {
        eprintln!("skipped: the shared data set {name} is not beside this repository");
        return None;
    }
    let unpacked = std::process::Command::new("gzip").arg("-dc").arg(&path).output().unwrap();
    let text = String::from_utf8(unpacked.stdout).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

#[test]
fn real_reviews_in_gb18030_come_in_whole_are_found_and_go_out_again() {
    let Some(rows) = shared_set("zh_shop") else { return };
    let mut table = String::from("评价内容,类目\r\n");
    for row in &rows {
        let cells = [row["text"].as_str().unwrap(), row["cat"].as_str().unwrap()].map(quoted);
        table += &format!("{}\r\n", cells.join(","));
    }
    let program = Program::new();
    program.write("评价.csv", encoding_rs::GB18030.encode(&table).0);
    let total = rows.len() as u64;
    let first = import(&program, "评价.csv", &[]);
    assert_eq!((first["encoding"].as_str(), counts(&first)), (Some("gb18030"), [total, 0, 0, 0, 0]));
    assert_eq!(counts(&import(&program, "评价.csv", &[])), [0, 0, total, 0, 0]);

    let out = program.run(&["export", "reviews", "--format", "jsonl"]).ended(0);
    let exported: std::collections::HashSet<String> =
        out.lines().iter().map(|line| line["text"].as_str().unwrap().to_owned()).collect();
    let kept = rows.iter().filter(|row| exported.contains(row["text"].as_str().unwrap().trim())).count();
    assert!(kept as f64 > 0.99 * rows.len() as f64, "all but masked texts go out as they came in: {kept}");
    let bad = program.run(&["export", "cases", "--format", "jsonl"]).ended(0).lines().len();
    let negative = rows.iter().filter(|row| row["label"] == 0).count();
    assert!(bad > negative / 2 && bad < negative * 3 / 2, "{bad} cases for {negative} bad reviews");
    program.run(&["doctor"]).ended(0);
}

#[test]
fn real_orders_and_their_reviews_find_each_other() {
    let Some(orders) = shared_set("pt_orders") else { return };
    let text = |value: &Value| value.as_str().map(quoted).unwrap_or_default();
    let mut order_table = String::from(
        "order_id,customer,customer_state,status,purchased,approved,shipped,delivered,estimated,paid\n",
    );
    let mut review_table = String::from("review_id,order_id,score,title,message,created,answered\n");
    let mut ids = Vec::new();
    for order in &orders {
        let names = [
            "order_id",
            "customer",
            "customer_state",
            "status",
            "purchased",
            "approved",
            "shipped",
            "delivered",
            "estimated",
        ];
        let cells: Vec<String> = names.iter().map(|name| text(&order[name])).collect();
        order_table += &format!("{},{}\n", cells.join(","), order["paid"]);
        for review in order["reviews"].as_array().unwrap() {
            ids.push(review["review_id"].as_str().unwrap());
            let cells =
                [&review["title"], &review["message"], &review["created"], &review["answered"]].map(text);
            let head = [text(&review["review_id"]), text(&order["order_id"]), review["score"].to_string()];
            review_table += &format!("{},{}\n", head.join(","), cells.join(","));
        }
    }
    let program = Program::new();
    program.write("reviews.csv", &review_table);
    program.write("orders.csv", &order_table);
    let distinct = ids.iter().collect::<std::collections::HashSet<_>>().len() as u64;
    let reviews = import(&program, "reviews.csv", &[]);
    assert_eq!(
        (reviews["kind"].as_str(), counts(&reviews)),
        (Some("reviews"), [distinct, 0, 0, ids.len() as u64 - distinct, 0])
    );
    let imported = import(&program, "orders.csv", &[]);
    assert_eq!(
        (imported["kind"].as_str(), counts(&imported)),
        (Some("orders"), [orders.len() as u64, 0, 0, 0, 0])
    );
    let out = program.run(&["export", "orders", "--format", "jsonl"]).ended(0).lines();
    assert_eq!(out.len(), orders.len());
    let delivered =
        orders.iter().filter(|order| order["delivered"].as_str().is_some_and(|at| !at.is_empty())).count();
    assert_eq!(out.iter().filter(|order| order["delivered"].is_string()).count(), delivered);
    program.run(&["doctor"]).ended(0);
}

#[test]
fn an_old_export_read_again_does_not_undo_a_newer_one() {
    let program = Program::new();
    program.write("九月.csv", "评价ID,评价内容,评分\nR1,开线了,1\nR2,很好,5\n");
    program.write("十月.csv", "评价ID,评价内容,评分\nR1,换了一件，可以,4\nR2,很好,5\nR3,一般,3\n");
    assert_eq!(counts(&import(&program, "九月.csv", &[])), [2, 0, 0, 0, 0]);
    assert_eq!(counts(&import(&program, "十月.csv", &[])), [1, 1, 1, 0, 0]);
    for _ in 0..3 {
        assert_eq!(counts(&import(&program, "九月.csv", &[])), [0, 0, 2, 0, 0]);
        assert_eq!(counts(&import(&program, "十月.csv", &[])), [0, 0, 3, 0, 0]);
    }
    let out = program.run(&["export", "reviews", "--format", "jsonl"]).ended(0).lines();
    let one = out.iter().find(|row| row["revision"] == 2).expect("one review was revised");
    assert_eq!(one["rating"], 4);
    // The same file mapped otherwise is another reading of it, and does change what is stored.
    let remapped = import(&program, "九月.csv", &["--map", "text=评价内容,rating="]);
    assert_eq!(counts(&remapped), [0, 2, 0, 0, 0]);
}

#[test]
fn two_products_of_one_order_are_two_reviews_though_only_their_titles_are_known() {
    let program = Program::new();
    program.write("a.csv", "订单编号,宝贝标题,评价内容,评价结果\nA1,四件套,很好,好评\nA1,枕头,开线了,差评\n");
    let first = import(&program, "a.csv", &[]);
    assert_eq!(counts(&first), [2, 0, 0, 0, 0]);
    assert_eq!(program.run(&["export", "cases", "--format", "jsonl"]).ended(0).lines().len(), 1);
}
