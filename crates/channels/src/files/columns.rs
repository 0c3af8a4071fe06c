//! What the columns of a file mean: guessed from headers and sample, or said by `--map`.
//!
//! To teach a new header: add it to `columns/aliases.rs`. To teach a new export whose headers would be
//! misread: a profile in `columns/profiles.rs`, with its source.

mod aliases;
mod choice;
mod content;
mod dates;
mod guess;
mod kind;
mod profiles;
mod saved;

use pingxin_domain::Object;
use pingxin_domain::intake::Field;
use serde::{Deserialize, Serialize};

pub use self::choice::{Override, parse_overrides};
pub use self::dates::DateEvidence;
pub use self::guess::guess;
pub use self::profiles::profile_names;
pub use self::saved::{SavedColumn, SavedProfile};
use super::refusal::{Refusal, RefusalCode};

pub(super) use self::aliases::{clear_field, is_dropped, is_known_header};

/// What a file tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Reviews; order numbers at most.
    Reviews,
    /// Orders.
    Orders,
    /// Orders with their reviews.
    Mixed,
    /// Parcels, or the stations they were seen at.
    Shipments,
    /// Refunds, returns, exchanges.
    AfterSales,
    /// Chats with buyers.
    Chats,
    /// Phone calls.
    Calls,
    /// Figures that a platform shows.
    Figures,
}

impl FileKind {
    /// The code in the summary of an import.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Reviews => "reviews",
            Self::Orders => "orders",
            Self::Mixed => "mixed",
            Self::Shipments => "shipments",
            Self::AfterSales => "after_sales",
            Self::Chats => "chats",
            Self::Calls => "calls",
            Self::Figures => "figures",
        }
    }

    /// Whether rows may hold reviews.
    #[must_use]
    pub fn has_reviews(self) -> bool {
        matches!(self, Self::Reviews | Self::Mixed)
    }

    /// Whether rows may hold orders.
    #[must_use]
    pub fn has_orders(self) -> bool {
        matches!(self, Self::Orders | Self::Mixed)
    }
}

/// Which comes first in dates such as `10/1/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DateOrder {
    /// Day, month, year.
    #[serde(rename = "dmy")]
    DayMonth,
    /// Month, day, year.
    #[serde(rename = "mdy")]
    MonthDay,
}

impl DateOrder {
    /// Word of `--map`, saved profiles and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DayMonth => "dmy",
            Self::MonthDay => "mdy",
        }
    }

    /// The order that a code stands for.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::DayMonth, Self::MonthDay].into_iter().find(|order| order.code() == code)
    }
}

/// One column and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedColumn {
    /// Header as the file writes it, trimmed.
    pub column: String,
    /// What it means; none when it is kept but not understood.
    pub field: Option<Field>,
    /// Order of day and month, of a date column whose sample or `--map` tells it.
    pub date_order: Option<DateOrder>,
    /// Whether it is a date column of which some value could be either way, and none says which, nor `--map`.
    #[serde(default)]
    pub ambiguous: bool,
    /// Up to three values, each cut to 60 characters.
    pub sample: Vec<String>,
}

/// What a file's columns mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Profile, such as `taobao-orders` or `generic-reviews`.
    pub profile: String,
    /// What rows tell of; none when nothing was recognised.
    pub kind: Option<FileKind>,
    /// What its reviews are, where the profile knows (Amazon's seller feedback).
    pub object: Option<Object>,
    /// One entry a column, in the order of the file.
    pub columns: Vec<MappedColumn>,
}

impl Mapping {
    /// The kind, or the refusal that lists the columns and says how to map them.
    ///
    /// # Errors
    /// [`RefusalCode::UnknownColumns`].
    pub fn kind_or_refusal(&self) -> Result<FileKind, Refusal> {
        self.kind.ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().take(40).map(|column| column.column.as_str()).collect();
            let first = names.first().copied().unwrap_or("评价内容");
            let (zh, en) = (names.join("、"), names.join(", "));
            Refusal::new(
                RefusalCode::UnknownColumns,
                format!(
                    "没认出评价、订单、包裹、售后、聊天、通话或指标的列。文件里的列：{zh}。请在导入页为列选择含义，或用 --map 指明，例如 --map text={first}（订单文件至少要有 order_number 和一项订单信息，聊天要有 said_at 和 said_text）。"
                ),
                format!(
                    "No column of reviews, orders, parcels, after-sales, chats, calls or figures was recognised. Columns of the file: {en}. Choose what they mean on the import page, or say it with --map, such as --map text={first} (a file of orders needs order_number and one fact of an order, chats need said_at and said_text)."
                ),
            )
        })
    }

    /// The first column of a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<&str> {
        self.columns.iter().find(|column| column.field == Some(field)).map(|column| column.column.as_str())
    }
}
