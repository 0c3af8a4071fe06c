//! Buyers on the screen: masked, until somebody who may reveals a field, which the audit notes.

use jiff::Timestamp;
use pingxin_domain::guard::{Channel, HoldKind};
use pingxin_domain::pasted;
use pingxin_domain::personal::{mask_email, mask_name, mask_nick, mask_phone};
use pingxin_domain::{Action, BuyerId, Scope};
use pingxin_store::buyer::{
    self, Buyer, BuyerAsked, BuyerFilter, BuyerNote, BuyerRow, BuyerSort, Contacts, Payout,
};
use pingxin_store::case::{self, CaseRow};
use pingxin_store::hold::HeldBody;
use pingxin_store::order::{self, Order};
use pingxin_store::review::{self, ReviewRow};
use pingxin_store::{Around, Count, Page, StoreError, audit};
use serde_json::json;

use crate::desk::{Desk, allow};
use crate::error::{DeskError, Result};
use crate::guard::{About, Outcome, gate};
use crate::orders::mask_order;
use crate::reviews::mask_row;
use crate::{cases, written};

/// Orders, reviews and cases shown of one buyer, the newest.
const SHOWN: u32 = 50;

/// Longest note, in characters.
pub const NOTE_LIMIT: usize = 4_000;

/// A field of a buyer that is masked until it is revealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactField {
    /// Nick or account.
    Nick,
    /// Name.
    Name,
    /// Phone.
    Phone,
    /// E-mail.
    Email,
    /// Address.
    Address,
}

impl ContactField {
    /// Every field there is.
    pub const ALL: [Self; 5] = [Self::Nick, Self::Name, Self::Phone, Self::Email, Self::Address];

    /// The code that the API and the audit use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nick => "nick",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }

    fn of(self, buyer: Buyer) -> Option<String> {
        match self {
            Self::Nick => buyer.nick,
            Self::Name => buyer.name,
            Self::Phone => buyer.phone,
            Self::Email => buyer.email,
            Self::Address => buyer.address,
        }
    }
}

/// A buyer with everything around him.
#[derive(Debug, Clone)]
pub struct BuyerView {
    /// Himself, masked, with his numbers.
    pub row: BuyerRow,
    /// Whether an address is known.
    pub has_address: bool,
    /// Since when he wants no messages.
    pub opted_out_at: Option<Timestamp>,
    /// His orders, the newest first.
    pub orders: Vec<Order>,
    /// His reviews, the newest first.
    pub reviews: Vec<ReviewRow>,
    /// His cases, the newest first.
    pub cases: Vec<CaseRow>,
    /// Chats and calls.
    pub contacts: Contacts,
    /// What he was paid back, the newest first.
    pub payouts: Vec<Payout>,
    /// What the team noted, the newest first.
    pub notes: Vec<BuyerNote>,
}

/// What a text in the search box of the list asks for: a nick or an order number.
#[must_use]
pub fn asked(typed: &str) -> Option<BuyerAsked> {
    if typed.trim().is_empty() {
        return None;
    }
    let pasted = pasted::read(typed);
    Some(BuyerAsked { nicks: pasted.nicks, numbers: pasted.numbers })
}

/// A page of buyers and how many there are.
///
/// # Errors
/// [`DeskError::Forbidden`], or the database's.
pub async fn list(
    desk: &Desk,
    scope: &Scope,
    filter: &BuyerFilter,
    sort: BuyerSort,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Page<BuyerRow>, Count)> {
    allow(scope, Action::ReadReviews)?;
    let (mut page, count) = desk
        .store
        .read(|tx| Box::pin(async move { buyer::list(tx, scope, filter, sort, cursor, limit).await }))
        .await?;
    page.rows.iter_mut().for_each(mask_buyer);
    Ok((page, count))
}

/// One buyer.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn get(desk: &Desk, scope: &Scope, id: BuyerId) -> Result<BuyerView> {
    allow(scope, Action::ReadReviews)?;
    let found = desk
        .store
        .read(|tx| {
            Box::pin(async move {
                let Some(known) = buyer::get(tx, scope, id).await? else { return Ok(None) };
                let Some(row) = buyer::rows(tx, scope, &[id]).await?.pop() else { return Ok(None) };
                let of = Around::Buyers(&[id]);
                let orders = order::around(tx, scope, of, SHOWN).await?;
                let numbers: Vec<&str> = orders.iter().map(|order| order.order.number.as_str()).collect();
                let (contacts, payouts) = buyer::past(tx, scope, id, known.shop, &numbers).await?;
                Ok(Some(BuyerView {
                    row,
                    has_address: known.address.is_some(),
                    opted_out_at: known.opted_out_at,
                    reviews: review::around(tx, scope, of, SHOWN).await?,
                    cases: case::around(tx, scope, of, SHOWN).await?,
                    orders,
                    contacts,
                    payouts,
                    notes: buyer::notes(tx, scope, id).await?,
                }))
            })
        })
        .await?;
    let mut view = found.ok_or(DeskError::NotFound)?;
    mask_buyer(&mut view.row);
    view.orders.iter_mut().for_each(mask_order);
    view.reviews.iter_mut().for_each(mask_row);
    view.cases.iter_mut().for_each(cases::mask);
    Ok(view)
}

/// Shows one field of a buyer in full; the audit notes who saw which field, never what it says. None where it is not
/// known.
///
/// # Errors
/// [`DeskError::NotFound`], [`DeskError::Forbidden`], or the database's.
pub async fn reveal(desk: &Desk, scope: &Scope, id: BuyerId, field: ContactField) -> Result<Option<String>> {
    allow(scope, Action::RevealContacts)?;
    let value = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                let known = buyer::get(tx, scope, id).await?;
                let known = known.ok_or(StoreError::NotFound { what: "buyer" })?;
                let detail = json!({ "field": field.code() });
                audit::append(tx, scope, "contact.reveal", "buyer", &id.to_string(), &detail).await?;
                Ok(field.of(known))
            })
        })
        .await?;
    Ok(value)
}

/// Writes a note on a buyer, and answers with him.
///
/// # Errors
/// [`DeskError::Refused`] for an empty or overlong note; [`DeskError::Blocked`]; [`DeskError::NotFound`];
/// [`DeskError::Forbidden`].
pub async fn add_note(desk: &Desk, scope: &Scope, id: BuyerId, text: &str) -> Result<Outcome<BuyerView>> {
    allow(scope, Action::HandleCases)?;
    // The answer shows the buyer.
    allow(scope, Action::ReadReviews)?;
    let text = written::within(text, NOTE_LIMIT, written::NOTE)?;
    let looked = gate::pass(desk, scope, About::Buyer(id), Channel::Note, text).await?;
    if looked.is_held() {
        let body = HeldBody::of_text(text);
        let held = gate::hold_back(desk, scope, &looked, About::Buyer(id), HoldKind::BuyerNote, body).await?;
        return Ok(Outcome::Held(held));
    }
    desk.store
        .write(|tx| {
            Box::pin(async move {
                buyer::add_note(tx, scope, id, text).await?;
                audit::append(tx, scope, "buyer.note", "buyer", &id.to_string(), &json!({})).await
            })
        })
        .await?;
    get(desk, scope, id).await.map(Outcome::Done)
}

/// Masks a buyer who goes to a screen or into a file.
pub fn mask_buyer(row: &mut BuyerRow) {
    row.nick = row.nick.as_deref().map(mask_nick);
    row.name = row.name.as_deref().map(mask_name);
    row.phone = row.phone.as_deref().map(mask_phone);
    row.email = row.email.as_deref().map(mask_email);
}
