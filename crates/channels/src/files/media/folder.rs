//! A folder with photos and videos beside the table, as the command line takes it. Only the plain files directly
//! in it are looked at; links are not followed.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::kind;
use super::{Found, HEAD, Intake, is_litter, reason, the_table, too_many};
use crate::files::parse::cannot_read;
use crate::files::refusal::Refusal;
use crate::files::request::{Limits, ParseRequest};
use crate::files::sink::{Emitter, Stop};

/// A folder as it was listed.
struct Listing {
    paths: Vec<PathBuf>,
    files: Vec<Found>,
    links: Vec<String>,
}

/// The only table in a folder.
///
/// # Errors
/// When there is none, or more than one, or the folder cannot be read.
pub fn table_in(folder: &Path) -> Result<PathBuf, Refusal> {
    let mut listing = list(folder, None, &Limits::default())?;
    let table = the_table(&listing.files)?;
    let place = listing.files[table].place;
    Ok(listing.paths.swap_remove(place))
}

/// Sends the photos and videos of a folder.
///
/// # Errors
/// When the folder cannot be read, or the pipe's error.
pub(in crate::files) fn read_folder(
    folder: &Path,
    request: &ParseRequest,
    out: &mut Emitter<'_>,
) -> Result<(), Stop> {
    let listing = list(folder, Some(&request.path), &request.limits)?;
    let mut intake = Intake::new(&request.limits, &listing.files);
    for name in &listing.links {
        out.media_refused(name, &reason::link())?;
    }
    for found in &listing.files {
        match File::open(&listing.paths[found.place]) {
            Ok(file) => intake.take(found, None, file, out)?,
            Err(_) => out.media_refused(&found.name, &reason::damaged())?,
        }
    }
    Ok(())
}

fn list(folder: &Path, table: Option<&Path>, limits: &Limits) -> Result<Listing, Refusal> {
    let table = table.and_then(|path| path.canonicalize().ok());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot_read)? {
        let entry = entry.map_err(cannot_read)?;
        let kind = entry.file_type().map_err(cannot_read)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let itself = table.is_some() && entry.path().canonicalize().ok() == table;
        if is_litter(&name) || itself || !(kind.is_file() || kind.is_symlink()) {
            continue;
        }
        if names.len() >= limits.media_entries {
            return Err(too_many(limits.media_entries));
        }
        names.push((name, entry.path(), kind.is_symlink()));
    }
    // The order in which a folder lists its files says nothing.
    names.sort();
    let mut listing = Listing { paths: Vec::new(), files: Vec::new(), links: Vec::new() };
    for (name, path, is_link) in names {
        if is_link {
            listing.links.push(name);
            continue;
        }
        let mut head = Vec::new();
        File::open(&path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).map_err(cannot_read)?;
        let content = kind::content(&name, &head);
        listing.files.push(Found { place: listing.paths.len(), name, content });
        listing.paths.push(path);
    }
    Ok(listing)
}
