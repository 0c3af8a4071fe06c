//! Which lists are walked for a filter.
//!
//! A page in the order of positions walks the list of the rarest condition, or the lists of its values side by side; the
//! rest is decided by the bits that each entry carries. A page in another order walks the index of that order, unless
//! one condition has so few things that they are better read and sorted. How many a list has is asked of the index
//! itself, up to [`SHORT`].
//!
//! SQLite keeps words in an index of its own. Rare words are a list like any other. Common ones are looked for on the way:
//! in a short list entry by entry, in another order among the first entries of that order ([`Plan::Probe`]); by position
//! the word's own list is walked, which has that order.
//!
//! PostgreSQL keeps them in the review, and its figures know only the commonest words, none of them among what else is
//! asked. So the first entries of the list or order are looked through before; by what is found there more of them, or
//! everything with the words ([`Plan::after`]).

use pingxin_domain::list::Match;
use pingxin_domain::review::Verdict;
use pingxin_domain::{Scope, ShopAccess};
use pingxin_language::{Cause, SentimentLabel};

use super::drive::{self, Drive, Wanted};
use super::group::Group;
use super::{Filter, Words};
use crate::sql::Built;
use crate::{Engine, StoreError, Tx, search};

/// A list with so many entries at most is read whole.
const SHORT: u64 = 2_000;
/// So many entries of an order, or of a list, are looked through for a common word before its own list is walked.
pub(crate) const PROBED: u64 = 4_000;
const PROBED_OF_LIST: u64 = 1_000;
/// Where fewer than so many are found among them, the word is rare enough to be walked itself.
const FEW: u64 = 3;
/// With fewer of the newest than this a word is rare enough to be counted.
const RARE: u64 = 10;
/// More than so many entries are never looked through.
const PROBED_AT_LAST: u64 = 60_000;
/// Of a common word so many are looked at to count those that fulfil something else as well.
const COUNTED: u64 = 5_000;
/// So many lists are walked side by side at most.
const SIDE_BY_SIDE: usize = 16;
const SIDE_BY_SIDE_ANY: usize = 32;

/// One list and the groups that it does not fulfil by itself.
#[derive(Debug, Clone)]
pub(crate) struct Branch<'a> {
    pub(crate) drive: Drive<'a>,
    pub(crate) left: Vec<Group<'a>>,
    /// How those are joined.
    pub(crate) joined: Match,
}

/// What is walked.
#[derive(Debug, Clone)]
pub(crate) enum Plan<'a> {
    /// The index of the order asked for, with these groups as conditions.
    Order(Branch<'a>),
    /// These lists; a thing may be in several.
    Lists(Vec<Branch<'a>>),
    /// The first so many entries of a list in its order, or of the order asked for, looked through for the words;
    /// where that does not fill a page, more of them or everything with the words ([`Plan::after`]).
    Probe(Probe<'a>),
}

/// What is looked through for words.
#[derive(Debug, Clone)]
pub(crate) struct Probe<'a> {
    pub(crate) branch: Branch<'a>,
    pub(crate) most: u64,
    /// What is walked when that finds too little.
    whole: Box<Plan<'a>>,
    /// Whether more entries may be looked through before that.
    widens: bool,
}

impl<'a> Plan<'a> {
    /// What is walked when a probe finds too little.
    pub(crate) fn whole(self) -> Self {
        match self {
            Self::Probe(probe) => *probe.whole,
            plan => plan,
        }
    }

    /// What is walked next when the plan found so many of so many wanted; none when that is all there is.
    pub(crate) fn after(&self, found: usize, wanted: usize) -> Option<Self> {
        let Self::Probe(probe) = self else { return None };
        if found >= wanted {
            return None;
        }
        let found = u64::try_from(found).unwrap_or(u64::MAX);
        if probe.widens && found >= FEW {
            // Half as many again as would hold enough if the rest were like these.
            let most = probe.most.saturating_mul(u64::try_from(wanted).unwrap_or(u64::MAX)) * 3 / (2 * found);
            if most <= PROBED_AT_LAST {
                return Some(Self::Probe(Probe { most, widens: false, ..probe.clone() }));
            }
        }
        Some((*probe.whole).clone())
    }
}

impl<'a> Plan<'a> {
    /// The same for a list of cases: lists of reviews do not hold the cases without one, which are few, so those are walked
    /// beside them. Words are those of reviews.
    pub(crate) fn and_unreviewed(self, filter: &'a Filter) -> Self {
        let Self::Lists(mut branches) = self else { return self };
        let complete = branches.iter().all(|branch| branch.drive.is_of_cases());
        if !complete && filter.ids.is_empty() && matches!(filter.words(), Words::Any) {
            let left = filter.groups();
            branches.push(Branch { drive: Drive::Unreviewed, left, joined: filter.joined });
        }
        Self::Lists(branches)
    }
}

/// The plan that asks nothing of the database.
fn order<'a>(filter: &'a Filter) -> Plan<'a> {
    Plan::Order(Branch { drive: Drive::All, left: filter.groups(), joined: filter.joined })
}

