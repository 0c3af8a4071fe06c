//! Opening a case that no review asks for: an after-sale, a complaint, a dispute, something to prevent.

use pingxin_domain::after_sale::AfterSaleKind;
use pingxin_domain::aftersales::Request;
use pingxin_domain::case::matter::{self, NUMBER_LIMIT, Opening, Problem, TEXT_LIMIT};
use pingxin_domain::case::{CaseKind, Matter};
use pingxin_domain::intake::{IncomingAfterSale, IncomingRecord, RecordKind};
use pingxin_domain::{Action, BuyerId, CaseId, RecordId, Say, Scope, ShopId};
use pingxin_language::Cause;
use pingxin_store::case::{self, MatterOpen};
use pingxin_store::reference::CaseRef;
use pingxin_store::{StoreError, Tx, audit, buyer, record, shop};
use serde_json::json;

use super::{CaseView, view};
use crate::desk::{Desk, allow};
use crate::error::Result;
use crate::planning;

/// Longest key by which a caller knows an opening again, in bytes.
pub const KEY_LIMIT: usize = 200;

/// A case that somebody wants to open.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// What it is about.
    pub kind: CaseKind,
    /// Its shop.
    pub shop: ShopId,
    /// Of which order.
    pub order_number: Option<String>,
    /// Of which buyer, by id.
    pub buyer: Option<BuyerId>,
    /// Of which buyer, by nick.
    pub buyer_nick: Option<String>,
    /// What it complains of.
    pub cause: Option<Cause>,
    /// What was asked, until when, in which words.
    pub matter: Matter,
    /// The imported refund or return that it is opened from: what is not said here is taken from there.
    pub after_sale: Option<RecordId>,
    /// By which the caller knows this opening again.
    pub request_key: Option<String>,
}

/// What became of it.
#[derive(Debug)]
pub enum Opened {
    /// There is a new case.
    New(Box<CaseView>),
    /// The same call was made before: this is the case it opened.
    Before(Box<CaseView>),
    /// Somebody works on the same matter already.
    Taken(CaseRef),
    /// What is wrong with it, field by field.
    Wrong(Vec<(&'static str, Say)>),
}

/// What the transaction found.
enum Found {
    New(CaseId),
    Before(CaseId),
    Taken(CaseRef),
    Wrong(Vec<(&'static str, Say)>),
}

/// Opens a case by hand.
///
/// # Errors
/// [`crate::DeskError::Forbidden`]; [`crate::DeskError::NotFound`] for a shop, buyer or record outside the scope; the database's.
pub async fn open(desk: &Desk, scope: &Scope, new: &NewCase) -> Result<Opened> {
    allow(scope, Action::HandleCases)?;
    let found = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let found = open_in(tx, scope, new).await?;
                if let Found::New(id) = &found {
                    planning::renew(tx, scope, desk, &[*id]).await?;
                }
                Ok(found)
            })
        })
        .await?;
    Ok(match found {
        Found::New(id) => Opened::New(Box::new(view(desk, scope, id).await?)),
        Found::Before(id) => Opened::Before(Box::new(view(desk, scope, id).await?)),
        Found::Taken(case) => Opened::Taken(case),
        Found::Wrong(fields) => Opened::Wrong(fields),
    })
}

async fn open_in(tx: &mut Tx<'_>, scope: &Scope, new: &NewCase) -> std::result::Result<Found, StoreError> {
    let now = tx.now();
    let stands = shop::find(tx, scope, new.shop).await?.ok_or(StoreError::NotFound { what: "shop" })?;
    if let Some(key) = new.request_key.as_deref() {
        if let Some(before) = case::of_request_key(tx, scope, key).await? {
            return Ok(Found::Before(before.id));
        }
        if key.trim().is_empty() || key.len() > KEY_LIMIT {
            let say = Say::new(
                "Idempotency-Key 需要 1 到 200 个字符",
                "an idempotency key has 1 to 200 characters",
            );
            return Ok(Found::Wrong(vec![("idempotency_key", say)]));
        }
    }
    let from = match new.after_sale {
        Some(id) => Some(after_sale(tx, scope, new.shop, id).await?),
        None => None,
    };
    let matter = match &from {
        Some(from) => over(&new.matter, from),
        None => new.matter.clone(),
    };
    let typed = new.order_number.as_deref().map(str::trim).filter(|number| !number.is_empty());
    let order_number = typed.or_else(|| from.as_ref().and_then(|from| from.order_number.as_deref()));
    let mut wrong = Vec::new();
    let buyer = match whose(tx, scope, new, order_number).await? {
        Ok(buyer) => buyer,
        Err(say) => {
            wrong.push(("buyer_nick", say));
            None
        }
    };
    let opening = Opening {
        kind: new.kind,
        platform: stands.platform,
        order_number,
        has_buyer: buyer.is_some() || !wrong.is_empty(),
        matter: &matter,
    };
    wrong.extend(matter::problems(opening, now).into_iter().map(|problem| (problem.field(), say(problem))));
    if !wrong.is_empty() {
        return Ok(Found::Wrong(wrong));
    }
    let open = MatterOpen {
        kind: new.kind,
        shop: new.shop,
        order_number,
        buyer,
        cause: new.cause,
        severity: matter::severity(new.kind, &matter, new.cause),
        matter: &matter,
        after_sale: new.after_sale,
        request_key: new.request_key.as_deref(),
    };
    if let Some(same) = case::same_matter(tx, scope, &open).await? {
        return Ok(Found::Taken(same));
    }
    let opened = case::open_matter(tx, scope, &open, now).await?;
    let detail = json!({ "kind": new.kind, "number": opened.number, "dispute": matter.dispute });
    audit::append(tx, scope, "case.open_by_hand", "case", &opened.id.to_string(), &detail).await?;
    Ok(Found::New(opened.id))
}

