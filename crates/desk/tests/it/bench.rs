//! A desk on a fresh database, and rows to put on it.

use jiff::Timestamp;
use pingxin_desk::Desk;
use pingxin_domain::intake::{IncomingBuyer, IncomingLine, IncomingOrder, IncomingReview, IncomingRow};
use pingxin_domain::review::Rating;
use pingxin_domain::{Currency, Money, Object, Platform, Scope};
use pingxin_store::shop::{self, NewShop, Shop};
use pingxin_store::tenant;
use pingxin_testkit::database::TestDatabase;

/// A desk, its merchant and one shop.
pub struct Bench {
    /// Held, because the database goes when it is dropped.
    pub database: TestDatabase,
    pub desk: Desk,
    pub scope: Scope,
    pub shop: Shop,
}

impl Bench {
    async fn on(database: TestDatabase) -> Self {
        let store = database.store().clone();
        let (scope, shop) = store
            .write(|tx| {
                Box::pin(async move {
                    let scope = Scope::system(tenant::create(tx, "测试商家", false).await?);
                    let new = NewShop {
                        name: "木棉家居",
                        platform: Platform::Taobao,
                        timezone: "Asia/Shanghai",
                        currency: Currency::CNY,
                    };
                    let id = shop::create(tx, &scope, &new).await?;
                    let shop = shop::lock(tx, &scope, id).await?;
                    Ok((scope, shop))
                })
            })
            .await
            .unwrap();
        let files = std::env::temp_dir().join("pingxin-desk-tests");
        let desk = Desk::new(store, "pingxin".into(), files);
        Self { database, desk, scope, shop }
    }
}

/// One bench a database engine of this machine.
pub async fn benches() -> Vec<Bench> {
    let mut benches = Vec::new();
    for database in std::iter::once(TestDatabase::sqlite().await).chain(TestDatabase::postgres().await) {
        benches.push(Bench::on(database).await);
    }
    benches
}

/// A review of `text` with `stars`, under the platform's id.
pub fn review(id: &str, stars: u8, text: &str) -> IncomingReview {
    IncomingReview {
        platform_review_id: Some(id.to_owned()),
        object: Object::Review,
        order_number: None,
        order_line: None,
        product_key: None,
        product_title: Some("加厚纯棉四件套".to_owned()),
        rating: Rating::try_from(stars).ok(),
        verdict: None,
        title: None,
        text: text.to_owned(),
        created: instant("2026-11-01T08:00:00Z"),
        photos: 0,
        media: Vec::new(),
        likes: None,
        reply: None,
        buyer: IncomingBuyer { nick: Some("tb_猫小姐_88".to_owned()), ..IncomingBuyer::default() },
        pingxin_id: None,
    }
}

/// An order with one line.
pub fn order(number: &str, line: &str, fen: i64) -> IncomingOrder {
    IncomingOrder {
        number: number.to_owned(),
        state: Some(pingxin_domain::order::OrderState::Completed),
        placed: instant("2026-10-20T08:00:00Z"),
        paid: None,
        promised: None,
        shipped: None,
        delivered: instant("2026-10-23T08:00:00Z"),
        completed: None,
        amount: Some(Money { minor: fen, currency: Currency::CNY }),
        fulfilled_by: None,
        buy_shipping: None,
        shipped_on_time: None,
        both_rated: None,
        carrier: None,
        tracking_number: None,
        buyer: IncomingBuyer {
            nick: Some("tb_猫小姐_88".to_owned()),
            name: Some("毛小丽".to_owned()),
            phone: Some("17000001234".to_owned()),
            ..IncomingBuyer::default()
        },
        lines: vec![IncomingLine {
            key: line.to_owned(),
            sku: None,
            product_key: None,
            title: Some("加厚纯棉四件套".to_owned()),
            quantity: 1,
            price: None,
        }],
    }
}

/// Rows of one review each.
pub fn review_rows(reviews: impl IntoIterator<Item = IncomingReview>) -> Vec<IncomingRow> {
    reviews.into_iter().zip(2..).map(|(review, line)| row(line, None, vec![review])).collect()
}

/// A row of a file.
pub fn row(line: u64, order: Option<IncomingOrder>, reviews: Vec<IncomingReview>) -> IncomingRow {
    IncomingRow {
        line,
        order,
        reviews,
        records: Vec::new(),
        raw: vec![("评价内容".to_owned(), "…".to_owned())],
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}
