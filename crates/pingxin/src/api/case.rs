//! Cases: the list, one of them, who has it, notes.

use axum::Json;
use axum::extract::State;
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use pingxin_desk::cases::{self, MessageRequest};
use pingxin_domain::cadence::ContactChannel;
use pingxin_domain::case::{CaseKind, CaseState, Outcome, Waiting, WaitingFor};
use pingxin_domain::guard::Channel;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::playbook::StepCode;
use pingxin_domain::script::ScriptLanguage;
use pingxin_domain::triage::CaseReason;
use pingxin_domain::{CaseId, OrderId, UserId};
use pingxin_language::{Cause, Fault};
use pingxin_store::case::{CaseBrief, CaseEvent as StoreEvent, CaseRow as StoreRow, Sort};
use pingxin_store::reference::UserRef;
use pingxin_store::review::ReviewRow as StoreReview;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::case_opening::CaseMatter;
use super::clock::NextClock;
use super::filter::{CaseKeysAsked, FilterAsked};
use super::hold::{Held, Kept};
use super::page::{Count, PageAsked};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut, Stale};
use super::review::{Review, ReviewRow};
use super::shop::ShopRef;
use super::tag::Tag;
use super::word;
use crate::http::App;
use crate::http::body::{Asked, Body, Id};
use crate::http::problem::Problem;
use crate::http::session::Session;

/// The order of a list of cases.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseSort {
    /// Most urgent first.
    #[default]
    Severity,
    /// Opened last first.
    Newest,
    /// Opened first first.
    Oldest,
    /// Changed last first.
    Updated,
    /// Due soonest first; those that are not due at all last.
    Due,
    /// By when the buyer may be contacted; those without a contact last.
    Contact,
    /// By the next deadline; those without one last.
    Deadline,
}

impl From<CaseSort> for Sort {
    fn from(sort: CaseSort) -> Self {
        match sort {
            CaseSort::Severity => Self::Severity,
            CaseSort::Newest => Self::Newest,
            CaseSort::Oldest => Self::Oldest,
            CaseSort::Updated => Self::Updated,
            CaseSort::Due => Self::Due,
            CaseSort::Contact => Self::Contact,
            CaseSort::Deadline => Self::Deadline,
        }
    }
}

/// In which order.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CaseOrderAsked {
    /// `severity` unless given.
    #[param(value_type = Option<word::CaseSort>)]
    pub(super) sort: CaseSort,
}

/// A person, named within something else.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    id: Uuid,
    name: String,
}

impl From<UserRef> for Person {
    fn from(user: UserRef) -> Self {
        Self { id: user.id.uuid(), name: user.name }
    }
}

/// What a case waits for.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseWaiting {
    #[schema(value_type = word::WaitingFor)]
    on: WaitingFor,
    since: Timestamp,
    /// Until when at most; null waits until something happens.
    #[schema(required = true)]
    until: Option<Timestamp>,
}

impl From<Waiting> for CaseWaiting {
    fn from(waiting: Waiting) -> Self {
        Self { on: waiting.on, since: waiting.since, until: waiting.until }
    }
}

/// The next contact with the buyer.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextContact {
    #[schema(value_type = word::ContactChannel)]
    channel: ContactChannel,
    from: Timestamp,
    /// Not included.
    to: Timestamp,
}

/// The next deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextDeadline {
    /// The id of its window or timer.
    what: String,
    at: Timestamp,
}

