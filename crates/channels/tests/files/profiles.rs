//! Real headers, and what each column is taken for.

use pingxin_channels::files::columns::{FileKind, Mapping};
use pingxin_domain::Object;
use pingxin_domain::intake::Field;

use crate::support::read;

fn guessed(text: &str) -> Mapping {
    read(text).guess()
}

/// `header=field` pairs that must hold, and headers that must stay unmapped.
fn expect(mapping: &Mapping, profile: &str, kind: FileKind, pairs: &[(&str, Option<Field>)]) {
    assert_eq!((mapping.profile.as_str(), mapping.kind), (profile, Some(kind)), "{mapping:#?}");
    for (header, field) in pairs {
        let column = mapping.columns.iter().find(|column| column.column == *header);
        assert_eq!(
            column.unwrap_or_else(|| panic!("no column {header}")).field,
            *field,
            "{profile}: {header}"
        );
    }
}

use Field::*;

#[test]
fn zh_shop_has_words_and_no_stars() {
    let mapping = guessed("text,label,cat\n产品很好，价格公道,1,洗发水\n差评……物流那么慢,0,衣服\n");
    expect(
        &mapping,
        "generic-reviews",
        FileKind::Reviews,
        &[("text", Some(Text)), ("label", None), ("cat", None)],
    );
}

#[test]
fn pt_orders_flattened_and_in_olists_own_names() {
    let orders = "order_id,customer,customer_state,status,purchased,approved,shipped,delivered,estimated,paid\n\
        bd67,71e1,SC,delivered,2018-01-19 14:58:55,2018-01-19 15:13:01,2018-01-22 21:21:52,2018-01-29 14:47:42,2018-02-16,106.08\n";
    let pairs = [
        ("order_id", Some(OrderNumber)),
        ("customer", Some(BuyerNick)),
        ("customer_state", Some(Region)),
        ("status", Some(OrderState)),
        ("purchased", Some(Placed)),
        ("approved", Some(Paid)),
        ("shipped", Some(Shipped)),
        ("delivered", Some(Delivered)),
        ("estimated", Some(Promised)),
        ("paid", Some(Amount)),
    ];
    expect(&guessed(orders), "generic-orders", FileKind::Orders, &pairs);
    let lines = "order_id,customer,status,purchased,paid,product,seller,category,price,freight\n\
        bd67,71e1,delivered,2018-01-19 14:58:55,106.08,83bfae859f4a,b6d4,utilidades_domesticas,85.0,21.08\n";
    expect(
        &guessed(lines),
        "generic-orders",
        FileKind::Orders,
        &[
            ("product", Some(ProductKey)),
            ("seller", None),
            ("category", None),
            ("price", Some(Price)),
            ("freight", None),
        ],
    );
    let reviews = "review_id,order_id,score,title,message,created,answered\n\
        c6a1,bd67,5,,,2018-01-30 00:00:00,2018-02-01 16:48:23\nf1f4,cdbb,1,RUIM,Recebi outro produto,2017-12-14 00:00:00,2017-12-14 18:42:18\n";
    expect(
        &guessed(reviews),
        "generic-reviews",
        FileKind::Reviews,
        &[
            ("review_id", Some(ReviewId)),
            ("order_id", Some(OrderNumber)),
            ("score", Some(Rating)),
            ("title", Some(Title)),
            ("message", Some(Text)),
            ("created", Some(Created)),
            ("answered", None),
        ],
    );
    let joined = "order_id,status,purchased,delivered,review_id,score,title,message,created\n\
        bd67,delivered,2018-01-19 14:58:55,2018-01-29 14:47:42,c6a1,5,,Bom,2018-01-30 00:00:00\n";
    expect(
        &guessed(joined),
        "generic-mixed",
        FileKind::Mixed,
        &[("created", Some(Created)), ("purchased", Some(Placed)), ("message", Some(Text))],
    );
    let olist = "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n\
        e481,9ef4,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,2017-10-04 19:55:00,2017-10-10 21:25:13,2017-10-18 00:00:00\n";
    expect(
        &guessed(olist),
        "olist-orders",
        FileKind::Orders,
        &[
            ("customer_id", Some(BuyerNick)),
            ("order_approved_at", Some(Paid)),
            ("order_delivered_carrier_date", Some(Shipped)),
            ("order_delivered_customer_date", Some(Delivered)),
            ("order_estimated_delivery_date", Some(Promised)),
        ],
    );
    let olist = "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,review_answer_timestamp\n7bc2,73fc,4,,,2018-01-18 00:00:00,2018-01-18 21:46:59\n";
    expect(
        &guessed(olist),
        "olist-reviews",
        FileKind::Reviews,
        &[
            ("review_score", Some(Rating)),
            ("review_comment_title", Some(Title)),
            ("review_comment_message", Some(Text)),
            ("review_creation_date", Some(Created)),
            ("review_answer_timestamp", None),
        ],
    );
}

