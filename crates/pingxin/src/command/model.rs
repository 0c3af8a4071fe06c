//! `pingxin model`: train the text models from labelled reviews, measure them, write their card.

mod card;
mod corpus;
mod corrections;
mod evaluate;
mod guard;
mod labels;
mod merchants;
mod recipes;
mod versions;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use pingxin_desk::guard::{alarms, retrained};
use pingxin_desk::tenants;
use pingxin_domain::guard::GuardModels;
use pingxin_domain::triage::TriageEngine;
use pingxin_language::training;
use pingxin_store::guard_alarm::Alarm;

use super::Outcome;
use crate::place::{Place, PlaceArguments};
pub use versions::Versions;

/// Train, measure and describe the text models.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Train every model again, or new versions from a shop's corrections. The same data gives the same bytes.
    Train {
        /// Folder with one folder a labelled set, each with train.jsonl.gz.
        #[arg(long, required_unless_present = "from_corrections")]
        data: Option<PathBuf>,
        /// Learn from corrections instead: without FILE those of the desk's database, each merchant from his own; else one
        /// text a line as JSON, with `cause`, `sentiment` or `fault` as corrected. A tenth is kept back; a version is used
        /// from then on only when it does better there than the one before
        #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["data", "only"])]
        from_corrections: Option<Option<PathBuf>>,
        /// The desk's database: a file, or postgres://user@host/name, as for `pingxin serve`
        #[arg(long, value_name = "PATH|URL", env = "PINGXIN_DB", hide_env_values = true)]
        db: Option<String>,
        /// Train for this merchant alone, by name or id; several times for several, all by default
        #[arg(long, value_name = "NAME", requires = "from_corrections")]
        merchant: Vec<String>,
        /// Folder of the shop's own versions, for what is learnt from corrections.
        #[arg(long, default_value = "shop-models")]
        models: PathBuf,
        /// Where to write the model files.
        #[arg(long, default_value = "models")]
        out: PathBuf,
        /// Folder with our own labels of texts in those sets
        #[arg(long, default_value = "models/labels")]
        labels: PathBuf,
        /// Train this model only (such as zh-sentiment); all by default.
        #[arg(long)]
        only: Option<String>,
        /// Train the learnt layer of the guard instead, from DATA/guard, DATA/chats and our own texts.
        #[arg(long)]
        guard: bool,
        /// With --guard: learn too from the texts of this database that people marked as false alarms, and check its
        /// texts with the result from now on; what the shipped guard blocks stays blocked
        #[arg(long, requires = "guard", value_name = "PATH|URL")]
        alarms_of: Option<String>,
    },
    /// Say which versions of the models there are, and which are in use.
    List {
        /// Folder of the shop's own versions.
        #[arg(long, default_value = "shop-models")]
        models: PathBuf,
    },
    /// Use a version from now on, such as zh-cause-2, or zh-cause-1 to go back to the shipped one.
    Use {
        /// The version.
        name: String,
        /// Folder of the shop's own versions.
        #[arg(long, default_value = "shop-models")]
        models: PathBuf,
    },
    /// Measure the models of this program on labelled sets.
    Eval {
        /// Folder with one folder a labelled set.
        #[arg(long)]
        data: PathBuf,
        /// Which part of each set: dev or train.
        #[arg(long, default_value = "dev")]
        part: String,
        /// Measure the training parts instead, in so many folds, each read by models that learnt from the others; takes
        /// minutes.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=20), conflicts_with_all = ["part", "guard"])]
        folds: Option<u8>,
        /// Measure the guard instead, its learnt layer by k-fold.
        #[arg(long)]
        guard: bool,
        /// Folder with our own labelled texts.
        #[arg(long, default_value = "models/labels")]
        labels: PathBuf,
    },
    /// Write the model card: what the models are, what they learnt from, how well they do.
    Card {
        /// Folder with one folder a labelled set, for the figures.
        #[arg(long)]
        data: PathBuf,
        /// The file to write; standard output when absent.
        #[arg(long)]
        out: Option<PathBuf>,
        /// How many folds of the training parts to measure beside the dev parts.
        #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u8).range(2..=20))]
        folds: u8,
        /// Folder with our own labelled texts.
        #[arg(long, default_value = "models/labels")]
        labels: PathBuf,
    },
}

