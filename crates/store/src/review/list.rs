//! Pages of reviews.

use pingxin_domain::Scope;
use uuid::Uuid;

use super::row::{self, ReviewRow, review_columns, review_joins};
use crate::filter::Filter;
use crate::filter::build::{Asked, Shape};
use crate::filter::drive::Wanted;
use crate::filter::group::Names;
use crate::filter::plan::{self, Plan};
use crate::page::{Count, Cursor, Page, page_limit};
use crate::sql::Built;
use crate::{Engine, StoreError, Tx, tag};

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The most urgent first, the newer first among equals.
    Severity,
    /// The oldest first.
    Oldest,
    /// The fewest stars first, the newer first among equals; those without stars last.
    Rating,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Severity, Self::Oldest, Self::Rating];

    /// Whether pages walk positions.
    fn by_position(self) -> bool {
        matches!(self, Self::Newest | Self::Oldest)
    }

    /// The name of its cursors.
    fn name(self) -> u8 {
        match self {
            Self::Newest => 1,
            Self::Severity => 2,
            Self::Oldest => 3,
            Self::Rating => 4,
        }
    }
}

/// Stands for "no stars" in a cursor: after every number of stars.
const UNRATED: i64 = 6;

/// Which part of a list: that with stars, or that without. Only the order by stars has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Rated,
    Unrated,
}

/// The statement of one page.
pub(crate) fn built_list<'a>(
    asked: Asked<'a>,
    plan: &Plan<'a>,
    (sort, part): (Sort, Part),
    after: Option<Cursor>,
    limit: u32,
) -> Built<'a> {
    let head = [concat!("SELECT ", review_columns!(), " FROM ("), review_joins!()];
    built_page(asked, plan, (sort, part), after, limit, head)
}

/// The same of any columns of the reviews, with the tables that those need.
fn built_page<'a>(
    asked: Asked<'a>,
    plan: &Plan<'a>,
    (sort, part): (Sort, Part),
    after: Option<Cursor>,
    limit: u32,
    [head, joins]: [&'static str; 2],
) -> Built<'a> {
    let columns = |built: &mut Built<'_>, names: Names| {
        built.push(names.position).push(" AS position");
        built.push(match sort {
            Sort::Newest | Sort::Oldest => "",
            Sort::Severity => ", r.severity AS severity",
            Sort::Rating => ", r.rating AS rating",
        });
    };
    let cursor = |built: &mut Built<'_>, names: Names| {
        match part {
            Part::Whole => {}
            Part::Rated => {
                built.push(" AND r.rating IS NOT NULL");
            }
            Part::Unrated => {
                built.push(" AND r.rating IS NULL");
            }
        }
        let Some(after) = after else { return };
        match (sort, part) {
            (Sort::Newest, _) | (_, Part::Unrated) => {
                let place = if part == Part::Unrated { after.second } else { after.first };
                built.push(" AND ").push(names.position).with(" < ", place);
            }
            (Sort::Oldest, _) => {
                built.push(" AND ").push(names.position).with(" > ", after.first);
            }
            (Sort::Severity, _) => {
                built.with(" AND (r.severity, r.position) < (", after.first);
                built.with(", ", after.second).push(")");
            }
            (Sort::Rating, _) => {
                built.with(" AND r.rating >= ", after.first).with(" AND (r.rating > ", after.first);
                built.with(" OR r.position < ", after.second).push(")");
            }
        }
    };
    let order = |names: Names| match (sort, names.position) {
        (Sort::Newest, "r.position") => " ORDER BY r.position DESC",
        (Sort::Newest, "k.rowid") => " ORDER BY k.rowid DESC",
        (Sort::Newest, _) => " ORDER BY k.position DESC",
        (Sort::Oldest, "r.position") => " ORDER BY r.position",
        (Sort::Oldest, "k.rowid") => " ORDER BY k.rowid",
        (Sort::Oldest, _) => " ORDER BY k.position",
        (Sort::Severity, _) => " ORDER BY r.severity DESC, r.position DESC",
        (Sort::Rating, _) if part == Part::Unrated => " ORDER BY r.position DESC",
        (Sort::Rating, _) => " ORDER BY r.rating, r.position DESC",
    };
    let (union, union_order) = match sort {
        Sort::Newest => ("u.position", " ORDER BY position DESC"),
        Sort::Oldest => ("u.position", " ORDER BY position"),
        Sort::Severity => ("u.position, u.severity", " ORDER BY severity DESC, position DESC"),
        Sort::Rating => ("u.position, u.rating", " ORDER BY rating, position DESC"),
    };
    let shape = Shape {
        wanted: Wanted { review: !sort.by_position(), case: false },
        columns: &columns,
        union,
        after: &cursor,
        order: &order,
        union_order,
        limit: u64::from(limit),
    };
    let mut built = Built::new(head);
    asked.push_entries(&mut built, plan, &shape, |built| walk(built, asked, sort, part));
    built.push(if asked.engine == Engine::Sqlite { ") p CROSS JOIN " } else { ") p JOIN " });
    built.with("reviews r ON r.tenant_id = ", asked.scope.tenant).push(" AND r.position = p.position");
    built.push(joins).push(match sort {
        Sort::Newest => " ORDER BY r.position DESC",
        Sort::Oldest => " ORDER BY r.position",
        Sort::Severity => " ORDER BY r.severity DESC, r.position DESC",
        Sort::Rating => " ORDER BY r.rating, r.position DESC",
    });
    built
}

