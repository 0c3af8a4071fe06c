//! A dry run: the same decisions, nothing stored but the counts.

use std::collections::HashSet;

use pingxin_domain::Scope;
use pingxin_domain::arrival::Outcome;
use pingxin_domain::intake::ReviewIdentity;
use pingxin_domain::media::MediaName;
use pingxin_store::batch::{self, Counts, ImportRowWrite, Progress};

use super::apply::{self, Chunk, Target};
use super::decide::{Earlier, decide, line_key, order_key};
use super::lookup::{look_up, taken};
use super::prepare::Prepared;
use super::records::record_key;
use crate::desk::Desk;
use crate::error::Result;

/// Remembers what earlier chunks brought, as the database would.
#[derive(Default)]
pub struct DryRun {
    earlier: Earlier,
    /// Names of the files that rows name.
    named: HashSet<String>,
}

impl DryRun {
    /// Counts a chunk and keeps its failed rows, so that the person can look at them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count(
        &mut self,
        desk: &Desk,
        scope: &Scope,
        target: Target<'_>,
        chunk: &Chunk,
    ) -> Result<()> {
        let earlier = &self.earlier;
        let (id, shop, rows) = (target.batch, target.shop.id, chunk.rows.as_slice());
        let known = desk
            .store
            .read(|tx| Box::pin(async move { look_up(tx, scope, shop, id, rows, &earlier.twins).await }))
            .await?;
        let decisions = decide(rows, known, id, earlier, target.repeated);
        let counts = Counts { cases_opened: 0, ..apply::count(rows, &decisions) };
        let cases = decisions
            .rows
            .iter()
            .flat_map(|row| &row.reviews)
            .filter(|review| matches!(review.outcome, Outcome::New | Outcome::Updated))
            .filter(|review| review.prepared.triage.needs_case.is_some())
            .filter(|review| review.stored.as_ref().is_none_or(|stored| stored.case.is_none()))
            .count() as u64;
        let counts = Counts { cases_opened: cases, ..counts };
        let said: Vec<String> = decisions
            .rows
            .iter()
            .flat_map(|row| &row.reviews)
            .map(|review| review.identity.clone())
            .collect();
        self.remember(rows, said);
        let failed: Vec<ImportRowWrite<'_>> = rows.iter().filter_map(failure_of).collect();
        let failed = failed.as_slice();
        let progress = Progress {
            cursor_line: rows.last().map_or(0, Prepared::line),
            bytes_read: chunk.bytes_read,
            chunk: counts,
        };
        let progress = &progress;
        desk.store
            .write(|tx| {
                Box::pin(async move {
                    batch::record_rows(tx, scope, id, failed).await?;
                    batch::advance(tx, scope, id, progress).await
                })
            })
            .await?;
        Ok(())
    }

    /// Whether a row names this file, as the database would be asked.
    #[must_use]
    pub fn names(&self, file_name: &str) -> bool {
        self.named.contains(file_name)
    }

    fn remember(&mut self, rows: &[Prepared], said: Vec<String>) {
        self.earlier.said.extend(said);
        for row in taken(rows) {
            for prepared in &row.reviews {
                self.named.extend(prepared.review.media.iter().map(MediaName::file_name));
                if let ReviewIdentity::Content(hash) = prepared.identity {
                    *self.earlier.twins.entry(hash).or_insert(0) += 1;
                }
            }
            self.earlier.said.extend(row.row.records.iter().map(record_key));
            if let Some(order) = &row.row.order {
                self.earlier.said.insert(order_key(&order.number));
                let lines = order.lines.iter().map(|line| line_key(&order.number, &line.key));
                self.earlier.said.extend(lines);
            }
        }
    }
}

fn failure_of(prepared: &Prepared) -> Option<ImportRowWrite<'_>> {
    match prepared {
        Prepared::Row(_) => None,
        Prepared::Failed(failure, raw) => Some(ImportRowWrite {
            line: failure.line,
            identity: None,
            outcome: Outcome::Failed,
            review: None,
            order: None,
            failure: Some(failure),
            raw,
        }),
    }
}
