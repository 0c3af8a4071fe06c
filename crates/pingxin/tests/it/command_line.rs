//! Commands as a person or a script runs them: what they print, where, and with which exit status.

use std::process::Stdio;

use encoding_rs::GB18030;
use pingxin_testkit::database::TestDatabase;
use serde_json::json;

use crate::program::{Program, root};

const REVIEWS: &str = "订单编号,评价内容,评分,买家昵称,评价时间\n\
    A1001,穿了两天就开线，质量太差,1,小猫钓鱼,2026-10-01 10:00:00\n\
    A1002,很好看，物流也快,5,momo2020,2026-10-02 11:30:00\n\
    A1003,色差有点大,3,青山不改,2026-10-03 09:15:00\n";

fn gbk(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

#[test]
fn a_file_is_imported_once_and_its_summary_has_the_promised_shape() {
    let program = Program::new();
    program.write("评价.csv", gbk(REVIEWS));
    let import = ["import", "评价.csv", "--shop", "木棉旗舰店", "--platform", "taobao", "--json"];
    let first = program.run(&import).ended(0).lines();
    let [summary] = first.as_slice() else { panic!("one line a file: {first:?}") };
    let keys: Vec<&str> = summary.as_object().unwrap().keys().map(String::as_str).collect();
    let mut promised = [
        "file",
        "profile",
        "encoding",
        "kind",
        "rows",
        "new",
        "updated",
        "unchanged",
        "duplicate",
        "failed",
        "failures",
        "batch",
    ];
    promised.sort_unstable();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, promised);
    assert_eq!((&summary["file"], &summary["kind"]), (&json!("评价.csv"), &json!("reviews")));
    assert_eq!(summary["encoding"], "gb18030");
    assert_eq!((&summary["rows"], &summary["new"], &summary["failed"]), (&json!(3), &json!(3), &json!(0)));
    let again = program.run(&import).ended(0).lines();
    assert_eq!((&again[0]["new"], &again[0]["unchanged"]), (&json!(0), &json!(3)));
}

#[test]
fn rows_that_fail_are_named_and_the_rest_is_taken() {
    let program = Program::new();
    program.write("a.csv", REVIEWS.replace(",3,", ",９x,"));
    let ran = program.run(&["import", "a.csv", "--json"]).ended(1);
    let summary = &ran.lines()[0];
    assert_eq!((&summary["new"], &summary["failed"]), (&json!(2), &json!(1)));
    let failure = &summary["failures"][0];
    assert_eq!(
        (&failure["line"], &failure["column"], &failure["value"]),
        (&json!(4), &json!("评分"), &json!("９x"))
    );
    assert!(failure["reason"].as_str().is_some_and(|reason| reason.is_ascii()), "LANG is English: {failure}");
    let plain = program.run(&["import", "a.csv"]).ended(1);
    assert!(plain.error.contains("line 4, 评分 `９x`"), "{}", plain.error);
    assert!(plain.out.starts_with("a.csv: 3 rows:"), "{}", plain.out);
}

#[test]
fn nothing_read_is_told_from_something_read() {
    let program = Program::new();
    program.write("a.csv", REVIEWS);
    program.write("empty.csv", "");
    let ran = program.run(&["import", "missing.csv", "--json"]).ended(2);
    assert_eq!(ran.lines()[0]["error"]["code"], "unreadable");
    program.run(&["import", "empty.csv"]).ended(2);
    let ran = program.run(&["import", "missing.csv", "a.csv", "--json"]).ended(1);
    assert_eq!(ran.lines().len(), 2);
    program.run(&["import"]).ended(2);
    program.run(&["import", "a.csv", "--map", "colour=评分"]).ended(2);
}

