//! Removal requests as people filed them by hand, and every step of each.

use jiff::Timestamp;
use pingxin_domain::pack::Outcome;
use pingxin_domain::removal::Verdict;
use pingxin_domain::removal::request::{RequestState, StepKind};
use pingxin_domain::{CaseId, RemovalId, ReviewId, Scope, ShopId};

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sql::{Built, Columns, Statement, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// A request to keep.
#[derive(Debug, Clone)]
pub struct NewRequest<'a> {
    /// The review.
    pub review: ReviewId,
    /// Its shop.
    pub shop: ShopId,
    /// Under which ground of the pack.
    pub ground: &'a str,
    /// What the platform is asked to do.
    pub outcome: Outcome,
    /// What the rules said of the ground then.
    pub advice: Verdict,
    /// Whether it goes against that.
    pub against_advice: bool,
    /// Why it is filed all the same.
    pub reason: Option<&'a str>,
    /// The platform's number for it.
    pub platform_case_id: Option<&'a str>,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// The words it was filed with.
    pub text: Option<&'a str>,
}

/// A further step to keep.
#[derive(Debug, Clone)]
pub struct NewStep<'a> {
    /// What happened.
    pub kind: StepKind,
    /// The state after it.
    pub state: RequestState,
    /// When it happened.
    pub at: Timestamp,
    /// The platform's answer, or what the shop said.
    pub text: Option<&'a str>,
    /// The platform's number for it; none keeps the one there is.
    pub platform_case_id: Option<&'a str>,
}

/// A request as lists show it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Id.
    pub id: RemovalId,
    /// The review.
    pub review: ReviewId,
    /// The first words of the review, open: mask them before they are shown.
    pub summary: String,
    /// Its stars.
    pub rating: Option<u32>,
    /// Its case.
    pub case: Option<(CaseId, u64)>,
    /// The shop.
    pub shop: ShopRef,
    /// The order that the review names.
    pub order_number: Option<String>,
    /// Under which ground.
    pub ground: String,
    /// What the platform is asked to do.
    pub outcome: Outcome,
    /// How far it has come.
    pub state: RequestState,
    /// What the rules said of the ground when it was filed.
    pub advice: Verdict,
    /// Whether it went against that.
    pub against_advice: bool,
    /// Why it was filed all the same.
    pub reason: Option<String>,
    /// The platform's number for it.
    pub platform_case_id: Option<String>,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// When it was last answered.
    pub answered_at: Option<Timestamp>,
}

/// A request that is about to be changed.
#[derive(Debug, Clone)]
pub struct RequestHead {
    /// The review.
    pub review: ReviewId,
    /// Under which ground.
    pub ground: String,
    /// What the platform is asked to do.
    pub outcome: Outcome,
    /// How far it has come.
    pub state: RequestState,
    /// When it was filed.
    pub filed_at: Timestamp,
}

/// Something that happened to a request.
#[derive(Debug, Clone)]
pub struct Step {
    /// Number within the request, from 1.
    pub seq: u32,
    /// What.
    pub kind: StepKind,
    /// When it happened.
    pub at: Timestamp,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// By whom.
    pub actor: Option<UserRef>,
    /// The platform's answer, or what the shop said.
    pub text: Option<String>,
    /// The platform's number for it.
    pub platform_case_id: Option<String>,
}

/// Which requests. What is not given is no condition.
#[derive(Debug, Clone, Default)]
pub struct RequestFilter {
    /// In one of these states; empty, in any.
    pub states: Vec<RequestState>,
    /// Of this shop.
    pub shop: Option<ShopId>,
    /// Under this ground.
    pub ground: Option<String>,
    /// This one alone.
    pub id: Option<RemovalId>,
    /// About this review.
    pub review: Option<ReviewId>,
    /// Filed at or after.
    pub from: Option<Timestamp>,
    /// Filed before.
    pub to: Option<Timestamp>,
}

