use std::collections::BTreeSet;

use pingxin_language::{Cause, Language};
use uuid::Uuid;

use super::*;
use crate::identifiers::{Identifier, MacroId, RuleId, ShopId, TagId, UserId};
use crate::money::{Currency, Money};
use crate::outbox::OutChannel;
use crate::{Department, Object, Platform};

fn id<I: Identifier>(number: u128) -> I {
    I::from_uuid(Uuid::from_u128(number))
}

fn seen() -> Seen {
    Seen {
        shop: id(1),
        platform: Platform::Taobao,
        stars: Some(1),
        cause: Some(Cause::Quality),
        fault: None,
        sentiment: None,
        language: Some(Language::Chinese),
        severity: 82,
        object: Some(Object::Review),
        tags: BTreeSet::from([id(7)]),
        has_handler: false,
        order_value: Some(Money { minor: 19_900, currency: Currency::CNY }),
        product: None,
        words: "穿了两天就开线 BAD".into(),
    }
}

fn rule(matching: Match, conditions: Vec<Condition>) -> Rule {
    Rule {
        name: "夜间差评".into(),
        is_on: true,
        when: Happening::CaseOpened,
        matching,
        conditions,
        acts: vec![Act::Note { text: "先看物流".into() }],
        hourly: 2,
    }
}

fn one_of_each() -> Vec<(Condition, bool)> {
    let shop = |number| Condition::Shop { any_of: vec![id(number)] };
    let value = |currency, from, to| Condition::OrderValue { currency, from, to };
    vec![
        (shop(1), true),
        (shop(2), false),
        (Condition::Platform { any_of: vec![Platform::Taobao, Platform::Jd] }, true),
        (Condition::Platform { any_of: vec![Platform::Ebay] }, false),
        (Condition::Stars { from: 1, to: 2 }, true),
        (Condition::Stars { from: 2, to: 3 }, false),
        (Condition::Cause { any_of: vec![Cause::Quality] }, true),
        (Condition::Fault { any_of: vec![pingxin_language::Fault::Seller] }, false),
        (Condition::Language { any_of: vec![Language::English] }, false),
        (Condition::Severity { from: 82, to: 100 }, true),
        (Condition::Severity { from: 0, to: 81 }, false),
        (Condition::Object { any_of: vec![Object::Review] }, true),
        (Condition::Tag { any_of: vec![id(6), id(7)] }, true),
        (Condition::Tag { any_of: vec![id(6)] }, false),
        (Condition::Handler { is: Handler::None }, true),
        (Condition::Handler { is: Handler::Someone }, false),
        (value(Currency::CNY, 19_900, Some(19_900)), true),
        (value(Currency::CNY, 19_901, None), false),
        (value(Currency::USD, 0, None), false),
        (Condition::Product { any_of: vec![id(3)] }, false),
        (Condition::Text { any_of: vec!["没有".into(), " bad ".into()] }, true),
        (Condition::Text { any_of: vec!["好".into()] }, false),
    ]
}

#[test]
fn every_condition_holds_or_not_by_what_is_known() {
    for (condition, holds) in one_of_each() {
        assert_eq!(condition.holds(&seen()), holds, "{condition:?}");
        assert_eq!(condition.check(), Ok(()), "{condition:?}");
        let text = serde_json::to_string(&condition).expect("JSON");
        assert_eq!(serde_json::from_str::<Condition>(&text).expect("read back"), condition, "{text}");
    }
    let unknown = Seen { stars: None, cause: None, language: None, order_value: None, ..seen() };
    assert!(!Condition::Stars { from: 1, to: 5 }.holds(&unknown), "no stars are not one star");
}

#[test]
fn all_or_any_of_the_conditions_decide() {
    let (yes, no) = (Condition::Severity { from: 80, to: 100 }, Condition::Stars { from: 5, to: 5 });
    let both = vec![no.clone(), yes];
    assert_eq!(would_match(&rule(Match::All, both.clone()), &seen()), None);
    assert_eq!(would_match(&rule(Match::Any, both), &seen()), Some(vec![1]));
    assert_eq!(would_match(&rule(Match::Any, vec![no]), &seen()), None);
    for matching in [Match::All, Match::Any] {
        assert_eq!(would_match(&rule(matching, Vec::new()), &seen()), Some(Vec::new()));
    }
}

