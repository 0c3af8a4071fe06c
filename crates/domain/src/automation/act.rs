//! What rules and macros do. None of it reaches a buyer, pays or ends a case.

use serde::{Deserialize, Serialize};

use super::RuleRefused;
use crate::Department;
use crate::identifiers::{MacroId, TagId, TeamId, UserId};
use crate::outbox::OutChannel;

/// Most actions of a rule or macro.
pub const ACT_LIMIT: usize = 10;
/// Longest text of a note or task, in characters.
pub const TEXT_LIMIT: usize = 2_000;
/// The longest time until a task is due, in hours.
pub const DUE_HOURS_LIMIT: u16 = 24 * 30;
/// What a text can name in double braces.
pub const VARIABLES: [&str; 4] = ["case", "shop", "order", "product"];

/// One action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Act {
    /// Gives the case to somebody.
    AssignPerson {
        /// To whom.
        person: UserId,
    },
    /// Gives a case that nobody has to a member of a team.
    AssignTeam {
        /// Which team.
        team: TeamId,
    },
    /// Gives a case that nobody has by the rules of assignment.
    AssignByRules,
    /// Puts a tag on.
    Tag {
        /// Which.
        tag: TagId,
    },
    /// Takes a tag off.
    Untag {
        /// Which.
        tag: TagId,
    },
    /// The case is at least so severe, also after its review is read anew.
    SeverityFloor {
        /// 0 to 100.
        severity: u8,
    },
    /// Asks another department.
    AskTask {
        /// Which.
        department: Department,
        /// What, with [`VARIABLES`] in double braces.
        text: String,
        /// Due so many hours later.
        due_hours: Option<u16>,
    },
    /// Tells the team.
    Notify {
        /// By which robot or webhook.
        channel: OutChannel,
        /// Who is named and has the case on his watch list.
        person: Option<UserId>,
    },
    /// Adds a note.
    Note {
        /// Its words, with [`VARIABLES`] in double braces.
        text: String,
    },
    /// Does what a macro does.
    RunMacro {
        /// Which.
        #[serde(rename = "macro")]
        saved: MacroId,
    },
}

impl Act {
    /// Whether it says who has the case.
    #[must_use]
    pub fn is_assignment(&self) -> bool {
        matches!(self, Self::AssignPerson { .. } | Self::AssignTeam { .. } | Self::AssignByRules)
    }

    /// Whether it needs a case; the others do with its review.
    #[must_use]
    pub fn needs_case(&self) -> bool {
        !matches!(self, Self::Tag { .. } | Self::Untag { .. })
    }

    /// The text that is kept by it, if there is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::AskTask { text, .. } | Self::Note { text } => Some(text),
            _ => None,
        }
    }

    fn check(&self) -> Result<(), RuleRefused> {
        if let Some(text) = self.text() {
            if !(1..=TEXT_LIMIT).contains(&text.trim().chars().count()) {
                return Err(RuleRefused::Text);
            }
            if pieces(text).any(|piece| matches!(piece, Piece::Unknown)) {
                return Err(RuleRefused::Variable);
            }
        }
        match self {
            Self::SeverityFloor { severity } if *severity > 100 => Err(RuleRefused::Severity),
            Self::AskTask { due_hours: Some(hours), .. } if !(1..=DUE_HOURS_LIMIT).contains(hours) => {
                Err(RuleRefused::Due)
            }
            Self::Notify { channel: OutChannel::Mail, .. } => Err(RuleRefused::Channel),
            _ => Ok(()),
        }
    }
}

/// Whether these actions can be kept.
///
/// # Errors
/// [`RuleRefused`].
pub fn check_acts(acts: &[Act]) -> Result<(), RuleRefused> {
    if !(1..=ACT_LIMIT).contains(&acts.len()) {
        return Err(RuleRefused::Acts);
    }
    if acts.iter().filter(|act| act.is_assignment()).count() > 1 {
        return Err(RuleRefused::TwoOwners);
    }
    acts.iter().try_for_each(Act::check)
}

/// What the variables of a text stand for; what is not known is written as a dash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    /// The number of the case.
    pub case: Option<String>,
    /// The name of the shop.
    pub shop: Option<String>,
    /// The number of the order.
    pub order: Option<String>,
    /// The title of the product.
    pub product: Option<String>,
}

enum Piece<'a> {
    Plain(&'a str),
    Variable(&'a str),
    Unknown,
}

/// The text in pieces: plain ones and variables in turn.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut parts = text.split("{{");
    let first = parts.next().map(Piece::Plain);
    let rest = parts.flat_map(|part| match part.split_once("}}") {
        Some((name, after)) => match VARIABLES.into_iter().find(|known| *known == name.trim()) {
            Some(known) => [Piece::Variable(known), Piece::Plain(after)],
            None => [Piece::Unknown, Piece::Plain(after)],
        },
        None => [Piece::Unknown, Piece::Plain("")],
    });
    first.into_iter().chain(rest)
}

/// The text with its variables filled in.
#[must_use]
pub fn filled(text: &str, filling: &Filling) -> String {
    let known = |name: &str| match name {
        "case" => filling.case.as_deref(),
        "shop" => filling.shop.as_deref(),
        "order" => filling.order.as_deref(),
        "product" => filling.product.as_deref(),
        _ => None,
    };
    pieces(text)
        .map(|piece| match piece {
            Piece::Plain(text) => text,
            Piece::Variable(name) => known(name).unwrap_or("–"),
            Piece::Unknown => "",
        })
        .collect()
}
