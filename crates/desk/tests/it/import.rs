//! Importing rows: the five counts, revisions, cases, links; and that nothing is stored twice.

use pingxin_desk::import::{self, Counts, take_rows};
use pingxin_desk::{cases, reviews};
use pingxin_domain::intake::{IncomingBuyer, IncomingReview, IncomingRow};
use pingxin_domain::order::OrderState;
use pingxin_store::case::{CaseFilter, EventKind, Sort as CaseSort};
use pingxin_store::review::{ReviewFilter, ReviewRow, Sort};

use crate::bench::{Bench, benches, order, review, review_rows, row};

async fn take(bench: &Bench, rows: Vec<IncomingRow>) -> Counts {
    let id = take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
    let counts = import::get(&bench.desk, &bench.scope, id).await.unwrap().batch.counts;
    let five = counts.new + counts.updated + counts.unchanged + counts.duplicate + counts.failed;
    assert_eq!(five, counts.rows, "the five counts sum to the rows");
    let findings = pingxin_desk::doctor::run(&bench.desk).await.unwrap();
    assert_eq!(findings, [], "the tables agree after an import");
    counts
}

async fn all(bench: &Bench) -> Vec<ReviewRow> {
    let filter = ReviewFilter::default();
    reviews::list(&bench.desk, &bench.scope, &filter, Sort::Newest, None, 100).await.unwrap().0.rows
}

fn counts(counts: Counts) -> [u64; 5] {
    [counts.new, counts.updated, counts.unchanged, counts.duplicate, counts.failed]
}

#[tokio::test]
async fn the_same_file_again_adds_nothing() {
    for bench in benches().await {
        let rows =
            || review_rows([review("R1", 1, "穿了两天就开线，太差了"), review("R2", 5, "很好，下次还来")]);
        assert_eq!(counts(take(&bench, rows()).await), [2, 0, 0, 0, 0]);
        assert_eq!(counts(take(&bench, rows()).await), [0, 0, 2, 0, 0]);
        assert_eq!(all(&bench).await.len(), 2);
    }
}

#[tokio::test]
async fn a_row_said_twice_in_a_file_is_a_duplicate() {
    for bench in benches().await {
        let rows =
            || review_rows([review("R1", 1, "开线"), review("R1", 1, "开线"), review("R1", 5, "改好评了")]);
        assert_eq!(counts(take(&bench, rows()).await), [1, 0, 0, 2, 0]);
        assert_eq!(counts(take(&bench, rows()).await), [0, 0, 1, 2, 0]);
    }
}

#[tokio::test]
async fn a_changed_review_makes_one_revision_and_updates_its_case() {
    for bench in benches().await {
        take(&bench, review_rows([review("R1", 1, "穿了两天就开线，太差了")])).await;
        let changed = || review_rows([review("R1", 3, "客服给换了一件，还行")]);
        assert_eq!(counts(take(&bench, changed()).await), [0, 1, 0, 0, 0]);
        assert_eq!(counts(take(&bench, changed()).await), [0, 0, 1, 0, 0]);
        let listed = all(&bench).await;
        let view = reviews::get(&bench.desk, &bench.scope, listed[0].id).await.unwrap();
        let stars: Vec<u8> =
            view.detail.revisions.iter().filter_map(|revision| revision.rating.map(u8::from)).collect();
        assert_eq!(stars, [1, 3]);
        let case = listed[0].case.expect("a one-star review has a case");
        let case = cases::get(&bench.desk, &bench.scope, case.id).await.unwrap();
        let story: Vec<EventKind> = case.detail.events.iter().map(|event| event.kind).collect();
        assert_eq!(story, [EventKind::Opened, EventKind::ReviewRevised]);
        assert_eq!(
            case.detail.row.severity, listed[0].severity,
            "the case is as urgent as its review is now"
        );
    }
}

