//! Compensations 赔付: weighed against everything given before in the transaction that keeps them, and every step of each.
//! Notes are sealed, as they may tell of the buyer. No column and no join here knows a rating.

mod list;
pub mod report;

use jiff::Timestamp;
use pingxin_domain::compensation::{
    Ask, AskRefused, Before, Benefit, Bound, CompensationRules, CompensationState, CompensationStep, SignOff,
    Standing,
};
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{
    CaseId, CompensationId, Currency, Money, Month, RecordId, Scope, ShopId, TenantId, UserId,
};
use pingxin_language::Cause;
use uuid::Uuid;

use crate::reference::UserRef;
use crate::sealed::Place;
use crate::sql::{Built, statements, values};
use crate::{StoreError, Tx, identifier, shop};

pub use list::{Compensation, CompensationFilter, count, get, list, totals};
pub(crate) use list::{built_count, built_list, built_totals, sample_filters};

/// A compensation to keep; what it is about stands in its [`Ask`].
#[derive(Debug, Clone, Copy)]
pub struct NewCompensation<'a> {
    /// The case.
    pub case: CaseId,
    /// The order.
    pub order_number: &'a str,
    /// The month that it counts in.
    pub month: Month,
    /// Version of the rules it is weighed by.
    pub rules_version: u32,
    /// Why, in the words of who asks.
    pub note: Option<&'a str>,
}

/// A compensation that is about to change.
#[derive(Debug, Clone)]
pub struct CompensationHead {
    /// Id.
    pub id: CompensationId,
    /// The case.
    pub case: CaseId,
    /// The shop.
    pub shop: ShopId,
    /// The order.
    pub order_number: String,
    /// The line; empty is all of it.
    pub line: String,
    /// What is given.
    pub kind: Benefit,
    /// Worth how much.
    pub amount: Money,
    /// What was complained of.
    pub cause: Option<Cause>,
    /// What was paid for the order when it was asked.
    pub order: Money,
    /// The month that it counts in.
    pub month: Month,
    /// How it stands.
    pub standing: Standing,
    last_step: u32,
}

/// Something that happened to a compensation.
#[derive(Debug, Clone)]
pub struct Step {
    /// The compensation.
    pub of: CompensationId,
    /// Number, from 1.
    pub seq: u32,
    /// What.
    pub kind: CompensationStep,
    /// When.
    pub at: Timestamp,
    /// By whom; none is the desk itself.
    pub actor: Option<UserRef>,
    /// A self-review of somebody who does it all alone.
    pub alone: bool,
    /// What was said, open.
    pub note: Option<String>,
}

/// A step to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewStep<'a> {
    /// What.
    pub kind: CompensationStep,
    /// A self-review of somebody who does it all alone.
    pub alone: bool,
    /// What was said.
    pub note: Option<&'a str>,
    /// The refund of the platform that confirms it.
    pub refund: Option<RecordId>,
}

impl NewStep<'_> {
    /// A step without more to say.
    #[must_use]
    pub fn plain(kind: CompensationStep) -> Self {
        Self { kind, alone: false, note: None, refund: None }
    }
}

