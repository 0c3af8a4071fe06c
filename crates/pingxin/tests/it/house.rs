//! A server on a database of its own, with two merchants in it, and people who talk to it over real HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use pingxin::http::origin::Reach;
use pingxin::http::{App, router};
use pingxin::worker::Workers;
use pingxin_channels::outward;
use pingxin_desk::import::{self, ImportRequest, ShopChoice};
use pingxin_desk::live::Live;
use pingxin_desk::people::{self, Hasher, NewPerson, TokenMeter};
use pingxin_desk::{Desk, cases, reviews, shops, tenants};
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::compensation::{Ask, Benefit, CompensationRules};
use pingxin_domain::incentive::Basis;
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingBuyer, IncomingChatMessage, IncomingLine, IncomingOrder, IncomingRecord,
    RecordKind,
};
use pingxin_domain::media::{MediaKind, MediaName, MediaType};
use pingxin_domain::order::OrderState;
use pingxin_domain::outbox::{Delivery, OutChannel};
use pingxin_domain::{
    Action, BatchId, CaseId, CompensationId, Currency, Department, Money, OrderId, Platform, RecordId, Role,
    Scope, ShopAccess, ShopId, TenantId,
};
use pingxin_language::Cause;
use pingxin_store::compensation::{self, NewCompensation};
use pingxin_store::incentive::{self, NewIncentive};
use pingxin_store::media::{self, FileShape, NewFile, ReviewNames};
use pingxin_store::order::{self, OrderWrite};
use pingxin_store::outbox::{self, NewOutgoing, OutBody};
use pingxin_store::record::{self, RecordWrite};
use pingxin_store::review::{ReviewFilter, Sort};
use pingxin_store::{buyer, case, identifier, tenant, user};
use pingxin_testkit::clock::MockClock;
use pingxin_testkit::database::TestDatabase;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::Notify;

/// Bytes of an uploaded file at most.
pub const FILE_LIMIT: u64 = 4 * 1024 * 1024;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// Three reviews of one shop, two of them bad.
pub const REVIEWS: &str = "订单编号,评价内容,评分,买家昵称,评价时间,宝贝标题\n\
    A1001,穿了两天就开线，质量太差,1,小猫钓鱼,2026-10-01 10:00:00,纯棉四件套 加厚\n\
    A1002,很好看，物流也快,5,momo2020,2026-10-02 11:30:00,纯棉四件套 加厚\n\
    A1003,色差有点大,3,青山不改,2026-10-03 09:15:00,遮光窗帘\n";

/// What stands for a photo where nobody looks into it.
pub const PHOTO: &[u8] = b"\xff\xd8\xff the bytes of a photo";

/// A server with its database.
pub struct House {
    pub address: String,
    pub desk: Desk,
    pub hasher: Hasher,
    pub live: Live,
    pub clock: Arc<MockClock>,
    pub client: Client,
    pub files: TempDir,
    // Dropped last: the server still holds connections.
    database: TestDatabase,
}

/// Runs a test on every engine there is here.
pub async fn each_engine(test: impl AsyncFn(&House)) {
    let databases = [Some(TestDatabase::sqlite().await), TestDatabase::postgres().await];
    for database in databases.into_iter().flatten() {
        let house = House::open(database).await;
        test(&house).await;
    }
}

/// Runs a test on SQLite alone, where the engine makes no difference.
pub async fn on_sqlite(test: impl AsyncFn(&House)) {
    let house = House::open(TestDatabase::sqlite().await).await;
    test(&house).await;
}

