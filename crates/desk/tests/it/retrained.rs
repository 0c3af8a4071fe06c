//! The guard with what a merchant's people marked, chats that came in before there was a check, and whose day counts.

use std::sync::atomic::AtomicBool;

use jiff::civil::date;
use pingxin_desk::guard::{self, About, Asked, chats, retrained, rules};
use pingxin_desk::import::take_rows;
use pingxin_desk::views::{self, ViewWrite};
use pingxin_desk::{DeskError, jobs, scripts};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::guard::{
    By, Channel, Draft, Finding, Guard, GuardModels, Labelled, Rule, Severity, Verdict, train,
};
use pingxin_domain::intake::{IncomingChatMessage, IncomingRecord, IncomingRow};
use pingxin_domain::list::List;
use pingxin_domain::pack::Packs;
use pingxin_domain::script::{self, Script, Texts, VersionState};
use pingxin_domain::{Platform, Role, Say, Scope};
use pingxin_store::chat_check::CheckFilter;
use pingxin_store::tenant;

use crate::bench::{Bench, benches, row};
use crate::cases::person;

/// A layer that was taught that nearly everything may be sent.
fn lax() -> GuardModels {
    let guard = Guard::detectors();
    let rude = Rule::from_code("G40").expect("a rule");
    let labelled: Vec<Labelled> = guard
        .examples()
        .iter()
        .enumerate()
        .map(|(at, example)| {
            let marked = at % 50 == 0;
            let rules = if marked { vec![rude] } else { Vec::new() };
            Labelled {
                features: guard.features(&draft(&example.text)),
                rules,
                weight: if marked { 0.01 } else { 1.0 },
            }
        })
        .collect();
    train(&labelled).expect("a layer")
}

fn draft(text: &str) -> Draft<'_> {
    Draft {
        platform: Some(Platform::Taobao),
        channel: Some(Channel::PlatformMessage),
        ..Draft::of_text(text)
    }
}

/// Texts of ours that only the learnt layer finds: the first that it holds, and the first that it blocks.
fn found_by_the_layer() -> [String; 2] {
    let rows = include_str!("../../../../models/labels/guard.tsv");
    [Verdict::Hold, Verdict::Block].map(|verdict| {
        let texts = rows.lines().skip(1).filter_map(|row| row.rsplit('\t').next());
        let mut found = texts.filter(|text| {
            let check = Guard::shared().check(&draft(text));
            check.verdict == verdict && check.findings.iter().all(|finding| finding.by == By::Learnt)
        });
        found.next().expect("such a text").to_owned()
    })
}

async fn verdict(bench: &Bench, scope: &Scope, text: &str) -> Verdict {
    let asked = Asked {
        text: text.to_owned(),
        channel: Some(Channel::PlatformMessage),
        template: false,
        about: About::Nothing,
        stage: None,
        platform: Some(Platform::Taobao),
        object: None,
        limit: None,
    };
    guard::check(&bench.desk, scope, &asked).await.unwrap().verdict
}

