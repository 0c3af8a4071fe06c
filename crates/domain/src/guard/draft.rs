//! An outgoing text and what is known around it.

use crate::shop::{Object, Platform};
use crate::words::words;

words! {
    /// The way a text goes out, or the place where it is kept.
    Channel {
        /// The platform's own messages.
        PlatformMessage = "platform_message",
        /// The answer under a review, for everybody to read.
        PublicReply = "public_reply",
        /// A text message to a phone.
        Sms = "sms",
        /// An e-mail.
        Email = "email",
        /// What an agent says on the phone.
        PhoneScript = "phone_script",
        /// A live chat, or a chat among colleagues.
        Chat = "chat",
        /// A note on a case, for colleagues.
        Note = "note",
        /// An order to colleagues.
        Task = "task",
        /// A request to write a review.
        Invitation = "invitation",
        /// A card in the parcel.
        ParcelCard = "parcel_card",
        /// A post of the shop.
        SocialPost = "social_post",
        /// A request to the platform to remove a review; the text is the buyer's.
        RemovalRequest = "removal_request",
        /// A setting of the shop's own site.
        ModerationConfig = "moderation_config",
    }
}

words! {
    /// How far the talk with the buyer has come.
    Stage {
        /// Nothing was said before.
        First = "first",
        /// The matter is open.
        FollowUp = "follow_up",
        /// The buyer's problem is solved.
        AfterResolution = "after_resolution",
    }
}

words! {
    /// Who wrote the text.
    Author {
        /// A person.
        Human = "human",
        /// A machine.
        Bot = "bot",
    }
}

words! {
    /// What the sender says a text is for.
    Class {
        /// About an order of the buyer.
        Service = "service",
        /// To sell something.
        Marketing = "marketing",
    }
}

impl Channel {
    /// Whether the text reaches a buyer or the public, rather than colleagues, the platform or a machine.
    #[must_use]
    pub fn goes_out(self) -> bool {
        !matches!(self, Self::Note | Self::Task | Self::RemovalRequest | Self::ModerationConfig)
    }

    /// Whether it is a message to one buyer.
    #[must_use]
    pub fn is_message(self) -> bool {
        matches!(
            self,
            Self::PlatformMessage
                | Self::Sms
                | Self::Email
                | Self::PhoneScript
                | Self::Chat
                | Self::Invitation
        )
    }
}

/// What is known around a text. Nothing is assumed where a fact is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts<'a> {
    /// Whether the review's stars or verdict are bad.
    pub rated_bad: Option<bool>,
    /// How often the buyer was already asked to change or remove the review.
    pub prior_asks: Option<u32>,
    /// How often the buyer was contacted on this channel today.
    pub contacts_today: Option<u32>,
    /// The buyer was asked today to change or remove the review.
    pub asked_today: Option<bool>,
    /// The buyer was given money or another benefit today.
    pub compensated_today: Option<bool>,
    /// The buyer does not want to be contacted.
    pub opt_out: Option<bool>,
    /// The text tells of a step of the buyer's own order.
    pub transactional: Option<bool>,
    /// The text answers a message of the buyer.
    pub reply_to_buyer: Option<bool>,
    /// The buyer agreed to receive advertising.
    pub consent: Option<bool>,
    /// The buyer's clock, in minutes since midnight.
    pub local_minute: Option<u16>,
    /// Whole days since the order was completed.
    pub days_since_completion: Option<i64>,
    /// Whole days since the earliest promised delivery.
    pub days_since_earliest_delivery: Option<i64>,
    /// How many requests for a review the order has already had.
    pub solicitations_sent: Option<u32>,
    /// The buyer's language, ISO 639-1.
    pub buyer_lang: Option<&'a str>,
    /// Who wrote the text.
    pub author: Option<Author>,
    /// The ground of a removal request, as the pack names it.
    pub ground: Option<&'a str>,
    /// The shop writes of its own accord.
    pub proactive: Option<bool>,
    /// What the sender says the text is for.
    pub class: Option<Class>,
}

/// One outgoing text before it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft<'a> {
    /// The words.
    pub text: &'a str,
    /// Where the shop stands.
    pub platform: Option<Platform>,
    /// The way it goes out.
    pub channel: Option<Channel>,
    /// What the buyer left.
    pub object: Option<Object>,
    /// How far the talk has come.
    pub stage: Option<Stage>,
    /// The buyer's country, ISO 3166; `UK` is read as `GB`.
    pub market: Option<&'a str>,
    /// The most characters it may have, where the tenant or the place says so.
    pub limit: Option<u32>,
    /// What else is known.
    pub facts: Facts<'a>,
}

impl<'a> Draft<'a> {
    /// A text of which nothing else is known.
    #[must_use]
    pub fn of_text(text: &'a str) -> Self {
        Self {
            text,
            platform: None,
            channel: None,
            object: None,
            stage: None,
            market: None,
            limit: None,
            facts: Facts::default(),
        }
    }

    /// Whether the shop stands on one of Amazon's markets.
    #[must_use]
    pub fn on_amazon(&self) -> bool {
        matches!(self.platform, Some(Platform::Amazon(_)))
    }

    /// Whether it goes by this channel.
    #[must_use]
    pub fn by(&self, channels: &[Channel]) -> bool {
        self.channel.is_some_and(|channel| channels.contains(&channel))
    }

    /// Whether a buyer or the public may read it: unknown channels are taken to reach them.
    #[must_use]
    pub fn goes_out(&self) -> bool {
        self.channel.is_none_or(Channel::goes_out)
    }

    /// Whether Chinese consumer law applies: a buyer in China, or a platform of China where no market is named.
    #[must_use]
    pub fn in_china(&self) -> bool {
        match self.market {
            Some(market) => market.eq_ignore_ascii_case("cn"),
            None => matches!(self.platform, Some(Platform::Taobao | Platform::Tmall | Platform::Jd)),
        }
    }
}
