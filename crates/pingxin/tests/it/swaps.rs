//! Ids of another merchant, and of a shop that somebody does not see, in every place where the API takes an id: in the
//! path, after `?`, in bodies and in lists, each alone and all together. The answer must be, byte for byte, the one to an
//! id of nothing, and no row of the other may change.
//!
//! The places come from the OpenAPI document, the bodies from `operations.rs`; that file says how to add a new one.
//! A thousand swaps on each engine with a fixed seed; `PINGXIN_SWAPS` sets another number, and the nightly run takes ten
//! thousand. A request with only one's own ids has to work too, or its swaps would prove nothing.

mod request;
mod rows;

use std::collections::HashMap;

use pingxin_desk::shops;
use pingxin_domain::{Role, ShopAccess};
use serde_json::Value;

use crate::house::{Answer, Caller, House, each_engine};
use crate::operations::May;
use crate::things::{self, KINDS};
use request::{Request, Site, Template, templates};
use rows::{of_shop, of_tenant};

const SEED: u64 = 0x5eed_0004;
/// Swaps between two looks at the rows of the others.
const BETWEEN_LOOKS: usize = 100;

/// Operations whose request with one's own ids cannot work here, each with the reason.
const CANNOT_WORK: &[(&str, &str)] = &[
    ("get_failed_rows", "no row failed"),
    ("merge_case", "a case is not merged with itself"),
    ("split_case", "the case goes on by itself"),
    ("undo_case_move", "nobody has moved the case"),
    ("withdraw_attempt", "it is taken back once"),
    ("undo_import", "takes away what the others need"),
    ("restore_automation_rule", "it is not deleted"),
    ("restore_macro", "it is not deleted"),
    ("preview_import", "the file is gone once it was taken in"),
];

/// Numbers that look random and are the same every time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// Whose ids stand for the foreign ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Another merchant's; the caller is an owner.
    Merchant,
    /// Another shop's; the caller is a supervisor who sees one shop.
    Shop,
}

type Ids = HashMap<String, String>;

/// One request to compare.
struct Swap {
    whose: Whose,
    template: usize,
    /// Places that are there at all; those of path and body always are.
    there: Vec<Site>,
    swapped: Vec<Site>,
    words: Vec<(String, String)>,
}

struct World<'h> {
    owner: Caller<'h>,
    limited: Caller<'h>,
    own: Ids,
    other_shop: Ids,
    foreign: Ids,
    /// Where to look whether anything of the others changed.
    looks: [String; 2],
}

async fn ids(kinds: &[String], seer: &Caller<'_>, maker: &Caller<'_>) -> Ids {
    let mut ids = HashMap::new();
    for kind in kinds {
        ids.insert(kind.clone(), things::id(kind, seer, maker).await);
    }
    ids
}

impl<'h> World<'h> {
    async fn make(house: &'h House, templates: &[Template]) -> Self {
        let (a, b) = (house.merchant("a").await, house.merchant("b").await);
        house.second_shop(&a, "a 另一店").await;
        let list = shops::list(&house.desk, &a).await.unwrap();
        for (name, at) in [("one", 0), ("other", 1)] {
            let only = ShopAccess::Only(vec![list[at].shop.id]);
            house.person(&a, &format!("{name}-a"), Role::Supervisor, only).await;
        }
        for (scope, merchant) in [(&a, "a"), (&b, "b")] {
            // Whom the requests are about.
            house.person(scope, &format!("spare-{merchant}"), Role::Agent, ShopAccess::All).await;
            house.signed_in(&format!("spare-{merchant}")).await;
        }
        let mut kinds: Vec<String> =
            templates.iter().flat_map(Template::sites).map(|(_, kind)| kind).collect();
        kinds.sort();
        kinds.dedup();
        let (owner, limited) = (house.signed_in("owner-a").await, house.signed_in("one-a").await);
        let (other, stranger) = (house.signed_in("other-a").await, house.signed_in("owner-b").await);
        let of_shop_only: Vec<String> = kinds.iter().filter(|kind| belongs_to_shop(kind)).cloned().collect();
        Self {
            own: ids(&kinds, &limited, &owner).await,
            other_shop: ids(&of_shop_only, &other, &owner).await,
            foreign: ids(&kinds, &stranger, &stranger).await,
            looks: [of_tenant(house, b.tenant).await, of_shop(house, list[1].shop.id).await],
            owner,
            limited,
        }
    }

    fn caller(&self, whose: Whose) -> &Caller<'h> {
        match whose {
            Whose::Merchant => &self.owner,
            Whose::Shop => &self.limited,
        }
    }
}

fn belongs_to_shop(kind: &str) -> bool {
    KINDS.iter().any(|known| known.name == kind && known.of_shop)
}

