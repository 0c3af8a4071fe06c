//! What rules and macros name: when some of it is gone they are broken and do not run.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Act, Condition};
use crate::identifiers::{MacroId, ProductId, ShopId, TagId, TeamId, UserId};
use crate::outbox::OutChannel;

/// Something that a rule or macro names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Reference {
    /// A shop.
    Shop(ShopId),
    /// A tag.
    Tag(TagId),
    /// A product.
    Product(ProductId),
    /// Somebody who works on cases.
    Person(UserId),
    /// A team.
    Team(TeamId),
    /// A way out that is set up and switched on.
    Channel(OutChannel),
    /// A macro that everybody has.
    Macro(MacroId),
}

/// What there is.
pub type Existing = BTreeSet<Reference>;

impl Condition {
    /// What it names.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        match self {
            Self::Shop { any_of } => any_of.iter().copied().map(Reference::Shop).collect(),
            Self::Tag { any_of } => any_of.iter().copied().map(Reference::Tag).collect(),
            Self::Product { any_of } => any_of.iter().copied().map(Reference::Product).collect(),
            _ => Vec::new(),
        }
    }
}

impl Act {
    /// What it names.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        match self {
            Self::AssignPerson { person } => vec![Reference::Person(*person)],
            Self::AssignTeam { team } => vec![Reference::Team(*team)],
            Self::Tag { tag } | Self::Untag { tag } => vec![Reference::Tag(*tag)],
            Self::Notify { channel, person } => {
                let person = person.map(Reference::Person);
                std::iter::once(Reference::Channel(*channel)).chain(person).collect()
            }
            Self::RunMacro { saved } => vec![Reference::Macro(*saved)],
            Self::AssignByRules | Self::SeverityFloor { .. } | Self::AskTask { .. } | Self::Note { .. } => {
                Vec::new()
            }
        }
    }
}

/// What conditions and actions name that is gone.
#[must_use]
pub fn missing(conditions: &[Condition], acts: &[Act], existing: &Existing) -> Vec<Reference> {
    let named =
        conditions.iter().flat_map(Condition::references).chain(acts.iter().flat_map(Act::references));
    let gone: BTreeSet<Reference> = named.filter(|one| !existing.contains(one)).collect();
    gone.into_iter().collect()
}
