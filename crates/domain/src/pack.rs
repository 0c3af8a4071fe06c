//! Policy packs 平台规则: what platforms and the law ask, as data. One TOML file a platform and market, one a country's law.
//!
//! The way of a rule: a file is read into [`Entry`]s (`read.rs` after the table of `schema.rs`; a broken file is refused
//! whole), a pack that inherits is laid over its parent, and [`Packs`] gives the [`Rules`] in force for a shop: base, then
//! platform, then law, then the merchant's own, where a later one can only be stricter. What nobody found is absent, and
//! absence means "no rule known": never zero, never endless.
//!
//! To add a rule: a table in `packs/*.toml` with its source and grade, and an `[[example]]` that pins it. To add a kind of
//! table: a row in `schema.rs`, a typed view beside `window.rs`.

mod diff;
mod embedded;
mod entry;
mod ground;
mod guard;
mod header;
mod policy;
mod read;
mod record;
mod refused;
mod rules;
pub(crate) mod schema;
mod set;
mod spans;
pub(crate) mod table;
mod tenant;
mod value;
mod window;

pub use crate::order::OrderState;
pub use diff::{Change, changes};
pub use entry::Entry;
pub use ground::{Condition, Ground, Outcome};
pub use guard::{GuardRule, Severity};
pub use header::{Header, Kind};
pub use policy::{AskChange, Benefit, Cadence, ChangePolicy, Messaging, PublicReply, Unit};
pub use record::{Grade, Record, Status};
pub use refused::Refused;
pub use rules::Rules;
pub use set::Packs;
pub use spans::Hours;
pub use value::Value;
pub use window::{Anchor, Calendar, Length, Party, Start, Timer, Window};

use jiff::civil::Date;

/// One pack as its file says it, its parent's entries under its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// What stands at its head.
    pub header: Header,
    /// Everything it says, in the order of the file; what is inherited comes first.
    pub entries: Vec<Entry>,
    windows: Vec<Window>,
    timers: Vec<Timer>,
    grounds: Vec<Ground>,
    guards: Vec<GuardRule>,
}

impl Pack {
    /// Reads one file. `file` is the name that a refusal gives.
    ///
    /// # Errors
    /// [`Refused`] at the first thing that is wrong, with file, line and key.
    pub fn read(file: &str, text: &str) -> Result<Self, Refused> {
        read::pack(file, text)
    }

    fn new(header: Header, entries: Vec<Entry>) -> Self {
        let of = |section: &'static str| entries.iter().filter(move |entry| entry.section == section);
        Self {
            windows: of("window").filter_map(Window::of).collect(),
            timers: of("timer").filter_map(Timer::of).collect(),
            grounds: of("removal_ground").filter_map(Ground::of).collect(),
            guards: of("guard").filter_map(GuardRule::of).collect(),
            header,
            entries,
        }
    }

    /// Its windows, of any date.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// Its timers, of any date.
    #[must_use]
    pub fn timers(&self) -> &[Timer] {
        &self.timers
    }

    /// Its grounds for removal, of any date.
    #[must_use]
    pub fn grounds(&self) -> &[Ground] {
        &self.grounds
    }

    /// Its rules of the guard, of any date.
    #[must_use]
    pub fn guards(&self) -> &[GuardRule] {
        &self.guards
    }

    /// Whether its facts are due to be looked at again: it stays in force and shows a badge.
    #[must_use]
    pub fn is_stale(&self, on: Date) -> bool {
        self.header.review_by.is_some_and(|by| by < on)
    }

    /// The entries of one kind, such as `window`.
    pub fn section<'a, 'b>(&'a self, section: &'b str) -> impl Iterator<Item = &'a Entry> + use<'a, 'b> {
        self.entries.iter().filter(move |entry| entry.section == section)
    }

    /// The entry with this id that is in force on a day; the newest of several.
    #[must_use]
    pub fn entry(&self, section: &str, id: &str, on: Date) -> Option<&Entry> {
        self.section(section)
            .filter(|entry| entry.id.as_deref() == Some(id) && entry.record.holds(on))
            .max_by_key(|entry| entry.record.effective_from)
    }

    /// The one table of a kind that has no ids, such as `cadence`, in force on a day.
    #[must_use]
    pub fn table(&self, section: &str, on: Date) -> Option<&Entry> {
        self.section(section)
            .filter(|entry| entry.id.is_none() && entry.record.holds(on))
            .max_by_key(|entry| entry.record.effective_from)
    }

    /// This pack laid over its parent: a table or id of its own replaces the parent's whole.
    #[must_use]
    pub fn over(&self, parent: &Self) -> Self {
        let replaced = |theirs: &Entry| {
            self.entries.iter().any(|own| own.section == theirs.section && own.id == theirs.id)
        };
        let inherited = parent.entries.iter().filter(|entry| entry.is_inherited() && !replaced(entry));
        let entries = inherited.chain(&self.entries).cloned().collect();
        Self::new(self.header.over(&parent.header), entries)
    }
}

#[cfg(test)]
mod tests;
