//! Open invitations into a team. Only the hash of a link's token is kept; one that is used or taken back goes.

use jiff::Timestamp;
use pingxin_domain::{Department, InvitationId, Role, Scope, ShopAccess, TenantId};

use crate::reference::UserRef;
use crate::sql::{Bulk, Columns, statements, values};
use crate::{StoreError, Tx, identifier};

/// An invitation to write.
#[derive(Debug, Clone)]
pub struct NewInvitation<'a> {
    /// Hash of the token in its link.
    pub token_hash: [u8; 32],
    /// How others will see whoever comes.
    pub display_name: &'a str,
    /// His role.
    pub role: Role,
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
    /// The shops he may see; the merchant's.
    pub shops: &'a ShopAccess,
    /// When the link ends.
    pub expires_at: Timestamp,
}

/// An invitation as stored.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// The merchant.
    pub tenant: TenantId,
    /// How others will see whoever comes.
    pub display_name: String,
    /// His role.
    pub role: Role,
    /// His department, when the role is one of a department.
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: ShopAccess,
    /// When it was written, or sent again.
    pub created_at: Timestamp,
    /// When the link ends.
    pub expires_at: Timestamp,
    /// Who wrote it; nobody for the command line.
    pub created_by: Option<UserRef>,
}

macro_rules! columns {
    () => {
        "i.id, i.tenant_id, i.display_name, i.role, i.department, i.all_shops, i.created_at, i.expires_at, u.id, \
         u.display_name FROM invitations i LEFT JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.created_by"
    };
}

statements! {
    CREATE = "INSERT INTO invitations (tenant_id, id, token_hash, display_name, role, department, all_shops, \
              created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    RENEW = "UPDATE invitations SET token_hash = $3, created_at = $4, expires_at = $5 \
             WHERE tenant_id = $1 AND id = $2";
    BY_TOKEN = concat!("SELECT ", columns!(), " WHERE i.token_hash = $1 AND i.expires_at > $2");
    LIST = concat!("SELECT ", columns!(), " WHERE i.tenant_id = $1 ORDER BY i.created_at DESC, i.id");
    SHOPS = "SELECT shop_id FROM invitation_shops WHERE tenant_id = $1 AND invitation_id = $2 ORDER BY shop_id";
    FORGET_SHOPS = "DELETE FROM invitation_shops WHERE tenant_id = $1 AND invitation_id = $2";
    FORGET = "DELETE FROM invitations WHERE tenant_id = $1 AND id = $2";
    FORGET_OLD_SHOPS = "DELETE FROM invitation_shops WHERE tenant_id = $1 AND invitation_id IN \
                        (SELECT i.id FROM invitations i WHERE i.tenant_id = $1 AND i.expires_at < $2)";
    FORGET_OLD = "DELETE FROM invitations WHERE tenant_id = $1 AND expires_at < $2";
}

fn read(mut row: Columns<'_>) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        id: row.id()?,
        tenant: row.id()?,
        display_name: row.text()?,
        role: row.code(Role::from_code)?,
        department: row.opt_code(Department::from_code)?,
        shops: if row.bool()? { ShopAccess::All } else { ShopAccess::Only(Vec::new()) },
        created_at: row.instant()?,
        expires_at: row.instant()?,
        created_by: match (row.opt_id()?, row.opt_text()?) {
            (Some(id), Some(name)) => Some(UserRef { id, name }),
            _ => None,
        },
    })
}

async fn with_shops(tx: &mut Tx<'_>, mut invitation: Invitation) -> Result<Invitation, StoreError> {
    if let ShopAccess::Only(shops) = &mut invitation.shops {
        for row in tx.all(SHOPS, values![invitation.tenant, invitation.id]).await? {
            shops.push(row.columns().id()?);
        }
    }
    Ok(invitation)
}

/// Writes an invitation.
///
/// # Errors
/// The database's error.
pub async fn create(
    tx: &mut Tx<'_>,
    scope: &Scope,
    new: &NewInvitation<'_>,
) -> Result<InvitationId, StoreError> {
    let (id, now): (InvitationId, _) = (identifier::fresh(), tx.now());
    let row = values![
        scope.tenant,
        id,
        &new.token_hash,
        new.display_name,
        new.role.code(),
        new.department.map(Department::code),
        *new.shops == ShopAccess::All,
        scope.user(),
        now,
        new.expires_at
    ];
    tx.execute(CREATE, row).await?;
    if let ShopAccess::Only(shops) = new.shops {
        Bulk::into("invitation_shops")
            .column("tenant_id", std::iter::repeat_n(scope.tenant, shops.len()))
            .column("invitation_id", std::iter::repeat_n(id, shops.len()))
            .column("shop_id", shops.iter().copied())
            .suffix("ON CONFLICT DO NOTHING")
            .run(tx)
            .await?;
    }
    Ok(id)
}

/// Gives it a new link; the old one is good no more.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant, or when it was used meanwhile.
pub async fn renew(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: InvitationId,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.change_one(RENEW, values![scope.tenant, id, token_hash, now, expires_at], "invitation").await
}

/// The invitation of a link that is still good.
///
/// # Errors
/// The database's error.
pub async fn by_token(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Invitation>, StoreError> {
    let Some(row) = tx.first(BY_TOKEN, values![token_hash, now]).await? else { return Ok(None) };
    let invitation = read(row.columns())?;
    with_shops(tx, invitation).await.map(Some)
}

/// Every open invitation of the merchant, the newest first; those whose link ended too.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Invitation>, StoreError> {
    let mut invitations = Vec::new();
    for row in tx.all(LIST, values![scope.tenant]).await? {
        let invitation = read(row.columns())?;
        invitations.push(with_shops(tx, invitation).await?);
    }
    Ok(invitations)
}

/// Takes it back, or uses it up: of two at the same moment one finds nothing.
///
/// # Errors
/// [`StoreError::NotFound`] outside the merchant, or when it was used meanwhile.
pub async fn forget(tx: &mut Tx<'_>, scope: &Scope, id: InvitationId) -> Result<(), StoreError> {
    tx.execute(FORGET_SHOPS, values![scope.tenant, id]).await?;
    tx.change_one(FORGET, values![scope.tenant, id], "invitation").await
}

/// Forgets those whose link ended before an instant; says how many.
///
/// # Errors
/// The database's error.
pub async fn forget_before(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_OLD_SHOPS, values![scope.tenant, before]).await?;
    tx.execute(FORGET_OLD, values![scope.tenant, before]).await
}
