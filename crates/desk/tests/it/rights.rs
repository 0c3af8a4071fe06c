//! What another merchant's and another shop's people find: nothing.

use pingxin_desk::import::take_rows;
use pingxin_desk::{DeskError, cases, export, reviews, shops};
use pingxin_domain::{Role, Scope, ShopAccess};
use pingxin_store::case::CaseFilter;
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::tenant;

use crate::bench::{benches, review, review_rows};

#[tokio::test]
async fn other_merchants_and_shops_see_nothing_of_it() {
    for bench in benches().await {
        let rows = review_rows([review("R1", 1, "开线")]);
        take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
        let (page, _) =
            cases::list(&bench.desk, &bench.scope, &CaseFilter::default(), Default::default(), None, 9)
                .await
                .unwrap();
        let (case, review) = (page.rows[0].id, page.rows[0].review.as_ref().unwrap().id);
        let stranger = bench
            .desk
            .store
            .write(|tx| Box::pin(async move { tenant::create(tx, "别家", false).await }))
            .await
            .unwrap();
        let no_shop = Scope { shops: ShopAccess::Only(vec![]), ..bench.scope.clone() };
        for scope in [Scope::system(stranger), no_shop] {
            let desk = &bench.desk;
            assert!(matches!(reviews::get(desk, &scope, review).await, Err(DeskError::NotFound)));
            assert!(matches!(cases::get(desk, &scope, case).await, Err(DeskError::NotFound)));
            assert!(matches!(cases::add_note(desk, &scope, case, "你好").await, Err(DeskError::NotFound)));
            assert!(matches!(
                cases::set_owner(desk, &scope, case, None, None).await,
                Err(DeskError::NotFound)
            ));
            assert!(shops::list(desk, &scope).await.unwrap().is_empty());
            let filter = ReviewFilter::default();
            let (page, count) = reviews::list(desk, &scope, &filter, Sort::Newest, None, 9).await.unwrap();
            assert_eq!((page.rows.len(), count.value), (0, 0));
            assert_eq!(shops::summary(desk, &scope).await.unwrap().reviews.value, 0);
        }
        assert_eq!(cases::get(&bench.desk, &bench.scope, case).await.unwrap().detail.events.len(), 1);
    }
}

#[tokio::test]
async fn a_reader_changes_and_exports_nothing() {
    for bench in benches().await {
        let reader = Scope { role: Role::ReadOnly, ..bench.scope.clone() };
        let request = shops::ShopRequest {
            name: "新店".into(),
            platform: pingxin_domain::Platform::Jd,
            timezone: None,
            currency: None,
        };
        assert!(matches!(shops::create(&bench.desk, &reader, &request).await, Err(DeskError::Forbidden(_))));
        let kind = export::ExportKind::Reviews(ReviewFilter::default());
        let path = std::env::temp_dir().join("pingxin-desk-tests-never.csv");
        let format = pingxin_channels::files::write::ExportFormat::Csv;
        let refused = export::write(&bench.desk, &reader, &kind, format, &path).await;
        assert!(matches!(refused, Err(DeskError::Forbidden(_))));
        assert!(!path.exists(), "nothing is written before the right is checked");
    }
}
