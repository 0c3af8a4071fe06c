//! One line of input: an outgoing text and what is known around it.

use std::borrow::Cow;

use pingxin_domain::guard::{Author, Channel, Class, Draft, Facts, Stage};
use pingxin_domain::{Object, Platform};
use serde::Deserialize;
use serde_json::Value;

use crate::command::lines::{Id, OBJECTS, known};

/// A text as the line gives it. Fields that the guard does not use are ignored.
#[derive(Debug, Deserialize)]
pub(in crate::command) struct Line<'a> {
    #[serde(borrow)]
    id: Id<'a>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    platform: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    channel: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    object: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    stage: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    market: Option<Cow<'a, str>>,
    #[serde(default)]
    limit: Option<u32>,
    #[serde(borrow, default)]
    facts: Option<Known<'a>>,
}

/// The facts of a line.
#[derive(Debug, Default, Deserialize)]
struct Known<'a> {
    #[serde(default)]
    rating: Option<Value>,
    #[serde(default)]
    prior_asks: Option<u32>,
    #[serde(default)]
    contacts_today: Option<u32>,
    #[serde(default)]
    asked_today: Option<bool>,
    #[serde(default)]
    compensated_today: Option<bool>,
    #[serde(default)]
    opt_out: Option<bool>,
    #[serde(default)]
    transactional: Option<bool>,
    #[serde(default)]
    reply_to_buyer: Option<bool>,
    #[serde(default)]
    consent: Option<bool>,
    #[serde(borrow, default)]
    local_time: Option<Cow<'a, str>>,
    #[serde(default)]
    days_since_completion: Option<i64>,
    #[serde(default)]
    days_since_earliest_delivery: Option<i64>,
    #[serde(default)]
    solicitations_sent: Option<u32>,
    #[serde(borrow, default)]
    buyer_lang: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    author: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    ground: Option<Cow<'a, str>>,
    #[serde(default)]
    proactive: Option<bool>,
    #[serde(borrow, default)]
    class: Option<Cow<'a, str>>,
}

impl<'a> Line<'a> {
    /// The name of the line.
    pub(in crate::command) fn id(&self) -> &Id<'a> {
        &self.id
    }

    /// The draft that it holds.
    ///
    /// # Errors
    /// A sentence that names the field whose value means nothing.
    pub(in crate::command) fn draft(&'a self) -> Result<Draft<'a>, String> {
        let platform = match self.platform.as_deref() {
            None => None,
            Some(code) => Some(code.parse::<Platform>().map_err(|error| format!("platform: {error}"))?),
        };
        let facts = match &self.facts {
            Some(known) => known.facts()?,
            None => Facts::default(),
        };
        Ok(Draft {
            text: &self.text,
            platform,
            channel: known("channel", self.channel.as_deref(), Channel::WORDS, Channel::from_code)?,
            object: known("object", self.object.as_deref(), OBJECTS, Object::from_code)?,
            stage: known("stage", self.stage.as_deref(), Stage::WORDS, Stage::from_code)?,
            market: self.market.as_deref(),
            limit: self.limit,
            facts,
        })
    }
}

impl<'a> Known<'a> {
    fn facts(&'a self) -> Result<Facts<'a>, String> {
        Ok(Facts {
            rated_bad: rated_bad(self.rating.as_ref())?,
            prior_asks: self.prior_asks,
            contacts_today: self.contacts_today,
            asked_today: self.asked_today,
            compensated_today: self.compensated_today,
            opt_out: self.opt_out,
            transactional: self.transactional,
            reply_to_buyer: self.reply_to_buyer,
            consent: self.consent,
            local_minute: self.local_time.as_deref().map(minute).transpose()?,
            days_since_completion: self.days_since_completion,
            days_since_earliest_delivery: self.days_since_earliest_delivery,
            solicitations_sent: self.solicitations_sent,
            buyer_lang: self.buyer_lang.as_deref(),
            author: known("facts.author", self.author.as_deref(), Author::WORDS, Author::from_code)?,
            ground: self.ground.as_deref(),
            proactive: self.proactive,
            class: known("facts.class", self.class.as_deref(), Class::WORDS, Class::from_code)?,
        })
    }
}

/// Whether a rating is bad: one or two stars, or the word of a platform without stars.
fn rated_bad(rating: Option<&Value>) -> Result<Option<bool>, String> {
    let wrong = |value: &Value| format!("facts.rating {value} is neither 1 to 5 nor good, neutral or bad");
    match rating {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(stars)) => match stars.as_f64() {
            Some(stars) if (1.0..=5.0).contains(&stars) => Ok(Some(stars < 3.0)),
            _ => Err(wrong(&Value::Number(stars.clone()))),
        },
        Some(Value::String(word)) => match word.to_ascii_lowercase().as_str() {
            "bad" | "negative" => Ok(Some(true)),
            "neutral" | "good" | "positive" => Ok(Some(false)),
            _ => Err(wrong(&Value::String(word.clone()))),
        },
        Some(other) => Err(wrong(other)),
    }
}

/// `HH:MM` in minutes since midnight.
fn minute(text: &str) -> Result<u16, String> {
    let wrong = || format!("facts.local_time \"{text}\" is no time of day; write 22:40");
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let hour: u16 = hour.parse().map_err(|_| wrong())?;
    let minute: u16 = minute.get(..2).unwrap_or(minute).parse().map_err(|_| wrong())?;
    if hour < 24 && minute < 60 { Ok(hour * 60 + minute) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<String, String> {
        let line: Line<'_> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        line.draft().map(|draft| format!("{draft:?}"))
    }

    #[test]
    fn nulls_and_unknown_fields_are_fine() {
        let json = r#"{"id":"m1","text":"好","lang":null,"platform":null,"channel":null,"stage":null,"limit":null,
            "facts":{"rating":null,"opt_out":null,"local_time":null,"x":1},"more":[]}"#;
        assert!(read(json).is_ok());
        assert!(read(r#"{"id":1,"text":"好","facts":null}"#).is_ok());
    }

    #[test]
    fn facts_are_read() {
        let read = read(
            r#"{"id":1,"text":"x","platform":"amazon-us","channel":"sms","stage":"follow_up",
            "facts":{"rating":"NEGATIVE","local_time":"22:40","prior_asks":1,"author":"bot","class":"service"}}"#,
        )
        .unwrap();
        for part in
            ["rated_bad: Some(true)", "local_minute: Some(1360)", "prior_asks: Some(1)", "Bot", "FollowUp"]
        {
            assert!(read.contains(part), "{part}: {read}");
        }
    }

    #[test]
    fn values_without_meaning_are_named() {
        let reason = |json| read(json).unwrap_err();
        assert!(reason(r#"{"id":1,"text":"x","channel":"pigeon"}"#).contains("pigeon"));
        assert!(reason(r#"{"id":1,"text":"x","platform":"moon"}"#).contains("moon"));
        assert!(reason(r#"{"id":1,"text":"x","facts":{"local_time":"25:00"}}"#).contains("25:00"));
        assert!(reason(r#"{"id":1,"text":"x","facts":{"rating":7}}"#).contains('7'));
        assert!(reason(r#"{"id":1,"text":null}"#).contains("null"));
        assert!(reason(r#"{"text":"x"}"#).contains("id"));
    }
}
