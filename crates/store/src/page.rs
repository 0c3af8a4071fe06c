//! Pages of a list: keyset cursors, and counts that stop at a thousand.

use uuid::Uuid;

use crate::{StoreError, base64url};

/// Counts are exact up to this many.
pub const COUNT_LIMIT: u64 = 1000;

/// Rows of one page at most.
pub const PAGE_LIMIT: u32 = 1000;

/// How many there are, as far as it was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// The number, at most [`COUNT_LIMIT`].
    pub value: u64,
    /// Whether there are more.
    pub capped: bool,
}

impl Count {
    /// So many were found before looking any further stopped.
    pub(crate) fn at_least(found: Self) -> Self {
        Self { capped: true, ..found }
    }

    pub(crate) fn of(counted: u64) -> Self {
        Self { value: counted.min(COUNT_LIMIT), capped: counted > COUNT_LIMIT }
    }
}

/// Some rows, and where the next begin.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Cursor of the next page; none at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// How many rows the list has: those of this page where it shows all of them, else what `count` finds. `cursor` is where
    /// the page began.
    ///
    /// # Errors
    /// That of `count`.
    pub async fn count_of(
        &self,
        cursor: Option<&str>,
        count: impl Future<Output = Result<Count, StoreError>>,
    ) -> Result<Count, StoreError> {
        if cursor.is_none() && self.next.is_none() {
            return Ok(Count::of(self.rows.len() as u64));
        }
        count.await
    }

    /// Cuts off the one row read too many and makes the cursor of the last one kept.
    pub(crate) fn cut(mut rows: Vec<T>, limit: u32, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(|row| cursor(row).to_text()) } else { None };
        Self { rows, next }
    }
}

/// Between 1 and [`PAGE_LIMIT`].
pub(crate) fn page_limit(asked: u32) -> u32 {
    asked.clamp(1, PAGE_LIMIT)
}

/// The sort key of the last row shown: two numbers and an id, as far as the list needs them, under the list's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) list: u8,
    pub(crate) first: i64,
    pub(crate) second: i64,
    pub(crate) id: Uuid,
}

impl Cursor {
    pub(crate) fn new(list: u8, first: i64, second: i64) -> Self {
        Self { list, first, second, id: Uuid::nil() }
    }

    pub(crate) fn to_text(self) -> String {
        let mut bytes = vec![self.list];
        bytes.extend_from_slice(&self.first.to_be_bytes());
        bytes.extend_from_slice(&self.second.to_be_bytes());
        bytes.extend_from_slice(self.id.as_bytes());
        base64url::encode(&bytes)
    }

    /// Reads a cursor of `list`; none stays none.
    pub(crate) fn read(text: Option<&str>, list: u8) -> Result<Option<Self>, StoreError> {
        let Some(text) = text else { return Ok(None) };
        let bytes = base64url::decode(text).ok_or(StoreError::BadCursor)?;
        let number = |from: usize| bytes.get(from..from + 8).and_then(|part| part.try_into().ok());
        match (bytes.first(), number(1), number(9), bytes.get(17..)) {
            (Some(found), Some(first), Some(second), Some(id)) if *found == list => Ok(Some(Self {
                list,
                first: i64::from_be_bytes(first),
                second: i64::from_be_bytes(second),
                id: Uuid::from_slice(id).map_err(|_| StoreError::BadCursor)?,
            })),
            _ => Err(StoreError::BadCursor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let cursor = Cursor::new(1, -5, i64::MAX);
        assert_eq!(Cursor::read(Some(&cursor.to_text()), 1).unwrap(), Some(cursor));
        assert!(matches!(Cursor::read(Some(&cursor.to_text()), 2), Err(StoreError::BadCursor)));
    }

    #[test]
    fn counts_stop_at_a_thousand() {
        assert_eq!(Count::of(1000), Count { value: 1000, capped: false });
        assert_eq!(Count::of(1001), Count { value: 1000, capped: true });
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = Cursor::read(Some(&text), 1);
        }
    }
}
