//! Under which addresses this server is known, so that a request from another page is told from one of ours.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use anyhow::{Context, bail};
use axum::http::Uri;
use axum::http::uri::Authority;

/// A web origin (scheme, host, port) that a proxy in front of us answers under, such as `https://desk.example.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicOrigin {
    origin: String,
    authority: String,
}

impl FromStr for PublicOrigin {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let wrong =
            || format!("`{text}` is no address of a TLS proxy; write https://host or https://host:port");
        let uri: Uri = text.trim().trim_end_matches('/').parse().with_context(wrong)?;
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        let (Some("https"), Some(authority), "/" | "") = (uri.scheme_str(), authority, uri.path()) else {
            bail!(wrong());
        };
        // Browsers leave the default port out of Origin and Host.
        let authority = authority.as_str().to_ascii_lowercase();
        let authority = authority.strip_suffix(":443").map_or(authority.clone(), str::to_owned);
        Ok(Self { origin: format!("https://{authority}"), authority })
    }
}

/// How the server is reached: directly on this machine, or through a TLS proxy.
#[derive(Debug, Clone)]
pub struct Reach {
    port: u16,
    proxy: Option<PublicOrigin>,
}

impl Reach {
    /// The reach of a server that listens on this address.
    ///
    /// # Errors
    /// For an address other machines can reach without a TLS proxy in front: passwords and sessions would cross
    /// the network in the clear, and browsers would not keep the session's cookie.
    pub fn new(listen: SocketAddr, proxy: Option<PublicOrigin>) -> anyhow::Result<Self> {
        if !listen.ip().is_loopback() && proxy.is_none() {
            bail!(
                "{listen} can be reached by other machines, and plain http would show them passwords and reviews; \
                 put a proxy with TLS (nginx, Caddy …) in front and start with `--behind-proxy https://its.host`, \
                 or listen on 127.0.0.1"
            );
        }
        Ok(Self { port: listen.port(), proxy })
    }

    /// Whether a proxy stands in front, whose word on the caller's address counts.
    #[must_use]
    pub fn is_behind_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    /// The address people open.
    #[must_use]
    pub fn address(&self, listen: SocketAddr) -> String {
        self.proxy.as_ref().map_or_else(|| format!("http://{listen}"), |proxy| proxy.origin.clone())
    }

    /// Whether a request with this `Host` is meant for us. A page elsewhere whose name was made to point to this
    /// machine (DNS rebinding) sends its own name here.
    #[must_use]
    pub fn knows_host(&self, host: &str) -> bool {
        self.proxy.as_ref().is_some_and(|proxy| host.eq_ignore_ascii_case(&proxy.authority))
            || is_loopback(host, self.port)
    }

    /// Whether a request that changes something comes from one of our pages: its `Origin` is that of its `Host`.
    #[must_use]
    pub fn knows_origin(&self, origin: &str, host: &str) -> bool {
        if let Some(proxy) = &self.proxy
            && origin.eq_ignore_ascii_case(&proxy.origin)
        {
            return true;
        }
        is_loopback(host, self.port)
            && origin.strip_prefix("http://").is_some_and(|authority| authority.eq_ignore_ascii_case(host))
    }
}

fn is_loopback(host: &str, port: u16) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    let local = name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    local && authority.port_u16().unwrap_or(80) == port && !host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(listen: &str, proxy: Option<&str>) -> anyhow::Result<Reach> {
        Reach::new(listen.parse().unwrap(), proxy.map(|origin| origin.parse().unwrap()))
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        assert!(reach("127.0.0.1:7310", None).is_ok());
        assert!(reach("[::1]:7310", None).is_ok());
        for open in ["0.0.0.0:7310", "192.168.1.4:7310", "[::]:7310"] {
            let refused = reach(open, None).unwrap_err().to_string();
            assert!(refused.contains("--behind-proxy"), "{refused}");
            assert!(reach(open, Some("https://desk.example.com")).is_ok());
        }
    }

    #[test]
    fn a_proxy_must_speak_tls() {
        for wrong in
            ["http://desk.example.com", "desk.example.com", "https://", "https://a@b", "https://a/path"]
        {
            assert!(wrong.parse::<PublicOrigin>().is_err(), "{wrong}");
        }
        let origin: PublicOrigin = "https://Desk.example.com:443/".parse().unwrap();
        assert_eq!(origin.origin, "https://desk.example.com");
    }

    #[test]
    fn names_that_were_made_to_point_here_are_not_ours() {
        let direct = reach("127.0.0.1:7310", None).unwrap();
        for ours in ["127.0.0.1:7310", "localhost:7310", "LOCALHOST:7310", "[::1]:7310"] {
            assert!(direct.knows_host(ours), "{ours}");
        }
        for foreign in [
            "evil.example:7310",
            "127.0.0.1:80",
            "127.0.0.1",
            "localhost.evil.example:7310",
            "",
            "a@127.0.0.1:7310",
        ] {
            assert!(!direct.knows_host(foreign), "{foreign}");
        }
        let behind = reach("0.0.0.0:7310", Some("https://desk.example.com")).unwrap();
        assert!(behind.knows_host("desk.example.com"));
        assert!(!behind.knows_host("other.example.com"));
    }

    #[test]
    fn only_our_own_pages_change_things() {
        let direct = reach("127.0.0.1:7310", None).unwrap();
        assert!(direct.knows_origin("http://127.0.0.1:7310", "127.0.0.1:7310"));
        assert!(direct.knows_origin("http://localhost:7310", "localhost:7310"));
        for foreign in [
            "http://localhost:3000",
            "https://127.0.0.1:7310",
            "http://evil.example",
            "null",
            "",
            "http://127.0.0.1",
        ] {
            assert!(!direct.knows_origin(foreign, "127.0.0.1:7310"), "{foreign}");
        }
        let behind = reach("0.0.0.0:7310", Some("https://desk.example.com")).unwrap();
        assert!(behind.knows_origin("https://desk.example.com", "desk.example.com"));
        assert!(!behind.knows_origin("http://desk.example.com", "desk.example.com"));
    }
}
