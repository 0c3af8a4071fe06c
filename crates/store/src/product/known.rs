//! Finding the products that reviews name, and adding those that are new.

use std::collections::{BTreeMap, HashMap};
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::triage::severity::MOST_RANK;
use pingxin_domain::{ProductId, Scope, ShopId};
use sha2::{Digest, Sha256};

use super::identity;
use crate::search::{Document, document};
use crate::sql::{Bulk, statements, values};
use crate::{Engine, StoreError, Tx, hex, identifier};

/// What a review says of its product.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) shop: ShopId,
    pub(crate) key: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    /// The instant of the review: of two titles the later one counts.
    pub(crate) at: Timestamp,
}

/// Characters of a title that search knows; longer ones are lists of words for a platform's search box.
const SEARCHED_TITLE: usize = 200;
const SEARCHED_KEY: usize = 50;
/// A product with fewer reviews has no place among those of its shop.
const FEWEST_RANKED: u32 = 10;

statements! {
    BY_HASH = "SELECT identity_hash, id, title, last_review_at FROM products WHERE tenant_id = $1 AND shop_id = $2 \
        AND identity_hash IN (SELECT unhex(value) FROM json_each($3))",
        "SELECT identity_hash, id, title, last_review_at FROM products WHERE tenant_id = $1 AND shop_id = $2 \
        AND identity_hash IN (SELECT decode(value, 'hex') FROM unnest($3::text[]) AS h (value))";
    // Of all shops of the merchant, as the index has them; a shop of which none is among those has no product that stands out.
    MOST_REVIEWED = "SELECT identity_hash FROM (SELECT shop_id, identity_hash, review_count, id FROM products WHERE tenant_id = $1 \
        ORDER BY review_count DESC, id DESC LIMIT 500) AS most WHERE shop_id = $2 AND review_count >= $3 \
        ORDER BY review_count DESC, id DESC LIMIT $4";
    // FTS5 keeps one row a document in its docsize table: the rows taken by all merchants.
    LAST_SEARCH_ROW = "SELECT coalesce(max(id), 0) FROM product_search_docsize", "SELECT 0::bigint";
    RETITLE = "UPDATE products SET title = $3 WHERE tenant_id = $1 AND id = $2 RETURNING search_row",
        "UPDATE products SET title = $3, search = $4::tsvector WHERE tenant_id = $1 AND id = $2 RETURNING 0::bigint";
    FORGET_SEARCH = "DELETE FROM product_search WHERE rowid = $1", "SELECT 1 WHERE $1::bigint IS NULL";
}

struct Known {
    id: ProductId,
    title: Option<String>,
    last: Timestamp,
}

/// What of a product is new to the store.
struct Fresh<'a> {
    id: ProductId,
    hash: [u8; 16],
    named: Named<'a>,
}

fn hash_of(identity: &str) -> [u8; 16] {
    let digest = Sha256::digest(identity.as_bytes());
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}

/// What search looks through: the title and, on a line of its own, the platform's id.
pub(crate) fn searched(key: Option<&str>, title: Option<&str>, engine: Engine) -> Document {
    let cut = |text: Option<&str>, most| text.unwrap_or("").chars().take(most).collect::<String>();
    document(&[cut(title, SEARCHED_TITLE), cut(key, SEARCHED_KEY)].join("\n"), engine)
}

/// The product of each review, in order; new ones are added without any counts, and a later title is taken over. None
/// where the review names no product.
pub(crate) async fn name_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rows: &[Named<'_>],
) -> Result<Vec<Option<ProductId>>, StoreError> {
    let hashes: Vec<Option<[u8; 16]>> =
        rows.iter().map(|row| identity(row.key, row.title).map(|identity| hash_of(&identity))).collect();
    // The last one of each product that has a title, else the last one.
    // Sorted, so that the same file numbers its new products alike every time.
    let mut latest: BTreeMap<(ShopId, [u8; 16]), Named<'_>> = BTreeMap::new();
    for (hash, row) in hashes.iter().zip(rows) {
        let Some(hash) = hash else { continue };
        latest
            .entry((row.shop, *hash))
            .and_modify(|kept| {
                if (row.title.is_some(), row.at, row.title) > (kept.title.is_some(), kept.at, kept.title) {
                    *kept = *row;
                }
            })
            .or_insert(*row);
    }
    let mut shops: Vec<ShopId> = latest.keys().map(|(shop, _)| *shop).collect();
    shops.sort_unstable();
    shops.dedup();
    let mut ids: HashMap<(ShopId, [u8; 16]), ProductId> = HashMap::new();
    for shop in shops {
        // In an order that does not depend on chance.
        let of_shop: BTreeMap<[u8; 16], Named<'_>> = latest
            .iter()
            .filter(|((of, _), _)| *of == shop)
            .map(|((_, hash), named)| (*hash, *named))
            .collect();
        let known = known(tx, scope, shop, of_shop.keys()).await?;
        let mut fresh = Vec::new();
        for (hash, named) in of_shop {
            match known.get(&hash) {
                Some(known) => {
                    retitle(tx, scope, known, named).await?;
                    ids.insert((shop, hash), known.id);
                }
                None => {
                    let id = identifier::fresh();
                    ids.insert((shop, hash), id);
                    fresh.push(Fresh { id, hash, named });
                }
            }
        }
        add(tx, scope, shop, &fresh).await?;
    }
    let id_of = |(row, hash): (&Named<'_>, &Option<[u8; 16]>)| {
        hash.and_then(|hash| ids.get(&(row.shop, hash)).copied())
    };
    Ok(rows.iter().zip(&hashes).map(id_of).collect())
}

