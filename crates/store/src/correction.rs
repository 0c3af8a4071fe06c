//! Corrections of readings: appended beside the reading, laid over what lists go by, taken back by one more record.

mod standing;

use jiff::Timestamp;
use pingxin_domain::correction::{Correction, Judgement};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{CaseId, CorrectionId, ReviewId, Scope};
use pingxin_language::{Cause, Fault, SentimentLabel};

pub(crate) use standing::{Reading, Standing, over, standing_of};
pub use standing::{Taught, count_taught, taught};

use crate::product::{Counted, Tally};
use crate::reference::UserRef;
use crate::review::write::read_counted;
use crate::sql::{Bulk, Columns, Statement, statements, values};
use crate::{StoreError, Tx, facets, identifier, shop};

/// The statements of both parts.
pub(crate) const ALL_STATEMENTS: &[&[Statement]] = &[STATEMENTS, standing::STATEMENTS];

/// What has become of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionState {
    /// Lists go by it.
    Standing,
    /// The buyer has changed the words since.
    Outdated,
    /// Somebody has taken it back.
    Undone,
}

impl CorrectionState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Standing, Self::Outdated, Self::Undone];

    /// The name the API shows.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Outdated => "outdated",
            Self::Undone => "undone",
        }
    }
}

/// A correction as it was made, and what has become of it.
#[derive(Debug, Clone)]
pub struct StoredCorrection {
    /// Id.
    pub id: CorrectionId,
    /// What it says.
    pub correction: Correction,
    /// Why, in the words of whoever made it.
    pub note: Option<String>,
    /// The revision of the review whose words it is about.
    pub revision: u32,
    /// When the reading was made that it corrects.
    pub read_at: Timestamp,
    /// When.
    pub at: Timestamp,
    /// By whom; none for a program at the machine itself.
    pub by: Option<UserRef>,
    /// When it was taken back and by whom.
    pub undone: Option<(Timestamp, Option<UserRef>)>,
    /// What has become of it.
    pub state: CorrectionState,
}

/// A review that is about to be corrected, kept for this transaction.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// Which.
    pub review: ReviewId,
    /// Its case.
    pub case: Option<CaseId>,
    /// What lists go by now.
    pub standing: Judgement,
    revision: u32,
    read_at: Timestamp,
    position: i64,
    facets: i64,
    counted: Counted,
    /// What the machine read.
    read: Reading,
    /// How urgent it counts by now.
    severity: u8,
    title: Option<String>,
    text: String,
}

statements! {
    LOCK = "SELECT r.id, r.position, r.revision, r.title, r.text, r.facets, r.product_id, r.buyer_id, r.rating, r.verdict, \
        r.causes, coalesce(r.created_at, r.imported_at), r.severity FROM reviews r WHERE r.tenant_id = $1 AND r.id = $2 \
        AND ($3 OR r.shop_id = ANY($4::uuid[])) FOR UPDATE";
    CASE = "SELECT id FROM cases WHERE tenant_id = $1 AND review_id = $2 AND kind = 'review'";
    READING = "SELECT at, body FROM triage_results WHERE tenant_id = $1 AND review_id = $2 AND revision = $3 \
        ORDER BY at DESC LIMIT 1";
    INSERT = "INSERT INTO reading_corrections (tenant_id, id, review_id, revision, read_at, causes, sentiment, fault, note, \
        undoes, user_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    REVIEW_OF = "SELECT c.review_id FROM reading_corrections c JOIN reviews r ON r.tenant_id = c.tenant_id \
        AND r.id = c.review_id WHERE c.tenant_id = $1 AND c.id = $2 AND c.undoes IS NULL \
        AND ($3 OR r.shop_id = ANY($4::uuid[]))";
    SET = "UPDATE reviews SET sentiment_label = $3, sentiment_score = $4, primary_cause = $5, causes = $6, fault = $7, \
        facets = $8, severity = $9 WHERE tenant_id = $1 AND id = $2";
    FORGET_CAUSES = "DELETE FROM review_causes WHERE tenant_id = $1 AND position = $2";
    SET_CASES = "UPDATE cases SET facets = $3, primary_cause = $4, fault = $5, \
        severity = CASE WHEN $6::bigint < severity_floor THEN severity_floor ELSE $6::bigint END, \
        plan_at = CASE WHEN live THEN 0 END WHERE tenant_id = $1 AND review_id = $2";
    OF_REVIEW = "SELECT c.id, c.causes, c.sentiment, c.fault, c.note, c.revision, c.read_at, c.at, c.user_id, \
        u.display_name, w.at, w.user_id, o.display_name, \
        v.text = r.text AND coalesce(v.title, '') = coalesce(r.title, '') FROM reading_corrections c \
        JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        JOIN review_revisions v ON v.tenant_id = c.tenant_id AND v.review_id = c.review_id AND v.revision = c.revision \
        LEFT JOIN reading_corrections w ON w.tenant_id = c.tenant_id AND w.undoes = c.id \
        LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.user_id \
        LEFT JOIN users o ON o.tenant_id = w.tenant_id AND o.id = w.user_id \
        WHERE c.tenant_id = $1 AND c.review_id = $2 AND c.undoes IS NULL AND ($3 OR r.shop_id = ANY($4::uuid[])) \
        ORDER BY c.at DESC, c.id DESC";
}

