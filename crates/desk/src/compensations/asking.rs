//! Asking for a compensation: what could be given, what the ladder proposes and why, and the ask itself.

use jiff::Timestamp;
use pingxin_domain::case::TransitionRefused;
use pingxin_domain::compensation::{Ask, AskRefused, Benefit, Rung, propose};
use pingxin_domain::guard::{Channel, Guard};
use pingxin_domain::pack::Benefit as Allowed;
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, CaseId, CompensationId, Money, Month, Say, Scope};
use pingxin_store::case::{self, CaseDetail, EventKind};
use pingxin_store::compensation::{self, Compensation, CompensationFilter, NewCompensation};
use pingxin_store::order::Order;
use pingxin_store::shop::{self, Shop};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;

use super::{CompensationView, masked, order_of, rules_in, saying, view};
use crate::cases::refusal;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, around, gate, in_force};
use crate::written;

/// Longest reason, in characters.
pub const NOTE_LIMIT: usize = 500;

/// A compensation to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskRequest {
    /// What is given.
    pub kind: Benefit,
    /// Worth how much.
    pub amount: Money,
    /// The line of the order that it is for; empty, all of it.
    pub line: String,
    /// Why. The guard reads it, and it never speaks of a rating.
    pub note: String,
}

/// What could be given in a case.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The order, its lines among it; none where nobody knows it.
    pub order: Option<Order>,
    /// The rungs that are open, the lowest first.
    pub rungs: Vec<Rung>,
    /// What the ladder proposes, and why.
    pub proposed: Option<(Benefit, Money, Say)>,
    /// Why nothing can be asked for as things stand.
    pub refused: Option<Say>,
    /// What this case was given, the newest first.
    pub given: Vec<Compensation>,
    /// What its buyer was given otherwise, the newest first.
    pub past: Vec<Compensation>,
}

/// What an ask in a case stands on.
struct Ground {
    case: CaseDetail,
    order: Option<Order>,
    month: Month,
    presents: bool,
    rating_talk_today: bool,
}

/// What of an ask is not typed by anybody.
impl Ground {
    fn paid(&self) -> Option<Money> {
        self.order.as_ref().and_then(|order| order.order.amount)
    }

    fn ask<'a>(&self, scope: &Scope, kind: Benefit, amount: Money, line: &'a str) -> Ask<'a> {
        Ask {
            asker: scope.user(),
            shop: self.case.row.shop.id,
            cause: self.case.row.primary_cause,
            kind,
            amount,
            line,
            order: self.paid(),
            presents: self.presents,
            rating_talk_today: self.rating_talk_today,
        }
    }

    fn number(&self) -> Option<&str> {
        self.order.as_ref().map(|order| order.order.number.as_str())
    }
}

/// Whether the platform of a shop allows presents, by the packs in force on the shop's day.
pub(super) fn presents(desk: &Desk, shop: &Shop, now: Timestamp) -> bool {
    let engine = desk.engine();
    in_force(engine.packs(), Some(shop.platform), Some(shop.zone()), now).incentive().1
        != Some(Allowed::Forbidden)
}

async fn ground(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    id: CaseId,
) -> std::result::Result<Ground, StoreError> {
    let case = case::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "case" })?;
    let order = order_of(tx, scope, case.order).await?;
    let stands =
        shop::find(tx, scope, case.row.shop.id).await?.ok_or(StoreError::NotFound { what: "shop" })?;
    let now = tx.now();
    let around = around::load(tx, scope, About::Case(id)).await?;
    let rating_talk_today = around.is_some_and(|around| around.thread(None, now).asked_today);
    let presents = presents(desk, &stands, now);
    Ok(Ground { case, order, month: Month::of(now, &stands.zone()), presents, rating_talk_today })
}

/// What could be given in a case, what the ladder proposes and why, and what was given before.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn proposal(desk: &Desk, scope: &Scope, id: CaseId) -> Result<Proposal> {
    allow(scope, Action::ReadCases)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let ground = ground(tx, scope, desk, id).await?;
            let (rules, _) = rules_in(tx, scope, false).await?;
            let rungs = rules.open(ground.paid(), ground.presents);
            let row = &ground.case.row;
            let proposed = propose(&rungs, row.primary_cause, row.fault);
            let refused = match (&proposed, ground.number()) {
                (Some((rung, _)), Some(number)) => {
                    // The least of it: what stands in the way of a cent stands in the way of all.
                    let least = Money { minor: 1, ..rung.most };
                    let asked = ground.ask(scope, rung.kind, least, "");
                    let about = (id, number, ground.month);
                    compensation::weigh(tx, scope, &rules, &asked, about).await?.err()
                }
                (None, Some(_)) if ground.paid().is_some() => Some(AskRefused::NotOnLadder),
                _ => Some(AskRefused::NoOrder),
            };
            let list = async |tx: &mut Tx<'_>, filter: CompensationFilter| {
                let (page, _) = compensation::list(tx, scope, &filter, None, 20).await?;
                Ok::<_, StoreError>(page.rows.into_iter().map(masked).collect::<Vec<_>>())
            };
            let given = list(tx, CompensationFilter { case: Some(id), ..Default::default() }).await?;
            let past = match ground.order.as_ref().and_then(|order| order.buyer) {
                Some(buyer) => {
                    list(tx, CompensationFilter { buyer: Some(buyer), ..Default::default() }).await?
                }
                None => Vec::new(),
            };
            let past = past.into_iter().filter(|one| one.case != id).collect();
            Ok(Proposal {
                rungs,
                proposed: proposed.map(|(rung, why)| (rung.kind, rung.most, why)),
                // Of several lines one may be left though the whole is not.
                refused: refused
                    .filter(|why| *why != AskRefused::Again || !has_lines(&ground))
                    .map(saying::ask),
                order: ground.order,
                given,
                past,
            })
        })
    });
    Ok(found.await?)
}

