//! A zip whose bytes depend on its entries alone: no time, no attribute of any machine.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::WriteError;

/// Packs files, each with its path, in the order given. The same files make the same bytes.
///
/// # Errors
/// [`WriteError`] when two entries have one path, or an entry is beyond what a zip holds.
pub fn archive(entries: &[(&str, &[u8])]) -> Result<Vec<u8>, WriteError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // Every zip has a time; this is the earliest it can say.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let wrong = |error: zip::result::ZipError| WriteError::from(std::io::Error::other(error));
    for (path, bytes) in entries {
        writer.start_file(*path, options).map_err(wrong)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish().map_err(wrong)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_entries_make_the_same_bytes() {
        let entries = [("1-request.txt", "申诉".as_bytes()), ("files/01-聊天.png", &[0, 159, 146, 150])];
        let once = archive(&entries).unwrap();
        assert_eq!(once, archive(&entries).unwrap());
        assert_ne!(once, archive(&entries[..1]).unwrap());
        let mut read = zip::ZipArchive::new(Cursor::new(once)).unwrap();
        assert_eq!(read.by_index(1).unwrap().name().unwrap(), "files/01-聊天.png");
    }

    #[test]
    fn two_entries_of_one_path_are_refused() {
        assert!(archive(&[("a", b"1"), ("a", b"2")]).is_err());
    }
}
