//! Counting: what reviews that arrive, change or go add to and take from their products and buyers.

use std::collections::HashMap;
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BuyerId, ProductId, Scope};
use pingxin_language::Cause;
use serde_json::{Value as Json, json};

use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, position};

/// The counters of a product, in the order of [`Counted::units`].
pub(crate) const COUNTERS: [&str; 10] = [
    "review_count",
    "rating_1",
    "rating_2",
    "rating_3",
    "rating_4",
    "rating_5",
    "verdict_good",
    "verdict_neutral",
    "verdict_bad",
    "bad_count",
];

/// What counts of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) product: Option<ProductId>,
    pub(crate) buyer: Option<BuyerId>,
    pub(crate) rating: Option<Rating>,
    pub(crate) verdict: Option<Verdict>,
    /// Each once.
    pub(crate) causes: Vec<Cause>,
    /// When it was written, else imported.
    pub(crate) at: Timestamp,
}

impl Counted {
    fn is_bad(&self) -> bool {
        self.rating.is_some_and(Rating::is_bad_or_neutral)
            || matches!(self.verdict, Some(Verdict::Neutral | Verdict::Bad))
    }

    /// What it adds to each of [`COUNTERS`].
    fn units(&self) -> [i64; 10] {
        let mut units = [0; 10];
        units[0] = 1;
        if let Some(rating) = self.rating {
            units[usize::from(rating.stars())] = 1;
        }
        match self.verdict {
            Some(Verdict::Good) => units[6] = 1,
            Some(Verdict::Neutral) => units[7] = 1,
            Some(Verdict::Bad) => units[8] = 1,
            None => {}
        }
        units[9] = i64::from(self.is_bad());
        units
    }
}

/// What is added to one product; taken away where negative.
struct Share {
    units: [i64; 10],
    causes: HashMap<Cause, i64>,
    first: i64,
    last: i64,
    /// Whether a review has left: its first and last instants are looked up anew.
    left: bool,
}

impl Default for Share {
    fn default() -> Self {
        Self { units: [0; 10], causes: HashMap::new(), first: i64::MAX, last: i64::MIN, left: false }
    }
}

/// Changes of counters, gathered and then written at once.
#[derive(Default)]
pub(crate) struct Tally {
    products: HashMap<ProductId, Share>,
    buyers: HashMap<BuyerId, i64>,
}

/// Adds to the counters of products what `d` holds for each, on either engine.
macro_rules! add_counts {
    () => {
        "UPDATE products SET review_count = review_count + d.u0, rating_1 = rating_1 + d.u1, \
         rating_2 = rating_2 + d.u2, rating_3 = rating_3 + d.u3, rating_4 = rating_4 + d.u4, rating_5 = rating_5 + d.u5, \
         verdict_good = verdict_good + d.u6, verdict_neutral = verdict_neutral + d.u7, verdict_bad = verdict_bad + d.u8, \
         bad_count = bad_count + d.u9, bad_rate = CASE WHEN review_count + d.u0 > 0 \
         THEN (bad_count + d.u9) * 10000 / (review_count + d.u0) ELSE 0 END, \
         first_review_at = CASE WHEN d.first_at < first_review_at THEN d.first_at ELSE first_review_at END, \
         last_review_at = CASE WHEN d.last_at > last_review_at THEN d.last_at ELSE last_review_at END "
    };
}

