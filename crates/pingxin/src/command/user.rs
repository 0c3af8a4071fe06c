//! `pingxin user`: adds and lists people, sets passwords; for whoever runs the machine.

use std::io::BufRead;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use pingxin_desk::people::{self, Hasher, NewPerson};
use pingxin_desk::{Desk, shops, tenants};
use pingxin_domain::{Role, Scope, ShopAccess};
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
        /// owner, supervisor, agent or read_only
        #[arg(long, default_value = "agent", value_parser = role)]
        role: Role,
        /// A shop he may see; all of them unless given, may be given again
        #[arg(long = "shop", value_name = "NAME")]
        shops: Vec<String>,
        /// Read the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List everybody: login, role, name, separated by tabs
    List,
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
    Role::from_code(code).ok_or_else(|| "choose owner, supervisor, agent or read_only".to_owned())
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
            Action::List | Action::Password { .. } => place.open_existing().await?,
        };
        let scope = tenants::for_command_line(&desk).await?;
        carry_out(&desk, &scope, arguments.action).await?;
        desk.store.close().await;
        Ok(Outcome::Done)
    })
}

async fn carry_out(desk: &Desk, scope: &Scope, action: Action) -> anyhow::Result<()> {
    match action {
        Action::Add { login, name, role, shops, password_stdin } => {
            let (password, shown) = password(password_stdin)?;
            let access = if shops.is_empty() {
                ShopAccess::All
            } else {
                ShopAccess::Only(ids(desk, scope, &shops).await?)
            };
            let display_name = name.unwrap_or_else(|| login.clone());
            let person = NewPerson { login, display_name, password, role, department: None, shops: access };
            let person = people::add(desk, &Hasher::new(), scope, person).await?;
            output::note(&format!("added {} as {}", person.login, person.role.code()));
            show(shown)
        }
        Action::List => {
            for person in people::list(desk, scope).await? {
                output::line(&format!("{}\t{}\t{}", person.login, person.role.code(), person.display_name))?;
            }
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
