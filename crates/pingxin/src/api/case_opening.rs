//! Opening a case that no review asks for.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use pingxin_desk::cases::{self, NewCase, Opened};
use pingxin_domain::aftersales::Request;
use pingxin_domain::case::{CameBy, CaseKind, DisputeKind, Matter};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BuyerId, RecordId, ShopId};
use pingxin_language::Cause;
use pingxin_store::case::CaseMatter as StoreMatter;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::case::Case;
use super::order::{Money, amount_of};
use super::refusal::{BadRequest, Conflict, Forbidden, Invalid, NotFound, SignedOut};
use super::word;
use crate::http::App;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::session::Session;

/// What a case without a review is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseMatter {
    /// Of which order.
    #[schema(required = true)]
    order_number: Option<String>,
    /// Of which buyer.
    #[schema(required = true)]
    buyer_id: Option<Uuid>,
    /// His nick, masked.
    #[schema(required = true)]
    buyer_nick: Option<String>,
    /// Before whom, of a dispute.
    #[schema(value_type = Option<word::DisputeKind>, required = true)]
    dispute: Option<DisputeKind>,
    /// What the buyer asks for.
    #[schema(value_type = Option<word::AfterSalesRequest>, required = true)]
    asked: Option<Request>,
    /// For how much.
    #[schema(required = true)]
    amount: Option<Money>,
    /// When he asked.
    #[schema(required = true)]
    asked_at: Option<Timestamp>,
    /// How it came.
    #[schema(value_type = Option<word::CameBy>, required = true)]
    came_by: Option<CameBy>,
    /// In which words, masked; empty when nothing was said.
    text: String,
    /// Until when somebody wants it done.
    #[schema(required = true)]
    due_at: Option<Timestamp>,
    /// The last second at which proof can be handed in.
    #[schema(required = true)]
    evidence_due_at: Option<Timestamp>,
    /// The imported refund or return that it was opened from.
    #[schema(required = true)]
    after_sale_id: Option<Uuid>,
}

impl From<StoreMatter> for CaseMatter {
    fn from(found: StoreMatter) -> Self {
        let matter = found.matter;
        Self {
            order_number: found.order_number,
            buyer_id: found.buyer.map(BuyerId::uuid),
            buyer_nick: found.buyer_nick,
            dispute: matter.dispute,
            asked: matter.asked,
            amount: matter.amount.map(Money::from),
            asked_at: matter.asked_at,
            came_by: matter.came_by,
            text: matter.text,
            due_at: matter.due,
            evidence_due_at: matter.evidence_due,
            after_sale_id: found.after_sale.map(RecordId::uuid),
        }
    }
}

/// A case to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenCase {
    /// `review` is refused: such a case is opened for its review.
    #[schema(value_type = word::CaseKind)]
    kind: CaseKind,
    /// The id of its shop.
    #[schema(value_type = Uuid)]
    shop: ShopId,
    /// Of which order; also one that is not stored.
    #[serde(default)]
    order_number: Option<String>,
    /// Of which buyer.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    buyer: Option<BuyerId>,
    /// The same by nick, where the shop has one buyer of it.
    #[serde(default)]
    buyer_nick: Option<String>,
    /// What it complains of.
    #[serde(default)]
    #[schema(value_type = Option<word::Cause>)]
    cause: Option<Cause>,
    /// Of a dispute only, and then needed.
    #[serde(default)]
    #[schema(value_type = Option<word::DisputeKind>)]
    dispute: Option<DisputeKind>,
    /// What the buyer asks for.
    #[serde(default)]
    #[schema(value_type = Option<word::AfterSalesRequest>)]
    asked: Option<Request>,
    /// For how much, digits such as `12.50`.
    #[serde(default)]
    amount: Option<String>,
    /// ISO 4217; needed with an amount.
    #[serde(default)]
    currency: Option<String>,
    /// When he asked.
    #[serde(default)]
    asked_at: Option<Timestamp>,
    /// How it came.
    #[serde(default)]
    #[schema(value_type = Option<word::CameBy>)]
    came_by: Option<CameBy>,
    /// In which words, at most 4,000 characters; needed of a complaint.
    #[serde(default)]
    text: String,
    /// Until when somebody wants it done.
    #[serde(default)]
    due_at: Option<Timestamp>,
    /// The last second at which proof can be handed in; needed of a dispute.
    #[serde(default)]
    evidence_due_at: Option<Timestamp>,
    /// The imported refund or return that it is opened from: what is not said here is taken from there.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    after_sale: Option<RecordId>,
}

/// A case that is there: the one just opened, or the one that the same call opened before.
#[derive(Debug)]
pub struct CaseOpened {
    status: StatusCode,
    case: Case,
}

impl IntoResponse for CaseOpened {
    fn into_response(self) -> Response {
        (self.status, self.case).into_response()
    }
}

/// Opens a case that no review asks for. 409 when somebody works on the same matter already: `case` names it. A repeated
/// call with the same `Idempotency-Key` opens nothing and answers 200 with what the first one opened.
#[utoipa::path(post, path = "/api/v1/cases", tag = "case",
    params(("Idempotency-Key" = Option<String>, Header, description = "By which the caller knows this opening again")),
    request_body = OpenCase,
    responses((status = 201, body = Case), (status = 200, body = Case), BadRequest, SignedOut, Forbidden, NotFound, Conflict, Invalid))]
pub async fn create_case(
    State(app): State<App>,
    Session(session): Session,
    headers: HeaderMap,
    Body(asked): Body<OpenCase>,
) -> Result<CaseOpened, Problem> {
    let key = match headers.get("idempotency-key").map(|key| key.to_str()) {
        None => None,
        Some(Ok(key)) => Some(key.to_owned()),
        Some(Err(_)) => {
            return Err(Problem::bad_request("Idempotency-Key 有误", "`Idempotency-Key` cannot be read"));
        }
    };
    let digits = asked.amount.as_deref().map(str::trim).filter(|digits| !digits.is_empty());
    let currency = asked.currency.as_deref().unwrap_or_default();
    let amount = digits.map(|digits| amount_of(digits, currency)).transpose()?;
    let new = NewCase {
        kind: asked.kind,
        shop: asked.shop,
        order_number: asked.order_number,
        buyer: asked.buyer,
        buyer_nick: asked.buyer_nick,
        cause: asked.cause,
        matter: Matter {
            dispute: asked.dispute,
            asked: asked.asked,
            amount,
            asked_at: asked.asked_at,
            came_by: asked.came_by,
            text: asked.text.trim().to_owned(),
            due: asked.due_at,
            evidence_due: asked.evidence_due_at,
        },
        after_sale: asked.after_sale,
        request_key: key,
    };
    match cases::open(&app.desk, &session.scope, &new).await? {
        Opened::New(view) => Ok(CaseOpened { status: StatusCode::CREATED, case: Case::from(*view) }),
        Opened::Before(view) => Ok(CaseOpened { status: StatusCode::OK, case: Case::from(*view) }),
        Opened::Taken(case) => Err(Problem::new(
            StatusCode::CONFLICT,
            "case_open",
            format!("这件事已有跟进单 {}，请打开它继续跟进", case.number),
            format!("case {} is about this already; go on there", case.number),
        )
        .with_case(case.id.uuid(), case.number)),
        Opened::Wrong(fields) => Err(fields.into_iter().fold(
            Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "请检查标出的内容",
                "look at the marked fields",
            ),
            |problem, (field, say)| problem.with_field(field, say),
        )),
    }
}
