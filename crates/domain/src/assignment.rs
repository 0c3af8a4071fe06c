//! Who gets a case: rules by shop, cause, language, skill and load; and which case is best taken next.
//!
//! The first rule that fits the case and has somebody decides. Nobody gets a case who is off duty, away, does not see its shop,
//! has his fill, or has lost this very case by his silence.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use pingxin_language::{Cause, Language};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::identifiers::{ShopId, TeamId, UserId};
use crate::scope::ShopAccess;
use crate::words::words;

/// Longest name of a rule or skill, in characters.
pub const NAME_LIMIT: usize = 40;

words! {
    /// How one of several is chosen.
    Choosing {
        /// Whoever has the fewest live cases 负载最少.
        Load = "load",
        /// Whoever has waited longest for a case 轮流.
        RoundRobin = "round_robin",
    }
}

/// A rule of assignment. What is empty is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What people call it.
    pub name: String,
    /// Whether it is used.
    pub is_on: bool,
    /// Cases of these shops.
    pub shops: Vec<ShopId>,
    /// Cases with one of these main causes.
    pub causes: Vec<Cause>,
    /// Cases whose review is in one of these languages.
    pub languages: Vec<Language>,
    /// Cases of this severity or more.
    pub severity_from: u8,
    /// Members of this team; none is any agent.
    pub team: Option<TeamId>,
    /// Those with this skill.
    pub skill: Option<String>,
    /// How one of several is chosen.
    pub choosing: Choosing,
    /// Nobody gets another case who has so many live ones.
    pub most: Option<u32>,
}

/// Why a rule is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RuleRefused {
    /// It has no name, or one that is too long.
    #[error("the name of a rule has 1 to {NAME_LIMIT} characters")]
    Name,
    /// A skill that is too long.
    #[error("a skill has 1 to {NAME_LIMIT} characters")]
    Skill,
    /// Severity ends at 100.
    #[error("severity goes from 0 to 100")]
    Severity,
    /// With no case at all nobody gets one.
    #[error("somebody must be allowed to have at least one case")]
    Most,
}

impl Rule {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`RuleRefused`].
    pub fn check(&self) -> Result<(), RuleRefused> {
        let fits = |text: &str| (1..=NAME_LIMIT).contains(&text.trim().chars().count());
        if !fits(&self.name) {
            return Err(RuleRefused::Name);
        }
        if self.skill.as_deref().is_some_and(|skill| !fits(skill)) {
            return Err(RuleRefused::Skill);
        }
        if self.severity_from > 100 {
            return Err(RuleRefused::Severity);
        }
        if self.most == Some(0) { Err(RuleRefused::Most) } else { Ok(()) }
    }

    fn fits(&self, case: &FreeCase) -> bool {
        let among = |empty: bool, found: bool| empty || found;
        self.is_on
            && among(self.shops.is_empty(), self.shops.contains(&case.shop))
            && among(self.causes.is_empty(), case.cause.is_some_and(|cause| self.causes.contains(&cause)))
            && among(
                self.languages.is_empty(),
                case.language.is_some_and(|language| self.languages.contains(&language)),
            )
            && case.severity >= self.severity_from
    }

    fn may_have(&self, person: &Worker) -> bool {
        self.team.map_or(person.is_agent, |team| person.teams.contains(&team))
            && self.skill.as_ref().is_none_or(|skill| person.skills.contains(skill))
            && self.most.is_none_or(|most| person.load < most)
    }
}

/// A case that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeCase {
    /// Its shop.
    pub shop: ShopId,
    /// Its main cause.
    pub cause: Option<Cause>,
    /// The language of its review.
    pub language: Option<Language>,
    /// 0 to 100.
    pub severity: u8,
    /// Who has lost it by his silence.
    pub lost_by: Vec<UserId>,
}

