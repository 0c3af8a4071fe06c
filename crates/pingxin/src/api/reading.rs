//! How reviews are read: the versions of the text models, training them from corrections, the words of shops.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pingxin_desk::reading::{self, Outcome, ReadingView, Version};
use pingxin_domain::ShopId;
use pingxin_domain::identifiers::Identifier;
use pingxin_language::Cause;
use pingxin_store::training::Training as StoreTraining;
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

/// A version of a text model.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelVersion {
    /// Such as `zh-cause-2`.
    name: String,
    /// Whether it came with the program.
    shipped: bool,
    /// Whether new reviews are read with it.
    in_use: bool,
    /// Corrections that it learnt; null of a shipped one.
    #[schema(required = true)]
    taught: Option<u32>,
    /// The share of the kept-back corrections that it gets right.
    #[schema(required = true)]
    share: Option<f64>,
    #[schema(required = true)]
    created_at: Option<Timestamp>,
}

impl From<Version> for ModelVersion {
    fn from(version: Version) -> Self {
        let own = version.own.as_ref();
        Self {
            taught: own.map(|own| own.taught),
            share: own.map(|own| own.after_share),
            created_at: own.map(|own| own.created_at),
            name: version.name,
            shipped: version.shipped,
            in_use: version.in_use,
        }
    }
}

/// How well a version did on the corrections that were kept back.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModelScore {
    /// The version.
    name: String,
    /// The share that it gets right, in [0, 1].
    share: f64,
}

/// What came of one model in a training.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingOutcome {
    /// Such as `zh-cause`.
    model: String,
    /// Corrections that teach it.
    told: u32,
    /// Of those kept back to measure; 0 when there were too few to learn from.
    held: u32,
    /// The version before; null when nothing was learnt.
    #[schema(required = true)]
    before: Option<ModelScore>,
    /// The new version; null when nothing was learnt.
    #[schema(required = true)]
    after: Option<ModelScore>,
    /// Whether the new version is used since.
    used: bool,
}

impl From<Outcome> for TrainingOutcome {
    fn from(outcome: Outcome) -> Self {
        let score = |(name, share)| ModelScore { name, share };
        Self {
            model: outcome.model,
            told: outcome.told,
            held: outcome.held,
            before: outcome.before.map(score),
            after: outcome.after.map(score),
            used: outcome.used,
        }
    }
}

/// A training.
#[derive(Debug, Serialize, ToSchema)]
pub struct Training {
    id: Uuid,
    at: Timestamp,
    /// Null for a program at the machine itself.
    #[schema(required = true)]
    by: Option<Person>,
    /// Null while it waits or runs.
    #[schema(required = true)]
    ended_at: Option<Timestamp>,
    /// One a model; empty while it waits or runs.
    outcomes: Vec<TrainingOutcome>,
}

impl From<(StoreTraining, Vec<Outcome>)> for Training {
    fn from((training, outcomes): (StoreTraining, Vec<Outcome>)) -> Self {
        Self {
            id: training.id.uuid(),
            at: training.at,
            by: training.by.map(Person::from),
            ended_at: training.ended_at,
            outcomes: outcomes.into_iter().map(TrainingOutcome::from).collect(),
        }
    }
}

/// How reviews are read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reading {
    /// Those of one model together, the oldest first.
    versions: Vec<ModelVersion>,
    /// Texts that somebody has corrected.
    corrections: u64,
    /// Corrections of one model that a training takes at least.
    fewest: u32,
    /// Whether a training waits or runs.
    running: bool,
    /// The newest first.
    trainings: Vec<Training>,
}

impl From<ReadingView> for Reading {
    fn from(view: ReadingView) -> Self {
        Self {
            versions: view.versions.into_iter().map(ModelVersion::from).collect(),
            corrections: view.corrections,
            fewest: view.fewest,
            running: view.running,
            trainings: view.trainings.into_iter().map(Training::from).collect(),
        }
    }
}

/// A training that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrainingAsked {
    id: Uuid,
}

/// Which version to use.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UseModel {
    /// Such as `zh-cause-1`, which came with the program.
    name: String,
}

/// A word of a shop.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ShopWord {
    /// The cause that it names; null for a name that says nothing, such as that of a product.
    #[serde(default)]
    #[schema(value_type = Option<word::Cause>, required = true)]
    cause: Option<Cause>,
    word: String,
}

/// The words of a shop.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ShopWordList {
    words: Vec<ShopWord>,
}

impl From<Vec<pingxin_store::shop_word::ShopWord>> for ShopWordList {
    fn from(words: Vec<pingxin_store::shop_word::ShopWord>) -> Self {
        Self { words: words.into_iter().map(|(cause, word)| ShopWord { cause, word }).collect() }
    }
}

/// Versions of the models, trainings, and how many corrections there are to learn from.
#[utoipa::path(get, path = "/api/v1/reading", tag = "reading",
    responses((status = 200, body = Reading), SignedOut, Forbidden))]
pub async fn get_reading(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<Reading>, Problem> {
    Ok(Json(reading::view(&app.desk, &session.scope).await?.into()))
}

/// Has the models trained from the corrections in the background; a version is used only when it does better.
#[utoipa::path(post, path = "/api/v1/reading/trainings", tag = "reading",
    responses((status = 202, body = TrainingAsked), SignedOut, Forbidden, Conflict))]
pub async fn create_training(
    State(app): State<App>,
    Session(session): Session,
) -> Result<(StatusCode, Json<TrainingAsked>), Problem> {
    let id = reading::ask(&app.desk, &session.scope).await?;
    app.work.notify_one();
    Ok((StatusCode::ACCEPTED, Json(TrainingAsked { id: id.uuid() })))
}

/// Reads new reviews with this version from now on.
#[utoipa::path(put, path = "/api/v1/reading/model", tag = "reading", request_body = UseModel,
    responses((status = 200, body = Reading), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn use_model(
    State(app): State<App>,
    Session(session): Session,
    Body(wanted): Body<UseModel>,
) -> Result<Json<Reading>, Problem> {
    Ok(Json(reading::switch(&app.desk, &session.scope, &wanted.name).await?.into()))
}

/// The words of a shop.
#[utoipa::path(get, path = "/api/v1/shops/{id}/words", tag = "reading", params(("id" = Uuid, Path)),
    responses((status = 200, body = ShopWordList), SignedOut, Forbidden, NotFound))]
pub async fn get_shop_words(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
) -> Result<Json<ShopWordList>, Problem> {
    Ok(Json(reading::words(&app.desk, &session.scope, id).await?.into()))
}

/// Puts these words in the place of those that a shop had; new reviews are read with them.
#[utoipa::path(put, path = "/api/v1/shops/{id}/words", tag = "reading", params(("id" = Uuid, Path)),
    request_body = ShopWordList,
    responses((status = 200, body = ShopWordList), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn set_shop_words(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<ShopId>,
    Body(list): Body<ShopWordList>,
) -> Result<Json<ShopWordList>, Problem> {
    let words = list.words.into_iter().map(|one| (one.cause, one.word)).collect();
    Ok(Json(reading::set_words(&app.desk, &session.scope, id, words).await?.into()))
}