#[test]
fn a_dry_run_keeps_nothing() {
    let program = Program::new();
    program.write("a.csv", REVIEWS);
    let ran = program.run(&["import", "a.csv", "--shop", "甲", "--dry-run", "--json"]).ended(0);
    assert_eq!(ran.lines()[0]["new"], 3);
    let ran = program.run(&["export", "reviews", "--format", "jsonl"]).ended(0);
    assert_eq!(ran.out, "");
}

#[test]
fn what_came_in_goes_out_again() {
    let program = Program::new();
    program.write("a.csv", REVIEWS);
    program.run(&["import", "a.csv", "--shop", "甲"]).ended(0);
    let all = program.run(&["export", "reviews", "--format", "jsonl"]).ended(0).lines();
    assert_eq!(all.len(), 3);
    let bad =
        program.run(&["export", "reviews", "--format", "jsonl", "--rating", "1", "--shop", "甲"]).ended(0);
    assert!(bad.out.contains("穿了两天就开线") && !bad.out.contains("色差"), "{}", bad.out);
    let found = program.run(&["export", "reviews", "--format", "jsonl", "-q", "色差"]).ended(0).lines();
    assert_eq!(found.len(), 1);
    let cases = program.run(&["export", "cases", "--format", "csv", "--out", "cases.csv"]).ended(0);
    assert_eq!(cases.out, "");
    let written = std::fs::read_to_string(program.path("cases.csv")).unwrap();
    assert_eq!(written.lines().count(), 3, "a header and two cases: {written}");
    let book = program.run(&["export", "orders", "--format", "xlsx", "--out", "orders.xlsx"]).ended(0);
    assert_eq!(book.out, "");
    assert!(std::fs::read(program.path("orders.xlsx")).unwrap().starts_with(b"PK"));
    let buyers = program.run(&["export", "buyers", "--format", "jsonl", "--has-case", "true"]).ended(0).out;
    assert!(
        buyers.lines().count() == 2 && buyers.contains("小**鱼") && !buyers.contains("小猫钓鱼"),
        "{buyers}"
    );
    let products = program.run(&["export", "products", "--format", "csv", "-q", "杯"]).ended(0).out;
    assert!(products.starts_with("\u{feff}shop,") || products.starts_with("shop,"), "{products}");
    program.run(&["export", "reviews", "--format", "pdf"]).ended(2);
    program.run(&["export", "reviews", "--format", "csv", "--shop", "乙"]).ended(2);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let program = Program::new();
    program.write("a.csv", REVIEWS);
    program.run(&["import", "a.csv"]).ended(0);
    let mut command = program.command(&["export", "reviews", "--format", "csv"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_doctor_finds_nothing_after_an_import() {
    let program = Program::new();
    program.write("a.csv", REVIEWS);
    program.run(&["import", "a.csv"]).ended(0);
    let ran = program.run(&["doctor"]).ended(0);
    assert_eq!(ran.out, "");
}

#[test]
fn people_are_added_listed_and_given_passwords() {
    let program = Program::new();
    let added = program.run_with(
        &["user", "add", "Lin", "--name", "林小美", "--role", "owner", "--password-stdin"],
        "a long one\n",
    );
    assert_eq!(added.ended(0).out, "");
    let made_up = program.run(&["user", "add", "wang"]).ended(0);
    assert_eq!(made_up.out.trim().len(), 20, "a password to hand over");
    let listed = program.run(&["user", "list"]).ended(0);
    assert_eq!(listed.out, "lin\towner\t林小美\tall shops\tactive\nwang\tagent\twang\tall shops\tactive\n");
    let reset = program.run(&["user", "reset", "wang"]).ended(0);
    assert!(reset.out.starts_with("/invite?token=") && reset.out.trim().len() > 50, "{}", reset.out);
    program.run(&["user", "disable", "lin"]).ended(2);
    program.run(&["user", "disable", "wang"]).ended(0);
    assert!(program.run(&["user", "list"]).ended(0).out.contains("wang\tagent\twang\tall shops\tdisabled"));
    program.run(&["user", "reset", "wang"]).ended(2);
    program.run(&["user", "enable", "wang"]).ended(0);
    program.run(&["user", "enable", "nobody"]).ended(2);
    program.run(&["user", "totp-off", "lin"]).ended(0);
    program.run(&["user", "totp-off", "nobody"]).ended(2);
    program.run(&["user", "add", "chen", "--role", "department"]).ended(2);
    program.run(&["user", "add", "chen", "--role", "department", "--department", "warehouse"]).ended(0);
    assert!(program.run(&["user", "list"]).ended(0).out.contains("chen\tdepartment:warehouse\tchen"));
    program.run(&["user", "add", "LIN"]).ended(2);
    program.run(&["user", "add", "li", "--role", "boss"]).ended(2);
    program.run_with(&["user", "password", "wang", "--password-stdin"], "short\n").ended(2);
    program.run_with(&["user", "password", "nobody", "--password-stdin"], "long enough\n").ended(2);
    program.run_with(&["user", "password", "wang", "--password-stdin"], "long enough\n").ended(0);
}

#[test]
fn no_key_no_start() {
    let program = Program::new();
    program.run(&["user", "add", "lin"]).ended(0);
    let key = program.path("desk.db.key");
    assert!(key.exists());
    std::fs::remove_file(&key).unwrap();
    let ran = program.run(&["doctor"]).ended(2);
    assert!(ran.error.contains("key"), "{}", ran.error);
    let mut other = program.command(&["doctor"]);
    let ended = other.env("PINGXIN_KEY", "0f".repeat(32)).stderr(Stdio::null()).status().unwrap();
    assert_eq!(ended.code(), Some(2), "a wrong key opens nothing");
}

#[test]
fn a_slip_in_the_name_of_the_database_makes_no_empty_one() {
    let program = Program::new();
    for command in [
        &["export", "reviews", "--format", "csv"][..],
        &["doctor"],
        &["user", "list"],
        &["user", "password", "lin"],
        &["demo", "--wipe"],
    ] {
        let ran = program.run(command).ended(2);
        assert!(ran.error.contains("desk.db"), "{command:?}: {}", ran.error);
    }
    assert!(!program.database().exists());
}

#[tokio::test]
async fn the_commands_work_on_postgresql_too() {
    let Some(url) = TestDatabase::postgres_url().await else { return };
    let program = Program::new();
    program.write("a.csv", gbk(REVIEWS));
    let run = |arguments: &[&str]| {
        let mut command = program.command(arguments);
        let ran = command.args(["--db", &url]).output().unwrap();
        assert_eq!(ran.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    let summary: serde_json::Value =
        serde_json::from_str(&run(&["import", "a.csv", "--shop", "甲", "--json"])).unwrap();
    assert_eq!((&summary["rows"], &summary["new"]), (&json!(3), &json!(3)));
    assert_eq!(run(&["export", "reviews", "--format", "jsonl", "-q", "质量"]).lines().count(), 1);
    assert_eq!(run(&["export", "cases", "--format", "jsonl"]).lines().count(), 2);
    assert_eq!(run(&["doctor"]), "");
}

#[test]
fn only_platforms_with_rules_are_taken() {
    let program = Program::new();
    program.write("a.csv", REVIEWS);
    program.run(&["import", "a.csv", "--shop", "甲", "--platform", "amazon-de"]).ended(2);
    program.run(&["import", "a.csv", "--shop", "甲", "--platform", "myspace"]).ended(2);
    program.run(&["import", "a.csv", "--shop", "甲", "--platform", "淘宝"]).ended(0);
}

#[test]
fn the_demo_is_made_once_and_wiped() {
    let program = Program::new();
    let made = program.run(&["demo", "--orders", "40", "--reviews", "20"]).ended(0);
    let roles: Vec<&str> = made.out.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(roles, ["owner", "supervisor", "agent", "read_only", "department"]);
    program.run(&["demo"]).ended(2);
    program.run(&["doctor"]).ended(0);
    program.run(&["demo", "--wipe"]).ended(0);
    program.run(&["demo", "--wipe"]).ended(2);
}

#[test]
fn the_description_of_the_api_is_the_committed_one() {
    let program = Program::new();
    let printed = program.run(&["openapi"]).ended(0).out;
    let committed = std::fs::read_to_string(root().join("openapi.json")).unwrap();
    assert!(printed == committed, "run `make api`: openapi.json is not what the program says");
}

#[test]
fn answers_and_errors_keep_to_their_streams() {
    let program = Program::new();
    let help = program.run(&["--help"]).ended(0);
    assert!(help.out.contains("serve") && help.error.is_empty());
    assert!(!help.out.contains("parse-file"));
    let wrong = program.run(&["export", "--nonsense"]).ended(2);
    assert!(wrong.out.is_empty() && !wrong.error.is_empty());
}

#[test]
fn the_database_may_be_named_before_or_after_what_to_do() {
    let program = Program::new();
    program.write("a.csv", "评价ID,内容文字,星\nR1,开线了,1\n");
    let map = ["--map", "text=内容文字", "--map", "rating=星"];
    program.run(&[&["import", "a.csv", "--db", "other.db"][..], &map].concat()).ended(0);
    for arguments in [
        ["export", "--db", "other.db", "reviews", "--format", "jsonl"],
        ["export", "reviews", "--db", "other.db", "--format", "jsonl"],
    ] {
        assert_eq!(program.run(&arguments).ended(0).lines().len(), 1);
    }
    for arguments in [["user", "--db", "other.db", "list"], ["user", "list", "--db", "other.db"]] {
        program.run(&arguments).ended(0);
    }
    assert!(!program.database().exists(), "nothing was made where nobody asked");
}

#[test]
fn a_watched_folder_takes_in_what_is_put_into_it() {
    let program = Program::new();
    let folder = program.path("in");
    std::fs::create_dir(&folder).unwrap();
    let mut child = program
        .command(&["import", "--watch", "in", "--shop", "甲", "--platform", "taobao", "--json"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::fs::write(folder.join("good.csv"), "评价ID,评价内容,评分\nR1,开线了,1\n").unwrap();
    std::fs::write(folder.join("half.csv"), "评价ID,评价内容,评分\nR2,好,5\nR3,坏,9\n").unwrap();
    std::fs::write(folder.join("old.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    let wanted = ["done/good.csv.json", "failed/half.csv.json", "failed/old.xls.json"];
    let start = std::time::Instant::now();
    while !wanted.iter().all(|name| folder.join(name).exists()) {
        assert!(start.elapsed().as_secs() < 60, "the folder is not taken in");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let said: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join(wanted[1])).unwrap()).unwrap();
    assert_eq!((&said["new"], &said["failed"]), (&1.into(), &1.into()), "{said}");
    let out = program.run(&["export", "reviews", "--format", "jsonl"]).ended(0);
    assert_eq!(out.lines().len(), 2);
}

#[test]
fn an_import_is_taken_back_by_its_id() {
    let program = Program::new();
    program.write("a.csv", "评价ID,评价内容,评分\nR1,开线了,1\nR2,好,5\n");
    let summary = program.run(&["import", "a.csv", "--json"]).ended(0).lines().remove(0);
    let batch = summary["batch"].as_str().unwrap();
    let undone = program.run(&["import", "--undo", batch, "--json"]).ended(0).lines().remove(0);
    assert_eq!((&undone["removed"], &undone["kept"]), (&2.into(), &0.into()), "{undone}");
    assert!(program.run(&["export", "reviews", "--format", "jsonl"]).ended(0).lines().is_empty());
    let twice = program.run(&["import", "--undo", batch]).ended(2);
    assert!(twice.error.contains("already"), "{}", twice.error);
    program.run(&["doctor"]).ended(0);
}
