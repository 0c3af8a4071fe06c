//! Photos and videos: in with the file, beside their review, out under a policy that runs nothing; and nobody else's.

use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use image::{DynamicImage, ImageFormat, RgbImage};
use pingxin_desk::import::{self, BatchState, ImportRequest, ShopChoice};
use pingxin_desk::{Desk, doctor, reviews};
use pingxin_domain::{Platform, Role, Scope, ShopAccess};
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::tenant;
use pingxin_testkit::database::TestDatabase;
use serde_json::{Value, json};

use crate::api_import::ended;
use crate::house::{Caller, PHOTO, each_engine};
use crate::program::Program;

const TABLE: &str = "评价ID,评价内容,评分,晒图\n\
    R1,穿了两天就开线,1,晒图/1.jpg https://img.example/2.png?w=1\n\
    R2,很好看,5,3.JPG;开箱.mp4\n";
const MP4: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2<script>alert(1)</script>";

fn jpeg(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = RgbImage::from_pixel(20, 10, image::Rgb([shade, 0, 0]));
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn shop_zip() -> Vec<u8> {
    zip(&[
        ("评价.csv", TABLE.as_bytes()),
        ("晒图/1.jpg", &jpeg(10)),
        ("3.jpg", &jpeg(30)),
        ("2.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("开箱.mp4", MP4),
        ("nobody.jpg", &jpeg(90)),
    ])
}

/// The review of the archive with so many stars; the others of the shop have order numbers.
async fn review_of(caller: &Caller<'_>, stars: &str) -> Value {
    let all = caller.get(&format!("/api/v1/reviews?rating={stars}")).await.is(200).json();
    let own = all["reviews"].as_array().unwrap().iter().find(|row| row["order_number"].is_null()).unwrap();
    caller.get(&format!("/api/v1/reviews/{}", own["id"].as_str().unwrap())).await.is(200).json()
}

#[tokio::test]
async fn a_zip_brings_its_pictures_along() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await.with("accept-language", "en");
        let import = agent.upload(shop_zip(), &[("shop_name", "a 店")]).await.is(202).json();
        let import = ended(&agent, import["id"].as_str().unwrap()).await;
        assert_eq!((&import["state"], &import["rows"], &import["new"]), (&json!("done"), &json!(2), &json!(2)));
        assert_eq!((&import["media_files"], &import["media_refused"]), (&json!(3), &json!(2)), "{import}");
        assert_eq!(import["bytes_read"], import["bytes"]);
        let refusals = import["media_refusals"].as_array().unwrap();
        let refused: Vec<_> = refusals.iter().map(|file| file["name"].as_str().unwrap()).collect();
        assert_eq!(refused, ["2.png", "nobody.jpg"]);
        assert!(refusals[0]["reason"].as_str().unwrap().contains("SVG"), "{refusals:?}");
        assert!(refusals[1]["reason"].as_str().unwrap().contains("No review"), "{refusals:?}");

        let bad = review_of(&agent, "1").await;
        let link = "https://img.example/2.png?w=1";
        let expected = json!([
            {"position": 0, "kind": "photo", "name": "晒图/1.jpg", "link": null, "stored": true, "width": 20, "height": 10},
            {"position": 1, "kind": "photo", "name": link, "link": link, "stored": false, "width": null, "height": null},
        ]);
        assert_eq!(bad["media"], expected);
        let at = |review: &Value, position: &str| {
            format!("/api/v1/reviews/{}/media/{position}", review["id"].as_str().unwrap())
        };
        let photo = agent.get(&at(&bad, "0")).await.is(200);
        assert_eq!(image::load_from_memory_with_format(&photo.body, ImageFormat::Jpeg).unwrap().width(), 20);
        assert_eq!(photo.header("content-type"), "image/jpeg");
        assert_eq!(photo.header("x-content-type-options"), "nosniff");
        assert_eq!(photo.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(photo.header("cache-control"), "no-store");
        assert!(photo.header("content-disposition").starts_with("inline; filename=\"review-"));
        for nothing in ["1", "2", "-1", "x", "99999999999"] {
            agent.get(&at(&bad, nothing)).await.is(404);
        }

        let good = review_of(&agent, "5").await;
        assert_eq!((&good["media"][1]["kind"], &good["media"][1]["name"]), (&json!("video"), &json!("开箱.mp4")));
        let video = agent.get(&at(&good, "1")).await.is(200);
        assert_eq!((video.header("content-type"), video.body.as_slice()), ("video/mp4", MP4));
        assert!(video.header("content-disposition").starts_with("attachment; filename=\"review-"));
        assert_eq!(video.header("content-security-policy"), "default-src 'none'; sandbox");

        // The same again binds the same pictures to the same reviews, which have not changed.
        let again = agent.upload(shop_zip(), &[("shop_name", "a 店")]).await.is(202).json();
        let again = ended(&agent, again["id"].as_str().unwrap()).await;
        assert_eq!((&again["unchanged"], &again["media_files"]), (&json!(2), &json!(3)), "{again}");
        assert_eq!(review_of(&agent, "1").await["media"], expected);
        assert_eq!(doctor::run(&house.desk).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_picture_is_seen_by_those_who_see_its_review() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.merchant("b").await;
        house.person(&scope, "none-a", Role::Agent, ShopAccess::Only(vec![])).await;
        let reader = house.signed_in("read_only-a").await;
        let id = reader.get("/api/v1/reviews").await.json()["reviews"][0]["id"].as_str().unwrap().to_owned();
        let address = format!("/api/v1/reviews/{id}/media/0");
        assert_eq!(reader.get(&address).await.is(200).body, PHOTO);
        let absent = reader.get("/api/v1/reviews/0192f3a4-0000-7000-8000-000000000000/media/0").await.is(404);
        for other in ["none-a", "owner-b"] {
            let answer = house.signed_in(other).await.get(&address).await.is(404);
            assert_eq!(answer.body, absent.body, "{other}: told apart");
        }
        assert_eq!(reader.get(&format!("/api/v1/reviews/{id}/media/1")).await.is(404).body, absent.body);
        house.stranger().get(&address).await.is(401);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_stops_among_its_pictures_goes_on_without_doubling() {
    for database in TestDatabase::each().await {
        let files = tempfile::tempdir().unwrap();
        let program = env!("CARGO_BIN_EXE_pingxin").into();
        let desk = Desk::new(database.store().clone(), program, files.path().join("data"));
        let made = desk.store.write(|tx| Box::pin(async move { tenant::create(tx, "a", false).await })).await;
        let scope = Scope::command_line(made.unwrap());
        let rows: String = (0..40).map(|n| format!("R{n},一般般,3,{n}.jpg\n")).collect();
        let pictures: Vec<(String, Vec<u8>)> = (0..40).map(|n| (format!("{n}.jpg"), jpeg(n * 6))).collect();
        let table = format!("评价ID,评价内容,评分,晒图\n{rows}");
        let mut all = vec![("a.csv", table.as_bytes())];
        all.extend(pictures.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        all.push(("x.jpg", b"<html>"));
        let path = files.path().join("a.zip");
        std::fs::write(&path, zip(&all)).unwrap();
        let request = ImportRequest {
            path,
            media_folder: None,
            file_name: "a.zip".into(),
            shop: ShopChoice::Named { name: "店".into(), platform: Some(Platform::Taobao) },
            profile: None,
            encoding: None,
            map: None,
            dry_run: false,
        };
        let id = import::submit(&desk, &scope, request.clone()).await.unwrap();
        // After the rows, and after the first group of pictures.
        for stop_after in [1, 2] {
            let asked = AtomicUsize::new(0);
            let go_on = || asked.fetch_add(1, Ordering::Relaxed) + 1 < stop_after;
            assert!(!import::run_queued(&desk, &scope, id, &request, go_on).await.unwrap(), "it was stopped");
        }
        assert!(import::run_queued(&desk, &scope, id, &request, || true).await.unwrap());
        let batch = import::get(&desk, &scope, id).await.unwrap().batch;
        assert_eq!((batch.state, batch.counts.new), (BatchState::Done, 40));
        assert_eq!((batch.media.files, batch.media.refused, batch.media.refusals.len()), (40, 1, 1));
        let (page, _) =
            reviews::list(&desk, &scope, &ReviewFilter::default(), Sort::Newest, None, 100).await.unwrap();
        for row in &page.rows {
            let view = reviews::get(&desk, &scope, row.id).await.unwrap();
            assert!(view.media.len() == 1 && view.media[0].file.is_some(), "{:?}", view.media);
        }
        let kept = "SELECT CAST(count(*) AS TEXT) FROM media_files";
        assert_eq!(database.raw_texts(kept).await.unwrap(), ["40"]);
        assert_eq!(doctor::run(&desk).await.unwrap(), []);
    }
}

#[test]
fn the_command_line_takes_an_archive_a_folder_or_a_table_and_a_folder() {
    let program = Program::new();
    let shop = program.path("店");
    std::fs::create_dir(&shop).unwrap();
    std::fs::write(shop.join("评价.csv"), TABLE).unwrap();
    for (name, bytes) in [("1.jpg", jpeg(10)), ("3.jpg", jpeg(30)), ("开箱.mp4", MP4.to_vec())] {
        std::fs::write(shop.join(name), bytes).unwrap();
    }
    let taken = |arguments: &[&str], status: i32| {
        let mut all = vec!["import"];
        all.extend(arguments);
        all.extend(["--shop", "甲", "--json"]);
        program.run(&all).ended(status).lines().remove(0)
    };
    let dry = taken(&["店", "--dry-run"], 0);
    assert_eq!((&dry["new"], &dry["media_files"]), (&json!(2), &json!(3)), "{dry}");
    let folder = taken(&["店"], 0);
    assert_eq!(
        (&folder["new"], &folder["media_files"], &folder["media_refused"]),
        (&json!(2), &json!(3), &json!(0))
    );
    program.write("另.csv", TABLE);
    let beside = taken(&["另.csv", "--media", "店"], 1);
    assert_eq!((&beside["unchanged"], &beside["media_files"]), (&json!(2), &json!(3)), "{beside}");
    assert_eq!(beside["media_refusals"][0]["name"], "评价.csv", "a second table is no picture");
    program.write("shop.zip", shop_zip());
    let archive = taken(&["shop.zip"], 1);
    assert_eq!(
        (&archive["unchanged"], &archive["media_files"], &archive["media_refused"]),
        (&json!(2), &json!(3), &json!(2))
    );
    std::fs::write(shop.join("二.csv"), TABLE).unwrap();
    let several = taken(&["店"], 2);
    assert!(several["error"]["message"].as_str().unwrap().contains("2 tables"), "{several}");
    let plain = program.run(&["import", "shop.zip", "--shop", "甲"]).ended(1);
    assert!(
        plain.error.contains("2.png: An SVG") && plain.error.contains("3 photos and videos taken, 2 refused")
    );
    program.run(&["doctor"]).ended(0);
}
