//! Nicks as people type them: what two spellings of one nick have in common.

use crate::personal::mask_nick;

/// The nick as it is looked up: without blanks around it, full-width letters narrowed, in lower case, and any run of
/// stars as two, since platforms mask with two or more (`t***1` and `t**1`).
#[must_use]
pub fn normal_nick(nick: &str) -> String {
    let mut normal = String::with_capacity(nick.len());
    for letter in nick.trim().chars().map(narrow).filter(|letter| !is_invisible(*letter)) {
        if letter == '*' && normal.ends_with("**") {
            continue;
        }
        normal.extend(letter.to_lowercase());
    }
    normal.trim().to_owned()
}

/// What a typed nick may be stored as: itself, and as the platform would mask it.
#[must_use]
pub fn nicks_to_look_for(typed: &str) -> Vec<String> {
    let normal = normal_nick(typed);
    if normal.is_empty() {
        return Vec::new();
    }
    let masked = mask_nick(&normal);
    if masked == normal { vec![normal] } else { vec![normal, masked] }
}

/// A full-width letter, digit or sign as its narrow form; a wide blank as a narrow one.
pub(crate) fn narrow(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    }
}

/// Marks that nobody sees and that come along when text is copied.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_nick_are_one() {
        for spelling in
            ["taobao_User1", " taobao_user1 ", "ｔａｏｂａｏ＿user１", "\u{feff}TAOBAO_USER1\u{200b}"]
        {
            assert_eq!(normal_nick(spelling), "taobao_user1", "{spelling}");
        }
        assert_eq!(normal_nick("t***1"), "t**1");
        assert_eq!(normal_nick("小＊＊＊鱼"), "小**鱼");
        assert_eq!(normal_nick("小猫 钓鱼"), "小猫 钓鱼", "blanks within a nick stay");
    }

    #[test]
    fn a_full_nick_is_also_looked_for_masked() {
        assert_eq!(nicks_to_look_for("小猫钓鱼"), ["小猫钓鱼", "小**鱼"]);
        assert_eq!(nicks_to_look_for("t**1"), ["t**1"]);
        assert_eq!(nicks_to_look_for("  "), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn twice_is_once(nick in "\\PC{0,20}") {
            let normal = normal_nick(&nick);
            prop_assert_eq!(normal_nick(&normal), normal);
        }
    }
}
