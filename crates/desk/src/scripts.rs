//! Scripts 话术: the shipped ones and a merchant's own in one library, with what came of their use; what fits a case; a text
//! made of one.
//!
//! A merchant's own is checked by the guard with every save (`own.rs`): what nobody may send is refused, what a second
//! person has to see waits for one. What is proposed for a case is worked out in `proposed.rs`.

mod export;
mod own;
mod proposed;

pub use export::export;
pub use own::{archive, decide, restore, save, versions};
pub use proposed::{Filled, Need, Proposed, ProposedScript, Talk, fill, propose};
pub(crate) use proposed::{language_of, nothing_is_open};

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::guard::Channel;
use pingxin_domain::script::{self, Phase, Script, ScriptStep};
use pingxin_domain::share::Share;
use pingxin_domain::{Action, Platform, Scope, ScriptId};
use pingxin_language::Cause;
use pingxin_language::fold::fold_for_search;
use pingxin_store::claim::{ScriptUse, UseLine};
use pingxin_store::script::OwnScript;
use pingxin_store::{StoreError, Tx, claim, script as stored};

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};

/// Uses of one script that are shown.
const USES: u32 = 100;
/// How far back use and outcome are counted: scripts and people change.
const COUNTED: SignedDuration = SignedDuration::from_hours(180 * 24);

/// A script of the library.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The script: of a merchant's own the version in use, else the newest.
    pub script: Script,
    /// What the desk keeps of a merchant's own; none of a shipped one.
    pub own: Option<OwnScript>,
    /// Whether whoever asks has marked it.
    pub is_favourite: bool,
    /// How often it was used; none when never.
    pub used: Option<ScriptUse>,
    /// How many of the ended cases that it was used in were solved.
    pub solved: Option<Share>,
}

impl Entry {
    /// Whether it may be used: a merchant's own needs a version that passed, and is not archived.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.own.as_ref().is_none_or(|own| own.archived_at.is_none() && own.used.is_some())
    }
}

/// Which scripts. What is not given is no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryFilter {
    /// With these words in name or text.
    pub words: Option<String>,
    /// When in the life of an order.
    pub phase: Option<Phase>,
    /// For this.
    pub step: Option<ScriptStep>,
    /// Answering this complaint.
    pub cause: Option<Cause>,
    /// For this platform.
    pub platform: Option<Platform>,
    /// Going this way.
    pub channel: Option<Channel>,
    /// Marked by whoever asks.
    pub favourite: bool,
    /// The merchant's own.
    pub own: bool,
    /// The archived ones, and no others.
    pub archived: bool,
}

/// The scripts that fit a filter: the merchant's own first, then the shipped ones in their order.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn library(desk: &Desk, scope: &Scope, filter: &LibraryFilter) -> Result<Vec<Entry>> {
    allow(scope, Action::ReadCases)?;
    let all = desk.store.read(|tx| Box::pin(async move { entries(tx, scope).await })).await?;
    let words: Option<String> = filter.words.as_deref().map(folded).filter(|words| !words.is_empty());
    Ok(all.into_iter().filter(|entry| fits(entry, filter, words.as_deref())).collect())
}

fn folded(text: &str) -> String {
    fold_for_search(text.trim()).chars().iter().collect()
}

fn fits(entry: &Entry, filter: &LibraryFilter, words: Option<&str>) -> bool {
    let script = &entry.script;
    let is_archived = entry.own.as_ref().is_some_and(|own| own.archived_at.is_some());
    let holds = |words: &str| {
        let texts = script.texts.all().map(|(_, text)| text);
        let names = [script.key.as_str(), &script.title.zh, &script.title.en];
        names.into_iter().chain(texts).any(|text| folded(text).contains(words))
    };
    is_archived == filter.archived
        && filter.phase.is_none_or(|phase| phase == script.phase)
        && filter.step.is_none_or(|step| step == script.step)
        && filter.cause.is_none_or(|cause| script.causes.is_empty() || script.causes.contains(&cause))
        && filter.platform.is_none_or(|platform| script.fits(platform))
        && filter.channel.is_none_or(|channel| script.channels.contains(&channel))
        && (!filter.favourite || entry.is_favourite)
        && (!filter.own || entry.own.is_some())
        && words.is_none_or(holds)
}

