//! `pingxin serve`: the desk itself, until it is told to stop.
//!
//! Standard output, stable for programs that start it: the first line is the address; then either one line
//! `setup ADDRESS/setup?token=…` while nobody owns anything here, or for the demo one line
//! `demo ROLE LOGIN PASSWORD` a person.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use pingxin_channels::outward;
use pingxin_desk::demo::Wish;
use pingxin_desk::live::Live;
use pingxin_desk::people::{self, Hasher, TokenMeter};
use pingxin_desk::{Desk, demo, tenants};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::Outcome;
use crate::http::origin::{PublicOrigin, Reach};
use crate::http::{self, App};
use crate::place::{Place, PlaceArguments};
use crate::worker::Workers;
use crate::{log, output};

/// How long open connections may take to end once the server is told to stop.
const TIME_TO_STOP: Duration = Duration::from_secs(8);

/// Where and how to serve.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Address to listen on; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7310")]
    listen: SocketAddr,
    /// The address people open when a proxy with TLS stands in front, such as <https://desk.example.com>
    #[arg(long, value_name = "ORIGIN")]
    behind_proxy: Option<PublicOrigin>,
    /// Make the demo shop group when the database is empty, and show its logins
    #[arg(long)]
    demo: bool,
    /// Orders of the demo that is made
    #[arg(long, value_name = "N", requires = "demo", default_value_t = demo::generate::ORDERS)]
    demo_orders: u32,
    /// Reviews of the demo that is made
    #[arg(long, value_name = "N", requires = "demo", default_value_t = demo::generate::REVIEWS)]
    demo_reviews: u32,
    /// Folder with policy packs that stand in place of the embedded ones from their date on
    #[arg(long, value_name = "FOLDER", env = "PINGXIN_PACKS")]
    packs: Option<PathBuf>,
    /// Serve the pages from this folder instead of those inside the program
    #[arg(long, value_name = "DIR")]
    web_dir: Option<PathBuf>,
    /// Channels may also call this machine and its networks, such as a mail server in the same house
    #[arg(long)]
    local_network: bool,
    /// Jobs (imports) that run at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
}

/// Serves until ctrl-c or SIGTERM.
///
/// # Errors
/// When the address may not or cannot be listened on, or the database cannot be opened.
pub fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    log::start("info,sqlx=warn");
    super::block_on(serve(arguments))?;
    Ok(Outcome::Done)
}

async fn serve(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        place,
        listen,
        behind_proxy,
        demo,
        demo_orders,
        demo_reviews,
        packs,
        web_dir,
        local_network,
        workers,
    } = arguments;
    let wish = demo.then_some(Wish { orders: demo_orders, reviews: demo_reviews, ..Wish::default() });
    if demo && (behind_proxy.is_some() || !listen.ip().is_loopback()) {
        bail!(
            "the demo has passwords that everybody knows; it is served on this machine alone, without --behind-proxy"
        );
    }
    if let Some(folder) = &web_dir
        && !folder.is_dir()
    {
        bail!("--web-dir: {} is no folder", folder.display());
    }
    let mut signals = Signals::listen()?;
    // Refused before anything is opened or made.
    Reach::new(listen, behind_proxy.clone())?;
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}; another program may have this port: choose one with --listen 127.0.0.1:0")
    })?;
    let listen = listener.local_addr().context("the port that was taken")?;
    let reach = Reach::new(listen, behind_proxy)?;
    let address = reach.address(listen);
    let mut desk = Place::find(&place)?.open().await?.reaching(outward::Reach { local: local_network });
    if let Some(folder) = &packs {
        desk = desk.with_packs(folder).with_context(|| format!("--packs: {}", folder.display()))?;
        for refused in desk.refused_packs().iter() {
            output::note(&format!("refused, and what was in force stays: {refused}"));
        }
    }
    let hasher = Hasher::new();
    let lines = opening(&desk, &hasher, &address, wish).await?;
    let app = App {
        desk: desk.clone(),
        hasher,
        tokens: TokenMeter::default(),
        reach,
        live: Live::new(&desk),
        work: Arc::new(Notify::new()),
        web_folder: web_dir,
        file_limit: http::upload::FILE_LIMIT,
    };
    let workers = Workers::start(&desk, usize::from(workers), &app.work);
    let live = app.live.clone();
    let stop = CancellationToken::new();
    let asked = stop.clone();
    let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(asked.cancelled_owned());
    let server = tokio::spawn(server.into_future());
    for line in lines {
        output::line(&line)?;
    }
    tracing::info!(%listen, engine = ?desk.store.engine(), "serving");
    signals.come().await?;
    tracing::info!("stopping");
    live.stop();
    stop.cancel();
    let ended = tokio::join!(tokio::time::timeout(TIME_TO_STOP, server), workers.stop()).0;
    match ended {
        Ok(served) => served.context("the server ended badly")?.context("serving")?,
        Err(_) => tracing::warn!("some connections were cut off"),
    }
    desk.store.close().await;
    Ok(())
}

/// What is printed at the start, in order.
async fn opening(
    desk: &Desk,
    hasher: &Hasher,
    address: &str,
    wish: Option<Wish>,
) -> anyhow::Result<Vec<String>> {
    let mut lines = vec![address.to_owned()];
    if let Some(wish) = wish
        && tenants::all(desk).await?.is_empty()
    {
        demo::create(desk, hasher, wish).await?;
    }
    let demo = wish.is_some();
    let state = people::setup_state(desk).await?;
    if demo && !state.demo {
        output::note("this database is in use, so no demo was made in it; name another with --db");
    }
    if demo && state.demo {
        lines.extend(
            demo::LOGINS
                .iter()
                .map(|person| format!("demo {} {} {}", person.role.code(), person.login, person.password)),
        );
    } else if state.needs_owner {
        let token = people::offer_setup(desk).await?;
        lines.push(format!("setup {address}/setup?token={}", token.as_str()));
        output::note("nobody owns this desk yet: open the setup address above; it is good once, for a day");
    }
    Ok(lines)
}

/// Ctrl-c, and SIGTERM where there is such a thing.
struct Signals {
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupted: tokio::signal::unix::Signal,
}

impl Signals {
    /// Listens from here on; a signal that comes before [`Self::come`] is asked is not lost.
    #[cfg(unix)]
    fn listen() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminated: signal(SignalKind::terminate()).context("listening for SIGTERM")?,
            interrupted: signal(SignalKind::interrupt()).context("listening for ctrl-c")?,
        })
    }

    #[cfg(unix)]
    async fn come(&mut self) -> anyhow::Result<()> {
        tokio::select! {
            _ = self.terminated.recv() => Ok(()),
            _ = self.interrupted.recv() => Ok(()),
        }
    }

    #[cfg(not(unix))]
    fn listen() -> anyhow::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn come(&mut self) -> anyhow::Result<()> {
        tokio::signal::ctrl_c().await.context("listening for ctrl-c")
    }
}
