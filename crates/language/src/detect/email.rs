//! E-mail addresses, also spelled out: `someone at example dot com`.

/// E-mail addresses.
pub(super) fn find(chars: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, &character) in chars.iter().enumerate() {
        let (left, right) = match character {
            '@' => (at, at + 1),
            ' ' if chars[at..].starts_with(&[' ', 'a', 't', ' ']) => (at, at + 4),
            _ => continue,
        };
        let start = left - chars[..left].iter().rev().take_while(|part| is_local(**part)).count();
        let Some(end) = domain_end(chars, right) else { continue };
        // Spelled out, only an address announced by a written "dot" is one: "meet at noon" is none.
        let spelled = character == ' ' && !chars[right..end].contains(&' ');
        if start < left && !spelled {
            found.push((start, end));
        }
    }
    found
}

fn is_local(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | '+' | '%')
}

/// Where a domain that begins at `start` ends, if one does.
fn domain_end(chars: &[char], start: usize) -> Option<usize> {
    let label = |at: usize| {
        chars[at..].iter().take_while(|part| part.is_ascii_alphanumeric() || **part == '-').count()
    };
    let mut end = start + label(start);
    let mut labels = usize::from(end > start);
    while labels > 0 {
        let dot = [".", " dot ", "(dot)", "[dot]", " . "].into_iter().find(|dot| {
            let wanted: Vec<char> = dot.chars().collect();
            chars[end..].starts_with(&wanted)
        });
        let Some(dot) = dot else { break };
        let next = label(end + dot.len());
        if next < 2 {
            break;
        }
        end += dot.len() + next;
        labels += 1;
    }
    (labels >= 2).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::found_in;

    #[test]
    fn written_and_spelled_out() {
        assert_eq!(found_in("发邮件到wang.fei@gmail.com没人回", super::find), ["wang.fei@gmail.com"]);
        assert_eq!(
            found_in("write john.doe at example dot co dot uk!", super::find),
            ["john.doe at example dot co dot uk"]
        );
        assert_eq!(found_in("A_B@Mail.Example.ORG.", super::find), ["A_B@Mail.Example.ORG"]);
    }

    #[test]
    fn mentions_and_places_are_none() {
        for text in
            ["@京东客服 出来", "look at amazon.com", "bought it at best buy", "3 @ 5.00 each", "@", "a@b"]
        {
            assert!(found_in(text, super::find).is_empty(), "{text}");
        }
    }
}
