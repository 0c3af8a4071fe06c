//! Writing a message to a buyer that the desk sends.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::cadence::{ContactChannel, Rhythm};
use pingxin_domain::guard::{Channel, HoldKind};
use pingxin_domain::outbox::{OutChannel, OutState, UNDO_SECONDS, send_at};
use pingxin_domain::personal::mask_email;
use pingxin_domain::{Action, BuyerId, CaseId, OutgoingId, Platform, Role, Say, Scope, ShopId};
use pingxin_store::case::{self, EventKind};
use pingxin_store::hold::{HeldBody, HeldSending, Hold};
use pingxin_store::outbox::{self, NewOutgoing, OutBody, Outgoing};
use pingxin_store::user::change;
use pingxin_store::{StoreError, Tx, audit, buyer, out_channel};
use serde_json::{Value, json};

use super::{Settings, deed, refusal};
use crate::cases::NOTE_LIMIT;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, Outcome, gate, in_force};
use crate::{scripts, written};

/// Longest subject, in characters.
pub const SUBJECT_LIMIT: usize = 120;
/// Longest key of a program or page against writing twice, in characters.
const KEY_LIMIT: usize = 64;

/// A message to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRequest {
    /// By what.
    pub channel: OutChannel,
    /// The subject of a mail.
    pub subject: String,
    /// The words.
    pub text: String,
    /// Not before; at once unless given.
    pub send_at: Option<Timestamp>,
    /// Whoever asks again with the same key writes nothing new.
    pub key: Option<String>,
}

/// Whether a mail may be written about a case, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailWay {
    /// The buyer's address, masked.
    pub shown_to: Option<String>,
    /// Whether the platform allows mail to buyers at all.
    pub allowed: bool,
    /// Why none may be written.
    pub barred: Option<Say>,
    /// Whether a supervisor looks at it first, as of whoever asks.
    pub reviewed: bool,
}

/// What is known of the way to the buyer of a case.
pub(super) struct Way {
    pub(super) platform: Platform,
    pub(super) zone: Option<TimeZone>,
    pub(super) email: Option<String>,
    pub(super) opted_out: bool,
}

/// The way to the buyer of a case; none for a case outside the scope.
pub(super) async fn way(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
) -> std::result::Result<Option<Way>, StoreError> {
    let Some(known) = case::known(tx, scope, &[id]).await?.pop() else { return Ok(None) };
    let email = match known.buyer {
        Some(id) => email_of(tx, scope, id).await?,
        None => None,
    };
    let zone = TimeZone::get(&known.timezone).ok();
    Ok(Some(Way { platform: known.platform, zone, email, opted_out: known.opted_out_at.is_some() }))
}

async fn email_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BuyerId,
) -> std::result::Result<Option<String>, StoreError> {
    let found = buyer::get(tx, scope, id).await?;
    // One that the file masks is none.
    Ok(found.and_then(|buyer| buyer.email).filter(|email| email.contains('@') && !email.contains('*')))
}

/// Whether the rules in force on the day of the shop allow mail to its buyers.
pub(super) fn allows_mail(desk: &Desk, way: &Way, now: Timestamp) -> bool {
    let engine = desk.engine();
    let rules = in_force(engine.packs(), Some(way.platform), way.zone.clone(), now);
    Rhythm::new(&rules).allows(ContactChannel::Email)
}

fn barred(desk: &Desk, way: &Way, settings: Option<&Settings>, now: Timestamp) -> Option<Say> {
    if !allows_mail(desk, way, now) {
        return Some(Say::new(
            "这个平台不允许给买家发邮件，请用平台消息",
            "this platform allows no mail to buyers; use its own messages",
        ));
    }
    if way.opted_out {
        return Some(Say::new("买家不愿再收到消息", "this buyer wants no messages"));
    }
    if way.email.is_none() {
        return Some(Say::new("订单里没有买家的邮箱", "the order has no e-mail address of the buyer"));
    }
    if !settings.is_some_and(|settings| settings.switched_on) {
        return Some(Say::new(
            "还没有设置邮件服务器，请店主在「设置 → 发送渠道」里添加",
            "no mail server is set up: an owner adds one in the settings under channels",
        ));
    }
    None
}

/// Whether a mail may be written about a case, and where it goes.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn mail_way(desk: &Desk, scope: &Scope, id: CaseId) -> Result<MailWay> {
    allow(scope, Action::ReadCases)?;
    let now = desk.store.clock().now();
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let Some(way) = way(tx, scope, id).await? else { return Ok(None) };
            let settings: Option<Settings> = out_channel::find(tx, scope, OutChannel::Mail).await?;
            Ok(Some((way, settings, change::is_reviewed(tx, scope).await?)))
        })
    });
    let (way, settings, reviewed) = found.await?.ok_or(DeskError::NotFound)?;
    let allowed = allows_mail(desk, &way, now);
    let barred = barred(desk, &way, settings.as_ref(), now);
    Ok(MailWay {
        allowed,
        shown_to: way.email.as_deref().map(mask_email),
        barred,
        reviewed: reviewed && is_agent(scope),
    })
}

fn is_agent(scope: &Scope) -> bool {
    !matches!(scope.role, Role::Owner | Role::Supervisor)
}

