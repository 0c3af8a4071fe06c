//! Files in and out, as a seller would notice it.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

mod child;
mod columns;
mod convert;
mod export;
mod hostile;
mod media;
mod media_hostile;
mod profiles;
mod real_data;
mod structured;
mod support;
mod tables;
mod workbooks;
