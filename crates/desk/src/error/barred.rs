//! Why somebody may not do something, in words that say who may.

use pingxin_domain::Say;
use pingxin_domain::{Action, Role, Scope};

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// The role does not allow it.
    Role(Role, Action),
    /// The role would, the token was not given it.
    Token(Action),
}

impl Barred {
    /// What stands in the way of this action, if anything does.
    #[must_use]
    pub fn of(scope: &Scope, action: Action) -> Option<Self> {
        if !scope.role.may(action) {
            Some(Self::Role(scope.role, action))
        } else if !scope.actions.covers(action) {
            Some(Self::Token(action))
        } else {
            None
        }
    }

    /// The action.
    #[must_use]
    pub fn action(self) -> Action {
        match self {
            Self::Role(_, action) | Self::Token(action) => action,
        }
    }

    pub(super) fn who(self) -> &'static str {
        match self {
            Self::Role(..) => "the role does",
            Self::Token(_) => "the token does",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::Token(action) if action.fits_token() => Say::new(
                format!("这个令牌没有「{}」权限，请另建一个令牌", action.code()),
                format!("this token may not `{}`; make one that may", action.code()),
            ),
            Self::Token(_) => Say::new(
                "令牌不能管理同事和令牌，请在网页上操作",
                "no token may change people or tokens; do it on the pages",
            ),
            Self::Role(Role::Department, _) => Say::new(
                "其他部门的账号只能查看和回复本部门的任务",
                "an account of another department only sees and answers its own tasks",
            ),
            Self::Role(_, action) if Role::Agent.may(action) => {
                Say::new("只读账号不能修改", "a read-only account cannot change anything")
            }
            Self::Role(_, action) if Role::Supervisor.may(action) => {
                Say::new("需要主管或店主来做", "a supervisor or the owner may do this")
            }
            Self::Role(..) => Say::new("只有店主可以这样做", "only the owner may do this"),
        }
    }
}

#[cfg(test)]
mod tests {
    use pingxin_domain::identifiers::Identifier;
    use pingxin_domain::{ActionAccess, Actor, TenantId};

    use super::*;

    fn said(role: Role, actions: ActionAccess, action: Action) -> String {
        let tenant = TenantId::from_uuid(uuid::Uuid::nil());
        let scope = Scope { actions, ..Scope::whole(tenant, Actor::System, role) };
        Barred::of(&scope, action).map(|barred| barred.say().en).unwrap_or_default()
    }

    #[test]
    fn each_is_told_what_would_help() {
        let all = || ActionAccess::All;
        assert_eq!(said(Role::Owner, all(), Action::ManagePeople), "");
        assert!(said(Role::Department, all(), Action::ReadReviews).contains("its own tasks"));
        assert!(said(Role::ReadOnly, all(), Action::HandleCases).contains("read-only"));
        assert!(said(Role::Agent, all(), Action::ExportLists).contains("supervisor"));
        assert!(said(Role::Supervisor, all(), Action::ManageShops).contains("only the owner"));
        let some = || ActionAccess::Only(vec![Action::ReadCases]);
        assert!(said(Role::Owner, some(), Action::ReadReviews).contains("`review.read`"));
        assert!(said(Role::Owner, some(), Action::ManagePeople).contains("no token"));
        assert_eq!(said(Role::Owner, some(), Action::ReadCases), "");
    }
}
