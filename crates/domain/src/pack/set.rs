//! All packs there are, in every version, and which of them speak for a shop on a day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::header::Kind;
use super::refused::Refused;
use super::rules::Rules;
use super::{Pack, embedded, tenant};
use crate::shop::Platform;

/// How long a chain of inheritance may be.
const DEEPEST: usize = 4;

/// All packs there are. Immutable; a change makes a new one.
#[derive(Debug, Clone, PartialEq)]
pub struct Packs {
    /// Every version as read, with the name of its file, the oldest first.
    versions: BTreeMap<String, Vec<(String, Pack)>>,
    /// Every version with its parents' entries under its own, and the day from which it is in force.
    laid: BTreeMap<String, Vec<(Option<Date>, Pack)>>,
}

static EMBEDDED: LazyLock<Packs> = LazyLock::new(|| {
    let (packs, refused) = Packs { versions: BTreeMap::new(), laid: BTreeMap::new() }.with(embedded::FILES);
    debug_assert!(refused.is_empty(), "{refused:?}");
    packs
});

impl Packs {
    /// The packs that this program carries.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// These packs and others, given as name and text of files. A file with the id of a known pack stands in its place from
    /// its `effective_from` on. What is wrong is refused whole, and what it would have replaced stays in force.
    #[must_use]
    pub fn with<N: AsRef<str>, T: AsRef<str>>(&self, files: &[(N, T)]) -> (Self, Vec<Refused>) {
        let mut refused = Vec::new();
        let mut added: Vec<(String, Pack)> = Vec::new();
        for (name, text) in files {
            match Pack::read(name.as_ref(), text.as_ref()) {
                Ok(pack) => added.push((name.as_ref().to_owned(), pack)),
                Err(error) => refused.push(error),
            }
        }
        // A file that another one needs may itself be refused, so this ends only when nothing more is.
        loop {
            let packs = self.and(&added);
            let wrong: Vec<(usize, Refused)> = added
                .iter()
                .enumerate()
                .filter_map(|(at, (file, pack))| Some((at, packs.wrong(file, pack)?)))
                .collect();
            if wrong.is_empty() {
                return (packs, refused);
            }
            for (at, error) in wrong.into_iter().rev() {
                added.remove(at);
                refused.push(error);
            }
        }
    }

    fn and(&self, added: &[(String, Pack)]) -> Self {
        let mut versions = self.versions.clone();
        for (file, pack) in added {
            let known = versions.entry(pack.header.id.clone()).or_default();
            // A pack without a date has always been in force: it stands in place of every other.
            let dated = pack.header.effective_from.is_some();
            known.retain(|(_, other)| dated && other.header.effective_from != pack.header.effective_from);
            known.push((file.clone(), pack.clone()));
            known.sort_by_key(|(_, pack)| pack.header.effective_from);
        }
        let mut packs = Self { versions, laid: BTreeMap::new() };
        packs.laid = packs.versions.keys().map(|id| (id.clone(), packs.lay(id))).collect();
        packs
    }

    /// Every state of a pack over time: a new version of its own or of a parent begins one.
    fn lay(&self, id: &str) -> Vec<(Option<Date>, Pack)> {
        let mut days = BTreeSet::from([None]);
        let mut next = Some(id.to_owned());
        for _ in 0..DEEPEST {
            let Some(versions) = next.and_then(|id| self.versions.get(&id)) else { break };
            days.extend(versions.iter().map(|(_, pack)| pack.header.effective_from));
            next = versions.last().and_then(|(_, pack)| pack.header.inherits.clone());
        }
        days.into_iter().filter_map(|day| Some((day, self.laid_on(id, day, 0)?))).collect()
    }

    fn laid_on(&self, id: &str, on: Option<Date>, depth: usize) -> Option<Pack> {
        if depth > DEEPEST {
            return None;
        }
        let own = version(self.versions.get(id)?, on)?;
        match &own.header.inherits {
            None => Some(own.clone()),
            Some(parent) => Some(own.over(&self.laid_on(parent, on, depth + 1)?)),
        }
    }

