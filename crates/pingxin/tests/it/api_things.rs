//! Orders, buyers and products: lists, pages, notes, and a contact that is revealed.

use pingxin_domain::{Role, ShopAccess};
use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

/// The first row of a list.
async fn first(caller: &Caller<'_>, list: &str, query: &str) -> Value {
    let rows = caller.get(&format!("/api/v1/{list}?{query}")).await.is(200).json();
    assert!(rows[list][0].is_object(), "no {list} for {query}: {rows}");
    rows[list][0].clone()
}

async fn many(caller: &Caller<'_>, list: &str, query: &str) -> usize {
    let rows = caller.get(&format!("/api/v1/{list}?{query}")).await.is(200).json();
    let shown = rows[list].as_array().unwrap().len();
    assert_eq!(rows["count"], json!({"value": shown, "capped": false}), "{list} {query}");
    shown
}

#[tokio::test]
async fn an_order_is_found_by_its_number_and_shows_what_belongs_to_it() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.order(&scope, "A9001", "momo2020").await;
        let agent = house.signed_in("agent-a").await;
        assert_eq!(many(&agent, "orders", "").await, 2);
        for query in [
            "q=A1001",
            "q=A100",
            "q=%E8%AE%A2%E5%8D%95%E5%8F%B7%EF%BC%9AA1001",
            "has_review=true&state=completed",
        ] {
            assert_eq!(many(&agent, "orders", query).await, 1, "{query}");
        }
        for query in ["q=A1999", "q=A1", "state=closed", "from=2026-09-21", "platform=jd"] {
            assert_eq!(many(&agent, "orders", query).await, 0, "{query}");
        }
        assert_eq!(many(&agent, "orders", "from=2026-09-20&to=2026-09-21&has_review=false").await, 1);
        let row = first(&agent, "orders", "q=A1001").await;
        assert_eq!(row["buyer"]["nick"], "小**鱼");
        assert_eq!((&row["number"], &row["review_count"]), (&json!("A1001"), &json!(1)));
        let order =
            agent.get(&format!("/api/v1/orders/{}", row["id"].as_str().unwrap())).await.is(200).json();
        assert_eq!(order["reviews"][0]["text"], "穿了两天就开线，质量太差");
        assert_eq!(order["cases"][0]["number"], order["reviews"][0]["case"]["number"]);
        assert_eq!(order["buyer"]["phone"], "170****1234");
        let product = order["lines"][0]["product_id"].as_str().unwrap();
        assert_eq!(many(&agent, "orders", &format!("product={product}")).await, 2);
        let buyer = order["buyer"]["id"].as_str().unwrap();
        assert_eq!(many(&agent, "orders", &format!("buyer={buyer}")).await, 1);
        assert!(order["records"]["messages"].is_array());
    })
    .await;
}

#[tokio::test]
async fn a_buyer_is_masked_until_revealed_and_that_is_an_entry_of_the_audit() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let row = first(&agent, "buyers", "q=%E5%B0%8F%E7%8C%AB%E9%92%93%E9%B1%BC").await;
        assert_eq!((&row["nick"], &row["phone"]), (&json!("小**鱼"), &json!("170****1234")));
        assert_eq!(
            (&row["order_count"], &row["bad_count"], &row["case_count"]),
            (&json!(1), &json!(1), &json!(1))
        );
        assert_eq!(first(&agent, "buyers", "q=A1001").await["id"], row["id"]);
        assert_eq!(many(&agent, "buyers", "sort=bad").await, 2);
        assert_eq!(many(&agent, "buyers", "has_case=false").await, 1);
        assert_eq!(many(&agent, "buyers", "bad_min=2").await, 0);
        let address = format!("/api/v1/buyers/{}", row["id"].as_str().unwrap());
        let buyer = agent.get(&address).await.is(200);
        assert!(
            !buyer.text().contains("17000001234") && !buyer.text().contains("小猫钓鱼"),
            "{}",
            buyer.text()
        );
        let buyer = buyer.json();
        assert_eq!(buyer["orders"][0]["number"], "A1001");
        assert_eq!(buyer["reviews"][0]["rating"], 1);
        assert!(buyer["cases"][0]["number"].is_u64());
        let noted =
            agent.post(&format!("{address}/notes"), json!({"text": " 常客，先补发 "})).await.is(200).json();
        assert_eq!(
            (&noted["notes"][0]["text"], &noted["notes"][0]["author"]["name"]),
            (&json!("常客，先补发"), &json!("agent-a"))
        );
        agent.post(&format!("{address}/notes"), json!({"text": " "})).await.is(422);

        let reveal = format!("{address}/reveal");
        let phone = agent.post(&reveal, json!({"field": "phone"})).await.is(200);
        assert_eq!(
            (phone.json()["value"].as_str(), phone.header("cache-control")),
            (Some("17000001234"), "no-store")
        );
        assert_eq!(agent.post(&reveal, json!({"field": "email"})).await.is(200).json()["value"], Value::Null);
        agent.post(&reveal, json!({"field": "password"})).await.is(422);
        house.signed_in("read_only-a").await.post(&reveal, json!({"field": "phone"})).await.is(403);
        let entries = house.audit().await;
        let revealed: Vec<&String> =
            entries.iter().filter(|entry| entry.contains("contact.reveal")).collect();
        assert_eq!(revealed.len(), 2, "{entries:?}");
        assert!(revealed[0].contains("phone") && entries.iter().all(|entry| !entry.contains("17000001234")));
    })
    .await;
}

