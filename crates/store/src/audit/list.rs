//! The audit on the screen: who did what, newest first, by filter.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use pingxin_domain::{Scope, ShopAccess, UserId};

use super::chain::{Stored, read};
use crate::page::{Cursor, Page, page_limit};
use crate::sql::{Built, statements, values};
use crate::{StoreError, Tx, live};

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditActor {
    /// `user`, `token`, `command_line` or `system`.
    pub kind: &'static str,
    /// The person behind, when it is one.
    pub user: Option<UserId>,
    /// His name; empty for the program and the command line.
    pub name: String,
}

/// An entry.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// Number within the merchant, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: AuditActor,
    /// What was done, such as `case.assign`.
    pub action: String,
    /// Kind of thing it was done to.
    pub subject_kind: String,
    /// Which.
    pub subject_id: String,
    /// More.
    pub detail: serde_json::Value,
    /// Signed hash over the entry before and this one.
    pub hash: [u8; 32],
}

/// Whose entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorAsked {
    /// A person's, also through his tokens.
    User(UserId),
    /// The command line's.
    CommandLine,
    /// The program's own.
    System,
}

/// Which entries; all that is given must hold.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Whose.
    pub actor: Option<ActorAsked>,
    /// An action, or the part before its dot.
    pub action: Option<String>,
    /// Kind of thing.
    pub subject_kind: Option<String>,
    /// Which thing.
    pub subject_id: Option<String>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
}

statements! {
    NAMES = "SELECT id, display_name FROM users WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [AuditFilter; 2] {
    let word = || Some("x".to_owned());
    [
        AuditFilter::default(),
        AuditFilter {
            actor: Some(ActorAsked::User(crate::identifier::fresh())),
            action: word(),
            subject_kind: word(),
            subject_id: word(),
            from: Some(Timestamp::UNIX_EPOCH),
            to: Some(Timestamp::UNIX_EPOCH),
        },
    ]
}

pub(crate) fn built_list<'a>(scope: &Scope, filter: &'a AuditFilter, before: i64, limit: u32) -> Built<'a> {
    let mut built = Built::new(
        "SELECT seq, at, actor, action, subject_kind, subject_id, detail, previous_hash, hash FROM audit_entries \
         WHERE tenant_id = ",
    );
    built.value(scope.tenant).with(" AND seq < ", before);
    match filter.actor {
        None => {}
        // A token's entries begin like its person's.
        Some(ActorAsked::User(user)) => {
            built
                .with(" AND actor >= ", format!("user:{user}"))
                .with(" AND actor < ", format!("user:{user}~"));
        }
        Some(ActorAsked::CommandLine) => {
            built.with(" AND actor = ", "command_line");
        }
        Some(ActorAsked::System) => {
            built.with(" AND actor = ", "system");
        }
    }
    if let Some(action) = filter.action.as_deref().map(|action| action.trim_end_matches('.')) {
        built.with(" AND (action = ", action);
        // Everything between `case.` and `case/`, which is the next sign.
        built.with(" OR (action >= ", format!("{action}.")).with(" AND action < ", format!("{action}/"));
        built.push("))");
    }
    if let Some(kind) = filter.subject_kind.as_deref() {
        built.with(" AND subject_kind = ", kind);
    }
    if let Some(id) = filter.subject_id.as_deref() {
        built.with(" AND subject_id = ", id);
    }
    if let Some(from) = filter.from {
        built.with(" AND at >= ", from);
    }
    if let Some(to) = filter.to {
        built.with(" AND at < ", to);
    }
    built.with(" ORDER BY seq DESC LIMIT ", limit);
    built
}

const LIST: u8 = 30;
/// A person who sees few shops looks through so many pages at most before he gets what was found.
const MOST_PAGES: u32 = 20;

