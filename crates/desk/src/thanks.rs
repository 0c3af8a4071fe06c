//! 好评回复: the good reviews that wait for an answer beneath them, how well each shop keeps up, and the answers, one by one
//! or many at once from varied scripts. Nothing is put up by the desk: a person copies the answer to the platform, and the
//! next import shows that it stands there.

mod export;
mod writing;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::deadline::{Events, of_window};
use pingxin_domain::order::OrderFacts;
use pingxin_domain::pack::{PublicReply, Window};
use pingxin_domain::personal::mask_text;
use pingxin_domain::thanks::{self as domain, Coverage, Praise, WAITS};
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{Action, CaseId, Object, ReviewId, Scope, ShopId};
use pingxin_store::case::{self, CaseOpen};
use pingxin_store::reference::{CaseRef, ShopRef};
use pingxin_store::review::{self, ReviewRow};
use pingxin_store::shop::{self, Shop};
use pingxin_store::thanks::{self, COUNTED, Place, Thanks, WaitingFilter};
use pingxin_store::{Count, Page, StoreError, Tx, audit, identifier};
use serde_json::json;

pub use export::export;
pub use writing::{Answer, Proposal, Written, propose, take_back, write};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::in_force;
use crate::reviews::mask_row;

/// A good review that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The review, masked.
    pub row: ReviewRow,
    /// The last second at which the platform takes an answer, where it is known.
    pub closes: Option<Timestamp>,
}

/// How well a shop answers its good reviews of the last 30 days.
#[derive(Debug, Clone)]
pub struct ShopCoverage {
    /// The shop.
    pub shop: ShopRef,
    /// How well.
    pub coverage: Coverage,
    /// Whether only the newest good reviews were counted.
    pub is_capped: bool,
}

/// What the rules in force at a shop say of answers beneath reviews.
struct Rule {
    shop: Shop,
    reply: Option<PublicReply>,
    /// The window in which one may be written.
    window: Option<Window>,
    /// Where the platform counts its days.
    zone: TimeZone,
}

impl Rule {
    fn of(desk: &Desk, shop: Shop, now: Timestamp) -> Self {
        let engine = desk.engine();
        let rules = in_force(engine.packs(), Some(shop.platform), Some(shop.zone()), now);
        let reply = rules.public_reply();
        let named = reply.as_ref().and_then(|reply| reply.window.as_deref());
        let window = rules.windows().find(|window| Some(window.id.as_str()) == named).cloned();
        let zone = rules.timezone().unwrap_or_else(|| shop.zone());
        Self { shop, reply, window, zone }
    }

    /// What an answer stands beneath here; none where no rule is known.
    fn objects(&self) -> Vec<Object> {
        let Some(reply) = &self.reply else { return Vec::new() };
        Object::ALL.into_iter().filter(|object| reply.stands_beneath(*object)).collect()
    }

    fn place(&self) -> Place {
        Place { shop: self.shop.id, objects: self.objects() }
    }

    /// The last second at which the platform takes an answer to a review.
    fn closes(&self, row: &ReviewRow, now: Timestamp) -> Option<Timestamp> {
        let platform = Some(self.shop.platform);
        let events = Events::of_review(platform, Some(row.object), row.created_at, &OrderFacts::default());
        of_window(self.window.as_ref()?, &events, &self.zone, &[], now)?.at
    }

    /// What is known of a review, for whether it may be thanked for.
    fn praise(&self, row: &ReviewRow, is_written: bool, now: Timestamp) -> Praise {
        Praise {
            object: row.object,
            rating: row.rating,
            verdict: row.verdict,
            is_answered: is_written || row.reply.is_some(),
            has_case: row.case.is_some(),
            complains: !row.causes.is_empty(),
            is_gone: row.gone_at.is_some(),
            closes: self.closes(row, now),
        }
    }
}

async fn rules_in(
    desk: &Desk,
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: Option<ShopId>,
) -> std::result::Result<Vec<Rule>, StoreError> {
    let now = tx.now();
    let shops = match of {
        Some(id) => shop::find(tx, scope, id).await?.into_iter().collect(),
        None => shop::list(tx, scope).await?,
    };
    Ok(shops.into_iter().map(|shop| Rule::of(desk, shop, now)).collect())
}

fn since(now: Timestamp) -> Timestamp {
    now.checked_sub(WAITS).unwrap_or(Timestamp::MIN)
}

