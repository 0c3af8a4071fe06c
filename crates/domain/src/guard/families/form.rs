//! Rules of form: G33 pictures and shouting, G34 language, G37 and G44 length.

use pingxin_language::Span;

use super::rule;
use crate::guard::draft::Channel;
use crate::guard::plain::{is_han, is_picture};
use crate::guard::{Found, View};
use crate::shop::Platform;

/// Characters of a public reply from which it tells too much.
const SOFT_LIMIT: usize = 200;
/// The most characters of a public reply on eBay (EB-RT), Tmall and Taobao (TB-API3).
const REPLY_LIMIT: usize = 500;
/// The most characters of Amazon's messages about an order (AMZ-API).
const MESSAGE_LIMIT: usize = 2000;

pub(super) fn find(view: &View<'_>, found: &mut Found<'_>) {
    let draft = view.draft;
    let length = draft.text.chars().count();
    let reply = draft.by(&[Channel::PublicReply]);
    // What the place allows, and what packs do; the shorter counts.
    let packs = found.severities.length(rule(37), draft);
    let limit = draft.limit.map_or(packs, |own| Some(packs.map_or(own, |packs| packs.min(own))));
    let limit = match (limit, draft.platform) {
        (Some(limit), _) => Some(limit as usize),
        (None, Some(Platform::Ebay | Platform::Taobao | Platform::Tmall)) if reply => Some(REPLY_LIMIT),
        (None, Some(Platform::Amazon(_))) if draft.by(&[Channel::PlatformMessage]) => Some(MESSAGE_LIMIT),
        _ => None,
    };
    if limit.is_some_and(|limit| length > limit) {
        found.add(rule(37), Vec::new());
    }
    if reply && length > SOFT_LIMIT {
        found.add(rule(44), Vec::new());
    }
    let odd = odd_signs(draft.text);
    if !odd.is_empty() {
        found.add(rule(33), odd);
    }
    if let Some(wanted) = draft.facts.buyer_lang
        && !speaks(draft.text, wanted)
    {
        found.add(rule(34), Vec::new());
    }
}

/// Pictures, smileys of signs, rows of exclamation marks and words shouted in capitals.
fn odd_signs(text: &str) -> Vec<Span> {
    let chars: Vec<char> = text.chars().collect();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let mut spans = Vec::new();
    let (mut bangs, mut shouted, mut shouting) = (0, 0, None);
    let mut at = 0;
    while at < chars.len() {
        let here = chars[at];
        bangs = if matches!(here, '!' | '！') { bangs + 1 } else { 0 };
        if is_picture(here) && !matches!(here, '☆' | '★' | '→' | '✓' | '✔' | '™') {
            spans.push(Span::new(place(at), place(at + 1)));
        } else if bangs == 2 {
            spans.push(Span::new(place(at - 1), place(at + 1)));
        } else if smiley(&chars, at) {
            spans.push(Span::new(place(at), place((at + 3).min(chars.len()))));
        }
        if here.is_ascii_alphabetic() {
            let end = (at..chars.len()).find(|&at| !chars[at].is_ascii_alphabetic()).unwrap_or(chars.len());
            let capital = chars[at..end].iter().all(char::is_ascii_uppercase);
            if capital && (end - at >= 2 || shouted > 0) {
                shouted += 1;
                shouting = shouting.or(Some(at));
                if shouted == 3 {
                    spans.push(Span::new(place(shouting.unwrap_or(at)), place(end)));
                }
            } else {
                (shouted, shouting) = (0, None);
            }
            at = end;
            continue;
        }
        at += 1;
    }
    pingxin_language::span::join(&mut spans);
    spans
}

