//! Photos and videos of reviews: what the rows name, and the files that came along with them.
//!
//! A review keeps its names in order. A file is kept once a merchant, whoever names it, and is bound to the names of
//! the reviews that an import saw. What nothing is bound to any more is forgotten in time.

pub(crate) mod refused;

use std::collections::HashMap;
use std::iter::repeat_n;

use pingxin_domain::identifiers::MediaFileId;
use pingxin_domain::media::{MOST, MediaKind, MediaName, MediaType};
use pingxin_domain::{BatchId, ReviewId, Scope};
use sha2::{Digest, Sha256};

use crate::identifier::fresh;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, shop};

pub(crate) use refused::read_counts;
pub use refused::{
    MOST_REFUSED, MediaCounts, MediaRefusal, begin_media, count_media, forget_refusals_before,
};

/// What a row names of a review.
#[derive(Debug, Clone, Copy)]
pub struct ReviewNames<'a> {
    /// The review.
    pub review: ReviewId,
    /// Its photos and videos, in order; never empty.
    pub names: &'a [MediaName],
    /// Whether they take the place of others; else they are kept only where none are.
    pub replace: bool,
}

/// A photo or video of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewMedia {
    /// Its place among the others, from 0.
    pub position: u32,
    /// A link or a file's name.
    pub name: MediaName,
    /// The file, when it came along.
    pub file: Option<FileShape>,
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileShape {
    /// What it is.
    pub media_type: MediaType,
    /// Pixels; none for a video.
    pub width: Option<u32>,
    /// Pixels; none for a video.
    pub height: Option<u32>,
}

/// A file that came along.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// The last part of its path, in lower case.
    pub file_name: &'a str,
    /// What it is.
    pub shape: FileShape,
    /// The file.
    pub bytes: &'a [u8],
}

statements! {
    NAMED = "SELECT review_id, kind, name, file_id FROM review_media WHERE tenant_id = $1 \
        AND review_id = ANY($2::uuid[]) ORDER BY review_id, position";
    UNNAME = "DELETE FROM review_media WHERE tenant_id = $1 AND review_id = ANY($2::uuid[])";
    LIST = "SELECT m.position, m.kind, m.name, f.mime, f.width, f.height FROM review_media m \
        JOIN reviews r ON r.tenant_id = m.tenant_id AND r.id = m.review_id \
        LEFT JOIN media_files f ON f.tenant_id = m.tenant_id AND f.id = m.file_id \
        WHERE m.tenant_id = $1 AND m.review_id = $2 AND ($3 OR r.shop_id = ANY($4::uuid[])) ORDER BY m.position";
    BYTES = "SELECT f.mime, f.bytes FROM review_media m \
        JOIN reviews r ON r.tenant_id = m.tenant_id AND r.id = m.review_id \
        JOIN media_files f ON f.tenant_id = m.tenant_id AND f.id = m.file_id \
        WHERE m.tenant_id = $1 AND m.review_id = $2 AND m.position = $3 AND ($4 OR r.shop_id = ANY($5::uuid[]))";
    AWAITED = "SELECT count(*) FROM review_media m JOIN reviews r ON r.tenant_id = m.tenant_id AND r.id = m.review_id \
        WHERE m.tenant_id = $1 AND m.file_name = $2 AND r.last_batch_id = $3 AND ($4 OR r.shop_id = ANY($5::uuid[]))";
    // The lock keeps the file from being forgotten before something is bound to it.
    FIND_FILE = "SELECT id FROM media_files WHERE tenant_id = $1 AND sha256 = $2 FOR UPDATE";
    ADD_FILE = "INSERT INTO media_files (tenant_id, id, sha256, mime, width, height, bytes, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, sha256) DO NOTHING";
    BIND = "UPDATE review_media SET file_id = $4, kind = $5 WHERE tenant_id = $1 AND file_name = $2 AND EXISTS \
        (SELECT 1 FROM reviews r WHERE r.tenant_id = review_media.tenant_id AND r.id = review_media.review_id \
        AND r.last_batch_id = $3 AND ($6 OR r.shop_id = ANY($7::uuid[])))";
    UNBOUND = "SELECT f.id FROM media_files f WHERE f.tenant_id = $1 AND NOT EXISTS (SELECT 1 FROM review_media m \
        WHERE m.tenant_id = f.tenant_id AND m.file_id = f.id) ORDER BY f.id LIMIT 100 FOR UPDATE";
    // Asked again under the lock: something may have been bound between the two.
    FORGET = "DELETE FROM media_files WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND NOT EXISTS (SELECT 1 \
        FROM review_media m WHERE m.tenant_id = media_files.tenant_id AND m.file_id = media_files.id)";
}

/// Letters of a file's name by which it is found; PostgreSQL indexes no text beyond some 2,700 bytes.
const FOUND_BY: usize = 200;

fn found_by(file_name: &str) -> String {
    file_name.chars().take(FOUND_BY).collect()
}