/// A page of entries, the newest first. Who sees all shops sees every entry; others see their own deeds and what was
/// done to things of their shops.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &AuditFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<AuditEntry>, StoreError> {
    let limit = page_limit(limit);
    let mut before = Cursor::read(cursor, LIST)?.map_or(i64::MAX, |cursor| cursor.first);
    let mut kept: Vec<Stored> = Vec::new();
    let mut next = None;
    for _ in 0..MOST_PAGES {
        let built = built_list(scope, filter, before, limit + 1);
        let rows = tx.all_built("audit::list", built).await?;
        let more = rows.len() > limit as usize;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows.iter().take(limit as usize) {
            found.push(read(row.columns(), scope.tenant)?);
        }
        before = found.last().map_or(before, |last| signed(last.seq));
        let room = limit as usize - kept.len();
        let mut seen = within(tx, scope, found).await?;
        if seen.len() > room {
            seen.truncate(room);
            before = seen.last().map_or(before, |last| signed(last.seq));
            next = Some(before);
        } else {
            next = more.then_some(before);
        }
        kept.append(&mut seen);
        if kept.len() == limit as usize || next.is_none() {
            break;
        }
    }
    let rows = with_names(tx, scope, kept).await?;
    Ok(Page { rows, next: next.map(|before| Cursor::new(LIST, before, 0).to_text()) })
}

fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// Leaves out what the scope may not see.
async fn within(tx: &mut Tx<'_>, scope: &Scope, entries: Vec<Stored>) -> Result<Vec<Stored>, StoreError> {
    if scope.shops == ShopAccess::All {
        return Ok(entries);
    }
    let own = scope.user().map(|user| format!("user:{user}"));
    let subjects: Vec<(&str, &str)> = entries
        .iter()
        .map(|stored| (stored.entry.subject_kind.as_str(), stored.entry.subject_id.as_str()))
        .collect();
    let shops = live::shops_of(tx, scope.tenant, &subjects).await?;
    Ok(entries
        .into_iter()
        .zip(shops)
        .filter(|(stored, shop)| {
            let is_own = own.as_ref().is_some_and(|own| stored.entry.actor.starts_with(own.as_str()));
            is_own || shop.is_some_and(|shop| scope.shops.covers(shop))
        })
        .map(|(stored, _)| stored)
        .collect())
}

/// The person of an actor's text.
fn user_of(actor: &str) -> Option<UserId> {
    actor.strip_prefix("user:")?.get(..36)?.parse().ok()
}

async fn with_names(
    tx: &mut Tx<'_>,
    scope: &Scope,
    entries: Vec<Stored>,
) -> Result<Vec<AuditEntry>, StoreError> {
    let users: HashSet<UserId> = entries.iter().filter_map(|stored| user_of(&stored.entry.actor)).collect();
    let users: Vec<UserId> = users.into_iter().collect();
    let mut names: HashMap<UserId, String> = HashMap::new();
    if !users.is_empty() {
        for row in tx.all(NAMES, values![scope.tenant, users.as_slice()]).await? {
            let mut columns = row.columns();
            names.insert(columns.id()?, columns.text()?);
        }
    }
    entries
        .into_iter()
        .map(|Stored { seq, entry, hash, .. }| {
            let user = user_of(&entry.actor);
            let kind = match (user, entry.actor.as_str()) {
                (Some(_), text) if text.len() > 41 => "token",
                (Some(_), _) => "user",
                (None, "command_line") => "command_line",
                (None, _) => "system",
            };
            let name = user.and_then(|user| names.get(&user).cloned()).unwrap_or_default();
            let detail = serde_json::from_str(&entry.detail)
                .map_err(|error| StoreError::Corrupt { what: format!("audit entry {seq}: {error}") })?;
            Ok(AuditEntry {
                seq,
                at: entry.at,
                actor: AuditActor { kind, user, name },
                action: entry.action,
                subject_kind: entry.subject_kind,
                subject_id: entry.subject_id,
                detail,
                hash,
            })
        })
        .collect()
}
