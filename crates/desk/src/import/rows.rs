//! Import of rows that need no file: the demo shop's, and a connector's later.

use pingxin_domain::intake::IncomingRow;
use pingxin_domain::{BatchId, Scope};
use pingxin_store::batch::{self, BatchFormat, ImportKind, NewBatch};
use pingxin_store::identifier::fresh;
use pingxin_store::shop::Shop;

use super::apply::{self, Chunk, Target};
use super::prepare::{Prepared, prepare};
use super::run::CHUNK_ROWS;
use crate::desk::Desk;
use crate::error::Result;
use crate::guard::chats;
use crate::patterns;

/// Stores typed rows as one import called `name`, by the same way as a file's. Answers the id of the import.
///
/// # Errors
/// When the database does not answer; chunks stored before stay stored.
pub async fn take_rows(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    name: &str,
    rows: impl Iterator<Item = IncomingRow> + Send,
) -> Result<BatchId> {
    let id = fresh::<BatchId>();
    let now = desk.store.clock().now();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                let new = NewBatch {
                    id,
                    file_name: name,
                    file_hash: [0; 32],
                    bytes: 0,
                    shop: Some(shop.id),
                    dry_run: false,
                    stored_path: None,
                    draft: None,
                    draft_of: None,
                };
                batch::create(tx, scope, &new).await?;
                batch::start(tx, scope, id, now).await?;
                let format = BatchFormat {
                    profile: None,
                    encoding: None,
                    kind: Some(ImportKind::Mixed),
                    mapping: &[],
                };
                batch::describe(tx, scope, id, &format).await
            })
        })
        .await?;
    let engine = desk.engine_of(scope, shop.id).await?;
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let prepared = rows
            .by_ref()
            .take(CHUNK_ROWS)
            .map(|row| Prepared::Row(Box::new(prepare(row, &engine, now))))
            .collect();
        let chunk = Chunk { rows: prepared, bytes_read: 0 };
        let (chunk, target) = (&chunk, Target { batch: id, shop, engine: &engine, repeated: false });
        desk.store.write(|tx| Box::pin(async move { apply::apply(tx, scope, target, chunk).await })).await?;
    }
    let ended = desk.store.clock().now();
    desk.store
        .write(|tx| {
            Box::pin(async move {
                batch::finish(tx, scope, id, ended).await?;
                chats::enqueue_brought(tx, scope, id).await?;
                patterns::ask(tx, scope, shop.id).await
            })
        })
        .await?;
    Ok(id)
}
