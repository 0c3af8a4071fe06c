//! The columns of exported files. Those that a file can bring back in carry the names of the import fields, so
//! that an export can be imported again.

use jiff::Timestamp;
use pingxin_channels::files::write::Cell;
use pingxin_domain::Money;
use pingxin_domain::case::Outcome;
use pingxin_domain::playbook::StepCode;
use pingxin_store::buyer::BuyerRow;
use pingxin_store::case::CaseRow;
use pingxin_store::compensation::Compensation;
use pingxin_store::order::Order;
use pingxin_store::product::Product;
use pingxin_store::review::ReviewRow;

/// What stands in a cell: mostly borrowed from the row.
pub enum Shown<'a> {
    /// A cell as the writer takes it.
    Cell(Cell<'a>),
    /// Words put together for the export.
    Words(String),
}

impl Shown<'_> {
    /// The cell to write.
    #[must_use]
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Self::Cell(cell) => *cell,
            Self::Words(words) => Cell::Text(words),
        }
    }
}

fn text(words: &str) -> Shown<'_> {
    Shown::Cell(Cell::Text(words))
}

fn owned<'a>(words: String) -> Shown<'a> {
    Shown::Words(words)
}

fn optional(words: Option<&str>) -> Shown<'_> {
    Shown::Cell(words.map_or(Cell::Empty, Cell::Text))
}

fn instant<'a>(at: Option<Timestamp>) -> Shown<'a> {
    Shown::Cell(at.map_or(Cell::Empty, Cell::Instant))
}

fn amount<'a>(money: Option<Money>) -> Shown<'a> {
    Shown::Cell(money.map_or(Cell::Empty, Cell::Amount))
}

fn number<'a>(number: impl TryInto<i64>) -> Shown<'a> {
    Shown::Cell(Cell::Integer(number.try_into().unwrap_or(i64::MAX)))
}

fn flag<'a>(fact: Option<bool>) -> Shown<'a> {
    fact.map_or(NOTHING, |known| text(if known { "yes" } else { "no" }))
}

const NOTHING: Shown<'static> = Shown::Cell(Cell::Empty);

/// Columns of exported reviews.
pub const REVIEW: &[&str] = &[
    "shop",
    "platform",
    "review_id",
    "object",
    "created",
    "rating",
    "verdict",
    "title",
    "text",
    "product_key",
    "product_title",
    "order_number",
    "buyer_nick",
    "photos",
    "likes",
    "reply",
    "language",
    "sentiment",
    "sentiment_score",
    "primary_cause",
    "causes",
    "fault",
    "severity",
    "case_number",
    "case_state",
    "handler",
    "tags",
    "revision",
    "gone_at",
    "imported_at",
    "pingxin_id",
];

/// Columns of exported orders; an order has a row a line.
pub const ORDER: &[&str] = &[
    "shop",
    "platform",
    "order_number",
    "order_state",
    "placed",
    "paid",
    "promised",
    "shipped",
    "delivered",
    "completed",
    "amount",
    "currency",
    "fulfilled_by",
    "buy_shipping",
    "shipped_on_time",
    "both_rated",
    "carrier",
    "tracking_number",
    "order_line",
    "sku",
    "product_key",
    "product_title",
    "quantity",
    "price",
];

/// Columns of exported compensations: a row a payout, for whoever transfers the money and for the books.
pub const COMPENSATION: &[&str] = &[
    "compensation_id",
    "shop",
    "platform",
    "order_number",
    "order_line",
    "buyer_nick",
    "benefit",
    "amount",
    "currency",
    "state",
    "cause",
    "month",
    "case_number",
    "note",
    "asked_at",
    "asked_by",
    "decided_at",
    "paid_at",
    "ended_at",
];

/// Columns of exported cases.
pub const CASE: &[&str] = &[
    "case_number",
    "case_state",
    "kind",
    "reason",
    "severity",
    "case_cause",
    "case_fault",
    "owner",
    "tags",
    "opened_at",
    "updated_at",
    "due_at",
    "waiting_for",
    "waiting_until",
    "outcome",
    "closed_at",
    "next_step",
    "next_contact",
    "next_contact_at",
    "next_deadline",
    "next_deadline_at",
    "shop",
    "platform",
    "object",
    "created",
    "rating",
    "verdict",
    "title",
    "text",
    "language",
    "sentiment",
    "causes",
    "product_key",
    "product_title",
    "order_number",
    "buyer_nick",
    "revision",
    "gone_at",
    "pingxin_id",
];

