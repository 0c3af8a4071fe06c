//! The use cases on both databases.

mod bench;
mod cases;
mod demo;
mod export;
mod import;
mod rights;
