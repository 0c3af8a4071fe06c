//! Disguised spellings of Chinese words: pinyin, letters and look-alikes in the place of characters (垃gē, 马扁子).
//!
//! Only for the model and the cues. `hp` alone is also a maker of computers, so it is 好评 only beside words that go with it.

use std::sync::OnceLock;

use crate::lexicon::Lexicon;

/// Disguise and meaning, both folded. No meaning holds a disguise, so that folding twice changes nothing.
const VARIANTS: &[(&str, &str)] = &[
    ("垃gē", "垃圾"),
    ("垃ge", "垃圾"),
    ("垃jī", "垃圾"),
    ("垃ji", "垃圾"),
    ("lā圾", "垃圾"),
    ("la圾", "垃圾"),
    ("辣鸡", "垃圾"),
    ("辣圾", "垃圾"),
    ("拉圾", "垃圾"),
    ("垃*", "垃圾"),
    ("马扁", "骗"),
    ("pian子", "骗子"),
    ("骗zi", "骗子"),
    ("坑die", "坑爹"),
    ("差ping", "差评"),
    ("chà评", "差评"),
    ("cha评", "差评"),
    ("差p", "差评"),
    ("给cp", "给差评"),
    ("好ping", "好评"),
    ("hǎo评", "好评"),
    ("给hp", "给好评"),
    ("个hp", "个好评"),
    ("求hp", "求好评"),
    ("五星hp", "五星好评"),
    ("hp返现", "好评返现"),
    ("hp返", "好评返"),
    ("质liang", "质量"),
    ("zhi量", "质量"),
    ("假huo", "假货"),
    ("jia货", "假货"),
    ("退huo", "退货"),
    ("tui货", "退货"),
    ("退kuan", "退款"),
    ("很cha", "很差"),
    ("太cha", "太差"),
];

/// The disguise that begins at `at`: its length and its meaning.
pub(super) fn at(chars: &[char], at: usize) -> Option<(usize, &'static str)> {
    static DISGUISES: OnceLock<Lexicon> = OnceLock::new();
    let disguises = DISGUISES.get_or_init(|| Lexicon::new(VARIANTS.iter().map(|(disguise, _)| disguise)));
    let rest = &chars[at..];
    let letter = |at: Option<&char>| at.is_some_and(|part| part.is_ascii_alphanumeric());
    // Letters at its edge must not go on: "pink" is no "p".
    let inside = |length: usize| {
        (letter(rest.get(length - 1)) && letter(rest.get(length)))
            || (letter(rest.first()) && at > 0 && letter(chars.get(at - 1)))
    };
    let mut found: Option<(usize, usize)> = None;
    disguises.each(chars, at, |number, end| {
        if found.is_none_or(|(first, _)| number < first) && !inside(end - at) {
            found = Some((number, end));
        }
    });
    found.map(|(number, end)| (end - at, VARIANTS[number].1))
}

#[cfg(test)]
mod tests {
    use super::super::{fold_for_model, fold_for_search};
    use super::VARIANTS;
    use crate::Span;

    fn model(text: &str) -> String {
        fold_for_model(text).chars().iter().collect()
    }

    #[test]
    fn disguises_are_read_and_point_at_the_original() {
        for (text, meant) in [
            ("這是垃GĒ手机", "这是垃圾手机"),
            ("马扁子", "骗子"),
            ("给个hp", "给个好评"),
            ("差p！", "差评!"),
            ("纯垃*", "纯垃圾"),
        ] {
            assert_eq!(model(text), meant, "{text}");
        }
        let folded = fold_for_model("真是垃gē啊");
        assert_eq!(folded.source(2, 4), Span::new(2, 5));
        assert_eq!(folded.source(4, 5), Span::new(5, 6));
    }

    #[test]
    fn words_that_only_look_like_one_stay() {
        for text in ["hp笔记本", "差pink", "好pingpong", "xhp返", "拉的圾"] {
            let expected: String = fold_for_search(text).chars().iter().collect();
            assert_eq!(model(text), expected, "{text}");
        }
    }

    #[test]
    fn no_meaning_holds_a_disguise() {
        for (disguise, meaning) in VARIANTS {
            assert_eq!(model(meaning), *meaning, "{disguise}");
            assert_eq!(model(disguise), *meaning, "{disguise}");
        }
    }
}
