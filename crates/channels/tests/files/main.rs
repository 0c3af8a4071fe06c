//! Files in and out, as a seller would notice it.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod chat_text;
mod child;
mod columns;
mod convert;
mod dates;
mod export;
mod fixtures;
mod hostile;
mod media;
mod media_hostile;
mod preview;
mod profiles;
mod real_data;
mod records;
mod structured;
mod support;
mod tables;
mod workbooks;
