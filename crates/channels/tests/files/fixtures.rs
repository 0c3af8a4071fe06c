//! One file of every known export, in the exact shape of its header, with what becomes of each row.

use encoding_rs::{GB18030, SHIFT_JIS, WINDOWS_1252};
use pingxin_channels::files::columns::FileKind;
use pingxin_domain::after_sale::AfterSaleState;
use pingxin_domain::intake::{IncomingAfterSale, IncomingOrder, IncomingRecord, IncomingReview, RowFailure};
use pingxin_domain::order::{Fulfilment, OrderState};
use pingxin_domain::review::Verdict;
use pingxin_domain::{Object, Platform};

use crate::support::{context, read};

/// What a file gave, over all its rows.
struct Brought {
    rows: usize,
    reviews: Vec<IncomingReview>,
    orders: Vec<IncomingOrder>,
    after_sales: Vec<IncomingAfterSale>,
    failures: Vec<RowFailure>,
    raw: Vec<Vec<(String, String)>>,
}

impl Brought {
    /// Rows, reviews, orders, records, failures.
    fn counts(&self) -> [usize; 5] {
        [self.rows, self.reviews.len(), self.orders.len(), self.after_sales.len(), self.failures.len()]
    }
}

fn bring(bytes: impl AsRef<[u8]>, profile: &str, kind: FileKind, platform: Platform) -> Brought {
    let read = read(bytes);
    let mapping = read.guess();
    assert_eq!((mapping.profile.as_str(), mapping.kind), (profile, Some(kind)), "{mapping:#?}");
    let (rows, failures) = read.convert(context(platform));
    let mut brought = Brought {
        rows: rows.len() + failures.len(),
        reviews: Vec::new(),
        orders: Vec::new(),
        after_sales: Vec::new(),
        failures,
        raw: Vec::new(),
    };
    for row in rows {
        brought.reviews.extend(row.reviews);
        brought.orders.extend(row.order);
        brought.raw.push(row.raw);
        brought.after_sales.extend(row.records.into_iter().map(|record| match record {
            IncomingRecord::AfterSale(one) => *one,
            other => panic!("{other:?}"),
        }));
    }
    brought
}

const TAOBAO_ORDERS: &str = "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,定金排名,修改后的sku,修改后的收货地址,异常信息
=\"2189012345678901234\",t**1,a***@example.cn,100.00,0.00,0,100.00,0,99.00,0,交易成功,尽快发,李四,浙江省 杭州市 西湖区 某路1号,快递,,'13800001111,2026-10-01 10:00:00,2026-10-01 10:01:00,连衣裙 红色,1,=\"SF1000001\",顺丰速运,,1,1,某某旗舰店,订单未关闭,0.00,0.00,,手机订单,,,,,
=\"2189012345678901235\",x**2,,59.00,0.00,0,59.00,0,0.00,0,交易关闭,,王五,江苏省 南京市,快递,,'13900002222,2026-10-02 10:00:00,,袜子,1,,,,2,1,某某旗舰店,买家付款超时,0.00,0.00,,,,,,,
=\"2.18901E+18\",y**3,,1.00,0,0,1.00,0,1.00,0,交易成功,,赵六,,快递,,,2026-10-02 10:00:00,,袜子,1,,,,1,1,某某旗舰店,,0,0,,,,,,,
";

#[test]
fn taobao_orders() {
    for bytes in [TAOBAO_ORDERS.as_bytes().to_vec(), GB18030.encode(TAOBAO_ORDERS).0.into_owned()] {
        let brought = bring(bytes, "taobao-orders", FileKind::Orders, Platform::Taobao);
        assert_eq!(brought.counts(), [3, 0, 2, 0, 1]);
        let order = &brought.orders[0];
        assert_eq!(order.number, "2189012345678901234");
        assert_eq!((order.state, order.amount.unwrap().minor), (Some(OrderState::Completed), 9_900));
        assert_eq!(
            (order.tracking_number.as_deref(), order.carrier.as_deref()),
            (Some("SF1000001"), Some("顺丰速运"))
        );
        assert_eq!(
            (order.buyer.nick.as_deref(), order.buyer.phone.as_deref()),
            (Some("t**1"), Some("13800001111"))
        );
        assert_eq!(order.buyer.address.as_deref(), Some("浙江省 杭州市 西湖区 某路1号"));
        assert_eq!(order.lines[0].title.as_deref(), Some("连衣裙 红色"));
        assert_eq!(
            (brought.orders[1].state, brought.orders[1].lines[0].quantity),
            (Some(OrderState::Closed), 2)
        );
        assert!(brought.failures[0].reason.zh.contains("科学计数"));
    }
}

