//! Whether a platform removes a review, on which ground, until when, and what is missing.
//!
//! The way of an answer: the grounds come from the pack ([`crate::pack::Ground`]); what the words carry is found by the
//! detectors of each platform (`amazon.rs`, `taobao.rs`, `ebay.rs`) over word lists (`terms/`, matched in `list.rs`); `judge.rs` weighs words,
//! facts and age into a verdict. Precision comes first: platforms punish speculative requests, so what is mixed or unclear
//! is refused.
//!
//! What becomes of a request once a person has filed it stands in `request.rs`; the words it is filed with in `letter.rs`.
//!
//! To add a ground: a `[[removal_ground]]` in the pack, a detector of that id in the file of its platform, a reason in
//! `reason.rs`, and examples in the pack.

mod amazon;
mod answer;
mod comment;
mod ebay;
mod extortion;
mod facts;
mod judge;
mod letter;
mod list;
mod needs;
mod next;
mod people;
mod profanity;
mod reach;
mod reason;
mod reports;
pub mod request;
mod taobao;
mod terms;
mod words;

pub use answer::{Evidence, GroundFound, Removal, Report, Verdict};
pub use facts::{Facts, Held, Message};
pub use judge::judge;
pub use letter::{Letter, LetterFacts, Quote, letter};
pub use next::{NextStep, Step, next_steps};
pub use reason::missing as missing_fact;

#[cfg(test)]
mod tests;
