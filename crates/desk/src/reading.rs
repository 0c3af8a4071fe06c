//! Reading 读评: which models and words a merchant's reviews are read with, training them from corrections, and the words of
//! shops. A reader is built once and kept until what it knows changes.

pub mod learning;
mod readers;
mod training;
mod words;

pub(crate) use readers::Readers;
pub use training::{Outcome, ReadingView, Version, ask, run, switch, train, view};
pub use words::{WORD_LIMIT, set_words, words};