#[test]
fn taobao_items() {
    let brought = bring(
        "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\n\
         =\"2189012345678901234\",连衣裙,49.50,2,LYQ-1,颜色:红色,,,交易成功,LYQ\n\
         =\"2189012345678901234\",袜子,1.00,1,WZ-1,,,,交易成功,WZ\n\
         ,手套,1.00,1,ST-1,,,,交易成功,ST\n",
        "taobao-items",
        FileKind::Orders,
        Platform::Taobao,
    );
    assert_eq!(brought.counts(), [3, 0, 2, 0, 1]);
    let line = &brought.orders[0].lines[0];
    assert_eq!((line.title.as_deref(), line.sku.as_deref()), (Some("连衣裙"), Some("LYQ-1")));
    assert_eq!((line.price.unwrap().minor, line.quantity), (4_950, 2));
}

#[test]
fn taobao_rates() {
    let page = r#"{"traderates_get_response":{"total_results":3,"trade_rates":{"trade_rate":[
        {"tid":2189012345678901234,"oid":2189012345678901235,"role":"buyer","nick":"t**1","result":"bad","created":"2026-10-05 12:00:00","rated_nick":"某某旗舰店","item_title":"连衣裙","item_price":"49.50","content":"穿了两天就开线","reply":"抱歉","num_iid":678901234567,"valid_score":true,"logistics_service_score":3,"ouid":"AAFx"},
        {"tid":2189012345678901236,"oid":2189012345678901236,"role":"buyer","nick":"x**2","result":"good","created":"2026-10-06 12:00:00","item_title":"袜子","content":"评价方未及时做出评价,系统默认好评!","num_iid":678901234568,"valid_score":false},
        {"tid":2189012345678901237,"oid":2189012345678901237,"role":"buyer","nick":"y**3","result":"so-so","created":"2026-10-06 12:00:00","content":"还行"}]}}}"#;
    let brought = bring(page, "taobao-rates", FileKind::Reviews, Platform::Taobao);
    assert_eq!(brought.counts(), [3, 2, 0, 0, 1]);
    let review = &brought.reviews[0];
    assert_eq!(review.order_number.as_deref(), Some("2189012345678901234"));
    assert_eq!(review.order_line.as_deref(), Some("2189012345678901235"));
    assert_eq!((review.verdict, review.text.as_str()), (Some(Verdict::Bad), "穿了两天就开线"));
    assert_eq!(
        (review.product_key.as_deref(), review.reply.as_deref()),
        (Some("678901234567"), Some("抱歉"))
    );
    assert_eq!(review.created.unwrap().to_string(), "2026-10-05T04:00:00Z");
    assert_eq!((brought.reviews[1].verdict, brought.reviews[1].text.as_str()), (Some(Verdict::Good), ""));
    assert_eq!(brought.failures[0].value.as_deref(), Some("so-so"));
}

