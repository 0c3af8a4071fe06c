//! Chinese names: one of the usual surnames and one or two characters that given names are made of.

use std::sync::OnceLock;

use super::super::{ends, starts};
use super::Contacts;
use crate::lexicon::Lexicon;

const SURNAMES: &str = include_str!("../../../data/names/chinese-surnames.txt");
const GIVEN: &str = include_str!("../../../data/names/chinese-given.txt");

/// Surnames of two characters.
const COMPOUND: [&str; 12] =
    ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯"];

/// Words after which a name stands, whatever follows it.
const ANNOUNCING: [&str; 22] = [
    "我叫",
    "名叫",
    "叫做",
    "叫",
    "名字是",
    "名字:",
    "姓名",
    "我是",
    "本人",
    "联系人",
    "收件人",
    "收货人",
    "收款人",
    "户名",
    "法人",
    "负责人",
    "署名",
    "实名",
    "开户人",
    "寄件人",
    "发件人",
    "发货人",
];
/// People of a shop, after whom a name stands when something else bears it out.
const PEOPLE: [&str; 19] = [
    "商家",
    "卖家",
    "老板",
    "店主",
    "店长",
    "掌柜",
    "客服",
    "经理",
    "主管",
    "快递员",
    "送货员",
    "配送员",
    "骑手",
    "司机",
    "师傅",
    "前台",
    "售后",
    "员工",
    "找",
];
/// What follows a name and bears it out.
const BEARING_OUT: [&str; 20] = [
    "电话",
    "手机",
    "微信",
    "号码",
    "的电话",
    "的手机",
    "的微信",
    "先生",
    "女士",
    "小姐",
    "经理",
    "老师",
    "师傅",
    "收",
    "(收)",
    "qq",
    "联系",
    "邮箱",
    "身份证",
    "态度",
];
/// Plain words made of the same characters.
const PLAIN: [&str; 43] = [
    "先生", "经理", "小姐", "老师", "凌晨", "东海", "原文", "齐全", "安全", "安心", "安静", "安宁", "高兴",
    "高明", "高峰", "平安", "平时", "和平", "明明", "明天", "明年", "江南", "江西", "常常", "方正", "成功",
    "成本", "成年", "温和", "文明", "天天", "天生", "马上", "强力", "英文", "时光", "时尚", "风光", "金银",
    "黄金", "白天", "海南", "毛巾",
];
/// How far a name may stand from other contact data.
const NEAR: usize = 4;

/// A bit for every character of the basic plane, where all of the listed ones are.
struct Characters(Vec<u64>);

impl Characters {
    fn new(text: &str) -> Self {
        let mut bits = vec![0; 1 << 10];
        for part in text.chars().filter(|part| !part.is_whitespace()) {
            let code = u32::from(part) as usize;
            if let Some(word) = bits.get_mut(code / 64) {
                *word |= 1 << (code % 64);
            }
        }
        Self(bits)
    }

    fn contains(&self, part: char) -> bool {
        let code = u32::from(part) as usize;
        self.0.get(code / 64).is_some_and(|word| word & (1 << (code % 64)) != 0)
    }
}

fn compound_surnames() -> &'static Lexicon {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    WORDS.get_or_init(|| Lexicon::new(COMPOUND))
}

fn surnames() -> &'static Characters {
    static SET: OnceLock<Characters> = OnceLock::new();
    SET.get_or_init(|| Characters::new(SURNAMES))
}

fn given() -> &'static Characters {
    static SET: OnceLock<Characters> = OnceLock::new();
    SET.get_or_init(|| Characters::new(GIVEN))
}

/// Names that are announced, borne out by what follows, or beside contact data.
pub(super) fn find(chars: &[char], contacts: &Contacts) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at + 1 < chars.len() {
        match name_at(chars, at, contacts) {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Where a name that begins at `start` ends, if one does.
fn name_at(chars: &[char], start: usize, contacts: &Contacts) -> Option<usize> {
    let first = chars[start];
    let compound = compound_surnames().longest(chars, start).is_some();
    if !compound && !surnames().contains(first) {
        return None;
    }
    let surname = 1 + usize::from(compound);
    if !chars.get(start + surname).is_some_and(|part| given().contains(*part)) {
        return None;
    }
    let near = |end: usize| contacts.near((start, end), NEAR);
    let before: &[char] = {
        let marks =
            chars[..start].iter().rev().take_while(|part| matches!(part, ':' | ' ' | '是' | '"' | '“'));
        &chars[..start - marks.count()]
    };
    let after_role = PEOPLE.iter().any(|word| ends(before, word));
    let announced = ANNOUNCING.iter().any(|word| ends(before, word) || ends(&chars[..start], word));
    // The longer reading first: 王小明 before 王小.
    (surname + 1..=surname + 2).rev().find_map(|length| {
        let end = start + length;
        let own = chars.get(start + surname..end)?;
        let plain =
            PLAIN.iter().any(|word| starts(&chars[start..], word) || starts(&chars[start + surname..], word));
        if plain || !own.iter().all(|part| given().contains(*part)) {
            return None;
        }
        let rest = &chars[end..];
        let borne_out = BEARING_OUT.iter().any(|word| starts(rest, word)) || near(end);
        let closed = rest.first().is_none_or(|next| !next.is_alphanumeric() || next.is_ascii_alphanumeric());
        let told = (announced && (closed || borne_out)) || ((after_role || near(end)) && borne_out);
        told.then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::found_in;

    fn names(text: &str) -> Vec<String> {
        found_in(text, |chars| super::find(chars, &super::Contacts::new(&[])))
    }

    #[test]
    fn announced_or_borne_out() {
        for (text, name) in [
            ("我叫王小明，上周买的", "王小明"),
            ("收件人：李芳", "李芳"),
            ("商家陈明电话是多少", "陈明"),
            ("老板刘涛桂态度恶劣", "刘涛桂"),
            ("找张丽先生退款", "张丽"),
        ] {
            assert_eq!(names(text), [name], "{text}");
        }
    }

    #[test]
    fn shops_goods_and_verbs_are_none() {
        for text in [
            "客服高冷",
            "商家马上发货",
            "老板安排得很好",
            "叫了半天没人",
            "我是第一次买",
            "商家黄牛",
            "找客服没用",
            "周末收到",
        ] {
            assert!(names(text).is_empty(), "{text} {:?}", names(text));
        }
    }
}