/// The good reviews of the last 30 days that wait for an answer, those that have waited longest first, and how many there are:
/// those without a complaint, or with `complains` those in which one was read.
///
/// # Errors
/// [`DeskError::Forbidden`]; the database's, for a cursor of another list.
pub async fn waiting(
    desk: &Desk,
    scope: &Scope,
    of: Option<ShopId>,
    complains: bool,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Waiting>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let rules = rules_in(desk, tx, scope, of).await?;
            let places = rules.iter().map(Rule::place).collect();
            let filter = WaitingFilter { places, since: since(tx.now()), complains };
            let (page, count) = thanks::waiting(tx, scope, &filter, cursor, limit).await?;
            Ok((page, count, rules))
        })
    });
    let (page, count, rules) = found.await?;
    let rules: BTreeMap<ShopId, Rule> = rules.into_iter().map(|rule| (rule.shop.id, rule)).collect();
    let now = desk.store.clock().now();
    let show = |mut row: ReviewRow| {
        let closes = rules.get(&row.shop.id).and_then(|rule| rule.closes(&row, now));
        mask_row(&mut row);
        Waiting { row, closes }
    };
    Ok((Page { rows: page.rows.into_iter().map(show).collect(), next: page.next }, count))
}

/// How well each shop answers its good reviews of the last 30 days; shops without an answer beneath reviews are left out.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn coverage(desk: &Desk, scope: &Scope) -> Result<Vec<ShopCoverage>> {
    allow(scope, Action::ReadReviews)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let since = since(tx.now());
            let mut all = Vec::new();
            for rule in rules_in(desk, tx, scope, None).await? {
                let place = rule.place();
                if place.objects.is_empty() {
                    continue;
                }
                let (good, answered) = thanks::coverage(tx, scope, &place, since).await?;
                let delays = thanks::delays(tx, scope, place.shop, since).await?;
                let Shop { id, name, platform, .. } = rule.shop;
                all.push(ShopCoverage {
                    shop: ShopRef { id, name, platform },
                    coverage: Coverage::of(good, answered, delays),
                    is_capped: good >= u64::from(COUNTED),
                });
            }
            Ok(all)
        })
    });
    Ok(found.await?)
}

/// What was answered, the newest first; of one shop or of all. Personal data in the words of buyers is masked.
///
/// # Errors
/// [`DeskError::Forbidden`]; the database's, for a cursor of another list.
pub async fn written(
    desk: &Desk,
    scope: &Scope,
    of: Option<ShopId>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Thanks>> {
    allow(scope, Action::ReadReviews)?;
    let found =
        desk.store.read(|tx| Box::pin(async move { thanks::written(tx, scope, of, cursor, limit).await }));
    let mut page = found.await?;
    for one in &mut page.rows {
        one.review_text = mask_text(&one.review_text);
    }
    Ok(page)
}

/// Opens a case for a review in which somebody saw a complaint that the reading did not.
///
/// # Errors
/// [`DeskError::Refused`] when it has one or is gone; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn open_case(desk: &Desk, scope: &Scope, id: ReviewId) -> Result<CaseRef> {
    allow(scope, Action::HandleCases)?;
    let opened = desk.store.write(|tx| {
        Box::pin(async move {
            let found = review::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "review" })?;
            if found.row.case.is_some() || found.row.gone_at.is_some() {
                return Ok(None);
            }
            let new = CaseOpen {
                id: identifier::fresh::<CaseId>(),
                shop: found.row.shop.id,
                review: id,
                reason: CaseReason::ByHand,
                severity: found.row.severity,
                opened_at: tx.now(),
            };
            let opened = case::open_many(tx, scope, std::slice::from_ref(&new)).await?;
            let detail = json!({ "review": id });
            audit::append(tx, scope, "case.open", "case", &new.id.to_string(), &detail).await?;
            Ok(opened.into_iter().next())
        })
    });
    opened.await?.ok_or_else(|| {
        DeskError::refused(
            "这条评价已有跟进单，或已在平台消失",
            "this review has a case already, or is gone from the platform",
        )
    })
}

/// Why a review gets no thanks, for people.
fn refusal(why: domain::NoThanks) -> DeskError {
    use domain::NoThanks as Why;
    let (zh, en) = match why {
        Why::NotGood => ("不是好评", "it is not a good review"),
        Why::Answered => ("已经回复过", "it has been answered"),
        Why::HasCase => ("有跟进单，先解决问题", "it has a case: the trouble in it comes first"),
        Why::Complains => (
            "里面有抱怨：转成跟进单，而不是致谢",
            "it complains of something: make it a case instead of thanking",
        ),
        Why::Gone => ("已在平台消失", "it is gone from the platform"),
        Why::NoReply => ("平台在这类评价下没有商家回复", "no answer of the shop stands beneath such reviews"),
        Why::TooLate => ("平台的回复期限已过", "the platform takes no answer any more"),
    };
    DeskError::refused(zh, en)
}
