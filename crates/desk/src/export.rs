//! Export: a whole filter as a file, one row a thing, uncapped. Buyers stay masked.

mod columns;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::{Action, Scope};
use pingxin_store::buyer::{self, BuyerFilter, BuyerSort};
use pingxin_store::case::{self, CaseFilter};
use pingxin_store::compensation::{self, CompensationFilter};
use pingxin_store::order::{self, OrderFilter, OrderSort};
use pingxin_store::product::{self, ProductFilter, ProductSort};
use pingxin_store::review::{self, ReviewFilter};
use pingxin_store::{Page, audit};
use serde_json::json;

use self::columns::Shown;
use crate::buyers::mask_buyer;
use crate::cases;
use crate::compensations::masked;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::reviews::mask_row;

/// Rows read from the store at once.
const PAGE: u32 = 1_000;

/// What to export.
#[derive(Debug, Clone)]
pub enum ExportKind {
    /// Reviews, newest first.
    Reviews(ReviewFilter),
    /// Orders, the first placed first, a row a line.
    Orders(OrderFilter),
    /// Cases, oldest first.
    Cases(CaseFilter),
    /// Buyers, masked, the newest first.
    Buyers(BuyerFilter),
    /// Products, those with most reviews first.
    Products(ProductFilter),
    /// Compensations, those asked for last first, a row a payout.
    Compensations(CompensationFilter),
}

impl ExportKind {
    /// What the list is called, in names of files and in the audit.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reviews(_) => "reviews",
            Self::Orders(_) => "orders",
            Self::Cases(_) => "cases",
            Self::Buyers(_) => "buyers",
            Self::Products(_) => "products",
            Self::Compensations(_) => "compensations",
        }
    }

    fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Reviews(_) => columns::REVIEW,
            Self::Orders(_) => columns::ORDER,
            Self::Cases(_) => columns::CASE,
            Self::Buyers(_) => columns::BUYER,
            Self::Products(_) => columns::PRODUCT,
            Self::Compensations(_) => columns::COMPENSATION,
        }
    }
}

/// Writes everything that the filter finds into a file, in every column; answers the number of rows.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::Io`] when the file cannot be written; the database's.
pub async fn write(
    desk: &Desk,
    scope: &Scope,
    kind: &ExportKind,
    format: ExportFormat,
    path: &Path,
) -> Result<u64> {
    write_columns(desk, scope, kind, &[], format, path).await
}

/// The columns of the list at these names, by their places; every one when none is named.
fn chosen(kind: &ExportKind, names: &[&str]) -> Result<Vec<usize>> {
    let all = kind.columns();
    if names.is_empty() {
        return Ok((0..all.len()).collect());
    }
    let unknown = |name: &str| {
        DeskError::refused(
            format!("没有“{name}”这一列；可选：{}", all.join("、")),
            format!("there is no column `{name}`; choose from {}", all.join(", ")),
        )
    };
    let place = |name: &&str| all.iter().position(|known| known == name).ok_or_else(|| unknown(name));
    names.iter().map(place).collect()
}

/// The same with only these columns, in this order.
///
/// # Errors
/// As [`write()`], and [`DeskError::Refused`] for a column that the list has not.
pub async fn write_columns(
    desk: &Desk,
    scope: &Scope,
    kind: &ExportKind,
    columns: &[&str],
    format: ExportFormat,
    path: &Path,
) -> Result<u64> {
    allow(scope, Action::ExportLists)?;
    let places = &chosen(kind, columns)?;
    let names: Vec<&str> = places.iter().map(|at| kind.columns()[*at]).collect();
    let sink =
        File::create(path).map_err(|source| DeskError::Io { doing: "creating the export file", source })?;
    let mut writer = Writer::new(format, BufWriter::new(sink), &names)?;
    let mut cursor: Option<String> = None;
    let mut rows = 0;
    loop {
        let next = page(desk, scope, (kind, places), cursor.as_deref(), &mut writer, &mut rows).await?;
        match next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    writer.finish()?;
    let name = kind.name();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let detail = json!({ "rows": rows });
                audit::append(tx, scope, "list.export", name, "", &detail).await
            })
        })
        .await?;
    Ok(rows)
}

async fn page(
    desk: &Desk,
    scope: &Scope,
    (kind, places): (&ExportKind, &[usize]),
    cursor: Option<&str>,
    writer: &mut Writer<BufWriter<File>>,
    rows: &mut u64,
) -> Result<Option<String>> {
    let store = &desk.store;
    match kind {
        ExportKind::Reviews(filter) => {
            let sort = review::Sort::Newest;
            let mut page = store
                .read(|tx| Box::pin(async move { review::list(tx, scope, filter, sort, cursor, PAGE).await }))
                .await?;
            page.rows.iter_mut().for_each(mask_row);
            put(writer, places, rows, page, |row| vec![columns::review(row)])
        }
        ExportKind::Orders(filter) => {
            let sort = OrderSort::Oldest;
            let page = store
                .read(|tx| Box::pin(async move { order::list(tx, scope, filter, sort, cursor, PAGE).await }))
                .await?;
            put(writer, places, rows, page, columns::order)
        }
        ExportKind::Cases(filter) => {
            let sort = case::Sort::Oldest;
            let mut page = store
                .read(|tx| Box::pin(async move { case::list(tx, scope, filter, sort, cursor, PAGE).await }))
                .await?;
            page.rows.iter_mut().for_each(cases::mask);
            put(writer, places, rows, page, |row| vec![columns::case(row)])
        }
        ExportKind::Buyers(filter) => {
            let sort = BuyerSort::Newest;
            let (mut page, _) = store
                .read(|tx| Box::pin(async move { buyer::list(tx, scope, filter, sort, cursor, PAGE).await }))
                .await?;
            page.rows.iter_mut().for_each(mask_buyer);
            put(writer, places, rows, page, |row| vec![columns::buyer(row)])
        }
        ExportKind::Compensations(filter) => {
            let (mut page, _) = store
                .read(|tx| Box::pin(async move { compensation::list(tx, scope, filter, cursor, PAGE).await }))
                .await?;
            page.rows = page.rows.into_iter().map(masked).collect();
            put(writer, places, rows, page, |row| vec![columns::compensation(row)])
        }
        ExportKind::Products(filter) => {
            let sort = ProductSort::Reviews;
            let page = store
                .read(|tx| {
                    Box::pin(async move { product::list(tx, scope, filter, sort, cursor, PAGE).await })
                })
                .await?;
            put(writer, places, rows, page, |row| vec![columns::product(row)])
        }
    }
}

fn put<T>(
    writer: &mut Writer<BufWriter<File>>,
    places: &[usize],
    rows: &mut u64,
    page: Page<T>,
    cells: impl for<'a> Fn(&'a T) -> Vec<Vec<Shown<'a>>>,
) -> Result<Option<String>> {
    for thing in &page.rows {
        for row in cells(thing) {
            let row: Vec<Cell<'_>> = places.iter().map(|at| row[*at].cell()).collect();
            writer.row(&row)?;
            *rows += 1;
        }
    }
    Ok(page.next)
}
