//! Merchants; each owns everything that carries his id.

use jiff::Timestamp;
use pingxin_domain::intake::RecordKind;
use pingxin_domain::{Scope, TenantId};

use crate::record::table::Table;
use crate::sql::{Columns, Statement, statements, values};
use crate::{StoreError, Tx, audit, identifier};

/// A merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Id.
    pub id: TenantId,
    /// Name.
    pub name: String,
    /// Whether it is the generated demo.
    pub demo: bool,
    /// Whether one person does it all: what needs a second pair of eyes he may confirm himself, and it is noted.
    pub solo: bool,
    /// When he was added.
    pub created_at: Timestamp,
}

statements! {
    CREATE = "INSERT INTO tenants (id, name, demo, last_case_number, last_shop_number, created_at, clocks_from) \
        VALUES ($1, $2, $3, 0, 0, $4, $4)";
    ALL = "SELECT id, name, demo, solo, created_at FROM tenants ORDER BY created_at, id";
    FIND = "SELECT id, name, demo, solo, created_at FROM tenants WHERE id = $1";
    LOCK = "SELECT id, name, demo, solo, created_at FROM tenants WHERE id = $1 FOR UPDATE";
    SET_NAME = "UPDATE tenants SET name = $2 WHERE id = $1";
    SET_SOLO = "UPDATE tenants SET solo = $2 WHERE id = $1";
    PERMIT_WIPE = "INSERT INTO wiped_tenants (tenant_id) VALUES ($1)";
    // The search index has no tenant; its rows are found through the reviews. PostgreSQL keeps it in the reviews.
    WIPE_SEARCH = "DELETE FROM review_search WHERE rowid IN (SELECT position FROM reviews WHERE tenant_id = $1)",
        "SELECT 1 WHERE $1::uuid IS NULL";
    WIPE_AUDIT_ENTRIES = "DELETE FROM audit_entries WHERE tenant_id = $1";
    WIPE_AUDIT_HEADS = "DELETE FROM audit_heads WHERE tenant_id = $1";
    WIPE_JOBS = "DELETE FROM jobs WHERE tenant_id = $1";
    WIPE_REMOVAL_STEPS = "DELETE FROM removal_steps WHERE tenant_id = $1";
    WIPE_REMOVAL_REQUESTS = "DELETE FROM removal_requests WHERE tenant_id = $1";
    WIPE_REMOVAL_FINDINGS = "DELETE FROM removal_findings WHERE tenant_id = $1";
    WIPE_REMOVAL_FACTS = "DELETE FROM removal_facts WHERE tenant_id = $1";
    WIPE_EVIDENCE_FILES = "DELETE FROM evidence_files WHERE tenant_id = $1";
    WIPE_OUTBOX_CALLS = "DELETE FROM outbox_calls WHERE tenant_id = $1";
    WIPE_OUTBOX = "DELETE FROM outbox WHERE tenant_id = $1";
    WIPE_OUT_CHANNELS = "DELETE FROM out_channels WHERE tenant_id = $1";
    WIPE_HOLDS = "DELETE FROM guard_holds WHERE tenant_id = $1";
    WIPE_CHAT_CHECKS = "DELETE FROM chat_checks WHERE tenant_id = $1";
    WIPE_GUARD_ALARMS = "DELETE FROM guard_alarms WHERE tenant_id = $1";
    WIPE_GUARD_RULES = "DELETE FROM guard_rules WHERE tenant_id = $1";
    WIPE_AUTOMATION_QUEUE = "DELETE FROM automation_queue WHERE tenant_id = $1";
    WIPE_AUTOMATION_RUNS = "DELETE FROM automation_runs WHERE tenant_id = $1";
    WIPE_AUTOMATION_RULES = "DELETE FROM automation_rules WHERE tenant_id = $1";
    WIPE_MACROS = "DELETE FROM macros WHERE tenant_id = $1";
    WIPE_THANKS = "DELETE FROM thanks WHERE tenant_id = $1";
    WIPE_HANDOVER_CASES = "DELETE FROM handover_cases WHERE tenant_id = $1";
    WIPE_HANDOVERS = "DELETE FROM handovers WHERE tenant_id = $1";
    WIPE_CASE_WATCHES = "DELETE FROM case_watches WHERE tenant_id = $1";
    WIPE_INCENTIVE_LINES = "DELETE FROM incentive_lines WHERE tenant_id = $1";
    WIPE_INCENTIVE_STATEMENTS = "DELETE FROM incentive_statements WHERE tenant_id = $1";
    WIPE_INCENTIVES = "DELETE FROM incentives WHERE tenant_id = $1";
    WIPE_COMPENSATION_STEPS = "DELETE FROM compensation_steps WHERE tenant_id = $1";
    WIPE_COMPENSATIONS = "DELETE FROM compensations WHERE tenant_id = $1";
    WIPE_MONEY_RULES = "DELETE FROM money_rules WHERE tenant_id = $1";
    WIPE_MONEY_HEADS = "DELETE FROM money_heads WHERE tenant_id = $1";
    WIPE_PROMISES = "DELETE FROM promises WHERE tenant_id = $1";
    WIPE_CLAIMS = "DELETE FROM claimed_messages WHERE tenant_id = $1";
    WIPE_SCRIPT_VERSIONS = "DELETE FROM script_versions WHERE tenant_id = $1";
    WIPE_SCRIPTS = "DELETE FROM scripts WHERE tenant_id = $1";
    WIPE_FAVOURITES = "DELETE FROM script_favourites WHERE tenant_id = $1";
    WIPE_TASKS = "DELETE FROM tasks WHERE tenant_id = $1";
    WIPE_PRESENCES = "DELETE FROM presences WHERE tenant_id = $1";
    WIPE_CALENDAR = "DELETE FROM calendar_days WHERE tenant_id = $1";
    WIPE_CASE_EVENTS = "DELETE FROM case_events WHERE tenant_id = $1";
    WIPE_BULK_ROWS = "DELETE FROM bulk_rows WHERE tenant_id = $1";
    WIPE_BULK_ACTIONS = "DELETE FROM bulk_actions WHERE tenant_id = $1";
    WIPE_VIEWS = "DELETE FROM list_views WHERE tenant_id = $1";
    WIPE_REVIEW_TAGS = "DELETE FROM review_tags WHERE tenant_id = $1";
    WIPE_TAGS = "DELETE FROM tags WHERE tenant_id = $1";
    WIPE_RULES = "DELETE FROM assignment_rules WHERE tenant_id = $1";
    WIPE_SKILLS = "DELETE FROM user_skills WHERE tenant_id = $1";
    WIPE_ALARMS = "DELETE FROM case_alarms WHERE tenant_id = $1";
    WIPE_SHIFTS = "DELETE FROM shifts WHERE tenant_id = $1";
    WIPE_SHOP_CLOCKS = "DELETE FROM shop_clocks WHERE tenant_id = $1";
    WIPE_ATTEMPTS = "DELETE FROM contact_attempts WHERE tenant_id = $1";
    WIPE_CASE_FACTS = "DELETE FROM case_facts WHERE tenant_id = $1";
    WIPE_CASE_STEPS = "DELETE FROM case_steps WHERE tenant_id = $1";
    WIPE_CASE_MATTERS = "DELETE FROM case_matters WHERE tenant_id = $1";
    WIPE_CASES = "DELETE FROM cases WHERE tenant_id = $1";
    WIPE_CORRECTIONS = "DELETE FROM reading_corrections WHERE tenant_id = $1";
    WIPE_PATTERNS = "DELETE FROM review_patterns WHERE tenant_id = $1";
    WIPE_MODELS = "DELETE FROM text_models WHERE tenant_id = $1";
    WIPE_TRAININGS = "DELETE FROM trainings WHERE tenant_id = $1";
    WIPE_SHOP_WORDS = "DELETE FROM shop_words WHERE tenant_id = $1";
    WIPE_TRIAGE = "DELETE FROM triage_results WHERE tenant_id = $1";
    WIPE_REVISIONS = "DELETE FROM review_revisions WHERE tenant_id = $1";
    WIPE_PRODUCT_SEARCH = "DELETE FROM product_search WHERE rowid IN (SELECT search_row FROM products \
        WHERE tenant_id = $1)", "SELECT 1 WHERE $1::uuid IS NULL";
    WIPE_PRODUCT_CAUSES = "DELETE FROM product_causes WHERE tenant_id = $1";
    WIPE_PRODUCTS = "DELETE FROM products WHERE tenant_id = $1";
    WIPE_BUYER_NOTES = "DELETE FROM buyer_notes WHERE tenant_id = $1";
    WIPE_CAUSES = "DELETE FROM review_causes WHERE tenant_id = $1";
    WIPE_REVIEW_MEDIA = "DELETE FROM review_media WHERE tenant_id = $1";
    WIPE_MEDIA_FILES = "DELETE FROM media_files WHERE tenant_id = $1";
    WIPE_REVIEWS = "DELETE FROM reviews WHERE tenant_id = $1";
    WIPE_ORDER_LINES = "DELETE FROM order_lines WHERE tenant_id = $1";
    WIPE_ORDERS = "DELETE FROM orders WHERE tenant_id = $1";
    WIPE_BUYERS = "DELETE FROM buyers WHERE tenant_id = $1";
    WIPE_REPLACED = "DELETE FROM import_replaced WHERE tenant_id = $1";
    WIPE_PROFILES = "DELETE FROM import_profiles WHERE tenant_id = $1";
    WIPE_IMPORT_ROWS = "DELETE FROM import_rows WHERE tenant_id = $1";
    WIPE_BATCHES = "DELETE FROM import_batches WHERE tenant_id = $1";
    WIPE_INVITATION_SHOPS = "DELETE FROM invitation_shops WHERE tenant_id = $1";
    WIPE_INVITATIONS = "DELETE FROM invitations WHERE tenant_id = $1";
    WIPE_PASSWORD_LINKS = "DELETE FROM password_links WHERE tenant_id = $1";
    WIPE_RECOVERY_CODES = "DELETE FROM recovery_codes WHERE tenant_id = $1";
    WIPE_SECOND_FACTORS = "DELETE FROM second_factors WHERE tenant_id = $1";
    WIPE_API_TOKENS = "DELETE FROM api_tokens WHERE tenant_id = $1";
    WIPE_TEAM_MEMBERS = "DELETE FROM team_members WHERE tenant_id = $1";
    WIPE_TEAMS = "DELETE FROM teams WHERE tenant_id = $1";
    WIPE_USER_SHOPS = "DELETE FROM user_shops WHERE tenant_id = $1";
    WIPE_SESSIONS = "DELETE FROM sessions WHERE tenant_id = $1";
    WIPE_USERS = "DELETE FROM users WHERE tenant_id = $1";
    WIPE_SHOPS = "DELETE FROM shops WHERE tenant_id = $1";
    WIPE_TENANT = "DELETE FROM tenants WHERE id = $1";
    END_WIPE = "DELETE FROM wiped_tenants WHERE tenant_id = $1";
}