statements! {
    // LIMIT -1 lets SQLite work the list out first and look each row up by its key; without it, it walks all rows of the
    // merchant and reads the whole list for each.
    COUNT = concat!(add_counts!(), "FROM (SELECT unhex(value ->> 0) AS product, value ->> 1 AS u0, value ->> 2 AS u1, value ->> 3 AS u2, \
        value ->> 4 AS u3, value ->> 5 AS u4, value ->> 6 AS u5, value ->> 7 AS u6, value ->> 8 AS u7, \
        value ->> 9 AS u8, value ->> 10 AS u9, value ->> 11 AS first_at, value ->> 12 AS last_at FROM json_each($2) \
        LIMIT -1) d \
        WHERE products.tenant_id = $1 AND products.id = d.product"),
        concat!(add_counts!(), "FROM (SELECT (v ->> 0)::uuid AS product, (v ->> 1)::bigint AS u0, (v ->> 2)::bigint AS u1, \
        (v ->> 3)::bigint AS u2, (v ->> 4)::bigint AS u3, (v ->> 5)::bigint AS u4, (v ->> 6)::bigint AS u5, \
        (v ->> 7)::bigint AS u6, (v ->> 8)::bigint AS u7, (v ->> 9)::bigint AS u8, (v ->> 10)::bigint AS u9, \
        (v ->> 11)::bigint AS first_at, (v ->> 12)::bigint AS last_at \
        FROM json_array_elements($2::text::json) AS e (v)) d \
        WHERE products.tenant_id = $1 AND products.id = d.product");
    // An instant stands at most SPILL above its own place, so the reviews near the first and last place hold them.
    SPAN = "UPDATE products SET first_review_at = coalesce((SELECT min(coalesce(r.created_at, r.imported_at)) \
        FROM reviews r WHERE r.tenant_id = products.tenant_id AND r.product_id = products.id AND r.position <= $3 + \
        (SELECT min(f.position) FROM reviews f WHERE f.tenant_id = products.tenant_id AND f.product_id = products.id)), 0), \
        last_review_at = coalesce((SELECT max(coalesce(r.created_at, r.imported_at)) FROM reviews r \
        WHERE r.tenant_id = products.tenant_id AND r.product_id = products.id AND r.position >= \
        (SELECT max(f.position) FROM reviews f WHERE f.tenant_id = products.tenant_id AND f.product_id = products.id) - $3), 0) \
        WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    EMPTY = "SELECT id FROM products WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND review_count = 0";
    FORGET_CAUSES = "DELETE FROM product_causes WHERE tenant_id = $1 AND product_id = ANY($2::uuid[]) \
        AND review_count = 0";
    FORGET_SEARCH = "DELETE FROM product_search WHERE rowid IN (SELECT search_row FROM products WHERE tenant_id = $1 \
        AND id IN (SELECT unhex(value) FROM json_each($2)))", "SELECT 1 WHERE $1::uuid IS NULL AND $2::uuid[] IS NULL";
    FORGET_EVERY_CAUSE = "DELETE FROM product_causes WHERE tenant_id = $1 AND product_id = ANY($2::uuid[])";
    FORGET = "DELETE FROM products WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    COUNT_BUYERS = "UPDATE buyers SET bad_count = bad_count + d.many FROM (SELECT unhex(value ->> 0) AS buyer, \
        value ->> 1 AS many FROM json_each($2) LIMIT -1) d WHERE buyers.tenant_id = $1 AND buyers.id = d.buyer",
        "UPDATE buyers SET bad_count = bad_count + d.many FROM (SELECT (v ->> 0)::uuid AS buyer, \
        (v ->> 1)::bigint AS many FROM json_array_elements($2::text::json) AS e (v)) d \
        WHERE buyers.tenant_id = $1 AND buyers.id = d.buyer";
}

const CAUSES: &str = "ON CONFLICT (tenant_id, product_id, cause) DO UPDATE \
    SET review_count = product_causes.review_count + excluded.review_count";

impl Tally {
    /// A review is there that was not.
    pub(crate) fn arrived(&mut self, review: &Counted) {
        self.add(review, 1);
        if let Some(product) = review.product {
            let (share, at) = (self.products.entry(product).or_default(), review.at.as_microsecond());
            share.first = share.first.min(at);
            share.last = share.last.max(at);
        }
    }

    /// A review is gone.
    pub(crate) fn left(&mut self, review: &Counted) {
        self.add(review, -1);
        if let Some(product) = review.product {
            self.products.entry(product).or_default().left = true;
        }
    }

    /// A review says something else; its instant stays what it was.
    pub(crate) fn changed(&mut self, before: &Counted, after: &Counted) {
        if before.product == after.product {
            self.add(before, -1);
            self.add(after, 1);
        } else {
            self.left(before);
            self.arrived(after);
        }
    }

