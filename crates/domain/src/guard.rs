//! The guard 发送前检查: every outgoing text checked before it can hurt the shop.
//!
//! [`Guard::check`] is the one entry. A text is undisguised (`plain.rs`), cut into clauses, and its concepts found
//! (`lexicon/*.words`); patterns over clauses (`patterns/*.rules`) and detectors of facts and forms (`families/`)
//! then say which of the 66 rules (`rule.rs`) it breaks. To add a rule: its words in `rules.txt`, its patterns in the
//! file of its family, and examples below them.

mod applies;
mod clause;
mod draft;
mod example;
mod families;
mod finding;
mod heard;
mod hold;
mod learnt;
mod lexicon;
mod marks;
mod pattern;
mod plain;
mod reading;
mod reported;
mod rewrite;
mod rule;
mod severity;
#[cfg(test)]
mod tests;
mod thread;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use pingxin_language::Span;
use pingxin_language::span::join;

pub use applies::Severities;
pub use draft::{Author, Channel, Class, Draft, Facts, Stage};
pub use example::Example;
pub use finding::{By, Check, Finding};
pub use heard::Heard;
pub use hold::{Decided, HoldKind, HoldRefused, HoldState, decide};
pub use learnt::features::Features;
pub use learnt::train::{Labelled, train};
pub use learnt::{GuardModels, Opinion, Thresholds};
pub use lexicon::GuardFileError;
pub use rewrite::Rewrites;
pub use rule::{About, Rule, UnknownRule};
pub use severity::{Severity, Verdict};
pub use thread::{Past, Side, Thread};

use applies::Weights;
use lexicon::{Builder, Concept, Lexicon};
use pattern::{Pattern, Target};
use plain::Plain;
use reading::{Hit, Reading, Stance};

/// A file of the guard: its name and text.
pub type File<'a> = (&'a str, &'a str);

/// The shipped concepts.
const LEXICON: &[File<'static>] = &[
    ("stance.words", include_str!("guard/lexicon/stance.words")),
    ("review.words", include_str!("guard/lexicon/review.words")),
    ("money.words", include_str!("guard/lexicon/money.words")),
    ("service.words", include_str!("guard/lexicon/service.words")),
    ("contact.words", include_str!("guard/lexicon/contact.words")),
    ("people.words", include_str!("guard/lexicon/people.words")),
    ("tone.words", include_str!("guard/lexicon/tone.words")),
    ("site.words", include_str!("guard/lexicon/site.words")),
];

/// The shipped patterns, by family.
const PATTERNS: &[File<'static>] = &[
    ("shared.rules", include_str!("guard/patterns/shared.rules")),
    ("incentive.rules", include_str!("guard/patterns/incentive.rules")),
    ("asking.rules", include_str!("guard/patterns/asking.rules")),
    ("pressure.rules", include_str!("guard/patterns/pressure.rules")),
    ("fraud.rules", include_str!("guard/patterns/fraud.rules")),
    ("privacy.rules", include_str!("guard/patterns/privacy.rules")),
    ("amazon.rules", include_str!("guard/patterns/amazon.rules")),
    ("tone.rules", include_str!("guard/patterns/tone.rules")),
    ("claims.rules", include_str!("guard/patterns/claims.rules")),
    ("aftersales.rules", include_str!("guard/patterns/aftersales.rules")),
    ("marketing.rules", include_str!("guard/patterns/marketing.rules")),
    ("site.rules", include_str!("guard/patterns/site.rules")),
    ("facts.rules", include_str!("guard/patterns/facts.rules")),
];

/// Checks texts. Load it once and share it: it is immutable, `Send` and `Sync`. Clones share everything.
#[derive(Debug, Clone)]
pub struct Guard {
    detectors: Arc<Detectors>,
    learnt: Option<Arc<learnt::Learnt>>,
    /// The shipped layer beside a shop's own: what it blocks stays blocked.
    floor: Option<Arc<learnt::Learnt>>,
}

/// Concepts and patterns as they were read.
#[derive(Debug)]
struct Detectors {
    lexicon: Lexicon,
    patterns: Vec<Pattern>,
    examples: Vec<Example>,
    stance: Stance,
    named: Named,
    marks: marks::Marks,
    english: HashSet<String>,
    names: Vec<u64>,
}

