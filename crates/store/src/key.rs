//! The master key: 256 bits from which every other key is derived. No key, no start.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use crate::{StoreError, StoreUrl, hex, secret};

/// 256 secret bits.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MasterKey(hidden)")
    }
}

fn refused(reason: impl Into<String>) -> StoreError {
    StoreError::Key { reason: reason.into() }
}

impl MasterKey {
    /// A new one.
    #[must_use]
    pub fn fresh() -> Self {
        let mut bytes = [0; 32];
        secret::fill(&mut bytes);
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`StoreError::Key`] for anything else; the text is never repeated in it.
    pub fn from_hex(text: &str) -> Result<Self, StoreError> {
        let text = text.trim();
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(refused("a key is 64 hexadecimal digits; make one with `openssl rand -hex 32`"));
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16)
                .map_err(|error| refused(error.to_string()))?;
        }
        Ok(Self(bytes))
    }

    /// Reads a key file, which nobody but its owner may read.
    ///
    /// # Errors
    /// [`StoreError::Key`] when it is missing, malformed, or open to others.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        let shown = path.display();
        let mut file = File::open(path).map_err(|error| {
            refused(format!("{shown}: {error}; put the key file back, or set PINGXIN_KEY to its 64 digits"))
        })?;
        refuse_open_permissions(&file, path)?;
        let mut text = String::new();
        Read::by_ref(&mut file)
            .take(200)
            .read_to_string(&mut text)
            .map_err(|error| refused(format!("{shown}: {error}")))?;
        Self::from_hex(&text).map_err(|_| refused(format!("{shown} does not hold 64 hexadecimal digits")))
    }

    /// Reads a key file, or makes a new one with mode 0600 when there is none. Only for a new database.
    ///
    /// # Errors
    /// [`StoreError::Key`] as for [`MasterKey::load`], or when the file cannot be written.
    pub fn load_or_create(path: &Path) -> Result<Self, StoreError> {
        let shown = path.display();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Ok(mut file) => {
                let key = Self::fresh();
                let digits = hex::encode(&key.0);
                file.write_all(digits.as_bytes())
                    .and_then(|()| file.write_all(b"\n"))
                    .and_then(|()| file.sync_all())
                    .map_err(|error| refused(format!("{shown}: {error}")))?;
                Ok(key)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Self::load(path),
            Err(error) => Err(refused(format!("{shown}: {error}"))),
        }
    }

    /// Writes it into a new file that only its owner can read.
    ///
    /// # Errors
    /// [`StoreError::Key`] when the file is there or cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        let shown = path.display();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(|error| refused(format!("{shown}: {error}")))?;
        file.write_all(hex::encode(&self.0).as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .map_err(|error| refused(format!("{shown}: {error}")))
    }

    /// The key for a database: `environment` (the value of `PINGXIN_KEY`), else the file `NAME.key` beside a SQLite
    /// file, made only when the database does not exist yet; for PostgreSQL `fallback_file`, made when missing (a
    /// wrong one is refused when the database is opened).
    ///
    /// # Errors
    /// [`StoreError::Key`] when there is no usable key.
    pub fn find(
        url: &StoreUrl,
        environment: Option<&str>,
        fallback_file: Option<&Path>,
    ) -> Result<Self, StoreError> {
        if let Some(text) = environment {
            return Self::from_hex(text);
        }
        match url {
            StoreUrl::Sqlite(path) => {
                let mut file = path.clone().into_os_string();
                file.push(".key");
                let file = Path::new(&file);
                let has_data = path.metadata().is_ok_and(|data| data.len() > 0);
                if has_data { Self::load(file) } else { Self::load_or_create(file) }
            }
            StoreUrl::Postgres(_) => match fallback_file {
                Some(file) => Self::load_or_create(file),
                None => Err(refused("set PINGXIN_KEY to 64 hexadecimal digits (`openssl rand -hex 32`)")),
            },
        }
    }
}

#[cfg(unix)]
fn refuse_open_permissions(file: &File, path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().map_err(|error| refused(error.to_string()))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let shown = path.display();
    Err(refused(format!("{shown} can be read by others (mode {mode:o}); run `chmod 600 {shown}`")))
}

#[cfg(not(unix))]
fn refuse_open_permissions(_: &File, _: &Path) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_is_closed_to_others_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let url = StoreUrl::Sqlite(folder.path().join("a.db"));
        let made = MasterKey::find(&url, None, None).unwrap();
        let again = MasterKey::find(&url, None, None).unwrap();
        assert_eq!(made.bytes(), again.bytes());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = folder.path().join("a.db.key");
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
            let error = MasterKey::load(&file).unwrap_err().to_string();
            assert!(error.contains("chmod 600"), "{error}");
        }
    }

    #[test]
    fn an_old_database_without_its_key_gets_no_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        std::fs::write(&path, "data").unwrap();
        assert!(MasterKey::find(&StoreUrl::Sqlite(path), None, None).is_err());
        assert!(!folder.path().join("a.db.key").exists());
    }

    #[test]
    fn refuses_what_is_no_key_without_repeating_it() {
        for text in ["", "abc", &"g".repeat(64), &"é".repeat(32)] {
            let error = MasterKey::from_hex(text).unwrap_err().to_string();
            assert!(text.is_empty() || !error.contains(text), "{error}");
        }
        assert!(MasterKey::from_hex(&"0f".repeat(32)).is_ok());
    }
}