    fn add(&mut self, review: &Counted, sign: i64) {
        if let Some(buyer) = review.buyer.filter(|_| review.is_bad()) {
            *self.buyers.entry(buyer).or_default() += sign;
        }
        let Some(product) = review.product else { return };
        let share = self.products.entry(product).or_default();
        for (sum, unit) in share.units.iter_mut().zip(review.units()) {
            *sum += sign * unit;
        }
        for cause in &review.causes {
            *share.causes.entry(*cause).or_default() += sign;
        }
    }

    /// Writes it all. The reviews have been written, changed and removed before.
    pub(crate) async fn write(self, tx: &mut Tx<'_>, scope: &Scope) -> Result<(), StoreError> {
        let buyers: Vec<Json> = self
            .buyers
            .iter()
            .filter(|(_, many)| **many != 0)
            .map(|(buyer, many)| json!([buyer.uuid().simple().to_string(), many]))
            .collect();
        if !buyers.is_empty() {
            tx.execute(COUNT_BUYERS, values![scope.tenant, Json::from(buyers).to_string()]).await?;
        }
        let shares: Vec<Json> = self
            .products
            .iter()
            .filter(|(_, share)| share.units != [0; 10] || share.first <= share.last)
            .map(|(product, share)| {
                let mut row = vec![json!(product.uuid().simple().to_string())];
                row.extend(share.units.into_iter().chain([share.first, share.last]).map(Json::from));
                Json::from(row)
            })
            .collect();
        if !shares.is_empty() {
            tx.execute(COUNT, values![scope.tenant, Json::from(shares).to_string()]).await?;
        }
        self.write_causes(tx, scope).await?;
        let left: Vec<ProductId> =
            self.products.iter().filter(|(_, share)| share.left).map(|(product, _)| *product).collect();
        end(tx, scope, &left).await
    }

    async fn write_causes(&self, tx: &mut Tx<'_>, scope: &Scope) -> Result<(), StoreError> {
        let rows: Vec<(ProductId, Cause, i64)> = self
            .products
            .iter()
            .flat_map(|(product, share)| share.causes.iter().map(|(cause, many)| (*product, *cause, *many)))
            .filter(|(_, _, many)| *many != 0)
            .collect();
        Bulk::into("product_causes")
            .column("tenant_id", repeat_n(scope.tenant, rows.len()))
            .column("product_id", rows.iter().map(|row| row.0))
            .column("cause", rows.iter().map(|row| row.1.as_str()))
            .column("review_count", rows.iter().map(|row| row.2))
            .suffix(CAUSES)
            .run(tx)
            .await?;
        let mut fewer: Vec<ProductId> =
            rows.iter().filter(|(_, _, many)| *many < 0).map(|(product, _, _)| *product).collect();
        fewer.dedup();
        if !fewer.is_empty() {
            tx.execute(FORGET_CAUSES, values![scope.tenant, fewer.as_slice()]).await?;
        }
        Ok(())
    }
}

/// Products that a review has left: their first and last instants anew; those without any review go.
async fn end(tx: &mut Tx<'_>, scope: &Scope, products: &[ProductId]) -> Result<(), StoreError> {
    if products.is_empty() {
        return Ok(());
    }
    let empty: Vec<ProductId> = tx
        .all(EMPTY, values![scope.tenant, products])
        .await?
        .iter()
        .map(|row| row.columns().id())
        .collect::<Result<_, _>>()?;
    if !empty.is_empty() {
        for statement in [FORGET_SEARCH, FORGET_EVERY_CAUSE, FORGET] {
            tx.execute(statement, values![scope.tenant, empty.as_slice()]).await?;
        }
    }
    let kept: Vec<ProductId> = products.iter().copied().filter(|product| !empty.contains(product)).collect();
    if !kept.is_empty() {
        tx.execute(SPAN, values![scope.tenant, kept.as_slice(), position::REACH]).await?;
    }
    Ok(())
}
