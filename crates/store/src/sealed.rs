//! Sealed fields and blind indexes. A field opens only where it was sealed: tenant, table, row and field are bound to it.

use std::fmt;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use pingxin_domain::TenantId;
use pingxin_domain::identifiers::Identifier;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

use crate::key::MasterKey;
use crate::{StoreError, secret};

/// First byte of a sealed field: which key and cipher made it.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The keys derived from the master key.
pub(crate) struct Keys {
    cipher: XChaCha20Poly1305,
    index: Hmac<Sha256>,
    audit: Hmac<Sha256>,
    backup: Hmac<Sha256>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keys(hidden)")
    }
}

/// Where a sealed field stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) tenant: TenantId,
    pub(crate) table: &'static str,
    pub(crate) row: &'a [u8],
    pub(crate) field: &'static str,
}

impl Place<'_> {
    fn bytes(self) -> Vec<u8> {
        let mut bytes = self.tenant.uuid().as_bytes().to_vec();
        for part in [self.table.as_bytes(), self.row, self.field.as_bytes()] {
            // The length before each part keeps ("ab", "c") from being ("a", "bc").
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

fn no_json(place: Place<'_>, error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt {
        what: format!("a {} of {} that is no such JSON: {error}", place.field, place.table),
    }
}

fn derive(master: &MasterKey, purpose: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(master.bytes()).expect("HMAC takes a key of any length");
    mac.update(purpose.as_bytes());
    mac.finalize().into_bytes().into()
}

impl Keys {
    pub(crate) fn new(master: &MasterKey) -> Self {
        let fields = derive(master, "pingxin fields 1");
        let keyed =
            |purpose| Hmac::new_from_slice(&derive(master, purpose)).expect("HMAC takes a key of any length");
        Self {
            cipher: XChaCha20Poly1305::new(&fields.into()),
            index: keyed("pingxin blind index 1"),
            audit: keyed("pingxin audit 1"),
            backup: keyed("pingxin backup 1"),
        }
    }

    /// Signs entries and ends of audit chains.
    pub(crate) fn audit(&self) -> Hmac<Sha256> {
        self.audit.clone()
    }

    /// Signs the frames of backups.
    pub(crate) fn backup(&self) -> Hmac<Sha256> {
        self.backup.clone()
    }

    /// Version, nonce, ciphertext and tag.
    pub(crate) fn seal(&self, place: Place<'_>, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        secret::fill(&mut nonce);
        let aad = place.bytes();
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
            .expect("a field is far below the cipher's limit of 256 GiB");
        let mut bytes = Vec::with_capacity(1 + NONCE + sealed.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        bytes
    }

    pub(crate) fn seal_text(&self, place: Place<'_>, plain: Option<&str>) -> Option<Vec<u8>> {
        plain.map(|text| self.seal(place, text.as_bytes()))
    }

    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let wrong = || StoreError::Corrupt {
            what: format!("a sealed {} of {} does not open here", place.field, place.table),
        };
        let (nonce, body) = match sealed {
            [VERSION, rest @ ..] if rest.len() >= NONCE => rest.split_at(NONCE),
            _ => return Err(wrong()),
        };
        let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| wrong())?;
        let aad = place.bytes();
        self.cipher.decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &aad }).map_err(|_| wrong())
    }

    pub(crate) fn open_text(
        &self,
        place: Place<'_>,
        sealed: Option<Vec<u8>>,
    ) -> Result<Option<String>, StoreError> {
        let Some(sealed) = sealed else { return Ok(None) };
        let plain = self.open(place, &sealed)?;
        String::from_utf8(plain)
            .map(Some)
            .map_err(|_| StoreError::Corrupt { what: format!("{} is no text", place.field) })
    }

    pub(crate) fn seal_json<T: Serialize + ?Sized>(
        &self,
        place: Place<'_>,
        plain: &T,
    ) -> Result<Vec<u8>, StoreError> {
        let plain = serde_json::to_vec(plain).map_err(|error| no_json(place, &error))?;
        Ok(self.seal(place, &plain))
    }

    pub(crate) fn open_json<T: DeserializeOwned>(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<T, StoreError> {
        let plain = self.open(place, sealed)?;
        serde_json::from_slice(&plain).map_err(|error| no_json(place, &error))
    }

    /// A keyed hash to look something up by without keeping it readable.
    pub(crate) fn blind_index(&self, tenant: TenantId, parts: &[&str]) -> [u8; 16] {
        let mut mac = self.index.clone();
        mac.update(tenant.uuid().as_bytes());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let full: [u8; 32] = mac.finalize().into_bytes().into();
        let mut short = [0; 16];
        short.copy_from_slice(&full[..16]);
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn place(row: &[u8]) -> Place<'_> {
        Place { tenant: TenantId::from_uuid(Uuid::from_u128(1)), table: "buyers", row, field: "phone" }
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let keys = Keys::new(&MasterKey::fresh());
        let sealed = keys.seal(place(b"1"), b"13800138000");
        assert_eq!(keys.open(place(b"1"), &sealed).unwrap(), b"13800138000");
        let other_tenant = Place { tenant: TenantId::from_uuid(Uuid::from_u128(2)), ..place(b"1") };
        for wrong in [
            place(b"2"),
            Place { field: "email", ..place(b"1") },
            Place { table: "orders", ..place(b"1") },
            other_tenant,
        ] {
            assert!(keys.open(wrong, &sealed).is_err(), "{wrong:?}");
        }
        assert!(Keys::new(&MasterKey::fresh()).open(place(b"1"), &sealed).is_err());
    }

    #[test]
    fn any_changed_byte_is_noticed_and_nothing_panics() {
        let keys = Keys::new(&MasterKey::fresh());
        let sealed = keys.seal(place(b"1"), b"x");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys.open(place(b"1"), &changed).is_err(), "byte {at}");
            assert!(keys.open(place(b"1"), &sealed[..at]).is_err(), "cut at {at}");
        }
        assert_ne!(keys.seal(place(b"1"), b"x"), sealed, "a fresh nonce every time");
    }

    #[test]
    fn blind_indexes_depend_on_tenant_and_key() {
        let (keys, tenant) = (Keys::new(&MasterKey::fresh()), place(b"").tenant);
        assert_eq!(keys.blind_index(tenant, &["a", "b"]), keys.blind_index(tenant, &["a", "b"]));
        assert_ne!(keys.blind_index(tenant, &["ab", ""]), keys.blind_index(tenant, &["a", "b"]));
        let other = TenantId::from_uuid(Uuid::from_u128(2));
        assert_ne!(keys.blind_index(tenant, &["a"]), keys.blind_index(other, &["a"]));
        assert_ne!(
            Keys::new(&MasterKey::fresh()).blind_index(tenant, &["a"]),
            keys.blind_index(tenant, &["a"])
        );
    }
}
