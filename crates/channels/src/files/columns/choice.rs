//! `--map`: what the user says the columns mean.

use pingxin_domain::intake::Field;

use super::DateOrder;
use crate::files::refusal::{Refusal, RefusalCode};

/// One `field=column`, `field:dmy=column`, `field=` (leave the field out), or a line of a saved profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// None leaves the column out.
    pub(super) field: Option<Field>,
    pub(super) date_order: Option<DateOrder>,
    /// None leaves the field out.
    pub(super) column: Option<String>,
    /// Whether a file without the column is refused.
    pub(super) required: bool,
}

fn wrong(zh: String, en: String) -> Refusal {
    Refusal::new(RefusalCode::WrongMapping, zh, en)
}

/// Reads `text=评价内容,rating=星级,created:dmy=日期`. A column name may hold commas.
///
/// # Errors
/// [`RefusalCode::WrongMapping`] for a word that is no field (the nearest one is named) or has no `=`.
pub fn parse_overrides(text: &str) -> Result<Vec<Override>, Refusal> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(',') {
        match pieces.last_mut() {
            // A comma inside a column name: what follows does not begin like `field=`.
            Some(last) if !begins_like_choice(piece) => {
                last.push(',');
                last.push_str(piece);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces.iter().filter(|piece| !piece.trim().is_empty()).map(|piece| parse_one(piece)).collect()
}

fn begins_like_choice(piece: &str) -> bool {
    piece.split_once('=').is_some_and(|(field, _)| {
        !field.trim().is_empty()
            && field.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
    })
}

fn parse_one(piece: &str) -> Result<Override, Refusal> {
    let Some((left, column)) = piece.split_once('=') else {
        let piece = piece.trim();
        return Err(wrong(
            format!("“{piece}”缺少等号。请写成 字段=列名，例如 text=评价内容。"),
            format!("`{piece}` has no `=`. Write field=column, such as text=Comments."),
        ));
    };
    let (name, order) =
        left.trim().split_once(':').map_or((left.trim(), None), |(name, order)| (name, Some(order)));
    let date_order = order
        .map(|order| {
            DateOrder::from_code(order).ok_or_else(|| {
                wrong(
                    format!("“{order}”不是日期顺序。请写 dmy（日/月/年）或 mdy（月/日/年）。"),
                    format!("`{order}` is no order of dates. Write dmy (day first) or mdy (month first)."),
                )
            })
        })
        .transpose()?;
    let Ok(field) = name.parse::<Field>() else {
        let codes: Vec<&str> = Field::ALL.iter().map(|field| field.code()).collect();
        let nearest = nearest(name, codes.iter().copied()).unwrap_or("text");
        return Err(wrong(
            format!("没有名为“{name}”的字段。最接近的是 {nearest}；全部字段：{}。", codes.join("、")),
            format!("`{name}` is no field. The nearest is `{nearest}`; all of them: {}.", codes.join(", ")),
        ));
    };
    let column = column.trim();
    let column = (!column.is_empty()).then(|| column.to_owned());
    Ok(Override { field: Some(field), date_order, column, required: true })
}

/// The candidate that needs the fewest edits.
pub(super) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    candidates.min_by_key(|candidate| distance(&word, &candidate.to_lowercase()))
}

/// Levenshtein distance in letters; names are short, longer ones are cut.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_with_commas_and_date_orders() {
        let read = parse_overrides("text=内容, 全文,created:dmy=日期,rating=").unwrap();
        assert_eq!(read[0].column.as_deref(), Some("内容, 全文"));
        assert_eq!((read[1].field, read[1].date_order), (Some(Field::Created), Some(DateOrder::DayMonth)));
        assert_eq!((read[2].field, read[2].column.as_deref()), (Some(Field::Rating), None));
        assert!(parse_overrides("").unwrap().is_empty());
    }

    #[test]
    fn wrong_ones_are_named_with_the_nearest() {
        assert!(parse_overrides("txt=a").unwrap_err().say.en.contains("nearest is `text`"));
        assert!(parse_overrides("text").unwrap_err().say.zh.contains("等号"));
        assert!(parse_overrides("created:ymd=a").unwrap_err().say.en.contains("dmy"));
        assert_eq!(distance("星级", "星級"), 1);
    }
}
