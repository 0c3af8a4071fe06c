//! Removal requests 评价申诉: which reviews can be removed, what was filed by hand, and what became of it.

mod catch_up;

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use pingxin_domain::case::{self as life, Acting, Reopening};
use pingxin_domain::order::Fulfilment;
use pingxin_domain::pack::{Ground, Outcome};
use pingxin_domain::personal::mask_text;
use pingxin_domain::removal::Verdict;
use pingxin_domain::removal::request::{
    Filing, RequestRefused, RequestState, StepKind, TrackRecord, takes_review_away,
};
use pingxin_domain::{Action, CaseId, RemovalId, ReviewId, Scope, ShopId};
use pingxin_store::case::{self, EventKind};
use pingxin_store::removal::{
    self, FindingFilter, FoundReview, NewRequest, NewStep, Request, RequestFilter, Stated, Step,
};
use pingxin_store::{Count, Page, StoreError, Tx, audit, review};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, gate};
use crate::reviews::mask_row;
use crate::standing::{self, Gathered};
use crate::{cases, planning};

pub use catch_up::{Walked, catch_up};

/// Longest text that is written down with a step, in characters.
pub const TEXT_LIMIT: usize = 4_000;
/// Longest number of the platform, in characters.
pub const NUMBER_LIMIT: usize = 100;
/// Months that the record of requests goes back.
const MONTHS: i64 = 12;

/// What waits for somebody, by how soon.
#[derive(Debug, Clone, Copy, Default)]
pub struct Waiting {
    /// Reviews that can be removed or could be with more evidence.
    pub open: Count,
    /// Of these, with a deadline within three days.
    pub in_3_days: Count,
    /// Of these, with a deadline within seven days.
    pub in_7_days: Count,
    /// Requests whose answer is awaited.
    pub filed: Count,
}

/// A request with every step of it.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// The request.
    pub request: Request,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// What was asked and granted under one ground in one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthOfGround {
    /// The month, `2026-11`, by UTC.
    pub month: String,
    /// The ground.
    pub ground: String,
    /// What became of its requests.
    pub record: TrackRecord,
}

/// A request as somebody filed it.
#[derive(Debug, Clone)]
pub struct NewFiling {
    /// The ground of the pack.
    pub ground: String,
    /// When it was filed; now without one.
    pub at: Option<Timestamp>,
    /// The platform's number for it.
    pub platform_case_id: Option<String>,
    /// Why it is filed against the advice.
    pub reason: Option<String>,
    /// The words it was filed with.
    pub text: Option<String>,
}

/// What happened to a request.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What.
    pub kind: StepKind,
    /// When; now without one.
    pub at: Option<Timestamp>,
    /// The platform's answer, or what the shop said.
    pub text: Option<String>,
    /// The platform's number for it.
    pub platform_case_id: Option<String>,
}

/// A page of the reviews that can be removed, or could be with more evidence, those due first first.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn candidates(
    desk: &Desk,
    scope: &Scope,
    shop: Option<ShopId>,
    verdict: Option<Verdict>,
    within_days: Option<u32>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<FoundReview>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let now = desk.store.clock().now();
    let filter =
        FindingFilter { shop, verdict, now: Some(now), until: within_days.and_then(|days| ahead(now, days)) };
    let (mut page, count) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let page = removal::list_found(tx, scope, &filter, cursor, limit).await?;
                let count = page.count_of(cursor, removal::count_found(tx, scope, &filter)).await?;
                Ok((page, count))
            })
        })
        .await?;
    page.rows.iter_mut().for_each(|found| mask_row(&mut found.review));
    Ok((page, count))
}

fn ahead(now: Timestamp, days: u32) -> Option<Timestamp> {
    now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok()
}

/// What waits, for the tabs of the page.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn waiting(desk: &Desk, scope: &Scope, shop: Option<ShopId>) -> Result<Waiting> {
    allow(scope, Action::ReadReviews)?;
    let now = desk.store.clock().now();
    let found = move |days: Option<u32>| FindingFilter {
        shop,
        verdict: None,
        now: Some(now),
        until: days.and_then(|days| ahead(now, days)),
    };
    let filed = RequestFilter {
        states: vec![RequestState::Filed, RequestState::Appealed],
        shop,
        ..RequestFilter::default()
    };
    let filed = &filed;
    let waiting = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                Ok(Waiting {
                    open: removal::count_found(tx, scope, &found(None)).await?,
                    in_3_days: removal::count_found(tx, scope, &found(Some(3))).await?,
                    in_7_days: removal::count_found(tx, scope, &found(Some(7))).await?,
                    filed: removal::list(tx, scope, filed, None, 1).await?.1,
                })
            })
        })
        .await?;
    Ok(waiting)
}

