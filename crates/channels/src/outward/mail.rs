//! Mail by SMTP: plain text alone, our key as Message-ID.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use pingxin_domain::outbox::Answer;
use serde::{Deserialize, Serialize};

use super::address::{self, Found};
use super::{LONGEST_CALL, Letter, Outcome, Reach};

/// Longest wait for one answer of the server.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// How the way to the server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte; port 465 as a rule.
    Tls,
    /// TLS by STARTTLS, without which nothing is sent; port 587 as a rule.
    StartTls,
    /// None: only for a server on this machine or in its network.
    None,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way to it is secured.
    pub security: Security,
    /// Who signs in; none where the server asks nobody.
    pub username: Option<String>,
    /// His password.
    pub password: Option<String>,
    /// The address that mail comes from, and that answers go to.
    pub from_address: String,
    /// The name beside it.
    pub from_name: String,
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "MailServer({}:{})", self.host, self.port)
    }
}

/// Why nothing was sent, or nobody knows.
struct Failed {
    answer: Answer,
    why: String,
}

/// Before the words are on their way an error means that they were not taken.
fn before(error: &Error) -> Failed {
    let answer = if error.is_permanent() { Answer::Refused } else { Answer::NotTaken };
    Failed { answer, why: error.to_string() }
}

/// Afterwards only a number of the server says so.
fn after(error: &Error) -> Failed {
    let answer = match (error.is_permanent(), error.is_transient()) {
        (true, _) => Answer::Refused,
        (_, true) => Answer::NotTaken,
        _ => Answer::Unknown,
    };
    Failed { answer, why: error.to_string() }
}

impl MailServer {
    fn sender(&self) -> Option<Mailbox> {
        let address: Address = self.from_address.trim().parse().ok()?;
        let name = self.from_name.trim();
        Some(Mailbox::new((!name.is_empty()).then(|| name.to_owned()), address))
    }

    pub(super) fn check(&self) -> Result<(), (String, String)> {
        let say = |zh: &str, en: &str| Err((zh.to_owned(), en.to_owned()));
        if self.host.trim().is_empty() || self.host.len() > 253 || self.port == 0 {
            return say("请填写邮件服务器和端口", "give the name and the port of the mail server");
        }
        if self.sender().is_none() {
            return say("发件地址不是有效的邮箱", "the sender's address is no e-mail address");
        }
        if self.from_name.chars().any(char::is_control) || self.from_name.chars().count() > 80 {
            return say("发件人名称最多 80 个字", "a sender's name has at most 80 characters");
        }
        if self.username.as_deref().is_some_and(|name| !name.is_empty()) && self.security == Security::None {
            return say(
                "不加密的连接不能带密码，请选择 TLS",
                "a password never goes over an unsecured line: choose TLS",
            );
        }
        Ok(())
    }

    /// Sends it, once.
    pub(super) async fn send(&self, letter: &Letter<'_>, reach: Reach) -> Outcome {
        let (envelope, words) = match self.write(letter) {
            Ok(written) => written,
            Err(why) => return Outcome::new(Answer::Refused, why),
        };
        let (from, to) = envelope;
        let handed = tokio::time::timeout(LONGEST_CALL / 2, self.open(from, to, reach)).await;
        let mut connection = match handed {
            Ok(Ok(connection)) => connection,
            Ok(Err(failed)) => return Outcome::new(failed.answer, failed.why),
            Err(_) => return Outcome::new(Answer::NotTaken, "the server took too long"),
        };
        let sent = tokio::time::timeout(LONGEST_CALL / 2, connection.message(&words)).await;
        match sent {
            Ok(Ok(said)) => {
                // Taken: what comes of the good-bye changes nothing.
                let _ = tokio::time::timeout(Duration::from_secs(1), connection.quit()).await;
                Outcome::new(Answer::Taken, said.first_line().unwrap_or("250").to_owned())
            }
            Ok(Err(error)) => {
                let failed = after(&error);
                Outcome::new(failed.answer, failed.why)
            }
            Err(_) => Outcome::new(Answer::Unknown, "the server took too long"),
        }
    }

