//! Settings: shops, the calendar, what runs here.

use serde_json::{Value, json};

use crate::house::each_engine;

#[tokio::test]
async fn a_shop_gets_another_name_and_zone() {
    each_engine(async |house| {
        house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let other = json!({"name": "新店", "platform": "taobao"});
        owner.post("/api/v1/shops", other).await.is(201);
        let shop = owner.get("/api/v1/shops").await.json()["shops"][0].clone();
        let path = format!("/api/v1/shops/{}", shop["id"].as_str().unwrap());
        let change = async |body: Value| owner.json("PATCH", &path, body).await;
        let changed = change(json!({"name": " 旗舰店 ", "timezone": "Asia/Tokyo"})).await.is(200).json();
        assert_eq!((&changed["name"], &changed["timezone"]), (&json!("旗舰店"), &json!("Asia/Tokyo")));
        assert_eq!(changed["reviews"], 3);
        change(json!({})).await.is(200);
        for refused in [json!({"name": "新店"}), json!({"name": " "}), json!({"timezone": "Mars/Base"})] {
            change(refused).await.is(409);
        }
        let row = owner.get("/api/v1/reviews").await.json()["reviews"][0]["shop"]["name"].clone();
        assert_eq!(row, "旗舰店");
        let entries = owner.get("/api/v1/audit?action=shop.change").await.json()["entries"].clone();
        assert_eq!(entries.as_array().unwrap().len(), 1, "what changes nothing is no entry: {entries}");
    })
    .await;
}

#[tokio::test]
async fn public_days_are_known_and_own_days_count_first() {
    each_engine(async |house| {
        house.merchant("a").await;
        house.merchant("b").await;
        let (owner, other) = (house.signed_in("owner-a").await, house.signed_in("owner-b").await);
        let days = async |year: i16| owner.get(&format!("/api/v1/calendar?year={year}")).await.is(200).json();
        let day = |found: &Value, date: &str| {
            found["days"].as_array().unwrap().iter().find(|day| day["date"] == date).cloned()
        };
        let shipped = days(2026).await;
        assert!(shipped["source"].as_str().unwrap().contains("国办发明电〔2025〕7号"));
        let work = json!({"date": "2026-02-14", "kind": "workday", "name": "春节调休", "own": false});
        assert_eq!(day(&shipped, "2026-02-14"), Some(work));
        assert_eq!(day(&shipped, "2026-10-01").unwrap()["kind"], "holiday");
        assert_eq!(days(2033).await, json!({"days": [], "source": null}), "nobody invents holidays");
        let path = "/api/v1/calendar/2026-10-01";
        owner.json("PUT", path, json!({"kind": "workday", "name": "大促值班"})).await.is(200);
        let own = json!({"date": "2026-10-01", "kind": "workday", "name": "大促值班", "own": true});
        let found = days(2026).await;
        assert_eq!(day(&found, "2026-10-01"), Some(own));
        assert_eq!(found["days"].as_array().unwrap().len(), shipped["days"].as_array().unwrap().len());
        let theirs = other.get("/api/v1/calendar?year=2026").await.json();
        assert_eq!(day(&theirs, "2026-10-01").unwrap()["own"], false);
        other.send("DELETE", path, None, "").await.is(404);
        owner.send("DELETE", path, None, "").await.is(204);
        assert_eq!(days(2026).await, shipped);
        owner
            .json("PUT", "/api/v1/calendar/2026-02-30", json!({"kind": "holiday", "name": ""}))
            .await
            .is(404);
        owner.json("PUT", path, json!({"kind": "holiday", "name": "长".repeat(41)})).await.is(422);
        house
            .signed_in("agent-a")
            .await
            .json("PUT", path, json!({"kind": "holiday", "name": ""}))
            .await
            .is(403);
        owner.get("/api/v1/calendar?year=99").await.is(409);
    })
    .await;
}

#[tokio::test]
async fn what_runs_here_is_said() {
    each_engine(async |house| {
        house.merchant("a").await;
        let about = house.signed_in("read_only-a").await.get("/api/v1/about").await.is(200).json();
        assert_eq!(about["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(about["engine"], house.engine().to_lowercase());
        assert!(about["schema"].as_i64().unwrap() >= 7 && !about["model"].as_str().unwrap().is_empty());
        assert_eq!(about["calendar_years"], json!([2025, 2026]));
    })
    .await;
}
