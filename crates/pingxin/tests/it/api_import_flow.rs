//! The way of a file through the import page: looked at as a draft, mapped, saved as a profile, corrected, taken back; and
//! what comes with it to the case.

use serde_json::{Value, json};

use crate::house::{Caller, House, each_engine, on_sqlite};

const ODD: &str = "单子,说了什么,几颗,哪天,谁\n\
    D1,穿了两天就开线，质量太差,1,10/11/2026,小猫钓鱼\n\
    D2,很好看，物流也快,5,11/11/2026,momo2020\n\
    D3,色差有点大,6,12/11/2026,青山不改\n";
const MAP: &str = "order_number=单子,text=说了什么,rating=几颗,created:dmy=哪天,buyer_nick=谁";

async fn ended(caller: &Caller<'_>, id: &str) -> Value {
    for _ in 0..600 {
        let import = caller.get(&format!("/api/v1/imports/{id}")).await.is(200).json();
        let state = import["state"].as_str().unwrap();
        if !["queued", "running", "undoing"].contains(&state) {
            return import;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the import does not end")
}

async fn held(caller: &Caller<'_>, file: &str, shop: &str) -> String {
    let draft = caller.upload(file.into(), &[("shop_name", shop), ("hold", "true")]).await.is(202).json();
    assert_eq!(draft["state"], "draft", "{draft}");
    draft["id"].as_str().unwrap().to_owned()
}

fn uploads(house: &House) -> usize {
    std::fs::read_dir(house.desk.uploads().unwrap()).unwrap().count()
}

#[tokio::test]
async fn a_draft_is_looked_at_mapped_and_read() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let id = held(&agent, ODD, "a 店").await;
        let at = |rest: &str| format!("/api/v1/imports/{id}{rest}");
        let listed = agent.get("/api/v1/imports").await.is(200).json();
        assert!(listed["imports"].as_array().unwrap().iter().all(|import| import["id"] != *id));
        let preview = agent.post(&at("/preview"), json!({})).await.is(200).json();
        assert_eq!((&preview["format"], &preview["delimiter"]), (&json!("csv"), &json!(",")));
        assert!(preview["problem"]["message"].is_string(), "nothing is known of these columns: {preview}");
        let mapped = json!({ "map": MAP });
        let preview = agent.post(&at("/preview"), mapped.clone()).await.is(200).json();
        assert_eq!((&preview["problem"], &preview["kind"]), (&Value::Null, &json!("reviews")));
        let rows = preview["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0]["stored"][0]["what"], "review");
        let fields = rows[0]["stored"][0]["fields"].as_array().unwrap();
        let value = |name: &str| {
            fields.iter().find(|field| field["field"] == name).map(|field| field["value"].clone()).unwrap()
        };
        assert_eq!((value("rating"), value("buyer_nick")), (json!("1"), json!("小**鱼")));
        assert!(value("created").as_str().unwrap().starts_with("2026-11-10"), "{}", value("created"));
        assert_eq!((&rows[2]["failure"]["column"], &rows[2]["failure"]["line"]), (&json!("几颗"), &json!(4)));
        // With the order of its dates left open, somebody must say.
        let open = json!({ "map": MAP.replace(":dmy", "") });
        let asked = agent.post(&at("/preview"), open.clone()).await.is(200).json();
        assert_eq!(asked["problem"]["code"], "ambiguous_dates", "{asked}");
        let dates = asked["mapping"].as_array().unwrap().iter().find(|column| column["column"] == "哪天");
        assert_eq!(dates.unwrap()["ambiguous"], true);

        // A dry run is an import of its own; the draft waits on.
        let trial = agent.post(&at("/start"), json!({ "map": MAP, "dry_run": true })).await.is(202).json();
        assert_eq!((&trial["dry_run"], &trial["draft_id"]), (&json!(true), &json!(id)));
        let tried = ended(&agent, trial["id"].as_str().unwrap()).await;
        assert_eq!((&tried["new"], &tried["failed"]), (&json!(2), &json!(1)), "{tried}");
        assert_eq!((agent.get(&at("")).await.json()["state"].clone(), uploads(house)), (json!("draft"), 1));

        let start = json!({ "map": MAP, "save_profile": "我们 ERP 的评价表" });
        let started = agent.post(&at("/start"), start).await.is(202).json();
        assert_eq!(started["state"], "queued");
        let import = ended(&agent, &id).await;
        assert_eq!((&import["new"], &import["failed"]), (&json!(2), &json!(1)), "{import}");
        agent.post(&at("/preview"), mapped.clone()).await.is(409);
        agent.post(&at("/start"), mapped).await.is(409);
        assert_eq!(uploads(house), 0);

        // The next file of the kind is recognised.
        let next = held(&agent, &ODD.replace("D1", "E1").replace("D2", "E2"), "a 店").await;
        let preview = agent.post(&format!("/api/v1/imports/{next}/preview"), json!({})).await.is(200).json();
        assert_eq!((&preview["profile"], &preview["problem"]), (&json!("我们 ERP 的评价表"), &Value::Null));
        agent.json("DELETE", &format!("/api/v1/imports/{next}"), Value::Null).await.is(202);
        assert_eq!(uploads(house), 0, "a draft that is thrown away leaves nothing");
    })
    .await;
}

