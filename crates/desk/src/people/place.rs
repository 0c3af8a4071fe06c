//! What somebody is in the team: role, department, shops. Checked in one place for everybody who is added, invited or
//! changed.

use pingxin_domain::{Department, Role, Scope, ShopAccess};
use pingxin_store::{StoreError, Tx, shop};

use crate::{DeskError, Result};

/// Role, department and shops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The role; an owner sees every shop.
    pub role: Role,
    /// The department; exactly with [`Role::Department`].
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: ShopAccess,
}

impl Place {
    /// Refuses what does not go together.
    pub(super) fn check(&self) -> Result<()> {
        if (self.role == Role::Department) != self.department.is_some() {
            return Err(DeskError::refused(
                "「其他部门」角色要选一个部门，别的角色不选部门",
                "the role `department` needs a department, and no other role has one",
            ));
        }
        if self.role == Role::Owner && self.shops != ShopAccess::All {
            return Err(DeskError::refused("店主总能看到所有店铺", "an owner always sees every shop"));
        }
        Ok(())
    }

    /// Refuses a shop that is not there, or is another merchant's, or outside the scope: nobody is told which.
    pub(super) async fn check_shops(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
    ) -> std::result::Result<(), StoreError> {
        let ShopAccess::Only(shops) = &self.shops else { return Ok(()) };
        let known = shop::list(tx, scope).await?;
        if shops.iter().all(|id| known.iter().any(|shop| shop.id == *id)) {
            Ok(())
        } else {
            Err(StoreError::NotFound { what: "shop" })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_department_and_shops_go_together() {
        let place = |role, department, shops| Place { role, department, shops }.check().is_ok();
        let some = || ShopAccess::Only(vec![]);
        assert!(place(Role::Agent, None, some()) && place(Role::Owner, None, ShopAccess::All));
        assert!(place(Role::Department, Some(Department::Finance), some()));
        assert!(!place(Role::Department, None, ShopAccess::All));
        assert!(!place(Role::Agent, Some(Department::Finance), ShopAccess::All));
        assert!(!place(Role::Owner, None, some()));
    }
}