statements! {
    CREATE = "INSERT INTO removal_requests (tenant_id, id, review_id, shop_id, ground, outcome, state, advice, \
        against_advice, reason, platform_case_id, filed_at, changed_at, last_step) \
        VALUES ($1, $2, $3, $4, $5, $6, 'filed', $7, $8, $9, $10, $11, $12, 1)";
    ADD_STEP = "INSERT INTO removal_steps (tenant_id, request_id, seq, kind, at, recorded_at, actor_user_id, text, \
        platform_case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LOCK = "SELECT review_id, ground, outcome, state, filed_at FROM removal_requests WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    FIND = "SELECT review_id, ground, outcome, state, filed_at FROM removal_requests WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[]))";
    CHANGE = "UPDATE removal_requests SET state = $3, changed_at = $4, answered_at = coalesce($5, answered_at), \
        platform_case_id = coalesce($6, platform_case_id), last_step = last_step + 1 WHERE tenant_id = $1 AND id = $2 \
        AND ($7 OR shop_id = ANY($8::uuid[])) RETURNING last_step";
    STEPS = "SELECT s.seq, s.kind, s.at, s.recorded_at, s.actor_user_id, u.display_name, s.text, s.platform_case_id \
        FROM removal_steps s JOIN removal_requests q ON q.tenant_id = s.tenant_id AND q.id = s.request_id \
        LEFT JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.actor_user_id \
        WHERE s.tenant_id = $1 AND s.request_id = $2 AND ($3 OR q.shop_id = ANY($4::uuid[])) ORDER BY s.seq";
    OF_REVIEW = "SELECT id, state FROM removal_requests WHERE tenant_id = $1 AND review_id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) ORDER BY id FOR UPDATE";
    TALLY = "SELECT ground, state, against_advice, filed_at FROM removal_requests WHERE tenant_id = $1 \
        AND ($2 OR shop_id = ANY($3::uuid[])) AND ($4 OR shop_id = $5) AND filed_at >= $6 ORDER BY filed_at, id LIMIT 20000";
}

/// Keeps a request with its first step.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn create(
    tx: &mut Tx<'_>,
    scope: &Scope,
    request: &NewRequest<'_>,
) -> Result<RemovalId, StoreError> {
    shop::require(scope, request.shop)?;
    let (id, now) = (identifier::fresh::<RemovalId>(), tx.now());
    let row = values![
        scope.tenant,
        id,
        request.review,
        request.shop,
        request.ground,
        request.outcome.code(),
        request.advice.code(),
        request.against_advice,
        request.reason,
        request.platform_case_id,
        request.filed_at,
        now,
    ];
    tx.execute(CREATE, row).await?;
    let step = values![
        scope.tenant,
        id,
        1_i64,
        StepKind::Filed.code(),
        request.filed_at,
        now,
        scope.user(),
        request.text,
        request.platform_case_id,
    ];
    tx.execute(ADD_STEP, step).await?;
    Ok(id)
}

/// A request within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope, id: RemovalId) -> Result<RequestHead, StoreError> {
    head(tx, scope, id, LOCK).await?.ok_or(StoreError::NotFound { what: "removal request" })
}

/// A request within the scope.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, id: RemovalId) -> Result<Option<RequestHead>, StoreError> {
    head(tx, scope, id, FIND).await
}

async fn head(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: RemovalId,
    statement: Statement,
) -> Result<Option<RequestHead>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(statement, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    let Some(row) = row else { return Ok(None) };
    let mut columns = row.columns();
    Ok(Some(RequestHead {
        review: columns.id()?,
        ground: columns.text()?,
        outcome: columns.code(Outcome::from_code)?,
        state: columns.code(RequestState::from_code)?,
        filed_at: columns.instant()?,
    }))
}

/// Keeps a further step and the state after it.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn add_step(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: RemovalId,
    step: &NewStep<'_>,
) -> Result<(), StoreError> {
    let now = tx.now();
    let answered = matches!(step.kind, StepKind::Granted | StepKind::Refused).then_some(step.at);
    let mut row = values![scope.tenant, id, step.state.code(), now, answered, step.platform_case_id];
    row.extend(shop::bounds(scope));
    let changed = tx.first(CHANGE, row).await?;
    let seq = changed.ok_or(StoreError::NotFound { what: "removal request" })?.columns().small()?;
    let row = values![
        scope.tenant,
        id,
        seq,
        step.kind.code(),
        step.at,
        now,
        scope.user(),
        step.text,
        step.platform_case_id,
    ];
    tx.execute(ADD_STEP, row).await.map(drop)
}

/// Every step of a request within the scope, in order.
///
/// # Errors
/// The database's error.
pub async fn steps(tx: &mut Tx<'_>, scope: &Scope, id: RemovalId) -> Result<Vec<Step>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(STEPS, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let seq = columns.small()?;
            let kind = columns.code(StepKind::from_code)?;
            let (at, recorded_at) = (columns.instant()?, columns.instant()?);
            let actor = UserRef::read(&mut columns)?;
            Ok(Step {
                seq,
                kind,
                at,
                recorded_at,
                actor,
                text: columns.opt_text()?,
                platform_case_id: columns.opt_text()?,
            })
        })
        .collect()
}

/// The requests about a review, the oldest first, kept for this transaction.
///
/// # Errors
/// The database's error.
pub async fn of_review(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
) -> Result<Vec<(RemovalId, RequestState)>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(OF_REVIEW, vec![scope.tenant.into(), review.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.id()?, columns.code(RequestState::from_code)?))
        })
        .collect()
}

