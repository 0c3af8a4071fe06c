//! Opening a file: what its columns mean, and which of day and month comes first.

use pingxin_channels::files::columns::{self, DateEvidence, Mapping};
use pingxin_channels::files::{self, Frame, ParseRequest, Parsing};
use pingxin_domain::{Platform, Scope};

use super::profiles;
use super::request::{ImportRequest, ShopChoice};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::shops;

/// Rows that decide what a column means.
const SAMPLE_ROWS: usize = 500;
/// Rows that are looked through for the order of day and month while somebody waits; the import looks through all.
pub(super) const WHILE_WAITING: usize = 50_000;

/// A file that is being read, with what its columns mean.
pub(super) struct Opened {
    /// The rows, from the first on.
    pub(super) parsing: Parsing,
    /// What the columns mean.
    pub(super) mapping: Mapping,
}

/// Opens the file of a request. Dates that could be read either way are looked for an answer in up to `most_rows` rows of
/// the file, so that nobody is asked what the file itself says.
///
/// # Errors
/// When the file is refused, a profile or column that the request names is not there, or the database does not answer.
pub(super) async fn open(
    desk: &Desk,
    scope: &Scope,
    request: &ImportRequest,
    most_rows: usize,
) -> Result<Opened> {
    let mut parse = parse_request(request);
    let asked = match &request.map {
        Some(map) => columns::parse_overrides(map).map_err(files::FileError::Refused)?,
        None => Vec::new(),
    };
    let name = request.profile.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let mut saved = match name {
        Some(name) => profiles::named(desk, scope, name).await?,
        None => None,
    };
    if parse.encoding.is_none() {
        parse.encoding = saved.as_ref().and_then(|saved| saved.encoding.clone());
    }
    let mut parsing = files::open(desk.program(), &parse).await?;
    let sample = parsing.sample(SAMPLE_ROWS).await?;
    let header = parsing.header();
    if name.is_none() {
        saved = profiles::fitting(desk, scope, &header.columns).await?;
    }
    let built_in = if saved.is_some() { None } else { name };
    let overrides = profiles::overrides(saved.as_ref(), asked);
    let mut mapping =
        columns::guess(&header.columns, &sample, built_in, &overrides).map_err(files::FileError::Refused)?;
    if let Some(saved) = &saved {
        mapping.profile.clone_from(&saved.name);
    }
    mapping.assume_market(platform_of(desk, scope, &request.shop).await?);
    if mapping.ambiguous_columns().next().is_some() {
        let evidence = ask_the_file(desk, &parse, &mapping, most_rows).await?;
        evidence.settle(&mut mapping);
    }
    Ok(Opened { parsing, mapping })
}

fn parse_request(request: &ImportRequest) -> ParseRequest {
    let mut parse = ParseRequest::new(&request.path);
    parse.encoding.clone_from(&request.encoding);
    parse.media_folder.clone_from(&request.media_folder);
    parse
}

/// Reads the file once more for what its dates tell.
async fn ask_the_file(
    desk: &Desk,
    parse: &ParseRequest,
    mapping: &Mapping,
    most_rows: usize,
) -> Result<DateEvidence> {
    let mut evidence = DateEvidence::new(mapping);
    let mut parsing = files::open(desk.program(), parse).await?;
    let mut seen = 0;
    while seen < most_rows && evidence.is_open() {
        // A file that breaks off later still tells what its beginning tells; the import itself says that it breaks off.
        let Ok(Some(frame)) = parsing.next().await else { break };
        if let Frame::Rows(rows) = frame {
            rows.iter().for_each(|row| evidence.see(row));
            seen += rows.len();
        }
    }
    Ok(evidence)
}

async fn platform_of(desk: &Desk, scope: &Scope, choice: &ShopChoice) -> Result<Platform> {
    Ok(match choice {
        ShopChoice::Id(shop) => shops::find(desk, scope, *shop).await?.ok_or(DeskError::NotFound)?.platform,
        ShopChoice::Named { name, platform } => match shops::find_by_name(desk, scope, name).await? {
            Some(shop) => shop.platform,
            None => platform.unwrap_or(Platform::OwnShop),
        },
    })
}