/// The review and what stands of it, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope, [`StoreError::Conflict`] over "reading" when it was never read.
pub async fn lock_for_change(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
) -> Result<Corrected, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(LOCK, vec![scope.tenant.into(), review.into(), all, shops]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "review" })?;
    let mut columns = row.columns();
    let (review, position, revision): (ReviewId, _, u32) = (columns.id()?, columns.int()?, columns.small()?);
    let (title, text, facets) = (columns.opt_text()?, columns.text()?, columns.int()?);
    let counted = read_counted(&mut columns)?;
    let severity = columns.byte()?;
    let case = tx.first(CASE, values![scope.tenant, review]).await?;
    let case = case.map(|row| row.columns().id()).transpose()?;
    let reading = tx.first(READING, values![scope.tenant, review, revision]).await?;
    let reading = reading.ok_or(StoreError::Conflict { what: "reading" })?;
    let mut columns = reading.columns();
    let read_at = columns.instant()?;
    let read = Reading::read(columns.json()?)?;
    let corrections = standing_of(tx, scope, &[review]).await?;
    let standing = corrections.get(&review).map(Vec::as_slice).unwrap_or_default();
    let standing = over(read.judgement.clone(), standing, title.as_deref(), &text);
    Ok(Corrected {
        review,
        case,
        standing,
        revision,
        read_at,
        position,
        facets,
        counted,
        read,
        severity,
        title,
        text,
    })
}

/// Appends a correction and brings everything up to date that lists go by.
///
/// # Errors
/// The database's error.
pub async fn create(
    tx: &mut Tx<'_>,
    scope: &Scope,
    corrected: &Corrected,
    correction: &Correction,
    note: Option<&str>,
) -> Result<CorrectionId, StoreError> {
    let id = append(tx, scope, corrected, correction, note, None).await?;
    bring_up(tx, scope, corrected).await?;
    Ok(id)
}

/// The review that a correction within the scope is about.
///
/// # Errors
/// The database's error.
pub async fn review_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CorrectionId,
) -> Result<Option<ReviewId>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(REVIEW_OF, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    row.map(|row| row.columns().id()).transpose()
}

/// Takes a correction of this review back, by one more record.
///
/// # Errors
/// [`StoreError::Conflict`] over "correction" when it was taken back before.
pub async fn undo(
    tx: &mut Tx<'_>,
    scope: &Scope,
    corrected: &Corrected,
    id: CorrectionId,
) -> Result<(), StoreError> {
    append(tx, scope, corrected, &Correction::default(), None, Some(id))
        .await
        .map_err(|error| error.or_conflict("correction"))?;
    bring_up(tx, scope, corrected).await
}

