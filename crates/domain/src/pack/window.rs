//! Windows and timers: how long something may be done, and what happens when nobody does it.

use serde::Serialize;

use super::Pack;
use super::entry::Entry;
use super::record::{Record, Status};
use super::refused::Refused;
use super::table::File;
use crate::Say;
use crate::order::OrderState;
use crate::words::words;

words! {
    /// Who acts in a window, or is waited for.
    Party {
        /// The buyer.
        Buyer = "buyer",
        /// The shop.
        Seller = "seller",
        /// Either.
        Both = "both",
        /// The platform.
        Platform = "platform",
    }
}

words! {
    /// The event that days are counted from.
    Anchor {
        /// The order was placed.
        OrderPlaced = "order_placed",
        /// It was sent.
        Shipped = "shipped",
        /// It was promised for then.
        Promised = "promised",
        /// It was delivered.
        Delivered = "delivered",
        /// The earliest promised delivery.
        EarliestDelivery = "earliest_delivery",
        /// The latest promised delivery.
        LatestDelivery = "latest_delivery",
        /// The trade was completed (交易成功).
        Completed = "completed",
        /// The review or feedback was written.
        ReviewCreated = "review_created",
        /// The 追评 was written.
        FollowupCreated = "followup_created",
        /// A refund was asked for.
        RefundRequested = "refund_requested",
        /// The shop agreed to take the goods back.
        ReturnAgreed = "return_agreed",
        /// The buyer sent them back.
        ReturnShipped = "return_shipped",
        /// The carrier says the return was signed for or refused.
        ReturnSigned = "return_signed",
        /// The shop received the returned goods.
        GoodsReceived = "goods_received",
        /// A message of the buyer came in.
        MessageReceived = "message_received",
        /// A change of the review was asked for through the platform.
        RevisionRequested = "revision_requested",
        /// Removal was asked for.
        RemovalRequested = "removal_requested",
    }
}

/// How long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Whole days.
    Days(u32),
    /// Hours that pass.
    Hours(u32),
}

/// Which days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Calendar {
    /// All of them.
    AllDays,
    /// Days on which people work, 调休 counted in.
    WorkingDays,
}

/// From when days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// From the moment itself: it ends at the same time of day.
    Instant,
    /// The day of the event is the first.
    SameDay,
    /// The day after the event is the first.
    NextDay,
}

/// A time in which somebody may do something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Window {
    /// Its id, such as `buyer_modify`.
    pub id: String,
    /// What it is called.
    pub name: Say,
    /// Who may act.
    pub who: Party,
    /// The object it is about, as the pack names it; null for any.
    pub object: Option<String>,
    /// The event it is counted from.
    pub anchor: Anchor,
    /// How long it is; null when it is impossible at any time.
    pub length: Option<Length>,
    /// Which days count.
    pub calendar: Calendar,
    /// From when.
    pub start: Start,
    /// It opens this many days after this event; null when it opens at once.
    pub opens: Option<(Anchor, u32)>,
    /// An event that ends it whatever the days.
    pub not_after: Option<Anchor>,
    /// How often it may be used; null, no limit known.
    pub times: Option<u32>,
    /// What else must hold, as words of the pack.
    pub needs: Vec<String>,
    /// How well it is known.
    pub record: Record,
}

/// A clock of the platform: when it ends and nobody acted, the platform acts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timer {
    /// Its id, such as `refund_unshipped`.
    pub id: String,
    /// What it is called.
    pub name: Say,
    /// The state of the order it runs in; null for any.
    pub order_state: Option<OrderState>,
    /// Who is waited for.
    pub waiting_for: Party,
    /// The event it is counted from.
    pub anchor: Anchor,
    /// How long it is.
    pub length: Length,
    /// Which days count.
    pub calendar: Calendar,
    /// From when.
    pub start: Start,
    /// What the platform does when it ends.
    pub on_expiry: Option<String>,
    /// How well it is known.
    pub record: Record,
}

