//! Causes and fault: cues and the learnt model, weighed together.

use crate::clause::{clauses, sums};
use crate::cue::{CueFound, Cues};
use crate::features::Units;
use crate::fold::Folded;
use crate::model::{Known, LinearModel, probability};
use crate::reading::CauseFound;
use crate::score::rounded;
use crate::span::join;
use crate::{Cause, Fault, Language, Span};

/// What a cue adds to the learnt log odds of its cause: the better the model, the less. Found by cross-validation
/// on the training parts of `zh_cause` and `en_cause`.
fn cue_weight(language: Language) -> f32 {
    if language == Language::Chinese { 2.5 } else { 5.0 }
}

/// The best cause is taken down to these log odds when none is likelier than not.
const BEST_FROM: f32 = -1.0;
/// What the usual fault of a cause adds to its learnt log odds.
const USUAL_FAULT: f32 = 2.0;

/// A folded text with its units.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub folded: &'a Folded,
    pub units: &'a Units,
}

/// What the causes are read from.
pub(crate) struct Evidence<'a> {
    pub language: Language,
    pub title: Words<'a>,
    pub text: Words<'a>,
    pub cues: &'a Cues,
    pub model: &'a LinearModel,
}

/// What a text complains of, the most important first, and whose fault it is.
pub(crate) fn of_complaint(evidence: &Evidence<'_>, known: &mut Known) -> (Vec<CauseFound>, Fault) {
    let cues = evidence.cues.find(evidence.text.folded);
    let title_cues = evidence.cues.find(evidence.title.folded);
    evidence.model.know([evidence.title.units, evidence.text.units], known);
    let weight = cue_weight(evidence.language);
    let odds: Vec<(Cause, f32)> = Cause::ALL
        .iter()
        .map(|&cause| {
            let cued = cues.iter().chain(&title_cues).any(|cue| cue.cause == cause);
            (cause, learnt(evidence.model, cause.as_str(), known) + if cued { weight } else { 0.0 })
        })
        .collect();
    let mut likely: Vec<(Cause, f32)> = odds.iter().copied().filter(|(_, odds)| *odds > 0.0).collect();
    if likely.iter().any(|(cause, _)| *cause != Cause::Other) {
        likely.retain(|(cause, _)| *cause != Cause::Other);
    }
    if likely.is_empty() {
        let best = odds.iter().copied().max_by(|left, right| left.1.total_cmp(&right.1));
        likely.extend(best.filter(|(_, odds)| *odds > BEST_FROM));
    }
    likely.sort_by(|left, right| right.1.total_cmp(&left.1));
    let fault = fault(evidence, likely.first().map(|(cause, _)| *cause), known);
    let found = likely.into_iter().map(|(cause, odds)| found(evidence, &cues, cause, odds, known)).collect();
    (found, fault)
}

/// What a kind text complains of besides: causes that it names in so many words, and with `sentiment` only those
/// named in an unkind clause.
pub(crate) fn besides(
    evidence: &Evidence<'_>,
    sentiment: Option<&LinearModel>,
    known: &mut Known,
) -> (Vec<CauseFound>, Fault) {
    let mut cues = evidence.cues.find(evidence.text.folded);
    if cues.is_empty() {
        return (Vec::new(), Fault::Unknown);
    }
    if let Some(sentiment) = sentiment
        && let Some(head) = sentiment.heads().first()
    {
        sentiment.know([evidence.title.units, evidence.text.units], known);
        let clauses = clauses(evidence.text.folded);
        let sums = sums(&clauses, &sentiment.contributions(head, evidence.text.units, known));
        let unkind = |cue: &CueFound| {
            clauses.iter().zip(&sums).any(|(clause, &sum)| clause.overlaps(cue.span) && sum < UNKIND)
        };
        cues.retain(unkind);
    }
    evidence.model.know([evidence.title.units, evidence.text.units], known);
    let weight = cue_weight(evidence.language);
    let mut likely: Vec<(Cause, f32)> = Cause::ALL
        .iter()
        .filter(|cause| cues.iter().any(|cue| cue.cause == **cause))
        .map(|&cause| (cause, learnt(evidence.model, cause.as_str(), known) + weight))
        .filter(|(_, odds)| *odds > 0.0)
        .collect();
    likely.sort_by(|left, right| right.1.total_cmp(&left.1));
    let fault = match likely.first() {
        Some((cause, _)) => fault(evidence, Some(*cause), known),
        None => Fault::Unknown,
    };
    let found = likely.into_iter().map(|(cause, odds)| found(evidence, &cues, cause, odds, known)).collect();
    (found, fault)
}

/// A clause of a kind text is unkind from this sum of log odds on.
const UNKIND: f32 = -0.5;

fn learnt(model: &LinearModel, head: &str, known: &Known) -> f32 {
    model.heads().iter().find(|found| found.name == head).map_or(0.0, |head| model.score(head, known))
}

fn found(evidence: &Evidence<'_>, cues: &[CueFound], cause: Cause, odds: f32, known: &Known) -> CauseFound {
    let mut spans: Vec<Span> = cues.iter().filter(|cue| cue.cause == cause).map(|cue| cue.span).collect();
    if spans.is_empty() {
        spans.extend(speaking_clause(evidence, cause, known));
    }
    join(&mut spans);
    CauseFound { code: cause, score: rounded(probability(odds)), spans }
}

/// The clause that speaks most for a cause, if one does.
fn speaking_clause(evidence: &Evidence<'_>, cause: Cause, known: &Known) -> Option<Span> {
    let head = evidence.model.heads().iter().find(|head| head.name == cause.as_str())?;
    let clauses = clauses(evidence.text.folded);
    let sums = sums(&clauses, &evidence.model.contributions(head, evidence.text.units, known));
    let best = clauses.into_iter().zip(sums).filter(|(_, sum)| *sum > 0.0);
    best.max_by(|left, right| left.1.total_cmp(&right.1)).map(|(clause, _)| clause)
}

/// Whose fault it is: what the words say, with a start for whoever usually answers for the cause.
fn fault(evidence: &Evidence<'_>, primary: Option<Cause>, known: &Known) -> Fault {
    let usual = match primary {
        Some(Cause::Logistics) => Fault::Carrier,
        Some(Cause::Subjective) if evidence.language == Language::Chinese => Fault::Seller,
        Some(Cause::Subjective) => Fault::Buyer,
        Some(Cause::Other) | None => Fault::Unknown,
        Some(_) => Fault::Seller,
    };
    let odds = |fault: Fault| {
        learnt(evidence.model, &format!("fault:{fault}"), known)
            + if fault == usual { USUAL_FAULT } else { 0.0 }
    };
    let best = Fault::ALL.iter().copied().max_by(|left, right| odds(*left).total_cmp(&odds(*right)));
    best.unwrap_or(usual)
}
