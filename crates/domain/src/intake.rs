//! What a row of a file says, typed, before it is stored: the currency between `channels`, `desk` and `store`.

mod failure;
mod field;
mod identity;
mod record;

pub use failure::{RowFailure, Say};
pub use field::Field;
pub use identity::{ReviewIdentity, content_hash, review_identity};
pub use record::{IncomingBuyer, IncomingLine, IncomingOrder, IncomingReview, IncomingRow};