#[test]
fn taobao_orders_with_blanks_in_the_header() {
    let header = "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因";
    let row = "=\"1234567890123456789\",t**1,a@b.cn,100.00,0,0,100.00,0,99.00,0,交易成功,谢谢,张三,浙江省杭州市,快递,0571-1,'13800001111,2026-10-01 10:00:00,2026-10-01 10:01:00,猫爬架 大号,1,=\"SF123\",顺丰速运,急,2,1,猫咪之家,";
    let mapping = guessed(&format!("{header}\n{row}\n"));
    expect(
        &mapping,
        "taobao-orders",
        FileKind::Orders,
        &[
            ("订单编号", Some(OrderNumber)),
            ("买家会员名", Some(BuyerNick)),
            ("总金额", None),
            ("买家应付货款", None),
            ("买家实际支付金额", Some(Amount)),
            ("订单状态", Some(OrderState)),
            ("买家留言", None),
            ("收货人姓名", Some(BuyerName)),
            ("收货地址", Some(BuyerAddress)),
            ("联系手机", Some(BuyerPhone)),
            ("联系电话", Some(BuyerPhone)),
            ("订单创建时间", Some(Placed)),
            ("订单付款时间", Some(Paid)),
            ("宝贝标题", Some(ProductTitle)),
            ("宝贝种类", None),
            ("物流单号", Some(TrackingNumber)),
            ("物流公司", Some(Carrier)),
            ("宝贝总数量", Some(Quantity)),
            ("订单备注", None),
        ],
    );
}

#[test]
fn amazon_reports() {
    let feedback = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n10/13/26\t1\tNever came\t\t111-1\tx@example.com\n";
    let mapping = guessed(feedback);
    expect(
        &mapping,
        "amazon-feedback",
        FileKind::Reviews,
        &[
            ("Date", Some(Created)),
            ("Rating", Some(Rating)),
            ("Comments", Some(Text)),
            ("Your Response", Some(Reply)),
            ("Order ID", Some(OrderNumber)),
            ("Rater Email", None),
        ],
    );
    assert_eq!(mapping.object, Some(Object::SellerFeedback));
    let orders = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\tship-city\tship-state\tship-country\n\
        111-1\t\t2026-10-01T10:00:00+00:00\t2026-10-02T10:00:00+00:00\tShipped\tAmazon\tAmazon.com\tCat tree\tCT-1\tB000\tShipped\t2\tUSD\t59.98\tReno\tNV\tUS\n";
    expect(
        &guessed(orders),
        "amazon-orders",
        FileKind::Orders,
        &[
            ("amazon-order-id", Some(OrderNumber)),
            ("merchant-order-id", None),
            ("purchase-date", Some(Placed)),
            ("last-updated-date", None),
            ("order-status", Some(OrderState)),
            ("fulfillment-channel", Some(FulfilledBy)),
            ("product-name", Some(ProductTitle)),
            ("sku", Some(Sku)),
            ("asin", Some(ProductKey)),
            ("item-status", None),
            ("quantity", Some(Quantity)),
            ("currency", Some(Currency)),
            ("item-price", Some(LineTotal)),
            ("ship-state", Some(Region)),
        ],
    );
}

