//! What stands around the messages: whom the chat is with, and of which order.

use std::collections::HashSet;

use pingxin_domain::chat::ChatSide;
use pingxin_domain::intake::Field;

use super::head;
use crate::files::columns::clear_field;

/// Whom the messages are with and which order they are about, as far as the file has said so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Conversation {
    pub(super) buyer: String,
    pub(super) order: String,
}

impl Conversation {
    /// Takes in a line such as `买家：t_小王` or `订单编号：1001`; false when it says neither.
    pub(super) fn take(&mut self, line: &str) -> bool {
        let Some((key, value)) = line.split_once([':', '：']) else { return false };
        let (key, value) = (key.trim(), value.trim());
        let plain = !value.is_empty() && value.chars().count() <= 64 && !value.contains(char::is_whitespace);
        if !plain {
            return false;
        }
        match clear_field(key) {
            Some(Field::BuyerNick) => {
                // Another buyer has other orders.
                if self.buyer != value {
                    self.order.clear();
                }
                self.buyer = value.to_owned();
            }
            Some(Field::OrderNumber) => self.order = value.to_owned(),
            _ => return false,
        }
        true
    }

    /// The buyer of a chat of two: the one who is not an account of the shop (`shop:agent`).
    pub(super) fn of_two(prefix: &str) -> Self {
        let mut shop = false;
        let mut others: HashSet<&str> = HashSet::new();
        for head in prefix.lines().filter_map(head::read) {
            if head.name.contains([':', '：']) {
                shop = true;
            } else if ChatSide::from_code(head.name).is_none() {
                others.insert(head.name);
            }
        }
        let buyer = match others.into_iter().collect::<Vec<_>>().as_slice() {
            [only] if shop => (*only).to_owned(),
            _ => String::new(),
        };
        Self { buyer, order: String::new() }
    }
}

/// Lines that only part: `-----`, `=====`, and the day `日期: 2026-10-01`.
pub(super) fn is_separator(line: &str) -> bool {
    let line = line.trim();
    let drawn = line.len() >= 4 && line.chars().all(|mark| matches!(mark, '-' | '=' | '*' | '_' | '—' | '─'));
    drawn || is_day(line)
}

fn is_day(line: &str) -> bool {
    let day = line.split_once([':', '：']).filter(|(key, _)| matches!(key.trim(), "日期" | "date" | "Date"));
    day.is_some_and(|(_, value)| {
        let value = value.trim();
        value.contains(|letter: char| letter.is_ascii_digit())
            && value.chars().all(|letter| letter.is_ascii_digit() || "-/.年月日 ".contains(letter))
    })
}
