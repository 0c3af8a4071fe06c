//! What rows name of photos and videos: kept in order, replaced when the review changes, added where none were known.

use pingxin_desk::import::{ImportView, get, take_rows};
use pingxin_desk::{doctor, retention, reviews};
use pingxin_domain::intake::IncomingReview;
use pingxin_domain::media::{MediaKind, MediaName, MediaType};
use pingxin_store::media::{self, FileShape, NewFile};
use pingxin_store::review::{ReviewFilter, Sort};

use crate::bench::{Bench, benches, review, review_rows};

fn with(names: &[&str], review: IncomingReview) -> IncomingReview {
    let media = names.iter().filter_map(|name| MediaName::new(MediaKind::Photo, name)).collect();
    IncomingReview { media, ..review }
}

async fn take(bench: &Bench, review: IncomingReview) -> ImportView {
    let rows = review_rows([review]).into_iter();
    let id = take_rows(&bench.desk, &bench.scope, &bench.shop, "a.zip", rows).await.unwrap();
    get(&bench.desk, &bench.scope, id).await.unwrap()
}

/// The names of the only review, each with whether its file is here.
async fn named(bench: &Bench) -> Vec<(String, bool)> {
    let filter = ReviewFilter::default();
    let (page, _) = reviews::list(&bench.desk, &bench.scope, &filter, Sort::Newest, None, 2).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    let view = reviews::get(&bench.desk, &bench.scope, page.rows[0].id).await.unwrap();
    assert!(view.media.iter().zip(0..).all(|(media, place)| media.position == place));
    view.media.into_iter().map(|media| (media.name.name, media.file.is_some())).collect()
}

async fn bind(bench: &Bench, import: &ImportView, file_name: &str) -> u64 {
    let (scope, id) = (&bench.scope, import.batch.id);
    let shape = FileShape { media_type: MediaType::Jpeg, width: Some(1), height: Some(1) };
    let file = &NewFile { file_name, shape, bytes: file_name.as_bytes() };
    let bound =
        bench.desk.store.write(|tx| Box::pin(async move { media::attach(tx, scope, id, file).await }));
    bound.await.unwrap()
}

#[tokio::test]
async fn a_review_keeps_what_its_row_names() {
    for bench in benches().await {
        let bad = || review("R1", 1, "开线");
        take(&bench, bad()).await;
        assert_eq!(named(&bench).await, []);
        // The same row with a column of photos: the review has not changed, and gets them all the same.
        let import = take(&bench, with(&["b.jpg", "a.jpg"], bad())).await;
        assert_eq!(import.batch.counts.unchanged, 1);
        assert_eq!(bind(&bench, &import, "a.jpg").await, 1);
        assert_eq!(named(&bench).await, [("b.jpg".into(), false), ("a.jpg".into(), true)]);
        take(&bench, with(&["other.jpg"], bad())).await;
        take(&bench, bad()).await;
        assert_eq!(named(&bench).await.len(), 2, "a review that has not changed keeps those it has");
        let changed = || review("R1", 2, "换了一件，又开线");
        take(&bench, with(&["c.jpg", "a.jpg"], changed())).await;
        assert_eq!(named(&bench).await, [("c.jpg".into(), false), ("a.jpg".into(), true)]);
        take(&bench, review("R1", 3, "算了")).await;
        assert_eq!(named(&bench).await.len(), 2, "a row that names none takes none away");
        let import = take(&bench, with(&["d.jpg"], review("R1", 4, "还行"))).await;
        assert_eq!(
            (named(&bench).await, bind(&bench, &import, "a.jpg").await),
            (vec![("d.jpg".into(), false)], 0)
        );
        assert_eq!(doctor::run(&bench.desk).await.unwrap(), []);
        let forgotten = retention::enforce(&bench.desk).await.unwrap();
        assert_eq!(forgotten.media, 1, "a.jpg, which nothing names any more");
        assert_eq!(retention::enforce(&bench.desk).await.unwrap().media, 0);
    }
}