#[tokio::test]
async fn every_bad_or_neutral_review_has_one_case_and_no_other_has() {
    for bench in benches().await {
        let without_stars = |id: &str, text: &str| IncomingReview { rating: None, ..review(id, 1, text) };
        let rows = review_rows([
            review("bad", 1, "开线"),
            review("neutral", 3, "一般般"),
            review("stars alone", 2, ""),
            review("clash", 5, "垃圾，质量太差了，千万别买"),
            without_stars("words alone", "质量太差，穿一次就破了，退货还不给退，太气人了"),
            review("good", 5, "质量很好，孩子很喜欢，物流也快"),
            review("good without words", 5, ""),
        ]);
        assert_eq!(take(&bench, rows).await.cases_opened, 5);
        let (page, count) =
            cases::list(&bench.desk, &bench.scope, &CaseFilter::default(), CaseSort::Severity, None, 50)
                .await
                .unwrap();
        assert_eq!((page.rows.len(), count.value), (5, 5));
        assert!(page.rows.is_sorted_by(|a, b| a.severity >= b.severity), "most urgent first");
        assert!(
            page.rows.iter().filter_map(|case| case.review.as_ref()).all(|review| review
                .rating
                .map(u8::from)
                != Some(5)
                || review.text.starts_with("垃圾"))
        );
    }
}

#[tokio::test]
async fn reviews_without_any_key_are_told_apart_by_content_and_ordinal() {
    for bench in benches().await {
        let bare =
            |text: &str| IncomingReview { platform_review_id: None, created: None, ..review("", 1, text) };
        let rows = || review_rows([bare("好"), bare("好"), bare("差"), bare("好")]);
        assert_eq!(counts(take(&bench, rows()).await), [4, 0, 0, 0, 0]);
        assert_eq!(counts(take(&bench, rows()).await), [0, 0, 4, 0, 0]);
        let more = review_rows([bare("好"), bare("好"), bare("好"), bare("好")]);
        assert_eq!(counts(take(&bench, more).await), [1, 0, 3, 0, 0]);
    }
}

#[tokio::test]
async fn twins_are_counted_on_over_chunks() {
    for bench in benches().await {
        let bare = IncomingReview { platform_review_id: None, created: None, ..review("", 4, "不错") };
        let many = || review_rows(std::iter::repeat_n(bare.clone(), 2_300));
        assert_eq!(counts(take(&bench, many()).await), [2_300, 0, 0, 0, 0]);
        assert_eq!(counts(take(&bench, many()).await), [0, 0, 2_300, 0, 0]);
    }
}

#[tokio::test]
async fn an_order_and_its_review_find_each_other_whichever_comes_first() {
    for bench in benches().await {
        let of = |id: &str, number: &str| IncomingReview {
            order_number: Some(number.to_owned()),
            ..review(id, 2, "有点小")
        };
        take(&bench, vec![row(2, None, vec![of("R1", "A1")])]).await;
        take(
            &bench,
            vec![row(2, Some(order("A1", "1", 12_900)), vec![]), row(3, Some(order("A2", "1", 900)), vec![])],
        )
        .await;
        take(&bench, vec![row(2, None, vec![of("R2", "A2")])]).await;
        for listed in all(&bench).await {
            let view = reviews::get(&bench.desk, &bench.scope, listed.id).await.unwrap();
            let order = view.order.expect("linked");
            assert_eq!(Some(order.order.number), listed.order_number);
            let buyer = view.buyer.expect("known");
            assert_eq!(buyer.nick.as_deref(), Some("t**8"));
            assert_eq!(buyer.phone.as_deref(), Some("170****1234"));
        }
    }
}

#[tokio::test]
async fn orders_grow_by_lines_and_never_run_backwards() {
    for bench in benches().await {
        let shipped = || {
            let mut earlier = order("A1", "1", 12_900);
            earlier.state = Some(OrderState::Shipped);
            earlier.delivered = None;
            vec![row(2, Some(earlier), vec![])]
        };
        let two_lines = || {
            vec![
                row(2, Some(order("A1", "1", 12_900)), vec![]),
                row(3, Some(order("A1", "2", 12_900)), vec![]),
                row(4, Some(order("A1", "2", 12_900)), vec![]),
            ]
        };
        assert_eq!(counts(take(&bench, shipped()).await), [1, 0, 0, 0, 0]);
        assert_eq!(counts(take(&bench, two_lines()).await), [1, 1, 0, 1, 0]);
        assert_eq!(counts(take(&bench, two_lines()).await), [0, 0, 2, 1, 0]);
        assert_eq!(counts(take(&bench, shipped()).await), [0, 0, 1, 0, 0], "an older export undoes nothing");
    }
}

#[tokio::test]
async fn a_follow_up_is_a_review_of_its_own() {
    for bench in benches().await {
        let first = review("R1", 5, "质量很好，很喜欢");
        let later = IncomingReview {
            object: pingxin_domain::Object::Followup,
            rating: None,
            ..review("R1", 5, "用了一个月就坏了，质量太差，退货也不理人")
        };
        let counts = take(&bench, vec![row(2, None, vec![first, later])]).await;
        assert_eq!((counts.rows, counts.new, counts.cases_opened), (1, 1, 1));
        assert_eq!(all(&bench).await.len(), 2);
    }
}

