//! Bulk actions: one thing done to many reviews or cases, each told for itself, and taken back within a day.

mod running;
mod undo;

use std::collections::{HashMap, HashSet};

use pingxin_domain::Say;
use pingxin_domain::case::{Life, Outcome};
use pingxin_domain::list::{BULK_LIMIT, BulkKind, List};
use pingxin_domain::time::to_micros;
use pingxin_domain::{Action, BulkId, MacroId, Scope, TagId, UserId};
use pingxin_store::bulk::{self, BulkRow, Target};
use pingxin_store::review::{self, ReviewFilter};
use pingxin_store::{StoreError, Tx, audit, case, tag, user};
use serde_json::json;
use uuid::Uuid;

use self::running::Running;
pub use self::undo::undo;
pub(crate) use self::undo::{Stood, restore_case};
use crate::cases::{self, CaseMove};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::views::person;

/// Things of one transaction.
const STEP: usize = 200;
/// Things named one by one at most.
pub const IDS_LIMIT: usize = 1_000;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAction {
    /// Puts a tag on.
    Tag(TagId),
    /// Takes a tag off.
    Untag(TagId),
    /// Gives the cases to somebody, or to nobody.
    Assign(Option<UserId>),
    /// Notes that the reviews are gone from the platform.
    MarkGone,
    /// Notes that they are there after all.
    UnmarkGone,
    /// Ends the cases with an outcome.
    End(Outcome),
    /// Does to the cases what a macro says.
    Macro(MacroId),
}

impl BulkAction {
    fn kind(self) -> BulkKind {
        match self {
            Self::Tag(_) => BulkKind::Tag,
            Self::Untag(_) => BulkKind::Untag,
            Self::Assign(_) => BulkKind::Assign,
            Self::MarkGone => BulkKind::MarkGone,
            Self::UnmarkGone => BulkKind::UnmarkGone,
            Self::End(_) => BulkKind::End,
            Self::Macro(_) => BulkKind::Macro,
        }
    }

    fn tag(self) -> Option<TagId> {
        match self {
            Self::Tag(tag) | Self::Untag(tag) => Some(tag),
            Self::Assign(_) | Self::MarkGone | Self::UnmarkGone | Self::End(_) | Self::Macro(_) => None,
        }
    }
}

/// To which things.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// These.
    Ids(Vec<Uuid>),
    /// All that a filter finds.
    Filter(Box<ReviewFilter>),
}

/// Why a thing stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkProblem {
    /// Absent, or not the caller's.
    NotFound,
    /// The review has no case.
    NoCase,
    /// A rule says no.
    Refused(Say),
    /// It was changed since the action.
    Changed,
}

impl BulkProblem {
    /// What a program goes by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NoCase => "no_case",
            Self::Refused(_) => "refused",
            Self::Changed => "changed",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::NotFound => DeskError::NotFound.say(),
            Self::NoCase => Say::new("这条评价没有跟进单", "this review has no case"),
            Self::Refused(say) => say.clone(),
            Self::Changed => {
                Say::new("之后又有人改过，已保持现状", "somebody has changed it since; it was left as it is")
            }
        }
    }
}

/// What became of each thing, in the order asked.
#[derive(Debug, Clone)]
pub struct BulkDone {
    /// By which it can be taken back.
    pub id: BulkId,
    /// Each thing, and why it stays as it was.
    pub results: Vec<(Uuid, Option<BulkProblem>)>,
}

type StepResult<T> = std::result::Result<T, StoreError>;

