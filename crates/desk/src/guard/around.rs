//! What is known around a text: where it goes, what the buyer left, and everything said, promised, paid and asked in the
//! case and to this buyer, wherever.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::after_sale::AfterSaleState;
use pingxin_domain::cadence::{self, Attempt, CallRecord, ContactChannel, KnownBy, MessageRecord};
use pingxin_domain::call::CallResult;
use pingxin_domain::case::CaseState;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::guard::{Author, Channel, Draft, Guard, Heard, Past, Side, Stage, Thread};
use pingxin_domain::intake::IncomingRecord;
use pingxin_domain::review::Verdict;
use pingxin_domain::{Action, CaseId, ClaimId, Object, OrderId, Scope, ShopId};
use pingxin_language::Language;
use pingxin_store::case::{self, CaseDetail, CaseEvent, EventKind};
use pingxin_store::guard_rule::{self, OwnRule};
use pingxin_store::order::{self, Order};
use pingxin_store::record::{self, Belongs, CaseRecords};
use pingxin_store::review::{self, ReviewDetail};
use pingxin_store::shop::{self, Shop};
use pingxin_store::{StoreError, Tx, buyer, claim, compensation, task};

use super::About;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::records;

/// What is known around a text.
#[derive(Debug)]
pub(crate) struct Around {
    /// The shop.
    pub(crate) shop: Shop,
    /// What the shop has made stricter.
    pub(crate) own_rules: Vec<OwnRule>,
    /// The case, when the text is about one.
    pub(crate) case: Option<CaseId>,
    object: Option<Object>,
    rated_bad: Option<bool>,
    language: Option<&'static str>,
    completed: Option<Timestamp>,
    delivered: Option<Timestamp>,
    solved: bool,
    past: Vec<Past>,
    /// Whether the text goes to a buyer that is known: else nothing is remembered of him.
    knows_buyer: bool,
}

impl Around {
    fn of_shop(shop: Shop, own_rules: Vec<OwnRule>) -> Self {
        Self {
            shop,
            own_rules,
            case: None,
            object: None,
            rated_bad: None,
            language: None,
            completed: None,
            delivered: None,
            solved: false,
            past: Vec::new(),
            knows_buyer: false,
        }
    }

    /// Where the shop counts its days.
    pub(crate) fn zone(&self) -> TimeZone {
        self.shop.zone()
    }

    /// The memory of the thread for a text on this channel.
    pub(crate) fn thread(&self, channel: Option<Channel>, now: Timestamp) -> Thread {
        Thread::of(&self.past, now, &self.zone(), channel)
    }

    /// How far the talk has come for a text on this channel.
    pub(crate) fn stage(&self, channel: Option<Channel>, now: Timestamp) -> Stage {
        self.thread(channel, now).stage(self.solved)
    }

    /// Fills in what is known. A template is sent some other day, to somebody else.
    pub(crate) fn fill(&self, draft: &mut Draft<'_>, thread: &Thread, template: bool, now: Timestamp) {
        draft.platform = Some(self.shop.platform);
        draft.object = self.object.or(draft.object);
        if template || !self.knows_buyer {
            return;
        }
        draft.stage = draft.stage.or(Some(thread.stage(self.solved)));
        draft.facts = thread.facts();
        draft.facts.rated_bad = self.rated_bad;
        draft.facts.author = Some(Author::Human);
        let days =
            |since: Option<Timestamp>| since.map(|since| now.duration_since(since).as_hours().div_euclid(24));
        draft.facts.days_since_completion = days(self.completed);
        draft.facts.days_since_earliest_delivery = days(self.delivered);
        let local = now.to_zoned(self.zone()).time();
        let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
        draft.facts.local_minute = u16::try_from(minute).ok();
        // Amazon asks for the buyer's own language; elsewhere agents answer in the language of the chat.
        if draft.on_amazon() && draft.goes_out() {
            draft.facts.buyer_lang = self.language;
        }
    }
}

/// Looks around; none for a text about nothing.
///
/// # Errors
/// [`DeskError::NotFound`] for something outside the scope; [`DeskError::Forbidden`]; the database's.
pub(crate) async fn look(desk: &Desk, scope: &Scope, about: About) -> Result<Option<Around>> {
    match about {
        About::Nothing => return Ok(None),
        About::Task(_) => allow(scope, Action::ReadTasks)?,
        About::Case(_) => allow(scope, Action::ReadCases)?,
        About::Review(_) | About::Order(_) | About::Buyer(_) | About::Shop(_) => {
            allow(scope, Action::ReadReviews)?;
        }
    }
    gather(desk, scope, about).await
}

/// The same for whoever may write there, whether he may read or not.
///
/// # Errors
/// [`DeskError::NotFound`] for something outside the scope; the database's.
pub(crate) async fn gather(desk: &Desk, scope: &Scope, about: About) -> Result<Option<Around>> {
    if about == About::Nothing {
        return Ok(None);
    }
    let found = desk.store.read(|tx| Box::pin(async move { load(tx, scope, about).await })).await?;
    found.map(Some).ok_or(DeskError::NotFound)
}

