//! Import: a seller's file becomes rows in the store, each counted once: new, updated, unchanged, duplicate or
//! failed.
//!
//! `submit` queues a file for the background worker, `run_now` takes one at the command line; both go the same way:
//! `run` (pipeline) → `prepare` (type, identify, triage) → `lookup` (what is stored) → `decide` (what becomes of it)
//! → `apply` (one transaction a chunk: `buyers`, `orders`, `reviews` with their cases); then `media`, the photos and videos
//! that came along.

mod apply;
mod buyers;
mod decide;
mod dry;
mod lookup;
mod media;
mod orders;
mod prepare;
mod request;
mod reviews;
mod rows;
mod run;
mod submit;
mod target;
mod view;

pub use request::{ImportRequest, ShopChoice};
pub use rows::take_rows;
pub use run::CHUNK_ROWS;
pub use submit::{cancel, run_now, run_queued, submit};
pub use view::{ImportError, ImportView, failures, get, list};

pub use pingxin_store::batch::{BatchState, ColumnMapping, Counts, ImportKind};
