//! Logs: lines on standard error. They name ids, counts and durations; never texts, names, tokens or addresses of
//! buyers.

use tracing_subscriber::EnvFilter;

/// Starts logging; `PINGXIN_LOG` (such as `debug` or `pingxin=debug,sqlx=warn`) overrides the level.
///
/// Called once by the commands that run for long; a second call changes nothing.
pub fn start(default_level: &str) {
    let filter = EnvFilter::try_from_env("PINGXIN_LOG").unwrap_or_else(|_| EnvFilter::new(default_level));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .try_init();
}
