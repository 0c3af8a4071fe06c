//! The outbox 发送: messages to buyers and notices to the team, written in the transaction that wants them sent and carried
//! out by workers ([`sending`]); ways out and their settings ([`channels`]).
//!
//! A message is checked twice: when it is written and when it goes. What a second person has to see waits as a held text,
//! and is written here in the transaction in which he lets it pass.

pub mod channels;
mod deciding;
pub(crate) mod notices;
pub mod sending;
mod writing;

use pingxin_channels::outward::Outlet;
use pingxin_domain::outbox::{OutRefused, OutState};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, OutgoingId, Scope};
use pingxin_store::out_channel::ChannelSettings;
use pingxin_store::outbox::{self, Call, Outgoing, OutgoingFilter};
use pingxin_store::{Count, Page};

pub use deciding::{decide, retry, withdraw};
pub use writing::{MailWay, MessageRequest, SUBJECT_LIMIT, mail_way, write};

pub(crate) use writing::send_released;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// A way out as it is set up.
pub(crate) type Settings = ChannelSettings<Outlet>;

/// A page of the outbox, the newest first, and how many there are. Personal data in the words is masked.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &OutgoingFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Outgoing>, Count)> {
    allow(scope, Action::ReadCases)?;
    let found =
        desk.store.read(|tx| Box::pin(async move { outbox::list(tx, scope, filter, cursor, limit).await }));
    let (page, count) = found.await?;
    let rows = page.rows.into_iter().map(masked).collect();
    Ok((Page { rows, next: page.next }, count))
}

/// One of them with the calls made for it, the last first.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn view(desk: &Desk, scope: &Scope, id: OutgoingId) -> Result<(Outgoing, Vec<Call>)> {
    allow(scope, Action::ReadCases)?;
    let found = desk.store.read(|tx| {
        Box::pin(async move {
            let Some(outgoing) = outbox::get(tx, scope, id).await? else { return Ok(None) };
            Ok(Some((outgoing, outbox::calls(tx, scope, id).await?)))
        })
    });
    let (outgoing, calls) = found.await?.ok_or(DeskError::NotFound)?;
    Ok((masked(outgoing), calls))
}

fn masked(mut outgoing: Outgoing) -> Outgoing {
    outgoing.body.text = mask_text(&outgoing.body.text);
    outgoing.body.subject = mask_text(&outgoing.body.subject);
    outgoing
}

fn refusal(refused: OutRefused) -> DeskError {
    let zh = match refused {
        OutRefused::OnItsWay => "正在发送，已经不能撤回",
        OutRefused::Sent => "已经发出了",
        OutRefused::Withdrawn => "已经撤回了",
        OutRefused::Refused => "没有发出，可以重新发送",
        OutRefused::Waiting => "还没有到发送时间",
        OutRefused::InDoubt => "还不知道有没有发出，请先核实",
        OutRefused::NotInDoubt => "这条不需要核实",
        OutRefused::TooFar => "最多提前 30 天安排发送",
    };
    DeskError::refused(zh, refused.to_string())
}

/// The word by which the audit names a change to a state.
fn deed(state: OutState) -> &'static str {
    match state {
        OutState::Queued | OutState::Claimed | OutState::Handed => "outbox.queued",
        OutState::Sent => "outbox.sent",
        OutState::Refused => "outbox.refused",
        OutState::InDoubt => "outbox.in_doubt",
        OutState::Withdrawn => "outbox.withdrawn",
    }
}
