//! The corrections that stand, and what comes out when they are laid over a reading.

use std::collections::HashMap;

use pingxin_domain::correction::{Correction, Judgement};
use pingxin_domain::triage::SeverityPart;
use pingxin_domain::triage::severity::{self, Stars};
use pingxin_domain::{ReviewId, Scope};
use pingxin_language::{Cause, Fault, Sentiment, Signal};
use serde::Deserialize;

use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx};

/// A correction that nobody has taken back, with the words it is about.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) correction: Correction,
    title: Option<String>,
    text: String,
}

/// A text with what a person says of it, for the training of models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    /// Title.
    pub title: Option<String>,
    /// Words.
    pub text: String,
    /// Every correction of these words together, the later over the earlier.
    pub correction: Correction,
}

statements! {
    STANDING = "SELECT c.review_id, c.causes, c.sentiment, c.fault, v.title, v.text FROM reading_corrections c \
        JOIN review_revisions v ON v.tenant_id = c.tenant_id AND v.review_id = c.review_id AND v.revision = c.revision \
        WHERE c.tenant_id = $1 AND c.review_id = ANY($2::uuid[]) AND c.undoes IS NULL AND NOT EXISTS (SELECT 1 \
        FROM reading_corrections u WHERE u.tenant_id = c.tenant_id AND u.undoes = c.id) \
        ORDER BY c.review_id, c.at, c.id";
    COUNT = "SELECT count(*) FROM (SELECT DISTINCT c.review_id, c.revision FROM reading_corrections c \
        WHERE c.tenant_id = $1 AND c.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM reading_corrections u \
        WHERE u.tenant_id = c.tenant_id AND u.undoes = c.id)) texts";
    TAUGHT = "SELECT c.review_id, c.causes, c.sentiment, c.fault, v.title, v.text FROM reading_corrections c \
        JOIN review_revisions v ON v.tenant_id = c.tenant_id AND v.review_id = c.review_id AND v.revision = c.revision \
        WHERE c.tenant_id = $1 AND c.undoes IS NULL AND NOT EXISTS (SELECT 1 \
        FROM reading_corrections u WHERE u.tenant_id = c.tenant_id AND u.undoes = c.id) \
        ORDER BY c.review_id, c.at, c.id";
}

/// Reads `causes, sentiment, fault`.
pub(super) fn read_correction(row: &mut Columns<'_>) -> Result<Correction, StoreError> {
    Ok(Correction {
        causes: row
            .opt_code(|text| text.split_whitespace().map(|code| code.parse::<Cause>().ok()).collect())?,
        sentiment: row.opt_code(|code| code.parse().ok())?,
        fault: row.opt_code(|code| code.parse().ok())?,
    })
}

fn read(row: &mut Columns<'_>) -> Result<(ReviewId, Standing), StoreError> {
    let review = row.id()?;
    let correction = read_correction(row)?;
    Ok((review, Standing { correction, title: row.opt_text()?, text: row.text()? }))
}

/// The corrections of some reviews that nobody has taken back, the oldest first.
pub(crate) async fn standing_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, Vec<Standing>>, StoreError> {
    let mut found: HashMap<ReviewId, Vec<Standing>> = HashMap::new();
    if reviews.is_empty() {
        return Ok(found);
    }
    for row in tx.all(STANDING, values![scope.tenant, reviews]).await? {
        let (review, standing) = read(&mut row.columns())?;
        found.entry(review).or_default().push(standing);
    }
    Ok(found)
}

/// Every text of the merchant that somebody has corrected, as he left it; also of words that the buyer has changed since.
///
/// # Errors
/// The database's error.
pub async fn taught(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Taught>, StoreError> {
    let mut taught: Vec<(ReviewId, Taught)> = Vec::new();
    for row in tx.all(TAUGHT, values![scope.tenant]).await? {
        let (review, Standing { correction, title, text }) = read(&mut row.columns())?;
        let same = taught.iter_mut().rev().take_while(|(other, _)| *other == review);
        match same.map(|(_, one)| one).find(|one| one.text == text && one.title == title) {
            Some(one) => {
                one.correction.causes = correction.causes.or(one.correction.causes.take());
                one.correction.sentiment = correction.sentiment.or(one.correction.sentiment);
                one.correction.fault = correction.fault.or(one.correction.fault);
            }
            None => taught.push((review, Taught { title, text, correction })),
        }
    }
    Ok(taught.into_iter().map(|(_, one)| one).collect())
}

/// How many texts somebody has corrected.
///
/// # Errors
/// The database's error.
pub async fn count_taught(tx: &mut Tx<'_>, scope: &Scope) -> Result<u64, StoreError> {
    tx.one(COUNT, values![scope.tenant]).await?.columns().unsigned()
}

/// What stands of a review with these words: the reading with every correction of the same words over it.
pub(crate) fn over(read: Judgement, standing: &[Standing], title: Option<&str>, text: &str) -> Judgement {
    let same =
        |one: &&Standing| one.text == text && one.title.as_deref().unwrap_or("") == title.unwrap_or("");
    standing.iter().filter(same).fold(read, |judgement, one| judgement.corrected(&one.correction))
}

/// A stored reading, as far as it can be corrected.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// What it says.
    pub(crate) judgement: Judgement,
    /// What its severity comes from; none in readings that did not keep it.
    severity: Option<(Vec<SeverityPart>, Vec<Signal>)>,
}

impl Reading {
    /// Reads the body of a reading.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is none.
    pub(crate) fn read(body: serde_json::Value) -> Result<Self, StoreError> {
        let kept: Kept = serde_json::from_value(body)
            .map_err(|error| StoreError::Corrupt { what: format!("a stored reading: {error}") })?;
        let causes = kept.causes.into_iter().map(|cause| cause.code).collect();
        Ok(Self {
            judgement: Judgement { causes, sentiment: kept.sentiment, fault: kept.fault },
            severity: kept.severity_parts.map(|parts| (parts, kept.signals)),
        })
    }

    /// How urgent the review is, when it says what stands now; none where the reading does not tell.
    pub(crate) fn severity(&self, given: Stars, now: &Judgement) -> Option<u8> {
        let (parts, signals) = self.severity.as_ref()?;
        Some(severity::total(&severity::corrected(parts, signals, given, &self.judgement, now)))
    }
}

#[derive(Deserialize)]
struct Kept {
    sentiment: Sentiment,
    causes: Vec<KeptCause>,
    fault: Fault,
    #[serde(default)]
    severity_parts: Option<Vec<SeverityPart>>,
    #[serde(default)]
    signals: Vec<Signal>,
}

#[derive(Deserialize)]
struct KeptCause {
    code: Cause,
}
