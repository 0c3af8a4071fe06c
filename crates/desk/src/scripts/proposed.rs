//! What fits a case: how far the talk has come, the ways to the buyer, the scripts with the best first, and a text made of
//! one with what the case knows.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use pingxin_domain::guard::{Channel, Stage};
use pingxin_domain::review::Verdict as Rated;
use pingxin_domain::script::{
    self, Because, Candidate, FillRefused, Script, ScriptFacts, ScriptLanguage, ScriptStep, Variable, Wanted,
};
use pingxin_domain::share::Share;
use pingxin_domain::{Action, CaseId, Platform, Scope};
use pingxin_language::Language;
use pingxin_store::{StoreError, Tx, case, order, shop, user};

use super::own::text_refusal;
use super::{Entry, entries};
use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, around, in_force};

/// What the agent has chosen so far; worked out where it is not given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Talk {
    /// The way it goes.
    pub channel: Option<Channel>,
    /// The buyer's language.
    pub language: Option<ScriptLanguage>,
}

/// A variable of a text, and its value where the case knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The variable.
    pub variable: Variable,
    /// What the case knows.
    pub value: Option<String>,
}

/// A script that fits.
#[derive(Debug, Clone)]
pub struct ProposedScript {
    /// The script.
    pub script: Script,
    /// Whether the merchant wrote it.
    pub is_own: bool,
    /// Whether whoever asks has marked it.
    pub is_favourite: bool,
    /// Why it is offered.
    pub because: Vec<Because>,
    /// How many of the ended cases that it was used in were solved.
    pub solved: Option<Share>,
    /// What stands between its braces.
    pub needs: Vec<Need>,
}

/// What fits a case.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The way it goes.
    pub channel: Channel,
    /// The ways to the buyer.
    pub channels: Vec<Channel>,
    /// The language of the text.
    pub language: ScriptLanguage,
    /// How far the talk has come.
    pub stage: Stage,
    /// What is said next.
    pub step: ScriptStep,
    /// The most characters that this way allows.
    pub limit: Option<u32>,
    /// The platform's page of the order, to write there.
    pub link: Option<String>,
    /// The scripts, the best first.
    pub scripts: Vec<ProposedScript>,
}

/// A script as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The text; none while a variable is open.
    pub text: Option<String>,
    /// The variables that are open.
    pub missing: Vec<String>,
}

/// Everything that is known of a case, for a text to its buyer.
struct Known {
    facts: ScriptFacts,
    platform: Platform,
    object: Option<pingxin_domain::Object>,
    cause: Option<pingxin_language::Cause>,
    language: Option<Language>,
    is_content: bool,
}

async fn known(tx: &mut Tx<'_>, scope: &Scope, id: CaseId) -> std::result::Result<Option<Known>, StoreError> {
    let Some(case) = case::get(tx, scope, id).await? else { return Ok(None) };
    let Some(shop) = shop::find(tx, scope, case.row.shop.id).await? else { return Ok(None) };
    let order = match case.order {
        Some(order) => order::get(tx, scope, order).await?.map(|order| order.order),
        None => None,
    };
    let agent = match scope.user() {
        Some(user) => user::find(tx, scope, user).await?.map(|user| user.display_name),
        None => None,
    };
    let row = case.row.review.as_ref();
    let of_order = order.as_ref();
    let title = of_order.and_then(|order| order.lines.iter().find_map(|line| line.title.clone()));
    let facts = ScriptFacts {
        shop: Some(shop.name),
        platform: Some(shop.platform),
        zone: TimeZone::get(&shop.timezone).ok(),
        agent,
        product: row.and_then(|row| row.product_title.clone()).or(title),
        order_number: case
            .row
            .order_number()
            .map(str::to_owned)
            .or(of_order.map(|order| order.number.clone())),
        carrier: of_order.and_then(|order| order.carrier.clone()),
        tracking_number: of_order.and_then(|order| order.tracking_number.clone()),
        placed: of_order.and_then(|order| order.placed),
        shipped: of_order.and_then(|order| order.shipped),
        delivered: of_order.and_then(|order| order.delivered),
    };
    let is_content = match row.map(|row| (row.rating, row.verdict)) {
        Some((Some(rating), _)) => rating.stars() > 3,
        Some((None, verdict)) => verdict == Some(Rated::Good),
        None => false,
    };
    Ok(Some(Known {
        facts,
        platform: shop.platform,
        object: row.map(|row| row.object),
        cause: case.row.primary_cause,
        language: row.and_then(|row| row.language),
        is_content,
    }))
}

