//! Who is calling: his address, for the brake on guessed passwords.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

/// The caller's network address. Behind a proxy it is the last one in `X-Forwarded-For`, which the proxy itself
/// wrote; what stands before it the caller may have made up. An IPv6 caller counts as his /64, for a single
/// customer line has that many addresses.
#[must_use]
pub fn address(headers: &HeaderMap, peer: Option<IpAddr>, behind_proxy: bool) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse().ok()
    };
    let address = if behind_proxy { forwarded().unwrap_or(peer) } else { peer };
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        short @ IpAddr::V4(_) => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(forwarded: &[&str], behind_proxy: bool) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        address(&headers, Some("10.0.0.1".parse().unwrap()), behind_proxy).to_string()
    }

    #[test]
    fn a_caller_cannot_choose_his_address() {
        assert_eq!(told(&["1.2.3.4"], false), "10.0.0.1");
        assert_eq!(told(&["6.6.6.6, 1.2.3.4"], true), "1.2.3.4");
        assert_eq!(told(&["6.6.6.6", "1.2.3.4"], true), "1.2.3.4");
        assert_eq!(told(&["nonsense"], true), "10.0.0.1");
    }

    #[test]
    fn a_line_with_many_addresses_is_one_caller() {
        assert_eq!(told(&["2001:db8:1:2:3:4:5:6"], true), "2001:db8:1:2::");
        assert_eq!(told(&["::ffff:1.2.3.4"], true), "1.2.3.4");
    }
}
