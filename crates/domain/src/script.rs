//! Scripts 话术: what is said to a buyer, ready to be filled in, by cause, step, platform and language.
//!
//! The shipped ones are data (`scripts/*.toml` at the root, read by `read.rs`; a broken file is refused with its line); a
//! merchant writes his own beside them. [`choose`] says which fit a case, the best first, and why; [`known`] which
//! variables the desk can fill by itself; [`fill`] makes a text of a script, and refuses while a variable is open.
//!
//! To add a script: a table in a file of `scripts/`. A test sends each, in each language, through the guard.

mod checked;
mod choose;
mod embedded;
mod facts;
mod fill;
mod own;
mod read;
mod variable;
mod ways;

pub use checked::{CHECKED, Offence, places, samples};
pub use choose::{Because, Candidate, Proposal, Wanted, choose, step_now};
pub use facts::{ScriptFacts, known};
pub use fill::{FillRefused, TextRefused, fill, variables_of};
pub use own::{MOST_CHARACTERS, MOST_TITLE, OwnRefused};
pub use variable::{Variable, VariableKind, variable, variables};
pub use ways::{order_page, ways};

use std::sync::LazyLock;

use pingxin_language::Cause;
use serde::{Deserialize, Serialize};

use crate::guard::{Channel, Stage};
use crate::pack::Refused;
use crate::say::Say;
use crate::shop::{Object, Platform};
use crate::words::words;

words! {
    /// When in the life of an order something is said.
    Phase {
        /// 售前: before the order.
        PreSale = "pre_sale",
        /// 售中: until the parcel arrives.
        InSale = "in_sale",
        /// 售后: afterwards.
        AfterSale = "after_sale",
    }
}

words! {
    /// What a script is for.
    ScriptStep {
        /// 咨询答复: the answer to a question before or during the sale.
        Answer = "answer",
        /// 首次联系: the first word about a trouble.
        FirstContact = "first_contact",
        /// 跟进: the matter is open.
        FollowUp = "follow_up",
        /// 解决方案: what the shop does about it.
        Solution = "solution",
        /// 解决之后: the trouble is over.
        AfterSolution = "after_solution",
        /// 公开回复: under the review, for everybody.
        PublicReply = "public_reply",
        /// 短信: the parameters of an approved template.
        Sms = "sms",
        /// 电话开场.
        PhoneOpening = "phone_opening",
        /// 电话分支: what the buyer may say on the phone.
        PhoneBranch = "phone_branch",
        /// 致谢: to buyers who were content.
        Thanks = "thanks",
    }
}

words! {
    /// Whether a version of a merchant's own script may be used.
    VersionState {
        /// It passed.
        Kept = "kept",
        /// 待审核: a second person has to look at it.
        Waiting = "waiting",
        /// 已退回: it was sent back.
        Refused = "refused",
    }
}

words! {
    /// The language of a script's text, ISO 639-1.
    ScriptLanguage {
        /// Chinese.
        Chinese = "zh",
        /// English.
        English = "en",
    }
}

impl ScriptStep {
    /// How far the talk has come where it is said.
    #[must_use]
    pub fn stage(self) -> Stage {
        match self {
            Self::Answer | Self::FirstContact | Self::Sms | Self::PhoneOpening => Stage::First,
            Self::FollowUp | Self::Solution | Self::PublicReply | Self::PhoneBranch => Stage::FollowUp,
            Self::AfterSolution | Self::Thanks => Stage::AfterResolution,
        }
    }
}

/// The text of a script by language; a merchant's own may have one only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// Chinese.
    pub zh: Option<String>,
    /// English.
    pub en: Option<String>,
}

impl Texts {
    /// The text in a language.
    #[must_use]
    pub fn of(&self, language: ScriptLanguage) -> Option<&str> {
        match language {
            ScriptLanguage::Chinese => self.zh.as_deref(),
            ScriptLanguage::English => self.en.as_deref(),
        }
    }

    /// Every text there is, with its language.
    pub fn all(&self) -> impl Iterator<Item = (ScriptLanguage, &str)> {
        ScriptLanguage::ALL.iter().filter_map(|&language| Some((language, self.of(language)?)))
    }
}

/// A script. An empty list is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// Its name for machines, such as `first.quality`; of a merchant's own its id.
    pub key: String,
    /// When in the life of an order.
    pub phase: Phase,
    /// What it is for.
    pub step: ScriptStep,
    /// Complaints that it answers.
    pub causes: Vec<Cause>,
    /// Platforms it is for, as [`Platform::code`] writes them; `amazon` stands for every market.
    pub platforms: Vec<String>,
    /// What the buyer left.
    pub objects: Vec<Object>,
    /// The ways it goes; at least one.
    pub channels: Vec<Channel>,
    /// What people call it.
    pub title: Say,
    /// Its words.
    pub texts: Texts,
}

impl Script {
    /// Whether it is for this platform.
    #[must_use]
    pub fn fits(&self, platform: Platform) -> bool {
        self.platforms.is_empty() || self.names(platform)
    }

    /// Whether it is a public answer to a good review.
    #[must_use]
    pub fn is_public_thanks(&self) -> bool {
        self.step == ScriptStep::Thanks && self.channels.contains(&Channel::PublicReply)
    }

    /// Whether it names this platform.
    fn names(&self, platform: Platform) -> bool {
        let code = platform.code();
        self.platforms.iter().any(|own| *own == code || own == "amazon" && code.starts_with("amazon-"))
    }
}

/// Reads one file of scripts; `file` is the name that a refusal gives.
///
/// # Errors
/// [`Refused`] at the first thing that is wrong, with file, line and key.
pub fn read(file: &str, text: &str) -> Result<Vec<Script>, Refused> {
    read::scripts(file, text)
}

static SHIPPED: LazyLock<(Vec<Script>, Vec<Refused>)> = LazyLock::new(|| {
    let (scripts, refused) = read::all(embedded::FILES);
    debug_assert!(refused.is_empty(), "{refused:?}");
    (scripts, refused)
});

/// The scripts that this program carries, in the order of their files.
#[must_use]
pub fn shipped() -> &'static [Script] {
    &SHIPPED.0
}

/// The shipped script with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Script> {
    shipped().iter().find(|script| script.key == key)
}

#[cfg(test)]
mod tests;
