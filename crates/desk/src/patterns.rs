//! Patterns 异常规律: after an import the newest reviews of its shop are looked at together, and what only shows in several of
//! them is noted on each. Looked at twice, nothing is noted twice.

use std::collections::HashMap;

use pingxin_domain::pattern::{self as rules, PatternCode, PatternFound};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{PatternGroupId, ReviewId, Scope, ShopId};
use pingxin_store::identifier::fresh;
use pingxin_store::job::{self, NewJob};
use pingxin_store::pattern::{self, PatternWrite, StoredPattern};
use pingxin_store::{StoreError, Tx, audit, shop};
use serde_json::json;

use crate::desk::{Desk, aside};
use crate::error::Result;
use crate::jobs;

/// Reviews of a shop that are looked at together, the newest.
const MOST: u32 = 20_000;
/// Others that a finding names at most.
const NAMED: usize = 50;
/// Findings of one transaction.
const STEP: usize = 500;

/// Has a worker look at a shop soon; several wishes are one.
///
/// # Errors
/// The database's.
pub(crate) async fn ask(tx: &mut Tx<'_>, scope: &Scope, shop: ShopId) -> std::result::Result<(), StoreError> {
    let (key, payload) = (format!("patterns:{shop}"), json!({ "shop": shop }));
    let job = NewJob { kind: jobs::PATTERNS, payload: &payload, unique_key: Some(&key), run_at: tx.now() };
    job::enqueue(tx, scope, &job).await.map(drop)
}

/// Looks at the newest reviews of a shop together and notes on each what it shows beside the others. Answers how many
/// notes were new.
///
/// # Errors
/// [`crate::DeskError::NotFound`] for a shop that is gone, or the database's.
pub async fn look(desk: &Desk, scope: &Scope, shop: ShopId) -> Result<u64> {
    let seen = desk.store.read(|tx| Box::pin(async move { pattern::newest(tx, scope, shop, MOST).await }));
    let seen = seen.await?;
    let found = aside("looking for patterns", move || rules::find(&seen)).await?;
    let mut noted = 0;
    for part in parts(&found) {
        noted += desk.store.write(|tx| Box::pin(async move { note(tx, scope, shop, part).await })).await?;
    }
    Ok(noted)
}

/// So many findings that a transaction stays short; one finding is never cut.
fn parts(found: &[PatternFound]) -> Vec<&[PatternFound]> {
    let (mut parts, mut start, mut rows) = (Vec::new(), 0, 0);
    for (at, one) in found.iter().enumerate() {
        rows += one.reviews.len();
        if rows >= STEP {
            parts.push(&found[start..=at]);
            (start, rows) = (at + 1, 0);
        }
    }
    if start < found.len() {
        parts.push(&found[start..]);
    }
    parts
}

async fn note(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    found: &[PatternFound],
) -> std::result::Result<u64, StoreError> {
    // Imports and another look at the same shop wait.
    shop::lock(tx, scope, shop).await?;
    let reviews: Vec<ReviewId> = found.iter().flat_map(|one| one.reviews.iter().copied()).collect();
    let there = pattern::there(tx, scope, shop, &reviews).await?;
    let mut known = pattern::known(tx, scope, &reviews).await?;
    let mut writes = Vec::new();
    for one in found {
        let group = group_of(one, &known);
        for review in one.reviews.iter().filter(|review| there.contains(review)) {
            if known.contains_key(&(*review, one.code)) {
                continue;
            }
            known.insert((*review, one.code), group);
            let others = one.reviews.iter().copied().filter(|other| other != review).take(NAMED).collect();
            writes.push(PatternWrite { review: *review, code: one.code, group, why: &one.why, others });
        }
    }
    if writes.is_empty() {
        return Ok(0);
    }
    pattern::append_many(tx, scope, &writes).await?;
    let many = writes.len() as u64;
    audit::append(tx, scope, "pattern.find", "shop", &shop.to_string(), &json!({ "things": many })).await?;
    Ok(many)
}

/// The group of a finding: that of its first review that has one, so that a pattern which grows stays one.
fn group_of(
    found: &PatternFound,
    known: &HashMap<(ReviewId, PatternCode), PatternGroupId>,
) -> PatternGroupId {
    let old = found.reviews.iter().find_map(|review| known.get(&(*review, found.code)).copied());
    old.unwrap_or_else(fresh)
}

/// Masks contacts in the words of others.
pub(crate) fn mask(pattern: &mut StoredPattern) {
    for other in &mut pattern.shown {
        other.label = mask_text(&other.label);
    }
}
