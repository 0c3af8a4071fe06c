//! Corrections 更正: an agent says what a review complains of, how favourable it is or whose fault it is, where the machine
//! read it wrongly; and takes that back. Both stand in the story of its case.

use pingxin_domain::correction::{self as rules, Correction, CorrectionRefused};
use pingxin_domain::personal::mask_text;
use pingxin_domain::{Action, CorrectionId, ReviewId, Scope};
use pingxin_store::case::{self, CaseEvent, EventKind};
use pingxin_store::correction::{self, Corrected, StoredCorrection};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::{Value, json};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};

/// Corrects the reading of a review.
///
/// # Errors
/// [`DeskError::Refused`] when it says nothing, a cause twice, or the note is too long or would have to be seen by a second
/// person; [`DeskError::Blocked`] for a note that nobody may write; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn create(
    desk: &Desk,
    scope: &Scope,
    review: ReviewId,
    correction: &Correction,
    note: Option<&str>,
) -> Result<StoredCorrection> {
    allow(scope, Action::CorrectReadings)?;
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > rules::NOTE_LIMIT) {
        return Err(DeskError::refused(
            format!("说明最多 {} 个字", rules::NOTE_LIMIT),
            format!("a note has {} characters at most", rules::NOTE_LIMIT),
        ));
    }
    correction.check().map_err(refusal)?;
    if let Some(note) = note {
        gate::pass_at_once(desk, scope, About::Review(review), note).await?;
    }
    let made = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let corrected = correction::lock_for_change(tx, scope, review).await?;
                let id = correction::create(tx, scope, &corrected, correction, note).await?;
                let body = json!({ "correction": id, "said": said(correction), "note": note });
                tell(tx, scope, &corrected, EventKind::ReadingCorrected, &body).await?;
                let detail = json!({ "review": review, "said": said(correction) });
                audit::append(tx, scope, "reading.correct", "review", &review.to_string(), &detail).await?;
                one(tx, scope, review, id).await
            })
        })
        .await?;
    Ok(made)
}

/// Takes a correction back; what stood before it stands again.
///
/// # Errors
/// [`DeskError::Refused`] when that has been done; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn undo(desk: &Desk, scope: &Scope, id: CorrectionId) -> Result<StoredCorrection> {
    allow(scope, Action::CorrectReadings)?;
    let undone = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let review = correction::review_of(tx, scope, id).await?;
                let review = review.ok_or(StoreError::NotFound { what: "correction" })?;
                let corrected = correction::lock_for_change(tx, scope, review).await?;
                correction::undo(tx, scope, &corrected, id).await?;
                let body = json!({ "correction": id });
                tell(tx, scope, &corrected, EventKind::CorrectionUndone, &body).await?;
                let detail = json!({ "review": review, "correction": id });
                audit::append(tx, scope, "reading.uncorrect", "review", &review.to_string(), &detail).await?;
                one(tx, scope, review, id).await
            })
        })
        .await;
    match undone {
        Err(StoreError::Conflict { what: "correction" }) => {
            Err(DeskError::refused("这条更正已经撤销过了", "this correction was taken back already"))
        }
        other => Ok(other?),
    }
}

/// What a correction says, for the story of a case and the audit; what was not corrected is null.
fn said(correction: &Correction) -> Value {
    json!({
        "causes": correction.causes,
        "sentiment": correction.sentiment,
        "fault": correction.fault,
    })
}

async fn tell(
    tx: &mut Tx<'_>,
    scope: &Scope,
    corrected: &Corrected,
    kind: EventKind,
    body: &Value,
) -> std::result::Result<(), StoreError> {
    let Some(id) = corrected.case else { return Ok(()) };
    let now = tx.now();
    case::add_event(tx, scope, id, kind, body, now).await.map(drop)
}

async fn one(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
    id: CorrectionId,
) -> std::result::Result<StoredCorrection, StoreError> {
    let all = correction::of_review(tx, scope, review).await?;
    let found = all.into_iter().find(|one| one.id == id);
    let mut found = found.ok_or(StoreError::NotFound { what: "correction" })?;
    mask(&mut found);
    Ok(found)
}

/// Masks contacts in the story of a case: in the note of a correction, and in what was written of a removal request.
pub(crate) fn mask_event(event: &mut CaseEvent) {
    let field = match event.kind {
        EventKind::ReadingCorrected => "note",
        EventKind::Removal => "text",
        _ => return,
    };
    if let Some(text) = event.body.get(field).and_then(Value::as_str).map(mask_text) {
        event.body[field] = text.into();
    }
}

/// Masks contacts that somebody wrote into a note.
pub(crate) fn mask(correction: &mut StoredCorrection) {
    correction.note = correction.note.as_deref().map(mask_text);
}

fn refusal(refused: CorrectionRefused) -> DeskError {
    let zh = match refused {
        CorrectionRefused::Empty => "请至少更正一项：原因、情感或责任方",
        CorrectionRefused::Repeated => "同一个原因不能选两次",
    };
    DeskError::refused(zh, refused.to_string())
}
