//! The reader: everything loaded once that it takes to read a text.

use std::cell::RefCell;
use std::sync::Arc;

use crate::causes::{self, Doubt, Evidence, Words};
use crate::cue::{CueFound, Cues};
use crate::features::{Grams, Units};
use crate::fold::Folded;
use crate::model::{Hits, Known, LinearModel, probability};
use crate::models::Models;
use crate::reading::{CauseFound, Reading};
use crate::score::rounded;
use crate::sentiment::CALM;
use crate::span::Cover;
use crate::tone::{self, Clause};
use crate::tongue::{self, Script};
use crate::turn::Turns;
use crate::{Fault, Language, Place, Sentiment, SentimentLabel, ShopWords, Span, clause, detect};

/// Below this strength a text is neither good nor bad.
const NEUTRAL: f32 = 0.3;

/// From this strength on a text is praise, whatever one of its clauses says.
const CLEAR: f32 = 0.8;
/// Down to this strength a text is a complaint, whatever one of its clauses says: who complains also says what was good.
const CLEAR_COMPLAINT: f32 = -0.95;
/// Clauses of a text whose halves are seen at a glance.
const FEW_CLAUSES: usize = 3;
/// By so many log odds the neutral answer may follow the best one and a text still be mixed. Found on held-out fifths of
/// the training part of zh_jd5.
const FAR_BEHIND: f32 = -3.0;
/// Log odds of a clause that clearly praises.
const PRAISE: f32 = 1.2;
/// Log odds of a clause that clearly complains.
const COMPLAINT: f32 = -1.2;
/// The most that the log odds of a text with a grievance are when none of its clauses praises.
const GRIEVED: f32 = -1.0;
/// Log odds of a clause that takes back what was praised, when it begins with a contrast.
const TAKEN_BACK: f32 = -2.0;
/// Log odds of a clause that praises, when a contrast follows.
const CONTRASTED: f32 = 0.5;

/// From this strength on a text is kind: what it complains of must then be said in so many words.
const KIND: f32 = 0.995;

/// From this strength on a text without an unkind clause complains of nothing, however few its stars.
const PRAISED: f32 = 0.9;

/// From this strength on only unkind clauses are believed.
const VERY_KIND: f32 = 0.999;

/// Down to this strength words under many stars are doubted to complain: the reader hears praise as blame more often than
/// a buyer gives stars for what he did not like.
const CLASH: f32 = -0.85;

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
    models: Arc<Models>,
    name: String,
    shop: Option<ShopWords>,
}

/// Memory that is used again for every text a thread reads.
#[derive(Debug, Default)]
struct Desk {
    title: Folded,
    text: Folded,
    title_units: Units,
    text_units: Units,
    /// What the sentiment model knows of the title and of the text.
    tone_hits: [Hits; 2],
    /// The same of the cause model.
    cause_hits: [Hits; 2],
    known: Known,
    undenied: Known,
}

impl Desk {
    /// Looks up what the sentiment model knows of both.
    fn hear_tone(&mut self, model: &LinearModel) {
        let [title, text] = &mut self.tone_hits;
        model.look_up(&self.title_units, title);
        model.look_up(&self.text_units, text);
    }
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

    /// A reader with these models; several readers can share them.
    #[must_use]
    pub fn with_models(models: impl Into<Arc<Models>>) -> Self {
        let models = models.into();
        let read = [
            &models.chinese_sentiment,
            &models.chinese_cause,
            &models.english_sentiment,
            &models.english_cause,
        ];
        let name = read.map(LinearModel::name).join("+");
        Self { models, name, shop: None }
    }

    /// The same reader, which knows a shop's own words too.
    #[must_use]
    pub fn with_shop_words(mut self, words: ShopWords) -> Self {
        self.shop = Some(words);
        self
    }

