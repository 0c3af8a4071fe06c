use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::shop::{Object, Platform};

const SMALL: &str = r#"
[pack]
id = "taobao"
version = "2027.1.0"
kind = "platform"
zh = "淘宝"
en = "Taobao"
markets = ["CN"]
timezone = "Asia/Shanghai"
effective_from = 2027-01-01
reviewed_on = 2026-12-20
review_by = 2027-03-20

[[window]]
id = "malicious_report"
who = "seller"
anchor = "review_created"
days = 15
grade = "B"
source = ["TB-BAD1"]
"#;

fn today() -> Date {
    date(2026, 11, 29)
}

fn rules(platform: &str) -> Rules<'static> {
    Packs::embedded().rules(platform.parse().ok(), None, today())
}

fn refused(text: &str) -> Refused {
    let (packs, mut refused) = Packs::embedded().with(&[("own.toml", text)]);
    assert_eq!(&packs, Packs::embedded(), "what was in force stays in force");
    assert_eq!(refused.len(), 1, "{refused:?}");
    refused.remove(0)
}

#[test]
fn every_embedded_pack_is_taken_and_every_source_is_known() {
    let (packs, refused) = Packs::embedded().with::<&str, &str>(&[]);
    assert!(refused.is_empty());
    let ids: Vec<&str> = packs.ids().collect();
    for id in [
        "base",
        "amazon-us",
        "amazon-de",
        "taobao",
        "tmall",
        "ebay",
        "aliexpress",
        "jd",
        "shopify",
        "own-shop",
        "law-cn",
        "law-us",
        "law-eu",
        "law-uk",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    assert_eq!(ids.len(), embedded::FILES.len(), "a pack was refused");
    for id in ids {
        let pack = packs.pack(id, today()).unwrap();
        assert!(!pack.is_stale(today()), "{id}");
        for entry in &pack.entries {
            for source in &entry.record.source {
                assert!(packs.source(&source.key).is_some(), "{id} {} {source}", entry.name());
            }
        }
    }
}

#[test]
fn all_66_rules_of_the_guard_have_a_severity_somewhere() {
    let packs = Packs::embedded();
    for number in 1..=66 {
        let rule = format!("G{number:02}");
        let found = packs
            .ids()
            .filter_map(|id| packs.pack(id, today()))
            .flat_map(Pack::guards)
            .any(|guard| guard.rule == rule);
        assert!(found, "{rule}");
    }
}

#[test]
fn the_strictest_pack_sets_the_severity() {
    let severity = |platform: &str, rule: &str| rules(platform).guard(rule).map(|guard| guard.severity);
    assert_eq!(severity("taobao", "G14"), Some(Severity::Hold));
    assert_eq!(severity("amazon-us", "G14"), Some(Severity::Block));
    assert_eq!(severity("amazon-de", "G28"), Some(Severity::Block), "inherited");
    assert_eq!(severity("taobao", "G28"), None);
    assert_eq!(severity("taobao", "G49"), Some(Severity::Block), "from the law of China");
    assert_eq!(severity("amazon-us", "G49"), None);
    let chinese = Packs::embedded().rules(Some(Platform::Shopify), Some("cn"), today());
    assert!(chinese.guard("G49").is_some());
}

#[test]
fn what_nobody_found_is_no_rule_and_not_zero() {
    assert_eq!(rules("amazon-us").max_chars("public_reply", None), None);
    assert_eq!(rules("amazon-us").max_chars("platform_message", Some("confirmOrderDetails")), Some(2000));
    assert_eq!(rules("ebay").max_chars("public_reply", None), Some(500));
    assert_eq!(rules("tmall").public_reply().unwrap().record.grade, Grade::A);
    assert_eq!(rules("taobao").public_reply().unwrap().record.status, Status::Assumed);
    assert_eq!(rules("jd").ask_change(Object::Review), None);
    assert_eq!(rules("jd").grounds(Object::Review).count(), 0);
    assert_eq!(Packs::embedded().rules(None, None, today()).windows().count(), 0);
}

#[test]
fn the_matrix_of_asking_for_a_change_is_what_the_facts_say() {
    let policy =
        |platform: &str, object| rules(platform).ask_change(object).map(|ask| (ask.policy, ask.max_times));
    assert_eq!(policy("amazon-us", Object::ProductReview), Some((ChangePolicy::Never, Some(0))));
    assert_eq!(
        policy("amazon-us", Object::SellerFeedback),
        Some((ChangePolicy::AfterResolutionNeutral, Some(1)))
    );
    assert_eq!(policy("taobao", Object::Review), Some((ChangePolicy::AfterResolutionNeutral, Some(1))));
    assert_eq!(policy("tmall", Object::Review), Some((ChangePolicy::Impossible, None)));
    assert_eq!(policy("ebay", Object::Review), Some((ChangePolicy::PlatformFlowOnly, Some(1))));
    assert_eq!(rules("amazon-us").incentive(), (Some(Benefit::Forbidden), Some(Benefit::Forbidden)));
}

#[test]
fn a_child_takes_over_what_it_does_not_say() {
    let tmall = rules("tmall");
    assert_eq!(tmall.platform().unwrap().header.timezone.as_deref(), Some("Asia/Shanghai"));
    assert!(tmall.window("followup", today()).is_some());
    assert!(tmall.removal_needs().is_empty(), "the seller does not rate on Tmall");
    assert_eq!(rules("taobao").removal_needs(), [Condition::BothRated]);
    assert_eq!(tmall.grounds(Object::Review).count(), 5);
    let modify: Vec<_> = tmall.windows().filter(|window| window.id == "buyer_modify").collect();
    assert_eq!(modify.len(), 1);
    assert_eq!(modify[0].length, None);
}

#[test]
fn a_dated_pack_takes_over_on_its_day_and_its_children_follow() {
    let (packs, refused) = Packs::embedded().with(&[("taobao-2027.toml", SMALL)]);
    assert!(refused.is_empty(), "{refused:?}");
    let days = |platform, on| {
        let rules = packs.rules(Some(platform), None, on);
        rules.window("malicious_report", on).and_then(|window| window.length)
    };
    assert_eq!(days(Platform::Taobao, date(2026, 12, 31)), Some(Length::Days(30)));
    assert_eq!(days(Platform::Taobao, date(2027, 1, 1)), Some(Length::Days(15)));
    assert_eq!(days(Platform::Tmall, date(2027, 1, 1)), Some(Length::Days(30)), "its own stands");
    assert!(packs.rules(Some(Platform::Tmall), None, date(2027, 1, 1)).window("followup", today()).is_none());
    assert_eq!(packs.file("taobao", date(2027, 2, 1)), Some("taobao-2027.toml"));
    let old = Packs::embedded().pack("taobao", today()).unwrap();
    let new = packs.pack("taobao", date(2027, 1, 1)).unwrap();
    let changed = changes(old, new);
    let days = changed.iter().find(|change| change.key == "window.malicious_report.days").unwrap();
    assert_eq!((days.before.as_deref(), days.after.as_deref()), (Some("30"), Some("15")));
    assert!(changed.iter().any(|change| change.key == "removal.max_age" && change.after.is_none()));
    assert!(changes(old, old).is_empty());
}

#[test]
fn a_broken_pack_is_refused_whole_and_names_file_line_and_key() {
    let error = refused(&SMALL.replace("days = 15", "days = \"15\""));
    assert_eq!(
        (error.file.as_str(), error.line, error.key.as_str()),
        ("own.toml", 18, "window.malicious_report.days")
    );
    let says = |text: &str, key: &str, message: &str| {
        let error = refused(text);
        assert_eq!(error.key, key, "{error}");
        assert!(error.message.contains(message), "{error}");
    };
    says(&SMALL.replace("days = 15", "days = 15\nhours = 2"), "window.malicious_report.hours", "not both");
    says(&SMALL.replace("days = 15", ""), "window.malicious_report.days", "neither");
    says(&SMALL.replace("days = 15", "dayz = 15"), "window.malicious_report.dayz", "is no key");
    says(&SMALL.replace("days = 15", "days = 999999"), "window.malicious_report.days", "ten years");
    says(&SMALL.replace("\"review_created\"", "\"moon\""), "window.malicious_report.anchor", "none of");
    says(
        &SMALL.replace("source = [\"TB-BAD1\"]", ""),
        "window.malicious_report.source",
        "where the rule comes from",
    );
    says(&SMALL.replace("TB-BAD1", "TB-NOBODY"), "window.malicious_report.source", "TB-NOBODY");
    says(&SMALL.replace("grade = \"B\"", "grade = \"Z\""), "window.malicious_report.grade", "A, B, C");
    says(
        &SMALL.replace("grade = \"B\"", "grade = \"D\""),
        "window.malicious_report.alternatives",
        "disputed",
    );
    says(
        &SMALL.replace("grade = \"B\"", "grade = \"B\"\nstatus = \"not-found\""),
        "window.malicious_report.status",
        "[[unknown]]",
    );
    says(&SMALL.replace("reviewed_on = 2026-12-20", ""), "pack.reviewed_on", "missing");
    says(&SMALL.replace("Asia/Shanghai", "Asia/Atlantis"), "pack.timezone", "no time zone");
    says(&SMALL.replace("[pack]", "inherits = 1\n[pack]"), "inherits", "is no key");
    says(
        &SMALL.replace("kind = \"platform\"", "kind = \"platform\"\ninherits = \"nobody\""),
        "pack.inherits",
        "no pack",
    );
    says(
        &SMALL.replace("kind = \"platform\"", "kind = \"platform\"\ninherits = \"tmall\""),
        "pack.inherits",
        "inherits from this one",
    );
    says(&SMALL.replace("grade = \"B\"", "grade = "), "grade", "");
    says(
        &format!(
            "{SMALL}\n{}",
            SMALL.split_once("[[window]]").map(|(_, rest)| format!("[[window]]{rest}")).unwrap()
        ),
        "window.malicious_report",
        "stands on line",
    );
}

const OWN: &str = r#"
[pack]
id = "ours"
version = "1"
kind = "tenant"
zh = "本店"
en = "ours"
platforms = ["taobao"]
reviewed_on = 2026-11-29
"#;

#[test]
fn a_merchants_own_pack_only_tightens() {
    let with = |more: &str| format!("{OWN}\n{more}\ngrade = \"N\"\nsource = [\"house\"]\n");
    let (packs, refused_packs) = Packs::embedded()
        .with(&[("a.toml", with("[cadence]\nmax_contact_days_per_case = 2\nphone_quiet = \"20:00-10:00\""))]);
    assert!(refused_packs.is_empty(), "{refused_packs:?}");
    let cadence = packs.rules(Some(Platform::Taobao), None, today()).cadence();
    assert_eq!(cadence.max_contact_days_per_case, Some(2));
    assert!(cadence.phone_quiet.iter().any(|quiet| quiet.contains(jiff::civil::time(20, 30, 0, 0))));
    assert_eq!(packs.rules(Some(Platform::Jd), None, today()).cadence().max_contact_days_per_case, Some(3));
    for (looser, key) in [
        ("[cadence]\nmax_calls_per_day = 2", "cadence.max_calls_per_day"),
        ("[cadence]\nphone_quiet = \"22:00-09:00\"", "cadence.phone_quiet"),
        ("[cadence]\nsms_hours = [\"08:00-20:00\"]", "cadence.sms_hours"),
        ("[cadence]\nstop_on_refusal = false", "cadence.stop_on_refusal"),
        ("[[guard]]\nrule = \"G01\"\nname = \"x\"\nseverity = \"warn\"", "guard.G01.severity"),
        (
            "[[window]]\nid = \"malicious_report\"\nwho = \"seller\"\nanchor = \"review_created\"\ndays = 31",
            "window.malicious_report.days",
        ),
        (
            "[[window]]\nid = \"buyer_modify\"\nwho = \"buyer\"\nanchor = \"review_created\"\ndays = 10",
            "window.buyer_modify.who",
        ),
        ("[incentive]\nconditional_on_sentiment = \"forbidden\"\nany = \"allowed\"", "incentive.any"),
        ("[messaging]\nchannels = [\"email\"]", "messaging.channels"),
        ("[removal]\nmax_age = \"rate\"", "removal.id"),
    ] {
        let text = with(looser);
        // The window a table names must be there; the refusal is about looseness, so it is given here.
        let text = if looser.contains("max_age") {
            text.replace("max_age = \"rate\"", "effect = [\"x\"]")
        } else {
            text
        };
        assert_eq!(refused(&text).key, key);
    }
}

#[test]
fn only_whole_hours_of_quiet_are_kept() {
    let cadence = rules("taobao").cadence();
    assert!(cadence.sms_quiet.iter().any(|quiet| quiet.to_string() == "20:00-08:00"));
    assert_eq!(cadence.sms_quiet.len(), 1, "the law says the same");
    assert!(cadence.stop_on_refusal);
    let american = rules("amazon-us").cadence();
    assert_eq!(american.phone_quiet.len(), 1, "21:00-09:00 covers the law's 21:00-08:00");
}

proptest! {
    #[test]
    fn no_file_breaks_the_reader(text in "\\PC{0,200}") {
        let _ = Pack::read("x", &text);
    }

    #[test]
    fn no_cut_or_swap_of_a_good_file_breaks_the_reader(cut in 0_usize..4_000, length in 0_usize..40, put in "[\\[\\]\"=0-9a-z.{}#\n-]{0,12}") {
        let (_, text) = embedded::FILES[6];
        let boundary = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let (from, to) = (boundary(cut), boundary(cut + length));
        let changed = format!("{}{put}{}", &text[..from], &text[to.max(from)..]);
        if let Err(error) = Pack::read("x", &changed) {
            prop_assert!(error.line >= 1 && error.line <= changed.lines().count() + 1, "{error}");
        }
    }
}
