//! Tags, and which reviews have them. A case has the tags of its review.

use std::collections::{HashMap, HashSet};
use std::iter::repeat_n;

use pingxin_domain::tag::Colour;
use pingxin_domain::{BulkId, Scope, TagId};

use crate::page::Count;
use crate::sql::{Bulk, Columns, statements, values};
use crate::{StoreError, Tx, identifier, shop};

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Id.
    pub id: TagId,
    /// Name, one of its kind within the merchant.
    pub name: String,
    /// Colour.
    pub colour: Colour,
}

/// A tag and how much has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagWithCounts {
    /// The tag.
    pub tag: Tag,
    /// Reviews within the scope.
    pub reviews: Count,
    /// Their cases.
    pub cases: Count,
}

statements! {
    CREATE = "INSERT INTO tags (tenant_id, id, name, colour, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    CHANGE = "UPDATE tags SET name = $3, colour = $4 WHERE tenant_id = $1 AND id = $2";
    FIND = "SELECT id, name, colour FROM tags WHERE tenant_id = $1 AND id = $2";
    LIST = "SELECT t.id, t.name, t.colour, (SELECT count(*) FROM (SELECT 1 FROM review_tags k WHERE k.tenant_id = t.tenant_id \
        AND k.tag_id = t.id AND ($2 OR EXISTS (SELECT 1 FROM reviews r WHERE r.tenant_id = k.tenant_id \
        AND r.position = k.position AND r.shop_id = ANY($3::uuid[]))) LIMIT 1001) few), \
        (SELECT count(*) FROM (SELECT 1 FROM review_tags k CROSS JOIN cases c WHERE k.tenant_id = t.tenant_id \
        AND k.tag_id = t.id AND c.tenant_id = k.tenant_id AND c.position = k.position \
        AND ($2 OR c.shop_id = ANY($3::uuid[])) LIMIT 1001) few) FROM tags t WHERE t.tenant_id = $1 ORDER BY t.name LIMIT 1000";
    COUNT = "SELECT count(*) FROM tags WHERE tenant_id = $1";
    FORGET_MARKS = "DELETE FROM review_tags WHERE tenant_id = $1 AND tag_id = $2";
    DELETE = "DELETE FROM tags WHERE tenant_id = $1 AND id = $2";
    OF_POSITIONS = "SELECT k.position, t.id, t.name, t.colour FROM review_tags k JOIN tags t \
        ON t.tenant_id = k.tenant_id AND t.id = k.tag_id WHERE k.tenant_id = $1 AND k.position = ANY($2::bigint[]) \
        ORDER BY t.name";
    WITH = "SELECT position, bulk_id FROM review_tags WHERE tenant_id = $1 AND tag_id = $2 \
        AND position = ANY($3::bigint[])";
    TAKE = "DELETE FROM review_tags WHERE tenant_id = $1 AND tag_id = $2 AND position = ANY($3::bigint[])";
}

fn read(columns: &mut Columns<'_>) -> Result<Tag, StoreError> {
    Ok(Tag { id: columns.id()?, name: columns.text()?, colour: columns.code(Colour::from_code)? })
}

/// Makes a tag.
///
/// # Errors
/// [`StoreError::Conflict`] over "tag name" when there is one of that name.
pub async fn create(tx: &mut Tx<'_>, scope: &Scope, name: &str, colour: Colour) -> Result<TagId, StoreError> {
    let (id, now) = (identifier::fresh::<TagId>(), tx.now());
    let row = values![scope.tenant, id, name, colour.code(), scope.user(), now];
    tx.execute(CREATE, row).await.map_err(|error| error.or_conflict("tag name"))?;
    Ok(id)
}

