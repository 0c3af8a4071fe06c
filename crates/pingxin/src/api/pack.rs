//! Policy packs 平台规则: what is in force, since when, and what changed.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use pingxin_desk::rules::{self, PackView};
use pingxin_domain::pack::{Entry, Grade, Header, Kind, Record, Refused, Status};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refusal::{BadRequest, Conflict, Forbidden, NotFound, SignedOut};
use super::removal::Words;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// A pack by its head.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackRow {
    /// The platform's code, such as `taobao`, or a name such as `law-cn`.
    id: String,
    version: String,
    #[schema(value_type = word::PackKind)]
    kind: Kind,
    name: Words,
    #[schema(required = true)]
    inherits: Option<String>,
    /// ISO 3166; `*` for all.
    markets: Vec<String>,
    /// IANA name; null, the shop's zone.
    #[schema(required = true)]
    timezone: Option<String>,
    #[schema(value_type = Option<String>, format = Date, required = true)]
    effective_from: Option<Date>,
    #[schema(value_type = String, format = Date)]
    reviewed_on: Date,
    #[schema(value_type = Option<String>, format = Date, required = true)]
    review_by: Option<Date>,
    /// Whether its facts are due to be looked at again.
    stale: bool,
    /// The file it was read from.
    file: String,
    /// Values it holds.
    tables: usize,
    /// Every version, the oldest first.
    versions: Vec<PackVersion>,
}

/// A version of a pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackVersion {
    version: String,
    /// Null, it always was in force.
    #[schema(value_type = Option<String>, format = Date, required = true)]
    effective_from: Option<Date>,
}

impl From<&PackView> for PackRow {
    fn from(view: &PackView) -> Self {
        let Header { id, version, kind, inherits, zh, en, markets, timezone, .. } = view.pack.header.clone();
        let header = &view.pack.header;
        Self {
            id,
            version,
            kind,
            name: pingxin_domain::Say::new(zh, en).into(),
            inherits,
            markets,
            timezone,
            effective_from: header.effective_from,
            reviewed_on: header.reviewed_on,
            review_by: header.review_by,
            stale: view.stale,
            file: view.file.clone(),
            tables: view.pack.entries.len(),
            versions: view
                .versions
                .iter()
                .map(|known| PackVersion {
                    version: known.pack.header.version.clone(),
                    effective_from: known.from,
                })
                .collect(),
        }
    }
}

/// A file of the folder that was refused whole; what was in force stays.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedPack {
    file: String,
    /// From 1.
    line: usize,
    key: String,
    message: String,
}

impl From<&Refused> for RefusedPack {
    fn from(refused: &Refused) -> Self {
        let Refused { file, line, key, message } = refused.clone();
        Self { file, line, key, message }
    }
}

/// Every pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackList {
    packs: Vec<PackRow>,
    refused: Vec<RefusedPack>,
}

/// How well something is known, and since when it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackRecord {
    #[schema(value_type = word::Grade)]
    grade: Grade,
    #[schema(value_type = word::RuleStatus)]
    status: Status,
    /// As packs cite them: a key, and a place in it.
    source: Vec<String>,
    #[schema(value_type = Option<String>, format = Date, required = true)]
    effective_from: Option<Date>,
    #[schema(value_type = Option<String>, format = Date, required = true)]
    effective_to: Option<Date>,
    #[schema(required = true)]
    note: Option<String>,
}

impl From<&Record> for PackRecord {
    fn from(record: &Record) -> Self {
        Self {
            grade: record.grade,
            status: record.status,
            source: record.source.iter().map(ToString::to_string).collect(),
            effective_from: record.effective_from,
            effective_to: record.effective_to,
            note: record.note.clone(),
        }
    }
}

/// A value of a pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackValue {
    key: String,
    value: String,
    /// Null, as its table is.
    #[schema(required = true)]
    record: Option<PackRecord>,
}

