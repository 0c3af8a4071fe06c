//! How soon buyers of a shop were answered, from its chats. A buyer who writes several lines in a row asks once; what a
//! program says answers nobody, and a word of thanks asks for nothing.

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::intake::{IncomingRecord, RecordKind};
use pingxin_domain::rating::{ANSWER_IN_TIME, ANSWER_WINDOWS, Span};
use pingxin_domain::{BuyerId, RecordId, Scope, ShopId};

use crate::record;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, shop};

/// How many messages of the last so many days were answered when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerCount {
    /// The window, in days.
    pub days: u16,
    /// Answered late, or not at all though the time is over.
    pub late: u64,
    /// All whose time is over, or that were answered.
    pub judged: u64,
    /// Not answered, and still in time.
    pub waiting: u64,
}

/// A message that was answered late or not at all.
#[derive(Debug, Clone)]
pub struct LateAnswer {
    /// When it came.
    pub at: Timestamp,
    /// When a person answered.
    pub answered: Option<Timestamp>,
    /// The order it names.
    pub order_number: Option<String>,
    /// Who wrote it.
    pub buyer: Option<BuyerId>,
    /// Its words, open: mask them before they are shown.
    pub text: String,
}

// Every line of buyer and shop with what its conversation said before it, and when a person of the shop spoke after it. At
// one instant the shop's line stands before the buyer's: what is said at the same second answers nothing. A conversation is
// a buyer's, else an order's; what names neither is left out.
macro_rules! said {
    () => {
        "SELECT m.id, m.at, m.side, m.order_number, m.buyer_id, lag(m.side) OVER (PARTITION BY \
         coalesce(m.buyer_id::text, m.order_number) ORDER BY m.at, m.side DESC, m.id) AS said_before, \
         min(CASE WHEN m.side = 'seller' THEN m.at END) OVER (PARTITION BY coalesce(m.buyer_id::text, m.order_number) \
         ORDER BY m.at DESC, m.side, m.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS answered \
         FROM chat_messages m WHERE m.tenant_id = $1 AND m.shop_id = $2 AND m.at > $3 AND m.at <= $4 \
         AND m.side IN ('buyer', 'seller') AND m.manner IS NULL \
         AND (m.buyer_id IS NOT NULL OR m.order_number IS NOT NULL)"
    };
}

macro_rules! late {
    () => {
        "coalesce(s.answered, $4) - s.at > $5"
    };
}

statements! {
    COUNT = concat!("SELECT count(CASE WHEN ", late!(), " THEN 1 END), \
        count(CASE WHEN s.answered IS NOT NULL OR ", late!(), " THEN 1 END), count(*) FROM (", said!(), ") s \
        WHERE s.side = 'buyer' AND (s.said_before IS NULL OR s.said_before = 'seller') AND s.at > $6");
    LATE = concat!("SELECT s.id, s.at, s.answered, s.order_number, s.buyer_id FROM (", said!(), ") s \
        WHERE s.side = 'buyer' AND (s.said_before IS NULL OR s.said_before = 'seller') AND s.at > $6 AND ", late!(), "
        ORDER BY s.at DESC, s.id DESC LIMIT $7");
}

/// What came before the window tells whether its first line goes on a question asked earlier.
const BEFORE: SignedDuration = SignedDuration::from_hours(24);

fn micros(time: SignedDuration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// How the messages of each window were answered, the shortest first.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn answers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    as_of: Timestamp,
) -> Result<Vec<AnswerCount>, StoreError> {
    shop::require(scope, shop)?;
    let mut counts = Vec::new();
    for days in ANSWER_WINDOWS {
        let after = Span::last_days(days, as_of).from;
        let from = after.checked_sub(BEFORE).unwrap_or(Timestamp::MIN);
        let row = values![scope.tenant, shop, from, as_of, micros(ANSWER_IN_TIME), after];
        let row = tx.one(COUNT, row).await?;
        let mut columns = row.columns();
        let (late, judged, all) = (columns.unsigned()?, columns.unsigned()?, columns.unsigned()?);
        counts.push(AnswerCount { days, late, judged, waiting: all.saturating_sub(judged) });
    }
    Ok(counts)
}

/// The messages of the last so many days that were answered late or not at all, the newest first; at most so many.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope; [`StoreError::Corrupt`] for a sealed record that was moved.
pub async fn late_answers(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    days: u16,
    as_of: Timestamp,
    limit: u32,
) -> Result<Vec<LateAnswer>, StoreError> {
    shop::require(scope, shop)?;
    let after = Span::last_days(days, as_of).from;
    let from = after.checked_sub(BEFORE).unwrap_or(Timestamp::MIN);
    let row = values![scope.tenant, shop, from, as_of, micros(ANSWER_IN_TIME), after, limit];
    let mut found = Vec::new();
    for row in tx.all(LATE, row).await? {
        let mut columns = row.columns();
        let id: RecordId = columns.id()?;
        let (at, answered) = (columns.instant()?, columns.opt_instant()?);
        let (order_number, buyer) = (columns.opt_text()?, columns.opt_id()?);
        let text = match record::one(tx, scope, RecordKind::Chat, id).await? {
            Some((stored, _)) => match stored.record {
                IncomingRecord::Chat(message) => message.text,
                _ => String::new(),
            },
            None => String::new(),
        };
        found.push(LateAnswer { at, answered, order_number, buyer, text });
    }
    Ok(found)
}