/// Ground, state, whether against the advice, and time of every request since an instant, the oldest first; the first
/// 20,000, which people file by hand in decades.
///
/// # Errors
/// The database's error.
pub async fn tally(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: Option<ShopId>,
    since: Timestamp,
) -> Result<Vec<(String, RequestState, bool, Timestamp)>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = vec![scope.tenant.into(), all, shops, shop.is_none().into(), shop.into(), since.into()];
    let rows = tx.all(TALLY, row).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let ground = columns.text()?;
            Ok((ground, columns.code(RequestState::from_code)?, columns.bool()?, columns.instant()?))
        })
        .collect()
}

/// Filters that use every condition.
pub(crate) fn sample_requests() -> [RequestFilter; 2] {
    let at = Some(Timestamp::UNIX_EPOCH);
    let all = RequestFilter {
        states: vec![RequestState::Filed, RequestState::Appealed],
        shop: Some(identifier::fresh()),
        ground: Some("obscene".into()),
        id: Some(identifier::fresh()),
        review: Some(identifier::fresh()),
        from: at,
        to: at,
    };
    [RequestFilter::default(), all]
}

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &RequestFilter) {
    built.with(" WHERE q.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "q.shop_id");
    built.any_of_codes("q.state", &filter.states, |state| state.code().into());
    if let Some(shop) = filter.shop {
        built.with(" AND q.shop_id = ", shop);
    }
    if let Some(ground) = &filter.ground {
        built.with(" AND q.ground = ", ground.clone());
    }
    if let Some(id) = filter.id {
        built.with(" AND q.id = ", id);
    }
    if let Some(review) = filter.review {
        built.with(" AND q.review_id = ", review);
    }
    if let Some(from) = filter.from {
        built.with(" AND q.filed_at >= ", from);
    }
    if let Some(to) = filter.to {
        built.with(" AND q.filed_at < ", to);
    }
}

const COLUMNS: &str = "SELECT q.filed_at, q.id, q.review_id, r.title, r.text, r.rating, c.id, c.number, s.id, s.name, \
    s.platform, r.order_number, q.ground, q.outcome, q.state, q.advice, q.against_advice, q.reason, q.platform_case_id, \
    q.answered_at FROM removal_requests q JOIN reviews r ON r.tenant_id = q.tenant_id AND r.id = q.review_id \
    JOIN shops s ON s.tenant_id = q.tenant_id AND s.id = q.shop_id \
    LEFT JOIN cases c ON c.tenant_id = q.tenant_id AND c.review_id = q.review_id AND c.kind = 'review'";

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &RequestFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND (q.filed_at < ", after.first).with(" OR (q.filed_at = ", after.first);
        built.with(" AND q.id < ", after.id).push("))");
    }
    built.with(" ORDER BY q.filed_at DESC, q.id DESC LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &RequestFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM removal_requests q");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

/// Letters of the review that a list shows.
const SUMMARY: usize = 120;

fn read(columns: &mut Columns<'_>, filed_at: Timestamp) -> Result<Request, StoreError> {
    let (id, review) = (columns.id()?, columns.id()?);
    let (title, text) = (columns.opt_text()?, columns.text()?);
    let words = if text.is_empty() { title.unwrap_or_default() } else { text };
    let rating = columns.opt_small()?;
    let (case, number) = (columns.opt_id()?, columns.opt_int()?);
    Ok(Request {
        id,
        review,
        summary: words.chars().take(SUMMARY).collect(),
        rating,
        case: case.zip(number.and_then(|number| u64::try_from(number).ok())),
        shop: ShopRef::read(columns)?,
        order_number: columns.opt_text()?,
        ground: columns.text()?,
        outcome: columns.code(Outcome::from_code)?,
        state: columns.code(RequestState::from_code)?,
        advice: columns.code(Verdict::from_code)?,
        against_advice: columns.bool()?,
        reason: columns.opt_text()?,
        platform_case_id: columns.opt_text()?,
        filed_at,
        answered_at: columns.opt_instant()?,
    })
}

const LIST: u8 = 34;

/// A page of requests, those filed last first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &RequestFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Request>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let mut rows = Vec::new();
    for row in tx.all_built("removal::list", built_list(scope, filter, after, limit)).await? {
        let mut columns = row.columns();
        let filed_at = columns.instant()?;
        rows.push(read(&mut columns, filed_at)?);
    }
    let page = Page::cut(rows, limit, |request| {
        let id = pingxin_domain::identifiers::Identifier::uuid(request.id);
        Cursor { id, ..Cursor::new(LIST, request.filed_at.as_microsecond(), 0) }
    });
    let count = tx.count_built("removal::count", built_count(scope, filter));
    let count = page.count_of(cursor, count).await?;
    Ok((page, count))
}