/// Does it.
///
/// # Errors
/// [`DeskError::NotFound`] for an unknown tag or person; [`DeskError::Refused`] for too many things or a list that has no
/// such actions; [`DeskError::Forbidden`].
pub async fn run(
    desk: &Desk,
    scope: &Scope,
    list: List,
    chosen: Chosen,
    action: BulkAction,
) -> Result<BulkDone> {
    permit(scope, action)?;
    let user = person(scope)?;
    if !matches!(list, List::Reviews | List::Cases) {
        return Err(DeskError::refused("这个列表没有批量操作", "this list has no bulk actions"));
    }
    let ran = match action {
        BulkAction::Macro(id) => Some(Running::find(desk, scope, id).await?),
        _ => None,
    };
    let things = things(desk, scope, list, chosen).await?;
    let id = begin(desk, scope, user, list, action).await?;
    let mut results = Vec::with_capacity(things.len());
    for step in things.chunks(STEP) {
        let ready = match &ran {
            Some(ran) => ran.prepare(desk, scope, list, step).await?,
            None => Vec::new(),
        };
        let (ran, ready) = (ran.as_ref(), ready.as_slice());
        let done = desk.store.write(|tx| {
            Box::pin(async move {
                let targets = bulk::targets(tx, scope, list, step).await?;
                let (rows, problems) = match ran {
                    Some(ran) => ran.take_step(tx, scope, desk, id, &targets, ready).await?,
                    None => take_step(tx, scope, id, action, &targets).await?,
                };
                bulk::note(tx, scope, id, &rows).await?;
                if !rows.is_empty() {
                    let detail = json!({
                        "list": list, "kind": action.kind(), "tag": action.tag(), "things": rows.len(),
                        "macro": ran.map(|ran| ran.name()),
                    });
                    audit::append(tx, scope, "list.bulk", "bulk", &id.to_string(), &detail).await?;
                }
                Ok((targets, problems))
            })
        });
        let (targets, mut problems) = done.await?;
        let found: HashSet<Uuid> = targets.iter().map(|target| target.thing).collect();
        results.extend(step.iter().map(|thing| {
            let problem =
                if found.contains(thing) { problems.remove(thing) } else { Some(BulkProblem::NotFound) };
            (*thing, problem)
        }));
    }
    Ok(BulkDone { id, results })
}

fn permit(scope: &Scope, action: BulkAction) -> Result<()> {
    allow(scope, Action::TagReviews)?;
    match action {
        BulkAction::Tag(_) | BulkAction::Untag(_) => {}
        BulkAction::Assign(owner) => {
            allow(scope, Action::HandleCases)?;
            if owner.is_some() && owner != scope.user() {
                allow(scope, Action::AssignCases)?;
            }
        }
        BulkAction::MarkGone | BulkAction::UnmarkGone | BulkAction::End(_) | BulkAction::Macro(_) => {
            allow(scope, Action::HandleCases)?
        }
    }
    Ok(())
}

/// The things, each once.
async fn things(desk: &Desk, scope: &Scope, list: List, chosen: Chosen) -> Result<Vec<Uuid>> {
    let things = match chosen {
        Chosen::Ids(ids) if ids.len() > IDS_LIMIT => return Err(too_many(IDS_LIMIT)),
        Chosen::Ids(ids) => ids,
        Chosen::Filter(filter) => {
            let filter = &filter;
            let most = BULK_LIMIT + 1;
            let found = desk
                .store
                .read(|tx| {
                    Box::pin(async move {
                        match list {
                            List::Cases => case::ids(tx, scope, filter, most).await,
                            _ => review::ids(tx, scope, filter, most).await,
                        }
                    })
                })
                .await?;
            if found.len() > BULK_LIMIT as usize {
                return Err(too_many(BULK_LIMIT as usize));
            }
            found
        }
    };
    let mut seen = HashSet::new();
    Ok(things.into_iter().filter(|thing| seen.insert(*thing)).collect())
}

fn too_many(most: usize) -> DeskError {
    DeskError::refused(
        format!("一次最多处理 {most} 条，请缩小筛选范围"),
        format!("at most {most} at once; narrow the filter"),
    )
}

async fn begin(desk: &Desk, scope: &Scope, user: UserId, list: List, action: BulkAction) -> Result<BulkId> {
    let begun = desk.store.write(|tx| {
        Box::pin(async move {
            if let Some(tag) = action.tag() {
                tag::find(tx, scope, tag).await?.ok_or(StoreError::NotFound { what: "tag" })?;
            }
            if let BulkAction::Assign(Some(owner)) = action {
                let known = user::find(tx, scope, owner).await?;
                known
                    .filter(|user| user.disabled_at.is_none())
                    .ok_or(StoreError::NotFound { what: "user" })?;
            }
            bulk::begin(tx, scope, user, list, action.kind(), action.tag()).await
        })
    });
    Ok(begun.await?)
}

