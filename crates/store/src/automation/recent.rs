//! What happened lately, for dry runs: read from the stories of cases, not from the queue.

use jiff::Timestamp;
use pingxin_domain::automation::Happening;
use pingxin_domain::{CaseId, ReviewId, Scope};

use super::queue::happenings;
use crate::case::EventKind;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// Something that happened lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recent {
    /// The case.
    pub case: Option<CaseId>,
    /// The review, where no case is named.
    pub review: Option<ReviewId>,
    /// When.
    pub at: Timestamp,
}

statements! {
    // A case is changed whenever something happens to it.
    EVENTS = "SELECT e.case_id, e.at, e.kind, e.body FROM cases c JOIN case_events e ON e.tenant_id = c.tenant_id \
        AND e.case_id = c.id WHERE c.tenant_id = $1 AND c.updated_at >= $2 AND e.at >= $2 AND e.kind = ANY($3::text[]) \
        AND ($4 OR c.shop_id = ANY($5::uuid[])) ORDER BY e.at DESC LIMIT $6";
    REVIEWS = "SELECT r.id, r.imported_at FROM reviews r WHERE r.tenant_id = $1 AND r.position >= $5 \
        AND r.imported_at >= $2 AND ($3 OR r.shop_id = ANY($4::uuid[])) ORDER BY r.position DESC LIMIT $6";
    MESSAGES = "SELECT c.id, k.at FROM chat_messages k JOIN reviews r ON r.tenant_id = k.tenant_id \
        AND r.shop_id = k.shop_id AND r.order_number = k.order_number JOIN cases c ON c.tenant_id = r.tenant_id \
        AND c.review_id = r.id WHERE k.tenant_id = $1 AND k.at >= $2 AND k.side = 'buyer' AND k.order_number IS NOT NULL \
        AND ($3 OR c.shop_id = ANY($4::uuid[])) ORDER BY k.at DESC LIMIT $5";
}

/// The kinds of events in which something is found.
fn kinds(happening: Happening) -> &'static [&'static str] {
    match happening {
        Happening::CaseOpened => &["opened"],
        Happening::ReviewRevised => &["review_revised"],
        Happening::CaseReopened => &["review_revised", "state_changed"],
        Happening::StateChanged | Happening::CaseSolved => &["state_changed"],
        Happening::CaseOverdue => &["clock_breached"],
        Happening::PromiseBroken => &["promise_broken"],
        Happening::TaskAnswered => &["task_answered"],
        Happening::RemovalAnswered => &["removal"],
        Happening::ReviewArrived | Happening::BuyerMessage => &[],
    }
}

/// What happened since an instant, the last first; at most so many.
///
/// # Errors
/// The database's error.
pub async fn recent(
    tx: &mut Tx<'_>,
    scope: &Scope,
    happening: Happening,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Recent>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut found = Vec::new();
    match happening {
        Happening::ReviewArrived => {
            // Reviews that came in lately and were written long before are left out: they are walked by when they were
            // written.
            let from = crate::position::first_at(since);
            let row = vec![scope.tenant.into(), since.into(), all, shops, from.into(), limit.into()];
            for row in tx.all(REVIEWS, row).await? {
                let mut columns = row.columns();
                found.push(Recent { case: None, review: Some(columns.id()?), at: columns.instant()? });
            }
        }
        Happening::BuyerMessage => {
            let row = vec![scope.tenant.into(), since.into(), all, shops, limit.into()];
            for row in tx.all(MESSAGES, row).await? {
                let mut columns = row.columns();
                found.push(Recent { case: Some(columns.id()?), review: None, at: columns.instant()? });
            }
        }
        _ => {
            let mut row = values![scope.tenant, since, kinds(happening)];
            row.extend([all, shops, limit.into()]);
            for row in tx.all(EVENTS, row).await? {
                let mut columns = row.columns();
                let (case, at) = (columns.id()?, columns.instant()?);
                let (kind, body) = (columns.code(EventKind::from_code)?, columns.json()?);
                if happenings(kind, &body).contains(&happening) {
                    found.push(Recent { case: Some(case), review: None, at });
                }
            }
        }
    }
    Ok(found)
}