/// Concepts that detectors ask for by themselves.
#[derive(Debug, Clone, Copy)]
struct Named {
    invites: Concept,
    review_talk: Concept,
    undo_review: Concept,
    ask_undo: Concept,
    compensation: Concept,
    given: Concept,
    contacts: Concept,
    stops: Concept,
    sells: Concept,
    opt_out_words: Concept,
    needed: Concept,
    courtesy: Concept,
    about_order: Concept,
    other_business: Concept,
}

impl Guard {
    /// The detectors: the guard with the shipped concepts and patterns, without the learnt layer.
    #[must_use]
    pub fn new() -> Self {
        Self::from_files(LEXICON, PATTERNS).expect("a test reads the shipped files")
    }

    /// The shipped guard, detectors and learnt layer, loaded once for all.
    #[must_use]
    pub fn shared() -> &'static Self {
        static GUARD: OnceLock<Guard> = OnceLock::new();
        GUARD.get_or_init(|| {
            Self::detectors().clone().with_models(Self::shipped_models(), Thresholds::default())
        })
    }

    fn shipped_models() -> GuardModels {
        let whether = include_bytes!("../../../models/guard-whether.model");
        let which = include_bytes!("../../../models/guard-which.model");
        GuardModels::from_bytes(whether, which).expect("a test reads the shipped models")
    }

    /// The shipped detectors with a shop's own models for the learnt layer. They never loosen a block: what the shipped
    /// models block stays blocked.
    #[must_use]
    pub fn retrained(models: GuardModels) -> Self {
        let shipped = Self::shared();
        Self { floor: shipped.learnt.clone(), ..shipped.clone().with_models(models, Thresholds::default()) }
    }

    /// The detectors alone, without the learnt layer, loaded once for all: for tests and training.
    #[must_use]
    pub fn detectors() -> &'static Self {
        static GUARD: OnceLock<Guard> = OnceLock::new();
        GUARD.get_or_init(Self::new)
    }

    /// A guard with these concepts and patterns.
    ///
    /// # Errors
    /// [`GuardFileError`] names the line that means nothing.
    pub fn from_files(lexicon: &[File<'_>], patterns: &[File<'_>]) -> Result<Self, GuardFileError> {
        let mut words = Builder::default();
        for (name, text) in lexicon {
            words.read(name, text)?;
        }
        let marks = marks::Marks::new(&mut words);
        let (mut read, mut examples) = (Vec::new(), Vec::new());
        for (name, text) in patterns {
            pattern::parse(name, text, &mut words, &mut read, &mut examples)?;
        }
        let concept = |name: &str| {
            words.known(name).ok_or_else(|| GuardFileError::line("lexicon", 0, format!("no concept {name}")))
        };
        let stance = Stance {
            denials: clause::Denials {
                not: concept("not")?,
                harmless: concept("harmless")?,
                turn: concept("turn")?,
                not_behind: concept("not_behind")?,
            },
            quotes: clause::Quotes { says: concept("says")?, called: concept("called")? },
            condemned: concept("condemned")?,
            undone: concept("undone")?,
        };
        let named = Named {
            invites: concept("invites")?,
            review_talk: concept("review_talk")?,
            undo_review: concept("undo_review")?,
            ask_undo: concept("ask_undo")?,
            compensation: concept("compensation")?,
            given: concept("given")?,
            contacts: concept("contacts")?,
            stops: concept("stops")?,
            sells: concept("sells")?,
            opt_out_words: concept("opt_out_words")?,
            needed: concept("needed")?,
            courtesy: concept("courtesy")?,
            about_order: concept("about_order")?,
            other_business: concept("other_business")?,
        };
        let english = words.english();
        let lexicon = words.build()?;
        let names = lexicon.names().map(learnt::features::name_key).collect();
        let patterns = read;
        let detectors = Detectors { lexicon, patterns, examples, stance, named, marks, english, names };
        Ok(Self { detectors: Arc::new(detectors), learnt: None, floor: None })
    }

    /// The same guard with these models for its learnt layer.
    #[must_use]
    pub fn with_models(mut self, models: GuardModels, thresholds: Thresholds) -> Self {
        self.learnt = Some(Arc::new(learnt::Learnt::new(models, thresholds)));
        self
    }

    /// Checks one text by the rules as they are shipped.
    #[must_use]
    pub fn check(&self, draft: &Draft<'_>) -> Check {
        static SHIPPED: OnceLock<Severities> = OnceLock::new();
        self.check_by(draft, SHIPPED.get_or_init(Severities::default))
    }

    /// Checks one text by the rules of packs and shop.
    #[must_use]
    pub fn check_by(&self, draft: &Draft<'_>, severities: &Severities) -> Check {
        // The text of a removal request is the buyer's: only its ground is judged.
        if draft.channel == Some(Channel::RemovalRequest) {
            let mut found = Found::new(self, draft, severities);
            families::removal::find(draft, &mut found);
            return found.finish();
        }
        let reading = self.read(draft);
        let view =
            View { draft, reading: &reading, named: &self.detectors.named, marks: &self.detectors.marks };
        let mut found = Found::new(self, draft, severities);
        let mut held = Vec::new();
        for (at, pattern) in self.detectors.patterns.iter().enumerate() {
            if let Target::Rule(rule) = pattern.target
                && found.weights.of(rule).is_some()
                && let Some(hits) = pattern.find(&reading, draft)
            {
                held.push(at);
                if !pattern.hint {
                    found.add(rule, view.spans(&hits));
                }
            }
        }
        families::find(&view, &mut found);
        if let Some(learnt) = &self.learnt
            && !found.findings.iter().any(|finding| finding.severity > Severity::Warn)
        {
            let features = self.features_of(&reading, draft, &held);
            self.speak(learnt, &features, &view, &mut found, |_| true);
            if let Some(floor) = &self.floor {
                self.speak(floor, &features, &view, &mut found, |severity| severity == Severity::Block);
            }
        }
        found.finish()
    }

    /// Adds what a learnt layer says and `counts`; what is found already only becomes stricter.
    fn speak(
        &self,
        learnt: &learnt::Learnt,
        features: &Features,
        view: &View<'_>,
        found: &mut Found<'_>,
        counts: impl Fn(Severity) -> bool,
    ) {
        let mut says = learnt.speak(features, &found.weights);
        says.retain(|(_, severity)| counts(*severity));
        let Some(&(first, _)) = says.first() else { return };
        let spans = self.weightiest(view, learnt, first);
        for (rule, severity) in says {
            match found.findings.iter_mut().find(|finding| finding.rule == rule) {
                Some(finding) if finding.severity < severity => {
                    *finding = Finding::new(rule, severity, By::Learnt, spans.clone(), view.draft);
                }
                Some(_) => {}
                None => {
                    found.findings.push(Finding::new(rule, severity, By::Learnt, spans.clone(), view.draft))
                }
            }
        }
    }

    fn features_of(&self, reading: &Reading, draft: &Draft<'_>, held: &[usize]) -> Features {
        let patterns = held.iter().map(|&at| self.detectors.patterns[at].key);
        learnt::features::of_text(reading, draft, patterns, &self.detectors.names)
    }

    /// The clause that weighs most for a rule.
    fn weightiest(&self, view: &View<'_>, learnt: &learnt::Learnt, rule: Rule) -> Vec<Span> {
        let reading = view.reading;
        let weigh =
            |at: usize| learnt.weigh(rule, &learnt::features::of_clause(reading, at, &self.detectors.names));
        (0..reading.clauses.len())
            .map(|at| (at, weigh(at)))
            .max_by(|left, right| left.1.total_cmp(&right.1))
            .map(|(at, _)| reading.plain.source(reading.clauses[at].start, reading.clauses[at].end))
            .into_iter()
            .collect()
    }

    /// What the learnt layer looks at in a text: for training.
    #[must_use]
    pub fn features(&self, draft: &Draft<'_>) -> Features {
        let reading = self.read(draft);
        let held: Vec<usize> = self.held(&reading, draft);
        self.features_of(&reading, draft, &held)
    }

    /// What the learnt layer thinks of a text, whatever the detectors say; none without the layer.
    #[must_use]
    pub fn opinion(&self, draft: &Draft<'_>) -> Option<Opinion> {
        let features = self.features(draft);
        self.learnt.as_ref().map(|learnt| learnt.judge(&features, &Severities::default().weights(draft)))
    }

    /// Examples of rules from the pattern files.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.detectors.examples
    }

    /// The patterns of rules that hold in a text.
    fn held(&self, reading: &Reading, draft: &Draft<'_>) -> Vec<usize> {
        let holds = |pattern: &Pattern| match pattern.target {
            Target::Rule(rule) => applies::applies(rule, draft) && pattern.find(reading, draft).is_some(),
            Target::Concept(_) => false,
        };
        (0..self.detectors.patterns.len()).filter(|&at| holds(&self.detectors.patterns[at])).collect()
    }

    /// Reads a text: its concepts, those that patterns make of others included.
    fn read(&self, draft: &Draft<'_>) -> Reading {
        let plain = Plain::read(draft.text, &|word| self.detectors.english.contains(word));
        // Colleagues tell each other what a buyer said.
        let internal = draft.by(&[Channel::Note, Channel::Task])
            || draft.by(&[Channel::Chat]) && reported::among_colleagues(&plain.text);
        let mut reading =
            Reading::new(plain, &self.detectors.lexicon, &self.detectors.stance, internal, |plain, words| {
                self.detectors.marks.find(plain, draft.text, words);
            });
        for pattern in &self.detectors.patterns {
            if let Target::Concept(concept) = pattern.target
                && let Some(hits) = pattern.find(&reading, draft)
            {
                reading.derive(concept, &hits, self.detectors.stance.condemned);
            }
        }
        reading
    }

    /// The undisguised text, and the concepts found in it with their words: for whoever writes words and patterns. A
    /// name begins with `!` where it is denied, `"` where somebody else is quoted, and ends with the number of its clause.
    #[must_use]
    pub fn explain(&self, draft: &Draft<'_>) -> Vec<(String, String)> {
        let reading = self.read(draft);
        let word = |hit: &Hit| {
            reading.plain.chars[hit.start..hit.end.min(reading.plain.chars.len())].iter().collect()
        };
        let flags = |hit: &Hit| match (hit.denied, hit.quoted) {
            (false, false) => "",
            (true, false) => "!",
            (false, true) => "\"",
            (true, true) => "!\"",
        };
        let mut told = vec![("plain".to_owned(), reading.plain.text.clone())];
        told.extend(reading.hits.iter().map(|hit| {
            (format!("{}{}@{}", flags(hit), self.detectors.lexicon.name(hit.concept), hit.clause), word(hit))
        }));
        told
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

/// What a detector looks at.
struct View<'a> {
    draft: &'a Draft<'a>,
    reading: &'a Reading,
    named: &'a Named,
    marks: &'a marks::Marks,
}

