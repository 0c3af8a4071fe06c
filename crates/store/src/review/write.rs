//! Adding and revising reviews, many at once: the import's hot path.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::intake::IncomingReview;
use pingxin_domain::review::Verdict;
use pingxin_domain::{BatchId, BuyerId, OrderId, ProductId, ReviewId, Scope, ShopId};
use pingxin_language::Cause;

use super::columns::TriageColumns;
use super::row::{read_causes, read_rating};
use super::{join_searchable, searchable_text};
use crate::correction::{Standing as Corrections, standing_of};
use crate::product::{self, Counted, Named, Tally};
use crate::search::{Document, document};
use crate::sql::{Bulk, Columns, Value, statements, values};
use crate::{Engine, StoreError, Tx, facets, position, shop};

/// A review to add.
#[derive(Debug, Clone)]
pub struct ReviewInsert<'a> {
    /// Its new id.
    pub id: ReviewId,
    /// Its shop.
    pub shop: ShopId,
    /// What tells it from others of the shop (`ReviewIdentity::stored`).
    pub identity: String,
    /// The review.
    pub review: &'a IncomingReview,
    /// Hash of what a buyer can change.
    pub content_hash: [u8; 16],
    /// Its order, when that is stored.
    pub order: Option<OrderId>,
    /// Who wrote it.
    pub buyer: Option<BuyerId>,
    /// The import it came with.
    pub batch: Option<BatchId>,
    /// Line of the file, from 1.
    pub line: u64,
    /// Now.
    pub imported_at: Timestamp,
    /// What triage found.
    pub triage: Option<TriageColumns>,
    /// Whether a case is opened for it in the same transaction.
    pub opens_case: bool,
}

/// A change of a stored review. The instant of the review stays what it was.
#[derive(Debug, Clone)]
pub struct ReviewRevise<'a> {
    /// Which.
    pub id: ReviewId,
    /// Number of the new revision: one more than the stored.
    pub revision: u32,
    /// The review as it is now.
    pub review: &'a IncomingReview,
    /// Hash of what a buyer can change.
    pub content_hash: [u8; 16],
    /// Its order; none keeps the stored one.
    pub order: Option<OrderId>,
    /// Who wrote it; none keeps the stored one.
    pub buyer: Option<BuyerId>,
    /// The import it came with.
    pub batch: Option<BatchId>,
    /// Line of the file, from 1.
    pub line: u64,
    /// When the change was seen.
    pub seen_at: Timestamp,
    /// What triage found; none keeps the stored columns.
    pub triage: Option<TriageColumns>,
}

statements! {
    COUNT_UP = "UPDATE shops SET review_count = review_count + $3 WHERE tenant_id = $1 AND id = $2";
    SHOP_NUMBERS = "SELECT id, number FROM shops WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    FOR_REVISION = "SELECT id, position, product_key, product_title, order_number, shop_id, product_id, buyer_id, \
        rating, verdict, causes, coalesce(created_at, imported_at), facets FROM reviews WHERE tenant_id = $1 \
        AND id = ANY($2::uuid[]) AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    REVISE = "UPDATE reviews SET revision = $3, rating = $4, verdict = $5, title = $6, text = $7, photos = $8, \
        likes = $9, reply = $10, content_hash = $11, last_batch_id = $12, product_key = $13, product_title = $14, \
        order_number = $15, order_id = coalesce($16, order_id), buyer_id = coalesce($17, buyer_id), \
        product_id = $18, facets = $19 WHERE tenant_id = $1 AND id = $2 AND revision = $3 - 1",
        "UPDATE reviews SET revision = $3, rating = $4, verdict = $5, title = $6, text = $7, photos = $8, \
        likes = $9, reply = $10, content_hash = $11, last_batch_id = $12, product_key = $13, product_title = $14, \
        order_number = $15, order_id = coalesce($16, order_id), buyer_id = coalesce($17, buyer_id), \
        product_id = $18, facets = $19, search = $20::tsvector, search_long = $21 WHERE tenant_id = $1 AND id = $2 \
        AND revision = $3 - 1";
    SET_TRIAGE = "UPDATE reviews SET language = $3, sentiment_label = $4, sentiment_score = $5, primary_cause = $6, \
        causes = $7, fault = $8, severity = $9 WHERE tenant_id = $1 AND id = $2";
    FORGET_CAUSES = "DELETE FROM review_causes WHERE tenant_id = $1 AND position = $2";
    COPY_TO_CAUSES = "UPDATE review_causes SET facets = $3 WHERE tenant_id = $1 AND position = $2";
    COPY_TO_CASES = "UPDATE cases SET facets = $3 WHERE tenant_id = $1 AND review_id = $2";
    FORGET_SEARCH = "DELETE FROM review_search WHERE rowid = $1", "SELECT 1 WHERE $1::bigint IS NULL";
}

