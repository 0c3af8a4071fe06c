//! Files that people add to the evidence of a review, such as screenshots of a chat. Sealed: what they show is not known.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{EvidenceId, ReviewId, Scope, ShopId};
use sha2::{Digest, Sha256};

use crate::reference::UserRef;
use crate::sealed::Place;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Id.
    pub id: EvidenceId,
    /// The review it belongs to.
    pub review: ReviewId,
    /// Its name, without folders.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// When it was added.
    pub added_at: Timestamp,
    /// By whom.
    pub added_by: Option<UserRef>,
}

statements! {
    ADD = "INSERT INTO evidence_files (tenant_id, id, review_id, shop_id, name, size, sha256, bytes_sealed, added_at, \
        added_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST = "SELECT f.id, f.review_id, f.name, f.size, f.sha256, f.added_at, f.added_by, u.display_name \
        FROM evidence_files f LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.added_by \
        WHERE f.tenant_id = $1 AND f.review_id = $2 AND ($3 OR f.shop_id = ANY($4::uuid[])) ORDER BY f.id";
    GET = "SELECT f.id, f.review_id, f.name, f.size, f.sha256, f.added_at, f.added_by, u.display_name, f.bytes_sealed \
        FROM evidence_files f LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.added_by \
        WHERE f.tenant_id = $1 AND f.id = $2 AND ($3 OR f.shop_id = ANY($4::uuid[]))";
    DELETE = "DELETE FROM evidence_files WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[]))";
}

fn place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "evidence_files", row: id, field: "bytes" }
}

fn read(columns: &mut Columns<'_>) -> Result<EvidenceFile, StoreError> {
    let (id, review, name) = (columns.id()?, columns.id()?, columns.text()?);
    let (size, sha256, added_at) = (columns.unsigned()?, columns.hash()?, columns.instant()?);
    let added_by = UserRef::read(columns)?;
    Ok(EvidenceFile { id, review, name, size, sha256, added_at, added_by })
}

/// Adds a file to a review.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
    shop: ShopId,
    name: &str,
    bytes: &[u8],
) -> Result<EvidenceId, StoreError> {
    shop::require(scope, shop)?;
    let id = identifier::fresh::<EvidenceId>();
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let sealed = tx.keys().seal(place(scope, id.uuid().as_bytes()), bytes);
    let (size, now) = (bytes.len() as u64, tx.now());
    let row = values![scope.tenant, id, review, shop, name, size, &hash, sealed, now, scope.user()];
    tx.execute(ADD, row).await?;
    Ok(id)
}

/// The files of a review within the scope, those added first first.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope, review: ReviewId) -> Result<Vec<EvidenceFile>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(LIST, vec![scope.tenant.into(), review.into(), all, shops]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}

/// A file within the scope, whole.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed file was moved.
pub async fn get(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: EvidenceId,
) -> Result<Option<(EvidenceFile, Vec<u8>)>, StoreError> {
    let keys = tx.keys();
    let [all, shops] = shop::bounds(scope);
    let Some(row) = tx.first(GET, vec![scope.tenant.into(), id.into(), all, shops]).await? else {
        return Ok(None);
    };
    let mut columns = row.columns();
    let file = read(&mut columns)?;
    let bytes = keys.open(place(scope, id.uuid().as_bytes()), &columns.bytes()?)?;
    Ok(Some((file, bytes)))
}

/// Takes a file away.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: EvidenceId) -> Result<(), StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    tx.change_one(DELETE, row, "evidence file").await
}
