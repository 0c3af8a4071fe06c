//! What goes into a statement: typed values, so that a NULL has a type on PostgreSQL too.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::identifiers::{
    AlarmId, AttemptId, BatchId, BulkId, BuyerId, BuyerNoteId, CaseId, ClaimId, CompensationId, CorrectionId,
    EvidenceId, HandoverId, HappeningId, HoldId, Identifier, IncentiveId, InvitationId, JobId, MacroId,
    MediaFileId, OrderId, OutgoingId, PatternGroupId, ProductId, ProfileId, PromiseId, RecordId, RemovalId,
    ReviewId, RuleId, RunId, ScriptId, SessionId, ShiftId, ShopId, TagId, TaskId, TeamId, TenantId, TokenId,
    TrainingId, UserId, ViewId,
};
use sqlx::Arguments;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use uuid::Uuid;

/// One parameter. The lists stand for `= ANY($n::type[])`.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Int(Option<i64>),
    Real(Option<f64>),
    Bool(Option<bool>),
    Text(Option<Cow<'a, str>>),
    Bytes(Option<Cow<'a, [u8]>>),
    Uuid(Option<Uuid>),
    Ints(Vec<i64>),
    Texts(Vec<Cow<'a, str>>),
    Uuids(Vec<Uuid>),
}

/// PostgreSQL holds no NUL in a text; both engines get the same replacement.
fn storable(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { text }
}

impl<'a> Value<'a> {
    /// A text, with what PostgreSQL cannot hold replaced.
    pub(crate) fn text(text: Cow<'a, str>) -> Self {
        Self::Text(Some(storable(text)))
    }

    pub(crate) fn add_to_sqlite(self, arguments: &mut SqliteArguments) -> Result<(), sqlx::Error> {
        match self {
            Self::Int(value) => arguments.add(value),
            Self::Real(value) => arguments.add(value),
            Self::Bool(value) => arguments.add(value),
            Self::Text(value) => arguments.add(value.map(Cow::into_owned)),
            Self::Bytes(value) => arguments.add(value.map(Cow::into_owned)),
            Self::Uuid(value) => arguments.add(value),
            Self::Ints(values) => arguments.add(json(&values)?),
            Self::Texts(values) => arguments.add(json(&values)?),
            Self::Uuids(values) => {
                let texts: Vec<String> = values.iter().map(|id| id.simple().to_string()).collect();
                arguments.add(json(&texts)?)
            }
        }
        .map_err(sqlx::Error::Encode)
    }

    pub(crate) fn add_to_postgres(self, arguments: &mut PgArguments) -> Result<(), sqlx::Error> {
        match self {
            Self::Int(value) => arguments.add(value),
            Self::Real(value) => arguments.add(value),
            Self::Bool(value) => arguments.add(value),
            Self::Text(value) => arguments.add(value),
            Self::Bytes(value) => arguments.add(value.as_deref()),
            Self::Uuid(value) => arguments.add(value),
            Self::Ints(values) => arguments.add(values),
            Self::Texts(values) => arguments.add(values),
            Self::Uuids(values) => arguments.add(values),
        }
        .map_err(sqlx::Error::Encode)
    }
}

fn json<T: serde::Serialize>(values: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(values).map_err(|error| sqlx::Error::Encode(error.into()))
}

macro_rules! from {
    ($($source:ty => |$value:ident| $made:expr;)+) => {$(
        impl<'a> From<$source> for Value<'a> {
            fn from($value: $source) -> Self {
                $made
            }
        }
    )+};
}

from! {
    i64 => |value| Self::Int(Some(value));
    Option<i64> => |value| Self::Int(value);
    u32 => |value| Self::Int(Some(i64::from(value)));
    Option<u32> => |value| Self::Int(value.map(i64::from));
    u8 => |value| Self::Int(Some(i64::from(value)));
    // Counts and lines never come near 2^63; one that did would be held at the end.
    u64 => |value| Self::Int(Some(i64::try_from(value).unwrap_or(i64::MAX)));
    Option<f64> => |value| Self::Real(value);
    bool => |value| Self::Bool(Some(value));
    Option<bool> => |value| Self::Bool(value);
    &'a str => |value| Self::text(Cow::Borrowed(value));
    String => |value| Self::text(Cow::Owned(value));
    Option<&'a str> => |value| Self::Text(value.map(|text| storable(Cow::Borrowed(text))));
    Option<String> => |value| Self::Text(value.map(|text| storable(Cow::Owned(text))));
    &'a [u8] => |value| Self::Bytes(Some(Cow::Borrowed(value)));
    Vec<u8> => |value| Self::Bytes(Some(Cow::Owned(value)));
    Option<Vec<u8>> => |value| Self::Bytes(value.map(Cow::Owned));
    Timestamp => |value| Self::Int(Some(value.as_microsecond()));
    Option<Timestamp> => |value| Self::Int(value.map(Timestamp::as_microsecond));
    Vec<i64> => |value| Self::Ints(value);
    Vec<Uuid> => |value| Self::Uuids(value);
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(Some(Cow::Borrowed(value.as_slice())))
    }
}

impl<'a> From<&'a [&'a str]> for Value<'a> {
    fn from(values: &'a [&'a str]) -> Self {
        Self::Texts(values.iter().map(|text| storable(Cow::Borrowed(*text))).collect())
    }
}

impl From<Uuid> for Value<'_> {
    fn from(value: Uuid) -> Self {
        Self::Uuid(Some(value))
    }
}

macro_rules! from_identifiers {
    ($($name:ty),+) => {$(
        impl From<$name> for Value<'_> {
            fn from(value: $name) -> Self {
                Self::Uuid(Some(value.uuid()))
            }
        }

        impl From<Option<$name>> for Value<'_> {
            fn from(value: Option<$name>) -> Self {
                Self::Uuid(value.map(Identifier::uuid))
            }
        }

        impl From<&[$name]> for Value<'_> {
            fn from(values: &[$name]) -> Self {
                Self::Uuids(values.iter().map(|id| id.uuid()).collect())
            }
        }
    )+};
}

from_identifiers!(
    ScriptId,
    ClaimId,
    AttemptId,
    TenantId,
    UserId,
    ShiftId,
    ShopId,
    BuyerId,
    BuyerNoteId,
    OrderId,
    ProductId,
    ReviewId,
    CorrectionId,
    PatternGroupId,
    TrainingId,
    BatchId,
    CaseId,
    JobId,
    HandoverId,
    PromiseId,
    CompensationId,
    IncentiveId,
    TaskId,
    HoldId,
    OutgoingId,
    AlarmId,
    SessionId,
    ProfileId,
    RecordId,
    MediaFileId,
    BulkId,
    EvidenceId,
    RemovalId,
    InvitationId,
    TagId,
    TeamId,
    TokenId,
    ViewId,
    RuleId,
    RunId,
    HappeningId,
    MacroId
);

/// `values![scope.tenant, name, tx.now()]`: the parameters `$1`, `$2`, `$3`.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Value::from($value)),*] };
}
pub(crate) use values;
