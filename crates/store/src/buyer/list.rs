//! Pages of buyers.

use pingxin_domain::identifiers::Identifier;
use pingxin_domain::nick::nicks_to_look_for;
use pingxin_domain::{BuyerId, Platform, Scope, ShopAccess, ShopId};

use crate::page::{Count, Cursor, Page, page_limit};
use crate::reference::ShopRef;
use crate::sealed::{Keys, Place};
use crate::sql::{Built, Columns, statements, values};
use crate::{Engine, StoreError, Tx, hex, shop};

/// A buyer as lists show him; his fields are open: mask them before they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerRow {
    /// Id.
    pub id: BuyerId,
    /// The shop that knows him.
    pub shop: ShopRef,
    /// Nick or account.
    pub nick: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Province, state or country.
    pub region: Option<String>,
    /// His orders.
    pub orders: u32,
    /// His reviews.
    pub reviews: u32,
    /// Those of three stars or fewer, or 中差评.
    pub bad: u32,
    /// His cases.
    pub cases: u32,
}

/// Which buyers. An empty list is no condition.
#[derive(Debug, Clone, Default)]
pub struct BuyerFilter {
    /// Known to these shops.
    pub shops: Vec<ShopId>,
    /// On these platforms.
    pub platforms: Vec<Platform>,
    /// With or without a case.
    pub has_case: Option<bool>,
    /// With so many bad reviews at least.
    pub bad_min: Option<u32>,
    /// By a nick or an order number.
    pub asked: Option<BuyerAsked>,
}

/// What a buyer is looked up by; any of it.
#[derive(Debug, Clone, Default)]
pub struct BuyerAsked {
    /// Nicks as typed.
    pub nicks: Vec<String>,
    /// Order numbers.
    pub numbers: Vec<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BuyerSort {
    /// The last one that came to be known first.
    #[default]
    Newest,
    /// Those who have written a bad review, the most of them first.
    Bad,
}

impl BuyerSort {
    fn name(self) -> u8 {
        match self {
            Self::Newest => 30,
            Self::Bad => 31,
        }
    }
}

/// Buyers that one look-up finds at most: a masked nick may be anybody's.
const MOST: u32 = 1_000;

statements! {
    BY_NICK = "SELECT id FROM buyers WHERE tenant_id = $1 AND ($2 OR shop_id = ANY($3::uuid[])) \
        AND nick_index IN (SELECT unhex(value) FROM json_each($4)) ORDER BY +id DESC LIMIT $5",
        "SELECT id FROM buyers WHERE tenant_id = $1 AND ($2 OR shop_id = ANY($3::uuid[])) \
        AND nick_index IN (SELECT decode(value, 'hex') FROM unnest($4::text[]) AS h (value)) ORDER BY id DESC LIMIT $5";
    BY_NUMBER = "SELECT buyer_id FROM orders WHERE tenant_id = $1 AND ($2 OR shop_id = ANY($3::uuid[])) \
        AND order_number = ANY($4::text[]) AND buyer_id IS NOT NULL LIMIT $5";
}

/// The buyers of some nicks, the newest first; a nick is found however it is typed, and as its platform masks it.
///
/// # Errors
/// The database's error.
pub async fn find_by_nicks(
    tx: &mut Tx<'_>,
    scope: &Scope,
    nicks: &[String],
    most: u32,
) -> Result<Vec<BuyerId>, StoreError> {
    let keys = tx.keys();
    let [all, shops] = shop::bounds(scope);
    let mut found: Vec<BuyerId> = Vec::new();
    // As typed before as masked: the first is him, the second may be.
    for place in 0..2 {
        let digits: Vec<String> = nicks
            .iter()
            .filter_map(|nick| nicks_to_look_for(nick).get(place).cloned())
            .filter_map(|nick| super::nick_index(&keys, scope.tenant, Some(&nick)))
            .map(|index| hex::encode(&index))
            .collect();
        if digits.is_empty() || found.len() >= most as usize {
            continue;
        }
        let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
        let mut row = vec![scope.tenant.into(), all.clone(), shops.clone()];
        row.extend(values![digits.as_slice(), most]);
        for row in tx.all(BY_NICK, row).await? {
            let id = row.columns().id()?;
            if !found.contains(&id) {
                found.push(id);
            }
        }
    }
    found.truncate(most as usize);
    Ok(found)
}

impl BuyerFilter {
    /// Whether it asks for those with a case, of every shop, and for nothing else.
    fn is_of_cases(&self, scope: &Scope) -> bool {
        self.has_case == Some(true)
            && self.bad_min.is_none_or(|least| least == 0)
            && self.shops.is_empty()
            && self.platforms.is_empty()
            && scope.shops == ShopAccess::All
    }

