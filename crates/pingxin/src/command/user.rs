//! `pingxin user`: adds, lists and shuts out people, sets passwords; for whoever runs the machine.

use std::io::BufRead;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use pingxin_desk::people::{self, Colleague, Hasher, NewPerson, PersonChange};
use pingxin_desk::{Desk, shops, tenants};
use pingxin_domain::{Department, Role, Scope, ShopAccess, UserId};
use pingxin_store::secret::Token;

use super::Outcome;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// Letters of a password we make up: 20 of 64 kinds, 120 bits.
const MADE_UP: usize = 20;

/// What to do about whom.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add somebody; without --password-stdin a password is made up and printed
    Add {
        /// What he signs in with
        login: String,
        /// What colleagues call him; the login unless given
        #[arg(long)]
        name: Option<String>,
        /// owner, supervisor, agent, read_only or department
        #[arg(long, default_value = "agent", value_parser = role)]
        role: Role,
        /// With the role department: warehouse, courier, product or finance
        #[arg(long, value_parser = department)]
        department: Option<Department>,
        /// Shops he may see, with commas between; all of them unless given, may be given again
        #[arg(long = "shops", visible_alias = "shop", value_name = "NAMES", value_delimiter = ',')]
        shops: Vec<String>,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List everybody: login, role, name, shops, state, separated by tabs
    List,
    /// Shut somebody out: his sessions and tokens end at once
    Disable {
        /// What he signs in with
        login: String,
    },
    /// Let somebody in again
    Enable {
        /// What he signs in with
        login: String,
    },
    /// Print the path of a link by which somebody sets a new password: good once, for three days
    Reset {
        /// What he signs in with
        login: String,
    },
    /// Take somebody's second step off, whose phone and recovery codes are lost; his password stays
    TotpOff {
        /// What he signs in with
        login: String,
    },
    /// Give somebody a new password and end his sessions; without --password-stdin one is made up and printed
    Password {
        /// What he signs in with
        login: String,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| "choose owner, supervisor, agent, read_only or department".to_owned())
}

fn department(code: &str) -> Result<Department, String> {
    Department::from_code(code).ok_or_else(|| "choose warehouse, courier, product or finance".to_owned())
}

/// Runs the command.
///
/// # Errors
/// When the login is taken or unknown, a password is too short, or the database cannot be opened.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    super::block_on(async {
        let place = Place::find(&arguments.place)?;
        let desk = match arguments.action {
            Action::Add { .. } => place.open().await?,
            _ => place.open_existing().await?,
        };
        let scope = tenants::for_command_line(&desk).await?;
        carry_out(&desk, &scope, arguments.action).await?;
        desk.store.close().await;
        Ok(Outcome::Done)
    })
}

async fn carry_out(desk: &Desk, scope: &Scope, action: Action) -> anyhow::Result<()> {
    match action {
        Action::Add { login, name, role, department, shops, password_stdin } => {
            let (password, shown) = password(password_stdin)?;
            let access = if shops.is_empty() {
                ShopAccess::All
            } else {
                ShopAccess::Only(ids(desk, scope, &shops).await?)
            };
            let display_name = name.unwrap_or_else(|| login.clone());
            let person = NewPerson { login, display_name, password, role, department, shops: access };
            let person = people::add(desk, &Hasher::new(), scope, person).await?;
            output::note(&format!("added {} as {}", person.login, person.role.code()));
            show(shown)
        }
        Action::List => {
            for colleague in people::list(desk, scope).await?.people {
                output::line(&line(&colleague))?;
            }
            Ok(())
        }
        Action::Disable { login } => {
            shut_out(desk, scope, &login, true).await?;
            output::note(&format!("{login} is shut out; his sessions and tokens are over"));
            Ok(())
        }
        Action::Enable { login } => {
            shut_out(desk, scope, &login, false).await?;
            output::note(&format!("{login} may sign in again"));
            Ok(())
        }
        Action::Reset { login } => {
            let link = people::reset(desk, scope, known(desk, scope, &login).await?).await?;
            output::note(&format!(
                "good once, until {}; put the address of the server before it",
                link.expires_at
            ));
            output::line(&link.path())
        }
        Action::TotpOff { login } => {
            people::remove_totp(desk, scope, known(desk, scope, &login).await?).await?;
            output::note(&format!("{login} signs in with the password alone"));
            Ok(())
        }
        Action::Password { login, password_stdin } => {
            let (password, shown) = password(password_stdin)?;
            people::set_password(desk, &Hasher::new(), scope, &login, password)
                .await
                .with_context(|| format!("the person `{login}`"))?;
            output::note(&format!("{login} has a new password; his sessions are over"));
            show(shown)
        }
    }
}

async fn known(desk: &Desk, scope: &Scope, login: &str) -> anyhow::Result<UserId> {
    let found = people::find_by_login(desk, scope, login).await;
    Ok(found.with_context(|| format!("the person `{login}`"))?.id)
}

async fn shut_out(desk: &Desk, scope: &Scope, login: &str, disabled: bool) -> anyhow::Result<()> {
    let change = PersonChange { disabled: Some(disabled), ..PersonChange::default() };
    Ok(people::change(desk, scope, known(desk, scope, login).await?, &change).await?)
}

/// Login, role (with the department), name, shops, state.
fn line(colleague: &Colleague) -> String {
    let person = &colleague.person;
    let role = match person.department {
        Some(department) => format!("{}:{}", person.role.code(), department.code()),
        None => person.role.code().to_owned(),
    };
    let names: Vec<&str> = colleague.shops.iter().map(|shop| shop.name.as_str()).collect();
    let shops = if colleague.all_shops { "all shops".to_owned() } else { names.join(",") };
    let state = if colleague.disabled_at.is_some() { "disabled" } else { "active" };
    format!("{}\t{role}\t{}\t{shops}\t{state}", person.login, person.display_name)
}

/// The password, and once more what to print when we made it up.
fn password(from_stdin: bool) -> anyhow::Result<(String, Option<String>)> {
    if !from_stdin {
        let made_up: String = Token::fresh().as_str().chars().take(MADE_UP).collect();
        return Ok((made_up.clone(), Some(made_up)));
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("reading the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        bail!("standard input held no password; write it as its first line");
    }
    Ok((password, None))
}

fn show(made_up: Option<String>) -> anyhow::Result<()> {
    made_up.map_or(Ok(()), |password| output::line(&password))
}

async fn ids(desk: &Desk, scope: &Scope, names: &[String]) -> anyhow::Result<Vec<pingxin_domain::ShopId>> {
    let mut ids = Vec::new();
    for name in names {
        let shop = shops::find_by_name(desk, scope, name).await?;
        ids.push(shop.with_context(|| format!("there is no shop called `{name}`"))?.id);
    }
    Ok(ids)
}