#[tokio::test]
async fn failed_rows_are_corrected_and_brought_in_again() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let broken = "订单编号,评价内容,评分,买家昵称,联系手机\n\
            F1,好,9,=猫,17000001234\n\
            F2,很好,5,b,17000001235\n\
            F3,没有引号的逗号,多了一格,1,c,17000001236\n";
        let accepted = agent.upload(broken.into(), &[("shop_name", "a 店")]).await.is(202).json();
        let id = accepted["id"].as_str().unwrap();
        let import = ended(&agent, id).await;
        assert_eq!((&import["new"], &import["failed"]), (&json!(1), &json!(2)), "{import}");
        let path = format!("/api/v1/imports/{id}/failed-rows.csv");
        let file = agent.get(&path).await.is(200);
        assert!(file.header("content-disposition").contains("attachment"));
        let text = file.text();
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[0].starts_with("订单编号,评价内容,评分,买家昵称,联系手机,"), "{}", lines[0]);
        assert!(lines[1].contains("17000001234") && lines[1].contains("F1,好,9,"), "{}", lines[1]);
        assert!(!lines[1].contains(",=猫"), "no formula: {}", lines[1]);
        assert!(
            lines[2].contains("多了一格") && lines[2].contains("17000001236"),
            "nothing is lost: {}",
            lines[2]
        );
        let mended = text.replace("F1,好,9,", "F1,好,4,");
        let again = agent.upload(mended.into(), &[("shop_name", "a 店")]).await.is(202).json();
        let import = ended(&agent, again["id"].as_str().unwrap()).await;
        assert_eq!(import["new"], 1, "{import}");
        let found = agent.get("/api/v1/reviews?order=F1").await.is(200).json();
        assert_eq!(
            (&found["reviews"][0]["rating"], &found["reviews"][0]["buyer"]),
            (&json!(4), &json!("=**猫"))
        );
        house.signed_in("read_only-a").await.get(&path).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn an_import_is_taken_back() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let file = crate::house::REVIEWS.replace("A100", "U200");
        let accepted = agent.upload(file.into(), &[("shop_name", "a 店")]).await.is(202).json();
        let id = accepted["id"].as_str().unwrap();
        ended(&agent, id).await;
        let path = format!("/api/v1/imports/{id}/undo");
        let preview = agent.get(&path).await.is(200).json();
        assert_eq!((&preview["removed"]["reviews"], &preview["removed"]["cases"]), (&json!(3), &json!(2)));
        assert_eq!(preview["kept_count"], 0);
        let cases = agent.get("/api/v1/cases?q=U2001").await.is(200).json();
        let case = cases["cases"][0]["id"].as_str().unwrap().to_owned();
        let note = format!("/api/v1/cases/{case}/notes");
        agent.post(&note, json!({ "text": "已联系" })).await.is(200);
        let preview = agent.clone().with("accept-language", "en").get(&path).await.is(200).json();
        assert_eq!((&preview["removed"]["reviews"], &preview["kept_count"]), (&json!(2), &json!(1)));
        assert_eq!(preview["kept"][0]["case_id"], case);
        assert!(preview["kept"][0]["reason"].as_str().unwrap().contains("worked on"));
        agent.post(&path, json!({})).await.is(202);
        let import = ended(&agent, id).await;
        assert_eq!((&import["state"], &import["undo"]["removed"]), (&json!("undone"), &json!(2)), "{import}");
        assert_eq!(import["undo"]["kept"], 1);
        agent.post(&path, json!({})).await.is(409);
        agent.get(&format!("/api/v1/imports/{id}/failed-rows.csv")).await.is(404);
        let left = agent.get("/api/v1/reviews").await.is(200).json();
        assert_eq!(left["count"]["value"], 4);
    })
    .await;
}

