//! What a text says, read once: language, sentiment, causes with the words that say so, fault, signals.

use serde::{Deserialize, Serialize};

use crate::{Cause, Fault, Language, Sentiment, Signal, Span};

/// One cause with the words that say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CauseFound {
    /// What is complained of.
    pub code: Cause,
    /// How sure, in (0, 1] to four decimals.
    #[serde(serialize_with = "crate::score::serialize")]
    pub score: f32,
    /// The words, in order, none overlapping.
    pub spans: Vec<Span>,
}

/// Everything that the words of one text tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The language it is written in.
    pub language: Language,
    /// How favourable the words are, whatever the stars say.
    pub sentiment: Sentiment,
    /// The words that weigh most for that, in order, none overlapping.
    pub sentiment_spans: Vec<Span>,
    /// What is complained of, the most important first.
    pub causes: Vec<CauseFound>,
    /// Whose fault that is.
    pub fault: Fault,
    /// What needs care.
    pub signals: Vec<Signal>,
}