/// Keeps the names that rows give to the photos and videos of reviews of the scope; at most 50 of each review. A name
/// that stays keeps its file.
///
/// # Errors
/// The database's error.
pub async fn name_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: Option<BatchId>,
    reviews: &[ReviewNames<'_>],
) -> Result<(), StoreError> {
    let ids: Vec<ReviewId> = reviews.iter().map(|named| named.review).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut stored: HashMap<ReviewId, Vec<(MediaName, Option<MediaFileId>)>> = HashMap::new();
    for row in tx.all(NAMED, values![scope.tenant, ids.as_slice()]).await? {
        let mut columns = row.columns();
        let review = columns.id()?;
        let name = MediaName { kind: columns.code(MediaKind::from_code)?, name: columns.text()? };
        stored.entry(review).or_default().push((name, columns.opt_id()?));
    }
    let (mut rows, mut gone) = (Vec::new(), Vec::new());
    for named in reviews {
        let names = &named.names[..named.names.len().min(MOST)];
        let before = stored.get(&named.review).map(Vec::as_slice).unwrap_or_default();
        let same = before.iter().map(|(name, _)| &name.name).eq(names.iter().map(|name| &name.name));
        if same || (!named.replace && !before.is_empty()) {
            continue;
        }
        if !before.is_empty() {
            gone.push(named.review);
        }
        rows.extend(names.iter().zip(0_u32..).map(|(name, position)| {
            let kept = before.iter().find(|(known, _)| known.name == name.name);
            let kind = kept.map_or(name.kind, |(known, _)| known.kind);
            (named.review, position, kind, name, kept.and_then(|(_, file)| *file))
        }));
    }
    if !gone.is_empty() {
        tx.execute(UNNAME, values![scope.tenant, gone.as_slice()]).await?;
    }
    Bulk::into("review_media")
        .column("tenant_id", repeat_n(scope.tenant, rows.len()))
        .column("review_id", rows.iter().map(|row| row.0))
        .column("position", rows.iter().map(|row| row.1))
        .column("kind", rows.iter().map(|row| row.2.code()))
        .column("name", rows.iter().map(|row| row.3.name.as_str()))
        .column("file_name", rows.iter().map(|row| found_by(&row.3.file_name())))
        .column("batch_id", repeat_n(batch, rows.len()))
        .column("file_id", rows.iter().map(|row| row.4))
        .run(tx)
        .await
        .map(drop)
}

/// The photos and videos of a review within the scope, in order.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope, review: ReviewId) -> Result<Vec<ReviewMedia>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut media = Vec::new();
    for row in tx.all(LIST, vec![scope.tenant.into(), review.into(), all, shops]).await? {
        let mut columns = row.columns();
        let position = columns.small()?;
        let name = MediaName { kind: columns.code(MediaKind::from_code)?, name: columns.text()? };
        let media_type = columns.opt_code(MediaType::from_code)?;
        let (width, height) = (columns.opt_small()?, columns.opt_small()?);
        let file = media_type.map(|media_type| FileShape { media_type, width, height });
        media.push(ReviewMedia { position, name, file });
    }
    Ok(media)
}

/// The file at a place of a review within the scope; none when there is no such place or the file did not come along.
///
/// # Errors
/// The database's error.
pub async fn bytes(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
    position: u32,
) -> Result<Option<(MediaType, Vec<u8>)>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(BYTES, vec![scope.tenant.into(), review.into(), position.into(), all, shops]).await?;
    row.map(|row| {
        let mut columns = row.columns();
        Ok((columns.code(MediaType::from_code)?, columns.bytes()?))
    })
    .transpose()
}

/// Keeps a file and binds it to its name wherever a review that `batch` has seen gives it. Says to how many; a file
/// that none names is not kept. Twice is once.
///
/// # Errors
/// The database's error.
pub async fn attach(
    tx: &mut Tx<'_>,
    scope: &Scope,
    batch: BatchId,
    file: &NewFile<'_>,
) -> Result<u64, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let name = found_by(file.file_name);
    let mut awaited = values![scope.tenant, name.as_str(), batch];
    awaited.extend([all.clone(), shops.clone()]);
    if tx.one(AWAITED, awaited).await?.columns().unsigned()? == 0 {
        return Ok(0);
    }
    let id = keep(tx, scope, file).await?;
    let kind = file.shape.media_type.kind().code();
    let mut bind = values![scope.tenant, name.as_str(), batch, id, kind];
    bind.extend([all, shops]);
    tx.execute(BIND, bind).await
}

async fn keep(tx: &mut Tx<'_>, scope: &Scope, file: &NewFile<'_>) -> Result<MediaFileId, StoreError> {
    let hash: [u8; 32] = Sha256::digest(file.bytes).into();
    let FileShape { media_type, width, height } = file.shape;
    if let Some(known) = tx.first(FIND_FILE, values![scope.tenant, &hash]).await? {
        return known.columns().id();
    }
    let (id, now) = (fresh::<MediaFileId>(), tx.now());
    let row = values![scope.tenant, id, &hash, media_type.code(), width, height, file.bytes, now];
    tx.execute(ADD_FILE, row).await?;
    // Ours, or that of another import which was quicker.
    tx.one(FIND_FILE, values![scope.tenant, &hash]).await?.columns().id()
}

/// Forgets files that no review is bound to, at most 100; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_unbound(tx: &mut Tx<'_>, scope: &Scope) -> Result<u64, StoreError> {
    let unbound = tx.all(UNBOUND, values![scope.tenant]).await?;
    let ids: Vec<MediaFileId> = unbound.iter().map(|row| row.columns().id()).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(0);
    }
    tx.execute(FORGET, values![scope.tenant, ids.as_slice()]).await
}
