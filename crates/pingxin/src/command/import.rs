//! `pingxin import`: brings in files of reviews and orders, here and now.

mod progress;
mod watch;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use pingxin_channels::files::columns::{parse_overrides, profile_names};
use pingxin_channels::files::{FileError, Refusal, table_in};
use pingxin_desk::import::{self, BatchState, ImportRequest, ImportView, ShopChoice};
use pingxin_desk::{Desk, DeskError, shops, tenants};
use pingxin_domain::intake::{Field, RowFailure};
use pingxin_domain::shop::UnknownPlatform;
use pingxin_domain::{BatchId, Platform, Scope};
use pingxin_store::media::{MediaCounts, MediaRefusal};
use serde::Serialize;

use self::progress::Progress;
use self::watch::Watch;
use super::Outcome;
use crate::api::word;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// Failed rows a summary lists at most; `failed` counts them all.
const MOST_FAILURES: usize = 10_000;
/// Name of the shop that is made when there is none and none is named.
const FIRST_SHOP: &str = "我的店铺";

/// Which files, and what is known of them.
#[derive(Debug, Args)]
#[command(after_help = fields())]
pub struct Arguments {
    /// CSV, TSV, text, JSON, JSON Lines or XLSX; a zip archive or a folder of one such table and its photos and videos
    #[arg(required_unless_present_any = ["watch", "undo"], value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Take in every file that is put into this folder, until stopped; what was read goes to DIR/done or DIR/failed
    #[arg(long, value_name = "DIR", conflicts_with_all = ["files", "dry_run"])]
    watch: Option<PathBuf>,
    /// Take an import back by its id (`batch` of --json): what only it brought goes, what it changed stands again as before
    #[arg(long, value_name = "ID", conflicts_with_all = ["files", "watch", "dry_run"])]
    undo: Option<BatchId>,
    #[command(flatten)]
    place: PlaceArguments,
    /// The shop the rows belong to, made when missing. Default: the only shop there is
    #[arg(long, value_name = "NAME")]
    shop: Option<String>,
    /// Its platform, when it has to be made: amazon-us, taobao, tmall, ebay, aliexpress, jd, shopify, own-shop
    #[arg(long, value_name = "P", value_parser = platform)]
    platform: Option<Platform>,
    /// How to read the columns: a built-in or saved profile (`pingxin import --help` lists the built-in ones). Default:
    /// recognised by the headers
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Columns by hand, such as text=评价内容,rating=星级; `rating=` leaves a field out; may be given again
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Vec<String>,
    /// Encoding, such as gb18030. Default: detected
    #[arg(long, value_name = "E")]
    encoding: Option<String>,
    /// A folder with the photos and videos that the rows name
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// Say what would happen and keep nothing
    #[arg(long)]
    dry_run: bool,
    /// Write one JSON object a file
    #[arg(long)]
    json: bool,
}

impl Arguments {
    /// Every `--map` as one list.
    fn overrides(&self) -> Option<String> {
        (!self.map.is_empty()).then(|| self.map.join(","))
    }
}

/// A platform the desk has rules for.
fn platform(text: &str) -> Result<Platform, String> {
    let platform: Platform = text.parse().map_err(|unknown: UnknownPlatform| unknown.to_string())?;
    if word::Platform::CODES.contains(&platform.code().as_str()) {
        return Ok(platform);
    }
    Err(format!("there are no rules for {platform} yet; choose one of {}", word::Platform::CODES.join(", ")))
}

fn fields() -> String {
    let codes: Vec<&str> = Field::ALL.iter().map(|field| field.code()).collect();
    format!("Fields of --map: {}\n\nBuilt-in profiles: {}", codes.join(", "), profile_names().join(", "))
}

/// What became of one file.
#[derive(Debug, Serialize)]
struct Summary {
    file: String,
    profile: Option<String>,
    encoding: Option<String>,
    kind: Option<&'static str>,
    rows: u64,
    new: u64,
    updated: u64,
    unchanged: u64,
    duplicate: u64,
    failed: u64,
    failures: Vec<Failure>,
    /// Where photos or videos came along.
    #[serde(flatten)]
    media: Option<Media>,
    batch: Option<String>,
    /// Why the file was not read, or not to its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Refused>,
}