    /// The buyers that are asked for by nick or order number; none when nobody is asked for so.
    async fn ids(&self, tx: &mut Tx<'_>, scope: &Scope) -> Result<Option<Vec<BuyerId>>, StoreError> {
        let Some(asked) = &self.asked else { return Ok(None) };
        let mut ids = find_by_nicks(tx, scope, &asked.nicks, MOST).await?;
        let numbers: Vec<&str> = asked.numbers.iter().map(String::as_str).collect();
        if !numbers.is_empty() {
            let [all, shops] = shop::bounds(scope);
            let mut row = vec![scope.tenant.into(), all, shops];
            row.extend(values![numbers.as_slice(), MOST]);
            for row in tx.all(BY_NUMBER, row).await? {
                ids.push(row.columns().id()?);
            }
        }
        Ok(Some(ids))
    }
}

macro_rules! buyer_columns {
    () => {
        "b.id, s.id, s.name, s.platform, b.nick_sealed, b.name_sealed, b.phone_sealed, b.email_sealed, b.region, \
         (SELECT count(*) FROM orders o WHERE o.tenant_id = b.tenant_id AND o.buyer_id = b.id), \
         (SELECT count(*) FROM reviews v WHERE v.tenant_id = b.tenant_id AND v.buyer_id = b.id), b.bad_count, \
         (SELECT count(*) FROM reviews v WHERE v.tenant_id = b.tenant_id AND v.buyer_id = b.id \
         AND v.buyer_id IS NOT NULL AND (v.facets & 4611686018427387904) <> 0) FROM buyers b LEFT JOIN shops s \
         ON s.tenant_id = b.tenant_id AND s.id = b.shop_id"
    };
}

fn read(row: &mut Columns<'_>, scope: &Scope, keys: &Keys) -> Result<BuyerRow, StoreError> {
    let id: BuyerId = row.id()?;
    let shop = ShopRef::read(row)?;
    let uuid = id.uuid();
    let mut open = |field| {
        let place = Place { tenant: scope.tenant, table: "buyers", row: uuid.as_bytes(), field };
        keys.open_text(place, row.opt_bytes()?)
    };
    let (nick, name, phone, email) = (open("nick")?, open("name")?, open("phone")?, open("email")?);
    Ok(BuyerRow {
        id,
        shop,
        nick,
        name,
        phone,
        email,
        region: row.opt_text()?,
        orders: row.small()?,
        reviews: row.small()?,
        bad: row.small()?,
        cases: row.small()?,
    })
}

/// ` WHERE …`; false when nothing can match.
fn push_where<'a>(
    built: &mut Built<'a>,
    engine: Engine,
    scope: &'a Scope,
    filter: &'a BuyerFilter,
    ids: Option<&'a [BuyerId]>,
) -> bool {
    built.with(" WHERE b.tenant_id = ", scope.tenant);
    if !crate::review::push_shops(built, scope, &filter.shops, "b.shop_id", engine) {
        return false;
    }
    if let Some(ids) = ids {
        built.among("b.id", ids);
    }
    if let Some(least) = filter.bad_min.filter(|least| *least > 0) {
        built.with(" AND b.bad_count >= ", least);
    }
    if let Some(has_case) = filter.has_case {
        built.push(
            // A subquery: a join or EXISTS would let SQLite begin with the reviews.
            " AND (SELECT 1 FROM reviews h WHERE h.tenant_id = b.tenant_id AND h.buyer_id = b.id \
             AND h.buyer_id IS NOT NULL AND (h.facets & 4611686018427387904) <> 0 LIMIT 1)",
        );
        built.push(if has_case { " IS NOT NULL" } else { " IS NULL" });
    }
    true
}

