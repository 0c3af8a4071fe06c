//! Who gets a case: rules and skills, giving what nobody has, and which case is best taken next.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::assignment::{Merit, NAME_LIMIT, Prospect, Rule, RuleRefused, Worker, choose};
use pingxin_domain::calendar::SpecialDay;
use pingxin_domain::case::CaseState;
use pingxin_domain::clock::{Duty, Opening};
use pingxin_domain::{Action, CaseId, Role, Scope, ShopAccess, ShopId, TeamId, UserId};
use pingxin_store::assignment::{self, Place, START};
use pingxin_store::case::{self, CaseFilter, CaseRow, EventKind, Owner, Sort};
use pingxin_store::shop::Shop;
use pingxin_store::shop_clock::{self, ShopClocks};
use pingxin_store::{StoreError, Tx, audit, shift, shop, team, user};
use serde_json::json;

use crate::cases::Given;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::{calendar, cases, planning};

/// Most rules of a merchant.
pub const RULE_LIMIT: usize = 50;
/// Most skills of a person.
pub const SKILL_LIMIT: usize = 20;
/// Cases of one transaction.
const STEP: u32 = 50;
/// Steps of one run: cases that no rule fits must not be walked for ever.
const STEPS: usize = 40;
/// Rosters are read so far around.
const AROUND: SignedDuration = SignedDuration::from_hours(24 * 15);
/// Cases of each kind that are weighed for the next one.
const WEIGHED: u32 = 50;

/// Somebody who works on cases, as the page of rules shows him.
#[derive(Debug, Clone)]
pub struct AtWork {
    /// As the rules see him.
    pub worker: Worker,
    /// His name.
    pub name: String,
    /// Whether he is out of office now.
    pub is_away: bool,
}

/// The rules in their order, and who there is.
#[derive(Debug, Clone)]
pub struct AssignmentView {
    /// The rules.
    pub rules: Vec<Rule>,
    /// The people, by name.
    pub people: Vec<AtWork>,
}

/// The rules and who there is.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn view(desk: &Desk, scope: &Scope) -> Result<AssignmentView> {
    allow(scope, Action::ReadPeople)?;
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let rules = assignment::rules(tx, scope).await?;
            let shops = shop::list(tx, scope).await?;
            let mut people = at_work(tx, scope, shops).await?;
            people.sort_by(|one, two| one.name.cmp(&two.name));
            Ok(AssignmentView { rules, people })
        })
    });
    Ok(read.await?)
}

fn refusal(why: RuleRefused) -> DeskError {
    let zh = match why {
        RuleRefused::Name => format!("规则名称需要 1 到 {NAME_LIMIT} 个字"),
        RuleRefused::Skill => format!("技能需要 1 到 {NAME_LIMIT} 个字"),
        RuleRefused::Severity => "紧急程度在 0 到 100 之间".into(),
        RuleRefused::Most => "每人至少可以有一张跟进单".into(),
    };
    DeskError::refused(zh, why.to_string())
}

/// Says by which rules cases are given, in their order.
///
/// # Errors
/// [`DeskError::Refused`] for impossible or too many rules, [`DeskError::NotFound`] for a shop or team that is not the
/// merchant's, [`DeskError::Forbidden`].
pub async fn set_rules(desk: &Desk, scope: &Scope, rules: &[Rule]) -> Result<AssignmentView> {
    allow(scope, Action::AssignCases)?;
    if rules.len() > RULE_LIMIT {
        return Err(DeskError::refused(
            format!("最多 {RULE_LIMIT} 条规则"),
            format!("at most {RULE_LIMIT} rules"),
        ));
    }
    rules.iter().try_for_each(Rule::check).map_err(refusal)?;
    let written = desk.store.write(|tx| {
        Box::pin(async move {
            let teams: BTreeSet<TeamId> = team::list(tx, scope).await?.iter().map(|team| team.id).collect();
            if rules.iter().filter_map(|rule| rule.team).any(|team| !teams.contains(&team)) {
                return Err(StoreError::NotFound { what: "team" });
            }
            let shops: BTreeSet<ShopId> = rules.iter().flat_map(|rule| rule.shops.iter().copied()).collect();
            for wanted in shops {
                if shop::find(tx, scope, wanted).await?.is_none() {
                    return Err(StoreError::NotFound { what: "shop" });
                }
            }
            assignment::set_rules(tx, scope, rules).await?;
            let detail = json!({ "rules": rules.len() });
            audit::append(tx, scope, "assignment.rules", "tenant", &scope.tenant.to_string(), &detail).await
        })
    });
    written.await?;
    view(desk, scope).await
}