/// Adds reviews with their first revision, triage, causes and search entry. At most 1,000 at once keep the transaction
/// short.
///
/// # Errors
/// [`StoreError::Conflict`] over "review" when one of them is stored already, [`StoreError::NotFound`] for a shop
/// outside the scope.
pub async fn insert_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewInsert<'_>],
) -> Result<(), StoreError> {
    let mut counts: HashMap<ShopId, i64> = HashMap::new();
    for new in reviews {
        shop::require(scope, new.shop)?;
        *counts.entry(new.shop).or_default() += 1;
    }
    let instants: Vec<_> =
        reviews.iter().map(|new| (new.review.created.unwrap_or(new.imported_at), new.id)).collect();
    let positions = position::assign(tx, scope.tenant, &instants).await?;
    // In order of position: FTS5 writes a run of rising row numbers at once.
    let mut rows: Vec<(i64, &ReviewInsert<'_>)> = positions.into_iter().zip(reviews).collect();
    rows.sort_unstable_by_key(|(position, _)| *position);
    let engine = tx.engine();
    let documents: Vec<Document> =
        rows.iter().map(|(_, new)| document(&searchable_text(new.review), engine)).collect();
    let named: Vec<Named<'_>> = rows.iter().map(|(_, new)| named(new)).collect();
    let products = product::name_many(tx, scope, &named).await?;
    let numbers = shop_numbers(tx, scope, counts.keys().copied().collect()).await?;
    let facets: Vec<i64> = rows.iter().map(|(_, new)| facets_of(new, &numbers)).collect();
    let mut bulk = review_bulk(scope, &rows)
        .column("product_id", products.iter().copied())
        .column("facets", facets.iter().copied());
    if engine == Engine::Postgres {
        bulk = bulk
            .cast_column("search", "tsvector", documents.iter().map(|document| document.index.as_str()))
            .column("search_long", documents.iter().map(|document| document.long.as_deref()));
    }
    bulk.run(tx).await.map_err(|error| error.or_conflict("review"))?;
    revision_bulk(scope, &rows).run(tx).await?;
    let triaged: Vec<Triaged<'_>> = rows
        .iter()
        .zip(&facets)
        .filter_map(|((position, new), facets)| {
            let triage = new.triage.as_ref()?;
            Some(Triaged {
                position: *position,
                facets: *facets,
                id: new.id,
                revision: 1,
                at: new.imported_at,
                triage,
            })
        })
        .collect();
    write_triage(tx, scope, &triaged).await?;
    if engine == Engine::Sqlite {
        search_bulk(rows.iter().map(|(position, _)| *position), &documents).run(tx).await?;
    }
    for (shop, many) in counts {
        tx.execute(COUNT_UP, values![scope.tenant, shop, many]).await?;
    }
    let mut tally = Tally::default();
    for ((_, new), product) in rows.iter().zip(products) {
        tally.arrived(&counted(new, product));
    }
    tally.write(tx, scope).await
}

fn named<'a>(new: &'a ReviewInsert<'a>) -> Named<'a> {
    Named {
        shop: new.shop,
        key: new.review.product_key.as_deref(),
        title: new.review.product_title.as_deref(),
        at: new.review.created.unwrap_or(new.imported_at),
    }
}

fn counted(new: &ReviewInsert<'_>, product: Option<ProductId>) -> Counted {
    Counted {
        product,
        buyer: new.buyer,
        rating: new.review.rating,
        verdict: new.review.verdict,
        causes: new.triage.as_ref().map(TriageColumns::distinct_causes).unwrap_or_default(),
        at: new.review.created.unwrap_or(new.imported_at),
    }
}

/// A review as it stands before a revision.
struct Standing {
    position: i64,
    product_key: Option<String>,
    product_title: Option<String>,
    order_number: Option<String>,
    shop: ShopId,
    counted: Counted,
    facets: i64,
}

/// Reads the columns of `FOR_REVISION` after the id.
fn read_standing(row: &mut Columns<'_>) -> Result<Standing, StoreError> {
    Ok(Standing {
        position: row.int()?,
        product_key: row.opt_text()?,
        product_title: row.opt_text()?,
        order_number: row.opt_text()?,
        shop: row.id()?,
        counted: read_counted(row)?,
        facets: row.int()?,
    })
}

/// Reads `product_id, buyer_id, rating, verdict, causes, coalesce(created_at, imported_at)`.
pub(crate) fn read_counted(row: &mut Columns<'_>) -> Result<Counted, StoreError> {
    let (product, buyer) = (row.opt_id()?, row.opt_id()?);
    let (rating, verdict) = (read_rating(row)?, row.opt_code(Verdict::from_code)?);
    let mut causes = read_causes(row)?;
    causes.sort_unstable();
    causes.dedup();
    Ok(Counted { product, buyer, rating, verdict, causes, at: row.instant()? })
}

/// Writes the new content of stored reviews, appends their revisions, and brings search and causes up to date. Lists
/// go by the new reading with the standing corrections of the same words over it; the reading is kept as it is.
///
/// # Errors
/// [`StoreError::Conflict`] over "review" when one is not in the scope or not at the revision before.
pub async fn revise_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewRevise<'_>],
) -> Result<(), StoreError> {
    if reviews.is_empty() {
        return Ok(());
    }
    let ids: Vec<ReviewId> = reviews.iter().map(|changed| changed.id).collect();
    let corrections = standing_of(tx, scope, &ids).await?;
    let reviews = &*judged(reviews, &corrections);
    let [all, shops] = shop::bounds(scope);
    let mut stored = HashMap::new();
    for row in tx.all(FOR_REVISION, vec![scope.tenant.into(), ids.as_slice().into(), all, shops]).await? {
        let mut columns = row.columns();
        let id: ReviewId = columns.id()?;
        stored.insert(id, read_standing(&mut columns)?);
    }
    let standing: Vec<&Standing> = reviews
        .iter()
        .map(|changed| stored.get(&changed.id).ok_or(StoreError::Conflict { what: "review" }))
        .collect::<Result<_, _>>()?;
    let named: Vec<Named<'_>> = reviews.iter().zip(&standing).map(renamed).collect();
    let products = product::name_many(tx, scope, &named).await?;
    let (mut positions, mut documents, mut triaged) = (Vec::new(), Vec::new(), Vec::new());
    let mut tally = Tally::default();
    for (((changed, standing), named), product) in reviews.iter().zip(standing).zip(&named).zip(products) {
        let (position, review) = (&standing.position, changed.review);
        let Named { key: product_key, title: product_title, .. } = *named;
        let order_number = review.order_number.as_deref().or(standing.order_number.as_deref());
        let facets = revised_facets(standing.facets, changed);
        tally.changed(&standing.counted, &recounted(changed, standing, product));
        let text = join_searchable(review.title.as_deref(), &review.text, product_title, order_number);
        let document = document(&text, tx.engine());
        let mut row = values![
            scope.tenant,
            changed.id,
            changed.revision,
            stars(review),
            review.verdict.map(|verdict| verdict.code()),
            review.title.as_deref(),
            review.text.as_str(),
            review.photos,
            review.likes,
            review.reply.as_deref(),
            &changed.content_hash,
            changed.batch,
            product_key,
            product_title,
            order_number,
            changed.order,
            changed.buyer,
            product,
            facets,
        ];
        if tx.engine() == Engine::Postgres {
            row.extend(values![document.index.as_str(), document.long.as_deref()]);
        }
        if tx.execute(REVISE, row).await? == 0 {
            return Err(StoreError::Conflict { what: "review" });
        }
        if let Some(triage) = &changed.triage {
            tx.execute(SET_TRIAGE, triage_row(scope, changed.id, triage)).await?;
            tx.execute(FORGET_CAUSES, values![scope.tenant, *position]).await?;
            triaged.push(Triaged {
                position: *position,
                facets,
                id: changed.id,
                revision: changed.revision,
                at: changed.seen_at,
                triage,
            });
        } else {
            tx.execute(COPY_TO_CAUSES, values![scope.tenant, *position, facets]).await?;
        }
        tx.execute(COPY_TO_CASES, values![scope.tenant, changed.id, facets]).await?;
        if tx.engine() == Engine::Sqlite {
            tx.execute(FORGET_SEARCH, values![*position]).await?;
        }
        positions.push(*position);
        documents.push(document);
    }
    revised_bulk(scope, reviews).run(tx).await.map_err(|error| error.or_conflict("review"))?;
    write_triage(tx, scope, &triaged).await?;
    if tx.engine() == Engine::Sqlite {
        search_bulk(positions, &documents).run(tx).await?;
    }
    tally.write(tx, scope).await
}

