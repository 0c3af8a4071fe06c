//! What a merchant's own script must keep to, beside the guard.

use thiserror::Error;

use super::{Script, TextRefused, variables_of};
use crate::guard::Channel;

/// The most characters of a text.
pub const MOST_CHARACTERS: usize = 2_000;
/// The most characters of a title.
pub const MOST_TITLE: usize = 60;
/// The most variables of a text.
const MOST_VARIABLES: usize = 20;
/// What tells of one buyer's order, which nobody else may read (policy facts 8.7, 2).
const PRIVATE: [&str; 2] = ["order", "tracking"];

/// Why a merchant's script is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OwnRefused {
    /// It has no title, or one too long.
    #[error("a title has 1 to {MOST_TITLE} characters")]
    Title,
    /// It has no text at all.
    #[error("write a text in one language at least")]
    NoText,
    /// A text is too long.
    #[error("a text has at most {MOST_CHARACTERS} characters")]
    TooLong,
    /// It goes no way.
    #[error("choose one way at least by which it goes to the buyer")]
    NoWay,
    /// It goes a way that reaches no buyer.
    #[error("`{0}` reaches no buyer")]
    NotOut(&'static str),
    /// Too many variables.
    #[error("a text has at most {MOST_VARIABLES} variables")]
    TooMany,
    /// A public reply names an order.
    #[error("`{0}` must not stand in a public reply: everybody reads it")]
    Private(String),
    /// A text is no script.
    #[error(transparent)]
    Text(#[from] TextRefused),
}

impl Script {
    /// Whether it may be kept, as far as its form goes.
    ///
    /// # Errors
    /// [`OwnRefused`], the first thing that is wrong.
    pub fn may_be_kept(&self) -> Result<(), OwnRefused> {
        let fits = |title: &str| (1..=MOST_TITLE).contains(&title.trim().chars().count());
        if !fits(&self.title.zh) || !fits(&self.title.en) {
            return Err(OwnRefused::Title);
        }
        if self.channels.is_empty() {
            return Err(OwnRefused::NoWay);
        }
        if let Some(inside) =
            self.channels.iter().find(|channel| !channel.is_message() && **channel != Channel::PublicReply)
        {
            return Err(OwnRefused::NotOut(inside.code()));
        }
        if self.texts.all().all(|(_, text)| text.trim().is_empty()) {
            return Err(OwnRefused::NoText);
        }
        for (_, text) in self.texts.all() {
            if text.chars().count() > MOST_CHARACTERS {
                return Err(OwnRefused::TooLong);
            }
            let names = variables_of(text)?;
            if names.len() > MOST_VARIABLES {
                return Err(OwnRefused::TooMany);
            }
            let private = names.iter().find(|name| PRIVATE.contains(&name.as_str()));
            if let Some(name) = private.filter(|_| self.channels.contains(&Channel::PublicReply)) {
                return Err(OwnRefused::Private(name.clone()));
            }
        }
        Ok(())
    }
}
