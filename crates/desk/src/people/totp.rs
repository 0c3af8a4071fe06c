//! One-time codes of six digits by the clock: RFC 6238 with HMAC-SHA-1, steps of 30 seconds, as every authenticator
//! app makes them.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;

/// Seconds a code stands (RFC 6238, section 5.2).
const STEP: i64 = 30;
/// Steps before and after the present one whose code is taken too, for clocks that differ (same section).
const DRIFT: i64 = 1;
/// Bytes of a secret: as many as the hash has (RFC 4226, section 4, R6).
pub(super) const SECRET: usize = 20;

/// The step that an instant lies in.
fn step_at(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP)
}

/// The code of a step: RFC 4226, section 5.3.
fn code_of(secret: &[u8], step: i64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(hash[19] & 0x0f);
    let cut = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", cut % 1_000_000)
}

/// The step whose code this is, when it is one of now.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let present = step_at(now);
    let mut found = None;
    // All are made and compared whole, whichever fits.
    for step in present - DRIFT..=present + DRIFT {
        let differs = code_of(secret, step).bytes().zip(code.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
        if code.len() == 6 && differs == 0 {
            found = Some(step);
        }
    }
    found
}

/// RFC 4648 base32 without padding, as apps and people read it.
pub(super) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for five in bytes.chunks(5) {
        let mut block = [0; 8];
        block[3..3 + five.len()].copy_from_slice(five);
        let bits = u64::from_be_bytes(block);
        for at in 0..(five.len() * 8).div_ceil(5) {
            text.push(char::from(LETTERS[(bits >> (35 - 5 * at) & 31) as usize]));
        }
    }
    text
}

/// What an app reads from a picture: the Key URI Format of Google Authenticator.
pub(super) fn uri(secret: &[u8], login: &str) -> String {
    let mut name = String::new();
    for byte in login.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            name.push(char::from(byte));
        } else {
            name.push_str(&format!("%{byte:02X}"));
        }
    }
    let secret = base32(secret);
    format!("otpauth://totp/Pingxin:{name}?secret={secret}&issuer=Pingxin&algorithm=SHA1&digits=6&period=30")
}

#[cfg(test)]
pub(crate) fn code_at(secret: &[u8], now: Timestamp) -> String {
    code_of(secret, step_at(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_of_rfc_6238_appendix_b() {
        // The last six of the eight digits given there for SHA-1.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(KEY, Timestamp::from_second(second).unwrap()), code, "{second}");
        }
    }

    #[test]
    fn the_codes_of_rfc_4226_appendix_d() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ];
        for (step, code) in (0..).zip(codes) {
            assert_eq!(code_of(KEY, step), code);
        }
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_no_more() {
        let now = Timestamp::from_second(1_000_000_000).unwrap();
        let present = step_at(now);
        for (step, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = code_of(KEY, present + step);
            assert_eq!(step_of(KEY, &code, now), good.then_some(present + step), "{step}");
        }
        for wrong in ["", "12345", "1234567", "abcdef", "０８１８０４"] {
            assert_eq!(step_of(KEY, wrong, now), None, "{wrong}");
        }
        assert_eq!(step_of(b"another secret", &code_of(KEY, present), now), None);
    }

    #[test]
    fn the_letters_of_rfc_4648() {
        for (plain, letters) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), letters);
        }
    }

    #[test]
    fn the_address_holds_nothing_an_app_would_trip_over() {
        let uri = uri(b"foobar", "小美@shop+1");
        assert!(
            uri.starts_with("otpauth://totp/Pingxin:%E5%B0%8F%E7%BE%8E%40shop%2B1?secret=MZXW6YTBOI&"),
            "{uri}"
        );
    }
}