#[derive(Debug, Serialize)]
struct Failure {
    line: u64,
    column: Option<String>,
    value: Option<String>,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Media {
    media_files: u64,
    media_refused: u64,
    /// The first hundred.
    media_refusals: Vec<RefusedFile>,
}

#[derive(Debug, Serialize)]
struct RefusedFile {
    name: String,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Refused {
    code: String,
    message: String,
}

/// Imports the files one after the other: [`Outcome::Partly`] when a row failed, [`Outcome::Nothing`] when no file
/// could be read.
///
/// # Errors
/// When the database cannot be opened or stops answering.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    if let Some(map) = arguments.overrides()
        && let Err(refusal) = parse_overrides(&map)
    {
        bail!("--map: {}", refusal.say.pick(output::speaks_chinese()));
    }
    super::block_on(async {
        let desk = Place::find(&arguments.place)?.open().await?;
        let scope = tenants::for_command_line(&desk).await?;
        import::give_up_abandoned(&desk).await?;
        if let Some(id) = arguments.undo {
            return undo(&desk, &scope, id, arguments.json).await;
        }
        let shop = shop(&desk, &scope, &arguments).await?;
        if let Some(folder) = &arguments.watch {
            return watch(&desk, &scope, &arguments, folder, &shop).await;
        }
        let mut summaries = Vec::new();
        for file in &arguments.files {
            let summary = import_file(&desk, &scope, &arguments, file, shop.clone()).await?;
            tell(&summary, arguments.json)?;
            summaries.push(summary);
        }
        desk.store.close().await;
        Ok(outcome(&summaries))
    })
}

async fn shop(desk: &Desk, scope: &Scope, arguments: &Arguments) -> anyhow::Result<ShopChoice> {
    let platform = arguments.platform;
    if let Some(name) = &arguments.shop {
        return Ok(ShopChoice::Named { name: name.clone(), platform });
    }
    let mut shops = shops::list(desk, scope).await?;
    match shops.len() {
        0 => Ok(ShopChoice::Named { name: FIRST_SHOP.to_owned(), platform }),
        1 => Ok(ShopChoice::Id(shops.remove(0).shop.id)),
        _ => {
            let names: Vec<String> = shops.into_iter().map(|counted| counted.shop.name).collect();
            bail!("there are several shops; name one with --shop: {}", names.join(", "))
        }
    }
}

async fn import_file(
    desk: &Desk,
    scope: &Scope,
    arguments: &Arguments,
    file: &Path,
    shop: ShopChoice,
) -> anyhow::Result<Summary> {
    let (file, folder) = match table_of(file) {
        Ok((table, folder)) => (table, folder.or_else(|| arguments.media.clone())),
        Err(refusal) => return Ok(Summary::refused(file, &FileError::Refused(refusal).into())),
    };
    let file = file.as_path();
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    let request = ImportRequest {
        path: file.to_path_buf(),
        media_folder: folder,
        file_name: name,
        shop,
        profile: arguments.profile.clone(),
        encoding: arguments.encoding.clone(),
        map: arguments.overrides(),
        dry_run: arguments.dry_run,
    };
    let mut progress = Progress::of(&request.file_name);
    let done = import::run_now(desk, scope, request, |so_far| {
        progress.tell(so_far);
        true
    })
    .await;
    progress.end();
    match done {
        Ok(view) => {
            let failures = failures(desk, scope, &view).await?;
            Ok(Summary::of(file, view, failures))
        }
        // Without a database nothing else can be done either.
        Err(error @ DeskError::Store(_)) => Err(error.into()),
        Err(error) => Ok(Summary::refused(file, &error)),
    }
}

/// Takes in what is put into a folder, until the program is asked to stop.
async fn watch(
    desk: &Desk,
    scope: &Scope,
    arguments: &Arguments,
    folder: &Path,
    shop: &ShopChoice,
) -> anyhow::Result<Outcome> {
    let mut watch = Watch::new(folder)?;
    output::note(&format!("watching {}; stop with Ctrl+C", folder.display()));
    loop {
        for file in watch.ready()? {
            let summary = import_file(desk, scope, arguments, &file, shop.clone()).await?;
            tell(&summary, arguments.json)?;
            let well = summary.error.is_none() && summary.failed == 0;
            let written = serde_json::to_string(&summary).context("the summary as JSON")?;
            watch.put_away(&file, well, &written)?;
        }
        tokio::select! {
            () = tokio::time::sleep(watch::PAUSE) => {}
            stopped = tokio::signal::ctrl_c() => {
                stopped.context("waiting for Ctrl+C")?;
                desk.store.close().await;
                return Ok(Outcome::Done);
            }
        }
    }
}

/// What taking an import back did.
#[derive(Debug, Serialize)]
struct UndoSummary {
    batch: String,
    removed: u64,
    restored: u64,
    kept: u64,
}

/// Takes an import back, here and now: [`Outcome::Partly`] when some of it stays.
async fn undo(desk: &Desk, scope: &Scope, id: BatchId, json: bool) -> anyhow::Result<Outcome> {
    let said = |error: DeskError| match error {
        DeskError::Refused(say) => anyhow::anyhow!(say.pick(output::speaks_chinese()).to_owned()),
        other => other.into(),
    };
    let preview = import::preview_undo(desk, scope, id).await.map_err(said)?;
    import::begin_undo(desk, scope, id).await.map_err(said)?;
    import::run_undo(desk, scope, id, || true).await?;
    let undone = import::get(desk, scope, id).await?.batch.undone.unwrap_or_default();
    for kept in &preview.kept {
        output::note(&format!("stays: {} `{}`", kept.what, kept.label));
    }
    let summary = UndoSummary {
        batch: id.to_string(),
        removed: undone.removed,
        restored: undone.restored,
        kept: undone.kept,
    };
    if json {
        output::json(&summary)?;
    } else {
        let UndoSummary { batch, removed, restored, kept } = &summary;
        output::line(&format!("{batch}: {removed} removed, {restored} restored, {kept} kept"))?;
    }
    desk.store.close().await;
    Ok(if summary.kept > 0 { Outcome::Partly } else { Outcome::Done })
}

/// The table to read and the folder whose photos go with it: a folder stands for the one table in it.
fn table_of(path: &Path) -> Result<(PathBuf, Option<PathBuf>), Refusal> {
    if path.is_dir() {
        return Ok((table_in(path)?, Some(path.to_path_buf())));
    }
    Ok((path.to_path_buf(), None))
}

async fn failures(desk: &Desk, scope: &Scope, view: &ImportView) -> anyhow::Result<Vec<RowFailure>> {
    let mut failures = Vec::new();
    let mut cursor = None;
    loop {
        let page = import::failures(desk, scope, view.batch.id, cursor.as_deref(), 200).await?;
        failures.extend(page.rows);
        cursor = page.next;
        if cursor.is_none() || failures.len() >= MOST_FAILURES {
            return Ok(failures);
        }
    }
}

impl Summary {
    fn of(file: &Path, view: ImportView, failures: Vec<RowFailure>) -> Self {
        let chinese = output::speaks_chinese();
        let ImportView { batch, error } = view;
        let counts = batch.counts;
        Self {
            file: file.display().to_string(),
            profile: batch.profile,
            encoding: batch.encoding,
            kind: batch.kind.map(|kind| kind.code()),
            rows: counts.rows,
            new: counts.new,
            updated: counts.updated,
            unchanged: counts.unchanged,
            duplicate: counts.duplicate,
            failed: counts.failed,
            failures: failures.into_iter().map(|failure| Failure::new(failure, chinese)).collect(),
            media: (batch.media.files + batch.media.refused > 0).then(|| Media::of(batch.media, chinese)),
            batch: Some(batch.id.to_string()),
            error: match (error, batch.state) {
                (Some(error), _) => {
                    Some(Refused { code: error.code, message: error.say.pick(chinese).to_owned() })
                }
                (None, BatchState::Done) => None,
                (None, state) => Some(Refused {
                    code: state.code().to_owned(),
                    message: "the import did not come to its end; run it again".to_owned(),
                }),
            },
        }
    }