/// What is known of a case itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseFacts {
    id: Uuid,
    /// Counted from 1 within the merchant.
    number: u64,
    #[schema(value_type = word::CaseKind)]
    kind: CaseKind,
    #[schema(value_type = word::CaseState)]
    state: CaseState,
    shop: ShopRef,
    /// 0 to 100.
    severity: u8,
    #[schema(value_type = Option<word::Cause>, required = true)]
    primary_cause: Option<Cause>,
    #[schema(value_type = Option<word::Fault>, required = true)]
    fault: Option<Fault>,
    opened_at: Timestamp,
    updated_at: Timestamp,
    /// Null unless it waits.
    #[schema(required = true)]
    waiting: Option<CaseWaiting>,
    /// How it ended; null while somebody has to act.
    #[schema(value_type = Option<word::Outcome>, required = true)]
    outcome: Option<Outcome>,
    #[schema(required = true)]
    closed_at: Option<Timestamp>,
    /// The case that it goes on in.
    #[schema(required = true)]
    merged_into: Option<Uuid>,
    /// By when the next step is due; of a waiting case, until when it waits.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    #[schema(value_type = Option<word::Step>, required = true)]
    next_step: Option<StepCode>,
    #[schema(required = true)]
    next_contact: Option<NextContact>,
    #[schema(required = true)]
    next_deadline: Option<NextDeadline>,
    /// The clock that is due first; null when none runs.
    #[schema(required = true)]
    clock: Option<NextClock>,
    /// Since when the supervisor should look.
    #[schema(required = true)]
    escalated_at: Option<Timestamp>,
    /// Who has it; null when nobody does.
    #[schema(required = true)]
    owner: Option<Person>,
    #[schema(value_type = word::CaseReason)]
    reason: CaseReason,
    /// Of its review, by name.
    tags: Vec<Tag>,
}

/// A case, as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseRow {
    #[serde(flatten)]
    facts: CaseFacts,
    /// Null of a case that is about no review.
    #[schema(required = true)]
    review: Option<ReviewRow>,
    /// What it is about; null of a case about a review.
    #[schema(required = true)]
    matter: Option<CaseMatter>,
}

fn parts(row: StoreRow) -> (CaseFacts, Option<StoreReview>, Option<CaseMatter>) {
    let facts = CaseFacts {
        id: row.id.uuid(),
        number: row.number,
        kind: row.kind,
        state: row.state,
        shop: row.shop.into(),
        severity: row.severity,
        primary_cause: row.primary_cause,
        fault: row.fault,
        opened_at: row.opened_at,
        updated_at: row.updated_at,
        waiting: row.waiting.map(CaseWaiting::from),
        outcome: row.outcome,
        closed_at: row.closed_at,
        merged_into: row.merged_into.map(CaseId::uuid),
        due_at: row.due_at,
        next_step: row.next.step,
        next_contact: row.next.contact.map(|next| NextContact {
            channel: next.channel,
            from: next.from,
            to: next.to,
        }),
        next_deadline: row.next.deadline.map(|next| NextDeadline { what: next.what, at: next.at }),
        clock: row.clock.map(NextClock::of),
        escalated_at: row.escalated_at,
        owner: row.owner.map(Person::from),
        reason: row.reason,
        tags: row.review.iter().flat_map(|review| &review.tags).cloned().map(Tag::from).collect(),
    };
    (facts, row.review, row.matter.map(CaseMatter::from))
}

impl From<StoreRow> for CaseRow {
    fn from(row: StoreRow) -> Self {
        let (facts, review, matter) = parts(row);
        Self { facts, review: review.map(ReviewRow::from), matter }
    }
}

/// A page of cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseList {
    cases: Vec<CaseRow>,
    /// Null on the last page.
    #[schema(required = true)]
    next_cursor: Option<String>,
    count: Count,
}

/// Something that happened to a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseEvent {
    /// From 1 within the case.
    seq: u32,
    at: Timestamp,
    #[schema(value_type = word::CaseEventKind)]
    kind: &'static str,
    /// Who did it; null for the system.
    #[schema(required = true)]
    actor: Option<Person>,
    /// Depends on the kind: `{"text":…}` of a note, `{"owner":{"id","name"}}` of an assignment,
    /// `{"text":…,"channel":…}` of a message.
    #[schema(value_type = Object)]
    body: Value,
}

impl From<StoreEvent> for CaseEvent {
    fn from(event: StoreEvent) -> Self {
        Self {
            seq: event.seq,
            at: event.at,
            kind: event.kind.code(),
            actor: event.actor.map(Person::from),
            body: event.body,
        }
    }
}