fn lists<'a>(drives: Vec<Drive<'a>>, left: &[Group<'a>], joined: Match) -> Plan<'a> {
    Plan::Lists(drives.into_iter().map(|drive| Branch { drive, left: left.to_vec(), joined }).collect())
}

/// A group that has a list for each of its values.
struct Candidate<'a> {
    rank: u8,
    drives: Vec<Drive<'a>>,
    left: Vec<Group<'a>>,
}

/// The lists of a group. Lists of reviews by urgency are none of cases, which have an urgency of their own.
fn lists_of<'a>(group: Group<'a>, by_position: bool) -> Option<(u8, Vec<Drive<'a>>)> {
    drive::of_group(group).filter(|_| by_position || !matches!(group, Group::Severity(_)))
}

/// Whether a thing of the group's list may still not fulfil it: one list of several that all must hold says nothing of
/// the others, a team's list is that of all cases.
fn is_more_than_its_list(group: Group<'_>) -> bool {
    matches!(
        group,
        Group::Causes(_, true)
            | Group::Tags(_, true)
            | Group::Severity(_)
            | Group::Teams(_)
            | Group::Kinds(_)
    )
}

fn candidates<'a>(groups: &[Group<'a>], scope: &Scope, by_position: bool) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let Some((rank, drives)) = lists_of(*group, by_position) else { continue };
        if drives.len() > SIDE_BY_SIDE {
            continue;
        }
        let whole = is_more_than_its_list(*group);
        let left = groups.iter().enumerate().filter(|(other, _)| whole || *other != at);
        found.push(Candidate { rank, drives, left: left.map(|(_, group)| *group).collect() });
    }
    if groups.iter().any(|group| matches!(group, Group::Case(false))) && groups.iter().any(only_bad) {
        found.push(Candidate { rank: 5, drives: vec![Drive::Missed], left: groups.to_vec() });
    }
    if let ShopAccess::Only(shops) = &scope.shops
        && shops.len() <= SIDE_BY_SIDE
        && !groups.iter().any(|group| matches!(group, Group::Shops(_)))
    {
        let drives = shops.iter().map(|shop| Drive::Shop(*shop)).collect();
        found.push(Candidate { rank: 61, drives, left: groups.to_vec() });
    }
    found.sort_by_key(|candidate| candidate.rank);
    found
}

/// Whether all that fulfil the group are bad by their stars, verdict or words. Few of those have no case.
fn only_bad(group: &Group<'_>) -> bool {
    match group {
        Group::Ratings(ratings) => ratings.iter().all(|rating| rating.is_bad_or_neutral()),
        Group::Verdicts(verdicts) => !verdicts.contains(&Verdict::Good),
        Group::Sentiments(labels) => labels.iter().all(|label| *label == SentimentLabel::Negative),
        _ => false,
    }
}

/// The lists of every value of every group; none where that would be too many.
fn any_of<'a>(groups: &[Group<'a>], by_position: bool) -> Option<Vec<Branch<'a>>> {
    let mut branches = Vec::new();
    for group in groups {
        let whole = is_more_than_its_list(*group);
        match lists_of(*group, by_position) {
            Some((_, drives)) => branches.extend(drives.into_iter().map(|drive| Branch {
                drive,
                left: if whole { vec![*group] } else { Vec::new() },
                joined: Match::All,
            })),
            None => branches.push(Branch { drive: Drive::All, left: vec![*group], joined: Match::All }),
        }
    }
    (branches.len() <= SIDE_BY_SIDE_ANY).then_some(branches)
}

/// Chooses; none when nothing can match. `by_position` is a page in the order of positions, or a count.
pub(crate) async fn choose<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &'a Filter,
    by_position: bool,
) -> Result<Option<Plan<'a>>, StoreError> {
    if matches!(&scope.shops, ShopAccess::Only(shops) if shops.is_empty()) {
        return Ok(None);
    }
    match (filter.words(), tx.engine()) {
        (Words::Nothing, _) => Ok(None),
        (Words::These(wanted), Engine::Sqlite) => {
            with_words(tx, scope, filter, wanted, by_position).await.map(Some)
        }
        (Words::These(wanted), Engine::Postgres) => {
            let plan = by_groups(tx, scope, filter, by_position).await?;
            Ok(Some(probed(scope, filter, plan, wanted, by_position)))
        }
        (Words::Any, _) => by_groups(tx, scope, filter, by_position).await.map(Some),
    }
}

