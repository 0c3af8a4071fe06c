//! Reviews on the screen: lists, and one review with everything around it. Buyers arrive masked.

use pingxin_domain::media::MediaType;
use pingxin_domain::personal::{mask_email, mask_name, mask_nick, mask_phone, mask_text};
use pingxin_domain::triage::TriageEngine;
use pingxin_domain::{Action, BuyerId, ReviewId, Scope};
use pingxin_language::Cause;
use pingxin_language::explain::Told;
use pingxin_store::buyer::{self, Buyer};
use pingxin_store::correction::{self, StoredCorrection};
use pingxin_store::media::{self, ReviewMedia};
use pingxin_store::order::Order;
use pingxin_store::pattern::{self, StoredPattern};
use pingxin_store::review::{self, ReviewDetail, ReviewFilter, ReviewRow, Sort};
use pingxin_store::{Count, Page};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::standing::{self, RemovalView};

/// A buyer's data as a screen may show them: masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MaskedBuyer {
    /// Id.
    pub id: Option<BuyerId>,
    /// `t**1`
    pub nick: Option<String>,
    /// `张**`
    pub name: Option<String>,
    /// `138****5678`
    pub phone: Option<String>,
    /// `l***@example.com`
    pub email: Option<String>,
    /// Province, state or country.
    pub region: Option<String>,
}

impl From<Buyer> for MaskedBuyer {
    fn from(buyer: Buyer) -> Self {
        Self {
            id: Some(buyer.id),
            nick: buyer.nick.as_deref().map(mask_nick),
            name: buyer.name.as_deref().map(mask_name),
            phone: buyer.phone.as_deref().map(mask_phone),
            email: buyer.email.as_deref().map(mask_email),
            region: buyer.region,
        }
    }
}

/// A review with its order and buyer.
#[derive(Debug, Clone)]
pub struct ReviewView {
    /// The review, its revisions, its triage and where it came from.
    pub detail: ReviewDetail,
    /// Its order, if known.
    pub order: Option<Order>,
    /// Who ordered or wrote.
    pub buyer: Option<MaskedBuyer>,
    /// Its photos and videos, in order.
    pub media: Vec<ReviewMedia>,
    /// How it stands with its platform now.
    pub removal: RemovalView,
    /// What people said of its reading, the newest first.
    pub corrections: Vec<StoredCorrection>,
    /// What it shows beside other reviews.
    pub patterns: Vec<StoredPattern>,
    /// For each cause of the reading the words that speak for it, and how they are known.
    pub told: Vec<(Cause, Vec<Told>)>,
}

/// A page of reviews and how many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &ReviewFilter,
    sort: Sort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<ReviewRow>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let (mut page, count) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let page = review::list(tx, scope, filter, sort, cursor, limit).await?;
                let count = page.count_of(cursor, review::count(tx, scope, filter)).await?;
                Ok((page, count))
            })
        })
        .await?;
    page.rows.iter_mut().for_each(mask_row);
    Ok((page, count))
}

/// One review.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: ReviewId) -> Result<ReviewView> {
    allow(scope, Action::ReadReviews)?;
    view(desk, scope, id).await
}

/// One review, for what shows it as a part and has asked for its own right.
pub(crate) async fn view(desk: &Desk, scope: &Scope, id: ReviewId) -> Result<ReviewView> {
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(gathered) = standing::gather(tx, scope, id).await? else { return Ok(None) };
                let order = gathered.order.as_ref();
                let buyer = match gathered.detail.buyer.or(order.and_then(|order| order.buyer)) {
                    Some(buyer) => buyer::get(tx, scope, buyer).await?,
                    None => None,
                };
                let media = media::list(tx, scope, id).await?;
                let corrections = correction::of_review(tx, scope, id).await?;
                let patterns = pattern::of_review(tx, scope, id).await?;
                Ok(Some((gathered, buyer, media, (corrections, patterns))))
            })
        })
        .await?;
    let (gathered, buyer, media, (mut corrections, mut patterns)) = found.ok_or(DeskError::NotFound)?;
    let engine = desk.engine_of(scope, gathered.detail.row.shop.id).await?;
    let removal = gathered.view(&engine, desk.store.clock().now());
    let (mut detail, order) = (gathered.detail, gathered.order);
    // Before the words are masked; masking moves no letter.
    let told = told(&engine, &detail);
    mask_row(&mut detail.row);
    for revision in &mut detail.revisions {
        revision.title = revision.title.as_deref().map(mask_text);
        revision.text = mask_text(&revision.text);
    }
    corrections.iter_mut().for_each(crate::corrections::mask);
    patterns.iter_mut().for_each(crate::patterns::mask);
    Ok(ReviewView {
        detail,
        order,
        buyer: buyer.map(MaskedBuyer::from),
        media,
        removal,
        corrections,
        patterns,
        told,
    })
}

/// The words that speak for each cause of the reading, by the reader as it is now.
fn told(engine: &TriageEngine, detail: &ReviewDetail) -> Vec<(Cause, Vec<Told>)> {
    let causes = detail.triage.as_ref().and_then(|triage| triage["causes"].as_array());
    let codes = causes.into_iter().flatten().filter_map(|cause| cause["code"].as_str()?.parse().ok());
    let (title, text) = (detail.row.title.as_deref(), detail.row.text.as_str());
    codes.map(|cause| (cause, engine.reader().explain(title, text, cause))).collect()
}

/// A photo or video of a review, whole, and what it is.
///
/// # Errors
/// [`DeskError::NotFound`] also when its file did not come along, [`DeskError::Forbidden`], or the database's.
pub async fn media(desk: &Desk, scope: &Scope, id: ReviewId, position: u32) -> Result<(MediaType, Vec<u8>)> {
    allow(scope, Action::ReadReviews)?;
    desk.store
        .read(|tx| Box::pin(async move { media::bytes(tx, scope, id, position).await }))
        .await?
        .ok_or(DeskError::NotFound)
}

/// Masks the buyer of a row that goes to a screen or into a file, and the contacts he wrote into his words.
pub fn mask_row(row: &mut ReviewRow) {
    row.buyer_nick = row.buyer_nick.as_deref().map(mask_nick);
    row.title = row.title.as_deref().map(mask_text);
    row.text = mask_text(&row.text);
    row.reply = row.reply.as_deref().map(mask_text);
}
