//! Every filter and many combinations of them find what a plain look at each row finds, in the order asked, page by page.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use pingxin_domain::cadence::ContactChannel;
use pingxin_domain::case::{Acting, CaseState, Life, Outcome, WaitingFor};
use pingxin_domain::clock::{ClockKind, Summary};
use pingxin_domain::identifiers::{Identifier, ProductId, TeamId};
use pingxin_domain::list::{Changed, List, Match};
use pingxin_domain::plan::{Horizon, NextContact, NextDeadline};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::tag::Colour;
use pingxin_domain::{
    CaseId, Currency, Object, Platform, ReviewId, Role, Scope, ShopAccess, ShopId, TagId, UserId,
};
use pingxin_language::{Cause, Fault, Language, SentimentLabel};
use pingxin_store::case::{self, Between, CaseOpen, CaseRow, CaseTimes, Owner};
use pingxin_store::review::{self, ReviewFilter, ReviewRevise, ReviewRow};
use pingxin_store::shop::NewShop;
use pingxin_store::user::NewUser;
use pingxin_store::{StoreError, bulk, identifier::fresh, shop, tag, team, user};

use crate::many_kinds::{self, Draw, Made};
use crate::on_both;
use crate::world::{World, reading, writing};

on_both!(a_filter_finds_what_a_look_at_each_row_finds);

/// What there is to ask for.
struct Asking {
    shops: Vec<ShopId>,
    tags: Vec<TagId>,
    people: Vec<UserId>,
    team: TeamId,
    products: Vec<ProductId>,
    instants: Vec<Timestamp>,
}

const QUERIES: [&str; 3] = ["开线", "kettle", "包装 破损"];