#[test]
fn tmall_feeds() {
    let feed = |content: &str, more: &str| {
        format!(
            r#"{{"tmall_traderate_feeds_get_response":{{"tmall_rate_info":{{"content":"{content}","comment_time":"2026-10-05 12:00:00","tags":{{"tags":[{{"posi":false,"tag_name":"质量差"}},{{"posi":true,"tag_name":"物流快"}}]}},"has_negtv":true,"user_nick":"t**1"{more}}},"request_id":"x"}}}}"#
        )
    };
    let followed = feed(
        "不错",
        r#","append_content":"洗了一次就坏","append_time":"2026-10-20 12:00:00","append_has_negtv":true"#,
    );
    let brought = bring(
        format!("{followed}\n{}\n", feed("开线了", "")),
        "tmall-feeds",
        FileKind::Reviews,
        Platform::Tmall,
    );
    assert_eq!(brought.counts(), [2, 3, 0, 0, 0]);
    let [first, followup, second] = brought.reviews.as_slice() else { panic!("three reviews") };
    assert_eq!(
        (first.text.as_str(), followup.text.as_str(), second.text.as_str()),
        ("不错", "洗了一次就坏", "开线了")
    );
    assert_eq!(
        (followup.object, followup.created.unwrap().to_string().as_str()),
        (Object::Followup, "2026-10-20T04:00:00Z")
    );
    assert_eq!((first.rating, first.verdict, first.buyer.nick.as_deref()), (None, None, Some("t**1")));
    // A single answer, as it comes.
    assert_eq!(bring(followed, "tmall-feeds", FileKind::Reviews, Platform::Tmall).counts(), [1, 2, 0, 0, 0]);
}

#[test]
fn amazon_feedback() {
    let text = "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n\
        10/1/26\t1\t\"Never\" came, 5\" disc broken\tSorry\t111-1111111-1111111\trater@example.com\n\
        10/12/26\t3\tLate\t\t111-1111111-1111112\trater2@example.com\n\
        10/13/26\t9\t?\t\t111-1111111-1111113\trater3@example.com\n";
    let brought = bring(text, "amazon-feedback", FileKind::Reviews, Platform::AMAZON_US);
    assert_eq!(brought.counts(), [3, 2, 0, 0, 1]);
    let review = &brought.reviews[0];
    assert_eq!((review.object, review.rating.unwrap().stars()), (Object::SellerFeedback, 1));
    assert_eq!(
        (review.text.as_str(), review.reply.as_deref()),
        ("\"Never\" came, 5\" disc broken", Some("Sorry"))
    );
    assert_eq!(review.created.unwrap().to_string(), "2026-10-01T07:00:00Z");
    assert_eq!(review.order_number.as_deref(), Some("111-1111111-1111111"));
    let kept = format!("{:?}{:?}{:?}", brought.raw, brought.reviews, read(text).guess());
    assert!(!kept.contains("rater@example.com"), "the rater's e-mail is kept nowhere");
    let older = "Date\tRating\tComments\tResponse\tArrived on Time\tItem as Described\tCustomer Service\tOrder ID\tRater Email\tRater Role\n\
        2016/10/01\t2\tToo small\tSorry\tYes\tNo\tYes\t111-1111111-1111114\tr@example.com\tBuyer\n";
    let brought = bring(older, "amazon-feedback", FileKind::Reviews, Platform::AMAZON_US);
    assert_eq!((brought.counts(), brought.reviews[0].reply.as_deref()), ([1, 1, 0, 0, 0], Some("Sorry")));
    let german = WINDOWS_1252.encode("Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n01.10.26\t1\tKam nie an, für mich zu groß\t\t302-1\tx@example.de\n").0.into_owned();
    let brought = bring(german, "amazon-feedback", FileKind::Reviews, Platform::AMAZON_US);
    assert_eq!(brought.reviews[0].text, "Kam nie an, für mich zu groß");
    let japanese = SHIFT_JIS.encode("Date\tRating\tComments\tYour Response\tOrder ID\tRater Email\n2026/10/01\t1\t壊れていました。残念です\t\t503-1\tx@example.jp\n").0.into_owned();
    let brought = bring(japanese, "amazon-feedback", FileKind::Reviews, Platform::AMAZON_US);
    assert_eq!(brought.reviews[0].text, "壊れていました。残念です");
}

