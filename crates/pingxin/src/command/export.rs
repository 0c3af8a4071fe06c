//! `pingxin export`: takes reviews, orders, cases, buyers or products out as a file.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Subcommand};
use pingxin_channels::files::write::ExportFormat;
use pingxin_desk::export::{self, ExportKind};
use pingxin_desk::{Desk, shops, tenants};
use pingxin_domain::case::CaseState;
use pingxin_domain::list::{Changed, Match};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::{Object, Platform, Scope, ShopId};
use pingxin_language::{Cause, Language, SentimentLabel};
use pingxin_store::buyer::BuyerFilter;
use pingxin_store::case::{CaseFilter, Owner};
use pingxin_store::order::OrderFilter;
use pingxin_store::product::ProductFilter;
use pingxin_store::review::ReviewFilter;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Outcome;
use crate::api::moment::Moment;
use crate::output;
use crate::place::{Place, PlaceArguments};

/// What to take out.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Reviews, newest first
    Reviews(Box<Reviews>),
    /// Orders, one row a line of an order
    Orders(Box<Orders>),
    /// Cases, oldest first
    Cases(Box<Cases>),
    /// Buyers, newest first; contacts are masked
    Buyers(Box<Buyers>),
    /// Products, those with most reviews first
    Products(Box<Products>),
}

#[derive(Debug, Args)]
struct Shared {
    /// jsonl, csv or xlsx
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: ExportFormat,
    /// File to write. Default: standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only of this shop; may be given again
    #[arg(long = "shop", value_name = "NAME")]
    shops: Vec<String>,
    /// Only these columns, in this order. Default: all
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
}

#[derive(Debug, Args)]
struct Reviews {
    #[command(flatten)]
    shared: Shared,
    /// Only of this platform; may be given again
    #[arg(long, value_name = "P")]
    platform: Vec<Platform>,
    /// seller_feedback, product_review, review or followup; may be given again
    #[arg(long, value_name = "OBJECT", value_parser = code::<Object>)]
    object: Vec<Object>,
    /// Stars, 1 to 5; may be given again
    #[arg(long, value_name = "STARS", value_parser = rating)]
    rating: Vec<Rating>,
    /// good, neutral or bad; may be given again
    #[arg(long, value_parser = code::<Verdict>)]
    verdict: Vec<Verdict>,
    /// negative, neutral, positive or mixed; may be given again
    #[arg(long, value_parser = code::<SentimentLabel>)]
    sentiment: Vec<SentimentLabel>,
    /// What they complain of, such as quality; may be given again
    #[arg(long, value_parser = code::<Cause>)]
    cause: Vec<Cause>,
    /// Every cause named, not any of them
    #[arg(long)]
    all_causes: bool,
    /// zh, en and so on, or und; may be given again
    #[arg(long, value_parser = code::<Language>)]
    language: Vec<Language>,
    /// With words, or without
    #[arg(long, value_name = "true|false")]
    has_text: Option<bool>,
    /// With photos or videos, or without
    #[arg(long, value_name = "true|false")]
    has_photo: Option<bool>,
    /// revised by the buyer, or deleted from the platform; may be given again
    #[arg(long, value_parser = code::<Changed>)]
    changed: Vec<Changed>,
    /// At least this severe, 0 to 100
    #[arg(long, value_name = "N")]
    severity_min: Option<u8>,
    /// With a case, or without
    #[arg(long, value_name = "true|false")]
    has_case: Option<bool>,
    /// Of this order
    #[arg(long, value_name = "NUMBER")]
    order: Option<String>,
    /// With these words
    #[arg(long = "query", short, value_name = "WORDS")]
    query: Option<String>,
    #[command(flatten)]
    period: Period,
}

#[derive(Debug, Args)]
struct Orders {
    #[command(flatten)]
    shared: Shared,
    #[command(flatten)]
    period: Period,
}

#[derive(Debug, Args)]
struct Period {
    /// At or after this date (00:00 UTC) or instant
    #[arg(long, value_name = "DATE")]
    from: Option<Moment>,
    /// Before this date (00:00 UTC) or instant
    #[arg(long, value_name = "DATE")]
    to: Option<Moment>,
}

#[derive(Debug, Args)]
struct Cases {
    #[command(flatten)]
    shared: Shared,
    /// open, in_progress, waiting, solved or closed; may be given again
    #[arg(long, value_parser = code::<CaseState>)]
    state: Vec<CaseState>,
    /// What the review complains of, such as quality; may be given again
    #[arg(long, value_parser = code::<Cause>)]
    cause: Vec<Cause>,
    /// Only those nobody has
    #[arg(long)]
    unowned: bool,
    /// At least this severe, 0 to 100
    #[arg(long, value_name = "N")]
    severity_min: Option<u8>,
    /// With these words in the review
    #[arg(long = "query", short, value_name = "WORDS")]
    query: Option<String>,
}

#[derive(Debug, Args)]
struct Buyers {
    #[command(flatten)]
    shared: Shared,
    /// With a case, or without
    #[arg(long, value_name = "true|false")]
    has_case: Option<bool>,
    /// With so many bad reviews at least
    #[arg(long, value_name = "N")]
    bad_min: Option<u32>,
}

