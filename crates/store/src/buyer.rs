//! Buyers as one shop knows them. Nick, name, phone, e-mail and address are sealed; a buyer is found again by blind index.

pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod past;

use std::collections::{HashMap, HashSet};
use std::iter::repeat_n;

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::intake::IncomingBuyer;
use pingxin_domain::nick::normal_nick;
use pingxin_domain::{BuyerId, Scope, ShopId, TenantId};

use crate::sealed::{Keys, Place};
use crate::sql::{Bulk, Value, statements, values};
use crate::{StoreError, Tx, hex, identifier, shop};

pub use list::{BuyerAsked, BuyerFilter, BuyerRow, BuyerSort, find_by_nicks, list, rows};
pub use note::{BuyerNote, add_note, notes};
pub use past::{Contacts, Payout, past};

pub(crate) use list::{built_count, built_list, sample_filters};

/// A buyer with his fields open. Mask them before they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// Id.
    pub id: BuyerId,
    /// The shop that knows him.
    pub shop: ShopId,
    /// Nick or account.
    pub nick: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Province, state or country.
    pub region: Option<String>,
    /// Since when he wants no messages.
    pub opted_out_at: Option<Timestamp>,
}

statements! {
    BY_INDEX = "SELECT identity_index, id, fields_index FROM buyers WHERE tenant_id = $1 AND shop_id = $2 \
        AND identity_index IN (SELECT unhex(value) FROM json_each($3))",
        "SELECT identity_index, id, fields_index FROM buyers WHERE tenant_id = $1 AND shop_id = $2 \
        AND identity_index IN (SELECT decode(value, 'hex') FROM unnest($3::text[]) AS h (value))";
    UPDATE = "UPDATE buyers SET fields_index = $3, nick_sealed = coalesce($4, nick_sealed), \
        name_sealed = coalesce($5, name_sealed), phone_sealed = coalesce($6, phone_sealed), \
        email_sealed = coalesce($7, email_sealed), address_sealed = coalesce($8, address_sealed), \
        region = coalesce($9, region), nick_index = coalesce($10, nick_index) WHERE tenant_id = $1 AND id = $2";
    GET = "SELECT id, shop_id, nick_sealed, name_sealed, phone_sealed, email_sealed, address_sealed, region, \
        opted_out_at FROM buyers WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[]))";
    OPT_OUT = "UPDATE buyers SET opted_out_at = $3, opted_out_by = $4 WHERE tenant_id = $1 AND id = $2 \
        AND (opted_out_at IS NULL) = ($3 IS NOT NULL) AND ($5 OR shop_id = ANY($6::uuid[]))",
        "UPDATE buyers SET opted_out_at = $3, opted_out_by = $4 WHERE tenant_id = $1 AND id = $2 \
        AND (opted_out_at IS NULL) = ($3::bigint IS NOT NULL) AND ($5 OR shop_id = ANY($6::uuid[]))";
    OPTED_OUT = "SELECT opted_out_at FROM buyers WHERE tenant_id = $1 AND id = $2 AND ($3 OR shop_id = ANY($4::uuid[]))";
    BAD_REVIEWS = "SELECT buyer_id, count(*) FROM reviews WHERE tenant_id = $1 AND buyer_id = ANY($2::uuid[]) \
        AND (rating <= 3 OR verdict IN ('neutral', 'bad')) AND ($3 OR shop_id = ANY($4::uuid[])) GROUP BY buyer_id";
}

fn part(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or("")
}

/// What tells him from others: his nick; where the platform masks it (`t**1` is many people) or gives none, everything
/// that is known of him together. A masked nick alone tells nobody from anybody, so that each is a buyer of his own.
fn identity_index(keys: &Keys, scope: &Scope, buyer: &IncomingBuyer) -> [u8; 16] {
    if buyer.is_only_a_masked_nick() {
        let own = identifier::fresh::<BuyerId>().to_string();
        return keys.blind_index(scope.tenant, &["masked", &own]);
    }
    match buyer.nick.as_deref() {
        Some(nick) if !nick.contains('*') => keys.blind_index(scope.tenant, &["nick", nick]),
        _ => {
            let parts = ["all", part(&buyer.nick), part(&buyer.name), part(&buyer.phone), part(&buyer.email)];
            keys.blind_index(scope.tenant, &parts)
        }
    }
}

