//! Parcels, after-sales, chats, calls and figures: told by their headers, and typed.

use pingxin_channels::files::columns::{FileKind, guess, parse_overrides};
use pingxin_channels::files::convert::{ChatOrdinals, Context, Converter};
use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::figure::FigureUnit;
use pingxin_domain::intake::{
    Field, IncomingAfterSale, IncomingCall, IncomingChatMessage, IncomingFigure, IncomingRecord, IncomingRow,
    RowFailure,
};
use pingxin_domain::media::MediaKind;
use pingxin_domain::shipment::ShipmentState;
use proptest::prelude::*;

use crate::support::{Read, read, request, shanghai, try_read};

fn typed(text: &str, kind: FileKind) -> Vec<IncomingRecord> {
    let read = read(text);
    let mapping = read.guess();
    assert_eq!(mapping.kind, Some(kind), "{mapping:#?}");
    let (rows, failures) = read.convert(shanghai());
    assert!(failures.is_empty(), "{failures:?}");
    assert!(rows.iter().all(|row| row.order.is_none() && row.reviews.is_empty() && !row.records.is_empty()));
    rows.into_iter().flat_map(|row| row.records).collect()
}

fn failed(text: &str) -> Vec<RowFailure> {
    let (_, failures) = read(text).convert(shanghai());
    for failure in &failures {
        let (zh, en) = (&failure.reason.zh, &failure.reason.en);
        assert!(zh.chars().any(|letter| letter >= '\u{4e00}') && en.ends_with('.'), "{zh} {en}");
    }
    failures
}

fn chats(text: &str) -> Vec<IncomingChatMessage> {
    let message = |record| if let IncomingRecord::Chat(message) = record { Some(message) } else { None };
    typed(text, FileKind::Chats).into_iter().filter_map(message).collect()
}

fn calls(text: &str) -> Vec<IncomingCall> {
    let call = |record| if let IncomingRecord::Call(call) = record { Some(call) } else { None };
    typed(text, FileKind::Calls).into_iter().filter_map(call).collect()
}

fn after_sales(text: &str) -> Vec<IncomingAfterSale> {
    let one = |record| if let IncomingRecord::AfterSale(one) = record { Some(*one) } else { None };
    typed(text, FileKind::AfterSales).into_iter().filter_map(one).collect()
}

fn figures(text: &str) -> Vec<IncomingFigure> {
    let one = |record| if let IncomingRecord::Figure(one) = record { Some(one) } else { None };
    typed(text, FileKind::Figures).into_iter().filter_map(one).collect()
}

#[test]
fn parcels_with_where_they_are() {
    let all = typed(
        "订单编号,物流公司,运单号,物流状态,发货时间,签收时间\n\
         =\"1001\",顺丰速运,=\"SF100\",已签收,2026-10-01 09:00:00,2026-10-03 10:00:00\n\
         1002,中通快递,ZT200,运输中,2026-10-02 09:00:00,\n\
         1003,中通快递,ZT201,飞走了,,\n",
        FileKind::Shipments,
    );
    let IncomingRecord::Shipment(first) = &all[0] else { panic!("no parcel") };
    assert_eq!((first.tracking_number.as_str(), first.order_number.as_deref()), ("SF100", Some("1001")));
    assert_eq!((first.state, first.carrier.as_deref()), (Some(ShipmentState::Delivered), Some("顺丰速运")));
    assert_eq!(first.delivered.unwrap().to_string(), "2026-10-03T02:00:00Z");
    let states: Vec<_> = all
        .iter()
        .map(|record| if let IncomingRecord::Shipment(parcel) = record { parcel.state } else { None })
        .collect();
    assert_eq!(states, [Some(ShipmentState::Delivered), Some(ShipmentState::InTransit), None]);
}

