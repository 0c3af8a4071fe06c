//! Takes a bulk action back: each thing that still stands as the action left it stands again as before.

use std::collections::HashMap;

use jiff::Timestamp;
use pingxin_domain::case::Life;
use pingxin_domain::list::BulkKind;
use pingxin_domain::time::from_micros;
use pingxin_domain::{Action, BulkId, CaseId, Scope, TagId, UserId};
use pingxin_store::bulk::{self, BulkRow, Target};
use pingxin_store::case::{self, EventKind};
use pingxin_store::{StoreError, Tx, audit, review, tag, user};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::running::Done;
use super::{BulkDone, BulkProblem, STEP, StepResult};
use crate::automation::acting::{By, take_back};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::retention::BULK_UNDO;
use crate::views::person;

/// Takes it back, within a day, by whoever did it.
///
/// # Errors
/// [`DeskError::NotFound`] for another person's; [`DeskError::Refused`] when it is too late or done already;
/// [`DeskError::Forbidden`].
pub async fn undo(desk: &Desk, scope: &Scope, id: BulkId) -> Result<BulkDone> {
    allow(scope, Action::TagReviews)?;
    let user = person(scope)?;
    let action =
        desk.store.write(|tx| Box::pin(async move { bulk::find(tx, scope, user, id).await })).await?;
    let action = action.ok_or(DeskError::NotFound)?;
    if matches!(
        action.kind,
        BulkKind::Assign | BulkKind::MarkGone | BulkKind::UnmarkGone | BulkKind::End | BulkKind::Macro
    ) {
        allow(scope, Action::HandleCases)?;
    }
    let now = desk.store.clock().now();
    if now.duration_since(action.at) > BULK_UNDO {
        return Err(DeskError::refused(
            "超过 24 小时，已不能撤销",
            "it was done more than 24 hours ago and cannot be undone",
        ));
    }
    if action.undone_at.is_some() {
        return Err(DeskError::refused("这次操作已经撤销过了", "this has been undone already"));
    }
    let mut results = Vec::new();
    let mut after = Uuid::nil();
    let action = &action;
    loop {
        let done = desk.store.write(|tx| {
            Box::pin(async move {
                let rows = bulk::rows(tx, scope, id, after, STEP as u32).await?;
                let things: Vec<Uuid> = rows.iter().map(|row| row.thing).collect();
                let targets = bulk::targets(tx, scope, action.list, &things).await?;
                let targets = targets.into_iter().map(|target| (target.thing, target)).collect();
                let step = Step { id, tag: action.tag, rows: &rows, targets };
                let problems = step.take(tx, scope, action.kind).await?;
                let restored = rows.len() - problems.len();
                if restored > 0 {
                    let detail = json!({ "list": action.list, "kind": action.kind, "things": restored });
                    audit::append(tx, scope, "list.bulk_undo", "bulk", &id.to_string(), &detail).await?;
                }
                if rows.is_empty() {
                    bulk::end_undo(tx, scope, id).await?;
                }
                Ok((things, problems))
            })
        });
        let (things, mut problems) = match done.await {
            Err(StoreError::Conflict { what: "bulk action" }) => return Err(DeskError::Stale),
            other => other?,
        };
        match things.last() {
            Some(last) => after = *last,
            None => break,
        }
        results.extend(things.into_iter().map(|thing| (thing, problems.remove(&thing))));
    }
    Ok(BulkDone { id, results })
}

/// Some rows of the action.
struct Step<'r> {
    id: BulkId,
    tag: Option<TagId>,
    rows: &'r [BulkRow],
    targets: HashMap<Uuid, Target>,
}

/// How a case stood.
#[derive(Debug, Deserialize)]
pub(crate) struct Stood {
    /// How.
    pub(crate) life: Life,
    /// The event that says so.
    #[serde(default)]
    pub(crate) event: u32,
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> StepResult<T> {
    serde_json::from_value(value.clone())
        .map_err(|error| StoreError::Corrupt { what: format!("a row of a bulk action: {error}") })
}

impl Step<'_> {
    /// Restores; answers what stays as it is.
    async fn take(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        kind: BulkKind,
    ) -> StepResult<HashMap<Uuid, BulkProblem>> {
        let mut problems: HashMap<Uuid, BulkProblem> = self
            .rows
            .iter()
            .filter(|row| !self.targets.contains_key(&row.thing))
            .map(|row| (row.thing, BulkProblem::NotFound))
            .collect();
        let changed = match kind {
            BulkKind::Tag => self.take_tag(tx, scope).await?,
            BulkKind::Untag => self.put_tag(tx, scope).await?,
            BulkKind::MarkGone | BulkKind::UnmarkGone => self.set_gone(tx, scope).await?,
            BulkKind::Assign | BulkKind::End => self.restore_cases(tx, scope).await?,
            BulkKind::Macro => {
                problems.extend(self.take_macro_back(tx, scope).await?);
                Vec::new()
            }
        };
        problems.extend(changed.into_iter().map(|thing| (thing, BulkProblem::Changed)));
        Ok(problems)
    }