fn fields_index(keys: &Keys, scope: &Scope, buyer: &IncomingBuyer) -> [u8; 16] {
    let fields = [&buyer.nick, &buyer.name, &buyer.phone, &buyer.email, &buyer.address, &buyer.region];
    keys.blind_index(scope.tenant, &fields.map(part))
}

/// By what a nick is looked up, however it is typed.
pub(crate) fn nick_index(keys: &Keys, tenant: TenantId, nick: Option<&str>) -> Option<Vec<u8>> {
    let normal = normal_nick(nick?);
    (!normal.is_empty()).then(|| keys.blind_index(tenant, &["nick typed", &normal]).to_vec())
}

/// Nick, name, phone, e-mail, address, sealed for one row.
fn seal(keys: &Keys, scope: &Scope, id: BuyerId, buyer: &IncomingBuyer) -> [Option<Vec<u8>>; 5] {
    let uuid = id.uuid();
    let seal = |field, plain: &Option<String>| {
        let place = Place { tenant: scope.tenant, table: "buyers", row: uuid.as_bytes(), field };
        keys.seal_text(place, plain.as_deref())
    };
    [
        seal("nick", &buyer.nick),
        seal("name", &buyer.name),
        seal("phone", &buyer.phone),
        seal("email", &buyer.email),
        seal("address", &buyer.address),
    ]
}

/// Adds the buyers of some rows, or finds them again by nick (else by all that is known of them); fields that a row knows
/// replace the stored ones. One answer a row, in order; none where the row knows nothing of him.
///
/// # Errors
/// [`StoreError::NotFound`] for a shop outside the scope.
pub async fn upsert_many(
    tx: &mut Tx<'_>,
    scope: &Scope,
    shop: ShopId,
    buyers: &[&IncomingBuyer],
) -> Result<Vec<Option<BuyerId>>, StoreError> {
    shop::require(scope, shop)?;
    let keys = tx.keys();
    let indexes: Vec<Option<[u8; 16]>> =
        buyers.iter().map(|buyer| buyer.is_known().then(|| identity_index(&keys, scope, buyer))).collect();
    // Several rows of one buyer: the last one knows him best.
    let mut latest: HashMap<[u8; 16], &IncomingBuyer> = HashMap::new();
    for (index, buyer) in indexes.iter().zip(buyers) {
        if let Some(index) = index {
            latest.insert(*index, buyer);
        }
    }
    if latest.is_empty() {
        return Ok(vec![None; buyers.len()]);
    }
    let hex: Vec<String> = latest.keys().map(|index| hex::encode(index)).collect();
    let hex: Vec<&str> = hex.iter().map(String::as_str).collect();
    let mut ids: HashMap<[u8; 16], BuyerId> = HashMap::new();
    let mut unchanged: HashSet<[u8; 16]> = HashSet::new();
    for row in tx.all(BY_INDEX, values![scope.tenant, shop, hex.as_slice()]).await? {
        let mut columns = row.columns();
        let index = columns.hash()?;
        ids.insert(index, columns.id()?);
        let stored: [u8; 16] = columns.hash()?;
        if latest.get(&index).is_some_and(|buyer| fields_index(&keys, scope, buyer) == stored) {
            unchanged.insert(index);
        }
    }
    let mut new = Vec::new();
    for (index, buyer) in &latest {
        match ids.get(index) {
            None => {
                let id: BuyerId = identifier::fresh();
                new.push((*index, id, *buyer, seal(&keys, scope, id, buyer)));
            }
            Some(_) if unchanged.contains(index) => {}
            Some(id) => {
                let [nick, name, phone, email, address] = seal(&keys, scope, *id, buyer);
                let fields = fields_index(&keys, scope, buyer);
                let region = buyer.region.as_deref();
                let index = nick_index(&keys, scope.tenant, buyer.nick.as_deref());
                let mut row = values![scope.tenant, *id, &fields, nick, name, phone, email, address, region];
                row.push(index.into());
                tx.execute(UPDATE, row).await?;
            }
        }
    }
    let fields: Vec<[u8; 16]> = new.iter().map(|row| fields_index(&keys, scope, row.2)).collect();
    let nicks = new.iter().map(|row| nick_index(&keys, scope.tenant, row.2.nick.as_deref()));
    let sealed = |at: usize| new.iter().map(move |row| row.3[at].clone());
    Bulk::into("buyers")
        .column("tenant_id", repeat_n(scope.tenant, new.len()))
        .column("id", new.iter().map(|row| row.1))
        .column("shop_id", repeat_n(shop, new.len()))
        .column("identity_index", new.iter().map(|row| &row.0))
        .column("fields_index", fields.iter())
        .column("nick_index", nicks)
        .column("nick_sealed", sealed(0))
        .column("name_sealed", sealed(1))
        .column("phone_sealed", sealed(2))
        .column("email_sealed", sealed(3))
        .column("address_sealed", sealed(4))
        .column("region", new.iter().map(|row| row.2.region.as_deref()))
        .run(tx)
        .await
        .map_err(|error| error.or_conflict("buyer"))?;
    ids.extend(new.iter().map(|row| (row.0, row.1)));
    Ok(indexes.iter().map(|index| index.and_then(|index| ids.get(&index).copied())).collect())
}

