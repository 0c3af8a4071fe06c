//! E-mail addresses, also spelled out or disguised: `someone at example dot com`, `a(at)b.com`, `wang点fei艾特gmail点com`.

use super::starts;

/// What stands for the sign between name and domain, the longer first.
const AT: [&str; 12] =
    [" (at) ", " [at] ", "(at)", "[at]", "{at}", " at ", "艾特", "@", " @ ", "(a)", "#", "爱特"];
/// What stands for the full stop of a domain, the longer first.
const DOT: [&str; 9] = [" (dot) ", " [dot] ", " dot ", "(dot)", "[dot]", " . ", "点", "。", "."];
/// Domains that a disguised address must end in; `#` and 点 have other uses.
const MAIL: [&str; 16] = [
    "gmail", "qq", "163", "126", "139", "189", "sina", "sohu", "foxmail", "hotmail", "outlook", "yahoo",
    "icloud", "aliyun", "live", "msn",
];

/// Whether there may be one at all.
pub(super) fn may_hold(chars: &[char]) -> bool {
    chars.iter().any(|part| matches!(part, '@' | '＠' | '艾' | '爱' | '#'))
        || chars
            .windows(4)
            .any(|part| matches!(part, [' ' | '(' | '[' | '{', 'a', 't', ' ' | ')' | ']' | '}']))
}

/// E-mail addresses.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in 0..chars.len() {
        if found.last().is_some_and(|(_, end)| *end > at) {
            continue;
        }
        if !matches!(chars[at], ' ' | '(' | '[' | '{' | '艾' | '@' | '#' | '爱') {
            continue;
        }
        let Some(sign) = AT.iter().find(|sign| starts(&chars[at..], sign)) else { continue };
        let disguised = *sign != "@";
        let Some((end, dots)) = domain_end(chars, at + sign.chars().count()) else { continue };
        let start = local_start(chars, at, disguised);
        let domain: String = chars[at + sign.chars().count()..end].iter().collect();
        // Written with a plain at, only a spelled dot or a known host makes an address: "meet at noon" is none.
        let told = match *sign {
            "@" => true,
            " at " => dots.contains("dot") || MAIL.iter().any(|host| domain.starts_with(host)),
            _ => MAIL.iter().any(|host| domain.starts_with(host)) || dots.contains("dot"),
        };
        let spaced_stop = *sign == " at " && dots.contains(" . ");
        if start < at && told && !spaced_stop {
            found.push((start, end));
        }
    }
    found
}

fn is_local(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | '+' | '%')
}

/// Where the name before the sign begins; in a disguised one 点 and 下划线 stand for marks.
fn local_start(chars: &[char], sign: usize, disguised: bool) -> usize {
    let mut start = sign;
    loop {
        let run = chars[..start].iter().rev().take_while(|part| is_local(**part)).count();
        start -= run;
        let joined = disguised
            && run > 0
            && start >= 2
            && chars[start - 1] == '点'
            && chars[start - 2].is_ascii_alphanumeric();
        if !joined {
            return start;
        }
        start -= 1;
    }
}

/// Where a domain that begins at `start` ends, if one does, and the dots in it as written.
fn domain_end(chars: &[char], start: usize) -> Option<(usize, String)> {
    let label = |at: usize| {
        chars[at..].iter().take_while(|part| part.is_ascii_alphanumeric() || **part == '-').count()
    };
    let mut end = start + label(start);
    let mut labels = usize::from(end > start);
    let mut dots = String::new();
    while labels > 0 {
        let Some(dot) = DOT.iter().find(|dot| starts(&chars[end..], dot)) else { break };
        let length = dot.chars().count();
        let next = label(end + length);
        if next < 2 {
            break;
        }
        end += length + next;
        dots.push_str(dot);
        labels += 1;
    }
    (labels >= 2).then_some((end, dots))
}

#[cfg(test)]
mod tests {
    use super::super::found_in;

    #[test]
    fn written_and_spelled_out() {
        for (text, email) in [
            ("发邮件到wang.fei@gmail.com没人回", "wang.fei@gmail.com"),
            ("write john.doe at example dot co dot uk!", "john.doe at example dot co dot uk"),
            ("A_B@Mail.Example.ORG.", "A_B@Mail.Example.ORG"),
            ("邮箱 wang点fei艾特gmail点com", "wang点fei艾特gmail点com"),
            ("wangfei(at)gmail.com没回", "wangfei(at)gmail.com"),
            ("email jdoe[at]hotmail[dot]com", "jdoe[at]hotmail[dot]com"),
            ("邮箱：wangfei#163.com", "wangfei#163.com"),
            ("john.smith (at) yahoo.com", "john.smith (at) yahoo.com"),
        ] {
            assert_eq!(found_in(text, super::find), [email], "{text}");
        }
    }

    #[test]
    fn mentions_and_places_are_none() {
        for text in [
            "@京东客服 出来",
            "look at amazon.com",
            "product at Rs.1079 . sound",
            "bought it at best buy",
            "3 @ 5.00 each",
            "model a#5.2",
            "早上8点爱特别好",
            "@",
            "a@b",
        ] {
            assert!(found_in(text, super::find).is_empty(), "{text}");
        }
    }
}