    /// The models that it reads with.
    #[must_use]
    pub fn models(&self) -> Arc<Models> {
        Arc::clone(&self.models)
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
        let mut signals = detect::signals(&desk.text, text, Place::Text);
        desk.text.leave_out_reply();
        let language = self.language(desk);
        let Heard { sentiment, spans, causes, fault } = match self.words_of(language) {
            Some(words) => read_words(desk, &words, self.shop.as_ref(), language, expected),
            None => Heard::of(self.sentiment(desk, language)),
        };
        signals.extend(detect::intents(&desk.text, Place::Text, language));
        if !title.is_empty() {
            signals.extend(detect::signals(&desk.title, title, Place::Title));
            signals.extend(detect::intents(&desk.title, Place::Title, language));
        }
        Reading { language, sentiment, sentiment_spans: spans, causes, fault, signals }
    }

    /// What it takes to read causes; none in languages without.
    pub(crate) fn words_of(&self, language: Language) -> Option<WordsOf<'_>> {
        let (sentiment, causes) = match language {
            Language::Chinese => (&self.models.chinese_sentiment, &self.models.chinese_cause),
            Language::English => (&self.models.english_sentiment, &self.models.english_cause),
            _ => return None,
        };
        Some(WordsOf { sentiment, causes, cues: Cues::of(language)?, turns: Turns::of(language)? })
    }

    /// The language, and the units that its models read left on the desk.
    fn language(&self, desk: &mut Desk) -> Language {
        let Desk { title, text, title_units, text_units, .. } = desk;
        self.language_of_units(title, text, title_units, text_units)
    }

    /// The language of a title and a text, whose units are left in `units`, in this order.
    pub(crate) fn language_of(&self, title: &Folded, text: &Folded, units: &mut [Units; 2]) -> Language {
        let [title_units, text_units] = units;
        self.language_of_units(title, text, title_units, text_units)
    }

    /// What of a folded text are names that say nothing, by the shop's own list.
    pub(crate) fn names(&self, folded: &Folded) -> Vec<Span> {
        self.shop.as_ref().map(|shop| shop.find(folded).names).unwrap_or_default()
    }

    /// What of a folded text names a cause, by the shop's own list.
    pub(crate) fn own_cues(&self, folded: &Folded) -> Vec<CueFound> {
        self.shop.as_ref().map(|shop| shop.find(folded).cues).unwrap_or_default()
    }

    fn language_of_units(
        &self,
        title: &Folded,
        text: &Folded,
        title_units: &mut Units,
        text_units: &mut Units,
    ) -> Language {
        let script = match tongue::script(text) {
            Script::Other => tongue::script(title),
            script => script,
        };
        let grams = if script == Script::Latin { Grams::Phrases } else { Grams::EdgedCharacters };
        title_units.read(grams, title);
        text_units.read(grams, text);
        match script {
            Script::Han => Language::Chinese,
            Script::Kana => Language::Japanese,
            Script::Other => Language::Undetermined,
            Script::Latin => {
                let of =
                    |units: &Units| tongue::latin(units, self.models.english_sentiment.known_words(units));
                match of(text_units) {
                    Language::Undetermined => of(title_units),
                    language => language,
                }
            }
        }
    }

    /// The sentiment of a language whose causes are not read.
    fn sentiment(&self, desk: &mut Desk, language: Language) -> Sentiment {
        if language != Language::Portuguese {
            return Sentiment { label: SentimentLabel::Neutral, score: 0.0 };
        }
        let model = &self.models.portuguese_sentiment;
        desk.hear_tone(model);
        let [title, text] = &desk.tone_hits;
        model.know_hits([(&desk.title_units, title), (&desk.text_units, text)], &mut desk.known);
        if desk.known.count() == 0 {
            return Sentiment { label: SentimentLabel::Neutral, score: 0.0 };
        }
        let odds = model.heads().first().map_or(0.0, |head| model.score(head, &desk.known));
        // A model without a layer of clauses is as sure as it is right.
        let score = rounded(2.0 * probability(odds) - 1.0);
        Sentiment { label: label_of(score), score }
    }
}

/// What the models and lists make of a text.
struct Heard {
    sentiment: Sentiment,
    /// The words that weigh most for it.
    spans: Vec<Span>,
    causes: Vec<CauseFound>,
    fault: Fault,
}

impl Heard {
    fn of(sentiment: Sentiment) -> Self {
        Self { sentiment, spans: Vec::new(), causes: Vec::new(), fault: Fault::Unknown }
    }
}

