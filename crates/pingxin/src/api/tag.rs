//! Tags: the list, making, changing, deleting.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use pingxin_desk::tags;
use pingxin_domain::TagId;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::tag::Colour;
use pingxin_store::tag::{Tag as StoreTag, TagWithCounts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::refusal::{BadRequest, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::{Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A tag.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Tag {
    id: Uuid,
    name: String,
    #[schema(value_type = word::Colour)]
    colour: Colour,
}

impl From<StoreTag> for Tag {
    fn from(tag: StoreTag) -> Self {
        Self { id: tag.id.uuid(), name: tag.name, colour: tag.colour }
    }
}

/// A tag and how much has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountedTag {
    #[serde(flatten)]
    tag: Tag,
    /// Reviews within the caller's shops.
    reviews: u64,
    /// Whether there are more.
    reviews_capped: bool,
    /// Their cases.
    cases: u64,
    /// Whether there are more.
    cases_capped: bool,
}

impl From<TagWithCounts> for CountedTag {
    fn from(counted: TagWithCounts) -> Self {
        let TagWithCounts { tag, reviews, cases } = counted;
        Self {
            tag: tag.into(),
            reviews: reviews.value,
            reviews_capped: reviews.capped,
            cases: cases.value,
            cases_capped: cases.capped,
        }
    }
}

/// Every tag, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagList {
    tags: Vec<CountedTag>,
}

/// A tag to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewTag {
    /// 1 to 30 characters.
    name: String,
    #[schema(value_type = word::Colour)]
    colour: Colour,
}

/// What changes of a tag; a field that is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TagChange {
    name: Option<String>,
    #[schema(value_type = Option<word::Colour>)]
    colour: Option<Colour>,
}

/// Every tag with how much has it.
#[utoipa::path(get, path = "/api/v1/tags", tag = "tag",
    responses((status = 200, body = TagList), SignedOut, Forbidden))]
pub async fn list_tags(State(app): State<App>, Session(session): Session) -> Result<Json<TagList>, Problem> {
    let tags = tags::list(&app.desk, &session.scope).await?;
    Ok(Json(TagList { tags: tags.into_iter().map(CountedTag::from).collect() }))
}

/// Makes a tag.
#[utoipa::path(post, path = "/api/v1/tags", tag = "tag", request_body = NewTag,
    responses((status = 201, body = Tag), BadRequest, SignedOut, Forbidden, Invalid))]
pub async fn create_tag(
    State(app): State<App>,
    Session(session): Session,
    Body(new): Body<NewTag>,
) -> Result<(StatusCode, Json<Tag>), Problem> {
    let tag = tags::create(&app.desk, &session.scope, &new.name, new.colour).await;
    Ok((StatusCode::CREATED, Json(tag.map_err(Problem::of_field("name"))?.into())))
}

/// Gives a tag another name or colour.
#[utoipa::path(patch, path = "/api/v1/tags/{id}", tag = "tag", params(("id" = Uuid, Path)), request_body = TagChange,
    responses((status = 200, body = Tag), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn update_tag(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TagId>,
    Body(new): Body<TagChange>,
) -> Result<Json<Tag>, Problem> {
    let tag = tags::change(&app.desk, &session.scope, id, new.name.as_deref(), new.colour).await;
    Ok(Json(tag.map_err(Problem::of_field("name"))?.into()))
}

/// Deletes a tag, off every review too.
#[utoipa::path(delete, path = "/api/v1/tags/{id}", tag = "tag", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Gone"), SignedOut, Forbidden, NotFound))]
pub async fn delete_tag(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<TagId>,
) -> Result<StatusCode, Problem> {
    tags::delete(&app.desk, &session.scope, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
