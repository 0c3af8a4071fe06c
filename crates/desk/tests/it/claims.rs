//! Messages that an agent copied: claimed, then confirmed by the chat log that tells of them, and claimed again when that log
//! is taken back.

use jiff::Timestamp;
use pingxin_desk::cases::{self, MessageRequest};
use pingxin_desk::scripts::{self, LibraryFilter};
use pingxin_desk::{DeskError, claims, guard};
use pingxin_domain::Role;
use pingxin_domain::chat::ChatSide;
use pingxin_domain::guard::Channel;
use pingxin_domain::intake::{IncomingChatMessage, IncomingRecord};
use pingxin_domain::script::ScriptLanguage;
use pingxin_store::case::{CaseFilter, EventKind, Sort};

use crate::bench::{benches, row};
use crate::cases::person;
use crate::reading::work_off;
use crate::undo::{of_order, take, undo, with_records};

fn said(at: Timestamp, text: &str) -> IncomingRecord {
    IncomingRecord::Chat(IncomingChatMessage {
        order_number: Some("A1".to_owned()),
        buyer_nick: None,
        side: Some(ChatSide::Seller),
        speaker: Some("店:小林".to_owned()),
        at,
        text: text.to_owned(),
        ordinal: 0,
    })
}

#[tokio::test]
async fn a_chat_log_confirms_what_was_claimed() {
    for bench in benches().await {
        let desk = &bench.desk;
        take(&bench, vec![row(2, None, vec![of_order("R1", 1, "穿了两天就开线，太差了")])]).await;
        let found =
            cases::list(desk, &bench.scope, &CaseFilter::default(), Sort::Oldest, None, 5).await.unwrap();
        let case = found.0.rows[0].id;
        let agent = person(&bench, "lin", Role::Agent).await;
        let request = |text: &str| MessageRequest {
            language: Some(ScriptLanguage::Chinese),
            script: Some("first.quality".to_owned()),
            ..MessageRequest::of(Channel::Chat, text)
        };
        let open = cases::log_message(desk, &agent, case, &request("您好，{{ by }}前答复您")).await;
        assert!(
            matches!(open, Err(DeskError::Refused(say)) if say.en.contains("by") && say.zh.contains("最晚时间"))
        );
        let text = "您好，很抱歉衣服开线了，方便拍张照片给我看看吗？";
        cases::log_message(desk, &agent, case, &request(text)).await.unwrap();
        let confirmed = async || {
            let all = claims::of_case(desk, &bench.scope, case).await.unwrap();
            all.iter().map(|claim| claim.confirmed_at).collect::<Vec<_>>()
        };
        assert_eq!(confirmed().await, [None]);
        // Another text, and the same one a week before, confirm nothing; the text as a chat client writes it does.
        let now = desk.store.clock().now();
        let (week, minute) = (jiff::SignedDuration::from_hours(7 * 24), jiff::SignedDuration::from_mins(2));
        let sent = now + minute;
        let log = take(
            &bench,
            vec![
                with_records(2, vec![said(now - week, text)]),
                with_records(3, vec![said(sent, "好的，马上查")]),
                with_records(4, vec![said(sent, "您好,很抱歉衣服开線了  方便拍张照片给我看看吗?")]),
            ],
        )
        .await;
        guard::chats::catch_up(desk).await.unwrap();
        work_off(&bench).await;
        assert_eq!(confirmed().await, [Some(sent)]);
        let view = cases::get(desk, &bench.scope, case).await.unwrap();
        let events = view.detail.events.iter().filter(|event| event.kind == EventKind::MessageConfirmed);
        assert_eq!(events.count(), 1);
        let filter = LibraryFilter { words: Some("first.quality".to_owned()), ..LibraryFilter::default() };
        let used = scripts::library(desk, &bench.scope, &filter).await.unwrap()[0].used.clone().unwrap();
        assert_eq!((used.used, used.cases, used.ended), (1, 1, 0));
        assert!(scripts::uses(desk, &bench.scope, "first.quality").await.unwrap()[0].is_confirmed);
        undo(&bench, log).await;
        assert_eq!(confirmed().await, [None], "a log that is taken back confirms nothing");
    }
}
