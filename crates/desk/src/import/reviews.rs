//! The reviews of a chunk, with their triage and cases.

use pingxin_domain::arrival::Outcome;
use pingxin_domain::automation::Happening;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::order::OrderFacts;
use pingxin_domain::triage::{ReviewFacts, Triage};
use pingxin_domain::{BuyerId, CaseId, OrderId, ReviewId, Scope};
use pingxin_store::case::{self, CaseOpen, CaseRevised};
use pingxin_store::identifier::fresh;
use pingxin_store::media::{self, ReviewNames};
use pingxin_store::review::{self, ReviewBefore, ReviewInsert, ReviewRevise, TriageColumns};
use pingxin_store::{StoreError, Tx, automation, buyer, product, replaced};

use super::apply::Target;
use super::buyers::Buyers;
use super::decide::{Decisions, ReviewDecision};
use super::prepare::facts_of;

/// What the database adds to a review of the chunk.
struct Placed<'a> {
    decision: &'a ReviewDecision<'a>,
    order: Option<OrderId>,
    buyer: Option<BuyerId>,
    facts: OrderFacts,
    triage: Triage,
}

/// Writes new reviews and revisions with their triage, opens cases and brings existing ones up to date. Answers how
/// many cases were opened.
///
/// # Errors
/// When the database does not take them.
pub async fn save(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &Decisions<'_>,
    buyers: &Buyers,
) -> Result<u64, StoreError> {
    let now = tx.now();
    let all = || decisions.rows.iter().flat_map(|row| &row.reviews);
    let seen: Vec<ReviewId> = all()
        .filter(|decision| decision.outcome == Outcome::Unchanged)
        .filter_map(|decision| decision.stored.as_ref().map(|stored| stored.id))
        .collect();
    review::mark_seen_many(tx, scope, target.batch, &seen).await?;
    let replies = all()
        .filter(|decision| decision.outcome == Outcome::Unchanged)
        .filter_map(|decision| {
            Some((decision.stored.as_ref()?.id, decision.prepared.review.reply.as_deref()?))
        })
        .collect();
    review::set_replies(tx, scope, &replies).await?;

    let placed = place(tx, scope, target, decisions, buyers).await?;
    let mut inserts = Vec::new();
    let mut revisions = Vec::new();
    let mut without_case = Vec::new();
    let mut opened = Vec::new();
    let mut changed = Vec::new();
    for placed in &placed {
        let prepared = placed.decision.prepared;
        let Some(stored) = &placed.decision.stored else {
            inserts.push(ReviewInsert {
                id: prepared.id,
                shop: target.shop.id,
                identity: placed.decision.identity.clone(),
                review: &prepared.review,
                content_hash: prepared.hash,
                order: placed.order,
                buyer: placed.buyer,
                batch: Some(target.batch),
                line: placed.decision.line,
                imported_at: now,
                triage: Some(TriageColumns::of(&placed.triage)?),
                opens_case: placed.triage.needs_case.is_some(),
            });
            opened.extend(case_for(placed, target, prepared.id, now));
            continue;
        };
        let revision = stored.revision + 1;
        revisions.push(ReviewRevise {
            id: stored.id,
            revision,
            review: &prepared.review,
            content_hash: prepared.hash,
            order: placed.order,
            buyer: placed.buyer,
            batch: Some(target.batch),
            line: placed.decision.line,
            seen_at: now,
            triage: Some(TriageColumns::of(&placed.triage)?),
        });
        match stored.case {
            None => {
                without_case.push((stored.id, revision));
                opened.extend(case_for(placed, target, stored.id, now));
            }
            Some((case, before)) => {
                let life = if placed.triage.needs_case.is_some() { before.review_changed() } else { before };
                changed.push(CaseRevised {
                    id: case,
                    life,
                    reason: placed.triage.needs_case,
                    reopens: life.state.is_live() && !before.state.is_live(),
                    revision,
                    at: now,
                });
            }
        }
    }
    let revised: Vec<ReviewId> = revisions.iter().map(|revision| revision.id).collect();
    let before: Vec<(uuid::Uuid, ReviewBefore)> = review::befores(tx, scope, &revised)
        .await?
        .into_iter()
        .map(|(id, before)| (id.uuid(), before))
        .collect();
    replaced::keep_many(tx, scope, target.batch, "review", &before).await?;
    review::insert_many(tx, scope, &inserts).await?;
    review::revise_many(tx, scope, &revisions).await?;
    media::name_many(tx, scope, Some(target.batch), &named(decisions)).await?;
    case::open_many(tx, scope, &opened).await?;
    case::review_changed_many(tx, scope, &changed).await?;
    let arrived: Vec<(ReviewId, u32)> = inserts.iter().map(|insert| (insert.id, 1)).collect();
    automation::queue_reviews(tx, scope, Happening::ReviewArrived, &arrived).await?;
    automation::queue_reviews(tx, scope, Happening::ReviewRevised, &without_case).await?;
    Ok(opened.len() as u64)
}