    /// Whether something of it was not taken.
    fn is_partial(&self) -> bool {
        self.failed > 0
            || self.media.as_ref().is_some_and(|media| media.media_refused > 0)
            || self.error.is_some()
    }

    fn refused(file: &Path, error: &DeskError) -> Self {
        let message = match error {
            // Here the person sits at the machine: what the system says helps him.
            DeskError::Io { doing, source } => format!("{doing}: {source}"),
            other => other.say().pick(output::speaks_chinese()).to_owned(),
        };
        Self {
            file: file.display().to_string(),
            profile: None,
            encoding: None,
            kind: None,
            rows: 0,
            new: 0,
            updated: 0,
            unchanged: 0,
            duplicate: 0,
            failed: 0,
            failures: Vec::new(),
            media: None,
            batch: None,
            error: Some(Refused { code: "unreadable".to_owned(), message }),
        }
    }
}

impl Media {
    fn of(counts: MediaCounts, chinese: bool) -> Self {
        let told = |file: MediaRefusal| RefusedFile {
            name: file.name,
            reason: file.reason.pick(chinese).to_owned(),
        };
        Self {
            media_files: counts.files,
            media_refused: counts.refused,
            media_refusals: counts.refusals.into_iter().map(told).collect(),
        }
    }
}

impl Failure {
    fn new(failure: RowFailure, chinese: bool) -> Self {
        Self {
            line: failure.line,
            column: failure.column,
            value: failure.value,
            reason: failure.reason.pick(chinese).to_owned(),
        }
    }
}

fn outcome(summaries: &[Summary]) -> Outcome {
    let unread = |summary: &Summary| summary.error.is_some() && summary.rows == 0;
    if summaries.iter().all(unread) {
        Outcome::Nothing
    } else if summaries.iter().any(Summary::is_partial) {
        Outcome::Partly
    } else {
        Outcome::Done
    }
}

fn tell(summary: &Summary, json: bool) -> anyhow::Result<()> {
    if json {
        return output::json(summary);
    }
    let Summary { file, rows, new, updated, unchanged, duplicate, failed, .. } = summary;
    if let Some(error) = &summary.error {
        output::note(&format!("{file}: {}", error.message));
        if *rows == 0 {
            return Ok(());
        }
    }
    for failure in &summary.failures {
        let column = failure.column.as_deref().map(|column| format!(", {column}")).unwrap_or_default();
        let value = failure.value.as_deref().map(|value| format!(" `{value}`")).unwrap_or_default();
        output::note(&format!("{file}: line {}{column}{value}: {}", failure.line, failure.reason));
    }
    if let Some(Media { media_files, media_refused, media_refusals }) = &summary.media {
        for refused in media_refusals {
            output::note(&format!("{file}: {}: {}", refused.name, refused.reason));
        }
        output::note(&format!("{file}: {media_files} photos and videos taken, {media_refused} refused"));
    }
    output::line(&format!(
        "{file}: {rows} rows: {new} new, {updated} updated, {unchanged} unchanged, {duplicate} duplicate, {failed} failed"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(rows: u64, failed: u64, error: bool) -> Summary {
        let missing = DeskError::NotFound;
        let mut summary = Summary::refused(Path::new("a.csv"), &missing);
        summary.rows = rows;
        summary.failed = failed;
        if !error {
            summary.error = None;
        }
        summary
    }

    #[test]
    fn the_exit_status_tells_all_some_and_nothing_apart() {
        assert_eq!(outcome(&[summary(3, 0, false), summary(0, 0, false)]), Outcome::Done);
        assert_eq!(outcome(&[summary(3, 1, false)]), Outcome::Partly);
        assert_eq!(outcome(&[summary(3, 3, false)]), Outcome::Partly);
        assert_eq!(outcome(&[summary(3, 0, false), summary(0, 0, true)]), Outcome::Partly);
        assert_eq!(outcome(&[summary(3, 0, true)]), Outcome::Partly);
        assert_eq!(outcome(&[summary(0, 0, true), summary(0, 0, true)]), Outcome::Nothing);
    }
}
