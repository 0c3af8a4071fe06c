use std::path::Path;

use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::promised;

fn said(when: &str, text: &str) -> Vec<(String, Option<String>)> {
    let at: Zoned = format!("{when}[Asia/Shanghai]").parse().expect("an instant with a zone");
    promised(text, &at)
        .into_iter()
        .map(|one| {
            let due = one
                .due
                .map(|due| due.to_zoned(at.time_zone().clone()).strftime("%m-%d %H:%M:%S").to_string());
            (one.span.of(text).to_owned(), due)
        })
        .collect()
}

/// A label and what was found of it: the turn, the words, the instant.
struct Score {
    labelled: usize,
    found: usize,
    right: usize,
    due_right: usize,
}

/// Conversations labelled by hand: a promise is found when its turn has one that shares half of the shorter's words.
fn score(report: bool) -> Option<Score> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/chats");
    let mut score = Score { labelled: 0, found: 0, right: 0, due_right: 0 };
    let mut chats = Vec::new();
    for part in ["part-a.jsonl", "part-b.jsonl"] {
        let Ok(text) = std::fs::read_to_string(folder.join(part)) else {
            eprintln!("skipped: there are no conversations beside the repository");
            return None;
        };
        chats.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")));
    }
    for chat in &chats {
        let turns = chat["turns"].as_array().expect("turns");
        for (at, turn) in turns.iter().enumerate() {
            if turn["from"] != "agent" {
                continue;
            }
            let text = turn["text"].as_str().expect("a text");
            let when = jiff::fmt::temporal::DateTimeParser::new()
                .parse_pieces(turn["at"].as_str().expect("an instant"))
                .and_then(|pieces| {
                    let offset = pieces.to_numeric_offset().expect("an offset");
                    pieces.date().to_datetime(pieces.time().expect("a time")).to_zoned(offset.to_time_zone())
                })
                .expect("an instant");
            let mut open: Vec<_> = promised(text, &when);
            score.found += open.len();
            for label in chat["labels"]["promises"].as_array().expect("promises") {
                if label["turn"].as_u64() != Some(at as u64) {
                    continue;
                }
                score.labelled += 1;
                let words = label["text"].as_str().expect("words");
                let due: Option<Timestamp> =
                    label["due"].as_str().map(|due| due.parse().expect("an instant"));
                let start = text.find(words).map(|byte| text[..byte].chars().count());
                let end = start.map(|start| start + words.chars().count());
                let place = open.iter().position(|one| {
                    let (from, to) = (one.span.start as usize, one.span.end as usize);
                    start.zip(end).is_some_and(|(start, end)| {
                        2 * (to.min(end)).saturating_sub(from.max(start)) >= (end - start).min(to - from)
                    })
                });
                match place {
                    Some(place) => {
                        let one = open.remove(place);
                        score.right += 1;
                        if one.due == due {
                            score.due_right += 1;
                        } else if report {
                            eprintln!("DUE  {} {words} | {due:?} | {:?}", chat["id"], one.due);
                        }
                    }
                    None if report => eprintln!("MISS {} {words} | {text}", chat["id"]),
                    None => {}
                }
            }
            for one in open {
                if report {
                    eprintln!("MORE {} {} | {text}", chat["id"], one.span.of(text));
                }
            }
        }
    }
    Some(score)
}

/// Issue and design: recall of at least 85 %, precision of at least 90 %, the time right in at least 85 %.
#[test]
fn labelled_conversations_are_read_as_people_read_them() {
    let Some(score) = score(std::env::var_os("PINGXIN_REPORT").is_some()) else { return };
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let (recall, precision) = (share(score.right, score.labelled), share(score.right, score.found));
    let due = share(score.due_right, score.right);
    eprintln!("promises: recall {recall:.3} precision {precision:.3} due {due:.3}");
    assert!(recall >= 0.85 && precision >= 0.90 && due >= 0.85, "{recall:.3} {precision:.3} {due:.3}");
}

