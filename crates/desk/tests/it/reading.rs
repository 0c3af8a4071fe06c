//! What people correct, what only several reviews show, and what the reader learns from it.

use jiff::{SignedDuration, Timestamp};
use pingxin_desk::import::take_rows;
use pingxin_desk::{DeskError, corrections, jobs, patterns, reading, reviews};
use pingxin_domain::correction::Correction;
use pingxin_domain::intake::{IncomingBuyer, IncomingReview};
use pingxin_domain::pattern::PatternCode;
use pingxin_domain::{Action, Actor, CorrectionId, ReviewId, Role, Scope};
use pingxin_language::{Cause, Fault, SentimentLabel};
use pingxin_store::case::EventKind;
use pingxin_store::correction::CorrectionState;
use pingxin_store::identifier::fresh;
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::{case, doctor};
use std::sync::atomic::AtomicBool;

use crate::bench::{Bench, benches, review, review_rows};

async fn bring(bench: &Bench, all: Vec<IncomingReview>) {
    take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", review_rows(all).into_iter())
        .await
        .expect("imported");
}

async fn listed(bench: &Bench, filter: ReviewFilter) -> Vec<ReviewId> {
    let (page, count) =
        reviews::list(&bench.desk, &bench.scope, &filter, Sort::Newest, None, 100).await.expect("a list");
    assert_eq!(count.value, page.rows.len() as u64);
    page.rows.iter().map(|row| row.id).collect()
}

fn causes(causes: &[Cause]) -> Correction {
    Correction { causes: Some(causes.to_vec()), ..Correction::default() }
}

pub async fn work_off(bench: &Bench) {
    let go_on = AtomicBool::new(false);
    while jobs::run_one(&bench.desk, "test", &go_on).await.expect("the queue answers") {}
}

#[tokio::test]
async fn a_correction_survives_the_same_file_and_fewer_stars_but_not_other_words() {
    for bench in benches().await {
        let words = "穿了两天就开线，质量太差";
        bring(&bench, vec![review("R1", 1, words)]).await;
        let id = listed(&bench, ReviewFilter::default()).await[0];
        let made = corrections::create(
            &bench.desk,
            &bench.scope,
            id,
            &causes(&[Cause::Logistics]),
            Some("  说的是快递  "),
        )
        .await
        .expect("corrected");
        assert_eq!((made.state, made.note.as_deref()), (CorrectionState::Standing, Some("说的是快递")));
        for stars in [1, 2] {
            bring(&bench, vec![review("R1", stars, words)]).await;
            let view = reviews::get(&bench.desk, &bench.scope, id).await.expect("a review");
            assert_eq!(view.detail.row.causes, [Cause::Logistics]);
            assert_eq!(view.detail.triage.expect("a reading")["primary_cause"], "quality");
            assert_eq!(view.corrections[0].state, CorrectionState::Standing);
            let found = ReviewFilter { causes: vec![Cause::Logistics], ..ReviewFilter::default() };
            assert_eq!(listed(&bench, found).await, [id]);
        }
        let scope = &bench.scope;
        let of_case = bench.desk.store.read(|tx| {
            Box::pin(async move {
                let page = case::list(tx, scope, &Default::default(), case::Sort::Severity, None, 5).await?;
                case::get(tx, scope, page.rows[0].id).await
            })
        });
        let of_case = of_case.await.expect("cases").expect("a case");
        assert_eq!(of_case.row.primary_cause, Some(Cause::Logistics), "the case goes by it too");
        assert!(of_case.events.iter().any(|event| event.kind == EventKind::ReadingCorrected));
        bring(&bench, vec![review("R1", 2, "其实是尺码太小，穿不下")]).await;
        let view = reviews::get(&bench.desk, &bench.scope, id).await.expect("a review");
        assert_eq!(view.detail.row.primary_cause, Some(Cause::SizeFit));
        assert_eq!(view.corrections[0].state, CorrectionState::Outdated);
        let findings = bench.desk.store.read(|tx| Box::pin(async move { doctor::checks(tx, scope).await }));
        assert_eq!(findings.await.expect("checks"), []);
    }
}

