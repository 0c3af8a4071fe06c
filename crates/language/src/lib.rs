//! Pure text understanding: folding, language, words, the linear model, spans and signals.
//!
//! Nothing here reads a clock, a file or the network: a text goes in, a reading comes out.

mod code;

pub mod alike;
pub mod cause;
mod causes;
pub mod clause;
pub mod cue;
pub mod detect;
pub mod explain;
pub mod fault;
pub mod features;
pub mod fold;
mod lexicon;
pub mod model;
pub mod models;
pub mod reader;
pub mod reading;
mod reply;
pub mod score;
pub mod search;
pub mod sentiment;
pub mod shop_words;
pub mod signal;
pub mod span;
mod tone;
pub mod tongue;
pub mod training;
pub mod turn;

pub use cause::Cause;
pub use code::UnknownCode;
pub use fault::Fault;
pub use reader::{Expected, Reader};
pub use reading::{CauseFound, Reading};
pub use sentiment::{Sentiment, SentimentLabel};
pub use shop_words::ShopWords;
pub use signal::{PersonalData, Place, Signal, SignalCode, Why};
pub use span::Span;
pub use tongue::Language;
