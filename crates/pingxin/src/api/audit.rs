//! The audit: who did what, as a list and a file, and whether anybody touched it since.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use pingxin_desk::audit;
use pingxin_domain::identifiers::Identifier;
use pingxin_store::audit::{ActorAsked, AuditEntry as StoreEntry, AuditFilter, Chain};
use pingxin_store::hex_digits;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::export::{FormatAsked, stream};
use super::moment::Moment;
use super::page::PageAsked;
use super::refusal::{BadRequest, Forbidden, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::Asked;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// Which entries; all that is given must hold.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct AuditAsked {
    /// A person's id (his tokens' entries too), `command_line` or `system`.
    actor: Option<String>,
    /// An action such as `case.assign`, or the part before its dot.
    action: Option<String>,
    subject_kind: Option<String>,
    subject_id: Option<String>,
    /// Not before.
    #[param(value_type = Option<String>)]
    from: Option<Moment>,
    /// Before.
    #[param(value_type = Option<String>)]
    to: Option<Moment>,
}

impl AuditAsked {
    fn filter(self) -> Result<AuditFilter, Problem> {
        let actor = match self.actor.as_deref() {
            None | Some("") => None,
            Some("command_line") => Some(ActorAsked::CommandLine),
            Some("system") => Some(ActorAsked::System),
            Some(id) => Some(ActorAsked::User(id.parse().map_err(|_| {
                Problem::bad_request(
                    "actor 应为人员编号、command_line 或 system",
                    "`actor` must be a person's id, command_line or system",
                )
            })?)),
        };
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(AuditFilter {
            actor,
            action: given(self.action),
            subject_kind: given(self.subject_kind),
            subject_id: given(self.subject_id),
            from: self.from.map(Moment::instant),
            to: self.to.map(Moment::instant),
        })
    }
}

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditActor {
    #[schema(value_type = word::AuditActorKind)]
    kind: &'static str,
    /// The person, also of a token; null for the command line and the program itself.
    #[schema(required = true)]
    id: Option<Uuid>,
    /// His name; empty for the others.
    name: String,
}

/// An entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Counted from 1 within the merchant.
    seq: u64,
    at: Timestamp,
    actor: AuditActor,
    /// Such as `case.assign`.
    action: String,
    subject_kind: String,
    subject_id: String,
    /// Ids and counts; never what a buyer wrote.
    detail: Value,
    /// Binds the entry before and this one; 64 hexadecimal digits.
    hash: String,
}

impl From<StoreEntry> for AuditEntry {
    fn from(entry: StoreEntry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            actor: AuditActor {
                kind: entry.actor.kind,
                id: entry.actor.user.map(Identifier::uuid),
                name: entry.actor.name,
            },
            action: entry.action,
            subject_kind: entry.subject_kind,
            subject_id: entry.subject_id,
            detail: entry.detail,
            hash: hex_digits(&entry.hash),
        }
    }
}

/// Entries, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditList {
    entries: Vec<AuditEntry>,
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Who did what, the newest first. Who sees few shops sees his own deeds and what was done in these.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditAsked, PageAsked),
    responses((status = 200, body = AuditList), BadRequest, SignedOut, Forbidden))]
pub async fn list_audit(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<AuditAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<AuditList>, Problem> {
    let filter = asked.filter()?;
    let found = audit::list(&app.desk, &session.scope, &filter, page.cursor(), page.limit()?).await?;
    let entries = found.rows.into_iter().map(AuditEntry::from).collect();
    Ok(Json(AuditList { entries, next_cursor: found.next }))
}

/// All entries a filter finds, the newest first, as a file.
#[utoipa::path(get, path = "/api/v1/audit/export", tag = "audit", params(FormatAsked, AuditAsked),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream"),
        BadRequest, SignedOut, Forbidden))]
pub async fn export_audit(
    State(app): State<App>,
    Session(session): Session,
    Asked(format): Asked<FormatAsked>,
    Asked(asked): Asked<AuditAsked>,
) -> Result<Response, Problem> {
    let (format, filter) = (format.format()?, asked.filter()?);
    let folder = app.desk.uploads()?;
    let file = tempfile::NamedTempFile::new_in(folder).map_err(|cause| Problem::internal(&cause))?;
    audit::export(&app.desk, &session.scope, &filter, format, file.path()).await?;
    stream(file, "audit", format, &app)
}

/// Whether the audit is as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditCheck {
    whole: bool,
    /// Entries that are as they were written, from the first on.
    entries: u64,
    /// The first entry that is not; null when all are.
    #[schema(required = true)]
    broken_at: Option<u64>,
    /// In what way it is not.
    #[schema(value_type = Option<word::AuditBreak>, required = true)]
    how: Option<&'static str>,
}

/// Follows the whole chain of the merchant.
#[utoipa::path(get, path = "/api/v1/audit/check", tag = "audit",
    responses((status = 200, body = AuditCheck), SignedOut, Forbidden))]
pub async fn check_audit(
    State(app): State<App>,
    Session(session): Session,
) -> Result<Json<AuditCheck>, Problem> {
    Ok(Json(match audit::check(&app.desk, &session.scope).await? {
        Chain::Whole { entries } => AuditCheck { whole: true, entries, broken_at: None, how: None },
        Chain::Broken { seq, how } => AuditCheck {
            whole: false,
            entries: seq.saturating_sub(1),
            broken_at: Some(seq),
            how: Some(how.code()),
        },
    }))
}
