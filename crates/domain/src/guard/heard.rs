//! What a text that was already said has done: for the memory of a thread.

use super::Guard;
use super::draft::{Channel, Draft};

/// Words with which buyers want to be left alone, on the undisguised text. A call that was refused counts as well.
const LEAVE_ME: &[&str] = &[
    "别再联系",
    "不要再联系",
    "别联系我",
    "不要联系我",
    "停止联系",
    "不想再联系",
    "别再打电话",
    "不要再打电话",
    "别打电话",
    "不要打电话",
    "别再打给",
    "别给我打",
    "别再发消息",
    "别再发短信",
    "别再给我发",
    "不要再发消息",
    "不要再发短信",
    "不要再给我发",
    "别骚扰",
    "不要骚扰",
    "再骚扰",
    "别烦我",
    "不要烦我",
    "别打扰",
    "不要打扰",
    "不要再打扰",
    "别再打扰",
    "退订",
    "stop contacting",
    "stop messaging",
    "stop calling",
    "stop emailing",
    "stop texting",
    "stop writing",
    "do not contact",
    "don't contact",
    "dont contact",
    "do not call",
    "don't call",
    "do not message",
    "don't message",
    "do not email",
    "don't email",
    "leave me alone",
    "unsubscribe",
    "opt me out",
];

/// What a text did when it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heard {
    /// It raised a changed or removed review.
    pub asks_change: bool,
    /// It plainly asked for one.
    pub pleads: bool,
    /// It invited a review.
    pub invites: bool,
    /// It told of money or another benefit that was given.
    pub gives: bool,
    /// Its writer wants to be left alone.
    pub leave_me: bool,
}

impl Guard {
    /// Reads a text for what it did, whoever said it.
    #[must_use]
    pub fn heard(&self, text: &str) -> Heard {
        self.heard_on(None, text)
    }

    /// The same for a text of which the channel is known: in a note, what the buyer demands is not what the shop asked.
    #[must_use]
    pub fn heard_on(&self, channel: Option<Channel>, text: &str) -> Heard {
        let reading = self.read(&Draft { channel, ..Draft::of_text(text) });
        let plain = reading.plain.text.to_lowercase();
        let named = &self.detectors.named;
        let speaks = !reading.condemned && !reading.says(named.stops);
        Heard {
            asks_change: speaks && (reading.says(named.ask_undo) || reading.says(named.undo_review)),
            pleads: speaks && reading.says(named.ask_undo),
            invites: speaks && reading.says(named.invites),
            gives: reading.says(named.given),
            leave_me: LEAVE_ME.iter().any(|words| plain.contains(words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_remembered_by_what_it_did() {
        let heard = |text| Guard::detectors().heard(text);
        assert!(heard("问题解决后麻烦您修改一下评价").asks_change);
        assert!(heard("Could you please remove the feedback?").pleads);
        assert!(!heard("补发的配件今天已经寄出").asks_change);
        assert!(!heard("我们不会再提评价的事，请您放心").asks_change);
        assert!(heard("已退20元，请查收").gives);
        assert!(heard("欢迎您写一条评价").invites);
        for buyer in ["别再联系我了", "请不要再打电话", "Please stop contacting me.", "leave me alone"]
        {
            assert!(heard(buyer).leave_me, "{buyer}");
        }
        for buyer in ["怎么还没发货", "别再发错了", "我要退货", "call me when it ships"] {
            assert!(!heard(buyer).leave_me, "{buyer}");
        }
    }
}
