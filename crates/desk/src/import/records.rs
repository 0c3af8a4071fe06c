//! The records of a chunk: parcels, after-sales, chats, calls, figures.

use std::collections::{HashMap, HashSet};

use pingxin_domain::arrival::Outcome;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::{IncomingBuyer, IncomingRecord, RecordKind};
use pingxin_domain::{BatchId, BuyerId, RecordId, Scope, ShopId};
use pingxin_store::case::{self, MarkOf};
use pingxin_store::identifier::fresh;
use pingxin_store::record::{self, RecordWrite, StoredRecord};
use pingxin_store::{StoreError, Tx, automation, buyer, replaced};

use super::apply::Target;
use super::decide::{Decisions, Earlier};
use super::lookup::taken;
use super::prepare::{Prepared, PreparedRow};

/// Stored records by kind and identity.
pub type KnownRecords = HashMap<(RecordKind, String), StoredRecord>;

/// A record as it will stand after the chunk.
#[derive(Debug)]
pub struct RecordDraft {
    /// Its id, fresh if it is new.
    pub id: RecordId,
    /// How it stands in the store.
    pub stored: Option<IncomingRecord>,
    /// Whether an earlier chunk of this import has brought or changed it.
    pub ours: bool,
    /// Everything known of it.
    pub record: IncomingRecord,
    /// Whom it speaks of, as the row says.
    pub buyer: IncomingBuyer,
    /// Line of the file that spoke of it first.
    pub line: u64,
    /// Whether anything has to be written but the mark that it was seen.
    pub changed: bool,
    /// Whether a row of this file has spoken of it, in this chunk or before.
    seen: bool,
}

/// The records of a chunk by kind and identity.
pub type Drafts = HashMap<(RecordKind, String), RecordDraft>;

/// Reads what is stored of the records of these rows.
///
/// # Errors
/// When the database does not answer.
pub async fn look_up(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    rows: &[Prepared],
) -> Result<KnownRecords, StoreError> {
    let mut identities: HashMap<RecordKind, HashSet<String>> = HashMap::new();
    for record in taken(rows).flat_map(|row| &row.row.records) {
        identities.entry(record.kind()).or_default().insert(record.identity());
    }
    let mut known = HashMap::new();
    for (kind, identities) in identities {
        let identities: Vec<&str> = identities.iter().map(String::as_str).collect();
        let found = record::find_many(tx, scope, shop, kind, &identities).await?;
        known.extend(found.into_iter().map(|(identity, stored)| ((kind, identity), stored)));
    }
    Ok(known)
}

/// How a dry run remembers a record.
#[must_use]
pub fn record_key(record: &IncomingRecord) -> String {
    format!("r:{}|{}", record.kind().code(), record.identity())
}

/// Decides the records of one row, in the order of the row; `repeated` as in `decide`.
pub fn decide(
    drafts: &mut Drafts,
    row: &PreparedRow,
    known: &KnownRecords,
    batch: BatchId,
    earlier: &Earlier,
    repeated: bool,
) -> Vec<Outcome> {
    row.row
        .records
        .iter()
        .map(|incoming| {
            let key = (incoming.kind(), incoming.identity());
            let stored = known.get(&key);
            let draft = drafts.entry(key).or_insert_with(|| RecordDraft {
                id: stored.map_or_else(fresh, |stored| stored.id),
                stored: stored.map(|stored| stored.record.clone()),
                ours: stored.is_some_and(|stored| stored.last_batch == Some(batch)),
                record: stored
                    .map_or_else(|| incoming.clone().without_buyer(), |stored| stored.record.clone()),
                buyer: incoming.buyer(),
                line: row.row.line,
                changed: false,
                seen: stored.is_some_and(|stored| stored.last_batch == Some(batch))
                    || earlier.said.contains(&record_key(incoming)),
            });
            take(draft, incoming, repeated)
        })
        .collect()
}

fn take(draft: &mut RecordDraft, incoming: &IncomingRecord, repeated: bool) -> Outcome {
    let again = draft.seen;
    draft.seen = true;
    if draft.stored.is_none() && !again {
        draft.changed = true;
        return Outcome::New;
    }
    // A list of parcels names one parcel in many rows, each with another fact; the same fact again is a duplicate.
    let merged = incoming.clone().without_buyer().onto(draft.record.clone());
    let differs = merged != draft.record;
    if differs && (again || !repeated) {
        draft.record = merged;
        draft.changed = true;
        return Outcome::Updated;
    }
    if again { Outcome::Duplicate } else { Outcome::Unchanged }
}

/// Writes what is new or changed, keeps how the changed ones stood, and marks the rest as seen.
///
/// # Errors
/// When the database does not take them.
pub async fn save(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
) -> Result<(), StoreError> {
    for kind in RecordKind::ALL {
        let drafts: Vec<(&String, &RecordDraft)> = decisions
            .records
            .iter()
            .filter(|((of, _), _)| *of == kind)
            .map(|((_, identity), draft)| (identity, draft))
            .collect();
        let (changed, seen): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|(_, draft)| draft.changed);
        let seen: Vec<RecordId> = seen.into_iter().map(|(_, draft)| draft.id).collect();
        record::mark_seen_many(tx, scope, kind, target.batch, &seen).await?;
        let buyers = buyers_of(tx, scope, target.shop.id, &changed).await?;
        let writes: Vec<RecordWrite> = changed
            .iter()
            .zip(buyers)
            .map(|((identity, draft), buyer)| RecordWrite {
                id: draft.id,
                is_new: draft.stored.is_none(),
                identity: (*identity).clone(),
                record: draft.record.clone(),
                buyer,
                line: draft.line,
            })
            .collect();
        let before: Vec<_> = changed
            .iter()
            .filter(|(_, draft)| !draft.ours)
            .filter_map(|(_, draft)| draft.stored.as_ref().map(|stored| (draft.id.uuid(), stored)))
            .collect();
        replaced::keep_many(tx, scope, target.batch, kind.code(), &before).await?;
        record::save_many(tx, scope, target.shop.id, kind, Some(target.batch), &writes).await?;
        if kind == RecordKind::Chat {
            let new: Vec<RecordId> =
                writes.iter().filter(|write| write.is_new).map(|write| write.id).collect();
            automation::queue_messages(tx, scope, &new).await?;
        }
        if matches!(kind, RecordKind::Chat | RecordKind::Call | RecordKind::AfterSale) {
            let orders: Vec<&str> = writes.iter().filter_map(|write| write.record.order_number()).collect();
            let buyers: Vec<BuyerId> = writes.iter().filter_map(|write| write.buyer).collect();
            case::mark_of_records(tx, scope, target.shop.id, MarkOf { orders: &orders, buyers: &buyers })
                .await?;
        }
    }
    Ok(())
}

/// Whom the records speak of. A nick that the platform has masked is many people, so it names nobody here.
async fn buyers_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    drafts: &[(&String, &RecordDraft)],
) -> Result<Vec<Option<BuyerId>>, StoreError> {
    let nobody = IncomingBuyer::default();
    let buyers: Vec<&IncomingBuyer> = drafts
        .iter()
        .map(|(_, draft)| if draft.buyer.is_only_a_masked_nick() { &nobody } else { &draft.buyer })
        .collect();
    buyer::upsert_many(tx, scope, shop, &buyers).await
}
