//! The play that fits a case, and its steps with their due times.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use pingxin_language::{Cause, Fault};
use serde::Deserialize;

use super::step::{Owner, Step, StepCode};
use crate::case::CaseKind;
use crate::deadline::{Deadline, Standing};
use crate::pack::{ChangePolicy, Rules, Status};
use crate::say::Say;
use crate::shop::{Object, Platform};
use crate::source::Source;

/// What decides the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaybookFacts {
    /// What the case is about; `None` where nobody says.
    pub kind: Option<CaseKind>,
    /// Where the shop stands.
    pub platform: Option<Platform>,
    /// What the buyer left; `None` for a case without a review.
    pub object: Option<Object>,
    /// What he complains of.
    pub cause: Option<Cause>,
    /// Whose fault it is.
    pub fault: Option<Fault>,
    /// Extortion, a competitor or a threat.
    pub is_malicious: bool,
    /// Both sides have rated.
    pub both_rated: Option<bool>,
    /// When the case was found.
    pub found: Timestamp,
    /// By when the buyer is contacted next; `None` when no contact follows.
    pub contact_by: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    step: BTreeMap<StepCode, StepText>,
    play: Vec<Play>,
    cause: Vec<CauseSteps>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepText {
    owner: Owner,
    zh: String,
    en: String,
    done_zh: String,
    done_en: String,
    source: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Play {
    kind: Option<Vec<CaseKind>>,
    platform: Option<Vec<String>>,
    object: Option<Vec<Object>>,
    malicious: Option<bool>,
    steps: Vec<Planned>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CauseSteps {
    cause: Vec<Cause>,
    fault: Option<Vec<Fault>>,
    steps: Vec<Planned>,
    questions: Vec<Say>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    step: StepCode,
    hours: u16,
    until: Option<String>,
}

static PLAYS: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("steps.toml")).expect("a test reads the shipped plays"));

/// The steps of a case, in order.
///
/// A step that the rules do not allow, that needs a contact when none may follow, or whose window is over is left out;
/// where the end of a window is only told by sellers to each other, its step stays.
#[must_use]
pub fn playbook(facts: &PlaybookFacts, rules: &Rules<'_>, deadlines: &[Deadline]) -> Vec<Step> {
    let Some(play) = PLAYS.play.iter().find(|play| play.fits(facts)) else { return Vec::new() };
    let added = PLAYS.cause.iter().find(|added| added.fits(facts)).filter(|_| !facts.is_malicious);
    let builder = Builder { facts, rules, deadlines, added };
    let mut steps: Vec<Step> = Vec::new();
    let mut has_added = false;
    for planned in &play.steps {
        if planned.step == StepCode::Solve && !has_added {
            has_added = true;
            let more = added.map(|added| added.steps.as_slice()).unwrap_or_default();
            steps.extend(more.iter().filter_map(|planned| builder.step(planned)));
        }
        if steps.iter().all(|step| step.step != planned.step) {
            steps.extend(builder.step(planned));
        }
    }
    steps
}

impl Play {
    fn fits(&self, facts: &PlaybookFacts) -> bool {
        let platform = facts.platform.map(|platform| match platform {
            Platform::Amazon(_) => "amazon".to_owned(),
            other => other.code(),
        });
        self.kind.as_ref().is_none_or(|all| facts.kind.is_some_and(|kind| all.contains(&kind)))
            && self.platform.as_ref().is_none_or(|all| platform.is_some_and(|code| all.contains(&code)))
            && self.object.as_ref().is_none_or(|all| facts.object.is_some_and(|object| all.contains(&object)))
            && self.malicious.is_none_or(|malicious| malicious == facts.is_malicious)
    }
}

impl CauseSteps {
    fn fits(&self, facts: &PlaybookFacts) -> bool {
        let fault = facts.fault.unwrap_or(Fault::Unknown);
        facts.cause.is_some_and(|cause| self.cause.contains(&cause))
            && self.fault.as_ref().is_none_or(|all| all.contains(&fault))
    }
}

struct Builder<'a> {
    facts: &'a PlaybookFacts,
    rules: &'a Rules<'a>,
    deadlines: &'a [Deadline],
    added: Option<&'a CauseSteps>,
}

impl Builder<'_> {
    fn step(&self, planned: &Planned) -> Option<Step> {
        if !self.is_allowed(planned.step) {
            return None;
        }
        let text = PLAYS.step.get(&planned.step)?;
        let window =
            planned.until.as_ref().and_then(|id| self.deadlines.iter().find(|known| known.what == *id));
        let is_closed = |window: &&Deadline| match window.standing {
            Standing::Impossible => true,
            Standing::Over => window.record.status != Status::Folk,
            Standing::NotYet | Standing::Open => false,
        };
        if window.as_ref().is_some_and(is_closed) {
            return None;
        }
        let hours = SignedDuration::from_hours(i64::from(planned.hours));
        let mut due = self.facts.found.checked_add(hours).ok()?;
        if planned.step == StepCode::ContactBuyer {
            due = self.facts.contact_by?;
        }
        if let Some(end) =
            window.filter(|window| window.standing != Standing::Over).and_then(|window| window.at)
        {
            due = due.min(end);
        }
        let asks = matches!(planned.step, StepCode::Diagnose | StepCode::TraceParcel | StepCode::Explain)
            || planned.step == StepCode::Escalate && !self.facts.is_malicious;
        Some(Step {
            step: planned.step,
            due,
            owner: text.owner,
            what: Say::new(&text.zh, &text.en),
            done_when: Say::new(&text.done_zh, &text.done_en),
            questions: self.added.filter(|_| asks).map(|added| added.questions.clone()).unwrap_or_default(),
            source: self.sources(planned.step, &text.source),
        })
    }

    /// The sources of a step that speak for the shop's platform or law; for a removal those of its grounds where the text
    /// has none of its own. All of the text's where nothing speaks for it.
    fn sources(&self, step: StepCode, cited: &[String]) -> Vec<Source> {
        let cited: Vec<Source> = cited.iter().map(|text| Source::cited(text)).collect();
        let speaks = |source: &&Source| {
            let key = Some(source.key.as_str());
            self.rules.packs().any(|pack| pack.section("source").any(|entry| entry.id.as_deref() == key))
        };
        let mut own: Vec<Source> = cited.iter().filter(speaks).cloned().collect();
        if own.is_empty()
            && step == StepCode::RequestRemoval
            && let Some(object) = self.facts.object
        {
            for source in self.rules.grounds(object).flat_map(|ground| &ground.record.source) {
                if !own.contains(source) {
                    own.push(source.clone());
                }
            }
        }
        if own.is_empty() { cited } else { own }
    }

    fn is_allowed(&self, step: StepCode) -> bool {
        if step.needs_contact() && self.facts.contact_by.is_none() {
            return false;
        }
        let policy = || Some(self.rules.ask_change(self.facts.object?)?.policy);
        match step {
            StepCode::RateBuyer => self.facts.both_rated != Some(true),
            StepCode::AskChange => policy() == Some(ChangePolicy::AfterResolutionNeutral),
            StepCode::RequestRevision => policy() == Some(ChangePolicy::PlatformFlowOnly),
            StepCode::GuideFollowup => policy() == Some(ChangePolicy::Impossible),
            StepCode::PublicReply => self.rules.public_reply().is_some_and(|reply| reply.allowed),
            StepCode::RequestRemoval => {
                self.facts.object.is_some_and(|object| self.rules.grounds(object).next().is_some())
            }
            _ => true,
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