/// Children before parents.
const WIPE: &[Statement] = &[
    PERMIT_WIPE,
    WIPE_SEARCH,
    WIPE_AUDIT_ENTRIES,
    WIPE_AUDIT_HEADS,
    WIPE_JOBS,
    WIPE_REMOVAL_STEPS,
    WIPE_REMOVAL_REQUESTS,
    WIPE_REMOVAL_FINDINGS,
    WIPE_REMOVAL_FACTS,
    WIPE_EVIDENCE_FILES,
    WIPE_OUTBOX_CALLS,
    WIPE_OUTBOX,
    WIPE_OUT_CHANNELS,
    WIPE_HOLDS,
    WIPE_CHAT_CHECKS,
    WIPE_GUARD_ALARMS,
    WIPE_GUARD_RULES,
    WIPE_AUTOMATION_QUEUE,
    WIPE_AUTOMATION_RUNS,
    WIPE_AUTOMATION_RULES,
    WIPE_MACROS,
    WIPE_THANKS,
    WIPE_HANDOVER_CASES,
    WIPE_HANDOVERS,
    WIPE_CASE_WATCHES,
    WIPE_CLAIMS,
    WIPE_SCRIPT_VERSIONS,
    WIPE_SCRIPTS,
    WIPE_FAVOURITES,
    WIPE_INCENTIVE_LINES,
    WIPE_INCENTIVE_STATEMENTS,
    WIPE_INCENTIVES,
    WIPE_COMPENSATION_STEPS,
    WIPE_COMPENSATIONS,
    WIPE_MONEY_RULES,
    WIPE_MONEY_HEADS,
    WIPE_PROMISES,
    WIPE_TASKS,
    WIPE_PRESENCES,
    WIPE_CALENDAR,
    WIPE_BULK_ROWS,
    WIPE_BULK_ACTIONS,
    WIPE_VIEWS,
    WIPE_REVIEW_TAGS,
    WIPE_TAGS,
    WIPE_CASE_EVENTS,
    WIPE_ALARMS,
    WIPE_SHIFTS,
    WIPE_RULES,
    WIPE_SKILLS,
    WIPE_SHOP_CLOCKS,
    WIPE_ATTEMPTS,
    WIPE_CASE_FACTS,
    WIPE_CASE_STEPS,
    WIPE_CASE_MATTERS,
    WIPE_CASES,
    WIPE_CORRECTIONS,
    WIPE_PATTERNS,
    WIPE_MODELS,
    WIPE_TRAININGS,
    WIPE_SHOP_WORDS,
    WIPE_TRIAGE,
    WIPE_REVISIONS,
    WIPE_CAUSES,
    WIPE_REVIEW_MEDIA,
    WIPE_MEDIA_FILES,
    WIPE_REVIEWS,
    WIPE_PRODUCT_SEARCH,
    WIPE_PRODUCT_CAUSES,
    WIPE_PRODUCTS,
    WIPE_ORDER_LINES,
    WIPE_ORDERS,
];

