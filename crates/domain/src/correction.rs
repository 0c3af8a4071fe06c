//! Corrections 更正: what a person says of a review where the machine read it wrongly.
//!
//! A correction is a record of its own beside the reading; it never edits it. Lists, counts and filters go by the
//! [`Judgement`] that comes out when the standing corrections are laid over the reading, the oldest first. A
//! correction is of words: it holds as long as the review says the same words, whatever its stars do and however often a
//! machine reads it again; once the buyer has changed the words it is outdated.

use pingxin_language::{Cause, Fault, Sentiment, SentimentLabel};

/// Longest note on a correction, in characters.
pub const NOTE_LIMIT: usize = 500;

/// What a review says, as lists go by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What it complains of, the most important first.
    pub causes: Vec<Cause>,
    /// How favourable it is.
    pub sentiment: Sentiment,
    /// Whose fault that is.
    pub fault: Fault,
}

/// What a person says of it; what is none was not corrected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Correction {
    /// What it complains of, the most important first; an empty list is "nothing".
    pub causes: Option<Vec<Cause>>,
    /// How favourable it is.
    pub sentiment: Option<SentimentLabel>,
    /// Whose fault that is.
    pub fault: Option<Fault>,
}

/// Why a correction is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefused {
    /// It says nothing.
    #[error("say what to correct: causes, sentiment or fault")]
    Empty,
    /// It names a cause twice.
    #[error("a cause is named twice")]
    Repeated,
}

impl Correction {
    /// Whether it can be made. One that says what stands already is a confirmation, and teaches as much.
    ///
    /// # Errors
    /// [`CorrectionRefused`] says why not.
    pub fn check(&self) -> Result<(), CorrectionRefused> {
        if *self == Self::default() {
            return Err(CorrectionRefused::Empty);
        }
        if let Some(causes) = &self.causes {
            let mut distinct = causes.clone();
            distinct.sort_unstable();
            distinct.dedup();
            if distinct.len() < causes.len() {
                return Err(CorrectionRefused::Repeated);
            }
        }
        Ok(())
    }
}

impl Judgement {
    /// The most important cause.
    #[must_use]
    pub fn primary_cause(&self) -> Option<Cause> {
        self.causes.first().copied()
    }

    /// What stands once a correction is laid over it. A person is sure: a corrected sentiment has the score at its end
    /// of the scale, or 0 in the middle.
    #[must_use]
    pub fn corrected(self, by: &Correction) -> Self {
        let sentiment = match by.sentiment {
            Some(label) if label != self.sentiment.label => Sentiment { label, score: sure(label) },
            _ => self.sentiment,
        };
        Self {
            causes: by.causes.clone().unwrap_or(self.causes),
            sentiment,
            fault: by.fault.unwrap_or(self.fault),
        }
    }
}

fn sure(label: SentimentLabel) -> f32 {
    match label {
        SentimentLabel::Negative => -1.0,
        SentimentLabel::Positive => 1.0,
        SentimentLabel::Neutral | SentimentLabel::Mixed => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read() -> Judgement {
        Judgement {
            causes: vec![Cause::Quality, Cause::Logistics],
            sentiment: Sentiment { label: SentimentLabel::Negative, score: -0.94 },
            fault: Fault::Seller,
        }
    }

    #[test]
    fn what_is_not_corrected_stays_as_read() {
        let fault = Correction { fault: Some(Fault::Carrier), ..Correction::default() };
        assert_eq!(read().corrected(&fault), Judgement { fault: Fault::Carrier, ..read() });
        let causes = Correction { causes: Some(vec![Cause::Logistics]), ..Correction::default() };
        let both = read().corrected(&fault).corrected(&causes);
        assert_eq!((both.primary_cause(), both.fault), (Some(Cause::Logistics), Fault::Carrier));
        let nothing = Correction { causes: Some(vec![]), ..Correction::default() };
        assert_eq!(read().corrected(&nothing).primary_cause(), None);
        let tone = Correction { sentiment: Some(SentimentLabel::Mixed), ..Correction::default() };
        assert_eq!(read().corrected(&tone).sentiment.score, 0.0);
    }

    #[test]
    fn a_correction_says_something_and_nothing_twice() {
        assert_eq!(Correction::default().check(), Err(CorrectionRefused::Empty));
        let twice = Correction { causes: Some(vec![Cause::Price, Cause::Price]), ..Correction::default() };
        assert_eq!(twice.check(), Err(CorrectionRefused::Repeated));
        let same = Correction { causes: Some(read().causes), fault: Some(Fault::Seller), sentiment: None };
        assert_eq!(same.check(), Ok(()), "a confirmation");
        assert_eq!(read().corrected(&same), read());
    }
}