statements! {
    SAME = "SELECT c.line_key, c.amount_minor, (c.shop_id = $3 AND c.order_number = $4) FROM compensations c \
        WHERE c.tenant_id = $1 AND c.counts AND c.id <> $5 AND c.id IN (SELECT a.id FROM compensations a \
        WHERE a.tenant_id = $1 AND a.case_id = $2 UNION SELECT b.id FROM compensations b WHERE b.tenant_id = $1 \
        AND b.shop_id = $3 AND b.order_number = $4)";
    // What a payout was confirmed by is that payout.
    REFUNDED = "SELECT CAST(coalesce(sum(s.amount_minor), 0) AS BIGINT) FROM after_sales s WHERE s.tenant_id = $1 \
        AND s.shop_id = $2 AND s.order_number = $3 AND s.currency = $4 AND s.amount_minor > 0 \
        AND s.state IN ('done', 'awaiting_return', 'returning') AND NOT EXISTS (SELECT 1 FROM compensations c \
        WHERE c.tenant_id = s.tenant_id AND c.refund_id = s.id)";
    ADD = "INSERT INTO compensations (tenant_id, id, case_id, shop_id, order_number, line_key, kind, amount_minor, \
        currency, cause, order_minor, month, sign_off, rules_version, state, counts, asked_at, asked_by, decided_at, \
        last_step) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)";
    ADD_STEP = "INSERT INTO compensation_steps (tenant_id, compensation_id, seq, kind, at, actor_user_id, alone, \
        note_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LOCK = "SELECT case_id, shop_id, order_number, line_key, kind, amount_minor, currency, cause, order_minor, month, \
        sign_off, state, asked_by, last_step FROM compensations WHERE tenant_id = $1 AND id = $2 \
        AND ($3 OR shop_id = ANY($4::uuid[])) FOR UPDATE";
    APPROVALS = "SELECT s.actor_user_id FROM compensation_steps s WHERE s.tenant_id = $1 AND s.compensation_id = $2 \
        AND s.kind = 'approved' AND s.actor_user_id IS NOT NULL AND s.seq > (SELECT coalesce(max(u.seq), 0) \
        FROM compensation_steps u WHERE u.tenant_id = $1 AND u.compensation_id = $2 AND u.kind = 'undone') ORDER BY s.seq";
    SET = "UPDATE compensations SET state = $3, counts = $4, \
        decided_at = CASE WHEN $5 THEN $7::bigint WHEN $12 THEN NULL ELSE decided_at END, \
        paid_at = CASE WHEN $6 THEN coalesce(paid_at, $7::bigint) ELSE paid_at END, ended_at = $8, \
        refund_id = coalesce($9, refund_id), last_step = $10 WHERE tenant_id = $1 AND id = $2 AND last_step = $11";
    STEPS = "SELECT s.compensation_id, s.seq, s.kind, s.at, s.actor_user_id, u.display_name, s.alone, s.note_sealed \
        FROM compensation_steps s LEFT JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.actor_user_id \
        WHERE s.tenant_id = $1 AND s.compensation_id = ANY($2::uuid[]) ORDER BY s.compensation_id, s.seq";
    // A refund that was done before anybody asked is no payout of ours; files may know no more than the day.
    REFUND_FOUND = "SELECT c.tenant_id, c.id, s.id, coalesce(s.resolved_at, s.requested_at) FROM compensations c \
        JOIN after_sales s ON s.tenant_id = c.tenant_id AND s.shop_id = c.shop_id AND s.order_number = c.order_number \
        WHERE c.state IN ('approved', 'paid') AND c.kind IN ('red_packet', 'partial_refund', 'full_refund') \
        AND s.state = 'done' AND s.amount_minor = c.amount_minor AND s.currency = c.currency \
        AND coalesce(s.resolved_at, s.requested_at, c.asked_at) >= c.asked_at - 86400000000 \
        AND NOT EXISTS (SELECT 1 FROM compensations d WHERE d.tenant_id = s.tenant_id AND d.refund_id = s.id) \
        ORDER BY c.asked_at, c.id LIMIT $1";
    REFUND_TAKEN = "SELECT 1 FROM compensations WHERE tenant_id = $1 AND refund_id = $2";
    // When a buyer was given something, or was to be: the guard lets no word of a rating share these days.
    DAYS = "SELECT c.asked_at, c.decided_at, c.paid_at FROM compensations c WHERE c.tenant_id = $1 AND c.counts \
        AND c.id IN (SELECT a.id FROM compensations a WHERE a.tenant_id = $1 AND a.case_id = $2 \
        UNION SELECT b.id FROM compensations b JOIN orders o ON o.tenant_id = b.tenant_id AND o.shop_id = b.shop_id \
        AND o.order_number = b.order_number WHERE b.tenant_id = $1 AND (o.buyer_id = $3 OR o.id = $4))";
}

