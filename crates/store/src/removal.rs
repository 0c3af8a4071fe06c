//! Removal of reviews by their platforms: what people state of a review beside what files say, what the rules were found
//! to say of it (`finding.rs`), and the requests that were filed (`request.rs`).

pub(crate) mod finding;
pub(crate) mod request;

use jiff::Timestamp;
use pingxin_domain::order::Fulfilment;
use pingxin_domain::{ReviewId, Scope, ShopId};

use crate::reference::UserRef;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

pub use finding::{
    Finding, FindingFilter, FoundReview, WalkedTo, count_found, keep_findings, last_import, list_found,
    outdated, set_asked,
};
pub use request::{
    NewRequest, NewStep, Request, RequestFilter, RequestHead, Step, add_step, create, find, list, lock,
    of_review, steps, tally,
};

pub(crate) use finding::{built_count_found, built_list_found, sample_findings};
pub(crate) use request::{built_count, built_list, sample_requests};

/// What the shop states of a review and its order where no file says it. What is absent is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stated {
    /// The platform's number of the conversation (举证号).
    pub chat_proof_id: Option<String>,
    /// What is known of the buyer's other ratings.
    pub pattern_of_ratings: Option<String>,
    /// The shop can show that the buyer competes with it, or that he does not.
    pub buyer_is_competitor: Option<bool>,
    /// The shop holds a report of fraud by a third person, or there is none.
    pub fraud_report: Option<bool>,
    /// Buyer and shop have both rated.
    pub both_rated: Option<bool>,
    /// Who packed and sent the order.
    pub fulfilled_by: Option<Fulfilment>,
    /// The label was bought through Amazon.
    pub buy_shipping: Option<bool>,
    /// It was sent on time.
    pub shipped_on_time: Option<bool>,
}

/// The same with who stated it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedBy {
    /// What.
    pub stated: Stated,
    /// When; none when nobody has stated anything.
    pub at: Option<Timestamp>,
    /// By whom.
    pub by: Option<UserRef>,
}

statements! {
    STATED = "SELECT f.chat_proof_id, f.pattern_of_ratings, f.buyer_is_competitor, f.fraud_report, f.both_rated, \
        f.fulfilled_by, f.buy_shipping, f.shipped_on_time, f.stated_at, f.stated_by, u.display_name FROM removal_facts f \
        LEFT JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.stated_by \
        WHERE f.tenant_id = $1 AND f.review_id = $2 AND ($3 OR f.shop_id = ANY($4::uuid[]))";
    STATE = "INSERT INTO removal_facts (tenant_id, review_id, shop_id, chat_proof_id, pattern_of_ratings, \
        buyer_is_competitor, fraud_report, both_rated, fulfilled_by, buy_shipping, shipped_on_time, stated_at, stated_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (tenant_id, review_id) DO UPDATE SET \
        chat_proof_id = excluded.chat_proof_id, pattern_of_ratings = excluded.pattern_of_ratings, \
        buyer_is_competitor = excluded.buyer_is_competitor, fraud_report = excluded.fraud_report, \
        both_rated = excluded.both_rated, fulfilled_by = excluded.fulfilled_by, buy_shipping = excluded.buy_shipping, \
        shipped_on_time = excluded.shipped_on_time, stated_at = excluded.stated_at, stated_by = excluded.stated_by";
}

/// What was stated of a review within the scope; nothing is stated of others.
///
/// # Errors
/// The database's error.
pub async fn stated(tx: &mut Tx<'_>, scope: &Scope, review: ReviewId) -> Result<StatedBy, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(STATED, vec![scope.tenant.into(), review.into(), all, shops]).await?;
    let Some(row) = row else { return Ok(StatedBy::default()) };
    let mut columns = row.columns();
    let stated = Stated {
        chat_proof_id: columns.opt_text()?,
        pattern_of_ratings: columns.opt_text()?,
        buyer_is_competitor: columns.opt_bool()?,
        fraud_report: columns.opt_bool()?,
        both_rated: columns.opt_bool()?,
        fulfilled_by: columns.opt_code(Fulfilment::from_code)?,
        buy_shipping: columns.opt_bool()?,
        shipped_on_time: columns.opt_bool()?,
    };
    let at = columns.instant()?;
    let by = UserRef::read(&mut columns)?;
    Ok(StatedBy { stated, at: Some(at), by })
}

/// Keeps what is stated of a review, in place of what was stated before.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn state(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
    shop: ShopId,
    stated: &Stated,
) -> Result<(), StoreError> {
    shop::require(scope, shop)?;
    let row = values![
        scope.tenant,
        review,
        shop,
        stated.chat_proof_id.as_deref(),
        stated.pattern_of_ratings.as_deref(),
        stated.buyer_is_competitor,
        stated.fraud_report,
        stated.both_rated,
        stated.fulfilled_by.map(Fulfilment::code),
        stated.buy_shipping,
        stated.shipped_on_time,
        tx.now(),
        scope.user(),
    ];
    tx.execute(STATE, row).await.map(drop)
}
