//! Photos and videos of reviews. What was sent in by somebody is handed out under a policy that runs nothing of it: a
//! picture was written anew by us and may be shown, a video is only ever a download.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use pingxin_desk::reviews;
use pingxin_domain::ReviewId;
use pingxin_domain::media::MediaKind;
use pingxin_store::media::ReviewMedia as StoreMedia;
use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::{Forbidden, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Nothing is loaded and nothing is run, even when the file is opened by itself.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// A photo or video of a review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewMedia {
    /// From 0.
    position: u32,
    #[schema(value_type = word::MediaKind)]
    kind: MediaKind,
    /// The link or file name, as the row has it.
    name: String,
    /// The link, when it is one; nothing loads it unless a person follows it.
    #[schema(required = true)]
    link: Option<String>,
    /// Whether the file came along and can be fetched.
    stored: bool,
    /// Pixels; null for a video and for what is not stored.
    #[schema(required = true)]
    width: Option<u32>,
    #[schema(required = true)]
    height: Option<u32>,
}

impl From<StoreMedia> for ReviewMedia {
    fn from(media: StoreMedia) -> Self {
        let StoreMedia { position, name, file } = media;
        Self {
            position,
            kind: name.kind,
            link: name.is_link().then(|| name.name.clone()),
            name: name.name,
            stored: file.is_some(),
            width: file.and_then(|file| file.width),
            height: file.and_then(|file| file.height),
        }
    }
}

/// A stored photo, to be shown; a stored video, as a download.
#[utoipa::path(get, path = "/api/v1/reviews/{id}/media/{position}", tag = "review",
    params(("id" = uuid::Uuid, Path), ("position" = u32, Path)),
    responses((status = 200, description = "The file: JPEG or PNG, or a video", body = Vec<u8>, content_type = "image/jpeg"),
        SignedOut, Forbidden, NotFound))]
pub async fn get_review_media(
    State(app): State<App>,
    Session(session): Session,
    Path((id, position)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let place = id.parse::<ReviewId>().ok().zip(position.parse::<u32>().ok());
    let (id, position) = place.ok_or_else(Problem::not_found)?;
    let (media_type, bytes) = reviews::media(&app.desk, &session.scope, id, position).await?;
    let how = match media_type.kind() {
        MediaKind::Photo => "inline",
        MediaKind::Video => "attachment",
    };
    // The name that somebody gave the file goes into no header.
    let named = format!("{how}; filename=\"review-{id}-{position}.{}\"", media_type.ending());
    let named = HeaderValue::from_str(&named).map_err(|cause| Problem::internal(&cause))?;
    let mut response = Response::new(Body::from(bytes));
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type.code()));
    headers.insert(CONTENT_DISPOSITION, named);
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    Ok(response)
}