/// A merchant whose lists are long for common values and short for the others.
async fn fill(world: &World) -> Asking {
    let ours = &world.ours;
    let (scope, theirs) = (&ours.scope, &world.theirs);
    let third = writing!(world, |tx| {
        let new =
            NewShop { name: "海外", platform: Platform::Ebay, timezone: "UTC", currency: Currency::CNY };
        shop::create(tx, scope, &new).await
    })
    .unwrap();
    let mut draw = Draw::new(11);
    let made: Vec<Made> = many_kinds::reviews(2_900, 5, true);
    let mut ids = Vec::new();
    for (shop, part) in
        [(ours.first, &made[..2_500]), (ours.second, &made[2_500..2_700]), (third, &made[2_700..])]
    {
        for chunk in part.chunks(1_000) {
            let stored = many_kinds::store(world, scope, shop, chunk).await;
            ids.extend(stored.into_iter().map(|id| (id, shop)));
        }
    }
    many_kinds::store(world, &theirs.scope, theirs.first, &made[..300]).await;
    let colleague = writing!(world, |tx| {
        let new = NewUser {
            login: "colleague",
            display_name: "小美",
            password_hash: "x",
            role: Role::Agent,
            department: None,
            shops: ShopAccess::All,
            locale: None,
        };
        user::create(tx, ours.tenant, &new).await
    })
    .unwrap();
    let team = writing!(world, |tx| {
        let team = team::create(tx, scope, "售后组").await?;
        team::set_members(tx, scope, team, &[colleague]).await?;
        Ok::<_, StoreError>(team)
    })
    .unwrap();
    let opened: Vec<CaseOpen> = ids
        .iter()
        .zip(&made)
        .filter(|_| !draw.once_in(8))
        .map(|((review, shop), made)| CaseOpen {
            id: fresh(),
            shop: *shop,
            review: *review,
            reason: pingxin_domain::triage::CaseReason::LowStars,
            severity: made.triage.as_ref().map_or(0, |triage| triage.severity),
            opened_at: world.now(),
        })
        .collect();
    let cases = &opened;
    writing!(world, |tx| {
        for chunk in cases.chunks(500) {
            case::open_many(tx, scope, chunk).await?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
    let given: Vec<_> = opened.iter().filter(|_| draw.once_in(9)).map(|case| case.id).collect();
    let people = vec![ours.owner, colleague];
    let mut stood: Vec<(CaseId, Life)> = Vec::new();
    for id in &given {
        let owner = (!draw.once_in(4)).then_some(draw.one(&people));
        let open = Life::plain(CaseState::InProgress, owner);
        let by = Acting { user: owner, may_assign: true };
        let until = draw.once_in(2).then(|| world.now() + SignedDuration::from_hours(5));
        let life = match draw.below(3) {
            0 => Ok(open),
            1 => open.wait(draw.one(WaitingFor::ALL), until, by, world.now()),
            _ => open.end(draw.one(&Outcome::CHOSEN), by),
        };
        stood.push((*id, life.unwrap()));
    }
    let stood = &stood;
    writing!(world, |tx| {
        for (id, life) in stood {
            let now = tx.now();
            let head = case::lock_for_change(tx, scope, *id).await?;
            case::set_life(tx, scope, &head, *life, None, now).await?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
    // What is next of some, so that their instants can be asked for.
    let mut next: Vec<(CaseId, Horizon, Summary)> = Vec::new();
    for case in &opened {
        let has_ended = stood.iter().any(|(id, life)| *id == case.id && !life.state.is_live());
        if has_ended || !draw.once_in(3) {
            continue;
        }
        let mut after = |minutes| world.now() + SignedDuration::from_mins(draw.below(minutes) as i64);
        let due = Some(after(200));
        let deadline = Some(NextDeadline { what: "buyer_modify".into(), at: after(200) });
        let (from, to) = (after(50), after(60) + SignedDuration::from_mins(60));
        let (clock, told) = (after(200), after(200));
        let contact = Some(NextContact { channel: ContactChannel::Phone, from, to });
        let contact = contact.filter(|_| draw.once_in(2));
        let clocks = Summary {
            next: Some((ClockKind::NextResponse, clock)),
            escalated: Some(told).filter(|_| draw.once_in(3)),
            ..Summary::default()
        };
        next.push((case.id, Horizon { due, deadline, contact, ..Horizon::default() }, clocks));
    }
    let next = &next;
    writing!(world, |tx| {
        for (id, horizon, clocks) in next {
            case::set_horizon(tx, scope, *id, horizon, clocks).await?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
    let reviews: Vec<ReviewId> = ids.iter().map(|(id, _)| *id).collect();
    let mut tags = Vec::new();
    for (name, once_in) in [("常用", 1), ("少见", 40), ("退款", 6)] {
        let chosen: Vec<_> = reviews.iter().filter(|_| draw.once_in(once_in)).map(|id| id.uuid()).collect();
        let chosen = &chosen;
        let id = writing!(world, |tx| {
            let id = tag::create(tx, scope, name, Colour::Red).await?;
            for chunk in chosen.chunks(500) {
                let targets = bulk::targets(tx, scope, List::Reviews, chunk).await?;
                bulk::put_tag(tx, scope, id, &targets, None).await?;
            }
            Ok::<_, StoreError>(id)
        });
        tags.push(id.unwrap());
    }
    let gone: Vec<ReviewId> = reviews.iter().filter(|_| draw.once_in(30)).copied().collect();
    let gone = &gone;
    writing!(world, |tx| {
        let now = tx.now();
        review::set_gone(tx, scope, gone, Some(now)).await
    })
    .unwrap();
    let again = many_kinds::reviews(2_900, 6, true);
    let revised: Vec<ReviewRevise<'_>> = reviews
        .iter()
        .zip(&again)
        .filter(|_| draw.once_in(25))
        .map(|(id, made)| ReviewRevise {
            id: *id,
            revision: 2,
            review: &made.review,
            content_hash: [1; 16],
            order: None,
            buyer: None,
            batch: None,
            line: 1,
            seen_at: world.now(),
            triage: made.triage.clone(),
        })
        .collect();
    let revised = &revised;
    writing!(world, |tx| review::revise_many(tx, scope, revised).await).unwrap();
    Asking {
        shops: vec![ours.first, ours.second, third, theirs.first],
        tags,
        people,
        team,
        products: Vec::new(),
        instants: made.iter().step_by(97).filter_map(|made| made.review.created).collect(),
    }
}

fn draw_filter(draw: &mut Draw, asking: &Asking) -> ReviewFilter {
    let stars: Vec<Rating> = (1..=5).filter_map(|stars| Rating::try_from(stars).ok()).collect();
    let mut filter = ReviewFilter::default();
    let how = [None, Some(Match::Any), Some(Match::All)];
    let groups = 1 + draw.below(4);
    for _ in 0..groups {
        match draw.below(22) {
            0 => filter.shops = draw.some(&asking.shops, 2),
            1 => filter.platforms = draw.some(&[Platform::Taobao, Platform::Ebay, Platform::Jd], 2),
            2 => filter.objects = draw.some(&[Object::Review, Object::Followup, Object::ProductReview], 2),
            3 => filter.ratings = draw.some(&stars, 3),
            4 => filter.verdicts = draw.some(&[Verdict::Good, Verdict::Neutral, Verdict::Bad], 2),
            5 if draw.once_in(2) => filter.faults = draw.some(Fault::ALL, 2),
            5 => filter.sentiments = draw.some(SentimentLabel::ALL, 2),
            6 => filter.languages = draw.some(Language::ALL, 3),
            7 | 8 => {
                filter.causes = draw.some(Cause::ALL, 3);
                filter.cause_match = draw.one(&how);
            }
            9 | 10 => {
                filter.tags = draw.some(&asking.tags, 3);
                filter.tag_match = draw.one(&how);
            }
            11 => {
                let owners = [Owner::None, Owner::User(asking.people[0]), Owner::User(asking.people[1])];
                filter.handlers = draw.some(&owners, 2);
            }
            12 => filter.products = draw.some(&asking.products, 2),
            13 => filter.states = draw.some(&CaseState::ALL, 3),
            14 => filter.changed = draw.some(&[Changed::Revised, Changed::Deleted], 2),
            15 => filter.has_text = Some(draw.once_in(2)),
            16 => filter.has_photo = Some(draw.once_in(2)),
            17 => filter.has_case = Some(draw.once_in(2)),
            18 => filter.outcomes = draw.some(&[Outcome::Kept, Outcome::Invalid, Outcome::Removed], 2),
            19 => filter.waiting = draw.some(WaitingFor::ALL, 2),
            20 => filter.severity_min = Some(u8::try_from(draw.below(101)).unwrap()),
            _ => filter.order_number = Some(format!("A-{}", draw.below(4))),
        }
    }
    if draw.once_in(10) {
        filter.teams = vec![asking.team];
    }
    if draw.once_in(3) {
        filter.joined = Match::Any;
    }
    if draw.once_in(6) {
        filter.query = Some(draw.one(&QUERIES).to_owned());
    }
    if draw.once_in(6) {
        filter.from = Some(draw.one(&asking.instants));
    }
    if draw.once_in(6) {
        filter.to = Some(draw.one(&asking.instants));
    }
    filter
}

/// Instants of cases, each kind alone and together.
fn draw_times(draw: &mut Draw, now: Timestamp) -> CaseTimes {
    let at = |minutes: usize| now + SignedDuration::from_mins(minutes as i64);
    let between = |draw: &mut Draw| Between {
        from: draw.once_in(2).then(|| at(draw.below(120))),
        to: draw.once_in(2).then(|| at(draw.below(220))),
    };
    let mut times = CaseTimes::default();
    match draw.below(7) {
        5 => times.clock = between(draw),
        6 => times.escalated = between(draw),
        0 => times.due = between(draw),
        1 => times.deadline = between(draw),
        2 => times.contact_at = Some(at(draw.below(100))),
        3 => times.ended = Between { from: Some(now), to: None },
        _ => (times.due, times.deadline) = (between(draw), between(draw)),
    }
    times
}

fn is_at(times: &CaseTimes, row: &CaseRow) -> bool {
    let within = |asked: Between, at: Option<Timestamp>| {
        asked.from.is_none_or(|from| at.is_some_and(|at| at >= from))
            && asked.to.is_none_or(|to| at.is_some_and(|at| at < to))
    };
    let deadline = row.next.deadline.as_ref().map(|deadline| deadline.at);
    within(times.due, row.due_at)
        && within(times.deadline, deadline)
        && within(times.clock, row.clock.map(|(_, due)| due))
        && within(times.escalated, row.escalated_at)
        && within(times.ended, row.closed_at)
        && times
            .contact_at
            .is_none_or(|at| row.next.contact.is_some_and(|contact| contact.from <= at && at < contact.to))
}

/// The same decided by looking at the row: how its case stands, and how urgent the thing is.
fn finds(filter: &ReviewFilter, asking: &Asking, row: &ReviewRow, case: Option<Life>, severity: u8) -> bool {
    let mut terms = Vec::new();
    fn any<T: PartialEq>(terms: &mut Vec<bool>, asked: &[T], has: Option<&T>) {
        if !asked.is_empty() {
            terms.push(has.is_some_and(|has| asked.contains(has)));
        }
    }
    fn several<T: PartialEq>(terms: &mut Vec<bool>, asked: &[T], has: &[T], how: Option<Match>) {
        if !asked.is_empty() {
            let is = |one: &T| has.contains(one);
            terms.push(if how == Some(Match::All) { asked.iter().all(is) } else { asked.iter().any(is) });
        }
    }
    any(&mut terms, &filter.shops, Some(&row.shop.id));
    any(&mut terms, &filter.platforms, Some(&row.shop.platform));
    any(&mut terms, &filter.objects, Some(&row.object));
    any(&mut terms, &filter.ratings, row.rating.as_ref());
    any(&mut terms, &filter.verdicts, row.verdict.as_ref());
    any(&mut terms, &filter.sentiments, row.sentiment.map(|found| found.label).as_ref());
    any(&mut terms, &filter.faults, row.fault.as_ref());
    any(&mut terms, &filter.languages, row.language.as_ref());
    several(&mut terms, &filter.causes, &row.causes, filter.cause_match);
    let tags: Vec<TagId> = row.tags.iter().map(|tag| tag.id).collect();
    several(&mut terms, &filter.tags, &tags, filter.tag_match);
    let owner = case.map(|life| life.owner.map_or(Owner::None, Owner::User));
    any(&mut terms, &filter.handlers, owner.as_ref());
    if !filter.teams.is_empty() {
        terms.push(case.is_some_and(|life| life.owner == Some(asking.people[1])));
    }
    any(&mut terms, &filter.products, row.product.as_ref());
    any(&mut terms, &filter.states, case.map(|life| life.state).as_ref());
    any(&mut terms, &filter.outcomes, case.and_then(|life| life.outcome).as_ref());
    any(&mut terms, &filter.waiting, case.and_then(|life| life.waiting).map(|waiting| waiting.on).as_ref());
    let mut changes = Vec::new();
    changes.extend((row.revision > 1).then_some(Changed::Revised));
    changes.extend(row.gone_at.map(|_| Changed::Deleted));
    several(&mut terms, &filter.changed, &changes, None);
    terms.extend(filter.has_text.map(|wanted| wanted != row.text.is_empty()));
    terms.extend(filter.has_photo.map(|wanted| wanted == (row.photos > 0)));
    terms.extend(filter.has_case.map(|wanted| wanted == case.is_some()));
    terms.extend(filter.severity_min.filter(|least| *least > 0).map(|least| severity >= least));
    terms.extend(filter.order_number.as_ref().map(|number| row.order_number.as_ref() == Some(number)));
    let joined = match filter.joined {
        Match::Any => terms.is_empty() || terms.iter().any(|term| *term),
        Match::All => terms.iter().all(|term| *term),
    };
    let at = row.created_at.unwrap_or(row.imported_at);
    joined
        && filter.query.as_deref().is_none_or(|query| query.split(' ').all(|word| row.text.contains(word)))
        && filter.from.is_none_or(|from| at >= from)
        && filter.to.is_none_or(|to| at < to)
}

async fn all_cases(
    world: &World,
    scope: &Scope,
    filter: &ReviewFilter,
    sort: case::Sort,
    limit: u32,
) -> Vec<CaseRow> {
    let (mut rows, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let after = cursor.as_deref();
        let page = reading!(world, |tx| case::list(tx, scope, filter, sort, after, limit).await).unwrap();
        rows.extend(page.rows);
        match page.next {
            Some(next) => cursor = Some(next),
            None => return rows,
        }
    }
}

fn life_of(row: &CaseRow) -> Life {
    let owner = row.owner.as_ref().map(|owner| owner.id);
    Life { state: row.state, owner, waiting: row.waiting, outcome: row.outcome }
}

async fn a_filter_finds_what_a_look_at_each_row_finds(world: &World) {
    let mut asking = fill(world).await;
    let scope = &world.ours.scope;
    let everything = &ReviewFilter::default();
    let reviews = world.all(scope, everything, review::Sort::Newest, 1_000).await;
    let cases = all_cases(world, scope, everything, case::Sort::Oldest, 1_000).await;
    assert_eq!(reviews.len(), 2_900);
    assert!(cases.len() > 2_300 && cases.windows(2).all(|pair| pair[0].number < pair[1].number));
    let lives: HashMap<ReviewId, Life> =
        cases.iter().filter_map(|row| Some((row.review.as_ref()?.id, life_of(row)))).collect();
    let places: HashMap<ReviewId, usize> = reviews.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
    let mut products: Vec<ProductId> = reviews.iter().filter_map(|row| row.product).collect();
    products.sort_unstable();
    products.dedup();
    assert!(products.len() > 2);
    asking.products = products;
    let narrow = world.ours.agent(vec![asking.shops[1], asking.shops[2]]);
    let mut draw = Draw::new(3);
    let mut hits = 0;
    for turn in 0..120 {
        let filter = &draw_filter(&mut draw, &asking);
        let scope = if draw.once_in(4) { &narrow } else { scope };
        let (limit, what) = (u32::try_from(60 + draw.below(900)).unwrap(), format!("{turn}: {filter:?}"));
        let sort = draw.one(&review::Sort::ALL);
        let mut expected: Vec<&ReviewRow> = reviews
            .iter()
            .filter(|row| {
                let life = lives.get(&row.id).copied();
                scope.shops.covers(row.shop.id) && finds(filter, &asking, row, life, row.severity)
            })
            .collect();
        match sort {
            review::Sort::Newest => {}
            review::Sort::Oldest => expected.reverse(),
            review::Sort::Severity => expected.sort_by_key(|row| std::cmp::Reverse(row.severity)),
            review::Sort::Rating => expected.sort_by_key(|row| row.rating.map_or(6, Rating::stars)),
        }
        let expected: Vec<usize> = expected.iter().map(|row| places[&row.id]).collect();
        let found = world.all(scope, filter, sort, limit).await;
        let found: Vec<usize> = found.iter().map(|row| places[&row.id]).collect();
        assert!(found == expected, "{sort:?} {what}\n{} for {}", found.len(), expected.len());
        let count = reading!(world, |tx| review::count(tx, scope, filter).await).unwrap();
        let counted = (count.value as usize, count.capped);
        assert_eq!(counted, (expected.len().min(1_000), expected.len() > 1_000), "{what}");
        let ids = reading!(world, |tx| review::ids(tx, scope, filter, 3_000).await).unwrap();
        assert_eq!(ids.len(), expected.len(), "{what}");
        hits += usize::from(!expected.is_empty());

        let sort = draw.one(&case::Sort::ALL);
        let mut filter = filter.clone();
        if draw.once_in(4) {
            filter.times = draw_times(&mut draw, world.now());
        }
        let (filter, what) = (&filter, format!("{turn}: {filter:?}"));
        let mut expected: Vec<&CaseRow> = cases
            .iter()
            .filter(|row| {
                let shown = &reviews[places[&row.review.as_ref().unwrap().id]];
                scope.shops.covers(row.shop.id)
                    && finds(filter, &asking, shown, Some(life_of(row)), row.severity)
                    && is_at(&filter.times, row)
            })
            .collect();
        match sort {
            case::Sort::Severity => expected.sort_by_key(|row| std::cmp::Reverse(row.severity)),
            case::Sort::Oldest => {}
            // Those without an instant come last, the first opened first.
            case::Sort::Due => expected.sort_by_key(|row| (row.due_at.is_none(), row.due_at, row.number)),
            case::Sort::Contact => {
                let at = |row: &CaseRow| row.next.contact.map(|contact| contact.from);
                expected.sort_by_key(|row| (at(row).is_none(), at(row), row.number));
            }
            case::Sort::Deadline => {
                let at = |row: &CaseRow| row.next.deadline.as_ref().map(|deadline| deadline.at);
                expected.sort_by_key(|row| (at(row).is_none(), at(row), row.number));
            }
            case::Sort::Newest => expected.reverse(),
            case::Sort::Updated => {
                expected.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.number)));
            }
        }
        let expected: Vec<u64> = expected.iter().map(|row| row.number).collect();
        let found = all_cases(world, scope, filter, sort, limit).await;
        let found: Vec<u64> = found.iter().map(|row| row.number).collect();
        assert!(found == expected, "cases {sort:?} {what}\n{} for {}", found.len(), expected.len());
        let count = reading!(world, |tx| case::count(tx, scope, filter).await).unwrap();
        assert_eq!(count.value as usize, expected.len().min(1_000), "cases {what}");
    }
    assert!(hits > 60, "most filters find something: {hits}");
}
