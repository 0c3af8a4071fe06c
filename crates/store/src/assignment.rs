//! Who gets a case: the rules, what people are good at, what they have, and the cases that nobody has.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use pingxin_domain::assignment::{FreeCase, Rule};
use pingxin_domain::{CaseId, ReviewId, Scope, TenantId, UserId};
use serde::Deserialize;

use crate::sql::{Bulk, Row, statements, values};
use crate::{StoreError, Tx};

statements! {
    SET = "INSERT INTO assignment_rules (tenant_id, body, set_at, set_by) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant_id) DO UPDATE SET body = excluded.body, set_at = excluded.set_at, set_by = excluded.set_by";
    RULES = "SELECT body FROM assignment_rules WHERE tenant_id = $1";
    TENANTS = "SELECT tenant_id FROM assignment_rules WHERE body <> '[]'";
    SKILLS = "SELECT user_id, skill FROM user_skills WHERE tenant_id = $1 ORDER BY user_id, skill";
    CLEAR_SKILLS = "DELETE FROM user_skills WHERE tenant_id = $1 AND user_id = $2";
    GIVEN = "SELECT id, last_given_at FROM users WHERE tenant_id = $1 AND last_given_at IS NOT NULL";
    MARK_GIVEN = "UPDATE users SET last_given_at = $3 WHERE tenant_id = $1 AND id = $2";
    LOADS = "SELECT owner_user_id, count(*) FROM cases WHERE tenant_id = $1 AND state IN ('open', 'in_progress', 'waiting') \
        AND owner_user_id IS NOT NULL GROUP BY owner_user_id";
    FREE = "SELECT c.id, c.severity, c.number, c.shop_id, c.primary_cause, r.language FROM cases c \
        LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        WHERE c.tenant_id = $1 AND c.owner_user_id IS NULL AND c.state = 'open' \
        AND (c.severity < $2 OR (c.severity = $2 AND c.number > $3)) ORDER BY c.severity DESC, c.number LIMIT $4";
    FREE_ONE = "SELECT c.id, c.severity, c.number, c.shop_id, c.primary_cause, r.language FROM cases c \
        LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        WHERE c.tenant_id = $1 AND c.id = $2 AND c.owner_user_id IS NULL AND c.state = 'open'";
    LOST = "SELECT e.case_id, e.body FROM case_events e WHERE e.tenant_id = $1 AND e.case_id = ANY($2::uuid[]) \
        AND e.kind = 'released'";
    REMOVABLE = "SELECT review_id FROM removal_findings WHERE tenant_id = $1 AND review_id = ANY($2::uuid[]) \
        AND verdict = 'eligible'";
}

/// Says by which rules cases are given, in their order.
///
/// # Errors
/// The database's error.
pub async fn set_rules(tx: &mut Tx<'_>, scope: &Scope, rules: &[Rule]) -> Result<(), StoreError> {
    let body = serde_json::to_string(rules)
        .map_err(|error| StoreError::Corrupt { what: format!("rules of assignment: {error}") })?;
    let now = tx.now();
    tx.execute(SET, values![scope.tenant, body, now, scope.user()]).await.map(drop)
}

/// The rules in their order; none unless somebody made some.
///
/// # Errors
/// The database's error.
pub async fn rules(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Rule>, StoreError> {
    let row = tx.first(RULES, values![scope.tenant]).await?;
    row.map_or(Ok(Vec::new()), |row| row.columns().json())
}

/// The merchants with rules.
///
/// # Errors
/// The database's error.
pub async fn tenants(tx: &mut Tx<'_>) -> Result<Vec<TenantId>, StoreError> {
    tx.all(TENANTS, Vec::new()).await?.iter().map(|row| row.columns().id()).collect()
}

/// What people are good at.
///
/// # Errors
/// The database's error.
pub async fn skills(tx: &mut Tx<'_>, scope: &Scope) -> Result<HashMap<UserId, BTreeSet<String>>, StoreError> {
    let mut skills: HashMap<UserId, BTreeSet<String>> = HashMap::new();
    for row in tx.all(SKILLS, values![scope.tenant]).await? {
        let mut columns = row.columns();
        skills.entry(columns.id()?).or_default().insert(columns.text()?);
    }
    Ok(skills)
}

/// Says what somebody of the merchant is good at.
///
/// # Errors
/// The database's error.
pub async fn set_skills(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    skills: &BTreeSet<String>,
) -> Result<(), StoreError> {
    tx.execute(CLEAR_SKILLS, values![scope.tenant, user]).await?;
    Bulk::into("user_skills")
        .column("tenant_id", std::iter::repeat_n(scope.tenant, skills.len()))
        .column("user_id", std::iter::repeat_n(user, skills.len()))
        .column("skill", skills.iter().map(String::as_str))
        .run(tx)
        .await
        .map(drop)
}

/// When people last got a case by a rule.
///
/// # Errors
/// The database's error.
pub async fn last_given(tx: &mut Tx<'_>, scope: &Scope) -> Result<HashMap<UserId, Timestamp>, StoreError> {
    let rows = tx.all(GIVEN, values![scope.tenant]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.instant()?))
        })
        .collect()
}