/// Runs the command.
///
/// # Errors
/// When a set cannot be read, has nothing to learn from, or a file cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    match arguments.action {
        Action::Train { from_corrections: Some(None), db, merchant, .. } => {
            return super::block_on(merchants::learn(db, &merchant));
        }
        Action::Train { from_corrections: Some(Some(file)), models, .. } => {
            corrections::learn(&file, &Versions::of(&models), &mut std::io::stdout())?;
        }
        Action::List { models } => {
            for version in Versions::of(&models).list()? {
                let mark = if version.in_use { "*" } else { " " };
                let origin = if version.shipped { "shipped" } else { "own" };
                writeln!(
                    std::io::stdout(),
                    "{mark} {:<18} {origin:<8} {:>7} grams {:>8} bytes",
                    version.name,
                    version.vocabulary,
                    version.bytes
                )?;
            }
        }
        Action::Use { name, models } => {
            Versions::of(&models).switch(&name)?;
            writeln!(std::io::stdout(), "{name} is in use from now on")?;
        }
        Action::Train { data, out, labels, guard: true, alarms_of, .. } => {
            let data = data.context("--data names the folder that holds the labelled sets")?;
            let mut own = guard::own(&labels)?;
            own.extend(guard::turns(&data)?);
            own.extend(guard::suggestions());
            let mut shop = None;
            if let Some(database) = alarms_of {
                let marked = marked_in(database.clone())?;
                shop = Some((database, u32::try_from(marked.len()).unwrap_or(u32::MAX)));
                writeln!(std::io::stdout(), "{} texts marked as false alarms", marked.len())?;
                own.extend(guard::alarms(&marked));
            }
            let cases = guard::cases(&data)?;
            let models = guard::learn(cases.iter().chain(&own))?;
            if let Some((database, taught)) = shop {
                let version = use_in(database, &models, taught)?;
                writeln!(std::io::stdout(), "guard-{version} is in use in this database from now on")?;
            }
            std::fs::create_dir_all(&out)
                .with_context(|| format!("cannot make the folder {}", out.display()))?;
            for (name, model) in [("guard-whether", &models.whether), ("guard-which", &models.which)] {
                let (path, bytes) = (out.join(format!("{name}.model")), model.to_bytes());
                std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
                writeln!(
                    std::io::stdout(),
                    "{}: {} texts, {} features, {} bytes",
                    path.display(),
                    cases.len() + own.len(),
                    model.vocabulary(),
                    bytes.len()
                )?;
            }
        }
        Action::Train { data, out, labels, only, .. } => {
            let data = data.context("--data names the folder that holds the labelled sets")?;
            for plan in recipes::all() {
                if only.as_ref().is_some_and(|only| *only != plan.file) {
                    continue;
                }
                let examples = plan.examples(&data, &labels)?;
                if examples.is_empty() {
                    writeln!(
                        std::io::stdout(),
                        "{}: there is no set to learn it from in {}, it stays as it is",
                        plan.file,
                        data.display()
                    )?;
                    continue;
                }
                let model = training::train(&plan.recipe, &examples)
                    .with_context(|| format!("training {} failed", plan.file))?;
                let bytes = model.to_bytes();
                std::fs::create_dir_all(&out)
                    .with_context(|| format!("cannot make the folder {}", out.display()))?;
                let path = out.join(format!("{}.model", plan.file));
                std::fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
                writeln!(
                    std::io::stdout(),
                    "{}: {} examples, {} grams, {} bytes",
                    path.display(),
                    examples.len(),
                    model.vocabulary(),
                    bytes.len()
                )?;
            }
        }
        Action::Eval { data, guard: true, labels, .. } => {
            let mut own = guard::own(&labels)?;
            own.extend(guard::turns(&data)?);
            own.extend(guard::suggestions());
            for (name, texts, figures) in guard::figures(&guard::cases(&data)?, &own)? {
                writeln!(std::io::stdout(), "{name}: {texts} texts, {figures}")?;
            }
        }
        Action::Eval { data, part, folds, labels, .. } => {
            let figures = match folds {
                Some(folds) => evaluate::in_folds(&data, &labels, usize::from(folds))?,
                None => evaluate::all(&TriageEngine::new(), &data, &part)?,
            };
            for figure in figures {
                writeln!(std::io::stdout(), "{figure}")?;
                writeln!(std::io::stdout(), "  95 %: {}", card::intervals(&figure))?;
                if let Some((bands, apart)) = figure.reliability() {
                    let curve = card::curve(&bands);
                    writeln!(std::io::stdout(), "  praise, said:was (texts): {curve} apart={apart:.4}")?;
                }
            }
        }
        Action::Card { data, out, folds, labels } => {
            let mut own = guard::own(&labels)?;
            own.extend(guard::turns(&data)?);
            own.extend(guard::suggestions());
            let guard = guard::figures(&guard::cases(&data)?, &own)?;
            let in_folds = evaluate::in_folds(&data, &labels, usize::from(folds))?;
            let dev = evaluate::all(&TriageEngine::new(), &data, "dev")?;
            let card = card::write(&dev, &in_folds, &guard);
            match out {
                Some(path) => {
                    std::fs::write(&path, card).with_context(|| format!("cannot write {}", path.display()))?
                }
                None => std::io::stdout().write_all(card.as_bytes())?,
            }
        }
    }
    Ok(Outcome::Done)
}

/// Keeps the models in the database; its servers check with them from then on. Answers the number of the version.
fn use_in(database: String, models: &GuardModels, taught: u32) -> anyhow::Result<u32> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let place = PlaceArguments { db: Some(database), data: None };
        let desk = Place::find(&place)?.open_existing().await?;
        let scope = tenants::for_command_line(&desk).await?;
        Ok(retrained::keep(&desk, &scope, models, taught).await?)
    })
}

/// The texts of the database that people marked as false alarms and that nothing blocks.
fn marked_in(database: String) -> anyhow::Result<Vec<Alarm>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let place = PlaceArguments { db: Some(database), data: None };
        let desk = Place::find(&place)?.open_existing().await?;
        let scope = tenants::for_command_line(&desk).await?;
        Ok(alarms::to_learn_from(&desk, &scope).await?)
    })
}