/// Which callers a template makes sense for.
fn callers(template: &Template) -> Vec<Whose> {
    let mut callers = vec![Whose::Merchant];
    let may = match template.operation.may {
        May::With(action) => Role::Supervisor.may(action),
        May::Everybody | May::SignedIn | May::OnPages => true,
    };
    if may && template.sites().iter().any(|(_, kind)| belongs_to_shop(kind)) {
        callers.push(Whose::Shop);
    }
    callers
}

/// Every place alone, all together, then by the dice.
fn swaps(templates: &[Template], many: usize) -> Vec<Swap> {
    let mut dice = Dice(SEED);
    let mut swaps = Vec::new();
    for (at, template) in templates.iter().enumerate() {
        for whose in callers(template) {
            let sites = swappable(template, whose);
            for site in &sites {
                swaps.push(Swap::new(whose, at, vec![site.clone()], vec![site.clone()]));
            }
            if sites.len() > 1 {
                swaps.push(Swap::new(whose, at, sites.clone(), sites));
            }
        }
    }
    assert!(swaps.len() <= many, "{} places want to be swapped; raise PINGXIN_SWAPS", swaps.len());
    while swaps.len() < many {
        let at = dice.below(templates.len());
        let template = &templates[at];
        let callers = callers(template);
        let whose = callers[dice.below(callers.len())];
        let sites = swappable(template, whose);
        let mut swapped: Vec<Site> = sites.iter().filter(|_| dice.one_in(2)).cloned().collect();
        if swapped.is_empty() {
            swapped.push(sites[dice.below(sites.len())].clone());
        }
        let all = template.sites().into_iter().map(|(site, _)| site);
        let there = all.filter(|site| swapped.contains(site) || dice.one_in(2)).collect();
        let mut swap = Swap::new(whose, at, there, swapped);
        for parameter in template.parameters.iter().filter(|parameter| !parameter.words.is_empty()) {
            if parameter.name != "format" && dice.one_in(4) {
                let word = &parameter.words[dice.below(parameter.words.len())];
                swap.words.push((parameter.name.clone(), word.clone()));
            }
        }
        swaps.push(swap);
    }
    swaps
}

fn swappable(template: &Template, whose: Whose) -> Vec<Site> {
    let sites = template.sites().into_iter();
    let wanted = sites.filter(|(_, kind)| whose == Whose::Merchant || belongs_to_shop(kind));
    wanted.map(|(site, _)| site).collect()
}

impl Swap {
    fn new(whose: Whose, template: usize, there: Vec<Site>, swapped: Vec<Site>) -> Self {
        Self { whose, template, there, swapped, words: Vec::new() }
    }

    fn request(
        &self,
        template: &Template,
        own: &Ids,
        instead: impl Fn(&str) -> String,
        unique: &str,
    ) -> Request {
        let id = |site: &Site, kind: &str| {
            if self.swapped.contains(site) {
                Some(instead(kind))
            } else if matches!(site, Site::Query(_)) && !self.there.contains(site) {
                None
            } else {
                Some(own[kind].clone())
            }
        };
        template.request(id, &self.words, || unique.to_owned())
    }
}

/// What an answer says, without the ids that were sent, those that were made for it, and secrets.
fn said(answer: &Answer, sent: &Ids, own: &Ids, unique: &str) -> String {
    let mut text = answer.text().replace(unique, "<name>");
    for (kind, id) in sent {
        text = text.replace(id.as_str(), &format!("<{kind}>"));
    }
    for (kind, id) in own {
        text = text.replace(id.as_str(), &format!("<own {kind}>"));
    }
    if let Ok(Value::Object(fields)) = serde_json::from_str(&text) {
        for secret in ["id", "token", "link", "secret"] {
            if let Some(secret) = fields.get(secret).and_then(Value::as_str) {
                text = text.replace(secret, "<new>");
            }
        }
    }
    format!("{} {} {text}", answer.status, answer.header("content-type"))
}

async fn send(caller: &Caller<'_>, request: &Request) -> Answer {
    caller.send(&request.method, &request.address, request.kind, request.body.clone()).await
}

