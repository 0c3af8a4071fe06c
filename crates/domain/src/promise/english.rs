//! Promises in English.

use jiff::Zoned;

use super::Promised;
use super::clause::{Folded, Sentence, span};
use super::english_time;
use super::instant::When;
use super::pattern::patterns;

patterns! {
    /// The shop says that it will do something.
    WE_WILL = r"\b(?:i|we)(?:'ll| will| shall|'m going to| am going to|'re going to| are going to| promise to)\b";
    WILL = r"^(?:and |so |but |then )?(?:will|'ll)\b";
    /// What a shop does for a buyer.
    ACT = r"\b(?:send|post|ship|dispatch|write|e-?mail|message|let you know|update|check|confirm|refund|replace|exchange|swap|hold|ring|call|phone|get back|get it|get this|look into|have an answer|put|collect|try|arrange|contact|chase|reach|reply|answer|report|follow up|investigate|process|credit|issue|watch|keep|reserve|ask|find out|give you|provide|deliver|pack|speak|talk|make|take it up|raise|file|open|escalate|come back|be in touch|share|upload|attach|add|include|sort|fix|set)\b";
    /// Goods or money that go by a time.
    GOES = r"\b(?:it|they|this|that|everything|your (?:order|parcel|package|refund|replacement|item|slot|money)|the (?:replacement|parcel|order|refund|package|truck|courier|driver|money|item|new one|part)|a courier|a driver|dx|ups|dhl|fedex|royal mail)[^,]{0,24}?(?: goes| will go| ships| leaves| will ship| will be (?:posted|shipped|sent|refunded|dispatched|collected|credited|delivered|with you)| will leave| will collect| will ring| will call| will arrive| will reach| reaches you| collects| is made| gets| comes| arrives)\b|\bgoes (?:out|first class|by|off|in)\b|^it ships\b|^(?:and )?will be (?:posted|shipped|sent|refunded|dispatched)\b|\byou will be refunded\b|\byou'll (?:be refunded|have (?:it|the|your|an answer|my))\b|\bslot is\b|\bwill ring\b";
    BARE = r"^(?:posting|shipping|sending|refunding|dispatching|calling)\b";
    /// What is no promise: it was, it may be, the buyer is asked, or it is a rule.
    NOT_OURS = r"\b(?:which|would|could|can|may|might|should|if you'd|if you|if anything|if a |if it|if one|if that|if there|if thursday|usually|normally|typically|about a week|expect|won't|will not|can't|cannot|please|write to me|write straight|reply here|just reply|let me know|let us know|tell me|tell us|last forever|whenever|any day now|you'll see|you will see|supplier|listing|nothing more|as soon as you (?:update|change|revise|remove)|straight after|5 stars|five stars|feedback to|your review)\b";
    PAST = r"\b(?:was|were|has been|have been|went|sent you|'ve sent|yesterday|delivered at|left us|posted at|signed for)\b";
    CHOICE = r"\b(?:two ways|your choice|your pick|would you (?:like|prefer)|which (?:would|do) you|or i |or we )";
}

/// The promises of a text.
pub(super) fn find(text: &Folded, said: &Zoned) -> Vec<Promised> {
    let ends = |all: &[char], at: usize| match all[at] {
        '!' | '?' | '\n' | ';' | '。' => true,
        '.' => all.get(at + 1).is_none_or(|next| next.is_whitespace()) && !abbreviates(all, at),
        _ => false,
    };
    let parts = |all: &[char], at: usize| match all[at] {
        ',' | ':' => all.get(at + 1).is_none_or(|next| next.is_whitespace()),
        ' ' => {
            starts_with(all, at, " and i'll ")
                || starts_with(all, at, " and i will ")
                || starts_with(all, at, " and will ")
                || starts_with(all, at, " and we'll ")
                || starts_with(all, at, " and we will ")
                || starts_with(all, at, " and send ")
                || starts_with(all, at, " so i'll ")
        }
        _ => false,
    };
    let mut found = Vec::new();
    for sentence in text.sentences(ends, parts) {
        of_sentence(&sentence, said, &mut found);
    }
    found
}

fn starts_with(all: &[char], at: usize, words: &str) -> bool {
    words.chars().enumerate().all(|(place, one)| all.get(at + place) == Some(&one))
}

fn abbreviates(all: &[char], at: usize) -> bool {
    at >= 3 && all[at - 1] == 'm' && all[at - 2] == '.' && matches!(all[at - 3], 'a' | 'p')
}

fn of_sentence(sentence: &Sentence, said: &Zoned, found: &mut Vec<Promised>) {
    if CHOICE.is_match(&sentence.words) || sentence.asks && sentence.clauses.len() == 1 {
        return;
    }
    // What follows an "if" at the beginning of a sentence hangs on it.
    let is_conditional = sentence.words.trim_start().starts_with("if ");
    let mut at = 0;
    while at < sentence.clauses.len() {
        let clause = &sentence.clauses[at];
        let words = clause.words.as_str();
        let mut to = clause;
        let mut when = english_time::read(words, said);
        let ours = WE_WILL.is_match(words) || WILL.is_match(words) || words.starts_with("and send ");
        let says =
            ours && ACT.is_match(words) || (GOES.is_match(words) || BARE.is_match(words)) && when.is_some();
        let next = sentence.clauses.get(at + 1);
        if says
            && when.is_none()
            && let Some(next) = next
            && !WE_WILL.is_match(&next.words)
            && let Some(later) = english_time::read(&next.words, said)
        {
            (when, to) = (Some(later), next);
            at += 1;
        }
        let is_past = matches!(when, Some(When::Until(until)) if until <= said.timestamp());
        let is_ours = says && !is_past && !NOT_OURS.is_match(words) && !PAST.is_match(words);
        if is_ours && !(is_conditional && NOT_OURS.is_match(&sentence.words)) {
            let due = match when {
                Some(When::Until(until)) => Some(until),
                Some(When::Hanging) | None => None,
            };
            found.push(Promised { span: span(clause, to), due });
        }
        at += 1;
    }
}
