//! Does the actions of a rule or a macro to a case, and takes them back.
//!
//! Texts are filled in and shown to the guard before the transaction ([`prepare`]); what the guard would stop or hold is not
//! kept, and the step says so.

use jiff::SignedDuration;
use pingxin_domain::assignment::{Choosing, Rule};
use pingxin_domain::automation::{Act, Filling, filled};
use pingxin_domain::case::Life;
use pingxin_domain::guard::{Channel, Verdict};
use pingxin_domain::list::List;
use pingxin_domain::{BulkId, CaseId, OutgoingId, Say, Scope, TagId, TaskId, TeamId};
use pingxin_store::automation::{self, Subject};
use pingxin_store::bulk::{self, Target};
use pingxin_store::case::{self, EventKind};
use pingxin_store::{StoreError, Tx, assignment as rules_of, audit, team};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::bulk::{Stood, restore_case};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::outbox::notices;
use crate::{assignment, cases, tasks};

type StepResult<T> = std::result::Result<T, StoreError>;

/// An action that can be done: its text is filled in and was shown to the guard.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    act: Act,
    text: String,
    stopped: Option<Say>,
}

/// What an action changed, as taking it back needs it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub(crate) enum Effect {
    /// The case changed hands.
    Given { before: Life, after: Life, event: u32 },
    /// A tag was put on.
    Tagged { tag: TagId },
    /// A tag was taken off.
    Untagged { tag: TagId },
    /// The case is more severe.
    Raised { before: (u8, Option<u8>), after: (u8, Option<u8>) },
    /// A department was asked.
    Asked { task: TaskId },
    /// A note was added.
    Noted,
    /// The team was told.
    Told { outgoing: OutgoingId },
}

/// One action with what it changed; none of both when all was so already.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Step {
    /// The action, with its text filled in.
    pub(crate) act: Act,
    /// What it changed.
    #[serde(skip)]
    pub(crate) effect: Option<Effect>,
    /// Why it was not done.
    pub(crate) problem: Option<Say>,
}

/// Who acts: a rule, or a person with a macro.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    /// The bounds.
    pub(crate) scope: &'a Scope,
    /// What the rule or macro is called.
    pub(crate) name: &'a str,
    /// The bulk action by which it can be taken back.
    pub(crate) bulk: Option<BulkId>,
}

/// Fills the texts of actions in and shows them to the guard.
///
/// # Errors
/// The database's.
pub(crate) async fn prepare(
    desk: &Desk,
    scope: &Scope,
    subject: &Subject,
    acts: &[Act],
) -> Result<Vec<Ready>> {
    let mut ready = Vec::with_capacity(acts.len());
    for act in acts {
        let act = with_text(act, subject);
        let text = act.text().unwrap_or_default().to_owned();
        let stopped = match subject.case {
            None if act.needs_case() => Some(Say::new("这条评价没有跟进单", "this review has no case")),
            Some(case) if !text.is_empty() => stopped(desk, scope, case, &act, &text).await?,
            _ => None,
        };
        ready.push(Ready { act, text, stopped });
    }
    Ok(ready)
}

/// The action with its text filled in.
pub(super) fn with_text(act: &Act, subject: &Subject) -> Act {
    let filling = Filling {
        case: subject.number.map(|number| format!("#{number}")),
        shop: Some(subject.shop.name.clone()),
        order: subject.order.clone(),
        product: subject.product.clone(),
    };
    match act {
        Act::Note { text } => Act::Note { text: filled(text, &filling) },
        Act::AskTask { department, text, due_hours } => {
            Act::AskTask { department: *department, text: filled(text, &filling), due_hours: *due_hours }
        }
        act => act.clone(),
    }
}