/// The index of the order itself.
fn walk(built: &mut Built<'_>, asked: Asked<'_>, sort: Sort, part: Part) -> Names {
    let sqlite = asked.engine == Engine::Sqlite;
    let index = match sort {
        Sort::Newest | Sort::Oldest => " INDEXED BY reviews_newest",
        Sort::Severity => " INDEXED BY reviews_severity",
        Sort::Rating if part == Part::Unrated => " INDEXED BY reviews_rating",
        Sort::Rating => " INDEXED BY reviews_rating",
    };
    built.push(" FROM reviews r").push(if sqlite { index } else { "" });
    built.with(" WHERE r.tenant_id = ", asked.scope.tenant);
    Names { tenant: asked.scope.tenant, facets: "r.facets", position: "r.position", review: true, case: None }
}

/// The statement of a capped count.
pub(crate) fn built_count<'a>(asked: Asked<'a>, plan: &Plan<'a>) -> Built<'a> {
    let several =
        matches!(plan, Plan::Probe(_)) || matches!(plan, Plan::Lists(branches) if branches.len() > 1);
    let columns = |built: &mut Built<'_>, names: Names| {
        if several {
            built.push(names.position).push(" AS position");
        } else {
            built.push("1");
        }
    };
    let shape = Shape {
        wanted: Wanted { review: false, case: false },
        columns: &columns,
        union: "u.position",
        after: &|_, _| {},
        order: &|_| "",
        union_order: "",
        limit: 1001,
    };
    let mut built = Built::new("SELECT count(*) FROM (");
    asked.push_entries(&mut built, plan, &shape, |built| walk(built, asked, Sort::Newest, Part::Whole));
    built.push(") counted");
    built
}

