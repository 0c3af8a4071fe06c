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
mod draft;
mod dry;
mod failed;
mod lookup;
mod media;
mod opening;
mod orders;
mod own;
mod prepare;
mod preview;
mod profiles;
mod records;
mod request;
mod reviews;
mod rows;
mod run;
mod submit;
mod target;
mod undo;
mod view;

pub use draft::{Reading, discard_old_drafts, hold, start};
pub use failed::{reason_header, write_failed_rows};
pub use preview::{Preview, PreviewRow, preview};
pub use profiles::{ProfileView, create_profile, delete_profile, get_profile, list_profiles, save_profile};
pub use request::{ImportRequest, ShopChoice};
pub use rows::take_rows;
pub use run::{CHUNK_ROWS, SoFar};
pub use submit::{cancel, give_up_abandoned, run_now, run_queued, submit};
pub use undo::{
    Kept, KeptReason, UndoPreview, begin as begin_undo, preview as preview_undo, run as run_undo,
};
pub use view::{ImportError, ImportView, failures, get, list};

pub use pingxin_store::batch::{BatchState, ColumnMapping, Counts, ImportKind};
