//! Closed sets of words: a code that is stored, and the words by which files say it.

/// `codes! { Name { Member = "code" | "another word" | …, } }`: the first word is the code that is stored and shown by
/// the API; the others are read as well, without regard to case and surrounding blanks.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $code:literal $(| $word:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $member,)+
        }

        impl $name {
            /// Every one there is.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The stored code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$member => $code,)+
                }
            }

            /// Reads a code, or a word that files use for it.
            #[must_use]
            pub fn from_code(text: &str) -> Option<Self> {
                match text.trim().to_lowercase().as_str() {
                    $($code $(| $word)* => Some(Self::$member),)+
                    _ => None,
                }
            }

            /// Every code and word, for the test that reads them all.
            #[cfg(test)]
            pub(crate) fn words() -> Vec<(&'static str, Self)> {
                vec![$(($code, Self::$member), $(($word, Self::$member),)*)+]
            }
        }
    };
}
pub(crate) use codes;

#[cfg(test)]
mod tests {
    use crate::after_sale::{AfterSaleKind, AfterSaleState};
    use crate::aftersales::{Approval, Check, Decision, Freight, OrderStage, Problem, Request, ReturnRight};
    use crate::cadence::{ContactChannel, StopReason};
    use crate::call::{CallDirection, CallResult};
    use crate::chat::{ChatManner, ChatSide};
    use crate::compensation::{Benefit, SignOff};
    use crate::figure::{FigureName, FigureUnit};
    use crate::media::{MediaKind, MediaType};
    use crate::playbook::{Ban, Owner, StepCode};
    use crate::rating::{OrderMeasure, OrderPart};
    use crate::shipment::ShipmentState;

    #[test]
    fn every_code_and_word_reads_back() {
        macro_rules! read_back {
            ($($name:ident),+) => {$(
                for (word, member) in $name::words() {
                    assert_eq!($name::from_code(&format!(" {} ", word.to_uppercase())), Some(member), "{word}");
                }
                for member in $name::ALL {
                    let code = member.code();
                    assert_eq!(serde_json::to_string(member).unwrap(), format!("\"{code}\""));
                }
            )+};
        }
        read_back!(
            AfterSaleKind,
            AfterSaleState,
            Approval,
            Ban,
            Benefit,
            CallDirection,
            CallResult,
            ChatManner,
            ChatSide,
            Check,
            ContactChannel,
            Decision,
            FigureName,
            FigureUnit,
            Freight,
            MediaKind,
            MediaType,
            OrderMeasure,
            OrderPart,
            OrderStage,
            Owner,
            Problem,
            Request,
            ReturnRight,
            ShipmentState,
            SignOff,
            StepCode,
            StopReason
        );
    }
}
