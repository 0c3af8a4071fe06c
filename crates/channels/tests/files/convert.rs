//! Rows typed, or failed by name.

use pingxin_channels::files::columns::{guess, parse_overrides};
use pingxin_channels::files::convert::{Converter, row};
use pingxin_domain::intake::{IncomingRow, ReviewIdentity, RowFailure, review_identity};
use pingxin_domain::order::{Fulfilment, OrderState};
use pingxin_domain::review::Verdict;
use pingxin_domain::{Object, Platform};
use proptest::prelude::*;

use crate::support::{context, read, shanghai};

fn rows(text: &str) -> Vec<IncomingRow> {
    let (rows, failures) = read(text).convert(shanghai());
    assert!(failures.is_empty(), "{failures:?}");
    rows
}

fn failures(text: &str) -> Vec<RowFailure> {
    let (_, failures) = read(text).convert(shanghai());
    for failure in &failures {
        let (zh, en) = (&failure.reason.zh, &failure.reason.en);
        assert!(zh.chars().any(|letter| letter >= '\u{4e00}') && en.ends_with('.'), "{zh} {en}");
    }
    failures
}

#[test]
fn a_whole_review() {
    let all = rows(
        "评价ID,评价内容,评分,评价时间,买家昵称,=\"订单编号\",商品名称,商品ID,评价类型,点赞数,图片,商家回复\n\
         =\"9001\",\"穿了两天\r\n就开线\",１,2026-10-01 12:00:00,t**1,=\"1234567890123456789\",连衣裙,88,差评,12,\"https://a/1.jpg,https://a/2.jpg\",抱歉\n",
    );
    let review = &all[0].reviews[0];
    assert_eq!(review.platform_review_id.as_deref(), Some("9001"));
    assert_eq!((review.text.as_str(), review.rating.unwrap().stars()), ("穿了两天\n就开线", 1));
    assert_eq!(review.created.unwrap().to_string(), "2026-10-01T04:00:00Z");
    assert_eq!(review.order_number.as_deref(), Some("1234567890123456789"));
    assert_eq!((review.verdict, review.likes, review.photos), (Some(Verdict::Bad), Some(12), 2));
    assert_eq!((review.buyer.nick.as_deref(), review.reply.as_deref()), (Some("t**1"), Some("抱歉")));
    assert_eq!((review.object, all[0].order.is_none()), (Object::Review, true));
    assert_eq!(all[0].raw[2], ("评分".to_owned(), "１".to_owned()), "the row as it stood is kept");
}

#[test]
fn stars_outside_one_to_five_are_refused_by_name() {
    for value in ["-1", "0", "6", "1e308", "NaN", "12345678901234567890", "９x", "4.5"] {
        let found = failures(&format!("评价内容,评分\n好,5\n好,{value}\n好,3\n"));
        assert_eq!(found.len(), 1, "{value}");
        assert_eq!(
            (found[0].line, found[0].column.as_deref(), found[0].value.as_deref()),
            (3, Some("评分"), Some(value))
        );
        assert!(found[0].reason.en.contains("1 to 5"));
    }
    assert_eq!(
        rows("评价内容,评分\n好,５\n好,\n好,NULL\n好,★★★☆☆\n")
            .iter()
            .map(|row| row.reviews[0].rating.map_or(0, |r| r.stars()))
            .collect::<Vec<_>>(),
        [5, 0, 0, 3]
    );
}

#[test]
fn rows_that_say_nothing_fail_and_fillers_do_not() {
    let found = failures("评价内容,评分,评价时间\n,,2026-10-01\n–,N/A,2026-10-01\n");
    assert_eq!(found.len(), 2);
    assert!(found[0].reason.en.contains("no stars, no verdict and no words"));
    let kept = rows("评价内容,评分\n此用户没有填写评价。,5\n评价方未及时做出评价，系统默认好评！,\n");
    assert_eq!(kept.iter().map(|row| row.reviews[0].text.as_str()).collect::<Vec<_>>(), ["", ""]);
    assert_eq!(kept[1].reviews[0].verdict, Some(Verdict::Good));
}

#[test]
fn a_follow_up_is_a_review_of_its_own() {
    let all = rows("评价ID,评价内容,评分,追评内容,追评时间\n7,不错,5,洗了一次就坏,2026-10-09\n8,不错,5,,\n");
    let [first, followup] = all[0].reviews.as_slice() else { panic!("two reviews") };
    assert_eq!((first.object, followup.object), (Object::Review, Object::Followup));
    assert_eq!((followup.text.as_str(), followup.rating), ("洗了一次就坏", None));
    assert_eq!(followup.created.unwrap().to_string(), "2026-10-08T16:00:00Z");
    assert_ne!(review_identity(first), review_identity(followup));
    assert_eq!(all[1].reviews.len(), 1);
}

