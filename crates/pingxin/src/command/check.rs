//! `pingxin check` (发送前检查): reads outgoing texts as JSON Lines, writes which rules each breaks, in the same order.

pub(super) mod input;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use pingxin_desk::guard::rules;
use pingxin_desk::rules::read_folder;
use pingxin_desk::{shops, tenants};
use pingxin_domain::Platform;
use pingxin_domain::guard::{Draft, Guard, Severities};
use pingxin_domain::pack::Packs;
use pingxin_store::guard_rule::OwnRule;

use super::Outcome;
use super::lines::{self, Refused};
use crate::output;
use crate::place::PlaceArguments;
use input::Line;

/// Reads outgoing texts as JSON Lines and writes which rules each breaks.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    source: lines::Source,
    #[command(flatten)]
    as_of: lines::AsOf,
    /// Folder with packs that stand in place of the embedded ones from their date on
    #[arg(long, value_name = "FOLDER", env = "PINGXIN_PACKS")]
    packs: Option<PathBuf>,
    /// Check by the rules that this shop of the database has made stricter
    #[arg(long, value_name = "NAME")]
    shop: Option<String>,
    #[command(flatten)]
    place: PlaceArguments,
}

/// What it takes to answer texts.
struct Checking {
    guard: &'static Guard,
    packs: Packs,
    own: Vec<OwnRule>,
    on: Date,
    /// The rules in force by platform and market, worked out once each.
    known: Mutex<HashMap<Place, Arc<Severities>>>,
}

/// For whom rules are in force.
type Place = (Option<Platform>, Option<String>);

impl Checking {
    fn severities(&self, draft: &Draft<'_>) -> Arc<Severities> {
        let place = (draft.platform, draft.market.map(str::to_owned));
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let severities = known.entry(place).or_insert_with(|| {
            let mut severities = Severities::by(&self.packs.rules(draft.platform, draft.market, self.on));
            rules::tighten(&mut severities, &self.own);
            Arc::new(severities)
        });
        Arc::clone(severities)
    }
}

impl lines::Work for Checking {
    const NOUN: &'static str = "text";

    fn answer(&self, line: &[u8], answers: &mut Vec<u8>) -> Result<(), Refused> {
        let line: Line<'_> = lines::read(line, Self::NOUN)?;
        let draft = line.draft().map_err(Refused::field)?;
        lines::write(answers, line.id(), &self.guard.check_by(&draft, &self.severities(&draft)))
    }
}

/// Runs the command: [`Outcome::Partly`] when a line could not be read, an error object then stands in its place.
///
/// # Errors
/// When a file cannot be opened or read, the database holds no such shop, or the answers cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let files = arguments.packs.as_deref().map(read_folder).transpose()?.unwrap_or_default();
    let (packs, refused) = Packs::embedded().with(&files);
    for error in &refused {
        output::note(&format!("refused: {error}"));
    }
    let own = match &arguments.shop {
        Some(name) => own_rules(&arguments.place, name)?,
        None => Vec::new(),
    };
    let on = arguments.as_of.or(None).to_zoned(TimeZone::UTC).date();
    let known = Mutex::new(HashMap::new());
    arguments.source.run(&Checking { guard: Guard::shared(), packs, own, on, known })
}

/// What a shop of the database has made stricter.
fn own_rules(place: &PlaceArguments, name: &str) -> anyhow::Result<Vec<OwnRule>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let desk = crate::place::Place::find(place)?.open_existing().await?;
        let scope = tenants::for_command_line(&desk).await?;
        let shop = shops::find_by_name(&desk, &scope, name).await?;
        let shop = shop.with_context(|| format!("the database holds no shop called {name}"))?;
        let views = rules::list(&desk, &scope, Some(shop.id), None).await?;
        Ok(views.into_iter().filter_map(|view| view.own).collect())
    })
}