#[test]
fn stations_of_parcels() {
    let all = typed(
        "运单号,时间,物流轨迹\nSF100,2026-10-01 12:00:00,【杭州市】快件已揽收\nSF100,2026-10-03 10:00:00,已签收\n",
        FileKind::Shipments,
    );
    let IncomingRecord::Trace(last) = &all[1] else { panic!("no station") };
    assert_eq!((all.len(), last.state, last.text.as_str()), (2, Some(ShipmentState::Delivered), "已签收"));
    assert_eq!(last.at.to_string(), "2026-10-03T02:00:00Z");
    let english = typed(
        "tracking_number,carrier,status_time,status_desc,action\nSF1,SF Express,2026-10-01 12:00:00,Picked up at the shop,ACCEPT\n",
        FileKind::Shipments,
    );
    assert_eq!(english.len(), 2, "a station, and the parcel with its carrier");
    let IncomingRecord::Trace(trace) = &english[1] else { panic!("no station") };
    assert_eq!(trace.state, Some(ShipmentState::PickedUp));
    for text in [
        "运单号,时间,描述\nSF1,2026-10-01 12:00:00,快件到达杭州\n",
        "tracking_number,time,description\nSF1,2026-10-01 12:00:00,Arrived\n",
    ] {
        assert!(matches!(typed(text, FileKind::Shipments).as_slice(), [IncomingRecord::Trace(_)]), "{text}");
    }
    let packing = read("订单编号,运单号,收货人,日期,说明\n1,SF1,李四,2026-10-01,易碎\n").guess();
    assert_eq!(packing.kind, Some(FileKind::Orders));
    assert_eq!(failed("运单号,时间,物流轨迹\n,2026-10-01,揽收\nSF1,,揽收\n").len(), 2);
}

