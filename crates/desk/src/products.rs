//! Products on the screen: what their reviews add up to.

use pingxin_domain::{Action, ProductId, Scope};
use pingxin_language::Cause;
use pingxin_store::product::{self, Product, ProductFilter, ProductSort};
use pingxin_store::{Count, Page};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// A product with what its reviews complain of.
#[derive(Debug, Clone)]
pub struct ProductView {
    /// The product.
    pub product: Product,
    /// How many reviews complain of what, the most frequent first.
    pub causes: Vec<(Cause, u64)>,
}

/// A page of products and how many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &ProductFilter,
    sort: ProductSort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Product>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let page = product::list(tx, scope, filter, sort, cursor, limit).await?;
            let count = page.count_of(cursor, product::count(tx, scope, filter)).await?;
            Ok((page, count))
        })
    });
    Ok(found.await?)
}

/// One product.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: ProductId) -> Result<ProductView> {
    allow(scope, Action::ReadReviews)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let Some(product) = product::get(tx, scope, id).await? else { return Ok(None) };
            let causes = product::causes(tx, scope, id).await?;
            Ok(Some(ProductView { product, causes }))
        })
    });
    found.await?.ok_or(DeskError::NotFound)
}
