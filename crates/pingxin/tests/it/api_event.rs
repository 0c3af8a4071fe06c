//! What changes while somebody looks: told at once, to whom it may be told, whoever did it.

use std::time::Duration;

use futures::StreamExt;
use jiff::SignedDuration;
use pingxin_desk::import::{self, ImportRequest, ShopChoice};
use pingxin_desk::live::MOST_STREAMS;
use pingxin_domain::{Platform, Role, ShopAccess, ShopId};
use pingxin_testkit::clock::MockClock;
use serde_json::{Value, json};

use crate::house::{Caller, House, each_engine, on_sqlite};

/// A stream that a caller reads.
struct Stream {
    bytes: futures::stream::BoxStream<'static, String>,
    read: String,
}

/// An event: its kind, data and number.
#[derive(Debug, Clone)]
struct Heard {
    kind: String,
    data: Value,
    id: String,
}

impl Stream {
    async fn open(caller: &Caller<'_>) -> Self {
        let response = caller.open("GET", "/api/v1/events", None, "").await;
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"), "a packed stream comes late");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        let bytes = response.bytes_stream().map(|part| match part {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(_) => String::new(),
        });
        let mut stream = Self { bytes: bytes.boxed(), read: String::new() };
        let hello = stream.block().await.unwrap();
        assert!(hello.contains("retry:") && hello.contains("id:"), "{hello}");
        stream
    }

    /// The next block of lines; none when nothing comes in time or the stream is over.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.read.find("\n\n") {
                let block = self.read[..end].to_owned();
                self.read.drain(..end + 2);
                return Some(block);
            }
            let part = tokio::time::timeout(Duration::from_secs(8), self.bytes.next()).await.ok()??;
            self.read += &part;
        }
    }

    /// The next event.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            let block = self.block().await?;
            let field = |name: &str| {
                block.lines().find_map(|line| line.strip_prefix(name)).map(|text| text.trim().to_owned())
            };
            if let (Some(kind), Some(data)) = (field("event:"), field("data:")) {
                let data = serde_json::from_str(&data).unwrap();
                return Some(Heard { kind, data, id: field("id:").unwrap_or_default() });
            }
        }
    }

    /// The next event of a kind that fits.
    async fn wait_for(&mut self, kind: &str, fits: impl Fn(&Value) -> bool) -> Heard {
        loop {
            let heard = self.next().await.unwrap_or_else(|| panic!("no {kind} came"));
            if heard.kind == kind && fits(&heard.data) {
                return heard;
            }
        }
    }
}

async fn first_case(caller: &Caller<'_>) -> String {
    caller.get("/api/v1/cases").await.json()["cases"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_change_is_told_to_those_who_may_see_it() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        house.merchant("b").await;
        house.person(&scope, "none-a", Role::Agent, ShopAccess::Only(vec![])).await;
        let agent = house.signed_in("agent-a").await;
        let case = first_case(&agent).await;
        let mut supervisor = Stream::open(&house.signed_in("supervisor-a").await).await;
        let mut others = Vec::new();
        for login in ["none-a", "owner-b", "department-a"] {
            others.push((login, Stream::open(&house.signed_in(login).await).await));
        }
        agent.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": "已联系"})).await.is(200);
        let heard = supervisor.wait_for("changed", |data| data["cases"] == true).await;
        assert_eq!(heard.data["case_ids"], json!([case]));
        assert!(heard.id.parse::<u64>().is_ok());
        // Somebody comes to the case and writes.
        let path = format!("/api/v1/cases/{case}/presence");
        agent.json("PUT", &path, json!({"typing": true})).await.is(204);
        let heard = supervisor.wait_for("presence", |data| data["people"] != json!([])).await;
        assert_eq!((&heard.data["case_id"], &heard.data["people"][0]["name"]), (&json!(case), &json!("agent-a")));
        assert_eq!(heard.data["people"][0]["typing"], true);
        // Who joins now sees him at once; after half a minute of silence he is gone.
        let mut late = Stream::open(&house.signed_in("owner-a").await).await;
        late.wait_for("presence", |data| data["people"][0]["name"] == "agent-a").await;
        house.clock.advance(SignedDuration::from_secs(31));
        supervisor.wait_for("presence", |data| data["people"] == json!([])).await;
        // The department hears of its own task alone.
        let task = json!({"department": "warehouse", "text": "x"});
        agent.post(&format!("/api/v1/cases/{case}/tasks"), task).await.is(201);
        supervisor.wait_for("changed", |data| data["tasks"] == true).await;
        for (login, stream) in &mut others {
            let heard = tokio::time::timeout(Duration::from_secs(3), stream.next()).await.ok().flatten();
            match (*login, heard) {
                ("department-a", Some(heard)) => {
                    let only = json!({"reviews": false, "cases": false, "imports": false, "holds": false, "tasks": true, "case_ids": []});
                    assert_eq!((heard.kind.as_str(), &heard.data), ("changed", &only));
                }
                ("department-a", None) => panic!("the department was not told"),
                (_, heard) => assert!(heard.is_none(), "{login}: {heard:?}"),
            }
        }
    })
    .await;
}

