//! From a row of text to a typed row, or to a failure that says which cell is wrong and what to do.

pub(super) mod date;
mod failure;
mod media;
mod order;
mod reader;
mod review;

use jiff::tz::TimeZone;
use pingxin_domain::intake::{Field, IncomingRow, RowFailure};
use pingxin_domain::{Currency, Object, Platform};

use self::reader::Reader;
use super::columns::{DateOrder, FileKind, Mapping};
use super::frame::RawRow;

/// What the file does not say itself.
#[derive(Debug, Clone)]
pub struct Context {
    /// Platform of the shop.
    pub platform: Platform,
    /// Zone of dates that carry none: the shop's.
    pub timezone: TimeZone,
    /// Currency of amounts that carry none: the shop's.
    pub currency: Currency,
    /// What a plain review of the file is; a profile that knows better wins.
    pub object: Object,
}

/// The columns of one field.
#[derive(Debug, Clone)]
struct Place {
    column: usize,
    /// Name of the list (`items`, `reviews`) whose values stand in the cell.
    list: Option<usize>,
    order: Option<DateOrder>,
}

/// Turns the rows of one file into typed rows.
#[derive(Debug, Clone)]
pub struct Converter {
    headers: Vec<String>,
    places: Vec<Vec<Place>>,
    /// List that holds reviews, and the one that holds lines.
    review_list: Option<usize>,
    line_list: Option<usize>,
    kind: FileKind,
    context: Context,
}

impl Converter {
    /// Prepares for the rows of a file; a mapping without a kind is read as reviews.
    #[must_use]
    pub fn new(mapping: &Mapping, context: Context) -> Self {
        let mut lists: Vec<&str> = Vec::new();
        let mut places = vec![Vec::new(); Field::ALL.len()];
        let (mut review_list, mut line_list) = (None, None);
        let kind = mapping.kind.unwrap_or(FileKind::Reviews);
        for (column, mapped) in mapping.columns.iter().enumerate() {
            let Some(field) = mapped.field else { continue };
            let list = mapped.column.rsplit_once("[].").map(|(name, _)| {
                lists.iter().position(|known| *known == name).unwrap_or_else(|| {
                    lists.push(name);
                    lists.len() - 1
                })
            });
            if field.tells_of_review() {
                review_list = review_list.or(list);
            } else if review::is_line_field(field) {
                line_list = line_list.or(list);
            }
            let order = mapped.date_order.or_else(|| market_order(context.platform));
            places[field as usize].push(Place { column, list, order });
        }
        let context = Context { object: mapping.object.unwrap_or(context.object), ..context };
        Self {
            headers: mapping.columns.iter().map(|column| column.column.clone()).collect(),
            places,
            review_list,
            line_list: line_list.filter(|list| Some(*list) != review_list),
            kind,
            context,
        }
    }

    /// Reads one row.
    ///
    /// # Errors
    /// The failure names line, column and value, and says in both languages what to do.
    pub fn row(&self, raw: &RawRow) -> Result<IncomingRow, RowFailure> {
        let reader = Reader::new(self, raw);
        let order = if self.kind.has_orders() { order::read(&reader)? } else { None };
        let mut reviews = if self.kind.has_reviews() { review::read(&reader)? } else { Vec::new() };
        if let Some(order) = &order
            && let [line] = order.lines.as_slice()
        {
            // The only thing bought is the thing reviewed.
            for review in &mut reviews {
                if review.product_key.is_none() && review.product_title.is_none() {
                    review.product_key.clone_from(&line.product_key);
                    review.product_title.clone_from(&line.title);
                }
            }
        }
        if order.is_none() && reviews.is_empty() {
            return Err(match self.kind {
                FileKind::Orders => failure::no_order_number(&reader),
                _ => failure::nothing_said(raw.line),
            });
        }
        Ok(IncomingRow {
            line: raw.line,
            order,
            reviews,
            records: Vec::new(),
            raw: self
                .headers
                .iter()
                .zip(&raw.cells)
                .map(|(name, cell)| (name.clone(), shown(cell)))
                .collect(),
        })
    }
}

/// Values of a list are kept apart by a bar that people can see.
fn shown(cell: &str) -> String {
    if cell.contains(RawRow::SEPARATOR) {
        cell.split(RawRow::SEPARATOR).collect::<Vec<_>>().join(" | ")
    } else {
        cell.to_owned()
    }
}

/// Reads one row; a file of many wants a [`Converter`].
///
/// # Errors
/// As [`Converter::row`].
pub fn row(mapping: &Mapping, context: &Context, raw: &RawRow) -> Result<IncomingRow, RowFailure> {
    Converter::new(mapping, context.clone()).row(raw)
}

/// How Amazon's marketplaces write dates with slashes; where a marketplace or platform has no one way, none.
fn market_order(platform: Platform) -> Option<DateOrder> {
    match platform {
        Platform::Amazon(market) => match &market {
            b"us" => Some(DateOrder::MonthDay),
            b"uk" | b"de" | b"fr" | b"it" | b"es" | b"au" | b"br" | b"mx" | b"in" | b"nl" | b"be" => {
                Some(DateOrder::DayMonth)
            }
            _ => None,
        },
        _ => None,
    }
}
