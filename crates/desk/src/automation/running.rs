//! Takes up what happened and lets the rules act, each once.

use jiff::SignedDuration;
use pingxin_domain::automation::{Decision, RunOutcome, decide, missing};
use pingxin_domain::{RuleId, Say, Scope};
use pingxin_store::automation::{self, NewRun, Queued, StoredRule, Subject};
use pingxin_store::case::{self, EventKind};
use pingxin_store::{StoreError, Tx, audit};
use serde_json::{Value, json};

use super::acting::{By, Effect, Ready, Step, carry_out, prepare};
use super::{Macros, expanded, products, shared_macros};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::planning;
use crate::sweep::{STEP, sweep};

/// Runs are counted over so long.
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// What fails so often is given up.
const ATTEMPTS: u32 = 5;

/// Lets the rules of every merchant act on what happened; says how many things they looked at. `go_on` is asked between
/// steps.
///
/// # Errors
/// When the database does not answer, or the first that a single thing ran into; the others were looked at.
pub async fn run_due(desk: &Desk, go_on: impl Fn() -> bool) -> Result<u64> {
    let mut many = 0;
    for tenant in desk.store.read(|tx| Box::pin(automation::tenants(tx))).await? {
        let scope = &Scope::system(tenant);
        let find = async || {
            let read = desk
                .store
                .read(|tx| Box::pin(async move { automation::waiting(tx, scope, ATTEMPTS, STEP).await }));
            Ok(read.await?)
        };
        many += sweep(&go_on, find, async |queued| take_up(desk, scope, queued).await).await?;
    }
    Ok(many)
}

/// Looks at one thing; what fails is counted, and given up after so many times.
async fn take_up(desk: &Desk, scope: &Scope, queued: Queued) -> Result<bool> {
    let error = match handle(desk, scope, &queued).await {
        Ok(did) => return Ok(did),
        Err(error) => error,
    };
    let queued = &queued;
    if queued.attempts + 1 < ATTEMPTS {
        desk.store
            .write(|tx| Box::pin(async move { automation::count_attempt(tx, scope, queued.id).await }))
            .await?;
        return Err(error);
    }
    tracing::error!(%error, happening = %queued.id, "rules could not act on this; it is given up");
    give_up(desk, scope, queued, &error).await.map(|()| true)
}

/// What a rule is to do.
struct Planned {
    stored: StoredRule,
    held: Vec<usize>,
    ready: Vec<Ready>,
}

/// What the rules look at.
struct Looked {
    rules: Vec<StoredRule>,
    macros: Macros,
    subject: Option<Subject>,
}

async fn look(desk: &Desk, scope: &Scope, queued: &Queued) -> Result<Looked> {
    let read = desk.store.read(|tx| {
        Box::pin(async move {
            let rules = automation::of_happening(tx, scope, queued.happening).await?;
            let (case, review) = (queued.case, queued.review.filter(|_| queued.case.is_none()));
            let subject =
                automation::subjects(tx, scope, case.as_slice(), review.as_slice()).await?.into_iter().next();
            let macros = shared_macros(tx, scope).await?;
            let named: Vec<_> = rules.iter().flat_map(|stored| products(&stored.rule.conditions)).collect();
            let existing = automation::existing(tx, scope, &named).await?;
            // A rule that names what is gone does not run.
            let whole = rules
                .into_iter()
                .filter(|stored| {
                    let rule = &stored.rule;
                    let acts = expanded(&rule.acts, &macros);
                    missing(&rule.conditions, &rule.acts, &existing).is_empty()
                        && missing(&[], &acts, &existing).is_empty()
                })
                .collect();
            Ok(Looked { rules: whole, macros, subject })
        })
    });
    Ok(read.await?)
}

async fn handle(desk: &Desk, scope: &Scope, queued: &Queued) -> Result<bool> {
    let Looked { rules, macros, subject } = look(desk, scope, queued).await?;
    let mut planned = Vec::new();
    if let Some(subject) = &subject {
        for stored in rules {
            let decided = decide((stored.id, &stored.rule), &subject.seen, &queued.chain, 0);
            let Decision::Run(held) = decided else { continue };
            let ready = prepare(desk, scope, subject, &expanded(&stored.rule.acts, &macros)).await?;
            planned.push(Planned { stored, held, ready });
        }
    }
    let (planned, subject) = (&planned, &subject);
    let done = desk.store.write(|tx| {
        Box::pin(async move {
            // Another worker may have been quicker.
            let Some(queued) = automation::lock(tx, scope, queued.id).await? else { return Ok(false) };
            if let Some(subject) = subject {
                for planned in planned {
                    run(tx, scope, desk, &queued, subject, planned).await?;
                }
            }
            automation::settle(tx, scope, queued.id).await?;
            Ok(true)
        })
    });
    Ok(done.await?)
}

