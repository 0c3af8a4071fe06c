use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use pingxin_language::Cause;
use proptest::prelude::*;

use super::*;
use crate::guard::{Guard, Verdict};
use crate::pack::Packs;
use crate::share::Share;

#[test]
fn every_file_is_taken_and_the_library_is_whole() {
    let (scripts, refused) = read::all(embedded::FILES);
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(scripts, shipped());
    assert!(shipped().len() >= 120, "{}", shipped().len());
    assert!(variables().len() > 15 && variables().iter().any(|variable| variable.is_fact));
    for phase in Phase::ALL {
        assert!(shipped().iter().any(|script| script.phase == *phase), "{phase:?}");
    }
    for step in ScriptStep::ALL {
        assert!(shipped().iter().any(|script| script.step == *step), "{step:?}");
    }
    // Each complaint has its first word, its way out, and its answer for everybody.
    for cause in Cause::ALL {
        for step in [ScriptStep::FirstContact, ScriptStep::Solution, ScriptStep::PublicReply] {
            let own = |script: &&Script| script.step == step && script.causes.contains(cause);
            assert!(shipped().iter().any(|script| own(&script)), "{cause} {step:?}");
        }
    }
    let used: BTreeSet<String> = shipped()
        .iter()
        .flat_map(|script| {
            script.texts.all().flat_map(|(_, text)| variables_of(text).unwrap()).collect::<Vec<_>>()
        })
        .collect();
    for variable in variables() {
        let spare = ["size", "colour", "shipped_on", "ordered_on"].contains(&variable.name.as_str());
        assert!(spare || used.contains(&variable.name), "{} is used by none", variable.name);
    }
}

