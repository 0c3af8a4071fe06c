//! `figures` and `plan` as a script runs them.

use serde_json::{Value, json};

use crate::program::Program;

fn rating(stars: u8, at: &str) -> String {
    json!({"kind": "rating", "platform": "amazon-us", "object": "seller_feedback", "at": at, "rating": stars})
        .to_string()
}

#[test]
fn figures_are_one_document_with_the_numbers_of_the_platform() {
    let events: Vec<String> = [(5, 1001), (3, 15), (1, 4)]
        .into_iter()
        .flat_map(|(stars, times)| std::iter::repeat_n(rating(stars, "2026-10-20"), times))
        .collect();
    let program = Program::new();
    let ran = program.run_with(&["figures", "--as-of", "2026-11-01"], &events.join("\n")).ended(0);
    let [document] = &ran.lines()[..] else { panic!("one document: {}", ran.out) };
    let month = &document["feedback"]["30"];
    assert_eq!(
        (&month["positive_percent"], &month["neutral_percent"], &month["negative_percent"]),
        (&json!(98), &json!(1), &json!(0))
    );
    assert_eq!(month["positive_rate"], 0.981_372_549_019_607_8);
    assert_eq!(document["what_if"]["positives_needed"], json!({"95": 0, "98": 0}));
    assert_eq!(document["what_if"]["if_removed"].as_array().map(Vec::len), Some(19));
    assert_eq!((&document["odr"]["meets"], &document["errors"]), (&Value::Null, &json!([])));
    assert_eq!(document["as_of"], "2026-11-01T00:00:00Z");
}

#[test]
fn a_line_that_cannot_be_counted_is_named_and_the_others_count() {
    let program = Program::new();
    let input = format!(
        "{}\nnonsense\n{{\"id\":\"x\",\"kind\":\"order\"}}\n{}\n",
        rating(5, "2026-10-20"),
        rating(2, "2026-10-21")
    );
    let ran = program.run_with(&["figures", "--as-of", "2026-11-01T00:00:00Z"], &input).ended(1);
    let document = &ran.lines()[0];
    assert_eq!(document["feedback"]["lifetime"]["total"], 2);
    let errors: Vec<_> =
        document["errors"].as_array().unwrap().iter().map(|error| (&error["line"], &error["id"])).collect();
    assert_eq!(errors, [(&json!(2), &Value::Null), (&json!(3), &json!("x"))]);
    assert_eq!(document["errors"][0]["error"]["code"], "no_json");
    program.run(&["figures", "--as-of", "gestern"]).ended(2);
    program.run(&["figures", "missing.jsonl"]).ended(2);
}

#[test]
fn a_plan_stands_for_every_line_in_its_place() {
    let case = |id: u32, more: Value| {
        let mut case = json!({
            "id": id, "platform": "taobao", "object": "review", "cause": "quality", "fault": "seller",
            "created": "2026-07-01T02:00:00Z", "found": "2026-07-01T03:00:00Z", "timezone": "Asia/Shanghai",
            "order": {"state": "delivered", "amount": "129.00", "currency": "CNY", "delivered": "2026-06-29T03:00:00Z"},
            "request": "exchange", "goods": {"received": true, "problem": "defect", "evidence": ["photo"]},
            "as_of": "2026-07-01T03:30:00Z",
        });
        case.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        case.to_string()
    };
    let refused =
        json!({"attempts": [{"at": "2026-07-01T03:10:00Z", "channel": "phone", "result": "refused"}]});
    let lines = [
        case(1, json!({})),
        case(2, refused),
        case(3, json!({"timezone": "Mars/Base"})),
        case(4, json!({"platform": "amazon-us"})),
    ];
    let ran = Program::new().run_with(&["plan", "--threads", "2"], &lines.join("\n")).ended(1);
    let [plan, refused, failed, amazon] = &ran.lines()[..] else { panic!("four answers: {}", ran.out) };
    assert_eq!(plan["id"], 1);
    assert_eq!(
        (&plan["contacts"][0]["channel"], &plan["contacts"][0]["from"], &plan["contacts"][0]["to"]),
        (&json!("phone"), &json!("2026-07-01T03:30:00Z"), &json!("2026-07-01T05:00:00Z"))
    );
    assert_eq!(
        (&plan["aftersales"]["decision"], &plan["aftersales"]["freight"]),
        (&json!("exchange"), &json!("seller"))
    );
    assert_eq!(
        plan["compensation"][0],
        json!({"rung": 1, "kind": "coupon", "max": "10.00", "currency": "CNY", "approval": "agent"})
    );
    assert!(plan["deadlines"].as_array().unwrap().iter().any(|deadline| deadline["what"] == "buyer_modify"));
    assert_eq!((&refused["contacts"], &refused["stop"]["at"]), (&json!([]), &json!("2026-07-01T03:10:00Z")));
    assert_eq!(
        (&failed["id"], &failed["line"], &failed["error"]["code"]),
        (&json!(3), &json!(3), &json!("bad_field"))
    );
    let kinds: Vec<_> =
        amazon["compensation"].as_array().unwrap().iter().map(|rung| rung["kind"].clone()).collect();
    assert_eq!(kinds, ["replacement", "partial_refund", "full_refund"]);
}
