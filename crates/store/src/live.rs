//! What has changed since somebody last looked: read from the audit, so that whatever any process did is seen.

use std::collections::HashMap;

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::{BatchId, Department, ShopId, TenantId};
use uuid::Uuid;

use crate::sql::{Row, statements, values};
use crate::{StoreError, Tx};

/// A deed as far as a listener needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Its number in the audit.
    pub seq: u64,
    /// What was done, such as `case.assign`.
    pub action: String,
    /// Kind of thing it was done to.
    pub subject_kind: String,
    /// Which.
    pub subject_id: String,
    /// The shop of that thing; none when it has none, or is gone.
    pub shop: Option<ShopId>,
}

/// An import that is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportStep {
    /// Which.
    pub id: BatchId,
    /// Its shop, once it is known.
    pub shop: Option<ShopId>,
    /// How far it has come, in words and lines.
    pub step: String,
    /// Whether it is over.
    pub ended: bool,
}

statements! {
    SEQ = "SELECT seq FROM audit_heads WHERE tenant_id = $1";
    DEEDS = "SELECT seq, action, subject_kind, subject_id FROM audit_entries WHERE tenant_id = $1 AND seq > $2 \
        ORDER BY seq LIMIT $3";
    CASE_SHOPS = "SELECT id, shop_id FROM cases WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    REVIEW_SHOPS = "SELECT id, shop_id FROM reviews WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    IMPORT_SHOPS = "SELECT id, shop_id FROM import_batches WHERE tenant_id = $1 AND id = ANY($2::uuid[]) \
        AND shop_id IS NOT NULL";
    ORDER_SHOPS = "SELECT id, shop_id FROM orders WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    BUYER_SHOPS = "SELECT id, shop_id FROM buyers WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    TASK_SHOPS = "SELECT id, shop_id FROM tasks WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    HOLD_SHOPS = "SELECT id, shop_id FROM guard_holds WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    FIGURE_SHOPS = "SELECT id, shop_id FROM figures WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    TASKS = "SELECT id, department, case_id FROM tasks WHERE tenant_id = $1 AND id = ANY($2::uuid[])";
    RUNNING = "SELECT id, shop_id, state, cursor_line FROM import_batches WHERE tenant_id = $1 \
        AND state IN ('queued', 'running') ORDER BY id LIMIT 100";
    STEPS = "SELECT id, shop_id, state, cursor_line FROM import_batches WHERE tenant_id = $1 \
        AND id = ANY($2::uuid[]) ORDER BY id";
}

/// Number of the last entry of the audit; none when there is no such merchant.
///
/// # Errors
/// The database's error.
pub async fn seq(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Option<u64>, StoreError> {
    tx.first(SEQ, values![tenant]).await?.map(|row| row.columns().unsigned()).transpose()
}

/// The deeds after an entry, in order, with the shops of their subjects.
///
/// # Errors
/// The database's error.
pub async fn deeds_after(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    after: u64,
    limit: u32,
) -> Result<Vec<Deed>, StoreError> {
    let mut deeds = Vec::new();
    for row in tx.all(DEEDS, values![tenant, after, limit]).await? {
        let mut columns = row.columns();
        deeds.push(Deed {
            seq: columns.unsigned()?,
            action: columns.text()?,
            subject_kind: columns.text()?,
            subject_id: columns.text()?,
            shop: None,
        });
    }
    let subjects: Vec<(&str, &str)> =
        deeds.iter().map(|deed| (deed.subject_kind.as_str(), deed.subject_id.as_str())).collect();
    let shops = shops_of(tx, tenant, &subjects).await?;
    for (deed, shop) in deeds.iter_mut().zip(shops) {
        deed.shop = shop;
    }
    Ok(deeds)
}

/// The shop of each subject (kind and id) of the audit.
pub(crate) async fn shops_of(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    subjects: &[(&str, &str)],
) -> Result<Vec<Option<ShopId>>, StoreError> {
    let mut ids: HashMap<&str, Vec<Uuid>> = HashMap::new();
    for (kind, id) in subjects {
        if let Ok(id) = Uuid::parse_str(id) {
            ids.entry(kind).or_default().push(id);
        }
    }
    let mut shops: HashMap<Uuid, ShopId> = HashMap::new();
    for (kind, ids) in ids {
        let statement = match kind {
            "case" => CASE_SHOPS,
            "review" => REVIEW_SHOPS,
            "import" => IMPORT_SHOPS,
            "order" => ORDER_SHOPS,
            "buyer" => BUYER_SHOPS,
            "task" => TASK_SHOPS,
            "figure" => FIGURE_SHOPS,
            "hold" => HOLD_SHOPS,
            "shop" => {
                shops.extend(ids.iter().map(|id| (*id, ShopId::from_uuid(*id))));
                continue;
            }
            _ => continue,
        };
        for row in tx.all(statement, values![tenant, ids]).await? {
            let mut columns = row.columns();
            let id: AnyId = columns.id()?;
            shops.insert(id.0, columns.id()?);
        }
    }
    let shop = |id: &str| Uuid::parse_str(id).ok().and_then(|id| shops.get(&id).copied());
    Ok(subjects.iter().map(|(_, id)| shop(id)).collect())
}

/// An id of any kind.
#[derive(Clone, Copy)]
struct AnyId(Uuid);

impl Identifier for AnyId {
    fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    fn uuid(self) -> Uuid {
        self.0
    }
}

/// Department and case of each of these tasks that there is.
///
/// # Errors
/// The database's error.
pub async fn tasks(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, (Department, Uuid)>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = tx.all(TASKS, values![tenant, ids.to_vec()]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let id: AnyId = columns.id()?;
            let department = columns.code(Department::from_code)?;
            let case: AnyId = columns.id()?;
            Ok((id.0, (department, case.0)))
        })
        .collect()
}

fn step(row: &Row) -> Result<ImportStep, StoreError> {
    let mut columns = row.columns();
    let (id, shop, state) = (columns.id()?, columns.opt_id()?, columns.text()?);
    let ended = matches!(state.as_str(), "done" | "failed" | "cancelled" | "undone" | "draft");
    Ok(ImportStep { id, shop, step: format!("{state} {}", columns.int()?), ended })
}

/// The imports on their way, and these others, however far they are.
///
/// # Errors
/// The database's error.
pub async fn import_steps(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    others: &[BatchId],
) -> Result<Vec<ImportStep>, StoreError> {
    let mut steps = Vec::new();
    for row in tx.all(RUNNING, values![tenant]).await? {
        steps.push(step(&row)?);
    }
    let others: Vec<BatchId> =
        others.iter().copied().filter(|id| !steps.iter().any(|step| step.id == *id)).collect();
    if !others.is_empty() {
        for row in tx.all(STEPS, values![tenant, others.as_slice()]).await? {
            steps.push(step(&row)?);
        }
    }
    Ok(steps)
}