/// Every script there is, with what is known of its use.
async fn entries(tx: &mut Tx<'_>, scope: &Scope) -> std::result::Result<Vec<Entry>, StoreError> {
    let since = tx.now().checked_sub(COUNTED).unwrap_or(Timestamp::MIN);
    let own = stored::list(tx, scope).await?;
    let favourites = match scope.user() {
        Some(user) => stored::favourites(tx, scope, user).await?,
        None => Default::default(),
    };
    let mut uses: BTreeMap<String, ScriptUse> =
        claim::uses(tx, scope, since).await?.into_iter().map(|used| (used.key.clone(), used)).collect();
    let mut entry = |script: Script, own: Option<OwnScript>| {
        let used = uses.remove(&script.key);
        let solved = used.as_ref().and_then(|used| Share::of(used.solved, used.ended));
        Entry { is_favourite: favourites.contains(&script.key), own, used, solved, script }
    };
    let mut all: Vec<Entry> =
        own.into_iter().filter_map(|own| Some(entry(shown(&own)?, Some(own)))).collect();
    all.extend(script::shipped().iter().map(|script| entry(script.clone(), None)));
    Ok(all)
}

/// What is shown of a merchant's own: the version in use, else the newest, under its id.
fn shown(own: &OwnScript) -> Option<Script> {
    let version = own.in_use().or(own.newest())?;
    Some(Script { key: own.id.to_string(), ..version.script.clone() })
}

/// A script with what is known of its use, by its key.
async fn find(tx: &mut Tx<'_>, scope: &Scope, key: &str) -> std::result::Result<Option<Entry>, StoreError> {
    Ok(entries(tx, scope).await?.into_iter().find(|entry| entry.script.key == key))
}

/// A script that may be used, by its key.
async fn usable(
    tx: &mut Tx<'_>,
    scope: &Scope,
    key: &str,
) -> std::result::Result<Option<Script>, StoreError> {
    if let Some(script) = script::find(key) {
        return Ok(Some(script.clone()));
    }
    let Ok(id) = key.parse::<ScriptId>() else { return Ok(None) };
    let own = stored::get(tx, scope, id).await?.filter(|own| own.archived_at.is_none());
    Ok(own.and_then(|own| own.in_use().map(|version| version.script.clone())))
}

/// One script.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, key: &str) -> Result<Entry> {
    allow(scope, Action::ReadCases)?;
    let found = desk.store.read(|tx| Box::pin(async move { find(tx, scope, key).await })).await?;
    found.ok_or(DeskError::NotFound)
}

/// Refuses a script that is not there or may not be used.
///
/// # Errors
/// [`DeskError::Refused`].
pub(crate) async fn require_usable(desk: &Desk, scope: &Scope, key: &str) -> Result<()> {
    let found = desk.store.read(|tx| Box::pin(async move { usable(tx, scope, key).await })).await?;
    found.map(drop).ok_or_else(|| {
        DeskError::refused(
            "这条话术已归档或还没放行，请换一条",
            "this script is archived or has not passed yet; choose another one",
        )
    })
}

/// The last uses of a script, the newest first.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn uses(desk: &Desk, scope: &Scope, key: &str) -> Result<Vec<UseLine>> {
    get(desk, scope, key).await?;
    Ok(desk.store.read(|tx| Box::pin(async move { claim::uses_of(tx, scope, key, USES).await })).await?)
}

/// Marks a script for whoever asks, or unmarks it.
///
/// # Errors
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`]; [`DeskError::Refused`] for a program, which marks nothing.
pub async fn set_favourite(desk: &Desk, scope: &Scope, key: &str, marked: bool) -> Result<Entry> {
    allow(scope, Action::ReadCases)?;
    let user = scope.user().ok_or_else(|| {
        DeskError::refused("收藏是个人的，程序不能收藏", "marks belong to people; a program has none")
    })?;
    let found = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let known = find(tx, scope, key).await?;
                if known.is_none() {
                    return Ok(None);
                }
                stored::set_favourite(tx, scope, user, key, marked).await?;
                find(tx, scope, key).await
            })
        })
        .await?;
    found.ok_or(DeskError::NotFound)
}
