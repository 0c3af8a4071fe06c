//! Files in and out.
//!
//! The way of a file: [`open`] starts the child (`pingxin parse-file`, [`child`]), which detects format and
//! encoding and sends rows of text ([`Frame`]); [`columns::guess`] says what each column means;
//! [`convert::Converter`] makes typed rows or says by line, column, value and reason why not. [`mod@write`] is the
//! way out. To add a format: a variant of [`Format`], its magic in `format.rs`, its reader beside `json.rs`.

mod cell;
mod chat_text;
pub mod child;
pub mod columns;
pub mod convert;
mod delimited;
mod encoding;
mod format;
mod frame;
mod json;
mod lines;
mod media;
mod parse;
mod parsing;
mod refusal;
mod request;
mod sink;
mod wire;
mod workbook;
pub mod write;

pub use format::Format;
pub use frame::{Frame, Header, MediaFile, MediaRefused, RawRow};
pub use media::table_in;
pub use parse::parse;
pub use parsing::{Parsing, open};
pub use refusal::{FileError, Refusal, RefusalCode};
pub use request::{Limits, ParseRequest};
pub use sink::{Sink, Stop};
pub use wire::Batch;
