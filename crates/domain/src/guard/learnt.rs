//! The learnt layer: speaks where the detectors are silent.
//!
//! Two linear models over what a text holds ([`features`]). One looks at everything, grams of the undisguised text,
//! concepts, patterns that hold and where the text goes, and says whether any rule is broken. The other looks at meaning
//! alone and says which: words of a few examples would mislead it. Trained by `pingxin model train --guard` ([`train`]).

pub(super) mod features;
pub(super) mod train;

use std::cell::RefCell;

use pingxin_language::model::{Known, LinearModel, ModelFileError, probability};

use super::applies::Weights;
use super::rule::Rule;
use super::severity::Severity;
use features::Features;

/// From these probabilities on the layer speaks, and is sure. Chosen by k-fold for few false alarms (models/CARD.md).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// A supervisor should look at it.
    pub hold: f32,
    /// The rule's own severity counts.
    pub sure: f32,
    /// A second rule is named as well when its log odds are at most this much lower.
    pub second: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { hold: 0.6, sure: 0.66, second: 1.0 }
    }
}

/// The models of the learnt layer: whether, and which.
#[derive(Debug, Clone)]
pub struct GuardModels {
    /// Is any rule broken? One head.
    pub whether: LinearModel,
    /// Which rule? One head a rule, by its number.
    pub which: LinearModel,
}

impl GuardModels {
    /// The models of their files.
    ///
    /// # Errors
    /// [`ModelFileError`] when a file is damaged or of another version.
    pub fn from_bytes(whether: &[u8], which: &[u8]) -> Result<Self, ModelFileError> {
        Ok(Self { whether: LinearModel::from_bytes(whether)?, which: LinearModel::from_bytes(which)? })
    }
}

/// What the layer says of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// The probability that a rule is broken.
    pub probability: f32,
    /// The rules that can be broken there with their log odds, the likeliest first.
    pub rules: Vec<(Rule, f32)>,
}

/// The models with what their heads ask.
#[derive(Debug, Clone)]
pub(super) struct Learnt {
    models: GuardModels,
    /// The head of each rule, where it has one.
    heads: Vec<Option<usize>>,
    thresholds: Thresholds,
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

impl Learnt {
    pub(super) fn new(models: GuardModels, thresholds: Thresholds) -> Self {
        let place = |rule: Rule| {
            let name = rule.to_string();
            models.which.heads().iter().position(|head| head.name == name)
        };
        let heads = Rule::all().map(place).collect();
        Self { models, heads, thresholds }
    }

    /// How likely a text breaks a rule, and which.
    pub(super) fn judge(&self, features: &Features, weights: &Weights) -> Opinion {
        KNOWN.with_borrow_mut(|known| {
            let whether = &self.models.whether;
            whether.know_keys(&features.all(), known);
            let odds = whether.heads().first().map_or(0.0, |head| whether.score(head, known));
            let which = &self.models.which;
            which.know_keys(&features.meaning, known);
            let mut rules: Vec<(Rule, f32)> = Rule::all()
                .filter(|&rule| weights.of(rule).is_some())
                .filter_map(|rule| {
                    let head = which.heads().get(self.heads[rule.index()]?)?;
                    Some((rule, which.score(head, known)))
                })
                .collect();
            rules.sort_by(|left, right| right.1.total_cmp(&left.1));
            Opinion { probability: probability(odds), rules }
        })
    }

    /// The rules that the layer finds broken where the detectors are silent, with their severity.
    pub(super) fn speak(&self, features: &Features, weights: &Weights) -> Vec<(Rule, Severity)> {
        let opinion = self.judge(features, weights);
        let Some(&(_, best)) = opinion.rules.first() else { return Vec::new() };
        if opinion.probability < self.thresholds.hold {
            return Vec::new();
        }
        let sure = opinion.probability >= self.thresholds.sure;
        opinion
            .rules
            .iter()
            .take(2)
            .filter(|(_, odds)| *odds >= best - self.thresholds.second)
            .enumerate()
            .map(|(place, &(rule, _))| {
                // The second guess only tells the supervisor where to look.
                let own = weights.of(rule).filter(|_| sure && place == 0);
                (rule, own.unwrap_or(Severity::Hold))
            })
            .collect()
    }

    /// How much the features of a clause speak for a rule.
    pub(super) fn weigh(&self, rule: Rule, features: &Features) -> f32 {
        let (whether, which) = (&self.models.whether, &self.models.which);
        let any = whether.heads().first();
        let own = self.heads[rule.index()].and_then(|head| which.heads().get(head));
        let of_any =
            features.all().iter().map(|&key| any.map_or(0.0, |head| whether.weight(head, key))).sum::<f32>();
        let of_rule =
            features.meaning.iter().map(|&key| own.map_or(0.0, |head| which.weight(head, key))).sum::<f32>();
        of_any + of_rule
    }
}