/// Looks through the first entries of the rarest condition, or of the order, before PostgreSQL reads all with the words.
fn probed<'a>(
    scope: &Scope,
    filter: &'a Filter,
    plan: Plan<'a>,
    words: search::Wanted,
    by_position: bool,
) -> Plan<'a> {
    let groups = filter.groups();
    let Plan::Order(everything) = plan else { return plan };
    let whole = Box::new(lists(vec![Drive::Search(words)], &groups, filter.joined));
    let single = candidates(&groups, scope, by_position).into_iter().find_map(|candidate| {
        let [drive] = candidate.drives.as_slice() else { return None };
        Some(Branch { drive: drive.clone(), left: candidate.left, joined: Match::All })
    });
    match single {
        Some(branch) if by_position && filter.joined == Match::All => {
            Plan::Probe(Probe { branch, most: PROBED_OF_LIST, whole, widens: true })
        }
        _ => Plan::Probe(Probe { branch: everything, most: PROBED, whole, widens: true }),
    }
}

/// Chooses by the conditions on the facets and other lists.
async fn by_groups<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &'a Filter,
    by_position: bool,
) -> Result<Plan<'a>, StoreError> {
    let groups = filter.groups();
    if !filter.ids.is_empty() {
        return Ok(lists(vec![Drive::Ids(&filter.ids)], &groups, filter.joined));
    }
    if filter.times.is_asked() && matches!(filter.words(), Words::Any) {
        // Its own index is walked, whatever the order.
        return Ok(order(filter));
    }
    if filter.joined == Match::Any && !groups.is_empty() {
        let Some(branches) = any_of(&groups, by_position) else { return Ok(order(filter)) };
        let walkable = by_position && matches!(filter.words(), Words::Any);
        if walkable || are_short(tx, scope, branches.iter().map(|branch| &branch.drive)).await? {
            return Ok(Plan::Lists(branches));
        }
        return Ok(order(filter));
    }
    let mut candidates = candidates(&groups, scope, by_position);
    let walkable = by_position && matches!(filter.words(), Words::Any);
    let short = match candidates.len() {
        0 => None,
        1 if walkable => Some(0),
        _ => {
            let mut short = None;
            for (at, candidate) in candidates.iter().enumerate() {
                if are_short(tx, scope, candidate.drives.iter()).await? {
                    short = Some(at);
                    break;
                }
            }
            short.or(walkable.then_some(0))
        }
    };
    Ok(match short {
        Some(at) => {
            let chosen = candidates.swap_remove(at);
            lists(chosen.drives, &chosen.left, Match::All)
        }
        None => order(filter),
    })
}

/// Chooses where SQLite has to find words.
async fn with_words<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &'a Filter,
    words: search::Wanted,
    by_position: bool,
) -> Result<Plan<'a>, StoreError> {
    let groups = filter.groups();
    let search = Drive::Search(words);
    let is_rare = are_short(tx, scope, std::iter::once(&search)).await?;
    let whole = lists(vec![search], &groups, filter.joined);
    if is_rare {
        return Ok(whole);
    }
    let probe =
        |branch, most, whole| Plan::Probe(Probe { branch, most, whole: Box::new(whole), widens: false });
    let mut first = None;
    if filter.joined == Match::All {
        for candidate in candidates(&groups, scope, by_position) {
            if are_short(tx, scope, candidate.drives.iter()).await? {
                return Ok(lists(candidate.drives, &candidate.left, Match::All));
            }
            if let (None, [drive]) = (&first, candidate.drives.as_slice()) {
                first = Some(Branch { drive: drive.clone(), left: candidate.left, joined: Match::All });
            }
        }
    }
    Ok(match first {
        Some(branch) if by_position => probe(branch, PROBED_OF_LIST, whole),
        None if by_position => whole,
        _ => {
            let everything = Branch { drive: Drive::All, left: groups.clone(), joined: filter.joined };
            probe(everything, PROBED, whole)
        }
    })
}

/// Chooses what is counted, and whether that may be less than there is: of a common word only the newest are looked at.
pub(crate) async fn choose_count<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &'a Filter,
    by_position: bool,
) -> Result<Option<(Plan<'a>, bool)>, StoreError> {
    let Some(plan) = choose(tx, scope, filter, by_position).await? else { return Ok(None) };
    let plan = match plan {
        Plan::Probe(probe) if probe.widens => return count_probed(tx, scope, filter, probe).await.map(Some),
        plan => plan.whole(),
    };
    let Plan::Lists(branches) = &plan else { return Ok(Some((plan, false))) };
    let [Branch { drive: Drive::Search(words), left, joined }] = branches.as_slice() else {
        return Ok(Some((plan, false)));
    };
    let narrowed = !left.is_empty() || !by_position || is_bounded(filter);
    if !narrowed || length(tx, scope, &Drive::Search(words.clone()), COUNTED + 1).await? <= COUNTED {
        return Ok(Some((plan, false)));
    }
    let branch = Branch { drive: Drive::Newest(words.clone(), COUNTED), left: left.clone(), joined: *joined };
    Ok(Some((Plan::Lists(vec![branch]), true)))
}

