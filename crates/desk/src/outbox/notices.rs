//! Notices to the team and to the owner's own systems, in the transaction of what they tell of. Nothing of a buyer is in
//! them: a shop, a number, an event.

use jiff::Timestamp;
use pingxin_domain::outbox::{OutChannel, TeamEvent};
use pingxin_domain::{CaseId, OutgoingId, Scope, UserId};
use pingxin_store::automation::Subject;
use pingxin_store::outbox::{self, NewOutgoing, OutBody};
use pingxin_store::{StoreError, Tx, out_channel, user, watch};
use serde_json::json;

use super::Settings;

/// Tells every channel that wants to know.
///
/// # Errors
/// The database's error.
pub(crate) async fn tell(
    tx: &mut Tx<'_>,
    scope: &Scope,
    event: TeamEvent,
    shop: Option<&str>,
    case: Option<u64>,
) -> Result<(), StoreError> {
    let now = tx.now();
    let channels: Vec<Settings> = out_channel::list(tx, scope).await?;
    for told in channels {
        if told.channel == OutChannel::Mail || !told.switched_on || !told.events.contains(&event) {
            continue;
        }
        let body = body_of(event, shop, case, now);
        outbox::add(tx, scope, &notice(&told, event, &body, now)).await?;
    }
    Ok(())
}

/// Tells one channel that a rule or macro asks for a look at a case, and puts the case on the watch list of whoever is
/// named. None when the channel is not switched on.
///
/// # Errors
/// The database's error.
pub(crate) async fn tell_by_rule(
    tx: &mut Tx<'_>,
    scope: &Scope,
    subject: &Subject,
    case: CaseId,
    (channel, person): (OutChannel, Option<UserId>),
    rule: &str,
) -> Result<Option<OutgoingId>, StoreError> {
    let now = tx.now();
    let settings: Option<Settings> = out_channel::find(tx, scope, channel).await?;
    let Some(told) = settings.filter(|told| told.switched_on && told.channel != OutChannel::Mail) else {
        return Ok(None);
    };
    let named = match person {
        Some(person) => user::find(tx, scope, person).await?.filter(|user| user.disabled_at.is_none()),
        None => None,
    };
    let event = TeamEvent::Rule;
    let mut body = body_of(event, Some(&subject.shop.name), subject.number, now);
    body.text = format!("{}（{rule}）", body.text);
    if let Some(user) = &named {
        body.text = format!("{} @{}", body.text, user.display_name);
        watch::set(tx, scope, user.id, (case, subject.shop.id), None).await?;
    }
    if let Some(data) = body.payload.get_mut("data").and_then(serde_json::Value::as_object_mut) {
        data.insert("rule".to_owned(), rule.into());
    }
    let new = NewOutgoing { author: scope.user(), ..notice(&told, event, &body, now) };
    Ok(Some(outbox::add(tx, scope, &new).await?.0))
}

/// A notice by a channel, to go out now; nobody wrote it.
fn notice<'a>(told: &Settings, event: TeamEvent, body: &'a OutBody, now: Timestamp) -> NewOutgoing<'a> {
    NewOutgoing {
        shop: None,
        case: None,
        channel: told.channel,
        delivery: told.settings.delivery(),
        event: Some(event),
        body,
        released: &[],
        hold: None,
        unique_key: None,
        send_at: now,
        author: None,
    }
}

/// What is told of an event, for robots and for programs.
pub(super) fn body_of(
    event: TeamEvent,
    shop: Option<&str>,
    case: Option<u64>,
    at: jiff::Timestamp,
) -> OutBody {
    OutBody {
        subject: String::new(),
        text: event.line(shop, case),
        shown_to: None,
        payload: json!({ "type": event, "timestamp": at, "data": { "shop": shop, "case_number": case } }),
    }
}
