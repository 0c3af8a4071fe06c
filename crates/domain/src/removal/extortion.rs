//! A demand beyond what is due, held together with a rating: in the buyer's messages, or told in the review.

use pingxin_language::{Place, Span};

use super::comment::Comment;
use super::facts::Message;
use super::words;

/// What a text holds of it.
#[derive(Debug, Default)]
struct Held {
    threat: Vec<Span>,
    demand: Vec<Span>,
}

/// The words in the buyer's messages that hold both, with their places; empty when they do not.
pub(super) fn in_messages(messages: &[Message<'_>]) -> Vec<(Place, Span)> {
    let held: Vec<(Place, Held)> = messages
        .iter()
        .enumerate()
        .filter(|(_, message)| message.from_buyer)
        .map(|(at, message)| {
            let comment = Comment::new(&message.text);
            (Place::Message(at), held(&comment, threats(&comment)))
        })
        .collect();
    let both = held.iter().any(|(_, held)| !held.threat.is_empty())
        && held.iter().any(|(_, held)| !held.demand.is_empty());
    if !both {
        return Vec::new();
    }
    held.into_iter()
        .flat_map(|(place, held)| joined(held).into_iter().map(move |span| (place, span)))
        .collect()
}

/// The words of the review itself that hold both; empty when they do not.
pub(super) fn in_text(comment: &Comment) -> Vec<Span> {
    // Hardly any text threatens: what it demands is then not looked for.
    let threat = threats(comment);
    if threat.is_empty() {
        return Vec::new();
    }
    let held = held(comment, threat);
    if held.demand.is_empty() { Vec::new() } else { joined(held) }
}

/// Whether what is known of the buyer's other ratings shows a habit.
pub(super) fn is_habit(pattern: &str) -> bool {
    words::taobao().holds("professional", &Comment::new(pattern), &[])
}

fn joined(held: Held) -> Vec<Span> {
    let mut spans = held.threat;
    spans.extend(held.demand);
    pingxin_language::span::join(&mut spans);
    spans
}

fn is_chinese(comment: &Comment) -> bool {
    comment.chars().iter().any(|part| ('\u{3400}'..='\u{9fff}').contains(part))
}

fn threats(comment: &Comment) -> Vec<(usize, usize)> {
    if is_chinese(comment) {
        words::taobao().find("threat", comment, &[])
    } else {
        words::ebay().find("ratingthreat", comment, &[])
    }
}

fn held(comment: &Comment, threat: Vec<(usize, usize)>) -> Held {
    let demand = if is_chinese(comment) {
        chinese_demand(comment)
    } else {
        words::ebay().find("demand", comment, &threat)
    };
    let spans = |places: Vec<(usize, usize)>| places.into_iter().map(|place| comment.span(place)).collect();
    Held { threat: spans(threat), demand: spans(demand) }
}

fn chinese_demand(comment: &Comment) -> Vec<(usize, usize)> {
    let terms = words::taobao();
    let mut demand = terms.find("beyond", comment, &[]);
    // A sum that the shop or the law promised is due, unless the goods are kept as well.
    if terms.holds("promised", comment, &[]) && !terms.holds("keeps", comment, &[]) {
        demand.retain(|&(start, end)| !comment.chars()[start..end].iter().any(|part| is_number(*part)));
    }
    demand
}

fn is_number(part: char) -> bool {
    part.is_ascii_digit() || "一二两三四五六七八九十百千".contains(part)
}
