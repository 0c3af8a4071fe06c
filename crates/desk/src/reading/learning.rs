//! Learning from corrections: new versions of the text models, each held against the one before on a tenth of the
//! corrections that was kept back. Nothing is stored here.

use pingxin_domain::correction::Correction;
use pingxin_language::model::LinearModel;
use pingxin_language::models::{Models, stem};
use pingxin_language::training::{Example, TrainingError, adapt};
use pingxin_language::{Cause, Expected, Language, Reader, Reading, SentimentLabel};
use pingxin_store::secret::hash_of;

/// Fewer corrections than these teach chance, and a tenth of them measures nothing.
pub const FEWEST: usize = 20;

/// The models that learn from corrections, and the language of each.
const LEARN: [(&str, Language); 4] = [
    ("zh-sentiment", Language::Chinese),
    ("zh-cause", Language::Chinese),
    ("en-sentiment", Language::English),
    ("en-cause", Language::English),
];

/// A text with what a person says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// The words.
    pub text: String,
    /// What they say; what is none was not corrected.
    pub said: Correction,
}

/// What came of one model.
#[derive(Debug, Clone)]
pub enum Learnt {
    /// There were too few corrections.
    TooFew {
        /// The model, such as `zh-cause`.
        model: &'static str,
        /// So many.
        told: usize,
    },
    /// A new version.
    Version {
        /// The model, such as `zh-cause`.
        model: &'static str,
        /// The new version, under its name.
        new: Box<LinearModel>,
        /// Name of the version it was made from.
        before_name: String,
        /// Corrections that it learnt.
        taught: usize,
        /// Corrections that were kept back.
        held: usize,
        /// The share of those that the version before gets right, in [0, 1].
        before: f64,
        /// The share that the new one gets right.
        after: f64,
    },
}

/// Makes a new version of every model that the lessons teach. `name` says what the next version of a model is called.
///
/// # Errors
/// [`TrainingError`], or that of `name`.
pub fn learn<E: From<TrainingError>>(
    models: &Models,
    lessons: &[Lesson],
    mut name: impl FnMut(&str) -> Result<String, E>,
) -> Result<Vec<Learnt>, E> {
    let reader = Reader::with_models(models.clone());
    let languages: Vec<Language> =
        lessons.iter().map(|lesson| reader.read(None, &lesson.text, Expected::Unknown).language).collect();
    let mut learnt = Vec::new();
    for (model, of) in LEARN {
        let told: Vec<&Lesson> = lessons
            .iter()
            .zip(&languages)
            .filter(|(lesson, language)| **language == of && lesson.teaches(model))
            .map(|(lesson, _)| lesson)
            .collect();
        let old = models.named(model).filter(|_| told.len() >= FEWEST);
        let Some(old) = old else {
            learnt.push(Learnt::TooFew { model, told: told.len() });
            continue;
        };
        let (held, taught) = keep_back(told);
        let examples: Vec<Example> = taught
            .iter()
            .map(|lesson| Example { text: lesson.text.clone(), answers: lesson.answers(old), weight: 1.0 })
            .collect();
        let new = Box::new(adapt(old, &name(model)?, &examples)?);
        let mut with = models.clone();
        with.replace(new.as_ref().clone());
        learnt.push(Learnt::Version {
            model,
            before_name: old.name().to_owned(),
            taught: taught.len(),
            held: held.len(),
            before: share(models, model, &held),
            after: share(&with, model, &held),
            new,
        });
    }
    Ok(learnt)
}

impl Lesson {
    /// Whether it says anything of what a model answers.
    fn teaches(&self, model: &str) -> bool {
        if model.ends_with("sentiment") {
            self.said.sentiment.is_some()
        } else {
            self.said.causes.is_some() || self.said.fault.is_some()
        }
    }