/// Another case of the same buyer or order.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedCase {
    id: Uuid,
    number: u64,
    #[schema(value_type = word::CaseKind)]
    kind: CaseKind,
    #[schema(value_type = word::CaseState)]
    state: CaseState,
    #[schema(value_type = Option<word::Outcome>, required = true)]
    outcome: Option<Outcome>,
    severity: u8,
    /// Of the same order; else of the same buyer.
    same_order: bool,
    /// It goes on in this one.
    merged_here: bool,
    /// The first words of its review, or of what was said.
    summary: String,
}

impl From<CaseBrief> for RelatedCase {
    fn from(case: CaseBrief) -> Self {
        Self {
            id: case.id.uuid(),
            number: case.number,
            kind: case.kind,
            state: case.state,
            outcome: case.outcome,
            severity: case.severity,
            same_order: case.same_order,
            merged_here: case.merged_here,
            summary: case.summary,
        }
    }
}

/// A case with everything known about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Case {
    #[serde(flatten)]
    facts: CaseFacts,
    /// Null of a case that is about no review.
    #[schema(required = true)]
    review: Option<Review>,
    /// What it is about; null of a case about a review.
    #[schema(required = true)]
    matter: Option<CaseMatter>,
    /// The id of its order, where that is stored.
    #[schema(required = true)]
    order_id: Option<Uuid>,
    /// Oldest first.
    events: Vec<CaseEvent>,
    related: Vec<RelatedCase>,
    /// Grows with every change; also the `ETag`.
    version: u64,
}

impl From<cases::CaseView> for Case {
    fn from(view: cases::CaseView) -> Self {
        let version = view.detail.row.version;
        let order_id = view.detail.order.map(OrderId::uuid);
        let (facts, _, matter) = parts(view.detail.row);
        Self {
            facts,
            review: view.review.map(Review::from),
            matter,
            order_id,
            events: view.detail.events.into_iter().map(CaseEvent::from).collect(),
            related: view.detail.related.into_iter().map(RelatedCase::from).collect(),
            version,
        }
    }
}

impl IntoResponse for Case {
    fn into_response(self) -> Response {
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.version));
        let mut response = Json(self).into_response();
        if let Ok(tag) = tag {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }
}

/// Who shall have a case.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SetOwner {
    /// `me`, a person's id, or null to put the case back into the queue.
    // Must be there: `{}` is a slip, not a release.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    owner: Option<String>,
    /// Why the caller takes it from a colleague; without it only who assigns cases can.
    #[serde(default)]
    reason: Option<String>,
}

/// A note on a case.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewNote {
    text: String,
}

/// Cases, page by page.
#[utoipa::path(get, path = "/api/v1/cases", tag = "case", params(FilterAsked, CaseKeysAsked, CaseOrderAsked, PageAsked),
    responses((status = 200, body = CaseList), BadRequest, SignedOut, Forbidden))]
pub async fn list_cases(
    State(app): State<App>,
    Session(session): Session,
    Asked(asked): Asked<FilterAsked>,
    Asked(keys): Asked<CaseKeysAsked>,
    Asked(order): Asked<CaseOrderAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<CaseList>, Problem> {
    let mut filter = asked.filter(&session)?;
    keys.add_to(&mut filter, &session, app.desk.store.clock().now())?;
    let sort = order.sort.into();
    let (rows, count) =
        cases::list(&app.desk, &session.scope, &filter, sort, page.cursor(), page.limit()?).await?;
    Ok(Json(CaseList {
        cases: rows.rows.into_iter().map(CaseRow::from).collect(),
        next_cursor: rows.next,
        count: count.into(),
    }))
}

/// One case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "case", params(("id" = Uuid, Path)),
    responses((status = 200, body = Case), SignedOut, Forbidden, NotFound))]
pub async fn get_case(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
) -> Result<Case, Problem> {
    Ok(cases::get(&app.desk, &session.scope, id).await?.into())
}

/// Takes a case, gives it to somebody, or puts it back.
#[utoipa::path(put, path = "/api/v1/cases/{id}/owner", tag = "case",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "The `ETag` of the case as it was read")),
    request_body = SetOwner,
    responses((status = 200, body = Case), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Stale, Invalid))]
