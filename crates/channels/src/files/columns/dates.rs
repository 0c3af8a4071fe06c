//! Whether the day or the month comes first: from the values of the whole file, the marketplace, or the person.

use pingxin_domain::Platform;

use super::guess::is_instant;
use super::{DateOrder, MappedColumn, Mapping};
use crate::files::cell;
use crate::files::convert::{date, market_order};
use crate::files::frame::RawRow;
use crate::files::refusal::{Refusal, RefusalCode};

impl Mapping {
    /// The columns of dates whose order nothing has told yet.
    pub fn ambiguous_columns(&self) -> impl Iterator<Item = &MappedColumn> {
        self.columns.iter().filter(|column| column.ambiguous)
    }

    /// Settles what the platform's marketplace settles: on amazon.com the month comes first.
    pub fn assume_market(&mut self, platform: Platform) {
        let Some(order) = market_order(platform) else { return };
        for column in self.columns.iter_mut().filter(|column| column.ambiguous) {
            column.date_order = Some(order);
            column.ambiguous = false;
        }
    }

    /// Nothing, or the refusal that names the columns whose order must be chosen.
    ///
    /// # Errors
    /// [`RefusalCode::AmbiguousDates`].
    pub fn dates_or_refusal(&self) -> Result<(), Refusal> {
        let columns: Vec<&MappedColumn> = self.ambiguous_columns().collect();
        let Some(first) = columns.first() else { return Ok(()) };
        let code = first.field.map_or("created", |field| field.code());
        let (name, value) = (
            &first.column,
            first.sample.iter().find(|value| date::is_either_way(value)).map_or("10/1/2026", String::as_str),
        );
        let named = |(open, close): (&str, &str), between: &str| {
            let names: Vec<String> =
                columns.iter().map(|column| format!("{open}{}{close}", column.column)).collect();
            names.join(between)
        };
        Err(Refusal::new(
            RefusalCode::AmbiguousDates,
            format!(
                "{}里的日期分不清哪个是月、哪个是日（例如 {value}）。请在导入页为这一列选择“日/月/年”或“月/日/年”，或用 --map {code}:dmy={name}（日在前）、--map {code}:mdy={name}（月在前）指明。",
                named(("“", "”"), "、")
            ),
            format!(
                "Day and month cannot be told apart in {} (such as {value}). Choose the order on the import page, or say it with --map {code}:dmy={name} (day first) or --map {code}:mdy={name} (month first).",
                named(("`", "`"), ", ")
            ),
        ))
    }
}

/// What the dates of one column have told.
#[derive(Debug, Clone, Copy)]
struct Seen {
    column: usize,
    day_first: bool,
    month_first: bool,
    either_way: bool,
}

/// Gathers what the rest of a file says of the order of its dates, so that nobody is asked what the file answers.
#[derive(Debug, Clone)]
pub struct DateEvidence {
    columns: Vec<Seen>,
}

impl DateEvidence {
    /// For the columns of dates whose order is not known.
    #[must_use]
    pub fn new(mapping: &Mapping) -> Self {
        let open =
            |column: &MappedColumn| column.date_order.is_none() && column.field.is_some_and(is_instant);
        let columns = mapping
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| open(column))
            .map(|(index, column)| Seen {
                column: index,
                day_first: false,
                month_first: false,
                either_way: column.ambiguous,
            })
            .collect();
        Self { columns }
    }

    /// Whether further rows could still tell something; a column that contradicts itself stays as it is.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.columns.iter().any(|seen| !(seen.day_first && seen.month_first))
    }

    /// Looks at a row.
    pub fn see(&mut self, row: &RawRow) {
        for seen in &mut self.columns {
            let Some(text) = row.cells.get(seen.column) else { continue };
            for value in text.split(RawRow::SEPARATOR).map(cell::trimmed).filter(|value| !value.is_empty()) {
                match date::evidence(value) {
                    Some(DateOrder::DayMonth) => seen.day_first = true,
                    Some(DateOrder::MonthDay) => seen.month_first = true,
                    None => seen.either_way |= date::is_either_way(value),
                }
            }
        }
    }

    /// Writes into the mapping what was found; a column that contradicts itself is ambiguous.
    pub fn settle(&self, mapping: &mut Mapping) {
        for seen in &self.columns {
            let Some(column) = mapping.columns.get_mut(seen.column) else { continue };
            column.date_order = match (seen.day_first, seen.month_first) {
                (true, false) => Some(DateOrder::DayMonth),
                (false, true) => Some(DateOrder::MonthDay),
                _ => None,
            };
            column.ambiguous = seen.either_way && column.date_order.is_none();
        }
    }
}
