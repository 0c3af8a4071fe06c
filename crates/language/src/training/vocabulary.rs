//! The grams that occur often enough, and the texts as rows over them.

use std::collections::HashMap;

/// Sorted gram keys with the number of texts each occurs in.
pub(super) struct Vocabulary {
    keys: Vec<u64>,
    documents: Vec<u32>,
}

/// Texts as lists of gram places, one after another.
pub(super) struct Rows {
    pub grams: Vec<u32>,
    /// Where each text begins; one more than there are texts.
    pub starts: Vec<usize>,
}

impl Rows {
    /// The grams of one text.
    pub(super) fn row(&self, text: usize) -> &[u32] {
        &self.grams[self.starts[text]..self.starts[text + 1]]
    }
}

impl Vocabulary {
    /// Every gram that occurs in at least `least` texts.
    pub(super) fn of(texts: &[Vec<u64>], least: u32) -> Self {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for key in texts.iter().flatten() {
            *counts.entry(*key).or_default() += 1;
        }
        let mut kept: Vec<(u64, u32)> = counts.into_iter().filter(|&(_, count)| count >= least).collect();
        kept.sort_unstable();
        let (keys, documents) = kept.into_iter().unzip();
        Self { keys, documents }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn documents(&self, gram: usize) -> u32 {
        self.documents[gram]
    }

    /// The `most` grams of greatest importance; ties go to the smaller key.
    pub(super) fn keep(&self, importance: &[f64], most: usize) -> Self {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by(|&left, &right| importance[right].total_cmp(&importance[left]).then(left.cmp(&right)));
        order.truncate(most);
        order.sort_unstable();
        Self {
            keys: order.iter().map(|&gram| self.keys[gram]).collect(),
            documents: order.iter().map(|&gram| self.documents[gram]).collect(),
        }
    }

    pub(super) fn rows(&self, texts: &[Vec<u64>]) -> Rows {
        let places: HashMap<u64, u32> = self.keys.iter().copied().zip(0..).collect();
        let mut rows = Rows { grams: Vec::new(), starts: vec![0] };
        for text in texts {
            rows.grams.extend(text.iter().filter_map(|key| places.get(key).copied()));
            rows.starts.push(rows.grams.len());
        }
        rows
    }

    /// Texts by the clause of each gram.
    pub(super) fn clause_rows(&self, texts: &[Vec<(u64, u32)>]) -> Vec<Vec<(u32, u32)>> {
        let places: HashMap<u64, u32> = self.keys.iter().copied().zip(0..).collect();
        let known = |&(key, clause): &(u64, u32)| Some((places.get(&key).copied()?, clause));
        texts.iter().map(|text| text.iter().filter_map(known).collect()).collect()
    }

    pub(super) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Together with these sorted keys, whose texts are not known.
    pub(super) fn with(self, others: &[u64]) -> Self {
        let mut all: Vec<(u64, u32)> = self.keys.into_iter().zip(self.documents).collect();
        all.extend(others.iter().map(|key| (*key, 0)));
        // Of the same key twice, the one whose texts are known stays.
        all.sort_unstable_by_key(|&(key, documents)| (key, std::cmp::Reverse(documents)));
        all.dedup_by_key(|(key, _)| *key);
        let (keys, documents) = all.into_iter().unzip();
        Self { keys, documents }
    }

    pub(super) fn into_keys(self) -> Vec<u64> {
        self.keys
    }
}