/// After the records, which name buyers.
const WIPE_REST: &[Statement] = &[
    WIPE_BUYER_NOTES,
    WIPE_BUYERS,
    WIPE_REPLACED,
    WIPE_PROFILES,
    WIPE_IMPORT_ROWS,
    WIPE_BATCHES,
    WIPE_INVITATION_SHOPS,
    WIPE_INVITATIONS,
    WIPE_PASSWORD_LINKS,
    WIPE_RECOVERY_CODES,
    WIPE_SECOND_FACTORS,
    WIPE_API_TOKENS,
    WIPE_TEAM_MEMBERS,
    WIPE_TEAMS,
    WIPE_USER_SHOPS,
    WIPE_SESSIONS,
    WIPE_USERS,
    WIPE_SHOPS,
    WIPE_TENANT,
];

fn read(mut row: Columns<'_>) -> Result<Tenant, StoreError> {
    Ok(Tenant {
        id: row.id()?,
        name: row.text()?,
        demo: row.bool()?,
        solo: row.bool()?,
        created_at: row.instant()?,
    })
}

/// Adds a merchant with the empty beginning of his audit chain.
///
/// # Errors
/// The database's error.
pub async fn create(tx: &mut Tx<'_>, name: &str, demo: bool) -> Result<TenantId, StoreError> {
    let (id, now) = (identifier::fresh::<TenantId>(), tx.now());
    tx.execute(CREATE, values![id, name, demo, now]).await?;
    audit::chain::create(tx, id).await?;
    Ok(id)
}