/// The revisions with the corrections of their words laid over what lists go by.
fn judged<'a, 'r>(
    reviews: &'a [ReviewRevise<'r>],
    corrections: &HashMap<ReviewId, Vec<Corrections>>,
) -> Cow<'a, [ReviewRevise<'r>]> {
    if corrections.is_empty() {
        return Cow::Borrowed(reviews);
    }
    let judge = |changed: &ReviewRevise<'r>| {
        let over = corrections.get(&changed.id).map(Vec::as_slice).unwrap_or_default();
        let (title, text) = (changed.review.title.as_deref(), changed.review.text.as_str());
        let given = (changed.review.rating, changed.review.verdict);
        let triage = changed.triage.clone().map(|triage| triage.corrected(over, given, title, text));
        ReviewRevise { triage, ..changed.clone() }
    };
    Cow::Owned(reviews.iter().map(judge).collect())
}

/// What a revision says of its product; what it leaves out stays.
fn renamed<'a>((changed, standing): (&'a ReviewRevise<'a>, &&'a Standing)) -> Named<'a> {
    Named {
        shop: standing.shop,
        key: changed.review.product_key.as_deref().or(standing.product_key.as_deref()),
        title: changed.review.product_title.as_deref().or(standing.product_title.as_deref()),
        at: standing.counted.at,
    }
}

