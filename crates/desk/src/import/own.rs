//! Rows of our own exports: each names the review it came from, and its contacts are masked. A masked word says nothing
//! new, so it never changes what is stored.

use pingxin_domain::intake::{IncomingBuyer, ReviewIdentity, content_hash};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{ReviewId, Scope};
use pingxin_store::review::{self, OwnReview};

use super::apply::{Chunk, Target};
use super::prepare::{Prepared, PreparedReview, facts_of};
use crate::desk::Desk;
use crate::error::Result;

/// Finds the reviews that rows of a chunk name by our own id, and takes back the masking of what has not changed. An id
/// that this shop does not know is another database's: the row is then told by its other facts.
///
/// # Errors
/// When the database does not answer.
pub async fn recognise(desk: &Desk, scope: &Scope, target: Target<'_>, chunk: &mut Chunk) -> Result<()> {
    let shop = target.shop.id;
    let ids: Vec<ReviewId> = named(chunk).filter_map(|prepared| prepared.review.pingxin_id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let ids = ids.as_slice();
    let known =
        desk.store.read(|tx| Box::pin(async move { review::find_own(tx, scope, shop, ids).await })).await?;
    let now = desk.store.clock().now();
    for prepared in named(chunk) {
        let stored = prepared.review.pingxin_id.and_then(|id| known.get(&id));
        if let Some(stored) = stored {
            unmask(prepared, stored);
            prepared.triage = target.engine.read(
                &pingxin_domain::triage::ReviewFacts { order: prepared.order, ..facts_of(&prepared.review) },
                now,
            );
        }
    }
    Ok(())
}

fn named(chunk: &mut Chunk) -> impl Iterator<Item = &mut PreparedReview> {
    chunk
        .rows
        .iter_mut()
        .filter_map(|row| match row {
            Prepared::Row(row) => Some(&mut row.reviews),
            Prepared::Failed(..) => None,
        })
        .flatten()
        .filter(|prepared| prepared.review.pingxin_id.is_some())
}

fn unmask(prepared: &mut PreparedReview, stored: &OwnReview) {
    let incoming = &mut prepared.review;
    if incoming.text == mask_text(&stored.text) {
        incoming.text.clone_from(&stored.text);
    }
    let masked = stored.title.as_deref().map(mask_text);
    if incoming.title == masked {
        incoming.title.clone_from(&stored.title);
    }
    if incoming.reply.is_none() || incoming.reply == stored.reply.as_deref().map(mask_text) {
        incoming.reply.clone_from(&stored.reply);
    }
    // The nick is masked in every export; who wrote it is known.
    incoming.buyer = IncomingBuyer::default();
    prepared.identity = ReviewIdentity::Key(stored.identity.clone());
    prepared.hash = content_hash(incoming);
}
