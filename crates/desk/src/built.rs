//! What is built of what the database keeps, such as readers and guards: kept in memory with its version, and built anew
//! when that has changed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Things that are kept at most; with more they are built anew.
const MOST: usize = 200;

/// Things by what they are for; shared by every clone.
#[derive(Debug, Clone)]
pub(crate) struct Built<K, V> {
    kept: Arc<Mutex<HashMap<K, (u64, V)>>>,
}

impl<K, V> Default for Built<K, V> {
    fn default() -> Self {
        Self { kept: Arc::default() }
    }
}

impl<K: Eq + Hash, V: Clone> Built<K, V> {
    /// What is kept for this, if it is of this version.
    pub(crate) fn find(&self, key: &K, version: u64) -> Option<V> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(known, _)| *known == version).map(|(_, built)| built.clone())
    }

    /// Keeps one in place of that of another version.
    pub(crate) fn keep(&self, key: K, version: u64, built: V) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            kept.clear();
        }
        kept.insert(key, (version, built));
    }

    /// Forgets all of them, as when the packs in force are others.
    pub(crate) fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_not_found_and_no_more_than_so_many_are_kept() {
        let built = Built::default();
        built.keep(1, 7, "seven");
        assert_eq!((built.find(&1, 7), built.find(&1, 8), built.find(&2, 7)), (Some("seven"), None, None));
        built.keep(1, 8, "eight");
        assert_eq!((built.find(&1, 7), built.find(&1, 8)), (None, Some("eight")));
        for key in 2..=MOST {
            built.keep(key, 1, "other");
        }
        assert_eq!(built.find(&1, 8), Some("eight"));
        built.keep(MOST + 1, 1, "one too many");
        assert_eq!((built.find(&1, 8), built.find(&(MOST + 1), 1)), (None, Some("one too many")));
        built.forget();
        assert_eq!(built.find(&(MOST + 1), 1), None);
    }
}
