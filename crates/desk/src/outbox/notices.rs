//! Notices to the team and to the owner's own systems, in the transaction of what they tell of. Nothing of a buyer is in
//! them: a shop, a number, an event.

use pingxin_domain::Scope;
use pingxin_domain::outbox::{OutChannel, TeamEvent};
use pingxin_store::outbox::{self, NewOutgoing, OutBody};
use pingxin_store::{StoreError, Tx, out_channel};
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
        let new = NewOutgoing {
            shop: None,
            case: None,
            channel: told.channel,
            delivery: told.settings.delivery(),
            event: Some(event),
            body: &body,
            released: &[],
            hold: None,
            unique_key: None,
            send_at: now,
            author: None,
        };
        outbox::add(tx, scope, &new).await?;
    }
    Ok(())
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
