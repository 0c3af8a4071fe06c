//! Who asks, for which merchant, and what he may do. A [`Scope`] is a parameter of every store call.

use serde::{Deserialize, Serialize};

use crate::Department;
use crate::identifiers::{ShopId, TenantId, TokenId, UserId};

/// What a person is in the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the merchant's account: everything.
    Owner,
    /// 主管: runs the team and approves.
    Supervisor,
    /// 客服: works on cases.
    Agent,
    /// Looks, changes nothing.
    ReadOnly,
    /// Another department (warehouse, courier liaison, product, finance): sees and answers its own tasks only.
    Department,
}

/// Something a person may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read reviews and orders.
    ReadReviews,
    /// Read cases.
    ReadCases,
    /// Take, release and annotate cases.
    HandleCases,
    /// Give a case to somebody else.
    AssignCases,
    /// Bring in files.
    CreateImports,
    /// See imports and their failed rows.
    ReadImports,
    /// Add and change shops.
    ManageShops,
    /// Add and change people.
    ManagePeople,
    /// Take lists out as files.
    ExportLists,
    /// Wipe the demo.
    WipeDemo,
    /// See who is in the team.
    ReadPeople,
    /// See a buyer's contact in full; each time is an entry of the audit.
    RevealContacts,
    /// Put tags on reviews and take them off.
    TagReviews,
    /// Make, rename and delete tags.
    ManageTags,
    /// Share saved views with the team, and change those that others shared.
    ShareViews,
    /// Read the audit.
    ReadAudit,
    /// Change the days on which the team works.
    ManageCalendar,
    /// Make and see backups.
    ManageBackups,
    /// See tasks for other departments; a department sees its own.
    ReadTasks,
    /// Answer tasks; a department answers its own.
    AnswerTasks,
    /// Make tokens for programs, for oneself.
    UseTokens,
    /// Correct what the machine read in a review, and take a correction back.
    CorrectReadings,
    /// Train the text models from corrections, and keep the words of shops.
    ManageReading,
    /// Let held texts pass or send them back, and see what was said in chats.
    ReviewTexts,
    /// Make the guard stricter for a shop.
    ManageGuard,
    /// Agree to compensations, note what was paid, and verify incentives.
    ApproveMoney,
    /// Say what may be given to buyers, and what agents earn.
    ManageMoney,
    /// Write and put away reply scripts.
    ManageScripts,
    /// Set up mail server, webhook and robots.
    ManageChannels,
    /// Make rules of automation and shared macros.
    ManageAutomation,
}

impl Action {
    /// Every action there is.
    pub const ALL: [Self; 30] = [
        Self::ReadReviews,
        Self::ReadCases,
        Self::HandleCases,
        Self::AssignCases,
        Self::CreateImports,
        Self::ReadImports,
        Self::ManageShops,
        Self::ManagePeople,
        Self::ExportLists,
        Self::WipeDemo,
        Self::ReadPeople,
        Self::RevealContacts,
        Self::TagReviews,
        Self::ManageTags,
        Self::ShareViews,
        Self::ReadAudit,
        Self::ManageCalendar,
        Self::ManageBackups,
        Self::ReadTasks,
        Self::AnswerTasks,
        Self::UseTokens,
        Self::CorrectReadings,
        Self::ManageReading,
        Self::ReviewTexts,
        Self::ManageGuard,
        Self::ApproveMoney,
        Self::ManageMoney,
        Self::ManageScripts,
        Self::ManageChannels,
        Self::ManageAutomation,
    ];

    /// The name the API shows, such as `review.read`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ReadReviews => "review.read",
            Self::ReadCases => "case.read",
            Self::HandleCases => "case.handle",
            Self::AssignCases => "case.assign",
            Self::CreateImports => "import.create",
            Self::ReadImports => "import.read",
            Self::ManageShops => "shop.manage",
            Self::ManagePeople => "person.manage",
            Self::ExportLists => "list.export",
            Self::WipeDemo => "demo.wipe",
            Self::ReadPeople => "person.read",
            Self::RevealContacts => "contact.reveal",
            Self::TagReviews => "review.tag",
            Self::ManageTags => "tag.manage",
            Self::ShareViews => "view.share",
            Self::ReadAudit => "audit.read",
            Self::ManageCalendar => "calendar.manage",
            Self::ManageBackups => "backup.manage",
            Self::ReadTasks => "task.read",
            Self::AnswerTasks => "task.answer",
            Self::UseTokens => "token.use",
            Self::CorrectReadings => "review.correct",
            Self::ManageReading => "reading.manage",
            Self::ReviewTexts => "guard.review",
            Self::ManageGuard => "guard.manage",
            Self::ApproveMoney => "money.approve",
            Self::ManageMoney => "money.manage",
            Self::ManageScripts => "script.manage",
            Self::ManageChannels => "channel.manage",
            Self::ManageAutomation => "automation.manage",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }

    /// Whether a token may ever be given it. One that could change people or make tokens would outlive its own end; one that
    /// could change where messages go would read them.
    #[must_use]
    pub fn fits_token(self) -> bool {
        !matches!(self, Self::ManagePeople | Self::UseTokens | Self::ManageChannels)
    }
}

impl Role {
    /// Every role there is.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Supervisor, Self::Agent, Self::ReadOnly, Self::Department];

