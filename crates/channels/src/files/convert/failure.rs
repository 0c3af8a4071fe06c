//! The sentences of row failures.

use pingxin_domain::Say;
use pingxin_domain::intake::{Field, RowFailure};

use super::reader::Reader;

/// A cell that holds something else than its field.
pub(super) fn cell(reader: &Reader<'_>, column: usize, value: &str, zh: String, en: String) -> RowFailure {
    RowFailure::cell(reader.line(), reader.header(column), value, Say::new(zh, en))
}

pub(super) fn nothing_said(line: u64) -> RowFailure {
    RowFailure::row(
        line,
        Say::new(
            "这一行没有星级、没有好中差评，也没有文字。请补上其中一项，或删掉这一行。",
            "The row has no stars, no verdict and no words. Fill in one of them, or delete the row.",
        ),
    )
}

/// A row without what its kind of record cannot be without.
pub(super) fn missing(reader: &Reader<'_>, field: Field, zh: &str, en: &str) -> RowFailure {
    let column = reader.column_of(field);
    RowFailure {
        line: reader.line(),
        column: column.map(str::to_owned),
        value: column.map(|_| String::new()),
        reason: Say::new(
            format!("这一行没有{zh}。请补上再导入这一行。"),
            format!("The row has no {en}. Fill it in and import the row again."),
        ),
    }
}

pub(super) fn no_order_number(reader: &Reader<'_>) -> RowFailure {
    let column = reader.column_of(Field::OrderNumber);
    RowFailure {
        line: reader.line(),
        column: column.map(str::to_owned),
        value: column.map(|_| String::new()),
        reason: Say::new(
            "这一行没有订单编号，无法对上订单。请补上订单编号再导入这一行。",
            "The row has no order number, so its order is unknown. Fill it in and import the row again.",
        ),
    }
}
