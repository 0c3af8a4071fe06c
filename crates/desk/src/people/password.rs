//! Passwords: argon2id, never more than two at once, and the same work whether or not the login exists.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use pingxin_domain::Say;
use pingxin_store::secret::Token;
use thiserror::Error;
use tokio::sync::Semaphore;

/// Letters a password has at least.
pub const SHORTEST_PASSWORD: usize = 8;
/// Letters a password has at most: longer ones only make us hash long texts.
const LONGEST_PASSWORD: usize = 256;
/// How many passwords are hashed at once; each takes a core and 19 MiB.
const AT_ONCE: usize = 2;
/// How long a request waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a login that does not exist is checked against, so that it costs the same time.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmU$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

/// Too many people sign in at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too many passwords are being checked; try again in a few seconds")]
pub struct Busy;

/// Hashes and checks passwords. Cheap to clone; clones share the limit.
#[derive(Debug, Clone)]
pub struct Hasher {
    turns: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

impl Hasher {
    /// A hasher with its own limit of two at once; make one a process.
    #[must_use]
    pub fn new() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The hash to keep, in PHC text form, with a fresh salt.
    ///
    /// # Errors
    /// [`Busy`] when no turn came up in time.
    pub async fn hash(&self, password: String) -> Result<String, Busy> {
        let salt = Token::fresh().hash();
        self.in_turn(move || {
            argon2()
                .hash_password_with_salt(password.as_bytes(), &salt[..16])
                .map(|hash| hash.to_string())
                .expect("the parameters and a salt of 16 bytes are valid")
        })
        .await
    }

    /// Whether the password is the one that was hashed. `None` stands for a login that does not exist: the same
    /// work is done, and the answer is no.
    ///
    /// # Errors
    /// [`Busy`] when no turn came up in time.
    pub async fn matches(&self, password: String, stored: Option<String>) -> Result<bool, Busy> {
        let exists = stored.is_some();
        let against = stored.unwrap_or_else(|| NOBODY.to_owned());
        let same = self
            .in_turn(move || {
                PasswordHash::new(&against)
                    .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(same && exists)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| Busy)?.map_err(|_| Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            // Held until the work is over, even when the caller has gone away meanwhile.
            drop(turn);
            done
        });
        done.await.map_err(|_| Busy)
    }
}

/// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane.
fn parameters() -> Params {
    Params::new(19 * 1024, 2, 1, None).expect("constants within argon2's bounds")
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters())
}

/// Whether a person may choose this password.
///
/// # Errors
/// What is wrong with it: shorter than eight letters, far too long, or the login itself.
pub fn check_password(login: &str, password: &str) -> Result<(), Say> {
    let letters = password.chars().count();
    if letters < SHORTEST_PASSWORD {
        return Err(Say::new(
            format!("密码至少 {SHORTEST_PASSWORD} 位"),
            format!("a password has at least {SHORTEST_PASSWORD} characters"),
        ));
    }
    if letters > LONGEST_PASSWORD {
        return Err(Say::new(
            format!("密码最多 {LONGEST_PASSWORD} 位"),
            format!("a password has at most {LONGEST_PASSWORD} characters"),
        ));
    }
    if password.trim().to_lowercase() == login.trim().to_lowercase() {
        return Err(Say::new("密码不能和登录名一样", "the password must differ from the login"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn knows_its_password_and_no_other() {
        let hasher = Hasher::new();
        let hash = hasher.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.matches("correct horse".into(), Some(hash.clone())).await.unwrap());
        assert!(!hasher.matches("correct horse ".into(), Some(hash.clone())).await.unwrap());
        assert_ne!(hasher.hash("correct horse".into()).await.unwrap(), hash);
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        let hasher = Hasher::new();
        assert!(PasswordHash::new(NOBODY).is_ok(), "else it would cost no time at all");
        assert!(!hasher.matches("any password".into(), None).await.unwrap());
        assert!(!hasher.matches(String::new(), Some("not a hash".into())).await.unwrap());
    }

    #[test]
    fn refuses_passwords_that_are_guessed_first() {
        assert!(check_password("lin", "1234567").is_err());
        assert!(check_password("Lin-Xiaomei", "lin-xiaomei").is_err());
        assert!(check_password("lin", &"长".repeat(257)).is_err());
        assert!(check_password("lin", "八个汉字也算密码").is_ok());
    }
}