    /// The code kept in the store and shown by the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Supervisor => "supervisor",
            Self::Agent => "agent",
            Self::ReadOnly => "read_only",
            Self::Department => "department",
        }
    }

    /// Reads a stored code; an unknown one gives nobody any right.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The table role × action.
    #[must_use]
    pub fn may(self, action: Action) -> bool {
        match action {
            Action::ReadTasks => true,
            Action::AnswerTasks => self != Self::ReadOnly,
            _ if self == Self::Department => false,
            Action::ReadReviews | Action::ReadCases | Action::ReadImports | Action::ReadPeople => true,
            Action::HandleCases
            | Action::CreateImports
            | Action::RevealContacts
            | Action::TagReviews
            | Action::CorrectReadings
            | Action::UseTokens => self != Self::ReadOnly,
            Action::AssignCases
            | Action::ExportLists
            | Action::ManageTags
            | Action::ShareViews
            | Action::ReadAudit
            | Action::ReviewTexts
            | Action::ApproveMoney
            | Action::ManageScripts
            | Action::ManageAutomation
            | Action::ManageCalendar => matches!(self, Self::Owner | Self::Supervisor),
            Action::ManageShops
            | Action::ManagePeople
            | Action::WipeDemo
            | Action::ManageBackups
            | Action::ManageReading
            | Action::ManageMoney
            | Action::ManageGuard
            | Action::ManageChannels => self == Self::Owner,
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person.
    User(UserId),
    /// A program with the token that a person made for it.
    Token {
        /// The person.
        user: UserId,
        /// The token.
        token: TokenId,
    },
    /// The command line on the merchant's own machine.
    CommandLine,
    /// The program itself (jobs, timers).
    System,
}

/// Which shops of the merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShopAccess {
    /// All of them, also those added later.
    All,
    /// Only these; an empty list is none.
    Only(Vec<ShopId>),
}

impl ShopAccess {
    /// Whether this shop is among them.
    #[must_use]
    pub fn covers(&self, shop: ShopId) -> bool {
        match self {
            Self::All => true,
            Self::Only(shops) => shops.contains(&shop),
        }
    }
}

/// Which of the actions that his role allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionAccess {
    /// All of them.
    All,
    /// Only these; an empty list is none. A token's.
    Only(Vec<Action>),
}

impl ActionAccess {
    /// Whether this action is among them.
    #[must_use]
    pub fn covers(&self, action: Action) -> bool {
        match self {
            Self::All => true,
            Self::Only(actions) => actions.contains(&action),
        }
    }
}

/// The bounds of one request: the merchant, who acts, in what role, on which shops, with which of the role's actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The merchant.
    pub tenant: TenantId,
    /// Who acts; never empty, the audit names him.
    pub actor: Actor,
    /// His role.
    pub role: Role,
    /// His department, when the role is [`Role::Department`].
    pub department: Option<Department>,
    /// The shops he may see.
    pub shops: ShopAccess,
    /// The actions he may do, as far as the role allows them too.
    pub actions: ActionAccess,
}

impl Scope {
    /// The program's own bounds within one merchant.
    #[must_use]
    pub fn system(tenant: TenantId) -> Self {
        Self::whole(tenant, Actor::System, Role::Owner)
    }

    /// The bounds of somebody at the machine's own command line.
    #[must_use]
    pub fn command_line(tenant: TenantId) -> Self {
        Self::whole(tenant, Actor::CommandLine, Role::Owner)
    }

    /// All shops and every action of a role.
    #[must_use]
    pub fn whole(tenant: TenantId, actor: Actor, role: Role) -> Self {
        Self { tenant, actor, role, department: None, shops: ShopAccess::All, actions: ActionAccess::All }
    }

    /// Whether role and token allow the action.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        self.role.may(action) && self.actions.covers(action)
    }

    /// The person behind, when it is one.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        match self.actor {
            Actor::User(user) | Actor::Token { user, .. } => Some(user),
            Actor::CommandLine | Actor::System => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_rights_is_what_we_promise() {
        let rights = |role: Role| Action::ALL.into_iter().filter(|action| role.may(*action)).count();
        assert_eq!(rights(Role::Owner), Action::ALL.len());
        assert!(Role::Supervisor.may(Action::AssignCases) && !Role::Supervisor.may(Action::ManagePeople));
        assert!(Role::Agent.may(Action::HandleCases) && !Role::Agent.may(Action::ExportLists));
        assert_eq!(rights(Role::ReadOnly), 5);
        assert_eq!(rights(Role::Department), 2);
    }

    #[test]
    fn rights_only_grow_with_the_role() {
        for action in Action::ALL {
            let held =
                [Role::ReadOnly, Role::Agent, Role::Supervisor, Role::Owner].map(|role| role.may(action));
            assert!(held.is_sorted(), "{action:?}");
        }
    }

    #[test]
    fn a_token_has_no_more_than_its_person_and_its_list() {
        let tenant = <TenantId as crate::identifiers::Identifier>::from_uuid(uuid::Uuid::nil());
        let with = |role, actions| Scope {
            actions: ActionAccess::Only(actions),
            ..Scope::whole(tenant, Actor::System, role)
        };
        let reader = with(Role::ReadOnly, vec![Action::ReadReviews, Action::HandleCases]);
        assert!(reader.may(Action::ReadReviews));
        assert!(!reader.may(Action::ReadCases), "not in the list");
        assert!(!reader.may(Action::HandleCases), "not in the role");
        assert!(Action::ALL.into_iter().all(|action| !with(Role::Owner, vec![]).may(action)));
        assert!(!Action::ManagePeople.fits_token() && !Action::UseTokens.fits_token());
    }

    #[test]
    fn an_empty_list_of_shops_is_none() {
        let shop = <ShopId as crate::identifiers::Identifier>::from_uuid(uuid::Uuid::nil());
        assert!(!ShopAccess::Only(vec![]).covers(shop));
        assert!(ShopAccess::All.covers(shop));
    }

    #[test]
    fn role_codes_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("root"), None);
        for action in Action::ALL {
            assert_eq!(Action::from_code(action.code()), Some(action));
        }
    }
}
