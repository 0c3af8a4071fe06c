//! Figures typed by a person, and their list.

use jiff::Timestamp;
use pingxin_domain::figure::{FigureUnit, FigureValue};
use pingxin_domain::intake::{IncomingFigure, IncomingRecord, RecordKind};
use pingxin_domain::{RecordId, Scope, ShopId};

use super::table::Table;
use crate::page::{Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A figure of one day.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Id.
    pub id: RecordId,
    /// The shop.
    pub shop: ShopRef,
    /// A code of `FigureName`, or the name as it was typed.
    pub name: String,
    /// The value.
    pub value: FigureValue,
    /// What it counts.
    pub unit: Option<FigureUnit>,
    /// The day.
    pub at: Timestamp,
    /// Who typed it; none for one of a file.
    pub typed_by: Option<UserRef>,
}

/// A figure to keep.
#[derive(Debug, Clone)]
pub struct NewFigure {
    /// The shop.
    pub shop: ShopId,
    /// What it says.
    pub figure: IncomingFigure,
}

statements! {
    // The same figure of the same day is typed anew, not twice.
    CREATE = "INSERT INTO figures (tenant_id, id, shop_id, identity_index, name, value_millionths, unit, at, \
        created_by, body_sealed, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)";
    KNOWN = "SELECT id FROM figures WHERE tenant_id = $1 AND shop_id = $2 AND identity_index = $3";
    RETYPE = "UPDATE figures SET value_millionths = $3, unit = $4, created_by = $5, body_sealed = $6, \
        last_batch_id = NULL WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT f.at, f.id, s.id, s.name, s.platform, f.name, f.value_millionths, f.unit, u.id, u.display_name \
        FROM figures f LEFT JOIN shops s ON s.tenant_id = f.tenant_id AND s.id = f.shop_id \
        LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.created_by \
        WHERE f.tenant_id = $1 AND ($2 OR f.shop_id = ANY($3::uuid[])) AND (f.at, f.id) < ($4, $5) \
        AND ($6 OR f.shop_id = $7) ORDER BY f.at DESC, f.id DESC LIMIT $8";
    DELETE = "DELETE FROM figures WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[]))";
}

/// Keeps a typed figure; one of the same name, shop and instant is written over.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, new: &NewFigure) -> Result<RecordId, StoreError> {
    shop::require(scope, new.shop)?;
    let record = IncomingRecord::Figure(new.figure.clone());
    let (keys, table) = (tx.keys(), Table::of(RecordKind::Figure));
    let index = super::index(&keys, scope, RecordKind::Figure, &record.identity());
    let known = tx.first(KNOWN, values![scope.tenant, new.shop, &index]).await?;
    let unit = new.figure.unit.map(FigureUnit::code);
    let millionths = new.figure.value.millionths;
    if let Some(row) = known {
        let id: RecordId = row.columns().id()?;
        let body = super::seal(&keys, scope, table, id, &record)?;
        tx.change_one(RETYPE, values![scope.tenant, id, millionths, unit, scope.user(), body], "figure")
            .await?;
        return Ok(id);
    }
    let id = identifier::fresh::<RecordId>();
    let body = super::seal(&keys, scope, table, id, &record)?;
    let row = values![
        scope.tenant,
        id,
        new.shop,
        &index,
        new.figure.name.as_str(),
        millionths,
        unit,
        new.figure.at,
        scope.user(),
        body,
    ];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

const LIST_NAME: u8 = 50;

/// A page of figures within the scope, of one shop or of all, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Option<ShopId>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Figure>, StoreError> {
    let limit = page_limit(limit);
    let before = Cursor::read(cursor, LIST_NAME)?;
    let (at, id) = before.map_or((i64::MAX, uuid::Uuid::max()), |cursor| (cursor.first, cursor.id));
    let [all, shops] = shop::bounds(scope);
    let mut row = vec![scope.tenant.into(), all, shops, at.into(), id.into()];
    row.extend(values![of.is_none(), of, limit + 1]);
    let mut figures = Vec::new();
    for row in tx.all(LIST, row).await? {
        let mut columns = row.columns();
        let (at, id) = (columns.instant()?, columns.id()?);
        let shop = ShopRef::read(&mut columns)?;
        let name = columns.text()?;
        let value = FigureValue { millionths: columns.int()? };
        let unit = columns.opt_code(FigureUnit::from_code)?;
        let (user, user_name) = (columns.opt_id()?, columns.opt_text()?);
        let typed_by = user.zip(user_name).map(|(id, name)| UserRef { id, name });
        figures.push(Figure { id, shop, name, value, unit, at, typed_by });
    }
    Ok(Page::cut(figures, limit, |last| Cursor {
        list: LIST_NAME,
        first: last.at.as_microsecond(),
        second: 0,
        id: pingxin_domain::identifiers::Identifier::uuid(last.id),
    }))
}

/// Takes a figure away.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: RecordId) -> Result<(), StoreError> {
    let [all, shops] = shop::bounds(scope);
    match tx.execute(DELETE, vec![scope.tenant.into(), id.into(), all, shops]).await? {
        0 => Err(StoreError::NotFound { what: "figure" }),
        _ => Ok(()),
    }
}
