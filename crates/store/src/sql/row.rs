//! What comes out of a statement: columns read one after another, decoded alike on both engines.

use jiff::Timestamp;
use pingxin_domain::identifiers::Identifier;
use pingxin_domain::time::from_micros;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};
use uuid::Uuid;

use crate::StoreError;

/// A row of either engine.
#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Reads the columns from the first.
    pub(crate) fn columns(&self) -> Columns<'_> {
        Columns { row: self, at: 0 }
    }
}

/// A place in a row; every call reads the next column.
#[derive(Clone)]
pub(crate) struct Columns<'r> {
    row: &'r Row,
    at: usize,
}

impl<'r> Columns<'r> {
    fn next<T>(&mut self) -> Result<T, StoreError>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        let at = self.at;
        self.at += 1;
        match self.row {
            Row::Sqlite(row) => row.try_get(at),
            Row::Postgres(row) => row.try_get(at),
        }
        .map_err(|source| StoreError::Corrupt { what: format!("column {at}: {source}") })
    }

    pub(crate) fn int(&mut self) -> Result<i64, StoreError> {
        self.next()
    }

    pub(crate) fn opt_int(&mut self) -> Result<Option<i64>, StoreError> {
        self.next()
    }

    /// A count, line or number: never negative.
    pub(crate) fn unsigned(&mut self) -> Result<u64, StoreError> {
        let value = self.int()?;
        u64::try_from(value).map_err(|_| self.wrong(&value.to_string()))
    }

    pub(crate) fn small(&mut self) -> Result<u32, StoreError> {
        let value = self.int()?;
        u32::try_from(value).map_err(|_| self.wrong(&value.to_string()))
    }

    pub(crate) fn opt_small(&mut self) -> Result<Option<u32>, StoreError> {
        let value = self.opt_int()?;
        value.map(|value| u32::try_from(value).map_err(|_| self.wrong(&value.to_string()))).transpose()
    }

    /// Severity: 0 to 255.
    pub(crate) fn byte(&mut self) -> Result<u8, StoreError> {
        let value = self.int()?;
        u8::try_from(value).map_err(|_| self.wrong(&value.to_string()))
    }

    pub(crate) fn opt_real(&mut self) -> Result<Option<f64>, StoreError> {
        self.next()
    }

    pub(crate) fn bool(&mut self) -> Result<bool, StoreError> {
        self.next()
    }

    pub(crate) fn opt_bool(&mut self) -> Result<Option<bool>, StoreError> {
        self.next()
    }

    pub(crate) fn text(&mut self) -> Result<String, StoreError> {
        self.next()
    }

    pub(crate) fn opt_text(&mut self) -> Result<Option<String>, StoreError> {
        self.next()
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        self.next()
    }

    pub(crate) fn opt_bytes(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        self.next()
    }

    /// A hash of fixed length.
    pub(crate) fn hash<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let bytes = self.bytes()?;
        <[u8; N]>::try_from(bytes.as_slice()).map_err(|_| self.wrong(&format!("{} bytes", bytes.len())))
    }

    pub(crate) fn instant(&mut self) -> Result<Timestamp, StoreError> {
        Ok(from_micros(self.int()?))
    }

    pub(crate) fn opt_instant(&mut self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.opt_int()?.map(from_micros))
    }

    /// An id of any kind.
    pub(crate) fn uuid(&mut self) -> Result<Uuid, StoreError> {
        self.next()
    }

    pub(crate) fn id<I: Identifier>(&mut self) -> Result<I, StoreError> {
        self.next::<Uuid>().map(I::from_uuid)
    }

    pub(crate) fn opt_id<I: Identifier>(&mut self) -> Result<Option<I>, StoreError> {
        Ok(self.next::<Option<Uuid>>()?.map(I::from_uuid))
    }

    /// A stored code that `read` must know.
    pub(crate) fn code<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let text = self.text()?;
        read(&text).ok_or_else(|| self.wrong(&text))
    }

    pub(crate) fn opt_code<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        match self.opt_text()? {
            None => Ok(None),
            Some(text) => read(&text).map(Some).ok_or_else(|| self.wrong(&text)),
        }
    }

    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|error| self.wrong(&error.to_string()))
    }

    fn wrong(&self, found: &str) -> StoreError {
        StoreError::Corrupt { what: format!("column {} holds {found}", self.at - 1) }
    }
}