/// Every merchant, the oldest first.
///
/// # Errors
/// The database's error.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<Tenant>, StoreError> {
    tx.all(ALL, vec![]).await?.iter().map(|row| read(row.columns())).collect()
}

/// The merchant, when there is exactly one.
///
/// # Errors
/// The database's error.
pub async fn only(tx: &mut Tx<'_>) -> Result<Option<Tenant>, StoreError> {
    let mut tenants = all(tx).await?;
    Ok(if tenants.len() == 1 { tenants.pop() } else { None })
}

/// One merchant.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, id: TenantId) -> Result<Option<Tenant>, StoreError> {
    tx.first(FIND, values![id]).await?.map(|row| read(row.columns())).transpose()
}

/// The merchant of the scope, kept for this transaction: whoever else locks him waits. Begin with it what must not
/// happen twice at once, such as taking the last owner's role.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn lock(tx: &mut Tx<'_>, scope: &Scope) -> Result<Tenant, StoreError> {
    let row = tx.first(LOCK, values![scope.tenant]).await?;
    row.map_or(Err(StoreError::NotFound { what: "tenant" }), |row| read(row.columns()))
}

/// Gives him another name.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn set_name(tx: &mut Tx<'_>, scope: &Scope, name: &str) -> Result<(), StoreError> {
    tx.change_one(SET_NAME, values![scope.tenant, name], "tenant").await
}

/// Says whether one person does it all.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn set_solo(tx: &mut Tx<'_>, scope: &Scope, solo: bool) -> Result<(), StoreError> {
    tx.change_one(SET_SOLO, values![scope.tenant, solo], "tenant").await
}

/// Deletes everything of a merchant, from every table.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none, or the database's error.
pub async fn wipe(tx: &mut Tx<'_>, id: TenantId) -> Result<(), StoreError> {
    if find(tx, id).await?.is_none() {
        return Err(StoreError::NotFound { what: "tenant" });
    }
    // What this very transaction was about to note about him goes too.
    tx.pending_audit.retain(|entry| entry.tenant != id);
    let records = RecordKind::ALL.map(|kind| Table::of(kind).wipe);
    for statement in WIPE.iter().copied().chain(records).chain(WIPE_REST.iter().copied()) {
        tx.execute(statement, values![id]).await?;
    }
    tx.execute(END_WIPE, values![id]).await?;
    Ok(())
}