/// Why the guard does not let a text be kept by itself.
async fn stopped(desk: &Desk, scope: &Scope, case: CaseId, act: &Act, text: &str) -> Result<Option<Say>> {
    let channel = if matches!(act, Act::AskTask { .. }) { Channel::Task } else { Channel::Note };
    let looked = match gate::look(desk, scope, About::Case(case), channel, text).await {
        Ok(looked) => looked,
        Err(DeskError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    match looked.checked.verdict {
        Verdict::Block => {
            gate::note_block(desk, scope, About::Case(case), Some(channel), &looked.checked).await?;
            Ok(Some(Say::new("内容被发送前检查拦截，没有写入", "the guard stops this text; it was not kept")))
        }
        _ if looked.is_held() => Ok(Some(Say::new(
            "内容要主管看过才能留，没有写入；请改成手动填写",
            "a supervisor has to see this text first; it was not kept, write it by hand",
        ))),
        _ => Ok(None),
    }
}

/// Does the actions, one after another, within a transaction. One that is refused stops no other.
///
/// # Errors
/// The database's error.
pub(crate) async fn carry_out(
    tx: &mut Tx<'_>,
    by: By<'_>,
    subject: &Subject,
    ready: &[Ready],
) -> StepResult<Vec<Step>> {
    let mut steps = Vec::with_capacity(ready.len());
    for one in ready {
        let done = match &one.stopped {
            Some(say) => Err(say.clone()),
            None => act(tx, by, subject, one).await?,
        };
        let (effect, problem) = match done {
            Ok(effect) => (effect, None),
            Err(say) => (None, Some(say)),
        };
        steps.push(Step { act: one.act.clone(), effect, problem });
    }
    Ok(steps)
}

/// What was changed, or why nothing could be.
type Acted = std::result::Result<Option<Effect>, Say>;

async fn act(tx: &mut Tx<'_>, by: By<'_>, subject: &Subject, ready: &Ready) -> StepResult<Acted> {
    match (&ready.act, subject.case) {
        (Act::Tag { tag }, _) => {
            let targets = targets(tx, by.scope, subject).await?;
            let put = bulk::put_tag(tx, by.scope, *tag, &targets, by.bulk).await?;
            Ok(Ok((!put.is_empty()).then_some(Effect::Tagged { tag: *tag })))
        }
        (Act::Untag { tag }, _) => {
            let targets = targets(tx, by.scope, subject).await?;
            let taken = bulk::take_tag(tx, by.scope, *tag, &targets).await?;
            Ok(Ok((!taken.is_empty()).then_some(Effect::Untagged { tag: *tag })))
        }
        (_, None) => Ok(Err(Say::new("这条评价没有跟进单", "this review has no case"))),
        (Act::AssignPerson { person }, Some(case)) => {
            match cases::give(tx, by.scope, case, Some(*person), None).await {
                Ok(Ok(given)) => Ok(Ok(given.map(given_effect))),
                Ok(Err(refused)) => Ok(Err(cases::refusal(refused).say())),
                // Nothing was written for it.
                Err(StoreError::NotFound { what: "user" }) => {
                    Ok(Err(Say::new("对方看不到这家店铺", "this person does not see the shop")))
                }
                Err(error) => Err(error),
            }
        }
        (Act::AssignTeam { team }, Some(case)) => {
            let rules = [of_team(by.name, *team)];
            give_free(tx, by.scope, case, &rules, Some(*team)).await
        }
        (Act::AssignByRules, Some(case)) => {
            let rules = rules_of::rules(tx, by.scope).await?;
            give_free(tx, by.scope, case, &rules, None).await
        }
        (Act::SeverityFloor { severity }, Some(case)) => {
            let before = automation::severity(tx, by.scope, case).await?;
            let floor = before.1.map_or(*severity, |floor| floor.max(*severity));
            let after = (before.0.max(floor), Some(floor));
            if after == before {
                return Ok(Ok(None));
            }
            automation::set_severity(tx, by.scope, case, after).await?;
            Ok(Ok(Some(Effect::Raised { before, after })))
        }
        (Act::AskTask { department, due_hours, .. }, Some(case)) => {
            let due = due_hours
                .and_then(|hours| tx.now().checked_add(SignedDuration::from_hours(hours.into())).ok());
            let task = tasks::ask(tx, by.scope, by.scope, case, *department, ready.text.trim(), due).await?;
            Ok(Ok(Some(Effect::Asked { task: task.id })))
        }
        (Act::Note { .. }, Some(case)) => {
            let now = tx.now();
            let body = json!({ "text": ready.text.trim() });
            case::add_event(tx, by.scope, case, EventKind::Note, &body, now).await?;
            audit::append(tx, by.scope, "case.note", "case", &case.to_string(), &json!({})).await?;
            Ok(Ok(Some(Effect::Noted)))
        }
        (Act::Notify { channel, person }, Some(case)) => {
            let to = (*channel, *person);
            match notices::tell_by_rule(tx, by.scope, subject, case, to, by.name).await? {
                Some(outgoing) => Ok(Ok(Some(Effect::Told { outgoing }))),
                None => Ok(Err(Say::new("这个通知渠道没有启用", "this channel is not switched on"))),
            }
        }
        (Act::RunMacro { .. }, Some(_)) => Ok(Ok(None)),
    }
}

fn given_effect(given: cases::Given) -> Effect {
    Effect::Given { before: given.before, after: given.after, event: given.event }
}

/// The case or review as bulk actions name it.
async fn targets(tx: &mut Tx<'_>, scope: &Scope, subject: &Subject) -> StepResult<Vec<Target>> {
    use pingxin_domain::identifiers::Identifier;
    let named: Option<(List, Uuid)> = subject
        .case
        .map(|case| (List::Cases, case.uuid()))
        .or_else(|| subject.review.map(|review| (List::Reviews, review.uuid())));
    match named {
        Some((list, id)) => bulk::targets(tx, scope, list, &[id]).await,
        None => Ok(Vec::new()),
    }
}

/// A rule of assignment for the members of a team.
fn of_team(name: &str, team: TeamId) -> Rule {
    Rule {
        name: name.to_owned(),
        is_on: true,
        shops: Vec::new(),
        causes: Vec::new(),
        languages: Vec::new(),
        severity_from: 0,
        team: Some(team),
        skill: None,
        choosing: Choosing::Load,
        most: None,
    }
}

/// Gives a case that nobody has; one that a member of the team has stays with him.
async fn give_free(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    rules: &[Rule],
    of: Option<TeamId>,
) -> StepResult<Acted> {
    let head = case::lock_for_change(tx, scope, case).await?;
    if let Some(owner) = head.life.owner {
        let teams = team::list(tx, scope).await?;
        let is_member = teams
            .iter()
            .any(|team| Some(team.id) == of && team.members.iter().any(|member| member.id == owner));
        return Ok(if is_member {
            Ok(None)
        } else {
            Err(Say::new("已有同事在处理", "a colleague has it already"))
        });
    }
    Ok(match assignment::give_one(tx, scope, case, rules).await? {
        Some(given) => Ok(Some(given_effect(given))),
        None => Err(Say::new(
            "现在没有合适的人：都不在班、已满，或规则不匹配",
            "nobody fits now: all are off duty or have their fill, or no rule fits",
        )),
    })
}

/// Takes back what was done, the last first; says what could not be. The case is in the scope.
///
/// # Errors
/// The database's error.
pub(crate) async fn take_back(
    tx: &mut Tx<'_>,
    by: By<'_>,
    target: Target,
    effects: &[Effect],
) -> StepResult<Option<Say>> {
    let changed =
        || Say::new("之后又有人改过，已保持现状", "somebody has changed it since; it was left as it is");
    let mut problem = None;
    for effect in effects.iter().rev() {
        let undone = match (effect, target.case) {
            (Effect::Given { before, after, event }, Some(case)) => {
                let before = Stood { life: *before, event: 0 };
                let after = Stood { life: *after, event: *event };
                restore_case(tx, by.scope, case, &before, &after).await?.then_some(()).ok_or_else(changed)
            }
            (Effect::Tagged { tag }, _) => {
                let had = bulk::tagged_by(tx, by.scope, *tag, &[target]).await?;
                if had.get(&target.thing) == Some(&by.bulk) {
                    bulk::take_tag(tx, by.scope, *tag, &[target]).await?;
                    Ok(())
                } else {
                    Err(changed())
                }
            }
            (Effect::Untagged { tag }, _) => {
                if pingxin_store::tag::find(tx, by.scope, *tag).await?.is_some() {
                    bulk::put_tag(tx, by.scope, *tag, &[target], None).await?;
                    Ok(())
                } else {
                    Err(changed())
                }
            }
            (Effect::Raised { before, after }, Some(case)) => {
                if automation::severity(tx, by.scope, case).await? == *after {
                    automation::set_severity(tx, by.scope, case, *before).await?;
                    Ok(())
                } else {
                    Err(changed())
                }
            }
            (Effect::Asked { task }, _) => match tasks::settle(tx, by.scope, by.scope, *task, None).await? {
                Ok(_) => Ok(()),
                Err(refused) => Err(tasks::refusal(refused).say()),
            },
            (Effect::Noted, _) => Err(Say::new("备注已写进时间线，会保留", "the note stays in the timeline")),
            (Effect::Told { outgoing }, _) => match pingxin_store::outbox::withdraw(tx, by.scope, *outgoing)
                .await
            {
                Ok(()) => Ok(()),
                Err(StoreError::Conflict { .. }) => Err(Say::new("通知已发出", "the notice has gone out")),
                Err(error) => return Err(error),
            },
            (_, None) => Err(changed()),
        };
        if let Err(say) = undone {
            problem.get_or_insert(say);
        }
    }
    Ok(problem)
}
