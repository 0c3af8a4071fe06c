//! Short forms of things that other things point at.

use pingxin_domain::case::CaseState;
use pingxin_domain::{BatchId, CaseId, Platform, ShopId, UserId};

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

/// A person by display name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRef {
    /// Id.
    pub id: UserId,
    /// Display name.
    pub name: String,
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
