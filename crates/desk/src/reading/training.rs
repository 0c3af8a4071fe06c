//! Training a merchant's models from the corrections of his people, and choosing which version is used.

use std::sync::Arc;

use pingxin_domain::{Action, Scope, TrainingId};
use pingxin_language::models::{Models, NAMES, stem};
use pingxin_language::training::TrainingError;
use pingxin_store::correction::{self, Taught};
use pingxin_store::job::{self, NewJob};
use pingxin_store::text_model::{self, NewTextModel, TextModel};
use pingxin_store::training::{self, Training};
use pingxin_store::{StoreError, Tx, audit};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::learning::{FEWEST, Learnt, Lesson, learn};
use super::readers::models_of;
use crate::desk::{Desk, allow, aside};
use crate::error::{DeskError, Result};
use crate::jobs;

/// At most one training of a merchant at a time.
const UNIQUE: &str = "train";
/// Trainings that are shown.
const SHOWN: u32 = 10;

/// A version of a model.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its name, such as `zh-cause-2`.
    pub name: String,
    /// Whether it came with the program.
    pub shipped: bool,
    /// Whether reviews are read with it.
    pub in_use: bool,
    /// What it learnt and how well it did, of one's own.
    pub own: Option<TextModel>,
}

/// What came of one model in a training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The model, such as `zh-cause`.
    pub model: String,
    /// Corrections that teach it.
    pub told: u32,
    /// Corrections of those that were kept back to measure; 0 when there were too few to learn from.
    pub held: u32,
    /// The version before, and the share of the kept-back ones that it gets right; none when nothing was learnt.
    pub before: Option<(String, f64)>,
    /// The new version and its share.
    pub after: Option<(String, f64)>,
    /// Whether the new version is used from now on.
    pub used: bool,
}

/// How a merchant's reviews are read.
#[derive(Debug, Clone)]
pub struct ReadingView {
    /// Every version, those of one model together, the oldest first.
    pub versions: Vec<Version>,
    /// Texts that somebody has corrected.
    pub corrections: u64,
    /// Corrections of one model that a training takes at least.
    pub fewest: u32,
    /// Whether a training waits or runs.
    pub running: bool,
    /// The newest trainings with what came of each.
    pub trainings: Vec<(Training, Vec<Outcome>)>,
}

/// How the merchant's reviews are read.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn view(desk: &Desk, scope: &Scope) -> Result<ReadingView> {
    allow(scope, Action::ManageReading)?;
    let (own, corrections, running, trainings) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let own = text_model::list(tx, scope).await?;
                let corrections = correction::count_taught(tx, scope).await?;
                let running = job::has_live(tx, scope, UNIQUE).await?;
                Ok((own, corrections, running, training::newest(tx, scope, SHOWN).await?))
            })
        })
        .await?;
    let trainings = trainings
        .into_iter()
        .map(|training| {
            let outcome = serde_json::from_value(training.outcome.clone()).unwrap_or_default();
            (training, outcome)
        })
        .collect();
    let shipped = Arc::clone(&desk.engine().reader().models());
    let versions = versions(&shipped, own);
    Ok(ReadingView { versions, corrections, fewest: FEWEST as u32, running, trainings })
}

fn versions(shipped: &Models, own: Vec<TextModel>) -> Vec<Version> {
    let mut versions = Vec::new();
    for model in NAMES {
        let of_model = || own.iter().filter(|one| one.model == model);
        let is_replaced = of_model().any(|one| one.used_at.is_some());
        versions.extend(shipped.named(model).map(|one| Version {
            name: one.name().to_owned(),
            shipped: true,
            in_use: !is_replaced,
            own: None,
        }));
        versions.extend(of_model().map(|one| Version {
            name: format!("{}-{}", one.model, one.version),
            shipped: false,
            in_use: one.used_at.is_some(),
            own: Some(one.clone()),
        }));
    }
    versions
}

/// Has the models trained from the corrections in the background.
///
/// # Errors
/// [`DeskError::Refused`] when that is going on already, [`DeskError::Forbidden`], or the database's.
pub async fn ask(desk: &Desk, scope: &Scope) -> Result<TrainingId> {
    allow(scope, Action::ManageReading)?;
    let asked = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                if job::has_live(tx, scope, UNIQUE).await? {
                    return Ok(None);
                }
                let (id, now) = (training::begin(tx, scope).await?, tx.now());
                let payload = json!({ "training": id });
                let job =
                    NewJob { kind: jobs::TRAIN, payload: &payload, unique_key: Some(UNIQUE), run_at: now };
                if job::enqueue(tx, scope, &job).await?.is_none() {
                    return Err(StoreError::Conflict { what: "training" });
                }
                audit::append(tx, scope, "model.train", "training", &id.to_string(), &json!({})).await?;
                Ok(Some(id))
            })
        })
        .await;
    match asked {
        Ok(Some(id)) => Ok(id),
        Ok(None) | Err(StoreError::Conflict { what: "training" }) => Err(DeskError::refused(
            "训练正在进行，请等它完成",
            "a training is going on; wait until it is done",
        )),
        Err(error) => Err(error.into()),
    }
}

