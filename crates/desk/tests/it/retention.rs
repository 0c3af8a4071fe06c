//! The cells of imported rows are forgotten after thirty days, and nothing else is.

use jiff::SignedDuration;
use pingxin_desk::import::take_rows;
use pingxin_desk::{doctor, retention, reviews};
use pingxin_store::batch;
use pingxin_store::review::{ReviewFilter, Sort};

use crate::bench::{benches, review, review_rows};

#[tokio::test]
async fn raw_cells_go_after_thirty_days_and_reviews_stay() {
    for bench in benches().await {
        let rows = || review_rows((0..1_500).map(|number| review(&format!("R{number}"), 1, "开线")));
        let (desk, scope) = (&bench.desk, &bench.scope);
        let id = take_rows(desk, scope, &bench.shop, "a.csv", rows().into_iter()).await.unwrap();
        let later = |days: i64| {
            let now = desk.store.clock().now();
            desk.as_of(now.checked_add(SignedDuration::from_hours(24 * days)).unwrap())
        };
        let cells = || async move {
            desk.store
                .read(|tx| Box::pin(async move { batch::raw_row(tx, scope, id, 2).await }))
                .await
                .unwrap()
        };
        assert_eq!(retention::enforce(&later(29)).await.unwrap(), retention::Forgotten::default());
        assert!(cells().await.is_some());
        let forgotten = retention::enforce(&later(31)).await.unwrap();
        assert_eq!(forgotten.raw_rows, 1_500);
        assert!(cells().await.is_none());
        let filter = ReviewFilter::default();
        let (_, count) = reviews::list(desk, scope, &filter, Sort::Newest, None, 1).await.unwrap();
        assert!(count.value >= 1_000);
        assert_eq!(doctor::run(desk).await.unwrap(), []);
    }
}
