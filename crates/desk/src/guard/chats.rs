//! What was typed elsewhere: every message that the shop sent in an imported chat log is checked as if it had been typed
//! here, with what was said before it, and kept with its findings for the report by agent and day.

use jiff::tz::TimeZone;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::guard::{
    Author, Channel, Draft, Finding, Guard, Past, Severities, Severity, Side, Thread,
};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, BatchId, Platform, RecordId, Scope};
use pingxin_store::chat_check::{self, AgentDay, CheckFilter, Conversation, Message, NewCheck, Wrong};
use pingxin_store::job::{self, NewJob};
use pingxin_store::shop::Shop;
use pingxin_store::{Page, StoreError, Tx, audit, guard_rule, shop};
use serde_json::json;

use super::in_force;
use super::rules::severities_of;
use crate::desk::{Desk, allow, aside};
use crate::error::{DeskError, Result};
use crate::{claims, jobs};

/// Messages saved in one transaction.
const CHUNK: usize = 500;

/// A message of a conversation with what the guard says of it.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The message, masked.
    pub message: Message,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// Has the chats of an import checked in the background.
///
/// # Errors
/// The database's.
async fn enqueue(tx: &mut Tx<'_>, scope: &Scope, import: BatchId) -> std::result::Result<(), StoreError> {
    let (key, payload, now) = (format!("chats:{import}"), json!({ "import": import }), tx.now());
    let job = NewJob { kind: jobs::CHATS, payload: &payload, unique_key: Some(&key), run_at: now };
    job::enqueue(tx, scope, &job).await.map(drop)
}

/// Has the chats checked that an import has brought, if it has brought any.
///
/// # Errors
/// The database's.
pub(crate) async fn enqueue_brought(
    tx: &mut Tx<'_>,
    scope: &Scope,
    import: BatchId,
) -> std::result::Result<(), StoreError> {
    if chat_check::has_brought(tx, scope, import).await? { enqueue(tx, scope, import).await } else { Ok(()) }
}

/// Imports that are handed over in one look.
const AT_ONCE: u32 = 200;

/// Hands the chats of earlier imports over to be checked that never were: those that came in before there was a check.
/// Answers how many imports that were.
///
/// # Errors
/// The database's.
pub async fn catch_up(desk: &Desk) -> Result<u64> {
    let found =
        desk.store.read(|tx| Box::pin(async move { chat_check::unchecked(tx, AT_ONCE).await })).await?;
    for (tenant, import) in &found {
        let scope = &Scope::system(*tenant);
        desk.store.write(|tx| Box::pin(async move { enqueue(tx, scope, *import).await })).await?;
    }
    Ok(found.len() as u64)
}

/// Checks the chats that an import has brought; false when it was stopped before the end, and begins anew then.
///
/// # Errors
/// The database's; what was checked before stays.
pub(crate) async fn run(
    desk: &Desk,
    scope: &Scope,
    import: BatchId,
    go_on: impl Fn() -> bool,
) -> Result<bool> {
    let conversations = desk
        .store
        .read(|tx| Box::pin(async move { chat_check::conversations(tx, scope, import).await }))
        .await?;
    let (engine, guard) = (desk.engine(), desk.guard_of(scope).await?);
    let (mut checked, mut wrong, mut confirmed) = (0_u64, 0_u64, 0_u64);
    for of in &conversations {
        if !go_on() {
            return Ok(false);
        }
        let read = desk.store.read(|tx| {
            Box::pin(async move {
                let Some(shop) = shop::find(tx, scope, of.shop).await? else { return Ok(None) };
                let own = guard_rule::list(tx, scope, of.shop).await?;
                Ok(Some((shop, own, chat_check::messages(tx, scope, of, import).await?)))
            })
        });
        let Some((shop, own, messages)) = read.await? else { continue };
        let severities = severities_of(engine.packs(), &shop, &own, desk.store.clock().now());
        let guard = guard.clone();
        let judged = move || {
            let found = judge(&guard, &shop, &severities, &messages);
            (shop, messages, found)
        };
        let (shop, messages, mut found) = aside("checking a chat", judged).await?;
        {
            // What is kept names the sources that speak for the shop, as a text does that is checked here.
            let now = desk.store.clock().now();
            let rules = in_force(engine.packs(), Some(shop.platform), Some(shop.zone()), now);
            for finding in found.iter_mut().flatten().flatten() {
                finding.source = rules.at_home(std::mem::take(&mut finding.source));
            }
        }
        let (a, b) = save(desk, scope, of, &shop, &messages, &found).await?;
        confirmed += claims::confirm(desk, scope, of, &messages).await?;
        checked += a;
        wrong += b;
    }
    let detail = &json!({ "messages": checked, "wrong": wrong, "confirmed": confirmed });
    let noted = desk.store.write(|tx| {
        Box::pin(async move {
            audit::append(tx, scope, "chat.check", "import", &import.to_string(), detail).await
        })
    });
    noted.await?;
    Ok(true)
}

/// The way that chats of a platform go.
#[must_use]
pub fn channel_of(platform: Platform) -> Channel {
    match platform {
        Platform::Taobao | Platform::Tmall | Platform::Jd | Platform::OwnShop => Channel::Chat,
        Platform::Amazon(_) | Platform::Ebay | Platform::AliExpress | Platform::Shopify => {
            Channel::PlatformMessage
        }
    }
}

