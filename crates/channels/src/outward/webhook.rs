//! Signed webhooks by Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,…`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use hyper::Method;
use jiff::Timestamp;
use pingxin_domain::outbox::{Answer, Delivery};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::http::{self, CallError};
use super::{Known, Letter, Outcome, Reach};

/// Where events go, and how they are signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// The address; https.
    pub url: String,
    /// `whsec_` and at least 24 bytes in base64.
    pub secret: String,
    /// What the other side does with a repeated `webhook-id`: drops it, says whether it had it (`GET` with `?webhook-id=`
    /// answers 200 or 404), or neither.
    pub delivery: Delivery,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Webhook({:?})", self.delivery)
    }
}

impl Webhook {
    fn key(&self) -> Option<Vec<u8>> {
        let text = self.secret.trim().strip_prefix("whsec_")?;
        STANDARD.decode(text).ok().filter(|key| (24..=64).contains(&key.len()))
    }

    pub(super) fn check(&self, reach: Reach) -> Result<(), (String, String)> {
        if let Err(error) = http::readable(&self.url, reach) {
            return Err(("请填写 https 开头的完整网址".into(), error.to_string()));
        }
        if self.key().is_none() {
            return Err((
                "签名密钥要以 whsec_ 开头，后面是 24 到 64 字节的 base64".into(),
                "the secret is whsec_ and 24 to 64 bytes in base64".into(),
            ));
        }
        Ok(())
    }

    fn headers(&self, id: &str, at: Timestamp, body: &str) -> Option<[(&'static str, String); 3]> {
        let seconds = at.as_second();
        let signature = sign(&self.key()?, id, seconds, body);
        Some([
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signature),
        ])
    }

    pub(super) async fn send(&self, letter: &Letter<'_>, reach: Reach) -> Outcome {
        let body = letter.payload.to_string();
        let Some(headers) = self.headers(letter.key, letter.now, &body) else {
            return Outcome::new(Answer::Refused, "the secret cannot be read");
        };
        match http::call(Method::POST, &self.url, &headers, body.into_bytes(), reach).await {
            Ok(answered) => Outcome::new(by_status(answered.status), format!("HTTP {}", answered.status)),
            Err(error) => by_error(&error),
        }
    }

    pub(super) async fn ask(&self, key: &str, at: Timestamp, reach: Reach) -> Known {
        let Some(headers) = self.headers(key, at, "") else { return Known::NoAnswer };
        let joint = if self.url.contains('?') { '&' } else { '?' };
        let url = format!("{}{joint}webhook-id={key}", self.url.trim());
        match http::call(Method::GET, &url, &headers, Vec::new(), reach).await {
            Ok(answered) if (200..300).contains(&answered.status) => Known::Has,
            Ok(answered) if answered.status == 404 => Known::HasNot,
            _ => Known::NoAnswer,
        }
    }
}

/// `v1,` and the signature over id, time and body.
fn sign(key: &[u8], id: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// A server that fails may have done its work before: only what says "not now" surely has not.
pub(super) fn by_status(status: u16) -> Answer {
    match status {
        200..=299 => Answer::Taken,
        425 | 429 | 503 => Answer::NotTaken,
        300..=407 | 409..=499 => Answer::Refused,
        _ => Answer::Unknown,
    }
}

pub(super) fn by_error(error: &CallError) -> Outcome {
    let answer = match error {
        CallError::NotAllowed(_) => Answer::Refused,
        CallError::NotReached(_) => Answer::NotTaken,
        CallError::NoAnswer(_) => Answer::Unknown,
    };
    Outcome::new(answer, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_the_standard_shows() {
        // The example of the specification of Standard Webhooks.
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("base64");
        let signed = sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn what_may_have_been_done_is_not_called_refused() {
        assert_eq!([200, 204].map(by_status), [Answer::Taken; 2]);
        assert_eq!([429, 503].map(by_status), [Answer::NotTaken; 2]);
        assert_eq!([301, 400, 401, 404, 410].map(by_status), [Answer::Refused; 5]);
        assert_eq!([408, 500, 502, 504].map(by_status), [Answer::Unknown; 4]);
    }

    #[test]
    fn a_secret_is_long_enough() {
        let webhook = |url: &str, secret: &str| Webhook {
            url: url.into(),
            secret: secret.into(),
            delivery: Delivery::Keyed,
        };
        let good = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        assert!(webhook("https://erp.example/hook", good).check(Reach::default()).is_ok());
        for (url, secret) in
            [("http://erp.example", good), ("https://erp.example", "whsec_aGk="), ("https://e.example", "x")]
        {
            assert!(webhook(url, secret).check(Reach::default()).is_err(), "{url} {secret}");
        }
        assert!(!format!("{:?}", webhook("https://a.example", good)).contains("MfKQ"));
    }
}