/// Says what somebody is good at.
///
/// # Errors
/// [`DeskError::Refused`] for too many or overlong skills, [`DeskError::NotFound`], [`DeskError::Forbidden`].
pub async fn set_skills(desk: &Desk, scope: &Scope, id: UserId, skills: &[String]) -> Result<AssignmentView> {
    allow(scope, Action::AssignCases)?;
    let skills: BTreeSet<String> = skills.iter().map(|skill| skill.trim().to_owned()).collect();
    let too_long = skills.iter().any(|skill| skill.is_empty() || skill.chars().count() > NAME_LIMIT);
    if skills.len() > SKILL_LIMIT || too_long {
        return Err(DeskError::refused(
            format!("最多 {SKILL_LIMIT} 项技能，每项 1 到 {NAME_LIMIT} 个字"),
            format!("at most {SKILL_LIMIT} skills of 1 to {NAME_LIMIT} characters"),
        ));
    }
    let skills = &skills;
    let written = desk.store.write(|tx| {
        Box::pin(async move {
            if user::find(tx, scope, id).await?.is_none() {
                return Err(StoreError::NotFound { what: "user" });
            }
            assignment::set_skills(tx, scope, id, skills).await?;
            let detail = json!({ "skills": skills });
            audit::append(tx, scope, "assignment.skills", "person", &id.to_string(), &detail).await
        })
    });
    written.await?;
    view(desk, scope).await
}

/// Everybody who works on cases; whether he is on duty is told of these shops.
async fn at_work(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shops: Vec<Shop>,
) -> std::result::Result<Vec<AtWork>, StoreError> {
    let now = tx.now();
    let (from, to) = (now.checked_sub(AROUND).unwrap_or(now), now.checked_add(AROUND).unwrap_or(now));
    let own = calendar::around_now(tx, scope).await?;
    let ids: Vec<ShopId> = shops.iter().map(|shop| shop.id).collect();
    let settings = shop_clock::of_shops(tx, scope, &ids).await?;
    let (skills, loads) = (assignment::skills(tx, scope).await?, assignment::loads(tx, scope).await?);
    let (given, teams) = (assignment::last_given(tx, scope).await?, team::list(tx, scope).await?);
    let people = user::list(tx, scope).await?;
    let people: Vec<_> = people
        .into_iter()
        .filter(|person| person.disabled_at.is_none() && person.role.may(Action::HandleCases))
        .collect();
    let who: Vec<UserId> = people.iter().map(|person| person.id).collect();
    let duties = shift::of_people(tx, scope, &who, from, to).await?;
    let free = Duty::default();
    Ok(people
        .into_iter()
        .map(|person| {
            let duty = duties.get(&person.id).unwrap_or(&free);
            let on_duty = shops.iter().filter(|shop| is_on(duty, shop, &settings, &own, now));
            AtWork {
                is_away: duty.is_away(now),
                name: person.display_name,
                worker: Worker {
                    id: person.id,
                    is_agent: person.role == Role::Agent,
                    shops: person.shops,
                    teams: teams
                        .iter()
                        .filter(|team| team.members.iter().any(|member| member.id == person.id))
                        .map(|team| team.id)
                        .collect(),
                    skills: skills.get(&person.id).cloned().unwrap_or_default(),
                    load: loads.get(&person.id).copied().unwrap_or_default(),
                    last_given: given.get(&person.id).copied(),
                    on_duty: ShopAccess::Only(on_duty.map(|shop| shop.id).collect()),
                },
            }
        })
        .collect())
}

