//! Tables as both engines have them: columns by name, and rows as bytes that are the same on either.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use sqlx::Row as _;
use uuid::Uuid;

use super::frame::damaged;
use crate::sql::{Row, Value, statements, values};
use crate::{Engine, StoreError, Tx};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Bool,
    Real,
    Text,
    Bytes,
    Uuid,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// A table with its columns in the order of their names.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Not in backups: the machine's own, marks within a transaction, and who is where right now.
const LEFT_OUT: [&str; 6] =
    ["presences", "schema_lock", "schema_migrations", "store_check", "undone_things", "wiped_tenants"];

statements! {
    // Columns of PostgreSQL's search are made anew, like the tables of SQLite's and the row numbers of products in them.
    COLUMNS = "SELECT t.name, c.name, c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
        WHERE t.type = 'table' AND c.name <> 'search_row' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '%\\_search' ESCAPE '\\' \
        AND t.name NOT LIKE '%\\_search\\_%' ESCAPE '\\' ORDER BY t.name, c.name",
        "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns \
        WHERE table_schema = current_schema() AND data_type <> 'tsvector' AND column_name <> 'search_long' \
        ORDER BY table_name::text COLLATE \"C\", column_name::text COLLATE \"C\"";
    PARENTS = "SELECT t.name, f.\"table\" FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f \
        WHERE t.type = 'table'",
        "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c \
        JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace \
        WHERE c.contype = 'f' AND n.nspname = current_schema()";
}

fn kind(engine: Engine, declared: &str) -> Result<Kind, StoreError> {
    match (engine, declared) {
        (Engine::Sqlite, "INTEGER") | (Engine::Postgres, "bigint") => Ok(Kind::Int),
        (Engine::Sqlite, "REAL") | (Engine::Postgres, "double precision") => Ok(Kind::Real),
        (Engine::Sqlite, "TEXT") | (Engine::Postgres, "text") => Ok(Kind::Text),
        (Engine::Sqlite, "BLOB") | (Engine::Postgres, "bytea") => Ok(Kind::Bytes),
        (Engine::Postgres, "boolean") => Ok(Kind::Bool),
        (Engine::Postgres, "uuid") => Ok(Kind::Uuid),
        (_, other) => Err(damaged(format!("a column of type {other} is none that backups know"))),
    }
}

/// Every table that a backup holds, parents before children.
pub(super) async fn all(tx: &mut Tx<'_>) -> Result<Vec<Table>, StoreError> {
    let engine = tx.engine();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in tx.all(COLUMNS, values![]).await? {
        let mut columns = row.columns();
        let (table, name, declared) = (columns.text()?, columns.text()?, columns.text()?);
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let kind = kind(engine, &declared)?;
        let entry = tables.entry(table.clone()).or_insert_with(|| Table { name: table, columns: Vec::new() });
        entry.columns.push(Column { name, kind });
    }
    let mut parents: Vec<(String, String)> = Vec::new();
    for row in tx.all(PARENTS, values![]).await? {
        let mut columns = row.columns();
        let (child, parent) = (columns.text()?, columns.text()?);
        if child != parent && tables.contains_key(&parent) {
            parents.push((child, parent));
        }
    }
    let mut ordered = Vec::new();
    while !tables.is_empty() {
        let free = tables.keys().find(|name| {
            !parents.iter().any(|(child, parent)| child == *name && tables.contains_key(parent))
        });
        let free = free.cloned().ok_or_else(|| damaged("tables name each other in a circle"))?;
        ordered.extend(tables.remove(&free));
    }
    Ok(ordered)
}

impl Table {
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|known| known.name == column)
    }

    /// Reads every row, of one merchant or all. Names come from the engine's own catalogue.
    pub(super) fn select(&self, of_tenant: bool) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let whose = match (of_tenant, self.name.as_str()) {
            (false, _) => "",
            (true, "tenants") => " WHERE id = $1",
            (true, _) => " WHERE tenant_id = $1",
        };
        format!("SELECT {} FROM {}{whose}", names.join(", "), self.name)
    }

    pub(super) fn cells(&self, row: &Row) -> Result<Vec<Cell>, StoreError> {
        self.columns.iter().enumerate().map(|(at, column)| cell(row, at, column.kind)).collect()
    }
}

fn cell(row: &Row, at: usize, kind: Kind) -> Result<Cell, StoreError> {
    fn get<'r, T>(row: &'r Row, at: usize) -> Result<Option<T>, StoreError>
    where
        T: sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
        T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        match row {
            Row::Sqlite(row) => row.try_get(at),
            Row::Postgres(row) => row.try_get(at),
        }
        .map_err(|source| StoreError::Corrupt { what: format!("column {at}: {source}") })
    }
    Ok(match kind {
        Kind::Int => get(row, at)?.map(Cell::Int),
        Kind::Bool => get::<bool>(row, at)?.map(|value| Cell::Int(value.into())),
        Kind::Real => get(row, at)?.map(Cell::Real),
        Kind::Text => get(row, at)?.map(Cell::Text),
        Kind::Bytes => get(row, at)?.map(Cell::Bytes),
        Kind::Uuid => get::<Uuid>(row, at)?.map(|id| Cell::Bytes(id.as_bytes().to_vec())),
    }
    .unwrap_or(Cell::Null))
}

