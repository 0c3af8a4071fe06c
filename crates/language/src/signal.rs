//! 风险标签: what in a text needs care, whatever it complains of.

mod why;

use serde::{Deserialize, Serialize};

use crate::Span;
pub use why::Why;

crate::code::codes! {
    /// What in a text needs care.
    SignalCode ("signal") {
        /// Insults, obscene words, death wishes.
        Abuse = "abuse",
        /// Data that names or reaches a person.
        PersonalData = "personal_data",
        /// A demand beyond what is due, under threat of a rating.
        Extortion = "extortion",
        /// Asks for money, a refund or a replacement.
        RemedyDemand = "remedy_demand",
        /// Threatens with authorities, media or violence.
        Threat = "threat",
        /// Praises or sends to a competitor.
        Competitor = "competitor",
        /// Advertises something else.
        Advertising = "advertising",
        /// Is not about the purchase.
        OffTopic = "off_topic",
        /// Looks written by somebody who did not buy, from this text alone.
        SuspectedFake = "suspected_fake",
        /// The stars say the opposite of the words.
        RatingTextMismatch = "rating_text_mismatch",
    }
}

crate::code::codes! {
    /// Kinds of personal data.
    PersonalData ("kind of personal data") {
        /// Mobile or landline number.
        Phone = "phone",
        /// E-mail address, also spelled out.
        Email = "email",
        /// Full name of a person.
        Name = "name",
        /// Postal address.
        Address = "address",
        /// Identity card number.
        IdNumber = "id_number",
        /// Bank card number.
        BankCard = "bank_card",
        /// Order number.
        OrderNumber = "order_number",
        /// QQ, WeChat or another account name.
        SocialAccount = "social_account",
    }
}

/// Where the words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the review's text.
    Text,
    /// In its title.
    Title,
    /// In the message with this index, from 0.
    Message(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text => formatter.write_str("text"),
            Self::Title => formatter.write_str("title"),
            Self::Message(index) => write!(formatter, "messages.{index}"),
        }
    }
}

impl std::str::FromStr for Place {
    type Err = crate::UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "text" => Ok(Self::Text),
            "title" => Ok(Self::Title),
            _ => text
                .strip_prefix("messages.")
                .and_then(|index| index.parse().ok())
                .map(Self::Message)
                .ok_or_else(|| crate::UnknownCode {
                    what: "place in a review",
                    found: text.to_owned(),
                    known: "text, title, messages.N".to_owned(),
                }),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One signal with the words that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// Which one.
    pub code: SignalCode,
    /// Which kind of personal data; null for every other signal.
    pub kind: Option<PersonalData>,
    /// Where the words stand.
    #[serde(rename = "in")]
    pub place: Place,
    /// The words; empty when the signal comes from facts.
    pub spans: Vec<Span>,
    /// Why it was raised.
    #[serde(default)]
    pub why: Why,
}

impl Signal {
    /// A signal with its reason.
    #[must_use]
    pub fn new(code: SignalCode, kind: Option<PersonalData>, place: Place, spans: Vec<Span>) -> Self {
        Self { code, kind, place, spans, why: Why::of(code, kind) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_the_contract_says() {
        let phone = Some(PersonalData::Phone);
        let signal = Signal::new(SignalCode::PersonalData, phone, Place::Message(2), vec![Span::new(12, 23)]);
        let json = serde_json::to_string(&signal).unwrap();
        let bare = r#"{"code":"personal_data","kind":"phone","in":"messages.2","spans":[[12,23]]"#;
        assert!(json.starts_with(bare), "{json}");
        assert!(
            json.ends_with(r#","why":{"zh":"像是电话号码","en":"Looks like a phone number"}}"#),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Signal>(&json).unwrap(), signal);
        // As stored before signals had reasons.
        assert_eq!(serde_json::from_str::<Signal>(&format!("{bare}}}")).unwrap().spans, signal.spans);
        assert!("messages.x".parse::<Place>().is_err());
    }
}