/// Notes that somebody got a case by a rule.
///
/// # Errors
/// The database's error.
pub async fn mark_given(tx: &mut Tx<'_>, scope: &Scope, user: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.execute(MARK_GIVEN, values![scope.tenant, user, now]).await.map(drop)
}

/// How many live cases people have.
///
/// # Errors
/// The database's error.
pub async fn loads(tx: &mut Tx<'_>, scope: &Scope) -> Result<HashMap<UserId, u32>, StoreError> {
    let rows = tx.all(LOADS, values![scope.tenant]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.small()?))
        })
        .collect()
}

/// A place in the list of cases that nobody has: severity, number.
pub type Place = (u8, u64);

/// Before the first of them.
pub const START: Place = (u8::MAX, 0);

/// Some cases that nobody has, the most severe first, after a place in that order.
///
/// # Errors
/// The database's error.
pub async fn free(
    tx: &mut Tx<'_>,
    scope: &Scope,
    after: Place,
    most: u32,
) -> Result<Vec<(CaseId, Place, FreeCase)>, StoreError> {
    let (severity, number) = after;
    let rows = tx.all(FREE, values![scope.tenant, severity, number, most]).await?;
    read_free(tx, scope, &rows).await
}

/// One case, if nobody has it and it is open. The caller has asked whether he may see it.
///
/// # Errors
/// The database's error.
pub async fn free_one(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
) -> Result<Option<(CaseId, Place, FreeCase)>, StoreError> {
    let rows = tx.all(FREE_ONE, values![scope.tenant, case]).await?;
    Ok(read_free(tx, scope, &rows).await?.pop())
}

async fn read_free(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rows: &[Row],
) -> Result<Vec<(CaseId, Place, FreeCase)>, StoreError> {
    let mut found = Vec::new();
    for row in rows {
        let mut columns = row.columns();
        let (id, severity, number) = (columns.id()?, columns.byte()?, columns.unsigned()?);
        let case = FreeCase {
            shop: columns.id()?,
            cause: columns.opt_code(|code| code.parse().ok())?,
            language: columns.opt_code(|code| code.parse().ok())?,
            severity,
            lost_by: Vec::new(),
        };
        found.push((id, (severity, number), case));
    }
    let ids: Vec<CaseId> = found.iter().map(|(id, ..)| *id).collect();
    for row in tx.all(LOST, values![scope.tenant, ids.as_slice()]).await? {
        let mut columns = row.columns();
        let id: CaseId = columns.id()?;
        let lost: Lost = columns.json()?;
        let Some(owner) = lost.owner.filter(|_| lost.why.as_deref() == Some("silent")) else { continue };
        if let Some((.., case)) = found.iter_mut().find(|(known, ..)| *known == id) {
            case.lost_by.push(owner.id);
        }
    }
    Ok(found)
}

/// Who lost a case, and why.
#[derive(Deserialize)]
struct Lost {
    owner: Option<Loser>,
    why: Option<String>,
}

#[derive(Deserialize)]
struct Loser {
    id: UserId,
}

/// Those of some reviews that the rules let be removed. The caller has asked whether he may see them.
///
/// # Errors
/// The database's error.
pub async fn removable(
    tx: &mut Tx<'_>,
    scope: &Scope,
    reviews: &[ReviewId],
) -> Result<BTreeSet<ReviewId>, StoreError> {
    let rows = tx.all(REMOVABLE, values![scope.tenant, reviews]).await?;
    rows.iter().map(|row| row.columns().id()).collect()
}
