//! What rules see of a case, or of a review that has none.

use std::collections::HashMap;

use pingxin_domain::automation::Seen;
use pingxin_domain::{CaseId, Money, Object, ProductId, ReviewId, Scope};

use crate::reference::ShopRef;
use crate::sql::{Columns, Row, statements, values};
use crate::{StoreError, Tx, shop, tag};

/// What a rule or macro acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The case.
    pub case: Option<CaseId>,
    /// Its number.
    pub number: Option<u64>,
    /// The review.
    pub review: Option<ReviewId>,
    /// The shop.
    pub shop: ShopRef,
    /// The order.
    pub order: Option<String>,
    /// The title of the product.
    pub product: Option<String>,
    /// What conditions ask of it.
    pub seen: Seen,
}

macro_rules! columns {
    () => {
        "c.id, c.number, r.id, s.id, s.name, s.platform, coalesce(c.position, r.position), r.rating, \
         coalesce(c.primary_cause, r.primary_cause), coalesce(c.fault, r.fault), r.sentiment_label, r.language, \
         coalesce(c.severity, r.severity), r.object, c.owner_user_id, o.amount_minor, o.currency, r.product_id, \
         r.product_title, r.order_number, r.title, r.text"
    };
}

statements! {
    OF_CASES = concat!("SELECT ", columns!(), " FROM cases c LEFT JOIN reviews r ON r.tenant_id = c.tenant_id \
        AND r.id = c.review_id JOIN shops s ON s.tenant_id = c.tenant_id AND s.id = c.shop_id \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id WHERE c.tenant_id = $1 \
        AND c.id = ANY($2::uuid[]) AND ($3 OR c.shop_id = ANY($4::uuid[]))");
    OF_REVIEWS = concat!("SELECT ", columns!(), " FROM reviews r LEFT JOIN cases c ON c.tenant_id = r.tenant_id \
        AND c.review_id = r.id AND c.kind = 'review' JOIN shops s ON s.tenant_id = r.tenant_id AND s.id = r.shop_id \
        LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.id = r.order_id WHERE r.tenant_id = $1 \
        AND r.id = ANY($2::uuid[]) AND ($3 OR r.shop_id = ANY($4::uuid[]))");
    SEVERITY = "SELECT severity, severity_floor FROM cases WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
    SET_SEVERITY = "UPDATE cases SET severity = $3, severity_floor = $4, version = version + 1, \
        plan_at = CASE WHEN live THEN 0 END WHERE tenant_id = $1 AND id = $2";
}

fn read(columns: &mut Columns<'_>) -> Result<(Option<i64>, Subject), StoreError> {
    let (case, number) = (columns.opt_id()?, columns.opt_int()?);
    let review = columns.opt_id()?;
    let shop = ShopRef::read(columns)?;
    let position = columns.opt_int()?;
    let stars = columns.opt_small()?.and_then(|stars| u8::try_from(stars).ok());
    let cause = columns.opt_code(|code| code.parse().ok())?;
    let fault = columns.opt_code(|code| code.parse().ok())?;
    let sentiment = columns.opt_code(|code| code.parse().ok())?;
    let language = columns.opt_code(|code| code.parse().ok())?;
    let severity = columns.byte()?;
    let object = columns.opt_code(Object::from_code)?;
    let has_handler = columns.opt_id::<pingxin_domain::UserId>()?.is_some();
    let (minor, currency) = (columns.opt_int()?, columns.opt_text()?);
    let order_value = minor
        .zip(currency.and_then(|currency| currency.parse().ok()))
        .map(|(minor, currency)| Money { minor, currency });
    let product_id: Option<ProductId> = columns.opt_id()?;
    let (product, order) = (columns.opt_text()?, columns.opt_text()?);
    let (title, text) = (columns.opt_text()?, columns.opt_text()?);
    let words = [title.unwrap_or_default(), text.unwrap_or_default()].join("\n");
    let seen = Seen {
        shop: shop.id,
        platform: shop.platform,
        stars,
        cause,
        fault,
        sentiment,
        language,
        severity,
        object,
        tags: std::collections::BTreeSet::new(),
        has_handler,
        order_value,
        product: product_id,
        words,
    };
    let number = number.and_then(|number| u64::try_from(number).ok());
    Ok((position, Subject { case, number, review, shop, order, product, seen }))
}

/// What is seen of some cases, and of some reviews, within the scope; in no order.
///
/// # Errors
/// The database's error.
pub async fn subjects(
    tx: &mut Tx<'_>,
    scope: &Scope,
    cases: &[CaseId],
    reviews: &[ReviewId],
) -> Result<Vec<Subject>, StoreError> {
    let mut rows: Vec<Row> = Vec::new();
    if !cases.is_empty() {
        let [all, shops] = shop::bounds(scope);
        rows.extend(tx.all(OF_CASES, vec![scope.tenant.into(), cases.into(), all, shops]).await?);
    }
    if !reviews.is_empty() {
        let [all, shops] = shop::bounds(scope);
        rows.extend(tx.all(OF_REVIEWS, vec![scope.tenant.into(), reviews.into(), all, shops]).await?);
    }
    let mut found = rows.iter().map(|row| read(&mut row.columns())).collect::<Result<Vec<_>, _>>()?;
    let positions: Vec<i64> = found.iter().filter_map(|(position, _)| *position).collect();
    let tags: HashMap<i64, Vec<tag::Tag>> = tag::of_positions(tx, scope, positions).await?;
    for (position, subject) in &mut found {
        let of = position.and_then(|position| tags.get(&position));
        subject.seen.tags = of.into_iter().flatten().map(|tag| tag.id).collect();
    }
    Ok(found.into_iter().map(|(_, subject)| subject).collect())
}

/// How severe a case is, and its floor; kept for this transaction. The caller has asked whether he may see it.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn severity(tx: &mut Tx<'_>, scope: &Scope, case: CaseId) -> Result<(u8, Option<u8>), StoreError> {
    let row = tx.first(SEVERITY, values![scope.tenant, case]).await?;
    let row = row.ok_or(StoreError::NotFound { what: "case" })?;
    let mut columns = row.columns();
    let severity = columns.byte()?;
    Ok((severity, columns.opt_small()?.and_then(|floor| u8::try_from(floor).ok())))
}

/// Says how severe a case is, and its floor.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn set_severity(
    tx: &mut Tx<'_>,
    scope: &Scope,
    case: CaseId,
    (severity, floor): (u8, Option<u8>),
) -> Result<(), StoreError> {
    let row = values![scope.tenant, case, severity, floor.map(u32::from)];
    tx.change_one(SET_SEVERITY, row, "case").await
}
