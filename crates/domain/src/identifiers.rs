//! Identities of things: newtypes over UUIDv7, so that a shop's id can never be handed in for a buyer's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What every identity type can do; lets one function make ids of any kind.
pub trait Identifier: Copy {
    /// Wraps a UUID as this kind of id.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID inside.
    fn uuid(self) -> Uuid;
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl Identifier for $name {
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

identifiers! {
    /// A script of a merchant's own.
    ScriptId,
    /// A message that an agent copied.
    ClaimId,
    /// A merchant (one company with its shops and people); the first part of every key.
    TenantId,
    /// A person who signs in.
    UserId,
    /// One shop on one platform.
    ShopId,
    /// A buyer as one shop knows him.
    BuyerId,
    /// An order of a shop.
    OrderId,
    /// A product as the reviews of one shop tell of it.
    ProductId,
    /// A note on a buyer.
    BuyerNoteId,
    /// A review, seller feedback or follow-up.
    ReviewId,
    /// What a person says of a review where the machine read it wrongly.
    CorrectionId,
    /// What several reviews show together.
    PatternGroupId,
    /// One training of text models.
    TrainingId,
    /// A photo or video as it is kept.
    MediaFileId,
    /// A parcel, after-sale, chat message, call or figure.
    RecordId,
    /// One import of one file.
    BatchId,
    /// A named way to read a file.
    ProfileId,
    /// A case 跟进单.
    CaseId,
    /// A contact attempt 跟进记录.
    AttemptId,
    /// A question to another department.
    TaskId,
    /// A promise 待回复约定 to a buyer.
    PromiseId,
    /// A handover 交接班 from one shift to the next.
    HandoverId,
    /// A compensation 赔付 of a buyer.
    CompensationId,
    /// An incentive 绩效奖励 of an agent.
    IncentiveId,
    /// Something that goes out of the desk.
    OutgoingId,
    /// A text that waits for a second person.
    HoldId,
    /// A text that the guard was wrong about.
    AlarmId,
    /// A tag that people put on reviews.
    TagId,
    /// A saved view of a list.
    ViewId,
    /// A bulk action.
    BulkId,
    /// A job of the background queue.
    JobId,
    /// A signed-in session.
    SessionId,
    /// An invitation into the team.
    InvitationId,
    /// A token for programs.
    TokenId,
    /// A team of people.
    TeamId,
    /// A shift or absence of a roster.
    ShiftId,
    /// A removal request.
    RemovalId,
    /// A file added by hand to the evidence of a review.
    EvidenceId,
    /// A rule of automation.
    RuleId,
    /// Something that happened and that rules look at.
    HappeningId,
    /// One run of a rule.
    RunId,
    /// A saved sequence of actions.
    MacroId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_prints() {
        let id = ShopId::from_uuid(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse::<ShopId>().unwrap(), id);
        assert!("not an id".parse::<ShopId>().is_err());
    }

    #[test]
    fn is_a_plain_string_in_json() {
        let id = CaseId::from_uuid(Uuid::from_u128(9));
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{id}\""));
    }
}
