//! List pages and searches over a filled database, asked over HTTP as the web application asks.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::conversation::Conversation;
use crate::figures::{Budget, Figures};
use crate::percentile::Times;

/// Requests of each page that are timed, after some that are not.
const REQUESTS: usize = 100;
const WARMING: usize = 3;
/// A page that takes longer is over any budget; fewer requests tell that as well.
const SLOW_MS: f64 = 300.0;
const REQUESTS_WHEN_SLOW: usize = 10;

/// The pages people open: name and address. `TAG`, `PRODUCT` and `BUYER` stand for ids of the database.
const PAGES: &[(&str, &str)] = &[
    ("reviews, newest", "/api/v1/reviews?limit=50"),
    ("reviews, oldest", "/api/v1/reviews?sort=oldest&limit=50"),
    ("reviews, by stars", "/api/v1/reviews?sort=rating&limit=50"),
    ("reviews, most urgent", "/api/v1/reviews?sort=severity&limit=50"),
    ("reviews, one star", "/api/v1/reviews?rating=1&limit=50"),
    ("reviews, one to three stars", "/api/v1/reviews?rating=1&rating=2&rating=3&limit=50"),
    ("reviews, one star, most urgent", "/api/v1/reviews?rating=1&sort=severity&limit=50"),
    ("reviews, bad verdict", "/api/v1/reviews?verdict=bad&limit=50"),
    ("reviews, negative", "/api/v1/reviews?sentiment=negative&limit=50"),
    ("reviews, by cause", "/api/v1/reviews?cause=quality&limit=50"),
    ("reviews, two causes", "/api/v1/reviews?cause=quality&cause=logistics&limit=50"),
    ("reviews, both causes", "/api/v1/reviews?cause=quality&cause=service&cause_match=all&limit=50"),
    ("reviews, cause and stars", "/api/v1/reviews?cause=authenticity&rating=3&limit=50"),
    ("reviews, by platform", "/api/v1/reviews?platform=own-shop&limit=50"),
    ("reviews, bad of one platform", "/api/v1/reviews?platform=amazon-us&rating=1&limit=50"),
    ("reviews, by object", "/api/v1/reviews?object=product_review&limit=50"),
    ("reviews, by language", "/api/v1/reviews?language=en&limit=50"),
    ("reviews with a case", "/api/v1/reviews?has_case=true&limit=50"),
    ("reviews without a case, bad", "/api/v1/reviews?has_case=false&sentiment=negative&limit=50"),
    ("reviews with photos", "/api/v1/reviews?has_photo=true&limit=50"),
    ("reviews without words", "/api/v1/reviews?has_text=false&limit=50"),
    ("reviews, revised", "/api/v1/reviews?changed=revised&limit=50"),
    ("reviews, gone", "/api/v1/reviews?changed=deleted&limit=50"),
    ("reviews, mine", "/api/v1/reviews?mine=true&limit=50"),
    ("reviews nobody has", "/api/v1/reviews?handler=none&limit=50"),
    ("reviews, by state of the case", "/api/v1/reviews?case_state=in_progress&limit=50"),
    ("reviews, any of several", "/api/v1/reviews?rating=1&cause=price&language=en&match=any&limit=50"),
    ("reviews of one month", "/api/v1/reviews?from=2016-12-05T00:00:00Z&to=2016-12-20T00:00:00Z&limit=50"),
    ("reviews by tag", "/api/v1/reviews?tag=TAG&limit=50"),
    ("reviews by tag and cause", "/api/v1/reviews?tag=TAG&cause=quality&limit=50"),
    ("reviews of a product", "/api/v1/reviews?product=PRODUCT&limit=50"),
    ("reviews of a buyer", "/api/v1/reviews?buyer=BUYER&limit=50"),
    ("cases, most urgent", "/api/v1/cases?sort=severity&limit=50"),
    ("cases, newest", "/api/v1/cases?sort=newest&limit=50"),
    ("cases, oldest", "/api/v1/cases?sort=oldest&limit=50"),
    ("cases, last changed", "/api/v1/cases?sort=updated&limit=50"),
    ("cases, due", "/api/v1/cases?sort=due&limit=50"),
    ("cases nobody has", "/api/v1/cases?handler=none&case_state=open&limit=50"),
    ("cases, mine", "/api/v1/cases?mine=true&limit=50"),
    ("cases by cause", "/api/v1/cases?cause=quality&limit=50"),
    ("cases by rare cause, newest", "/api/v1/cases?cause=authenticity&sort=newest&limit=50"),
    ("cases of one platform", "/api/v1/cases?platform=own-shop&limit=50"),
    ("cases by tag", "/api/v1/cases?tag=TAG&limit=50"),
    ("cases, three stars, open", "/api/v1/cases?rating=3&case_state=open&limit=50"),
    ("orders, newest", "/api/v1/orders?limit=50"),
    ("orders, by state", "/api/v1/orders?state=shipped&limit=50"),
    ("orders of one platform", "/api/v1/orders?platform=own-shop&limit=50"),
    ("orders with a review", "/api/v1/orders?has_review=true&limit=50"),
    ("orders of a product", "/api/v1/orders?product=PRODUCT&limit=50"),
    ("orders of a buyer", "/api/v1/orders?buyer=BUYER&limit=50"),
    ("orders by beginning of number", "/api/v1/orders?q=8880000012&limit=50"),
    ("orders by number", "/api/v1/orders?q=8880000001234&limit=50"),
    ("buyers, newest", "/api/v1/buyers?limit=50"),
    ("buyers, most bad reviews", "/api/v1/buyers?sort=bad&limit=50"),
    ("buyers with a case", "/api/v1/buyers?has_case=true&limit=50"),
    ("buyers of one platform, bad", "/api/v1/buyers?platform=own-shop&bad_min=2&limit=50"),
    ("buyers by nick", "/api/v1/buyers?q=买家77&limit=50"),
    ("one buyer", "/api/v1/buyers/BUYER"),
    ("products, most reviews", "/api/v1/products?sort=reviews&limit=50"),
    ("products, most bad", "/api/v1/products?sort=bad&limit=50"),
    ("products, worst rate", "/api/v1/products?sort=bad_rate&limit=50"),
    ("products by cause", "/api/v1/products?cause=quality&limit=50"),
    ("products by words", "/api/v1/products?q=保温杯&limit=50"),
    ("one product", "/api/v1/products/PRODUCT"),
    ("tags with counts", "/api/v1/tags"),
    ("views with counts", "/api/v1/views?list=reviews"),
    ("the counters of the frame", "/api/v1/summary"),
    ("imports", "/api/v1/imports?limit=50"),
];