impl Window {
    /// The window of an entry; `None` when it is none.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let who = Party::from_code(entry.text("who")?)?;
        let anchor = Anchor::from_code(entry.text("anchor")?)?;
        let impossible = entry.flag("impossible") == Some(true);
        let length = if impossible { None } else { Some(chosen(entry, who == Party::Buyer)?) };
        let opens = entry
            .count("from_days")
            .map(|days| (entry.text("from_anchor").and_then(Anchor::from_code).unwrap_or(anchor), days));
        Some(Self {
            id: entry.id.clone()?,
            name: name(entry),
            who,
            object: entry.text("object").map(str::to_owned),
            anchor,
            length,
            calendar: calendar(entry),
            start: start(
                entry,
                if matches!(length, Some(Length::Hours(_))) { Start::Instant } else { Start::NextDay },
            ),
            opens,
            not_after: entry.text("not_after").and_then(Anchor::from_code),
            times: entry.count("times"),
            needs: entry.texts("needs"),
            record: entry.record.clone(),
        })
    }
}

impl Timer {
    /// The timer of an entry; `None` when it is none.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let waiting_for = Party::from_code(entry.text("waiting_for")?)?;
        Some(Self {
            id: entry.id.clone()?,
            name: name(entry),
            order_state: entry.text("order_state").and_then(OrderState::from_code),
            waiting_for,
            anchor: Anchor::from_code(entry.text("anchor")?)?,
            length: chosen(entry, waiting_for == Party::Buyer)?,
            calendar: calendar(entry),
            start: start(entry, Start::Instant),
            on_expiry: entry.text("on_expiry").map(str::to_owned),
            record: entry.record.clone(),
        })
    }
}

fn name(entry: &Entry) -> Say {
    let id = entry.id.as_deref().unwrap_or_default();
    Say::new(entry.text("zh").unwrap_or(id), entry.text("en").unwrap_or(id))
}

fn calendar(entry: &Entry) -> Calendar {
    if entry.text("calendar") == Some("working-days") { Calendar::WorkingDays } else { Calendar::AllDays }
}

fn start(entry: &Entry, otherwise: Start) -> Start {
    match entry.text("start") {
        Some("instant") => Start::Instant,
        Some("same-day") => Start::SameDay,
        Some("next-day") => Start::NextDay,
        _ => otherwise,
    }
}

/// How long, where sources disagree: a right of the buyer as long as any says, our own deadline as short.
fn chosen(entry: &Entry, buyers_right: bool) -> Option<Length> {
    let (said, length): (u32, fn(u32) -> Length) = match (entry.count("days"), entry.count("hours")) {
        (Some(days), None) => (days, Length::Days),
        (None, Some(hours)) => (hours, Length::Hours),
        _ => return None,
    };
    let all = entry.alternatives.iter().copied().chain([said]);
    let disputed = entry.record.status == Status::Disputed;
    let chosen = match (disputed, buyers_right) {
        (false, _) => Some(said),
        (true, true) => all.max(),
        (true, false) => all.min(),
    };
    chosen.map(length)
}

/// The longest window that is believed, in days and in hours: ten years.
const LONGEST_DAYS: u32 = 3_660;
const LONGEST_HOURS: u32 = LONGEST_DAYS * 24;

/// What the shapes of the schema cannot say.
pub(super) fn check(file: File<'_>, pack: &Pack) -> Result<(), Refused> {
    for entry in pack.section("window").chain(pack.section("timer")) {
        let refuse = |key: &str, message: &str| Refused {
            file: file.name.to_owned(),
            line: entry.line,
            key: format!("{}.{key}", entry.name()),
            message: message.to_owned(),
        };
        let impossible = entry.flag("impossible") == Some(true);
        let (days, hours) = (entry.count("days"), entry.count("hours"));
        match (days, hours, impossible) {
            (Some(_), Some(_), _) => return Err(refuse("hours", "a length is days or hours, not both")),
            (None, None, false) => return Err(refuse("days", "says neither days nor hours")),
            (Some(_), _, true) | (_, Some(_), true) => {
                return Err(refuse("impossible", "what is impossible has no length"));
            }
            _ => {}
        }
        let most = if days.is_some() { LONGEST_DAYS } else { LONGEST_HOURS };
        if days
            .or(hours)
            .iter()
            .chain(&entry.alternatives)
            .chain(entry.count("from_days").iter())
            .any(|length| *length > most)
        {
            return Err(refuse(if days.is_some() { "days" } else { "hours" }, "is longer than ten years"));
        }
        if hours.is_some()
            && (entry.text("calendar") == Some("working-days")
                || matches!(entry.text("start"), Some("same-day" | "next-day")))
        {
            return Err(refuse("hours", "hours run from the moment, on all days"));
        }
        if days == Some(0) && entry.text("start") == Some("same-day") {
            return Err(refuse("days", "no day is left when the day of the event is the first of 0"));
        }
    }
    Ok(())
}
