//! Sentences and ornaments around a date: `Reviewed in the United States on October 1, 2026`, `2026年10月1日(木)`.

use std::borrow::Cow;

/// Longer texts are no dates.
const LONGEST: usize = 160;

/// The words before the date in Amazon's line above a review, each language's own, as its marketplaces write it.
const BEFORE: [(&[&str], &[&str]); 8] = [
    (&["reviewed in ", "reviewed on "], &[" on "]),
    (&["rezension aus ", "kundenrezension aus ", "bewertet in "], &[" vom ", " am "]),
    (&["commenté en ", "commenté au", "commenté à", "avis laissé en ", "évalué en "], &[" le "]),
    (&["calificado en ", "revisado en ", "reseñado en ", "opinión de ", "valorado en "], &[" el "]),
    (&["recensito in ", "recensito nel", "recensito negli "], &[" il ", " l'"]),
    (&["avaliado no ", "avaliado na ", "avaliado em "], &[" em "]),
    (&["beoordeeld in "], &[" op "]),
    (&["评论于 ", "评价于 "], &[" "]),
];

/// The words behind the date: in Japanese it comes first.
const BEHIND: [&str; 3] = ["に日本でレビュー済み", "にレビュー済み", "在中国评论"];

/// What is left of a text without the sentence around its date, without a day of the week in brackets or in Chinese,
/// and without the name of a zone behind its offset.
pub(super) fn date_of(text: &str) -> Cow<'_, str> {
    let plain = text.is_ascii() && text.starts_with(|letter: char| letter.is_ascii_digit());
    if plain && !text.contains('[') {
        return Cow::Borrowed(text);
    }
    if text.len() > LONGEST {
        return Cow::Borrowed(text);
    }
    without_weekday(without_zone_name(without_sentence(text)))
}

fn without_sentence(text: &str) -> &str {
    // Lower case may have another length in bytes; positions are only taken where it has not.
    let lower = text.to_lowercase();
    if lower.len() == text.len() {
        for (beginnings, lasts) in BEFORE {
            if beginnings.iter().any(|beginning| lower.starts_with(beginning))
                && let Some(end) = lasts.iter().filter_map(|last| Some(lower.rfind(last)? + last.len())).max()
                && text.is_char_boundary(end)
            {
                return &text[end..];
            }
        }
    }
    BEHIND
        .iter()
        .find_map(|behind| Some(&text[..text.find(behind)?]))
        .or_else(|| text.ends_with("レビュー済み").then(|| text.split_once('に').map(|(date, _)| date))?)
        .unwrap_or(text)
}

/// `2026-10-01T12:00:00+08:00[Asia/Shanghai]`
fn without_zone_name(text: &str) -> &str {
    text.strip_suffix(']').and_then(|text| text.rsplit_once('[')).map_or(text, |(instant, _)| instant)
}

/// `(木)`, `（周四）`, `星期四`, `周四`, `木曜日`
fn without_weekday(text: &str) -> Cow<'_, str> {
    const DAYS: [char; 15] =
        ['一', '二', '三', '四', '五', '六', '日', '天', '月', '火', '水', '木', '金', '土', '七'];
    let mut kept = text.to_owned();
    for (open, close) in [('(', ')'), ('（', '）')] {
        if let Some((before, rest)) = kept.split_once(open)
            && let Some((inside, after)) = rest.split_once(close)
        {
            let bare = inside.trim_start_matches("星期").trim_start_matches('周').trim_end_matches("曜日");
            if bare.chars().count() == 1 && bare.starts_with(DAYS) {
                kept = format!("{before} {after}");
            }
        }
    }
    for name in ["星期", "周", "礼拜"] {
        if let Some((before, rest)) = kept.split_once(name)
            && rest.starts_with(DAYS)
        {
            let after: String = rest.chars().skip(1).collect();
            kept = format!("{before} {after}");
        }
    }
    if kept == text { Cow::Borrowed(text) } else { Cow::Owned(kept) }
}