/// Looks around within a transaction; none for what is not there.
///
/// # Errors
/// The database's.
pub(crate) async fn load(
    tx: &mut Tx<'_>,
    scope: &Scope,
    about: About,
) -> std::result::Result<Option<Around>, StoreError> {
    match about {
        About::Nothing => Ok(None),
        About::Shop(id) => of_shop(tx, scope, id).await,
        About::Task(id) => match task::get(tx, scope, id).await? {
            Some(task) => of_shop(tx, scope, task.shop.id).await,
            None => Ok(None),
        },
        About::Case(id) => {
            let Some(case) = case::get(tx, scope, id).await? else { return Ok(None) };
            let around = match &case.row.review {
                Some(row) => match review::get(tx, scope, row.id).await? {
                    Some(review) => of_review(tx, scope, &review, Some(id)).await?,
                    None => None,
                },
                None => of_matter(tx, scope, &case).await?,
            };
            let solved = case.row.state == CaseState::Solved;
            Ok(around.map(|around| Around { case: Some(id), solved: around.solved || solved, ..around }))
        }
        About::Review(id) => match review::get(tx, scope, id).await? {
            Some(review) => of_review(tx, scope, &review, review.row.case.map(|case| case.id)).await,
            None => Ok(None),
        },
        About::Order(id) => {
            let Some(order) = order::get(tx, scope, id).await? else { return Ok(None) };
            let Some(mut around) = of_shop(tx, scope, order.shop.id).await? else { return Ok(None) };
            around.know_order(&order);
            let belongs = Belongs {
                shop: order.shop.id,
                order_number: Some(&order.order.number),
                tracking_number: order.order.tracking_number.as_deref(),
                buyer: order.buyer,
                near: tx.now(),
            };
            around.remember(tx, scope, belongs, None, Some(order.id)).await?;
            Ok(Some(around))
        }
        About::Buyer(id) => {
            let Some(buyer) = buyer::get(tx, scope, id).await? else { return Ok(None) };
            let Some(mut around) = of_shop(tx, scope, buyer.shop).await? else { return Ok(None) };
            let belongs = Belongs {
                shop: buyer.shop,
                order_number: None,
                tracking_number: None,
                buyer: Some(id),
                near: tx.now(),
            };
            around.remember(tx, scope, belongs, None, None).await?;
            Ok(Some(around))
        }
    }
}

async fn of_shop(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ShopId,
) -> std::result::Result<Option<Around>, StoreError> {
    let Some(shop) = shop::find(tx, scope, id).await? else { return Ok(None) };
    let own_rules = guard_rule::list(tx, scope, id).await?;
    Ok(Some(Around::of_shop(shop, own_rules)))
}

/// What is known of a case without a review: its order and its buyer.
async fn of_matter(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: &CaseDetail,
) -> std::result::Result<Option<Around>, StoreError> {
    let Some(mut around) = of_shop(tx, scope, case.row.shop.id).await? else { return Ok(None) };
    let order = match case.order {
        Some(order) => order::get(tx, scope, order).await?,
        None => None,
    };
    if let Some(order) = &order {
        around.know_order(order);
    }
    let belongs = Belongs {
        shop: case.row.shop.id,
        order_number: case.row.order_number(),
        tracking_number: order.as_ref().and_then(|order| order.order.tracking_number.as_deref()),
        buyer: case.buyer.or(order.as_ref().and_then(|order| order.buyer)),
        near: records::written(&case.row),
    };
    around.remember(tx, scope, belongs, Some(case.row.id), case.order).await?;
    Ok(Some(around))
}

async fn of_review(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: &ReviewDetail,
    case: Option<CaseId>,
) -> std::result::Result<Option<Around>, StoreError> {
    let Some(mut around) = of_shop(tx, scope, review.row.shop.id).await? else { return Ok(None) };
    let order = match review.order {
        Some(order) => order::get(tx, scope, order).await?,
        None => None,
    };
    around.object = Some(review.row.object);
    around.rated_bad = match (review.row.rating, review.row.verdict) {
        (Some(rating), _) => Some(rating.stars() < 3),
        (None, Some(verdict)) => Some(verdict == Verdict::Bad),
        (None, None) => None,
    };
    let clear = review.row.language.filter(|language| *language != Language::Undetermined);
    around.language = clear.map(Language::as_str);
    if let Some(order) = &order {
        around.know_order(order);
    }
    let buyer = review.buyer.or(order.as_ref().and_then(|order| order.buyer));
    let belongs = Belongs {
        shop: review.row.shop.id,
        order_number: review.row.order_number.as_deref(),
        tracking_number: order.as_ref().and_then(|order| order.order.tracking_number.as_deref()),
        buyer,
        near: review.row.created_at.unwrap_or(review.row.imported_at),
    };
    around.remember(tx, scope, belongs, case, review.order).await?;
    Ok(Some(around))
}

impl Around {
    fn know_order(&mut self, order: &Order) {
        self.completed = order.order.completed;
        self.delivered = order.order.delivered.or(order.order.promised);
    }