#[tokio::test]
async fn profiles_go_from_desk_to_desk() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let profile = json!({
            "pingxin_profile": 1, "name": "ERP",
            "columns": [{"column": "说了什么", "field": "text"}, {"column": "谁", "field": null}],
        });
        let created = agent.post("/api/v1/import-profiles", profile.clone()).await.is(201).json();
        agent.post("/api/v1/import-profiles", profile.clone()).await.is(409);
        let id = created["id"].as_str().unwrap();
        let listed = agent.get("/api/v1/import-profiles").await.is(200).json();
        assert_eq!(
            (&listed["profiles"][0]["name"], &listed["profiles"][0]["built_in"]),
            (&json!("ERP"), &json!(false))
        );
        assert!(listed["profiles"].as_array().unwrap().iter().any(|one| one["name"] == "taobao-orders"));
        let path = format!("/api/v1/import-profiles/{id}");
        assert_eq!(agent.get(&path).await.is(200).json(), profile);
        agent
            .post("/api/v1/import-profiles", json!({"pingxin_profile": 99, "name": "x", "columns": []}))
            .await
            .is(409);
        agent.json("DELETE", &path, Value::Null).await.is(204);
        agent.get(&path).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_chat_stands_beside_its_case() {
    each_engine(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let chat = "小猫钓鱼(2026-10-01 12:03:44):\n开线了，打我电话17000001234\n\
            旗舰店:小美(2026-10-01 12:04:10):\n亲，给您换一件\n\
            小猫钓鱼(2026-10-01 12:05:00):\n好\n";
        let accepted = agent.upload(chat.into(), &[("shop_name", "a 店")]).await.is(202).json();
        let import = ended(&agent, accepted["id"].as_str().unwrap()).await;
        assert_eq!((&import["kind"], &import["new"]), (&json!("chats"), &json!(3)), "{import}");
        let cases = agent.get("/api/v1/cases?q=A1001").await.is(200).json();
        let case = cases["cases"][0]["id"].as_str().unwrap();
        let records = agent.get(&format!("/api/v1/cases/{case}/records")).await.is(200).json();
        let messages = records["messages"].as_array().unwrap();
        assert_eq!(messages.len(), 3, "{records}");
        assert_eq!((&messages[0]["side"], &messages[1]["side"]), (&json!("buyer"), &json!("seller")));
        assert_eq!(messages[0]["text"], "开线了，打我电话170****1234");
        assert_eq!(messages[1]["speaker"], "旗舰店:小美");
    })
    .await;
}

#[tokio::test]
async fn figures_are_typed_listed_and_taken_away() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let agent = house.signed_in("agent-a").await;
        let shop = agent.get("/api/v1/shops").await.json()["shops"][0]["id"].clone();
        let typed = |value: &str, date: &str| json!({"shop_id": shop, "name": "3分钟回复率", "value": value, "date": date});
        let today = house.desk.store.clock().now().strftime("%Y-%m-%d").to_string();
        agent.post("/api/v1/figures", typed("98.5%", &today)).await.is(201);
        let created = agent.post("/api/v1/figures", typed("97%", &today)).await.is(201).json();
        let listed = agent.get("/api/v1/figures").await.is(200).json();
        assert_eq!(listed["figures"].as_array().unwrap().len(), 1, "typed anew, not twice: {listed}");
        let figure = &listed["figures"][0];
        assert_eq!((&figure["name"], &figure["value"], &figure["unit"]), (&json!("reply_rate_3min"), &json!("97"), &json!("percent")));
        agent.post("/api/v1/figures", typed("many", &today)).await.is(409);
        agent.post("/api/v1/figures", typed("1", "2999-01-01")).await.is(409);
        house.signed_in("read_only-a").await.post("/api/v1/figures", typed("1", &today)).await.is(403);
        let path = format!("/api/v1/figures/{}", created["id"].as_str().unwrap());
        agent.json("DELETE", &path, Value::Null).await.is(204);
        agent.json("DELETE", &path, Value::Null).await.is(404);
    })
    .await;
}
