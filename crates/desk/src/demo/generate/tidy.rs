//! Mends the seams where pieces of a text meet.

use super::words::Language;

/// One run of marks where two pieces met, and beginnings and sentences as the language has them.
pub(crate) fn tidy(text: &str, language: Language) -> String {
    match language {
        Language::Chinese => chinese(text),
        Language::English => english(text),
    }
}

fn strength(mark: char) -> Option<u8> {
    match mark {
        '，' | '、' | '；' => Some(1),
        '。' | '：' => Some(2),
        '？' | '！' => Some(3),
        _ => None,
    }
}

fn chinese(text: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    for mark in text.chars() {
        let (new, old) = (strength(mark), out.last().copied().and_then(strength));
        match (new, old) {
            (Some(_), _) if out.is_empty() => {}
            // Repeated loud marks are the buyer's own.
            (Some(3), Some(3)) => out.push(mark),
            (Some(new), Some(old)) => {
                if new > old
                    && let Some(last) = out.last_mut()
                {
                    *last = mark;
                }
            }
            _ => out.push(mark),
        }
    }
    out.into_iter().collect::<String>().trim_matches([' ', '，']).to_owned()
}

fn english(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut begins, mut ended) = (true, false);
    // Three points are the buyer's own, two are a seam.
    for mark in text.trim().replace("...", "…").chars() {
        if matches!(mark, ',' | '.' | '!' | '?') {
            out.truncate(out.trim_end().len());
        }
        match (mark, out.chars().last()) {
            ('.' | ',' | ' ', None) | ('.', Some('?' | '!' | ':' | '.' | '…')) => {}
            (',', Some('.' | '?' | '!' | ',' | '…')) | (' ', Some(' ')) => {}
            ('.', Some(',')) => {
                out.pop();
                out.push('.');
            }
            _ if begins && mark.is_alphabetic() => out.extend(mark.to_uppercase()),
            _ => out.push(mark),
        }
        match mark {
            '.' | '!' | '?' | '…' => ended = true,
            ' ' => begins |= ended,
            _ if mark.is_alphanumeric() => (begins, ended) = (false, false),
            _ => {}
        }
    }
    out.trim_end_matches([' ', ',']).replace('…', "...")
}

/// A piece put in the middle of an English sentence begins small, unless its first word never does.
pub(crate) fn lower_first(piece: &str) -> String {
    let first_word = piece.split([' ', ',', '.', '\'']).next().unwrap_or_default();
    let mut letters = piece.chars();
    match letters.next() {
        Some(first) if first_word != "I" && !first_word.chars().skip(1).any(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => piece.to_owned(),
    }
}

/// Whether the next piece stands in the middle of a sentence.
pub(crate) fn in_sentence(before: &str) -> bool {
    !matches!(before.trim_end().chars().last(), None | Some('.' | '!' | '?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_seams_keep_the_stronger_mark() {
        for (text, expected) in [
            ("好，。真的", "好。真的"),
            ("，好，，真的，", "好，真的"),
            ("差！！！，退", "差！！！退"),
            ("凭什么？。", "凭什么？"),
            ("行。，会再来", "行。会再来"),
        ] {
            assert_eq!(tidy(text, Language::Chinese), expected);
        }
    }

    #[test]
    fn english_seams_and_capitals() {
        for (text, expected) in [
            ("it broke.. i said", "It broke. I said"),
            ("Good!. fine?. ok", "Good! Fine? Ok"),
            ("so, , it died,", "So, it died"),
            ("well... no", "Well... No"),
            ("see shop.example, ok", "See shop.example, ok"),
            ("measured 6.6 ft. short", "Measured 6.6 ft. Short"),
        ] {
            assert_eq!(tidy(text, Language::English), expected);
        }
        assert_eq!(lower_first("Broke at once"), "broke at once");
        assert_eq!(lower_first("I like it"), "I like it");
        assert_eq!(lower_first("USPS lost it"), "USPS lost it");
        assert!(in_sentence("but ") && !in_sentence("So. ") && !in_sentence(""));
    }
}
