//! What is taken out comes back as the same rows: into the same desk nothing changes, into an empty one everything is there.

use serde_json::Value;

use crate::program::Program;

const REVIEWS: &str = "评价ID,订单编号,评价标题,评价内容,评分,评价时间,买家昵称,商家回复,点赞数\n\
    R1,A1,=1+1,\"+86 17000001234 打电话,\n穿了两天就开线\",1,2026-10-01 10:00:00,猫小姐88,亲 抱歉,3\n\
    R2,A2,,@SUM(A1) 很好,5,2026-10-02 10:00:00,tb_user,-1,0\n\
    ,A3,'引号,我叫李小龙 身份证11010119900307451X,2,2026-10-03 10:00:00,,,\n\
    ,,,没有编号的评价,3,2026-10-04 10:00:00,,,\n\
    ,,,没有编号的评价,3,2026-10-04 10:00:00,,,\n";
const ORDERS: &str = "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,子订单编号,宝贝标题,购买数量,单价,物流公司,运单号,双方已评\n\
    A1,猫小姐88,129.00,交易成功,2026-09-01 10:00:00,L1,=四件套,2,64.50,顺丰,SF1,是\n\
    A1,猫小姐88,129.00,交易成功,2026-09-01 10:00:00,L2,-枕套,1,,顺丰,SF1,是\n\
    A2,tb_user,59.90,卖家已发货，等待买家确认,2026-09-02 10:00:00,L1,被子,1,59.90,,,否\n";

fn import(program: &Program, file: &str) -> Value {
    let ran = program.run(&["import", file, "--shop", "甲", "--platform", "taobao", "--json"]);
    ran.ended(0).lines().remove(0)
}

fn rows(program: &Program, what: &str) -> Vec<Value> {
    let mut rows = program.run(&["export", what, "--format", "jsonl"]).ended(0).lines();
    rows.sort_by_key(|row| row.to_string());
    rows
}

/// The rows without what belongs to one database, and without what is read from the words: a masked phone is none.
fn facts(program: &Program, what: &str) -> Vec<String> {
    let own = [
        "pingxin_id",
        "imported_at",
        "case_number",
        "opened_at",
        "updated_at",
        "revision",
        "severity",
        "sentiment_score",
        "causes",
        "primary_cause",
    ];
    let mut facts: Vec<String> = rows(program, what)
        .into_iter()
        .map(|mut row| {
            own.iter().for_each(|field| drop(row.as_object_mut().unwrap().remove(*field)));
            row.to_string()
        })
        .collect();
    facts.sort();
    facts
}

#[test]
fn an_export_read_again_changes_nothing_and_fills_an_empty_desk() {
    let program = Program::new();
    program.write("reviews-in.csv", REVIEWS);
    program.write("orders-in.csv", ORDERS);
    assert_eq!(import(&program, "orders-in.csv")["new"], 3);
    assert_eq!(import(&program, "reviews-in.csv")["new"], 5);
    let before = (rows(&program, "reviews"), rows(&program, "orders"), rows(&program, "cases"));
    let other = Program::new();
    for format in ["csv", "xlsx", "jsonl"] {
        for what in ["orders", "reviews", "cases"] {
            let file = format!("{what}.{format}");
            program.run(&["export", what, "--format", format, "--out", &file]).ended(0);
            let again = import(&program, &file);
            assert_eq!(again["unchanged"], again["rows"], "{file}: {again}");
            assert!(again["rows"].as_u64().unwrap() > 0, "{file}");
            other.write(&file, std::fs::read(program.path(&file)).unwrap());
        }
        let after = (rows(&program, "reviews"), rows(&program, "orders"), rows(&program, "cases"));
        assert_eq!(after, before, "{format}: the masked words of an export never replace what is stored");
    }
    for file in ["orders.csv", "reviews.csv"] {
        let taken = import(&other, file);
        assert_eq!(taken["new"], taken["rows"], "{file}: {taken}");
    }
    assert_eq!(facts(&other, "orders"), facts(&program, "orders"));
    let (there, here) = (facts(&other, "reviews"), facts(&program, "reviews"));
    for (there, here) in there.iter().zip(&here) {
        assert_eq!(there, here);
    }
    assert_eq!(there.len(), here.len());
    program.run(&["doctor"]).ended(0);
    other.run(&["doctor"]).ended(0);
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    let program = Program::new();
    program.write("reviews-in.csv", REVIEWS);
    import(&program, "reviews-in.csv");
    program.run(&["export", "reviews", "--format", "csv", "--out", "out.csv"]).ended(0);
    let text = std::fs::read_to_string(program.path("out.csv")).unwrap();
    let starts = text.split(['\n', ',']).map(|cell| cell.trim_start_matches('"'));
    let formulas: Vec<&str> = starts.filter(|cell| cell.starts_with(['=', '+', '@', '\t'])).collect();
    assert_eq!(formulas, Vec::<&str>::new());
}

#[test]
fn a_changed_cell_of_an_export_is_a_change_and_a_masked_one_is_none() {
    let program = Program::new();
    program.write("reviews-in.csv", REVIEWS);
    import(&program, "reviews-in.csv");
    program.run(&["export", "reviews", "--format", "csv", "--out", "out.csv"]).ended(0);
    let text = std::fs::read_to_string(program.path("out.csv")).unwrap();
    assert!(text.contains("很好") && !text.contains("17000001234"));
    program.write("out.csv", text.replace("很好", "一般"));
    let again = import(&program, "out.csv");
    assert_eq!((again["updated"].as_u64(), again["unchanged"].as_u64()), (Some(1), Some(4)), "{again}");
}