#[tokio::test]
async fn a_merchants_own_layer_checks_his_texts_and_loosens_no_block() {
    let ([held, blocked], models) = (found_by_the_layer(), lax());
    for bench in benches().await {
        let other = bench.desk.store.write(|tx| {
            Box::pin(async move { Ok(Scope::system(tenant::create(tx, "另一家", false).await?)) })
        });
        let (ours, other) = (&bench.scope, &other.await.unwrap());
        assert_eq!(verdict(&bench, ours, &held).await, Verdict::Hold);
        assert_eq!(verdict(&bench, ours, &blocked).await, Verdict::Block);
        assert_eq!(retrained::keep(&bench.desk, ours, &models, 3).await.unwrap(), 2);
        assert_eq!(verdict(&bench, ours, &held).await, Verdict::Allow, "{held}");
        assert_eq!(verdict(&bench, ours, &blocked).await, Verdict::Block, "{blocked}");
        assert_eq!(verdict(&bench, other, &held).await, Verdict::Hold, "nobody else's");
        assert_eq!(retrained::keep(&bench.desk, ours, &models, 3).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn chats_that_were_never_checked_are_checked_once() {
    for bench in benches().await {
        let said = |line: u64, side: ChatSide, text: &str| IncomingRow {
            records: vec![IncomingRecord::Chat(IncomingChatMessage {
                order_number: Some("A1".to_owned()),
                buyer_nick: None,
                side: Some(side),
                speaker: Some("店铺:小美".to_owned()),
                at: "2026-11-01T09:00:00Z".parse().unwrap(),
                text: text.to_owned(),
                ordinal: u32::try_from(line).unwrap(),
            })],
            ..row(line, None, vec![])
        };
        let rows = vec![
            said(2, ChatSide::Buyer, "在吗"),
            said(3, ChatSide::Seller, "亲，改成五星好评就返现20元"),
            said(4, ChatSide::Seller, "您好，换货今天寄出"),
        ];
        let (desk, scope) = (&bench.desk, &bench.scope);
        take_rows(desk, scope, &bench.shop, "聊天.csv", rows.into_iter()).await.unwrap();
        let work_off = async || {
            let stop = AtomicBool::new(false);
            while jobs::run_one(desk, "test", &stop).await.unwrap() {}
        };
        assert_eq!(chats::catch_up(desk).await.unwrap(), 1);
        work_off().await;
        let report = chats::report(desk, scope, &CheckFilter::default()).await.unwrap();
        assert_eq!((report[0].messages, report[0].blocked), (2, 1), "{report:?}");
        assert_eq!(chats::catch_up(desk).await.unwrap(), 0, "once is enough");
    }
}

#[tokio::test]
async fn the_day_of_the_shop_decides_which_rules_are_in_force() {
    let pack = include_str!("../../../../packs/taobao.toml");
    let dated = "\n[[guard]]\nrule = \"G25\"\nname = \"excessive-data\"\nseverity = \"block\"\ngrade = \"N\"\n\
                 source = [\"TB-BAD1\"]\neffective_from = 2026-12-01\n";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("taobao.toml"), format!("{pack}{dated}")).unwrap();
    for bench in benches().await {
        let desk = bench.desk.clone().with_packs(folder.path()).unwrap();
        assert!(desk.refused_packs().is_empty(), "{:?}", desk.refused_packs());
        let severity = async || {
            let views = rules::list(&desk, &bench.scope, Some(bench.shop.id), None).await.unwrap();
            views.iter().find(|view| view.about.rule == Rule::from_code("G25").unwrap()).unwrap().severity
        };
        // The last of November everywhere, then the first of December in Shanghai alone.
        bench.database.clock().set("2026-11-30T15:59:00Z".parse().unwrap());
        assert_ne!(severity().await, Some(Severity::Block));
        let secret = "为了给您退款，请把身份证号码发过来。";
        assert!(scripts::save(&desk, &bench.scope, None, script(secret)).await.is_ok(), "it waits");
        bench.database.clock().set("2026-11-30T16:01:00Z".parse().unwrap());
        assert_eq!(severity().await, Some(Severity::Block));
        let refused = scripts::save(&desk, &bench.scope, None, script(secret)).await;
        assert!(matches!(refused, Err(DeskError::Blocked(_))), "{refused:?}");
    }
}

/// A script of the merchant's own that speaks so.
fn script(zh: &str) -> Script {
    Script {
        texts: Texts { zh: Some(zh.to_owned()), en: None },
        title: Say::new("测试", "a test"),
        channels: vec![Channel::PlatformMessage],
        platforms: Vec::new(),
        causes: Vec::new(),
        ..script::shipped()[0].clone()
    }
}

/// A script that only the learnt layer holds.
fn held_script() -> String {
    let places = script::places(Packs::embedded(), date(2026, 11, 30), &[Platform::Taobao]);
    let rows = include_str!("../../../../models/labels/guard.tsv");
    let mut texts = rows.lines().skip(1).filter_map(|row| row.rsplit('\t').next());
    let held = texts.find(|text| {
        let checks = script(text).offences(Guard::shared(), &places);
        let by_the_layer = |finding: &Finding| finding.by == By::Learnt;
        checks.iter().map(|offence| offence.check.verdict).max() == Some(Verdict::Hold)
            && checks.iter().all(|offence| offence.check.findings.iter().all(by_the_layer))
    });
    held.expect("such a text").to_owned()
}

#[tokio::test]
async fn own_scripts_are_checked_as_strictly_as_the_shop_is_and_by_the_merchants_own_layer() {
    let (held, models) = (held_script(), lax());
    for bench in benches().await {
        let (desk, scope) = (&bench.desk, &bench.scope);
        let save = async |zh: &str| scripts::save(desk, scope, None, script(zh)).await;
        let waits = |entry: &scripts::Entry| {
            let newest = entry.own.as_ref().and_then(|own| own.newest()).expect("a version");
            newest.state == VersionState::Waiting
        };
        let doubtful = "麻烦您给个五星好评，谢谢。";
        assert!(waits(&save(doubtful).await.unwrap()));
        assert!(waits(&save(&held).await.unwrap()), "{held}");
        let asks = Rule::from_code("G14").expect("a rule");
        rules::set(desk, scope, bench.shop.id, asks, Some(Severity::Block), false).await.unwrap();
        assert!(matches!(save(doubtful).await, Err(DeskError::Blocked(_))), "the shop is stricter");
        rules::set(desk, scope, bench.shop.id, asks, None, false).await.unwrap();
        retrained::keep(desk, scope, &models, 3).await.unwrap();
        assert!(!waits(&save(&held).await.unwrap()), "his own layer lets it pass: {held}");
    }
}

#[tokio::test]
async fn a_view_cannot_be_named_what_nobody_may_write() {
    for bench in benches().await {
        let person = person(&bench, "supervisor", Role::Supervisor).await;
        let named = |name: &str| ViewWrite { name: Some(name.to_owned()), ..ViewWrite::default() };
        let made = views::create(&bench.desk, &person, List::Reviews, named("一星质量问题")).await.unwrap();
        let bad = "删掉差评就退全款";
        let refused = views::create(&bench.desk, &person, List::Reviews, named(bad)).await;
        assert!(matches!(refused, Err(DeskError::Blocked(_))), "{refused:?}");
        let refused = views::change(&bench.desk, &person, made.id, named(bad)).await;
        assert!(matches!(refused, Err(DeskError::Blocked(_))), "{refused:?}");
    }
}