impl Cell {
    /// As a parameter for a column of this kind.
    pub(super) fn value(self, kind: Kind) -> Result<Value<'static>, StoreError> {
        let wrong = || damaged("a value does not fit its column");
        Ok(match (kind, self) {
            (Kind::Int, Self::Int(value)) => Value::Int(Some(value)),
            (Kind::Int, Self::Null) => Value::Int(None),
            (Kind::Bool, Self::Int(value)) => Value::Bool(Some(value != 0)),
            (Kind::Bool, Self::Null) => Value::Bool(None),
            (Kind::Real, Self::Real(value)) => Value::Real(Some(value)),
            (Kind::Real, Self::Null) => Value::Real(None),
            (Kind::Text, Self::Text(value)) => Value::Text(Some(value.into())),
            (Kind::Text, Self::Null) => Value::Text(None),
            (Kind::Bytes, Self::Bytes(value)) => Value::Bytes(Some(value.into())),
            (Kind::Bytes, Self::Null) => Value::Bytes(None),
            (Kind::Uuid, Self::Bytes(value)) => {
                Value::Uuid(Some(Uuid::from_slice(&value).map_err(|_| wrong())?))
            }
            (Kind::Uuid, Self::Null) => Value::Uuid(None),
            _ => return Err(wrong()),
        })
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A row as bytes: a tag a cell, then its value; lengths before texts and bytes.
pub(super) fn encode(cells: &[Cell], out: &mut Vec<u8>) {
    for cell in cells {
        match cell {
            Cell::Null => out.push(0),
            Cell::Int(value) => {
                out.push(1);
                out.extend_from_slice(&value.to_be_bytes());
            }
            Cell::Real(value) => {
                out.push(2);
                out.extend_from_slice(&value.to_bits().to_be_bytes());
            }
            Cell::Text(text) => sized(3, text.as_bytes(), out),
            Cell::Bytes(bytes) => sized(4, bytes, out),
        }
    }
}

fn sized(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(bytes);
}

/// Reads `many` cells from the front; none when the bytes are no row.
pub(super) fn decode(bytes: &mut &[u8], many: usize) -> Option<Vec<Cell>> {
    fn take<'b>(bytes: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Some(taken)
    }
    let number = |bytes: &mut &[u8]| take(bytes, 8)?.try_into().ok().map(u64::from_be_bytes);
    let mut cells = Vec::with_capacity(many);
    for _ in 0..many {
        let tag = take(bytes, 1)?[0];
        cells.push(match tag {
            0 => Cell::Null,
            1 => Cell::Int(number(bytes)?.cast_signed()),
            2 => Cell::Real(f64::from_bits(number(bytes)?)),
            3 | 4 => {
                let length = u32::from_be_bytes(take(bytes, 4)?.try_into().ok()?);
                let value = take(bytes, length as usize)?;
                if tag == 4 {
                    Cell::Bytes(value.to_vec())
                } else {
                    Cell::Text(String::from_utf8(value.to_vec()).ok()?)
                }
            }
            _ => return None,
        });
    }
    Some(cells)
}

/// Counts rows and adds up their hashes, so that two tables are compared whatever order their rows come in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    hashes: u128,
}

impl Sum {
    pub(super) fn add(&mut self, row: &[u8]) {
        let hash: [u8; 32] = Sha256::digest(row).into();
        let mut short = [0; 16];
        short.copy_from_slice(&hash[..16]);
        self.rows += 1;
        self.hashes = self.hashes.wrapping_add(u128::from_be_bytes(short));
    }

    pub(super) fn of(self, table: &str) -> super::TableSum {
        super::TableSum { name: table.to_owned(), rows: self.rows, sum: format!("{:032x}", self.hashes) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            Just(Cell::Null),
            any::<i64>().prop_map(Cell::Int),
            (-1e9..1e9).prop_map(Cell::Real),
            ".{0,20}".prop_map(Cell::Text),
            proptest::collection::vec(any::<u8>(), 0..40).prop_map(Cell::Bytes),
        ]
    }

    proptest! {
        #[test]
        fn a_row_reads_back(cells in proptest::collection::vec(any_cell(), 0..8)) {
            let mut bytes = Vec::new();
            encode(&cells, &mut bytes);
            let mut rest = bytes.as_slice();
            prop_assert_eq!(decode(&mut rest, cells.len()), Some(cells.clone()));
            prop_assert!(rest.is_empty());
            if let Some(cut) = bytes.len().checked_sub(1) {
                prop_assert_eq!(decode(&mut &bytes[..cut], cells.len()), None);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = decode(&mut bytes.as_slice(), 4);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_their_number_does() {
        let sum = |rows: &[&[u8]]| {
            let mut sum = Sum::default();
            rows.iter().for_each(|row| sum.add(row));
            sum
        };
        assert_eq!(sum(&[b"a", b"b"]), sum(&[b"b", b"a"]));
        assert_ne!(sum(&[b"a", b"b"]), sum(&[b"a", b"c"]));
        assert_ne!(sum(&[b"a"]), sum(&[b"a", b"a"]));
    }
}
