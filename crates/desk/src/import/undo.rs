//! Taking an import back. What it brought goes and what it changed stands again as before, except what a person has
//! worked on since or another import has brought too: that stays, and is listed.
//!
//! It runs as a job in short transactions, each of which is whole in itself: stopped anywhere, it goes on from there.

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{IncomingOrder, IncomingRecord, RecordKind, content_hash};
use pingxin_domain::personal::mask_text;
use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{Action, BatchId, CaseId, OrderId, RecordId, ReviewId, Scope};
use pingxin_store::batch::{self, Batch, BatchState, Undone};
use pingxin_store::case::{self, CaseRevised};
use pingxin_store::job::{self, NewJob};
use pingxin_store::order::{self, OrderWrite};
use pingxin_store::record::{self, RecordWrite};
use pingxin_store::review::{self, ReviewBefore, ReviewRevise, TriageColumns};
use pingxin_store::undo::{self, Brought};
use pingxin_store::{StoreError, Tx, audit, media, replaced, shop};
use serde_json::json;
use uuid::Uuid;

use super::view::{self, ImportView};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::jobs;

/// Things of one transaction.
const STEP: u32 = 200;
/// Kept things that are listed.
const LISTED: u32 = 100;

/// Why a thing stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptReason {
    /// A person has worked on it or its case, or tagged it.
    Touched,
    /// Another import has brought it too, or changed it since.
    OtherImport,
    /// An order whose review stays.
    ReviewStays,
}

/// A thing that stays.
#[derive(Debug, Clone)]
pub struct Kept {
    /// `review`, `order` or `record`.
    pub what: &'static str,
    /// Its id.
    pub id: Uuid,
    /// What a person calls it; contacts masked.
    pub label: String,
    /// Why it stays.
    pub reason: KeptReason,
    /// The case that somebody has worked on.
    pub case: Option<(CaseId, u64)>,
}

/// What taking an import back would do.
#[derive(Debug, Clone)]
pub struct UndoPreview {
    /// What would go.
    pub removed: Brought,
    /// What would stand again as it stood before.
    pub restored: Brought,
    /// What would stay, a hundred at most.
    pub kept: Vec<Kept>,
    /// Whether more than those would stay.
    pub kept_more: bool,
}

/// Says what taking an import back would do.
///
/// # Errors
/// [`DeskError::Refused`] when it cannot be taken back; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn preview(desk: &Desk, scope: &Scope, id: BatchId) -> Result<UndoPreview> {
    allow(scope, Action::CreateImports)?;
    let ImportView { batch, .. } = view::get(desk, scope, id).await?;
    check(&batch)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let removed = undo::brought(tx, scope, id).await?;
            let restored = undo::restorable(tx, scope, id).await?;
            Ok((removed, restored, kept(tx, scope, id).await?))
        })
    });
    let (removed, restored, mut kept) = found.await?;
    let kept_more = kept.len() > LISTED as usize;
    kept.truncate(LISTED as usize);
    Ok(UndoPreview { removed, restored, kept, kept_more })
}

fn check(batch: &Batch) -> Result<()> {
    if batch.dry_run {
        return Err(DeskError::refused(
            "试导入没有写入任何内容，无需撤销",
            "a dry run has stored nothing; there is nothing to undo",
        ));
    }
    match batch.state {
        BatchState::Done | BatchState::Cancelled | BatchState::Failed => Ok(()),
        BatchState::Undoing | BatchState::Undone => {
            Err(DeskError::refused("这次导入已经撤销过了", "this import has been undone already"))
        }
        BatchState::Draft | BatchState::Queued | BatchState::Running => Err(DeskError::refused(
            "导入还没有结束，请先停止或等它完成，再撤销",
            "the import has not ended; stop it or wait, then undo it",
        )),
    }
}