fn is_on(
    duty: &Duty,
    shop: &Shop,
    settings: &HashMap<ShopId, ShopClocks>,
    own: &[SpecialDay],
    now: Timestamp,
) -> bool {
    let desk = ShopClocks::default();
    let hours = &settings.get(&shop.id).unwrap_or(&desk).hours;
    let zone = shop.zone();
    duty.is_on(now, Opening { zone: &zone, hours, own })
}

/// Gives cases that nobody has to whom the rules say, of every merchant, the most severe first; says how many. `go_on` is
/// asked between steps.
///
/// # Errors
/// When the database does not answer; what was given before stays given.
pub async fn give_due(desk: &Desk, go_on: impl Fn() -> bool) -> Result<u64> {
    let mut given = 0;
    for tenant in desk.store.read(|tx| Box::pin(assignment::tenants(tx))).await? {
        let scope = &Scope::system(tenant);
        let mut after = START;
        for _ in 0..STEPS {
            if !go_on() {
                return Ok(given);
            }
            let step =
                desk.store.write(|tx| Box::pin(async move { give_step(tx, scope, desk, after).await }));
            let (many, next) = step.await?;
            given += many;
            let Some(next) = next else { break };
            after = next;
        }
    }
    Ok(given)
}

async fn give_step(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    after: Place,
) -> std::result::Result<(u64, Option<Place>), StoreError> {
    let rules = assignment::rules(tx, scope).await?;
    let free = assignment::free(tx, scope, after, STEP).await?;
    let next = free.last().filter(|_| free.len() == STEP as usize).map(|(_, place, _)| *place);
    let mut shops = Vec::new();
    for wanted in free.iter().map(|(.., case)| case.shop).collect::<BTreeSet<ShopId>>() {
        shops.extend(shop::find(tx, scope, wanted).await?);
    }
    if shops.is_empty() {
        return Ok((0, None));
    }
    let people = at_work(tx, scope, shops).await?;
    let names: HashMap<UserId, String> =
        people.iter().map(|person| (person.worker.id, person.name.clone())).collect();
    let mut workers: Vec<Worker> = people.into_iter().map(|person| person.worker).collect();
    let mut given = Vec::new();
    for (id, _, free) in &free {
        let Some((place, owner)) = choose(&rules, free, &workers) else { continue };
        let rule = rules.get(place).map_or("", |rule| rule.name.as_str());
        let name = names.get(&owner).map_or("", String::as_str);
        if give(tx, scope, *id, (owner, name), rule).await?.is_none() {
            continue;
        }
        given.push(*id);
        if let Some(worker) = workers.iter_mut().find(|worker| worker.id == owner) {
            worker.load += 1;
            worker.last_given = Some(tx.now());
        }
    }
    planning::renew(tx, scope, desk, &given).await?;
    Ok((given.len() as u64, next))
}

/// Gives a case to somebody if nobody has taken it since.
async fn give(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    (owner, name): (UserId, &str),
    rule: &str,
) -> std::result::Result<Option<Given>, StoreError> {
    let now = tx.now();
    let head = case::lock_for_change(tx, scope, id).await?;
    if head.life.owner.is_some() || head.life.state != CaseState::Open {
        return Ok(None);
    }
    let Ok(after) = head.life.take(owner, true) else { return Ok(None) };
    case::set_life(tx, scope, &head, after, head.merged_into, now).await?;
    let body = json!({ "owner": { "id": owner, "name": name }, "rule": rule });
    let event = case::add_event_by_itself(tx, scope, id, EventKind::Assigned, &body).await?;
    assignment::mark_given(tx, scope, owner).await?;
    let detail = json!({ "owner": owner, "rule": rule });
    audit::append(tx, scope, "case.assign", "case", &id.to_string(), &detail).await?;
    Ok(Some(Given { before: head.life, after, event }))
}

