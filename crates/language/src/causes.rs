//! Causes and fault: cues and the learnt model, weighed together.

use crate::cue::CueFound;
use crate::features::Units;
use crate::model::{Head, Hits, Known, LinearModel, probability};
use crate::reading::CauseFound;
use crate::score::rounded;
use crate::span::{Cover, join};
use crate::tone::Clause;
use crate::{Cause, Fault, Language, Span, clause};

/// What a cue adds to the learnt log odds of its cause: the better the model, the less. Found by cross-validation
/// on the training parts of `zh_cause` and `en_cause`, read by models that had learnt from our own labels only.
pub(crate) fn cue_weight(language: Language) -> f32 {
    if language == Language::Chinese { 2.5 } else { 5.0 }
}

/// A cause is named from these log odds on.
const LIKELY: f32 = 0.3;
/// What a cue adds to the odds that its cause is the most important one.
fn first_cued(language: Language) -> f32 {
    if language == Language::Chinese { 3.0 } else { 20.0 }
}

/// The best cause is taken down to these log odds when none is likelier than not.
const BEST_FROM: f32 = -1.0;
/// What the usual fault of a cause adds to its learnt log odds.
const USUAL_FAULT: f32 = 2.0;
/// A clause of a kind text is unkind from this sum of log odds on.
const UNKIND: f32 = -0.5;
/// The same of a clause that names a cause, where the stars say praise. This and the next were found on the good and the
/// fair reviews that the demo makes up.
const PLAINLY_UNKIND: f32 = -1.5;
/// The same of a clause that names none.
const HARSH: f32 = -2.0;
/// From these log odds on a cause is believed where the stars say praise.
const SURE: f32 = 0.5;
/// A clause that praises from this sum of log odds on, and holds no cue, complains of nothing.
const PRAISE: f32 = 1.0;

/// The units of a text and what the written lists find in it.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub units: &'a Units,
    /// What the cause model knows of them.
    pub hits: &'a Hits,
    /// The cues that no denial takes back.
    pub cues: &'a [CueFound],
    pub denials: &'a [Span],
    /// Names that say nothing.
    pub names: &'a [Span],
}

impl Words<'_> {
    /// What tells nothing of causes: denials and names.
    fn left_out(&self) -> Vec<Span> {
        self.denials.iter().chain(self.names).copied().collect()
    }
}

/// What the causes are read from.
pub(crate) struct Evidence<'a> {
    pub language: Language,
    pub title: Words<'a>,
    pub text: Words<'a>,
    /// The clauses of the text.
    pub clauses: &'a [Clause],
    pub model: &'a LinearModel,
}

impl Evidence<'_> {
    /// Reads the grams of all words.
    fn know_all(&self, known: &mut Known) {
        let Self { title, text, .. } = self;
        self.model.know_hits([(title.units, title.hits), (text.units, text.hits)], known);
    }

    /// Reads the grams of all words but those that praise or deny.
    fn know(&self, known: &mut Known) {
        let mut left_out = self.text.left_out();
        let title_left_out = self.title.left_out();
        let praises = |clause: &&Clause| clause.sum >= PRAISE && !clause.cued;
        left_out.extend(self.clauses.iter().filter(praises).map(|clause| clause.span));
        if left_out.is_empty() && title_left_out.is_empty() {
            self.know_all(known);
        } else {
            let Self { title, text, .. } = self;
            let texts = [
                (title.units, title.hits, title_left_out.as_slice()),
                (text.units, text.hits, left_out.as_slice()),
            ];
            self.model.know_without(texts, known);
        }
    }

    /// The likeliest named cause of a text that only judges: by all its words, else by its clauses without a verdict
    /// (太失望了，拉链第二天就掉了).
    fn reason(&self, odds: &[(Cause, f32)], known: &mut Known) -> Option<(Cause, f32)> {
        let best = |odds: &mut dyn Iterator<Item = (Cause, f32)>| {
            odds.filter(|(cause, odds)| *cause != Cause::Other && *odds > 0.0)
                .max_by(|left, right| left.1.total_cmp(&right.1))
        };
        if let Some(found) = best(&mut odds.iter().copied()) {
            return Some(found);
        }
        let telling = |clause: &&Clause| !clause.verdict && clause.sum < 0.0;
        let clauses: Vec<Span> = self.clauses.iter().filter(telling).map(|clause| clause.span).collect();
        if clauses.is_empty() || clauses.len() == self.clauses.len() {
            return None;
        }
        self.know_only(&clauses, known);
        best(&mut Cause::ALL.iter().map(|cause| (*cause, learnt(self.model, Asked::Cause(*cause), known))))
    }

    /// The clauses in which a kind text takes something back: after a contrast, or unkind themselves.
    fn asides(&self, doubt: Doubt) -> Vec<Span> {
        self.clauses.iter().filter(|clause| is_aside(clause, doubt)).map(|clause| clause.span).collect()
    }

    /// Reads the grams of these clauses of the text alone.
    fn know_only(&self, clauses: &[Span], known: &mut Known) {
        let mut left_out = self.text.left_out();
        let (others, kept) =
            (self.clauses.iter().map(|clause| clause.span), Cover::new(clauses.iter().copied()));
        left_out.extend(others.filter(|span| !kept.overlaps(*span)));
        self.model.know_without([(self.text.units, self.text.hits, left_out.as_slice())], known);
    }
}

