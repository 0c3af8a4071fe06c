//! Teams: people who share work.

use pingxin_domain::{Action, Scope, TeamId, UserId};
use pingxin_store::team::{self, Team};
use pingxin_store::{StoreError, Tx, audit, user};
use serde_json::{Value, json};

use super::colleague::check_name;
use crate::{Desk, DeskError, Result, allow};

/// Every team with its people, by name.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may.
pub async fn list_teams(desk: &Desk, scope: &Scope) -> Result<Vec<Team>> {
    allow(scope, Action::ReadPeople)?;
    Ok(desk.store.read(|tx| Box::pin(async move { team::list(tx, scope).await })).await?)
}

fn taken(error: StoreError) -> DeskError {
    match error {
        StoreError::Conflict { .. } => {
            DeskError::refused("已有同名的小组，请换一个名称", "there is a team of that name; choose another")
        }
        other => other.into(),
    }
}

/// Refuses whoever is not in the merchant's team.
async fn check_members(
    tx: &mut Tx<'_>,
    scope: &Scope,
    members: &[UserId],
) -> std::result::Result<(), StoreError> {
    let known = user::list(tx, scope).await?;
    if members.iter().all(|id| known.iter().any(|user| user.id == *id)) {
        Ok(())
    } else {
        Err(StoreError::NotFound { what: "user" })
    }
}

async fn with_people(tx: &mut Tx<'_>, scope: &Scope, id: TeamId) -> std::result::Result<Team, StoreError> {
    let found = team::list(tx, scope).await?.into_iter().find(|team| team.id == id);
    found.ok_or(StoreError::NotFound { what: "team" })
}

/// Makes a team.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::Refused`] for a name that is empty or taken;
/// [`DeskError::NotFound`] for somebody outside the merchant.
pub async fn create_team(desk: &Desk, scope: &Scope, name: &str, members: &[UserId]) -> Result<Team> {
    allow(scope, Action::ManagePeople)?;
    let name = check_name(name).map_err(DeskError::Refused)?;
    let name = name.as_str();
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            check_members(tx, scope, members).await?;
            let id = team::create(tx, scope, name).await?;
            team::set_members(tx, scope, id, members).await?;
            let detail = json!({ "name": name, "members": members });
            audit::append(tx, scope, "team.created", "team", &id.to_string(), &detail).await?;
            with_people(tx, scope, id).await
        })
    });
    made.await.map_err(taken)
}

/// Gives a team another name or other people; what is not said stays.
///
/// # Errors
/// As [`create_team`], and [`DeskError::NotFound`] for a team outside the merchant.
pub async fn change_team(
    desk: &Desk,
    scope: &Scope,
    id: TeamId,
    name: Option<&str>,
    members: Option<&[UserId]>,
) -> Result<Team> {
    allow(scope, Action::ManagePeople)?;
    let name = name.map(check_name).transpose().map_err(DeskError::Refused)?;
    let name = name.as_deref();
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            let before = team::lock(tx, scope, id).await?;
            let mut detail = serde_json::Map::new();
            if let Some(name) = name.filter(|name| *name != before) {
                team::rename(tx, scope, id, name).await?;
                detail.insert("name".into(), json!({ "from": before, "to": name }));
            }
            if let Some(members) = members {
                check_members(tx, scope, members).await?;
                team::set_members(tx, scope, id, members).await?;
                detail.insert("members".into(), json!(members));
            }
            if !detail.is_empty() {
                let detail = Value::Object(detail);
                audit::append(tx, scope, "team.changed", "team", &id.to_string(), &detail).await?;
            }
            with_people(tx, scope, id).await
        })
    });
    changed.await.map_err(taken)
}

/// Dissolves a team; its people stay.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::NotFound`].
pub async fn delete_team(desk: &Desk, scope: &Scope, id: TeamId) -> Result<()> {
    allow(scope, Action::ManagePeople)?;
    let gone = desk.store.write(|tx| {
        Box::pin(async move {
            let name = team::lock(tx, scope, id).await?;
            team::forget(tx, scope, id).await?;
            let detail = json!({ "name": name });
            audit::append(tx, scope, "team.deleted", "team", &id.to_string(), &detail).await
        })
    });
    Ok(gone.await?)
}