    /// What it answers to the questions of a model.
    fn answers(&self, model: &LinearModel) -> Vec<Option<bool>> {
        let Correction { causes, sentiment, fault } = &self.said;
        let is = |label| sentiment.map(|sentiment| sentiment == label);
        let neutral = sentiment.map(|label| matches!(label, SentimentLabel::Neutral | SentimentLabel::Mixed));
        let answer = |head: &str| match head {
            "positive" | "positive:lodging" | "positive:meal" => match (*sentiment)? {
                SentimentLabel::Positive => Some(true),
                SentimentLabel::Negative => Some(false),
                SentimentLabel::Neutral | SentimentLabel::Mixed => None,
            },
            "kind:lodging" | "kind:meal" => None,
            "three:negative" => is(SentimentLabel::Negative),
            "three:neutral" => neutral,
            "three:positive" => is(SentimentLabel::Positive),
            _ => {
                if let Some(code) = head.strip_prefix("fault:") {
                    fault.map(|right| right.as_str() == code)
                } else if let Some(first) = head.strip_prefix("first:") {
                    causes.as_ref().map(|causes| causes.first().is_some_and(|cause| cause.as_str() == first))
                } else {
                    causes.as_ref().map(|causes| causes.iter().any(|cause| cause.as_str() == head))
                }
            }
        };
        model.heads().iter().map(|head| answer(&head.name)).collect()
    }

    /// How many of its points a reading has right, and how many there are, of those that `model` answers.
    fn judge(&self, model: &str, reading: &Reading) -> (u32, u32) {
        let mut points = Vec::new();
        if model.ends_with("sentiment") {
            points.extend(self.said.sentiment.map(|label| reading.sentiment.label == label));
        } else {
            let first: Option<Cause> = reading.causes.first().map(|found| found.code);
            points.extend(self.said.causes.as_ref().map(|causes| causes.first().copied() == first));
            points.extend(self.said.fault.map(|fault| fault == reading.fault));
        }
        (points.iter().map(|right| u32::from(*right)).sum(), points.len() as u32)
    }
}

/// A tenth, at least one, by the hash of the text: the same text is always on the same side of a list.
fn keep_back(mut told: Vec<&Lesson>) -> (Vec<&Lesson>, Vec<&Lesson>) {
    told.sort_by_key(|lesson| hash_of(&lesson.text));
    // Corrections of one text stay together, so that none is measured on what it was taught.
    let mut tenth = told.len().div_ceil(10);
    while tenth < told.len() && told[tenth].text == told[tenth - 1].text {
        tenth += 1;
    }
    let taught = told.split_off(tenth);
    (told, taught)
}

/// The share of the points that these models get right.
fn share(models: &Models, model: &str, held: &[&Lesson]) -> f64 {
    let reader = Reader::with_models(models.clone());
    let (mut right, mut all) = (0, 0);
    for lesson in held {
        let reading = reader.read(None, &lesson.text, Expected::Unknown);
        let (hits, points) = lesson.judge(stem(model), &reading);
        right += hits;
        all += points;
    }
    f64::from(right) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_never_on_both_sides() {
        let lesson = |at: usize| Lesson {
            text: format!("文字{}", at % 3),
            said: Correction { sentiment: Some(SentimentLabel::Negative), ..Correction::default() },
        };
        let lessons: Vec<Lesson> = (0..30).map(lesson).collect();
        let (held, taught) = keep_back(lessons.iter().collect());
        assert_eq!(held.len(), 10);
        assert!(taught.iter().all(|one| one.text != held[0].text));
    }

    #[test]
    fn too_few_lessons_teach_nothing() {
        let lesson = Lesson {
            text: "质量太差".to_owned(),
            said: Correction { causes: Some(vec![Cause::Quality]), ..Correction::default() },
        };
        let models = Models::shipped().expect("shipped models");
        let learnt = learn::<TrainingError>(&models, &[lesson], |_| Ok("x-9".to_owned())).expect("learnt");
        assert!(learnt.iter().all(|one| matches!(one, Learnt::TooFew { .. })), "{learnt:?}");
    }
}
