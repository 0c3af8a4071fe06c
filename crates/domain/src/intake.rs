//! What a row of a file says, typed, before it is stored: the currency between `channels`, `desk` and `store`.

pub(crate) mod codes;
mod failure;
mod field;
mod identity;
mod record;
mod records;

pub(crate) use codes::codes;
pub use failure::RowFailure;
pub use field::Field;
pub use identity::{ReviewIdentity, content_hash, review_identity};
pub use record::{IncomingBuyer, IncomingLine, IncomingOrder, IncomingReview, IncomingRow};
pub use records::{
    IncomingAfterSale, IncomingCall, IncomingChatMessage, IncomingFigure, IncomingRecord, IncomingShipment,
    IncomingTrace, RecordKind,
};