#[test]
fn a_rule_runs_unless_it_is_off_held_back_or_set_off_by_itself() {
    let (mine, other): (RuleId, RuleId) = (id(1), id(2));
    let on = rule(Match::All, Vec::new());
    let decided = |rule: &Rule, after: &[RuleId], runs| decide((mine, rule), &seen(), after, runs);
    assert_eq!(decided(&on, &[other], 1), Decision::Run(Vec::new()));
    assert_eq!(decided(&on, &[], 2), Decision::HeldBack(Vec::new()));
    assert_eq!(decided(&on, &[other, mine], 0), Decision::Pass);
    assert_eq!(decided(&Rule { is_on: false, ..on }, &[], 0), Decision::Pass);
}

#[test]
fn impossible_rules_and_macros_are_refused() {
    let on = rule(Match::All, Vec::new());
    assert_eq!(on.check(), Ok(()));
    let with = |acts: Vec<Act>| Rule { acts, ..on.clone() }.check();
    let note = |text: &str| Act::Note { text: text.into() };
    let task = |due_hours| Act::AskTask { department: Department::Warehouse, text: "x".into(), due_hours };
    let person = Act::AssignPerson { person: id(1) };
    assert_eq!(with(Vec::new()), Err(RuleRefused::Acts));
    assert_eq!(with(vec![note(" ")]), Err(RuleRefused::Text));
    assert_eq!(with(vec![note("{{phone}}")]), Err(RuleRefused::Variable));
    assert_eq!(with(vec![note("{{order")]), Err(RuleRefused::Variable));
    assert_eq!(with(vec![task(Some(0))]), Err(RuleRefused::Due));
    assert_eq!(with(vec![task(None)]), Ok(()));
    assert_eq!(with(vec![person.clone(), Act::AssignByRules]), Err(RuleRefused::TwoOwners));
    assert_eq!(with(vec![Act::SeverityFloor { severity: 101 }]), Err(RuleRefused::Severity));
    let mail = Act::Notify { channel: OutChannel::Mail, person: None };
    assert_eq!(with(vec![mail]), Err(RuleRefused::Channel));
    assert_eq!(Rule { name: " ".into(), ..on.clone() }.check(), Err(RuleRefused::Name));
    assert_eq!(Rule { hourly: 0, ..on.clone() }.check(), Err(RuleRefused::Hourly));
    let none = Condition::Cause { any_of: Vec::new() };
    assert_eq!(Rule { conditions: vec![none], ..on.clone() }.check(), Err(RuleRefused::Values));
    let range = Condition::Stars { from: 3, to: 2 };
    assert_eq!(Rule { conditions: vec![range], ..on }.check(), Err(RuleRefused::Range));
    let nested = Macro { name: "m".into(), acts: vec![Act::RunMacro { saved: id(1) }] };
    assert_eq!(nested.check(), Err(RuleRefused::Nested));
    assert_eq!(Macro { name: "m".into(), acts: vec![person] }.check(), Ok(()));
}

#[test]
fn a_text_is_filled_with_what_is_known() {
    let filling = Filling { order: Some("T1".into()), ..Filling::default() };
    assert_eq!(filled("查一下 {{ order }}（{{product}}）", &filling), "查一下 T1（–）");
}

#[test]
fn what_is_gone_is_named() {
    let (shop, tag, person, saved): (ShopId, TagId, UserId, MacroId) = (id(1), id(2), id(3), id(4));
    let conditions = [Condition::Shop { any_of: vec![shop] }];
    let acts = [
        Act::Tag { tag },
        Act::Notify { channel: OutChannel::WeCom, person: Some(person) },
        Act::RunMacro { saved },
    ];
    let existing = Existing::from([Reference::Shop(shop), Reference::Channel(OutChannel::WeCom)]);
    let gone = [Reference::Tag(tag), Reference::Person(person), Reference::Macro(saved)];
    assert_eq!(missing(&conditions, &acts, &existing), gone);
}
