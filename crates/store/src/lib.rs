//! The one storage seam: SQLite and PostgreSQL.