async fn kept(tx: &mut Tx<'_>, scope: &Scope, id: BatchId) -> std::result::Result<Vec<Kept>, StoreError> {
    let mut kept = Vec::new();
    for review in undo::kept_reviews(tx, scope, id, LISTED + 1).await? {
        let reason = if review.touched { KeptReason::Touched } else { KeptReason::OtherImport };
        let label = mask_text(&review.label);
        kept.push(Kept { what: "review", id: review.id.uuid(), label, reason, case: review.case });
    }
    for (id, label, other) in undo::kept_orders(tx, scope, id, LISTED + 1).await? {
        let reason = if other { KeptReason::OtherImport } else { KeptReason::ReviewStays };
        kept.push(Kept { what: "order", id: id.uuid(), label, reason, case: None });
    }
    for (id, record) in undo::kept_records(tx, scope, id, LISTED + 1).await? {
        let (reason, label) = (KeptReason::OtherImport, label_of(&record));
        kept.push(Kept { what: "record", id: id.uuid(), label, reason, case: None });
    }
    Ok(kept)
}

fn label_of(record: &IncomingRecord) -> String {
    let short = |text: &str| mask_text(text).chars().take(60).collect::<String>();
    match record {
        IncomingRecord::Shipment(shipment) => shipment.tracking_number.clone(),
        IncomingRecord::Trace(trace) => short(&trace.text),
        IncomingRecord::AfterSale(after_sale) => {
            after_sale.platform_id.clone().or_else(|| after_sale.order_number.clone()).unwrap_or_default()
        }
        IncomingRecord::Chat(message) => short(&message.text),
        IncomingRecord::Call(call) => call.order_number.clone().unwrap_or_else(|| call.at.to_string()),
        IncomingRecord::Figure(figure) => figure.name.clone(),
    }
}

/// Begins to take an import back; a worker does it.
///
/// # Errors
/// As [`preview`].
pub async fn begin(desk: &Desk, scope: &Scope, id: BatchId) -> Result<ImportView> {
    allow(scope, Action::CreateImports)?;
    let ImportView { batch, .. } = view::get(desk, scope, id).await?;
    check(&batch)?;
    let now = desk.store.clock().now();
    let (key, payload) = (format!("undo:{id}"), json!({ "import": id }));
    let (key, payload) = (key.as_str(), &payload);
    let begun = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                batch::begin_undo(tx, scope, id).await?;
                let job = NewJob { kind: jobs::UNDO, payload, unique_key: Some(key), run_at: now };
                job::enqueue(tx, scope, &job).await?;
                audit::append(tx, scope, "import.undo", "import", &id.to_string(), &json!({})).await
            })
        })
        .await;
    match begun {
        Err(StoreError::Conflict { what: "batch state" }) => return Err(DeskError::Stale),
        other => other?,
    }
    view::get(desk, scope, id).await
}

