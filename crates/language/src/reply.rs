//! The seller's reply that some sources append to a review (宾馆反馈2008年4月2日：…, Response from the owner: …). It is not
//! the buyer's word: neither tone nor causes are read from it.

use crate::fold::Folded;

/// Who replies, in Chinese.
const WHO: [&str; 11] =
    ["宾馆", "酒店", "商家", "卖家", "掌柜", "店家", "店主", "客服", "商户", "老板", "官方"];
/// What it is called.
const WHAT: [&str; 4] = ["回复", "反馈", "答复", "回应"];
/// The same in English, folded.
const ENGLISH: [&str; 9] = [
    "response from the owner",
    "response from the seller",
    "response from seller",
    "response from the manufacturer",
    "reply from the seller",
    "reply from seller",
    "seller's reply",
    "seller's response",
    "seller response",
];

/// Where the appended reply begins, if there is one. A review that begins with such words says them itself.
pub(crate) fn begins(folded: &Folded) -> Option<usize> {
    let chars = folded.chars();
    (1..chars.len()).find(|&at| match chars[at] {
        first @ ('宾' | '酒' | '商' | '卖' | '掌' | '店' | '客' | '老' | '官') => {
            is_chinese(first, &chars[at..])
        }
        'r' | 's' => is_english(chars, at),
        _ => false,
    })
}

/// Who, what, and then a date or a colon (商家回复：…): 商家回复很慢 is the buyer's word.
fn is_chinese(first: char, rest: &[char]) -> bool {
    let said = |words: &[&str], from: usize| {
        words.iter().any(|word| word.chars().eq(rest.iter().skip(from).take(2).copied()))
    };
    let after = rest.iter().skip(4).find(|part| !part.is_whitespace());
    said(&WHO, 0)
        && said(&WHAT, 2)
        && after.is_some_and(|part| *part == ':' || (part.is_ascii_digit() && matches!(first, '宾' | '酒')))
}

fn is_english(chars: &[char], at: usize) -> bool {
    if chars[at - 1].is_alphanumeric() {
        return false;
    }
    ENGLISH.iter().any(|words| {
        let length = words.len();
        words.chars().eq(chars[at..].iter().take(length).map(|part| if *part == '’' { '\'' } else { *part }))
            && chars.get(at + length) == Some(&':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    #[test]
    fn what_the_seller_says_is_not_the_buyers_word() {
        for (text, own) in [
            ("房间很脏。宾馆反馈2008年4月23日：非常感谢，我们会做得更好", "房间很脏。"),
            ("就是贵 宾馆反馈 2008年8月:谢谢", "就是贵 "),
            ("太慢了！商家回复：亲，非常抱歉", "太慢了!"),
            ("Broke at once. Seller’s response: so sorry, great product", "broke at once. "),
            ("Nice.\nResponse from the owner: thanks", "nice.\n"),
        ] {
            let folded = fold_for_model(text);
            let at = begins(&folded).expect("a reply");
            assert_eq!(folded.chars()[..at].iter().collect::<String>(), own, "{text}");
        }
        for text in [
            "商家回复很慢",
            "商家回复：没货",
            "等了三天，卖家回复2次都没用",
            "the seller response was slow",
            "",
        ] {
            assert_eq!(begins(&fold_for_model(text)), None, "{text}");
        }
    }
}