/// What fits a case now.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn propose(desk: &Desk, scope: &Scope, id: CaseId, talk: Talk) -> Result<Proposed> {
    allow(scope, Action::ReadCases)?;
    let around = around::gather(desk, scope, About::Case(id)).await?.ok_or(DeskError::NotFound)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(known) = known(tx, scope, id).await? else { return Ok(None) };
                Ok(Some((known, entries(tx, scope).await?)))
            })
        })
        .await?;
    let (known, library) = found.ok_or(DeskError::NotFound)?;
    let now = desk.store.clock().now();
    let channels = script::ways(known.platform).to_vec();
    let channel = talk.channel.unwrap_or(channels[0]);
    let language = talk.language.unwrap_or_else(|| language_of(known.language, known.platform));
    let stage = around.stage(Some(channel), now);
    let step = script::step_now(channel, stage, known.is_content);
    let wanted = Wanted {
        platform: Some(known.platform),
        object: known.object,
        cause: known.cause,
        channel: Some(channel),
        language: Some(language),
        step: Some(step),
    };
    let facts = script::known(&known.facts, language);
    let usable: Vec<&Entry> = library.iter().filter(|entry| entry.is_usable()).collect();
    let candidates = usable.iter().map(|entry| Candidate {
        script: &entry.script,
        is_own: entry.own.is_some(),
        is_favourite: entry.is_favourite,
        solved: entry.solved,
    });
    let scripts = script::choose(candidates, &wanted)
        .into_iter()
        .filter_map(|proposal| {
            let entry = usable.iter().find(|entry| entry.script.key == proposal.script.key)?;
            Some(ProposedScript {
                script: proposal.script.clone(),
                is_own: entry.own.is_some(),
                is_favourite: entry.is_favourite,
                because: proposal.because,
                solved: entry.solved,
                needs: needs(proposal.script.texts.of(language)?, &facts),
            })
        })
        .collect();
    let engine = desk.engine();
    let rules = in_force(engine.packs(), Some(known.platform), Some(around.zone()), now);
    let limit = rules.max_chars(channel.code(), None);
    let link =
        known.facts.order_number.as_deref().and_then(|number| script::order_page(known.platform, number));
    Ok(Proposed { channel, channels, language, stage, step, limit, link, scripts })
}

fn needs(text: &str, facts: &BTreeMap<String, String>) -> Vec<Need> {
    let names = script::variables_of(text).unwrap_or_default();
    let need = |name: String| Need { value: facts.get(&name).cloned(), variable: script::variable(&name) };
    names.into_iter().map(need).collect()
}

/// The buyer's language: that of his review, else the usual one of the platform.
pub(crate) fn language_of(of: Option<Language>, platform: Platform) -> ScriptLanguage {
    match of {
        Some(Language::Chinese) => ScriptLanguage::Chinese,
        Some(Language::Undetermined) | None => match platform {
            Platform::Taobao | Platform::Tmall | Platform::Jd | Platform::OwnShop => ScriptLanguage::Chinese,
            Platform::Amazon(_) | Platform::Ebay | Platform::AliExpress | Platform::Shopify => {
                ScriptLanguage::English
            }
        },
        Some(_) => ScriptLanguage::English,
    }
}

/// Makes a text of a script with what the case knows and what a form gave; a value that was given wins.
///
/// # Errors
/// [`DeskError::Refused`] for a value that does not fit; [`DeskError::NotFound`] for a case outside the scope, a script that
/// is not there or not in this language; [`DeskError::Forbidden`].
pub async fn fill(
    desk: &Desk,
    scope: &Scope,
    id: CaseId,
    key: &str,
    language: ScriptLanguage,
    given: BTreeMap<String, String>,
) -> Result<Filled> {
    allow(scope, Action::ReadCases)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(known) = known(tx, scope, id).await? else { return Ok(None) };
                Ok(super::usable(tx, scope, key).await?.map(|script| (known, script)))
            })
        })
        .await?;
    let (known, script) = found.ok_or(DeskError::NotFound)?;
    let words = script.texts.of(language).ok_or(DeskError::NotFound)?;
    let mut values = pingxin_domain::script::known(&known.facts, language);
    values.extend(given.into_iter().filter(|(_, value)| !value.trim().is_empty()));
    match pingxin_domain::script::fill(words, &values) {
        Ok(text) => Ok(Filled { text: Some(text), missing: Vec::new() }),
        Err(FillRefused::Missing(missing)) => Ok(Filled { text: None, missing }),
        Err(refused) => Err(fill_refusal(&refused)),
    }
}

/// Refuses a text with an open variable: it can never be sent.
///
/// # Errors
/// [`DeskError::Refused`], naming what is open.
pub(crate) fn nothing_is_open(text: &str) -> Result<()> {
    match script::variables_of(text) {
        Ok(names) if names.is_empty() => Ok(()),
        Ok(names) => Err(fill_refusal(&FillRefused::Missing(names))),
        // Braces without a name are no variable of ours, but a reader would see that something is missing.
        Err(_) if !text.contains("{{") && !text.contains("}}") => Ok(()),
        Err(refused) => Err(fill_refusal(&FillRefused::Text(refused))),
    }
}

fn fill_refusal(refused: &FillRefused) -> DeskError {
    let label = |name: &str| script::variable(name).label;
    let zh = match refused {
        FillRefused::Missing(names) => {
            let labels: Vec<String> = names.iter().map(|name| label(name).zh).collect();
            format!("还没填：{}。填完才能发送", labels.join("、"))
        }
        FillRefused::TooLong { name, most } => format!("「{}」最多 {most} 个字", label(name).zh),
        FillRefused::Lines(name) => format!("「{}」要写在一行里", label(name).zh),
        FillRefused::Open(name) => format!("「{}」里不能有 {{{{ 或 }}}}", label(name).zh),
        FillRefused::NoNumber(name) => format!("「{}」要填数字", label(name).zh),
        FillRefused::Text(text) => text_refusal(text),
    };
    DeskError::refused(zh, refused.to_string())
}
