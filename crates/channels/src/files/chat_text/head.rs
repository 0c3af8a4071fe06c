//! The line that stands above a message: who, and when.

/// Longer names are sentences.
const NAME_LETTERS: usize = 64;

/// Who and when, and words that stand in the same line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'l> {
    pub(super) name: &'l str,
    /// As it is written; the column of instants reads it.
    pub(super) instant: &'l str,
    pub(super) words: &'l str,
}

/// Reads `name(instant):`, `name instant`, `instant name`, with brackets and colons of either width.
pub(super) fn read(line: &str) -> Option<Head<'_>> {
    let line = line.trim_matches(blank);
    if let Some((instant, rest)) = instant_at_start(line) {
        // `instant name`: nothing but a name may follow.
        let name = rest.trim_matches(blank).trim_end_matches([':', '：']).trim_end();
        return is_name(name).then_some(Head { name, instant, words: "" });
    }
    let (start, instant, after) = instant_inside(line)?;
    let before = line[..start].trim_end_matches(blank);
    let opened = before.ends_with(BRACKETS.0);
    let name = before.trim_end_matches(BRACKETS.0).trim_matches(blank);
    let rest = if opened { after.trim_start_matches(blank).strip_prefix(BRACKETS.1)? } else { after };
    let rest = rest.trim_start_matches(blank);
    let words = match rest.strip_prefix([':', '：']) {
        Some(words) => words.trim_matches(blank),
        // Words behind an instant without a colon make the line a sentence with a time in it.
        None if rest.is_empty() => "",
        None => return None,
    };
    let parted = opened || line[..start].ends_with(blank);
    (parted && is_name(name)).then_some(Head { name, instant, words })
}

const BRACKETS: ([char; 4], [char; 4]) = (['(', '（', '[', '【'], [')', '）', ']', '】']);

fn blank(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{feff}'
}

/// No sentence and no cells of a table.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= NAME_LETTERS
        && !text.contains(['\t', ',', '，', ';', '；', '。', '"', '|', '？', '！', '?', '!'])
        && !text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ':' | '.' | '-' | '/'))
}

/// An instant at the start, perhaps in brackets, and what follows.
fn instant_at_start(line: &str) -> Option<(&str, &str)> {
    let bare = line.strip_prefix(BRACKETS.0);
    let text = bare.unwrap_or(line);
    let length = instant(text)?;
    let (found, rest) = text.split_at(length);
    let rest = if bare.is_some() { rest.strip_prefix(BRACKETS.1)? } else { rest };
    rest.starts_with(blank).then_some((found, rest))
}

/// The last instant in a line, with where it begins and what follows.
fn instant_inside(line: &str) -> Option<(usize, &str, &str)> {
    let begins = |at: usize| {
        line[at..].starts_with(|letter: char| letter.is_ascii_digit())
            && !line[..at].ends_with(|letter: char| letter.is_ascii_digit())
    };
    // The instant stands near the end of the line, or before the words; a line of words has none.
    let starts: Vec<usize> = line
        .char_indices()
        .take(NAME_LETTERS + 8)
        .map(|(at, _)| at)
        .filter(|at| *at > 0 && begins(*at))
        .collect();
    starts.into_iter().find_map(|at| {
        let length = instant(&line[at..])?;
        Some((at, &line[at..at + length], &line[at + length..]))
    })
}

/// The length of `2026-10-01 12:03:44` at the start of a text: year first, signs `-`, `/`, `.` or 年月日, with or
/// without seconds.
fn instant(text: &str) -> Option<usize> {
    let mut rest = text;
    digits(&mut rest, 4..=4)?;
    sign(&mut rest, &['-', '/', '.', '年'])?;
    digits(&mut rest, 1..=2)?;
    sign(&mut rest, &['-', '/', '.', '月'])?;
    digits(&mut rest, 1..=2)?;
    let _ = sign(&mut rest, &['日']);
    let between = rest.len();
    rest = rest.trim_start_matches([' ', '\u{3000}', 'T']);
    if rest.len() == between && !text[..text.len() - between].ends_with('日') {
        return None;
    }
    digits(&mut rest, 1..=2)?;
    sign(&mut rest, &[':', '：'])?;
    digits(&mut rest, 2..=2)?;
    let minutes = text.len() - rest.len();
    if sign(&mut rest, &[':', '：']).is_some() && digits(&mut rest, 2..=2).is_some() {
        return Some(text.len() - rest.len());
    }
    Some(minutes)
}

fn digits(rest: &mut &str, count: std::ops::RangeInclusive<usize>) -> Option<()> {
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    count.contains(&end).then(|| *rest = &rest[end..])
}

fn sign(rest: &mut &str, signs: &[char]) -> Option<()> {
    *rest = rest.strip_prefix(signs)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn heads_of_every_layout_are_read() {
        for (line, name, instant, words) in [
            ("t_小王(2026-10-01 12:03:44):", "t_小王", "2026-10-01 12:03:44", ""),
            ("t_小王（2026-10-01 12:03:44）：", "t_小王", "2026-10-01 12:03:44", ""),
            ("t_小王 (2026/10/1 9:03:44)", "t_小王", "2026/10/1 9:03:44", ""),
            ("店铺名:小美  2026-10-01 12:03:44", "店铺名:小美", "2026-10-01 12:03:44", ""),
            ("2026-10-01 12:03:44 t_小王", "t_小王", "2026-10-01 12:03:44", ""),
            ("[2026-10-01 12:03:44] 店铺名:小美", "店铺名:小美", "2026-10-01 12:03:44", ""),
            ("2026年10月1日 12:03 t_小王：", "t_小王", "2026年10月1日 12:03", ""),
            ("t_小王(2026-10-01 12:03:44): 在吗", "t_小王", "2026-10-01 12:03:44", "在吗"),
        ] {
            assert_eq!(read(line), Some(Head { name, instant, words }), "{line}");
        }
    }

    #[test]
    fn sentences_and_tables_are_no_heads() {
        for line in [
            "",
            "您好，请问是2026-10-01 12:03:44发的货吗",
            "发货时间 2026-10-01 12:03:44 请查收",
            "2026-10-01 12:03:44,t_小王,在吗",
            "2026-10-01 12:03:44\tt_小王\t在吗",
            "2026-10-01",
            "2026-10-01 12:03:44",
            "12:03:44 2026-10-01 12:03:44",
            "2026-10-01 12:03:44 您好，在的。",
            "order2026-10-01 12:03:44",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(line in "[0-9年月日:/.()（）：T 小王a-]{0,40}|\\PC{0,40}") {
            if let Some(head) = read(&line) {
                prop_assert!(!head.name.is_empty() && instant(head.instant).is_some());
            }
        }
    }
}
