//! What stands before every text that is typed into the desk: a blocked one is refused, with no way around; a held one
//! waits for a second person; the rest is kept.

use pingxin_domain::Scope;
use pingxin_domain::guard::{Channel, HoldKind, Verdict};
use pingxin_domain::outbox::TeamEvent;
use pingxin_store::hold::{self, HeldBody, Hold, NewHold};
use pingxin_store::{audit, case};
use serde_json::json;

use super::around::{self, Around};
use super::{About, Asked, Checked, judged};
use crate::desk::Desk;
use crate::error::{DeskError, Result};
use crate::outbox::notices;

/// What became of a text that somebody wanted to keep.
#[derive(Debug, Clone)]
pub enum Outcome<T> {
    /// It was kept.
    Done(T),
    /// It waits for a second person.
    Held(Box<Hold>),
}

/// A text that was looked at and is not blocked.
pub(crate) struct Looked {
    /// What the guard says of it.
    pub(crate) checked: Checked,
    around: Option<Around>,
}

impl Looked {
    /// The zone of the shop.
    pub(crate) fn zone(&self) -> jiff::tz::TimeZone {
        self.around.as_ref().map_or(jiff::tz::TimeZone::UTC, Around::zone)
    }

    /// Whether a second person has to look at it.
    pub(crate) fn is_held(&self) -> bool {
        self.checked.verdict == Verdict::Hold
    }
}

/// Looks at a text that is kept beside something else, such as a logged call, and so cannot wait for a second person: what one
/// would have to see is refused as well.
///
/// # Errors
/// [`DeskError::Refused`] for a text that would be held; otherwise as [`pass`].
pub(crate) async fn pass_at_once(desk: &Desk, scope: &Scope, about: About, text: &str) -> Result<()> {
    if pass(desk, scope, about, Channel::Note, text).await?.is_held() {
        return Err(DeskError::refused(
            "这段话要主管看过才能留：请写成备注提交审核，或换个说法",
            "a supervisor has to see this text first: hand it in as a note, or say it otherwise",
        ));
    }
    Ok(())
}

/// Looks at a text before it is kept.
///
/// # Errors
/// [`DeskError::Blocked`] when it may not be kept, which the audit notes; [`DeskError::NotFound`] for something outside
/// the scope.
pub(crate) async fn pass(
    desk: &Desk,
    scope: &Scope,
    about: About,
    channel: Channel,
    text: &str,
) -> Result<Looked> {
    let looked = look(desk, scope, about, channel, text).await?;
    if looked.checked.verdict == Verdict::Block {
        note_block(desk, scope, about, Some(channel), &looked.checked).await?;
        return Err(DeskError::Blocked(Box::new(looked.checked)));
    }
    Ok(looked)
}

/// The same without stopping anything.
///
/// # Errors
/// [`DeskError::NotFound`] for something outside the scope.
pub(crate) async fn look(
    desk: &Desk,
    scope: &Scope,
    about: About,
    channel: Channel,
    text: &str,
) -> Result<Looked> {
    let asked = Asked {
        text: text.to_owned(),
        channel: Some(channel),
        template: false,
        about,
        stage: None,
        platform: None,
        object: None,
        limit: None,
    };
    let around = around::gather(desk, scope, about).await?;
    let checked = judged(desk, scope, &asked, around.as_ref()).await?;
    Ok(Looked { checked, around })
}

/// Notes in the audit that a text was refused: by which rules, not what it said.
pub(crate) async fn note_block(
    desk: &Desk,
    scope: &Scope,
    about: About,
    channel: Option<Channel>,
    checked: &Checked,
) -> Result<()> {
    let rules: Vec<String> = checked.findings.iter().map(|noted| noted.finding.rule.to_string()).collect();
    let detail = &json!({ "channel": channel, "rules": rules });
    let (kind, id) = match about {
        About::Case(id) => ("case", id.to_string()),
        About::Review(id) => ("review", id.to_string()),
        About::Order(id) => ("order", id.to_string()),
        About::Buyer(id) => ("buyer", id.to_string()),
        About::Task(id) => ("task", id.to_string()),
        About::Shop(id) => ("shop", id.to_string()),
        About::Nothing => ("guard", String::new()),
    };
    let id = id.as_str();
    let noted = desk
        .store
        .write(|tx| Box::pin(async move { audit::append(tx, scope, "guard.block", kind, id, detail).await }));
    Ok(noted.await?)
}

/// Keeps a text back until a second person has looked at it.
///
/// # Errors
/// [`DeskError::NotFound`] when what it is about is gone.
pub(crate) async fn hold_back(
    desk: &Desk,
    scope: &Scope,
    looked: &Looked,
    about: About,
    kind: HoldKind,
    body: HeldBody,
) -> Result<Box<Hold>> {
    let around = looked.around.as_ref().ok_or(DeskError::NotFound)?;
    let findings = looked.checked.bare();
    let (findings, body) = (findings.as_slice(), &body);
    let (buyer, task) = match about {
        About::Buyer(id) => (Some(id), None),
        About::Task(id) => (None, Some(id)),
        _ => (None, None),
    };
    let (shop, of_case) = (around.shop.id, around.case);
    let held = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                if let Some(case) = of_case {
                    case::lock_for_change(tx, scope, case).await?;
                }
                let new = NewHold { shop, kind, case: of_case, buyer, task, body, findings };
                let id = hold::create(tx, scope, &new).await?;
                let rules: Vec<String> = findings.iter().map(|finding| finding.rule.to_string()).collect();
                let detail = json!({ "kind": kind, "rules": rules });
                audit::append(tx, scope, "hold.create", "hold", &id.to_string(), &detail).await?;
                let held = hold::get(tx, scope, id).await?;
                if let Some(held) = &held {
                    let case = held.case.map(|(_, number)| number);
                    notices::tell(tx, scope, TeamEvent::TextWaits, Some(&held.shop.name), case).await?;
                }
                Ok(held)
            })
        })
        .await?;
    held.map(Box::new).ok_or(DeskError::NotFound)
}

/// Refuses a text that may not be kept where nobody could release it, such as the name of a tag.
///
/// # Errors
/// [`DeskError::Blocked`].
pub(crate) async fn refuse_blocked(desk: &Desk, scope: &Scope, text: &str) -> Result<()> {
    pass(desk, scope, About::Nothing, Channel::Note, text).await.map(drop)
}