/// Somebody who works on cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Who.
    pub id: UserId,
    /// Whether cases are his daily work; supervisors and owners get some only as members of a team.
    pub is_agent: bool,
    /// The shops he sees.
    pub shops: ShopAccess,
    /// His teams.
    pub teams: BTreeSet<TeamId>,
    /// What he is good at.
    pub skills: BTreeSet<String>,
    /// Live cases that he has.
    pub load: u32,
    /// When he last got one by a rule.
    pub last_given: Option<Timestamp>,
    /// The shops at whose hours he is on duty now; of somebody with a roster all or none.
    pub on_duty: ShopAccess,
}

/// The rule that decides, by its place, and who gets the case by it.
#[must_use]
pub fn choose(rules: &[Rule], case: &FreeCase, people: &[Worker]) -> Option<(usize, UserId)> {
    rules.iter().enumerate().filter(|(_, rule)| rule.fits(case)).find_map(|(place, rule)| {
        let able = people.iter().filter(|person| {
            person.shops.covers(case.shop)
                && person.on_duty.covers(case.shop)
                && !case.lost_by.contains(&person.id)
                && rule.may_have(person)
        });
        let chosen = match rule.choosing {
            Choosing::Load => able.min_by_key(|person| (person.load, person.last_given, person.id)),
            Choosing::RoundRobin => able.min_by_key(|person| (person.last_given, person.load, person.id)),
        };
        chosen.map(|person| (place, person.id))
    })
}

words! {
    /// What speaks for a good end of a case.
    Prospect {
        /// The rules let its review be removed 可以申诉移除.
        Removable = "removable",
        /// The buyer may be contacted now 现在可以联系.
        ContactNow = "contact_now",
        /// Later 稍后可以联系.
        ContactLater = "contact_later",
        /// Nothing is left but a public reply 只能公开回复.
        ReplyOnly = "reply_only",
    }
}

/// What decides how well it pays to take a case now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merit {
    /// 0 to 100.
    pub severity: u8,
    /// The nearest of its clock, its step and its deadline.
    pub due: Option<Timestamp>,
    /// What speaks for a good end.
    pub prospect: Prospect,
}

impl Prospect {
    /// In hundredths: a rule of the desk. A removal needs nobody's goodwill; a reply changes no rating.
    fn weight(self) -> u32 {
        match self {
            Self::Removable => 100,
            Self::ContactNow => 80,
            Self::ContactLater => 40,
            Self::ReplyOnly => 25,
        }
    }
}

