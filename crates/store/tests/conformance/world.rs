//! Two merchants with equal outside ids, and short ways to put things into their shops.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::intake::{
    IncomingBuyer, IncomingLine, IncomingOrder, IncomingReview, content_hash, review_identity,
};
use pingxin_domain::review::Rating;
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{
    Actor, BatchId, Currency, Money, Object, Platform, ReviewId, Role, Scope, ShopAccess, ShopId, TenantId,
    UserId,
};
use pingxin_language::{Cause, Fault, Language, Sentiment, SentimentLabel};
use pingxin_store::case::{self, CaseOpen};
use pingxin_store::identifier::fresh;
use pingxin_store::reference::CaseRef;
use pingxin_store::review::{self, ReviewFilter, ReviewInsert, ReviewRow, Sort, TriageColumns};
use pingxin_store::shop::NewShop;
use pingxin_store::user::NewUser;
use pingxin_store::{Store, StoreError, shop, tenant, user};
use pingxin_testkit::TestDatabase;

/// A merchant with two shops and an owner.
pub struct Merchant {
    pub tenant: TenantId,
    pub owner: UserId,
    pub first: ShopId,
    pub second: ShopId,
    /// The owner's bounds: everything of the merchant.
    pub scope: Scope,
}

impl Merchant {
    /// An agent who may see only these shops.
    pub fn agent(&self, shops: Vec<ShopId>) -> Scope {
        Scope {
            tenant: self.tenant,
            actor: Actor::User(self.owner),
            role: Role::Agent,
            department: None,
            shops: ShopAccess::Only(shops),
            ..self.scope.clone()
        }
    }
}

pub struct World {
    pub database: TestDatabase,
    pub ours: Merchant,
    pub theirs: Merchant,
}

/// `write!(world, |tx| …)`: a writing transaction whose closure may borrow.
macro_rules! writing {
    ($world:expr, |$tx:ident| $work:expr) => {
        $world.store().write(|$tx| Box::pin(async move { $work })).await
    };
}
macro_rules! reading {
    ($world:expr, |$tx:ident| $work:expr) => {
        $world.store().read(|$tx| Box::pin(async move { $work })).await
    };
}
pub(crate) use {reading, writing};

async fn merchant(store: &Store, name: &str) -> Merchant {
    let made: Result<Merchant, StoreError> = store
        .write(|tx| {
            Box::pin(async move {
                let tenant = tenant::create(tx, name, false).await?;
                let scope = Scope::system(tenant);
                let login = format!("{name}-owner");
                let new = NewUser {
                    login: &login,
                    display_name: "老板",
                    password_hash: "$argon2id$x",
                    role: Role::Owner,
                    department: None,
                    shops: ShopAccess::All,
                    locale: None,
                };
                let owner = user::create(tx, tenant, &new).await?;
                let scope = Scope { actor: Actor::User(owner), ..scope };
                let shop = |name| NewShop {
                    name,
                    platform: Platform::Taobao,
                    timezone: "Asia/Shanghai",
                    currency: Currency::CNY,
                };
                let first = shop::create(tx, &scope, &shop("旗舰店")).await?;
                let second = shop::create(tx, &scope, &shop("分店")).await?;
                Ok(Merchant { tenant, owner, first, second, scope })
            })
        })
        .await;
    made.unwrap()
}

impl World {
    pub async fn on(database: TestDatabase) -> Self {
        let ours = merchant(database.store(), "ours").await;
        let theirs = merchant(database.store(), "theirs").await;
        Self { database, ours, theirs }
    }

    pub fn store(&self) -> &Store {
        self.database.store()
    }

    pub fn now(&self) -> Timestamp {
        self.store().clock().now()
    }

    /// Stores reviews and gives their ids.
    pub async fn add(&self, scope: &Scope, shop: ShopId, reviews: &[IncomingReview]) -> Vec<ReviewId> {
        let ids: Vec<ReviewId> = reviews.iter().map(|_| fresh()).collect();
        self.insert(scope, shop, reviews, &ids, None).await.unwrap();
        ids
    }

    pub async fn insert(
        &self,
        scope: &Scope,
        shop: ShopId,
        reviews: &[IncomingReview],
        ids: &[ReviewId],
        batch: Option<BatchId>,
    ) -> Result<(), StoreError> {
        let mut twins: HashMap<String, u32> = HashMap::new();
        let now = self.now();
        let rows: Vec<ReviewInsert<'_>> = reviews
            .iter()
            .zip(ids)
            .zip(1..)
            .map(|((review, id), line)| {
                let identity = review_identity(review);
                let ordinal = twins.entry(identity.stored(0)).or_default();
                *ordinal += 1;
                ReviewInsert {
                    id: *id,
                    shop,
                    identity: identity.stored(*ordinal - 1),
                    review,
                    content_hash: content_hash(review),
                    order: None,
                    buyer: None,
                    batch,
                    line,
                    imported_at: now,
                    triage: Some(triage(review)),
                    opens_case: false,
                }
            })
            .collect();
        let rows = rows.as_slice();
        writing!(self, |tx| review::insert_many(tx, scope, rows).await)
    }