/// One page.
///
/// # Errors
/// [`StoreError::BadCursor`] for a cursor of another list.
pub async fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    sort: Sort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Page<ReviewRow>, StoreError> {
    let limit = page_limit(limit);
    let after = Cursor::read(cursor, sort.name())?;
    let Some(plan) = plan::choose(tx, scope, filter, sort.by_position()).await? else {
        return Ok(Page { rows: Vec::new(), next: None });
    };
    let asked = Asked { engine: tx.engine(), scope, filter };
    let parts: &[Part] = match (sort, after) {
        (Sort::Rating, Some(after)) if after.first == UNRATED => &[Part::Unrated],
        (Sort::Rating, _) => &[Part::Rated, Part::Unrated],
        _ => &[Part::Whole],
    };
    let mut rows = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let left = limit + 1 - u32::try_from(rows.len()).unwrap_or(limit);
        if left == 0 {
            break;
        }
        let after = if at == 0 { after } else { None };
        let mut found = read_rows(tx, scope, built_list(asked, &plan, (sort, *part), after, left)).await?;
        let mut walked = plan.clone();
        while let Some(next) = walked.after(found.len(), left as usize) {
            found = read_rows(tx, scope, built_list(asked, &next, (sort, *part), after, left)).await?;
            walked = next;
        }
        rows.extend(found);
    }
    show_tags(tx, scope, rows.iter_mut()).await?;
    Ok(Page::cut(rows, limit, |last| match sort {
        Sort::Newest | Sort::Oldest => Cursor::new(sort.name(), last.position, 0),
        Sort::Severity => Cursor::new(sort.name(), i64::from(last.severity), last.position),
        Sort::Rating => {
            let stars = last.rating.map_or(UNRATED, |rating| i64::from(rating.stars()));
            Cursor::new(sort.name(), stars, last.position)
        }
    }))
}

/// The ids of the newest reviews that a filter finds.
///
/// # Errors
/// The database's error.
pub async fn ids(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<Uuid>, StoreError> {
    let Some(plan) = plan::choose(tx, scope, filter, true).await? else { return Ok(Vec::new()) };
    let plan = plan.whole();
    let asked = Asked { engine: tx.engine(), scope, filter };
    let built =
        built_page(asked, &plan, (Sort::Newest, Part::Whole), None, limit, ["SELECT r.id FROM (", ""]);
    let rows = tx.all_built("review::ids", built).await?;
    rows.iter().map(|row| row.columns().uuid()).collect()
}

async fn read_rows(tx: &mut Tx<'_>, scope: &Scope, built: Built<'_>) -> Result<Vec<ReviewRow>, StoreError> {
    let keys = tx.keys();
    let rows = tx.all_built("review::list", built).await?;
    rows.iter().map(|found| row::read(&mut found.columns(), scope, &keys)).collect()
}

/// Adds their tags to rows.
pub(crate) async fn show_tags<'r>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    rows: impl Iterator<Item = &'r mut ReviewRow>,
) -> Result<(), StoreError> {
    let rows: Vec<&mut ReviewRow> = rows.collect();
    let positions = rows.iter().map(|row| row.position).collect();
    let mut tags = tag::of_positions(tx, scope, positions).await?;
    for row in rows {
        row.tags = tags.remove(&row.position).unwrap_or_default();
    }
    Ok(())
}

/// How many, up to a thousand.
///
/// # Errors
/// The database's error.
pub async fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter) -> Result<Count, StoreError> {
    let chosen = plan::choose_count(tx, scope, filter, true).await?;
    let Some((plan, is_part)) = chosen else { return Ok(Count::of(0)) };
    let asked = Asked { engine: tx.engine(), scope, filter };
    let counted = tx.count_built("review::count", built_count(asked, &plan)).await?;
    Ok(if is_part { Count::at_least(counted) } else { counted })
}

/// Every statement there can be, with filters and plans that use every condition and list.
pub(crate) fn samples(engine: Engine, scope: &Scope) -> Vec<(&'static str, String)> {
    let mut texts = Vec::new();
    for filter in crate::filter::samples() {
        let asked = Asked { engine, scope, filter: &filter };
        for plan in plan::samples(&filter, engine) {
            texts.push(("review::count", built_count(asked, &plan).text));
            for sort in Sort::ALL {
                let parts: &[Part] =
                    if sort == Sort::Rating { &[Part::Rated, Part::Unrated] } else { &[Part::Whole] };
                for (part, after) in parts
                    .iter()
                    .flat_map(|part| [None, Some(Cursor::new(sort.name(), 0, 0))].map(|after| (*part, after)))
                {
                    texts.push(("review::list", built_list(asked, &plan, (sort, part), after, 1).text));
                }
            }
        }
    }
    texts
}