/// What the guard says of each message of the shop, in order; none for what others said. Each is judged with what was
/// said before it.
#[must_use]
pub fn judge_turns(
    guard: &Guard,
    platform: Platform,
    zone: &TimeZone,
    severities: &Severities,
    turns: &[(Side, jiff::Timestamp, &str)],
) -> Vec<Option<Vec<Finding>>> {
    let channel = channel_of(platform);
    let mut past: Vec<Past> = Vec::with_capacity(turns.len());
    turns
        .iter()
        .map(|&(side, at, text)| {
            let findings = (side == Side::Shop).then(|| {
                let thread = Thread::of(&past, at, zone, Some(channel));
                let mut draft = Draft {
                    platform: Some(platform),
                    channel: Some(channel),
                    stage: Some(thread.stage(false)),
                    ..Draft::of_text(text)
                };
                draft.facts = thread.facts();
                draft.facts.author = Some(Author::Human);
                // A chat is a talk: how often the shop speaks in it is no matter of contacts a day.
                draft.facts.contacts_today = None;
                guard.check_by(&draft, severities).findings
            });
            past.push(Past::Said { at, side, channel: Some(channel), heard: guard.heard(text) });
            findings
        })
        .collect()
}

fn judge(
    guard: &Guard,
    shop: &Shop,
    severities: &Severities,
    messages: &[Message],
) -> Vec<Option<Vec<Finding>>> {
    let zone = shop.zone();
    // What the platform says is nobody's word, but keeps its place.
    let spoken: Vec<(usize, Side)> = messages
        .iter()
        .enumerate()
        .filter_map(|(at, message)| match message.message.side {
            Some(ChatSide::Seller) => Some((at, Side::Shop)),
            Some(ChatSide::Buyer) => Some((at, Side::Buyer)),
            Some(ChatSide::System) | None => None,
        })
        .collect();
    let turns: Vec<(Side, jiff::Timestamp, &str)> = spoken
        .iter()
        .map(|&(at, side)| (side, messages[at].message.at, messages[at].message.text.as_str()))
        .collect();
    let mut found: Vec<Option<Vec<Finding>>> = vec![None; messages.len()];
    for ((at, _), findings) in spoken.iter().zip(judge_turns(guard, shop.platform, &zone, severities, &turns))
    {
        found[*at] = findings;
    }
    found
}

/// Saves what was found of the messages that this import brought; how many there were, and with something wrong.
async fn save(
    desk: &Desk,
    scope: &Scope,
    of: &Conversation,
    shop: &Shop,
    messages: &[Message],
    found: &[Option<Vec<Finding>>],
) -> Result<(u64, u64)> {
    let zone = &shop.zone();
    let checks: Vec<NewCheck<'_>> = messages
        .iter()
        .zip(found)
        .filter(|(message, _)| message.of_batch)
        .filter_map(|(message, findings)| {
            let findings = findings.as_deref()?;
            let at = message.message.at;
            Some(NewCheck {
                message: message.id,
                at,
                day: at.to_zoned(zone.clone()).date(),
                agent: message.message.speaker.as_deref().unwrap_or_default(),
                worst: findings.iter().map(|finding| finding.severity).max(),
                findings,
            })
        })
        .collect();
    for chunk in checks.chunks(CHUNK) {
        desk.store
            .write(|tx| Box::pin(async move { chat_check::save_many(tx, scope, of.shop, chunk).await }))
            .await?;
    }
    let wrong = checks.iter().filter(|check| check.worst > Some(Severity::Warn)).count() as u64;
    Ok((checks.len() as u64, wrong))
}

/// What each agent said on each day.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn report(desk: &Desk, scope: &Scope, filter: &CheckFilter) -> Result<Vec<AgentDay>> {
    allow(scope, Action::ReviewTexts)?;
    Ok(desk.store.read(|tx| Box::pin(async move { chat_check::report(tx, scope, filter).await })).await?)
}

/// A page of messages with something wrong, the newest first; contacts in them are masked.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &CheckFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<Wrong>> {
    allow(scope, Action::ReviewTexts)?;
    let page = desk
        .store
        .read(|tx| Box::pin(async move { chat_check::list(tx, scope, filter, cursor, limit).await }));
    let mut page = page.await?;
    for wrong in &mut page.rows {
        wrong.message.text = mask_text(&wrong.message.text);
    }
    Ok(page)
}

/// The conversation that a message stands in, with what the guard says of each turn; contacts are masked.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn conversation(desk: &Desk, scope: &Scope, id: RecordId) -> Result<Vec<Turn>> {
    allow(scope, Action::ReviewTexts)?;
    let found = desk
        .store
        .read(|tx| Box::pin(async move { chat_check::conversation_of(tx, scope, id).await }))
        .await?;
    let turns = found.ok_or(DeskError::NotFound)?;
    Ok(turns
        .into_iter()
        .map(|(mut message, findings)| {
            message.message.text = mask_text(&message.message.text);
            message.message.speaker = message.message.speaker.as_deref().map(crate::records::mask_speaker);
            Turn { message, findings }
        })
        .collect())
}
