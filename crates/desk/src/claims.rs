//! Messages that an agent copied: kept with their words and the script they were made from as *claimed*, until an imported
//! chat log tells of them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::claim::{Words, earliest, is_near};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, CaseId, ClaimId, HoldId, RecordId, Scope};
use pingxin_store::case::{self, EventKind};
use pingxin_store::chat_check::{Conversation, Message};
use pingxin_store::claim::{self, Claim, NewClaim, OpenClaim};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::promises;

/// The messages that were copied in a case, the newest first; personal data in their words is masked.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn of_case(desk: &Desk, scope: &Scope, id: CaseId) -> Result<Vec<Claim>> {
    allow(scope, Action::ReadCases)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                match case::get(tx, scope, id).await? {
                    Some(_) => claim::of_case(tx, scope, id).await.map(Some),
                    None => Ok(None),
                }
            })
        })
        .await?;
    let claims = found.ok_or(DeskError::NotFound)?;
    Ok(claims.into_iter().map(|claim| Claim { text: mask_text(&claim.text), ..claim }).collect())
}

/// Keeps a message that `author` says he has sent, with the promises in it; `by` does it now, and the audit names him. The
/// caller has locked the case.
pub(crate) async fn say(
    tx: &mut Tx<'_>,
    author: &Scope,
    by: &Scope,
    new: &NewClaim<'_>,
    hold: Option<HoldId>,
) -> std::result::Result<ClaimId, StoreError> {
    let (case, now) = (new.case, tx.now());
    let id = claim::add(tx, author, new).await?;
    let mut body = json!({ "text": new.text, "channel": new.channel, "claim": id });
    for (name, value) in [("script", new.script.map(str::to_owned)), ("hold", hold.map(|id| id.to_string()))]
    {
        if let Some(value) = value {
            body[name] = value.into();
        }
    }
    case::add_event(tx, author, case, EventKind::Message, &body, now).await?;
    let detail = json!({ "channel": new.channel, "script": new.script, "hold": hold });
    audit::append(tx, by, "case.message", "case", &case.to_string(), &detail).await?;
    promises::found_in(tx, author, by, (case, new.shop), new.text).await?;
    Ok(id)
}

/// Finds in a conversation what agents say they have sent, and notes it as confirmed. Answers how many.
///
/// # Errors
/// The database's.
pub(crate) async fn confirm(
    desk: &Desk,
    scope: &Scope,
    of: &Conversation,
    messages: &[Message],
) -> Result<u64> {
    if of.order_number.is_none() && of.buyer.is_none() {
        return Ok(0);
    }
    let Some(first) = messages.iter().map(|message| message.message.at).min() else { return Ok(0) };
    let (order, buyer, since) = (of.order_number.as_deref(), of.buyer, earliest(first));
    let open = desk
        .store
        .read(|tx| Box::pin(async move { claim::open(tx, scope, of.shop, order, buyer, since).await }))
        .await?;
    let found = matches(&open, messages);
    if found.is_empty() {
        return Ok(0);
    }
    let found = found.as_slice();
    let noted = desk.store.write(|tx| Box::pin(async move { note(tx, scope, found).await })).await?;
    Ok(noted)
}

/// Which claim is which message: each claim the first message that says it, each message one claim.
fn matches<'a>(open: &'a [OpenClaim], messages: &[Message]) -> Vec<(&'a OpenClaim, RecordId, Timestamp)> {
    let said: Vec<(RecordId, Timestamp, Words)> = messages
        .iter()
        .filter(|message| message.message.side == Some(ChatSide::Seller))
        .map(|message| (message.id, message.message.at, Words::of(&message.message.text)))
        .collect();
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for claim in open {
        let words = Words::of(&claim.text);
        let one = said.iter().enumerate().find(|(at, (_, sent, message))| {
            !taken.contains(at) && is_near(claim.claimed_at, *sent) && message.say(&words)
        });
        if let Some((at, (record, sent, _))) = one {
            taken.insert(at);
            found.push((claim, *record, *sent));
        }
    }
    found
}

async fn note(
    tx: &mut Tx<'_>,
    scope: &Scope,
    found: &[(&OpenClaim, RecordId, Timestamp)],
) -> std::result::Result<u64, StoreError> {
    let system = &Scope::system(scope.tenant);
    let mut many = 0;
    for &(claim, record, sent) in found {
        case::lock_for_change(tx, scope, claim.case).await?;
        if !claim::confirm(tx, scope, claim.id, record, sent).await? {
            continue;
        }
        let now = tx.now();
        let body = json!({ "claim": claim.id, "text": mask_text(&claim.text), "at": sent });
        case::add_event(tx, system, claim.case, EventKind::MessageConfirmed, &body, now).await?;
        let detail = json!({ "claim": claim.id });
        audit::append(tx, scope, "case.message_confirmed", "case", &claim.case.to_string(), &detail).await?;
        many += 1;
    }
    Ok(many)
}
