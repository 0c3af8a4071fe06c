//! A review as lists show it.

use jiff::Timestamp;
use pingxin_domain::case::CaseState;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{BuyerId, CaseId, Object, ProductId, ReviewId, Scope};
use pingxin_language::{Cause, Fault, Language, Sentiment, SentimentLabel};

use crate::StoreError;
use crate::reference::{CaseRef, ShopRef, UserRef};
use crate::sealed::{Keys, Place};
use crate::sql::Columns;
use crate::tag::Tag;

/// A review as lists show it.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    /// Id.
    pub id: ReviewId,
    /// Its shop.
    pub shop: ShopRef,
    /// What it is.
    pub object: Object,
    /// Title.
    pub title: Option<String>,
    /// Words.
    pub text: String,
    /// Stars.
    pub rating: Option<Rating>,
    /// 好中差
    pub verdict: Option<Verdict>,
    /// When the buyer wrote it.
    pub created_at: Option<Timestamp>,
    /// When it was first imported.
    pub imported_at: Timestamp,
    /// The platform's id of the product.
    pub product_key: Option<String>,
    /// Product title.
    pub product_title: Option<String>,
    /// Order number.
    pub order_number: Option<String>,
    /// The buyer's nick, open: mask it before it is shown.
    pub buyer_nick: Option<String>,
    /// Language of the words.
    pub language: Option<Language>,
    /// How favourable.
    pub sentiment: Option<Sentiment>,
    /// Every cause, the most important first.
    pub causes: Vec<Cause>,
    /// The most important cause.
    pub primary_cause: Option<Cause>,
    /// Whose fault.
    pub fault: Option<Fault>,
    /// 0 to 100.
    pub severity: u8,
    /// Number of the current revision, from 1.
    pub revision: u32,
    /// Its case.
    pub case: Option<CaseRef>,
    /// The platform's own id.
    pub platform_review_id: Option<String>,
    /// Photos and videos.
    pub photos: u32,
    /// How many found it helpful.
    pub likes: Option<u32>,
    /// The shop's public reply.
    pub reply: Option<String>,
    /// Who handles its case.
    pub handler: Option<UserRef>,
    /// Since when it is known to be gone from the platform.
    pub gone_at: Option<Timestamp>,
    /// Its product.
    pub product: Option<ProductId>,
    /// Its tags, by name.
    pub tags: Vec<Tag>,
    pub(crate) position: i64,
}

/// The columns that [`read`] reads, of `r`eviews, `s`hops, `b`uyers, `c`ases and `u`sers.
macro_rules! review_columns {
    () => {
        "r.id, s.id, s.name, s.platform, r.object, r.title, r.text, r.rating, r.verdict, r.created_at, \
         r.imported_at, r.product_key, r.product_title, r.order_number, b.id, b.nick_sealed, r.language, \
         r.sentiment_label, r.sentiment_score, r.causes, r.primary_cause, r.fault, r.severity, r.revision, \
         c.id, c.number, c.state, c.owner_user_id, u.display_name, r.platform_review_id, r.photos, r.likes, r.reply, \
         r.gone_at, r.product_id, r.position"
    };
}
pub(crate) use review_columns;

/// The tables beside `reviews r`. Left joins keep SQLite from walking them first.
macro_rules! review_joins {
    () => {
        " LEFT JOIN shops s ON s.tenant_id = r.tenant_id AND s.id = r.shop_id \
          LEFT JOIN buyers b ON b.tenant_id = r.tenant_id AND b.id = r.buyer_id \
          LEFT JOIN cases c ON c.tenant_id = r.tenant_id AND c.review_id = r.id AND c.kind = 'review' \
          LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.owner_user_id"
    };
}
pub(crate) use review_joins;

