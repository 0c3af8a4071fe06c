//! Corrections: what people say of a reading, and taking that back.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::corrections;
use pingxin_domain::correction::Correction as Said;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{CorrectionId, ReviewId};
use pingxin_language::{Cause, Fault, SentimentLabel};
use pingxin_store::correction::StoredCorrection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::case::Person;
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What somebody said of the reading of a review.
#[derive(Debug, Serialize, ToSchema)]
pub struct Correction {
    id: Uuid,
    /// The most important first; null when they were not corrected, empty when it complains of nothing.
    #[schema(value_type = Option<Vec<word::Cause>>, required = true)]
    causes: Option<Vec<Cause>>,
    #[schema(value_type = Option<word::SentimentLabel>, required = true)]
    sentiment: Option<SentimentLabel>,
    #[schema(value_type = Option<word::Fault>, required = true)]
    fault: Option<Fault>,
    #[schema(required = true)]
    note: Option<String>,
    /// Whose words it is about.
    revision: u32,
    /// When the reading was made that it corrects.
    read_at: Timestamp,
    at: Timestamp,
    /// Null for a program at the machine itself.
    #[schema(required = true)]
    by: Option<Person>,
    /// `outdated` when the buyer has changed the words since.
    #[schema(value_type = word::CorrectionState)]
    state: &'static str,
    #[schema(required = true)]
    undone_at: Option<Timestamp>,
    #[schema(required = true)]
    undone_by: Option<Person>,
}

impl From<StoredCorrection> for Correction {
    fn from(stored: StoredCorrection) -> Self {
        let (undone_at, undone_by) = stored.undone.map_or((None, None), |(at, by)| (Some(at), by));
        Self {
            id: stored.id.uuid(),
            causes: stored.correction.causes,
            sentiment: stored.correction.sentiment,
            fault: stored.correction.fault,
            note: stored.note,
            revision: stored.revision,
            read_at: stored.read_at,
            at: stored.at,
            by: stored.by.map(Person::from),
            state: stored.state.code(),
            undone_at,
            undone_by: undone_by.map(Person::from),
        }
    }
}

/// What a review really says. What is left out or null is not corrected.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCorrection {
    /// The most important first; empty when it complains of nothing.
    #[serde(default)]
    #[schema(value_type = Option<Vec<word::Cause>>)]
    causes: Option<Vec<Cause>>,
    #[serde(default)]
    #[schema(value_type = Option<word::SentimentLabel>)]
    sentiment: Option<SentimentLabel>,
    #[serde(default)]
    #[schema(value_type = Option<word::Fault>)]
    fault: Option<Fault>,
    /// 500 characters at most.
    #[serde(default)]
    note: Option<String>,
}

/// Corrects the reading of a review. The reading stays; lists, filters and counts go by the correction.
#[utoipa::path(post, path = "/api/v1/reviews/{id}/corrections", tag = "review", params(("id" = Uuid, Path)),
    request_body = NewCorrection,
    responses((status = 201, body = Correction), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn create_correction(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ReviewId>,
    Body(new): Body<NewCorrection>,
) -> Result<(StatusCode, Json<Correction>), Problem> {
    let said = Said { causes: new.causes, sentiment: new.sentiment, fault: new.fault };
    let made = corrections::create(&app.desk, &session.scope, id, &said, new.note.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Takes a correction back; what stood before it stands again.
#[utoipa::path(post, path = "/api/v1/corrections/{id}/undo", tag = "review", params(("id" = Uuid, Path)),
    responses((status = 200, body = Correction), SignedOut, Forbidden, NotFound, Conflict))]
pub async fn undo_correction(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CorrectionId>,
) -> Result<Json<Correction>, Problem> {
    Ok(Json(corrections::undo(&app.desk, &session.scope, id).await?.into()))
}
