//! Which texts are nearly the same: pairs of characters in a row, compared as sets.
//!
//! A text becomes the set of its shingles (three folded letters in a row, everything else left out). MinHash with bands
//! finds the pairs worth comparing, in time that grows with the number of texts and not with its square; the exact share of
//! common shingles decides. Nothing is drawn at random: the same texts always give the same groups.

use std::collections::HashMap;

use crate::fold::fold_for_model;

/// Letters in a row.
const SHINGLE: usize = 3;
/// Hashes of a sketch.
const HASHES: usize = 64;
/// Hashes of one band. Two texts that share 80 % of their shingles meet in a band all but always (1 − (1 − 0.8⁴)¹⁶).
const ROWS: usize = 4;
/// From this share of common shingles on two texts are nearly the same.
const ALIKE: f64 = 0.8;
/// Texts with fewer letters are alike by chance (质量很好，很喜欢).
pub const FEWEST_LETTERS: usize = 12;
/// Of texts with one sketch in common so many are compared with the first at most.
const MOST_OF_A_BUCKET: usize = 2_000;

/// What platforms write in place of a buyer who wrote nothing, folded and without marks.
const DEFAULTS: [&str; 7] = [
    "此用户没有填写评价",
    "此用户未填写评价内容",
    "该用户没有填写评价内容",
    "评价方未及时做出评价系统默认好评",
    "买家未及时做出评价系统默认好评",
    "用户未及时主动评价系统默认好评",
    "系统默认好评用户未填写文字评价",
];

/// A text as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes of its shingles, sorted, each once.
    shingles: Vec<u64>,
    /// Hash of its letters in a row.
    whole: u64,
}

impl Sketch {
    /// The sketch of a text; none when it has too few letters to tell, or is what a platform writes by itself.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let folded = fold_for_model(text);
        let letters: Vec<char> =
            folded.chars().iter().copied().filter(|letter| letter.is_alphanumeric()).collect();
        if letters.len() < FEWEST_LETTERS {
            return None;
        }
        let written: String = letters.iter().collect();
        if DEFAULTS.contains(&written.as_str()) {
            return None;
        }
        let mut shingles: Vec<u64> = letters.windows(SHINGLE).map(hash).collect();
        shingles.sort_unstable();
        shingles.dedup();
        // 哈哈哈哈哈哈哈哈哈哈哈哈 says nothing of who wrote it.
        (shingles.len() >= FEWEST_LETTERS - SHINGLE).then(|| Self { shingles, whole: hash(&letters) })
    }

    /// Whether both say the same letter by letter.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.whole == other.whole && self.shingles == other.shingles
    }

    /// The share of common shingles, in [0, 1].
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut left, mut right, mut common) = (0, 0, 0_usize);
        while let (Some(one), Some(two)) = (self.shingles.get(left), other.shingles.get(right)) {
            common += usize::from(one == two);
            left += usize::from(one <= two);
            right += usize::from(two <= one);
        }
        let all = self.shingles.len() + other.shingles.len() - common;
        if all == 0 { 0.0 } else { common as f64 / all as f64 }
    }

    fn least(&self) -> [u64; HASHES] {
        let mut least = [u64::MAX; HASHES];
        for shingle in &self.shingles {
            for (number, smallest) in least.iter_mut().enumerate() {
                *smallest = (*smallest).min(mix(shingle ^ SEEDS[number]));
            }
        }
        least
    }
}

/// Groups of two or more texts that are nearly the same, each by its places in order, the group with the first text first.
/// `None` is in no group.
#[must_use]
pub fn groups(sketches: &[Option<Sketch>]) -> Vec<Vec<usize>> {
    let mut parents: Vec<usize> = (0..sketches.len()).collect();
    let mut buckets: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    for (at, sketch) in sketches.iter().enumerate() {
        let Some(sketch) = sketch else { continue };
        for (band, rows) in sketch.least().chunks(ROWS).enumerate() {
            let key = rows.iter().fold(0, |key, row| mix(key ^ row));
            buckets.entry((band, key)).or_default().push(at);
        }
    }
    for bucket in buckets.values().filter(|bucket| bucket.len() > 1) {
        let Some((first, others)) = bucket.split_first() else { continue };
        for other in others.iter().take(MOST_OF_A_BUCKET) {
            let (root, other_root) = (root(&mut parents, *first), root(&mut parents, *other));
            if root == other_root {
                continue;
            }
            if let (Some(Some(one)), Some(Some(two))) = (sketches.get(*first), sketches.get(*other))
                && one.likeness(two) >= ALIKE
            {
                parents[root.max(other_root)] = root.min(other_root);
            }
        }
    }
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 0..sketches.len() {
        groups.entry(root(&mut parents, at)).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    groups
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

fn hash(letters: &[char]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, letter| mix(hash ^ u64::from(u32::from(*letter))))
}

/// SplitMix64's last step.
const fn mix(value: u64) -> u64 {
    let mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// One for each hash of a sketch.
const SEEDS: [u64; HASHES] = {
    let mut seeds = [0; HASHES];
    let mut at = 0;
    while at < HASHES {
        seeds[at] = mix(at as u64 + 1);
        at += 1;
    }
    seeds
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grouped(texts: &[&str]) -> Vec<Vec<usize>> {
        groups(&texts.iter().map(|text| Sketch::of(text)).collect::<Vec<_>>())
    }

    #[test]
    fn nearly_the_same_texts_are_one_group_in_any_spelling() {
        let texts = [
            "这款保温杯质量非常好，保温效果一流，强烈推荐大家购买！",
            "物流很慢，等了一个多星期才收到，客服也不回复消息。",
            "這款保溫杯品質非常好保溫效果一流強烈推薦大家購買",
            "这款保温杯质量非常好！保温效果一流～强烈推荐大家购买呀",
            "穿了两天就开线，做工太差了，再也不会来买这家的东西",
        ];
        let found = grouped(&texts);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&0) && found[0].contains(&3), "{found:?}");
        assert!(!found[0].contains(&1) && !found[0].contains(&4));
    }

    #[test]
    fn short_praise_and_what_platforms_write_are_no_copies() {
        assert_eq!(grouped(&["质量很好，很喜欢", "质量很好，很喜欢"]), Vec::<Vec<usize>>::new());
        let default = "评价方未及时做出评价，系统默认好评！";
        assert_eq!(grouped(&[default, default]), Vec::<Vec<usize>>::new());
        assert!(Sketch::of("哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈哈").is_none());
    }

    #[test]
    fn the_same_letters_are_the_same_whatever_stands_between_them() {
        let of = |text: &str| Sketch::of(text).unwrap();
        let one = of("The kettle broke after two days, avoid it");
        assert!(one.is_same(&of("the KETTLE broke after two days -- avoid it!!")));
        assert!(!one.is_same(&of("The kettle broke after ten days, avoid it")));
        assert!(one.likeness(&one) > 0.999);
    }

    proptest! {
        #[test]
        fn a_copy_is_always_found_and_every_group_is_in_order(
            texts in proptest::collection::vec("[a-z]{20,60}", 1..12),
            copied in any::<prop::sample::Index>(),
        ) {
            let mut texts = texts;
            let copy = texts[copied.index(texts.len())].clone();
            texts.push(copy);
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            let found = grouped(&borrowed);
            let (one, two) = (copied.index(texts.len() - 1), texts.len() - 1);
            prop_assert!(
                Sketch::of(&texts[two]).is_none()
                    || found.iter().any(|group| group.contains(&one) && group.contains(&two))
            );
            for group in &found {
                prop_assert!(group.len() > 1 && group.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}
