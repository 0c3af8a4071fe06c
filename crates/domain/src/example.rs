//! The `[[example]]`s inside packs, run against the engines: what a pack says must come out as it says.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::deadline::{self, Events};
use crate::order::{Fulfilment, OrderFacts, OrderState};
use crate::pack::{Anchor, Entry, Pack, Packs, Value};
use crate::removal::{Held, Message};
use crate::shop::{Object, Platform};
use crate::triage::{ReviewFacts, TriageEngine};

/// An example that does not come out as its pack says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The pack.
    pub pack: String,
    /// Its line in the pack's file, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// What came out instead.
    pub message: String,
}

/// Runs every example of a pack: how many there are, and those that fail. `now` stands in where an example names no day.
#[must_use]
pub fn run(engine: &TriageEngine, pack: &Pack, now: Timestamp) -> (usize, Vec<Failure>) {
    let examples: Vec<&Entry> = pack.section("example").collect();
    let failures = examples.iter().filter_map(|entry| {
        let message = failure(engine, pack, entry, now)?;
        Some(Failure {
            pack: pack.header.id.clone(),
            line: entry.line,
            name: entry.id.clone().unwrap_or_default(),
            message,
        })
    });
    (examples.len(), failures.collect())
}

fn failure(engine: &TriageEngine, pack: &Pack, entry: &Entry, now: Timestamp) -> Option<String> {
    match entry.text("kind") {
        Some("deadline") => deadline_failure(engine.packs(), pack, entry, now),
        Some("removal") => removal_failure(engine, pack, entry, now),
        _ => Some("no engine knows this kind of example".to_owned()),
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| format!("{text}T00:00:00Z").parse().ok())
}

fn table<'a>(entry: &'a Entry, key: &str) -> Option<&'a BTreeMap<String, Value>> {
    if let Some(Value::Table(table)) = entry.get(key) { Some(table) } else { None }
}

fn deadline_failure(packs: &Packs, pack: &Pack, entry: &Entry, now: Timestamp) -> Option<String> {
    let mut events = Events::default();
    events.object = entry.text("object").and_then(Object::from_code);
    for (key, value) in table(entry, "events")? {
        let said = value.to_string();
        if key == "state" {
            events.state = OrderState::from_code(&said);
            continue;
        }
        let (Some(anchor), Some(at)) = (Anchor::from_code(key), instant(&said)) else {
            return Some(format!("`{key} = {said}` is no event"));
        };
        events = events.and(anchor, Some(at));
    }
    let platform: Option<Platform> = pack.header.id.parse().ok();
    let market = pack.header.markets.first().filter(|market| *market != "*").map(String::as_str);
    let on = now.to_zoned(TimeZone::UTC).date();
    let rules = packs.rules(platform, market, on);
    let zone =
        pack.header.timezone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    let found = deadline::deadlines(&rules, &events, &zone, &[], now);
    table(entry, "expect")?.iter().find_map(|(what, wanted)| {
        let day = found.iter().find(|deadline| deadline.what == *what).and_then(|deadline| deadline.last_day);
        let said = day.map_or_else(|| "no rule known".to_owned(), |day| day.to_string());
        (said != wanted.to_string()).then(|| format!("{what} is {said}, not {wanted}"))
    })
}

fn removal_failure(engine: &TriageEngine, pack: &Pack, entry: &Entry, now: Timestamp) -> Option<String> {
    let empty = BTreeMap::new();
    let facts = table(entry, "facts").unwrap_or(&empty);
    let flag = |key: &str| facts.get(key).and_then(Value::flag);
    let day = |key: &str| facts.get(key).and_then(Value::text).and_then(instant);
    let messages: Vec<Message<'_>> = entry
        .get("messages")
        .map(Value::texts)
        .unwrap_or_default()
        .into_iter()
        .map(|text| Message { from_buyer: true, text: text.into() })
        .collect();
    let review = ReviewFacts {
        platform: pack.header.id.parse().ok(),
        object: entry.text("object").and_then(Object::from_code),
        created: entry.text("created").and_then(instant),
        order: OrderFacts {
            completed: day("completed"),
            fulfilled_by: facts.get("fulfilled_by").and_then(Value::text).and_then(Fulfilment::from_code),
            buy_shipping: flag("buy_shipping"),
            shipped_on_time: flag("shipped_on_time"),
            both_rated: flag("both_rated"),
            ..OrderFacts::default()
        },
        held: Held {
            messages: &messages,
            has_chat_proof: flag("chat_proof") == Some(true),
            pattern_of_ratings: facts.get("pattern_of_ratings").and_then(Value::text),
            buyer_is_competitor: flag("buyer_is_competitor"),
            fraud_report: flag("fraud_report"),
        },
        ..ReviewFacts::of_text(entry.text("text").unwrap_or_default())
    };
    let as_of = entry.text("as_of").and_then(instant).unwrap_or(now);
    let removal = engine.read(&review, as_of).removal?;
    let expect = table(entry, "expect")?;
    let verdict = serde_json::to_value(removal.verdict).ok()?;
    let verdict = verdict.as_str().unwrap_or_default();
    let wanted = expect.get("verdict").and_then(Value::text).unwrap_or_default();
    if verdict != wanted {
        return Some(format!("the verdict is {verdict}, not {wanted}"));
    }
    let carrying = removal.grounds.iter().filter(|ground| ground.verdict == removal.verdict);
    let grounds: Vec<&str> = carrying.map(|ground| &*ground.ground).collect();
    let wanted = expect.get("grounds").map(Value::texts);
    wanted
        .filter(|wanted| *wanted != grounds)
        .map(|wanted| format!("the grounds are {grounds:?}, not {wanted:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_embedded_packs_comes_out_and_every_platform_with_grounds_has_some() {
        let engine = TriageEngine::new();
        let now: Timestamp = "2026-11-29T00:00:00Z".parse().unwrap();
        let on = now.to_zoned(TimeZone::UTC).date();
        let mut all = 0;
        for id in Packs::embedded().ids() {
            let pack = Packs::embedded().pack(id, on).unwrap();
            let (examples, failures) = run(&engine, pack, now);
            assert!(failures.is_empty(), "{failures:?}");
            assert!(examples > 0 || pack.grounds().is_empty() || pack.header.inherits.is_some(), "{id}");
            all += examples;
        }
        assert!(all >= 25, "{all}");
    }

    #[test]
    fn an_example_that_lies_is_named() {
        let text = "[pack]\nid = \"ebay\"\nversion = \"1\"\nkind = \"platform\"\nzh = \"x\"\nen = \"x\"\nreviewed_on = 2026-11-29\n\
            [[example]]\nname = \"wrong\"\nkind = \"removal\"\ntext = \"fine\"\nexpect = { verdict = \"eligible\" }\n";
        let (packs, refused) = Packs::embedded().with(&[("ebay.toml", text)]);
        assert!(refused.is_empty(), "{refused:?}");
        let engine = TriageEngine::new().with_packs(packs);
        let now: Timestamp = "2026-11-29T00:00:00Z".parse().unwrap();
        let pack = engine.packs().pack("ebay", now.to_zoned(TimeZone::UTC).date()).unwrap();
        let (examples, failures) = run(&engine, pack, now);
        assert_eq!((examples, failures.len()), (1, 1));
        assert_eq!((failures[0].line, &*failures[0].message), (8, "the verdict is no_rule, not eligible"));
    }
}
