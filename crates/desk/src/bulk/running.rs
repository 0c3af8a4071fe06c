//! A macro run on many things: its texts are shown to the guard for each, its actions are those of a rule.

use std::collections::HashMap;

use pingxin_domain::automation::{Act, missing};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::list::List;
use pingxin_domain::{Action, BulkId, CaseId, MacroId, ReviewId, Scope};
use pingxin_store::Tx;
use pingxin_store::automation::{self, Subject};
use pingxin_store::bulk::{BulkRow, Target};
use pingxin_store::case::{self, EventKind};
use pingxin_store::saved_macro::SavedMacro;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{BulkProblem, Step, StepResult};
use crate::automation::acting::{By, Effect, Ready, carry_out, prepare};
use crate::automation::macro_of;
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::planning;

/// A macro that is being run.
pub(super) struct Running {
    saved: SavedMacro,
}

/// What was done to one thing, as taking it back needs it.
#[derive(Serialize, Deserialize)]
pub(super) struct Done {
    /// The first first.
    pub(super) effects: Vec<Effect>,
}

impl Running {
    /// The macro, if the person may run it and nothing that it names is gone.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for a colleague's own; [`DeskError::Forbidden`]; [`DeskError::Refused`] for a broken one.
    pub(super) async fn find(desk: &Desk, scope: &Scope, id: MacroId) -> Result<Self> {
        let saved = macro_of(desk, scope, id, false).await?;
        for act in &saved.body.acts {
            match act {
                Act::AssignPerson { person } if Some(*person) == scope.user() => {}
                act if act.is_assignment() => allow(scope, Action::AssignCases)?,
                _ => {}
            }
        }
        let existing =
            desk.store.read(|tx| Box::pin(async move { automation::existing(tx, scope, &[]).await }));
        if !missing(&[], &saved.body.acts, &existing.await?).is_empty() {
            return Err(DeskError::refused(
                "宏里有选项已被删除或停用，请先修改宏",
                "the macro names something that is deleted or switched off; change it first",
            ));
        }
        Ok(Self { saved })
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        &self.saved.body.name
    }

    /// Its actions for some things, with their texts ready.
    pub(super) async fn prepare(
        &self,
        desk: &Desk,
        scope: &Scope,
        list: List,
        things: &[Uuid],
    ) -> Result<Vec<(Uuid, Subject, Vec<Ready>)>> {
        let read = desk.store.read(|tx| {
            Box::pin(async move {
                if list == List::Cases {
                    let cases: Vec<CaseId> = things.iter().map(|id| CaseId::from_uuid(*id)).collect();
                    automation::subjects(tx, scope, &cases, &[]).await
                } else {
                    let reviews: Vec<ReviewId> = things.iter().map(|id| ReviewId::from_uuid(*id)).collect();
                    automation::subjects(tx, scope, &[], &reviews).await
                }
            })
        });
        let mut ready = Vec::with_capacity(things.len());
        for subject in read.await? {
            let of_case = subject.case.map(CaseId::uuid);
            let thing = if list == List::Cases { of_case } else { subject.review.map(ReviewId::uuid) };
            let acts = prepare(desk, scope, &subject, &self.saved.body.acts).await?;
            if let Some(thing) = thing {
                ready.push((thing, subject, acts));
            }
        }
        Ok(ready)
    }

    /// Does it to some things; a thing of which an action could not be done says which.
    pub(super) async fn take_step(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        desk: &Desk,
        bulk: BulkId,
        targets: &[Target],
        ready: &[(Uuid, Subject, Vec<Ready>)],
    ) -> StepResult<Step> {
        let (mut rows, mut problems) = (Vec::new(), HashMap::new());
        let mut cases = Vec::new();
        let by = By { scope, name: self.name(), bulk: Some(bulk) };
        for target in targets {
            let Some((thing, subject, acts)) = ready.iter().find(|(thing, ..)| *thing == target.thing) else {
                continue;
            };
            let steps = carry_out(tx, by, subject, acts).await?;
            if let Some(say) = steps.iter().find_map(|step| step.problem.clone()) {
                problems.insert(*thing, BulkProblem::Refused(say));
            }
            let effects: Vec<Effect> = steps.iter().filter_map(|step| step.effect.clone()).collect();
            if effects.is_empty() {
                continue;
            }
            if let Some(case) = subject.case {
                let told = json!({ "macro": { "id": self.saved.id, "name": self.name() }, "steps": steps });
                let now = tx.now();
                case::add_event(tx, scope, case, EventKind::Automation, &told, now).await?;
                cases.push(case);
            }
            rows.push(BulkRow { thing: *thing, before: json!({}), after: json!(Done { effects }) });
        }
        planning::renew(tx, scope, desk, &cases).await?;
        Ok((rows, problems))
    }
}
