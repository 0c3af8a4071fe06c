//! Looking at imports: how far, how many of each, what failed and why.

use pingxin_domain::Say;
use pingxin_domain::intake::{Field, RowFailure};
use pingxin_domain::personal::{mask_email, mask_name, mask_nick, mask_phone, mask_text};
use pingxin_domain::{Action, BatchId, Scope};
use pingxin_store::Page;
use pingxin_store::batch::{self, Batch, ColumnMapping};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Why a whole file was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// A stable code such as `sheet_too_wide`.
    pub code: String,
    /// What happened and what to do.
    pub say: Say,
}

/// An import as a screen shows it.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// Everything stored of it.
    pub batch: Batch,
    /// Why it failed, if it did.
    pub error: Option<ImportError>,
}

impl From<Batch> for ImportView {
    fn from(mut batch: Batch) -> Self {
        batch.mapping.iter_mut().for_each(mask_samples);
        let error = batch.error.as_ref().map(|error| ImportError {
            code: error.code.clone(),
            say: serde_json::from_str(&error.message)
                .unwrap_or_else(|_| Say::new(error.message.clone(), error.message.clone())),
        });
        Self { batch, error }
    }
}

/// Masks the sample cells of a column.
pub(super) fn mask_samples(column: &mut ColumnMapping) {
    let field = column.field;
    column.sample.iter_mut().for_each(|cell| *cell = mask_cell(field, cell));
}

/// A cell of the file as a screen may show it.
pub(super) fn mask_cell(field: Option<Field>, cell: &str) -> String {
    match field {
        Some(Field::BuyerNick) => mask_nick(cell),
        Some(Field::BuyerName | Field::BuyerAddress) => mask_name(cell),
        Some(Field::BuyerPhone) => mask_phone(cell),
        Some(Field::BuyerEmail) => mask_email(cell),
        Some(Field::OrderNumber | Field::OrderLine | Field::ReviewId | Field::TrackingNumber) => {
            cell.to_owned()
        }
        _ => mask_text(cell),
    }
}

/// One import.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: BatchId) -> Result<ImportView> {
    allow(scope, Action::ReadImports)?;
    let batch = desk.store.read(|tx| Box::pin(async move { batch::get(tx, scope, id).await })).await?;
    batch.map(ImportView::from).ok_or(DeskError::NotFound)
}

/// Imports, newest first.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(desk: &Desk, scope: &Scope, cursor: Option<&str>, limit: u32) -> Result<Page<ImportView>> {
    allow(scope, Action::ReadImports)?;
    let page =
        desk.store.read(|tx| Box::pin(async move { batch::list(tx, scope, cursor, limit).await })).await?;
    Ok(Page { rows: page.rows.into_iter().map(ImportView::from).collect(), next: page.next })
}

/// The rows that were not taken, in the order of the file.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn failures(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<RowFailure>> {
    get(desk, scope, id).await?;
    let page = desk
        .store
        .read(|tx| Box::pin(async move { batch::failures(tx, scope, id, cursor, limit).await }))
        .await?;
    Ok(page)
}
