//! Words of closed sets, as lines write them.

use pingxin_domain::review::Rating;

/// The member of a closed set that a field names; `None` for null.
///
/// # Errors
/// A sentence that names the field, the word, and the words there are (`all`).
pub(in crate::command) fn known<T>(
    field: &str,
    value: Option<&str>,
    all: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, String> {
    value
        .map(|value| read(value).ok_or_else(|| format!("{field} \"{value}\" is none of {}", all.join(", "))))
        .transpose()
}

/// The stars of a field; `None` for null. `5.0` is five.
///
/// # Errors
/// A sentence when it is none of 1 to 5.
pub(in crate::command) fn stars(value: Option<f64>) -> Result<Option<Rating>, String> {
    let Some(stars) = value else { return Ok(None) };
    let whole = (1_u8..=5).find(|&whole| f64::from(whole) == stars);
    let rating = whole.and_then(|whole| Rating::try_from(whole).ok());
    rating.map(Some).ok_or_else(|| format!("rating {stars} is none of 1 to 5"))
}

/// The objects there are, for [`known`].
pub(in crate::command) const OBJECTS: &[&str] = &["seller_feedback", "product_review", "review", "followup"];

/// The verdicts there are, for [`known`].
pub(in crate::command) const VERDICTS: &[&str] = &["good", "neutral", "bad"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_unknown_and_a_wrong_word_is_named() {
        let read = |text: &str| (text == "yes").then_some(());
        assert_eq!(known("answer", None, &["yes"], read), Ok(None));
        assert_eq!(known("answer", Some("yes"), &["yes"], read), Ok(Some(())));
        assert!(known("answer", Some("no"), &["yes"], read).unwrap_err().contains("answer \"no\""));
        assert_eq!(stars(Some(5.0)).unwrap().map(Rating::stars), Some(5));
        assert!(stars(Some(2.5)).is_err() && stars(Some(0.0)).is_err() && stars(None).unwrap().is_none());
    }
}
