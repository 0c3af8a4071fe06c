//! Clocks of a case: first response, next response, resolution, questions to other departments, and how long whoever has the
//! case has been silent.
//!
//! A clock counts working time only: the shop's [`Hours`] on its local days, holidays and 调休 included (`open`); of a
//! silent assignee the time in which he is on duty (`duty`). While the buyer is waited for nothing counts. All of it is a
//! function of facts, calendar and now; when something was told to somebody is kept elsewhere.

mod count;
mod duty;
mod facts;
mod goals;
mod hours;
mod open;
mod running;

pub use count::{Pause, Reach, Stretch, elapsed, reaches};
pub use duty::{Duty, Shift};
pub use facts::{AskedTask, CaseStory, ClockFacts, Move, Moved, OLD};
pub use goals::{Goals, GoalsRefused, LONGEST};
pub use hours::{DAY, Hours, HoursRefused, Span};
pub use open::{Opening, Stretches};
pub use running::{Alarm, Clock, ClockKind, Stage, Summary, clocks};