/// A page of requests, those filed last first, and how many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &RequestFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Request>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let read =
        desk.store.read(|tx| Box::pin(async move { removal::list(tx, scope, filter, cursor, limit).await }));
    let (mut page, count) = read.await?;
    page.rows.iter_mut().for_each(mask_request);
    Ok((page, count))
}

/// One request with its steps.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: RemovalId) -> Result<RequestView> {
    allow(scope, Action::ReadReviews)?;
    let filter = RequestFilter { id: Some(id), ..RequestFilter::default() };
    let filter = &filter;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let (mut page, _) = removal::list(tx, scope, filter, None, 1).await?;
                let Some(request) = page.rows.pop() else { return Ok(None) };
                Ok(Some(RequestView { request, steps: removal::steps(tx, scope, id).await? }))
            })
        })
        .await?;
    let mut view = found.ok_or(DeskError::NotFound)?;
    mask_request(&mut view.request);
    for step in &mut view.steps {
        step.text = step.text.as_deref().map(mask_text);
    }
    Ok(view)
}

/// Masks contacts in the words of the review and in what somebody wrote of the request.
pub(crate) fn mask_request(request: &mut Request) {
    request.summary = mask_text(&request.summary);
    request.reason = request.reason.as_deref().map(mask_text);
}

/// What was asked and granted, by month and ground, over the last twelve months and this one, the newest month first.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn months(desk: &Desk, scope: &Scope, shop: Option<ShopId>) -> Result<Vec<MonthOfGround>> {
    allow(scope, Action::ReadReviews)?;
    let now = desk.store.clock().now().to_zoned(jiff::tz::TimeZone::UTC);
    let since = now.first_of_month().ok().and_then(|first| first.start_of_day().ok());
    let since = since.and_then(|first| first.checked_sub(MONTHS.months()).ok());
    let since = since.map_or(Timestamp::MIN, |first| first.timestamp());
    let read = desk.store.read(|tx| Box::pin(async move { removal::tally(tx, scope, shop, since).await }));
    let mut months: Vec<MonthOfGround> = Vec::new();
    for (ground, state, against_advice, filed_at) in read.await? {
        let month = filed_at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m").to_string();
        let at = months.iter().position(|known| known.month == month && known.ground == ground);
        let at = at.unwrap_or_else(|| {
            months.push(MonthOfGround { month, ground, record: TrackRecord::default() });
            months.len() - 1
        });
        months[at].record.add(state, against_advice);
    }
    months.sort_by(|one, two| two.month.cmp(&one.month).then_with(|| one.ground.cmp(&two.ground)));
    Ok(months)
}

/// Keeps what somebody states of a review beside what files say; what it changes is judged at once.
///
/// # Errors
/// [`DeskError::Refused`] for an overlong text; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn state(desk: &Desk, scope: &Scope, id: ReviewId, stated: Stated) -> Result<()> {
    allow(scope, Action::HandleCases)?;
    let stated = Stated {
        chat_proof_id: short(stated.chat_proof_id, NUMBER_LIMIT)?,
        pattern_of_ratings: short(stated.pattern_of_ratings, TEXT_LIMIT)?,
        ..stated
    };
    let (stated, engine) = (&stated, &desk.engine());
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let detail =
                    review::get(tx, scope, id).await?.ok_or(StoreError::NotFound { what: "review" })?;
                removal::state(tx, scope, id, detail.row.shop.id, stated).await?;
                let gathered = standing::gather(tx, scope, id).await?;
                let now = tx.now();
                let finding = gathered.map(|gathered| gathered.finding(engine, now));
                removal::keep_findings(tx, scope, finding.as_slice()).await?;
                renew(tx, scope, desk, detail.row.case.map(|case| case.id)).await?;
                let detail = json!({
                    "chat_proof": stated.chat_proof_id.is_some(),
                    "pattern_of_ratings": stated.pattern_of_ratings.is_some(),
                    "buyer_is_competitor": stated.buyer_is_competitor,
                    "fraud_report": stated.fraud_report,
                    "both_rated": stated.both_rated,
                    "fulfilled_by": stated.fulfilled_by.map(Fulfilment::code),
                    "buy_shipping": stated.buy_shipping,
                    "shipped_on_time": stated.shipped_on_time,
                });
                audit::append(tx, scope, "removal.state", "review", &id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(())
}

