//! Imports killed at random moments and run again end as one clean run: the same canonical dump, without ids and instants.
//!
//! 50 kills, each of which met a running import, or as many as `PINGXIN_KILLS` says (`make test-night`: 500).

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::Program;

/// Kills after which a program is brought to its end, compared, and begun anew.
const ROUND: u32 = 10;
const ROWS: usize = 1_200;
const IMPORT: [&str; 8] =
    ["import", "orders.csv", "reviews.csv", "chats.csv", "--shop", "甲", "--platform", "taobao"];

/// Orders, their reviews and the chats around them.
fn files() -> [(&'static str, String); 3] {
    let mut orders = String::from("订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,宝贝标题\n");
    let mut reviews = String::from("评价ID,订单编号,评价内容,评分,追评内容,评价时间,买家昵称\n");
    let mut chats = String::from("时间,发送人,内容,买家昵称,订单编号\n");
    for row in 0..ROWS {
        let day = row % 28 + 1;
        orders += &format!(
            "A{row},猫小姐{},{}.50,交易成功,2026-09-{day:02} 10:00:00,四件套\n",
            row % 700,
            row % 300
        );
        let followup = if row % 7 == 0 { "又开线了" } else { "" };
        reviews += &format!(
            "R{row},A{row},第{row}件穿了两天就开线,{},{followup},2026-10-{day:02} 10:00:00,猫小姐{}\n",
            row % 5 + 1,
            row % 700
        );
        // Two that are alike in every cell are two messages.
        chats += &format!("2026-10-{day:02} 11:00:00,猫小姐{0},？,猫小姐{0},A{1}\n", row % 700, row / 2);
    }
    [("orders.csv", orders), ("reviews.csv", reviews), ("chats.csv", chats)]
}

/// Everything that can be taken out, without what differs from run to run.
fn dump(program: &Program) -> Vec<String> {
    let mut lines = Vec::new();
    for what in ["orders", "reviews", "cases"] {
        let out = program.run(&["export", what, "--format", "jsonl"]).ended(0);
        lines.extend(out.lines().into_iter().map(|mut row| {
            for changing in ["pingxin_id", "imported_at", "case_number", "opened_at", "updated_at"] {
                if let Value::Object(fields) = &mut row {
                    fields.remove(changing);
                }
            }
            format!("{what} {row}")
        }));
    }
    lines.sort();
    lines
}

fn import(program: &Program) -> Vec<Value> {
    program.run(&[&IMPORT[..], &["--json"]].concat()).ended(0).lines()
}

fn fresh(files: &[(&'static str, String)]) -> Program {
    let program = Program::new();
    for (name, text) in files {
        program.write(name, text);
    }
    program
}

/// Numbers that are as good as random and the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn killed_at_random_moments_and_run_again_they_end_as_one_clean_run() {
    let kills: u32 = std::env::var("PINGXIN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(50);
    let files = files();
    let clean = fresh(&files);
    let start = Instant::now();
    let summaries = import(&clean);
    let whole = start.elapsed();
    let new: Vec<u64> = summaries.iter().map(|summary| summary["new"].as_u64().unwrap()).collect();
    assert_eq!(new, [ROWS as u64; 3], "{summaries:?}");
    let expected = dump(&clean);
    // A longer run meets other moments than a short one.
    let mut dice = Dice(20_261_129 + u64::from(kills));
    let mut longest = u64::try_from(whole.as_millis()).unwrap();
    let mut done = 0;
    while done < kills {
        let program = fresh(&files);
        for attempt in 0..ROUND.min(kills - done) {
            let mut child =
                program.command(&IMPORT).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let wait = dice.below(longest.max(20));
            std::thread::sleep(Duration::from_millis(wait));
            if child.try_wait().unwrap().is_some() {
                // At its end before the kill, which does not count. One that began anew shows how long it takes now.
                longest = if attempt == 0 { wait } else { longest };
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            done += 1;
        }
        import(&program);
        assert_eq!(dump(&program), expected, "after {done} kills");
        let again = import(&program);
        for summary in &again {
            assert_eq!(summary["unchanged"], summary["rows"], "nothing is doubled: {summary}");
        }
        program.run(&["doctor"]).ended(0);
    }
    println!("{done} kills, each in the middle of an import that takes {whole:?} when it is left alone");
}