#[tokio::test]
async fn a_correction_is_taken_back_once_and_by_whoever_may() {
    for bench in benches().await {
        bring(&bench, vec![review("R1", 1, "穿了两天就开线，质量太差")]).await;
        let id = listed(&bench, ReviewFilter::default()).await[0];
        let said = Correction { sentiment: Some(SentimentLabel::Mixed), ..causes(&[]) };
        for role in [Role::ReadOnly, Role::Department] {
            let reader = Scope { role, actor: Actor::User(fresh()), ..bench.scope.clone() };
            let refused = corrections::create(&bench.desk, &reader, id, &said, None).await;
            assert!(matches!(refused, Err(DeskError::Forbidden(_))), "{refused:?}");
        }
        assert!(!Role::ReadOnly.may(Action::CorrectReadings) && Role::Agent.may(Action::CorrectReadings));
        for wrong in [Correction::default(), causes(&[Cause::Price, Cause::Price])] {
            let refused = corrections::create(&bench.desk, &bench.scope, id, &wrong, None).await;
            assert!(matches!(refused, Err(DeskError::Refused(_))), "{refused:?}");
        }
        let made = corrections::create(&bench.desk, &bench.scope, id, &said, None).await.expect("corrected");
        let row = reviews::get(&bench.desk, &bench.scope, id).await.expect("a review").detail.row;
        assert!(row.causes.is_empty() && row.primary_cause.is_none());
        let undone = corrections::undo(&bench.desk, &bench.scope, made.id).await.expect("undone");
        assert_eq!(undone.state, CorrectionState::Undone);
        let row = reviews::get(&bench.desk, &bench.scope, id).await.expect("a review").detail.row;
        assert_eq!((row.primary_cause, row.fault), (Some(Cause::Quality), Some(Fault::Seller)));
        let twice = corrections::undo(&bench.desk, &bench.scope, made.id).await;
        assert!(matches!(twice, Err(DeskError::Refused(_))), "{twice:?}");
        let absent = corrections::undo(&bench.desk, &bench.scope, fresh::<CorrectionId>()).await;
        assert!(matches!(absent, Err(DeskError::NotFound) | Err(DeskError::Store(_))), "{absent:?}");
    }
}

#[tokio::test]
async fn a_burst_and_copies_are_noted_once_by_the_job_of_the_import() {
    for bench in benches().await {
        let at = |hours: i64| {
            let start: Timestamp = "2026-11-01T08:00:00Z".parse().expect("an instant");
            start.checked_add(SignedDuration::from_hours(hours)).ok()
        };
        let of = |number: usize, stars, text: &str, hours| IncomingReview {
            created: at(hours),
            buyer: IncomingBuyer { nick: Some(format!("买家{number}")), ..IncomingBuyer::default() },
            ..review(&format!("R{number}"), stars, text)
        };
        let copied = "收到的杯子有一股刺鼻的味道，洗了好几次都没有用，很失望";
        let mut all = vec![of(0, 5, "很好", -24 * 40)];
        all.extend((1..=6).map(|number| of(number, 1, &format!("第{number}个就坏了"), number as i64)));
        all.push(of(7, 1, copied, 200));
        all.push(of(8, 2, copied, 400));
        bring(&bench, all).await;
        work_off(&bench).await;
        let seen = async |text: &str| {
            let filter = ReviewFilter { query: Some(text.to_owned()), ..ReviewFilter::default() };
            let id = listed(&bench, filter).await[0];
            reviews::get(&bench.desk, &bench.scope, id).await.expect("a review").patterns
        };
        let burst = seen("第3个就坏了").await;
        assert_eq!(burst.iter().map(|one| one.code).collect::<Vec<_>>(), [PatternCode::BurstProduct]);
        assert_eq!((burst[0].others, burst[0].shown.len()), (5, 5));
        assert!(burst[0].why.zh.contains("6 条") && burst[0].why.en.contains('6'));
        let copies = seen("刺鼻").await;
        assert_eq!((copies[0].code, copies[0].others), (PatternCode::NearDuplicate, 1));
        assert_eq!(patterns::look(&bench.desk, &bench.scope, bench.shop.id).await.expect("a look"), 0);
        // One more joins the burst that is known.
        bring(&bench, vec![of(9, 1, "第九个也坏了", 7)]).await;
        work_off(&bench).await;
        assert_eq!(seen("第九个").await[0].others, 6);
        assert_eq!(seen("第3个就坏了").await[0].others, 6, "one group");
    }
}

