//! Makes files of invented reviews, the same ones on every run.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::wording::{BAD_EN, BAD_ZH, GOOD_EN, GOOD_ZH, TAILS, THINGS_EN, THINGS_ZH};

/// A small generator of numbers that repeat from a seed (splitmix64, Steele and others 2014).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall alike on every run.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below the limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// One invented review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invented {
    /// Its words.
    pub text: String,
    /// Its stars, 1 to 5.
    pub stars: u64,
}

/// Invents a review: one in five is bad, three in ten are in English, one in three has a second sentence.
pub fn invent(dice: &mut Dice) -> Invented {
    let bad = dice.below(5) == 0;
    let english = dice.below(10) < 3;
    written(dice, bad, english)
}

/// Invents a review of this mood in this language.
pub fn written(dice: &mut Dice, bad: bool, english: bool) -> Invented {
    let (sentences, things) = match (bad, english) {
        (true, true) => (BAD_EN, THINGS_EN),
        (true, false) => (BAD_ZH, THINGS_ZH),
        (false, true) => (GOOD_EN, THINGS_EN),
        (false, false) => (GOOD_ZH, THINGS_ZH),
    };
    let mut text = String::new();
    for _ in 0..=u64::from(dice.below(3) == 0) {
        let sentence = dice.one_of(sentences).replace("{thing}", dice.one_of(things));
        text.push_str(&sentence.replace("{n}", &(dice.below(28) + 2).to_string()));
    }
    text.push_str(dice.one_of(TAILS));
    let stars = if bad { 1 + dice.below(3) } else { 4 + dice.below(2) };
    Invented { text, stars }
}

/// Writes a csv of reviews with Chinese headers, as a seller's back office exports them.
pub fn review_file(path: &Path, rows: usize) -> anyhow::Result<PathBuf> {
    let file = File::create(path).with_context(|| path.display().to_string())?;
    let mut writer = csv::Writer::from_writer(BufWriter::new(file));
    writer.write_record([
        "评价ID",
        "订单编号",
        "商品ID",
        "商品标题",
        "买家昵称",
        "评价时间",
        "星级",
        "评价内容",
    ])?;
    let mut dice = Dice::seeded(7);
    for row in 0..rows {
        let review = invent(&mut dice);
        let product = dice.below(400);
        let [month, day] = [dice.below(12) + 1, dice.below(28) + 1];
        let [hour, minute, second] = [dice.below(24), dice.below(60), dice.below(60)];
        writer.write_record([
            format!("R{row:09}"),
            format!("{}{row:09}", 260_000_000 + dice.below(9_999)),
            format!("P{product}"),
            format!("{} 款{product}", THINGS_ZH[product as usize % THINGS_ZH.len()]),
            format!("买家{}", dice.below(60_000)),
            format!("2026-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            review.stars.to_string(),
            review.text,
        ])?;
    }
    writer.flush()?;
    Ok(path.to_path_buf())
}

/// Writes reviews as `pingxin triage` reads them, one JSON object a line.
pub fn triage_file(path: &Path, rows: usize) -> anyhow::Result<PathBuf> {
    let mut file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    let mut dice = Dice::seeded(11);
    for row in 0..rows {
        let review = invent(&mut dice);
        let line = serde_json::json!({
            "id": row.to_string(), "platform": "tmall", "object": "review", "text": review.text, "rating": review.stars,
        });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(path.to_path_buf())
}

/// Writes messages of 200 characters as `pingxin check` reads them: what buyers wrote, answered; one in eight offends.
pub fn message_file(path: &Path, rows: usize) -> anyhow::Result<PathBuf> {
    let mut file = BufWriter::new(File::create(path).with_context(|| path.display().to_string())?);
    let mut dice = Dice::seeded(13);
    for row in 0..rows {
        let mut text = String::from("您好，您反馈的情况我们已经看到：");
        if row % 8 == 0 {
            text.push_str("您先把差评改成好评，我这边马上给您退全款。");
        }
        while text.chars().count() < 200 {
            text.push_str(&invent(&mut dice).text);
            text.push('。');
        }
        let text: String = text.chars().take(200).collect();
        let line = serde_json::json!({
            "id": row.to_string(), "platform": "tmall", "channel": "platform_message", "stage": "follow_up", "text": text,
        });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_invents_the_same_reviews() {
        let some = |seed| {
            let mut dice = Dice::seeded(seed);
            (0..200).map(|_| invent(&mut dice)).collect::<Vec<_>>()
        };
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
        assert!(some(1).iter().all(|review| !review.text.contains('{') && (1..=5).contains(&review.stars)));
    }

    #[test]
    fn a_file_has_the_rows_it_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = review_file(&folder.path().join("a.csv"), 50).unwrap();
        let mut reader = csv::Reader::from_path(file).unwrap();
        assert_eq!(reader.headers().unwrap().len(), 8);
        assert_eq!(reader.records().filter(Result::is_ok).count(), 50);
    }
}