#[test]
fn amazon_orders() {
    let brought = bring(
        "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tpromotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\tfulfilled-by\tis-replacement-order\n\
         111-1111111-1111111\t\t2026-10-01T10:00:00+00:00\t2026-10-02T10:00:00+00:00\tShipped\tAmazon\tAmazon.com\t\t\tExpedited\tCat tree\tCT-1\tB000000001\tShipped\t2\tUSD\t59.98\t0\t0\t0\t\t\t\t\tReno\tNV\t89501\tUS\t\tfalse\t\t\t\tfalse\n\
         111-1111111-1111112\t\t2026-10-01T11:00:00+00:00\t2026-10-02T10:00:00+00:00\tCancelled\tMerchant\tAmazon.com\t\t\tStandard\tCat tree\tCT-1\tB000000001\tCancelled\t0\t\t\t\t\t\t\t\t\t\tReno\tNV\t89501\tUS\t\tfalse\t\t\t\tfalse\n",
        "amazon-orders",
        FileKind::Orders,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [2, 0, 2, 0, 0]);
    let order = &brought.orders[0];
    assert_eq!(
        (order.fulfilled_by, order.placed.unwrap().to_string().as_str()),
        (Some(Fulfilment::Amazon), "2026-10-01T10:00:00Z")
    );
    assert_eq!((order.lines[0].price.unwrap().minor, order.lines[0].quantity), (2_999, 2));
    assert_eq!((brought.orders[1].state, brought.orders[1].lines.len()), (Some(OrderState::Closed), 0));
}

#[test]
fn amazon_unshipped() {
    let brought = bring(
        "order-id\torder-item-id\tpurchase-date\tpayments-date\treporting-date\tpromise-date\tdays-past-promise\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tquantity-shipped\tquantity-to-ship\tship-service-level\trecipient-name\tship-address-1\tship-city\tship-state\tship-country\n\
         111-1\t77\t2026-10-01T10:00:00+00:00\t2026-10-01T10:00:00+00:00\t2026-10-02T10:00:00+00:00\t2026-10-04T10:00:00+00:00\t0\tb@example.com\tLena\t555-0100\tCT-1\tCat tree\t2\t0\t2\tStandard\tLena L\t1 Road\tReno\tNV\tUS\n",
        "amazon-unshipped",
        FileKind::Orders,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [1, 0, 1, 0, 0]);
    let order = &brought.orders[0];
    assert_eq!((order.lines[0].key.as_str(), order.lines[0].quantity, order.promised), ("77", 2, None));
}

#[test]
fn amazon_fba_returns() {
    let header = "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments";
    let rows = "2026-10-05T10:00:00+00:00\t111-1111111-1111111\tCT-1\tB000000001\tX000000001\tCat tree\t1\tRNO4\tCUSTOMER_DAMAGED\tDEFECTIVE\tUnit returned to inventory\tLPN001\tBroke on day two\n\
        2026-10-05T10:00:00+00:00\t111-1111111-1111111\tCT-1\tB000000001\tX000000001\tCat tree\t1\tRNO4\tSELLABLE\tUNWANTED_ITEM\t\tLPN002\t\n\
        2026-10-06T10:00:00+00:00\t\tCT-1\tB000000001\tX000000001\tCat tree\t1\tRNO4\tSELLABLE\tUNWANTED_ITEM\t\t\t\n";
    let other_country = header
        .replace("return-date", "Return-date")
        .replace("\tsku", "\tSKU")
        .replace("order-id", "amazon-order-id");
    for header in [header.to_owned(), other_country] {
        let brought = bring(
            format!("{header}\n{rows}"),
            "amazon-fba-returns",
            FileKind::AfterSales,
            Platform::AMAZON_US,
        );
        assert_eq!(brought.counts(), [3, 0, 0, 2, 1]);
        let first = &brought.after_sales[0];
        assert_eq!(
            (first.platform_id.as_deref(), first.order_number.as_deref()),
            (Some("LPN001"), Some("111-1111111-1111111"))
        );
        assert_eq!(
            (first.disposition.as_deref(), first.reason.as_deref()),
            (Some("CUSTOMER_DAMAGED"), Some("DEFECTIVE"))
        );
        assert_eq!(
            (first.explanation.as_deref(), first.state),
            (Some("Broke on day two"), Some(AfterSaleState::Done))
        );
        assert_eq!((first.sku.as_deref(), first.product_key.as_deref()), (Some("CT-1"), Some("B000000001")));
        assert_eq!(first.requested.unwrap().to_string(), "2026-10-05T10:00:00Z");
        assert!(brought.failures[0].reason.en.contains("no order number"));
    }
}