/// Trains at once, for the command line. Answers what came of each model.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn train(desk: &Desk, scope: &Scope) -> Result<Vec<Outcome>> {
    allow(scope, Action::ManageReading)?;
    let id = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let id = training::begin(tx, scope).await?;
                audit::append(tx, scope, "model.train", "training", &id.to_string(), &json!({})).await?;
                Ok(id)
            })
        })
        .await?;
    run(desk, scope, id).await
}

/// Carries a training out: learns, keeps every new version, uses those that do better, and writes down both scores.
///
/// # Errors
/// When the database does not answer.
pub async fn run(desk: &Desk, scope: &Scope, id: TrainingId) -> Result<Vec<Outcome>> {
    // A worker that died after the last step has nothing left to do.
    if !desk.store.read(|tx| Box::pin(async move { training::is_open(tx, scope, id).await })).await? {
        return Ok(Vec::new());
    }
    let models = models_of(desk, scope).await?;
    let models = models.map_or_else(|| Arc::clone(&desk.engine().reader().models()), Arc::new);
    let (taught, last) = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let mut last = Vec::new();
                for model in NAMES {
                    last.push((model, text_model::last_version(tx, scope, model).await?));
                }
                Ok((correction::taught(tx, scope).await?, last))
            })
        })
        .await?;
    let lessons: Vec<Lesson> = taught.into_iter().map(lesson).collect();
    let shipped = Arc::clone(&desk.engine().reader().models());
    let name = move |model: &str| {
        let first = shipped.named(model).map_or(1, |one| number(one.name()));
        let last = last.iter().find(|(known, _)| *known == model).map_or(0, |(_, last)| *last);
        Ok::<_, TrainingError>(format!("{model}-{}", first.max(last) + 1))
    };
    let learnt = aside("training", move || learn(&models, &lessons, name)).await?;
    let learnt = learnt.map_err(|error| {
        DeskError::refused(format!("训练没有完成：{error}"), format!("the training failed: {error}"))
    })?;
    let outcomes: Vec<Outcome> = learnt.iter().map(outcome).collect();
    let (learnt, told) = (learnt.as_slice(), outcomes.as_slice());
    desk.store
        .write(|tx| {
            Box::pin(async move {
                for one in learnt {
                    keep(tx, scope, one).await?;
                }
                training::end(tx, scope, id, &json!(told)).await?;
                let used: Vec<&str> = told
                    .iter()
                    .filter(|one| one.used)
                    .filter_map(|one| one.after.as_ref().map(|(name, _)| name.as_str()))
                    .collect();
                let detail = json!({ "name": used.join(", ") });
                audit::append(tx, scope, "model.trained", "training", &id.to_string(), &detail).await
            })
        })
        .await?;
    Ok(outcomes)
}

/// A title says as much as a sentence before the text.
fn lesson(taught: Taught) -> Lesson {
    let text = match taught.title.filter(|title| !title.trim().is_empty()) {
        Some(title) => format!("{title}\n{}", taught.text),
        None => taught.text,
    };
    Lesson { text, said: taught.correction }
}

fn outcome(learnt: &Learnt) -> Outcome {
    match learnt {
        Learnt::TooFew { model, told } => Outcome {
            model: (*model).to_owned(),
            told: *told as u32,
            held: 0,
            before: None,
            after: None,
            used: false,
        },
        Learnt::Version { model, new, before_name, taught, held, before, after } => Outcome {
            model: (*model).to_owned(),
            told: (taught + held) as u32,
            held: *held as u32,
            before: Some((before_name.clone(), *before)),
            after: Some((new.name().to_owned(), *after)),
            used: after > before,
        },
    }
}

async fn keep(tx: &mut Tx<'_>, scope: &Scope, learnt: &Learnt) -> std::result::Result<(), StoreError> {
    let Learnt::Version { model, new, before_name, taught, held, before, after } = learnt else {
        return Ok(());
    };
    let version = number(new.name());
    let bytes = new.to_bytes();
    let version_of = NewTextModel {
        model,
        version,
        bytes: &bytes,
        taught: *taught as u32,
        held: *held as u32,
        before_name,
        before_share: *before,
        after_share: *after,
    };
    text_model::insert(tx, scope, &version_of).await?;
    if after > before {
        text_model::switch(tx, scope, model, Some(version)).await?;
    }
    Ok(())
}

/// The number of a version: 2 of `zh-cause-2`; 1 for a name without.
fn number(name: &str) -> u32 {
    name.rsplit_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or(1)
}

/// Reads new reviews with this version from now on.
///
/// # Errors
/// [`DeskError::NotFound`] when there is no such version, [`DeskError::Forbidden`], or the database's.
pub async fn switch(desk: &Desk, scope: &Scope, name: &str) -> Result<ReadingView> {
    allow(scope, Action::ManageReading)?;
    let model = NAMES.into_iter().find(|model| *model == stem(name)).ok_or(DeskError::NotFound)?;
    let shipped = desk.engine().reader().models();
    let is_shipped = shipped.named(model).is_some_and(|one| one.name() == name);
    let version = (!is_shipped).then(|| number(name));
    desk.store
        .write(|tx| {
            Box::pin(async move {
                text_model::switch(tx, scope, model, version).await?;
                audit::append(tx, scope, "model.use", "model", name, &json!({ "name": name })).await
            })
        })
        .await?;
    view(desk, scope).await
}
