//! Many rows in one statement: `unnest` of arrays on PostgreSQL (one text whatever the number of rows), multi-row
//! `VALUES` on SQLite (in powers of two, so that few texts are prepared).

use std::borrow::Cow;
use std::fmt::Write as _;

use sqlx::Arguments as _;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use uuid::Uuid;

use super::value::Value;
use crate::{StoreError, Tx};

/// Rows of one SQLite statement; more brings nothing, and 32,766 parameters are the limit.
const SQLITE_ROWS: usize = 64;

/// Rows to insert, column by column.
pub(crate) struct Bulk<'a> {
    /// What errors name.
    context: &'static str,
    table: Cow<'static, str>,
    columns: Vec<Column<'a>>,
    suffix: &'static str,
}

struct Column<'a> {
    name: Cow<'static, str>,
    /// PostgreSQL's type where the value's own will not do.
    cast: Option<&'static str>,
    values: Vec<Value<'a>>,
}

impl<'a> Bulk<'a> {
    pub(crate) fn into(table: &'static str) -> Self {
        Self { context: table, table: Cow::Borrowed(table), columns: Vec::new(), suffix: "" }
    }

    /// Into a table that is known by name only; the name must be one of the database's own.
    pub(crate) fn into_restored(table: String) -> Self {
        Self { context: "a restored table", table: Cow::Owned(table), columns: Vec::new(), suffix: "" }
    }

    /// A column of such a table.
    pub(crate) fn restored_column(mut self, name: String, values: Vec<Value<'a>>) -> Self {
        self.columns.push(Column { name: Cow::Owned(name), cast: None, values });
        self
    }

    /// `ON CONFLICT …`, the same for both engines.
    pub(crate) fn suffix(mut self, suffix: &'static str) -> Self {
        self.suffix = suffix;
        self
    }

    pub(crate) fn column<V: Into<Value<'a>>>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.columns.push(Column { name: Cow::Borrowed(name), cast: None, values });
        self
    }

    /// A column whose texts PostgreSQL reads as another type (`tsvector`).
    pub(crate) fn cast_column<V: Into<Value<'a>>>(
        mut self,
        name: &'static str,
        cast: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.columns.push(Column { name: Cow::Borrowed(name), cast: Some(cast), values });
        self
    }

    /// Runs it; no rows, no statement.
    pub(crate) async fn run(self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        let rows = self.columns.first().map_or(0, |column| column.values.len());
        if rows == 0 {
            return Ok(0);
        }
        debug_assert!(self.columns.iter().all(|column| column.values.len() == rows), "{}", self.table);
        match tx.engine() {
            crate::Engine::Postgres => {
                let text = self.postgres_text();
                let mut arguments = PgArguments::default();
                for column in self.columns {
                    add_array(column.values, &mut arguments)
                        .map_err(|source| StoreError::database(self.context, source))?;
                }
                tx.execute_postgres(self.context, text, arguments).await
            }
            crate::Engine::Sqlite => self.run_sqlite(tx, rows).await,
        }
    }

    fn names(&self) -> String {
        self.columns.iter().map(|column| column.name.as_ref()).collect::<Vec<_>>().join(", ")
    }

    fn postgres_text(&self) -> String {
        let mut picked = Vec::new();
        let mut arrays = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            arrays.push(format!("${}::{}[]", at + 1, array_type(column.values.first())));
            picked.push(match column.cast {
                Some(cast) => format!("u.c{at}::{cast}"),
                None => format!("u.c{at}"),
            });
        }
        let aliases: Vec<String> = (0..self.columns.len()).map(|at| format!("c{at}")).collect();
        format!(
            "INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS u({}) {}",
            self.table,
            self.names(),
            picked.join(", "),
            arrays.join(", "),
            aliases.join(", "),
            self.suffix
        )
    }

    fn sqlite_text(&self, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        let mut text = String::with_capacity(128 + rows * (row.len() + 1));
        let _ = write!(text, "INSERT INTO {} ({}) VALUES ", self.table, self.names());
        for at in 0..rows {
            text.push_str(if at == 0 { "" } else { "," });
            text.push_str(&row);
        }
        let _ = write!(text, " {}", self.suffix);
        text
    }

    async fn run_sqlite(mut self, tx: &mut Tx<'_>, rows: usize) -> Result<u64, StoreError> {
        let (mut changed, mut left) = (0, rows);
        let mut columns: Vec<_> =
            self.columns.iter_mut().map(|column| std::mem::take(&mut column.values).into_iter()).collect();
        while left > 0 {
            let size = if left >= SQLITE_ROWS { SQLITE_ROWS } else { 1 << left.ilog2() };
            left -= size;
            let mut arguments = SqliteArguments::default();
            arguments.reserve(size * columns.len(), 0);
            for _ in 0..size {
                for value in columns.iter_mut().filter_map(Iterator::next) {
                    value
                        .add_to_sqlite(&mut arguments)
                        .map_err(|source| StoreError::database(self.context, source))?;
                }
            }
            let text = self.sqlite_text(size);
            changed += tx.execute_sqlite(self.context, text, arguments).await?;
        }
        Ok(changed)
    }
}

fn array_type(sample: Option<&Value<'_>>) -> &'static str {
    match sample {
        Some(Value::Int(_)) => "bigint",
        Some(Value::Real(_)) => "double precision",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Bytes(_)) => "bytea",
        Some(Value::Uuid(_)) => "uuid",
        _ => "text",
    }
}

/// Takes the inner value of each, all being of one kind.
macro_rules! gather {
    ($values:expr, $kind:ident) => {
        $values
            .into_iter()
            .map(|value| match value {
                Value::$kind(inner) => inner,
                _ => None,
            })
            .collect::<Vec<_>>()
    };
}

fn add_array(values: Vec<Value<'_>>, arguments: &mut PgArguments) -> Result<(), sqlx::Error> {
    match values.first() {
        Some(Value::Int(_)) => arguments.add(gather!(values, Int)),
        Some(Value::Real(_)) => arguments.add(gather!(values, Real)),
        Some(Value::Bool(_)) => arguments.add(gather!(values, Bool)),
        Some(Value::Uuid(_)) => arguments.add(gather!(values, Uuid) as Vec<Option<Uuid>>),
        Some(Value::Bytes(_)) => {
            let bytes = gather!(values, Bytes);
            arguments.add(bytes.iter().map(|value| value.as_deref()).collect::<Vec<_>>())
        }
        _ => {
            let texts = gather!(values, Text);
            arguments.add(texts.iter().map(|value| value.as_deref()).collect::<Vec<_>>())
        }
    }
    .map_err(sqlx::Error::Encode)
}
