//! A message of a chat, and which of several alike it is.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use pingxin_domain::chat::ChatSide;
use pingxin_domain::intake::{Field, IncomingChatMessage, IncomingRecord, IncomingRow, RowFailure};

use super::failure;
use super::reader::Reader;

/// The messages of a row, mostly one, as if each were the first of its kind in the file; [`ChatOrdinals`] counts on.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
    match reader.listed() {
        None => Ok(vec![message(reader)?]),
        Some(elements) if elements.is_empty() => {
            Err(failure::missing(reader, Field::SaidText, "消息", "messages"))
        }
        Some(elements) => elements.iter().map(message).collect(),
    }
}

fn message(reader: &Reader<'_>) -> Result<IncomingRecord, RowFailure> {
    let Some(at) = reader.instant(Field::SaidAt)? else {
        return Err(failure::missing(reader, Field::SaidAt, "发送时间", "time of the message"));
    };
    let Some(text) = reader.words(Field::SaidText)? else {
        return Err(failure::missing(reader, Field::SaidText, "消息内容", "words of the message"));
    };
    let speaker = reader.key(Field::SaidBy)?;
    let nick = reader.key(Field::BuyerNick)?;
    let side = side(reader, speaker.as_deref(), nick.as_deref());
    // A column of speakers may say 买家 instead of a name.
    let named = speaker.as_ref().filter(|speaker| ChatSide::from_code(speaker).is_none());
    let buyer_nick = nick.or_else(|| named.filter(|_| side == Some(ChatSide::Buyer)).cloned());
    Ok(IncomingRecord::Chat(IncomingChatMessage {
        order_number: reader.key(Field::OrderNumber)?,
        buyer_nick,
        side,
        speaker,
        at,
        text,
        ordinal: 0,
    }))
}

/// A column that says so wins; else the buyer's nick is the buyer, and `shop:agent` an account of the shop.
fn side(reader: &Reader<'_>, speaker: Option<&str>, nick: Option<&str>) -> Option<ChatSide> {
    let told = reader.get(Field::SaidSide).and_then(|value| ChatSide::from_code(value.text));
    told.or_else(|| {
        let speaker = speaker?;
        if nick == Some(speaker) {
            return Some(ChatSide::Buyer);
        }
        ChatSide::from_code(speaker).or_else(|| speaker.contains([':', '：']).then_some(ChatSide::Seller))
    })
}

/// Numbers messages that are alike: the buyer who sends "？" twice in a second has sent it twice. It must see the
/// rows of a file in their order, those that are skipped when an import goes on among them.
#[derive(Debug, Default)]
pub struct ChatOrdinals {
    /// Messages seen, by a hash of 128 bits; a file may have millions, so their words are not kept.
    seen: HashMap<(u64, u64), u32>,
}

impl ChatOrdinals {
    /// For the first row of a file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the ordinals of the chat messages of a row; other rows are left as they are.
    pub fn number(&mut self, row: &mut IncomingRow) {
        for record in &mut row.records {
            if let IncomingRecord::Chat(message) = record {
                let times = self.seen.entry(digest(message)).or_insert(0);
                message.ordinal = *times;
                *times = times.saturating_add(1);
            }
        }
    }
}

/// Of the conversation, the speaker, the instant and the words, as the identity of a message has them.
fn digest(message: &IncomingChatMessage) -> (u64, u64) {
    let conversation = message.order_number.as_ref().or(message.buyer_nick.as_ref());
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, conversation, &message.speaker, message.at.as_microsecond(), &message.text).hash(&mut hasher);
        hasher.finish()
    };
    (half(0), half(1))
}