/// What counts of a review after its revision.
fn recounted(changed: &ReviewRevise<'_>, standing: &Standing, product: Option<ProductId>) -> Counted {
    let causes = changed.triage.as_ref().map(TriageColumns::distinct_causes);
    Counted {
        product,
        buyer: changed.buyer.or(standing.counted.buyer),
        rating: changed.review.rating,
        verdict: changed.review.verdict,
        causes: causes.unwrap_or_else(|| standing.counted.causes.clone()),
        at: standing.counted.at,
    }
}

async fn shop_numbers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shops: Vec<ShopId>,
) -> Result<HashMap<ShopId, i64>, StoreError> {
    let rows = tx.all(SHOP_NUMBERS, values![scope.tenant, shops.as_slice()]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.int()?))
        })
        .collect()
}

fn read_facts(triage: &TriageColumns) -> facets::Read<'_> {
    facets::Read {
        sentiment: triage.sentiment.label,
        language: triage.language,
        causes: &triage.causes,
        severity: triage.severity,
    }
}

fn facets_of(new: &ReviewInsert<'_>, numbers: &HashMap<ShopId, i64>) -> i64 {
    facets::of(facets::Facts {
        rating: new.review.rating,
        verdict: new.review.verdict,
        object: new.review.object,
        has_text: !new.review.text.is_empty(),
        has_photo: new.review.photos > 0,
        revised: false,
        read: new.triage.as_ref().map(read_facts),
        shop: numbers.get(&new.shop).copied().unwrap_or(0),
        has_case: new.opens_case,
    })
}

