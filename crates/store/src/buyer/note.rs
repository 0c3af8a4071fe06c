//! What the team notes about a buyer; sealed, since a note may hold what he told.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BuyerId, BuyerNoteId, Scope};

use crate::reference::UserRef;
use crate::sealed::Place;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A note on a buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerNote {
    /// Id.
    pub id: BuyerNoteId,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it; none for the command line.
    pub author: Option<UserRef>,
    /// What it says.
    pub text: String,
}

/// Notes shown of one buyer; older ones are cut.
const MOST: u32 = 200;

statements! {
    // Kept from going until the note stands.
    LOCK_BUYER = "SELECT id FROM buyers WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    ADD = "INSERT INTO buyer_notes (tenant_id, buyer_id, id, at, author_user_id, text_sealed) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    LIST = "SELECT n.id, n.at, n.author_user_id, u.display_name, n.text_sealed FROM buyer_notes n LEFT JOIN users u \
        ON u.tenant_id = n.tenant_id AND u.id = n.author_user_id WHERE n.tenant_id = $1 AND n.buyer_id = $2 \
        ORDER BY n.id DESC LIMIT $3";
}

/// Writes a note on a buyer within the scope.
///
/// # Errors
/// [`StoreError::NotFound`] over "buyer".
pub async fn add_note(
    tx: &mut Tx<'_>,
    scope: &Scope,
    buyer: BuyerId,
    text: &str,
) -> Result<BuyerNoteId, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let found = tx.first(LOCK_BUYER, vec![scope.tenant.into(), buyer.into(), all, shops]).await?;
    found.ok_or(StoreError::NotFound { what: "buyer" })?;
    let (id, now) = (identifier::fresh::<BuyerNoteId>(), tx.now());
    let uuid = id.uuid();
    let place = Place { tenant: scope.tenant, table: "buyer_notes", row: uuid.as_bytes(), field: "text" };
    let sealed = tx.keys().seal(place, text.as_bytes());
    tx.execute(ADD, values![scope.tenant, buyer, id, now, scope.user(), sealed]).await?;
    Ok(id)
}

/// The notes on a buyer, the newest first. The caller has asked whether he may see the buyer.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed note was moved.
pub async fn notes(tx: &mut Tx<'_>, scope: &Scope, buyer: BuyerId) -> Result<Vec<BuyerNote>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all(LIST, values![scope.tenant, buyer, MOST]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, at) = (columns.id::<BuyerNoteId>()?, columns.instant()?);
            let (author, name) = (columns.opt_id()?, columns.opt_text()?);
            let uuid = id.uuid();
            let place =
                Place { tenant: scope.tenant, table: "buyer_notes", row: uuid.as_bytes(), field: "text" };
            let text = keys.open_text(place, columns.opt_bytes()?)?.unwrap_or_default();
            let author = UserRef::of(author, name);
            Ok(BuyerNote { id, at, author, text })
        })
        .collect()
}