/// Reads [`review_columns`].
pub(crate) fn read(row: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<ReviewRow, StoreError> {
    let mut review = ReviewRow {
        id: row.id()?,
        shop: ShopRef::read(row)?,
        object: row.code(Object::from_code)?,
        title: row.opt_text()?,
        text: row.text()?,
        rating: read_rating(row)?,
        verdict: row.opt_code(Verdict::from_code)?,
        created_at: row.opt_instant()?,
        imported_at: row.instant()?,
        product_key: row.opt_text()?,
        product_title: row.opt_text()?,
        order_number: row.opt_text()?,
        buyer_nick: read_nick(row, scope, keys)?,
        language: row.opt_code(|code| code.parse().ok())?,
        sentiment: read_sentiment(row)?,
        causes: read_causes(row)?,
        primary_cause: row.opt_code(|code| code.parse().ok())?,
        fault: row.opt_code(|code| code.parse().ok())?,
        severity: row.byte()?,
        revision: row.small()?,
        case: read_case(row)?,
        handler: None,
        platform_review_id: None,
        photos: 0,
        likes: None,
        reply: None,
        gone_at: None,
        product: None,
        tags: Vec::new(),
        position: 0,
    };
    let name = row.opt_text()?;
    let owner = review.case.and_then(|case| case.owner);
    review.handler = UserRef::of(owner, name);
    review.platform_review_id = row.opt_text()?;
    review.photos = row.small()?;
    review.likes = row.opt_small()?;
    review.reply = row.opt_text()?;
    review.gone_at = row.opt_instant()?;
    review.product = row.opt_id()?;
    review.position = row.int()?;
    Ok(review)
}

pub(crate) fn read_rating(row: &mut Columns<'_>) -> Result<Option<Rating>, StoreError> {
    let stars = row.opt_small()?;
    stars
        .map(|stars| {
            u8::try_from(stars)
                .ok()
                .and_then(|stars| Rating::try_from(stars).ok())
                .ok_or_else(|| StoreError::Corrupt { what: format!("{stars} stars") })
        })
        .transpose()
}

pub(crate) fn read_nick(
    row: &mut Columns<'_>,
    scope: &Scope,
    keys: &Keys,
) -> Result<Option<String>, StoreError> {
    Ok(read_buyer(row, scope, keys)?.1)
}

/// Reads a buyer, who may be missing, and his nick.
pub(crate) fn read_buyer(
    row: &mut Columns<'_>,
    scope: &Scope,
    keys: &Keys,
) -> Result<(Option<BuyerId>, Option<String>), StoreError> {
    let (buyer, sealed) = (row.opt_id::<BuyerId>()?, row.opt_bytes()?);
    let Some(buyer) = buyer else { return Ok((None, None)) };
    let id = buyer.uuid();
    let place = Place { tenant: scope.tenant, table: "buyers", row: id.as_bytes(), field: "nick" };
    Ok((Some(buyer), keys.open_text(place, sealed)?))
}

fn read_sentiment(row: &mut Columns<'_>) -> Result<Option<Sentiment>, StoreError> {
    let label: Option<SentimentLabel> = row.opt_code(|code| code.parse().ok())?;
    let score = row.opt_real()?;
    Ok(label.map(|label| Sentiment { label, score: score.unwrap_or(0.0) as f32 }))
}

pub(super) fn read_causes(row: &mut Columns<'_>) -> Result<Vec<Cause>, StoreError> {
    row.code(|text| text.split_whitespace().map(|code| code.parse().ok()).collect())
}

pub(super) fn read_case(row: &mut Columns<'_>) -> Result<Option<CaseRef>, StoreError> {
    let (id, number) = (row.opt_id::<CaseId>()?, row.opt_int()?);
    let (state, owner) = (row.opt_code(CaseState::from_code)?, row.opt_id()?);
    Ok(match (id, number.and_then(|number| u64::try_from(number).ok()), state) {
        (Some(id), Some(number), Some(state)) => Some(CaseRef { id, number, state, owner }),
        _ => None,
    })
}