    /// What is wrong with a pack among the others.
    fn wrong(&self, file: &str, pack: &Pack) -> Option<Refused> {
        let refuse = |line: usize, key: String, message: String| {
            Some(Refused { file: file.to_owned(), line, key, message })
        };
        if let Some(parent) = &pack.header.inherits
            && self.laid_on(&pack.header.id, pack.header.effective_from, 0).is_none()
        {
            return refuse(
                1,
                "pack.inherits".into(),
                format!("`{parent}` is no pack, or inherits from this one"),
            );
        }
        for entry in &pack.entries {
            for source in entry.records.values().chain([&entry.record]).flat_map(|record| &record.source) {
                if self.source(&source.key).is_none() {
                    let message = format!("no [[source]] of any pack has the key `{}`", source.key);
                    return refuse(entry.line, format!("{}.source", entry.name()), message);
                }
            }
        }
        if pack.header.kind == Kind::Tenant {
            return tenant::loosens(file, pack, self);
        }
        None
    }

    /// The ids of all packs.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.laid.keys().map(String::as_str)
    }

    /// A pack in the version in force on a day, with what it inherits.
    #[must_use]
    pub fn pack(&self, id: &str, on: Date) -> Option<&Pack> {
        in_force(self.laid.get(id)?, on)
    }

    /// Every version of a pack with what it inherits, the oldest first; one that only a parent's new version makes too.
    pub fn versions<'a>(&'a self, id: &str) -> impl Iterator<Item = (Option<Date>, &'a Pack)> + use<'a> {
        let laid = self.laid.get(id).map(Vec::as_slice).unwrap_or_default();
        let mut last: Option<&Pack> = None;
        laid.iter().filter_map(move |(from, pack)| {
            let is_new = last != Some(pack);
            last = Some(pack);
            is_new.then_some((from.or(pack.header.effective_from), pack))
        })
    }

    /// The file a pack in force on a day was read from.
    #[must_use]
    pub fn file(&self, id: &str, on: Date) -> Option<&str> {
        let versions = self.versions.get(id)?;
        let chosen = version(versions, Some(on))?;
        versions.iter().find(|(_, pack)| std::ptr::eq(pack, chosen)).map(|(file, _)| file.as_str())
    }

    /// What is known of a source, from any pack.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&super::Entry> {
        let packs = self.versions.values().flatten().map(|(_, pack)| pack);
        packs.flat_map(|pack| pack.section("source")).find(|entry| entry.id.as_deref() == Some(key))
    }

    /// The rules for a shop on a day. `market` is an ISO 3166 code (`UK` is read as `GB`); without one the platform's own
    /// market counts.
    #[must_use]
    pub fn rules(&self, platform: Option<Platform>, market: Option<&str>, on: Date) -> Rules<'_> {
        let pack = platform.and_then(|platform| self.pack(&platform.code(), on));
        let pack = pack.filter(|pack| pack.header.kind == Kind::Platform);
        let markets: Vec<&str> = match market {
            Some(market) => vec![iso(market)],
            None => pack
                .map(|pack| pack.header.markets.iter().map(|market| iso(market)).collect())
                .unwrap_or_default(),
        };
        let speaks_here = |law: &&Pack| {
            let mut own = law.header.markets.iter();
            own.any(|own| markets.iter().any(|market| market.eq_ignore_ascii_case(iso(own))))
        };
        let all: Vec<&Pack> = self.laid.values().filter_map(|laid| in_force(laid, on)).collect();
        let of_kind = |kind: Kind| all.iter().copied().filter(move |pack| pack.header.kind == kind);
        let code = platform.map(Platform::code);
        Rules {
            base: of_kind(Kind::Base).next(),
            platform: pack,
            laws: of_kind(Kind::Law).filter(speaks_here).collect(),
            own: of_kind(Kind::Tenant)
                .filter(|own| {
                    own.header.platforms.is_empty()
                        || code.as_ref().is_some_and(|code| own.header.platforms.contains(code))
                })
                .collect(),
            on,
        }
    }
}

/// The state in force on a day: the newest that has begun.
fn in_force(laid: &[(Option<Date>, Pack)], on: Date) -> Option<&Pack> {
    laid.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= on)).map(|(_, pack)| pack)
}

/// The version in force on a day: the newest that has begun, else the first.
fn version(versions: &[(String, Pack)], on: Option<Date>) -> Option<&Pack> {
    let begun = versions.iter().rev().find(|(_, pack)| match (pack.header.effective_from, on) {
        (None, _) => true,
        (Some(from), Some(on)) => from <= on,
        (Some(_), None) => false,
    });
    begun.or(versions.first()).map(|(_, pack)| pack)
}

/// The ISO 3166 code, in whatever case.
fn iso(market: &str) -> &str {
    let market = market.trim();
    if market.eq_ignore_ascii_case("UK") { "GB" } else { market }
}
