//! Guessing: candidates by header, decided by what the values look like and what else the file holds.

use pingxin_domain::intake::Field;

use super::aliases::{Meaning, is_dropped, meanings, normal};
use super::choice::{Override, nearest};
use super::content::Content;
use super::kind::{self, Offers, belongs, is_line};
use super::profiles::{self, Profile};
use super::{FileKind, MappedColumn, Mapping};
use crate::files::frame::RawRow;
use crate::files::refusal::{Refusal, RefusalCode};

/// What a list of objects in JSON holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Reviews,
    Lines,
    Stations,
    Messages,
    Other,
}

struct Column {
    name: String,
    normal: String,
    list: Option<List>,
    content: Content,
    meanings: Vec<Meaning>,
}

/// Says what each column means. `sample` are the first rows; `profile` a name of
/// [`profile_names`](super::profile_names); `overrides` win over everything.
///
/// # Errors
/// [`RefusalCode::UnknownProfile`], or [`RefusalCode::WrongMapping`] when an override names a column that is
/// not there (the nearest one is named).
pub fn guess(
    headers: &[String],
    sample: &[RawRow],
    profile: Option<&str>,
    overrides: &[Override],
) -> Result<Mapping, Refusal> {
    let normals: Vec<String> = headers.iter().map(|header| normal(header)).collect();
    let (profile, generic) = match profile.map(str::trim) {
        None | Some("") => (profiles::recognise(&normals), None),
        Some(name) => named(name)?,
    };
    let columns: Vec<Column> = headers
        .iter()
        .zip(normals)
        .enumerate()
        .map(|(index, (name, normal))| Column {
            name: name.clone(),
            list: list(name),
            content: Content::of(sample, index),
            meanings: profile_meanings(profile, &normal).unwrap_or_else(|| meanings(name)),
            normal,
        })
        .collect();
    let records = match generic {
        Some(name) => profiles::generic_kind(name),
        None => offers(&columns, overrides).records(),
    };
    let mut fields = assign(&columns, records);
    let mut orders: Vec<Option<super::DateOrder>> =
        columns.iter().map(|column| column.content.date_order()).collect();
    apply(overrides, &columns, &mut fields, &mut orders)?;

    let kind = kind::of(&fields);
    let profile_name = match (profile, generic) {
        (Some(profile), _) => profile.name,
        (None, Some(name)) => name,
        (None, None) => profiles::generic_name(kind.unwrap_or(FileKind::Reviews)),
    };
    Ok(Mapping {
        profile: profile_name.to_owned(),
        kind,
        object: profile.and_then(|profile| profile.object),
        columns: columns
            .into_iter()
            .zip(fields)
            .zip(orders)
            .map(|((column, field), order)| {
                let instant = field.is_some_and(is_instant);
                let dropped = is_dropped(&column.name);
                MappedColumn {
                    column: column.name,
                    field,
                    date_order: order.filter(|_| instant),
                    ambiguous: instant && order.is_none() && column.content.is_ambiguous(),
                    sample: if dropped { Vec::new() } else { column.content.sample },
                }
            })
            .collect(),
    })
}

fn named(name: &str) -> Result<(Option<&'static Profile>, Option<&'static str>), Refusal> {
    if let Some(generic) = profiles::GENERIC.into_iter().find(|generic| *generic == name) {
        return Ok((None, Some(generic)));
    }
    if let Some(profile) = profiles::PROFILES.iter().find(|profile| profile.name == name) {
        return Ok((Some(profile), None));
    }
    let all = profiles::profile_names().join(", ");
    Err(Refusal::new(
        RefusalCode::UnknownProfile,
        format!("没有名为“{name}”的文件模板。可用的有：{all}。"),
        format!("There is no profile `{name}`. There are: {all}."),
    ))
}

fn profile_meanings(profile: Option<&Profile>, header: &str) -> Option<Vec<Meaning>> {
    let (_, field) = profile?.meanings.iter().find(|(known, _)| *known == header)?;
    Some(field.iter().map(|field| Meaning { field: *field, rank: 0, weak: false }).collect())
}

fn list(name: &str) -> Option<List> {
    let (group, _) = name.rsplit_once("[].")?;
    let group = normal(group);
    Some(match group.as_str() {
        _ if ["review", "comment", "feedback", "rate", "rating", "evaluation", "评价", "评论"]
            .iter()
            .any(|word| group.contains(word)) =>
        {
            List::Reviews
        }
        _ if ["item", "line", "product", "goods", "sku", "商品", "明细"]
            .iter()
            .any(|word| group.contains(word)) =>
        {
            List::Lines
        }
        _ if ["trace", "transit", "checkpoint", "轨迹"].iter().any(|word| group.contains(word)) => {
            List::Stations
        }
        _ if ["message", "chat", "dialog", "消息", "聊天"].iter().any(|word| group.contains(word)) => {
            List::Messages
        }
        _ => List::Other,
    })
}