fn new_run(queued: &Queued, rule: RuleId, subject: &Subject) -> NewRun {
    NewRun {
        happening: (queued.id, queued.happening),
        rule,
        case: subject.case,
        review: subject.review,
        shop: subject.shop.id,
    }
}

/// The conditions that held, as they were.
fn reasons(stored: &StoredRule, held: &[usize]) -> Value {
    let held: Vec<_> = held.iter().filter_map(|place| stored.rule.conditions.get(*place)).collect();
    json!(held)
}

/// Runs one rule for one thing, unless it has changed, has run for it, or has run often enough this hour.
async fn run(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    queued: &Queued,
    subject: &Subject,
    planned: &Planned,
) -> std::result::Result<(), StoreError> {
    let Planned { stored, held, ready } = planned;
    let now = tx.now();
    // Locked, so that the runs of an hour are counted by one at a time.
    let Some(current) = automation::lock_rule(tx, scope, stored.id).await? else { return Ok(()) };
    if current.version != stored.version {
        return Ok(());
    }
    let since = now.checked_sub(HOUR).unwrap_or(now);
    let runs = automation::runs_since(tx, scope, stored.id, since, RunOutcome::Ran).await?;
    if !automation::add_run(tx, scope, &new_run(queued, stored.id, subject)).await? {
        return Ok(());
    }
    let key = (queued.id, stored.id);
    let why = reasons(stored, held);
    if let Decision::HeldBack(_) = decide((stored.id, &stored.rule), &subject.seen, &queued.chain, runs) {
        let detail = json!({ "held": why, "steps": [] });
        return automation::finish_run(tx, scope, key, RunOutcome::HeldBack, &detail).await;
    }
    let after = match subject.case {
        Some(case) => {
            case::lock_for_change(tx, scope, case).await?;
            Some((case, automation::last_event(tx, scope, case).await?))
        }
        None => None,
    };
    let by = By { scope, name: &stored.rule.name, bulk: None };
    let steps = carry_out(tx, by, subject, ready).await?;
    let detail = json!({ "held": why, "steps": steps });
    automation::finish_run(tx, scope, key, RunOutcome::Ran, &detail).await?;
    if let Some((case, last)) = after {
        let told = json!({
            "rule": { "id": stored.id, "name": stored.rule.name }, "happening": queued.happening, "held": why,
            "steps": steps,
        });
        case::add_event_by_itself(tx, scope, case, EventKind::Automation, &told).await?;
        let mut chain = queued.chain.clone();
        chain.push(stored.id);
        automation::set_chain(tx, scope, (case, last), &asked(&steps), &chain).await?;
        planning::renew(tx, scope, desk, &[case]).await?;
    }
    let detail = json!({ "case": subject.case, "happening": queued.happening });
    audit::append(tx, scope, "automation.run", "rule", &stored.id.to_string(), &detail).await
}

/// The questions that the steps asked.
pub(super) fn asked(steps: &[Step]) -> Vec<pingxin_domain::TaskId> {
    let asked = |step: &Step| match &step.effect {
        Some(Effect::Asked { task }) => Some(*task),
        _ => None,
    };
    steps.iter().filter_map(asked).collect()
}

/// Notes of every rule that would have run that it could not.
async fn give_up(desk: &Desk, scope: &Scope, queued: &Queued, error: &DeskError) -> Result<()> {
    let Looked { rules, subject, .. } = look(desk, scope, queued).await?;
    let (rules, subject, say): (&[StoredRule], _, Say) = (&rules, &subject, error.say());
    let say = &say;
    let given_up = desk.store.write(|tx| {
        Box::pin(async move {
            if automation::lock(tx, scope, queued.id).await?.is_none() {
                return Ok(());
            }
            for stored in rules {
                let Some(subject) = subject else { break };
                let decided = decide((stored.id, &stored.rule), &subject.seen, &queued.chain, 0);
                let Decision::Run(held) = decided else { continue };
                if automation::add_run(tx, scope, &new_run(queued, stored.id, subject)).await? {
                    let detail = json!({ "held": reasons(stored, &held), "steps": [], "problem": say });
                    let key = (queued.id, stored.id);
                    automation::finish_run(tx, scope, key, RunOutcome::Failed, &detail).await?;
                }
            }
            automation::settle(tx, scope, queued.id).await
        })
    });
    Ok(given_up.await?)
}