/// `:-)`, `:D`, `<3`, `^_^`, `xoxo`.
fn smiley(chars: &[char], at: usize) -> bool {
    let starts =
        |word: &str| word.chars().enumerate().all(|(offset, part)| chars.get(at + offset) == Some(&part));
    let before = at.checked_sub(1).map_or(' ', |at| chars[at]);
    if before.is_alphanumeric() && !is_han(before) {
        return false;
    }
    [
        ":-)", ":)", ":-(", ":(", ":-D", ":D", ";-)", ";)", ":-P", ":P", "<3", "^_^", "^^", "T_T", "T.T",
        ">_<", "xoxo", "(^", "orz", "Orz",
    ]
    .iter()
    .any(|word| {
        starts(word) && !chars.get(at + word.chars().count()).is_some_and(|next| next.is_ascii_alphanumeric())
    })
}

/// Whether a text can pass as written in a language.
fn speaks(text: &str, wanted: &str) -> bool {
    let (mut han, mut kana, mut latin) = (0_usize, 0_usize, 0_usize);
    for part in text.chars() {
        match part {
            '\u{3041}'..='\u{30ff}' => kana += 1,
            part if is_han(part) => han += 1,
            part if part.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    let wanted = wanted.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match wanted.as_str() {
        "zh" => han > 0 && han * 3 >= latin,
        "ja" => kana > 0,
        _ if han + kana > 2 => false,
        _ if latin < 12 => true,
        _ => written_in(text, &wanted),
    }
}

/// Whether the small words of a Latin text are those of a language; true where there is nothing to tell from.
fn written_in(text: &str, wanted: &str) -> bool {
    const SMALL: &[(&str, &[&str])] = &[
        (
            "en",
            &[
                "the", "and", "is", "are", "of", "to", "for", "with", "your", "you", "we", "it", "on", "has",
                "have", "was", "this", "will", "would", "please", "our", "be", "that", "not", "do", "can",
                "could", "in", "as", "order",
            ],
        ),
        (
            "es",
            &[
                "el", "los", "las", "una", "que", "para", "con", "por", "su", "del", "pedido", "usted",
                "gracias", "está", "es", "y", "hola", "se", "ha", "más", "nos", "le", "al", "si",
            ],
        ),
        (
            "de",
            &[
                "der",
                "die",
                "das",
                "und",
                "ist",
                "wir",
                "sie",
                "für",
                "mit",
                "nicht",
                "ein",
                "eine",
                "ihre",
                "ihr",
                "ihren",
                "bitte",
                "den",
                "dem",
                "zu",
                "auf",
                "haben",
                "bestellung",
                "vielen",
                "dank",
                "können",
                "wird",
            ],
        ),
        (
            "fr",
            &[
                "le", "les", "des", "une", "pour", "vous", "votre", "nous", "est", "avec", "et", "du",
                "commande", "bonjour", "merci", "sur", "pas", "que", "au", "dans", "ne", "cette",
            ],
        ),
        (
            "it",
            &[
                "il", "gli", "che", "per", "con", "ordine", "grazie", "è", "della", "del", "suo", "abbiamo",
                "una", "non", "sono", "di", "la", "si", "le",
            ],
        ),
        (
            "pt",
            &[
                "os", "uma", "para", "com", "você", "seu", "sua", "pedido", "não", "obrigado", "está", "do",
                "da", "em", "foi", "que", "por", "olá", "ao",
            ],
        ),
        (
            "nl",
            &[
                "het",
                "een",
                "en",
                "van",
                "uw",
                "wij",
                "niet",
                "voor",
                "met",
                "bestelling",
                "is",
                "we",
                "u",
                "op",
                "dat",
            ],
        ),
        ("pl", &["jest", "nie", "się", "na", "zamówienie", "dziękujemy", "państwa", "do", "czy", "w", "z"]),
        ("sv", &["och", "är", "att", "din", "beställning", "vi", "en", "för", "på", "har"]),
    ];
    let words: Vec<String> = text
        .split(|part: char| !part.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.as_str())).count();
    let Some((_, own)) = SMALL.iter().find(|(code, _)| *code == wanted) else {
        return count(SMALL[0].1) < 3;
    };
    let own = count(own);
    let best =
        SMALL.iter().filter(|(code, _)| *code != wanted).map(|(_, list)| count(list)).max().unwrap_or(0);
    best < 2 || own * 3 >= best * 2
}
