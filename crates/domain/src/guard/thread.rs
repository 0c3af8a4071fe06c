//! The memory of a thread: what was said, promised, paid and asked before, as facts for the next text. Several rules
//! mean something only with it (G06 within a day, G08, G09, G16, G56, G57).

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::draft::{Channel, Facts, Stage};
use super::heard::Heard;

/// How long after a buyer's message an answer counts as one.
const ANSWER: SignedDuration = SignedDuration::from_hours(24);

/// Who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Somebody of the shop.
    Shop,
    /// The buyer.
    Buyer,
}

/// One thing that happened between the shop and a buyer, wherever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// Words went from one to the other.
    Said {
        /// When.
        at: Timestamp,
        /// Who spoke.
        side: Side,
        /// The way; none when it is not known.
        channel: Option<Channel>,
        /// What the words did, by [`crate::guard::Guard::heard`].
        heard: Heard,
    },
    /// A colleague noted something; it may tell of an ask that went another way.
    Noted {
        /// When.
        at: Timestamp,
        /// What the words did, by [`crate::guard::Guard::heard`].
        heard: Heard,
    },
    /// The shop called.
    Called {
        /// When.
        at: Timestamp,
        /// Whether the buyer did not want to talk.
        refused: bool,
    },
    /// The buyer got money or another benefit.
    Paid {
        /// When.
        at: Timestamp,
    },
    /// Somebody noted that the buyer wants no messages.
    OptedOut {
        /// When.
        at: Timestamp,
    },
}

/// What the next text has to know of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Thread {
    /// How often the buyer was asked to change or remove the review.
    pub prior_asks: u32,
    /// How often the shop contacted him on this channel today, unasked.
    pub contacts_today: u32,
    /// How often he was invited to review.
    pub solicitations_sent: u32,
    /// He wants to be left alone.
    pub opt_out: bool,
    /// He was asked today.
    pub asked_today: bool,
    /// He was given something today.
    pub compensated_today: bool,
    /// The next text answers him.
    pub reply_to_buyer: bool,
    /// The shop has spoken to him before.
    pub spoke_before: bool,
}

impl Thread {
    /// The facts for the next text.
    #[must_use]
    pub fn facts<'a>(&self) -> Facts<'a> {
        Facts {
            prior_asks: Some(self.prior_asks),
            contacts_today: Some(self.contacts_today),
            solicitations_sent: Some(self.solicitations_sent),
            opt_out: Some(self.opt_out),
            asked_today: Some(self.asked_today),
            compensated_today: Some(self.compensated_today),
            reply_to_buyer: Some(self.reply_to_buyer),
            ..Facts::default()
        }
    }

    /// How far the talk has come; `solved` when the buyer's problem is.
    #[must_use]
    pub fn stage(&self, solved: bool) -> Stage {
        match (solved, self.spoke_before) {
            (true, _) => Stage::AfterResolution,
            (false, true) => Stage::FollowUp,
            (false, false) => Stage::First,
        }
    }
}

/// Ways that are one and the same to a buyer.
fn same_way(one: Option<Channel>, other: Option<Channel>) -> bool {
    let way = |channel: Option<Channel>| match channel {
        None | Some(Channel::Chat | Channel::PlatformMessage) => Some(Channel::PlatformMessage),
        other => other,
    };
    way(one) == way(other)
}

