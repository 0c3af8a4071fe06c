//! The data sets beside the repository, written as sellers have them and read by the real child.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;

use pingxin_channels::files::ParseRequest;
use pingxin_channels::files::columns::FileKind;
use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use serde_json::Value;

use crate::support::{Read, file, read_in_child, shanghai};

/// The objects of `../shared/data/<set>/dev.jsonl.gz`; none when the data is not there.
fn objects(set: &str) -> Option<Vec<Value>> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(set).join("dev.jsonl.gz");
    let Ok(packed) = std::fs::File::open(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let lines = BufReader::new(flate2::read::GzDecoder::new(packed)).lines();
    Some(lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn csv(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

async fn child(name: &str, bytes: Vec<u8>) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, name, bytes);
    let read = read_in_child(&ParseRequest::new(&path)).await.unwrap();
    assert!(read.failures.is_empty(), "{name}: {:?}", &read.failures[..read.failures.len().min(3)]);
    read
}

#[tokio::test]
async fn zh_shop_from_gb18030_and_from_a_workbook() {
    let Some(objects) = objects("zh_shop") else { return };
    let table = csv(
        &["text", "label", "cat"],
        objects.iter().map(|object| ["text", "label", "cat"].map(|key| text(&object[key])).to_vec()),
    );
    let mut book = Writer::new(ExportFormat::Xlsx, Vec::new(), &["text", "label", "cat"]).unwrap();
    for object in &objects {
        let label = object["label"].as_i64().unwrap();
        book.row(&[
            Cell::Text(object["text"].as_str().unwrap()),
            Cell::Integer(label),
            Cell::Text(object["cat"].as_str().unwrap()),
        ])
        .unwrap();
    }
    let gb18030 = child("zh_shop.csv", encoding_rs::GB18030.encode(&table).0.into_owned()).await;
    assert_eq!(gb18030.header().encoding, "gb18030");
    let utf8 = child("zh_shop.csv", table.into_bytes()).await;
    let sheet = child("zh_shop.xlsx", book.finish().unwrap()).await;
    for read in [&gb18030, &utf8, &sheet] {
        let mapping = read.guess();
        assert_eq!((mapping.profile.as_str(), mapping.kind), ("generic-reviews", Some(FileKind::Reviews)));
        assert_eq!(read.rows.len(), objects.len());
        let (rows, failures) = read.convert(shanghai());
        assert!(failures.is_empty(), "{:?}", failures[0]);
        for (row, object) in rows.iter().zip(&objects) {
            let review = &row.reviews[0];
            assert_eq!(review.rating, None, "a label is no rating");
            assert_eq!(review.text, object["text"].as_str().unwrap().trim().replace("\r\n", "\n"));
        }
    }
}

#[tokio::test]
async fn pt_orders_as_orders_and_reviews_and_as_it_is() {
    let Some(objects) = objects("pt_orders") else { return };
    let keys = [
        "order_id",
        "customer",
        "customer_state",
        "status",
        "purchased",
        "approved",
        "shipped",
        "delivered",
        "estimated",
        "paid",
    ];
    let orders = csv(&keys, objects.iter().map(|object| keys.map(|key| text(&object[key])).to_vec()));
    let orders = child("orders.csv", orders.into_bytes()).await;
    let (typed, failures) = orders.convert(shanghai());
    assert!(failures.is_empty(), "{:?}", failures[0]);
    assert_eq!((typed.len(), orders.guess().kind), (objects.len(), Some(FileKind::Orders)));
    assert!(typed.iter().all(|row| row.order.as_ref().is_some_and(|order| order.placed.is_some())));

    let keys = ["review_id", "score", "title", "message", "created", "answered"];
    let with_order = |object: &Value| -> Vec<Vec<String>> {
        let order = text(&object["order_id"]);
        let reviews = object["reviews"].as_array().unwrap();
        reviews
            .iter()
            .map(|review| std::iter::once(order.clone()).chain(keys.map(|key| text(&review[key]))).collect())
            .collect()
    };
    let all: Vec<Vec<String>> = objects.iter().flat_map(with_order).collect();
    let count = all.len();
    let header: Vec<&str> = std::iter::once("order_id").chain(keys).collect();
    let reviews = child("reviews.csv", csv(&header, all.into_iter()).into_bytes()).await;
    let (typed, failures) = reviews.convert(shanghai());
    assert!(failures.is_empty(), "{:?}", failures[0]);
    assert_eq!((typed.len(), reviews.guess().kind), (count, Some(FileKind::Reviews)));
    assert!(typed.iter().all(|row| row.reviews[0].rating.is_some() && row.reviews[0].created.is_some()));

    let raw: String = objects.iter().map(|object| format!("{object}\n")).collect();
    let raw = child("orders.jsonl", raw.into_bytes()).await;
    let (typed, failures) = raw.convert(shanghai());
    assert!(failures.is_empty(), "{:?}", failures[0]);
    assert_eq!((typed.len(), raw.guess().kind), (objects.len(), Some(FileKind::Mixed)));
    assert_eq!(typed.iter().map(|row| row.reviews.len()).sum::<usize>(), count);
    for (row, object) in typed.iter().zip(&objects) {
        let units: u32 = row.order.as_ref().unwrap().lines.iter().map(|line| line.quantity).sum();
        assert_eq!(units as usize, object["items"].as_array().unwrap().len());
    }
}