/// Notes that a request was filed with the platform, by hand.
///
/// # Errors
/// [`DeskError::Refused`] while another one waits or was granted, for a ground that the pack has not, a wrong time, or
/// against the advice without a reason; [`DeskError::Blocked`] for words that the guard lets nobody write;
/// [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn file(desk: &Desk, scope: &Scope, id: ReviewId, new: NewFiling) -> Result<RequestView> {
    allow(scope, Action::HandleCases)?;
    let new = NewFiling {
        platform_case_id: short(new.platform_case_id, NUMBER_LIMIT)?,
        reason: short(new.reason, TEXT_LIMIT)?,
        text: short(new.text, TEXT_LIMIT)?,
        ..new
    };
    // Whether the buyer's words carry the ground is the advice; here it is what the shop writes of it.
    for text in [&new.reason, &new.text].into_iter().flatten() {
        gate::pass_at_once(desk, scope, About::Review(id), text).await?;
    }
    let (new, engine) = (&new, &desk.engine());
    let filed = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let Some(gathered) = standing::gather(tx, scope, id).await? else {
                    return Err(StoreError::NotFound { what: "review" });
                };
                let Some(ground) = gathered.ground(engine.packs(), &new.ground, now) else {
                    return Ok(Err(unknown_ground()));
                };
                let earlier = removal::of_review(tx, scope, id).await?;
                let earlier: Vec<RequestState> = earlier.into_iter().map(|(_, state)| state).collect();
                let standing = gathered.standing(engine, now);
                let found = standing.removal.grounds.iter().find(|found| found.ground == ground.id);
                let filing = Filing {
                    advice: found.map_or(Verdict::NoRule, |found| found.verdict),
                    reason: new.reason.as_deref(),
                    earlier: &earlier,
                    written: gathered.detail.row.created_at,
                    at: new.at.unwrap_or(now),
                    now,
                };
                if let Err(refused) = filing.file() {
                    return Ok(Err(refusal(refused)));
                }
                // What was found of it, so that it leaves the list of those to file though nobody had judged it yet.
                removal::keep_findings(tx, scope, &[gathered.finding(engine, now)]).await?;
                let id = keep(tx, scope, &gathered, &ground, &filing, new).await?;
                renew(tx, scope, desk, gathered.detail.row.case.map(|case| case.id)).await?;
                Ok(Ok(id))
            })
        })
        .await?;
    get(desk, scope, filed?).await
}

async fn keep(
    tx: &mut Tx<'_>,
    scope: &Scope,
    gathered: &Gathered,
    ground: &Ground,
    filing: &Filing<'_>,
    new: &NewFiling,
) -> std::result::Result<RemovalId, StoreError> {
    let review = gathered.detail.row.id;
    let request = NewRequest {
        review,
        shop: gathered.shop.id,
        ground: &ground.id,
        outcome: ground.outcome,
        advice: filing.advice,
        against_advice: filing.is_against_advice(),
        reason: new.reason.as_deref().filter(|_| filing.is_against_advice()),
        platform_case_id: new.platform_case_id.as_deref(),
        filed_at: filing.at,
        text: new.text.as_deref(),
    };
    let id = removal::create(tx, scope, &request).await?;
    removal::set_asked(tx, scope, review, true).await?;
    let told = Told { id, ground: &ground.id, kind: StepKind::Filed, text: new.platform_case_id.as_deref() };
    tell_case(tx, scope, gathered.detail.row.case.map(|case| case.id), &told).await?;
    let detail = json!({
        "review": review,
        "ground": ground.id,
        "advice": filing.advice.code(),
        "against_advice": filing.is_against_advice(),
    });
    audit::append(tx, scope, "removal.file", "removal", &id.to_string(), &detail).await?;
    Ok(id)
}

