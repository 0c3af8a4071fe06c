//! One review with everything that is known of it.

use jiff::Timestamp;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BatchId, BuyerId, OrderId, ReviewId, Scope};

use super::row::{self, ReviewRow, read_rating, review_columns, review_joins};
use crate::reference::Source;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, shop};

/// How a review stood at some time.
#[derive(Debug, Clone)]
pub struct Revision {
    /// Number, from 1.
    pub revision: u32,
    /// Stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// Title.
    pub title: Option<String>,
    /// Words.
    pub text: String,
    /// When it was first seen so.
    pub seen_at: Timestamp,
    /// The row that told so.
    pub source: Option<Source>,
}

/// One review with everything that is known of it.
#[derive(Debug, Clone)]
pub struct ReviewDetail {
    /// What lists show.
    pub row: ReviewRow,
    /// Its order.
    pub order: Option<OrderId>,
    /// Who wrote it.
    pub buyer: Option<BuyerId>,
    /// The triage of the current revision: the contract's answer.
    pub triage: Option<serde_json::Value>,
    /// Every revision, the oldest first.
    pub revisions: Vec<Revision>,
    /// The row that first told of it.
    pub source: Option<Source>,
}

statements! {
    GET = concat!("SELECT ", review_columns!(), ", r.order_id, r.buyer_id, \
        r.batch_id, i.file_name, r.line FROM reviews r", review_joins!(),
        " LEFT JOIN import_batches i ON i.tenant_id = r.tenant_id AND i.id = r.batch_id \
        WHERE r.tenant_id = $1 AND r.id = $2 AND ($3 OR r.shop_id = ANY($4::uuid[]))");
    REVISIONS = "SELECT v.revision, v.rating, v.verdict, v.title, v.text, v.seen_at, v.batch_id, i.file_name, v.line \
        FROM review_revisions v LEFT JOIN import_batches i ON i.tenant_id = v.tenant_id AND i.id = v.batch_id \
        WHERE v.tenant_id = $1 AND v.review_id = $2 ORDER BY v.revision";
    TRIAGE = "SELECT body FROM triage_results WHERE tenant_id = $1 AND review_id = $2 AND revision = $3 \
        ORDER BY at DESC LIMIT 1";
}

fn read_source(row: &mut Columns<'_>) -> Result<Option<Source>, StoreError> {
    let (batch, file_name, line) = (row.opt_id::<BatchId>()?, row.opt_text()?, row.unsigned()?);
    Ok(batch.map(|batch| Source { batch, file_name: file_name.unwrap_or_default(), line }))
}

/// One review within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: ReviewId) -> Result<Option<ReviewDetail>, StoreError> {
    let keys = tx.keys();
    let [all, shops] = shop::bounds(scope);
    let Some(found) = tx.first(GET, vec![scope.tenant.into(), id.into(), all, shops]).await? else {
        return Ok(None);
    };
    let mut columns = found.columns();
    let row = row::read(&mut columns, scope, &keys)?;
    let mut detail = ReviewDetail {
        row,
        order: columns.opt_id()?,
        buyer: columns.opt_id()?,
        source: read_source(&mut columns)?,
        triage: None,
        revisions: Vec::new(),
    };
    super::show_tags(tx, scope, std::iter::once(&mut detail.row)).await?;
    for found in tx.all(REVISIONS, values![scope.tenant, id]).await? {
        let mut columns = found.columns();
        detail.revisions.push(Revision {
            revision: columns.small()?,
            rating: read_rating(&mut columns)?,
            verdict: columns.opt_code(Verdict::from_code)?,
            title: columns.opt_text()?,
            text: columns.text()?,
            seen_at: columns.instant()?,
            source: read_source(&mut columns)?,
        });
    }
    let triage = tx.first(TRIAGE, values![scope.tenant, id, detail.row.revision]).await?;
    detail.triage = triage.map(|found| found.columns().json()).transpose()?;
    Ok(Some(detail))
}