/// Gives a tag its name and colour.
///
/// # Errors
/// [`StoreError::NotFound`]; [`StoreError::Conflict`] over "tag name".
pub async fn change(tx: &mut Tx<'_>, scope: &Scope, tag: &Tag) -> Result<(), StoreError> {
    let row = values![scope.tenant, tag.id, tag.name.as_str(), tag.colour.code()];
    tx.change_one(CHANGE, row, "tag").await.map_err(|error| error.or_conflict("tag name"))
}

/// One tag.
///
/// # Errors
/// The database's error.
pub async fn find(tx: &mut Tx<'_>, scope: &Scope, id: TagId) -> Result<Option<Tag>, StoreError> {
    tx.first(FIND, values![scope.tenant, id]).await?.map(|row| read(&mut row.columns())).transpose()
}

/// Every tag by name, with what has it within the scope.
///
/// # Errors
/// The database's error.
pub async fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<TagWithCounts>, StoreError> {
    let [all, shops] = shop::bounds(scope);
    let rows = tx.all(LIST, vec![scope.tenant.into(), all, shops]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            let tag = read(&mut columns)?;
            let (reviews, cases) = (Count::of(columns.unsigned()?), Count::of(columns.unsigned()?));
            Ok(TagWithCounts { tag, reviews, cases })
        })
        .collect()
}

/// How many tags the merchant has.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope) -> Result<u64, StoreError> {
    tx.one(COUNT, values![scope.tenant]).await?.columns().unsigned()
}

/// Takes a tag away, from every review too.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn delete(tx: &mut Tx<'_>, scope: &Scope, id: TagId) -> Result<(), StoreError> {
    tx.execute(FORGET_MARKS, values![scope.tenant, id]).await?;
    tx.change_one(DELETE, values![scope.tenant, id], "tag").await
}

/// The tags of reviews, by position.
pub(crate) async fn of_positions(
    tx: &mut Tx<'_>,
    scope: &Scope,
    positions: Vec<i64>,
) -> Result<HashMap<i64, Vec<Tag>>, StoreError> {
    let mut tags: HashMap<i64, Vec<Tag>> = HashMap::new();
    if positions.is_empty() {
        return Ok(tags);
    }
    for row in tx.all(OF_POSITIONS, values![scope.tenant, positions]).await? {
        let mut columns = row.columns();
        let position = columns.int()?;
        tags.entry(position).or_default().push(read(&mut columns)?);
    }
    Ok(tags)
}

/// Which of the positions have the tag, and the bulk action that put it there.
pub(crate) async fn having(
    tx: &mut Tx<'_>,
    scope: &Scope,
    tag: TagId,
    positions: Vec<i64>,
) -> Result<HashMap<i64, Option<BulkId>>, StoreError> {
    let rows = tx.all(WITH, values![scope.tenant, tag, positions]).await?;
    rows.iter()
        .map(|row| {
            let mut columns = row.columns();
            Ok((columns.int()?, columns.opt_id()?))
        })
        .collect()
}

/// Puts the tag on reviews.
pub(crate) async fn put(
    tx: &mut Tx<'_>,
    scope: &Scope,
    tag: TagId,
    marks: &[(i64, Option<BulkId>)],
) -> Result<(), StoreError> {
    debug_assert_eq!(marks.iter().map(|mark| mark.0).collect::<HashSet<_>>().len(), marks.len());
    Bulk::into("review_tags")
        .column("tenant_id", repeat_n(scope.tenant, marks.len()))
        .column("tag_id", repeat_n(tag, marks.len()))
        .column("position", marks.iter().map(|mark| mark.0))
        .column("bulk_id", marks.iter().map(|mark| mark.1))
        .suffix("ON CONFLICT (tenant_id, tag_id, position) DO NOTHING")
        .run(tx)
        .await
        .map(drop)
}

/// Takes the tag off reviews.
pub(crate) async fn take(
    tx: &mut Tx<'_>,
    scope: &Scope,
    tag: TagId,
    positions: Vec<i64>,
) -> Result<(), StoreError> {
    tx.execute(TAKE, values![scope.tenant, tag, positions]).await.map(drop)
}