#[test]
fn every_script_passes_the_guard_wherever_it_may_go() {
    let (guard, packs, on) = (Guard::shared(), Packs::embedded(), date(2026, 11, 30));
    let mut platforms = CHECKED.to_vec();
    platforms.push("amazon-de".parse().unwrap());
    let places = places(packs, on, &platforms);
    let wrong: Vec<String> = shipped()
        .iter()
        .flat_map(|script| {
            let stopped = script.offences(guard, &places).into_iter();
            stopped.filter(|offence| offence.check.verdict > Verdict::Warn).map(move |offence| {
                let rules: Vec<String> =
                    offence.check.findings.iter().map(|finding| finding.rule.to_string()).collect();
                format!("{} {}: {} {rules:?}", script.key, offence.platform, offence.text)
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_script_that_offends_is_found_out_filled_and_bare() {
    let (guard, packs, on) = (Guard::shared(), Packs::embedded(), date(2026, 11, 30));
    let offends = |zh: &str| {
        let mut script = find("solve.other.settle").unwrap().clone();
        script.texts = Texts { zh: Some(zh.to_owned()), en: None };
        let found = script.offences(guard, &places(packs, on, &[Platform::Taobao]));
        found.iter().map(|offence| offence.check.verdict).max()
    };
    assert_eq!(offends("您好，订单{{ order }}已处理好。"), None);
    assert_eq!(offends("您改成好评，我们马上返现{{ amount }}给您。"), Some(Verdict::Block));
    assert_eq!(offends("麻烦您给个五星好评，谢谢。"), Some(Verdict::Hold));
}

#[test]
fn no_script_speaks_of_money_and_rating_at_once() {
    let money = [
        "退款",
        "退您",
        "补偿",
        "赔",
        "差价",
        "红包",
        "优惠",
        "券",
        "refund",
        "credit",
        "coupon",
        "compensat",
        "voucher",
    ];
    let rating =
        ["评价", "好评", "差评", "评论", "五星", "追评", "卖家反馈", "review", "feedback", "rating", "star"];
    for script in shipped() {
        for (_, text) in script.texts.all() {
            let text = text.to_lowercase().replace("started", "");
            let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
            let pays = says(&money) || variables_of(&text).unwrap().iter().any(|name| name == "amount");
            assert!(!(pays && says(&rating)), "{}", script.key);
        }
    }
}

#[test]
fn a_public_reply_holds_nothing_of_one_buyer() {
    for script in shipped().iter().filter(|script| script.channels.contains(&Channel::PublicReply)) {
        for (_, text) in script.texts.all() {
            for name in variables_of(text).unwrap() {
                assert!(!["order", "tracking", "amount", "agent"].contains(&name.as_str()), "{}", script.key);
            }
        }
    }
}

#[test]
fn a_broken_file_is_refused_with_its_line_and_key() {
    let head = "[file]\nphase = \"after_sale\"\nstep = \"solution\"\nchannels = [\"chat\"]\n";
    let one =
        "\n[[script]]\nkey = \"a.b\"\ntitle_zh = \"甲\"\ntitle_en = \"A\"\nzh = \"您好\"\nen = \"Hello\"\n";
    assert_eq!(read("own.toml", &format!("{head}{one}")).unwrap().len(), 1);
    for (text, line, key) in [
        (one.to_owned(), 1, "file"),
        (head.replace("after_sale", "later"), 2, "phase"),
        (format!("{head}{}", one.replace("a.b", "A b")), 7, "key"),
        (format!("{head}{}", one.replace("您好", "您好 {{ nobody }}")), 10, "script.a.b.zh"),
        (format!("{head}{}", one.replace("Hello", "Hello {{ order")), 11, "script.a.b.en"),
        (format!("{head}{}", one.replace("Hello", "{% for x in y %}")), 11, "script.a.b.en"),
        (format!("{head}{one}causes = [\"bad\"]\n"), 12, "script.a.b.causes"),
        (format!("{head}{one}platforms = [\"pdd\"]\n"), 12, "script.a.b.platforms"),
        (format!("{head}{one}chanels = [\"sms\"]\n"), 12, "script.a.b.chanels"),
        (format!("{head}{one}{one}"), 13, "script.a.b"),
        (format!("{head}{}", one.replace("zh = \"您好\"\n", "")), 6, "script.a.b.zh"),
        (
            format!(
                "{head}{}",
                one.replace("title_zh = \"甲\"", "channels = [\"public_reply\"]\ntitle_zh = \"甲\"")
                    .replace("您好", "{{ order }}")
            ),
            6,
            "script.a.b",
        ),
    ] {
        let refused = read("own.toml", &text).unwrap_err();
        assert_eq!((refused.file.as_str(), refused.line), ("own.toml", line), "{refused}");
        assert!(refused.key.ends_with(key), "{refused}");
    }
    let (taken, refused) =
        read::all(&[("a.toml", &format!("{head}{one}")), ("b.toml", &format!("{head}{one}"))]);
    assert_eq!((taken.len(), refused.len()), (1, 1), "a key stands once among all files");
}

#[test]
fn an_open_variable_is_named_and_never_sent() {
    let text = "您好，{{order}} 的 {{ product }}，{{ by }} 前";
    let values =
        BTreeMap::from([("order".to_owned(), "尾号1234".to_owned()), ("by".to_owned(), "  ".to_owned())]);
    let refused = fill(text, &values).unwrap_err();
    assert_eq!(refused, FillRefused::Missing(vec!["product".into(), "by".into()]));
    assert!(refused.to_string().contains("product, by"));
    for script in shipped() {
        for (_, text) in script.texts.all().filter(|(_, text)| text.contains("{{")) {
            assert!(fill(text, &BTreeMap::new()).is_err(), "{}", script.key);
        }
    }
}

#[test]
fn a_value_is_taken_as_it_is() {
    let one = |name: &str, value: &str| {
        let values = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        fill(&format!("a {{{{ {name} }}}} b"), &values)
    };
    assert_eq!(one("product", "<b>&\"杯\"").unwrap(), "a <b>&\"杯\" b");
    assert_eq!(one("days", "三").unwrap_err(), FillRefused::NoNumber("days".into()));
    assert_eq!(one("product", "a\nb").unwrap_err(), FillRefused::Lines("product".into()));
    assert_eq!(one("product", "{{ order }}").unwrap_err(), FillRefused::Open("product".into()));
    assert!(matches!(one("by", &"长".repeat(41)), Err(FillRefused::TooLong { most: 40, .. })));
    assert_eq!(one("x_own", "好").unwrap(), "a 好 b");
}

#[test]
fn only_plain_names_stand_between_braces() {
    assert_eq!(variables_of("{{a}}{{ b_2 }}{{a}}").unwrap(), ["a", "b_2"]);
    for wrong in [
        "{{",
        "}}",
        "{{ a }",
        "{{ a b }}",
        "{{ a|upper }}",
        "{{ 'x' * 9 }}",
        "{{ A }}",
        "{{}}",
        "{{ true }}",
        "{% if a %}",
        "{# a #}",
        "a }} {{ b }}",
    ] {
        assert!(variables_of(wrong).is_err(), "{wrong}");
    }
    assert_eq!(variables_of("100% { } 没有变量").unwrap(), Vec::<String>::new());
}

proptest! {
    #[test]
    fn whatever_is_written_is_refused_or_filled(text in "\\PC{0,60}|([a-z{}% ]{0,30})") {
        if let Ok(names) = variables_of(&text) {
            let values = names.into_iter().map(|name| { let sample = variable(&name).sample.zh; (name, sample) }).collect();
            let filled = fill(&text, &values).unwrap();
            prop_assert!(!filled.contains("{{"));
        } else {
            prop_assert!(fill(&text, &BTreeMap::new()).is_err());
        }
    }
}

#[test]
fn facts_show_tails_and_local_days() {
    let facts = ScriptFacts {
        shop: Some("晨光".into()),
        platform: Some(Platform::Taobao),
        zone: TimeZone::get("Asia/Shanghai").ok(),
        product: Some("很长的标题".repeat(20)),
        order_number: Some("2811223344556677".into()),
        tracking_number: Some("YT 123 4567".into()),
        placed: Some("2026-11-02T17:00:00Z".parse::<Timestamp>().unwrap()),
        ..ScriptFacts::default()
    };
    let zh = known(&facts, ScriptLanguage::Chinese);
    assert_eq!((zh["order"].as_str(), zh["tracking"].as_str()), ("尾号6677", "尾号4567"));
    assert_eq!(zh["ordered_on"], "11月3日", "counted where the shop is");
    assert_eq!(zh["product"].chars().count(), 40);
    assert!(!zh.contains_key("courier") && !zh.contains_key("agent"));
    let amazon = ScriptFacts {
        platform: Some(Platform::AMAZON_US),
        order_number: Some("113-4821907-3361054".into()),
        ..facts
    };
    let en = known(&amazon, ScriptLanguage::English);
    assert_eq!((en["order"].as_str(), en["ordered_on"].as_str()), ("113-4821907-3361054", "Nov 3"));
    for (name, value) in zh.iter().chain(&en) {
        assert!(variable(name).is_fact && variable(name).value(value).is_ok(), "{name} {value}");
    }
}

fn all() -> impl Iterator<Item = Candidate<'static>> {
    shipped().iter().map(|script| Candidate { script, is_own: false, is_favourite: false, solved: None })
}

#[test]
fn the_best_script_answers_the_complaint_at_this_step() {
    for (platform, object, cause, channel, step, best) in [
        (
            "taobao",
            Object::Review,
            Cause::Logistics,
            Channel::Chat,
            ScriptStep::FirstContact,
            "first.logistics.slow",
        ),
        (
            "taobao",
            Object::Review,
            Cause::Quality,
            Channel::PublicReply,
            ScriptStep::PublicReply,
            "public.quality",
        ),
        (
            "taobao",
            Object::Review,
            Cause::Price,
            Channel::Chat,
            ScriptStep::AfterSolution,
            "after.taobao_may_change",
        ),
        (
            "tmall",
            Object::Review,
            Cause::Price,
            Channel::Chat,
            ScriptStep::AfterSolution,
            "after.tmall_followup",
        ),
        (
            "amazon-us",
            Object::SellerFeedback,
            Cause::Logistics,
            Channel::PlatformMessage,
            ScriptStep::AfterSolution,
            "after.amazon_feedback",
        ),
        ("ebay", Object::Review, Cause::Other, Channel::PlatformMessage, ScriptStep::Thanks, "thanks.good"),
        ("jd", Object::Followup, Cause::Quality, Channel::Chat, ScriptStep::FirstContact, "first.quality"),
        (
            "taobao",
            Object::Review,
            Cause::Service,
            Channel::PhoneScript,
            ScriptStep::PhoneOpening,
            "phone.open.service",
        ),
    ] {
        let wanted = Wanted {
            platform: platform.parse().ok(),
            object: Some(object),
            cause: Some(cause),
            channel: Some(channel),
            language: Some(ScriptLanguage::Chinese),
            step: Some(step),
        };
        let found = choose(all(), &wanted);
        assert_eq!(found[0].script.key, best, "{platform} {cause} {:?}", &found[..3]);
        assert!(found[0].because.contains(&Because::Step));
        for one in &found {
            assert!(one.script.channels.contains(&channel) && one.script.fits(platform.parse().unwrap()));
            assert!(one.script.causes.is_empty() || one.script.causes.contains(&cause), "{}", one.script.key);
        }
    }
}

#[test]
fn what_worked_and_what_is_marked_comes_first_among_equals() {
    let wanted =
        Wanted { cause: Some(Cause::Quality), step: Some(ScriptStep::Solution), ..Wanted::default() };
    let plain = choose(all(), &wanted);
    let second = plain[1].script;
    let with = |is_favourite, solved| {
        let candidates = all().map(move |one| {
            if one.script.key == second.key { Candidate { is_favourite, solved, ..one } } else { one }
        });
        choose(candidates.collect::<Vec<_>>(), &wanted)
    };
    assert_eq!(with(true, None)[0].script.key, second.key);
    let worked = with(false, Share::of(18, 20));
    assert_eq!(worked[0].script.key, second.key);
    assert!(worked[0].because.contains(&Because::Worked));
    assert_ne!(with(false, Share::of(2, 2))[0].script.key, second.key, "two cases prove nothing");
    assert_ne!(with(false, Share::of(4, 20))[0].script.key, second.key);
}

#[test]
fn nobody_writes_first_about_a_product_review_on_amazon() {
    let wanted = Wanted {
        platform: Some(Platform::AMAZON_US),
        object: Some(Object::ProductReview),
        ..Wanted::default()
    };
    let found = choose(all(), &wanted);
    assert!(!found.is_empty() && found.iter().all(|one| one.script.step != ScriptStep::FirstContact));
}

#[test]
fn the_step_follows_the_way_and_the_talk() {
    use crate::guard::Stage;
    for (channel, stage, content, step) in [
        (Channel::Chat, Stage::First, false, ScriptStep::FirstContact),
        (Channel::Email, Stage::FollowUp, false, ScriptStep::FollowUp),
        (Channel::Chat, Stage::AfterResolution, false, ScriptStep::AfterSolution),
        (Channel::Chat, Stage::First, true, ScriptStep::Thanks),
        (Channel::PublicReply, Stage::First, true, ScriptStep::PublicReply),
        (Channel::Sms, Stage::FollowUp, false, ScriptStep::Sms),
        (Channel::PhoneScript, Stage::First, false, ScriptStep::PhoneOpening),
    ] {
        assert_eq!(step_now(channel, stage, content), step);
    }
}

#[test]
fn a_script_of_the_merchant_keeps_to_its_form() {
    let whole = find("first.quality").unwrap().clone();
    assert_eq!(whole.may_be_kept(), Ok(()));
    let refused = |change: fn(&mut Script)| {
        let mut script = whole.clone();
        change(&mut script);
        script.may_be_kept().unwrap_err()
    };
    assert_eq!(refused(|script| script.title.zh.clear()), OwnRefused::Title);
    assert_eq!(refused(|script| script.title.en = "x".repeat(61)), OwnRefused::Title);
    assert_eq!(refused(|script| script.texts = Texts::default()), OwnRefused::NoText);
    assert_eq!(refused(|script| script.texts.en = Some("x".repeat(2_001))), OwnRefused::TooLong);
    assert_eq!(refused(|script| script.channels.clear()), OwnRefused::NoWay);
    assert_eq!(refused(|script| script.channels = vec![Channel::Note]), OwnRefused::NotOut("note"));
    assert_eq!(
        refused(|script| script.channels = vec![Channel::PublicReply]),
        OwnRefused::Private("order".into())
    );
    assert!(matches!(refused(|script| script.texts.zh = Some("{{ a".into())), OwnRefused::Text(_)));
}
