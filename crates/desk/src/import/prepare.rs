//! From raw rows to rows that are ready to be stored: typed, identified, hashed and triaged. No database here, so
//! that it runs beside the writing of the chunk before.

use std::sync::Arc;

use jiff::Timestamp;
use pingxin_channels::files::RawRow;
use pingxin_channels::files::columns::FileKind;
use pingxin_channels::files::convert::{ChatOrdinals, Converter};
use pingxin_domain::intake::{
    IncomingReview, IncomingRow, ReviewIdentity, RowFailure, content_hash, review_identity,
};
use pingxin_domain::order::OrderFacts;
use pingxin_domain::removal::Held;
use pingxin_domain::triage::{ReviewFacts, Triage, TriageEngine};
use pingxin_domain::{OrderId, ReviewId};
use pingxin_store::identifier::fresh;

/// A review that is ready to be stored.
#[derive(Debug)]
pub struct PreparedReview {
    /// Its id if it turns out to be new; made here so that a retried transaction stores the same one.
    pub id: ReviewId,
    /// What the row says.
    pub review: IncomingReview,
    /// What tells it from the others.
    pub identity: ReviewIdentity,
    /// Hash of what the buyer can change.
    pub hash: [u8; 16],
    /// What the text says, as far as the row knows.
    pub triage: Triage,
    /// What the row says of the order.
    pub order: OrderFacts,
}

/// A row that is ready to be stored.
#[derive(Debug)]
pub struct PreparedRow {
    /// The row as read; its reviews moved into `reviews`.
    pub row: IncomingRow,
    /// Its reviews.
    pub reviews: Vec<PreparedReview>,
    /// An id for its order if that turns out to be new.
    pub order: OrderId,
}

/// A row of a chunk: taken, or not and why.
#[derive(Debug)]
pub enum Prepared {
    /// Ready.
    Row(Box<PreparedRow>),
    /// Not taken, with the cells as they stood.
    Failed(RowFailure, Vec<(String, String)>),
}

impl Prepared {
    /// Line of the file.
    #[must_use]
    pub fn line(&self) -> u64 {
        match self {
            Self::Row(row) => row.row.line,
            Self::Failed(failure, _) => failure.line,
        }
    }
}

/// Turns raw rows of one file into prepared ones.
pub struct Preparer {
    converter: Converter,
    columns: Vec<String>,
    kind: FileKind,
    engine: Arc<TriageEngine>,
    now: Timestamp,
}

impl Preparer {
    /// For one file: its converter, its columns, what its rows tell of, the reader of texts, and the instant that counts as now.
    #[must_use]
    pub fn new(
        converter: Converter,
        columns: Vec<String>,
        kind: FileKind,
        engine: Arc<TriageEngine>,
        now: Timestamp,
    ) -> Self {
        Self { converter, columns, kind, engine, now }
    }

    /// Passes over a row that an import has stored before it was interrupted; its chat messages count all the same.
    pub fn skip(&self, raw: &RawRow, ordinals: &mut ChatOrdinals) {
        if self.kind == FileKind::Chats
            && let Ok(mut row) = self.converter.row(raw)
        {
            ordinals.number(&mut row);
        }
    }

    /// Prepares one row; rows come in the order of the file.
    #[must_use]
    pub fn row(&self, raw: &RawRow, ordinals: &mut ChatOrdinals) -> Prepared {
        let typed = self.converter.row(raw).map(|mut row| {
            ordinals.number(&mut row);
            row
        });
        match typed {
            Ok(row) => Prepared::Row(Box::new(prepare(row, &self.engine, self.now))),
            Err(failure) => {
                let cells = self.columns.iter().cloned().zip(raw.cells.iter().cloned()).collect();
                Prepared::Failed(failure, cells)
            }
        }
    }

    /// A row that could not be read at all, with what could be read of it; cells beyond the header get names, so
    /// that none is lost from the file that is to be mended.
    #[must_use]
    pub fn unreadable(&self, failure: RowFailure, cells: Vec<String>) -> Prepared {
        let surplus = (1..).map(|number| format!("多出的列 {number}"));
        Prepared::Failed(failure, self.columns.iter().cloned().chain(surplus).zip(cells).collect())
    }
}

/// The facts that the review itself gives.
#[must_use]
pub fn facts_of(review: &IncomingReview) -> ReviewFacts<'_> {
    ReviewFacts {
        platform: None,
        object: Some(review.object),
        rating: review.rating,
        verdict: review.verdict,
        title: review.title.as_deref(),
        text: &review.text,
        created: review.created,
        photos: review.photos,
        likes: review.likes.unwrap_or(0),
        prior_bad: 0,
        product_rank: None,
        order: OrderFacts::default(),
        held: Held::default(),
    }
}

/// Identifies, hashes and triages the reviews of a typed row.
#[must_use]
pub fn prepare(mut row: IncomingRow, engine: &TriageEngine, now: Timestamp) -> PreparedRow {
    let order = row.order.as_ref().map(OrderFacts::from).unwrap_or_default();
    let reviews = std::mem::take(&mut row.reviews)
        .into_iter()
        .map(|review| PreparedReview {
            id: fresh(),
            identity: review_identity(&review),
            hash: content_hash(&review),
            triage: engine.read(&ReviewFacts { order, ..facts_of(&review) }, now),
            order,
            review,
        })
        .collect();
    PreparedRow { row, reviews, order: fresh() }
}
