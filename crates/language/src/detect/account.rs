//! QQ and WeChat accounts.

/// Words that announce a QQ number.
const QQ: [&str; 5] = ["qq", "扣扣", "企鹅号", "q号", "球球"];
/// Words that announce a WeChat name.
const WECHAT: [&str; 10] = ["微信", "wechat", "weixin", "vx", "v信", "wx", "威信", "薇信", "徽信", "微x"];

/// Account names with the word that announces them left out.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for at in 0..chars.len() {
        if !matches!(chars[at], 'q' | '扣' | '企' | '球' | '微' | 'w' | 'v' | '威' | '薇' | '徽') {
            continue;
        }
        if let Some(start) = announced(chars, at, &QQ) {
            let end = start + chars[start..].iter().take_while(|part| is_numeral(**part)).count();
            if (5..=12).contains(&(end - start)) {
                found.push((start, end));
            }
        }
        if let Some(start) = announced(chars, at, &WECHAT) {
            let end = start + chars[start..].iter().take_while(|part| is_name(**part)).count();
            let name = &chars[start..end];
            let telling = name.iter().any(|part| part.is_ascii_digit() || matches!(part, '_' | '-'));
            if (5..=20).contains(&name.len()) && telling && name[0].is_ascii_alphanumeric() {
                found.push((start, end));
            }
        }
    }
    found
}

/// Where the name begins after one of `words` at `at` and what may stand between.
fn announced(chars: &[char], at: usize, words: &[&str]) -> Option<usize> {
    let inside = at > 0 && chars[at].is_ascii_alphabetic() && chars[at - 1].is_ascii_alphanumeric();
    let word = words
        .iter()
        .find(|word| word.chars().enumerate().all(|(offset, part)| chars.get(at + offset) == Some(&part)));
    let mut start = at + word.filter(|_| !inside)?.chars().count();
    let between = chars[start..]
        .iter()
        .take(4)
        .take_while(|part| matches!(part, ':' | ' ' | '号' | '是' | '码' | '群' | '=' | '为'));
    start += between.count();
    Some(start)
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || "零〇一二三四五六七八九".contains(character)
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::super::found_in;

    #[test]
    fn announced_names() {
        assert_eq!(found_in("加微信xiao62386a说返红包", super::find), ["xiao62386a"]);
        assert_eq!(found_in("联系QQ：658348424", super::find), ["658348424"]);
        assert_eq!(found_in("看我头像，扣扣二三三零九八一", super::find), ["二三三零九八一"]);
        assert_eq!(found_in("加V信 hyxz_8820 一手货源", super::find), ["hyxz_8820"]);
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
        ] {
            assert!(found_in(text, super::find).is_empty(), "{text}");
        }
    }
}