fn has_lines(ground: &Ground) -> bool {
    ground.order.as_ref().is_some_and(|order| order.order.lines.len() > 1)
}

/// Looks at the reason before anything is kept.
async fn check_note<'a>(desk: &Desk, scope: &Scope, id: CaseId, note: &'a str) -> Result<&'a str> {
    let note = written::within(note, NOTE_LIMIT, ["理由", "a reason has"])?;
    gate::pass_at_once(desk, scope, About::Case(id), note).await?;
    let heard = Guard::shared().heard_on(Some(Channel::Note), note);
    if heard.asks_change || heard.pleads || heard.invites {
        return Err(DeskError::refused(
            "赔付的理由里不能写评价：赔付只看事情本身，不看评价改不改",
            "the reason of a compensation never speaks of a review: it is given for the matter, not for a rating",
        ));
    }
    Ok(note)
}

/// Asks for a compensation. Within his limit an agent decides himself; above it others have to agree.
///
/// # Errors
/// [`DeskError::Refused`] with the reason; [`DeskError::Blocked`] for a note that the guard stops; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn ask(desk: &Desk, scope: &Scope, id: CaseId, request: &AskRequest) -> Result<CompensationView> {
    allow(scope, Action::HandleCases)?;
    let note = check_note(desk, scope, id, &request.note).await?;
    let asked = desk
        .store
        .write(|tx| Box::pin(async move { keep(tx, scope, desk, id, request, note).await }))
        .await
        .map_err(|error| match error {
            StoreError::Conflict { what: "compensation" } => {
                DeskError::Refused(saying::ask(AskRefused::Again))
            }
            error => error.into(),
        })?;
    asked.map_err(|not| match not {
        NotAsked::Case(refused) => refusal(refused),
        NotAsked::Ask(refused) => DeskError::Refused(saying::ask(refused)),
        NotAsked::Line => DeskError::refused("订单里没有这个商品行", "the order has no such line"),
    })
}

enum NotAsked {
    Case(TransitionRefused),
    Ask(AskRefused),
    Line,
}

async fn keep(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    id: CaseId,
    request: &AskRequest,
    note: &str,
) -> std::result::Result<std::result::Result<CompensationView, NotAsked>, StoreError> {
    let (rules, rules_version) = rules_in(tx, scope, true).await?;
    let head = case::lock_for_change(tx, scope, id).await?;
    if !head.life.state.is_live() {
        return Ok(Err(NotAsked::Case(TransitionRefused::AlreadyClosed)));
    }
    let is_his = head.life.owner.is_none() || head.life.owner == scope.user();
    if !is_his && !scope.may(Action::AssignCases) {
        return Ok(Err(NotAsked::Case(TransitionRefused::OwnedByOther)));
    }
    let ground = ground(tx, scope, desk, id).await?;
    let Some(number) = ground.number() else { return Ok(Err(NotAsked::Ask(AskRefused::NoOrder))) };
    let line = request.line.as_str();
    let knows = |order: &Order| order.order.lines.iter().any(|known| known.key == line);
    if !line.is_empty() && !ground.order.as_ref().is_some_and(knows) {
        return Ok(Err(NotAsked::Line));
    }
    let asked = ground.ask(scope, request.kind, request.amount, line);
    let new = NewCompensation {
        case: id,
        order_number: number,
        month: ground.month,
        rules_version,
        note: Some(note),
    };
    let kept: CompensationId = match compensation::ask(tx, scope, &rules, &asked, &new).await? {
        Ok(kept) => kept,
        Err(refused) => return Ok(Err(NotAsked::Ask(refused))),
    };
    let view = view(tx, scope, kept).await?;
    let (state, amount) = (view.compensation.state, request.amount);
    let body = json!({
        "compensation": kept, "kind": request.kind, "amount": amount.amount(), "currency": amount.currency,
        "state": state, "text": mask_text(note),
    });
    let now = tx.now();
    case::add_event(tx, scope, id, EventKind::CompensationAsked, &body, now).await?;
    let detail =
        json!({ "compensation": kept, "kind": request.kind, "amount": amount.to_string(), "state": state });
    audit::append(tx, scope, "compensation.ask", "case", &id.to_string(), &detail).await?;
    Ok(Ok(view))
}