/// Whether a kind text takes something back in this clause.
pub(crate) fn is_aside(clause: &Clause, doubt: Doubt) -> bool {
    let unkind = if doubt == Doubt::Starred { HARSH } else { UNKIND };
    (clause.contrast && clause.sum < PRAISE) || clause.sum < unkind
}

/// How far a complaint in a kind text is doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Not: what is named is believed.
    None,
    /// The words are very kind: only what an unkind clause or a contrast names is believed.
    Kind,
    /// The stars say praise: as above, and an unkind clause must be so plainly.
    Starred,
}

/// What a text complains of, the most important first, and whose fault it is.
pub(crate) fn of_complaint(evidence: &Evidence<'_>, known: &mut Known) -> (Vec<CauseFound>, Fault) {
    let cues = || evidence.text.cues.iter().chain(evidence.title.cues);
    evidence.know(known);
    if known.count() == 0 && cues().next().is_none() {
        return (Vec::new(), Fault::Unknown);
    }
    let weight = cue_weight(evidence.language);
    let odds: Vec<(Cause, f32)> = Cause::ALL
        .iter()
        .map(|&cause| {
            let cued = cues().any(|cue| cue.cause == cause);
            (cause, learnt(evidence.model, Asked::Cause(cause), known) + if cued { weight } else { 0.0 })
        })
        .collect();
    let mut likely: Vec<(Cause, f32)> = odds.iter().copied().filter(|(_, odds)| *odds > LIKELY).collect();
    if likely.iter().all(|(cause, _)| *cause == Cause::Other) {
        likely.extend(evidence.reason(&odds, known));
    }
    if likely.iter().any(|(cause, _)| *cause != Cause::Other) {
        likely.retain(|(cause, _)| *cause != Cause::Other);
    }
    if likely.is_empty() {
        let best = odds.iter().copied().max_by(|left, right| left.1.total_cmp(&right.1));
        likely.extend(best.filter(|(_, odds)| *odds > BEST_FROM));
    }
    answer(evidence, evidence.text.cues, &likely, known)
}

/// What a kind text complains of besides: causes that it names in so many words, and where that is doubted only those
/// named in an unkind clause or after a contrast.
pub(crate) fn besides(evidence: &Evidence<'_>, doubt: Doubt, known: &mut Known) -> (Vec<CauseFound>, Fault) {
    let mut cues = evidence.text.cues.to_vec();
    if doubt != Doubt::None {
        let most = if doubt == Doubt::Starred { PLAINLY_UNKIND } else { UNKIND };
        let unkind = |clause: &&Clause| clause.sum < most || clause.contrast;
        let unkind = Cover::new(evidence.clauses.iter().filter(unkind).map(|clause| clause.span));
        cues.retain(|cue| unkind.overlaps(cue.span));
    }
    let asides = evidence.asides(doubt);
    if cues.is_empty() && asides.is_empty() {
        return (Vec::new(), Fault::Unknown);
    }
    evidence.know(known);
    let weight = cue_weight(evidence.language);
    let least = if doubt == Doubt::Starred { SURE } else { 0.0 };
    let mut likely = Cause::ALL
        .iter()
        .filter(|cause| cues.iter().any(|cue| cue.cause == **cause))
        .map(|&cause| (cause, learnt(evidence.model, Asked::Cause(cause), known) + weight))
        .filter(|(_, odds)| *odds > least)
        .collect::<Vec<_>>();
    if likely.is_empty() && !asides.is_empty() {
        evidence.know_only(&asides, known);
        let said = |cause: &Cause| (*cause, learnt(evidence.model, Asked::Cause(*cause), known));
        let plain = Cause::ALL.iter().filter(|cause| **cause != Cause::Other).map(said);
        likely.extend(plain.filter(|(_, odds)| *odds > least));
    }
    if likely.is_empty() { (Vec::new(), Fault::Unknown) } else { answer(evidence, &cues, &likely, known) }
}

