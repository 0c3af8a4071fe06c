//! The use cases, one module a stage in flow order: import → (normalise, store, triage, case: inside import's
//! chunk) → reviews and cases on the screen → export. Transactions, rights and jobs live here; every decision is
//! asked of `domain`.
//!
//! A use case takes the [`Desk`] and the [`Scope`](pingxin_domain::Scope) of whoever asks, checks his right first,
//! and answers with a [`DeskError`] that has a sentence for a person. To add one: a function in the module of its
//! noun, `allow(scope, Action::…)` as its first line, everything it writes in one `store.write` closure with its
//! audit entry last.

pub mod about;
pub mod assignment;
pub mod audit;
pub mod automation;
pub mod backups;
mod built;
pub mod bulk;
pub mod buyers;
pub mod calendar;
pub mod cases;
pub mod claims;
pub mod clocks;
pub mod compensations;
pub mod contacts;
pub mod corrections;
pub mod demo;
mod desk;
pub mod doctor;
mod error;
pub mod evidence;
pub mod export;
pub mod figures;
pub mod guard;
pub mod handovers;
pub mod import;
pub mod incentives;
pub mod jobs;
pub mod live;
pub mod measures;
pub mod orders;
pub mod outbox;
pub mod patterns;
pub mod people;
pub mod planning;
pub mod products;
pub mod promises;
pub mod reading;
pub mod records;
pub mod removals;
pub mod retention;
pub mod reviews;
pub mod rules;
pub mod scripts;
pub mod search;
pub mod shops;
mod standing;
mod sweep;
pub mod tags;
pub mod tasks;
pub mod tenants;
pub mod thanks;
pub mod told;
pub mod views;
pub mod workbench;
mod written;

pub use desk::{Desk, allow};
pub use error::{Barred, DeskError, Result};
pub use standing::{DeadlineView, GroundView, MissingFact, QuoteView, RemovalView};