/// The ids of buyers with a case, the last known first, as the index of their reviews has them.
fn push_of_cases(built: &mut Built<'_>, scope: &Scope, after: Option<Cursor>) {
    built.push("SELECT DISTINCT v.buyer_id AS id FROM reviews v").with(" WHERE v.tenant_id = ", scope.tenant);
    built.push(" AND v.buyer_id IS NOT NULL AND (v.facets & 4611686018427387904) <> 0");
    if let Some(after) = after {
        built.with(" AND v.buyer_id < ", after.id);
    }
    built.push(" ORDER BY v.buyer_id DESC");
}

/// The statement of one page; `None` when nothing can match.
pub(crate) fn built_list<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a BuyerFilter,
    ids: Option<&'a [BuyerId]>,
    sort: BuyerSort,
    after: Option<Cursor>,
    limit: u32,
) -> Option<Built<'a>> {
    if sort == BuyerSort::Newest && ids.is_none() && filter.is_of_cases(scope) {
        let mut built = Built::new(concat!("SELECT ", buyer_columns!()));
        built.with(" WHERE b.tenant_id = ", scope.tenant).push(" AND b.id IN (SELECT e.id FROM (");
        push_of_cases(&mut built, scope, after);
        built.with(" LIMIT ", limit).push(") e) ORDER BY b.id DESC");
        return Some(built);
    }
    // What a row counts is counted for those that are shown, not for all that are sorted.
    let mut built = Built::new(concat!("SELECT ", buyer_columns!()));
    built.with(" WHERE b.tenant_id = ", scope.tenant).push(" AND b.id IN (SELECT b.id FROM buyers b");
    if !push_where(&mut built, engine, scope, filter, ids) {
        return None;
    }
    // Few have written two bad reviews or more: they are found by that and then sorted.
    let few = filter.bad_min.is_some_and(|least| least > 1);
    let sorted = engine == Engine::Sqlite && few;
    if sort == BuyerSort::Bad || few {
        // The index of those with bad reviews holds no others.
        built.push(" AND b.bad_count > 0");
    }
    match (sort, after) {
        (BuyerSort::Newest, Some(after)) => {
            built.push(if sorted { " AND +b.id < " } else { " AND b.id < " }).value(after.id);
        }
        (BuyerSort::Bad, Some(after)) => {
            built.with(" AND (b.bad_count, b.id) < (", after.first).with(", ", after.id).push(")");
        }
        (_, None) => {}
    }
    built.push(match sort {
        BuyerSort::Newest if sorted => " ORDER BY +b.id DESC",
        BuyerSort::Newest => " ORDER BY b.id DESC",
        BuyerSort::Bad => " ORDER BY b.bad_count DESC, b.id DESC",
    });
    built.with(" LIMIT ", limit).push(match sort {
        BuyerSort::Newest => ") ORDER BY b.id DESC",
        BuyerSort::Bad => ") ORDER BY b.bad_count DESC, b.id DESC",
    });
    Some(built)
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(
    engine: Engine,
    scope: &'a Scope,
    filter: &'a BuyerFilter,
    ids: Option<&'a [BuyerId]>,
) -> Option<Built<'a>> {
    if ids.is_none() && filter.is_of_cases(scope) {
        let mut built = Built::new("SELECT count(*) FROM (");
        push_of_cases(&mut built, scope, None);
        built.push(" LIMIT 1001) counted");
        return Some(built);
    }
    let mut built = Built::new("SELECT count(*) FROM (SELECT 1 FROM buyers b");
    if !push_where(&mut built, engine, scope, filter, ids) {
        return None;
    }
    if filter.bad_min.is_some_and(|least| least > 0) {
        built.push(" AND b.bad_count > 0");
    }
    built.push(" LIMIT 1001) counted");
    Some(built)
}

