//! Robots of chat groups: a line of text for the team. They answer 200 also when they refuse, with a code in the body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use hyper::Method;
use pingxin_domain::outbox::Answer;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use super::webhook::{by_error, by_status};
use super::{Letter, Outcome, Reach, http};

/// WeCom's limit of a text (its page on group robots), in bytes.
const WECOM_BYTES: usize = 2048;

/// A robot as its group shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robot {
    /// The whole address that the group shows, its token inside.
    pub url: String,
    /// The secret for signing, where the robot asks for signatures; WeCom has none.
    pub secret: Option<String>,
}

impl std::fmt::Debug for Robot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Robot(hidden)")
    }
}

impl Robot {
    /// Only its maker's host may be called.
    pub(super) fn check(&self, hosts: &[&str], reach: Reach) -> Result<(), (String, String)> {
        let wrong = |en: String| (format!("请粘贴群里显示的完整地址，域名是 {}", hosts.join(" 或 ")), en);
        let url = http::readable(&self.url, reach).map_err(|error| wrong(error.to_string()))?;
        let host = url.host().unwrap_or_default();
        if !reach.local && !hosts.contains(&host) {
            return Err(wrong(format!(
                "paste the whole address that the group shows; its host is {}",
                hosts.join(" or ")
            )));
        }
        Ok(())
    }

    /// DingTalk: `timestamp` in milliseconds, the secret as key, both in the address.
    pub(super) async fn dingtalk(&self, letter: &Letter<'_>, reach: Reach) -> Outcome {
        let mut url = self.url.trim().to_owned();
        if let Some(secret) = secret_of(self) {
            let millis = letter.now.as_millisecond();
            let sign = dingtalk_sign(secret, millis);
            let joint = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{joint}timestamp={millis}&sign={}", percent(&sign));
        }
        let body = json!({ "msgtype": "text", "text": { "content": letter.text } });
        // 130101: too many in a minute.
        post(&url, &body, reach, "errcode", &[130_101]).await
    }

    /// WeCom: nothing is signed.
    pub(super) async fn wecom(&self, letter: &Letter<'_>, reach: Reach) -> Outcome {
        let text = within_bytes(letter.text, WECOM_BYTES);
        let body = json!({ "msgtype": "text", "text": { "content": text } });
        // 45009: too many in a minute; -1: the system is busy.
        post(self.url.trim(), &body, reach, "errcode", &[45_009, -1]).await
    }

    /// Feishu: `timestamp` in seconds, timestamp and secret as key over nothing, both in the body.
    pub(super) async fn feishu(&self, letter: &Letter<'_>, reach: Reach) -> Outcome {
        let mut body = json!({ "msg_type": "text", "content": { "text": letter.text } });
        if let Some(secret) = secret_of(self) {
            let seconds = letter.now.as_second();
            body["timestamp"] = Value::from(seconds.to_string());
            body["sign"] = Value::from(feishu_sign(secret, seconds));
        }
        // 11232: limited.
        post(self.url.trim(), &body, reach, "code", &[11_232]).await
    }
}

fn secret_of(robot: &Robot) -> Option<&str> {
    robot.secret.as_deref().map(str::trim).filter(|secret| !secret.is_empty())
}

fn hmac_base64(key: &[u8], message: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(message);
    STANDARD.encode(mac.finalize().into_bytes())
}

fn dingtalk_sign(secret: &str, millis: i64) -> String {
    hmac_base64(secret.as_bytes(), format!("{millis}\n{secret}").as_bytes())
}

fn feishu_sign(secret: &str, seconds: i64) -> String {
    hmac_base64(format!("{seconds}\n{secret}").as_bytes(), b"")
}

/// The letters of base64 that mean something in a query.
fn percent(text: &str) -> String {
    text.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// As much of a text as fits, whole letters.
fn within_bytes(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

async fn post(url: &str, body: &Value, reach: Reach, field: &str, busy: &[i64]) -> Outcome {
    let answered = match http::call(Method::POST, url, &[], body.to_string().into_bytes(), reach).await {
        Ok(answered) => answered,
        Err(error) => return by_error(&error),
    };
    let by_status = by_status(answered.status);
    if by_status != Answer::Taken {
        return Outcome::new(by_status, format!("HTTP {}", answered.status));
    }
    let said: Value = serde_json::from_slice(&answered.body).unwrap_or_default();
    let code = said.get(field).or_else(|| said.get("StatusCode")).and_then(Value::as_i64);
    let words = said.get("errmsg").or_else(|| said.get("msg")).and_then(Value::as_str).unwrap_or_default();
    match code {
        Some(0) => Outcome::new(Answer::Taken, "0"),
        Some(code) if busy.contains(&code) => Outcome::new(Answer::NotTaken, format!("{code} {words}")),
        Some(code) => Outcome::new(Answer::Refused, format!("{code} {words}")),
        None => Outcome::new(Answer::Unknown, "an answer without a code"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feishu_and_dingtalk_sign_the_other_way_round() {
        assert_eq!(feishu_sign("demo", 1_599_360_473), "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
        assert!(dingtalk_sign("demo", 1_599_360_473).starts_with("DkEDUyVo"));
    }

    #[test]
    fn what_means_something_in_a_query_is_written_otherwise() {
        assert_eq!(percent("a+b/c="), "a%2Bb%2Fc%3D");
    }

    #[test]
    fn texts_are_cut_between_letters() {
        assert_eq!(within_bytes("评心", 5), "评");
        assert_eq!(within_bytes("评心", 6), "评心");
    }

    #[test]
    fn only_the_makers_host_is_taken() {
        let robot = |url: &str| Robot { url: url.into(), secret: None };
        let hosts = ["oapi.dingtalk.com"];
        assert!(
            robot("https://oapi.dingtalk.com/robot/send?access_token=x")
                .check(&hosts, Reach::default())
                .is_ok()
        );
        for wrong in [
            "https://evil.example/robot",
            "https://oapi.dingtalk.com.evil.example/",
            "http://oapi.dingtalk.com/",
        ] {
            assert!(robot(wrong).check(&hosts, Reach::default()).is_err(), "{wrong}");
        }
    }
}