/// Searches: a common word, rare pairs, an English word, nothing to find, all kinds of things at once.
const SEARCHES: &[(&str, &str)] = &[
    ("search, common", "/api/v1/reviews?q=质量&limit=50"),
    ("search, one character", "/api/v1/reviews?q=差&limit=50"),
    ("search, two words", "/api/v1/reviews?q=包装 客服&limit=50"),
    ("search, English", "/api/v1/reviews?q=kettle&limit=50"),
    ("search, none", "/api/v1/reviews?q=没有这样的话&limit=50"),
    ("search, two common words never together", "/api/v1/reviews?q=开线 回购&limit=50"),
    ("search and stars", "/api/v1/reviews?q=质量&rating=1&limit=50"),
    ("search, common word with a rare filter", "/api/v1/reviews?q=质量&changed=revised&limit=50"),
    ("search by order number", "/api/v1/reviews?q=8880000001234&limit=50"),
    ("search for cases", "/api/v1/cases?q=质量&limit=50"),
    ("search everything by word", "/api/v1/search?q=质量"),
    ("search everything by order number", "/api/v1/search?q=8880000001234"),
    ("search everything by nick", "/api/v1/search?q=买家77"),
    ("search everything by case number", "/api/v1/search?q=%2377"),
    ("search everything by product", "/api/v1/search?q=P77"),
];

