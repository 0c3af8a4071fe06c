//! Grounds of Taobao and Tmall.

use pingxin_language::{Signal, Span};

use super::comment::Comment;
use super::{people, profanity, words};

/// Words that hint at a competitor who writes.
pub(super) fn competitor(comment: &Comment) -> Vec<Span> {
    let terms = words::taobao();
    if terms.holds("disclaims", comment, &[]) {
        return Vec::new();
    }
    spans(comment, &terms.find("competitor", comment, &[]))
}

/// Words that hint at fraud by a third person.
pub(super) fn fraud(comment: &Comment) -> Vec<Span> {
    spans(comment, &words::taobao().find("fraud", comment, &[]))
}

/// Leaked data, abuse and advertising.
pub(super) fn leak_abuse_ad(comment: &Comment, signals: &[Signal]) -> Vec<Span> {
    let terms = words::taobao();
    let mut found = spans(comment, &terms.find_but("abuse", "harmless", comment));
    found.extend(profanity::find(comment, signals));
    found.extend(spans(comment, &terms.find("leaked", comment, &[])));
    let reported = terms.holds("reported", comment, &[]);
    let kinds = if reported { &people::PUBLIC_NEVER[..6] } else { &people::PUBLIC_NEVER[..] };
    found.extend(super::people::found(signals, kinds));
    if !reported {
        found.extend(spans(comment, &terms.find("advert", comment, &[])));
    }
    pingxin_language::span::join(&mut found);
    found
}

fn spans(comment: &Comment, places: &[(usize, usize)]) -> Vec<Span> {
    places.iter().map(|place| comment.span(*place)).collect()
}