fn note_place<'a>(tenant: TenantId, row: &'a [u8]) -> Place<'a> {
    Place { tenant, table: "compensation_steps", row, field: "note" }
}

/// What the note of a step is sealed for: its compensation and number.
fn note_row(id: CompensationId, seq: u32) -> Vec<u8> {
    let mut row = id.uuid().as_bytes().to_vec();
    row.extend(seq.to_be_bytes());
    row
}

/// What was given before, as an ask is weighed against it; `except` is left out. The caller has locked the rules.
async fn before(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rules: &CompensationRules,
    ask: &Ask<'_>,
    about: (CaseId, &str, Month),
    except: Option<CompensationId>,
) -> Result<Before, StoreError> {
    let (case, order_number, month) = about;
    let except = except.map_or(Uuid::nil(), Identifier::uuid);
    let mut before = Before::default();
    for row in tx.all(SAME, values![scope.tenant, case, ask.shop, order_number, except]).await? {
        let mut columns = row.columns();
        before.lines.push(columns.text()?);
        let minor = columns.int()?;
        if columns.bool()? {
            before.given = before.given.saturating_add(minor);
        }
    }
    let row = values![scope.tenant, ask.shop, order_number, ask.amount.currency.as_str()];
    before.refunded = tx.one(REFUNDED, row).await?.columns().int()?;
    for bound in rules.bounds(ask) {
        let built = built_sum(scope, &bound, month, except);
        let rows = tx.all_built("compensation::sum", built).await?;
        before.sums.push(rows.first().map_or(Ok(0), |row| row.columns().int())?);
    }
    Ok(before)
}

pub(crate) fn built_sum<'a>(scope: &Scope, bound: &Bound, month: Month, except: Uuid) -> Built<'a> {
    let mut built =
        Built::new("SELECT CAST(coalesce(sum(amount_minor), 0) AS BIGINT) FROM compensations WHERE counts");
    built.with(" AND tenant_id = ", scope.tenant).with(" AND month = ", month.number());
    built.with(" AND currency = ", bound.currency.as_str().to_owned()).with(" AND id <> ", except);
    if let Some(asker) = bound.asker {
        built.with(" AND asked_by = ", asker);
    }
    if let Some(shop) = bound.shop {
        built.with(" AND shop_id = ", shop);
    }
    if let Some(cause) = bound.cause {
        built.with(" AND cause = ", cause.as_str());
    }
    if let Some(under) = bound.order_under {
        built.with(" AND order_minor < ", under);
    }
    built
}

/// Weighs an ask without keeping it: what a form shows before anybody asks.
///
/// # Errors
/// The database's error; the refusal is in the answer.
pub async fn weigh(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rules: &CompensationRules,
    ask: &Ask<'_>,
    about: (CaseId, &str, Month),
) -> Result<Result<SignOff, AskRefused>, StoreError> {
    let before = before(tx, scope, rules, ask, about, None).await?;
    Ok(rules.weigh(ask, &before))
}

/// Weighs an ask and keeps it when it fits. The caller has locked the rules and the case.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope; the refusal is in the answer.
pub async fn ask(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rules: &CompensationRules,
    ask: &Ask<'_>,
    new: &NewCompensation<'_>,
) -> Result<Result<CompensationId, AskRefused>, StoreError> {
    shop::require(scope, ask.shop)?;
    let before = before(tx, scope, rules, ask, (new.case, new.order_number, new.month), None).await?;
    let sign_off = match rules.weigh(ask, &before) {
        Ok(sign_off) => sign_off,
        Err(refused) => return Ok(Err(refused)),
    };
    let Some(order) = ask.order else { return Ok(Err(AskRefused::NoOrder)) };
    let standing = Standing::asked(ask.asker, sign_off);
    let (id, now) = (identifier::fresh::<CompensationId>(), tx.now());
    let decided = (standing.state != CompensationState::Asked).then_some(now);
    let row = values![
        scope.tenant,
        id,
        new.case,
        ask.shop,
        new.order_number,
        ask.line,
        ask.kind.code(),
        ask.amount.minor,
        ask.amount.currency.as_str(),
        ask.cause.map(Cause::as_str),
        order.minor,
        new.month.number(),
        sign_off.code(),
        new.rules_version,
        standing.state.code(),
        standing.state.counts(),
        now,
        ask.asker,
        decided,
    ];
    tx.execute(ADD, row).await.map_err(|error| error.or_conflict("compensation"))?;
    let step = NewStep { note: new.note, ..NewStep::plain(CompensationStep::Asked) };
    add_step(tx, scope, id, 1, &step).await?;
    Ok(Ok(id))
}

