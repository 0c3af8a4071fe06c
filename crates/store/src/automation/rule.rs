//! The rules, and what there is that they can name.

use jiff::Timestamp;
use pingxin_domain::automation::{Existing, Happening, Reference, Rule};
use pingxin_domain::outbox::OutChannel;
use pingxin_domain::{MacroId, ProductId, Role, RuleId, Scope, UserId};

use crate::reference::UserRef;
use crate::sql::{Columns, statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A rule as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRule {
    /// Id.
    pub id: RuleId,
    /// The rule.
    pub rule: Rule,
    /// Grows with every change.
    pub version: u32,
}

/// A rule as the page of rules shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// The rule.
    pub stored: StoredRule,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: Option<UserRef>,
}

statements! {
    CREATE = "INSERT INTO automation_rules (tenant_id, id, place, happening, is_on, body, version, changed_at, changed_by) \
        SELECT $1, $2, coalesce((SELECT max(r.place) FROM automation_rules r WHERE r.tenant_id = $1), 0) + 1, $3, $4, $5, 1, \
        $6, $7";
    PUT = "UPDATE automation_rules SET happening = $3, is_on = $4, body = $5, version = version + 1, changed_at = $6, \
        changed_by = $7 WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL";
    DELETE = "UPDATE automation_rules SET deleted_at = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2 \
        AND deleted_at IS NULL";
    RESTORE = "UPDATE automation_rules SET deleted_at = NULL, version = version + 1 WHERE tenant_id = $1 AND id = $2 \
        AND deleted_at IS NOT NULL";
    SET_PLACE = "UPDATE automation_rules SET place = $3 WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL";
    LIST = "SELECT r.id, r.body, r.version, r.changed_at, r.changed_by, u.display_name FROM automation_rules r \
        LEFT JOIN users u ON u.tenant_id = r.tenant_id AND u.id = r.changed_by \
        WHERE r.tenant_id = $1 AND r.deleted_at IS NULL ORDER BY r.place, r.id";
    FIND = "SELECT r.id, r.body, r.version FROM automation_rules r WHERE r.tenant_id = $1 AND r.id = $2 \
        AND r.deleted_at IS NULL";
    LOCK = "SELECT r.id, r.body, r.version FROM automation_rules r WHERE r.tenant_id = $1 AND r.id = $2 \
        AND r.deleted_at IS NULL FOR UPDATE";
    OF_HAPPENING = "SELECT r.id, r.body, r.version FROM automation_rules r WHERE r.tenant_id = $1 AND r.happening = $2 \
        AND r.is_on AND r.deleted_at IS NULL ORDER BY r.place, r.id";
    SHOPS = "SELECT id FROM shops WHERE tenant_id = $1 AND ($2 OR id = ANY($3::uuid[]))";
    TAGS = "SELECT id FROM tags WHERE tenant_id = $1";
    TEAMS = "SELECT id FROM teams WHERE tenant_id = $1";
    PEOPLE = "SELECT id, role FROM users WHERE tenant_id = $1 AND disabled_at IS NULL";
    MACROS = "SELECT id FROM macros WHERE tenant_id = $1 AND owner_user_id IS NULL AND deleted_at IS NULL";
    CHANNELS = "SELECT channel FROM out_channels WHERE tenant_id = $1 AND switched_on";
    PRODUCTS = "SELECT id FROM products WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND ($3 OR shop_id = ANY($4::uuid[]))";
}

fn written(rule: &Rule) -> Result<String, StoreError> {
    serde_json::to_string(rule)
        .map_err(|error| StoreError::Corrupt { what: format!("a rule of automation: {error}") })
}

fn read(columns: &mut Columns<'_>) -> Result<StoredRule, StoreError> {
    Ok(StoredRule { id: columns.id()?, rule: columns.json()?, version: columns.small()? })
}

/// Keeps a rule, after the others.
///
/// # Errors
/// The database's error.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, rule: &Rule) -> Result<RuleId, StoreError> {
    let (id, now, body) = (identifier::fresh::<RuleId>(), tx.now(), written(rule)?);
    let row = values![scope.tenant, id, rule.when.code(), rule.is_on, body, now, scope.user()];
    tx.execute(CREATE, row).await?;
    Ok(id)
}

