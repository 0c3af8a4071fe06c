//! Instants of a case as conditions, each walked by an index of its own.

use jiff::Timestamp;
use pingxin_domain::TenantId;

use crate::sql::Built;

/// A stretch of time; what is not given is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Between {
    /// At this instant or later.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub to: Option<Timestamp>,
}

/// When something of a case is or was. All that is given must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CaseTimes {
    /// When the next step is due.
    pub due: Between,
    /// When the next deadline is.
    pub deadline: Between,
    /// When the clock that is due first is.
    pub clock: Between,
    /// Since when the supervisor should look.
    pub escalated: Between,
    /// The buyer may be contacted at this instant.
    pub contact_at: Option<Timestamp>,
    /// When it was opened.
    pub opened: Between,
    /// When it ended.
    pub ended: Between,
    /// When somebody contacted the buyer, or tried to.
    pub contacted: Between,
}

impl Between {
    fn is_asked(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    fn push(&self, built: &mut Built<'_>, [from, to]: [&'static str; 2]) {
        if let Some(at) = self.from {
            built.with(from, at);
        }
        if let Some(at) = self.to {
            built.with(to, at);
        }
    }
}

impl CaseTimes {
    /// Whether anything is asked.
    pub(crate) fn is_asked(&self) -> bool {
        *self != Self::default()
    }

    /// What SQLite is told to walk; none when nothing is asked.
    pub(crate) fn index(&self) -> Option<&'static str> {
        if self.contacted.is_asked() {
            // The few cases of a day's contacts are looked up one by one.
            Some("")
        } else if self.contact_at.is_some() {
            Some(" INDEXED BY cases_contact")
        } else if self.escalated.is_asked() {
            Some(" INDEXED BY cases_escalated")
        } else if self.clock.is_asked() {
            Some(" INDEXED BY cases_clock")
        } else if self.deadline.is_asked() {
            Some(" INDEXED BY cases_deadline")
        } else if self.due.is_asked() {
            Some(" INDEXED BY cases_due")
        } else if self.ended.is_asked() {
            Some(" INDEXED BY cases_closed")
        } else if self.opened.is_asked() {
            Some(" INDEXED BY cases_opened")
        } else {
            None
        }
    }

    /// The conditions on the case `c`.
    pub(crate) fn push(&self, built: &mut Built<'_>, tenant: TenantId) {
        self.due.push(built, [" AND c.due_at >= ", " AND c.due_at < "]);
        self.deadline.push(built, [" AND c.next_deadline_at >= ", " AND c.next_deadline_at < "]);
        self.clock.push(built, [" AND c.clock_due_at >= ", " AND c.clock_due_at < "]);
        self.escalated.push(built, [" AND c.escalated_at >= ", " AND c.escalated_at < "]);
        self.opened.push(built, [" AND c.opened_at >= ", " AND c.opened_at < "]);
        self.ended.push(built, [" AND c.closed_at >= ", " AND c.closed_at < "]);
        if let Some(at) = self.contact_at {
            built.with(" AND c.next_contact_at <= ", at).with(" AND c.next_contact_until > ", at);
        }
        if self.contacted.is_asked() {
            // The tenant as a value, so that the list of cases is read once and not for every case.
            built.with(" AND c.id IN (SELECT a.case_id FROM contact_attempts a WHERE a.tenant_id = ", tenant);
            self.contacted.push(built, [" AND a.at >= ", " AND a.at < "]);
            built.push(" AND a.withdrawn_at IS NULL)");
        }
    }
}

/// Times that between them use every condition.
pub(crate) fn samples() -> Vec<CaseTimes> {
    let some = Between { from: Some(Timestamp::UNIX_EPOCH), to: Some(Timestamp::UNIX_EPOCH) };
    let none = CaseTimes::default();
    vec![
        CaseTimes { due: some, ..none },
        CaseTimes { deadline: some, ..none },
        CaseTimes { clock: some, ..none },
        CaseTimes { escalated: some, ..none },
        CaseTimes { contact_at: Some(Timestamp::UNIX_EPOCH), ..none },
        CaseTimes { opened: some, ..none },
        CaseTimes { ended: some, ..none },
        CaseTimes { contacted: some, ..none },
        CaseTimes {
            due: some,
            deadline: some,
            clock: some,
            escalated: some,
            contact_at: Some(Timestamp::UNIX_EPOCH),
            opened: some,
            ended: some,
            contacted: some,
        },
    ]
}
