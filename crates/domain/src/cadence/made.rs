//! Contacts that were made, put together from what people logged and what imported calls and chats tell.
//!
//! * A call of the shop is an attempt, one of the buyer is none; where nobody knows who called, it was the shop.
//! * A day of chat that the shop began is one attempt; it reached the buyer if he wrote back that day. Answers on a day that
//!   the buyer began are none: answering is never counted against the shop (AMZ-CRT).
//! * What was said before the review was written was not said about it.
//! * What a person logged and a file tells as well is one contact, confirmed: a call within half an hour, messages of the same
//!   local day. What came of it is what the person says, else what the file says.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::attempt::Attempt;
use super::contact::ContactChannel;
use crate::call::{CallDirection, CallResult};
use crate::chat::ChatSide;
use crate::words::words;

/// How far a logged call and its record may lie apart: agents log after they have hung up.
const CALL_APART: SignedDuration = SignedDuration::from_mins(30);

words! {
    /// How a contact is known.
    KnownBy {
        /// A person logged it.
        Logged = "logged",
        /// A file tells of it.
        Imported = "imported",
        /// Both.
        Confirmed = "confirmed",
    }
}

/// A call that a file tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallRecord {
    /// When.
    pub at: Timestamp,
    /// Who called whom.
    pub direction: Option<CallDirection>,
    /// What came of it.
    pub result: Option<CallResult>,
}

/// A chat message that a file tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageRecord {
    /// When.
    pub at: Timestamp,
    /// Who wrote.
    pub side: Option<ChatSide>,
}

/// A contact that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// The contact.
    pub attempt: Attempt,
    /// How it is known.
    pub by: KnownBy,
    /// Its place among the logged ones.
    pub logged: Option<usize>,
}

/// The contacts of a case, the first first. `since` is when the review was written.
#[must_use]
pub fn made(
    logged: &[Attempt],
    calls: &[CallRecord],
    messages: &[MessageRecord],
    since: Timestamp,
    zone: &TimeZone,
) -> Vec<Made> {
    let mut all: Vec<Made> = logged
        .iter()
        .enumerate()
        .map(|(at, attempt)| Made { attempt: *attempt, by: KnownBy::Logged, logged: Some(at) })
        .collect();
    let told = called(calls).chain(written(messages, zone)).filter(|attempt| attempt.at >= since);
    for attempt in told {
        let twin =
            all.iter_mut().find(|one| one.by == KnownBy::Logged && is_same(&one.attempt, &attempt, zone));
        match twin {
            Some(twin) => {
                twin.by = KnownBy::Confirmed;
                twin.attempt.result = twin.attempt.result.or(attempt.result);
            }
            None => all.push(Made { attempt, by: KnownBy::Imported, logged: None }),
        }
    }
    all.sort_by_key(|one| one.attempt.at);
    all
}

/// When the buyer last wrote.
#[must_use]
pub fn last_message_of_buyer(messages: &[MessageRecord]) -> Option<Timestamp> {
    let his = messages.iter().filter(|message| message.side == Some(ChatSide::Buyer));
    his.map(|message| message.at).max()
}

fn called(calls: &[CallRecord]) -> impl Iterator<Item = Attempt> {
    let ours = calls.iter().filter(|call| call.direction != Some(CallDirection::In));
    ours.map(|call| Attempt { at: call.at, channel: ContactChannel::Phone, result: call.result })
}

fn written(messages: &[MessageRecord], zone: &TimeZone) -> impl Iterator<Item = Attempt> {
    let mut said: Vec<&MessageRecord> =
        messages.iter().filter(|one| matches!(one.side, Some(ChatSide::Buyer | ChatSide::Seller))).collect();
    said.sort_by_key(|message| message.at);
    let day = |message: &MessageRecord| message.at.to_zoned(zone.clone()).date();
    let mut attempts = Vec::new();
    for of_day in said.chunk_by(|one, two| day(one) == day(two)) {
        let Some(first) = of_day.first().filter(|first| first.side == Some(ChatSide::Seller)) else {
            continue;
        };
        let has_answered = of_day.iter().any(|message| message.side == Some(ChatSide::Buyer));
        attempts.push(Attempt {
            at: first.at,
            channel: ContactChannel::PlatformMessage,
            result: has_answered.then_some(CallResult::Talked),
        });
    }
    attempts.into_iter()
}

