//! Insults, obscene words and death wishes. Harsh words about goods (垃圾, crap, damn) are none.

use std::sync::OnceLock;

use crate::lexicon::Lexicon;

/// Chinese words; they stand anywhere.
const CHINESE: &[&str] = &[
    "傻逼",
    "傻比",
    "傻b",
    "傻x",
    "傻叉",
    "煞笔",
    "沙比",
    "傻吊",
    "傻屌",
    "草泥马",
    "操你",
    "艹你",
    "肏",
    "日你",
    "干你娘",
    "你妈逼",
    "妈逼",
    "妈b的",
    "他妈的",
    "你妈的",
    "特么的",
    "去你妈",
    "尼玛的",
    "王八蛋",
    "王八羔",
    "狗日",
    "狗娘养",
    "狗东西",
    "狗杂种",
    "杂种",
    "畜生",
    "畜牲",
    "贱人",
    "贱货",
    "贱逼",
    "婊子",
    "人渣",
    "不得好死",
    "去死吧",
    "怎么不去死",
    "死全家",
    "全家死",
    "死妈",
    "没妈的",
    "断子绝孙",
    "滚犊子",
    "鸡巴",
    "脑残客服",
    "脑残卖家",
    "脑残商家",
    "弱智客服",
    "弱智卖家",
    "弱智商家",
    "客服脑残",
    "客服弱智",
    "商家脑残",
    "脑子被驴踢",
    "卖家是狗",
    "装逼犯",
    "蠢猪",
    "臭不要脸",
    // Masked.
    "傻*",
    "他*的",
    "他**的",
    "他妈*",
    "操*妈",
    "草*马",
    "去*妈",
    "王*蛋",
    "王八*",
    "贱*",
    // A pencil is a 2B too.
    "2b客服",
    "2b卖家",
    "2b商家",
    "2b店",
    "2b玩意",
    "2b一个",
    "真2b",
    "客服2b",
    "卖家2b",
    "个2b",
    "傻13",
    "不要脸的",
];
/// Letters that stand for Chinese or other insults; only as a word of their own.
const LETTERS: &[&str] = &[
    "sb",
    "cnm",
    "nmsl",
    "nmb",
    "mlgb",
    "tmd",
    "ntm",
    "wcnm",
    "rnm",
    "cao ni ma",
    "shabi",
    "sha bi",
    "caonima",
    "wocao ni",
];
/// Beginnings of obscene words of other languages.
const STEMS: &[&str] = &[
    "fuck",
    "motherfuck",
    "bullshit",
    "shit",
    "horseshit",
    "asshole",
    "arsehole",
    "bitch",
    "cunt",
    "dickhead",
    "whore",
    "slut",
    "faggot",
    "nigger",
    "retard",
    "bastard",
    "wanker",
    "scheisse",
    "scheiße",
    "arschloch",
    "hurensohn",
    "wichser",
    "mierda",
    "hijo de puta",
    "merda",
    "putain",
    "connard",
    "salaud",
    "cazzo",
    "stronz",
    "vaffanculo",
    "kurwa",
    "suck my",
    "suck his dick",
];
/// Words that only begin like obscene ones.
const HARMLESS: &[&str] = &["shiitake", "shitake", "retardant", "mierdas"];

/// Abusive words.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = chinese(chars);
    if chars.iter().any(char::is_ascii_alphabetic) {
        found.extend(latin(chars));
    }
    found.sort_unstable();
    found
}