/// Fields that stand once in a row, and so never in a list of reviews or lines.
fn fits_list(field: Field, list: Option<List>) -> bool {
    match list {
        None => true,
        Some(List::Reviews) => {
            field.tells_of_review()
                || matches!(
                    field,
                    Field::Title
                        | Field::Created
                        | Field::FollowupCreated
                        | Field::Object
                        | Field::Photos
                        | Field::Videos
                        | Field::Likes
                        | Field::Reply
                        | Field::BuyerNick
                        | Field::ProductKey
                        | Field::ProductTitle
                )
        }
        Some(List::Lines) => is_line(field),
        Some(List::Stations) => matches!(field, Field::TraceAt | Field::TraceText | Field::ShipmentState),
        Some(List::Messages) => {
            matches!(field, Field::SaidAt | Field::SaidBy | Field::SaidText | Field::SaidSide)
        }
        Some(List::Other) => false,
    }
}

/// Whether a field is an instant, whose day and month may have to be told apart.
pub(super) fn is_instant(field: Field) -> bool {
    matches!(
        field,
        Field::Created
            | Field::FollowupCreated
            | Field::Placed
            | Field::Paid
            | Field::Promised
            | Field::Shipped
            | Field::Delivered
            | Field::Completed
            | Field::TraceAt
            | Field::Requested
            | Field::Resolved
            | Field::SaidAt
            | Field::CalledAt
            | Field::FigureAt
    )
}

/// What the rest of the file says.
#[derive(Debug, Clone, Copy)]
struct Around {
    reviews: bool,
    orders: bool,
}

fn around(columns: &[Column]) -> Around {
    let clear = |wanted: &dyn Fn(Field) -> bool| {
        columns
            .iter()
            .filter(|column| column.meanings.iter().any(|meaning| !meaning.weak && wanted(meaning.field)))
            .count()
    };
    let judged = clear(&|field| {
        matches!(field, Field::Text | Field::Rating | Field::Verdict | Field::ReviewId | Field::FollowupText)
    });
    let orders = clear(&|field| field == Field::OrderNumber) > 0
        && clear(&|field| field.tells_of_order() && !is_line(field)) > 0;
    let unclear_words = columns.iter().any(|column| {
        column
            .meanings
            .iter()
            .any(|meaning| matches!(meaning.field, Field::Text | Field::Rating | Field::Verdict))
    });
    let listed = columns.iter().any(|column| column.list == Some(List::Reviews));
    // "Comments" in a file of orders are notes; in any other file they are what we came for. A score beside
    // them settles it.
    let scored = columns.iter().any(|column| {
        column.meanings.iter().any(|meaning| meaning.field == Field::Rating)
            && column.content.mostly(column.content.ratings)
    });
    Around { reviews: judged > 0 || listed || scored || (unclear_words && !orders), orders }
}

/// What the columns can mean, and what the user says they do.
fn offers(columns: &[Column], overrides: &[Override]) -> Offers {
    let mut offers = Offers::default();
    for column in columns {
        for meaning in &column.meanings {
            if fits_records(column, *meaning) {
                let leaf = column.name.rsplit('.').next().unwrap_or_default();
                offers.add(meaning.field, meaning.weak, &normal(leaf));
            }
        }
    }
    for choice in overrides.iter().filter(|choice| choice.index(columns).is_some()) {
        if let Some(field) = choice.field {
            offers.add(field, false, "");
        }
    }
    offers
}

/// Gives every field the column that fits it best; `records` is the kind of a file of neither reviews nor orders.
fn assign(columns: &[Column], records: Option<FileKind>) -> Vec<Option<Field>> {
    let around = around(columns);
    // What went out and what comes back stand in one file of after-sales; the latter is meant.
    let comes_back = |field: Field| {
        matches!(field, Field::TrackingNumber | Field::Carrier)
            && columns
                .iter()
                .any(|column| column.meanings.iter().any(|meaning| meaning.weak && meaning.field == field))
    };
    let mut offers: Vec<(bool, usize, usize, Field)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        for meaning in &column.meanings {
            let fitting = match records {
                None => fits_list(meaning.field, column.list) && fits(column, *meaning, around),
                Some(_) => fits_records(column, *meaning) && (meaning.weak || !comes_back(meaning.field)),
            };
            if fitting && belongs(meaning.field, records) {
                offers.push((meaning.weak, meaning.rank, index, meaning.field));
            }
        }
    }
    // Clear headers first, then the order of the table, then that of the file.
    offers.sort_by_key(|(weak, rank, index, field)| (*weak, *rank, *index, *field));
    let mut fields = vec![None; columns.len()];
    for (_, _, index, field) in offers {
        let taken = fields.contains(&Some(field));
        // Landline and mobile stand in two columns; either will do.
        if fields[index].is_none() && (!taken || field == Field::BuyerPhone) {
            fields[index] = Some(field);
        }
    }
    fields
}

