//! What the database already knows about the rows of a chunk.

use std::collections::{HashMap, HashSet};

use pingxin_domain::intake::ReviewIdentity;
use pingxin_domain::{BatchId, Scope, ShopId};
use pingxin_store::order::StoredOrder;
use pingxin_store::review::StoredReview;
use pingxin_store::{StoreError, Tx, order, review};

use super::prepare::{Prepared, PreparedRow};
use super::records::{self, KnownRecords};

/// The stored side of a chunk.
#[derive(Debug, Default)]
pub struct Known {
    /// Orders by number: those the rows tell of and those their reviews name.
    pub orders: HashMap<String, StoredOrder>,
    /// Reviews by stored identity.
    pub reviews: HashMap<String, StoredReview>,
    /// Records by kind and stored identity.
    pub records: KnownRecords,
    /// The stored identity of every review of the chunk, row by row; twins carry their ordinal.
    pub identities: Vec<Vec<String>>,
}

/// The rows of a chunk that were read.
pub fn taken(rows: &[Prepared]) -> impl Iterator<Item = &PreparedRow> {
    rows.iter().filter_map(|prepared| match prepared {
        Prepared::Row(row) => Some(row.as_ref()),
        Prepared::Failed(..) => None,
    })
}

/// Reads what is stored about these rows; `earlier_twins` says how many rows of this file with the same content
/// hash came in earlier chunks, where the database cannot know (a dry run).
///
/// # Errors
/// When the database does not answer.
pub async fn look_up(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    batch: BatchId,
    rows: &[Prepared],
    earlier_twins: &HashMap<[u8; 32], u32>,
) -> Result<Known, StoreError> {
    let numbers: HashSet<&str> = taken(rows)
        .flat_map(|row| {
            let of_reviews =
                row.reviews.iter().filter_map(|prepared| prepared.review.order_number.as_deref());
            row.row.order.iter().map(|order| order.number.as_str()).chain(of_reviews)
        })
        .collect();
    let numbers: Vec<&str> = numbers.into_iter().collect();
    let orders = order::find_many(tx, scope, shop, &numbers).await?;

    let mut identities = with_ordinals(rows, earlier_twins);
    let mut reviews = find(tx, scope, shop, &identities).await?;
    // Rows with nothing but words: if this file has already brought the same words in an earlier chunk, count on.
    let twins = twins_of_earlier_chunks(tx, scope, shop, batch, rows, &reviews).await?;
    if !twins.is_empty() {
        identities = with_ordinals(rows, &twins);
        reviews = find(tx, scope, shop, &identities).await?;
    }
    let records = records::look_up(tx, scope, shop, rows).await?;
    Ok(Known { orders, reviews, records, identities })
}

async fn find(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    identities: &[Vec<String>],
) -> Result<HashMap<String, StoredReview>, StoreError> {
    let wanted: Vec<&str> = identities.iter().flatten().map(String::as_str).collect();
    review::find_by_identities(tx, scope, shop, &wanted).await
}

async fn twins_of_earlier_chunks(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    batch: BatchId,
    rows: &[Prepared],
    reviews: &HashMap<String, StoredReview>,
) -> Result<HashMap<[u8; 32], u32>, StoreError> {
    let mut repeated: HashMap<String, [u8; 32]> = HashMap::new();
    for prepared in taken(rows).flat_map(|row| &row.reviews) {
        if let ReviewIdentity::Content(hash) = prepared.identity {
            let first = prepared.identity.stored(0);
            if reviews.get(&first).is_some_and(|stored| stored.last_batch == Some(batch)) {
                repeated.insert(first.trim_end_matches("#0").to_owned(), hash);
            }
        }
    }
    if repeated.is_empty() {
        return Ok(HashMap::new());
    }
    let prefixes: Vec<&str> = repeated.keys().map(String::as_str).collect();
    let counts = review::count_twins(tx, scope, shop, &prefixes, batch).await?;
    Ok(counts
        .into_iter()
        .filter_map(|(prefix, count)| repeated.get(&prefix).map(|hash| (*hash, count)))
        .collect())
}

fn with_ordinals(rows: &[Prepared], earlier: &HashMap<[u8; 32], u32>) -> Vec<Vec<String>> {
    let mut counted: HashMap<[u8; 32], u32> = HashMap::new();
    taken(rows)
        .map(|row| {
            row.reviews
                .iter()
                .map(|prepared| match &prepared.identity {
                    ReviewIdentity::Key(_) => prepared.identity.stored(0),
                    ReviewIdentity::Content(hash) => {
                        let next =
                            counted.entry(*hash).or_insert_with(|| earlier.get(hash).copied().unwrap_or(0));
                        let ordinal = *next;
                        *next += 1;
                        prepared.identity.stored(ordinal)
                    }
                })
                .collect()
        })
        .collect()
}