async fn import_beside(house: &House, scope: &pingxin_domain::Scope, shop: &str) {
    let path = house.files.path().join("more.csv");
    std::fs::write(&path, "订单编号,评价内容,评分\nB1,线头太多,1\n").unwrap();
    let request = ImportRequest {
        path,
        media_folder: None,
        file_name: "more.csv".into(),
        shop: ShopChoice::Named { name: shop.into(), platform: Some(Platform::Taobao) },
        profile: None,
        encoding: None,
        map: None,
        dry_run: false,
    };
    import::run_now(&house.desk, scope, request, |_| true).await.unwrap();
}

#[tokio::test]
async fn what_another_process_brings_in_is_told_and_what_was_missed_is_caught_up() {
    each_engine(async |house| {
        let scope = house.merchant("a").await;
        let owner = house.signed_in("owner-a").await;
        let shops = owner.get("/api/v1/shops").await.json();
        let shop: ShopId = shops["shops"][0]["id"].as_str().unwrap().parse().unwrap();
        house.person(&scope, "one-a", Role::Agent, ShopAccess::Only(vec![shop])).await;
        let mut narrow = Stream::open(&house.signed_in("one-a").await).await;
        let mut stream = Stream::open(&owner).await;
        import_beside(house, &scope, "新店").await;
        let heard = stream.wait_for("changed", |data| data["reviews"] == true).await;
        assert_eq!((&heard.data["cases"], &heard.data["imports"]), (&json!(true), &json!(true)));
        let told = tokio::time::timeout(Duration::from_secs(3), narrow.next()).await.ok().flatten();
        assert!(told.as_ref().is_none_or(|told| told.data["reviews"] == false), "{told:?}");
        // The stream broke; meanwhile something was done.
        drop(stream);
        let case = first_case(&owner).await;
        owner.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": "x"})).await.is(200);
        let back = owner.clone().with("last-event-id", &heard.id);
        let mut stream = Stream::open(&back).await;
        let caught_up = stream.wait_for("changed", |data| data["cases"] == true).await;
        assert_eq!(caught_up.data["case_ids"], json!([case]));
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_its_server() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let case = first_case(&owner).await;
        let mut stream = Stream::open(&agent).await;
        agent.send("DELETE", "/api/v1/sessions/current", None, "").await.is(204);
        owner.post(&format!("/api/v1/cases/{case}/notes"), json!({"text": "x"})).await.is(200);
        assert!(stream.next().await.is_none(), "nobody hears more than he may");
        let clock: &MockClock = &house.clock;
        let mut idle = Stream::open(&owner).await;
        clock.advance(SignedDuration::from_hours(9));
        owner.house.desk.store.clock().now();
        import_beside(house, &pingxin_domain::Scope::command_line(tenant(house).await), "a 店").await;
        assert!(idle.next().await.is_none(), "an open page is no use of the session");
        let owner = house.signed_in("owner-a").await;
        let mut last = Stream::open(&owner).await;
        house.live.stop();
        let ended = tokio::time::timeout(Duration::from_secs(2), last.next()).await;
        assert!(matches!(ended, Ok(None)), "a stopping server ends its streams at once");
    })
    .await;
}

async fn tenant(house: &House) -> pingxin_domain::TenantId {
    pingxin_desk::tenants::all(&house.desk).await.unwrap()[0].id
}

#[tokio::test]
async fn a_person_holds_so_many_streams_and_a_watcher_ends_with_its_listeners() {
    on_sqlite(async |house| {
        house.merchant("a").await;
        let (owner, agent) = (house.signed_in("owner-a").await, house.signed_in("agent-a").await);
        let mut open = Vec::new();
        for _ in 0..MOST_STREAMS {
            open.push(Stream::open(&owner).await);
        }
        let refused = owner.get("/api/v1/events").await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
        open.push(Stream::open(&agent).await);
        assert_eq!(house.live.watched(), 1);
        drop(open);
        for _ in 0..100 {
            if house.live.watched() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert_eq!(house.live.watched(), 0, "nobody listens, nobody looks");
        drop(Stream::open(&owner).await);
    })
    .await;
}