/// Gives one case that nobody has by some rules, within a transaction; none when nobody fits or somebody has it. The caller
/// makes its plan anew.
pub(crate) async fn give_one(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    rules: &[Rule],
) -> std::result::Result<Option<Given>, StoreError> {
    let Some((_, _, free)) = assignment::free_one(tx, scope, id).await? else { return Ok(None) };
    let shops: Vec<Shop> = shop::find(tx, scope, free.shop).await?.into_iter().collect();
    let people = at_work(tx, scope, shops).await?;
    let workers: Vec<Worker> = people.iter().map(|person| person.worker.clone()).collect();
    let Some((place, owner)) = choose(rules, &free, &workers) else { return Ok(None) };
    let rule = rules.get(place).map_or("", |rule| rule.name.as_str());
    let name =
        people.iter().find(|person| person.worker.id == owner).map_or("", |person| person.name.as_str());
    give(tx, scope, id, (owner, name), rule).await
}

/// The case that is best taken now, with what speaks for it.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The case.
    pub row: CaseRow,
    /// What speaks for it.
    pub merit: Merit,
    /// How much it pays, from 0 to 100.
    pub score: u8,
}

/// The case that is best taken now: severity × deadline × prospect, among those that nobody has and those that I have and
/// that wait for nobody. None when there is nothing to do. `skip` is left out: the one at hand.
///
/// # Errors
/// [`DeskError::NotFound`] for one at hand that is not the caller's, [`DeskError::Forbidden`], or the database's.
pub async fn next_case(desk: &Desk, scope: &Scope, skip: Option<CaseId>) -> Result<Option<Proposed>> {
    allow(scope, Action::HandleCases)?;
    let found = desk.store.read(|tx| Box::pin(async move { weighed(tx, scope, skip).await })).await?;
    Ok(found.map(|mut proposed| {
        cases::mask(&mut proposed.row);
        proposed
    }))
}

async fn weighed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    skip: Option<CaseId>,
) -> std::result::Result<Option<Proposed>, StoreError> {
    let now = tx.now();
    // One that the scope does not hold is as absent as one that is not there.
    if let Some(skip) = skip
        && case::mergeable(tx, scope, &[skip]).await?.is_empty()
    {
        return Err(StoreError::NotFound { what: "case" });
    }
    let free =
        CaseFilter { states: vec![CaseState::Open], handlers: vec![Owner::None], ..CaseFilter::default() };
    let mine = scope.user().map(|me| CaseFilter {
        states: vec![CaseState::Open, CaseState::InProgress],
        handlers: vec![Owner::User(me)],
        ..CaseFilter::default()
    });
    let mut rows: HashMap<CaseId, CaseRow> = HashMap::new();
    for filter in std::iter::once(free).chain(mine) {
        for sort in [Sort::Severity, Sort::Due, Sort::Deadline] {
            let page = case::list(tx, scope, &filter, sort, None, WEIGHED).await?;
            rows.extend(page.rows.into_iter().map(|row| (row.id, row)));
        }
    }
    let reviews: Vec<_> =
        rows.values().filter_map(|row| row.review.as_ref().map(|review| review.id)).collect();
    let removable = assignment::removable(tx, scope, &reviews).await?;
    let promising = rows.into_values().filter(|row| Some(row.id) != skip).map(|row| {
        let is_removable = row.review.as_ref().is_some_and(|review| removable.contains(&review.id));
        let merit = merit(&row, is_removable, now);
        Proposed { score: merit.score(now), merit, row }
    });
    // Among equals the one that is due first, then the oldest.
    Ok(promising.min_by_key(|one| {
        let due = one.merit.due.unwrap_or(Timestamp::MAX);
        (u8::MAX - one.score, due, one.row.number)
    }))
}

fn merit(row: &CaseRow, is_removable: bool, now: Timestamp) -> Merit {
    let deadline = row.next.deadline.as_ref().map(|deadline| deadline.at);
    let clock = row.clock.map(|(_, due)| due);
    let prospect = match row.next.contact {
        _ if is_removable => Prospect::Removable,
        Some(contact) if contact.from <= now && now < contact.to => Prospect::ContactNow,
        Some(_) => Prospect::ContactLater,
        None => Prospect::ReplyOnly,
    };
    Merit { severity: row.severity, due: [clock, row.due_at, deadline].into_iter().flatten().min(), prospect }
}
