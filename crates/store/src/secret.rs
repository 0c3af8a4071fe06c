//! Randomness for secrets, and tokens that are stored hashed only.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::base64url;

/// Fills `bytes` with randomness of the operating system.
///
/// # Panics
/// When the operating system has none to give; nothing secret can be made then.
#[expect(clippy::disallowed_methods, reason = "the one place where secrets come from")]
pub fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}

/// A secret of 256 bits in text that fits a URL or a cookie.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    #[must_use]
    pub fn fresh() -> Self {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        Self(base64url::encode(&bytes))
    }

    /// The text to hand out, once.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash_of(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(hidden)")
    }
}

/// SHA-256 of a text that somebody presents.
#[must_use]
pub fn hash_of(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_do_not_show_themselves() {
        let (first, second) = (Token::fresh(), Token::fresh());
        assert_ne!(first, second);
        assert_eq!(first.as_str().len(), 43);
        assert_eq!(first.hash(), hash_of(first.as_str()));
        assert!(!format!("{first:?}").contains(first.as_str()));
    }
}