impl Thread {
    /// Remembers a thread for a text that goes out on a channel at an instant; days are those of `zone`. The past may
    /// come in any order; what is later than the instant is left out.
    #[must_use]
    pub fn of(past: &[Past], now: Timestamp, zone: &TimeZone, channel: Option<Channel>) -> Self {
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let today = day(now);
        let mut thread = Self::default();
        let (mut last_buyer, mut last_shop) = (None::<Timestamp>, None::<Timestamp>);
        let is_past = |at: &Timestamp| *at <= now;
        // The first word of a buyer on a day: what the shop says after it is no contact of its own accord.
        let begun = past.iter().filter_map(|past| match past {
            Past::Said { at, side: Side::Buyer, .. } if is_past(at) && day(*at) == today => Some(*at),
            _ => None,
        });
        let begun = begun.min();
        for past in past {
            match *past {
                Past::Said { at, side: Side::Buyer, heard, .. } if is_past(&at) => {
                    last_buyer = last_buyer.max(Some(at));
                    thread.opt_out |= heard.leave_me;
                }
                Past::Said { at, side: Side::Shop, channel: way, heard } if is_past(&at) => {
                    last_shop = last_shop.max(Some(at));
                    thread.spoke_before = true;
                    thread.prior_asks += u32::from(heard.asks_change);
                    thread.solicitations_sent +=
                        u32::from(heard.invites && !heard.asks_change || way == Some(Channel::Invitation));
                    if day(at) == today {
                        thread.asked_today |= heard.asks_change;
                        thread.compensated_today |= heard.gives;
                        let unasked = begun.is_none_or(|begun| at < begun);
                        thread.contacts_today += u32::from(unasked && same_way(way, channel));
                    }
                }
                Past::Noted { at, heard } if is_past(&at) => {
                    thread.prior_asks += u32::from(heard.pleads);
                    thread.asked_today |= heard.pleads && day(at) == today;
                }
                Past::Called { at, refused } if is_past(&at) => {
                    thread.spoke_before = true;
                    thread.opt_out |= refused;
                    let counts = day(at) == today && channel == Some(Channel::PhoneScript);
                    thread.contacts_today += u32::from(counts);
                }
                Past::Paid { at } if is_past(&at) => thread.compensated_today |= day(at) == today,
                Past::OptedOut { at } => thread.opt_out |= is_past(&at),
                _ => {}
            }
        }
        thread.reply_to_buyer = last_buyer.is_some_and(|asked| {
            last_shop.is_none_or(|answered| answered < asked) && now.duration_since(asked) <= ANSWER
        });
        thread
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Guard;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn heard(text: &str) -> Heard {
        Guard::detectors().heard(text)
    }

    fn said(when: &str, side: Side, text: &str) -> Past {
        Past::Said { at: at(when), side, channel: Some(Channel::Chat), heard: heard(text) }
    }

    fn remembered(past: &[Past], channel: Channel) -> Thread {
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        Thread::of(past, at("2026-11-21T06:00:00Z"), &zone, Some(channel))
    }

    #[test]
    fn nothing_said_is_a_first_contact() {
        let thread = remembered(&[], Channel::PlatformMessage);
        assert_eq!(thread, Thread::default());
        assert_eq!(thread.stage(false), Stage::First);
        assert_eq!(thread.stage(true), Stage::AfterResolution);
    }

    #[test]
    fn asks_count_wherever_they_were_made() {
        let past = [
            said("2026-11-19T02:00:00Z", Side::Shop, "问题解决后麻烦您修改一下评价"),
            Past::Noted {
                at: at("2026-11-20T02:00:00Z"), heard: heard("电话里请买家把差评删掉，他说考虑")
            },
            Past::Noted { at: at("2026-11-20T03:00:00Z"), heard: heard("仓库说明天补发") },
        ];
        let thread = remembered(&past, Channel::PlatformMessage);
        assert_eq!((thread.prior_asks, thread.asked_today, thread.stage(false)), (2, false, Stage::FollowUp));
    }

    #[test]
    fn a_day_is_the_shops_and_later_things_do_not_count() {
        // 2026-11-20T17:00Z is already the 21st in Shanghai.
        let past = [
            Past::Paid { at: at("2026-11-20T17:00:00Z") },
            said("2026-11-20T15:00:00Z", Side::Shop, "您好，您的问题我们正在看"),
            said("2026-11-21T01:00:00Z", Side::Shop, "您好，配件今天补发"),
            said("2026-11-21T09:00:00Z", Side::Shop, "以后才说的话"),
        ];
        let thread = remembered(&past, Channel::PlatformMessage);
        assert!(thread.compensated_today);
        assert_eq!(thread.contacts_today, 1);
        assert_eq!(remembered(&past, Channel::PhoneScript).contacts_today, 0);
    }

    #[test]
    fn an_answer_is_no_contact_of_ones_own_accord() {
        let past = [
            said("2026-11-21T01:00:00Z", Side::Buyer, "衣服开线了"),
            said("2026-11-21T01:01:00Z", Side::Shop, "抱歉，您发张照片"),
            said("2026-11-21T01:05:00Z", Side::Buyer, "好的，发了"),
        ];
        let thread = remembered(&past, Channel::Chat);
        assert!(thread.reply_to_buyer && thread.contacts_today == 0);
        let answered = [past[0], past[1]];
        assert!(!remembered(&answered, Channel::Chat).reply_to_buyer);
    }

    #[test]
    fn who_wants_to_be_left_alone_is_heard_on_every_way() {
        let asked = [said("2026-10-01T01:00:00Z", Side::Buyer, "别再联系我了，烦死了")];
        assert!(remembered(&asked, Channel::Sms).opt_out);
        let hung_up = [Past::Called { at: at("2026-11-21T03:00:00Z"), refused: true }];
        let thread = remembered(&hung_up, Channel::PhoneScript);
        assert!(thread.opt_out && thread.contacts_today == 1);
    }
}