/// Compares one request with a foreign id and the same with an id of nothing.
async fn compare(
    world: &World<'_>,
    template: &Template,
    swap: &Swap,
    number: usize,
    known: &mut HashMap<Request, String>,
) {
    let caller = world.caller(swap.whose);
    let foreign = match swap.whose {
        Whose::Merchant => &world.foreign,
        Whose::Shop => &world.other_shop,
    };
    let nothing: Ids = foreign.keys().map(|kind| (kind.clone(), things::absent(kind))).collect();
    let safe = template.operation.is_safe();
    let mut to_nothing = Vec::new();
    let mut to_foreign = String::new();
    // Once before and once after, since what is done with one's own ids may be done only once.
    for (turn, ids) in [&nothing, foreign, &nothing].into_iter().enumerate() {
        let unique = format!("swap {number} {turn}");
        let request = swap.request(template, &world.own, |kind| ids[kind].clone(), &unique);
        if turn == 1 {
            let answer = send(caller, &request).await;
            let what = format!("{:?} {request:?}: {} {}", swap.whose, answer.status, answer.text());
            assert!(answer.status < 500, "{what}");
            for secret in ["b 店", "owner-b", "spare-b"] {
                assert!(
                    swap.whose == Whose::Shop || !answer.text().contains(secret),
                    "told of another: {what}"
                );
            }
            to_foreign = said(&answer, ids, &world.own, &unique);
        } else if turn == 0 || (!safe && to_nothing[0] != to_foreign) {
            let known_answer = if safe { known.get(&request).cloned() } else { None };
            let text = match known_answer {
                Some(text) => text,
                None => said(&send(caller, &request).await, ids, &world.own, &unique),
            };
            if safe {
                known.insert(request, text.clone());
            }
            to_nothing.push(text);
        }
    }
    assert!(
        to_nothing.contains(&to_foreign),
        "{:?} `{}`: a foreign id at {:?} is told apart from one of nothing:\nforeign: {to_foreign}\nnothing: {to_nothing:?}",
        swap.whose,
        template.operation.id,
        swap.swapped,
    );
}

async fn looked(house: &House, world: &World<'_>) -> [Vec<String>; 2] {
    [house.texts(&world.looks[0]).await, house.texts(&world.looks[1]).await]
}

/// With one's own ids every request works, alone and with every parameter.
async fn own_ids_work(house: &House, world: &World<'_>, templates: &[Template]) {
    for template in templates {
        if CANNOT_WORK.iter().any(|(id, _)| *id == template.operation.id) {
            continue;
        }
        let sites = template.sites();
        let queries: Vec<Site> = sites
            .iter()
            .map(|(site, _)| site.clone())
            .filter(|site| matches!(site, Site::Query(_)))
            .collect();
        let mut turns: Vec<Vec<Site>> = queries.into_iter().map(|site| vec![site]).collect();
        if turns.is_empty() {
            turns.push(Vec::new());
        }
        for there in turns {
            // Made anew, for the request before may have used one up.
            let kinds: Vec<String> = sites.iter().map(|(_, kind)| kind.clone()).collect();
            if kinds.iter().any(|kind| kind == "session") {
                house.signed_in("spare-a").await;
            }
            let own = ids(&kinds, &world.limited, &world.owner).await;
            let swap = Swap::new(Whose::Merchant, 0, there, Vec::new());
            let unique = things::absent("unique");
            let request = swap.request(template, &own, |_| String::new(), &unique);
            let answer = send(&world.owner, &request).await;
            // A thing in the wrong state was found all the same.
            assert!(
                answer.status < 300 || answer.status == 409,
                "`{}` does not work with one's own ids, so its swaps prove nothing: {request:?}: {} {}",
                template.operation.id,
                answer.status,
                answer.text()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ids_of_others_are_answered_like_ids_of_nothing() {
    let many = std::env::var("PINGXIN_SWAPS").map_or(1000, |many| many.parse().unwrap());
    each_engine(async |house| {
        let templates = templates();
        let world = World::make(house, &templates).await;
        let swaps = swaps(&templates, many);
        // What the program does by itself after an import would look like the work of a request.
        pingxin_desk::planning::renew_due(&house.desk, || true).await.unwrap();
        let before = looked(house, &world).await;
        assert!(before.iter().all(|rows| rows.len() > 10), "there is something that could change");
        let mut known = HashMap::new();
        let mut done: Vec<String> = Vec::new();
        for (number, swap) in swaps.iter().enumerate() {
            let template = &templates[swap.template];
            compare(&world, template, swap, number, &mut known).await;
            done.push(format!("{:?} {} {:?}", swap.whose, template.operation.id, swap.swapped));
            if done.len() == BETWEEN_LOOKS || number + 1 == swaps.len() {
                let after = looked(house, &world).await;
                for (before, after) in before.iter().zip(&after) {
                    let changed: Vec<&String> = after
                        .iter()
                        .filter(|row| !before.contains(row))
                        .chain(before.iter().filter(|row| !after.contains(row)))
                        .collect();
                    assert!(changed.is_empty(), "rows of others changed: {changed:#?} by one of {done:#?}");
                }
                done.clear();
            }
        }
        own_ids_work(house, &world, &templates).await;
    })
    .await;
}
