//! QQ, WeChat and other accounts: a word that announces one, and after it a name.

use std::sync::OnceLock;

use crate::lexicon::Lexicon;

/// Words that announce a QQ number; a group counts too.
const QQ: [&str; 10] = ["qq", "扣扣", "企鹅号", "企鹅", "q号", "球球", "q群", "加群", "群号", "扣群"];
/// Words that announce a WeChat name.
const WECHAT: [&str; 20] = [
    "微信",
    "wechat",
    "weixin",
    "vx",
    "v信",
    "wx",
    "威信",
    "薇信",
    "徽信",
    "微x",
    "加v",
    "加我v",
    "➕v",
    "+v",
    "加微",
    "卫星号",
    "微号",
    "薇:",
    "v:",
    "徽:",
];
/// Other places where people have names.
const OTHERS: [&str; 18] = [
    "skype",
    "facebook",
    "instagram",
    "telegram",
    "whatsapp",
    "snapchat",
    "twitter",
    "venmo",
    "cashapp",
    "line id",
    "ins:",
    "旺旺",
    "微博",
    "抖音号",
    "抖音",
    "支付宝",
    "小红书号",
    "钉钉",
];

/// Characters of a name at most.
const LONGEST: usize = 30;

/// Account names with the word that announces them left out.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..chars.len() {
        let within = at > 0 && chars[at].is_ascii_alphabetic() && chars[at - 1].is_ascii_alphanumeric();
        if within || !may_begin(chars[at]) {
            continue;
        }
        let [qq, wechat, others] = lists();
        if let Some(start) = announced(chars, at, qq) {
            let end = start + chars[start..].iter().take_while(|part| is_numeral(**part)).count();
            if (5..=12).contains(&(end - start)) {
                found.push((start, end));
            }
        }
        for words in [wechat, others] {
            if let Some(start) = announced(chars, at, words) {
                found.extend(name(chars, start));
            }
        }
    }
    // Two announcing words may share one name: 加我v.
    found.dedup();
    found
}

fn lists() -> &'static [Lexicon; 3] {
    static LISTS: OnceLock<[Lexicon; 3]> = OnceLock::new();
    LISTS.get_or_init(|| [Lexicon::new(QQ), Lexicon::new(WECHAT), Lexicon::new(OTHERS)])
}

fn may_begin(character: char) -> bool {
    matches!(
        character,
        'q' | '扣'
            | '企'
            | '球'
            | '群'
            | '加'
            | '微'
            | 'w'
            | 'v'
            | '威'
            | '薇'
            | '徽'
            | '卫'
            | '+'
            | '➕'
            | 's'
            | 'f'
            | 'i'
            | 't'
            | 'l'
            | '旺'
            | '抖'
            | '支'
            | '小'
            | '钉'
            | 'c'
    )
}

fn name(chars: &[char], start: usize) -> Option<(usize, usize)> {
    let start = start + usize::from(chars.get(start) == Some(&'@'));
    // No name is twice as long, whatever full stops follow it.
    let mut end = start + chars[start..].iter().take(2 * LONGEST).take_while(|part| is_name(**part)).count();
    if end - start == 2 * LONGEST {
        return None;
    }
    while end > start && chars[end - 1] == '.' {
        end -= 1;
    }
    let name = &chars[start..end];
    let telling = name.iter().any(|part| part.is_ascii_digit() || matches!(part, '_' | '-' | '.'))
        || chars[start - 1] == '@';
    // A number with a unit (微信支付1000) is no name, and neither is a web address.
    let address = name.iter().collect::<String>().contains("www.");
    ((5..=LONGEST).contains(&name.len()) && telling && !address && name[0].is_ascii_alphanumeric())
        .then_some((start, end))
}

/// Where the name begins after one of `words` at `at` and what may stand between.
fn announced(chars: &[char], at: usize, words: &Lexicon) -> Option<usize> {
    // The first of the list stands for all.
    let mut word: Option<(usize, usize)> = None;
    words.each(chars, at, |number, end| {
        if word.is_none_or(|(first, _)| number < first) {
            word = Some((number, end));
        }
    });
    let (_, mut start) = word?;
    for filler in ["id", "账号", "帐号", "account", "name"] {
        let blank = usize::from(chars.get(start) == Some(&' '));
        if filler.chars().enumerate().all(|(offset, part)| chars.get(start + blank + offset) == Some(&part))
            && chars
                .get(start + blank + filler.chars().count())
                .is_none_or(|next| !next.is_ascii_alphanumeric())
        {
            start += blank + filler.chars().count();
            break;
        }
    }
    let between = chars[start..]
        .iter()
        .take(4)
        .take_while(|part| matches!(part, ':' | ' ' | '号' | '是' | '码' | '群' | '=' | '为' | '我'));
    start += between.count();
    Some(start)
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "零〇一二三四五六七八九".contains(character)
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::super::found_in;

    #[test]
    fn announced_names() {
        for (text, name) in [
            ("加微信xiao62386a说返红包", "xiao62386a"),
            ("联系QQ：658348424", "658348424"),
            ("看我头像，扣扣二三三零九八一", "二三三零九八一"),
            ("加V信 hyxz_8820 一手货源", "hyxz_8820"),
            ("加我v：abc12345 谢谢", "abc12345"),
            ("加群 123456789 领红包", "123456789"),
            ("contact wechat id: seller_8899", "seller_8899"),
            ("Skype: live_james22", "live_james22"),
            ("follow instagram @janedoe_shop", "janedoe_shop"),
            ("淘宝旺旺 tb88231", "tb88231"),
        ] {
            assert_eq!(found_in(text, super::find), [name], "{text}");
        }
    }

    #[test]
    fn the_programs_are_none() {
        for text in [
            "装了一个q@q微信，王者荣耀",
            "QQ秀",
            "微信支付1000",
            "用微信wifi登录",
            "卖家让我加微信",
            "wx",
            "qq20",
            "支付宝扫码",
            "works with Skype and Facebook. Great",
            "facebook.com",
        ] {
            assert!(found_in(text, super::find).is_empty(), "{text} {:?}", found_in(text, super::find));
        }
    }
}