fn chinese(chars: &[char]) -> Vec<(usize, usize)> {
    static WORDS: OnceLock<Lexicon> = OnceLock::new();
    let words = WORDS.get_or_init(|| Lexicon::new(CHINESE));
    if !chars.iter().any(|&part| part > '\u{3000}') {
        return Vec::new();
    }
    // Spaces and dots between the characters are a disguise.
    let counts = |part: char| !part.is_whitespace() && !matches!(part, '.' | '·' | '_');
    let closed: Vec<usize> = (0..chars.len()).filter(|&at| counts(chars[at])).collect();
    let text: Vec<char> = closed.iter().map(|&at| chars[at]).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match words.longest(&text, at) {
            Some(end) => {
                found.push((closed[at], closed[end - 1] + 1));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn latin(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_letter(chars[at]) {
            at += 1;
            continue;
        }
        let end = at + chars[at..].iter().take_while(|part| is_letter(**part)).count();
        if is_abusive(chars, at, end) {
            let trailing = chars[at..end].iter().rev().take_while(|part| !part.is_alphanumeric()).count();
            found.push((at, end - trailing));
        }
        at = end;
    }
    found
}

/// Letters, and what is written in their place.
fn is_letter(character: char) -> bool {
    matches!(character, 'a'..='z' | '0'..='9' | '*' | '@' | '$' | '!' | 'à'..='ÿ')
}

fn is_abusive(chars: &[char], start: usize, end: usize) -> bool {
    let word = &chars[start..end];
    if !may_be_abusive(word) {
        return false;
    }
    let is = |whole: &str| whole.chars().eq(chars[start..].iter().copied().take(whole.chars().count()));
    let ends = |whole: &str| chars.get(start + whole.chars().count()).is_none_or(|next| !is_letter(*next));
    // Most words begin none, and their first letter says so.
    let (first, masked) = (word[0], word.contains(&'*'));
    let begins = |stem: &&&str| stem.chars().next().is_some_and(|wanted| stands_for(first, wanted));
    if LETTERS.iter().filter(begins).any(|letters| is(letters) && ends(letters)) {
        return true;
    }
    if HARMLESS.iter().filter(begins).any(|harmless| is(harmless))
        || word.iter().all(|part| !part.is_alphabetic())
    {
        return false;
    }
    STEMS.iter().filter(begins).any(|stem| {
        let length = stem.chars().count();
        chars.len() >= start + length
            && stem.chars().zip(&chars[start..start + length]).all(|(wanted, &found)| stands_for(found, wanted))
            // A masked word must show its first letter and be no longer than the word it masks and an ending.
            && (!masked || (word[0] == stem.chars().next().unwrap_or_default() && word.len() <= length + 4))
    })
}

/// Whether a list may hold a word, by its first two characters; false is certain. Signs in the place of letters leave
/// everything open.
fn may_be_abusive(word: &[char]) -> bool {
    static BEGINNINGS: OnceLock<Lexicon> = OnceLock::new();
    let beginnings = BEGINNINGS.get_or_init(|| {
        let pair = |word: &&str| word.chars().take(2).collect::<String>();
        Lexicon::new(LETTERS.iter().chain(STEMS).map(pair))
    });
    let stands = |part: &char| matches!(part, '*' | '!' | '@' | '$' | '0' | '1' | '3');
    word.iter().take(2).any(stands) || beginnings.longest(word, 0).is_some()
}

fn stands_for(found: char, wanted: char) -> bool {
    found == wanted
        || matches!(
            (found, wanted),
            ('*', 'a'..='z') | ('!' | '1', 'i') | ('@', 'a') | ('$', 's') | ('0', 'o') | ('3', 'e')
        )
}

#[cfg(test)]
mod tests {
    use super::super::found_in;

    #[test]
    fn finds_insults_also_masked() {
        for (text, word) in [
            ("客服就是个傻逼", "傻逼"),
            ("客服sb一个，复制粘贴", "sb"),
            ("CNM退钱", "CNM"),
            ("这客服傻*一个", "傻*"),
            ("傻 . 逼卖家", "傻 . 逼"),
            ("客服2B一个", "客服2B"),
            ("貧家是王八蛋", "王八蛋"),
            ("Took 3 f*cking weeks", "f*cking"),
            ("sh!tty glue", "sh!tty"),
            ("Bullshit! nine days", "Bullshit"),
            ("Motherfuckers sent me a rock", "Motherfuckers"),
            ("Arschloch von Händler", "Arschloch"),
        ] {
            assert_eq!(found_in(text, super::find), [word], "{text}");
        }
    }

    #[test]
    fn harsh_words_about_goods_are_none() {
        for text in [
            "垃圾东西垃圾质量，扔垃圾桶",
            "卧槽这也太小了吧",
            "狗都不穿",
            "脑残设计，开关在底下",
            "死贵死贵的",
            "2B铅笔很好用",
            "HB和2B都买了",
            "damn thing squeaks, crap",
            "Shiitake powder has zero flavor",
            "Dickens, no bass, my class",
            "my USB cable, husband Mark",
            "5*5 **** ***",
            "fire retardant",
        ] {
            assert!(found_in(text, super::find).is_empty(), "{text} {:?}", found_in(text, super::find));
        }
    }
}
