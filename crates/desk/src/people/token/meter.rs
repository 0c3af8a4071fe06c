//! How often a token may be used: a bucket of requests each, filled up steadily.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use pingxin_domain::TokenId;

/// Requests that a token has in a minute.
pub const REQUESTS_PER_MINUTE: u32 = 600;
/// Microseconds until one more is allowed.
const EACH: i64 = 60_000_000 / REQUESTS_PER_MINUTE as i64;
/// Tokens that are remembered at once; each takes about 40 bytes.
const MOST: usize = 10_000;

/// Counts requests of tokens. Cheap to clone; clones count together. Nothing of it is kept over a restart.
#[derive(Debug, Clone, Default)]
pub struct TokenMeter {
    /// When the bucket of a token will be full again: the later, the emptier it is now.
    full_at: Arc<Mutex<HashMap<TokenId, Timestamp>>>,
}

impl TokenMeter {
    /// Takes one request, or says after how many seconds there is one again.
    pub(super) fn take(&self, token: TokenId, now: Timestamp) -> Result<(), u64> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let until_full = |at: Timestamp| at.as_microsecond().saturating_sub(now.as_microsecond()).max(0);
        if full_at.len() >= MOST && !full_at.contains_key(&token) {
            full_at.retain(|_, at| until_full(*at) > 0);
            if full_at.len() >= MOST {
                // Ten thousand programs at once: rather count anew than hold more.
                full_at.clear();
            }
        }
        let missing = full_at.get(&token).map_or(0, |at| until_full(*at)) + EACH;
        let over = missing - 60_000_000;
        if over > 0 {
            return Err(over.unsigned_abs().div_ceil(1_000_000));
        }
        let at = Timestamp::from_microsecond(now.as_microsecond().saturating_add(missing)).unwrap_or(now);
        full_at.insert(token, at);
        Ok(())
    }

    #[cfg(test)]
    fn remembered(&self) -> usize {
        self.full_at.lock().map_or(0, |full_at| full_at.len())
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use pingxin_domain::identifiers::Identifier;
    use uuid::Uuid;

    use super::*;

    fn token(number: u128) -> TokenId {
        TokenId::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn a_minute_has_six_hundred_and_another_token_its_own() {
        let (meter, start) = (TokenMeter::default(), Timestamp::UNIX_EPOCH);
        for at in 0..REQUESTS_PER_MINUTE {
            assert_eq!(meter.take(token(1), start), Ok(()), "{at}");
        }
        assert_eq!(meter.take(token(1), start), Err(1));
        assert_eq!(meter.clone().take(token(1), start), Err(1), "a clone counts together");
        assert_eq!(meter.take(token(2), start), Ok(()));
        assert_eq!(meter.take(token(1), start + SignedDuration::from_millis(99)), Err(1));
        assert_eq!(meter.take(token(1), start + SignedDuration::from_millis(100)), Ok(()));
        let later = start + SignedDuration::from_secs(61);
        assert!((0..REQUESTS_PER_MINUTE).all(|_| meter.take(token(1), later).is_ok()));
        assert!(meter.take(token(1), later).is_err());
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out_for_long() {
        let (meter, start) = (TokenMeter::default(), Timestamp::from_second(1_000_000).unwrap());
        meter.take(token(1), start).unwrap();
        let back = start - SignedDuration::from_hours(1);
        assert_eq!(meter.take(token(1), back), Err(3541), "at most as long as the clock was off");
        meter.take(token(1), start + SignedDuration::from_secs(1)).unwrap();
    }

    #[test]
    fn memory_is_bounded_whatever_comes() {
        let (meter, mut now) = (TokenMeter::default(), Timestamp::UNIX_EPOCH);
        for number in 0..1_000_000 {
            now += SignedDuration::from_micros(5);
            meter.take(token(number), now).unwrap();
            assert!(meter.remembered() <= MOST);
        }
    }
}
