//! Changing a colleague: name, role, shops, shutting out and letting in again.

use pingxin_domain::{Action, Department, Role, Scope, ShopAccess, UserId};
use pingxin_store::user::UserRecord;
use pingxin_store::user::change::{self, UserChange};
use pingxin_store::{StoreError, Tx, audit, password_link, session, tenant, token, user};
use serde_json::{Value, json};

use super::colleague::check_name;
use super::place::Place;
use crate::{Desk, DeskError, Result, allow};

/// What is to be different; what is not said stays.
#[derive(Debug, Clone, Default)]
pub struct PersonChange {
    /// What colleagues call him.
    pub display_name: Option<String>,
    /// His role.
    pub role: Option<Role>,
    /// His department; a role that has none loses it by itself.
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: Option<ShopAccess>,
    /// Whether he is shut out.
    pub disabled: Option<bool>,
    /// Whether a supervisor looks at his messages before they go.
    pub reviewed: Option<bool>,
}

const LAST_OWNER: &str = "last owner";

/// Changes a colleague. A change of what he may do or see holds from the next request on and ends his sessions; one who
/// is shut out loses his tokens too.
///
/// # Errors
/// [`DeskError::Forbidden`] unless the role may; [`DeskError::NotFound`] for somebody or a shop outside the merchant;
/// [`DeskError::Refused`] for what does not go together, and for taking the last owner away.
pub async fn change(desk: &Desk, scope: &Scope, id: UserId, asked: &PersonChange) -> Result<()> {
    allow(scope, Action::ManagePeople)?;
    let name = asked.display_name.as_deref().map(check_name).transpose().map_err(DeskError::Refused)?;
    let name = name.as_deref();
    let before = desk.store.read(|tx| Box::pin(async move { user::find(tx, scope, id).await })).await?;
    placed(&before.ok_or(DeskError::NotFound)?, asked).check()?;
    let changed = desk.store.write(|tx| {
        Box::pin(async move {
            // Two owners who shut each other out at the same moment wait for one another here.
            tenant::lock(tx, scope).await?;
            let before = user::find(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "user" })?;
            write(tx, scope, &before, name, asked).await
        })
    });
    match changed.await {
        Err(StoreError::Conflict { what: LAST_OWNER }) => Err(DeskError::refused(
            "这是最后一位店主，不能停用或改成其他角色；请先让另一位同事成为店主",
            "this is the last owner and can be neither shut out nor given another role; make somebody else an owner first",
        )),
        other => Ok(other?),
    }
}

fn placed(before: &UserRecord, asked: &PersonChange) -> Place {
    let role = asked.role.unwrap_or(before.role);
    let kept = before.department.filter(|_| role == Role::Department);
    // Whoever becomes an owner sees everything.
    let kept_shops = if asked.role == Some(Role::Owner) { ShopAccess::All } else { before.shops.clone() };
    Place { role, department: asked.department.or(kept), shops: asked.shops.clone().unwrap_or(kept_shops) }
}

async fn write(
    tx: &mut Tx<'_>,
    scope: &Scope,
    before: &UserRecord,
    name: Option<&str>,
    asked: &PersonChange,
) -> std::result::Result<(), StoreError> {
    let (place, id) = (placed(before, asked), before.id);
    place.check_shops(tx, scope).await?;
    let was_out = before.disabled_at.is_some();
    let disabled = asked.disabled.unwrap_or(was_out);
    let owns = |role, out: bool| role == Role::Owner && !out;
    if owns(before.role, was_out)
        && !owns(place.role, disabled)
        && !change::has_other_owner(tx, scope, id).await?
    {
        return Err(StoreError::Conflict { what: LAST_OWNER });
    }
    let display_name = name.unwrap_or(&before.display_name);
    let change =
        UserChange { display_name, role: place.role, department: place.department, shops: &place.shops };
    change::update(tx, scope, id, &change).await?;
    match (was_out, disabled) {
        (false, true) => change::disable(tx, scope, id).await?,
        (true, false) => change::enable(tx, scope, id).await?,
        _ => {}
    }
    let reviewed = asked.reviewed.unwrap_or(before.reviewed);
    if reviewed != before.reviewed {
        change::set_reviewed(tx, scope, id, reviewed).await?;
    }
    let mut detail = difference(before, &change, was_out, disabled);
    if reviewed != before.reviewed {
        detail.insert("reviewed".into(), json!({ "from": before.reviewed, "to": reviewed }));
    }
    let rights = ["role", "department", "shops", "disabled"];
    if detail.keys().any(|key| rights.contains(&key.as_str())) {
        let now = tx.now();
        let ended = session::revoke_all_of(tx, scope, id, now).await?;
        detail.insert("sessions_ended".into(), json!(ended));
    }
    if disabled {
        token::forget_all_of(tx, scope, id).await?;
        password_link::forget(tx, scope, id).await?;
    }
    if detail.is_empty() {
        return Ok(());
    }
    audit::append(tx, scope, "person.changed", "user", &id.to_string(), &Value::Object(detail)).await
}

/// What is different, as the audit keeps it.
fn difference(
    before: &UserRecord,
    after: &UserChange<'_>,
    was_out: bool,
    disabled: bool,
) -> serde_json::Map<String, Value> {
    let shops = |access: &ShopAccess| match access {
        ShopAccess::All => json!("all"),
        ShopAccess::Only(shops) => json!(shops),
    };
    let pairs = [
        ("display_name", json!(before.display_name), json!(after.display_name)),
        ("role", json!(before.role), json!(after.role)),
        ("department", json!(before.department), json!(after.department)),
        ("shops", shops(&before.shops), shops(after.shops)),
        ("disabled", json!(was_out), json!(disabled)),
    ];
    let different = pairs.into_iter().filter(|(_, from, to)| from != to);
    different.map(|(key, from, to)| (key.to_owned(), json!({ "from": from, "to": to }))).collect()
}
