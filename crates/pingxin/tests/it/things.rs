//! Things that have ids: how the tests come by one of each kind, and under which names the API takes it.
//!
//! For a new kind: a row in [`KINDS`], the plural that stands before `{id}` in its paths in [`PATHS`], and the names of
//! parameters and fields that take it in [`NAMES`].

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::house::Caller;
use crate::operations::{HELD, all, written};

/// How a merchant's people come by the id of a thing.
pub enum Source {
    /// The first of a list: its path under `/api/v1`, and the field of its rows.
    First(&'static str, &'static str),
    /// The last of a list.
    Last(&'static str, &'static str),
    /// By making one, with this operation and its first sample.
    Made(&'static str),
    /// The first of a list, made with this operation where there is none: one that can be made once only.
    Once(&'static str, &'static str, &'static str),
    /// A note that the guard holds, on the first case.
    Held,
    /// A message in the outbox about the first case, put into the database.
    Written,
    /// A message of a chat, put into the database.
    Said,
    /// A refund that a buyer asks for, put into the database.
    Returned,
    /// A compensation that waits, put into the database.
    Given,
    /// A claimed incentive, put into the database.
    Earned,
}

/// A kind of thing.
pub struct Kind {
    pub name: &'static str,
    /// Whether it belongs to a shop, so that who does not see the shop does not see it.
    pub of_shop: bool,
    pub source: Source,
}

const fn kind(name: &'static str, of_shop: bool, source: Source) -> Kind {
    Kind { name, of_shop, source }
}

/// Every kind of thing the API gives ids of.
pub const KINDS: &[Kind] = &[
    kind("shop", true, Source::First("shops", "shops")),
    // The oldest: what other tests bring in comes before it.
    kind("review", true, Source::Last("reviews", "reviews")),
    kind("case", true, Source::First("cases", "cases")),
    kind("order", true, Source::First("orders", "orders")),
    kind("buyer", true, Source::First("buyers", "buyers")),
    kind("product", true, Source::First("products", "products")),
    kind("import", true, Source::Last("imports", "imports")),
    kind("profile", false, Source::Made("create_import_profile")),
    kind("figure", true, Source::Made("create_figure")),
    kind("handover", false, Source::Made("write_handover")),
    kind("promise", true, Source::Made("add_promise")),
    kind("script", false, Source::Made("create_script")),
    kind("outgoing", true, Source::Written),
    kind("task", true, Source::Made("create_task")),
    kind("compensation", true, Source::Given),
    kind("incentive", true, Source::Earned),
    kind("removal", true, Source::Once("create_removal", "removals", "requests")),
    kind("evidence", true, Source::Made("add_evidence_file")),
    kind("attempt", true, Source::Made("log_attempt")),
    kind("correction", true, Source::Made("create_correction")),
    kind("hold", true, Source::Held),
    kind("chat", true, Source::Said),
    kind("aftersale", true, Source::Returned),
    // Not the caller himself: who was added last does nothing in the tests.
    kind("person", false, Source::Last("people", "people")),
    kind("invitation", false, Source::Made("create_invitation")),
    // Of somebody else than the caller.
    kind("session", false, Source::Last("sessions?person=$person", "sessions")),
    kind("token", false, Source::Made("create_token")),
    kind("team", false, Source::Made("create_team")),
    kind("shift", false, Source::Made("create_shifts")),
    kind("tag", false, Source::Made("create_tag")),
    kind("view", false, Source::Made("create_view")),
    kind("rule", false, Source::Made("create_automation_rule")),
    kind("macro", false, Source::Made("create_macro")),
    kind("bulk", false, Source::Made("create_bulk")),
];

/// What stands before `{id}` in a path, and the kind it is of.
pub const PATHS: &[(&str, &str)] = &[
    ("shops", "shop"),
    ("reviews", "review"),
    ("cases", "case"),
    ("orders", "order"),
    ("buyers", "buyer"),
    ("products", "product"),
    ("imports", "import"),
    ("import-profiles", "profile"),
    ("figures", "figure"),
    ("handovers", "handover"),
    ("promises", "promise"),
    ("scripts", "script"),
    ("tasks", "task"),
    ("compensations", "compensation"),
    ("incentives", "incentive"),
    ("outbox", "outgoing"),
    ("removals", "removal"),
    ("evidence-files", "evidence"),
    ("attempts", "attempt"),
    ("corrections", "correction"),
    ("holds", "hold"),
    ("chat-checks", "chat"),
    ("people", "person"),
    ("invitations", "invitation"),
    ("sessions", "session"),
    ("tokens", "token"),
    ("teams", "team"),
    ("shifts", "shift"),
    ("tags", "tag"),
    ("views", "view"),
    ("automation-rules", "rule"),
    ("macros", "macro"),
    ("bulk", "bulk"),
];

/// Parameters after `?` that take an id, and the kind it is of. Those that take other words too are here all the same.
pub const NAMES: &[(&str, &str)] = &[
    ("shop", "shop"),
    ("person", "person"),
    ("owner", "person"),
    ("handler", "person"),
    ("actor", "person"),
    ("tag", "tag"),
    ("team", "team"),
    ("product", "product"),
    ("buyer", "buyer"),
    ("case", "case"),
    ("rule", "rule"),
    ("after_sale", "aftersale"),
    ("review", "review"),
    ("subject_id", "review"),
];

/// An id of nothing, the same for a kind every time.
pub fn absent(kind: &str) -> String {
    if kind == "unique" {
        return unique();
    }
    let at = KINDS.iter().position(|known| known.name == kind);
    let at = at.unwrap_or_else(|| panic!("`{kind}` is no kind of thing; add it to `things::KINDS`"));
    format!("0192f3a4-0000-7000-8000-0000000000{at:02x}")
}

fn unique() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("unique{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A value with each `$kind` in its texts replaced.
pub fn fill(value: &Value, id: &mut impl FnMut(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(fill_text(text, id)),
        Value::Array(values) => values.iter().map(|value| fill(value, id)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), fill(value, id))).collect(),
        other => other.clone(),
    }
}

/// A text with each `$kind` replaced.
pub fn fill_text(text: &str, id: &mut impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let name = &rest[at + 1..];
        let end = name.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(name.len());
        out.push_str(&rest[..at]);
        out.push_str(&id(&name[..end]));
        rest = &name[end..];
    }
    out + rest
}

