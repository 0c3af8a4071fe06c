//! The sending worker killed at random moments and at every point around its commits: nothing is lost, nothing is sent twice,
//! and no more is in doubt than it was killed.
//!
//! 24 kills a database, or as many as `PINGXIN_SEND_KILLS` says (`make test-night`: 1,000).

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use pingxin_channels::outward::{Outlet, Webhook};
use pingxin_desk::outbox::sending::Point;
use pingxin_desk::{Desk, doctor};
use pingxin_domain::Scope;
use pingxin_domain::outbox::{Delivery, OutChannel, OutState, TeamEvent};
use pingxin_store::outbox::{self, NewOutgoing, OutBody, OutgoingFilter};
use pingxin_store::{StoreUrl, out_channel, tenant};
use pingxin_testkit::database::TestDatabase;
use pingxin_testkit::receiver::Receiver;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const LEASE: Duration = Duration::from_millis(400);
/// Things to send for each kill and channel.
const PER_KILL: u32 = 4;

/// Numbers that are as good as random and the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A merchant whose webhook keeps one of the three promises.
async fn merchant(desk: &Desk, delivery: Delivery, receiver: &Receiver) -> Scope {
    let url = receiver.url(&format!("/{}", delivery.code()));
    let outlet = &Outlet::Webhook(Webhook { url, secret: SECRET.into(), delivery });
    let made = desk.store.write(|tx| {
        Box::pin(async move {
            let scope = Scope::system(tenant::create(tx, delivery.code(), false).await?);
            let events: &[TeamEvent] = &[TeamEvent::MessageSent];
            out_channel::put(tx, &scope, OutChannel::Webhook, (true, events), outlet).await?;
            Ok(scope)
        })
    });
    made.await.unwrap()
}

async fn enqueue(desk: &Desk, merchants: &[(Delivery, Scope)], many: u32) {
    let payload = serde_json::json!({ "type": "message_sent" });
    let body = &OutBody { subject: String::new(), text: "x".into(), shown_to: None, payload };
    // One of each in turn, so that every kill may meet any of them.
    for _ in 0..many {
        for (delivery, scope) in merchants {
            let new = &NewOutgoing {
                shop: None,
                case: None,
                channel: OutChannel::Webhook,
                delivery: *delivery,
                event: Some(TeamEvent::MessageSent),
                body,
                released: &[],
                hold: None,
                unique_key: None,
                send_at: Timestamp::UNIX_EPOCH,
                author: None,
            };
            desk.store.write(|tx| Box::pin(async move { outbox::add(tx, scope, new).await })).await.unwrap();
        }
    }
}

fn worker(database: &TestDatabase, key: &str) -> Command {
    let url = match database.url() {
        StoreUrl::Sqlite(path) => path.display().to_string(),
        StoreUrl::Postgres(url) => url.clone(),
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingxin"));
    let lease = LEASE.as_millis().to_string();
    command.args(["send", "--local-network", "--lease-ms", &lease]).env("PINGXIN_DB", url);
    command.env("PINGXIN_KEY", key).env("XDG_DATA_HOME", database.folder()).current_dir(database.folder());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

async fn killed(database: TestDatabase) {
    let kills: u32 =
        std::env::var("PINGXIN_SEND_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(24);
    let key_file = database.folder().join("key");
    database.key().save(&key_file).unwrap();
    let key = std::fs::read_to_string(&key_file).unwrap().trim().to_owned();
    let desk = Desk::new(database.store().clone(), "pingxin".into(), database.folder().to_owned());
    let receiver = Receiver::start();
    let mut merchants = Vec::new();
    for delivery in Delivery::ALL.iter().copied() {
        merchants.push((delivery, merchant(&desk, delivery, &receiver).await));
    }
    let mut dice = Dice(20_261_130 + u64::from(kills));
    let (mut done, mut written) = (0, 0);
    while done < kills {
        enqueue(&desk, &merchants, PER_KILL).await;
        written += PER_KILL;
        let points = Point::ALL.len() as u32;
        let mut command = worker(&database, &key);
        if done % 2 == 0 {
            let point = Point::ALL[(done / 2 % points) as usize];
            let die_at = format!("{}:{}", point.code(), 1 + dice.below(3));
            assert!(!command.args(["--die-at", &die_at]).status().unwrap().success(), "{die_at}");
        } else {
            let mut child = command.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(20 + dice.below(120)));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        done += 1;
        let amiss = doctor::run(&desk).await.unwrap();
        assert!(amiss.is_empty(), "after {done} kills: {amiss:?}");
    }
    // What is left behind is seen to once its lease is over.
    for _ in 0..2 {
        std::thread::sleep(LEASE + Duration::from_millis(200));
        assert!(worker(&database, &key).status().unwrap().success());
    }
    assert!(doctor::run(&desk).await.unwrap().is_empty());
    let mut arrivals: HashMap<String, u32> = HashMap::new();
    for arrived in receiver.arrived() {
        *arrivals.entry(arrived.key().to_owned()).or_default() += 1;
    }
    let mut in_doubt = 0;
    for (delivery, scope) in &merchants {
        let mut found = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let (filter, after) = (&OutgoingFilter::default(), cursor.as_deref());
            let page = desk
                .store
                .read(|tx| Box::pin(async move { outbox::list(tx, scope, filter, after, 200).await }));
            let (page, _) = page.await.unwrap();
            found.extend(page.rows);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), written as usize, "{delivery:?}");
        for one in found {
            let many = arrivals.get(&one.id.to_string()).copied().unwrap_or(0);
            match (delivery, one.state) {
                // Repeated under its key, which the other side drops.
                (Delivery::Keyed, OutState::Sent) => assert!(many >= 1, "lost: {one:?}"),
                (Delivery::Queryable | Delivery::Blind, OutState::Sent) => {
                    assert_eq!(many, 1, "lost or sent twice: {one:?}");
                }
                (Delivery::Blind, OutState::InDoubt) => {
                    in_doubt += 1;
                    assert!(many <= 1, "sent twice: {one:?}");
                }
                _ => panic!("neither sent nor in doubt: {one:?}"),
            }
        }
    }
    assert!(in_doubt <= kills, "{in_doubt} in doubt after {kills} kills");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_sent_twice_on_sqlite() {
    killed(TestDatabase::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_sent_twice_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    killed(database).await;
}