async fn add_step(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CompensationId,
    seq: u32,
    step: &NewStep<'_>,
) -> Result<(), StoreError> {
    let (now, place) = (tx.now(), note_row(id, seq));
    let note = tx.keys().seal_text(note_place(scope.tenant, &place), step.note);
    let row = values![scope.tenant, id, seq, step.kind.code(), now, scope.user(), step.alone, note];
    tx.execute(ADD_STEP, row).await.map(drop)
}

/// Whether one that counted no more fits again, by the rules of now.
///
/// # Errors
/// The database's error; the refusal is in the answer.
pub async fn fits(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rules: &CompensationRules,
    head: &CompensationHead,
    presents: bool,
) -> Result<Result<SignOff, AskRefused>, StoreError> {
    let ask = Ask {
        asker: head.standing.asker,
        shop: head.shop,
        cause: head.cause,
        kind: head.kind,
        amount: head.amount,
        line: &head.line,
        order: Some(head.order),
        presents,
        rating_talk_today: false,
    };
    let about = (head.case, head.order_number.as_str(), head.month);
    let before = before(tx, scope, rules, &ask, about, Some(head.id)).await?;
    Ok(rules.weigh(&ask, &before))
}

/// A compensation within the scope, kept for this transaction.
///
/// # Errors
/// [`StoreError::NotFound`] outside the scope.
pub async fn lock(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: CompensationId,
) -> Result<CompensationHead, StoreError> {
    let mut row = values![scope.tenant, id];
    row.extend(shop::bounds(scope));
    let row = tx.first(LOCK, row).await?.ok_or(StoreError::NotFound { what: "compensation" })?;
    let mut columns = row.columns();
    let (case, shop, order_number, line) = (columns.id()?, columns.id()?, columns.text()?, columns.text()?);
    let kind = columns.code(Benefit::from_code)?;
    let minor = columns.int()?;
    let currency: Currency = columns.code(|code| code.parse().ok())?;
    let cause = columns.opt_code(|code| code.parse().ok())?;
    let order = Money { minor: columns.int()?, currency };
    let month = read_month(columns.small()?)?;
    let (sign_off, state) = (columns.code(SignOff::from_code)?, columns.code(CompensationState::from_code)?);
    let (asker, last_step) = (columns.opt_id()?, columns.small()?);
    let mut approvals: Vec<UserId> = Vec::new();
    for row in tx.all(APPROVALS, values![scope.tenant, id]).await? {
        approvals.push(row.columns().id()?);
    }
    Ok(CompensationHead {
        id,
        case,
        shop,
        order_number,
        line,
        kind,
        amount: Money { minor, currency },
        cause,
        order,
        month,
        standing: Standing { state, asker, sign_off, approvals },
        last_step,
    })
}

pub(crate) fn read_month(number: u32) -> Result<Month, StoreError> {
    Month::from_number(number).ok_or_else(|| StoreError::Corrupt { what: format!("month {number}") })
}