    /// Reads all that happened with a buyer, by files and by what people noted.
    async fn remember(
        &mut self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        belongs: Belongs<'_>,
        case: Option<CaseId>,
        order: Option<OrderId>,
    ) -> std::result::Result<(), StoreError> {
        let buyer = belongs.buyer;
        let records = record::of_order_and_buyer(tx, scope, belongs).await?;
        let events = case::said(tx, scope, case, buyer, order).await?;
        let events = only_claimed(tx, scope, events).await?;
        let logged = case::contacted(tx, scope, case, buyer, order).await?;
        self.knows_buyer = true;
        self.past = past_of(&records, &events);
        self.past.extend(contacts_of(&logged, &records, &self.zone()));
        // What the desk gives, or is about to, shares no day with talk of the rating (X17).
        let given = compensation::days(tx, scope, case, buyer, order).await?;
        self.past.extend(given.into_iter().map(|at| Past::Paid { at }));
        if let Some(buyer) = buyer {
            let since = buyer::opted_out_at(tx, scope, buyer).await?;
            self.past.extend(since.map(|at| Past::OptedOut { at }));
        }
        let done = |record: &IncomingRecord| match record {
            IncomingRecord::AfterSale(after_sale) => after_sale.state == Some(AfterSaleState::Done),
            _ => false,
        };
        self.solved = records.after_sales.iter().any(|(_, record)| done(record));
        Ok(())
    }
}

/// Without the messages that a chat log tells of: they are read there.
async fn only_claimed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    mut events: Vec<CaseEvent>,
) -> std::result::Result<Vec<CaseEvent>, StoreError> {
    let of = |event: &CaseEvent| event.body["claim"].as_str().and_then(|id| id.parse::<ClaimId>().ok());
    let ids: Vec<ClaimId> = events.iter().filter_map(of).collect();
    let confirmed = claim::confirmed(tx, scope, &ids).await?;
    events.retain(|event| of(event).is_none_or(|id| !confirmed.contains(&id)));
    Ok(events)
}

/// The calls of the shop, and the messages that people logged and no file tells of. What both tell of counts once.
fn contacts_of(logged: &[Attempt], records: &CaseRecords, zone: &TimeZone) -> Vec<Past> {
    let calls: Vec<CallRecord> = records
        .calls
        .iter()
        .filter_map(|(_, record)| match record {
            IncomingRecord::Call(call) => {
                Some(CallRecord { at: call.at, direction: call.direction, result: call.result })
            }
            _ => None,
        })
        .collect();
    let messages: Vec<MessageRecord> = records
        .messages
        .iter()
        .filter_map(|(_, record)| match record {
            IncomingRecord::Chat(message) => Some(MessageRecord { at: message.at, side: message.side }),
            _ => None,
        })
        .collect();
    let mut past = Vec::new();
    for one in cadence::made(logged, &calls, &messages, Timestamp::MIN, zone) {
        let Attempt { at, channel, result } = one.attempt;
        let refused = result == Some(CallResult::Refused);
        let way = match channel {
            ContactChannel::Phone => {
                past.push(Past::Called { at, refused });
                continue;
            }
            ContactChannel::PlatformMessage | ContactChannel::Chat => Channel::PlatformMessage,
            ContactChannel::Sms => Channel::Sms,
            ContactChannel::Email => Channel::Email,
        };
        // Where a file tells of it, the file has its words.
        if one.by == KnownBy::Logged {
            past.push(Past::Said { at, side: Side::Shop, channel: Some(way), heard: Heard::default() });
        }
        if refused {
            past.push(Past::OptedOut { at });
        }
    }
    past
}

/// Everything said between the shop and a buyer, and paid, as the guard remembers it.
fn past_of(records: &CaseRecords, events: &[CaseEvent]) -> Vec<Past> {
    let guard = Guard::shared();
    let mut past = Vec::new();
    for (_, record) in records.messages.iter().chain(&records.after_sales) {
        match record {
            IncomingRecord::Chat(message) => {
                let side = match message.side {
                    Some(ChatSide::Seller) => Side::Shop,
                    Some(ChatSide::Buyer) => Side::Buyer,
                    Some(ChatSide::System) | None => continue,
                };
                let heard = guard.heard(&message.text);
                past.push(Past::Said { at: message.at, side, channel: Some(Channel::Chat), heard });
            }
            IncomingRecord::AfterSale(after_sale) => {
                let paid = after_sale.state == Some(AfterSaleState::Done)
                    && after_sale.amount.is_some_and(|amount| amount.minor > 0);
                if let Some(at) = after_sale.resolved.or(after_sale.requested).filter(|_| paid) {
                    past.push(Past::Paid { at });
                }
            }
            _ => {}
        }
    }
    for event in events {
        let text = event.body["text"].as_str().unwrap_or_default();
        if event.kind == EventKind::Message {
            let channel = event.body["channel"].as_str().and_then(Channel::from_code);
            let heard = guard.heard_on(channel, text);
            past.push(Past::Said { at: event.at, side: Side::Shop, channel, heard });
        } else {
            let heard = guard.heard_on(Some(Channel::Note), text);
            past.push(Past::Noted { at: event.at, heard });
        }
    }
    past
}
