//! Lines with choices and slots: `[a|b|]` is one of them (they may stand in one another), `{slot}` is filled.

use super::dice::Dice;

/// Writes a line out; `fill` gives the words of a slot.
pub(crate) fn write_out(
    line: &str,
    dice: &mut Dice,
    fill: &mut dyn FnMut(&str, &str, &mut Dice) -> String,
) -> String {
    let mut out = String::with_capacity(line.len());
    write_part(line, dice, fill, &mut out);
    out
}

fn write_part(
    line: &str,
    dice: &mut Dice,
    fill: &mut dyn FnMut(&str, &str, &mut Dice) -> String,
    out: &mut String,
) {
    let mut rest = line;
    while let Some(start) = rest.find(['[', '{']) {
        out.push_str(&rest[..start]);
        let (inside, after) = bracketed(&rest[start..]);
        if rest[start..].starts_with('{') {
            let words = fill(inside, out, dice);
            out.push_str(&words);
        } else {
            let choices = split_choices(inside);
            let choice: &str = choices[dice.index(choices.len())];
            write_part(choice, dice, fill, out);
        }
        rest = after;
    }
    out.push_str(rest);
}

/// What stands in the bracket that the text begins with, and what comes after it; a bracket left open runs to
/// the end.
fn bracketed(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for (at, mark) in text.char_indices() {
        match mark {
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return (&text[1..at], &text[at + 1..]);
                }
            }
            _ => {}
        }
    }
    (&text[1..], "")
}

fn split_choices(inside: &str) -> Vec<&str> {
    let mut choices = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, mark) in inside.char_indices() {
        match mark {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                choices.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    choices.push(&inside[start..]);
    choices
}

/// Whether every bracket is closed, every choice has two or more, and every slot is known.
#[cfg(test)]
pub(crate) fn fault(line: &str, slots: &[&str]) -> Option<String> {
    let count = |mark: char| line.chars().filter(|letter| *letter == mark).count();
    if count('[') != count(']') || count('{') != count('}') {
        return Some("a bracket is left open".into());
    }
    let mut rest = line;
    while let Some(start) = rest.find('{') {
        let (slot, after) = bracketed(&rest[start..]);
        if !slots.contains(&slot) {
            return Some(format!("no slot `{slot}`"));
        }
        rest = after;
    }
    let mut rest = line;
    while let Some(start) = rest.find('[') {
        let (inside, _) = bracketed(&rest[start..]);
        if split_choices(inside).len() < 2 {
            return Some(format!("`[{inside}]` gives no choice"));
        }
        rest = &rest[start + 1..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn all(line: &str) -> BTreeSet<String> {
        (0..200)
            .map(|seed| write_out(line, &mut Dice::of(&[seed]), &mut |slot, _, _| slot.to_uppercase()))
            .collect()
    }

    #[test]
    fn writes_every_choice_and_fills_slots() {
        let found = all("[很|超]好[，{name}[也|都]行|]");
        let expected =
            ["很好", "超好", "很好，NAME也行", "很好，NAME都行", "超好，NAME也行", "超好，NAME都行"];
        assert_eq!(found, expected.map(String::from).into());
    }

    #[test]
    fn tells_a_slot_what_stands_before_it() {
        let mut before = String::new();
        write_out("a b {x}", &mut Dice::of(&[1]), &mut |_, so_far, _| {
            before = so_far.to_owned();
            String::new()
        });
        assert_eq!(before, "a b ");
    }

    #[test]
    fn names_what_is_wrong_with_a_line() {
        assert_eq!(fault("[a|b] {who}", &["who"]), None);
        for line in ["[a|b", "[a]", "{nobody}", "[a|[b]]"] {
            assert!(fault(line, &["who"]).is_some(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(line in "[\\[\\]{}|a好]{0,30}", seed: u64) {
            write_out(&line, &mut Dice::of(&[seed]), &mut |_, _, _| String::new());
        }
    }
}
