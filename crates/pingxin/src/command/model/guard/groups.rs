//! Folds of texts that keep what resembles each other together.

use std::collections::{HashMap, HashSet};

/// The share of its grams that two texts have in common from which they belong together.
const ALIKE: f64 = 0.3;
/// Grams that more texts have say nothing of likeness.
const COMMON: usize = 60;

/// The fold of each text: groups of like texts, the largest first, always into the smallest fold.
pub(super) fn folds(texts: &[&str], count: usize) -> Vec<usize> {
    let grams: Vec<HashSet<String>> = texts.iter().map(|text| grams(text)).collect();
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (text, grams) in grams.iter().enumerate() {
        for gram in grams {
            holders.entry(gram).or_default().push(text);
        }
    }
    let mut group: Vec<usize> = (0..texts.len()).collect();
    for (text, own) in grams.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for others in own.iter().filter_map(|gram| holders.get(gram.as_str())).filter(|of| of.len() < COMMON)
        {
            for &other in others.iter().filter(|&&other| other < text) {
                *shared.entry(other).or_default() += 1;
            }
        }
        for (other, common) in shared {
            let least = own.len().min(grams[other].len()).max(1);
            if common >= 4 && common as f64 > ALIKE * least as f64 {
                let (left, right) = (root(&mut group, text), root(&mut group, other));
                // The smaller number leads, whatever the order of the map.
                group[left.max(right)] = left.min(right);
            }
        }
    }
    let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
    for text in 0..texts.len() {
        let of = root(&mut group, text);
        members.entry(of).or_default().push(text);
    }
    let mut groups: Vec<Vec<usize>> = members.into_values().collect();
    // A fixed shuffle, so that one fold does not get one part of the file.
    groups
        .sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0].wrapping_mul(2_654_435_761) % 65_521));
    let mut sizes = vec![0_usize; count.max(1)];
    let mut folds = vec![0; texts.len()];
    for group in groups {
        let fold = (0..sizes.len()).min_by_key(|&fold| sizes[fold]).unwrap_or(0);
        sizes[fold] += group.len();
        for text in group {
            folds[text] = fold;
        }
    }
    folds
}

fn root(group: &mut [usize], mut text: usize) -> usize {
    while group[text] != text {
        group[text] = group[group[text]];
        text = group[text];
    }
    text
}

/// Pairs of characters of a Chinese text, pairs of words and long words of another.
fn grams(text: &str) -> HashSet<String> {
    let text = text.to_lowercase();
    if text.chars().any(|part| ('\u{4e00}'..'\u{a000}').contains(&part)) {
        let chars: Vec<char> = text.chars().collect();
        return chars.windows(2).map(|pair| pair.iter().collect()).collect();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let long = words.iter().filter(|word| word.len() > 5).map(|word| (*word).to_owned());
    pairs.chain(long).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offence_and_its_near_miss_share_a_fold() {
        let texts = [
            "您那条评论撤掉的截图发我，39块原数退给您",
            "物流显示明天送达，请您留意",
            "您那条评论撤不撤都不影响，39块已经原数退给您",
            "the missing shelf is packed and leaves the day your stars change",
            "这款水壶容量一点七升",
            "the missing shelf is packed and leaves today whatever your stars",
        ];
        let folds = folds(&texts, 3);
        assert_eq!(folds[0], folds[2]);
        assert_eq!(folds[3], folds[5]);
        assert_eq!((0..3).filter(|fold| folds.contains(fold)).count(), 3);
    }
}
