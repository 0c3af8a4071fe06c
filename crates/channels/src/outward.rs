//! Ways out: mail, signed webhooks, robots of chat groups. One call each, within a time, to an address that the owner has
//! set; what came of it is said so that nothing is sent twice ([`Answer`]).
//!
//! To add one: its settings as a variant of [`Outlet`], and a module that answers with [`Outcome`].

mod address;
mod http;
mod mail;
mod robot;
mod webhook;

use std::time::Duration;

use jiff::Timestamp;
use pingxin_domain::outbox::{Answer, Delivery, OutChannel};
use serde::{Deserialize, Serialize};

pub use address::is_public;
pub use mail::{MailServer, Security};
pub use robot::Robot;
pub use webhook::Webhook;

/// Longest call, from the first look-up of a name to the end of the answer.
pub const LONGEST_CALL: Duration = Duration::from_secs(20);

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Also those of this machine and of private networks, and robots at other hosts than those of their makers. Whoever
    /// starts the program says so, never somebody signed in.
    pub local: bool,
}

/// A way out with its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", rename_all = "lowercase")]
pub enum Outlet {
    /// A mail server.
    Mail(MailServer),
    /// A system of the owner's.
    Webhook(Webhook),
    /// DingTalk 钉钉.
    DingTalk(Robot),
    /// WeCom 企业微信.
    WeCom(Robot),
    /// Feishu 飞书.
    Feishu(Robot),
}

/// What goes out.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// The same for every try: the other side may drop what it has had under it.
    pub key: &'a str,
    /// When it was first handed over: the date of a mail.
    pub at: Timestamp,
    /// Now: signatures are made over it, and the other side takes none of long ago.
    pub now: Timestamp,
    /// The address of a mail.
    pub to: Option<&'a str>,
    /// The subject of a mail.
    pub subject: &'a str,
    /// The words.
    pub text: &'a str,
    /// What a webhook gets.
    pub payload: &'a serde_json::Value,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How it goes on.
    pub answer: Answer,
    /// What the other side said, or why it could not be called; at most 200 characters, without secrets.
    pub detail: String,
}

impl Outcome {
    pub(crate) fn new(answer: Answer, detail: impl Into<String>) -> Self {
        let detail: String = detail.into();
        let detail = detail.chars().filter(|letter| !letter.is_control()).take(200).collect();
        Self { answer, detail }
    }
}

/// What the other side says when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It has it.
    Has,
    /// It has not.
    HasNot,
    /// It cannot be asked now.
    NoAnswer,
}

impl Outlet {
    /// Which.
    #[must_use]
    pub fn channel(&self) -> OutChannel {
        match self {
            Self::Mail(_) => OutChannel::Mail,
            Self::Webhook(_) => OutChannel::Webhook,
            Self::DingTalk(_) => OutChannel::DingTalk,
            Self::WeCom(_) => OutChannel::WeCom,
            Self::Feishu(_) => OutChannel::Feishu,
        }
    }

    /// What may be done when nobody knows whether something has left. A mail server does not look at Message-ID, and robots
    /// know no key: both are blind.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        match self {
            Self::Webhook(webhook) => webhook.delivery,
            Self::Mail(_) | Self::DingTalk(_) | Self::WeCom(_) | Self::Feishu(_) => Delivery::Blind,
        }
    }

    /// Whether the settings make sense by themselves.
    ///
    /// # Errors
    /// What is wrong, for the owner: Chinese, then English.
    pub fn check(&self, reach: Reach) -> Result<(), (String, String)> {
        match self {
            Self::Mail(server) => server.check(),
            Self::Webhook(webhook) => webhook.check(reach),
            Self::DingTalk(robot) => robot.check(&["oapi.dingtalk.com"], reach),
            Self::WeCom(robot) => robot.check(&["qyapi.weixin.qq.com"], reach),
            Self::Feishu(robot) => robot.check(&["open.feishu.cn", "open.larksuite.com"], reach),
        }
    }

    /// Sends it, once.
    pub async fn send(&self, letter: &Letter<'_>, reach: Reach) -> Outcome {
        match self {
            Self::Mail(server) => server.send(letter, reach).await,
            Self::Webhook(webhook) => webhook.send(letter, reach).await,
            Self::DingTalk(robot) => robot.dingtalk(letter, reach).await,
            Self::WeCom(robot) => robot.wecom(letter, reach).await,
            Self::Feishu(robot) => robot.feishu(letter, reach).await,
        }
    }

    /// Asks whether something has arrived, where that can be asked.
    pub async fn ask(&self, key: &str, at: Timestamp, reach: Reach) -> Known {
        match self {
            Self::Webhook(webhook) if webhook.delivery == Delivery::Queryable => {
                webhook.ask(key, at, reach).await
            }
            _ => Known::NoAnswer,
        }
    }
}
