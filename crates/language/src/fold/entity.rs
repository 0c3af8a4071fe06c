//! HTML entities, as shops export them inside reviews.

/// The longest entity that is looked for, in bytes.
const LONGEST: usize = 12;

/// The character that the entity at the start of `text` stands for, and its length in characters.
pub(super) fn decode(text: &str) -> Option<(char, u32)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let meant = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "mdash" | "ndash" => '-',
        "middot" => '·',
        "times" => '×',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|meant| !meant.is_control())?
        }
    };
    Some((meant, u32::try_from(end + 1).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_and_numbers_and_leaves_the_rest() {
        assert_eq!(decode("&quot;x"), Some(('"', 6)));
        assert_eq!(decode("&#x27;"), Some(('\'', 6)));
        assert_eq!(decode("&#24046;"), Some(('差', 8)));
        assert_eq!(decode("&差;"), None);
        assert_eq!(decode("& so on;"), None);
        assert_eq!(decode("&#0;"), None);
        assert_eq!(decode("&#99999999999;"), None);
        assert_eq!(decode("&"), None);
    }
}
