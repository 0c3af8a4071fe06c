//! Which addresses the desk calls: no way from a setting into the machine or its network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::Reach;

/// Whether an address belongs to the public internet. Where an IPv6 address carries an IPv4 one (mapped, NAT64, 6to4), that
/// one counts too.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// IANA's special-purpose registry of IPv4 (RFC 6890 and its followers).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a == 10
        || a == 127
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224)
}

/// Only the global unicast range, and nothing special inside it.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let last = || Ipv4Addr::from((u32::from(parts[6]) << 16) | u32::from(parts[7]));
    if parts[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return is_public_v4(last());
    }
    if parts[0] == 0x2002 {
        return is_public_v4(Ipv4Addr::from((u32::from(parts[1]) << 16) | u32::from(parts[2])));
    }
    let is_global = parts[0] & 0xe000 == 0x2000;
    let is_special = parts[0] == 0x2001 && (parts[1] < 0x200 || parts[1] == 0xdb8);
    is_global && !is_special
}

/// Looks a name up and answers with the first address that may be called. The very address that was looked at is called:
/// a name that changes its mind in between changes nothing.
///
/// # Errors
/// [`None`] inside when the name has addresses and none may be called; otherwise why it was not found.
pub(super) async fn find(host: &str, port: u16, reach: Reach) -> Result<SocketAddr, Found> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = tokio::net::lookup_host((bare, port)).await.map_err(|error| Found::No(error.to_string()))?;
    let mut any = false;
    for address in found {
        any = true;
        if reach.local || is_public(address.ip()) {
            return Ok(address);
        }
    }
    Err(if any { Found::Private } else { Found::No("the name has no address".into()) })
}

/// Why there is no address to call.
#[derive(Debug)]
pub(super) enum Found {
    /// The name was not found.
    No(String),
    /// It is an address of this machine or of a private network.
    Private,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_is_public() {
        let inside = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
        ];
        for address in inside {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn the_internet_is() {
        for address in
            ["1.1.1.1", "100.63.0.1", "172.32.0.1", "203.0.114.1", "2606:4700::1", "64:ff9b::101:101"]
        {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[tokio::test]
    async fn names_that_lead_inside_are_not_called() {
        for host in ["localhost", "127.0.0.1", "[::1]", "0x7f000001", "2130706433", "0177.0.0.1"] {
            let found = find(host, 80, Reach::default()).await;
            assert!(found.is_err(), "{host}: {found:?}");
        }
        assert!(find("127.0.0.1", 80, Reach { local: true }).await.is_ok());
    }
}
