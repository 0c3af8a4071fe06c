//! Teams: people who share work.

use pingxin_domain::{Scope, TeamId, UserId};

use crate::reference::UserRef;
use crate::sql::{Bulk, statements, values};
use crate::{StoreError, Tx, identifier};

/// A team with its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Id.
    pub id: TeamId,
    /// Name, unique within the merchant.
    pub name: String,
    /// Who is in it, by name.
    pub members: Vec<UserRef>,
}

statements! {
    CREATE = "INSERT INTO teams (tenant_id, id, name, created_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT id, name FROM teams WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
    LIST = "SELECT id, name FROM teams WHERE tenant_id = $1 ORDER BY name, id";
    MEMBERS = "SELECT m.team_id, u.id, u.display_name FROM team_members m JOIN users u ON u.tenant_id = m.tenant_id \
               AND u.id = m.user_id WHERE m.tenant_id = $1 ORDER BY u.display_name, u.id";
    RENAME = "UPDATE teams SET name = $3 WHERE tenant_id = $1 AND id = $2";
    CLEAR = "DELETE FROM team_members WHERE tenant_id = $1 AND team_id = $2";
    FORGET = "DELETE FROM teams WHERE tenant_id = $1 AND id = $2";
}

/// Makes a team without people.
///
/// # Errors
/// [`StoreError::Conflict`] over "team name" when the merchant has one of that name.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, name: &str) -> Result<TeamId, StoreError> {
    let (id, now): (TeamId, _) = (identifier::fresh(), tx.now());
    let row = values![scope.tenant, id, name, now];
    tx.execute(CREATE, row).await.map_err(|error| error.or_conflict("team name"))?;
    Ok(id)
}

/// The name of a team, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: TeamId) -> Result<String, StoreError> {
    let row = tx.first(FIND, values![scope.tenant, id]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "team" })?;
    let mut columns = row.columns();
    columns.id::<TeamId>()?;
    columns.text()
}

/// Every team of the merchant, by name.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Team>, StoreError> {
    let mut teams = Vec::new();
    for row in tx.all(LIST, values![scope.tenant]).await? {
        let mut columns = row.columns();
        teams.push(Team { id: columns.id()?, name: columns.text()?, members: Vec::new() });
    }
    for row in tx.all(MEMBERS, values![scope.tenant]).await? {
        let mut columns = row.columns();
        let team: TeamId = columns.id()?;
        let member = UserRef { id: columns.id()?, name: columns.text()? };
        if let Some(team) = teams.iter_mut().find(|known| known.id == team) {
            team.members.push(member);
        }
    }
    Ok(teams)
}

/// Gives it another name.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant, [`StoreError::Conflict`] over "team name" when it is taken.
pub async fn rename(tx: &mut Tx<'_>, scope: &Scope, id: TeamId, name: &str) -> Result<(), StoreError> {
    tx.change_one(RENAME, values![scope.tenant, id, name], "team")
        .await
        .map_err(|error| error.or_conflict("team name"))
}

/// Says who is in it from now on: people of the merchant.
///
/// # Errors
/// The database's error.
pub async fn set_members(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: TeamId,
    members: &[UserId],
) -> Result<(), StoreError> {
    tx.execute(CLEAR, values![scope.tenant, id]).await?;
    Bulk::into("team_members")
        .column("tenant_id", std::iter::repeat_n(scope.tenant, members.len()))
        .column("team_id", std::iter::repeat_n(id, members.len()))
        .column("user_id", members.iter().copied())
        .suffix("ON CONFLICT DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}

/// Dissolves it; its people stay.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant.
pub async fn forget(tx: &mut Tx<'_>, scope: &Scope, id: TeamId) -> Result<(), StoreError> {
    tx.execute(CLEAR, values![scope.tenant, id]).await?;
    tx.change_one(FORGET, values![scope.tenant, id], "team").await
}
