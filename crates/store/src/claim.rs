//! Messages that an agent copied and says he has sent elsewhere: *claimed* until a chat log tells of them. Their words are
//! sealed, as they may hold what the buyer told.

use jiff::Timestamp;
use pingxin_domain::case::{CaseState, Outcome};
use pingxin_domain::guard::Channel;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::script::ScriptLanguage;
use pingxin_domain::{BuyerId, CaseId, ClaimId, RecordId, Scope, ShopId};

use crate::reference::UserRef;
use crate::sealed::Place;
use crate::sql::{statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A message to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewClaim<'a> {
    /// The case it is about.
    pub case: CaseId,
    /// The shop of that case.
    pub shop: ShopId,
    /// The way it goes.
    pub channel: Channel,
    /// Its language.
    pub language: Option<ScriptLanguage>,
    /// Its words.
    pub text: &'a str,
    /// The key of the script it was made from.
    pub script: Option<&'a str>,
}

/// A message that was copied.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Id.
    pub id: ClaimId,
    /// The case it was logged at: this one, or one that goes on in it.
    pub case: CaseId,
    /// The way it goes.
    pub channel: Channel,
    /// Its language.
    pub language: Option<ScriptLanguage>,
    /// Its words, open.
    pub text: String,
    /// The key of the script it was made from.
    pub script: Option<String>,
    /// When it was copied.
    pub claimed_at: Timestamp,
    /// By whom.
    pub claimed_by: Option<UserRef>,
    /// When it was sent, as a chat log tells; none as long as none does.
    pub confirmed_at: Option<Timestamp>,
}

/// A message that no log has told of yet.
#[derive(Debug, Clone)]
pub struct OpenClaim {
    /// Id.
    pub id: ClaimId,
    /// The case it was logged at.
    pub case: CaseId,
    /// Its words, open.
    pub text: String,
    /// When it was copied.
    pub claimed_at: Timestamp,
}

/// How often a script was used, and what became of the cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptUse {
    /// Its key.
    pub key: String,
    /// Messages made from it.
    pub used: u64,
    /// Cases that it was used in.
    pub cases: u64,
    /// Those among them that have ended.
    pub ended: u64,
    /// Those among these that were solved.
    pub solved: u64,
    /// When it was used last.
    pub last: Timestamp,
}

/// One use of a script.
#[derive(Debug, Clone)]
pub struct UseLine {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<UserRef>,
    /// In which case.
    pub case: CaseId,
    /// Its number.
    pub case_number: u64,
    /// How the case stands.
    pub state: CaseState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The way it went.
    pub channel: Channel,
    /// Whether a chat log tells of it.
    pub is_confirmed: bool,
}

statements! {
    ADD = "INSERT INTO claimed_messages (tenant_id, id, case_id, shop_id, channel, language, text_sealed, script_key, \
        claimed_at, claimed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    // Those of cases that go on in this one are its own.
    OF_CASE = "SELECT m.id, m.case_id, m.channel, m.language, m.text_sealed, m.script_key, m.claimed_at, m.claimed_by, \
        u.display_name, m.confirmed_at FROM claimed_messages m LEFT JOIN users u ON u.tenant_id = m.tenant_id \
        AND u.id = m.claimed_by WHERE m.tenant_id = $1 AND m.case_id IN (SELECT c.id FROM cases c WHERE c.tenant_id = $1 \
        AND c.id = $2 UNION SELECT x.id FROM cases x WHERE x.tenant_id = $1 AND x.merged_into = $2) \
        AND ($3 OR m.shop_id = ANY($4::uuid[])) ORDER BY m.claimed_at DESC, m.id DESC LIMIT 200";
    // From the few that are open outwards, as a shop may have millions of reviews.
    OPEN = "SELECT m.id, m.case_id, m.text_sealed, m.claimed_at FROM claimed_messages m JOIN cases c \
        ON c.tenant_id = m.tenant_id AND c.id = m.case_id LEFT JOIN reviews r ON r.tenant_id = c.tenant_id AND r.id = c.review_id \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id WHERE m.tenant_id = $1 AND m.shop_id = $2 \
        AND m.confirmed_record IS NULL AND m.claimed_at >= $3 AND (coalesce(r.order_number, c.order_number) = $4 \
        OR coalesce(r.buyer_id, o.buyer_id, c.buyer_id) = $5) AND ($6 OR m.shop_id = ANY($7::uuid[])) \
        ORDER BY m.claimed_at, m.id LIMIT 500";
    CONFIRM = "UPDATE claimed_messages SET confirmed_at = $3, confirmed_record = $4 WHERE tenant_id = $1 AND id = $2 \
        AND confirmed_record IS NULL AND NOT EXISTS (SELECT 1 FROM claimed_messages x WHERE x.tenant_id = $1 \
        AND x.confirmed_record = $4)";
    CONFIRMED = "SELECT id FROM claimed_messages WHERE tenant_id = $1 AND id = ANY($2::uuid[]) \
        AND confirmed_record IS NOT NULL";
    USES = "SELECT m.script_key, count(*), count(DISTINCT m.case_id), count(DISTINCT CASE WHEN c.outcome IS NOT NULL \
        THEN m.case_id END), count(DISTINCT CASE WHEN c.outcome = ANY($4::text[]) THEN m.case_id END), max(m.claimed_at) \
        FROM claimed_messages m JOIN cases c ON c.tenant_id = m.tenant_id AND c.id = m.case_id WHERE m.tenant_id = $1 \
        AND m.script_key IS NOT NULL AND m.claimed_at >= $5 AND ($2 OR m.shop_id = ANY($3::uuid[])) GROUP BY m.script_key ORDER BY m.script_key";
    USES_OF = "SELECT m.claimed_at, m.claimed_by, u.display_name, c.id, c.number, c.state, c.outcome, m.channel, \
        m.confirmed_record IS NOT NULL FROM claimed_messages m JOIN cases c ON c.tenant_id = m.tenant_id \
        AND c.id = m.case_id LEFT JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.claimed_by \
        WHERE m.tenant_id = $1 AND m.script_key = $2 AND ($3 OR m.shop_id = ANY($4::uuid[])) \
        ORDER BY m.claimed_at DESC, m.id DESC LIMIT $5";
}

