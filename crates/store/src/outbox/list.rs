//! The outbox as people see it.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::outbox::{Delivery, OutChannel, OutReason, OutState, TeamEvent};
use pingxin_domain::{CaseId, HoldId, OutgoingId, Scope, UserId};

use super::{OutBody, place};
use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::{ShopRef, UserRef};
use crate::sealed::Keys;
use crate::sql::{Built, Columns, statements, values};
use crate::{COUNT_LIMIT, StoreError, Tx, identifier, shop};

/// Something in the outbox.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Id; as text also the key under which the other side knows it.
    pub id: OutgoingId,
    /// The shop it is about.
    pub shop: Option<ShopRef>,
    /// The case of a message, with its number; none of a notice to the team.
    pub case: Option<(CaseId, u64)>,
    /// By what.
    pub channel: OutChannel,
    /// What that channel allows when nobody knows whether it has left.
    pub delivery: Delivery,
    /// What a notice tells of.
    pub event: Option<TeamEvent>,
    /// How far it has come.
    pub state: OutState,
    /// Why it waits, was refused, or is in doubt.
    pub reason: Option<OutReason>,
    /// What goes out, open.
    pub body: OutBody,
    /// The held text that it comes from.
    pub hold: Option<HoldId>,
    /// Not before.
    pub send_at: Timestamp,
    /// When it was written.
    pub created_at: Timestamp,
    /// By whom.
    pub author: Option<UserRef>,
    /// How often the other side was called.
    pub calls: u32,
    /// When it was first handed over.
    pub handed_at: Option<Timestamp>,
    /// When it was sent, refused or taken back.
    pub ended_at: Option<Timestamp>,
    /// When a person took it back, had it tried again, or decided about it.
    pub decided_at: Option<Timestamp>,
    /// By whom.
    pub decided_by: Option<UserRef>,
    /// Why.
    pub why: Option<String>,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its number, from 1.
    pub seq: u32,
    /// When it began.
    pub at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What came of it: `sent`, `refused`, `not_taken`, `unknown`, `lost`, `arrived`, `not_arrived`, `was_sent`, `was_not`.
    pub result: Option<String>,
    /// What the other side said.
    pub detail: Option<String>,
}

/// Which. What is not given is no condition.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutgoingFilter {
    /// In this state.
    pub state: Option<OutState>,
    /// Of this case.
    pub case: Option<CaseId>,
    /// By this channel.
    pub channel: Option<OutChannel>,
    /// Written by this person.
    pub author: Option<UserId>,
    /// Messages to buyers alone, without notices to the team.
    pub is_message: bool,
    /// This one alone.
    pub id: Option<OutgoingId>,
}

statements! {
    CALLS = "SELECT seq, at, ended_at, result, detail FROM outbox_calls WHERE tenant_id = $1 AND outgoing_id = $2 \
        ORDER BY seq DESC LIMIT 50";
}

/// Filters that use every condition.
pub(crate) fn sample_filters() -> [OutgoingFilter; 2] {
    [
        OutgoingFilter::default(),
        OutgoingFilter {
            state: Some(OutState::InDoubt),
            case: Some(identifier::fresh()),
            channel: Some(OutChannel::Mail),
            author: Some(identifier::fresh()),
            is_message: true,
            id: Some(identifier::fresh()),
        },
    ]
}

const COLUMNS: &str = "SELECT o.id, o.shop_id, s.name, s.platform, o.case_id, c.number, o.channel, o.delivery, o.event, \
    o.state, o.reason, o.body_sealed, o.hold_id, o.send_at, o.created_at, o.author_user_id, a.display_name, o.calls, \
    o.handed_at, o.ended_at, o.decided_at, o.decided_by, d.display_name, o.why_sealed FROM outbox o \
    LEFT JOIN shops s ON s.tenant_id = o.tenant_id AND s.id = o.shop_id \
    LEFT JOIN cases c ON c.tenant_id = o.tenant_id AND c.id = o.case_id \
    LEFT JOIN users a ON a.tenant_id = o.tenant_id AND a.id = o.author_user_id \
    LEFT JOIN users d ON d.tenant_id = o.tenant_id AND d.id = o.decided_by";