#[test]
fn a_time_and_something_done_is_a_promise() {
    let rows: [(&str, &str, Option<&str>); 19] = [
        (
            "好嘞，今天下午四点前给您发出，顺丰到南通一般两天",
            "今天下午四点前给您发出",
            Some("07-08 16:00:00"),
        ),
        ("您拍了，明天就能寄出", "明天就能寄出", Some("07-09 23:59:59")),
        ("半小时内给您回复", "半小时内给您回复", Some("07-08 10:30:00")),
        ("请稍等，48小时内给您答复", "48小时内给您答复", Some("07-10 10:00:00")),
        ("3个工作日内退到您的账户", "3个工作日内退到您的账户", Some("07-13 23:59:59")),
        ("本周五下班前告诉您结果", "本周五下班前告诉您结果", Some("07-10 18:00:00")),
        ("明早9点半前给您准话", "明早9点半前给您准话", Some("07-09 09:30:00")),
        ("最晚18号发出", "最晚18号发出", Some("07-18 23:59:59")),
        ("最晚2号发出", "最晚2号发出", Some("08-02 23:59:59")),
        ("8月1日前给您补发", "8月1日前给您补发", Some("08-01 23:59:59")),
        ("今晚12点前出库", "今晚12点前出库", Some("07-08 23:59:59")),
        ("11点前把照片发您", "11点前把照片发您", Some("07-08 11:00:00")),
        ("3点前回您", "3点前回您", Some("07-08 15:00:00")),
        ("签收后24小时内给您退款", "签收后24小时内给您退款", None),
        ("我马上给您查", "我马上给您查", None),
        ("发出后把单号发您", "发出后把单号发您", None),
        ("我明天下班前，把结果告诉您", "我明天下班前，把结果告诉您", Some("07-09 18:00:00")),
        ("We will update you by Friday.", "We will update you by Friday", Some("07-10 23:59:59")),
        (
            "Sorry! I'll write to you by 3 p.m. tomorrow.",
            "I'll write to you by 3 p.m. tomorrow",
            Some("07-09 15:00:00"),
        ),
    ];
    for (text, words, due) in rows {
        let found = said("2026-07-08T10:00:00+08:00", text);
        assert_eq!(found, [(words.to_owned(), due.map(str::to_owned))], "{text}");
    }
}

#[test]
fn estimates_rules_offers_and_what_the_buyer_does_are_none() {
    let rows = [
        "到杭州一般次日或隔天",
        "预计后天到",
        "支持七天无理由，签收七天内可以退",
        "签收后24小时内拍照发我",
        "有任何问题随时找我",
        "两个方案您挑：明天补发一个，或者今天直接退款",
        "您今天拍照发我一下",
        "昨天已经给您寄出了",
        "快递说今天下午重新派",
        "今晚12点就涨价了",
        "If anything is wrong, write to me and I'll put it right.",
        "It usually takes 3 to 5 working days.",
        "I can send a new one today, or you can return it. Which would you prefer?",
        "The parcel was posted on Friday.",
        "",
        "？！。，",
    ];
    for text in rows {
        assert_eq!(said("2026-07-08T10:00:00+08:00", text), [], "{text}");
    }
}

#[test]
fn each_promise_of_a_text_has_a_time_of_its_own() {
    let found = said("2026-07-08T22:00:00+08:00", "明早10点前补发，单号明天中午12点前发您");
    let due: Vec<_> = found.iter().map(|(_, due)| due.as_deref().unwrap_or_default()).collect();
    assert_eq!(due, ["07-09 10:00:00", "07-09 12:00:00"]);
}

proptest::proptest! {
    /// Nothing that is typed breaks it; spans lie in the text and in order, and nothing is due before it was said.
    #[test]
    fn any_text_is_read(text in ".{0,80}|[今明后天下午周五0-9点半前内小时工作日发给您退款，。 ]{0,40}|[a-z0-9 ,.':]{0,60}", at in 0_i64..4_000_000_000) {
        let said = Timestamp::from_second(at).expect("an instant").to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone"));
        let length = text.chars().count() as u32;
        let mut before = 0;
        for one in promised(&text, &said) {
            proptest::prop_assert!(before <= one.span.start && one.span.start < one.span.end && one.span.end <= length);
            proptest::prop_assert!(one.due.is_none_or(|due| due > said.timestamp()));
            before = one.span.end;
        }
    }
}