/// The products that lines of an order speak of, by key and title, in order; none where no review has named it.
///
/// # Errors
/// The database's error.
pub async fn of_lines(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    lines: &[(Option<&str>, Option<&str>)],
) -> Result<Vec<Option<ProductId>>, StoreError> {
    crate::shop::require(scope, shop)?;
    let hashes: Vec<Option<[u8; 16]>> =
        lines.iter().map(|(key, title)| identity(*key, *title).map(|said| hash_of(&said))).collect();
    let known = known(tx, scope, shop, hashes.iter().flatten()).await?;
    Ok(hashes.iter().map(|hash| hash.and_then(|hash| known.get(&hash)).map(|known| known.id)).collect())
}

/// The place of each product, by key and title, among those of its shop by the number of reviews stored, from 1; none for
/// one beyond the first [`MOST_RANK`] or with fewer than ten reviews.
///
/// # Errors
/// The database's error.
pub async fn ranks(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    products: &[(Option<&str>, Option<&str>)],
) -> Result<Vec<Option<u32>>, StoreError> {
    crate::shop::require(scope, shop)?;
    let hashes: Vec<Option<[u8; 16]>> =
        products.iter().map(|(key, title)| identity(*key, *title).map(|said| hash_of(&said))).collect();
    if hashes.iter().all(Option::is_none) {
        return Ok(vec![None; products.len()]);
    }
    let mut places: HashMap<[u8; 16], u32> = HashMap::new();
    let rows = tx.all(MOST_REVIEWED, values![scope.tenant, shop, FEWEST_RANKED, MOST_RANK]).await?;
    for (row, place) in rows.into_iter().zip(1..) {
        places.insert(row.columns().hash()?, place);
    }
    Ok(hashes.iter().map(|hash| hash.and_then(|hash| places.get(&hash).copied())).collect())
}

async fn known(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    hashes: impl Iterator<Item = &[u8; 16]>,
) -> Result<HashMap<[u8; 16], Known>, StoreError> {
    let digits: Vec<String> = hashes.map(|hash| hex::encode(hash)).collect();
    let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
    let mut known = HashMap::with_capacity(digits.len());
    for row in tx.all(BY_HASH, values![scope.tenant, shop, digits.as_slice()]).await? {
        let mut columns = row.columns();
        let hash = columns.hash()?;
        known.insert(hash, Known { id: columns.id()?, title: columns.opt_text()?, last: columns.instant()? });
    }
    Ok(known)
}

/// Takes over a title that no earlier review had.
async fn retitle(tx: &mut Tx<'_>, scope: &Scope, known: &Known, named: Named<'_>) -> Result<(), StoreError> {
    let Some(title) = named.title.filter(|title| known.title.as_deref() != Some(*title)) else {
        return Ok(());
    };
    if known.title.is_some() && named.at < known.last {
        return Ok(());
    }
    let engine = tx.engine();
    let document = searched(named.key, Some(title), engine);
    let mut row = values![scope.tenant, known.id, title];
    if engine == Engine::Postgres {
        row.push(document.index.as_str().into());
    }
    let search_row = tx.one(RETITLE, row).await?.columns().int()?;
    if engine == Engine::Sqlite {
        tx.execute(FORGET_SEARCH, values![search_row]).await?;
        index(tx, &[search_row], &[document]).await?;
    }
    Ok(())
}

async fn add(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId, fresh: &[Fresh<'_>]) -> Result<(), StoreError> {
    if fresh.is_empty() {
        return Ok(());
    }
    let (many, engine) = (fresh.len(), tx.engine());
    let documents: Vec<Document> =
        fresh.iter().map(|new| searched(new.named.key, new.named.title, engine)).collect();
    let mut bulk = Bulk::into("products")
        .column("tenant_id", repeat_n(scope.tenant, many))
        .column("id", fresh.iter().map(|new| new.id))
        .column("shop_id", repeat_n(shop, many))
        .column("identity_hash", fresh.iter().map(|new| &new.hash))
        .column("product_key", fresh.iter().map(|new| new.named.key.filter(|key| !key.is_empty())))
        .column("title", fresh.iter().map(|new| new.named.title))
        .column("first_review_at", fresh.iter().map(|new| new.named.at))
        .column("last_review_at", fresh.iter().map(|new| new.named.at));
    for counter in super::tally::COUNTERS {
        bulk = bulk.column(counter, repeat_n(0_i64, many));
    }
    bulk = bulk.column("bad_rate", repeat_n(0_i64, many));
    let last = tx.one(LAST_SEARCH_ROW, vec![]).await?.columns().int()?;
    let search_rows: Vec<i64> = (last + 1..).take(many).collect();
    bulk = match engine {
        Engine::Sqlite => bulk.column("search_row", search_rows.iter().copied()),
        Engine::Postgres => {
            bulk.cast_column("search", "tsvector", documents.iter().map(|document| document.index.as_str()))
        }
    };
    bulk.run(tx).await.map_err(|error| error.or_conflict("product"))?;
    if engine == Engine::Sqlite {
        index(tx, &search_rows, &documents).await?;
    }
    Ok(())
}

/// SQLite's search entries.
async fn index(tx: &mut Tx<'_>, rows: &[i64], documents: &[Document]) -> Result<(), StoreError> {
    Bulk::into("product_search")
        .column("rowid", rows.iter().copied())
        .column("tokens", documents.iter().map(|document| document.index.as_str()))
        .run(tx)
        .await
        .map(drop)
}