/// The models and lists of one language.
pub(crate) struct WordsOf<'a> {
    sentiment: &'a LinearModel,
    pub(crate) causes: &'a LinearModel,
    pub(crate) cues: &'a Cues,
    pub(crate) turns: &'a Turns,
}

/// By how much log odds the neutral answer leads the others, by the three questions that were learnt from texts of all
/// three kinds; none when the model has no such questions or knows nothing of the text.
fn neutral_lead(model: &LinearModel, known: &Known) -> Option<f32> {
    let [_, negative, neutral, positive, ..] = model.heads() else { return None };
    if known.count() == 0 {
        return None;
    }
    let of = |head| model.score(head, known);
    Some(of(neutral) - of(negative).max(of(positive)))
}

fn of_odds(odds: f32) -> Sentiment {
    let score = rounded(2.0 * probability(CALM * odds) - 1.0);
    Sentiment { label: label_of(2.0 * probability(odds) - 1.0), score }
}

fn label_of(strength: f32) -> SentimentLabel {
    if strength.abs() < NEUTRAL {
        SentimentLabel::Neutral
    } else if strength < 0.0 {
        SentimentLabel::Negative
    } else {
        SentimentLabel::Positive
    }
}

fn read_words(
    desk: &mut Desk,
    words: &WordsOf<'_>,
    shop: Option<&ShopWords>,
    language: Language,
    expected: Expected,
) -> Heard {
    let heard = |folded: &Folded| {
        let denials = words.turns.denials(folded);
        let mut cues = words.cues.find(folded);
        let own = shop.map(|shop| shop.find(folded)).unwrap_or_default();
        let (named, denied) = (Cover::new(own.names.iter().copied()), Cover::new(denials.iter().copied()));
        cues.retain(|cue| !named.overlaps(cue.span));
        cues.extend(own.cues);
        cues.retain(|cue| !denied.overlaps(cue.span));
        let mut grievances = words.turns.grievances(folded);
        grievances.retain(|span| !denied.overlaps(*span));
        (cues, denials, grievances, own.names)
    };
    let (title_cues, title_denials, title_grievances, title_names) = heard(&desk.title);
    let (cues, denials, grievances, names) = heard(&desk.text);
    let model = words.sentiment;
    desk.hear_tone(model);
    let [title_hits, text_hits] = &desk.tone_hits;
    if names.is_empty() && title_names.is_empty() {
        model.know_hits([(&desk.title_units, title_hits), (&desk.text_units, text_hits)], &mut desk.known);
    } else {
        let texts = [
            (&desk.title_units, title_hits, title_names.as_slice()),
            (&desk.text_units, text_hits, names.as_slice()),
        ];
        model.know_without(texts, &mut desk.known);
    }
    let mut odds = if desk.known.count() > 0 { model.favour(&desk.known) } else { 0.0 };
    let lead = neutral_lead(model, &desk.known);
    if let Some(head) = model.heads().first().filter(|_| !denials.is_empty() || !title_denials.is_empty()) {
        // A clause that denies something is no complaint, whatever its words are like.
        let denying = |folded: &Folded, denials: &[Span]| {
            let denied = Cover::new(denials.iter().copied());
            clause::clauses(folded).into_iter().filter(|span| denied.overlaps(*span)).collect::<Vec<Span>>()
        };
        let (in_title, in_text) = (denying(&desk.title, &title_denials), denying(&desk.text, &denials));
        let texts = [
            (&desk.title_units, title_hits, in_title.as_slice()),
            (&desk.text_units, text_hits, in_text.as_slice()),
        ];
        model.know_without(texts, &mut desk.undenied);
        odds += model.of_clauses(head, &desk.undenied) - model.of_clauses(head, &desk.known);
    }
    if !title_denials.is_empty() || !title_grievances.is_empty() {
        odds +=
            tone::parts(model, &desk.title_units, title_hits, &desk.known, &title_denials, &title_grievances)
                .1;
    }
    let (mut parts, moved) =
        tone::parts(model, &desk.text_units, text_hits, &desk.known, &denials, &grievances);
    if !names.is_empty() {
        let named = Cover::new(names.iter().copied());
        parts.retain(|(span, _)| !named.overlaps(*span));
    }
    let clauses = tone::clauses(&desk.text, &parts, words.turns, &cues);
    let mut odds = odds + moved;
    let grieved = Cover::new(grievances.iter().copied());
    let is_praised = clauses.iter().any(|clause| clause.sum >= PRAISE && !grieved.overlaps(clause.span));
    if !grievances.is_empty() && !is_praised {
        // Whatever its single words are like elsewhere.
        odds = odds.min(GRIEVED);
    }
    let mut sentiment = of_odds(odds);
    let strength = sentiment.strength();
    if let Some(lead) = lead {
        // A denied complaint or a grievance tells a side.
        sentiment.label = if lead > moved.abs() {
            SentimentLabel::Neutral
        } else if sentiment.score < 0.0 {
            SentimentLabel::Negative
        } else {
            SentimentLabel::Positive
        };
    }
    // Two halves of a short text stand for the whole; of a longer one the three answers tell whether they do.
    let is_told = clauses.len() <= FEW_CLAUSES || lead.is_none_or(|lead| lead > FAR_BEHIND);
    if is_told && is_mixed(language, strength, &clauses) {
        sentiment.label = SentimentLabel::Mixed;
    }
    let denies = !denials.is_empty() || !title_denials.is_empty();
    let kind = match expected {
        Expected::Complaint => strength >= PRAISED && clauses.iter().all(|clause| clause.sum >= 0.0),
        Expected::Unknown => strength >= if denies { 0.0 } else { KIND },
        Expected::Praise => strength > CLASH,
    };
    let doubt = match expected {
        Expected::Praise => Doubt::Starred,
        _ if strength >= VERY_KIND => Doubt::Kind,
        _ => Doubt::None,
    };
    let spans = tone::telling(&clauses, sentiment);
    if kind && cues.is_empty() && !clauses.iter().any(|clause| causes::is_aside(clause, doubt)) {
        return Heard { spans, ..Heard::of(sentiment) };
    }
    let [title_hits, text_hits] = &mut desk.cause_hits;
    words.causes.look_up(&desk.title_units, title_hits);
    words.causes.look_up(&desk.text_units, text_hits);
    let evidence = Evidence {
        language,
        title: Words {
            units: &desk.title_units,
            hits: title_hits,
            cues: &title_cues,
            denials: &title_denials,
            names: &title_names,
        },
        text: Words {
            units: &desk.text_units,
            hits: text_hits,
            cues: &cues,
            denials: &denials,
            names: &names,
        },
        clauses: &clauses,
        model: words.causes,
    };
    let causes = if kind {
        causes::besides(&evidence, doubt, &mut desk.known)
    } else {
        causes::of_complaint(&evidence, &mut desk.known)
    };
    Heard { sentiment, spans, causes: causes.0, fault: causes.1 }
}

/// The most clauses of a text that one contrast divides into halves; Chinese clauses are short.
fn most_halved(language: Language) -> usize {
    if language == Language::Chinese { 8 } else { 3 }
}

/// Whether one clause clearly praises and another clearly complains. After a contrast (物流快，就是衣服开线) a
/// named complaint is clear enough.
fn is_mixed(language: Language, strength: f32, clauses: &[Clause]) -> bool {
    let most = clauses.iter().map(|clause| clause.sum).fold(0.0, f32::max);
    let least = clauses.iter().map(|clause| clause.sum).fold(0.0, f32::min);
    if strength < CLEAR && strength > CLEAR_COMPLAINT && most >= PRAISE && least <= COMPLAINT {
        return true;
    }
    if clauses.len() > most_halved(language) {
        return false;
    }
    let mut praised = false;
    for clause in clauses {
        let least = if clause.divided { 0.0 } else { PRAISE };
        let takes_back = (clause.cued && clause.sum < least) || clause.sum < TAKEN_BACK;
        if clause.contrast && praised && takes_back {
            return true;
        }
        praised |= clause.sum >= CONTRASTED;
    }
    false
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