fn place<'a>(scope: &Scope, id: &'a [u8]) -> Place<'a> {
    Place { tenant: scope.tenant, table: "claimed_messages", row: id, field: "text" }
}

/// Keeps a message as claimed.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn add(tx: &mut Tx<'_>, scope: &Scope, new: &NewClaim<'_>) -> Result<ClaimId, StoreError> {
    shop::require(scope, new.shop)?;
    let (id, now) = (identifier::fresh::<ClaimId>(), tx.now());
    let uuid = id.uuid();
    let text = tx.keys().seal_text(place(scope, uuid.as_bytes()), Some(new.text));
    let language = new.language.map(ScriptLanguage::code);
    let (channel, script) = (new.channel.code(), new.script);
    let row =
        values![scope.tenant, id, new.case, new.shop, channel, language, text, script, now, scope.user()];
    tx.execute(ADD, row).await?;
    Ok(id)
}

/// The messages of a case and of those that go on in it, the newest first. The caller has asked whether he may see the case.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed text was moved.
pub async fn of_case(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<Vec<Claim>, StoreError> {
    let keys = tx.keys();
    let mut asked = values![scope.tenant, case];
    asked.extend(shop::bounds(scope));
    let rows = tx.all(OF_CASE, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, case): (ClaimId, CaseId) = (columns.id()?, columns.id()?);
            let channel = columns.code(Channel::from_code)?;
            let language = columns.opt_code(ScriptLanguage::from_code)?;
            let uuid = id.uuid();
            let text = keys.open_text(place(scope, uuid.as_bytes()), columns.opt_bytes()?)?;
            Ok(Claim {
                id,
                case,
                channel,
                language,
                text: text.unwrap_or_default(),
                script: columns.opt_text()?,
                claimed_at: columns.instant()?,
                claimed_by: UserRef::read(&mut columns)?,
                confirmed_at: columns.opt_instant()?,
            })
        })
        .collect()
}

/// The messages about an order or to a buyer, copied since an instant, that no log has told of yet; the first first.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn open(
    tx: &mut Tx<'_>,
    scope: &Scope,
    of: ShopId,
    order_number: Option<&str>,
    buyer: Option<BuyerId>,
    since: Timestamp,
) -> Result<Vec<OpenClaim>, StoreError> {
    shop::require(scope, of)?;
    let keys = tx.keys();
    let mut asked = values![scope.tenant, of, since, order_number, buyer];
    asked.extend(shop::bounds(scope));
    let rows = tx.all(OPEN, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let (id, case): (ClaimId, CaseId) = (columns.id()?, columns.id()?);
            let uuid = id.uuid();
            let text = keys.open_text(place(scope, uuid.as_bytes()), columns.opt_bytes()?)?;
            Ok(OpenClaim { id, case, text: text.unwrap_or_default(), claimed_at: columns.instant()? })
        })
        .collect()
}

/// Notes that a message of a chat log is this one. Answers whether this call did: a message confirms one, and one is
/// confirmed once.
///
/// # Errors
/// The database's error.
pub async fn confirm(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: ClaimId,
    record: RecordId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(CONFIRM, values![scope.tenant, id, at, record]).await? > 0)
}

/// Which of these messages a chat log tells of.
///
/// # Errors
/// The database's error.
pub async fn confirmed(tx: &mut Tx<'_>, scope: &Scope, ids: &[ClaimId]) -> Result<Vec<ClaimId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.all(CONFIRMED, values![scope.tenant, ids]).await?;
    rows.iter().map(|row| row.columns().id()).collect()
}

/// How often each script was used in the shops of the scope since an instant, and what became of the cases.
///
/// # Errors
/// The database's error.
pub async fn uses(tx: &mut Tx<'_>, scope: &Scope, since: Timestamp) -> Result<Vec<ScriptUse>, StoreError> {
    let solved: Vec<&str> =
        Outcome::ALL.iter().filter(|outcome| outcome.is_solved()).map(|outcome| outcome.code()).collect();
    let mut asked = values![scope.tenant];
    asked.extend(shop::bounds(scope));
    asked.extend(values![solved.as_slice(), since]);
    let rows = tx.all(USES, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(ScriptUse {
                key: columns.text()?,
                used: columns.unsigned()?,
                cases: columns.unsigned()?,
                ended: columns.unsigned()?,
                solved: columns.unsigned()?,
                last: columns.instant()?,
            })
        })
        .collect()
}

/// The last uses of a script in the shops of the scope, the newest first.
///
/// # Errors
/// The database's error.
pub async fn uses_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    key: &str,
    most: u32,
) -> Result<Vec<UseLine>, StoreError> {
    let mut asked = values![scope.tenant, key];
    asked.extend(shop::bounds(scope));
    asked.extend(values![most]);
    let rows = tx.all(USES_OF, asked).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok(UseLine {
                at: columns.instant()?,
                by: UserRef::read(&mut columns)?,
                case: columns.id()?,
                case_number: columns.unsigned()?,
                state: columns.code(CaseState::from_code)?,
                outcome: columns.opt_code(Outcome::from_code)?,
                channel: columns.code(Channel::from_code)?,
                is_confirmed: columns.bool()?,
            })
        })
        .collect()
}