/// The id of a thing that `seer` sees, made by `maker` where it is one of those that are made.
pub async fn id(kind: &str, seer: &Caller<'_>, maker: &Caller<'_>) -> String {
    let known = KINDS.iter().find(|known| known.name == kind);
    let known = known.unwrap_or_else(|| panic!("`{kind}` is no kind of thing; add it to `things::KINDS`"));
    match known.source {
        Source::First(path, list) => listed(path, list, seer, maker, false).await,
        Source::Last(path, list) => listed(path, list, seer, maker, true).await,
        Source::Made(operation) => made(operation, seer, maker).await,
        Source::Once(operation, path, list) => {
            let known = seer.get(&format!("/api/v1/{path}")).await.is(200).json();
            match known[list][0]["id"].as_str() {
                Some(id) => id.to_owned(),
                None => made(operation, seer, maker).await,
            }
        }
        Source::Held => {
            let case = Box::pin(id("case", seer, maker)).await;
            let body = serde_json::json!({ "text": HELD });
            let answer = maker.post(&format!("/api/v1/cases/{case}/notes"), body).await.is(202).json();
            answer["hold"]["id"].as_str().expect("a held text has an id").to_owned()
        }
        Source::Written => {
            let case = Box::pin(id("case", seer, maker)).await;
            maker.house.write_about(&case).await
        }
        Source::Said => {
            let shop = Box::pin(id("shop", seer, maker)).await;
            maker.house.say_in(&shop).await
        }
        Source::Returned => {
            let shop = Box::pin(id("shop", seer, maker)).await;
            maker.house.return_in(&shop).await
        }
        Source::Given => {
            let case = Box::pin(id("case", seer, maker)).await;
            maker.house.give_in(&case).await
        }
        Source::Earned => {
            let case = Box::pin(id("case", seer, maker)).await;
            maker.house.earn_in(&case).await
        }
    }
}

async fn listed(path: &str, list: &str, seer: &Caller<'_>, maker: &Caller<'_>, last: bool) -> String {
    let path = filled(&path.into(), seer, maker).await;
    let path = path.as_str().unwrap();
    // Whose sessions there are is told to who manages people.
    let seer = if list == "sessions" { maker } else { seer };
    let answer = seer.get(&format!("/api/v1/{path}")).await.is(200).json();
    let rows = answer[list].as_array().unwrap_or_else(|| panic!("no `{list}` in {answer}"));
    let row = if last { rows.last() } else { rows.first() };
    let id = row.and_then(|row| row["id"].as_str());
    id.unwrap_or_else(|| panic!("the tests have no {list}; put one into `House::merchant`")).to_owned()
}

async fn made(operation: &str, seer: &Caller<'_>, maker: &Caller<'_>) -> String {
    let operation = all().into_iter().find(|known| known.id == operation);
    let operation = operation.expect("an operation that `things::KINDS` names");
    let body = filled(&operation.samples()[0], seer, maker).await;
    let path = match operation.kind() {
        Some(kind) => operation.address(&Box::pin(id(kind, seer, maker)).await),
        None => operation.path.clone(),
    };
    let (kind, body) = written(&operation.id, &body);
    let answer = maker.send(&operation.method, &path, kind, body).await;
    assert!(answer.status < 300, "{}: {} {}", operation.id, answer.status, answer.text());
    let made = answer.json();
    let id = made["id"].as_str().or_else(|| made["ids"][0].as_str());
    id.expect("what is made has an id").to_owned()
}

/// A value with each `$kind` replaced by what the seer sees.
async fn filled(value: &Value, seer: &Caller<'_>, maker: &Caller<'_>) -> Value {
    let mut wanted = Vec::new();
    fill(value, &mut |kind| {
        wanted.push(kind.to_owned());
        String::new()
    });
    let mut ids = Vec::new();
    for kind in &wanted {
        ids.push(if kind == "unique" { unique() } else { Box::pin(id(kind, seer, maker)).await });
    }
    let mut ids = ids.into_iter();
    fill(value, &mut |_| ids.next().unwrap_or_default())
}
