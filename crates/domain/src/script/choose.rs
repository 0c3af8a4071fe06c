//! Which scripts fit a case, the best first, and why.

use pingxin_language::Cause;

use super::{Script, ScriptLanguage, ScriptStep};
use crate::guard::{Channel, Stage};
use crate::share::Share;
use crate::shop::{Object, Platform};
use crate::words::words;

/// A script with what is known of its use.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The script.
    pub script: &'a Script,
    /// The merchant wrote it.
    pub is_own: bool,
    /// Whoever asks has marked it.
    pub is_favourite: bool,
    /// How many of the ended cases that it was used in were solved.
    pub solved: Option<Share>,
}

/// What a script is wanted for. What is absent is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where the shop stands.
    pub platform: Option<Platform>,
    /// What the buyer left.
    pub object: Option<Object>,
    /// What he complains of.
    pub cause: Option<Cause>,
    /// The way it goes.
    pub channel: Option<Channel>,
    /// The buyer's language.
    pub language: Option<ScriptLanguage>,
    /// What it is for.
    pub step: Option<ScriptStep>,
}

words! {
    /// Why a script is offered.
    Because {
        /// It is for this step.
        Step = "step",
        /// It answers this complaint.
        Cause = "cause",
        /// It fits every complaint.
        AnyCause = "any_cause",
        /// It is written for this platform.
        Platform = "platform",
        /// It is written for what the buyer left.
        Object = "object",
        /// The merchant wrote it.
        Own = "own",
        /// It is marked.
        Favourite = "favourite",
        /// Most cases that it was used in were solved.
        Worked = "worked",
    }
}

/// A script that fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal<'a> {
    /// The script.
    pub script: &'a Script,
    /// How well it fits; more is better.
    pub score: u32,
    /// Why.
    pub because: Vec<Because>,
}

/// Ended cases from which on a share is believed.
const ENOUGH: u64 = 5;

/// The scripts that fit, the best first; of equals the one that stands first.
#[must_use]
pub fn choose<'a>(candidates: impl IntoIterator<Item = Candidate<'a>>, wanted: &Wanted) -> Vec<Proposal<'a>> {
    let mut found: Vec<Proposal<'a>> =
        candidates.into_iter().filter_map(|candidate| weigh(&candidate, wanted)).collect();
    found.sort_by_key(|proposal| std::cmp::Reverse(proposal.score));
    found
}

fn weigh<'a>(candidate: &Candidate<'a>, wanted: &Wanted) -> Option<Proposal<'a>> {
    let script = candidate.script;
    let fits = wanted.platform.is_none_or(|platform| script.fits(platform))
        && wanted.channel.is_none_or(|channel| script.channels.contains(&channel))
        && wanted.language.is_none_or(|language| script.texts.of(language).is_some())
        && wanted.object.is_none_or(|object| script.objects.is_empty() || script.objects.contains(&object))
        && wanted.cause.is_none_or(|cause| script.causes.is_empty() || script.causes.contains(&cause))
        && !begins_about_a_product_review(script, wanted);
    if !fits {
        return None;
    }
    let (mut score, mut because) = (0, Vec::new());
    let mut add = |weight: u32, why: Because| {
        score += weight;
        because.push(why);
    };
    match wanted.step {
        Some(step) if step == script.step => add(100, Because::Step),
        // While a matter is open, what the shop does about it is as near as what it says next.
        Some(ScriptStep::FollowUp) if script.step == ScriptStep::Solution => add(90, Because::Step),
        Some(ScriptStep::PhoneOpening) if script.step == ScriptStep::PhoneBranch => add(60, Because::Step),
        _ => {}
    }
    match wanted.cause {
        Some(_) if !script.causes.is_empty() => add(40, Because::Cause),
        Some(_) => add(10, Because::AnyCause),
        None if script.causes.is_empty() => add(10, Because::AnyCause),
        None => {}
    }
    if wanted.platform.is_some_and(|platform| script.names(platform)) {
        add(6, Because::Platform);
    }
    if wanted.object.is_some() && !script.objects.is_empty() {
        add(6, Because::Object);
    }
    if candidate.is_own {
        add(5, Because::Own);
    }
    if candidate.is_favourite {
        add(4, Because::Favourite);
    }
    if let Some(solved) = candidate.solved.filter(|solved| solved.of >= ENOUGH && solved.low >= 0.5) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is 0 to 1")]
        add((solved.low * 20.0) as u32, Because::Worked);
    }
    Some(Proposal { script, score, because })
}

/// The shop never writes first to somebody about his product review on Amazon (AMZ-REV, AMZ-COMM).
fn begins_about_a_product_review(script: &Script, wanted: &Wanted) -> bool {
    matches!(wanted.platform, Some(Platform::Amazon(_)))
        && wanted.object == Some(Object::ProductReview)
        && script.step == ScriptStep::FirstContact
}

/// What is said next: by the way it goes, how far the talk has come, and whether the buyer was content.
#[must_use]
pub fn step_now(channel: Channel, stage: Stage, is_content: bool) -> ScriptStep {
    match (channel, stage) {
        (Channel::PublicReply, _) => ScriptStep::PublicReply,
        (Channel::Sms, _) => ScriptStep::Sms,
        (Channel::PhoneScript, _) => ScriptStep::PhoneOpening,
        _ if is_content => ScriptStep::Thanks,
        (_, Stage::First) => ScriptStep::FirstContact,
        (_, Stage::FollowUp) => ScriptStep::FollowUp,
        (_, Stage::AfterResolution) => ScriptStep::AfterSolution,
    }
}
