//! The one storage seam: SQLite and PostgreSQL, migrations, search, job queue, audit, sealed fields.
//!
//! A [`Store`] runs closures in transactions; a closure gets a [`Tx`] and calls the functions of the modules below, one
//! module a noun. Every call takes a [`Scope`](pingxin_domain::Scope) and sees nothing outside of it.
//!
//! ```no_run
//! # async fn example(store: &pingxin_store::Store, scope: &pingxin_domain::Scope) -> Result<(), pingxin_store::StoreError> {
//! let shops = store.read(|tx| Box::pin(pingxin_store::shop::list(tx, scope))).await?;
//! # drop(shops);
//! # Ok(())
//! # }
//! ```
//!
//! What holds for all of it:
//! * A closure may run more than once (another writer, a serialisation failure), so it does nothing but store calls and
//!   borrows what it needs. An error inside it must be returned: everything is rolled back then.
//! * PostgreSQL runs at READ COMMITTED: what must not happen twice at once locks its row first ([`shop::lock`],
//!   [`case::lock_for_change`]) or checks a version. SQLite has one writer.
//! * Ids are 16 bytes on both engines (`BLOB` and `UUID`): half the size of text in every key and index, and UUIDv7 sorts
//!   by time as bytes. Instants are microseconds UTC, money is minor units and currency, JSON is text.
//! * Names, phones, nicks, addresses and raw rows are sealed (`sealed.rs`); look-ups go by blind index.
//! * Lists are pages with keyset cursors, counts stop at a thousand.
//!
//! To add a noun:
//! 1. its tables in a new migration of both folders (`migrations/{sqlite,postgres}/NNNN_name.sql`, listed in
//!    `migration.rs`), `tenant_id` first in every key; and in `tenant::wipe`, children before parents;
//! 2. a module with its fixed statements in `statements! { … }`, its list named in `sql::all_statements` (an unnamed
//!    one is dead code, which the compiler refuses), many rows through `sql::Bulk`, filters through `sql::Built`;
//! 3. a part of the conformance suite in `tests/conformance/`, which runs on both engines: round trip, scope, conflict.

mod address;
mod around;
pub mod assignment;
pub mod audit;
pub mod automation;
mod backfill;
pub mod backup;
mod base64url;
pub mod batch;
pub mod bulk;
pub mod buyer;
pub mod calendar_day;
pub mod case;
pub mod chat_check;
pub mod claim;
pub mod clock;
pub mod compensation;
pub mod correction;
pub mod doctor;
mod error;
pub mod evidence_file;
mod facets;
mod filter;
pub mod guard_alarm;
pub mod guard_rule;
pub mod handover;
mod hex;
pub mod hold;
pub mod identifier;
pub mod incentive;
pub mod invitation;
pub mod job;
pub mod key;
mod key_check;
pub mod live;
pub mod login_try;
pub mod media;
mod migration;
pub mod money_rule;
pub mod order;
pub mod out_channel;
pub mod outbox;
mod page;
pub mod password_link;
pub mod pattern;
mod position;
pub mod presence;
pub mod product;
pub mod profile;
pub mod promise;
pub mod rating;
pub mod record;
pub mod reference;
pub mod removal;
pub mod replaced;
pub mod review;
pub mod saved_macro;
pub mod script;
mod sealed;
mod search;
pub mod second_factor;
pub mod secret;
pub mod session;
pub mod setup;
pub mod shift;
pub mod shop;
pub mod shop_clock;
pub mod shop_word;
mod sql;
mod store;
pub mod summary;
pub mod tag;
pub mod task;
pub mod team;
pub mod tenant;
pub mod text_model;
pub mod thanks;
pub mod token;
pub mod training;
mod tx;
pub mod undo;
pub mod user;
pub mod view;
pub mod watch;

pub use address::{Engine, StoreUrl};
pub use around::Around;
pub use error::StoreError;
pub use futures::future::BoxFuture;
pub use hex::encode as hex_digits;
pub use key::MasterKey;
pub use migration::schema_version;
pub use page::{COUNT_LIMIT, Count, PAGE_LIMIT, Page};
pub use store::Store;
pub use tx::Tx;