pub async fn set_case_owner(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    headers: HeaderMap,
    Body(new): Body<SetOwner>,
) -> Result<Case, Problem> {
    let owner: Option<UserId> = match new.owner.as_deref() {
        None => None,
        Some("me") => Some(session.person.id),
        Some(id) => Some(id.parse().map_err(|_| {
            Problem::invalid(
                "owner",
                "owner 应为 me、人员编号或空",
                "`owner` must be me, a person's id or null",
            )
        })?),
    };
    let read = version_read(&headers)?;
    if let Some(reason) = new.reason.filter(|_| owner == Some(session.person.id)) {
        return Ok(cases::take_over(&app.desk, &session.scope, id, &reason, read).await?.into());
    }
    Ok(cases::set_owner(&app.desk, &session.scope, id, owner, read).await?.into())
}

/// The version a change is based on; none when the caller does not care.
pub(super) fn version_read(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(tag) = headers.get(IF_MATCH) else {
        return Ok(None);
    };
    match tag.to_str().map(str::trim) {
        Ok("*") => Ok(None),
        // A tag that is none of ours matches no version we ever gave.
        Ok(text) => Ok(Some(text.trim_start_matches("W/").trim_matches('"').parse().unwrap_or(u64::MAX))),
        Err(_) => Err(Problem::bad_request("If-Match 有误", "`If-Match` cannot be read")),
    }
}

/// Writes a note on a case. A note that the guard holds waits for a second person (202); one that it blocks is refused.
#[utoipa::path(post, path = "/api/v1/cases/{id}/notes", tag = "case", params(("id" = Uuid, Path)), request_body = NewNote,
    responses((status = 200, body = Case), (status = 202, body = Held), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn add_case_note(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(note): Body<NewNote>,
) -> Result<Kept<Case>, Problem> {
    let case = cases::add_note(&app.desk, &session.scope, id, &note.text).await;
    let case = case.map_err(Problem::of_field("text"))?;
    Ok(Kept::of(case, StatusCode::OK, session.scope.role, Case::from))
}

/// A message to the buyer that is sent by hand elsewhere.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewMessage {
    /// The way it goes out.
    #[schema(value_type = word::GuardChannel)]
    channel: Channel,
    /// 1 to 4,000 characters, with no variable open.
    text: String,
    #[schema(value_type = Option<word::ScriptLanguage>)]
    language: Option<ScriptLanguage>,
    /// The key of the script it was made from.
    script: Option<String>,
}

/// Notes a message to the buyer that is sent by hand elsewhere. One that the guard holds waits for a second person (202);
/// one that it blocks is refused.
#[utoipa::path(post, path = "/api/v1/cases/{id}/messages", tag = "case", params(("id" = Uuid, Path)),
    request_body = NewMessage,
    responses((status = 200, body = Case), (status = 202, body = Held), BadRequest, SignedOut, Forbidden, NotFound, Invalid))]
pub async fn log_case_message(
    State(app): State<App>,
    Session(session): Session,
    Id(id): Id<CaseId>,
    Body(new): Body<NewMessage>,
) -> Result<Kept<Case>, Problem> {
    let NewMessage { channel, text, language, script } = new;
    let request = MessageRequest { channel, text, language, script };
    let case = cases::log_message(&app.desk, &session.scope, id, &request).await;
    let case = case.map_err(Problem::of_field("text"))?;
    Ok(Kept::of(case, StatusCode::OK, session.scope.role, Case::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tag: &str) -> Option<Option<u64>> {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MATCH, tag.parse().unwrap());
        version_read(&headers).ok()
    }

    #[test]
    fn a_tag_names_the_version_that_was_read() {
        assert_eq!(version_read(&HeaderMap::new()).ok(), Some(None));
        assert_eq!(read("\"7\""), Some(Some(7)));
        assert_eq!(read("W/\"7\""), Some(Some(7)));
        assert_eq!(read("*"), Some(None));
        assert_eq!(read("\"of another server\""), Some(Some(u64::MAX)));
    }
}
