//! Pure rules over facts and texts: no I/O, no async, no clock, no randomness (`now` is a parameter).
//!
//! One module a noun. A decision is a function of facts; a transition consumes the old state and may refuse
//! with a reason. To add a rule: put it in the room of its noun, cite its source in the docstring, and pin
//! one example a row in its tests.

pub mod after_sale;
pub mod aftersales;
pub mod arrival;
pub mod assignment;
pub mod automation;
pub mod cadence;
pub mod calendar;
pub mod call;
pub mod case;
pub mod chat;
pub mod claim;
pub mod clock;
pub mod compensation;
pub mod correction;
pub mod deadline;
pub mod department;
pub mod evidence;
pub mod example;
pub mod figure;
pub mod guard;
pub mod handover;
pub mod identifiers;
pub mod incentive;
pub mod intake;
pub mod list;
pub mod media;
pub mod money;
pub mod month;
pub mod nick;
pub mod order;
pub mod outbox;
pub mod pack;
pub mod pasted;
pub mod pattern;
pub mod personal;
pub mod plan;
pub mod playbook;
pub mod promise;
pub mod rating;
pub mod removal;
pub mod review;
pub mod say;
pub mod scope;
pub mod script;
pub mod share;
pub mod shipment;
pub mod shop;
pub mod source;
pub mod tag;
pub mod task;
pub mod thanks;
pub mod time;
pub mod triage;
mod words;

pub use department::Department;
pub use identifiers::{
    AlarmId, AttemptId, BatchId, BulkId, BuyerId, BuyerNoteId, CaseId, ClaimId, CompensationId, CorrectionId,
    EvidenceId, HandoverId, HappeningId, HoldId, IncentiveId, InvitationId, JobId, MacroId, OrderId,
    OutgoingId, PatternGroupId, ProductId, ProfileId, PromiseId, RecordId, RemovalId, ReviewId, RuleId,
    RunId, ScriptId, SessionId, ShiftId, ShopId, TagId, TaskId, TeamId, TenantId, TokenId, TrainingId,
    UserId, ViewId,
};
pub use money::{Currency, Money};
pub use month::Month;
pub use say::Say;
pub use scope::{Action, ActionAccess, Actor, Role, Scope, ShopAccess};
pub use shop::{Object, Platform};
pub use source::Source;