#[test]
fn texts_may_have_twenty_thousand_letters() {
    let row = |letters: usize| format!("评价内容,评分\n{},5\n", "字".repeat(letters));
    assert_eq!(rows(&row(20_000))[0].reviews[0].text.chars().count(), 20_000);
    let found = failures(&row(20_001));
    assert_eq!(found[0].value.as_ref().unwrap().chars().count(), 200);
    assert!(found[0].reason.en.contains("20000"));
}

#[test]
fn dates_that_cannot_be_told_apart_ask_and_can_be_told() {
    let text = "评价内容,日期\n好,10/1/2026\n";
    let found = failures(text);
    assert!(found[0].reason.en.contains("--map created:mdy=日期"), "{}", found[0].reason.en);
    let read = read(text);
    for (given, day) in
        [("created:mdy=日期", "2026-09-30T16:00:00Z"), ("created:dmy=日期", "2026-01-09T16:00:00Z")]
    {
        let mapping =
            guess(&read.header().columns, &read.rows, None, &parse_overrides(given).unwrap()).unwrap();
        let typed = row(&mapping, &shanghai(), &read.rows[0]).unwrap();
        assert_eq!(typed.reviews[0].created.unwrap().to_string(), day);
    }
    // One date of the column that can only be read one way settles the others.
    let settled = rows("评价内容,日期\n好,10/1/2026\n好,10/25/2026\n");
    assert_eq!(settled[0].reviews[0].created.unwrap().to_string(), "2026-09-30T16:00:00Z");
    // And on amazon.com the month comes first.
    let american = row(&read.guess(), &context(Platform::AMAZON_US), &read.rows[0]).unwrap();
    assert_eq!(american.reviews[0].created.unwrap().to_string(), "2026-10-01T07:00:00Z");
}

#[test]
fn an_order_of_pt_orders() {
    let all = rows(
        "order_id,customer,customer_state,status,purchased,approved,shipped,delivered,estimated,paid,product,price,quantity\n\
         bd67,71e1,SC,delivered,2018-01-19 14:58:55,2018-01-19 15:13:01,2018-01-22 21:21:52,2018-01-29 14:47:42,2018-02-16,106.08,83bf,85.0,2\n\
         cdbb,71e2,SP,teleported,2018-01-19 14:58:55,,,,,,,,\n",
    );
    let order = all[0].order.as_ref().unwrap();
    assert_eq!(
        (order.number.as_str(), order.state, order.amount.unwrap().minor),
        ("bd67", Some(OrderState::Delivered), 10_608)
    );
    assert_eq!(
        order.promised.unwrap().to_string(),
        "2018-02-16T15:59:59Z",
        "promised for a day is until its end"
    );
    assert_eq!(order.lines[0].key, "83bf");
    assert_eq!((order.lines[0].quantity, order.lines[0].price.unwrap().minor), (2, 8_500));
    assert_eq!((order.buyer.nick.as_deref(), order.buyer.region.as_deref()), (Some("71e1"), Some("SC")));
    let second = all[1].order.as_ref().unwrap();
    assert_eq!((second.state, second.amount, second.lines.len()), (None, None, 0), "unknown, not false");
    assert!(all.iter().all(|row| row.reviews.is_empty()));
}

#[test]
fn a_json_order_with_lines_and_reviews() {
    let all = rows(
        r#"{"order_id":"bd67","status":"delivered","purchased":"2018-01-19 14:58:55","paid":106.08,"items":[{"product":"A","price":85.0},{"product":"A","price":85.0},{"product":"B","price":9}],"reviews":[{"review_id":"r1","score":5,"title":"","message":"","created":"2018-01-30 00:00:00"},{"review_id":"r2","score":1,"title":"RUIM","message":"Quebrou","created":"2018-02-30 00:00:00"}]}
{"order_id":"ce68","status":"shipped","purchased":"2018-01-19 14:58:55","paid":9,"items":[{"product":"B","price":9}],"reviews":[{"review_id":"r3","score":1,"message":"Quebrou"}]}
{"order_id":"df69","status":"shipped","purchased":"2018-01-19 14:58:55","items":[],"reviews":[]}"#
            .replace("2018-02-30", "2018-02-28")
            .as_str(),
    );
    let (order, reviews) = (all[0].order.as_ref().unwrap(), &all[0].reviews);
    assert_eq!(
        order.lines.iter().map(|line| (line.key.as_str(), line.quantity)).collect::<Vec<_>>(),
        [("A", 2), ("B", 1)]
    );
    assert_eq!(
        reviews
            .iter()
            .map(|review| (
                review.platform_review_id.as_deref(),
                review.rating.unwrap().stars(),
                review.text.as_str()
            ))
            .collect::<Vec<_>>(),
        [(Some("r1"), 5, ""), (Some("r2"), 1, "Quebrou")]
    );
    assert!(
        reviews
            .iter()
            .all(|review| review.order_number.as_deref() == Some("bd67") && review.product_key.is_none())
    );
    assert_eq!(
        all[1].reviews[0].product_key.as_deref(),
        Some("B"),
        "the only thing bought is the thing reviewed"
    );
    assert_eq!((all[2].order.is_some(), all[2].reviews.len()), (true, 0));
    assert!(all[0].raw.iter().any(|(name, value)| name == "items[].product" && value == "A | A | B"));
}