/// Columns of exported buyers; contacts are masked.
pub const BUYER: &[&str] = &[
    "shop",
    "platform",
    "buyer_nick",
    "buyer_name",
    "buyer_phone",
    "buyer_email",
    "region",
    "orders",
    "reviews",
    "bad_reviews",
    "cases",
    "pingxin_id",
];

/// Columns of exported products.
pub const PRODUCT: &[&str] = &[
    "shop",
    "platform",
    "product_key",
    "product_title",
    "reviews",
    "rating_1",
    "rating_2",
    "rating_3",
    "rating_4",
    "rating_5",
    "verdict_good",
    "verdict_neutral",
    "verdict_bad",
    "bad_reviews",
    "bad_percent",
    "first_review_at",
    "last_review_at",
    "pingxin_id",
];

fn causes(row: &ReviewRow) -> Shown<'_> {
    owned(row.causes.iter().map(|cause| cause.as_str()).collect::<Vec<_>>().join(" "))
}

/// Names of tags hold spaces, but each is one line.
fn tags(row: &ReviewRow) -> Shown<'_> {
    owned(row.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join("; "))
}

/// The row of a review.
#[must_use]
pub fn review(row: &ReviewRow) -> Vec<Shown<'_>> {
    vec![
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        optional(row.platform_review_id.as_deref()),
        text(row.object.code()),
        instant(row.created_at),
        row.rating.map_or(NOTHING, |rating| number(rating.stars())),
        row.verdict.map_or(NOTHING, |verdict| text(verdict.code())),
        optional(row.title.as_deref()),
        text(&row.text),
        optional(row.product_key.as_deref()),
        optional(row.product_title.as_deref()),
        optional(row.order_number.as_deref()),
        optional(row.buyer_nick.as_deref()),
        number(row.photos),
        row.likes.map_or(NOTHING, number),
        optional(row.reply.as_deref()),
        row.language.map_or(NOTHING, |language| text(language.as_str())),
        row.sentiment.map_or(NOTHING, |sentiment| text(sentiment.label.as_str())),
        row.sentiment.map_or(NOTHING, |sentiment| owned(format!("{:.2}", sentiment.score))),
        row.primary_cause.map_or(NOTHING, |cause| text(cause.as_str())),
        causes(row),
        row.fault.map_or(NOTHING, |fault| text(fault.as_str())),
        number(row.severity),
        row.case.map_or(NOTHING, |case| number(case.number)),
        row.case.map_or(NOTHING, |case| text(case.state.code())),
        row.handler.as_ref().map_or(NOTHING, |handler| text(&handler.name)),
        tags(row),
        number(row.revision),
        instant(row.gone_at),
        instant(Some(row.imported_at)),
        owned(row.id.to_string()),
    ]
}

/// The rows of an order, one a line; an order without known lines has one row.
#[must_use]
pub fn order(order: &Order) -> Vec<Vec<Shown<'_>>> {
    let facts = &order.order;
    let head = || {
        vec![
            text(&order.shop.name),
            owned(order.shop.platform.code()),
            text(&facts.number),
            facts.state.map_or(NOTHING, |state| text(state.code())),
            instant(facts.placed),
            instant(facts.paid),
            instant(facts.promised),
            instant(facts.shipped),
            instant(facts.delivered),
            instant(facts.completed),
            amount(facts.amount),
            facts.amount.map_or(NOTHING, |amount| owned(amount.currency.to_string())),
            facts.fulfilled_by.map_or(NOTHING, |side| text(side.code())),
            flag(facts.buy_shipping),
            flag(facts.shipped_on_time),
            flag(facts.both_rated),
            optional(facts.carrier.as_deref()),
            optional(facts.tracking_number.as_deref()),
        ]
    };
    if facts.lines.is_empty() {
        let mut row = head();
        row.resize_with(ORDER.len(), || NOTHING);
        return vec![row];
    }
    facts
        .lines
        .iter()
        .map(|line| {
            let mut row = head();
            row.extend([
                text(&line.key),
                optional(line.sku.as_deref()),
                optional(line.product_key.as_deref()),
                optional(line.title.as_deref()),
                number(line.quantity),
                amount(line.price),
            ]);
            row
        })
        .collect()
}

