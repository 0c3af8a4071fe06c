//! The guard as its users see it: every rule by examples, what may be sent, what never panics.

use proptest::prelude::*;

use super::*;

/// A text with facts that a test names in braces: `{platform=amazon-us prior_asks=1} text`.
fn with<T>(case: &str, look: impl FnOnce(&Draft<'_>) -> T) -> T {
    let example = Example::read(0, rule("G01"), true, false, case).unwrap();
    look(&example.draft())
}

fn detectors() -> &'static Guard {
    Guard::detectors()
}

fn check(case: &str) -> Check {
    with(case, |draft| detectors().check(draft))
}

fn rule(code: &str) -> Rule {
    Rule::from_code(code).unwrap()
}

#[test]
fn every_example_of_the_pattern_files_holds() {
    let examples = detectors().examples();
    assert!(examples.len() > 190);
    let breaks = |example: &Example| detectors().check(&example.draft()).breaks(example.rule);
    let wrong: Vec<String> = examples
        .iter()
        .filter(|example| breaks(example) != example.holds)
        .map(|example| format!("{} line {}: {}", example.rule, example.line, example.text))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_shows_what_breaks_it_and_what_does_not() {
    for rule in Rule::all() {
        let of = |holds: bool| {
            detectors().examples().iter().filter(move |each| each.rule == rule && each.holds == holds)
        };
        assert!(of(true).count() > 0 && of(false).count() > 0, "{rule}");
        // Whoever reads the same words twice wants to know what differs.
        for text in of(true) {
            let twin = of(false).find(|other| other.text == text.text);
            assert!(twin.is_none_or(|twin| twin.given() != text.given()), "{rule}: {}", text.text);
        }
    }
    let late = detectors().examples().iter().find(|each| each.rule == rule("G55")).unwrap();
    assert_eq!(
        late.given(),
        Some(crate::Say::new("短信，买家当地 22:40", "text message, 22:40 where the buyer is"))
    );
}

#[test]
fn every_rule_is_caught_by_itself_and_falls_silent_when_switched_off() {
    for example in detectors().examples().iter().filter(|example| example.holds) {
        let (rule, draft) = (example.rule, example.draft());
        assert!(detectors().check(&draft).breaks(rule), "{rule}: {}", example.text);
        let mut severities = Severities::default();
        severities.switch_off(rule);
        assert!(!detectors().check_by(&draft, &severities).breaks(rule), "{rule}");
    }
}

#[test]
fn a_shop_can_only_be_stricter() {
    let mut severities = Severities::default();
    severities.raise(rule("G33"), Severity::Block);
    severities.raise(rule("G01"), Severity::Warn);
    let by = |case| with(case, |draft| detectors().check_by(draft, &severities)).verdict;
    assert_eq!(by("{platform=amazon-us channel=platform_message} Sorry for the delay 😊"), Verdict::Block);
    assert_eq!(by("您把差评删掉，我马上给您退全款。"), Verdict::Block);
    // Held on Taobao, unless a shop forbids it as other platforms do.
    let asks = "满意的话记得给五星好评哦。";
    assert_eq!(by(asks), Verdict::Hold);
    assert_eq!(severities.on(rule("G14"), crate::Platform::Taobao), Some(Severity::Hold));
    let mut stricter = Severities::default();
    stricter.raise(rule("G14"), Severity::Block);
    assert_eq!(with(asks, |draft| detectors().check_by(draft, &stricter)).verdict, Verdict::Block);
}

#[test]
fn packs_and_rules_agree_on_severities() {
    let day = "2026-11-29T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
    for platform in ["taobao", "tmall", "jd", "amazon-us", "ebay", "shopify", "own-shop", "aliexpress"] {
        let platform: crate::Platform = platform.parse().unwrap();
        let packs = crate::pack::Packs::embedded();
        let rules = packs.rules(Some(platform), None, day.to_zoned(jiff::tz::TimeZone::UTC).date());
        let mut draft = Draft::of_text("");
        draft.platform = Some(platform);
        let (own, mut raised) = (Severities::default(), Severities::default());
        raised.raise_by(&rules);
        for rule in Rule::all() {
            assert_eq!(own.of(rule, &draft), raised.of(rule, &draft), "{rule} {platform:?}");
        }
    }
}

#[test]
fn packs_are_stricter_only_where_they_say() {
    let pack = crate::pack::Pack::read(
        "own.toml",
        r#"
[pack]
id = "taobao"
version = "2026.11.0"
kind = "platform"
zh = "淘宝"
en = "Taobao"
markets = ["CN"]
timezone = "Asia/Shanghai"
effective_from = 2026-11-01
reviewed_on = 2026-11-01
review_by = 2027-11-01

[[source]]
key = "house"
title = "rules of the house"
url = "https://example.com/house"
kind = "house"
page_date = "2026-11-01"
seen_on = 2026-11-01

[[guard]]
rule = "G25"
name = "excessive-data"
severity = "block"
channel = ["email"]
grade = "N"
source = ["house"]

[[guard]]
rule = "G37"
name = "too-long"
severity = "hold"
channel = ["sms"]
limit = 10
grade = "N"
source = ["house"]
"#,
    );
    let pack = pack.expect("a pack");
    let limited: Vec<_> = pack.guards().to_vec();
    assert_eq!(limited.len(), 2);
    let mut severities = Severities::default();
    severities.raise_each(limited.iter());
    let by = |case| with(case, |draft| detectors().check_by(draft, &severities));
    let by_email = "{platform=taobao channel=email} 为了给您退款，请把身份证号码发过来。";
    let by_sms = "{platform=taobao channel=sms} 为了给您退款，请把身份证号码发过来。";
    let severity = |case| {
        let findings = by(case).findings;
        findings.iter().find(|finding| finding.rule == rule("G25")).map(|finding| finding.severity)
    };
    assert_eq!((severity(by_email), severity(by_sms)), (Some(Severity::Block), Some(Severity::Hold)));
    assert!(by("{platform=taobao channel=sms} 您的换货今天已经寄出请留意").breaks(rule("G37")));
    assert!(!by("{platform=taobao channel=platform_message} 您的换货今天已经寄出请留意").breaks(rule("G37")));
}

#[test]
fn a_retrained_layer_never_loosens_a_block() {
    // A layer that was taught that everything may be sent.
    let labelled: Vec<Labelled> = detectors()
        .examples()
        .iter()
        .enumerate()
        .map(|(at, example)| {
            let features = detectors().features(&example.draft());
            let rules = if at % 50 == 0 { vec![rule("G40")] } else { Vec::new() };
            Labelled { features, rules, weight: if at % 50 == 0 { 0.01 } else { 1.0 } }
        })
        .collect();
    let models = train(&labelled).expect("a layer");
    let lax = Guard::retrained(models.clone());
    let without_floor = Guard::new().with_models(models, Thresholds::default());
    let rows = include_str!("../../../../models/labels/guard.tsv");
    let (mut blocked, mut would_pass) = (0, 0);
    for row in rows.lines().skip(1) {
        let Some(text) = row.rsplit('\t').next().filter(|text| !text.is_empty()) else { continue };
        let draft = Draft { platform: Some(crate::Platform::Taobao), ..Draft::of_text(text) };
        let shipped = Guard::shared().check(&draft);
        let learnt = shipped.findings.iter().all(|finding| finding.by == By::Learnt);
        if shipped.verdict != Verdict::Block || !learnt {
            continue;
        }
        blocked += 1;
        would_pass += u32::from(without_floor.check(&draft).verdict != Verdict::Block);
        assert_eq!(lax.check(&draft).verdict, Verdict::Block, "{text}");
    }
    assert!(blocked > 10 && would_pass > 0, "{blocked} {would_pass}");
}

#[test]
fn each_rewrite_passes_and_the_whole_is_the_first_of_them() {
    let draft = Draft {
        platform: Some(crate::Platform::Taobao),
        channel: Some(Channel::PlatformMessage),
        ..Draft::of_text("您把差评删掉，我马上给您退全款，加我微信详谈。")
    };
    let (guard, severities) = (detectors(), Severities::default());
    let check = guard.check(&draft);
    let rewrites = guard.rewrites(&draft, &check, &severities);
    assert!(check.findings.len() > 1 && rewrites.each.len() == check.findings.len());
    assert_eq!(rewrites.whole.as_ref(), rewrites.each.iter().flatten().next());
    for text in rewrites.each.iter().flatten() {
        assert_eq!(guard.check(&Draft { text, ..draft }).verdict, Verdict::Allow, "{text}");
    }
}

#[test]
fn every_suggestion_passes_the_guard() {
    let mut wrong = Vec::new();
    for rule in Rule::all() {
        for platform in ["taobao", "tmall", "jd", "amazon-us", "ebay", "shopify", "own-shop"] {
            for &channel in Channel::ALL {
                let mut draft = Draft::of_text("");
                draft.platform = Some(platform.parse().unwrap());
                draft.channel = Some(channel);
                draft.stage = Some(Stage::First);
                let Some(say) = finding::suggestion(rule, &draft) else { continue };
                for (text, lang) in [(&say.zh, "zh"), (&say.en, "en")] {
                    let mut draft = Draft { text, ..draft };
                    draft.facts.buyer_lang = Some(lang);
                    draft.facts.reply_to_buyer = Some(true);
                    for guard in [detectors(), Guard::shared()] {
                        let check = guard.check(&draft);
                        if !check.findings.is_empty() {
                            let rules: Vec<String> =
                                check.findings.iter().map(|found| found.rule.to_string()).collect();
                            wrong.push(format!("{rule} {platform} {channel:?} {rules:?}: {text}"));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn disguises_do_not_help() {
    for (code, case) in [
        ("G02", "好·评·返·现3元"),
        ("G02", "给个伍⭐，小红包奉上"),
        ("G36", "加V信详谈"),
        ("G02", "5🌟=💰"),
        ("G01", "{platform=ebay} r e m o v e the feedback and I refund you"),
        ("G02", "{platform=ebay} g1ft c4rd for 5 stars"),
        (
            "G28",
            "{platform=amazon-us channel=platform_message} Reach our team at help [at] brand [dot] example.",
        ),
    ] {
        assert!(check(case).breaks(rule(code)), "{code}: {case}");
    }
}

#[test]
fn words_are_marked_in_the_original() {
    let text = "您好。请把差 评 删 掉，我马上给您退全款。";
    let check = check(text);
    let finding = check.findings.iter().find(|finding| finding.rule == rule("G01")).unwrap();
    let words: String = finding.spans.iter().map(|span| span.of(text)).collect();
    assert!(words.contains("差 评 删") && words.contains("退全款") && !words.contains("您好"), "{words}");
    assert_eq!(check.verdict, Verdict::Block);
    assert!(finding.suggestion.is_some() && !finding.source.is_empty());
}

#[test]
fn what_was_understood_is_told() {
    let told = with("别·删·差·评", |draft| detectors().explain(draft));
    assert_eq!(told[0], ("plain".to_owned(), "别删差评".to_owned()));
    assert!(told.contains(&("!undo@0".to_owned(), "删".to_owned())), "{told:?}");
    assert!(told.contains(&("!bad_review@0".to_owned(), "差评".to_owned())), "{told:?}");
}

#[test]
fn what_is_refused_or_quoted_is_allowed() {
    for case in [
        "抱歉，我们不做好评返现，您按真实感受评价就好。",
        "{channel=note} 提醒各位：不许跟买家说“删了差评就退款”。",
        "{channel=note platform=ebay} The buyer wrote \"refund me or one star\". Screenshot attached.",
        "{platform=ebay} Your refund does not depend on any review or feedback.",
        "{stage=first channel=chat} 您好，看到您的一星了，想先听听是哪一块让您失望，我来给您处理。",
        "{channel=note} 小李昨天让买家删评换退款，主管已经找他谈话，并给买家道了歉。",
        "{channel=chat} 要是有人自称客服让您转账或者加好友，那不是我们，请别理会。",
        "{channel=task} 之前被压下去的低分评价全部恢复显示。",
        "{channel=task} 请把包裹里剩下的好评返现卡全部销毁，今天下班前拍照确认。",
        "{channel=task platform=own-shop} Pull the old insert that offered $5 for five stars out of every box.",
        "{channel=task} 把“再不删就起诉你”这类话标红，讲给新人。",
        "{channel=chat} 不好意思亲，加微信不行的，您在这里发图就好。",
        "{channel=sms consent=true} 【好物集】您补发的花瓶已由顺丰揽收。",
        "{channel=platform_message} 之前的同事答应您“改完评价就退差价”，这个说法是错误的，差价已经退了，不改也没有关系。",
    ] {
        assert_eq!(check(case).verdict, Verdict::Allow, "{case}: {:?}", check(case).findings);
    }
}

#[test]
fn what_looks_like_a_refusal_is_not_always_one() {
    for case in [
        "{channel=chat} 加我微信不行吗，这里说不方便。",
        "{channel=chat} 您的差评不删不行，删了马上给您退全款。",
        "{channel=task} 把差评删掉，换成返现卡，删了给买家退全款。",
        "{channel=sms} 【好物集】新品5折，点击抢购！",
    ] {
        assert_ne!(check(case).verdict, Verdict::Allow, "{case}");
    }
}

proptest! {
    #[test]
    fn any_text_is_checked_without_panic_and_spans_stay_inside(
        text in "(\\PC|[好评返现差删改退款加微信。，！ a-z@.0-9]){0,120}",
        channel in 0..Channel::ALL.len(),
        amazon in any::<bool>(),
    ) {
        let mut draft = Draft::of_text(&text);
        draft.channel = Some(Channel::ALL[channel]);
        draft.facts.ground = Some("product_only");
        draft.facts.buyer_lang = Some("en");
        if amazon {
            draft.platform = Some(crate::Platform::AMAZON_US);
        }
        let length = u32::try_from(text.chars().count()).unwrap();
        let check = Guard::shared().check(&draft);
        for span in check.findings.iter().flat_map(|finding| &finding.spans) {
            prop_assert!(span.start < span.end && span.end <= length);
        }
        let worst = check.findings.iter().map(|finding| finding.severity.into()).max();
        prop_assert_eq!(worst.unwrap_or(Verdict::Allow), check.verdict);
    }
}