/// One page, and how many there are, up to a thousand.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list; [`StoreError::Corrupt`] when a sealed field was moved.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &BuyerFilter,
    sort: BuyerSort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<BuyerRow>, Count), StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, sort.name())?;
    let nothing = (Page { rows: Vec::new(), next: None }, Count::of(0));
    let ids = filter.ids(tx, scope).await?;
    let ids = ids.as_deref();
    let shops = shop::on_platforms(tx, scope, &filter.shops, &filter.platforms).await?;
    let Some(shops) = shops else { return Ok(nothing) };
    let filter = &BuyerFilter { shops, platforms: Vec::new(), ..filter.clone() };
    // What is shown by bad reviews is counted so.
    let least = filter.bad_min.max((sort == BuyerSort::Bad).then_some(1));
    let counted = BuyerFilter { bad_min: least, ..filter.clone() };
    let Some(count) = built_count(tx.engine(), scope, &counted, ids) else { return Ok(nothing) };
    let count = tx.count_built("buyer::count", count).await?;
    let Some(built) = built_list(tx.engine(), scope, filter, ids, sort, after, limit + 1) else {
        return Ok(nothing);
    };
    let keys = tx.keys();
    let rows = tx.all_built("buyer::list", built).await?;
    let buyers: Vec<BuyerRow> =
        rows.iter().map(|row| read(&mut row.columns(), scope, &keys)).collect::<Result<_, _>>()?;
    let page = Page::cut(buyers, limit, |last| {
        let first = if sort == BuyerSort::Bad { i64::from(last.bad) } else { 0 };
        Cursor { list: sort.name(), first, second: 0, id: last.id.uuid() }
    });
    Ok((page, count))
}

/// The rows of some buyers, in their order; those outside the scope are left out.
///
/// # Errors
/// [`StoreError::Corrupt`] when a sealed field was moved.
pub async fn rows(tx: &mut Tx<'_>, scope: &Scope, ids: &[BuyerId]) -> Result<Vec<BuyerRow>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (keys, filter) = (tx.keys(), BuyerFilter::default());
    let most = u32::try_from(ids.len()).unwrap_or(MOST);
    let built = built_list(tx.engine(), scope, &filter, Some(ids), BuyerSort::Newest, None, most);
    let Some(built) = built else { return Ok(Vec::new()) };
    let found = tx.all_built("buyer::rows", built).await?;
    let mut buyers: Vec<BuyerRow> =
        found.iter().map(|row| read(&mut row.columns(), scope, &keys)).collect::<Result<_, _>>()?;
    buyers.sort_by_key(|buyer| ids.iter().position(|id| *id == buyer.id));
    Ok(buyers)
}

/// Filters that between them use every condition, for the test that prepares all statements.
pub(crate) fn sample_filters() -> Vec<BuyerFilter> {
    let shop = ShopId::from_uuid(uuid::Uuid::nil());
    let all = BuyerFilter {
        shops: vec![shop, shop],
        platforms: vec![Platform::Taobao],
        has_case: Some(true),
        bad_min: Some(2),
        asked: None,
    };
    let few = BuyerFilter { shops: vec![shop], has_case: Some(false), ..BuyerFilter::default() };
    let of_cases = BuyerFilter { has_case: Some(true), ..BuyerFilter::default() };
    vec![BuyerFilter::default(), all, few, of_cases]
}
