//! Where the database is.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Which database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server.
    Postgres,
}

/// The value of `--db`: a path, or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreUrl {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL URL.
    Postgres(String),
}

impl FromStr for StoreUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Sqlite(PathBuf::from(text.strip_prefix("sqlite://").unwrap_or(text)))
        })
    }
}

impl fmt::Display for StoreUrl {
    /// Without the password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => path.display().fmt(formatter),
            Self::Postgres(url) => match (url.find("://"), url.rfind('@')) {
                (Some(scheme), Some(at)) if at > scheme + 3 => {
                    let account = url[scheme + 3..at].split(':').next().unwrap_or("");
                    write!(formatter, "{}{account}{}", &url[..scheme + 3], &url[at..])
                }
                _ => formatter.write_str(url),
            },
        }
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "StoreUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_path_from_a_server() {
        assert_eq!("data/a.db".parse(), Ok(StoreUrl::Sqlite("data/a.db".into())));
        assert_eq!("postgres://h/d".parse(), Ok(StoreUrl::Postgres("postgres://h/d".into())));
    }

    #[test]
    fn never_shows_the_password() {
        for url in ["postgres://me:hunter2@host/db", "postgresql://me:hun@ter2@host/db?x=1"] {
            let shown = format!("{0} {0:?}", url.parse::<StoreUrl>().unwrap());
            assert!(!shown.contains("hun") && shown.contains("me@host/db"), "{shown}");
        }
    }
}