async fn append(
    tx: &mut Tx<'_>,
    scope: &Scope,
    corrected: &Corrected,
    correction: &Correction,
    note: Option<&str>,
    undoes: Option<CorrectionId>,
) -> Result<CorrectionId, StoreError> {
    let (id, now) = (identifier::fresh::<CorrectionId>(), tx.now());
    let row = values![
        scope.tenant,
        id,
        corrected.review,
        corrected.revision,
        corrected.read_at,
        correction.causes.as_deref().map(joined),
        correction.sentiment.map(SentimentLabel::as_str),
        correction.fault.map(Fault::as_str),
        note,
        undoes,
        scope.user(),
        now,
    ];
    tx.execute(INSERT, row).await?;
    Ok(id)
}

/// Writes what stands now into the review, its causes, its case and the counts of its product.
async fn bring_up(tx: &mut Tx<'_>, scope: &Scope, corrected: &Corrected) -> Result<(), StoreError> {
    let corrections = standing_of(tx, scope, &[corrected.review]).await?;
    let standing = corrections.get(&corrected.review).map(Vec::as_slice).unwrap_or_default();
    let now = over(corrected.read.judgement.clone(), standing, corrected.title.as_deref(), &corrected.text);
    let given = (corrected.counted.rating, corrected.counted.verdict);
    let severity = corrected.read.severity(given, &now).unwrap_or(corrected.severity);
    let facets = corrected.facets & !facets::JUDGED
        | facets::sentiment(now.sentiment.label)
        | facets::causes(&now.causes)
        | facets::severity(severity);
    let (primary, fault) = (now.primary_cause().map(Cause::as_str), now.fault.as_str());
    let row = values![
        scope.tenant,
        corrected.review,
        now.sentiment.label.as_str(),
        Some(f64::from(now.sentiment.score)),
        primary,
        joined(&now.causes),
        fault,
        facets,
        severity,
    ];
    tx.execute(SET, row).await?;
    tx.execute(FORGET_CAUSES, values![scope.tenant, corrected.position]).await?;
    let mut causes = now.causes.clone();
    causes.sort_unstable();
    causes.dedup();
    Bulk::into("review_causes")
        .column("tenant_id", causes.iter().map(|_| scope.tenant))
        .column("position", causes.iter().map(|_| corrected.position))
        .column("cause", causes.iter().map(|cause| cause.as_str()))
        .column("facets", causes.iter().map(|_| facets))
        .run(tx)
        .await?;
    tx.execute(SET_CASES, values![scope.tenant, corrected.review, facets, primary, fault, severity]).await?;
    let mut tally = Tally::default();
    tally.changed(&corrected.counted, &Counted { causes, ..corrected.counted.clone() });
    tally.write(tx, scope).await
}

/// Codes between spaces.
fn joined(causes: &[Cause]) -> String {
    causes.iter().map(|cause| cause.as_str()).collect::<Vec<_>>().join(" ")
}

/// Every correction of a review, the newest first.
///
/// # Errors
/// The database's error.
pub async fn of_review(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
) -> Result<Vec<StoredCorrection>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(OF_REVIEW, vec![scope.tenant.into(), review.into(), all, shops]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}

fn read(row: &mut Columns<'_>) -> Result<StoredCorrection, StoreError> {
    let id = CorrectionId::from_uuid(row.uuid()?);
    let correction = standing::read_correction(row)?;
    let (note, revision, read_at, at) = (row.opt_text()?, row.small()?, row.instant()?, row.instant()?);
    let by = UserRef::read(row)?;
    let undone_at = row.opt_instant()?;
    let undone_by = UserRef::read(row)?;
    let holds = row.bool()?;
    let state = match (undone_at, holds) {
        (Some(_), _) => CorrectionState::Undone,
        (None, true) => CorrectionState::Standing,
        (None, false) => CorrectionState::Outdated,
    };
    let undone = undone_at.map(|at| (at, undone_by));
    Ok(StoredCorrection { id, correction, note, revision, read_at, at, by, undone, state })
}