#[tokio::test]
async fn the_desk_learns_from_corrections_and_reads_new_reviews_with_it() {
    for bench in benches().await {
        // A word that no model knows: here it means that parts were missing.
        let text = |at: usize| {
            format!(
                "第{}次买,收到又是花花了{}",
                ["一", "二", "三", "四", "五", "六"][at % 6],
                "呀".repeat(at / 6)
            )
        };
        bring(&bench, (0..40).map(|at| review(&format!("R{at}"), 1, &text(at))).collect()).await;
        let said = Correction { fault: Some(Fault::Seller), ..causes(&[Cause::WrongMissing]) };
        for id in listed(&bench, ReviewFilter::default()).await {
            corrections::create(&bench.desk, &bench.scope, id, &said, None).await.expect("corrected");
        }
        let agent = Scope { role: Role::Supervisor, ..bench.scope.clone() };
        assert!(matches!(reading::ask(&bench.desk, &agent).await, Err(DeskError::Forbidden(_))));
        reading::ask(&bench.desk, &bench.scope).await.expect("asked");
        let twice = reading::ask(&bench.desk, &bench.scope).await;
        assert!(matches!(twice, Err(DeskError::Refused(_))), "{twice:?}");
        work_off(&bench).await;
        let view = reading::view(&bench.desk, &bench.scope).await.expect("a view");
        assert!(!view.running && view.corrections == 40);
        let causes_of = view.trainings[0].1.iter().find(|one| one.model == "zh-cause").expect("zh-cause");
        assert!(causes_of.used, "{causes_of:?}");
        assert_eq!((causes_of.told, causes_of.held), (40, 4));
        let (before, after) =
            (causes_of.before.as_ref().expect("before"), causes_of.after.as_ref().expect("after"));
        assert!(after.1 > before.1 && after.0 == "zh-cause-2");
        let few = view.trainings[0].1.iter().find(|one| one.model == "en-cause").expect("en-cause");
        assert!(few.after.is_none() && few.told == 0);

        let read = async |id: &str| {
            bring(&bench, vec![review(id, 1, "这回收到还是花花了")]).await;
            let found = ReviewFilter { query: Some("这回".into()), ..ReviewFilter::default() };
            let all = listed(&bench, found).await;
            let view = reviews::get(&bench.desk, &bench.scope, all[0]).await.expect("a review");
            (view.detail.row.primary_cause, view.detail.triage.expect("a reading")["model"].clone())
        };
        let (cause, model) = read("N1").await;
        assert_eq!(cause, Some(Cause::WrongMissing));
        assert!(model.as_str().is_some_and(|model| model.contains("zh-cause-2")), "{model}");
        reading::switch(&bench.desk, &bench.scope, "zh-cause-1").await.expect("back");
        let absent = reading::switch(&bench.desk, &bench.scope, "zh-cause-9").await;
        assert!(absent.is_err(), "{absent:?}");
    }
}

#[tokio::test]
async fn a_shop_s_own_words_are_known_at_once() {
    for bench in benches().await {
        let shop = bench.shop.id;
        let words = vec![(Some(Cause::WrongMissing), " 花花了 ".to_owned()), (None, "垃圾桶".to_owned())];
        let kept = reading::set_words(&bench.desk, &bench.scope, shop, words).await.expect("kept");
        assert_eq!(kept, [(None, "垃圾桶".to_owned()), (Some(Cause::WrongMissing), "花花了".to_owned())]);
        bring(&bench, vec![review("R1", 1, "收到又是花花了")]).await;
        let id = listed(&bench, ReviewFilter::default()).await[0];
        let view = reviews::get(&bench.desk, &bench.scope, id).await.expect("a review");
        assert_eq!(view.detail.row.primary_cause, Some(Cause::WrongMissing));
        let told = &view.told[0].1[0];
        assert_eq!(told.by, pingxin_language::explain::By::ShopWord);
        for wrong in ["掉*渣".to_owned(), "长".repeat(reading::WORD_LIMIT + 1)] {
            let refused = reading::set_words(&bench.desk, &bench.scope, shop, vec![(None, wrong)]).await;
            assert!(matches!(refused, Err(DeskError::Refused(_))), "{refused:?}");
        }
        let absent = reading::words(&bench.desk, &bench.scope, fresh()).await;
        assert!(absent.is_err());
    }
}
