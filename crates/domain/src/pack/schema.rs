//! Which tables a pack may have, and what may stand in each.

use super::ground::{Condition, Outcome};
use super::guard::Severity;
use super::policy::{Benefit, ChangePolicy};
use super::window::{Anchor, Party};

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Words.
    Text,
    /// A list of words.
    Texts,
    /// Words out of these.
    OneOf(&'static [&'static str]),
    /// A list of words out of these.
    SomeOf(&'static [&'static str]),
    /// A whole number from 0 to a million.
    Count,
    /// A list of whole numbers, or one.
    Counts,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// `08:00-20:00`.
    Hours,
    /// A list of them.
    ManyHours,
    /// A table of anything.
    Table,
    /// A table of whole numbers.
    CountTable,
    /// A day.
    Day,
    /// Anything.
    Any,
}

/// How often a table may stand in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    /// `[cadence]`.
    Once,
    /// `[[window]]`, told apart by this key.
    Many(&'static str),
    /// `[ask_change.review]`.
    Named,
}

/// One kind of table.
pub(super) struct Section {
    pub name: &'static str,
    pub times: Times,
    /// Whether it must say its sources and grade.
    pub sourced: bool,
    pub required: &'static [&'static str],
    pub keys: &'static [(&'static str, Shape)],
}

pub(super) const STATES: &[&str] = &["paid_unshipped", "shipped", "delivered", "completed", "closed"];
const OBJECTS: &[&str] = &["seller_feedback", "product_review", "review", "followup", "dsr"];
const CHANNELS: &[&str] = &[
    "platform_message",
    "public_reply",
    "sms",
    "email",
    "phone",
    "phone_script",
    "chat",
    "note",
    "task",
    "invitation",
    "parcel_card",
    "social_post",
    "removal_request",
    "moderation_config",
];
use Shape::{
    Any, Count, CountTable, Counts, Day, Flag, Hours, ManyHours, Number, OneOf, SomeOf, Table, Text, Texts,
};