/// Kind, shop, its case and whether it is gone stay; so does the reading when there is no new one.
fn revised_facets(before: i64, changed: &ReviewRevise<'_>) -> i64 {
    let kept = if changed.triage.is_some() { facets::KEPT } else { facets::KEPT | facets::READ };
    let now = facets::of(facets::Facts {
        rating: changed.review.rating,
        verdict: changed.review.verdict,
        object: changed.review.object,
        has_text: !changed.review.text.is_empty(),
        has_photo: changed.review.photos > 0,
        revised: true,
        read: changed.triage.as_ref().map(read_facts),
        shop: 0,
        has_case: false,
    });
    before & kept | now & !facets::KEPT
}

fn stars(review: &IncomingReview) -> Option<i64> {
    review.rating.map(|rating| i64::from(rating.stars()))
}

fn review_bulk<'a>(scope: &Scope, rows: &'a [(i64, &ReviewInsert<'a>)]) -> Bulk<'a> {
    let triage = || rows.iter().map(|(_, new)| new.triage.as_ref());
    let review = || rows.iter().map(|(_, new)| new.review);
    Bulk::into("reviews")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("id", rows.iter().map(|(_, new)| new.id))
        .column("shop_id", rows.iter().map(|(_, new)| new.shop))
        .column("position", rows.iter().map(|(position, _)| *position))
        .column("identity", rows.iter().map(|(_, new)| new.identity.as_str()))
        .column("platform_review_id", review().map(|review| review.platform_review_id.as_deref()))
        .column("object", review().map(|review| review.object.code()))
        .column("order_number", review().map(|review| review.order_number.as_deref()))
        .column("order_id", rows.iter().map(|(_, new)| new.order))
        .column("buyer_id", rows.iter().map(|(_, new)| new.buyer))
        .column("product_key", review().map(|review| review.product_key.as_deref()))
        .column("product_title", review().map(|review| review.product_title.as_deref()))
        .column("created_at", review().map(|review| review.created))
        .column("imported_at", rows.iter().map(|(_, new)| new.imported_at))
        .column("revision", repeat_n(1_i64, rows.len()))
        .column("rating", review().map(stars))
        .column("verdict", review().map(|review| review.verdict.map(|verdict| verdict.code())))
        .column("title", review().map(|review| review.title.as_deref()))
        .column("text", review().map(|review| review.text.as_str()))
        .column("photos", review().map(|review| review.photos))
        .column("likes", review().map(|review| review.likes))
        .column("reply", review().map(|review| review.reply.as_deref()))
        .column("content_hash", rows.iter().map(|(_, new)| &new.content_hash))
        .column("batch_id", rows.iter().map(|(_, new)| new.batch))
        .column("line", rows.iter().map(|(_, new)| new.line))
        .column("last_batch_id", rows.iter().map(|(_, new)| new.batch))
        .column("language", triage().map(|found| found.map(|found| found.language.as_str())))
        .column("sentiment_label", triage().map(|found| found.map(|found| found.sentiment.label.as_str())))
        .column("sentiment_score", triage().map(|found| found.map(|found| f64::from(found.sentiment.score))))
        .column(
            "primary_cause",
            triage().map(|found| found.and_then(|found| found.primary_cause).map(Cause::as_str)),
        )
        .column("causes", triage().map(|found| found.map(TriageColumns::joined_causes).unwrap_or_default()))
        .column("fault", triage().map(|found| found.map(|found| found.fault.as_str())))
        .column("severity", triage().map(|found| found.map_or(0, |found| i64::from(found.severity))))
}

fn revision_bulk<'a>(scope: &Scope, rows: &'a [(i64, &ReviewInsert<'a>)]) -> Bulk<'a> {
    let review = || rows.iter().map(|(_, new)| new.review);
    Bulk::into("review_revisions")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("review_id", rows.iter().map(|(_, new)| new.id))
        .column("revision", repeat_n(1_i64, rows.len()))
        .column("rating", review().map(stars))
        .column("verdict", review().map(|review| review.verdict.map(|verdict| verdict.code())))
        .column("title", review().map(|review| review.title.as_deref()))
        .column("text", review().map(|review| review.text.as_str()))
        .column("seen_at", rows.iter().map(|(_, new)| new.imported_at))
        .column("batch_id", rows.iter().map(|(_, new)| new.batch))
        .column("line", rows.iter().map(|(_, new)| new.line))
}

fn revised_bulk<'a>(scope: &Scope, rows: &'a [ReviewRevise<'a>]) -> Bulk<'a> {
    let review = || rows.iter().map(|changed| changed.review);
    Bulk::into("review_revisions")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("review_id", rows.iter().map(|changed| changed.id))
        .column("revision", rows.iter().map(|changed| changed.revision))
        .column("rating", review().map(stars))
        .column("verdict", review().map(|review| review.verdict.map(|verdict| verdict.code())))
        .column("title", review().map(|review| review.title.as_deref()))
        .column("text", review().map(|review| review.text.as_str()))
        .column("seen_at", rows.iter().map(|changed| changed.seen_at))
        .column("batch_id", rows.iter().map(|changed| changed.batch))
        .column("line", rows.iter().map(|changed| changed.line))
}

fn triage_row<'a>(scope: &Scope, id: ReviewId, triage: &'a TriageColumns) -> Vec<Value<'a>> {
    values![
        scope.tenant,
        id,
        triage.language.as_str(),
        triage.sentiment.label.as_str(),
        Some(f64::from(triage.sentiment.score)),
        triage.primary_cause.map(Cause::as_str),
        triage.joined_causes(),
        triage.fault.as_str(),
        triage.severity,
    ]
}

/// A reading to write beside its review.
struct Triaged<'a> {
    position: i64,
    facets: i64,
    id: ReviewId,
    revision: u32,
    at: Timestamp,
    triage: &'a TriageColumns,
}

async fn write_triage(tx: &mut Tx<'_>, scope: &Scope, rows: &[Triaged<'_>]) -> Result<(), StoreError> {
    Bulk::into("triage_results")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("review_id", rows.iter().map(|row| row.id))
        .column("revision", rows.iter().map(|row| row.revision))
        .column("at", rows.iter().map(|row| row.at))
        .column("model", rows.iter().map(|row| row.triage.model.as_str()))
        .column("body", rows.iter().map(|row| row.triage.body.as_str()))
        .run(tx)
        .await?;
    let causes: Vec<(&Triaged<'_>, &'static str)> = rows
        .iter()
        .flat_map(|row| row.triage.distinct_causes().into_iter().map(move |cause| (row, cause.as_str())))
        .collect();
    Bulk::into("review_causes")
        .column("tenant_id", repeat_n(scope.tenant, causes.len()))
        .column("position", causes.iter().map(|(row, _)| row.position))
        .column("cause", causes.iter().map(|(_, cause)| *cause))
        .column("facets", causes.iter().map(|(row, _)| row.facets))
        .run(tx)
        .await
        .map(drop)
}

/// SQLite's search entries.
fn search_bulk<'a>(positions: impl IntoIterator<Item = i64>, documents: &'a [Document]) -> Bulk<'a> {
    Bulk::into("review_search")
        .column("rowid", positions)
        .column("tokens", documents.iter().map(|document| document.index.as_str()))
}