#[test]
fn lingxing_reviews() {
    let brought = bring(
        "asin,parent_asin,seller_sku,last_star,last_title,last_content,author,review_id,review_url,review_date,is_vp,is_vine,is_er,is_topc,is_topr,images,videos,review_likes,status,review_modified_status,amazon_order_list,buyer_email,tags,cs_principals,remark\n\
         B000000001,B000000000,CT-1,1,Broke,Broke on day two,Lena,R100,https://example.com/R100,2026-10-05,1,0,0,0,0,https://img.example/1.jpg;https://img.example/2.jpg,https://img.example/v.mp4,12,0,-1,111-1111111-1111111,,质量,小美,\n\
         B000000001,B000000000,CT-1,5,Great,,Tom,R101,https://example.com/R101,2026-10-06,1,0,0,0,0,,,0,2,0,\"111-1111111-1111112,111-1111111-1111113\",,,,\n\
         B000000001,B000000000,CT-1,4.5,Fine,,Ann,R102,,2026-10-06,1,0,0,0,0,,,0,2,0,,,,,\n",
        "lingxing-reviews",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [3, 2, 0, 0, 1]);
    let review = &brought.reviews[0];
    assert_eq!((review.object, review.platform_review_id.as_deref()), (Object::ProductReview, Some("R100")));
    assert_eq!((review.photos, review.media.len(), review.likes), (2, 3, Some(12)));
    assert_eq!(
        (review.title.as_deref(), review.order_number.as_deref()),
        (Some("Broke"), Some("111-1111111-1111111"))
    );
    assert_eq!(brought.reviews[1].order_number, None, "one of two, and nobody knows which");
}

#[test]
fn lingxing_feedback() {
    let brought = bring(
        r#"[{"star":1,"amazon_order_id":"111-1111111-1111111","feedback_date":"2026-10-05","feedback_content":"Never came","status":0,"productList":[{"asin":"B000000001","seller_sku":"CT-1"}]},
           {"star":"2","amazon_order_id":"111-1111111-1111112","feedback_date":"2026-10-06","feedback_content":"","status":2,"productList":[]},
           {"star":0,"amazon_order_id":"111-1111111-1111113","feedback_date":"2026-10-06","feedback_content":"?","status":2,"productList":[]}]"#,
        "lingxing-feedback",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [3, 2, 0, 0, 1]);
    let review = &brought.reviews[0];
    assert_eq!((review.object, review.rating.unwrap().stars()), (Object::SellerFeedback, 1));
    assert_eq!(
        (review.text.as_str(), review.order_number.as_deref()),
        ("Never came", Some("111-1111111-1111111"))
    );
}

#[test]
fn lingxing_after_sales() {
    let brought = bring(
        "rma_id,amazon_order_id,rma_type,rma_reason,refund_status,refund_amount,tracking_number,created,remark\n\
         RMA1,111-1111111-1111111,1,尺寸不合适,已退款,12.50,1Z999,2026-10-05 10:00:00,客户要求\n\
         RMA2,111-1111111-1111112,补发,漏发,,,,2026-10-06,\n,,2,,,,,,\n",
        "lingxing-after-sales",
        FileKind::AfterSales,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [3, 0, 0, 2, 1]);
    let first = &brought.after_sales[0];
    assert_eq!(
        (first.platform_id.as_deref(), first.kind, first.state),
        (Some("RMA1"), None, Some(AfterSaleState::Done))
    );
    assert_eq!(
        (first.reason.as_deref(), first.tracking_number.as_deref()),
        (Some("尺寸不合适"), Some("1Z999"))
    );
    assert_eq!((first.amount.unwrap().minor, first.explanation.as_deref()), (1_250, Some("客户要求")));
    assert!(brought.after_sales[1].kind.is_some() && first.requested.is_some());
}