fn answer(
    evidence: &Evidence<'_>,
    cues: &[CueFound],
    likely: &[(Cause, f32)],
    known: &mut Known,
) -> (Vec<CauseFound>, Fault) {
    let first = |(cause, odds): &(Cause, f32)| {
        let cued = evidence.text.cues.iter().chain(evidence.title.cues).any(|cue| cue.cause == *cause);
        let learnt = learnt(evidence.model, Asked::First(*cause), known);
        learnt + if cued { first_cued(evidence.language) } else { 0.0 } + odds / 2.0
    };
    let mut ranked: Vec<(f32, Cause, f32)> =
        likely.iter().map(|likely| (first(likely), likely.0, likely.1)).collect();
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0));
    let primary = ranked.first().map(|(_, cause, _)| *cause);
    let found =
        ranked.into_iter().map(|(_, cause, odds)| found(evidence, cues, cause, odds, known)).collect();
    // Praise tells nothing of causes, but of who is spoken to.
    evidence.know_all(known);
    (found, fault(evidence, primary, known))
}

/// What the model asks of a text.
#[derive(Clone, Copy)]
enum Asked {
    /// Whether it complains of this.
    Cause(Cause),
    /// Whether it complains of this most.
    First(Cause),
    /// Whether this one is at fault.
    Fault(Fault),
}

impl Asked {
    /// The head of the model that answers. Trained models have the causes first, then the same ones as the most important,
    /// then the faults.
    fn head(self, model: &LinearModel) -> Option<&Head> {
        match self {
            Self::Cause(cause) => model.head_at(cause as usize, |name| name == cause.as_str()),
            Self::First(cause) => model.head_at(Cause::ALL.len() + cause as usize, |name| {
                name.strip_prefix("first:") == Some(cause.as_str())
            }),
            Self::Fault(fault) => model.head_at(2 * Cause::ALL.len() + fault as usize, |name| {
                name.strip_prefix("fault:") == Some(fault.as_str())
            }),
        }
    }
}

fn learnt(model: &LinearModel, asked: Asked, known: &Known) -> f32 {
    asked.head(model).map_or(0.0, |head| model.score(head, known))
}

/// A cause with the words that say it: its cues, else the clause that speaks most for it. A verdict that gives no
/// reason is shown only where nothing else says it.
fn found(evidence: &Evidence<'_>, cues: &[CueFound], cause: Cause, odds: f32, known: &Known) -> CauseFound {
    let verdicts = evidence.clauses.iter().filter(|clause| clause.verdict).map(|clause| clause.span);
    let verdicts = Cover::new(verdicts);
    let in_verdict = |span: &Span| verdicts.overlaps(*span);
    let mut spans: Vec<Span> = cues.iter().filter(|cue| cue.cause == cause).map(|cue| cue.span).collect();
    if spans.iter().any(|span| !in_verdict(span)) {
        spans.retain(|span| !in_verdict(span));
    } else if spans.is_empty() || cause != Cause::Other {
        let speaking = speaking_clause(evidence, cause, known);
        if spans.is_empty() || speaking.is_some_and(|clause| !clause.verdict && clause.sum < 0.0) {
            spans = speaking.map(|clause| clause.span).into_iter().collect();
        }
    }
    join(&mut spans);
    CauseFound { code: cause, score: rounded(probability(odds)), spans }
}

/// The clause that speaks most for a cause, if one does: one that complains of something before one that only judges.
fn speaking_clause<'a>(evidence: &'a Evidence<'_>, cause: Cause, known: &Known) -> Option<&'a Clause> {
    let head = Asked::Cause(cause).head(evidence.model)?;
    let spans: Vec<Span> = evidence.clauses.iter().map(|clause| clause.span).collect();
    let sums = clause::sums(
        &spans,
        &evidence.model.contributions(head, evidence.text.units, evidence.text.hits, known),
    );
    let concrete = |clause: &Clause| cause != Cause::Other && !clause.verdict && clause.sum < 0.0;
    evidence
        .clauses
        .iter()
        .zip(sums)
        .filter(|(clause, sum)| *sum > 0.0 && clause.sum < PRAISE)
        .max_by(|left, right| {
            concrete(left.0).cmp(&concrete(right.0)).then_with(|| left.1.total_cmp(&right.1))
        })
        .map(|(clause, _)| clause)
}

/// Whose fault it is: what the words say, with a start for whoever usually answers for the cause.
fn fault(evidence: &Evidence<'_>, primary: Option<Cause>, known: &Known) -> Fault {
    let usual = match primary {
        Some(Cause::Logistics) => Fault::Carrier,
        // Food called bad is the seller's, a book not liked the buyer's: the words tell.
        Some(Cause::Subjective) if evidence.language == Language::Chinese => Fault::Unknown,
        Some(Cause::Subjective) => Fault::Buyer,
        Some(Cause::Other) | None => Fault::Unknown,
        Some(_) => Fault::Seller,
    };
    let odds = |fault: Fault| {
        learnt(evidence.model, Asked::Fault(fault), known) + if fault == usual { USUAL_FAULT } else { 0.0 }
    };
    let best = Fault::ALL.iter().copied().max_by(|left, right| odds(*left).total_cmp(&odds(*right)));
    best.unwrap_or(usual)
}