async fn after_sale(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    id: RecordId,
) -> std::result::Result<IncomingAfterSale, StoreError> {
    let found = record::one(tx, scope, RecordKind::AfterSale, id).await?;
    match found {
        Some((stored, of)) if of == shop => match stored.record {
            IncomingRecord::AfterSale(after_sale) => Ok(*after_sale),
            _ => Err(StoreError::NotFound { what: "record" }),
        },
        _ => Err(StoreError::NotFound { what: "record" }),
    }
}

/// What a person said in front of what the record says.
fn over(said: &Matter, record: &IncomingAfterSale) -> Matter {
    let words = [&record.reason, &record.explanation].into_iter().flatten().map(String::as_str);
    let told: String = words.collect::<Vec<_>>().join("\n").chars().take(TEXT_LIMIT).collect();
    Matter {
        asked: said.asked.or(record.kind.map(asked)),
        amount: said.amount.or(record.amount.filter(|amount| amount.minor > 0)),
        asked_at: said.asked_at.or(record.requested),
        text: if said.text.trim().is_empty() { told } else { said.text.clone() },
        ..said.clone()
    }
}

/// What an after-sale of the platform asks for; a repair is goods for goods.
pub(crate) fn asked(kind: AfterSaleKind) -> Request {
    match kind {
        AfterSaleKind::Refund => Request::Refund,
        AfterSaleKind::Return => Request::Return,
        AfterSaleKind::Exchange | AfterSaleKind::Repair => Request::Exchange,
        AfterSaleKind::Reship => Request::Reship,
    }
}

/// The buyer that is named by id or nick, else whose the order is.
async fn whose(
    tx: &mut Tx<'_>,
    scope: &Scope,
    new: &NewCase,
    order: Option<&str>,
) -> std::result::Result<std::result::Result<Option<BuyerId>, Say>, StoreError> {
    if let Some(id) = new.buyer {
        let found = buyer::rows(tx, scope, &[id]).await?;
        return match found.iter().any(|row| row.shop.id == new.shop) {
            true => Ok(Ok(Some(id))),
            false => Err(StoreError::NotFound { what: "buyer" }),
        };
    }
    if let Some(nick) = new.buyer_nick.as_deref().map(str::trim).filter(|nick| !nick.is_empty()) {
        let ids = buyer::find_by_nicks(tx, scope, &[nick.to_owned()], 20).await?;
        let mut found = buyer::rows(tx, scope, &ids).await?;
        found.retain(|row| row.shop.id == new.shop);
        return Ok(match found.as_slice() {
            [one] => Ok(Some(one.id)),
            [] => Err(Say::new(
                "这家店没有这个昵称的买家；请填订单号",
                "this shop has no buyer of that nick; name the order",
            )),
            _ => Err(Say::new(
                "有几位买家可能是这个昵称；请填订单号",
                "several buyers may have that nick; name the order",
            )),
        });
    }
    match order {
        Some(number) => case::buyer_of_order(tx, scope, new.shop, number).await.map(Ok),
        None => Ok(Ok(None)),
    }
}

/// What a person reads beside the field.
fn say(problem: Problem) -> Say {
    match problem {
        Problem::IsAReview => Say::new(
            "差评跟进单由评价生成，不用手工新建",
            "the case of a review is opened for the review itself",
        ),
        Problem::NobodyNamed => Say::new("请填订单号或买家", "name the order or the buyer"),
        Problem::LongNumber => Say::new(
            format!("订单号最多 {NUMBER_LIMIT} 个字符"),
            format!("an order number has at most {NUMBER_LIMIT} characters"),
        ),
        Problem::NoWords => Say::new("请写下投诉的内容", "write down what is complained of"),
        Problem::LongText => {
            Say::new(format!("最多 {TEXT_LIMIT} 个字"), format!("at most {TEXT_LIMIT} characters"))
        }
        Problem::NoAmount => Say::new("金额要大于 0", "an amount is more than 0"),
        Problem::PastDue => Say::new("截止时间已经过了", "this time has passed"),
        Problem::AskedLater => Say::new("申请时间不能晚于现在", "it cannot be asked for later than now"),
        Problem::NoDispute => Say::new("请选择纠纷类型", "say what kind of dispute it is"),
        Problem::NotADispute => Say::new("只有纠纷单才有纠纷类型", "only a dispute has a kind of dispute"),
        Problem::OtherPlatform => {
            Say::new("这个平台没有这种纠纷", "there is no such dispute on this platform")
        }
        Problem::NoEvidenceDue => Say::new(
            "请填举证期限：没有查到平台的规则，以平台页面显示的为准",
            "give the last time for proof as the platform shows it: no rule is known that says it",
        ),
        Problem::PastEvidence => Say::new("举证期限已经过了", "the time for proof has passed"),
    }
}
