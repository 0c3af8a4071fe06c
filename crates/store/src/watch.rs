//! Cases that somebody keeps an eye on though they are not his 关注.

use jiff::Timestamp;
use pingxin_domain::case::CaseState;
use pingxin_domain::{CaseId, Scope, ShopId, UserId};

use crate::reference::{ShopRef, UserRef};
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// A case that somebody watches.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: u64,
    /// Its shop.
    pub shop: ShopRef,
    /// How far it has come.
    pub state: CaseState,
    /// Who has it.
    pub owner: Option<UserRef>,
    /// When anything of it last changed.
    pub updated_at: Timestamp,
    /// Since when he watches it.
    pub since: Timestamp,
    /// Until when; none for as long as he likes.
    pub until: Option<Timestamp>,
}

statements! {
    SET = "INSERT INTO case_watches (tenant_id, user_id, case_id, shop_id, since, until_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (tenant_id, user_id, case_id) DO UPDATE SET until_at = excluded.until_at";
    CLEAR = "DELETE FROM case_watches WHERE tenant_id = $1 AND user_id = $2 AND case_id = $3";
    LIST = "SELECT w.case_id, c.number, s.id, s.name, s.platform, c.state, c.owner_user_id, u.display_name, c.updated_at, \
        w.since, w.until_at FROM case_watches w \
        JOIN cases c ON c.tenant_id = w.tenant_id AND c.id = w.case_id \
        JOIN shops s ON s.tenant_id = w.tenant_id AND s.id = w.shop_id \
        LEFT JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.owner_user_id \
        WHERE w.tenant_id = $1 AND w.user_id = $2 AND (w.until_at IS NULL OR w.until_at > $3) \
        AND ($4 OR w.shop_id = ANY($5::uuid[])) ORDER BY c.updated_at DESC, c.number DESC LIMIT 500";
}

/// Somebody keeps an eye on a case, until an instant or for as long as he likes. The caller knows that the case is in the
/// scope.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn set(
    tx: &mut Tx<'_>,
    scope: &Scope,
    user: UserId,
    (case, of): (CaseId, ShopId),
    until: Option<Timestamp>,
) -> Result<(), StoreError> {
    shop::require(scope, of)?;
    let now = tx.now();
    tx.execute(SET, values![scope.tenant, user, case, of, now, until]).await.map(drop)
}

/// He does no longer. Answers whether he did.
///
/// # Errors
/// The database's error.
pub async fn clear(tx: &mut Tx<'_>, scope: &Scope, user: UserId, case: CaseId) -> Result<bool, StoreError> {
    Ok(tx.execute(CLEAR, values![scope.tenant, user, case]).await? > 0)
}

/// What somebody watches now, what changed last first; at most 500.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope, user: UserId) -> Result<Vec<Watched>, StoreError> {
    let mut asked = values![scope.tenant, user, tx.now()];
    asked.extend(shop::bounds(scope));
    let rows = tx.all(LIST, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(Watched {
                case: columns.id()?,
                number: columns.unsigned()?,
                shop: ShopRef::read(&mut columns)?,
                state: columns.code(CaseState::from_code)?,
                owner: UserRef::read(&mut columns)?,
                updated_at: columns.instant()?,
                since: columns.instant()?,
                until: columns.opt_instant()?,
            })
        })
        .collect()
}