/// Writes a message to the buyer of a case. It goes into the outbox, or waits for a second person where the guard holds it or
/// its author is one whose messages a supervisor looks at.
///
/// # Errors
/// [`DeskError::Refused`] for words that do not fit, a time too far ahead, and where no mail may go; [`DeskError::Blocked`];
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn write(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    request: &MessageRequest,
) -> Result<Outcome<Outgoing>> {
    allow(scope, Action::HandleCases)?;
    let text = written::within(&request.text, NOTE_LIMIT, ["消息", "a message has"])?;
    let subject = written::within(&request.subject, SUBJECT_LIMIT, ["邮件主题", "a subject has"])?;
    if subject.chars().any(char::is_control) {
        return Err(DeskError::refused("邮件主题只能有一行", "a subject is one line"));
    }
    if request.channel != OutChannel::Mail {
        return Err(DeskError::refused(
            "这个渠道只通知团队，不发给买家",
            "this channel tells the team; no buyer is reached",
        ));
    }
    let key = request.key.as_deref().map(str::trim).filter(|key| !key.is_empty());
    if key.is_some_and(|key| key.len() > KEY_LIMIT) {
        return Err(DeskError::refused("key 太长", "the key is too long"));
    }
    // One person's keys are not another's.
    let author = || scope.user().map_or_else(String::new, |user| user.to_string());
    let key = key.map(|key| format!("{}:{key}", author()));
    let now = desk.store.clock().now();
    let at = send_at(request.send_at, UNDO_SECONDS, now).map_err(refusal)?;
    let way = mail_way(desk, scope, id).await?;
    if let Some(barred) = way.barred {
        return Err(DeskError::Refused(barred));
    }
    scripts::nothing_is_open(&whole(subject, text))?;
    let looked = gate::pass(desk, scope, About::Case(id), Channel::Email, &whole(subject, text)).await?;
    if looked.is_held() || way.reviewed {
        let sending = HeldSending {
            channel: request.channel,
            subject: subject.to_owned(),
            send_at: request.send_at,
            key,
        };
        let body =
            HeldBody { channel: Some(Channel::Email), sending: Some(sending), ..HeldBody::of_text(text) };
        let held = gate::hold_back(desk, scope, &looked, About::Case(id), HoldKind::Message, body).await?;
        return Ok(Outcome::Held(held));
    }
    let key = key.as_deref();
    let body = &body_of(subject, text, way.shown_to);
    let added = desk.store.write(|tx| {
        Box::pin(async move {
            let head = case::lock_for_change(tx, scope, id).await?;
            let new = NewMessage { released: &[], hold: None, key, at };
            let outgoing = put(tx, (scope, scope), (id, head.shop), body, &new).await?;
            outbox::get(tx, scope, outgoing).await?.ok_or(StoreError::NotFound { what: "outgoing" })
        })
    });
    Ok(Outcome::Done(super::masked(added.await?)))
}

/// What the guard reads of a mail.
pub(super) fn whole(subject: &str, text: &str) -> String {
    format!("{subject}\n{text}")
}

fn body_of(subject: &str, text: &str, shown_to: Option<String>) -> OutBody {
    OutBody { subject: subject.to_owned(), text: text.to_owned(), shown_to, payload: Value::Null }
}

struct NewMessage<'a> {
    released: &'a [String],
    hold: Option<pingxin_domain::HoldId>,
    key: Option<&'a str>,
    at: Timestamp,
}

/// Puts a message of `author` into the outbox; `by` does it now. The caller has locked the case.
async fn put(
    tx: &mut Tx<'_>,
    (author, by): (&Scope, &Scope),
    (id, shop): (CaseId, ShopId),
    body: &OutBody,
    new: &NewMessage<'_>,
) -> std::result::Result<OutgoingId, StoreError> {
    let now = tx.now();
    let outgoing = NewOutgoing {
        shop: Some(shop),
        case: Some(id),
        channel: OutChannel::Mail,
        delivery: pingxin_domain::outbox::Delivery::Blind,
        event: None,
        body,
        released: new.released,
        hold: new.hold,
        unique_key: new.key,
        send_at: new.at,
        author: author.user(),
    };
    let (outgoing, is_new) = outbox::add(tx, by, &outgoing).await?;
    if is_new {
        let told = json!({ "outgoing": outgoing, "state": OutState::Queued, "channel": OutChannel::Mail, "send_at": new.at });
        case::add_event(tx, author, id, EventKind::Outbox, &told, now).await?;
        let detail =
            json!({ "outgoing": outgoing, "channel": OutChannel::Mail, "hold": new.hold, "send_at": new.at });
        audit::append(tx, by, deed(OutState::Queued), "case", &id.to_string(), &detail).await?;
    }
    Ok(outgoing)
}

/// Puts a held message that a second person lets pass into the outbox, in his transaction: what the guard held of it does not
/// stop it again when it goes.
pub(crate) async fn send_released(
    tx: &mut Tx<'_>,
    (author, by): (&Scope, &Scope),
    found: &Hold,
    (id, shop): (CaseId, ShopId),
    sending: &HeldSending,
) -> std::result::Result<(), StoreError> {
    let now = tx.now();
    let shown_to = way(tx, by, id).await?.and_then(|way| way.email).as_deref().map(mask_email);
    let body = body_of(&sending.subject, &found.body.text, shown_to);
    let released: Vec<String> = found.findings.iter().map(|finding| finding.rule.to_string()).collect();
    let key = sending.key.clone().unwrap_or_else(|| format!("hold:{}", found.id));
    let at = send_at(sending.send_at, UNDO_SECONDS, now).unwrap_or(now);
    let new = NewMessage { released: &released, hold: Some(found.id), key: Some(&key), at };
    put(tx, (author, by), (id, shop), &body, &new).await.map(drop)
}
