//! The reader: everything loaded once that it takes to read a text.

use std::cell::RefCell;

use crate::causes::{self, Evidence, Words};
use crate::cue::Cues;
use crate::features::{Grams, Units};
use crate::fold::Folded;
use crate::model::{Known, LinearModel, probability};
use crate::models::Models;
use crate::reading::{CauseFound, Reading};
use crate::score::rounded;
use crate::tongue::{self, Script};
use crate::{Fault, Language, Place, Sentiment, SentimentLabel, clause, detect};

/// Below this distance from the middle a text is neither good nor bad.
const NEUTRAL: f32 = 0.3;

/// Beyond this distance from the middle a text is not looked at clause by clause.
const CLEAR: f32 = 0.7;
/// Log odds of a clause that clearly praises.
const PRAISE: f32 = 1.2;
/// Log odds of a clause that clearly complains.
const COMPLAINT: f32 = -1.2;

/// From this score on a text is kind: what it complains of must then be said in so many words.
const KIND: f32 = 0.6;

/// From this score on only unkind clauses are believed.
const VERY_KIND: f32 = 0.97;

/// What is known before reading, from stars or a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expected {
    /// Nothing.
    #[default]
    Unknown,
    /// Few stars or a bad verdict: whatever the tone, something is complained of.
    Complaint,
    /// Many stars or a good verdict.
    Praise,
}

/// Reads texts. Immutable and shared between threads.
#[derive(Debug)]
pub struct Reader {
    models: Models,
    name: String,
}

/// Memory that is used again for every text a thread reads.
#[derive(Debug, Default)]
struct Desk {
    title: Folded,
    text: Folded,
    title_units: Units,
    text_units: Units,
    known: Known,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

impl Reader {
    /// A reader with the shipped models and cues.
    #[must_use]
    pub fn new() -> Self {
        Self::with_models(Models::shipped().expect("a test reads every shipped model file"))
    }

    /// A reader with these models.
    #[must_use]
    pub fn with_models(models: Models) -> Self {
        let name = [
            &models.chinese_sentiment,
            &models.chinese_cause,
            &models.english_sentiment,
            &models.english_cause,
        ]
        .map(LinearModel::name)
        .join("+");
        Self { models, name }
    }

    /// The names of the text models, kept with every reading.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.name
    }

    /// Reads one text and its title. Spans point into the text; the title only adds to what is found.
    #[must_use]
    pub fn read(&self, title: Option<&str>, text: &str, expected: Expected) -> Reading {
        DESK.with(|desk| match desk.try_borrow_mut() {
            Ok(mut desk) => self.read_at(&mut desk, title.unwrap_or_default(), text, expected),
            Err(_) => self.read_at(&mut Desk::default(), title.unwrap_or_default(), text, expected),
        })
    }

    fn read_at(&self, desk: &mut Desk, title: &str, text: &str, expected: Expected) -> Reading {
        desk.title.read_decoded(title);
        desk.text.read_decoded(text);
        let language = self.language(desk);
        let sentiment = self.sentiment(desk, language);
        let (causes, fault) = self.causes(desk, language, sentiment, expected);
        let mut signals = detect::signals(&desk.text, Place::Text);
        signals.extend(detect::signals(&desk.title, Place::Title));
        Reading { language, sentiment, causes, fault, signals }
    }

    fn causes(
        &self,
        desk: &mut Desk,
        language: Language,
        sentiment: Sentiment,
        expected: Expected,
    ) -> (Vec<CauseFound>, Fault) {
        let (model, sentiment_model) = match language {
            Language::Chinese => (&self.models.chinese_cause, &self.models.chinese_sentiment),
            Language::English => (&self.models.english_cause, &self.models.english_sentiment),
            _ => return (Vec::new(), Fault::Unknown),
        };
        let Some(cues) = Cues::of(language) else { return (Vec::new(), Fault::Unknown) };
        let title = Words { folded: &desk.title, units: &desk.title_units };
        let text = Words { folded: &desk.text, units: &desk.text_units };
        let evidence = Evidence { language, title, text, cues, model };
        let kind = match expected {
            Expected::Complaint => false,
            Expected::Unknown => sentiment.score >= KIND,
            Expected::Praise => sentiment.score >= 0.0,
        };
        if kind {
            let doubtful = expected == Expected::Praise || sentiment.score >= VERY_KIND;
            let in_unkind_clauses = doubtful.then_some(sentiment_model);
            causes::besides(&evidence, in_unkind_clauses, &mut desk.known)
        } else {
            causes::of_complaint(&evidence, &mut desk.known)
        }
    }

    /// The language, and the units that its models read left on the desk.
    fn language(&self, desk: &mut Desk) -> Language {
        let script = match tongue::script(&desk.text) {
            Script::Other => tongue::script(&desk.title),
            script => script,
        };
        let grams = if script == Script::Latin { Grams::Words } else { Grams::Characters };
        desk.title_units.read(grams, &desk.title);
        desk.text_units.read(grams, &desk.text);
        match script {
            Script::Han => Language::Chinese,
            Script::Kana => Language::Japanese,
            Script::Other => Language::Undetermined,
            Script::Latin => {
                let of =
                    |units: &Units| tongue::latin(units, self.models.english_sentiment.known_words(units));
                match of(&desk.text_units) {
                    Language::Undetermined => of(&desk.title_units),
                    language => language,
                }
            }
        }
    }

    fn sentiment(&self, desk: &mut Desk, language: Language) -> Sentiment {
        let model = match language {
            Language::Chinese => &self.models.chinese_sentiment,
            Language::English => &self.models.english_sentiment,
            Language::Portuguese => &self.models.portuguese_sentiment,
            _ => return Sentiment { label: SentimentLabel::Neutral, score: 0.0 },
        };
        model.know([&desk.title_units, &desk.text_units], &mut desk.known);
        if desk.known.count() == 0 {
            return Sentiment { label: SentimentLabel::Neutral, score: 0.0 };
        }
        let score = model.heads().first().map_or(0.0, |head| model.score(head, &desk.known));
        let score = 2.0 * probability(score) - 1.0;
        let label = if score.abs() < CLEAR && is_mixed(model, desk) {
            SentimentLabel::Mixed
        } else if score.abs() < NEUTRAL {
            SentimentLabel::Neutral
        } else if score < 0.0 {
            SentimentLabel::Negative
        } else {
            SentimentLabel::Positive
        };
        Sentiment { label, score: rounded(score) }
    }
}

/// Whether one clause clearly praises and another clearly complains.
fn is_mixed(model: &LinearModel, desk: &Desk) -> bool {
    let Some(head) = model.heads().first() else { return false };
    let clauses = clause::clauses(&desk.text);
    let sums = clause::sums(&clauses, &model.contributions(head, &desk.text_units, &desk.known));
    let most = sums.iter().copied().fold(0.0, f32::max);
    let least = sums.iter().copied().fold(0.0, f32::min);
    most >= PRAISE && least <= COMPLAINT
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