/// A table of a pack.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackTable {
    /// Such as `window.buyer_modify`.
    name: String,
    section: String,
    #[schema(required = true)]
    id: Option<String>,
    values: Vec<PackValue>,
    /// What other sources say, where they disagree.
    alternatives: Vec<u32>,
    record: PackRecord,
}

impl From<&Entry> for PackTable {
    fn from(entry: &Entry) -> Self {
        Self {
            name: entry.name(),
            section: entry.section.clone(),
            id: entry.id.clone(),
            values: entry
                .values
                .iter()
                .map(|(key, value)| PackValue {
                    key: key.clone(),
                    value: value.to_string(),
                    record: entry.records.get(key).map(PackRecord::from),
                })
                .collect(),
            alternatives: entry.alternatives.clone(),
            record: PackRecord::from(&entry.record),
        }
    }
}

/// A pack with everything it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackDetail {
    #[serde(flatten)]
    row: PackRow,
    entries: Vec<PackTable>,
}

/// The packs in force today.
#[utoipa::path(get, path = "/api/v1/packs", tag = "pack",
    responses((status = 200, body = PackList), SignedOut, Forbidden))]
pub async fn list_packs(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<PackList>, Problem> {
    let (packs, refused) = rules::list(&app.desk, &session.scope)?;
    Ok(Json(PackList {
        packs: packs.iter().map(PackRow::from).collect(),
        refused: refused.iter().map(RefusedPack::from).collect(),
    }))
}

/// On which day.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct PackAsked {
    /// Today unless given.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
}

/// One pack with everything it says, as it is in force on a day.
#[utoipa::path(get, path = "/api/v1/packs/{pack}", tag = "pack", params(("pack" = String, Path), PackAsked),
    responses((status = 200, body = PackDetail), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn get_pack(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<String>,
    Asked(asked): Asked<PackAsked>,
) -> Result<Json<PackDetail>, Problem> {
    let view = rules::get(&app.desk, &session.scope, &id, asked.on)?;
    let entries = view.pack.entries.iter().map(PackTable::from).collect();
    Ok(Json(PackDetail { row: PackRow::from(&view), entries }))
}

/// Between which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PackChangesAsked {
    #[param(value_type = String, format = Date)]
    before: Date,
    #[param(value_type = String, format = Date)]
    after: Date,
}

/// A value that is not the same in both.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackChange {
    /// Such as `window.buyer_modify.days`.
    key: String,
    /// Null, it was not there.
    #[schema(required = true)]
    before: Option<String>,
    /// Null, it is gone.
    #[schema(required = true)]
    after: Option<String>,
}

/// What changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PackChanges {
    changes: Vec<PackChange>,
}

/// What changed in a pack from what was in force on one day to what is on another.
#[utoipa::path(get, path = "/api/v1/packs/{pack}/changes", tag = "pack",
    params(("pack" = String, Path), PackChangesAsked),
    responses((status = 200, body = PackChanges), BadRequest, SignedOut, Forbidden, NotFound))]
pub async fn list_pack_changes(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<String>,
    Asked(asked): Asked<PackChangesAsked>,
) -> Result<Json<PackChanges>, Problem> {
    let changes = rules::compare(&app.desk, &session.scope, &id, asked.before, asked.after)?;
    let changes = changes.into_iter().map(|change| PackChange {
        key: change.key,
        before: change.before,
        after: change.after,
    });
    Ok(Json(PackChanges { changes: changes.collect() }))
}

/// The files that were refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct PacksReloaded {
    refused: Vec<RefusedPack>,
}

/// Reads the folder of packs again. A broken file is refused whole, and what was in force stays.
#[utoipa::path(post, path = "/api/v1/packs/reload", tag = "pack",
    responses((status = 200, body = PacksReloaded), SignedOut, Forbidden, Conflict))]
pub async fn reload_packs(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<PacksReloaded>, Problem> {
    let refused = rules::reload(&app.desk, &session.scope).await?;
    Ok(Json(PacksReloaded { refused: refused.iter().map(RefusedPack::from).collect() }))
}