#[test]
fn chinese_headers_of_every_habit() {
    let mapping = guessed(
        "评价ID,评价内容,评分,评价时间,买家昵称,订单编号,商品名称,商品ID,评价类型,追评内容,追评时间,商家回复\n\
        1,开线了,1,2026-10-01,t**1,1001,连衣裙,88,差评,还是开线,2026-10-09,抱歉\n",
    );
    expect(
        &mapping,
        "generic-reviews",
        FileKind::Reviews,
        &[
            ("评价ID", Some(ReviewId)),
            ("评价内容", Some(Text)),
            ("评分", Some(Rating)),
            ("评价时间", Some(Created)),
            ("买家昵称", Some(BuyerNick)),
            ("订单编号", Some(OrderNumber)),
            ("商品名称", Some(ProductTitle)),
            ("商品ID", Some(ProductKey)),
            ("评价类型", Some(Verdict)),
            ("追评内容", Some(FollowupText)),
            ("追评时间", Some(FollowupCreated)),
            ("商家回复", Some(Reply)),
        ],
    );
    let mapping = guessed(
        "内容,评价,时间,会员名,宝贝标题\n开线了,差评,2026-10-01,t**1,连衣裙\n不错,好评,2026-10-02,x**2,连衣裙\n",
    );
    expect(
        &mapping,
        "generic-reviews",
        FileKind::Reviews,
        &[
            ("内容", Some(Text)),
            ("评价", Some(Verdict)),
            ("时间", Some(Created)),
            ("会员名", Some(BuyerNick)),
            ("宝贝标题", Some(ProductTitle)),
        ],
    );
    let mapping = guessed("评价,星级（1-5）\n开线了，差,1\n不错的,5\n");
    expect(
        &mapping,
        "generic-reviews",
        FileKind::Reviews,
        &[("评价", Some(Text)), ("星级（1-5）", Some(Rating))],
    );
    let mapping = guessed("评价,评分\n好评,5\n差评,1\n");
    expect(
        &mapping,
        "generic-reviews",
        FileKind::Reviews,
        &[("评价", Some(Verdict)), ("评分", Some(Rating))],
    );
    let mapping = guessed("评分,内容\n好评,不错\n中评,还行\n");
    expect(&mapping, "generic-reviews", FileKind::Reviews, &[("评分", Some(Verdict)), ("内容", Some(Text))]);
}

#[test]
fn own_site_apps() {
    let mapping = guessed(
        "title,body,rating,review_date,reviewer_name,reviewer_email,product_id,product_handle,reply,picture_urls,location\nNice,Works,5,2026-10-01 10:00:00 UTC,Lena,l@example.com,12,cat-tree,Thanks,https://x/1.jpg,DE\n",
    );
    expect(
        &mapping,
        "judgeme",
        FileKind::Reviews,
        &[
            ("title", Some(Title)),
            ("body", Some(Text)),
            ("review_date", Some(Created)),
            ("reviewer_name", Some(BuyerNick)),
            ("product_handle", Some(ProductKey)),
            ("reply", Some(Reply)),
            ("picture_urls", Some(Photos)),
        ],
    );
    let mapping = guessed(
        "name,body,sku,rating,dateCreated,countryCode,email\nLena,Works,CT-1,5,2026-10-01,DE,l@example.com\n",
    );
    expect(
        &mapping,
        "okendo",
        FileKind::Reviews,
        &[
            ("name", Some(BuyerNick)),
            ("body", Some(Text)),
            ("sku", Some(Sku)),
            ("dateCreated", Some(Created)),
            ("countryCode", Some(Region)),
        ],
    );
    let mapping = guessed(
        "product_id,product_title,product_url,date,review_content,review_score,review_title,display_name,email,user_type,md_customer_country,published,comment_content,comment_public\n12,Cat tree,https://x,2026-10-01,Works,5,Nice,Lena,l@example.com,verified_buyer,DE,true,Thanks,true\n",
    );
    expect(
        &mapping,
        "yotpo",
        FileKind::Reviews,
        &[
            ("date", Some(Created)),
            ("review_content", Some(Text)),
            ("review_score", Some(Rating)),
            ("comment_content", Some(Reply)),
            ("product_id", Some(ProductKey)),
            ("display_name", Some(BuyerNick)),
        ],
    );
    let mapping = guessed(
        "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Total,Shipping Name\n#1001,l@example.com,paid,2026-10-01 10:00:00 +0800,1,Cat tree,59.00,CT-1,59.00,Lena\n",
    );
    expect(
        &mapping,
        "shopify-orders",
        FileKind::Orders,
        &[
            ("Name", Some(OrderNumber)),
            ("Created at", Some(Placed)),
            ("Total", Some(Amount)),
            ("Lineitem sku", Some(Sku)),
            ("Financial Status", None),
            ("Shipping Name", Some(BuyerName)),
        ],
    );
}

