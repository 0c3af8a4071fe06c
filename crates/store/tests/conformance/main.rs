//! The same promises on both engines: every part runs on SQLite and on PostgreSQL, each in a database of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod access;
mod audit;
mod automation;
mod backups;
mod batches;
mod buyers;
mod cases;
mod common_words;
mod compensations;
mod corrections;
mod figures;
mod filters;
mod floor;
mod guard;
mod handovers;
mod incentives;
mod intake;
mod jobs;
mod lists;
mod many_kinds;
mod media;
mod older;
mod orders;
mod outbox;
mod people;
mod products;
mod promises;
mod records;
mod removals;
mod reviews;
mod schema;
mod scripts;
mod search;
mod thanks;
mod transactions;
mod wipe;
mod world;

/// `on_both!(name => function)`: two tests, `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(&crate::world::World::on(pingxin_testkit::TestDatabase::sqlite().await).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let Some(database) = pingxin_testkit::TestDatabase::postgres().await else { return };
                super::$name(&crate::world::World::on(database).await).await;
            }
        }
    )+};
}
pub(crate) use on_both;
