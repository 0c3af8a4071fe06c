//! What the desk knows of a case, as it may stand in a text.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::ScriptLanguage;
use crate::shop::Platform;

/// What is known of a case. What is absent is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScriptFacts {
    /// The shop's name.
    pub shop: Option<String>,
    /// Where it stands.
    pub platform: Option<Platform>,
    /// Where the shop's days are counted.
    pub zone: Option<TimeZone>,
    /// Who writes, as the team calls him.
    pub agent: Option<String>,
    /// The product's title.
    pub product: Option<String>,
    /// The order's number.
    pub order_number: Option<String>,
    /// Who carries the parcel.
    pub carrier: Option<String>,
    /// Its tracking number.
    pub tracking_number: Option<String>,
    /// When the order was placed.
    pub placed: Option<Timestamp>,
    /// When it was sent.
    pub shipped: Option<Timestamp>,
    /// When it arrived.
    pub delivered: Option<Timestamp>,
}

/// Digits of a number that may stand in a text to its own buyer.
const TAIL: usize = 4;
/// The most characters of a title: platforms' titles are rows of search words.
const TITLE: usize = 40;

/// The variables that are known, by name. Numbers of orders and parcels show their tail, but an order of Amazon is named
/// in full, as Amazon asks of messages that the shop begins (AMZ-2020).
#[must_use]
pub fn known(facts: &ScriptFacts, language: ScriptLanguage) -> BTreeMap<String, String> {
    let is_amazon = matches!(facts.platform, Some(Platform::Amazon(_)));
    let order = facts
        .order_number
        .as_deref()
        .map(|number| if is_amazon { number.to_owned() } else { tail(number, language) });
    let day = |at: Option<Timestamp>| at.map(|at| day(at, facts.zone.as_ref(), language));
    let pairs = [
        ("shop", facts.shop.clone()),
        ("agent", facts.agent.clone()),
        ("product", facts.product.as_deref().map(short)),
        ("order", order),
        ("courier", facts.carrier.clone()),
        ("tracking", facts.tracking_number.as_deref().map(|number| tail(number, language))),
        ("ordered_on", day(facts.placed)),
        ("shipped_on", day(facts.shipped)),
        ("delivered_on", day(facts.delivered)),
    ];
    let plain = |value: String| value.split_whitespace().collect::<Vec<_>>().join(" ");
    pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.map(plain)?)))
        .filter(|(_, value)| !value.is_empty() && !value.contains("{{") && !value.contains("}}"))
        .collect()
}

fn tail(number: &str, language: ScriptLanguage) -> String {
    let all: Vec<char> = number.trim().chars().filter(|letter| letter.is_alphanumeric()).collect();
    let end: String = all[all.len().saturating_sub(TAIL)..].iter().collect();
    match language {
        _ if end.is_empty() => end,
        ScriptLanguage::Chinese => format!("尾号{end}"),
        ScriptLanguage::English => format!("ending in {end}"),
    }
}

fn short(title: &str) -> String {
    let title = title.trim();
    if title.chars().count() <= TITLE {
        return title.to_owned();
    }
    title.chars().take(TITLE - 1).chain(['…']).collect()
}

fn day(at: Timestamp, zone: Option<&TimeZone>, language: ScriptLanguage) -> String {
    let at = at.to_zoned(zone.cloned().unwrap_or(TimeZone::UTC));
    match language {
        ScriptLanguage::Chinese => format!("{}月{}日", at.month(), at.day()),
        ScriptLanguage::English => at.strftime("%b %-d").to_string(),
    }
}
