//! Ways out 发送渠道: mail server, webhook, robots; set up by an owner, tried, taken down. Secrets go in and never come out.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pingxin_channels::outward::{MailServer, Security};
use pingxin_desk::outbox::channels::{self, ChannelRequest, ChannelView, OutletRequest};
use pingxin_domain::outbox::{Delivery, OutChannel, TeamEvent};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A way out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Channel {
    #[schema(value_type = word::OutChannel)]
    channel: OutChannel,
    /// Whether anything goes out by it.
    switched_on: bool,
    /// What it is told of; a mail server of nothing.
    #[schema(value_type = Vec<word::TeamEvent>)]
    events: Vec<TeamEvent>,
    /// Server and port, address, or the host of a robot.
    place: String,
    #[schema(value_type = Option<word::MailSecurity>, required = true)]
    security: Option<Security>,
    #[schema(required = true)]
    username: Option<String>,
    #[schema(required = true)]
    from_name: Option<String>,
    #[schema(required = true)]
    from_address: Option<String>,
    #[schema(value_type = word::Delivery)]
    delivery: Delivery,
    /// Whether a password or secret is kept.
    has_secret: bool,
}

impl From<ChannelView> for Channel {
    fn from(view: ChannelView) -> Self {
        let (from_name, from_address) = view.from.unzip();
        Self {
            channel: view.channel,
            switched_on: view.switched_on,
            events: view.events,
            place: view.place,
            security: view.security,
            username: view.username,
            from_name,
            from_address,
            delivery: view.delivery,
            has_secret: view.has_secret,
        }
    }
}

/// The ways out that are set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelList {
    channels: Vec<Channel>,
}

/// The ways out that are set up.
#[utoipa::path(get, path = "/api/v1/channels", tag = "outbox",
    responses((status = 200, body = ChannelList), SignedOut, Forbidden))]
pub async fn list_channels(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<ChannelList>, Problem> {
    let found = channels::list(&app.desk, &session.scope).await?;
    Ok(Json(ChannelList { channels: found.into_iter().map(Channel::from).collect() }))
}

/// A mail server.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MailSettings {
    host: String,
    port: u16,
    #[schema(value_type = word::MailSecurity)]
    security: Security,
    username: Option<String>,
    /// Stays as it is unless given, while server and account do.
    password: Option<String>,
    from_address: String,
    from_name: String,
}

/// A webhook by Standard Webhooks.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WebhookSettings {
    /// https.
    url: String,
    /// `whsec_…`; stays as it is unless given.
    secret: Option<String>,
    /// What the other side does with a repeated `webhook-id`.
    #[schema(value_type = word::Delivery)]
    delivery: Delivery,
}

/// A robot of a chat group.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RobotSettings {
    /// The whole address that the group shows; stays as it is unless given.
    url: Option<String>,
    /// Stays as it is unless given.
    secret: Option<String>,
}

/// How a way out is to be: exactly one of `mail`, `webhook` and `robot`, the one of its channel.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetChannel {
    switched_on: bool,
    #[schema(value_type = Vec<word::TeamEvent>)]
    events: Vec<TeamEvent>,
    mail: Option<MailSettings>,
    webhook: Option<WebhookSettings>,
    robot: Option<RobotSettings>,
}

fn outlet(asked: SetChannel) -> Option<ChannelRequest> {
    let outlet = match (asked.mail, asked.webhook, asked.robot) {
        (Some(mail), None, None) => {
            let MailSettings { host, port, security, username, password, from_address, from_name } = mail;
            let host = host.trim().to_owned();
            OutletRequest::Mail(MailServer {
                host,
                port,
                security,
                username,
                password,
                from_address,
                from_name,
            })
        }
        (None, Some(WebhookSettings { url, secret, delivery }), None) => {
            OutletRequest::Webhook { url, secret, delivery }
        }
        (None, None, Some(RobotSettings { url, secret })) => OutletRequest::Robot { url, secret },
        _ => return None,
    };
    Some(ChannelRequest { switched_on: asked.switched_on, events: asked.events, outlet })
}

fn known(channel: &str) -> Result<OutChannel, Problem> {
    OutChannel::from_code(channel).ok_or_else(|| pingxin_desk::DeskError::NotFound.into())
}

/// Sets a way out up, or changes it.
#[utoipa::path(put, path = "/api/v1/channels/{channel}", tag = "outbox",
    params(("channel" = word::OutChannel, Path)), request_body = SetChannel,
    responses((status = 200, body = Channel), BadRequest, SignedOut, Forbidden, NotFound, Conflict))]
pub async fn set_channel(
    State(app): State<App>,
    Session(session): Session,
    Path(channel): Path<String>,
    Body(asked): Body<SetChannel>,
) -> Result<Json<Channel>, Problem> {
    let channel = known(&channel)?;
    let asked = outlet(asked).ok_or_else(|| {
        pingxin_desk::DeskError::refused(
            "请只填写这个渠道的设置",
            "give the settings of this channel, and of no other",
        )
    })?;
    Ok(Json(channels::set(&app.desk, &session.scope, channel, asked).await?.into()))
}

/// Takes a way out down, with its password or secret.
#[utoipa::path(delete, path = "/api/v1/channels/{channel}", tag = "outbox",
    params(("channel" = word::OutChannel, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_channel(
    State(app): State<App>,
    Session(session): Session,
    Path(channel): Path<String>,
) -> Result<StatusCode, Problem> {
    channels::delete(&app.desk, &session.scope, known(&channel)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What came of a try.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelTried {
    /// Whether the other side took it.
    arrived: bool,
    /// What it said, or why it could not be called.
    detail: String,
}

/// Sends a test by a way out: a mail to its own sender, a line to a robot, an event to a webhook.
#[utoipa::path(post, path = "/api/v1/channels/{channel}/test", tag = "outbox",
    params(("channel" = word::OutChannel, Path)),
    responses((status = 200, body = ChannelTried), SignedOut, Forbidden, NotFound))]
pub async fn test_channel(
    State(app): State<App>,
    Session(session): Session,
    Path(channel): Path<String>,
) -> Result<Json<ChannelTried>, Problem> {
    let tried = channels::test(&app.desk, &session.scope, known(&channel)?).await?;
    Ok(Json(ChannelTried { arrived: tried.arrived, detail: tried.detail }))
}
