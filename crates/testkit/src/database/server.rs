//! The PostgreSQL server that tests use.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

static SERVER: OnceCell<Option<String>> = OnceCell::const_new();

/// The URL of the maintenance database of a server, started once for this process; `None` when there is none.
pub(super) async fn url() -> Option<String> {
    SERVER
        .get_or_init(|| async {
            if let Some(url) = std::env::var("PINGXIN_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) {
                return Some(url);
            }
            match start().await {
                Ok(url) => Some(url),
                Err(reason) => {
                    // Where everything is meant to be tested (`make test`), nothing is skipped in silence.
                    let required = std::env::var_os("PINGXIN_REQUIRE_POSTGRES").is_some();
                    assert!(!required, "no PostgreSQL to test on: {reason}");
                    eprintln!("SKIPPED on PostgreSQL: {reason}");
                    None
                }
            }
        })
        .await
        .clone()
}

/// The folder of `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let has_both = |folder: &Path| folder.join("initdb").exists() && folder.join("postgres").exists();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    debian.sort();
    debian.into_iter().rev().chain(std::env::split_paths(&path)).find(|folder| has_both(folder))
}

fn is_root() -> bool {
    run_text("id", &["-u"]).is_some_and(|id| id == "0")
}

fn run_text(program: &str, arguments: &[&str]) -> Option<String> {
    let done = Command::new(program).args(arguments).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// PostgreSQL refuses to run as root; then it runs as `postgres`, else as `nobody`.
fn unprivileged() -> Result<Option<String>, String> {
    if !is_root() {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .into_iter()
        .find(|user| run_text("id", &["-u", user]).is_some())
        .map(|user| Some(user.to_owned()))
        .ok_or_else(|| "this is root and there is no other user to run it as".to_owned())
}

fn command(user: Option<&str>, program: &Path) -> Command {
    match user {
        None => Command::new(program),
        Some(user) => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", user, "--regid", user, "--clear-groups", "--"]).arg(program);
            if user == "nobody" {
                command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", "nogroup", "--clear-groups", "--"]).arg(program);
            }
            command
        }
    }
}

async fn start() -> Result<String, String> {
    let programs =
        programs().ok_or("no initdb found; run `apt-get install postgresql` or set PINGXIN_TEST_POSTGRES")?;
    let user = unprivileged()?;
    let folder = TempDir::with_prefix("pingxin-postgres-").map_err(|error| error.to_string())?;
    if let Some(user) = &user {
        let owned = Command::new("chown").arg(user).arg(folder.path()).status();
        if !owned.is_ok_and(|status| status.success()) {
            return Err(format!("the folder cannot be given to {user}"));
        }
    }
    let data = folder.path().join("data");
    let made = command(user.as_deref(), &programs.join("initdb"))
        .arg("-D")
        .arg(&data)
        .args(["-A", "trust", "-U", "pingxin", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("initdb: {error}"))?;
    if !made.status.success() {
        return Err(format!("initdb: {}", String::from_utf8_lossy(&made.stderr).trim()));
    }
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map_err(|error| error.to_string())?
        .port();
    // The shell holds a pipe from this process: when the tests end, however they end, the pipe closes, the server is
    // stopped and the folder removed.
    let script = r#"
        "$@" >"$LOG" 2>&1 &
        server=$!
        read -r _
        kill -INT "$server"; wait "$server"
    "#;
    let mut keeper = command(user.as_deref(), Path::new("/bin/sh"));
    keeper
        .args(["-c", script, "postgres-keeper"])
        .arg(programs.join("postgres"))
        .arg("-D")
        .arg(&data)
        .args(["-p", &port.to_string(), "-k", ""])
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "synchronous_commit=off"])
        .args(["-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=128MB"])
        .args(["-c", "autovacuum=off", "-c", "max_wal_size=2GB"])
        .env("LOG", folder.path().join("log"))
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    detach(&mut keeper);
    let child = keeper.spawn().map_err(|error| format!("postgres: {error}"))?;
    // Never dropped: the pipe must stay open as long as this process lives.
    std::mem::forget(child);
    let folder = folder.keep();
    sweep(&folder);
    let url = format!("postgres://pingxin@127.0.0.1:{port}/postgres");
    for _ in 0..200 {
        if let Ok(connection) = PgConnection::connect(&url).await {
            let _ = connection.close().await;
            return Ok(url);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    Err(format!("the server did not answer: {}", log.trim()))
}

/// Ctrl-C in the terminal must reach the tests only; the pipe tells the keeper.
fn detach(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Removes the folder when this process is gone, and folders that earlier runs could not remove.
fn sweep(folder: &Path) {
    let script = r#"read -r _; for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3; [ -e "$1/data/postmaster.pid" ] || break; done; rm -rf "$1""#;
    let mut sweeper = Command::new("/bin/sh");
    sweeper
        .args(["-c", script, "postgres-sweeper"])
        .arg(folder)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    detach(&mut sweeper);
    if let Ok(child) = sweeper.spawn() {
        std::mem::forget(child);
    }
}
