//! Drafts: a file is kept while a person looks at what its columns mean, and read only then.

use jiff::SignedDuration;
use pingxin_domain::{Action, BatchId, Scope};
use pingxin_store::{StoreError, audit, batch};
use serde_json::json;

use super::request::ImportRequest;
use super::submit::{Kept, check_shop, create, delete_upload, enqueue};
use super::view::{self, ImportView};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::tenants;

/// How long a draft waits for its person.
const DRAFTS: SignedDuration = SignedDuration::from_hours(24);

/// How a file is to be read, where the guess is not to decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// A profile by name.
    pub profile: Option<String>,
    /// An encoding by name.
    pub encoding: Option<String>,
    /// `field=column,…`.
    pub map: Option<String>,
}

/// Keeps a file as a draft; it must stay where it is, and is the import's to delete.
///
/// # Errors
/// As [`super::submit`].
pub async fn hold(desk: &Desk, scope: &Scope, request: ImportRequest) -> Result<BatchId> {
    check_shop(desk, scope, &request.shop).await?;
    let stored = request.path.to_string_lossy().into_owned();
    create(desk, scope, &request, Kept::Draft(&stored)).await
}

/// What a draft was handed in with, to be read as `reading` says.
///
/// # Errors
/// [`DeskError::Refused`] when it is no draft any more; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub(super) async fn request_of(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    reading: &Reading,
) -> Result<ImportRequest> {
    allow(scope, Action::CreateImports)?;
    view::get(desk, scope, id).await?;
    let found = desk.store.read(|tx| Box::pin(async move { batch::draft_request(tx, scope, id).await }));
    let Some(request) = found.await? else { return Err(no_draft()) };
    let request: ImportRequest = serde_json::from_value(request)
        .map_err(|error| StoreError::Corrupt { what: format!("the request of import {id}: {error}") })?;
    Ok(ImportRequest {
        profile: reading.profile.clone(),
        encoding: reading.encoding.clone(),
        map: reading.map.clone(),
        ..request
    })
}

fn no_draft() -> DeskError {
    DeskError::refused(
        "这个文件已经开始导入，不能再改列的含义",
        "this file is being imported already; its columns are fixed",
    )
}

/// Has a draft read by the background worker. A dry run is an import of its own; the draft waits on, to be read in earnest.
///
/// # Errors
/// [`DeskError::Refused`] when it is no draft any more; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn start(
    desk: &Desk,
    scope: &Scope,
    id: BatchId,
    reading: &Reading,
    dry_run: bool,
) -> Result<ImportView> {
    let request = ImportRequest { dry_run, ..request_of(desk, scope, id, reading).await? };
    if dry_run {
        let stored = request.path.to_string_lossy().into_owned();
        let trial = create(desk, scope, &request, Kept::Trial(&stored, id)).await?;
        return view::get(desk, scope, trial).await;
    }
    let (request, now) = (&request, desk.store.clock().now());
    let started = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                batch::submit_draft(tx, scope, id).await?;
                enqueue(tx, scope, id, request, now).await?;
                audit::append(tx, scope, "import.start", "import", &id.to_string(), &json!({})).await
            })
        })
        .await;
    match started {
        Err(StoreError::Conflict { what: "batch state" }) => Err(no_draft()),
        Err(error) => Err(error.into()),
        Ok(()) => view::get(desk, scope, id).await,
    }
}

/// Throws drafts away that nobody came back for. Says how many.
///
/// # Errors
/// When the database does not answer.
pub async fn discard_old_drafts(desk: &Desk) -> Result<u64> {
    let now = desk.store.clock().now();
    let before = now.checked_sub(DRAFTS).unwrap_or(now);
    let mut discarded = 0;
    for tenant in tenants::all(desk).await? {
        let scope = &Scope::system(tenant.id);
        let drafts = desk
            .store
            .read(|tx| Box::pin(async move { batch::drafts_before(tx, scope, before).await }))
            .await?;
        for (id, path) in drafts {
            desk.store
                .write(|tx| Box::pin(async move { batch::request_cancel(tx, scope, id, now).await }))
                .await?;
            if let Some(path) = path {
                delete_upload(id, std::path::Path::new(&path));
            }
            discarded += 1;
        }
    }
    Ok(discarded)
}
