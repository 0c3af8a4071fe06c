//! The shops behind the list pages: their exports, which are imported once, and the copies of those that the loader makes
//! of them, as exports too, so that a copied row can be held against an imported one.
//!
//! The rows of copy number *k* are those of the first, some weeks later, of other buyers, under other numbers.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::generator::{Dice, written};
use crate::wording::THINGS_ZH;

/// Seconds from a row to the same row of the next copy: a hundred copies are ten years.
pub const SPAN: i64 = 36 * 86_400 + 43_200;
/// When the first row of the first copy was written: 2016-12-01.
const FIRST: i64 = 1_480_550_400;
/// Buyers of a hundred rows; the same one comes back now and then.
const BUYERS: u64 = 50;

/// A shop: name, platform, and how many of twenty rows are its.
#[derive(Debug, Clone, Copy)]
pub struct Shop {
    /// Name.
    pub name: &'static str,
    /// Code of the platform.
    pub platform: &'static str,
    share: usize,
}

/// The shops.
pub const SHOPS: [Shop; 4] = [
    Shop { name: "评测旗舰店", platform: "tmall", share: 12 },
    Shop { name: "评测淘宝店", platform: "taobao", share: 5 },
    Shop { name: "Bench Store", platform: "amazon-us", share: 2 },
    Shop { name: "评测官网", platform: "own-shop", share: 1 },
];

/// The nick of a buyer in a copy.
pub fn nick(buyer: u64, copy: usize) -> String {
    if copy == 0 { format!("买家{buyer}") } else { format!("买家{buyer}x{copy}") }
}

/// Writes the export of a shop, or of a copy of it; `rows` are those of all shops together. Answers the file and the
/// buyers' numbers in it.
///
/// # Errors
/// When the file cannot be written.
pub fn export(path: &Path, shop: usize, rows: usize, copy: usize) -> anyhow::Result<(PathBuf, Vec<u64>)> {
    let Shop { platform, .. } = SHOPS[shop];
    let file = File::create(path).with_context(|| path.display().to_string())?;
    let mut writer = csv::Writer::from_writer(BufWriter::new(file));
    let by_word = platform == "taobao";
    writer.write_record([
        "评价ID",
        "订单编号",
        "订单状态",
        "订单创建时间",
        "实付金额",
        "商品ID",
        "商品标题",
        "买家昵称",
        "评价时间",
        if by_word { "评价结果" } else { "星级" },
        "评价内容",
        "图片数",
    ])?;
    let mut buyers = Vec::new();
    let before: usize = SHOPS[..shop].iter().map(|shop| shop.share).sum();
    for row in (0..rows).filter(|row| (before..before + SHOPS[shop].share).contains(&(row % 20))) {
        let mut dice = Dice::seeded(row as u64);
        let english = platform == "amazon-us" || dice.below(20) == 0;
        let bad = dice.below(10) == 0;
        let review = written(&mut dice, bad, english);
        let product = dice.below(400);
        let buyer = dice.below((rows as u64 * BUYERS / 100).max(10));
        let at = FIRST + SPAN * copy as i64 + (SPAN - 86_400) * row as i64 / rows as i64;
        let ordered = at - 86_400 * (2 + dice.below(9) as i64);
        buyers.push(buyer);
        writer.write_record([
            format!("R{copy:03}{row:07}"),
            format!("888{copy:03}{row:07}"),
            ["交易成功", "交易成功", "交易成功", "卖家已发货"][dice.below(4) as usize].to_owned(),
            local(ordered, platform),
            format!("{}.{:02}", 9 + dice.below(390), dice.below(100)),
            format!("P{product}"),
            format!("{} 款{product}", THINGS_ZH[product as usize % THINGS_ZH.len()]),
            nick(buyer, copy),
            local(at, platform),
            if by_word {
                ["差评", "差评", "中评", "好评", "好评"][review.stars as usize - 1].to_owned()
            } else {
                review.stars.to_string()
            },
            review.text,
            if dice.below(8) == 0 { dice.below(5) + 1 } else { 0 }.to_string(),
        ])?;
    }
    writer.flush()?;
    buyers.sort_unstable();
    buyers.dedup();
    Ok((path.to_path_buf(), buyers))
}

/// Rows of a later export of the first shop, in which some buyers have changed their stars.
///
/// # Errors
/// When the file cannot be written.
pub fn revised(path: &Path, rows: usize) -> anyhow::Result<PathBuf> {
    let (file, _) = export(&path.with_extension("all.csv"), 0, rows, 0)?;
    let mut reader = csv::Reader::from_path(&file)?;
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(reader.headers()?)?;
    for record in reader.records().step_by(97) {
        let record = record?;
        let changed = record.iter().enumerate().map(|(at, cell)| match at {
            9 => {
                if cell == "5" {
                    "4"
                } else {
                    "5"
                }
            }
            _ => cell,
        });
        writer.write_record(changed)?;
    }
    writer.flush()?;
    std::fs::remove_file(file)?;
    Ok(path.to_path_buf())
}

/// An instant by the clock of China, which has no summer time; that of the United States says so in the text.
fn local(seconds: i64, platform: &str) -> String {
    let american = platform == "amazon-us";
    let seconds = seconds + if american { 0 } else { 8 * 3_600 };
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 1970 as a date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (day, month) =
        (of_year - (153 * shifted + 2) / 5 + 1, if shifted < 10 { shifted + 3 } else { shifted - 9 });
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    let (between, zone) = if american { ("T", "Z") } else { (" ", "") };
    format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}{zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(local(1_480_550_400, "tmall"), "2016-12-01 08:00:00");
        assert_eq!(local(1_709_164_799, "tmall"), "2024-02-29 07:59:59");
        assert_eq!(local(0, "amazon-us"), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn a_copy_has_the_same_rows_at_other_times_under_other_numbers() {
        let folder = tempfile::tempdir().unwrap();
        let read = |shop, copy| {
            let (file, buyers) = export(&folder.path().join("a.csv"), shop, 400, copy).unwrap();
            let rows: Vec<Vec<String>> = csv::Reader::from_path(file)
                .unwrap()
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            (rows, buyers)
        };
        for shop in 0..SHOPS.len() {
            let ((first, buyers), (copy, same)) = (read(shop, 0), read(shop, 7));
            assert!(first.len() >= 20 && first.len() == copy.len() && buyers == same);
            assert_eq!(copy[1][0], first[1][0].replace("R000", "R007"));
            assert_eq!(copy[1][1], first[1][1].replace("888000", "888007"));
            for at in [2, 4, 5, 6, 9, 10, 11] {
                assert_eq!(first[1][at], copy[1][at]);
            }
            assert!(copy[0][8] > first[first.len() - 1][8] && first[0][8] < first[1][8]);
        }
        let file = revised(&folder.path().join("b.csv"), 400).unwrap();
        assert!(csv::Reader::from_path(file).unwrap().records().count() > 1);
    }
}
