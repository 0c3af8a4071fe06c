//! Exports: the whole filter, one row a thing, buyers masked.

use pingxin_channels::files::write::ExportFormat;
use pingxin_desk::export::{self, ExportKind};
use pingxin_desk::import::take_rows;
use pingxin_store::case::CaseFilter;
use pingxin_store::order::OrderFilter;
use pingxin_store::review::ReviewFilter;

use crate::bench::{benches, order, review, review_rows, row};

#[tokio::test]
async fn exports_every_row_with_buyers_masked() {
    for bench in benches().await {
        let many = (0..1_203u32).map(|number| {
            review(&format!("R{number}"), 1 + u8::try_from(number % 5).unwrap(), "=1+1 有点小，\n还行")
        });
        let rows = review_rows(many);
        take_rows(&bench.desk, &bench.scope, &bench.shop, "测试.csv", rows.into_iter()).await.unwrap();
        let orders = vec![row(2, Some(order("A1", "1", 12_900)), vec![])];
        take_rows(&bench.desk, &bench.scope, &bench.shop, "订单.csv", orders.into_iter()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        for (kind, expected) in [
            (ExportKind::Reviews(ReviewFilter::default()), 1_203),
            (ExportKind::Cases(CaseFilter::default()), 723),
            (ExportKind::Orders(OrderFilter::default()), 1),
        ] {
            let path = folder.path().join("out.jsonl");
            let written =
                export::write(&bench.desk, &bench.scope, &kind, ExportFormat::Jsonl, &path).await.unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!((written, text.lines().count()), (expected, expected as usize));
            let distinct: std::collections::HashSet<&str> = text.lines().collect();
            assert_eq!(distinct.len() as u64, expected, "no row twice");
            assert!(!text.contains("猫小姐") && !text.contains("17000001234"), "no nick, no phone in clear");
        }
        let csv = folder.path().join("out.csv");
        let kind = ExportKind::Reviews(ReviewFilter::default());
        export::write(&bench.desk, &bench.scope, &kind, ExportFormat::Csv, &csv).await.unwrap();
        let text = std::fs::read_to_string(&csv).unwrap();
        assert!(!text.contains(",=1+1") && !text.contains("\"=1+1"), "no formula reaches a spreadsheet");
    }
}
