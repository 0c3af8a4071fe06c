//! Figures that a platform shows and no file holds, typed by a person with the day they were shown.

use jiff::civil::Date;
use pingxin_domain::figure::{FigureName, FigureUnit, FigureValue};
use pingxin_domain::intake::IncomingFigure;
use pingxin_domain::{Action, RecordId, Scope, ShopId};
use pingxin_store::record::{self, Figure, NewFigure};
use pingxin_store::{Page, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::shops;

/// Longest name of a figure.
const NAME_LETTERS: usize = 60;

/// A figure as a person types it.
#[derive(Debug, Clone)]
pub struct TypedFigure {
    /// The shop.
    pub shop: ShopId,
    /// A code or word of [`FigureName`], or any other name.
    pub name: String,
    /// `4.86`, `98.5%`.
    pub value: String,
    /// What it counts; a percent sign says it too.
    pub unit: Option<FigureUnit>,
    /// The day it was shown, in the shop's zone.
    pub date: Date,
}

/// Keeps a typed figure; one of the same name, shop and day is written over.
///
/// # Errors
/// [`DeskError::Refused`] for an empty name, a value that is no number, or a day to come; [`DeskError::NotFound`] for an
/// unknown shop; [`DeskError::Forbidden`].
pub async fn create(desk: &Desk, scope: &Scope, typed: TypedFigure) -> Result<RecordId> {
    allow(scope, Action::CreateImports)?;
    let shop = shops::find(desk, scope, typed.shop).await?.ok_or(DeskError::NotFound)?;
    let name = typed.name.trim();
    if name.is_empty() || name.chars().count() > NAME_LETTERS {
        return Err(DeskError::refused(
            format!("指标名称需要 1 到 {NAME_LETTERS} 个字"),
            format!("the name of a figure has 1 to {NAME_LETTERS} characters"),
        ));
    }
    let name = FigureName::from_code(name).map_or_else(|| name.to_owned(), |known| known.code().to_owned());
    let Some((value, percent)) = FigureValue::parse(&typed.value) else {
        return Err(DeskError::refused(
            "数值请写数字，例如 4.86 或 98.5%，最多六位小数",
            "write the value as a number, such as 4.86 or 98.5%, with at most six decimals",
        ));
    };
    let zone = shop.zone();
    let now = desk.store.clock().now();
    let at = zone
        .to_ambiguous_timestamp(typed.date.into())
        .compatible()
        .ok()
        .filter(|at| *at <= now)
        .ok_or_else(|| DeskError::refused("日期不能晚于今天", "the day cannot be after today"))?;
    let unit = typed.unit.or(percent.then_some(FigureUnit::Percent));
    let new = NewFigure { shop: shop.id, figure: IncomingFigure { name, value, unit, at } };
    let new = &new;
    let id = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let id = record::create_figure(tx, scope, new).await?;
                let detail = json!({ "name": new.figure.name });
                audit::append(tx, scope, "figure.type", "figure", &id.to_string(), &detail).await?;
                Ok(id)
            })
        })
        .await?;
    Ok(id)
}

/// Figures of one shop or of all, the newest first.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    shop: Option<ShopId>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Figure>> {
    allow(scope, Action::ReadImports)?;
    let page = desk
        .store
        .read(|tx| Box::pin(async move { record::list_figures(tx, scope, shop, cursor, limit).await }))
        .await?;
    Ok(page)
}

/// Takes a figure away.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn delete(desk: &Desk, scope: &Scope, id: RecordId) -> Result<()> {
    allow(scope, Action::CreateImports)?;
    desk.store
        .write(|tx| {
            Box::pin(async move {
                record::delete_figure(tx, scope, id).await?;
                audit::append(tx, scope, "figure.delete", "figure", &id.to_string(), &json!({})).await
            })
        })
        .await?;
    Ok(())
}