/// Whether an offered meaning fits the values of a column in a file of records.
fn fits_records(column: &Column, meaning: Meaning) -> bool {
    let content = &column.content;
    let dates = content.mostly(content.dates);
    let listed = match column.list {
        None => true,
        Some(List::Stations | List::Messages) => fits_list(meaning.field, column.list),
        Some(_) => false,
    };
    match meaning.field {
        _ if !listed => false,
        field if is_instant(field) => dates || !meaning.weak || content.filled == 0,
        Field::CallSeconds => !dates,
        Field::OrderNumber if meaning.weak => column.normal != "id",
        Field::ProductKey if meaning.weak => !content.mostly(content.words),
        Field::ProductTitle if meaning.weak => content.mostly(content.words),
        _ => true,
    }
}

/// Whether an offered meaning fits the values and the file.
fn fits(column: &Column, meaning: Meaning, around: Around) -> bool {
    let content = &column.content;
    let offered = |field: Field| column.meanings.iter().any(|other| other.field == field);
    let reviews = around.reviews || column.list == Some(List::Reviews);
    let verdicts = content.mostly(content.verdicts);
    match meaning.field {
        Field::Text if meaning.weak => {
            reviews
                && !(offered(Field::Verdict) && verdicts)
                && !(offered(Field::Rating) && content.mostly(content.ratings))
        }
        Field::Rating if verdicts => false,
        // A word such as 评价 heads texts as well, so most of it must be stars. A "score" without a single
        // number of stars is another scale; one with wrong numbers among them is a rating with wrong rows.
        Field::Rating if meaning.weak && offered(Field::Text) => content.mostly(content.ratings),
        Field::Rating if meaning.weak => content.ratings > 0 || content.filled == 0,
        Field::Verdict => {
            if meaning.weak {
                verdicts
            } else {
                !content.mostly(content.ratings)
            }
        }
        Field::Title if meaning.weak => reviews,
        Field::ReviewId if meaning.weak => reviews,
        Field::Created if meaning.weak => reviews,
        Field::Placed if meaning.weak => around.orders || !reviews,
        Field::OrderNumber if meaning.weak => !reviews || column.normal != "id",
        Field::OrderState if meaning.weak => {
            content.mostly(content.states) || (around.orders && content.states > 0)
        }
        Field::Paid if meaning.weak => content.mostly(content.dates),
        Field::Amount if meaning.weak => !reviews_only(around) && !content.mostly(content.dates),
        Field::ProductKey if meaning.weak => !content.mostly(content.words),
        Field::ProductTitle if meaning.weak => {
            content.mostly(content.words)
                || column.list == Some(List::Lines)
                || !offered(Field::ProductKey) && !reviews
        }
        Field::BuyerNick if meaning.weak => reviews,
        Field::BuyerName if meaning.weak => !reviews,
        // Those of parcels that come back.
        Field::TrackingNumber | Field::Carrier if meaning.weak => false,
        Field::Region if meaning.weak => around.orders && !content.mostly(content.states),
        _ => true,
    }
}

fn reviews_only(around: Around) -> bool {
    around.reviews && !around.orders
}

fn apply(
    overrides: &[Override],
    columns: &[Column],
    fields: &mut [Option<Field>],
    orders: &mut [Option<super::DateOrder>],
) -> Result<(), Refusal> {
    let mut fixed = vec![false; columns.len()];
    for choice in overrides {
        let index = choice.index(columns);
        if let (None, true, Some(wanted)) = (index, choice.required, &choice.column) {
            return Err(no_column(wanted, columns));
        }
        if index.is_none() && choice.column.is_some() {
            continue;
        }
        for (field, fixed) in fields.iter_mut().zip(&fixed) {
            // Columns of a saved profile may share a field, as landline and mobile do.
            if choice.field.is_some() && *field == choice.field && (choice.required || !fixed) {
                *field = None;
            }
        }
        let Some(index) = index else { continue };
        fields[index] = choice.field;
        fixed[index] = true;
        if choice.date_order.is_some() {
            orders[index] = choice.date_order;
        }
    }
    Ok(())
}

impl Override {
    /// The column it speaks of, by its name or by its name in another spelling.
    fn index(&self, columns: &[Column]) -> Option<usize> {
        let wanted = self.column.as_ref()?;
        let spelled = normal(wanted);
        columns
            .iter()
            .position(|column| column.name == *wanted)
            .or_else(|| columns.iter().position(|column| column.normal == spelled && !spelled.is_empty()))
    }
}

fn no_column(wanted: &str, columns: &[Column]) -> Refusal {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let nearest = nearest(wanted, names.iter().copied()).unwrap_or_default();
    Refusal::new(
        RefusalCode::WrongMapping,
        format!("文件里没有“{wanted}”这一列。最接近的是“{nearest}”；全部列：{}。", names.join("、")),
        format!(
            "The file has no column `{wanted}`. The nearest is `{nearest}`; all of them: {}.",
            names.join(", ")
        ),
    )
}
