//! Chinese addresses: a street or estate with a house number, and what makes it a home rather than a sight.

use super::super::{ends, starts};

/// What streets, estates and villages end in, the longer first.
const STREETS: [&str; 20] = [
    "大道",
    "大街",
    "胡同",
    "小区",
    "花园",
    "公寓",
    "大厦",
    "广场",
    "新村",
    "工业园",
    "开发区",
    "家园",
    "路",
    "街",
    "巷",
    "弄",
    "里",
    "村",
    "苑",
    "道",
];
/// What an estate may end in besides, when the number of a flat follows.
const ESTATES: [&str; 10] = ["区", "园", "城", "湾", "府", "庭", "居", "楼", "院", "厂"];
/// What the numbers of houses and flats end in, the longer first.
const HOUSES: [&str; 17] = [
    "号楼", "号院", "单元", "号铺", "楼层", "号", "栋", "幢", "座", "楼", "层", "室", "弄", "门", "户", "巷",
    "#",
];
/// Numbers of flats: with one of these an address needs no town.
const FLATS: [&str; 6] = ["栋", "幢", "单元", "室", "号楼", "座"];
/// Parts of the country, before the street.
const TOWNS: [&str; 8] = ["省", "市", "区", "县", "镇", "乡", "州", "旗"];
/// Words that say that somebody lives there or that things go there.
const SENDING: [&str; 22] = [
    "地址", "寄到", "寄回", "寄往", "寄去", "寄给", "邮寄", "退到", "退回", "退货", "发到", "发往", "送到",
    "送至", "住在", "家住", "我家", "家在", "收件", "收货", "位于", "住址",
];
/// How far before an address such a word may stand.
const REACH: usize = 14;
/// Characters of the part before the house number at most.
const LONGEST: usize = 30;

fn is_number(character: char) -> bool {
    character.is_ascii_digit()
        || matches!(
            character,
            '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百'
        )
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}')
}

/// Addresses in a text.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in 0..chars.len() {
        if !is_number(chars[at]) || (at > 0 && is_number(chars[at - 1])) {
            continue;
        }
        if found.last().is_some_and(|(_, end)| *end > at) {
            continue;
        }
        found.extend(address_at(chars, at));
    }
    found
}

/// The address whose house number begins at `number`.
fn address_at(chars: &[char], number: usize) -> Option<(usize, usize)> {
    let street = {
        let spaces = chars[..number].iter().rev().take_while(|part| **part == ' ').count();
        number - spaces.min(1)
    };
    let (end, flat) = houses(chars, number)?;
    let named = STREETS.iter().any(|word| ends(&chars[..street], word))
        || (flat && ESTATES.iter().any(|word| ends(&chars[..street], word)));
    if !named {
        return None;
    }
    let start = beginning(chars, street);
    let body = &chars[start..street];
    if body.len() < 3 {
        return None;
    }
    let town =
        body.iter().enumerate().any(|(at, _)| at > 0 && TOWNS.iter().any(|word| starts(&body[at..], word)));
    let before: String = chars[start.saturating_sub(REACH)..start].iter().collect();
    let sent = SENDING.iter().any(|word| before.contains(word));
    ((town && (sent || flat || body.len() >= 6)) || (sent && body.len() >= 3) || (flat && body.len() >= 4))
        .then_some((start, end))
}

/// Where the numbers of house and flat end, and whether there is a flat.
fn houses(chars: &[char], number: usize) -> Option<(usize, bool)> {
    let (mut at, mut end, mut flat) = (number, None, false);
    loop {
        // A house may have a letter: A座, 3b栋.
        let lettered =
            chars[at..].iter().take(1).filter(|part| part.is_ascii_lowercase() && end.is_some()).count();
        let digits = lettered
            + chars[at + lettered..].iter().take_while(|part| is_number(**part) || **part == '-').count();
        if digits == 0 || digits > 6 {
            break;
        }
        let after = at + digits;
        match HOUSES.iter().find(|word| starts(&chars[after..], word)) {
            Some(word) => {
                flat |= FLATS.contains(word);
                at = after + word.chars().count();
                end = Some(at);
            }
            None => {
                // The number of the flat without its word: 5栋1114.
                if end.is_some() && chars.get(after).is_none_or(|next| !next.is_ascii_alphanumeric()) {
                    end = Some(after);
                    flat |= digits >= 3;
                }
                break;
            }
        }
    }
    end.map(|end| (end, flat))
}

/// Where the part before the house number begins: after a mark, or after a word of sending.
fn beginning(chars: &[char], street: usize) -> usize {
    let run = chars[..street].iter().rev().take(LONGEST).take_while(|part| is_han(**part)).count();
    let start = street - run;
    let cuts = SENDING.iter().chain(&["在", "是", "到", "去", "往", "给", "为"]);
    let cut = cuts.filter_map(|word| {
        let length = word.chars().count();
        (start..street.saturating_sub(length))
            .rev()
            .find(|at| starts(&chars[*at..], word))
            .map(|at| at + length)
    });
    cut.max().unwrap_or(start).max(start)
}

#[cfg(test)]
mod tests {
    use super::super::super::found_in;

    #[test]
    fn homes_and_places_to_send_to() {
        for (text, address) in [
            ("退货地址：北京市朝阳区建国路725号 罗娜收", "北京市朝阳区建国路725号"),
            ("让我寄到成都市武侯区人民南路130号5栋1114", "成都市武侯区人民南路130号5栋1114"),
            ("我家住在幸福小区3号楼2单元501室", "幸福小区3号楼2单元501室"),
            ("义乌市稠州北路516号7幢3单元716室收", "义乌市稠州北路516号7幢3单元716室"),
        ] {
            assert_eq!(found_in(text, super::find), [address], "{text}");
        }
    }

    #[test]
    fn directions_and_counts_are_none() {
        for text in
            ["离南京路3站", "走路10分钟", "住了3号房间", "一路上1号线", "在5楼", "这条街2号出口出来就是"]
        {
            assert!(found_in(text, super::find).is_empty(), "{text} {:?}", found_in(text, super::find));
        }
    }
}