    fn there(&self) -> impl Iterator<Item = (&BulkRow, Target)> {
        self.rows.iter().filter_map(|row| self.targets.get(&row.thing).map(|target| (row, *target)))
    }

    async fn take_tag(&self, tx: &mut Tx<'_>, scope: &Scope) -> StepResult<Vec<Uuid>> {
        let Some(tag) = self.tag else { return Ok(Vec::new()) };
        let targets: Vec<Target> = self.there().map(|(_, target)| target).collect();
        let by = bulk::tagged_by(tx, scope, tag, &targets).await?;
        let (ours, others): (Vec<Target>, Vec<Target>) =
            targets.into_iter().partition(|target| by.get(&target.thing) == Some(&Some(self.id)));
        bulk::take_tag(tx, scope, tag, &ours).await?;
        Ok(others.iter().map(|target| target.thing).collect())
    }

    async fn put_tag(&self, tx: &mut Tx<'_>, scope: &Scope) -> StepResult<Vec<Uuid>> {
        let targets: Vec<Target> = self.there().map(|(_, target)| target).collect();
        let tag = match self.tag {
            Some(tag) => tag::find(tx, scope, tag).await?,
            None => None,
        };
        // The tag is gone altogether.
        let Some(tag) = tag else { return Ok(targets.iter().map(|target| target.thing).collect()) };
        let put = bulk::put_tag(tx, scope, tag.id, &targets, None).await?;
        Ok(targets.iter().map(|target| target.thing).filter(|thing| !put.contains(thing)).collect())
    }

    async fn set_gone(&self, tx: &mut Tx<'_>, scope: &Scope) -> StepResult<Vec<Uuid>> {
        #[derive(Deserialize)]
        struct Gone {
            gone_at: Option<i64>,
        }
        let instant = |value: &Value| Ok::<_, StoreError>(read::<Gone>(value)?.gone_at.map(from_micros));
        let reviews: Vec<_> = self.there().filter_map(|(_, target)| target.review).collect();
        let now = review::gone_since(tx, scope, &reviews).await?;
        let mut changed = Vec::new();
        let mut restore: HashMap<Option<Timestamp>, Vec<_>> = HashMap::new();
        for (row, target) in self.there() {
            let after = instant(&row.after)?;
            match target.review.filter(|review| now.get(review) == Some(&after)) {
                Some(review) => restore.entry(instant(&row.before)?).or_default().push(review),
                None => changed.push(row.thing),
            }
        }
        for (gone, reviews) in restore {
            review::set_gone(tx, scope, &reviews, gone).await?;
        }
        Ok(changed)
    }

    /// What a macro did, the last first; what cannot be taken back says why.
    async fn take_macro_back(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
    ) -> StepResult<HashMap<Uuid, BulkProblem>> {
        let mut problems = HashMap::new();
        let by = By { scope, name: "", bulk: Some(self.id) };
        for (row, target) in self.there() {
            let Done { effects } = read(&row.after)?;
            if let Some(say) = take_back(tx, by, target, &effects).await? {
                problems.insert(row.thing, BulkProblem::Refused(say));
            }
        }
        Ok(problems)
    }

    async fn restore_cases(&self, tx: &mut Tx<'_>, scope: &Scope) -> StepResult<Vec<Uuid>> {
        let mut changed = Vec::new();
        for (row, target) in self.there() {
            let (before, after): (Stood, Stood) = (read(&row.before)?, read(&row.after)?);
            let restored = match target.case {
                Some(case) => restore_case(tx, scope, case, &before, &after).await?,
                None => false,
            };
            if !restored {
                changed.push(row.thing);
            }
        }
        Ok(changed)
    }
}

/// Whether the case stood as the action left it, and so stands as before again.
pub(crate) async fn restore_case(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    before: &Stood,
    after: &Stood,
) -> StepResult<bool> {
    let head = case::lock_for_change(tx, scope, id).await?;
    let last = case::last_move(tx, scope, id).await?;
    if head.life != after.life || last.map(|last| last.seq) != Some(after.event) {
        return Ok(false);
    }
    let now = tx.now();
    case::set_life(tx, scope, &head, before.life, head.merged_into, now).await?;
    if before.life.owner == after.life.owner || before.life.state.is_live() != after.life.state.is_live() {
        let body = json!({ "from": head.life.state, "to": before.life.state, "undone": after.event });
        case::add_event(tx, scope, id, EventKind::StateChanged, &body, now).await?;
        return Ok(true);
    }
    let (kind, owner) = match before.life.owner {
        Some(owner) => (EventKind::Assigned, owner),
        // Whose it was until now.
        None => (EventKind::Released, after.life.owner.unwrap_or(person_of(scope))),
    };
    let who = user::find(tx, scope, owner).await?;
    let who = who.map(|user| json!({ "id": user.id, "name": user.display_name }));
    case::add_event(tx, scope, id, kind, &json!({ "owner": who }), now).await?;
    Ok(true)
}

fn person_of(scope: &Scope) -> UserId {
    use pingxin_domain::identifiers::Identifier;
    scope.user().unwrap_or_else(|| UserId::from_uuid(Uuid::nil()))
}
