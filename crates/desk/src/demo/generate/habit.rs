//! How a buyer types: marks, capitals, faces, slips.

use super::dice::Dice;
use super::words::{Language, Tongue};

/// Gives a clean text the looks of one typed by this buyer; `voice` is his kind, `good` his mood.
pub(crate) fn typed(
    text: &str,
    voice: &str,
    good: bool,
    language: Language,
    tongue: &Tongue,
    dice: &mut Dice,
) -> String {
    let mut text = text.to_owned();
    if dice.chance(if matches!(voice, "young" | "casual") { 200 } else { 60 }) {
        text = slipped(&text, tongue, dice);
    }
    text = match language {
        Language::Chinese => chinese_marks(&text, voice, good, dice),
        Language::English => english_marks(text, voice, good, dice),
    };
    let faces = match voice {
        "young" | "casual" => 300,
        "careful" | "polite" | "blunt" => 60,
        _ => 150,
    };
    if dice.chance(faces) {
        let tail = dice.pick(if good { &tongue.tails.good } else { &tongue.tails.bad });
        if tail.starts_with(['。', '！', '？', '!', '.', '~']) {
            text.truncate(text.trim_end_matches(['。', '！', '，', '.', '!']).len());
        }
        text.push_str(tail);
    }
    text
}

/// One or two words typed another way.
fn slipped(text: &str, tongue: &Tongue, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    for _ in 0..=dice.below(2) {
        let here: Vec<_> = tongue.slang.swaps.iter().filter(|[word, _]| has_word(&text, word)).collect();
        if here.is_empty() {
            break;
        }
        let [word, typed] = dice.pick(&here);
        if let Some(at) = find_word(&text, word) {
            text.replace_range(at..at + word.len(), typed);
        }
    }
    text
}

fn has_word(text: &str, word: &str) -> bool {
    find_word(text, word).is_some()
}

/// Where a word stands; a Latin one only between spaces and marks.
fn find_word(text: &str, word: &str) -> Option<usize> {
    let bound = |letter: Option<char>| {
        !word.is_ascii() || letter.is_none_or(|letter| !letter.is_ascii_alphanumeric())
    };
    text.match_indices(word)
        .find(|(at, _)| bound(text[..*at].chars().last()) && bound(text[at + word.len()..].chars().next()))
        .map(|(at, _)| at)
}

fn chinese_marks(text: &str, voice: &str, good: bool, dice: &mut Dice) -> String {
    let short = text.chars().count() < 16;
    match dice.below(100) {
        0..40 => text.to_owned(),
        // No full stop at the end, as most people type.
        40..62 => text.trim_end_matches('。').to_owned(),
        62..70 => text.replace(['，', '。'], " ").trim_end().to_owned(),
        70..77 => text.replace('。', "，").trim_end_matches('，').to_owned(),
        77..82 => text.replace('，', ",").replace('。', "."),
        82..89 if !good && voice != "careful" => {
            let loud = if dice.chance(400) { "！！" } else { "！" };
            text.replace('。', loud).trim_end_matches('，').to_owned()
                + if text.ends_with(['！', '。', '？']) { "" } else { loud }
        }
        82..89 if voice != "careful" => text.replace('。', "~").replace('，', if short { "~" } else { "，" }),
        89..93 if short => text.replace(['，', '。'], ""),
        93..97 if voice == "elder" => text.replace('，', "。"),
        93..95 if text.chars().take(7).any(|mark| mark == '，') => text.replacen('，', "...", 1),
        _ => text.to_owned(),
    }
}

fn english_marks(text: String, voice: &str, good: bool, dice: &mut Dice) -> String {
    match voice {
        "casual" if dice.chance(600) => text.to_lowercase().trim_end_matches('.').to_owned(),
        "angry" if text.len() < 90 && dice.chance(280) => text.to_uppercase(),
        "angry" if !good && dice.chance(300) => text.replacen(". ", "!! ", 1),
        "foreign" if dice.chance(750) => without_articles(&text),
        "plain" if dice.chance(220) => text.trim_end_matches('.').to_owned(),
        "plain" if dice.chance(60) => text.replace(". ", ".. "),
        _ => text,
    }
}

/// As a buyer writes whose own language has no articles.
fn without_articles(text: &str) -> String {
    let mut out = text.to_owned();
    for (word, without) in [(" the ", " "), (" a ", " "), (" an ", " ")] {
        out = out.replace(word, without);
    }
    out.strip_prefix("The ").map_or(out.clone(), |rest| {
        let mut letters = rest.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::*;

    fn ways(text: &str, voice: &str, language: Language) -> std::collections::BTreeSet<String> {
        let tongue = Words::all().tongue(language);
        (0..400).map(|seed| typed(text, voice, false, language, tongue, &mut Dice::of(&[seed]))).collect()
    }

    #[test]
    fn one_text_is_typed_in_many_ways() {
        assert!(
            ways("衣服收到了，质量真的不行，掉色很严重。不会再买。", "young", Language::Chinese).len() > 25
        );
        assert!(
            ways("It broke after a week. I don't recommend it. Save the money.", "casual", Language::English)
                .len()
                > 12
        );
    }

    #[test]
    fn latin_words_are_only_swapped_whole() {
        assert_eq!(find_word("a sandy hand", "and"), None);
        assert_eq!(find_word("cheap and bad", "and"), Some(6));
        assert_eq!(without_articles("The box had a hole in the side"), "Box had hole in side");
    }
}