/// A compensation; its buyer is masked by now.
pub fn compensation(row: &Compensation) -> Vec<Shown<'_>> {
    vec![
        owned(row.id.to_string()),
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        text(&row.order_number),
        text(&row.line),
        optional(row.buyer_nick.as_deref()),
        text(row.kind.code()),
        amount(Some(row.amount)),
        text(row.amount.currency.as_str()),
        text(row.state.code()),
        optional(row.cause.map(|cause| cause.as_str())),
        owned(row.month.to_string()),
        number(row.case_number),
        optional(row.note.as_deref()),
        instant(Some(row.asked_at)),
        optional(row.asked_by.as_ref().map(|by| by.name.as_str())),
        instant(row.decided_at),
        instant(row.paid_at),
        instant(row.ended_at),
    ]
}

/// The row of a case.
#[must_use]
pub fn case(row: &CaseRow) -> Vec<Shown<'_>> {
    let review = row.review.as_ref();
    let matter = row.matter.as_ref();
    vec![
        number(row.number),
        text(row.state.code()),
        text(row.kind.code()),
        text(row.reason.as_str()),
        number(row.severity),
        row.primary_cause.map_or(NOTHING, |cause| text(cause.as_str())),
        row.fault.map_or(NOTHING, |fault| text(fault.as_str())),
        row.owner.as_ref().map_or(NOTHING, |owner| text(&owner.name)),
        review.map_or(NOTHING, tags),
        instant(Some(row.opened_at)),
        instant(Some(row.updated_at)),
        instant(row.due_at),
        optional(row.waiting.map(|waiting| waiting.on.code())),
        instant(row.waiting.and_then(|waiting| waiting.until)),
        optional(row.outcome.map(Outcome::code)),
        instant(row.closed_at),
        optional(row.next.step.map(StepCode::code)),
        optional(row.next.contact.map(|contact| contact.channel.code())),
        instant(row.next.contact.map(|contact| contact.from)),
        optional(row.next.deadline.as_ref().map(|deadline| deadline.what.as_str())),
        instant(row.next.deadline.as_ref().map(|deadline| deadline.at)),
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        review.map_or(NOTHING, |review| text(review.object.code())),
        instant(review.and_then(|review| review.created_at)),
        review.and_then(|review| review.rating).map_or(NOTHING, |rating| number(rating.stars())),
        review.and_then(|review| review.verdict).map_or(NOTHING, |verdict| text(verdict.code())),
        optional(review.and_then(|review| review.title.as_deref())),
        text(review.map_or_else(|| row.words(), |review| review.text.as_str())),
        review.and_then(|review| review.language).map_or(NOTHING, |language| text(language.as_str())),
        review
            .and_then(|review| review.sentiment)
            .map_or(NOTHING, |sentiment| text(sentiment.label.as_str())),
        review.map_or(NOTHING, causes),
        optional(review.and_then(|review| review.product_key.as_deref())),
        optional(review.and_then(|review| review.product_title.as_deref())),
        optional(row.order_number()),
        optional(
            review
                .and_then(|review| review.buyer_nick.as_deref())
                .or_else(|| matter.and_then(|matter| matter.buyer_nick.as_deref())),
        ),
        review.map_or(NOTHING, |review| number(review.revision)),
        instant(review.and_then(|review| review.gone_at)),
        review.map_or(NOTHING, |review| owned(review.id.to_string())),
    ]
}

/// The row of a buyer, who comes masked.
#[must_use]
pub fn buyer(row: &BuyerRow) -> Vec<Shown<'_>> {
    vec![
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        optional(row.nick.as_deref()),
        optional(row.name.as_deref()),
        optional(row.phone.as_deref()),
        optional(row.email.as_deref()),
        optional(row.region.as_deref()),
        number(row.orders),
        number(row.reviews),
        number(row.bad),
        number(row.cases),
        owned(row.id.to_string()),
    ]
}

/// The row of a product.
#[must_use]
pub fn product(row: &Product) -> Vec<Shown<'_>> {
    let mut cells = vec![
        text(&row.shop.name),
        owned(row.shop.platform.code()),
        optional(row.key.as_deref()),
        optional(row.title.as_deref()),
        number(row.reviews),
    ];
    cells.extend(row.ratings.into_iter().chain(row.verdicts).map(number));
    cells.extend([
        number(row.bad),
        owned(format!("{}.{:02}", row.bad_rate / 100, row.bad_rate % 100)),
        instant(Some(row.first_review_at)),
        instant(Some(row.last_review_at)),
        owned(row.id.to_string()),
    ]);
    cells
}