/// Notes what happened to a request: an answer, an appeal, that it is open again or taken back. Once a request to remove a
/// review is granted, the review is gone, and its case ends with what the ground asks for; taken up again both are back.
///
/// # Errors
/// [`DeskError::Refused`] when that cannot happen to it now, or not at that time; [`DeskError::Blocked`] for words that the
/// guard lets nobody write; [`DeskError::NotFound`]; [`DeskError::Forbidden`].
pub async fn add_event(desk: &Desk, scope: &Scope, id: RemovalId, new: NewEvent) -> Result<RequestView> {
    allow(scope, Action::HandleCases)?;
    let new = NewEvent {
        text: short(new.text, TEXT_LIMIT)?,
        platform_case_id: short(new.platform_case_id, NUMBER_LIMIT)?,
        ..new
    };
    let new = &new;
    look_at_step(desk, scope, id, new).await?;
    let outcome = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let now = tx.now();
                let head = removal::lock(tx, scope, id).await?;
                let at = new.at.unwrap_or(now);
                if at > now || at < head.filed_at {
                    return Ok(Err(refusal(RequestRefused::WrongTime)));
                }
                let state = match head.state.after(new.kind) {
                    Ok(state) => state,
                    Err(refused) => return Ok(Err(refusal(refused))),
                };
                if state.is_waiting() {
                    // Another one may have been filed since this one was answered.
                    let others = removal::of_review(tx, scope, head.review).await?;
                    if others.iter().any(|(other, state)| *other != id && state.is_waiting()) {
                        return Ok(Err(refusal(RequestRefused::AlreadyWaiting)));
                    }
                }
                let step = NewStep {
                    kind: new.kind,
                    state,
                    at,
                    text: new.text.as_deref(),
                    platform_case_id: new.platform_case_id.as_deref(),
                };
                removal::add_step(tx, scope, id, &step).await?;
                let asked = state.is_waiting() || state == RequestState::Granted;
                removal::set_asked(tx, scope, head.review, asked).await?;
                set_gone(tx, scope, head.review, head.outcome, head.state, state, at).await?;
                let case = review::get(tx, scope, head.review).await?.and_then(|detail| detail.row.case);
                let case = case.map(|case| case.id);
                let told = Told { id, ground: &head.ground, kind: new.kind, text: new.text.as_deref() };
                tell_case(tx, scope, case, &told).await?;
                if let Some(case) = case {
                    move_case(tx, scope, case, head.outcome, head.state, state).await?;
                }
                renew(tx, scope, desk, case).await?;
                let detail = json!({"review": head.review, "ground": head.ground, "state": state.code()});
                let action = action_of(new.kind);
                audit::append(tx, scope, action, "removal", &id.to_string(), &detail).await?;
                Ok(Ok(()))
            })
        })
        .await?;
    outcome?;
    get(desk, scope, id).await
}

/// A granted removal takes the review away; one that is taken up again brings it back.
async fn set_gone(
    tx: &mut Tx<'_>,
    scope: &Scope,
    review: ReviewId,
    outcome: Outcome,
    before: RequestState,
    after: RequestState,
    at: Timestamp,
) -> std::result::Result<(), StoreError> {
    if !takes_review_away(outcome) {
        return Ok(());
    }
    if after == RequestState::Granted {
        review::set_gone(tx, scope, &[review], Some(at)).await?;
    } else if before == RequestState::Granted {
        review::set_gone(tx, scope, &[review], None).await?;
    }
    Ok(())
}

/// What the shop says is looked at by the guard; an answer is the platform's own.
async fn look_at_step(desk: &Desk, scope: &Scope, id: RemovalId, new: &NewEvent) -> Result<()> {
    let Some(text) = new.text.as_deref() else { return Ok(()) };
    if matches!(new.kind, StepKind::Granted | StepKind::Refused) {
        return Ok(());
    }
    let head = desk.store.read(|tx| Box::pin(async move { removal::find(tx, scope, id).await })).await?;
    let head = head.ok_or(DeskError::NotFound)?;
    gate::pass_at_once(desk, scope, About::Review(head.review), text).await
}