/// Takes an import back, for the worker. Answers whether it came to an end (else it waits for the next start).
///
/// # Errors
/// When the database does not answer; the worker tries again later.
pub async fn run(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    mut go_on: impl FnMut() -> bool + Send,
) -> Result<bool> {
    let batch = view::get(desk, scope, id).await?.batch;
    if batch.state != BatchState::Undoing {
        return Ok(true);
    }
    let shop = batch.shop.map(|shop| shop.id);
    let engine = match shop {
        Some(shop) => desk.engine_of(scope, shop).await?,
        None => desk.engine(),
    };
    let engine = engine.as_ref();
    let phases = [Phase::RemoveReviews, Phase::RestoreReviews, Phase::RemoveOrders, Phase::RestoreOrders]
        .into_iter()
        .chain(
            RecordKind::ALL
                .into_iter()
                .flat_map(|kind| [Phase::RemoveRecords(kind), Phase::RestoreRecords(kind)]),
        );
    for phase in phases {
        let mut after = Uuid::nil();
        loop {
            let step = desk.store.write(|tx| {
                Box::pin(async move {
                    // An import that runs at the same time waits, and sees all of the step or nothing of it.
                    if let Some(shop) = shop {
                        shop::lock(tx, scope, shop).await?;
                    }
                    let (last, undone) = take_step(tx, scope, engine, id, phase, after).await?;
                    batch::note_undone(tx, scope, id, undone).await?;
                    Ok(last)
                })
            });
            match step.await? {
                Some(last) => after = last,
                None => break,
            }
            if !go_on() {
                return Ok(false);
            }
        }
    }
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let kept = undo::left(tx, scope, id).await?;
                batch::forget_raw(tx, scope, id).await?;
                // Photos of reviews that are gone; what is left of a great many goes with the next forgetting.
                media::forget_unbound(tx, scope).await?;
                batch::end_undo(tx, scope, id, kept).await?;
                let detail = json!({ "kept": kept });
                audit::append(tx, scope, "import.undone", "import", &id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(true)
}

/// What is done in which order: reviews before the orders they name.
#[derive(Debug, Clone, Copy)]
enum Phase {
    RemoveReviews,
    RestoreReviews,
    RemoveOrders,
    RestoreOrders,
    RemoveRecords(RecordKind),
    RestoreRecords(RecordKind),
}

/// One step of a phase: the id to go on from (none at its end), and what was done.
async fn take_step(
    tx: &mut Tx<'_>,
    scope: &Scope,
    engine: &TriageEngine,
    id: BatchId,
    phase: Phase,
    after: Uuid,
) -> std::result::Result<(Option<Uuid>, Undone), StoreError> {
    let removed = |many: usize| Undone { removed: many as u64, ..Undone::default() };
    let restored = |many: usize| Undone { restored: many as u64, ..Undone::default() };
    Ok(match phase {
        Phase::RemoveReviews => {
            let leaving = undo::reviews_to_remove(tx, scope, id, after, STEP).await?;
            let ids: Vec<ReviewId> = leaving.iter().map(|review| review.id).collect();
            undo::renew_of_reviews(tx, scope, &ids).await?;
            undo::remove_reviews(tx, scope, &leaving).await?;
            (leaving.last().map(|review| review.id.uuid()), removed(leaving.len()))
        }
        Phase::RemoveOrders => {
            let leaving = undo::orders_to_remove(tx, scope, id, after, STEP).await?;
            let ids: Vec<OrderId> = leaving.iter().map(|(id, _)| *id).collect();
            undo::renew_of_orders(tx, scope, &ids).await?;
            undo::remove_orders(tx, scope, &leaving).await?;
            (leaving.last().map(|(order, _)| order.uuid()), removed(leaving.len()))
        }
        Phase::RemoveRecords(kind) => {
            let leaving = undo::records_to_remove(tx, scope, kind, id, after, STEP).await?;
            let ids: Vec<RecordId> = leaving.iter().map(|(id, _)| *id).collect();
            undo::renew_of_records(tx, scope, kind, &ids).await?;
            undo::delete_records(tx, scope, kind, &leaving).await?;
            (leaving.last().map(|(record, _)| record.uuid()), removed(leaving.len()))
        }
        Phase::RestoreReviews => {
            let changed = replaced::of_batch(tx, scope, id, "review", after, STEP).await?;
            let last = changed.last().map(|(thing, _)| *thing);
            let mut many = 0;
            for (thing, before) in changed {
                many += usize::from(restore_review(tx, scope, engine, id, thing, before).await?);
            }
            (last, restored(many))
        }
        Phase::RestoreOrders => {
            let changed = replaced::of_batch(tx, scope, id, "order", after, STEP).await?;
            let last = changed.last().map(|(thing, _)| *thing);
            let mut many = 0;
            for (thing, before) in changed {
                many += usize::from(restore_order(tx, scope, id, OrderId::from_uuid(thing), before).await?);
            }
            (last, restored(many))
        }
        Phase::RestoreRecords(kind) => {
            let changed = replaced::of_batch(tx, scope, id, kind.code(), after, STEP).await?;
            let last = changed.last().map(|(thing, _)| *thing);
            let mut many = 0;
            for (thing, before) in changed {
                many += usize::from(
                    restore_record(tx, scope, id, kind, RecordId::from_uuid(thing), before).await?,
                );
            }
            (last, restored(many))
        }
    })
}

/// The review as it stood before, as a revision of its own: what was shown in between stays readable.
async fn restore_review(
    tx: &mut Tx<'_>,
    scope: &Scope,
    engine: &TriageEngine,
    id: BatchId,
    thing: Uuid,
    before: ReviewBefore,
) -> std::result::Result<bool, StoreError> {
    let review_id = ReviewId::from_uuid(thing);
    let Some((revision, case)) = undo::untouched_review(tx, scope, id, review_id).await? else {
        return Ok(false);
    };
    let Some(detail) = review::get(tx, scope, review_id).await? else { return Ok(false) };
    let had_case = before.had_case;
    let review = before.into_review(detail.row.object);
    let triage = engine.read(&super::prepare::facts_of(&review), tx.now());
    let (now, revision) = (tx.now(), revision + 1);
    let write = ReviewRevise {
        id: review_id,
        revision,
        review: &review,
        content_hash: content_hash(&review),
        order: None,
        buyer: None,
        batch: None,
        line: 0,
        seen_at: now,
        triage: Some(TriageColumns::of(&triage)?),
    };
    review::revise_many(tx, scope, &[write]).await?;
    match (case, detail.row.case) {
        (Some(case), _) if !had_case => undo::remove_case(tx, scope, case).await?,
        (Some(case), Some(known)) => {
            let changed = CaseRevised {
                id: case,
                // Nobody has worked on it, so it neither waits nor has ended.
                life: pingxin_domain::case::Life::plain(known.state, known.owner),
                reason: triage.needs_case,
                reopens: false,
                revision,
                at: now,
            };
            case::review_changed_many(tx, scope, &[changed]).await?;
        }
        _ => {}
    }
    undo::renew_of_reviews(tx, scope, &[review_id]).await?;
    replaced::forget(tx, scope, id, "review", &[thing]).await?;
    Ok(true)
}

async fn restore_order(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    order: OrderId,
    before: IncomingOrder,
) -> std::result::Result<bool, StoreError> {
    if !undo::order_is_untouched(tx, scope, id, order).await? {
        return Ok(false);
    }
    let Some(stored) = order::get(tx, scope, order).await? else { return Ok(false) };
    let keep: Vec<&str> = before.lines.iter().map(|line| line.key.as_str()).collect();
    undo::drop_lines(tx, scope, id, order, &keep).await?;
    let write = OrderWrite {
        id: order,
        is_new: false,
        order: &before,
        buyer: None,
        content_hash: pingxin_domain::arrival::order_hash(&before),
        line_hashes: vec![[0; 16]; before.lines.len()],
        line: 0,
    };
    order::save_many(tx, scope, stored.shop.id, None, &[write]).await?;
    undo::renew_of_orders(tx, scope, &[order]).await?;
    replaced::forget(tx, scope, id, "order", &[order.uuid()]).await?;
    Ok(true)
}

async fn restore_record(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BatchId,
    kind: RecordKind,
    thing: RecordId,
    before: IncomingRecord,
) -> std::result::Result<bool, StoreError> {
    let Some((stored, shop)) = record::one(tx, scope, kind, thing).await? else { return Ok(false) };
    if stored.last_batch != Some(id) {
        return Ok(false);
    }
    let identity = before.identity();
    let write = RecordWrite { id: thing, is_new: false, identity, record: before, buyer: None, line: 0 };
    undo::renew_of_records(tx, scope, kind, &[thing]).await?;
    record::save_many(tx, scope, shop, kind, None, &[write]).await?;
    undo::renew_of_records(tx, scope, kind, &[thing]).await?;
    replaced::forget(tx, scope, id, kind.code(), &[thing.uuid()]).await?;
    Ok(true)
}