#[derive(Debug, Args)]
struct Products {
    #[command(flatten)]
    shared: Shared,
    /// What their reviews complain of, such as quality; may be given again
    #[arg(long, value_parser = code::<Cause>)]
    cause: Vec<Cause>,
    /// With so many bad reviews at least
    #[arg(long, value_name = "N")]
    bad_min: Option<u32>,
    /// With these words in the title
    #[arg(long = "query", short, value_name = "WORDS")]
    query: Option<String>,
}

fn format(code: &str) -> Result<ExportFormat, String> {
    code.parse().map_err(|_| "choose jsonl, csv or xlsx".to_owned())
}

fn code<T: DeserializeOwned>(code: &str) -> Result<T, String> {
    serde_json::from_value(Value::String(code.to_owned())).map_err(|refused| refused.to_string())
}

fn rating(text: &str) -> Result<Rating, String> {
    Rating::parse(text).map_err(|refused| refused.to_string())
}

impl Kind {
    fn shared(&self) -> &Shared {
        match self {
            Self::Reviews(asked) => &asked.shared,
            Self::Orders(asked) => &asked.shared,
            Self::Cases(asked) => &asked.shared,
            Self::Buyers(asked) => &asked.shared,
            Self::Products(asked) => &asked.shared,
        }
    }

    fn filter(self, shops: Vec<ShopId>) -> ExportKind {
        match self {
            Self::Reviews(asked) => ExportKind::Reviews(ReviewFilter {
                shops,
                platforms: asked.platform,
                objects: asked.object,
                ratings: asked.rating,
                verdicts: asked.verdict,
                sentiments: asked.sentiment,
                causes: asked.cause,
                severity_min: asked.severity_min,
                has_case: asked.has_case,
                order_number: asked.order,
                query: asked.query,
                from: asked.period.from.map(Moment::instant),
                to: asked.period.to.map(Moment::instant),
                languages: asked.language,
                has_text: asked.has_text,
                has_photo: asked.has_photo,
                changed: asked.changed,
                cause_match: asked.all_causes.then_some(Match::All),
                ..ReviewFilter::default()
            }),
            Self::Orders(asked) => ExportKind::Orders(OrderFilter {
                shops,
                from: asked.period.from.map(Moment::instant),
                to: asked.period.to.map(Moment::instant),
                ..OrderFilter::default()
            }),
            Self::Buyers(asked) => ExportKind::Buyers(BuyerFilter {
                shops,
                has_case: asked.has_case,
                bad_min: asked.bad_min,
                ..BuyerFilter::default()
            }),
            Self::Products(asked) => ExportKind::Products(ProductFilter {
                shops,
                causes: asked.cause,
                bad_min: asked.bad_min,
                query: asked.query,
                ..ProductFilter::default()
            }),
            Self::Cases(asked) => ExportKind::Cases(CaseFilter {
                states: asked.state,
                shops,
                causes: asked.cause,
                handlers: asked.unowned.then_some(Owner::None).into_iter().collect(),
                severity_min: asked.severity_min,
                query: asked.query,
                ..CaseFilter::default()
            }),
        }
    }
}

/// Writes the file.
///
/// # Errors
/// When a shop is unknown, the database cannot be opened, or the file cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    super::block_on(async {
        let place = Place::find(&arguments.place)?;
        let desk = place.open_existing().await?;
        let scope = tenants::for_command_line(&desk).await?;
        let shops = ids(&desk, &scope, &arguments.kind.shared().shops).await?;
        let format = arguments.kind.shared().format;
        let out = arguments.kind.shared().out.clone();
        let columns = arguments.kind.shared().columns.clone();
        let columns: &[&str] = &columns.iter().map(String::as_str).collect::<Vec<_>>();
        let kind = arguments.kind.filter(shops);
        let rows = match out {
            Some(path) => export::write_columns(&desk, &scope, &kind, columns, format, &path)
                .await
                .with_context(|| format!("writing {}", path.display()))?,
            None => to_standard_output(&desk, &scope, &kind, columns, format).await?,
        };
        desk.store.close().await;
        output::note(&format!("{rows} rows"));
        Ok(Outcome::Done)
    })
}

/// By way of a file: a workbook is complete only at its end.
async fn to_standard_output(
    desk: &Desk,
    scope: &Scope,
    kind: &ExportKind,
    columns: &[&str],
    format: ExportFormat,
) -> anyhow::Result<u64> {
    let file = tempfile::NamedTempFile::new_in(desk.uploads()?).context("a temporary file")?;
    let rows = export::write_columns(desk, scope, kind, columns, format, file.path()).await?;
    let mut written = File::open(file.path()).context("a temporary file")?;
    io::copy(&mut written, &mut io::stdout().lock()).context("standard output")?;
    Ok(rows)
}

async fn ids(desk: &Desk, scope: &Scope, names: &[String]) -> anyhow::Result<Vec<ShopId>> {
    let mut ids = Vec::new();
    for name in names {
        let shop = shops::find_by_name(desk, scope, name).await?;
        ids.push(shop.with_context(|| format!("there is no shop called `{name}`"))?.id);
    }
    Ok(ids)
}
