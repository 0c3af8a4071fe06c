//! Playbooks 处理步骤: the steps of a case by platform, object, cause and fault, each with owner, due time and what ends it.
//!
//! The steps are data (`playbook/steps.toml`): the first play that fits gives the order, a cause adds what has to be asked
//! and done for it. What the platform does not allow is left out by the rules in force and said apart, with its source. To
//! add a play: a table in that file, above the wider ones.

mod forbidden;
mod play;
mod step;

pub use forbidden::{Ban, Forbidden, forbidden};
pub use play::{PlaybookFacts, playbook};
pub use step::{Owner, Step, StepCode};