/// Writes how a compensation stands after a step.
///
/// # Errors
/// [`StoreError::Conflict`] over "compensation" when another step came between, or its matter was given something since.
pub async fn set(
    tx: &mut Tx<'_>,
    scope: &Scope,
    head: &CompensationHead,
    after: &Standing,
    step: &NewStep<'_>,
) -> Result<(), StoreError> {
    use CompensationState::{Approved, Asked, Confirmed, Paid, Refused, Reversed};
    let (now, seq) = (tx.now(), head.last_step + 1);
    let state = after.state;
    let row = values![
        scope.tenant,
        head.id,
        state.code(),
        state.counts(),
        matches!(state, Approved | Refused),
        matches!(state, Paid | Confirmed),
        now,
        matches!(state, Confirmed | Refused | Reversed).then_some(now),
        step.refund,
        seq,
        head.last_step,
        state == Asked,
    ];
    match tx.execute(SET, row).await.map_err(|error| error.or_conflict("compensation"))? {
        0 => Err(StoreError::Conflict { what: "compensation" }),
        _ => add_step(tx, scope, head.id, seq, step).await,
    }
}

/// What happened to each of these, in order.
///
/// # Errors
/// [`StoreError::Corrupt`] for a note that was moved.
pub async fn steps(tx: &mut Tx<'_>, scope: &Scope, ids: &[CompensationId]) -> Result<Vec<Step>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all(STEPS, values![scope.tenant, ids]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (of, seq) = (columns.id()?, columns.small()?);
            let kind = columns.code(CompensationStep::from_code)?;
            let (at, actor, alone) = (columns.instant()?, UserRef::read(&mut columns)?, columns.bool()?);
            let place = note_row(of, seq);
            let note = keys.open_text(note_place(scope.tenant, &place), columns.opt_bytes()?)?;
            Ok(Step { of, seq, kind, at, actor, alone, note })
        })
        .collect()
}

/// A payout that a refund of the platform tells of.
#[derive(Debug, Clone, Copy)]
pub struct RefundFound {
    /// The merchant.
    pub tenant: TenantId,
    /// The compensation.
    pub compensation: CompensationId,
    /// The refund, the same order and amount.
    pub refund: RecordId,
    /// When the platform gave it back, where the file says so.
    pub at: Option<Timestamp>,
}

/// Payouts of every merchant that refunds tell of, at most so many; the longest asked first.
///
/// # Errors
/// The database's error.
pub async fn refunds_found(tx: &mut Tx<'_>, most: u32) -> Result<Vec<RefundFound>, StoreError> {
    let rows = tx.all(REFUND_FOUND, values![most]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (tenant, compensation, refund) = (columns.id()?, columns.id()?, columns.id()?);
            Ok(RefundFound { tenant, compensation, refund, at: columns.opt_instant()? })
        })
        .collect()
}

/// Whether a refund has confirmed a payout already: it confirms one.
///
/// # Errors
/// The database's error.
pub async fn is_refund_taken(tx: &mut Tx<'_>, scope: &Scope, refund: RecordId) -> Result<bool, StoreError> {
    Ok(tx.first(REFUND_TAKEN, values![scope.tenant, refund]).await?.is_some())
}

/// The instants at which a buyer was given something or it was decided, by case, buyer and order.
///
/// # Errors
/// The database's error.
pub async fn days(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: Option<CaseId>,
    buyer: Option<pingxin_domain::BuyerId>,
    order: Option<pingxin_domain::OrderId>,
) -> Result<Vec<Timestamp>, StoreError> {
    let mut days = Vec::new();
    for row in tx.all(DAYS, values![scope.tenant, case, buyer, order]).await? {
        let mut columns = row.columns();
        days.push(columns.instant()?);
        days.extend(columns.opt_instant()?);
        days.extend(columns.opt_instant()?);
    }
    Ok(days)
}

/// The statements with built conditions besides those of the list, for the doctor.
pub(crate) fn samples<'a>(scope: &Scope) -> Vec<(&'static str, Built<'a>)> {
    let mut built = report::samples(scope);
    let bound = Bound {
        asker: Some(identifier::fresh()),
        shop: Some(identifier::fresh()),
        cause: Some(Cause::Quality),
        order_under: Some(1),
        currency: Currency::CNY,
        most: 1,
    };
    if let Some(month) = Month::from_number(202_611) {
        built.push(("compensation::sum", built_sum(scope, &bound, month, Uuid::nil())));
    }
    built
}