/// The photos and videos that rows name. A review that has changed takes over the new ones; one that has not gets them
/// where it has none yet.
fn named<'a>(decisions: &'a Decisions<'a>) -> Vec<ReviewNames<'a>> {
    let all = decisions.rows.iter().flat_map(|row| &row.reviews);
    all.filter(|decision| !decision.prepared.review.media.is_empty())
        .filter(|decision| matches!(decision.outcome, Outcome::New | Outcome::Updated | Outcome::Unchanged))
        .map(|decision| ReviewNames {
            review: decision.stored.as_ref().map_or(decision.prepared.id, |stored| stored.id),
            names: &decision.prepared.review.media,
            replace: decision.outcome != Outcome::Unchanged,
        })
        .collect()
}

fn case_for(
    placed: &Placed<'_>,
    target: Target<'_>,
    review: ReviewId,
    now: jiff::Timestamp,
) -> Option<CaseOpen> {
    placed.triage.needs_case.map(|reason| CaseOpen {
        id: fresh::<CaseId>(),
        shop: target.shop.id,
        review,
        reason,
        severity: placed.triage.severity,
        opened_at: now,
    })
}

/// Joins the reviews that have to be written with their order and buyer, and reads them again where these add
/// facts that the row did not have.
async fn place<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    decisions: &'a Decisions<'a>,
    buyers: &Buyers,
) -> Result<Vec<Placed<'a>>, StoreError> {
    let now = tx.now();
    let mut placed = Vec::new();
    for row in &decisions.rows {
        let written = row.reviews.iter().filter(|one| matches!(one.outcome, Outcome::New | Outcome::Updated));
        for decision in written {
            let triage = decision.prepared.triage.clone();
            let number = decision.prepared.review.order_number.as_deref();
            let draft = number.and_then(|number| decisions.orders.get(number));
            let stored = number.and_then(|number| decisions.stored_orders.get(number));
            let buyer = buyers
                .of_reviews
                .get(&decision.prepared.id)
                .or_else(|| number.and_then(|number| buyers.of_orders.get(number)))
                .copied()
                .or_else(|| draft.and_then(|draft| draft.buyer))
                .or_else(|| stored.and_then(|stored| stored.buyer));
            let order = draft.map(|draft| draft.id).or(stored.map(|stored| stored.id));
            let told = draft.map(|draft| &draft.order).or(stored.map(|stored| &stored.order));
            let facts = told.map(OrderFacts::from).unwrap_or_default();
            placed.push(Placed { decision, order, buyer, facts, triage });
        }
    }
    let known: Vec<BuyerId> = placed.iter().filter_map(|placed| placed.buyer).collect();
    let bad = buyer::bad_reviews_of(tx, scope, &known).await?;
    for placed in &mut placed {
        let bad = placed.buyer.and_then(|buyer| bad.get(&buyer).copied()).unwrap_or(0);
        // A review that is being revised is among them if it was bad; it is not its own precedent.
        let itself = placed.decision.stored.as_ref().is_some_and(|stored| stored.case.is_some());
        let prior_bad = bad.saturating_sub(u32::from(itself));
        let prepared = placed.decision.prepared;
        if placed.facts != prepared.order || prior_bad > 0 {
            let facts = ReviewFacts { order: placed.facts, prior_bad, ..facts_of(&prepared.review) };
            placed.triage = target.engine.read(&facts, now);
        }
    }
    rank_products(tx, scope, target, placed).await
}

/// Adds to the severity of each complaint what its product matters to the shop.
async fn rank_products<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    target: Target<'_>,
    placed: Vec<Placed<'a>>,
) -> Result<Vec<Placed<'a>>, StoreError> {
    let named = |placed: &Placed<'a>| {
        let review = &placed.decision.prepared.review;
        (review.product_key.as_deref(), review.product_title.as_deref())
    };
    let products: Vec<(Option<&str>, Option<&str>)> = placed.iter().map(named).collect();
    let ranks = product::ranks(tx, scope, target.shop.id, &products).await?;
    let ranked = placed.into_iter().zip(ranks).map(|(placed, rank)| match rank {
        Some(rank) => Placed { triage: placed.triage.of_product(rank), ..placed },
        None => placed,
    });
    Ok(ranked.collect())
}
