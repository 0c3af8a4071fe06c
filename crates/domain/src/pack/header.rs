//! What stands at the head of a pack.

use jiff::civil::Date;
use serde::Serialize;

use crate::words::words;

words! {
    /// What a pack speaks for.
    Kind {
        /// What this desk holds itself to everywhere.
        Base = "base",
        /// A platform in a market.
        Platform = "platform",
        /// The law of a country.
        Law = "law",
        /// A merchant's own, stricter rules.
        Tenant = "tenant",
    }
}

/// What stands at the head of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Its name: the platform's code, `law-cn`, `base`.
    pub id: String,
    /// `2026.11.0`.
    pub version: String,
    /// What it speaks for.
    pub kind: Kind,
    /// The pack it is laid over.
    pub inherits: Option<String>,
    /// Its name for Chinese readers.
    pub zh: String,
    /// Its name for English readers.
    pub en: String,
    /// The markets it speaks for, as ISO 3166 codes; `*` for all.
    pub markets: Vec<String>,
    /// The platforms a merchant's own pack speaks for, by code; empty for all.
    pub platforms: Vec<String>,
    /// The zone in which it counts local days, as an IANA name; null, the shop's.
    pub timezone: Option<String>,
    /// The first day on which this version is in force.
    pub effective_from: Option<Date>,
    /// When somebody last looked at its sources.
    pub reviewed_on: Date,
    /// When somebody must look again; after it every answer shows a badge.
    pub review_by: Option<Date>,
}

impl Header {
    /// This head over its parent's: what it does not say it takes over, but never who it is or when it was reviewed.
    pub(super) fn over(&self, parent: &Self) -> Self {
        Self {
            markets: if self.markets.is_empty() { parent.markets.clone() } else { self.markets.clone() },
            timezone: self.timezone.clone().or_else(|| parent.timezone.clone()),
            ..self.clone()
        }
    }
}
