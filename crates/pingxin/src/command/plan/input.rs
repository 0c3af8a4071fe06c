//! One line of input: the facts of one case.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_domain::aftersales::{Goods, Problem, Request};
use pingxin_domain::cadence::{Attempt, ContactChannel};
use pingxin_domain::call::CallResult;
use pingxin_domain::plan::{CaseFacts, are_malicious};
use pingxin_domain::{Object, Platform};
use pingxin_language::{Cause, Fault};
use serde::Deserialize;

use crate::command::lines::{Id, OBJECTS, OrderLine, known, moment};

/// A case as the line gives it.
#[derive(Debug, Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub id: Id<'a>,
    #[serde(default, deserialize_with = "moment")]
    pub as_of: Option<Timestamp>,
    #[serde(borrow, default)]
    platform: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    market: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    object: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    cause: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    fault: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    signals: Option<Vec<Cow<'a, str>>>,
    #[serde(default, deserialize_with = "moment")]
    created: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    found: Option<Timestamp>,
    #[serde(default, deserialize_with = "moment")]
    requested: Option<Timestamp>,
    #[serde(borrow, default)]
    timezone: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    order: Option<OrderLine<'a>>,
    #[serde(borrow, default)]
    request: Option<Cow<'a, str>>,
    #[serde(default)]
    insists: Option<bool>,
    #[serde(borrow, default)]
    goods: Option<GoodsLine<'a>>,
    #[serde(borrow, default)]
    attempts: Option<Vec<AttemptLine<'a>>>,
    #[serde(default)]
    opt_out: Option<bool>,
    #[serde(default)]
    buyer_online: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct GoodsLine<'a> {
    #[serde(default)]
    received: Option<bool>,
    #[serde(borrow, default)]
    problem: Option<Cow<'a, str>>,
    #[serde(default)]
    exempt: Option<bool>,
    #[serde(default)]
    tags_cut: Option<bool>,
    #[serde(default)]
    washed: Option<bool>,
    #[serde(default)]
    used: Option<bool>,
    #[serde(borrow, default)]
    evidence: Option<Vec<Cow<'a, str>>>,
}

#[derive(Debug, Deserialize)]
struct AttemptLine<'a> {
    #[serde(default, deserialize_with = "moment")]
    at: Option<Timestamp>,
    #[serde(borrow, default)]
    channel: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    result: Option<Cow<'a, str>>,
}

impl Line<'_> {
    /// The facts that it holds.
    ///
    /// # Errors
    /// A sentence that names the field whose value means nothing.
    pub(super) fn facts(&self, as_of: Timestamp) -> Result<CaseFacts, String> {
        let platforms = &["amazon-us", "taobao", "tmall", "ebay", "aliexpress", "jd", "shopify", "own-shop"];
        let platform =
            known("platform", self.platform.as_deref(), platforms, |code| code.parse::<Platform>().ok())?;
        let requests = &["refund", "return", "exchange", "reship", "compensation", "complaint", "none"];
        let zones = &["the time zones of IANA, such as Asia/Shanghai"];
        let attempts = self.attempts.as_deref().unwrap_or_default();
        let signals = self.signals.as_deref().unwrap_or_default();
        let cause = parsed::<Cause>("cause", self.cause.as_deref())?;
        Ok(CaseFacts {
            kind: None,
            due: None,
            evidence_due: None,
            platform,
            market: self.market.as_deref().map(str::to_owned),
            object: known("object", self.object.as_deref(), OBJECTS, Object::from_code)?,
            cause,
            fault: parsed::<Fault>("fault", self.fault.as_deref())?,
            is_malicious: are_malicious(signals.iter().filter_map(|signal| signal.parse().ok()), cause),
            created: self.created,
            found: self.found,
            requested: self.requested,
            followed_up: None,
            removal_requested: None,
            days: Vec::new(),
            zone: known("timezone", self.timezone.as_deref(), zones, |name| TimeZone::get(name).ok())?,
            order: self.order.as_ref().map(|order| order.facts(platform)).transpose()?.unwrap_or_default(),
            request: known("request", self.request.as_deref(), requests, Request::from_code)?,
            insists: self.insists == Some(true),
            goods: self.goods.as_ref().map(GoodsLine::facts).transpose()?.unwrap_or_default(),
            attempts: attempts.iter().map(|attempt| attempt.fact(as_of)).collect::<Result<_, _>>()?,
            has_opted_out: self.opt_out == Some(true),
            is_online: self.buyer_online == Some(true),
        })
    }
}

