//! What a platform lets a shop say, ask and offer, and how often.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Pack;
use super::entry::Entry;
use super::record::Record;
use super::refused::Refused;
use super::spans::Hours;
use super::table::File;
use super::value::Value;
use crate::Object;
use crate::words::words;

words! {
    /// Whether a buyer may be asked to change what he wrote; a later one is stricter.
    ChangePolicy {
        /// Once the matter is solved, in neutral words, with nothing offered.
        AfterResolutionNeutral = "after-resolution-neutral",
        /// Only by the platform's own form.
        PlatformFlowOnly = "platform-flow-only",
        /// The platform lets nobody change it.
        Impossible = "impossible",
        /// Forbidden.
        Never = "never",
    }
}

/// Whether a buyer may be asked to change what he wrote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskChange {
    /// Whether, and how.
    pub policy: ChangePolicy,
    /// How often; null, no limit known.
    pub max_times: Option<u32>,
    /// By which channels; empty for all.
    pub channels: Vec<String>,
    /// The wording that fits.
    pub wording_id: Option<String>,
    /// What can be offered instead.
    pub alternative: Option<String>,
    /// The window in which the buyer may do it.
    pub window: Option<String>,
    /// How well it is known.
    pub record: Record,
}

impl AskChange {
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        Some(Self {
            policy: ChangePolicy::from_code(entry.text("policy")?)?,
            max_times: entry.count("max_times"),
            channels: entry.texts("channels"),
            wording_id: entry.text("wording_id").map(str::to_owned),
            alternative: entry.text("alternative").map(str::to_owned),
            window: entry.text("window").map(str::to_owned),
            record: entry.record.clone(),
        })
    }
}

words! {
    /// Whether something may be given for a review; a later one is stricter.
    Benefit {
        /// Allowed.
        Allowed = "allowed",
        /// Allowed when it is said openly beside the review.
        Disclose = "disclose",
        /// A supervisor decides.
        Hold = "hold",
        /// Forbidden.
        Forbidden = "forbidden",
    }
}

/// What is counted for a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Unicode scalar values.
    Chars,
    /// 汉字; other characters are counted as the platform does, unknown here, so each as one.
    HanChars,
}

/// The shop's answer beneath a review (评价解释).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublicReply {
    /// Whether there is one.
    pub allowed: bool,
    /// The longest; null, no rule known.
    pub max: Option<u32>,
    /// What `max` counts.
    pub unit: Unit,
    /// How many; null, no rule known.
    pub count: Option<u32>,
    /// Whether it can be changed; null, no rule known.
    pub editable: Option<bool>,
    /// Whether it can be taken back; null, no rule known.
    pub deletable: Option<bool>,
    /// Whether it may still be written once the buyer wrote a 追评; null, no rule known.
    pub after_followup: Option<bool>,
    /// The window in which it may be written.
    pub window: Option<String>,
    /// Beneath what it stands; null, beneath everything that buyers leave there.
    pub object: Option<Object>,
    /// How well it is known.
    pub record: Record,
}

impl PublicReply {
    /// Whether the shop may answer beneath such a thing.
    #[must_use]
    pub fn stands_beneath(&self, object: Object) -> bool {
        self.allowed && self.object.is_none_or(|own| own == object)
    }

    pub(super) fn of(entry: &Entry) -> Option<Self> {
        Some(Self {
            allowed: entry.flag("allowed")?,
            max: entry.count("max"),
            unit: if entry.text("unit") == Some("han_chars") { Unit::HanChars } else { Unit::Chars },
            count: entry.count("count"),
            editable: entry.flag("editable"),
            deletable: entry.flag("deletable"),
            after_followup: entry.flag("after_followup"),
            window: entry.text("window").map(str::to_owned),
            object: entry.text("object").and_then(Object::from_code),
            record: entry.record.clone(),
        })
    }
}

/// How buyers may be written to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Messaging {
    /// The channels that are allowed.
    pub channels: Vec<String>,
    /// Whether contact outside the platform is allowed; null, no rule known.
    pub external_contact: Option<bool>,
    /// What every message of the shop's own accord must carry.
    pub must_include: Vec<String>,
    /// The window for messages of the shop's own accord.
    pub window: Option<String>,
    /// How often a review may be asked for, an order.
    pub per_order_review_requests: Option<u32>,
    /// The longest text by kind of message, in Unicode scalar values.
    pub max_chars: BTreeMap<String, u32>,
    /// How well it is known.
    pub record: Record,
}

