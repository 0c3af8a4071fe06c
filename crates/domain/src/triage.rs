//! Triage: from the facts of one review to what it complains of, how urgent it is and whether it needs a case.
//!
//! [`TriageEngine::read`] is the one entry. To add a part of the severity see `severity.rs`, to change what opens
//! a case see `need.rs`, how stars and words are weighed against each other `evidence.rs`.

mod evidence;
mod facts;
mod need;
mod severity;

use jiff::Timestamp;
use pingxin_language::reading::CauseFound;
use pingxin_language::{Cause, Fault, Language, Reader, Sentiment, Signal};
use serde::{Deserialize, Serialize};

pub use facts::ReviewFacts;
pub use need::CaseReason;
pub use severity::{Part, SeverityPart};

/// What the desk knows of one review after reading it. Serialises as the contract's `triage` answer, without `id`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Triage {
    /// The language of the words.
    pub language: Language,
    /// How favourable the review is, words and stars together.
    pub sentiment: Sentiment,
    /// What it complains of, the most important first.
    pub causes: Vec<CauseFound>,
    /// The most important cause; null when it complains of nothing.
    pub primary_cause: Option<Cause>,
    /// Whose fault that is.
    pub fault: Fault,
    /// What needs care.
    pub signals: Vec<Signal>,
    /// 紧急程度, 0 to 100: the sum of `severity_parts`, at most 100.
    pub severity: u8,
    /// Where the severity comes from; parts of 0 points are left out.
    pub severity_parts: Vec<SeverityPart>,
    /// Why it needs a case; null when it needs none.
    pub needs_case: Option<CaseReason>,
    /// Whether the platform removes it: null, no removal engine has judged it.
    #[serde(default)]
    pub removal: (),
    /// What to do next: null, no engine of next steps has judged it.
    #[serde(default)]
    pub next: (),
    /// Which text model read it.
    pub model: String,
}

/// Reads reviews. Load it once and share it: it is immutable, `Send` and `Sync`.
#[derive(Debug)]
pub struct TriageEngine {
    reader: Reader,
}

impl TriageEngine {
    /// The engine with the shipped text model and cues.
    #[must_use]
    pub fn new() -> Self {
        Self { reader: Reader::new() }
    }

    /// Reads one review as of `now`.
    #[must_use]
    pub fn read(&self, facts: &ReviewFacts<'_>, now: Timestamp) -> Triage {
        let reading = self.reader.read(facts.title, facts.text);
        let verdict = evidence::weigh(facts, &reading);
        let severity_parts = severity::parts(facts, &reading, now);
        let mut signals = reading.signals;
        signals.extend(verdict.mismatch);
        Triage {
            language: reading.language,
            sentiment: verdict.sentiment,
            primary_cause: reading.causes.first().map(|cause| cause.code),
            causes: reading.causes,
            fault: reading.fault,
            signals,
            severity: severity::total(&severity_parts),
            severity_parts,
            needs_case: need::reason(facts, verdict.words, verdict.sentiment),
            removal: (),
            next: (),
            model: self.reader.model().to_owned(),
        }
    }
}

impl Default for TriageEngine {
    fn default() -> Self {
        Self::new()
    }
}
