//! What rules did, once for each thing that happened.

use jiff::Timestamp;
use pingxin_domain::automation::{Happening, RunOutcome};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{CaseId, HappeningId, ReviewId, RuleId, RunId, Scope, ShopId};
use serde_json::Value as Json;

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::ShopRef;
use crate::sql::{Built, Columns, statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// The name of the cursors of this list.
const LIST_NAME: u8 = 71;

/// A run to note.
#[derive(Debug, Clone, Copy)]
pub struct NewRun {
    /// What happened.
    pub happening: (HappeningId, Happening),
    /// Which rule.
    pub rule: RuleId,
    /// Its case.
    pub case: Option<CaseId>,
    /// Its review.
    pub review: Option<ReviewId>,
    /// Its shop.
    pub shop: ShopId,
}

/// A run as it is listed.
#[derive(Debug, Clone)]
pub struct RunRow {
    /// Id.
    pub id: RunId,
    /// What happened.
    pub happening: (HappeningId, Happening),
    /// The rule.
    pub rule: RuleId,
    /// What it is called now.
    pub rule_name: String,
    /// What became of it.
    pub outcome: RunOutcome,
    /// The case and its number.
    pub case: Option<(CaseId, u64)>,
    /// The review.
    pub review: Option<ReviewId>,
    /// The shop.
    pub shop: ShopRef,
    /// What held and what was done.
    pub detail: Json,
    /// When.
    pub at: Timestamp,
}

/// Which runs. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct RunFilter {
    /// Of this rule.
    pub rule: Option<RuleId>,
    /// With this outcome.
    pub outcome: Option<RunOutcome>,
    /// Of this case.
    pub case: Option<CaseId>,
}

statements! {
    ADD = "INSERT INTO automation_runs (tenant_id, happening_id, rule_id, happening, outcome, case_id, review_id, shop_id, \
        detail, at, id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{}', $9, $10) ON CONFLICT (tenant_id, happening_id, rule_id) \
        DO NOTHING";
    FINISH = "UPDATE automation_runs SET outcome = $4, detail = $5 WHERE tenant_id = $1 AND happening_id = $2 AND rule_id = $3";
    SINCE = "SELECT count(*) FROM (SELECT 1 FROM automation_runs WHERE tenant_id = $1 AND rule_id = $2 AND at > $3 \
        AND outcome = $4 LIMIT 1001) few";
    FORGET = "DELETE FROM automation_runs WHERE tenant_id = $1 AND at < $2";
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [RunFilter; 2] {
    let (rule, case) = (Some(identifier::fresh()), Some(identifier::fresh()));
    [RunFilter::default(), RunFilter { rule, outcome: Some(RunOutcome::Ran), case }]
}

/// Notes that a rule runs; false when it did already for this.
///
/// # Errors
/// The database's error.
pub async fn add_run(tx: &mut Tx<'_>, scope: &Scope, new: &NewRun) -> Result<bool, StoreError> {
    let now = tx.now();
    let (id, happening) = new.happening;
    let ran = RunOutcome::Ran.code();
    let row = values![
        scope.tenant,
        id,
        new.rule,
        happening.code(),
        ran,
        new.case,
        new.review,
        new.shop,
        now,
        identifier::fresh::<RunId>()
    ];
    Ok(tx.execute(ADD, row).await? == 1)
}

/// Notes what became of a run.
///
/// # Errors
/// The database's error.
pub async fn finish_run(
    tx: &mut Tx<'_>,
    scope: &Scope,
    (happening, rule): (HappeningId, RuleId),
    outcome: RunOutcome,
    detail: &Json,
) -> Result<(), StoreError> {
    let row = values![scope.tenant, happening, rule, outcome.code(), detail.to_string()];
    tx.execute(FINISH, row).await.map(drop)
}

/// How many runs of a rule ended so since an instant, up to 1,001.
///
/// # Errors
/// The database's error.
pub async fn runs_since(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rule: RuleId,
    since: Timestamp,
    outcome: RunOutcome,
) -> Result<u32, StoreError> {
    tx.one(SINCE, values![scope.tenant, rule, since, outcome.code()]).await?.columns().small()
}

/// Forgets runs of before an instant.
///
/// # Errors
/// The database's error.
pub async fn forget_runs(tx: &mut Tx<'_>, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, values![scope.tenant, before]).await
}

fn narrow(built: &mut Built<'_>, scope: &Scope, filter: &RunFilter) {
    built.with(" WHERE n.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "n.shop_id");
    if let Some(rule) = filter.rule {
        built.with(" AND n.rule_id = ", rule);
    }
    if let Some(outcome) = filter.outcome {
        built.with(" AND n.outcome = ", outcome.code());
    }
    if let Some(case) = filter.case {
        built.with(" AND n.case_id = ", case);
    }
}

/// The statement that lists runs.
pub(crate) fn built_list(
    scope: &Scope,
    filter: &RunFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'static> {
    let mut built = Built::new(
        "SELECT n.id, n.happening_id, n.happening, n.rule_id, a.body, n.outcome, n.case_id, c.number, n.review_id, s.id, s.name, \
         s.platform, n.detail, n.at FROM automation_runs n JOIN automation_rules a ON a.tenant_id = n.tenant_id \
         AND a.id = n.rule_id JOIN shops s ON s.tenant_id = n.tenant_id AND s.id = n.shop_id \
         LEFT JOIN cases c ON c.tenant_id = n.tenant_id AND c.id = n.case_id",
    );
    narrow(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (n.at, n.id) < (", after.first).with(", ", after.id).push(")");
    }
    built.with(" ORDER BY n.at DESC, n.id DESC LIMIT ", i64::from(limit) + 1);
    built
}

/// The statement that counts runs.
pub(crate) fn built_count(scope: &Scope, filter: &RunFilter) -> Built<'static> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM automation_runs n");
    narrow(&mut built, scope, filter);
    built.push(" LIMIT 1001) few");
    built
}

fn read(columns: &mut Columns<'_>) -> Result<RunRow, StoreError> {
    let id = columns.id()?;
    let happening = (columns.id()?, columns.code(Happening::from_code)?);
    let (rule, body) = (columns.id()?, columns.json::<Json>()?);
    let outcome = columns.code(RunOutcome::from_code)?;
    let (case, number) = (columns.opt_id()?, columns.opt_int()?);
    Ok(RunRow {
        id,
        happening,
        rule,
        rule_name: body.get("name").and_then(Json::as_str).unwrap_or_default().to_owned(),
        outcome,
        case: case.zip(number.and_then(|number| u64::try_from(number).ok())),
        review: columns.opt_id()?,
        shop: ShopRef::read(columns)?,
        detail: columns.json()?,
        at: columns.instant()?,
    })
}

/// A page of runs, the newest first.
///
/// # Errors
/// [`StoreError::BadCursor`], or the database's.
pub async fn runs(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &RunFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<RunRow>, StoreError> {
    let (after, limit) = (Cursor::read(cursor, LIST_NAME)?, page_limit(limit));
    let rows = tx.all_built("automation::runs", built_list(scope, filter, after, limit)).await?;
    let rows = rows.iter().map(|row| read(&mut row.columns())).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |row| Cursor {
        id: row.id.uuid(),
        ..Cursor::new(LIST_NAME, row.at.as_microsecond(), 0)
    }))
}

/// How many runs there are.
///
/// # Errors
/// The database's error.
pub async fn count_runs(tx: &mut Tx<'_>, scope: &Scope, filter: &RunFilter) -> Result<Count, StoreError> {
    tx.count_built("automation::count_runs", built_count(scope, filter)).await
}
