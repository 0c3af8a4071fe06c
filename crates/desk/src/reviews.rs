//! Reviews on the screen: lists, and one review with everything around it. Buyers arrive masked.

use pingxin_domain::media::MediaType;
use pingxin_domain::personal::{mask_email, mask_name, mask_nick, mask_phone, mask_text};
use pingxin_domain::{Action, BuyerId, ReviewId, Scope};
use pingxin_store::buyer::{self, Buyer};
use pingxin_store::media::{self, ReviewMedia};
use pingxin_store::order::Order;
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
                Ok(Some((gathered, buyer, media)))
            })
        })
        .await?;
    let (gathered, buyer, media) = found.ok_or(DeskError::NotFound)?;
    let removal = gathered.view(&desk.engine(), desk.store.clock().now());
    let (mut detail, order) = (gathered.detail, gathered.order);
    mask_row(&mut detail.row);
    for revision in &mut detail.revisions {
        revision.title = revision.title.as_deref().map(mask_text);
        revision.text = mask_text(&revision.text);
    }
    Ok(ReviewView { detail, order, buyer: buyer.map(MaskedBuyer::from), media, removal })
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
