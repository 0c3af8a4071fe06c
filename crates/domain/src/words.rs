//! Closed sets of words that are read exactly as they are written: those of the contract and of policy packs. For codes
//! that files say in many ways see `intake/codes.rs`.

/// `words! { Name { Member = "word", … } }`: each member has one word, which serde writes and reads as well.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $member:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$what])* #[serde(rename = $word)] $member,)+ }

        impl $name {
            /// Every one there is, in order.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// Their words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Its word.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }

            /// The one that is written so.
            #[must_use]
            pub fn from_code(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$member),)+
                    _ => None,
                }
            }
        }
    };
}
pub(crate) use words;