/// How deep a reader scrolls: the page that many pages down, reached by cursors.
const DEPTH: usize = 20;

/// Times pages and searches; gives the times by name.
///
/// # Errors
/// When a page that this version of the program has is no success.
pub fn measure(
    conversation: &mut Conversation,
    tag: Option<&str>,
    figures: &mut Figures,
) -> anyhow::Result<BTreeMap<&'static str, Times>> {
    let deep = deep_page(conversation)?;
    let product = first_id(conversation, "products")?;
    let buyer = first_id(conversation, "buyers")?;
    let ids = [("TAG", tag.map(str::to_owned)), ("PRODUCT", product), ("BUYER", buyer)];
    let mut seen = BTreeMap::new();
    let mut pages = Times::default();
    let mut missing = Vec::new();
    let lists = PAGES.iter().copied().chain([("reviews, twenty pages down", deep.as_str())]);
    let lists = lists.map(|page| (page, 30.0)).chain(SEARCHES.iter().map(|page| (*page, 150.0)));
    for ((name, path), budget) in lists {
        let name = known_name(name);
        let mut path = path.to_owned();
        if ids.iter().any(|(mark, id)| path.contains(mark) && id.is_none()) {
            missing.push(name);
            continue;
        }
        for (mark, id) in &ids {
            path = path.replace(mark, id.as_deref().unwrap_or_default());
        }
        let Some(times) = timed(conversation, &path).with_context(|| name.to_owned())? else {
            missing.push(name);
            continue;
        };
        figures.add(&p99_of(name, &times), times.percentile(99), "ms", Budget::Below(budget))?;
        if budget < 100.0 {
            pages.add_all(&times);
        }
        seen.insert(name, times);
    }
    figures.add("all list pages: p50", pages.percentile(50), "ms", Budget::None)?;
    figures.add("all list pages: p99", pages.percentile(99), "ms", Budget::Below(30.0))?;
    if !missing.is_empty() {
        figures.note(&format!("this version does not have: {}", missing.join("; ")))?;
    }
    Ok(seen)
}

/// The name as it stands in the tables above, where it lives as long as the program.
fn known_name(name: &str) -> &'static str {
    let all = PAGES.iter().chain(SEARCHES).map(|(known, _)| *known);
    all.into_iter().find(|known| *known == name).unwrap_or("reviews, twenty pages down")
}

/// The id of the first of a list; none where there is no such list.
fn first_id(conversation: &mut Conversation, list: &str) -> anyhow::Result<Option<String>> {
    let answer = conversation.get(&format!("/api/v1/{list}?limit=1"))?;
    let Ok(page) = answer.json() else { return Ok(None) };
    Ok(page[list][0]["id"].as_str().map(str::to_owned))
}

/// The budget is on the 99th percentile; the median tells a slow page from a busy machine.
fn p99_of(name: &str, times: &Times) -> String {
    format!("{name}: p99 (p50 {:.1} ms)", times.percentile(50))
}

/// The address of a page far down the newest reviews.
fn deep_page(conversation: &mut Conversation) -> anyhow::Result<String> {
    let mut path = PAGES[0].1.to_owned();
    for _ in 0..DEPTH {
        let page = conversation.get(&path)?.json()?;
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{}&cursor={cursor}", PAGES[0].1);
    }
    Ok(path)
}

/// Nothing for an address that this version of the program does not know.
fn timed(conversation: &mut Conversation, path: &str) -> anyhow::Result<Option<Times>> {
    let mut times = Times::default();
    let (mut request, mut wanted) = (0, WARMING + REQUESTS);
    while request < wanted {
        let answer = conversation.get(path)?;
        if matches!(answer.status, 400 | 404 | 405 | 422) {
            return Ok(None);
        }
        answer.json()?;
        if request >= WARMING {
            times.add(answer.time);
        } else if answer.time.as_secs_f64() * 1_000.0 > SLOW_MS {
            wanted = WARMING + REQUESTS_WHEN_SLOW;
        }
        request += 1;
    }
    Ok(Some(times))
}