#[test]
fn json_of_orders_with_their_lines_and_reviews() {
    let mapping = guessed(
        r#"{"order_id":"bd67","customer":"71e1","customer_state":"SC","status":"delivered","purchased":"2018-01-19 14:58:55","paid":106.08,"items":[{"product":"83bf","seller":"b6d4","seller_state":"SP","category":"x","price":85.0,"freight":21.08,"ship_by":"2018-01-25 15:13:01"}],"reviews":[{"review_id":"c6a1","score":5,"title":"","message":"Bom","created":"2018-01-30 00:00:00","answered":"2018-02-01 16:48:23"}]}"#,
    );
    expect(
        &mapping,
        "generic-mixed",
        FileKind::Mixed,
        &[
            ("order_id", Some(OrderNumber)),
            ("items[].product", Some(ProductKey)),
            ("items[].price", Some(Price)),
            ("items[].seller", None),
            ("items[].seller_state", None),
            ("reviews[].review_id", Some(ReviewId)),
            ("reviews[].score", Some(Rating)),
            ("reviews[].message", Some(Text)),
            ("reviews[].title", Some(Title)),
            ("reviews[].created", Some(Created)),
            ("purchased", Some(Placed)),
            ("paid", Some(Amount)),
        ],
    );
}

#[test]
fn the_shape_of_our_own_command_line() {
    let mapping = guessed(
        r#"{"id":"r1","platform":"amazon-us","object":"seller_feedback","title":null,"text":"late","rating":1,"verdict":null,"created":"2026-10-01T12:00:00Z","photos":0,"likes":0,"order":{"id":"112-1","placed":"2026-09-01","promised":"2026-09-10","shipped":null,"delivered":null,"state":"delivered","fulfilled_by":"amazon","buy_shipping":false,"shipped_on_time":true,"both_rated":true,"amount":"129.00","currency":"USD"}}"#,
    );
    expect(
        &mapping,
        "generic-mixed",
        FileKind::Mixed,
        &[
            ("id", Some(ReviewId)),
            ("object", Some(Field::Object)),
            ("text", Some(Text)),
            ("created", Some(Created)),
            ("order.id", Some(OrderNumber)),
            ("order.placed", Some(Placed)),
            ("order.promised", Some(Promised)),
            ("order.state", Some(OrderState)),
            ("order.buy_shipping", Some(BuyShipping)),
            ("order.shipped_on_time", Some(ShippedOnTime)),
            ("order.amount", Some(Amount)),
        ],
    );
}

#[test]
fn a_score_with_wrong_rows_is_still_a_rating_and_another_scale_is_none() {
    let wrong = guessed("text,score\na,-1\nb,0\nc,6\nd,1e308\ne,NaN\nf,5\n");
    assert_eq!(wrong.column_of(Rating), Some("score"));
    let percent = guessed("text,score\na,0.97\nb,0.12\nc,88\n");
    assert_eq!(percent.column_of(Rating), None);
}
