//! What the platforms' own pages answer, asked of the program: removal through `pingxin triage`, percents through `pingxin
//! figures`, and packs through `pingxin packs`.

use serde_json::{Value, json};

use crate::program::Program;

/// One review with what its removal must be: the verdict, and the grounds that carry it.
struct Golden {
    line: Value,
    verdict: &'static str,
    grounds: &'static [&'static str],
}

fn golden(line: Value, verdict: &'static str, grounds: &'static [&'static str]) -> Golden {
    Golden { line, verdict, grounds }
}

fn feedback(text: &str) -> Value {
    json!({"platform": "amazon-us", "object": "seller_feedback", "text": text, "rating": 1,
        "created": "2026-10-01T12:00:00Z", "as_of": "2026-11-01"})
}

fn with(mut line: Value, key: &str, value: Value) -> Value {
    line[key] = value;
    line
}

fn taobao(text: &str, message: Option<&str>, proof: Option<&str>) -> Value {
    let messages: Vec<Value> = message
        .iter()
        .map(|text| json!({"from": "buyer", "at": "2026-10-01T10:00:00Z", "text": text}))
        .collect();
    json!({"platform": "taobao", "object": "review", "text": text, "verdict": "bad", "created": "2026-10-20T02:00:00Z",
        "as_of": "2026-11-01", "messages": messages, "order": {"both_rated": true}, "facts": {"chat_proof_id": proof}})
}

fn ebay(text: &str, message: &str) -> Value {
    json!({"platform": "ebay", "object": "review", "text": text, "as_of": "2026-11-01",
        "messages": [{"from": "buyer", "at": "2026-10-01T10:00:00Z", "text": message}]})
}

fn all() -> Vec<Golden> {
    let fba = json!({"fulfilled_by": "amazon"});
    let by_shop = json!({"fulfilled_by": "merchant", "buy_shipping": true, "shipped_on_time": true});
    let acme = "The Acme Super-Widget lacks the sharpness and speed of the Acme Ultra-Widget.";
    vec![
        // Amazon's page on removal (AMZ-RM, S2).
        golden(feedback(acme), "eligible", &["product_only"]),
        golden(
            feedback(
                "Seller's shipping service was very slow, and the Acme Super-Widget lacks the sharpness and speed of \
                 the Acme Ultra-Widget.",
            ),
            "not_eligible",
            &[],
        ),
        golden(with(feedback(acme), "as_of", json!("2026-12-31T12:00:00Z")), "expired", &[]),
        golden(feedback("What a fucking seller"), "eligible", &["obscene"]),
        golden(
            feedback("Write to zlin.returns@example.com, they never answer here"),
            "eligible",
            &["seller_pii"],
        ),
        golden(
            with(feedback("Arrived a week late"), "order", fba.clone()),
            "eligible",
            &["fba_delivery_only"],
        ),
        golden(with(feedback("Arrived a week late"), "order", by_shop), "eligible", &["buy_shipping_late"]),
        golden(
            with(feedback("Arrived a week late and the item was used"), "order", fba),
            "not_eligible",
            &[],
        ),
        // 8.3 of the facts: what is extortion, and what is a complaint.
        golden(taobao("一般", Some("不赔我200就给差评"), Some("J-1")), "eligible", &["unreasonable_demand"]),
        golden(
            taobao("一般", Some("差评已经写好了，给50我就不发"), Some("J-1")),
            "eligible",
            &["unreasonable_demand"],
        ),
        golden(taobao("一般", Some("不赔我200就给差评"), None), "needs_evidence", &[]),
        golden(
            taobao("一般", Some("东西坏了能退吗？不处理我只能给差评了"), Some("J-1")),
            "not_eligible",
            &[],
        ),
        golden(taobao("一般", Some("如果再不发货我就申请退款"), Some("J-1")), "not_eligible", &[]),
        golden(taobao("客服就是个傻逼", None, None), "eligible", &["leak_abuse_ad"]),
        golden(taobao("苹果有两个烂的，垃圾袋也薄", None, None), "not_eligible", &[]),
        golden(ebay("meh", "Refund me and let me keep it or I leave one star"), "eligible", &["extortion"]),
        golden(ebay("meh", "If this isn't fixed I'll return it"), "not_eligible", &[]),
        golden(
            ebay("meh", "I was going to leave one star but your replacement fixed it"),
            "not_eligible",
            &[],
        ),
        golden(ebay("Liar, fraud, thief", "hello"), "not_eligible", &[]),
        // What has no sourced rule.
        golden(json!({"platform": "jd", "object": "review", "text": "傻逼"}), "no_rule", &[]),
        golden(
            json!({"platform": "amazon-us", "object": "product_review", "text": acme, "rating": 1}),
            "no_rule",
            &[],
        ),
    ]
}

#[test]
fn the_platforms_own_examples_are_answered_exactly() {
    let cases = all();
    let input: String = cases
        .iter()
        .zip(0..)
        .map(|(case, number)| format!("{}\n", with(case.line.clone(), "id", json!(format!("g{number}")))))
        .collect();
    let answers = Program::new().run_with(&["triage", "--as-of", "2026-11-01"], &input).ended(0).lines();
    assert_eq!(answers.len(), cases.len());
    for (case, answer) in cases.iter().zip(&answers) {
        let removal = &answer["removal"];
        assert_eq!(removal["verdict"], case.verdict, "{} gives {removal}", case.line);
        let grounds = removal["grounds"].as_array().unwrap();
        let holding: Vec<&str> = grounds
            .iter()
            .filter(|ground| ground["verdict"] == "eligible")
            .map(|ground| ground["ground"].as_str().unwrap())
            .collect();
        for ground in case.grounds {
            assert!(holding.contains(ground), "{} is carried by {holding:?}", case.line);
        }
        // Every answer is explained in both languages and sourced.
        for ground in grounds {
            for language in ["zh", "en"] {
                assert!(ground["why"][language].as_str().is_some_and(|why| !why.is_empty()), "{ground}");
            }
            assert!(ground["source"].as_array().is_some_and(|sources| !sources.is_empty()), "{ground}");
        }
    }
    // Struck is not removed.
    let outcome = |at: usize, ground: &str| {
        let grounds = answers[at]["removal"]["grounds"].as_array().unwrap();
        grounds.iter().find(|found| found["ground"] == ground).unwrap()["outcome"].clone()
    };
    assert_eq!(
        (outcome(0, "product_only"), outcome(5, "fba_delivery_only")),
        (json!("removed"), json!("struck"))
    );
    assert_eq!(outcome(6, "buy_shipping_late"), json!("struck"));
    assert_eq!(outcome(13, "leak_abuse_ad"), json!("text_removed_rating_kept"));
}

fn percents(stars: &[(u8, usize)]) -> Value {
    let line = |stars: u8| json!({"kind": "rating", "platform": "amazon-us", "object": "seller_feedback", "at": "2026-10-25", "rating": stars});
    let input: String = stars
        .iter()
        .flat_map(|(stars, many)| std::iter::repeat_n(format!("{}\n", line(*stars)), *many))
        .collect();
    let document =
        Program::new().run_with(&["figures", "--as-of", "2026-11-01"], &input).ended(0).lines().remove(0);
    document["feedback"]["30"].clone()
}

#[test]
fn percents_are_those_of_the_platforms_page() {
    let month = percents(&[(5, 1001), (3, 15), (1, 4)]);
    let shown = ["positive_percent", "neutral_percent", "negative_percent"].map(|key| month[key].clone());
    assert_eq!(shown, [json!(98), json!(1), json!(0)]);
    assert_eq!(percents(&[(5, 55), (4, 35), (3, 5), (2, 3), (1, 2)])["positive_percent"], 90);
}

const DATED: &str = "[pack]\nid = \"taobao\"\nversion = \"t\"\nkind = \"platform\"\nzh = \"淘宝\"\nen = \"Taobao\"\n\
    markets = [\"CN\"]\ntimezone = \"Asia/Shanghai\"\neffective_from = 2027-01-01\nreviewed_on = 2026-11-21\n\
    review_by = 2027-03-01\n\n[[source]]\nkey = \"X\"\ntitle = \"x\"\nurl = \"https://example.com\"\nkind = \"house\"\n\
    seen_on = 2026-11-21\n\n[[window]]\nid = \"reply\"\nwho = \"seller\"\nanchor = \"review_created\"\ndays = 20\n\
    grade = \"A\"\nsource = [\"X\"]\n";

#[test]
fn packs_hold_their_examples_and_a_dropped_file_takes_over_on_its_day() {
    let program = Program::new();
    let checked = program.run(&["packs", "check"]).ended(0);
    assert!(
        checked.error.contains("packs, ") && !checked.error.contains(", 0 examples"),
        "{}",
        checked.error
    );
    std::fs::create_dir(program.path("dropped")).unwrap();
    program.write("dropped/taobao.toml", DATED);
    let reply = |day: &str| {
        let shown = program
            .run(&["packs", "show", "taobao", "window.reply", "--packs", "dropped", "--as-of", day])
            .ended(0);
        shown.out.lines().find(|line| line.starts_with("window.reply.days")).unwrap().to_owned()
    };
    assert!(reply("2026-12-31").starts_with("window.reply.days = 30"));
    assert!(reply("2027-01-01").starts_with("window.reply.days = 20"));
    let changed = program
        .run(&["packs", "diff", "taobao@2026-12-31", "taobao@2027-01-01", "--packs", "dropped", "--json"])
        .ended(0)
        .lines();
    assert!(
        changed.iter().any(|change| change["key"] == "window.reply.days"
            && (change["after"] == "20" || change["after"] == 20)),
        "{changed:?}"
    );
    // Past its date it shows a badge, and its rules hold on.
    let listed = program.run(&["packs", "list", "--packs", "dropped", "--as-of", "2027-03-02"]).ended(0);
    let taobao = listed.out.lines().find(|line| line.starts_with("taobao")).unwrap();
    assert!(taobao.contains("STALE"), "{taobao}");
    assert!(reply("2027-03-02").starts_with("window.reply.days = 20"));
}

#[test]
fn a_broken_pack_is_refused_whole_and_the_old_one_stays() {
    let program = Program::new();
    std::fs::create_dir(program.path("dropped")).unwrap();
    program.write("dropped/taobao.toml", DATED.replace("days = 20", "days = \"twenty\""));
    let ran = program.run(&["packs", "check", "--packs", "dropped"]).ended(1);
    for named in ["taobao.toml", "24", "window.reply.days"] {
        assert!(ran.error.contains(named), "{named}: {}", ran.error);
    }
    let shown = program.run(&[
        "packs",
        "show",
        "taobao",
        "window.reply",
        "--packs",
        "dropped",
        "--as-of",
        "2027-06-01",
    ]);
    assert!(shown.ended(1).out.contains("window.reply.days = 30"), "what was in force stays");
}
