//! The current triage of a review, as its row keeps it.

use pingxin_domain::correction::Judgement;
use pingxin_domain::triage::Triage;
use pingxin_domain::triage::severity::Stars;
use pingxin_language::{Cause, Fault, Language, Sentiment};

use crate::StoreError;
use crate::correction::{Reading, Standing, over};

/// What triage found, as columns, and its whole answer as JSON.
#[derive(Debug, Clone)]
pub struct TriageColumns {
    /// The language of the words.
    pub language: Language,
    /// How favourable.
    pub sentiment: Sentiment,
    /// The most important cause.
    pub primary_cause: Option<Cause>,
    /// Every cause, the most important first.
    pub causes: Vec<Cause>,
    /// Whose fault.
    pub fault: Fault,
    /// 0 to 100.
    pub severity: u8,
    /// Which text model read it.
    pub model: String,
    /// The whole answer.
    pub body: String,
}

impl TriageColumns {
    /// The columns of an answer. Whether the platform removes the review, and what to do next, depend on what comes later
    /// and on now: the desk works them out when somebody looks, and they are not kept.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it cannot be written as JSON.
    pub fn of(triage: &Triage) -> Result<Self, StoreError> {
        let kept = Triage { removal: None, next: None, ..triage.clone() };
        let body = serde_json::to_string(&kept)
            .map_err(|error| StoreError::Corrupt { what: format!("a triage that is no JSON: {error}") })?;
        Ok(Self {
            language: triage.language,
            sentiment: triage.sentiment,
            primary_cause: triage.primary_cause,
            causes: triage.causes.iter().map(|cause| cause.code).collect(),
            fault: triage.fault,
            severity: triage.severity,
            model: triage.model.clone(),
            body,
        })
    }

    /// The same columns with the standing corrections of these words over them; the whole answer stays as it is.
    pub(super) fn corrected(
        self,
        standing: &[Standing],
        given: Stars,
        title: Option<&str>,
        text: &str,
    ) -> Self {
        if standing.is_empty() {
            return self;
        }
        let read = Judgement { causes: self.causes, sentiment: self.sentiment, fault: self.fault };
        let now = over(read, standing, title, text);
        // The answer was written a moment ago; should it not tell, what the machine found stands.
        let kept = serde_json::from_str(&self.body).ok().and_then(|body| Reading::read(body).ok());
        let severity = kept.and_then(|kept| kept.severity(given, &now)).unwrap_or(self.severity);
        Self {
            severity,
            primary_cause: now.primary_cause(),
            causes: now.causes,
            sentiment: now.sentiment,
            fault: now.fault,
            ..self
        }
    }

    /// The causes as one column: codes between spaces.
    pub(super) fn joined_causes(&self) -> String {
        self.causes.iter().map(|cause| cause.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Each cause once.
    pub(super) fn distinct_causes(&self) -> Vec<Cause> {
        let mut causes = self.causes.clone();
        causes.sort_unstable();
        causes.dedup();
        causes
    }
}
