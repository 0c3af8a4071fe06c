//! The demo: rich enough to look at, and gone without a trace by one click.

use jiff::SignedDuration;
use pingxin_desk::people::Hasher;
use pingxin_desk::{DeskError, demo, doctor, reviews, shops};
use pingxin_domain::Scope;
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::tenant;

use crate::bench::benches;

#[tokio::test]
async fn the_demo_opens_with_work_to_do_and_is_wiped_by_one_click() {
    for bench in benches().await {
        let desk = &bench.desk;
        let scope = demo::create(desk, &Hasher::new(), demo::SEED, 600, 200).await.unwrap();
        let listed = shops::list(desk, &scope).await.unwrap();
        let platforms: std::collections::HashSet<_> = listed.iter().map(|shop| shop.shop.platform).collect();
        assert_eq!(platforms.len(), 3, "Taobao, Tmall and Amazon");
        assert!(
            listed.iter().all(|shop| shop.reviews > 10 && shop.open_cases > 1),
            "every shop has reviews and work"
        );
        let filter = ReviewFilter::default();
        let (page, count) = reviews::list(desk, &scope, &filter, Sort::Newest, None, 200).await.unwrap();
        assert!(count.value >= 200, "{count:?}");
        let now = desk.store.clock().now();
        let oldest = now.checked_sub(SignedDuration::from_hours(24 * 120)).unwrap();
        assert!(page.rows.iter().all(|row| row.created_at.is_some_and(|at| at > oldest && at <= now)));
        let ages: std::collections::HashSet<_> = page.rows.iter().map(|row| row.imported_at).collect();
        assert!(ages.len() > 8, "the reviews came in over the weeks");
        assert!(page.rows.iter().all(|row| row.created_at <= Some(row.imported_at)));
        assert!(page.rows.iter().any(|row| row.revision == 2), "some buyers changed their mind");
        assert_eq!(doctor::run(desk).await.unwrap(), []);

        demo::wipe(desk, &scope).await.unwrap();
        let left = desk.store.read(|tx| Box::pin(async move { tenant::all(tx).await })).await.unwrap();
        assert_eq!(left.len(), 1, "only the other merchant is left");
        assert_eq!(doctor::run(desk).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_real_merchant_is_never_wiped() {
    for bench in benches().await {
        assert!(matches!(demo::wipe(&bench.desk, &bench.scope).await, Err(DeskError::Refused(_))));
        let other = Scope { role: pingxin_domain::Role::Supervisor, ..bench.scope.clone() };
        assert!(matches!(demo::wipe(&bench.desk, &other).await, Err(DeskError::Forbidden(_))));
        assert_eq!(shops::list(&bench.desk, &bench.scope).await.unwrap().len(), 1);
    }
}