/// One buyer within the scope.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed field was moved or changed.
pub async fn get(tx: &mut Tx<'_>, scope: &Scope, id: BuyerId) -> Result<Option<Buyer>, StoreError> {
    let keys = tx.keys();
    let [all, shops] = shop::bounds(scope);
    let Some(row) = tx.first(GET, vec![scope.tenant.into(), id.into(), all, shops]).await? else {
        return Ok(None);
    };
    let mut columns = row.columns();
    let (id, shop) = (columns.id::<BuyerId>()?, columns.id()?);
    let uuid = id.uuid();
    let mut open = |field| {
        let place = Place { tenant: scope.tenant, table: "buyers", row: uuid.as_bytes(), field };
        keys.open_text(place, columns.opt_bytes()?)
    };
    let (nick, name, phone) = (open("nick")?, open("name")?, open("phone")?);
    let (email, address) = (open("email")?, open("address")?);
    let (region, opted_out_at) = (columns.opt_text()?, columns.opt_instant()?);
    Ok(Some(Buyer { id, shop, nick, name, phone, email, address, region, opted_out_at }))
}

/// Since when a buyer wants no messages; none when he takes them or is outside the scope.
///
/// # Errors
/// The database's error.
pub async fn opted_out_at(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BuyerId,
) -> Result<Option<Timestamp>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let row = tx.first(OPTED_OUT, vec![scope.tenant.into(), id.into(), all, shops]).await?;
    row.map_or(Ok(None), |row| row.columns().opt_instant())
}

/// Notes that a buyer wants no messages, or wants them again; false when it was so already or he is outside the scope.
///
/// # Errors
/// The database's error.
pub async fn set_opted_out(
    tx: &mut Tx<'_>,
    scope: &Scope,
    id: BuyerId,
    at: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let by = scope.user().filter(|_| at.is_some());
    let mut row = values![scope.tenant, id, at, by];
    row.extend([all, shops]);
    Ok(tx.execute(OPT_OUT, row).await? > 0)
}

/// How many bad or neutral reviews each of them has written; those with none are left out.
///
/// # Errors
/// The database's error.
pub async fn bad_reviews_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    buyers: &[BuyerId],
) -> Result<HashMap<BuyerId, u32>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let mut counts = HashMap::new();
    if buyers.is_empty() {
        return Ok(counts);
    }
    let row: Vec<Value<'_>> = vec![scope.tenant.into(), buyers.into(), all, shops];
    for row in tx.all(BAD_REVIEWS, row).await? {
        let mut columns = row.columns();
        counts.insert(columns.id()?, columns.small()?);
    }
    Ok(counts)
}