/// What was changed, and what stays as it was.
type Step = (Vec<BulkRow>, HashMap<Uuid, BulkProblem>);

async fn take_step(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BulkId,
    action: BulkAction,
    targets: &[Target],
) -> StepResult<Step> {
    let none = HashMap::new();
    Ok(match action {
        BulkAction::Tag(tag) => {
            let changed = bulk::put_tag(tx, scope, tag, targets, Some(id)).await?;
            let row = |thing| BulkRow { thing, before: json!({}), after: json!({}) };
            (changed.into_iter().map(row).collect(), none)
        }
        BulkAction::Untag(tag) => {
            let changed = bulk::take_tag(tx, scope, tag, targets).await?;
            let row = |(thing, by)| BulkRow { thing, before: json!({ "bulk": by }), after: json!({}) };
            (changed.into_iter().map(row).collect(), none)
        }
        BulkAction::MarkGone => (set_gone(tx, scope, targets, true).await?, none),
        BulkAction::UnmarkGone => (set_gone(tx, scope, targets, false).await?, none),
        BulkAction::Assign(owner) => assign(tx, scope, targets, owner).await?,
        BulkAction::End(outcome) => end(tx, scope, targets, outcome).await?,
        // It is taken by `running`, which has its texts ready.
        BulkAction::Macro(_) => (Vec::new(), none),
    })
}

async fn set_gone(
    tx: &mut Tx<'_>,
    scope: &Scope,
    targets: &[Target],
    gone: bool,
) -> StepResult<Vec<BulkRow>> {
    let reviews: Vec<_> = targets.iter().filter_map(|target| target.review).collect();
    let at = gone.then(|| tx.now());
    let mut before = review::set_gone(tx, scope, &reviews, at).await?;
    let changed = targets.iter().filter_map(|target| {
        let was = before.remove(&target.review?)?;
        (was.is_some() != gone).then(|| BulkRow {
            thing: target.thing,
            before: json!({ "gone_at": was.map(to_micros) }),
            after: json!({ "gone_at": at.map(to_micros) }),
        })
    });
    Ok(changed.collect())
}

async fn assign(
    tx: &mut Tx<'_>,
    scope: &Scope,
    targets: &[Target],
    owner: Option<UserId>,
) -> StepResult<Step> {
    let (mut rows, mut problems) = (Vec::new(), HashMap::new());
    for target in targets {
        let thing = target.thing;
        let Some(id) = target.case else {
            problems.insert(thing, BulkProblem::NoCase);
            continue;
        };
        match cases::give(tx, scope, id, owner, None).await {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(given))) => rows.push(moved(thing, given.before, given.after, given.event)),
            Ok(Err(refused)) => {
                problems.insert(thing, BulkProblem::Refused(cases::refusal(refused).say()));
            }
            // Nothing was written for it: whom it was for does not see its shop.
            Err(StoreError::NotFound { what: "user" }) => {
                let say = Say::new("对方看不到这家店铺", "this person does not see the shop");
                problems.insert(thing, BulkProblem::Refused(say));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((rows, problems))
}

async fn end(tx: &mut Tx<'_>, scope: &Scope, targets: &[Target], outcome: Outcome) -> StepResult<Step> {
    let (mut rows, mut problems) = (Vec::new(), HashMap::new());
    let wish = if outcome.is_solved() { CaseMove::Solve(outcome) } else { CaseMove::Close(Some(outcome)) };
    for target in targets {
        let thing = target.thing;
        let Some(id) = target.case else {
            problems.insert(thing, BulkProblem::NoCase);
            continue;
        };
        match cases::carry_out(tx, scope, id, &wish, None, None).await? {
            Ok(None) => {}
            Ok(Some(done)) => rows.push(moved(thing, done.before, done.after, done.event)),
            Err(refused) => {
                problems.insert(thing, BulkProblem::Refused(cases::refusal(refused).say()));
            }
        }
    }
    Ok((rows, problems))
}

/// How a case stood and stands, and the event that says so.
fn moved(thing: Uuid, before: Life, after: Life, event: u32) -> BulkRow {
    BulkRow { thing, before: json!({ "life": before }), after: json!({ "life": after, "event": event }) }
}