impl House {
    async fn open(database: TestDatabase) -> Self {
        // `PINGXIN_LOG=info cargo test` shows why something was a 500.
        pingxin::log::start("off");
        let files = tempfile::tempdir().unwrap();
        let web = files.path().join("web");
        std::fs::create_dir_all(web.join("assets")).unwrap();
        std::fs::write(web.join("index.html"), "<!doctype html><title>desk</title>").unwrap();
        std::fs::write(web.join("assets/app-0a1b.js"), "export {};".repeat(200)).unwrap();
        std::fs::write(files.path().join("secret.txt"), "not for the web").unwrap();
        let program = env!("CARGO_BIN_EXE_pingxin").into();
        let desk = Desk::new(database.store().clone(), program, files.path().join("data"));
        // The other sides of its channels are servers of the tests.
        let desk = desk.reaching(outward::Reach { local: true });
        let hasher = Hasher::new();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listen = listener.local_addr().unwrap();
        let live = Live::new(&desk);
        let app = App {
            desk: desk.clone(),
            hasher: hasher.clone(),
            tokens: TokenMeter::default(),
            reach: Reach::new(listen, None).unwrap(),
            live: live.clone(),
            work: Arc::new(Notify::new()),
            web_folder: Some(web),
            file_limit: FILE_LIMIT,
        };
        let workers = Workers::start(&desk, 1, &app.work);
        let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move {
            let _workers = workers;
            axum::serve(listener, service).await
        });
        Self {
            address: format!("http://{listen}"),
            live,
            desk,
            hasher,
            clock: Arc::clone(database.clock()),
            client: Client::builder().timeout(Duration::from_secs(30)).build().unwrap(),
            files,
            database,
        }
    }

    /// The engine, to name it when something fails.
    pub fn engine(&self) -> String {
        format!("{:?}", self.database.store().engine())
    }

    /// A merchant with a shop, three reviews and one person of each role (one of the warehouse too), whose logins end in `-NAME`.
    pub async fn merchant(&self, name: &str) -> Scope {
        let tenant = self.tenant(name).await;
        let scope = Scope::command_line(tenant);
        for role in Role::ALL {
            self.person(&scope, &format!("{}-{name}", role.code()), role, ShopAccess::All).await;
        }
        let path = self.files.path().join(format!("{name}.csv"));
        std::fs::write(&path, REVIEWS).unwrap();
        let request = ImportRequest {
            path,
            media_folder: None,
            file_name: "评价.csv".into(),
            shop: ShopChoice::Named { name: format!("{name} 店"), platform: Some(Platform::Taobao) },
            profile: None,
            encoding: None,
            map: None,
            dry_run: false,
        };
        let view = import::run_now(&self.desk, &scope, request, |_| true).await.unwrap();
        assert_eq!(view.batch.counts.new, 3, "{view:?}");
        assert_eq!(shops::list(&self.desk, &scope).await.unwrap().len(), 1);
        self.photograph(&scope, view.batch.id).await;
        self.order(&scope, "A1001", "小猫钓鱼").await;
        scope
    }

    /// A shop of the merchant's own with one order, its buyer's address and his bad review; the id of its case.
    pub async fn own_shop(&self, scope: &Scope) -> String {
        let files = [
            (
                "orders.csv",
                "订单编号,买家昵称,买家邮箱,订单状态,订单创建时间,宝贝标题\nW1,lena,lena@example.com,交易成功,2026-10-20 10:00:00,四件套\n",
            ),
            (
                "reviews.csv",
                "评价ID,订单编号,评价内容,评分,评价时间,买家昵称\nO1,W1,穿了两天就开线,1,2026-11-21 10:00:00,lena\n",
            ),
        ];
        for (name, text) in files {
            let path = self.files.path().join(name);
            std::fs::write(&path, text).unwrap();
            let request = ImportRequest {
                path,
                media_folder: None,
                file_name: name.into(),
                shop: ShopChoice::Named { name: "官网".into(), platform: Some(Platform::OwnShop) },
                profile: None,
                encoding: None,
                map: None,
                dry_run: false,
            };
            let view = import::run_now(&self.desk, scope, request, |_| true).await.unwrap();
            assert_eq!(view.batch.counts.new, 1, "{view:?}");
        }
        let newest = case::Sort::Newest;
        let list = self.desk.store.read(|tx| {
            Box::pin(
                async move { case::list(tx, scope, &case::CaseFilter::default(), newest, None, 5).await },
            )
        });
        let rows = list.await.unwrap().rows;
        rows.iter().find(|row| row.shop.name == "官网").expect("a case").id.to_string()
    }

    /// The order of a review, with the phone of who placed it.
    pub async fn order(&self, scope: &Scope, number: &str, nick: &str) {
        self.order_in(scope, 0, number, nick).await;
    }

    async fn order_in(&self, scope: &Scope, shop: usize, number: &str, nick: &str) {
        let shop = shops::list(&self.desk, scope).await.unwrap()[shop].shop.id;
        let (nick, phone) = (Some(nick.to_owned()), Some("17000001234".to_owned()));
        let buyer = &IncomingBuyer { nick, phone, ..IncomingBuyer::default() };
        let line = IncomingLine {
            key: "1".into(),
            sku: None,
            product_key: None,
            title: Some("纯棉四件套 加厚".into()),
            quantity: 1,
            price: None,
        };
        let order = &IncomingOrder {
            number: number.into(),
            state: Some(OrderState::Completed),
            placed: "2026-09-20T08:00:00Z".parse().ok(),
            paid: None,
            promised: None,
            shipped: None,
            delivered: None,
            completed: None,
            amount: Some(Money { minor: 12_900, currency: Currency::CNY }),
            fulfilled_by: None,
            buy_shipping: None,
            shipped_on_time: None,
            both_rated: None,
            carrier: None,
            tracking_number: None,
            buyer: IncomingBuyer::default(),
            lines: vec![line],
        };
        let stored = self.desk.store.write(|tx| {
            Box::pin(async move {
                let buyer = buyer::upsert_many(tx, scope, shop, &[buyer]).await?[0];
                let id: OrderId = identifier::fresh();
                let (content_hash, line_hashes) = ([0; 16], vec![[0; 16]]);
                let write = OrderWrite { id, is_new: true, order, buyer, content_hash, line_hashes, line: 1 };
                order::save_many(tx, scope, shop, None, &[write]).await?;
                order::link_reviews(tx, scope, shop, &[(number, id)]).await
            })
        });
        stored.await.unwrap();
    }

    /// Puts a message about a case into the outbox, for a day to come; its id.
    pub async fn write_about(&self, case: &str) -> String {
        let case: CaseId = case.parse().unwrap();
        let payload = serde_json::Value::Null;
        let body =
            &OutBody {
                subject: "补发".into(), text: "配件今天补发。".into(), shown_to: None, payload
            };
        let send_at = self.clock_now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
        for tenant in tenants::all(&self.desk).await.unwrap() {
            let scope = &Scope::system(tenant.id);
            let put = self.desk.store.write(|tx| {
                Box::pin(async move {
                    let Some(known) = case::get(tx, scope, case).await? else { return Ok(None) };
                    let new = NewOutgoing {
                        shop: Some(known.row.shop.id),
                        case: Some(case),
                        channel: OutChannel::Mail,
                        delivery: Delivery::Blind,
                        event: None,
                        body,
                        released: &[],
                        hold: None,
                        unique_key: None,
                        send_at,
                        author: None,
                    };
                    outbox::add(tx, scope, &new).await.map(Some)
                })
            });
            if let Some((id, _)) = put.await.unwrap() {
                return id.to_string();
            }
        }
        panic!("no merchant has the case {case}")
    }

    /// Puts a message of the shop into a chat that belongs to no order; its id.
    pub async fn say_in(&self, shop: &str) -> String {
        let (id, at) = (identifier::fresh::<RecordId>(), self.clock_now());
        let record = IncomingRecord::Chat(IncomingChatMessage {
            order_number: Some(format!("C{id}")),
            buyer_nick: None,
            side: Some(ChatSide::Seller),
            speaker: Some("店:小美".into()),
            at,
            text: "您好，在的".into(),
            ordinal: 0,
        });
        self.tell_in(shop, id, RecordKind::Chat, record).await
    }

    /// Puts a refund that a buyer asks for into a shop, of an order that is not stored; its id.
    pub async fn return_in(&self, shop: &str) -> String {
        let id: RecordId = identifier::fresh();
        let record = IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
            platform_id: Some(format!("R{id}")),
            kind: Some(AfterSaleKind::Return),
            state: Some(AfterSaleState::Requested),
            order_number: Some(format!("O{id}")),
            order_line: None,
            product_key: None,
            product_title: Some("四件套".into()),
            sku: None,
            quantity: 1,
            amount: Some(Money { minor: 12_900, currency: Currency::CNY }),
            reason: Some("质量问题".into()),
            explanation: Some("开线了，电话 13800001234".into()),
            disposition: None,
            requested: Some(self.clock_now()),
            resolved: None,
            carrier: None,
            tracking_number: None,
            buyer: IncomingBuyer::default(),
        }));
        self.tell_in(shop, id, RecordKind::AfterSale, record).await
    }

    async fn tell_in(&self, shop: &str, id: RecordId, kind: RecordKind, record: IncomingRecord) -> String {
        let shop: ShopId = shop.parse().unwrap();
        for tenant in tenants::all(&self.desk).await.unwrap() {
            let scope = &Scope::system(tenant.id);
            if shops::find(&self.desk, scope, shop).await.unwrap().is_none() {
                continue;
            }
            let (identity, line) = (record.identity(), 1);
            let write = &[RecordWrite { id, is_new: true, identity, record, buyer: None, line }];
            let saved = self.desk.store.write(|tx| {
                Box::pin(async move { record::save_many(tx, scope, shop, kind, None, write).await })
            });
            saved.await.unwrap();
            return id.to_string();
        }
        panic!("no merchant has the shop {shop}")
    }

    /// The bounds of the merchant that has a case.
    async fn scope_of(&self, case: CaseId) -> Scope {
        for tenant in tenants::all(&self.desk).await.unwrap() {
            let scope = Scope::system(tenant.id);
            if cases::get(&self.desk, &scope, case).await.is_ok() {
                return scope;
            }
        }
        panic!("no merchant has the case {case}")
    }

    /// Something that is asked for in a case and waits; its id. Each is for an order of its own.
    pub async fn give_in(&self, case: &str) -> String {
        let case: CaseId = case.parse().unwrap();
        // What was asked for a whole order leaves no room for more: here each is for a line of its own.
        let apart = "UPDATE compensations SET line_key = 'line ' || asked_at WHERE line_key = ''";
        self.database.raw(apart).await.unwrap();
        let scope = &self.scope_of(case).await;
        let shop = cases::get(&self.desk, scope, case).await.unwrap().detail.row.shop.id;
        let given = self.desk.store.write(|tx| {
            Box::pin(async move {
                let line: CompensationId = identifier::fresh();
                let line = line.to_string();
                let cny = |minor| Money { minor, currency: Currency::CNY };
                let ask = Ask {
                    asker: None,
                    shop,
                    cause: None,
                    kind: Benefit::PartialRefund,
                    amount: cny(3_000),
                    line: &line,
                    order: Some(cny(100_000)),
                    presents: true,
                    rating_talk_today: false,
                };
                let new = NewCompensation {
                    case,
                    order_number: &line,
                    month: "2020-01".parse().unwrap(),
                    rules_version: 0,
                    note: Some("x"),
                };
                let mut written = CompensationRules::shipped().written();
                written.caps.clear();
                written.budgets.clear();
                let rules = CompensationRules::of(&written).unwrap();
                compensation::ask(tx, scope, &rules, &ask, &new).await
            })
        });
        given.await.unwrap().unwrap().to_string()
    }

    /// A claimed incentive for a case; its id. It is watched no more.
    pub async fn earn_in(&self, case: &str) -> String {
        let case: CaseId = case.parse().unwrap();
        let scope = &self.scope_of(case).await;
        let shop = cases::get(&self.desk, scope, case).await.unwrap().detail.row.shop.id;
        static NEXT: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(1);
        let end = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let earned = self.desk.store.write(|tx| {
            Box::pin(async move {
                let ended = Timestamp::from_second(end).unwrap();
                let user = user::list(tx, scope).await?[0].id;
                let new = NewIncentive {
                    case,
                    shop,
                    user,
                    basis: Basis::Confirmed,
                    cause: Cause::Quality,
                    amount: Money { minor: 5_000, currency: Currency::CNY },
                    rules_version: 0,
                    solved_at: ended,
                    watch_until: ended,
                };
                incentive::add(tx, scope, &new).await
            })
        });
        earned.await.unwrap().to_string()
    }

    /// Puts a photo beside every review of an import.
    async fn photograph(&self, scope: &Scope, id: BatchId) {
        let newest = shops::list(&self.desk, scope).await.unwrap().pop().unwrap().shop.id;
        let filter = ReviewFilter { shops: vec![newest], ..ReviewFilter::default() };
        let (page, _) = reviews::list(&self.desk, scope, &filter, Sort::Newest, None, 10).await.unwrap();
        let names = &[MediaName::new(MediaKind::Photo, "1.jpg").unwrap()];
        let named: &Vec<ReviewNames<'_>> =
            &page.rows.iter().map(|row| ReviewNames { review: row.id, names, replace: true }).collect();
        let shape = FileShape { media_type: MediaType::Jpeg, width: Some(2), height: Some(1) };
        let file = &NewFile { file_name: "1.jpg", shape, bytes: PHOTO };
        let bound = self.desk.store.write(|tx| {
            Box::pin(async move {
                media::name_many(tx, scope, Some(id), named).await?;
                media::attach(tx, scope, id, file).await
            })
        });
        assert_eq!(bound.await.unwrap(), 3);
    }

    async fn tenant(&self, name: &str) -> TenantId {
        self.desk
            .store
            .write(|tx| Box::pin(async move { tenant::create(tx, name, false).await }))
            .await
            .unwrap()
    }

    pub async fn person(&self, scope: &Scope, login: &str, role: Role, shops: ShopAccess) {
        let person = NewPerson {
            login: login.into(),
            display_name: login.into(),
            password: PASSWORD.into(),
            role,
            department: (role == Role::Department).then_some(Department::Warehouse),
            shops,
        };
        people::add(&self.desk, &self.hasher, scope, person).await.unwrap();
    }

    /// The entries of the audit, each as one text.
    pub async fn audit(&self) -> Vec<String> {
        let query = "SELECT actor || ' ' || action || ' ' || subject_id || ' ' || detail FROM audit_entries";
        self.database.raw_texts(query).await.unwrap()
    }

    /// The first column of every row of a query, past the store.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        self.database.raw_texts(query).await.unwrap()
    }

    /// Another shop of a merchant, with three reviews and an order of its own.
    pub async fn second_shop(&self, scope: &Scope, name: &str) {
        let path = self.files.path().join(format!("{name}.csv"));
        std::fs::write(&path, REVIEWS).unwrap();
        let request = ImportRequest {
            path,
            media_folder: None,
            file_name: "评价.csv".into(),
            shop: ShopChoice::Named { name: name.into(), platform: Some(Platform::Tmall) },
            profile: None,
            encoding: None,
            map: None,
            dry_run: false,
        };
        let view = import::run_now(&self.desk, scope, request, |_| true).await.unwrap();
        self.photograph(scope, view.batch.id).await;
        self.order_in(scope, 1, "A1001", "小猫钓鱼").await;
    }

    /// Brings one more review into the merchant's shop; answers its id.
    pub async fn add_review(&self, scope: &Scope, text: &str, stars: u8, at: &str) -> String {
        let shop = shops::list(&self.desk, scope).await.unwrap().remove(0).shop;
        let path = self.files.path().join("one.csv");
        let cells =
            format!("订单编号,评价内容,评分,买家昵称,评价时间\nZ9009,\"{text}\",{stars},月半小夜曲,{at}\n");
        std::fs::write(&path, cells).unwrap();
        let request = ImportRequest {
            path,
            media_folder: None,
            file_name: "一条.csv".into(),
            shop: ShopChoice::Id(shop.id),
            profile: None,
            encoding: None,
            map: None,
            dry_run: false,
        };
        let view = import::run_now(&self.desk, scope, request, |_| true).await.unwrap();
        assert_eq!(view.batch.counts.new, 1, "{view:?}");
        let filter = ReviewFilter { order_number: Some("Z9009".into()), ..ReviewFilter::default() };
        let (page, _) = reviews::list(&self.desk, scope, &filter, Sort::Newest, None, 1).await.unwrap();
        page.rows[0].id.to_string()
    }

    /// The time it is.
    pub fn clock_now(&self) -> Timestamp {
        self.desk.store.clock().now()
    }

    /// As if somebody called from another address from now on: wrong passwords are counted anew, wrong codes are not.
    pub async fn forget_tries_at_address(&self, login: &str) {
        let hash = |text: String| {
            let bytes = pingxin_store::secret::hash_of(&text);
            bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        for mark in [format!("try\u{1f}127.0.0.1\u{1f}{login}"), "try\u{1f}127.0.0.1".to_owned()] {
            let hash = hash(mark);
            let literal =
                if self.engine() == "Sqlite" { format!("x'{hash}'") } else { format!("'\\x{hash}'::bytea") };
            self.database
                .raw(&format!("DELETE FROM login_tries WHERE login_hash = {literal}"))
                .await
                .unwrap();
        }
    }

    /// A program with a token of this person.
    pub async fn with_token(&self, person: &Caller<'_>, actions: &[Action], days: u32) -> Caller<'_> {
        let permissions: Vec<&str> = actions.iter().map(|action| action.code()).collect();
        let new = serde_json::json!({"name": "test", "permissions": permissions, "days": days});
        let made = person.post("/api/v1/tokens", new).await.is(201).json();
        let mut program = self.stranger().with_token(made["token"].as_str().unwrap());
        // A person has fifty at most; this one is taken back when the next is made.
        let list = person.get("/api/v1/tokens").await.is(200).json();
        for old in list["tokens"].as_array().unwrap().iter().skip(10) {
            let path = format!("/api/v1/tokens/{}", old["id"].as_str().unwrap());
            person.json("DELETE", &path, Value::Null).await.is(204);
        }
        program.cookie = None;
        program
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Caller<'_> {
        Caller { house: self, cookie: None, headers: HeaderMap::new() }
    }

    /// Somebody who is.
    pub async fn signed_in(&self, login: &str) -> Caller<'_> {
        let answer = self.stranger().log_in(login, PASSWORD).await;
        assert_eq!(answer.status, 201, "{login}: {}", answer.text());
        let mut caller = self.stranger();
        caller.cookie = answer.cookie();
        caller
    }
}

