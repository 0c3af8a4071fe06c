//! The reader: everything loaded once that it takes to read a text.

use crate::reading::Reading;
use crate::{Fault, Language, Sentiment, SentimentLabel};

/// Reads texts. Immutable and shared between threads.
#[derive(Debug)]
pub struct Reader {
    model: String,
}

impl Reader {
    /// A reader with the shipped model and cues.
    #[must_use]
    pub fn new() -> Self {
        Self { model: "none".to_owned() }
    }

    /// The name of the text model, kept with every reading.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Reads one text and its title.
    #[must_use]
    pub fn read(&self, _title: Option<&str>, _text: &str) -> Reading {
        Reading {
            language: Language::Undetermined,
            sentiment: Sentiment { label: SentimentLabel::Neutral, score: 0.0 },
            causes: Vec::new(),
            fault: Fault::Unknown,
            signals: Vec::new(),
        }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
