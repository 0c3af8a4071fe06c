//! Chats as text files.

use encoding_rs::GB18030;
use pingxin_channels::files::columns::FileKind;
use pingxin_channels::files::{Format, Limits, ParseRequest};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::intake::IncomingRecord;
use proptest::prelude::*;

use crate::support::{Read, read, request, shanghai, small, try_read};

const BRACKETED: &str = "订单编号：1234567890123456789\r\n买家：t_小王\r\n==============\r\n日期: 2026-10-01\r\n\r\nt_小王(2026-10-01 12:03:44):\r\n在吗\r\n\r\n想问一下尺码\r\n猫咪之家:小美(2026-10-01 12:04:02):\r\n亲，在的，\r\n请说\r\n-----------------\r\nt_小王（2026/10/1 12:05:00）：\r\n？\r\n";

fn expect_chat(read: &Read, format: Format) {
    assert_eq!(read.header().format, format);
    assert_eq!(read.header().columns, ["时间", "发送人", "内容", "买家", "订单编号"]);
    assert!(read.failures.is_empty(), "{:?}", read.failures);
    assert_eq!(read.guess().kind, Some(FileKind::Chats));
}

#[test]
fn a_chat_with_its_buyer_and_order() {
    for (bytes, encoding) in [
        (BRACKETED.as_bytes().to_vec(), "utf-8"),
        (format!("\u{feff}{BRACKETED}").into_bytes(), "utf-8"),
        (GB18030.encode(BRACKETED).0.into_owned(), "gb18030"),
    ] {
        let read = read(&bytes);
        expect_chat(&read, Format::Text);
        assert_eq!(read.header().encoding, encoding);
        assert_eq!(read.bytes_read, bytes.len() as u64);
        let words: Vec<&str> = read.rows.iter().map(|row| row.cells[2].as_str()).collect();
        assert_eq!(words, ["在吗\n\n想问一下尺码", "亲，在的，\n请说", "？"]);
        assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [6, 10, 14]);
        let (rows, failures) = read.convert(shanghai());
        assert!(failures.is_empty(), "{failures:?}");
        let sides: Vec<_> = rows
            .iter()
            .map(|row| match &row.records[0] {
                IncomingRecord::Chat(message) => {
                    assert_eq!(message.buyer_nick.as_deref(), Some("t_小王"));
                    assert_eq!(message.order_number.as_deref(), Some("1234567890123456789"));
                    message.side
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(sides, [Some(ChatSide::Buyer), Some(ChatSide::Seller), Some(ChatSide::Buyer)]);
    }
}

#[test]
fn other_layouts() {
    for text in [
        "t_小王  2026-10-01 12:03:44\n在吗\n猫咪之家:小美  2026-10-01 12:04:02\n在的\n",
        "2026-10-01 12:03:44 t_小王\n在吗\n2026-10-01 12:04:02 猫咪之家:小美\n在的\n",
        "2026/10/01 12:03:44 t_小王：\n在吗\n\n2026/10/01 12:04:02 猫咪之家:小美：\n在的\n",
        "t_小王(2026-10-01 12:03:44): 在吗\n猫咪之家:小美(2026-10-01 12:04:02): 在的\n",
        "t_小王(2026-10-01 12:03:44): 在吗\n猫咪之家:小美(2026-10-01 12:04:02):\n在的\n",
    ] {
        let read = read(text);
        expect_chat(&read, Format::Text);
        let cells: Vec<[&str; 3]> =
            read.rows.iter().map(|row| [1, 2, 3].map(|index| row.cells[index].as_str())).collect();
        assert_eq!(
            cells,
            [["t_小王", "在吗", "t_小王"], ["猫咪之家:小美", "在的", "t_小王"]],
            "the one who is no account of the shop is the buyer: {text}"
        );
        let (rows, failures) = read.convert(shanghai());
        assert!(failures.is_empty(), "{failures:?}");
        let IncomingRecord::Chat(message) = &rows[0].records[0] else { panic!("no chat") };
        assert_eq!(message.at.to_string(), "2026-10-01T04:03:44Z");
    }
}

#[test]
fn words_with_commas_do_not_make_a_table() {
    let read = read("t1(2026-10-01 12:03:44): 在吗,价格\na:b(2026-10-01 12:04:02): 不贵,价格\n");
    assert_eq!((read.header().format, read.rows[0].cells[2].as_str()), (Format::Text, "在吗,价格"));
}

#[test]
fn several_conversations_in_one_file() {
    let read = read(
        "买家：t_小王\n订单编号：1001\n----\nt_小王(2026-10-01 12:00:00):\n在吗\n小店:小美(2026-10-01 12:00:01):\n在\n=====\n买家：x_小李\n----\nx_小李(2026-10-02 12:00:00):\n你好\n----\n买家：这句是话 不是头\n",
    );
    let with: Vec<(&str, &str)> =
        read.rows.iter().map(|row| (row.cells[3].as_str(), row.cells[4].as_str())).collect();
    assert_eq!(with, [("t_小王", "1001"), ("t_小王", "1001"), ("x_小李", "")]);
    assert_eq!(read.rows[2].cells[2], "你好\n买家：这句是话 不是头", "words are not lost");
}

#[test]
fn tables_stay_tables() {
    for (text, columns) in [
        ("时间,发送人,内容\n2026-10-01 12:03:44,t_小王,在吗\n2026-10-01 12:03:45,t_小王,在吗\n", 3),
        ("时间\t发送人\t内容\n2026-10-01 12:03:44\tt_小王\t在吗\n", 3),
        ("评价内容\n2026-10-01 12:03:44 很好\n2026-10-02 12:03:44 一般\n", 1),
        ("评价内容,评价时间\n好,2026-10-01 12:03:44\n坏,2026-10-01 12:03:45\n", 2),
    ] {
        let read = read(text);
        assert_ne!(read.header().format, Format::Text, "{text}");
        assert_eq!(read.header().columns.len(), columns, "{text}");
    }
    let given = ParseRequest { delimiter: Some('\t'), ..request() };
    assert_eq!(try_read(BRACKETED, &given).unwrap().header().format, Format::Tsv);
}

#[test]
fn bounds_and_broken_bytes_cost_one_message() {
    let limits = ParseRequest { limits: Limits { cell_characters: 30, ..small() }, ..request() };
    let head = |second: u32| format!("t_小王(2026-10-01 12:00:{second:02}):\n");
    for (letters, failed) in [(30, 0), (31, 1), (5_000, 1)] {
        let text = format!("{}{}\n{}好\n", head(1), "字".repeat(letters), head(2));
        let read = try_read(text, &limits).unwrap();
        assert_eq!((read.failures.len(), read.rows.len()), (failed, 2 - failed), "{letters}");
    }
    let mut bytes = format!("{}很好很好\n{}坏", head(1), head(2)).into_bytes();
    bytes.extend_from_slice(b"\xff\n");
    bytes.extend_from_slice(format!("{}很好很好\n", head(3)).as_bytes());
    let read = read(&bytes);
    assert_eq!((read.rows.len(), read.failures[0].line), (2, 3));
    assert_eq!(read.failures[0].column.as_deref(), Some("内容"));
    assert_eq!(read.failed_cells[0][1], "t_小王");
    // In the head as well: the message fails, and none of it falls to its neighbour.
    let mut bytes = format!("{}很好很好\n", head(1)).into_bytes();
    bytes.extend_from_slice(b"t_\xff\xe5\xb0\x8f(2026-10-01 12:00:02):\nlost\n");
    bytes.extend_from_slice(format!("{}很好很好\n", head(3)).as_bytes());
    let read = crate::support::read(&bytes);
    assert_eq!((read.rows.len(), read.failures[0].line), (2, 3));
    assert_eq!(read.failed_cells[0][2], "lost");
}

proptest! {
    #[test]
    fn any_chat_is_read_whole(messages in prop::collection::vec("[a-z好？ ]{1,12}[a-z好]", 2..12)) {
        let text: String = messages
            .iter()
            .enumerate()
            .map(|(index, words)| format!("t{index}(2026-10-01 12:00:{:02}):\n{words}\n", index % 60))
            .collect();
        let read = read(&text);
        let words: Vec<&str> = read.rows.iter().map(|row| row.cells[2].as_str()).collect();
        prop_assert_eq!(words, messages.iter().map(|words| words.trim_end()).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..120), places in prop::collection::vec(any::<prop::sample::Index>(), 1..4)) {
        for place in places {
            let at = place.index(bytes.len() + 1);
            bytes.splice(at..at, "\nt_小王(2026-10-01 12:03:44):\n".bytes());
        }
        let _ = try_read(&bytes, &request());
        let _ = try_read(&bytes, &ParseRequest { limits: small(), ..request() });
    }
}
