//! Statements: one text with `$n` for both engines, written once and registered, so that a test can prepare all.

use std::borrow::Cow;

use crate::Engine;

/// A fixed statement. Made by [`statements!`] only, which registers it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Statement {
    pub(crate) name: &'static str,
    shared: &'static str,
    postgres: Option<&'static str>,
}

impl Statement {
    pub(crate) const fn new(
        name: &'static str,
        shared: &'static str,
        postgres: Option<&'static str>,
    ) -> Self {
        Self { name, shared, postgres }
    }

    /// The text for one engine.
    pub(crate) fn text(self, engine: Engine) -> Cow<'static, str> {
        match engine {
            Engine::Postgres => Cow::Borrowed(self.postgres.unwrap_or(self.shared)),
            Engine::Sqlite => for_sqlite(self.shared),
        }
    }
}

/// `statements! { FIND = "SELECT …"; CLAIM = "SQLite's text", "PostgreSQL's text"; }` declares constants of type
/// [`Statement`] and the list `STATEMENTS` of them all, which `sql::all_statements` must name.
macro_rules! statements {
    ($($name:ident = $shared:expr $(, $postgres:expr)?;)+) => {
        $(const $name: $crate::sql::Statement = $crate::sql::Statement::new(
            concat!(module_path!(), "::", stringify!($name)),
            $shared,
            $crate::sql::statement::optional!($($postgres)?),
        );)+
        pub(crate) const STATEMENTS: &[$crate::sql::Statement] = &[$($name),+];
    };
}
pub(crate) use statements;

macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}
pub(crate) use optional;

/// Rewrites what PostgreSQL says its own way: `= ANY($n::uuid[])` becomes a look-up in a JSON list (of hex digits,
/// as JSON holds no bytes), casts and row locks fall away (`BEGIN IMMEDIATE` locks the whole file).
pub(crate) fn for_sqlite(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains(" FOR UPDATE") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("::") {
        let (before, cast) = rest.split_at(at);
        let kind: &str = {
            let name = &cast[2..];
            let end = name
                .find(|mark: char| !mark.is_ascii_alphanumeric() && !matches!(mark, '[' | ']' | '_'))
                .unwrap_or(name.len());
            &name[..end]
        };
        rest = &cast[2 + kind.len()..];
        match (kind.strip_suffix("[]"), before.rfind("= ANY(")) {
            (Some(element), Some(list)) => {
                out.push_str(&before[..list]);
                let parameter = &before[list + "= ANY(".len()..];
                let item = if element == "uuid" { "unhex(value)" } else { "value" };
                out.push_str(&format!("IN (SELECT {item} FROM json_each({parameter})"));
            }
            _ => out.push_str(before),
        }
    }
    out.push_str(rest);
    Cow::Owned(out.replace(" FOR UPDATE SKIP LOCKED", "").replace(" FOR UPDATE", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_gets_its_own_words() {
        assert_eq!(
            for_sqlite(
                "SELECT a FROM t WHERE id = ANY($2::uuid[]) AND n = ANY($3::text[]) AND x = $4::bigint"
            ),
            "SELECT a FROM t WHERE id IN (SELECT unhex(value) FROM json_each($2)) AND n IN (SELECT value FROM \
             json_each($3)) AND x = $4"
        );
        assert_eq!(for_sqlite("SELECT 1 LIMIT 1 FOR UPDATE SKIP LOCKED"), "SELECT 1 LIMIT 1");
        assert_eq!(for_sqlite("SELECT 1 FOR UPDATE"), "SELECT 1");
        assert!(matches!(for_sqlite("SELECT 1"), Cow::Borrowed(_)));
    }
}