#[test]
fn judgeme() {
    let brought = bring(
        "product_handle,review_title,body,reviewer_name,reviewer_email,rating,review_date,reply,reply_date,featured,verified,hidden\n\
         cat-tree,Nice,\"Works,\nvery well\",Lena,l@example.com,5,2026-10-01 10:00:00 UTC,Thanks,2026-10-02 10:00:00 UTC,false,true,false\n\
         cat-tree,,,Tom,t@example.com,2,2026-10-02 10:00:00 UTC,,,false,true,false\n",
        "judgeme",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [2, 2, 0, 0, 0]);
    let review = &brought.reviews[0];
    assert_eq!((review.title.as_deref(), review.text.as_str()), (Some("Nice"), "Works,\nvery well"));
    assert_eq!((review.product_key.as_deref(), review.reply.as_deref()), (Some("cat-tree"), Some("Thanks")));
    assert_eq!(review.created.unwrap().to_string(), "2026-10-01T10:00:00Z");
}

#[test]
fn yotpo() {
    let template = bring(
        "product_id,product_title,product_url,date,review_content,review_score,review_title,display_name,email,user_type,md_customer_country,published,product_image_url,product_description,comment_content,comment_public,comment_created_at,published_image_url,unpublished_image_url,published_video_url,unpublished_video_url,cf_Fit__Size\n\
         12,Cat tree,https://shop.example/cat-tree,2026-10-01,Works,5,Nice,Lena,l@example.com,verified_buyer,DE,true,https://img.example/p.jpg,Tall,Thanks,true,2026-10-02,https://img.example/1.jpg,,https://img.example/v.mp4,,ok\n\
         12,Cat tree,https://shop.example/cat-tree,2026-10-02,Broke,1,,Tom,t@example.com,verified_buyer,DE,true,,,,,,,,,,\n",
        "yotpo",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(template.counts(), [2, 2, 0, 0, 0]);
    let review = &template.reviews[0];
    assert_eq!((review.photos, review.media.len(), review.reply.as_deref()), (1, 2, Some("Thanks")));
    assert_eq!((review.product_key.as_deref(), review.buyer.nick.as_deref()), (Some("12"), Some("Lena")));
    let export = bring(
        "Review ID,Review Status,Review Creation Date,Review Title,Review Content,Review Score,Sentiment Score,Profanity Flag,Comment Content,Comment Public,Order ID,Product SKU,Product Title,Reviewer Name,Reviewer Email\n\
         900,Published,2026-10-01 10:00:00 UTC,Nice,Works,5,0.98,false,Thanks,true,1001,CT-1,Cat tree,Lena,l@example.com\n\
         901,Published,2026-10-02 10:00:00 UTC,,,0,0.1,false,,,1002,CT-1,Cat tree,Tom,t@example.com\n",
        "yotpo",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(export.counts(), [2, 1, 0, 0, 1]);
    let review = &export.reviews[0];
    assert_eq!(
        (review.platform_review_id.as_deref(), review.order_number.as_deref()),
        (Some("900"), Some("1001"))
    );
    assert_eq!((review.rating.unwrap().stars(), review.reply.as_deref()), (5, Some("Thanks")));
}

#[test]
fn okendo() {
    let brought = bring(
        "name,body,handle,rating,dateCreated,countryCode,email,imageUrls\n\
         Lena,Works,cat-tree,5,2026-10-01T10:00:00Z,DE,l@example.com,\"https://img.example/1.jpg,https://img.example/2.jpg\"\n\
         Tom,,cat-tree,1,2026-10-02,DE,,\n,,,,2026-10-02,,,\n",
        "okendo",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(brought.counts(), [3, 2, 0, 0, 1]);
    let review = &brought.reviews[0];
    assert_eq!((review.product_key.as_deref(), review.media.len(), review.photos), (Some("cat-tree"), 2, 2));
    assert_eq!((review.buyer.nick.as_deref(), review.buyer.region.as_deref()), (Some("Lena"), Some("DE")));
}

#[test]
fn olist() {
    let orders = bring(
        "\"order_id\",\"customer_id\",\"order_status\",\"order_purchase_timestamp\",\"order_approved_at\",\"order_delivered_carrier_date\",\"order_delivered_customer_date\",\"order_estimated_delivery_date\"\n\
         \"e481\",\"9ef4\",\"delivered\",\"2017-10-02 10:56:33\",\"2017-10-02 11:07:15\",\"2017-10-04 19:55:00\",\"2017-10-10 21:25:13\",\"2017-10-18 00:00:00\"\n\
         \"53cd\",\"b083\",\"canceled\",\"2018-07-24 20:41:37\",,,,\"2018-08-13 00:00:00\"\n",
        "olist-orders",
        FileKind::Orders,
        Platform::Taobao,
    );
    assert_eq!(orders.counts(), [2, 0, 2, 0, 0]);
    assert_eq!(
        (orders.orders[0].state, orders.orders[1].state),
        (Some(OrderState::Delivered), Some(OrderState::Closed))
    );
    assert!(orders.orders[1].paid.is_none() && orders.orders[1].promised.is_some());
    let reviews = bring(
        "\"review_id\",\"order_id\",\"review_score\",\"review_comment_title\",\"review_comment_message\",\"review_creation_date\",\"review_answer_timestamp\"\n\
         \"7bc2\",\"e481\",\"1\",\"Ruim\",\"Não chegou\",\"2018-01-18 00:00:00\",\"2018-01-18 21:46:59\"\n\
         \"80e6\",\"53cd\",\"5\",,,\"2018-03-10 00:00:00\",\"2018-03-11 03:05:13\"\n",
        "olist-reviews",
        FileKind::Reviews,
        Platform::Taobao,
    );
    assert_eq!(reviews.counts(), [2, 2, 0, 0, 0]);
    assert_eq!(
        (reviews.reviews[0].text.as_str(), reviews.reviews[1].rating.unwrap().stars()),
        ("Não chegou", 5)
    );
}

#[test]
fn shopify() {
    let reviews = bring(
        "product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at\n\
         cat-tree,published,5,Nice,Lena,l@example.com,Berlin,Works,Thanks,2026-10-01 10:00:00 UTC,2026-10-02 10:00:00 UTC\n\
         cat-tree,unpublished,1,,Tom,,,Broke,,2026-10-03 10:00:00 UTC,\n",
        "shopify-reviews",
        FileKind::Reviews,
        Platform::AMAZON_US,
    );
    assert_eq!(reviews.counts(), [2, 2, 0, 0, 0]);
    assert_eq!(
        (reviews.reviews[0].reply.as_deref(), reviews.reviews[0].buyer.nick.as_deref()),
        (Some("Thanks"), Some("Lena"))
    );
    let orders = bring(
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Id\n\
         #1001,l@example.com,paid,2026-10-01 10:00:05 +0800,fulfilled,2026-10-02 10:00:00 +0800,CNY,59.00,2026-10-01 10:00:00 +0800,1,Cat tree,59.00,CT-1,Lena,5000000000001\n\
         #1001,l@example.com,,,,,,,,1,Ball,1.00,BL-1,,\n",
        "shopify-orders",
        FileKind::Orders,
        Platform::Taobao,
    );
    assert_eq!(orders.counts(), [2, 0, 2, 0, 0]);
    let order = &orders.orders[0];
    assert_eq!(
        (order.number.as_str(), order.amount.unwrap().minor, order.lines[0].sku.as_deref()),
        ("#1001", 5_900, Some("CT-1"))
    );
    assert_eq!((orders.orders[1].amount, orders.orders[1].lines[0].key.as_str()), (None, "BL-1"));
}