fn is_same(logged: &Attempt, told: &Attempt, zone: &TimeZone) -> bool {
    match (logged.channel, told.channel) {
        (ContactChannel::Phone, ContactChannel::Phone) => {
            logged.at.duration_since(told.at).abs() <= CALL_APART
        }
        (ContactChannel::PlatformMessage | ContactChannel::Chat, ContactChannel::PlatformMessage) => {
            logged.at.to_zoned(zone.clone()).date() == told.at.to_zoned(zone.clone()).date()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn shanghai() -> TimeZone {
        TimeZone::get("Asia/Shanghai").expect("a zone")
    }

    fn told(
        logged: &[Attempt],
        calls: &[CallRecord],
        messages: &[MessageRecord],
    ) -> Vec<(String, KnownBy, bool)> {
        let all = made(logged, calls, messages, at("2026-07-01T00:00:00Z"), &shanghai());
        all.into_iter().map(|one| (one.attempt.at.to_string(), one.by, one.attempt.has_reached())).collect()
    }

    #[test]
    fn calls_of_the_shop_count_and_calls_of_the_buyer_do_not() {
        let call = |text, direction, result| CallRecord { at: at(text), direction, result };
        let calls = [
            call("2026-06-30T23:59:59Z", Some(CallDirection::Out), None),
            call("2026-07-01T03:00:00Z", Some(CallDirection::Out), Some(CallResult::NoAnswer)),
            call("2026-07-01T04:00:00Z", Some(CallDirection::In), Some(CallResult::Talked)),
            call("2026-07-02T03:00:00Z", None, Some(CallResult::Talked)),
        ];
        assert_eq!(
            told(&[], &calls, &[]),
            [
                ("2026-07-01T03:00:00Z".into(), KnownBy::Imported, false),
                ("2026-07-02T03:00:00Z".into(), KnownBy::Imported, true),
            ]
        );
    }

    #[test]
    fn a_day_of_chat_that_the_shop_began_is_one_attempt_and_answers_are_none() {
        let said = |text, side| MessageRecord { at: at(text), side: Some(side) };
        let messages = [
            said("2026-07-01T02:00:00Z", ChatSide::Seller),
            said("2026-07-01T02:01:00Z", ChatSide::Seller),
            said("2026-07-02T02:00:00Z", ChatSide::Buyer),
            said("2026-07-02T02:05:00Z", ChatSide::Seller),
            said("2026-07-03T02:00:00Z", ChatSide::Seller),
            said("2026-07-03T03:00:00Z", ChatSide::Buyer),
            said("2026-07-04T03:00:00Z", ChatSide::System),
        ];
        assert_eq!(
            told(&[], &[], &messages),
            [
                ("2026-07-01T02:00:00Z".into(), KnownBy::Imported, false),
                ("2026-07-03T02:00:00Z".into(), KnownBy::Imported, true),
            ]
        );
        assert_eq!(last_message_of_buyer(&messages), Some(at("2026-07-03T03:00:00Z")));
    }

    #[test]
    fn what_is_logged_and_told_is_one_contact() {
        let logged = |text, channel, result| Attempt { at: at(text), channel, result };
        let logs = [
            logged("2026-07-01T03:10:00Z", ContactChannel::Phone, Some(CallResult::Refused)),
            logged("2026-07-02T10:00:00Z", ContactChannel::PlatformMessage, None),
        ];
        let calls = [CallRecord {
            at: at("2026-07-01T03:00:00Z"),
            direction: None,
            result: Some(CallResult::Talked),
        }];
        let messages = [
            MessageRecord { at: at("2026-07-02T09:00:00Z"), side: Some(ChatSide::Seller) },
            MessageRecord { at: at("2026-07-02T11:00:00Z"), side: Some(ChatSide::Buyer) },
        ];
        let all = made(&logs, &calls, &messages, at("2026-07-01T00:00:00Z"), &shanghai());
        assert_eq!(all.len(), 2);
        assert!(all.iter().all(|one| one.by == KnownBy::Confirmed));
        assert_eq!(all[0].attempt.result, Some(CallResult::Refused), "the person knows better");
        assert_eq!(all[1].attempt.result, Some(CallResult::Talked));
    }
}