    /// Opens a case for a review.
    pub async fn open_case(&self, scope: &Scope, shop: ShopId, review: ReviewId, severity: u8) -> CaseRef {
        let opened_at = self.now();
        let case = CaseOpen { id: fresh(), shop, review, reason: CaseReason::LowStars, severity, opened_at };
        let cases = &[case];
        writing!(self, |tx| case::open_many(tx, scope, cases).await).unwrap().remove(0)
    }

    /// Every row that a filter finds, newest first, page by page.
    pub async fn all(&self, scope: &Scope, filter: &ReviewFilter, sort: Sort, limit: u32) -> Vec<ReviewRow> {
        let (mut rows, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let after = cursor.as_deref();
            let page =
                reading!(self, |tx| review::list(tx, scope, filter, sort, after, limit).await).unwrap();
            assert!(page.rows.len() <= limit as usize);
            rows.extend(page.rows);
            match page.next {
                Some(next) => cursor = Some(next),
                None => return rows,
            }
        }
    }

    /// The ids that a query finds.
    pub async fn found(&self, scope: &Scope, query: &str) -> Vec<ReviewId> {
        let filter = ReviewFilter { query: Some(query.into()), ..Default::default() };
        self.all(scope, &filter, Sort::Newest, 7).await.into_iter().map(|row| row.id).collect()
    }
}

/// A review of three stars or what `stars` says.
pub fn review(key: &str, text: &str) -> IncomingReview {
    IncomingReview {
        platform_review_id: Some(key.into()),
        object: Object::Review,
        order_number: None,
        order_line: None,
        product_key: None,
        product_title: None,
        rating: Rating::try_from(3).ok(),
        verdict: None,
        title: None,
        text: text.into(),
        created: None,
        photos: 0,
        media: Vec::new(),
        likes: None,
        reply: None,
        buyer: IncomingBuyer::default(),
        pingxin_id: None,
    }
}

/// `review`, written so many seconds after the beginning of 2026.
pub fn written(key: &str, text: &str, seconds: i64) -> IncomingReview {
    let created = Timestamp::from_second(1_767_225_600 + seconds).ok();
    IncomingReview { created, ..review(key, text) }
}

pub fn triage(review: &IncomingReview) -> TriageColumns {
    let stars = review.rating.map_or(3, Rating::stars);
    TriageColumns {
        language: Language::Chinese,
        sentiment: Sentiment { label: SentimentLabel::Negative, score: -0.5 },
        primary_cause: Some(Cause::Quality),
        causes: vec![Cause::Quality, Cause::Logistics],
        fault: Fault::Seller,
        severity: 100 - stars * 10,
        model: "test".into(),
        body: r#"{"language":"zh","sentiment":{"label":"negative","score":-0.5},"causes":[{"code":"quality","score":0.9,"spans":[]},{"code":"logistics","score":0.6,"spans":[]}],"primary_cause":"quality","fault":"seller"}"#.into(),
    }
}

pub fn order(number: &str) -> IncomingOrder {
    IncomingOrder {
        number: number.into(),
        state: Some(pingxin_domain::order::OrderState::Shipped),
        placed: "2026-10-01T00:00:00.000001Z".parse().ok(),
        paid: None,
        promised: None,
        shipped: "2026-10-02T00:00:00Z".parse().ok(),
        delivered: None,
        completed: None,
        amount: Some(Money { minor: 12_900, currency: Currency::CNY }),
        fulfilled_by: None,
        buy_shipping: Some(false),
        shipped_on_time: None,
        both_rated: Some(true),
        carrier: Some("顺丰".into()),
        tracking_number: Some("SF1".into()),
        buyer: IncomingBuyer::default(),
        lines: vec![line("L1", 2), line("L2", 1)],
    }
}

pub fn line(key: &str, quantity: u32) -> IncomingLine {
    IncomingLine {
        key: key.into(),
        sku: Some(format!("sku-{key}")),
        product_key: None,
        title: Some("保温杯".into()),
        quantity,
        price: Some(Money { minor: 4_300, currency: Currency::CNY }),
    }
}