#[test]
fn amazon_orders_and_feedback() {
    let orders = read(
        "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsku\tasin\tquantity\tcurrency\titem-price\n111-1\t2026-10-01T10:00:00+00:00\tShipped\tAmazon\tCT-1\tB000\t2\tUSD\t59.98\n111-2\t2026-10-01T10:00:00+00:00\tCancelled\tMerchant\tCT-1\tB000\t0\t\t\n",
    );
    let (orders, failed) = orders.convert(context(Platform::AMAZON_US));
    assert!(failed.is_empty(), "{failed:?}");
    let first = orders[0].order.as_ref().unwrap();
    assert_eq!(
        (first.fulfilled_by, first.lines[0].price.unwrap().minor, first.lines[0].quantity),
        (Some(Fulfilment::Amazon), 2_999, 2)
    );
    let second = orders[1].order.as_ref().unwrap();
    assert_eq!((second.state, second.lines.len()), (Some(OrderState::Closed), 0));
    let feedback = read(
        "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n10/1/26\t1\tNever came\t\t111-1\tx@example.com\n",
    );
    let (feedback, failed) = feedback.convert(context(Platform::AMAZON_US));
    assert!(failed.is_empty());
    let review = &feedback[0].reviews[0];
    assert_eq!((review.object, review.buyer.email.as_deref()), (Object::SellerFeedback, None));
    assert_eq!(review_identity(review), ReviewIdentity::Key("o:111-1||seller_feedback".into()));
}

#[test]
fn orders_without_a_number_or_with_a_lost_one_fail() {
    let header = "订单编号,订单状态,实付金额,数量\n";
    let found = failures(&format!(
        "{header},交易成功,1.00,1\n1.23457E+18,交易成功,1.00,1\nA1,交易成功,一百,1\nA2,交易成功,1.00,两个\n"
    ));
    assert_eq!(
        found.iter().map(|failure| failure.column.as_deref().unwrap()).collect::<Vec<_>>(),
        ["订单编号", "订单编号", "实付金额", "数量"]
    );
    assert!(found[1].reason.zh.contains("科学计数") && found[0].reason.en.contains("no order number"));
    let kept = rows(&format!("{header}'00123,交易成功,\"1,299.00\",１\n456.0,待发货,—,1\n"));
    let numbers: Vec<&str> = kept.iter().map(|row| row.order.as_ref().unwrap().number.as_str()).collect();
    assert_eq!(numbers, ["00123", "456"]);
    assert_eq!(kept[0].order.as_ref().unwrap().amount.unwrap().minor, 129_900);
}

#[test]
fn yes_and_no_are_read_and_nothing_else() {
    let header = "订单编号,订单状态,双方已评\n";
    let kept = rows(&format!("{header}A1,交易成功,是\nA2,交易成功,false\nA3,交易成功,\n"));
    let flags: Vec<Option<bool>> = kept.iter().map(|row| row.order.as_ref().unwrap().both_rated).collect();
    assert_eq!(flags, [Some(true), Some(false), None]);
    assert!(failures(&format!("{header}A1,交易成功,也许\n"))[0].reason.en.contains("yes or no"));
}

#[test]
fn a_verdict_that_is_none_is_named() {
    let found = failures("评价内容,评价类型\n好,好评\n好,还行吧\n好,系统默认好评\n差,差评！\n");
    assert_eq!((found.len(), found[0].line, found[0].value.as_deref()), (1, 3, Some("还行吧")));
}

proptest! {
    /// Whatever stands in the cells, a row is taken or fails by name; a taken review says something.
    #[test]
    fn any_cells_are_typed_or_named(cells in prop::collection::vec("\\PC{0,12}|[0-9./:-]{0,20}|(NULL|5|差评|2026-10-01|1e9)", 12)) {
        let header = "评价ID,评价内容,评分,评价时间,买家昵称,订单编号,商品ID,评价类型,追评内容,追评时间,订单状态,实付金额";
        let read = read(format!("{header}\n1,好,5,2026-10-01,t**1,1,1,好评,,,交易成功,1.00\n"));
        let converter = Converter::new(&read.guess(), shanghai());
        let raw = pingxin_channels::files::RawRow { line: 7, cells };
        match converter.row(&raw) {
            Ok(row) => {
                prop_assert!(row.order.is_some() || !row.reviews.is_empty());
                prop_assert_eq!(row.line, 7);
            }
            Err(failure) => {
                prop_assert_eq!(failure.line, 7);
                prop_assert!(!failure.reason.zh.is_empty() && !failure.reason.en.is_empty());
                prop_assert!(failure.value.unwrap_or_default().chars().count() <= 200);
            }
        }
    }
}