    /// Sender and recipient, and the mail as it goes out.
    fn write(&self, letter: &Letter<'_>) -> Result<((Address, Address), Vec<u8>), String> {
        let sender = self.sender().ok_or("the sender's address is no e-mail address")?;
        let to = letter.to.ok_or("there is no address")?;
        let to: Address = to.trim().parse().map_err(|_| "the buyer's address is no e-mail address")?;
        let from = sender.email.clone();
        let id = format!("<{}@{}>", letter.key, from.domain());
        let mail = Message::builder()
            .from(sender)
            .to(Mailbox::new(None, to.clone()))
            .subject(letter.subject.replace(['\r', '\n'], " "))
            .message_id(Some(id))
            .date(std::time::SystemTime::from(letter.at))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.to_owned())
            .map_err(|error| error.to_string())?;
        Ok(((from, to), mail.formatted()))
    }

    /// Everything up to the words themselves.
    async fn open(&self, from: Address, to: Address, reach: Reach) -> Result<AsyncSmtpConnection, Failed> {
        let host = self.host.trim();
        let found = address::find(host, self.port, reach).await.map_err(|found| match found {
            Found::No(why) => Failed { answer: Answer::NotTaken, why },
            Found::Private => Failed {
                answer: Answer::Refused,
                why: "an address of this machine or of a private network".into(),
            },
        })?;
        if self.security == Security::None && super::is_public(found.ip()) {
            return Err(Failed {
                answer: Answer::Refused,
                why: "a public server is spoken to by TLS alone".into(),
            });
        }
        let secured = || TlsParameters::new_rustls(host.to_owned()).map_err(|error| before(&error));
        let hello = ClientId::Domain(from.domain().to_owned());
        let tls = if self.security == Security::Tls { Some(secured()?) } else { None };
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(found, Some(LONGEST_WAIT), &hello, tls, None)
                .await
                .map_err(|error| before(&error))?;
        if self.security == Security::StartTls {
            if !connection.can_starttls() {
                return Err(Failed { answer: Answer::Refused, why: "the server offers no STARTTLS".into() });
            }
            connection.starttls(secured()?, &hello).await.map_err(|error| before(&error))?;
        }
        if let Some(name) = self.username.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            let credentials = Credentials::new(name.to_owned(), self.password.clone().unwrap_or_default());
            let ways = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&ways, &credentials).await.map_err(|error| before(&error))?;
        }
        connection.command(Mail::new(Some(from), Vec::new())).await.map_err(|error| before(&error))?;
        connection.command(Rcpt::new(to, Vec::new())).await.map_err(|error| before(&error))?;
        connection.command(Data).await.map_err(|error| before(&error))?;
        Ok(connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> MailServer {
        MailServer {
            host: "smtp.example.com".into(),
            port: 465,
            security: Security::Tls,
            username: Some("me".into()),
            password: Some("hunter2".into()),
            from_address: "care@shop.example".into(),
            from_name: "某某旗舰店".into(),
        }
    }

    fn letter<'a>(subject: &'a str, payload: &'a serde_json::Value) -> Letter<'a> {
        let at = "2026-11-22T12:00:00Z".parse().expect("an instant");
        Letter {
            key: "k-1",
            at,
            now: at,
            to: Some("buyer@example.com"),
            subject,
            text: "您好，\n已为您补发。",
            payload,
        }
    }

    #[test]
    fn a_mail_is_plain_text_with_our_key() {
        let written = server().write(&letter("关于您的订单\r\nBcc: x@example.com", &serde_json::Value::Null));
        let text = String::from_utf8(written.expect("a mail").1).expect("ASCII by its encodings");
        assert!(text.is_ascii());
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains("Message-ID: <k-1@shop.example>"), "{head}");
        assert!(head.contains("Content-Type: text/plain; charset=utf-8"), "{head}");
        assert!(head.contains("Date: Sun, 22 Nov 2026 12:00:00 +0000"), "{head}");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }

    #[test]
    fn a_password_needs_a_secured_line_and_is_never_shown() {
        assert!(server().check().is_ok());
        assert!(MailServer { security: Security::None, ..server() }.check().is_err());
        assert!(MailServer { from_address: "x".into(), ..server() }.check().is_err());
        assert!(!format!("{:?}", server()).contains("hunter2"));
    }
}
