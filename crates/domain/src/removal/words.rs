//! Which word lists a comment is read with.

use std::sync::OnceLock;

use pingxin_language::Language;

use super::comment::Comment;
use super::list::Writing;
use super::terms::Terms;

/// A file that is read when it is first needed.
macro_rules! shipped {
    ($file:literal, $writing:ident) => {{
        static TERMS: OnceLock<Terms> = OnceLock::new();
        TERMS.get_or_init(|| {
            Terms::read($file, include_str!(concat!("terms/", $file, ".terms")), Writing::$writing)
                .expect("a test reads every shipped list")
        })
    }};
}

/// What Taobao and Tmall ask about, in Chinese.
pub(super) fn taobao() -> &'static Terms {
    shipped!("taobao", Han)
}

/// What eBay and AliExpress ask about, in English.
pub(super) fn ebay() -> &'static Terms {
    shipped!("ebay", Latin)
}

/// The languages with word lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Polish,
    Japanese,
    Chinese,
}

impl Tongue {
    const LATIN: [Self; 8] = [
        Self::English,
        Self::German,
        Self::French,
        Self::Spanish,
        Self::Italian,
        Self::Portuguese,
        Self::Dutch,
        Self::Polish,
    ];

    /// The word lists of a language.
    pub(super) fn terms(self) -> &'static Terms {
        match self {
            Self::English => shipped!("en", Latin),
            Self::German => shipped!("de", Latin),
            Self::French => shipped!("fr", Latin),
            Self::Spanish => shipped!("es", Latin),
            Self::Italian => shipped!("it", Latin),
            Self::Portuguese => shipped!("pt", Latin),
            Self::Dutch => shipped!("nl", Latin),
            Self::Polish => shipped!("pl", Latin),
            Self::Japanese => shipped!("ja", Han),
            Self::Chinese => shipped!("zh", Han),
        }
    }

    /// The lists for a comment: those of the language that reading has found; where it has found none, those that know most
    /// of its words. `None` when no list knows half of them.
    pub(super) fn of(language: Language, comment: &Comment) -> Option<Self> {
        match language {
            Language::Chinese => Some(Self::Chinese),
            Language::Japanese => Some(Self::Japanese),
            Language::English if comment.is_ascii() => Some(Self::English),
            Language::German => Some(Self::German),
            Language::French => Some(Self::French),
            Language::Spanish => Some(Self::Spanish),
            Language::Italian => Some(Self::Italian),
            Language::Portuguese => Some(Self::Portuguese),
            Language::English | Language::Undetermined => Self::guess(comment),
        }
    }

    fn guess(comment: &Comment) -> Option<Self> {
        let letters = comment.letters();
        let known = |tongue: Self| {
            let terms = tongue.terms();
            let mut spans: Vec<(usize, usize)> = Vec::new();
            for list in [
                "filler",
                "product",
                "late",
                "delivery",
                "misdelivery",
                "seller",
                "returns",
                "wrong",
                "parcel",
            ] {
                spans.extend(terms.find(list, comment, &[]));
            }
            comment.covered(&spans)
        };
        let (most, best) =
            Self::LATIN.into_iter().map(|tongue| (known(tongue), tongue)).max_by_key(|(of, _)| *of)?;
        (letters > 0 && most * 2 >= letters).then_some(best)
    }
}

#[cfg(test)]
mod tests {
    use super::super::profanity;
    use super::*;

    #[test]
    fn every_shipped_list_is_read() {
        for tongue in Tongue::LATIN.into_iter().chain([Tongue::Japanese, Tongue::Chinese]) {
            let found = tongue.terms().find(
                "product",
                &Comment::new("Motor motore motor moteur 质量 品質 silnik kwaliteit"),
                &[],
            );
            assert!(!found.is_empty(), "{tongue:?}");
        }
        assert!(taobao().holds("threat", &Comment::new("不退钱就差评"), &[]));
        assert!(ebay().holds("links", &Comment::new("see www.example.com"), &[]));
    }

    #[test]
    fn a_short_comment_finds_its_language() {
        for (text, tongue) in [
            ("Przesyłka spóźniona o dwa tygodnie", Tongue::Polish),
            ("Kwaliteit is heel slecht", Tongue::Dutch),
            ("too small", Tongue::English),
            ("Livré avec dix jours de retard", Tongue::French),
        ] {
            assert_eq!(Tongue::of(Language::Undetermined, &Comment::new(text)), Some(tongue), "{text}");
        }
        assert_eq!(Tongue::of(Language::Undetermined, &Comment::new("Хорошо 12345")), None);
    }

    #[test]
    fn every_pattern_of_every_shipped_list_can_be_built() {
        let tongues = Tongue::LATIN.into_iter().chain([Tongue::Japanese, Tongue::Chinese]);
        let others = [taobao(), ebay(), profanity::latin(), profanity::east()];
        for terms in tongues.map(Tongue::terms).chain(others) {
            assert!(terms.build_all() > 0, "{terms:?}");
        }
    }
}
