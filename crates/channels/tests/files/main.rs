//! Files in and out, as a seller would notice it.

mod child;
mod columns;
mod convert;
mod export;
mod hostile;
mod profiles;
mod real_data;
mod structured;
mod support;
mod tables;
mod workbooks;
