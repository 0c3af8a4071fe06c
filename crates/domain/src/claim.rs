//! Whether a message of a chat log is one that an agent says he has sent: *claimed by the agent* becomes *confirmed by the
//! log*.

use jiff::{SignedDuration, Timestamp};
use pingxin_language::fold::fold_for_search;

/// How much earlier a log may say that it was sent: clocks differ, and logs leave out seconds.
const EARLIER: SignedDuration = SignedDuration::from_mins(10);
/// How much later it may have been sent.
const LATER: SignedDuration = SignedDuration::from_hours(72);
/// The fewest characters that tell one text from another.
const LEAST: usize = 4;

/// A text for comparing: folded, without blanks and marks, which chat programs change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// The words of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(fold_for_search(text).chars().iter().filter(|letter| letter.is_alphanumeric()).collect())
    }

    /// Whether a message with these words says those of `claimed`: the same, or the same with more around it.
    #[must_use]
    pub fn say(&self, claimed: &Self) -> bool {
        let enough = claimed.0.chars().nth(LEAST - 1).is_some();
        if enough { self.0.contains(&claimed.0) } else { !claimed.0.is_empty() && self.0 == claimed.0 }
    }
}

/// Since when a text must have been copied to be what was sent at an instant.
#[must_use]
pub fn earliest(sent: Timestamp) -> Timestamp {
    sent.checked_sub(LATER).unwrap_or(Timestamp::MIN)
}

/// Whether a message that was sent at an instant may be one that was claimed at another.
#[must_use]
pub fn is_near(claimed: Timestamp, sent: Timestamp) -> bool {
    let after = sent.duration_since(claimed);
    -EARLIER <= after && after <= LATER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_found_however_a_client_writes_them() {
        let claimed = Words::of("您好，订单尾号6677 的补发已寄出！");
        for sent in [
            "您好，订单尾号6677 的补发已寄出！",
            "您好,訂單尾號6677的補發已寄出!",
            "  您好，订单尾号６６７７的补发\n已寄出 [微笑]",
            "在的。您好，订单尾号6677的补发已寄出，请留意。",
        ] {
            assert!(Words::of(sent).say(&claimed), "{sent}");
        }
        for other in ["您好，订单尾号6678的补发已寄出", "您好", "", "补发已寄出"] {
            assert!(!Words::of(other).say(&claimed), "{other}");
        }
    }

    #[test]
    fn a_few_letters_must_be_the_whole_message() {
        let claimed = Words::of("好的。");
        assert!(Words::of("好的").say(&claimed));
        assert!(!Words::of("好的，我马上查").say(&claimed));
        assert!(!Words::of("").say(&Words::of("！")), "no words say nothing");
    }

    #[test]
    fn it_is_sent_after_it_was_copied() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let claimed = at("2026-11-02T10:00:00Z");
        for (sent, near) in [
            ("2026-11-02T10:00:30Z", true),
            ("2026-11-02T09:51:00Z", true),
            ("2026-11-02T09:40:00Z", false),
            ("2026-11-05T10:00:00Z", true),
            ("2026-11-05T10:00:01Z", false),
        ] {
            assert_eq!(is_near(claimed, at(sent)), near, "{sent}");
        }
    }
}