/// A granted request ends the case of its review; one that is taken up again opens what it has ended. A case that is over
/// already, or goes on in another one, stays as it is. Nobody's deed: no one takes it back but by taking the request up.
async fn move_case(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CaseId,
    granted: Outcome,
    before: RequestState,
    after: RequestState,
) -> std::result::Result<(), StoreError> {
    let outcome = life::Outcome::of_grant(granted);
    let head = case::lock_for_change(tx, scope, id).await?;
    let (moved, why) = if after == RequestState::Granted && head.life.state.is_live() {
        (head.life.end(outcome, Acting::DESK), None)
    } else if before == RequestState::Granted && head.life.outcome == Some(outcome) {
        (head.life.reopen(Acting::DESK), Some(Reopening::Removal))
    } else {
        return Ok(());
    };
    let Ok(moved) = moved else { return Ok(()) };
    cases::moved_by_itself(tx, &Scope::system(scope.tenant), &head, moved, why).await.map(drop)
}

/// Judges the review of a case again whose facts a person has changed: when a refund was asked for, or that both have rated.
pub(crate) async fn judge_again(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    case: CaseId,
) -> std::result::Result<(), StoreError> {
    let known = case::known(tx, scope, &[case]).await?.pop();
    let Some(review) = known.and_then(|known| known.review) else { return Ok(()) };
    let gathered = standing::gather(tx, scope, review).await?;
    let (engine, now) = (&desk.engine(), tx.now());
    let finding = gathered.map(|gathered| gathered.finding(engine, now));
    removal::keep_findings(tx, scope, finding.as_slice()).await
}

/// The plan of the review's case counts from what is stated and asked for too.
async fn renew(
    tx: &mut Tx<'_>,
    scope: &Scope,
    desk: &Desk,
    case: Option<CaseId>,
) -> std::result::Result<(), StoreError> {
    let Some(case) = case else { return Ok(()) };
    planning::renew(tx, scope, desk, &[case]).await
}

struct Told<'a> {
    id: RemovalId,
    ground: &'a str,
    kind: StepKind,
    text: Option<&'a str>,
}

/// The story of the review's case, if it has one, tells of it too.
async fn tell_case(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: Option<CaseId>,
    told: &Told<'_>,
) -> std::result::Result<(), StoreError> {
    let Some(case) = case else { return Ok(()) };
    let now = tx.now();
    let body =
        json!({"request": told.id, "ground": told.ground, "step": told.kind.code(), "text": told.text});
    case::add_event(tx, scope, case, EventKind::Removal, &body, now).await.map(drop)
}

fn action_of(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Filed => "removal.file",
        StepKind::Granted => "removal.grant",
        StepKind::Refused => "removal.refuse",
        StepKind::Appealed => "removal.appeal",
        StepKind::Reopened => "removal.reopen",
        StepKind::Withdrawn => "removal.withdraw",
    }
}

/// A text without blanks around it; none when nothing is left.
fn short(text: Option<String>, limit: usize) -> Result<Option<String>> {
    let Some(text) = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.chars().count() > limit {
        return Err(DeskError::refused(
            format!("最多 {limit} 个字"),
            format!("write at most {limit} characters"),
        ));
    }
    Ok(Some(text))
}

fn unknown_ground() -> DeskError {
    DeskError::refused(
        "平台规则里没有这个申诉理由，请从列表中选择",
        "the rules of the platform have no such ground; choose one of the list",
    )
}

fn refusal(refused: RequestRefused) -> DeskError {
    let zh = match refused {
        RequestRefused::AlreadyWaiting => "这条评价已有申诉在等待答复，请先记录结果",
        RequestRefused::AlreadyGranted => "这条评价的申诉已经通过，无需再次申诉",
        RequestRefused::ReasonNeeded => "事实不支持这个理由；如仍要提交，请写明原因",
        RequestRefused::WrongTime => "时间不对：不能晚于现在，也不能早于它之前的事",
        RequestRefused::NotWaiting => "这条申诉没有在等待答复",
        RequestRefused::NotRefused => "只有被驳回的申诉才能复议",
        RequestRefused::StillOpen => "这条申诉还在处理中，无需重新打开",
    };
    DeskError::refused(zh, refused.to_string())
}
