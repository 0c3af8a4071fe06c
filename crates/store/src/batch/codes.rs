//! The closed sets of words that imports are described in.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $member:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $member,)+
        }

        impl $name {
            /// The stored code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$member => $code,)+
                }
            }

            /// Reads a stored code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$member),)+
                    _ => None,
                }
            }
        }
    };
}

codes! {
    /// How far an import has come.
    BatchState {
        /// Kept, and nothing of it read into the store: its columns are being looked at.
        Draft = "draft",
        /// Waiting for its turn.
        Queued = "queued",
        /// Being read.
        Running = "running",
        /// Read to the end.
        Done = "done",
        /// Given up.
        Failed = "failed",
        /// Stopped by somebody.
        Cancelled = "cancelled",
        /// Being taken back.
        Undoing = "undoing",
        /// Taken back.
        Undone = "undone",
    }
}

codes! {
    /// What a file holds.
    ImportKind {
        /// Reviews.
        Reviews = "reviews",
        /// Orders.
        Orders = "orders",
        /// Both.
        Mixed = "mixed",
        /// Parcels, or the stations they were seen at.
        Shipments = "shipments",
        /// Refunds, returns, exchanges.
        AfterSales = "after_sales",
        /// Chats with buyers.
        Chats = "chats",
        /// Phone calls.
        Calls = "calls",
        /// Figures that a platform shows.
        Figures = "figures",
    }
}