fn push_filter(built: &mut Built<'_>, scope: &Scope, filter: &OutgoingFilter) {
    built.with(" WHERE o.tenant_id = ", scope.tenant);
    shop::push_bounds(built, scope, "o.shop_id");
    if let Some(state) = filter.state {
        built.with(" AND o.state = ", state.code());
    }
    if let Some(case) = filter.case {
        built.with(" AND o.case_id = ", case);
    }
    if let Some(channel) = filter.channel {
        built.with(" AND o.channel = ", channel.code());
    }
    if let Some(author) = filter.author {
        built.with(" AND o.author_user_id = ", author);
    }
    if filter.is_message {
        built.push(" AND o.case_id IS NOT NULL");
    }
    if let Some(id) = filter.id {
        built.with(" AND o.id = ", id);
    }
}

pub(crate) fn built_list<'a>(
    scope: &Scope,
    filter: &OutgoingFilter,
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let mut built = Built::new(COLUMNS);
    push_filter(&mut built, scope, filter);
    if let Some(after) = after {
        built.with(" AND o.id < ", after.id);
    }
    built.with(" ORDER BY o.id DESC LIMIT ", limit + 1);
    built
}

pub(crate) fn built_count<'a>(scope: &Scope, filter: &OutgoingFilter) -> Built<'a> {
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM outbox o");
    push_filter(&mut built, scope, filter);
    built.with(" LIMIT ", COUNT_LIMIT + 1).push(") found");
    built
}

fn read(columns: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<Outgoing, StoreError> {
    let id: OutgoingId = columns.id()?;
    let uuid = id.uuid();
    let (shop, name) = (columns.opt_id()?, columns.opt_text()?);
    let platform = columns.opt_code(|code| code.parse().ok())?;
    let shop =
        shop.zip(platform).map(|(id, platform)| ShopRef { id, name: name.unwrap_or_default(), platform });
    let (case, number) = (columns.opt_id()?, columns.opt_int()?);
    Ok(Outgoing {
        id,
        shop,
        case: case.zip(number.and_then(|number| u64::try_from(number).ok())),
        channel: columns.code(OutChannel::from_code)?,
        delivery: columns.code(Delivery::from_code)?,
        event: columns.opt_code(TeamEvent::from_code)?,
        state: columns.code(OutState::from_code)?,
        reason: columns.opt_code(OutReason::from_code)?,
        body: keys.open_json(place(scope.tenant, uuid.as_bytes(), "body"), &columns.bytes()?)?,
        hold: columns.opt_id()?,
        send_at: columns.instant()?,
        created_at: columns.instant()?,
        author: UserRef::read(columns)?,
        calls: columns.small()?,
        handed_at: columns.opt_instant()?,
        ended_at: columns.opt_instant()?,
        decided_at: columns.opt_instant()?,
        decided_by: UserRef::read(columns)?,
        why: keys.open_text(place(scope.tenant, uuid.as_bytes(), "why"), columns.opt_bytes()?)?,
    })
}

const LIST: u8 = 67;

/// How many there are, exact up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &OutgoingFilter) -> Result<Count, StoreError> {
    tx.count_built("outbox::count", built_count(scope, filter)).await
}

/// A page of the outbox, the newest first, and how many there are.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &OutgoingFilter,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<Outgoing>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, LIST)?;
    let keys = tx.keys();
    let rows = tx.all_built("outbox::list", built_list(scope, filter, after, limit)).await?;
    let rows: Vec<Outgoing> =
        rows.iter().map(|row| read(&mut row.columns(), scope, &keys)).collect::<Result<_, _>>()?;
    let page = Page::cut(rows, limit, |last| Cursor { id: last.id.uuid(), ..Cursor::new(LIST, 0, 0) });
    let counted = page.count_of(cursor, count(tx, scope, filter)).await?;
    Ok((page, counted))
}

/// One of them within the scope.
///
/// # Errors
/// The database's error.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: OutgoingId) -> Result<Option<Outgoing>, StoreError> {
    let filter = OutgoingFilter { id: Some(id), ..OutgoingFilter::default() };
    Ok(list(tx, scope, &filter, None, 1).await?.0.rows.pop())
}

/// The calls made for one of them, the last first; the caller has asked whether he may see it.
///
/// # Errors
/// The database's error.
pub async fn calls(tx: &mut Tx<'_>, scope: &Scope, id: OutgoingId) -> Result<Vec<Call>, StoreError> {
    let rows = tx.all(CALLS, values![scope.tenant, id]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(Call {
                seq: columns.small()?,
                at: columns.instant()?,
                ended_at: columns.opt_instant()?,
                result: columns.opt_text()?,
                detail: columns.opt_text()?,
            })
        })
        .collect()
}