impl Messaging {
    pub(super) fn of(entry: &Entry) -> Self {
        let limits = match entry.get("max_chars") {
            Some(Value::Table(limits)) => limits.iter(),
            _ => return Self { max_chars: BTreeMap::new(), ..Self::without_limits(entry) },
        };
        let max_chars = limits.filter_map(|(kind, limit)| Some((kind.clone(), limit.count()?))).collect();
        Self { max_chars, ..Self::without_limits(entry) }
    }

    fn without_limits(entry: &Entry) -> Self {
        Self {
            channels: entry.texts("channels"),
            external_contact: entry.flag("external_contact"),
            must_include: entry.texts("must_include"),
            window: entry.text("window").map(str::to_owned),
            per_order_review_requests: entry.count("per_order_review_requests"),
            max_chars: BTreeMap::new(),
            record: entry.record.clone(),
        }
    }
}

/// How often and when a buyer may be contacted about a review. A cap, never a target.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Cadence {
    /// When nobody is called.
    pub phone_quiet: Vec<Hours>,
    /// When no promotional SMS goes out.
    pub sms_quiet: Vec<Hours>,
    /// When a contact is better left.
    pub soft_quiet: Vec<Hours>,
    /// When calls are made; empty, whenever it is not quiet.
    pub phone_hours: Vec<Hours>,
    /// When SMS are sent; empty, whenever it is not quiet.
    pub sms_hours: Vec<Hours>,
    /// Calls a local day.
    pub max_calls_per_day: Option<u32>,
    /// Contacts a local day, calls counted in.
    pub max_contacts_per_day: Option<u32>,
    /// Days with a contact, a case.
    pub max_contact_days_per_case: Option<u32>,
    /// Whether a refusal ends it.
    pub stop_on_refusal: bool,
}

impl Cadence {
    /// What an entry says, laid over this: quiet hours add up, the lower cap counts, hours of contact replace.
    #[must_use]
    pub(super) fn with(mut self, entry: &Entry) -> Self {
        let one = |key: &str| entry.text(key).and_then(|text| text.parse::<Hours>().ok());
        let many =
            |key: &str| entry.texts(key).iter().filter_map(|text| text.parse().ok()).collect::<Vec<_>>();
        let add = |hours: &mut Vec<Hours>, more: Vec<Hours>| {
            hours.extend(
                more.into_iter()
                    .filter(|more| !hours.iter().any(|known| known.covers(*more)))
                    .collect::<Vec<_>>(),
            );
        };
        add(&mut self.phone_quiet, one("phone_quiet").into_iter().collect());
        add(&mut self.sms_quiet, one("sms_quiet").into_iter().collect());
        add(&mut self.soft_quiet, many("soft_quiet"));
        for (hours, key) in [(&mut self.phone_hours, "phone_hours"), (&mut self.sms_hours, "sms_hours")] {
            let said = many(key);
            if !said.is_empty() {
                *hours = said;
            }
        }
        let least = |known: Option<u32>, key: &str| known.into_iter().chain(entry.count(key)).min();
        self.max_calls_per_day = least(self.max_calls_per_day, "max_calls_per_day");
        self.max_contacts_per_day = least(self.max_contacts_per_day, "max_contacts_per_day");
        self.max_contact_days_per_case = least(self.max_contact_days_per_case, "max_contact_days_per_case");
        self.stop_on_refusal |= entry.flag("stop_on_refusal") == Some(true);
        self
    }
}

/// Windows that tables name must be there.
pub(super) fn check(file: File<'_>, pack: &Pack) -> Result<(), Refused> {
    let named = [
        ("removal", "max_age"),
        ("removal", "rate_window"),
        ("public_reply", "window"),
        ("ask_change", "window"),
        ("messaging", "window"),
        ("solicitation", "window"),
    ];
    for (section, key) in named {
        for entry in pack.section(section) {
            let Some(id) = entry.text(key) else { continue };
            let known = pack.section("window").any(|window| window.id.as_deref() == Some(id));
            if !known && pack.header.inherits.is_none() {
                return Err(Refused {
                    file: file.name.to_owned(),
                    line: entry.line,
                    key: format!("{}.{key}", entry.name()),
                    message: format!("no [[window]] has the id `{id}`"),
                });
            }
        }
    }
    Ok(())
}
