//! Working out what newer versions keep of rows that older ones stored: the products of reviews with their counters, and
//! by what buyers are found.
//!
//! It runs when a database is opened, in short transactions that each note how far they came: stopped anywhere, it goes
//! on from there, and rows that are counted already are left alone.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BuyerId, ReviewId, Scope, ShopId, TenantId};
use uuid::Uuid;

use crate::buyer::nick_index;
use crate::product::{self, Counted, Named, Tally};
use crate::review::write::read_counted;
use crate::sealed::Place;
use crate::sql::{Columns, Row, statements, values};
use crate::{Store, StoreError, Tx};

/// Rows of one transaction.
const STEP: u32 = 1_000;

statements! {
    OPEN = "SELECT name FROM backfills WHERE done_at IS NULL ORDER BY name";
    LOCK = "SELECT after_tenant, after_row, done_at FROM backfills WHERE name = $1 FOR UPDATE";
    // An import locks its shop, so that none counts what is being counted here.
    LOCK_SHOPS = "SELECT id FROM shops ORDER BY tenant_id, id FOR UPDATE";
    MOVE = "UPDATE backfills SET after_tenant = $2, after_row = $3 WHERE name = $1";
    END = "UPDATE backfills SET done_at = $2 WHERE name = $1";
    REVIEWS = "SELECT tenant_id, id, shop_id, product_key, product_title, product_id, buyer_id, rating, verdict, causes, \
        coalesce(created_at, imported_at) FROM reviews WHERE (tenant_id, id) > ($1, $2) ORDER BY tenant_id, id LIMIT $3";
    SET_PRODUCT = "UPDATE reviews SET product_id = $3 WHERE tenant_id = $1 AND id = $2";
    BUYERS = "SELECT tenant_id, id, nick_sealed FROM buyers WHERE (tenant_id, id) > ($1, $2) \
        ORDER BY tenant_id, id LIMIT $3";
    SET_BUYER = "UPDATE buyers SET nick_index = $3, bad_count = (SELECT count(*) FROM reviews r \
        WHERE r.tenant_id = buyers.tenant_id AND r.buyer_id = buyers.id \
        AND (r.rating <= 3 OR r.verdict IN ('neutral', 'bad'))) WHERE tenant_id = $1 AND id = $2";
}

/// Does what is left to do; mostly nothing.
pub(crate) async fn run(store: &Store) -> Result<(), StoreError> {
    let open = store.read(|tx| Box::pin(async move { tx.all(OPEN, vec![]).await })).await?;
    for row in open {
        let name = row.columns().text()?;
        tracing::info!(name, "bringing stored rows to this version; large databases take minutes");
        let name = name.as_str();
        while store.write(|tx| Box::pin(step(tx, name))).await? {}
    }
    Ok(())
}

/// One step; whether there is another.
async fn step(tx: &mut Tx<'_>, name: &str) -> Result<bool, StoreError> {
    let row = tx.one(LOCK, values![name]).await?;
    let mut columns = row.columns();
    let (tenant, after) = (columns.id::<TenantId>()?, columns.id::<ReviewId>()?.uuid());
    if columns.opt_instant()?.is_some() {
        return Ok(false);
    }
    tx.all(LOCK_SHOPS, vec![]).await?;
    let last = match name {
        "buyers" => buyers(tx, tenant, after).await?,
        "products" => products(tx, tenant, after).await?,
        other => return Err(StoreError::Corrupt { what: format!("a backfill called {other}") }),
    };
    match last {
        Some((tenant, row)) => tx.execute(MOVE, values![name, tenant, row]).await?,
        None => {
            let now = tx.now();
            tx.execute(END, values![name, now]).await?
        }
    };
    Ok(last.is_some())
}

/// Gives buyers what they are found and sorted by.
async fn buyers(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    after: Uuid,
) -> Result<Option<(TenantId, Uuid)>, StoreError> {
    let keys = tx.keys();
    let mut last = None;
    for row in tx.all(BUYERS, values![tenant, after, STEP]).await? {
        let mut columns = row.columns();
        let (tenant, id) = (columns.id::<TenantId>()?, columns.id::<BuyerId>()?);
        let uuid = id.uuid();
        let place = Place { tenant, table: "buyers", row: uuid.as_bytes(), field: "nick" };
        let nick = keys.open_text(place, columns.opt_bytes()?)?;
        tx.execute(SET_BUYER, values![tenant, id, nick_index(&keys, tenant, nick.as_deref())]).await?;
        last = Some((tenant, uuid));
    }
    Ok(last)
}

/// A review as an older version left it.
struct Uncounted {
    tenant: TenantId,
    id: ReviewId,
    shop: ShopId,
    key: Option<String>,
    title: Option<String>,
    counted: Counted,
}

impl Uncounted {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let mut row: Columns<'_> = row.columns();
        Ok(Self {
            tenant: row.id()?,
            id: row.id()?,
            shop: row.id()?,
            key: row.opt_text()?,
            title: row.opt_text()?,
            counted: read_counted(&mut row)?,
        })
    }

    fn named(&self) -> Named<'_> {
        let at: Timestamp = self.counted.at;
        Named { shop: self.shop, key: self.key.as_deref(), title: self.title.as_deref(), at }
    }
}

/// Gives reviews their product, and counts those that have none yet.
async fn products(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    after: Uuid,
) -> Result<Option<(TenantId, Uuid)>, StoreError> {
    let rows = tx.all(REVIEWS, values![tenant, after, STEP]).await?;
    let reviews: Vec<Uncounted> = rows.iter().map(Uncounted::read).collect::<Result<_, _>>()?;
    for of_tenant in reviews.chunk_by(|one, other| one.tenant == other.tenant) {
        let scope = Scope::system(of_tenant[0].tenant);
        let new: Vec<&Uncounted> =
            of_tenant.iter().filter(|review| review.counted.product.is_none()).collect();
        let named: Vec<Named<'_>> = new.iter().map(|review| review.named()).collect();
        let found = product::name_many(tx, &scope, &named).await?;
        let mut tally = Tally::default();
        for (review, product) in new.into_iter().zip(found) {
            if product.is_none() {
                continue;
            }
            tx.execute(SET_PRODUCT, values![review.tenant, review.id, product]).await?;
            // Buyers are counted on their own.
            tally.arrived(&Counted { product, buyer: None, ..review.counted.clone() });
        }
        tally.write(tx, &scope).await?;
    }
    Ok(reviews.last().map(|review| (review.tenant, review.id.uuid())))
}