/// Who talks to the server, as one of its own pages would, unless a header is set or taken away.
#[derive(Clone)]
pub struct Caller<'h> {
    pub house: &'h House,
    pub cookie: Option<String>,
    headers: HeaderMap,
}

/// What the server answered.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The token the browser would keep.
    pub fn cookie(&self) -> Option<String> {
        let cookie = self.header("set-cookie").split(';').next()?.strip_prefix("__Host-pingxin=")?;
        (!cookie.is_empty()).then(|| cookie.to_owned())
    }

    /// Fails with the answer's own words unless it has this status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

impl Caller<'_> {
    /// The same caller with a header of his own; an empty value leaves the usual one out.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        self
    }

    /// A program that sends this token, and nothing that a page would.
    pub fn with_token(self, token: &str) -> Self {
        let bearer = format!("Bearer {token}");
        self.with("authorization", &bearer).with("origin", "").with("x-pingxin", "")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, "").await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json("POST", path, body).await
    }

    pub async fn json(&self, method: &str, path: &str, body: Value) -> Answer {
        self.send(method, path, Some("application/json"), body.to_string()).await
    }

    pub async fn log_in(&self, login: &str, password: &str) -> Answer {
        self.post("/api/v1/sessions", serde_json::json!({ "login": login, "password": password })).await
    }

    /// Sends a form with one file and some texts, as the import page does.
    pub async fn upload(&self, file: Vec<u8>, texts: &[(&str, &str)]) -> Answer {
        let edge = "----edge-of-the-form";
        let mut body = Vec::new();
        for (name, value) in texts {
            body.extend(
                format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        let head =
            "Content-Disposition: form-data; name=\"file\"; filename=\"评价.csv\"\r\nContent-Type: text/csv";
        body.extend(format!("--{edge}\r\n{head}\r\n\r\n").bytes());
        body.extend(file);
        body.extend(format!("\r\n--{edge}--\r\n").bytes());
        self.send("POST", "/api/v1/imports", Some(&format!("multipart/form-data; boundary={edge}")), body)
            .await
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let response = self.open(method, path, kind, body).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let kind = headers.get("content-type").map_or("", |kind| kind.to_str().unwrap());
        // A stream of events has no end.
        let is_stream = kind.starts_with("text/event-stream");
        let body = if is_stream { Vec::new() } else { response.bytes().await.unwrap().to_vec() };
        Answer { status, headers, body }
    }

    /// The answer as it begins, its body still to be read.
    pub async fn open(
        &self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: impl Into<Vec<u8>>,
    ) -> reqwest::Response {
        let method: Method = method.parse().unwrap();
        let mut headers = HeaderMap::new();
        let mut put =
            |name: &'static str, value: &str| headers.insert(name, HeaderValue::from_str(value).unwrap());
        if !method.is_safe() {
            put("origin", &self.house.address);
            put("x-pingxin", "1");
        }
        if let Some(kind) = kind {
            put("content-type", kind);
        }
        if let Some(cookie) = &self.cookie {
            put("cookie", &format!("__Host-pingxin={cookie}"));
        }
        headers.extend(self.headers.clone());
        let left_out: Vec<HeaderName> =
            headers.iter().filter(|(_, value)| value.is_empty()).map(|(name, _)| name.clone()).collect();
        for name in left_out {
            headers.remove(name);
        }
        let url = format!("{}{path}", self.house.address);
        let request = self.house.client.request(method, url).headers(headers).body(body.into());
        request.send().await.unwrap()
    }
}
