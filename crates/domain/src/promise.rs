//! Promises 待回复约定 in what an agent says: a commitment to act or to answer, with the last second of its time.
//!
//! A promise is found clause by clause: a time and something the shop does (「明天下午四点前给您发出」), a soon without a time
//! (「马上给您查」), or something that hangs on an event (「签收后24小时内退款」), which has no instant of its own. Estimates of a
//! carrier, rules of the shop, offers to choose from, and what the buyer is asked to do are none.
//!
//! When it is due: a bare day, "today" or "by Friday" at its last second; 下午 and 下班前 at 18:00; 上午, 明早 and "tomorrow
//! morning" at noon; so many working days skip weekends; of a range the later end.

mod chinese;
mod chinese_time;
mod clause;
mod english;
mod english_time;
mod instant;
mod pattern;
mod state;

use jiff::{Timestamp, Zoned};
use pingxin_language::Span;

use clause::Folded;

pub use state::{PromiseRefused, PromiseState};

/// A promise in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// Its words.
    pub span: Span,
    /// Until when it is to be kept; none where that hangs on an event or no time is said.
    pub due: Option<Timestamp>,
}

/// The promises in a text that the shop said at an instant, in order. The zone of the instant is that of its days and hours.
#[must_use]
pub fn promised(text: &str, said: &Zoned) -> Vec<Promised> {
    let folded = Folded::new(text);
    if folded.is_chinese() { chinese::find(&folded, said) } else { english::find(&folded, said) }
}

#[cfg(test)]
mod tests;