/// Changes a rule.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn put(tx: &mut Tx<'_>, scope: &Scope, id: RuleId, rule: &Rule) -> Result<(), StoreError> {
    let (now, body) = (tx.now(), written(rule)?);
    let row = values![scope.tenant, id, rule.when.code(), rule.is_on, body, now, scope.user()];
    tx.change_one(PUT, row, "rule").await
}

/// Takes a rule away; its runs stay.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: RuleId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.change_one(DELETE, values![scope.tenant, id, now], "rule").await
}

/// Brings a deleted rule back.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn restore(tx: &mut Tx<'_>, scope: &Scope, id: RuleId) -> Result<(), StoreError> {
    tx.change_one(RESTORE, values![scope.tenant, id], "rule").await
}

/// Puts rules in this order.
///
/// # Errors
/// [`StoreError::NotFound`] for one that is not there.
pub async fn set_order(tx: &mut Tx<'_>, scope: &Scope, ids: &[RuleId]) -> Result<(), StoreError> {
    for (place, id) in (1_u32..).zip(ids) {
        tx.change_one(SET_PLACE, values![scope.tenant, *id, place], "rule").await?;
    }
    Ok(())
}

/// Every rule in its order.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<RuleRow>, StoreError> {
    let rows = tx.all(LIST, values![scope.tenant]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let stored = read(&mut columns)?;
            Ok(RuleRow { stored, changed_at: columns.instant()?, changed_by: UserRef::read(&mut columns)? })
        })
        .collect()
}

/// One rule.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, id: RuleId) -> Result<Option<StoredRule>, StoreError> {
    tx.first(FIND, values![scope.tenant, id]).await?.map(|row| read(&mut row.columns())).transpose()
}

/// One rule, kept for this transaction: its runs of the hour are counted by one at a time.
///
/// # Errors
/// The database's error.
pub async fn lock_rule(tx: &mut Tx<'_>, scope: &Scope, id: RuleId) -> Result<Option<StoredRule>, StoreError> {
    tx.first(LOCK, values![scope.tenant, id]).await?.map(|row| read(&mut row.columns())).transpose()
}

/// The rules that wait for something and are on, in their order.
///
/// # Errors
/// The database's error.
pub async fn of_happening(
    tx: &mut Tx<'_>,
    scope: &Scope,
    happening: Happening,
) -> Result<Vec<StoredRule>, StoreError> {
    let rows = tx.all(OF_HAPPENING, values![scope.tenant, happening.code()]).await?;
    rows.iter().map(|row| read(&mut row.columns())).collect()
}

/// What there is within the scope that a rule can name; of products only those asked for.
///
/// # Errors
/// The database's error.
pub async fn existing(
    tx: &mut Tx<'_>,
    scope: &Scope,
    products: &[ProductId],
) -> Result<Existing, StoreError> {
    let mut found = Existing::new();
    let [all, shops] = shop::bounds(scope);
    for row in tx.all(SHOPS, vec![scope.tenant.into(), all.clone(), shops.clone()]).await? {
        found.insert(Reference::Shop(row.columns().id()?));
    }
    for row in tx.all(TAGS, values![scope.tenant]).await? {
        found.insert(Reference::Tag(row.columns().id()?));
    }
    for row in tx.all(TEAMS, values![scope.tenant]).await? {
        found.insert(Reference::Team(row.columns().id()?));
    }
    for row in tx.all(PEOPLE, values![scope.tenant]).await? {
        let mut columns = row.columns();
        let (id, role): (UserId, Role) = (columns.id()?, columns.code(Role::from_code)?);
        if role.may(pingxin_domain::Action::HandleCases) {
            found.insert(Reference::Person(id));
        }
    }
    for row in tx.all(MACROS, values![scope.tenant]).await? {
        found.insert(Reference::Macro(row.columns().id::<MacroId>()?));
    }
    for row in tx.all(CHANNELS, values![scope.tenant]).await? {
        found.insert(Reference::Channel(row.columns().code(OutChannel::from_code)?));
    }
    if !products.is_empty() {
        for row in tx.all(PRODUCTS, vec![scope.tenant.into(), products.into(), all, shops]).await? {
            found.insert(Reference::Product(row.columns().id()?));
        }
    }
    Ok(found)
}