/// Every kind of table, but for the head and the sources.
pub(super) const SECTIONS: &[Section] = &[
    Section {
        name: "rating",
        times: Times::Once,
        sourced: true,
        required: &[],
        keys: &[
            ("objects", SomeOf(OBJECTS)),
            ("scale", Counts),
            ("class", Table),
            ("formula", Text),
            ("windows", Any),
            ("rounding", Text),
            ("keyed_by", Text),
            ("affects_account", Table),
            ("dsr", Table),
            ("default_good_after_days", Count),
            ("display_days", Count),
            ("seller_can_leave", Texts),
            ("seller_rates_buyer", Text),
            ("public_display", Text),
            ("per_order", Count),
            ("images", Count),
        ],
    },
    Section {
        name: "metric",
        times: Times::Many("id"),
        sourced: true,
        required: &[],
        keys: &[
            ("numerator", Text),
            ("denominator", Text),
            ("window_days", Counts),
            ("hours", Count),
            ("keyed_by", Text),
            ("limit", Number),
            ("compare", OneOf(&["<", "<=", ">", ">="])),
            ("applies_to", Text),
            ("calendar", OneOf(CALENDARS)),
            ("excludes", Texts),
            ("auto_responder_counts", Flag),
            ("report_windows", Counts),
        ],
    },
    Section {
        name: "window",
        times: Times::Many("id"),
        sourced: true,
        required: &["who", "anchor"],
        keys: &[
            ("who", OneOf(Party::WORDS)),
            ("zh", Text),
            ("en", Text),
            ("action", Text),
            ("object", OneOf(OBJECTS)),
            ("anchor", OneOf(Anchor::WORDS)),
            ("days", Count),
            ("hours", Count),
            ("calendar", OneOf(CALENDARS)),
            ("start", OneOf(STARTS)),
            ("from_days", Count),
            ("from_anchor", OneOf(Anchor::WORDS)),
            ("only_from", Texts),
            ("only_to", Texts),
            ("times", Count),
            ("needs", Texts),
            ("impossible", Flag),
            ("direction", Text),
            ("not_after", OneOf(Anchor::WORDS)),
        ],
    },
    Section {
        name: "timer",
        times: Times::Many("id"),
        sourced: true,
        required: &["waiting_for", "anchor"],
        keys: &[
            ("order_state", OneOf(STATES)),
            ("waiting_for", OneOf(Party::WORDS)),
            ("zh", Text),
            ("en", Text),
            ("anchor", OneOf(Anchor::WORDS)),
            ("days", Count),
            ("hours", Count),
            ("calendar", OneOf(CALENDARS)),
            ("start", OneOf(STARTS)),
            ("on_expiry", Text),
            ("needs", Texts),
        ],
    },
    Section {
        name: "removal_ground",
        times: Times::Many("id"),
        sourced: true,
        required: &["object", "outcome", "zh", "en"],
        keys: &[
            ("object", OneOf(OBJECTS)),
            ("outcome", OneOf(Outcome::WORDS)),
            ("requires_entire", Flag),
            ("needs_condition", SomeOf(Condition::WORDS)),
            ("evidence", Texts),
            ("not_if", Texts),
            ("zh", Text),
            ("en", Text),
            ("statement", Text),
        ],
    },
    Section {
        name: "removal",
        times: Times::Once,
        sourced: true,
        required: &[],
        keys: &[
            ("request_channel", Text),
            ("max_age", Text),
            ("needs", SomeOf(Condition::WORDS)),
            ("rate_window", Text),
            ("turnaround_workdays", Counts),
            ("turnaround_hours", Count),
            ("appeal_turnaround_workdays", Counts),
            ("effect", Texts),
            ("note_abuse", Text),
            ("per_record", Count),
        ],
    },
    Section {
        name: "public_reply",
        times: Times::Once,
        sourced: true,
        required: &["allowed"],
        keys: &[
            ("allowed", Flag),
            ("object", OneOf(OBJECTS)),
            ("max", Count),
            ("soft_max", Count),
            ("unit", OneOf(&["chars", "han_chars"])),
            ("count", Count),
            ("editable", Flag),
            ("deletable", Flag),
            ("reply_after_delete", Flag),
            ("tone", Text),
            ("after_followup", Flag),
            ("window", Text),
            ("automation", Text),
            ("pii", Flag),
            ("html", Flag),
            ("api", Text),
            ("key", Text),
        ],
    },
    Section {
        name: "ask_change",
        times: Times::Named,
        sourced: true,
        required: &["policy"],
        keys: &[
            ("policy", OneOf(ChangePolicy::WORDS)),
            ("max_times", Count),
            ("channels", SomeOf(CHANNELS)),
            ("wording_id", Text),
            ("alternative", Text),
            ("window", Text),
        ],
    },
    Section {
        name: "incentive",
        times: Times::Once,
        sourced: true,
        required: &["conditional_on_sentiment", "any"],
        keys: &[
            ("conditional_on_sentiment", OneOf(Benefit::WORDS)),
            ("any", OneOf(Benefit::WORDS)),
            ("disclosure_required", Flag),
            ("own_site_only", Flag),
        ],
    },
    Section {
        name: "messaging",
        times: Times::Once,
        sourced: true,
        required: &["channels"],
        keys: &[
            ("channels", SomeOf(CHANNELS)),
            ("phone", Flag),
            ("external_contact", Flag),
            ("links", Text),
            ("emoji", Flag),
            ("lang_policy", Text),
            ("must_include", Texts),
            ("window", Text),
            ("per_order_review_requests", Count),
            ("max_chars", CountTable),
            ("permitted", Texts),
        ],
    },
    Section {
        name: "solicitation",
        times: Times::Once,
        sourced: true,
        required: &["window"],
        keys: &[("api", Text), ("window", Text), ("max_per_order", Count), ("custom_text", Flag)],
    },
    Section {
        name: "brand_contact",
        times: Times::Once,
        sourced: true,
        required: &[],
        keys: &[("stars_below", Count), ("requires", Texts), ("templates", Texts), ("editable", Flag)],
    },
    Section {
        name: "quota",
        times: Times::Named,
        sourced: true,
        required: &[],
        keys: &[("per_1000_feedback", Count), ("minimum_per_year", Count), ("declined_counts", Flag)],
    },
    Section {
        name: "cadence",
        times: Times::Once,
        sourced: true,
        required: &[],
        keys: &[
            ("phone_quiet", Hours),
            ("sms_quiet", Hours),
            ("soft_quiet", ManyHours),
            ("phone_hours", ManyHours),
            ("sms_hours", ManyHours),
            ("max_calls_per_day", Count),
            ("max_contacts_per_day", Count),
            ("max_contact_days_per_case", Count),
            ("stop_on_refusal", Flag),
        ],
    },
    Section {
        name: "guard",
        times: Times::Many("rule"),
        sourced: true,
        required: &["severity", "name"],
        keys: &[
            ("severity", OneOf(Severity::WORDS)),
            ("name", Text),
            ("channel", SomeOf(CHANNELS)),
            ("object", SomeOf(OBJECTS)),
            ("stage", SomeOf(&["first", "follow_up", "after_resolution"])),
            ("limit", Count),
        ],
    },
    Section {
        name: "norm",
        times: Times::Many("id"),
        sourced: true,
        required: &[],
        keys: &[
            ("law", Text),
            ("article", Text),
            ("zh", Text),
            ("en", Text),
            ("guard", Texts),
            ("supersedes", Text),
            ("days", Count),
            ("meaning", Text),
            ("hours", Hours),
            ("tz", Text),
            ("optout_words", Texts),
            ("optout_business_days", Count),
            ("optout_link_days", Count),
            ("needs", Texts),
            ("fine", Text),
        ],
    },
    Section {
        name: "compensation",
        times: Times::Many("id"),
        sourced: true,
        required: &[],
        keys: &[
            ("zh", Text),
            ("en", Text),
            ("percent", Number),
            ("min", Text),
            ("max", Text),
            ("currency", Text),
            ("when", Text),
        ],
    },
    Section {
        name: "unknown",
        times: Times::Many("id"),
        sourced: false,
        required: &["zh", "en"],
        keys: &[("zh", Text), ("en", Text)],
    },
    Section {
        name: "text",
        times: Times::Named,
        sourced: true,
        required: &["zh", "en", "seen_on"],
        keys: &[("zh", Text), ("en", Text), ("seen_on", Day)],
    },
    Section {
        name: "example",
        times: Times::Many("name"),
        sourced: false,
        required: &["kind", "expect"],
        keys: &[
            ("kind", OneOf(&["removal", "deadline"])),
            ("text", Text),
            ("object", OneOf(OBJECTS)),
            ("created", Text),
            ("as_of", Text),
            ("facts", Table),
            ("messages", Texts),
            ("events", Table),
            ("expect", Table),
        ],
    },
];

const CALENDARS: &[&str] = &["all-days", "working-days"];
const STARTS: &[&str] = &["instant", "same-day", "next-day"];

impl Section {
    /// What a key of it must be.
    pub(super) fn shape(&self, key: &str) -> Option<Shape> {
        self.keys.iter().find_map(|(known, shape)| (*known == key).then_some(*shape))
    }
}
