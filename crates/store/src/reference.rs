//! Short forms of things that other things point at.

use pingxin_domain::case::CaseState;
use pingxin_domain::{BatchId, CaseId, Platform, ShopId, UserId};

use crate::StoreError;
use crate::sql::Columns;

/// A shop by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopRef {
    /// Id.
    pub id: ShopId,
    /// Name.
    pub name: String,
    /// Platform.
    pub platform: Platform,
}

impl ShopRef {
    /// Reads id, name and platform, in this order.
    pub(crate) fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let (id, name) = (columns.id()?, columns.text()?);
        Ok(Self { id, name, platform: columns.code(|code| code.parse().ok())? })
    }
}

/// A person by display name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRef {
    /// Id.
    pub id: UserId,
    /// Display name.
    pub name: String,
}

impl UserRef {
    /// Reads id and display name, in this order, of somebody who may be missing.
    pub(crate) fn read(columns: &mut Columns<'_>) -> Result<Option<Self>, StoreError> {
        let (id, name) = (columns.opt_id()?, columns.opt_text()?);
        Ok(Self::of(id, name))
    }

    /// Somebody by an id and the name that was found for it.
    pub(crate) fn of(id: Option<UserId>, name: Option<String>) -> Option<Self> {
        id.map(|id| Self { id, name: name.unwrap_or_default() })
    }
}

/// The case of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseRef {
    /// Id.
    pub id: CaseId,
    /// Number within the tenant, from 1.
    pub number: u64,
    /// How far it has come.
    pub state: CaseState,
    /// Who has it.
    pub owner: Option<UserId>,
}

/// The row of a file that something came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The import.
    pub batch: BatchId,
    /// Name of the file.
    pub file_name: String,
    /// Line, from 1.
    pub line: u64,
}
