//! Where a rule comes from, as the API says it.

use pingxin_desk::rules::{Cited, cite};
use pingxin_domain::Source;
use pingxin_domain::pack::Packs;
use serde::Serialize;
use utoipa::ToSchema;

/// Where a rule comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleSource {
    /// As packs name it, such as `AMZ-RM`.
    key: String,
    /// The place in it.
    #[schema(required = true)]
    locator: Option<String>,
    #[schema(required = true)]
    title: Option<String>,
    #[schema(required = true)]
    url: Option<String>,
}

impl RuleSource {
    /// Sources with what the packs know of them.
    pub fn all(sources: Vec<Source>, packs: &Packs) -> Vec<Self> {
        sources.iter().map(|source| cite(packs, source).into()).collect()
    }

    /// One of them.
    pub fn of(source: Source, packs: &Packs) -> Self {
        cite(packs, &source).into()
    }
}

impl From<Cited> for RuleSource {
    fn from(cited: Cited) -> Self {
        let Cited { source, title, url } = cited;
        Self { key: source.key, locator: source.locator, title, url }
    }
}

pub(super) fn sources(cited: Vec<Cited>) -> Vec<RuleSource> {
    cited.into_iter().map(RuleSource::from).collect()
}