/// Whether something that no group says narrows the list.
fn is_bounded(filter: &Filter) -> bool {
    filter.from.is_some() || filter.to.is_some() || filter.counting
}

/// The same on PostgreSQL, which cannot say how many have a word without reading all of them: the newest reviews tell
/// whether it is rare.
async fn count_probed<'a>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &'a Filter,
    probe: Probe<'a>,
) -> Result<(Plan<'a>, bool), StoreError> {
    let Words::These(wanted) = filter.words() else { return Ok((order(filter), false)) };
    let rows = tx.all_built("filter::frequency", built_frequency(scope, &wanted)).await?;
    let found = rows.first().map_or(Ok(0), |row| row.columns().unsigned())?;
    if found < RARE {
        return Ok((*probe.whole, false));
    }
    let narrowed = !filter.groups().is_empty() || is_bounded(filter);
    if !narrowed {
        return Ok((order(filter), false));
    }
    let most = 2 * COUNTED;
    let is_part = length(tx, scope, &probe.branch.drive, most + 1).await? > most;
    Ok((Plan::Probe(Probe { most, ..probe }), is_part))
}

/// How many of the newest reviews have the words, on PostgreSQL.
fn built_frequency<'a>(scope: &Scope, wanted: &search::Wanted) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT f.position FROM reviews f");
    built.with(" WHERE f.tenant_id = ", scope.tenant);
    built.push(" ORDER BY f.position DESC").with(" LIMIT ", PROBED);
    built.push(") u WHERE ");
    wanted.push_at_place(&mut built, scope.tenant, "u.position");
    built
}

/// Whether the lists together have few entries.
async fn are_short<'a, 'd>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    drives: impl Iterator<Item = &'d Drive<'a>>,
) -> Result<bool, StoreError>
where
    'a: 'd,
{
    let mut left = SHORT;
    for drive in drives {
        if matches!(drive, Drive::All) {
            return Ok(false);
        }
        let counted = length(tx, scope, drive, left + 1).await?;
        match left.checked_sub(counted) {
            Some(rest) => left = rest,
            None => return Ok(false),
        }
    }
    Ok(true)
}

/// How many entries a list has, up to `most`.
async fn length(tx: &mut Tx<'_>, scope: &Scope, drive: &Drive<'_>, most: u64) -> Result<u64, StoreError> {
    let built = built_length(tx.engine(), scope, drive, most);
    let rows = tx.all_built("filter::length", built).await?;
    rows.first().map_or(Ok(0), |row| row.columns().unsigned())
}

/// The statement of [`length`].
fn built_length<'a>(engine: Engine, scope: &Scope, drive: &Drive<'a>, most: u64) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1");
    drive.push_from(&mut built, scope, engine, Wanted { review: false, case: false });
    built.with(" LIMIT ", most).push(") counted");
    built
}

/// Plans that between them use every list, for the test that prepares all statements.
pub(crate) fn samples<'a>(filter: &'a Filter, engine: Engine) -> Vec<Plan<'a>> {
    let groups = filter.groups();
    let mut plans = vec![order(filter)];
    if let Words::These(wanted) = filter.words() {
        let whole = lists(vec![Drive::Search(wanted.clone())], &groups, filter.joined);
        plans.push(whole.clone());
        if engine == Engine::Sqlite {
            plans.push(lists(vec![Drive::Newest(wanted, COUNTED)], &groups, filter.joined));
        }
        for drive in [Drive::All, Drive::Photo, Drive::Cause(Cause::Quality), Drive::HasCase] {
            let branch = Branch { drive, left: groups.clone(), joined: filter.joined };
            plans.push(Plan::Probe(Probe {
                branch,
                most: PROBED,
                whole: Box::new(whole.clone()),
                widens: true,
            }));
        }
    }
    if !filter.ids.is_empty() {
        for drive in Drive::samples() {
            plans.push(lists(vec![drive], &groups, filter.joined));
        }
        plans.push(lists(vec![Drive::Ids(&filter.ids)], &groups, filter.joined));
    }
    plans.push(lists(Drive::samples(), &groups, Match::All));
    plans
}