impl GoodsLine<'_> {
    fn facts(&self) -> Result<Goods, String> {
        let problems = &["wrong", "missing", "damaged", "defect", "size", "not_as_described", "none"];
        let evidence = self.evidence.as_deref().unwrap_or_default();
        Ok(Goods {
            received: self.received,
            problem: known("goods.problem", self.problem.as_deref(), problems, Problem::from_code)?,
            exempt: self.exempt,
            tags_cut: self.tags_cut,
            washed: self.washed,
            used: self.used,
            is_shown: evidence.iter().any(|kind| matches!(kind.as_ref(), "photo" | "video")),
        })
    }
}

impl AttemptLine<'_> {
    /// What is unknown of a contact counts for as much as it can: made just now, by a call.
    fn fact(&self, as_of: Timestamp) -> Result<Attempt, String> {
        let channels = &["platform_message", "phone", "sms", "email", "chat"];
        let results = &["no_answer", "talked", "refused", "promised", "changed"];
        let channel =
            known("attempts.channel", self.channel.as_deref(), channels, ContactChannel::from_code)?;
        Ok(Attempt {
            at: self.at.unwrap_or(as_of),
            channel: channel.unwrap_or(ContactChannel::Phone),
            result: known("attempts.result", self.result.as_deref(), results, CallResult::from_code)?,
        })
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
    field: &str,
    value: Option<&str>,
) -> Result<Option<T>, String> {
    value.map(|value| value.parse().map_err(|error| format!("{field} {error}"))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts_of(json: &str) -> Result<CaseFacts, String> {
        let line: Line<'_> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        line.facts(Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_whole_line_is_read() {
        let facts = facts_of(
            r#"{"id":"c1","platform":"taobao","object":"review","cause":"quality","fault":"seller","created":"2026-07-01T02:00:00Z",
            "found":"2026-07-01T03:00:00Z","requested":null,"timezone":"Asia/Shanghai",
            "order":{"state":"delivered","amount":"129.00","delivered":"2026-06-28"},"request":"exchange","insists":false,
            "goods":{"received":true,"problem":"defect","exempt":false,"evidence":["chat","photo"]},
            "attempts":[{"at":"2026-07-01T03:10:00Z","channel":"phone","result":"no_answer"},{"at":null}],
            "signals":["extortion"],"opt_out":false,"as_of":"2026-07-01T04:00:00Z","unknown":[1]}"#,
        )
        .unwrap();
        assert_eq!(facts.platform, Some(Platform::Taobao));
        assert_eq!(facts.order.amount.map(|amount| amount.to_string()), Some("129.00 CNY".into()));
        assert!(facts.goods.is_shown && facts.is_malicious);
        assert_eq!(facts.goods.washed, None, "what is not said is unknown");
        assert_eq!(facts.attempts.len(), 2);
        assert_eq!(facts.attempts[1].at, Timestamp::UNIX_EPOCH, "when is unknown, so it counts for now");
    }

    #[test]
    fn an_id_is_enough_and_nulls_are_unknown() {
        assert_eq!(facts_of(r#"{"id":1}"#), Ok(CaseFacts::default()));
        let nulls = r#"{"id":1,"platform":null,"order":null,"goods":null,"attempts":null,"opt_out":null,"timezone":null}"#;
        assert_eq!(facts_of(nulls), Ok(CaseFacts::default()));
    }

    #[test]
    fn words_without_meaning_are_named() {
        for (field, word) in [
            ("platform", "song"),
            ("object", "song"),
            ("cause", "song"),
            ("fault", "song"),
            ("request", "song"),
            ("timezone", "Mars/Base"),
            ("found", "gestern"),
        ] {
            let reason = facts_of(&format!(r#"{{"id":1,"{field}":"{word}"}}"#)).unwrap_err();
            assert!(reason.contains(word), "{reason}");
        }
        for inner in [
            r#""order":{"state":"song"}"#,
            r#""goods":{"problem":"song"}"#,
            r#""attempts":[{"channel":"song"}]"#,
            r#""attempts":[{"result":"song"}]"#,
            r#""platform":"jd","order":{"amount":"song"}"#,
            r#""order":{"amount":"1","currency":"song"}"#,
        ] {
            let reason = facts_of(&format!(r#"{{"id":1,{inner}}}"#)).unwrap_err();
            assert!(reason.contains("song"), "{inner}: {reason}");
        }
    }
}
