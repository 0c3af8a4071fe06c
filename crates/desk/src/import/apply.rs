//! Writes a decided chunk: orders, buyers, reviews, triage, cases, the rows' fates and the cursor, all in one
//! transaction.

use std::collections::HashMap;

use pingxin_domain::arrival::Outcome;
use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{BatchId, Scope};
use pingxin_store::batch::{Counts, ImportRowWrite, Progress};
use pingxin_store::shop::Shop;
use pingxin_store::{StoreError, Tx, batch, shop};

use super::buyers;
use super::decide::{Decisions, Earlier, decide};
use super::lookup::look_up;
use super::orders;
use super::prepare::Prepared;
use super::{records, reviews};

/// Up to 1,000 rows, and how far the file has been read after them.
#[derive(Debug)]
pub struct Chunk {
    /// Rows in the order of the file.
    pub rows: Vec<Prepared>,
    /// Bytes of the file read so far.
    pub bytes_read: u64,
}

/// Where the chunk goes.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The import.
    pub batch: BatchId,
    /// The shop.
    pub shop: &'a Shop,
    /// Reads texts again where the order or the buyer adds to what is known.
    pub engine: &'a TriageEngine,
    /// Whether this very file was read into this shop before, in the same way.
    pub repeated: bool,
}

/// Stores a chunk and moves the cursor of its import.
///
/// # Errors
/// When the database does not take it; then nothing of the chunk is stored.
pub async fn apply(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    chunk: &Chunk,
) -> Result<Counts, StoreError> {
    shop::lock(tx, scope, target.shop.id).await?;
    let known = look_up(tx, scope, target.shop.id, target.batch, &chunk.rows, &HashMap::new()).await?;
    let decisions = decide(&chunk.rows, known, target.batch, &Earlier::default(), target.repeated);
    let buyers = buyers::save(tx, scope, target, &decisions).await?;
    orders::save(tx, scope, target, &decisions, &buyers).await?;
    let cases_opened = reviews::save(tx, scope, target, &decisions, &buyers).await?;
    records::save(tx, scope, target, &decisions).await?;
    record(tx, scope, target.batch, chunk, &decisions).await?;
    let mut counts = count(&chunk.rows, &decisions);
    counts.cases_opened = cases_opened;
    let cursor_line = chunk.rows.last().map_or(0, Prepared::line);
    let progress = Progress { cursor_line, bytes_read: chunk.bytes_read, chunk: counts };
    batch::advance(tx, scope, target.batch, &progress).await?;
    Ok(counts)
}

/// The five counts of a chunk; they sum to its rows.
#[must_use]
pub fn count(rows: &[Prepared], decisions: &Decisions<'_>) -> Counts {
    let of = |wanted: Outcome| decisions.rows.iter().filter(|row| row.outcome == wanted).count() as u64;
    let failed = rows.iter().filter(|row| matches!(row, Prepared::Failed(..))).count() as u64;
    Counts {
        rows: rows.len() as u64,
        new: of(Outcome::New),
        updated: of(Outcome::Updated),
        unchanged: of(Outcome::Unchanged),
        duplicate: of(Outcome::Duplicate),
        failed: failed + of(Outcome::Failed),
        cases_opened: 0,
    }
}

async fn record(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    chunk: &Chunk,
    decisions: &Decisions<'_>,
) -> Result<(), StoreError> {
    let mut decided = decisions.rows.iter();
    let mut writes = Vec::with_capacity(chunk.rows.len());
    for prepared in &chunk.rows {
        writes.push(match prepared {
            Prepared::Failed(failure, raw) => ImportRowWrite {
                line: failure.line,
                identity: None,
                outcome: Outcome::Failed,
                review: None,
                order: None,
                failure: Some(failure),
                raw,
            },
            Prepared::Row(row) => {
                let decision = decided.next().expect("one decision a taken row");
                let review = decision.reviews.first();
                let number = row.row.order.as_ref().map(|order| order.number.as_str());
                ImportRowWrite {
                    line: row.row.line,
                    identity: review.map(|review| review.identity.as_str()),
                    outcome: decision.outcome,
                    review: review
                        .filter(|review| review.outcome != Outcome::Duplicate || review.stored.is_some())
                        .map(|review| review.stored.as_ref().map_or(review.prepared.id, |stored| stored.id)),
                    order: number.and_then(|number| decisions.orders.get(number)).map(|draft| draft.id),
                    failure: None,
                    raw: &row.row.raw,
                }
            }
        });
    }
    batch::record_rows(tx, scope, id, &writes).await
}
