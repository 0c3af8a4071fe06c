//! The owner's ways out: set up, told of events, tried, taken down. Passwords and secrets go in and never come out.

use pingxin_channels::outward::{Letter, MailServer, Outlet, Robot, Security, Webhook};
use pingxin_domain::outbox::{Answer, Delivery, OutChannel, TeamEvent};
use pingxin_domain::{Action, JobId, Scope};
use pingxin_store::{audit, identifier, out_channel};
use serde_json::json;

use super::Settings;
use super::notices::body_of;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// A way out as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelView {
    /// Which.
    pub channel: OutChannel,
    /// Whether anything goes out by it.
    pub switched_on: bool,
    /// What it is told of.
    pub events: Vec<TeamEvent>,
    /// Where it goes: server and port, address, or the host of a robot.
    pub place: String,
    /// How the way to a mail server is secured.
    pub security: Option<Security>,
    /// Who signs in to a mail server.
    pub username: Option<String>,
    /// Sender of a mail: name and address.
    pub from: Option<(String, String)>,
    /// What may be done when nobody knows whether something has left.
    pub delivery: Delivery,
    /// Whether a password or secret is kept.
    pub has_secret: bool,
}

/// How a way out is to be from now on.
#[derive(Debug, Clone)]
pub struct ChannelRequest {
    /// Whether anything goes out by it.
    pub switched_on: bool,
    /// What it is told of.
    pub events: Vec<TeamEvent>,
    /// Where it is; a password, secret or address of a robot that is not given stays.
    pub outlet: OutletRequest,
}

/// Where a way out is to be.
#[derive(Debug, Clone)]
pub enum OutletRequest {
    /// A mail server.
    Mail(MailServer),
    /// A webhook.
    Webhook {
        /// The address.
        url: String,
        /// The secret.
        secret: Option<String>,
        /// What the other side does with repeated keys.
        delivery: Delivery,
    },
    /// A robot.
    Robot {
        /// The whole address.
        url: Option<String>,
        /// The secret.
        secret: Option<String>,
    },
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Whether the other side took it.
    pub arrived: bool,
    /// What it said.
    pub detail: String,
}

fn shown(settings: Settings) -> ChannelView {
    let host = |url: &str| {
        let rest = url.trim().split_once("://").map_or(url, |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or_default().to_owned()
    };
    let delivery = settings.settings.delivery();
    let (place, security, username, from, has_secret) = match settings.settings {
        Outlet::Mail(server) => (
            format!("{}:{}", server.host, server.port),
            Some(server.security),
            server.username,
            Some((server.from_name, server.from_address)),
            server.password.is_some_and(|password| !password.is_empty()),
        ),
        Outlet::Webhook(webhook) => (webhook.url, None, None, None, true),
        Outlet::DingTalk(robot) | Outlet::WeCom(robot) | Outlet::Feishu(robot) => {
            (host(&robot.url), None, None, None, robot.secret.is_some_and(|secret| !secret.is_empty()))
        }
    };
    ChannelView {
        channel: settings.channel,
        switched_on: settings.switched_on,
        events: settings.events,
        place,
        security,
        username,
        from,
        delivery,
        has_secret,
    }
}

/// The ways out that are set up.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(desk: &Desk, scope: &Scope) -> Result<Vec<ChannelView>> {
    allow(scope, Action::ManageChannels)?;
    let found: Vec<Settings> =
        desk.store.read(|tx| Box::pin(async move { out_channel::list(tx, scope).await })).await?;
    Ok(found.into_iter().map(shown).collect())
}

async fn find(desk: &Desk, scope: &Scope, channel: OutChannel) -> Result<Option<Settings>> {
    Ok(desk.store.read(|tx| Box::pin(async move { out_channel::find(tx, scope, channel).await })).await?)
}

fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The settings as they are to be, with what is not given as it was. A password stays only with its server and account: it
/// never goes to another one.
fn outlet(channel: OutChannel, before: Option<Outlet>, asked: OutletRequest) -> Result<Outlet> {
    let mismatch = || DeskError::refused("设置和渠道不一致", "these settings belong to another channel");
    let secret_missing = || DeskError::refused("请填写签名密钥", "give the secret");
    match (channel, asked) {
        (OutChannel::Mail, OutletRequest::Mail(mut server)) => {
            server.password = given(server.password);
            server.username = given(server.username);
            if let (None, Some(Outlet::Mail(old))) = (&server.password, before)
                && (&old.host, old.port, &old.username) == (&server.host, server.port, &server.username)
            {
                server.password = old.password;
            }
            Ok(Outlet::Mail(server))
        }
        (OutChannel::Webhook, OutletRequest::Webhook { url, secret, delivery }) => {
            let old = match before {
                Some(Outlet::Webhook(old)) => Some(old.secret),
                _ => None,
            };
            let secret = given(secret).or(old).ok_or_else(secret_missing)?;
            Ok(Outlet::Webhook(Webhook { url: url.trim().to_owned(), secret, delivery }))
        }
        (_, OutletRequest::Robot { url, secret }) => {
            let old = match before {
                Some(Outlet::DingTalk(old) | Outlet::WeCom(old) | Outlet::Feishu(old)) => Some(old),
                _ => None,
            };
            let (old_url, old_secret) = old.map_or((None, None), |old| (Some(old.url), old.secret));
            let url = given(url).or(old_url).ok_or_else(|| {
                DeskError::refused("请粘贴机器人的完整地址", "paste the whole address of the robot")
            })?;
            let robot = Robot { url, secret: given(secret).or(old_secret) };
            match channel {
                OutChannel::DingTalk => Ok(Outlet::DingTalk(robot)),
                OutChannel::WeCom => Ok(Outlet::WeCom(robot)),
                OutChannel::Feishu => Ok(Outlet::Feishu(robot)),
                OutChannel::Mail | OutChannel::Webhook => Err(mismatch()),
            }
        }
        _ => Err(mismatch()),
    }
}

/// Sets a way out up, or changes it.
///
/// # Errors
/// [`DeskError::Refused`] for settings that make no sense; [`DeskError::Forbidden`].
pub async fn set(
    desk: &Desk,
    scope: &Scope,
    channel: OutChannel,
    asked: ChannelRequest,
) -> Result<ChannelView> {
    allow(scope, Action::ManageChannels)?;
    let before = find(desk, scope, channel).await?.map(|settings| settings.settings);
    let outlet = outlet(channel, before, asked.outlet)?;
    outlet.check(desk.reach()).map_err(|(zh, en)| DeskError::refused(zh, en))?;
    let mut events = asked.events;
    events.sort_unstable();
    events.dedup();
    events.retain(|event| *event != TeamEvent::Test && channel != OutChannel::Mail);
    let (on, outlet, events) = (asked.switched_on, &outlet, events.as_slice());
    let done = desk.store.write(|tx| {
        Box::pin(async move {
            out_channel::put(tx, scope, channel, (on, events), outlet).await?;
            let detail = json!({ "switched_on": on, "events": events });
            audit::append(tx, scope, "channel.set", "channel", channel.code(), &detail).await
        })
    });
    done.await?;
    find(desk, scope, channel).await?.map(shown).ok_or(DeskError::NotFound)
}

/// Takes a way out down, with its password or secret. What waits in the outbox for it is refused when its time comes.
///
/// # Errors
/// [`DeskError::NotFound`] when there is none; [`DeskError::Forbidden`].
pub async fn delete(desk: &Desk, scope: &Scope, channel: OutChannel) -> Result<()> {
    allow(scope, Action::ManageChannels)?;
    let gone = desk.store.write(|tx| {
        Box::pin(async move {
            let gone = out_channel::delete(tx, scope, channel).await?;
            if gone {
                audit::append(tx, scope, "channel.delete", "channel", channel.code(), &json!({})).await?;
            }
            Ok(gone)
        })
    });
    if gone.await? { Ok(()) } else { Err(DeskError::NotFound) }
}

/// Sends a test by a way out, at once and outside the outbox: a mail to its own sender, a line to a robot, an event to a
/// webhook.
///
/// # Errors
/// [`DeskError::NotFound`] when it is not set up; [`DeskError::Forbidden`].
pub async fn test(desk: &Desk, scope: &Scope, channel: OutChannel) -> Result<Tried> {
    allow(scope, Action::ManageChannels)?;
    let settings = find(desk, scope, channel).await?.ok_or(DeskError::NotFound)?;
    let at = desk.store.clock().now();
    let body = body_of(TeamEvent::Test, None, None, at);
    let key = identifier::fresh::<JobId>().to_string();
    let to = match &settings.settings {
        Outlet::Mail(server) => Some(server.from_address.as_str()),
        _ => None,
    };
    let letter = Letter {
        key: &key,
        at,
        now: at,
        to,
        subject: "评心测试邮件 Pingxin test",
        text: &body.text,
        payload: &body.payload,
    };
    let outcome = settings.settings.send(&letter, desk.reach()).await;
    let arrived = outcome.answer == Answer::Taken;
    let detail = json!({ "arrived": arrived });
    let detail = &detail;
    let noted = desk.store.write(|tx| {
        Box::pin(
            async move { audit::append(tx, scope, "channel.test", "channel", channel.code(), detail).await },
        )
    });
    noted.await?;
    Ok(Tried { arrived, detail: outcome.detail })
}
