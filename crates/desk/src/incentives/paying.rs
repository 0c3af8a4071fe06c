//! The statements of a month: read, taken out as a file, and noted as paid.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::{Action, Month, Scope, UserId};
use pingxin_store::case;
use pingxin_store::incentive::{self, Change, IncentiveHead, Line, Statement};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;

use super::{seen, stale};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

const COLUMNS: &[&str] = &["month", "person", "case", "basis", "line", "amount", "currency", "state", "at"];

/// The statements of a month with their lines; each is the sum of its lines.
#[derive(Debug, Clone)]
pub struct MonthView {
    /// One a person and currency.
    pub statements: Vec<Statement>,
    /// Their lines.
    pub lines: Vec<Line>,
}

/// The statements of a month with their lines. An agent sees his own.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn month(desk: &Desk, scope: &Scope, month: Month, user: Option<UserId>) -> Result<MonthView> {
    allow(scope, Action::ReadCases)?;
    let user = seen(scope, user);
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let statements = incentive::of_month(tx, scope, month, user).await?;
            Ok(MonthView { statements, lines: incentive::lines(tx, scope, month, user).await? })
        })
    });
    Ok(read.await?)
}

/// Notes that what a person earned in a month was paid: every line of it that is payable. Answers how many.
///
/// # Errors
/// [`DeskError::Refused`] when nothing is payable; [`DeskError::Stale`] when a colleague was quicker;
/// [`DeskError::Forbidden`].
pub async fn pay(desk: &Desk, scope: &Scope, month: Month, user: UserId) -> Result<u64> {
    allow(scope, Action::ApproveMoney)?;
    let paid = desk
        .store
        .write(|tx| Box::pin(async move { pay_lines(tx, scope, month, user).await }))
        .await
        .map_err(stale)?;
    if paid == 0 {
        return Err(DeskError::refused("这个月没有待发放的奖励", "nothing of this month is payable"));
    }
    Ok(paid)
}

async fn pay_lines(
    tx: &mut Tx<'_>,
    scope: &Scope,
    month: Month,
    user: UserId,
) -> std::result::Result<u64, StoreError> {
    let mut paid = 0;
    for line in incentive::lines(tx, scope, month, Some(user)).await? {
        if line.state.paid().is_err() || line.amount.minor <= 0 {
            continue;
        }
        let head: IncentiveHead = match incentive::lock(tx, scope, line.incentive).await {
            Ok(head) => head,
            // A shop that is not his to pay for.
            Err(StoreError::NotFound { .. }) => continue,
            Err(error) => return Err(error),
        };
        if head.state.paid().is_err() {
            continue;
        }
        case::lock_for_change(tx, scope, head.case).await?;
        incentive::change(tx, scope, &head, Change::Paid, month).await?;
        paid += 1;
    }
    if paid > 0 {
        let detail = json!({ "month": month, "paid": paid });
        audit::append(tx, scope, "incentive.pay", "user", &user.to_string(), &detail).await?;
    }
    Ok(paid)
}

/// Writes the lines of a month into a file; answers their number.
///
/// # Errors
/// [`DeskError::Forbidden`]; [`DeskError::Io`] when the file cannot be written; the database's.
pub async fn export(
    desk: &Desk,
    scope: &Scope,
    of: Month,
    user: Option<UserId>,
    format: ExportFormat,
    path: &Path,
) -> Result<u64> {
    allow(scope, Action::ExportLists)?;
    let found = month(desk, scope, of, user).await?;
    let sink =
        File::create(path).map_err(|source| DeskError::Io { doing: "creating the export file", source })?;
    let mut writer = Writer::new(format, BufWriter::new(sink), COLUMNS)?;
    let named = of.to_string();
    for line in &found.lines {
        let number = i64::try_from(line.case_number).unwrap_or(i64::MAX);
        let currency = line.amount.currency.to_string();
        writer.row(&[
            Cell::Text(&named),
            Cell::Text(&line.user.name),
            Cell::Integer(number),
            Cell::Text(line.basis.code()),
            Cell::Text(line.kind.code()),
            Cell::Amount(line.amount),
            Cell::Text(&currency),
            Cell::Text(line.state.code()),
            Cell::Instant(line.at),
        ])?;
    }
    writer.finish()?;
    let rows = found.lines.len() as u64;
    let note = desk.store.write(|tx| {
        Box::pin(async move {
            audit::append(tx, scope, "list.export", "incentives", "", &json!({ "rows": rows })).await
        })
    });
    note.await?;
    Ok(rows)
}