#[tokio::test]
async fn a_product_shows_what_its_reviews_add_up_to() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        assert_eq!(many(&agent, "products", "").await, 2);
        let row = first(&agent, "products", "q=%E5%9B%9B%E4%BB%B6%E5%A5%97").await;
        assert_eq!(row["title"], "纯棉四件套 加厚");
        assert_eq!((&row["reviews"], &row["bad"], &row["bad_rate"]), (&json!(2), &json!(1), &json!(5000)));
        assert_eq!(row["ratings"], json!([1, 0, 0, 0, 1]));
        assert_eq!(first(&agent, "products", "sort=bad_rate").await["title"], "遮光窗帘");
        assert_eq!(first(&agent, "products", "sort=newest").await["title"], "遮光窗帘");
        assert_eq!(many(&agent, "products", "cause=quality").await, 1);
        assert_eq!(many(&agent, "products", "reviews_min=2").await, 1);
        assert_eq!(
            many(&agent, "products", "q=%E8%B4%A8%E9%87%8F").await,
            0,
            "words of reviews are no titles"
        );
        let product =
            agent.get(&format!("/api/v1/products/{}", row["id"].as_str().unwrap())).await.is(200).json();
        let quality = json!({"cause": "quality", "count": 1});
        assert!(product["causes"].as_array().unwrap().contains(&quality), "{product}");
    })
    .await;
}

#[tokio::test]
async fn one_box_finds_everything_and_only_within_the_shops() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.merchant("b").await;
        house.person(&scope, "none-a", Role::Agent, ShopAccess::Only(vec![])).await;
        let (agent, none) = (house.signed_in("agent-a").await, house.signed_in("none-a").await);
        let number = agent.get("/api/v1/cases?q=A1001").await.json()["cases"][0]["number"].as_u64().unwrap();
        for (typed, kinds) in [
            ("A1001", vec!["reviews", "cases", "orders", "buyers"]),
            (" 订单编号：Ａ１００１。\n买家：某某", vec!["reviews", "cases", "orders", "buyers"]),
            ("A100", vec!["orders"]),
            ("小猫钓鱼", vec!["reviews", "cases", "orders", "buyers"]),
            ("四件套", vec!["reviews", "cases", "products"]),
            ("开线", vec!["reviews", "cases"]),
            (&format!("#{number}"), vec!["cases"]),
            ("？！", vec![]),
        ] {
            let url = reqwest::Url::parse_with_params("http://x/api/v1/search", [("q", typed)]).unwrap();
            let address = format!("{}?{}", url.path(), url.query().unwrap());
            let found = agent.get(&address).await.is(200).json();
            for kind in ["reviews", "cases", "orders", "buyers", "products"] {
                let hit = !found[kind].as_array().unwrap().is_empty();
                assert_eq!(hit, kinds.contains(&kind), "{typed:?} {kind}: {found}");
            }
            let nothing = none.get(&address).await.is(200).json();
            assert!(nothing.as_object().unwrap().values().all(|rows| rows == &json!([])), "{nothing}");
            let side = agent.get(&format!("{address}&kinds=cases,reviews")).await.is(200).json();
            assert_eq!((&side["cases"], &side["orders"]), (&found["cases"], &json!([])));
        }
        agent.get("/api/v1/search?q=x&kinds=people").await.is(400);
    })
    .await;
}

#[tokio::test]
async fn lists_come_out_as_files_without_contacts() {
    each_engine(async |house| {
        house.merchant("a").await;
        let supervisor = house.signed_in("supervisor-a").await;
        for (list, rows, word) in
            [("orders", 1, "A1001"), ("buyers", 3, "小**鱼"), ("products", 2, "遮光窗帘")]
        {
            for format in ["csv", "jsonl", "xlsx"] {
                let file = supervisor.get(&format!("/api/v1/{list}/export?format={format}")).await.is(200);
                if format == "jsonl" {
                    assert_eq!(file.text().lines().count(), rows, "{list}: {}", file.text());
                }
                assert!(format == "xlsx" || file.text().contains(word), "{list}: {}", file.text());
                assert!(!file.text().contains("17000001234"));
            }
        }
    })
    .await;
}