#[tokio::test]
async fn people_behind_one_masked_nick_stay_apart() {
    for bench in benches().await {
        let masked = |id: &str| IncomingReview {
            buyer: IncomingBuyer { nick: Some("t**1".to_owned()), ..IncomingBuyer::default() },
            ..review(id, 1, "开线")
        };
        take(&bench, review_rows([masked("R1"), masked("R2")])).await;
        take(&bench, review_rows([masked("R3")])).await;
        let listed = all(&bench).await;
        assert!(listed.iter().all(|row| row.buyer_nick.as_deref() == Some("t**1")));
        let severities: Vec<u8> = listed.iter().map(|row| row.severity).collect();
        assert_eq!(severities, [severities[0]; 3], "nobody pays for the bad reviews of others");
        let case = listed[0].case.expect("opened");
        let view = cases::get(&bench.desk, &bench.scope, case.id).await.unwrap();
        assert!(view.detail.related.is_empty(), "their cases are not related");
    }
}

#[tokio::test]
async fn a_known_buyers_earlier_bad_reviews_make_the_next_one_more_urgent_but_not_its_own_revision() {
    for bench in benches().await {
        take(&bench, review_rows([review("R1", 1, "开线")])).await;
        let first = all(&bench).await[0].severity;
        take(&bench, review_rows([review("R1", 1, "开线 ")])).await;
        assert_eq!(all(&bench).await[0].severity, first, "a review is not its own precedent");
        take(&bench, review_rows([review("R2", 1, "开线")])).await;
        let second = all(&bench).await.into_iter().find(|row| row.severity != first);
        assert!(second.is_some_and(|row| row.severity > first));
    }
}

#[tokio::test]
async fn a_complaint_about_a_product_that_many_buy_is_more_urgent() {
    for bench in benches().await {
        let of = |id: &str, product: &str, stars: u8, text: &str| IncomingReview {
            product_key: Some(product.to_owned()),
            product_title: None,
            buyer: IncomingBuyer::default(),
            ..review(id, stars, text)
        };
        let praise = (0..12).map(|number| of(&format!("G{number}"), "hero", 5, "很好，很喜欢"));
        take(&bench, review_rows(praise)).await;
        take(&bench, review_rows([of("R1", "hero", 1, "开线"), of("R2", "rare", 1, "开线")])).await;
        let bad: Vec<ReviewRow> =
            all(&bench).await.into_iter().filter(|row| row.rating.map(u8::from) == Some(1)).collect();
        let [least, most] = [0, 1].map(|at| {
            let mut severities: Vec<u8> = bad.iter().map(|row| row.severity).collect();
            severities.sort_unstable();
            severities[at]
        });
        assert_eq!(most, least + 5, "the product with the most reviews of the shop");
        let urgent = bad.iter().find(|row| row.severity == most).expect("one is more urgent");
        let view = reviews::get(&bench.desk, &bench.scope, urgent.id).await.unwrap();
        let parts = &view.detail.triage.expect("it was read")["severity_parts"];
        let shown = parts.as_array().unwrap().iter().find(|found| found["part"] == "product");
        assert_eq!(shown.map(|found| &found["points"]), Some(&5.into()), "{parts}");
        let praised = all(&bench).await.into_iter().find(|row| row.rating.map(u8::from) == Some(5));
        assert!(praised.is_some_and(|row| row.severity < 10), "praise is not");
    }
}

#[tokio::test]
async fn contacts_in_the_words_of_a_review_are_masked_wherever_they_are_shown() {
    for bench in benches().await {
        let texts = ["打我电话17000007792，必须退款，太差了", "打我电话17000007792，必须退款，太差了！"];
        take(&bench, review_rows([review("R1", 1, texts[0]), review("R2", 1, "太差了")])).await;
        take(&bench, review_rows([review("R1", 1, texts[1])])).await;
        let listed = all(&bench).await;
        assert!(listed.iter().any(|row| row.text.contains("170****7792")), "{listed:?}");
        for row in listed {
            let case = cases::get(&bench.desk, &bench.scope, row.case.expect("opened").id).await.unwrap();
            assert!(!format!("{row:?} {case:?}").contains("17000007792"));
        }
    }
}
