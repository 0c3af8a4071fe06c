//! From a row of text to a typed row, or to a failure that says which cell is wrong and what to do.

mod after_sale;
mod call;
mod chat;
pub(super) mod date;
mod failure;
mod figure;
mod media;
mod order;
mod preview;
mod reader;
mod review;
mod shipment;

use jiff::tz::TimeZone;
use pingxin_domain::intake::{Field, IncomingRecord, IncomingRow, RowFailure};
use pingxin_domain::{Currency, Object, Platform};

pub use self::chat::ChatOrdinals;
pub use self::preview::{PreviewPart, preview};
use self::reader::Reader;
use super::columns::{DateOrder, FileKind, Mapping, is_dropped};
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
    /// Columns that are not even kept with the raw row.
    dropped: Vec<bool>,
    places: Vec<Vec<Place>>,
    /// List that holds reviews, and the one that holds lines.
    review_list: Option<usize>,
    line_list: Option<usize>,
    /// List of the stations of a parcel or of the messages of a chat.
    record_list: Option<usize>,
    kind: FileKind,
    context: Context,
}

impl Converter {
    /// Prepares for the rows of a file; a mapping without a kind is read as reviews.
    #[must_use]
    pub fn new(mapping: &Mapping, context: Context) -> Self {
        let mut lists: Vec<&str> = Vec::new();
        let mut places = vec![Vec::new(); Field::ALL.len()];
        let (mut review_list, mut line_list, mut record_list) = (None, None, None);
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
            } else if matches!(field, Field::TraceAt | Field::TraceText | Field::SaidAt | Field::SaidText) {
                record_list = record_list.or(list);
            } else if review::is_line_field(field) {
                line_list = line_list.or(list);
            }
            let order = mapped.date_order.or_else(|| market_order(context.platform));
            places[field as usize].push(Place { column, list, order });
        }
        let context = Context { object: mapping.object.unwrap_or(context.object), ..context };
        Self {
            headers: mapping.columns.iter().map(|column| column.column.clone()).collect(),
            dropped: mapping.columns.iter().map(|column| is_dropped(&column.column)).collect(),
            places,
            review_list,
            line_list: line_list.filter(|list| Some(*list) != review_list),
            record_list,
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
        let records = self.records(&reader)?;
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
        if order.is_none() && reviews.is_empty() && records.is_empty() {
            return Err(match self.kind {
                FileKind::Orders => failure::no_order_number(&reader),
                _ => failure::nothing_said(raw.line),
            });
        }
        Ok(IncomingRow {
            line: raw.line,
            order,
            reviews,
            records,
            raw: self
                .headers
                .iter()
                .zip(&raw.cells)
                .zip(&self.dropped)
                .filter(|(_, dropped)| !**dropped)
                .map(|((name, cell), _)| (name.clone(), shown(cell)))
                .collect(),
        })
    }
}

impl Converter {
    fn records(&self, reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
        match self.kind {
            FileKind::Reviews | FileKind::Orders | FileKind::Mixed => Ok(Vec::new()),
            FileKind::Shipments => shipment::read(reader),
            FileKind::AfterSales => after_sale::read(reader),
            FileKind::Chats => chat::read(reader),
            FileKind::Calls => call::read(reader),
            FileKind::Figures => figure::read(reader),
        }
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
pub(super) fn market_order(platform: Platform) -> Option<DateOrder> {
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