#[test]
fn a_parcel_with_its_stations_and_a_chat_with_its_messages_in_json() {
    let all = typed(
        r#"{"logistics_trace_search_response":{"out_sid":"SF100","company_name":"顺丰速运","tid":2189012345678901234,"status":"已签收","trace_list":{"transit_step_info":[{"status_time":"2026-10-01 12:00:00","status_desc":"快件已揽收","action":"GOT"},{"status_time":"2026-10-03 10:00:00","status_desc":"签收"}]}}}"#,
        FileKind::Shipments,
    );
    let [IncomingRecord::Shipment(parcel), IncomingRecord::Trace(first), IncomingRecord::Trace(last)] =
        all.as_slice()
    else {
        panic!("{all:?}")
    };
    assert_eq!(parcel.order_number.as_deref(), Some("2189012345678901234"));
    assert_eq!(
        (parcel.state, first.state, last.state),
        (Some(ShipmentState::Delivered), None, Some(ShipmentState::Delivered))
    );
    let messages = chats(
        r#"{"order_id":"1","buyer":"t1","messages":[{"time":"2026-10-01 12:00:00","from":"t1","text":"在吗"},{"time":"2026-10-01 12:00:05","from":"s:a","text":"在"}]}"#,
    );
    assert_eq!(messages.len(), 2);
    assert_eq!((messages[0].side, messages[1].side), (Some(ChatSide::Buyer), Some(ChatSide::Seller)));
    assert!(messages.iter().all(|message| message.order_number.as_deref() == Some("1")));
    let order = read(
        r#"{"order_id":"1","status":"shipped","purchased":"2026-10-01","messages":[{"time":"2026-10-01 12:00:00","from":"t1","text":"在吗"}]}"#,
    );
    assert_eq!(order.guess().kind, Some(FileKind::Orders));
    assert_eq!(
        failed(r#"{"order_id":"1","buyer":"t1","messages":[{"time":"","from":"t1","text":"a"}]}"#).len(),
        1
    );
}

#[test]
fn a_list_of_refunds() {
    let all = after_sales(
        "订单编号,退款编号,订单付款时间,买家会员名,买家实际支付金额,宝贝标题,买家退款金额,退款类型,退款的申请时间,退款状态,货物状态,发货物流单号,退货物流单号,退货物流公司,买家退款原因,买家退款说明,完结时间\n\
         =\"1001\",=\"R9001\",2026-10-01 10:00:00,t**1,129.00,连衣裙,¥59.90,退货退款,2026-10-05 09:00:00,退款成功,买家已退货,SF1,YT77,圆通速递,质量问题,穿了两天就开线,2026-10-08 09:00:00\n\
         1002,R9002,,x**2,59.00,袜子,12,仅退款,2026-10-05,买家已经申请退款，等待卖家同意,,,,,,,\n"
            .replace("买家已经申请退款，等待卖家同意", "\"买家已经申请退款，等待卖家同意\"")
            .as_str(),
    );
    let first = &all[0];
    assert_eq!((first.platform_id.as_deref(), first.order_number.as_deref()), (Some("R9001"), Some("1001")));
    assert_eq!((first.kind, first.state), (Some(AfterSaleKind::Return), Some(AfterSaleState::Done)));
    assert_eq!(first.amount.unwrap().minor, 5_990);
    assert_eq!(
        (first.tracking_number.as_deref(), first.carrier.as_deref()),
        (Some("YT77"), Some("圆通速递"))
    );
    assert_eq!(
        (first.reason.as_deref(), first.explanation.as_deref()),
        (Some("质量问题"), Some("穿了两天就开线"))
    );
    assert_eq!(first.requested.unwrap().to_string(), "2026-10-05T01:00:00Z");
    assert_eq!(first.resolved.unwrap().to_string(), "2026-10-08T01:00:00Z");
    assert_eq!((first.buyer.nick.as_deref(), first.quantity), (Some("t**1"), 1));
    assert_eq!((all[1].kind, all[1].state), (Some(AfterSaleKind::Refund), Some(AfterSaleState::Requested)));
    let english = after_sales(
        "order_id,return_reason,refund_amount,requested_at,status\n1001,Too small,9.90,2026-10-05,pending\n",
    );
    assert_eq!(
        (english[0].reason.as_deref(), english[0].state),
        (Some("Too small"), Some(AfterSaleState::Requested))
    );
    assert!(failed("退款编号,订单编号,退款金额\n,,5\n")[0].reason.en.contains("no order number"));
    assert_eq!(failed("退款编号,退款金额\nR1,很多\n")[0].column.as_deref(), Some("退款金额"));
}

#[test]
fn an_export_of_orders_stays_one_whatever_else_it_holds() {
    for text in [
        "订单编号,订单状态,下单时间,实付金额,物流公司,运单号,物流状态\n1,交易成功,2026-10-01,1.00,顺丰,SF1,已签收\n",
        "订单编号,订单状态,下单时间,实付金额,售后状态,退款金额\n1,交易成功,2026-10-01,1.00,退款成功,1.00\n",
        "订单编号,订单状态,下单时间,备注,原因,类型\n1,交易成功,2026-10-01,急,无,普通\n",
        "订单编号,物流公司,运单号,发货时间\n1,顺丰,SF1,2026-10-01\n",
        "订单号,商品名称,数量,快递公司,快递单号,物流状态,收货人\n1,袜子,2,顺丰,SF1,已签收,李四\n",
        "order_id,status,purchased,from,content\n1,shipped,2026-10-01,web,\n",
        "order_id,order_status,paid_amount,refund_amount,reason\n1,shipped,5,0,\n",
    ] {
        let mapping = read(text).guess();
        assert_eq!(mapping.kind, Some(FileKind::Orders), "{text}{mapping:#?}");
        assert!(
            mapping.column_of(Field::AfterSaleState).is_none() && mapping.column_of(Field::Reason).is_none()
        );
    }
}

#[test]
fn words_of_reviews_are_no_chats() {
    for text in [
        "时间,内容,评分\n2026-10-01,好,5\n",
        "time,text,rating,from\n2026-10-01,good,5,China\n",
        "时间,内容,昵称,原因,状态,备注\n2026-10-01,质量不好,t**1,质量,已处理,无\n",
        "评价时间,评价内容,用户,类型\n2026-10-01,好,t**1,普通\n",
    ] {
        assert_eq!(read(text).guess().kind, Some(FileKind::Reviews), "{text}");
    }
}

#[test]
fn who_speaks_in_a_chat() {
    let all = chats(
        "order_id,buyer,time,from,text\n\
         1001,t_小王,2026-10-01 12:03:44,t_小王,在吗\n\
         1001,t_小王,2026-10-01 12:03:50,猫咪之家:小美,亲，在的\n\
         1001,t_小王,2026-10-01 12:04:00,小二,您好\n",
    );
    let sides: Vec<_> = all.iter().map(|message| message.side).collect();
    assert_eq!(sides, [Some(ChatSide::Buyer), Some(ChatSide::Seller), None]);
    assert!(all.iter().all(|message| message.buyer_nick.as_deref() == Some("t_小王")));
    assert_eq!((all[0].text.as_str(), all[0].at.to_string().as_str()), ("在吗", "2026-10-01T04:03:44Z"));
    let told = chats(
        "时间,发送人,发送方身份,消息内容\n2026-10-01 12:03:44,猫咪之家:小美,买家,在吗\n2026-10-01 12:03:45,系统,,订单已发货\n",
    );
    assert_eq!(told[0].side, Some(ChatSide::Buyer), "a column that says so wins");
    assert_eq!(told[0].buyer_nick.as_deref(), Some("猫咪之家:小美"));
    assert_eq!((told[1].side, told[1].buyer_nick.as_deref()), (Some(ChatSide::System), None));
    assert_eq!(failed("时间,发送人,消息内容\n,t1,好\n2026-10-01,t1,\n").len(), 2);
}

#[test]
fn a_message_sent_twice_is_two_messages() {
    let text = "订单编号,发送时间,发送人,消息内容\n\
        1,2026-10-01 12:00:00,t1,？\n1,2026-10-01 12:00:00,t1,？\n1,2026-10-01 12:00:01,t1,？\n\
        2,2026-10-01 12:00:00,t1,？\n1,2026-10-01 12:00:00,t2,？\n1,2026-10-01 12:00:00,t1,？\n";
    let number = || {
        let (mut rows, _) = read(text).convert(shanghai());
        let mut ordinals = ChatOrdinals::new();
        rows.iter_mut().for_each(|row| ordinals.number(row));
        let ordinal = |row: &IncomingRow| match &row.records[0] {
            IncomingRecord::Chat(message) => message.ordinal,
            other => panic!("{other:?}"),
        };
        let all: Vec<u32> = rows.iter().map(ordinal).collect();
        let identities: Vec<String> = rows.iter().map(|row| row.records[0].identity()).collect();
        (all, identities)
    };
    let (ordinals, identities) = number();
    assert_eq!(ordinals, [0, 1, 0, 0, 0, 2]);
    let different: std::collections::HashSet<&String> = identities.iter().collect();
    assert_eq!(different.len(), 6);
    assert_eq!(number().1, identities, "the same file again says the same");
}

#[test]
fn a_list_of_calls() {
    let all = calls(
        "通话时间,客户电话,电话,呼叫方向,通话结果,通话时长,坐席,通话备注,订单号\n\
         2026-10-01 12:00:00,,13800001111,呼出,已接通,1分05秒,小美,答应追评,1001\n\
         2026-10-01 13:00:00,,13800002222,呼出,无人接听,0,小美,,\n",
    );
    let first = &all[0];
    assert_eq!((first.direction, first.result), (Some(CallDirection::Out), Some(CallResult::Talked)));
    assert_eq!(
        (first.seconds, first.agent.as_deref(), first.note.as_deref()),
        (Some(65), Some("小美"), Some("答应追评"))
    );
    assert_eq!(
        (first.buyer.phone.as_deref(), first.order_number.as_deref()),
        (Some("13800001111"), Some("1001"))
    );
    assert_eq!((all[1].result, all[1].seconds), (Some(CallResult::NoAnswer), Some(0)));
    let english = calls(
        "date,phone,direction,duration,call_result,note\n2026-10-01 12:00:00,555-0100,outbound,0:01:05,answered,will reorder\n",
    );
    assert_eq!((english[0].seconds, english[0].note.as_deref()), (Some(65), Some("will reorder")));
    let found = failed("通话时间,电话,通话时长\n2026-10-01 12:00:00,1,很久\n,1,5\n");
    assert_eq!(
        found.iter().map(|failure| failure.column.as_deref()).collect::<Vec<_>>(),
        [Some("通话时长"), Some("通话时间")]
    );
}

#[test]
fn figures_of_days() {
    let all = figures(
        "日期,指标,数值\n2026-10-01,真实体验分,4.86\n2026-10-01,3分钟回复率,98.5%\n2026-10-01,自定义,1\n",
    );
    assert_eq!((all[0].name.as_str(), all[0].unit), ("experience_score", Some(FigureUnit::Score)));
    assert_eq!((all[1].name.as_str(), all[1].unit), ("reply_rate_3min", Some(FigureUnit::Percent)));
    assert_eq!((all[2].name.as_str(), all[2].unit), ("自定义", None));
    assert_eq!(
        (all[0].value.to_string().as_str(), all[0].at.to_string().as_str()),
        ("4.86", "2026-09-30T16:00:00Z")
    );
    let found =
        failed("日期,指标,数值\n2026-10-01,体验分,高\n2026-10-01,,4\n,体验分,4\n2026-10-01,体验分,\n");
    assert_eq!(found.len(), 4);
    assert!(found[0].reason.en.contains("no value"));
}

#[test]
fn the_users_word_decides_the_kind() {
    let text = "a,b,c\n2026-10-01 12:00:00,t1,在吗\n";
    let read = read(text);
    let choice = parse_overrides("said_at=a,said_by=b,said_text=c").unwrap();
    let mapping = guess(&read.header().columns, &read.rows, None, &choice).unwrap();
    assert_eq!((mapping.kind, mapping.profile.as_str()), (Some(FileKind::Chats), "generic-chats"));
    let orders = crate::support::read("订单编号,订单状态,运单号,到哪了\n1,交易成功,SF1,已签收\n");
    let more = parse_overrides("shipment_state=到哪了").unwrap();
    let mapping = guess(&orders.header().columns, &orders.rows, None, &more).unwrap();
    assert_eq!(mapping.kind, Some(FileKind::Orders), "an export of orders stays one");
    let named = guess(
        &["时间".to_owned(), "名称".to_owned(), "内容".to_owned()],
        &read.rows,
        Some("generic-chats"),
        &[],
    )
    .unwrap();
    assert_eq!(named.kind, Some(FileKind::Chats));
}

#[test]
fn photos_and_videos_are_named() {
    let (rows, _) = read(
        "评价内容,评分,评价图片,评价视频\n\
         好,5,\"https://img.example/1.jpg,https://img.example/2.jpg\",//img.example/v.mp4\n\
         好,4,3,\n好,3,\"[\"\"a.jpg\"\",\"\"javascript:alert(1)\"\"]\",无\n好,2,有图,\n\
         好,1,\"a.jpg,https://img.example/b.jpg,c.png\",\n",
    )
    .convert(shanghai());
    let media: Vec<Vec<(MediaKind, &str)>> = rows
        .iter()
        .map(|row| row.reviews[0].media.iter().map(|name| (name.kind, name.name.as_str())).collect())
        .collect();
    assert_eq!(
        media[0],
        [
            (MediaKind::Photo, "https://img.example/1.jpg"),
            (MediaKind::Photo, "https://img.example/2.jpg"),
            (MediaKind::Video, "https://img.example/v.mp4")
        ]
    );
    assert_eq!(media[2], [(MediaKind::Photo, "a.jpg")]);
    assert!(media[1].is_empty() && media[3].is_empty());
    assert_eq!(rows.iter().map(|row| row.reviews[0].photos).collect::<Vec<_>>(), [2, 3, 1, 1, 3]);
    let many: Vec<String> = (0..80).map(|number| format!("{number}.jpg")).collect();
    let (rows, _) = read(format!("评价内容,评价图片\n好,{}\n", many.join(";"))).convert(shanghai());
    assert_eq!(rows[0].reviews[0].media.len(), pingxin_domain::media::MOST);
}

#[test]
fn our_own_ids_come_back_and_a_reason_of_failure_means_nothing() {
    let read = read(
        "pingxin_id,text,rating,导入失败原因,import_failure\n\
         0199a1b2-0000-7000-8000-000000000001,好,5,评分不对,wrong\nR-17,好,4,,\n",
    );
    let mapping = read.guess();
    assert_eq!((mapping.columns[3].field, mapping.columns[4].field), (None, None));
    let (rows, failures) = read.convert(shanghai());
    assert!(failures.is_empty());
    let id = |row: &IncomingRow| row.reviews[0].pingxin_id.map(|id| id.to_string());
    assert_eq!(id(&rows[0]).as_deref(), Some("0199a1b2-0000-7000-8000-000000000001"));
    assert_eq!(id(&rows[1]), None, "the id of another system");
}

/// What an export writes under the names of fields, an import reads back.
#[test]
fn records_come_back_from_our_own_export() {
    let codes = |fields: &[Field]| fields.iter().map(|field| field.code()).collect::<Vec<_>>();
    for (fields, cells, kind) in [
        (
            vec![
                Field::OrderNumber,
                Field::BuyerNick,
                Field::SaidAt,
                Field::SaidBy,
                Field::SaidSide,
                Field::SaidText,
            ],
            vec!["1", "t1", "2026-10-01T04:00:00Z", "t1", "buyer", "在吗"],
            FileKind::Chats,
        ),
        (
            vec![
                Field::CalledAt,
                Field::CallDirection,
                Field::CallResult,
                Field::CallSeconds,
                Field::BuyerPhone,
            ],
            vec!["2026-10-01T04:00:00Z", "out", "talked", "65", "1"],
            FileKind::Calls,
        ),
        (
            vec![
                Field::AfterSaleId,
                Field::AfterSaleKind,
                Field::AfterSaleState,
                Field::RefundAmount,
                Field::Requested,
            ],
            vec!["R1", "refund", "done", "1.00", "2026-10-01T04:00:00Z"],
            FileKind::AfterSales,
        ),
        (
            vec![Field::TrackingNumber, Field::TraceAt, Field::TraceText, Field::ShipmentState],
            vec!["SF1", "2026-10-01T04:00:00Z", "签收", "delivered"],
            FileKind::Shipments,
        ),
        (
            vec![Field::FigureName, Field::FigureValue, Field::FigureAt],
            vec!["experience_score", "4.86", "2026-10-01T04:00:00Z"],
            FileKind::Figures,
        ),
    ] {
        for format in [ExportFormat::Csv, ExportFormat::Jsonl, ExportFormat::Xlsx] {
            let mut writer = Writer::new(format, Vec::new(), &codes(&fields)).unwrap();
            let row: Vec<Cell<'_>> = cells.iter().map(|cell| Cell::Text(cell)).collect();
            writer.row(&row).unwrap();
            let read: Read = try_read(writer.finish().unwrap(), &request()).unwrap();
            let mapping = read.guess();
            assert_eq!(mapping.kind, Some(kind), "{mapping:#?}");
            let mapped: Vec<_> = mapping.columns.iter().map(|column| column.field).collect();
            assert_eq!(mapped, fields.iter().copied().map(Some).collect::<Vec<_>>());
            let (rows, failures) = read.convert(shanghai());
            assert!(failures.is_empty() && !rows[0].records.is_empty(), "{failures:?}");
        }
    }
}

fn context() -> Context {
    shanghai()
}

proptest! {
    /// Whatever stands in the cells, a row of records is taken or fails by name.
    #[test]
    fn any_cells_of_records_are_typed_or_named(
        which in 0usize..5,
        cells in prop::collection::vec("\\PC{0,12}|[0-9./:%-]{0,20}|(NULL|买家|呼出|已签收|2026-10-01|1:05|a:b)", 8),
    ) {
        let header = [
            "运单号,订单编号,物流公司,物流状态,发货时间,轨迹时间,轨迹内容,签收时间",
            "退款编号,订单编号,退款金额,退款状态,退款类型,申请时间,退款原因,数量",
            "发送时间,发送人,消息内容,买家昵称,订单编号,发送方身份,x,y",
            "通话时间,电话,通话结果,呼叫方向,通话时长,坐席,通话备注,订单编号",
            "指标,数值,统计日期,x,y,z,a,b",
        ][which];
        let headers: Vec<String> = header.split(',').map(str::to_owned).collect();
        let mapping = guess(&headers, &[], None, &[]).unwrap();
        prop_assert!(mapping.kind.is_some(), "{}", header);
        let raw = pingxin_channels::files::RawRow { line: 7, cells };
        match Converter::new(&mapping, context()).row(&raw) {
            Ok(mut row) => {
                prop_assert!(!row.records.is_empty());
                ChatOrdinals::new().number(&mut row);
                prop_assert!(row.records.iter().all(|record| !record.identity().is_empty()));
            }
            Err(failure) => {
                prop_assert_eq!(failure.line, 7);
                prop_assert!(!failure.reason.zh.is_empty() && !failure.reason.en.is_empty());
            }
        }
    }
}