impl View<'_> {
    /// Where words stand in the original: one span where they are near, one each where they are not.
    fn spans(&self, hits: &[Hit]) -> Vec<Span> {
        const NEAR: usize = 16;
        let mut places: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.start, hit.end)).collect();
        places.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (start, end) in places {
            match joined.last_mut() {
                Some(last) if start <= last.1 + NEAR => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        let mut spans =
            joined.into_iter().map(|(start, end)| self.reading.plain.source(start, end)).collect();
        join(&mut spans);
        spans
    }

    /// The words of a concept.
    fn words(&self, concept: Concept) -> Vec<Hit> {
        self.reading.hits.iter().copied().filter(|hit| hit.concept == concept).collect()
    }
}

/// The findings while they are gathered: one a rule.
struct Found<'a> {
    guard: &'a Guard,
    draft: &'a Draft<'a>,
    severities: &'a Severities,
    weights: Weights,
    findings: Vec<Finding>,
}

impl<'a> Found<'a> {
    fn new(guard: &'a Guard, draft: &'a Draft<'a>, severities: &'a Severities) -> Self {
        Self { guard, draft, severities, weights: severities.weights(draft), findings: Vec::new() }
    }

    fn has(&self, rule: Rule) -> bool {
        self.findings.iter().any(|finding| finding.rule == rule)
    }

    /// Adds a finding of a detector; spans may be none where a fact alone is wrong.
    fn add(&mut self, rule: Rule, spans: Vec<Span>) {
        if !self.has(rule)
            && let Some(severity) = self.weights.of(rule)
        {
            self.findings.push(Finding::new(rule, severity, By::Detector, spans, self.draft));
        }
    }

    fn finish(mut self) -> Check {
        self.findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.rule));
        Check::new(self.findings)
    }
}