impl Merit {
    /// How much it pays, from 0 to 100: severity × deadline × prospect. What is overdue or due within two hours counts whole,
    /// within a day 70 %, within three days 50 %, else 35 %.
    #[must_use]
    pub fn score(&self, now: Timestamp) -> u8 {
        let left = self.due.map(|due| due.duration_since(now));
        let within = |hours: i64| left.is_some_and(|left| left <= SignedDuration::from_hours(hours));
        let urgency: u32 = match () {
            () if within(2) => 100,
            () if within(24) => 70,
            () if within(72) => 50,
            () => 35,
        };
        let score = u32::from(self.severity.min(100)) * urgency * self.prospect.weight() / 10_000;
        u8::try_from(score).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::identifiers::Identifier;

    fn shop(number: u128) -> ShopId {
        ShopId::from_uuid(Uuid::from_u128(number))
    }

    fn user(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn rule() -> Rule {
        Rule {
            name: "全部".into(),
            is_on: true,
            shops: Vec::new(),
            causes: Vec::new(),
            languages: Vec::new(),
            severity_from: 0,
            team: None,
            skill: None,
            choosing: Choosing::Load,
            most: None,
        }
    }

    fn case() -> FreeCase {
        FreeCase {
            shop: shop(1),
            cause: Some(Cause::Quality),
            language: None,
            severity: 50,
            lost_by: Vec::new(),
        }
    }

    fn worker(number: u128, load: u32) -> Worker {
        Worker {
            id: user(number),
            is_agent: true,
            shops: ShopAccess::All,
            teams: BTreeSet::new(),
            skills: BTreeSet::new(),
            load,
            last_given: None,
            on_duty: ShopAccess::All,
        }
    }

    #[test]
    fn the_first_rule_that_fits_and_has_somebody_decides() {
        let english = Rule { skill: Some("英语".into()), severity_from: 40, ..rule() };
        let rules =
            [Rule { is_on: false, ..rule() }, Rule { shops: vec![shop(2)], ..rule() }, english, rule()];
        let mut people = vec![worker(1, 0), worker(2, 5)];
        assert_eq!(choose(&rules, &case(), &people), Some((3, user(1))), "nobody speaks English");
        people[1].skills.insert("英语".into());
        assert_eq!(choose(&rules, &case(), &people), Some((2, user(2))));
        let mild = FreeCase { severity: 10, ..case() };
        assert_eq!(choose(&rules, &mild, &people), Some((3, user(1))));
        let causes = [Rule { causes: vec![Cause::Logistics], ..rule() }];
        assert_eq!(choose(&causes, &case(), &people), None);
    }

    #[test]
    fn nobody_gets_a_case_who_is_off_duty_full_does_not_see_the_shop_or_has_lost_it() {
        let none = ShopAccess::Only(Vec::new());
        let off = Worker { on_duty: none.clone(), ..worker(1, 0) };
        let blind = Worker { shops: none, ..worker(2, 0) };
        let full = worker(3, 9);
        let lost = FreeCase { lost_by: vec![user(4)], ..case() };
        let people = [off, blind, full, worker(4, 0), worker(5, 8)];
        let rules = [Rule { most: Some(9), ..rule() }];
        assert_eq!(choose(&rules, &lost, &people), Some((0, user(5))));
        assert_eq!(choose(&rules, &lost, &people[..4]), None);
    }

    #[test]
    fn the_least_laden_or_whoever_has_waited_longest() {
        let given = |number, load, minute: i64| Worker {
            last_given: Some(Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)),
            ..worker(number, load)
        };
        let people = [given(1, 1, 30), given(2, 3, 10), given(3, 2, 20)];
        assert_eq!(choose(&[rule()], &case(), &people), Some((0, user(1))));
        let in_turn = [Rule { choosing: Choosing::RoundRobin, ..rule() }];
        assert_eq!(choose(&in_turn, &case(), &people), Some((0, user(2))));
        assert_eq!(
            choose(&in_turn, &case(), &[people[0].clone(), worker(9, 50)]),
            Some((0, user(9))),
            "he never got one"
        );
    }

    #[test]
    fn what_pays_most_is_severe_soon_due_and_can_be_won() {
        let now = Timestamp::UNIX_EPOCH;
        let due = |hours: i64| Some(now + SignedDuration::from_hours(hours));
        let score = |severity, due, prospect| Merit { severity, due, prospect }.score(now);
        assert_eq!(score(100, due(1), Prospect::Removable), 100);
        assert_eq!(score(80, due(-5), Prospect::ContactNow), 64);
        assert_eq!(score(80, due(20), Prospect::ContactNow), 44);
        assert_eq!(score(80, None, Prospect::ReplyOnly), 7);
        assert!(score(60, due(1), Prospect::ContactNow) > score(90, due(48), Prospect::ContactLater));
    }

    #[test]
    fn impossible_rules_are_refused() {
        assert_eq!(rule().check(), Ok(()));
        assert_eq!(Rule { name: " ".into(), ..rule() }.check(), Err(RuleRefused::Name));
        assert_eq!(Rule { skill: Some(String::new()), ..rule() }.check(), Err(RuleRefused::Skill));
        assert_eq!(Rule { severity_from: 101, ..rule() }.check(), Err(RuleRefused::Severity));
        assert_eq!(Rule { most: Some(0), ..rule() }.check(), Err(RuleRefused::Most));
    }
}
