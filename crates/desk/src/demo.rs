//! The demo shop group: generated, marked as demo, and wiped by one click.

mod course;
mod day;
pub mod generate;
mod history;
mod worked;

use pingxin_domain::{Action, Department, Role, Scope, ShopAccess};
use pingxin_store::secret::Token;
use pingxin_store::shop::{self, NewShop};
use pingxin_store::user::{self, NewUser};
use pingxin_store::{audit, tenant};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::people::{Hasher, offer_setup};
use crate::removals;

/// The seed of the demo that `make run` opens.
pub const SEED: u64 = 20_261_111;

/// A person of the demo; he exists only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoLogin {
    /// What he signs in with.
    pub login: &'static str,
    /// His password, shown on the console and on no other system of use.
    pub password: &'static str,
    /// His name on the screen.
    pub display_name: &'static str,
    /// His role.
    pub role: Role,
    /// His department, if he is of one.
    pub department: Option<Department>,
}

const fn person(
    login: &'static str,
    password: &'static str,
    display_name: &'static str,
    role: Role,
) -> DemoLogin {
    DemoLogin { login, password, display_name, role, department: None }
}

/// The people of the demo.
pub const LOGINS: [DemoLogin; 5] = [
    person("owner", "owner-demo", "林老板", Role::Owner),
    person("supervisor", "supervisor-demo", "周主管", Role::Supervisor),
    person("agent", "agent-demo", "小唐", Role::Agent),
    person("viewer", "viewer-demo", "顾会计", Role::ReadOnly),
    DemoLogin {
        department: Some(Department::Warehouse),
        ..person("warehouse", "warehouse-demo", "仓库老郑", Role::Department)
    },
];

/// What the demo shall be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The same seed at the same instant makes the same demo: everything a person sees but ids.
    pub seed: u64,
    /// Orders over all shops.
    pub orders: u32,
    /// Reviews over all shops, as far as that many orders have arrived.
    pub reviews: u32,
}

impl Default for Wish {
    /// The demo that `make run` opens.
    fn default() -> Self {
        Self { seed: SEED, orders: generate::ORDERS, reviews: generate::REVIEWS }
    }
}

/// Makes the demo: a merchant, its people, shops, orders and reviews, what the team did with the cases of earlier weeks,
/// and some of this week's already in hand. The desk's clock
/// says when its three months end; it stands still meanwhile.
///
/// # Errors
/// [`DeskError::Refused`] when a login of the demo is taken; the database's.
pub async fn create(desk: &Desk, hasher: &Hasher, wish: Wish) -> Result<Scope> {
    let now = desk.store.clock().now();
    let desk = &desk.as_of(now);
    let plan = generate::plan(wish.seed, wish.orders, wish.reviews, now);
    let mut hashes = Vec::new();
    for login in LOGINS {
        let hash = hasher.hash(login.password.to_owned()).await.map_err(|_| {
            DeskError::refused("系统正忙，请稍后再试", "the machine is busy; try again in a few seconds")
        })?;
        hashes.push(hash);
    }
    let hashes = hashes.as_slice();
    let (scope, people) = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let tenant = tenant::create(tx, "木棉演示商家", true).await?;
                let mut people = Vec::new();
                for (login, hash) in LOGINS.iter().zip(hashes) {
                    let new = NewUser {
                        login: login.login,
                        display_name: login.display_name,
                        password_hash: hash,
                        role: login.role,
                        department: login.department,
                        shops: ShopAccess::All,
                        locale: None,
                    };
                    let id = user::create(tx, tenant, &new).await?;
                    people.push((*login, id));
                }
                let scope = Scope::system(tenant);
                audit::append(tx, &scope, "demo.create", "tenant", &tenant.to_string(), &json!({})).await?;
                Ok((scope, people))
            })
        })
        .await?;
    let mut shops = Vec::new();
    for planned in &plan.shops {
        let new = NewShop {
            name: &planned.name,
            platform: planned.platform,
            timezone: &planned.timezone,
            currency: planned.currency,
        };
        let (scope, new) = (&scope, &new);
        let made = desk.store.write(|tx| {
            Box::pin(async move {
                let id = shop::create(tx, scope, new).await?;
                shop::lock(tx, scope, id).await
            })
        });
        shops.push(made.await?);
    }
    let team = worked::Team::of(&scope, &people);
    history::bring_in(desk, &scope, &plan, &shops, team.as_ref(), now).await?;
    day::dress(desk, &scope, &people).await?;
    if let Some(team) = &team {
        worked::leave(desk, team).await?;
    }
    removals::catch_up(desk, &mut None, || true).await?;
    Ok(scope)
}

/// Wipes the demo of whoever asks: every row of its merchant. Answers a fresh one-time token for the page where the
/// first owner signs up.
///
/// # Errors
/// [`DeskError::Forbidden`] for anybody but the owner; [`DeskError::Refused`] when his merchant is no demo.
pub async fn wipe(desk: &Desk, scope: &Scope) -> Result<Token> {
    allow(scope, Action::WipeDemo)?;
    let tenant = scope.tenant;
    let wiped = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                match tenant::find(tx, tenant).await? {
                    Some(found) if found.demo => tenant::wipe(tx, tenant).await.map(|()| true),
                    _ => Ok(false),
                }
            })
        })
        .await?;
    if !wiped {
        return Err(DeskError::refused(
            "这不是演示数据，不能清除",
            "this is not the demo; it cannot be wiped",
        ));
    }
    offer_setup(desk).await
}
