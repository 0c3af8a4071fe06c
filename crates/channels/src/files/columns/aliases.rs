//! Headers and what they mean. The order within a field is the order of preference when a file has several.
//!
//! Written as [`normal`] leaves them: lower case, without blanks, underscores and signs. Sources: connectors.md
//! part 6 and peers.md part 4 (Taobao, Amazon, Olist, Yotpo, Okendo, Judge.me, 领星), and the words a person
//! would write.

mod records;

use std::collections::HashMap;
use std::sync::LazyLock;

use pingxin_domain::intake::Field;

/// A meaning a header may have, and how much it is preferred (0 first).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) field: Field,
    pub(super) rank: usize,
    /// The word alone does not say enough; context and content decide.
    pub(super) weak: bool,
}

/// Headers that say what they mean.
const CLEAR: &[(Field, &str)] = &[
    (
        Field::ReviewId,
        "reviewid 评价id 评论id 评价编号 评论编号 评价单号 rateid feedbackid commentid ratingid 点评id reviewuid reviewnumber",
    ),
    (Field::Object, "object objecttype 评价对象 评论对象 reviewobject reviewkind"),
    (
        Field::Text,
        "评价内容 评论内容 商品评价 商品评论 评论详情 评价描述 買家評價 买家留评 reviewcommentmessage reviewcontent reviewtext reviewbody reviewmessage 初评内容 首评内容 首次评价 初评 买家评价 买家评论 用户评价 用户评论 评价正文 评论正文 评价文本 评论文本 评价详情 评语 点评内容 反馈内容 ratecontent lastcontent feedbackcontent feedbackcomment feedbackcomments feedbacktext reviewcomment buyercomment buyercomments 評價內容 評論內容",
    ),
    (
        Field::Title,
        "评价标题 评论标题 reviewtitle reviewcommenttitle reviewheadline reviewsubject headline lasttitle",
    ),
    (
        Field::Rating,
        "评分 星级 综合评分 评价星级 评论星级 评价评分 评分星级 用户评分 rating starrating stars reviewscore reviewrating reviewstars reviewstar laststar overallrating ratingvalue feedbackrating 星数 評分",
    ),
    (
        Field::Verdict,
        "好中差评 中差评 好评中评差评 评价分类 评价类型 评价结果 评价等级 评价级别 评价性质 评价倾向 verdict rateresult commenttype feedbacktype ratingtype",
    ),
    (
        Field::Created,
        "评价时间 评论时间 评价日期 评论日期 reviewcreationdate reviewdate reviewtime reviewcreatedat reviewcreated reviewedat reviewtimestamp 初评时间 首评时间 评价创建时间 评价发表时间 评价发布时间 评价提交时间 发表时间 点评时间 feedbackdate commentdate commenttime ratedat datecreated submissiontime 評價時間",
    ),
    (
        Field::FollowupText,
        "追评内容 追评 追加评价内容 追加评价 追加评论 追评文本 追加内容 followuptext followupcontent followupreview followup appendcontent appendcomment additionalreview",
    ),
    (
        Field::FollowupCreated,
        "追评时间 追评日期 追加评价时间 追加评论时间 追加时间 followupcreated followupdate followuptime followupat appendtime",
    ),
    (
        Field::Photos,
        "评价图片 晒图 图片数 图片数量 晒图数 买家秀 图片 图片链接 photos photocount imagecount images imageurls pictures pictureurls picurls reviewimages photourls media",
    ),
    (
        Field::Videos,
        "评价视频 视频 视频链接 晒视频 videos video videourls videourl reviewvideos publishedvideourl",
    ),
    (Field::PingxinId, "pingxinid"),
    (Field::Likes, "点赞数 有用数 点赞 点赞量 likes reviewlikes helpful helpfulcount helpfulvotes upvotes"),
    (
        Field::Reply,
        "商家回复 卖家回复 评价解释 卖家解释 商家回评 客服回复 回复内容 回复 解释 reply yourresponse sellerreply sellerresponse shopreply merchantreply storereply ownerresponse replycontent response",
    ),
    (
        Field::OrderNumber,
        "订单编号 订单号 主订单编号 主订单号 平台订单号 交易编号 交易号 订单id 交易单号 店铺订单号 amazonorderid orderid ordernumber orderno 注文番号 bestellnummer numérodecommande númerodepedido numeroordine ordersn tid ordername salesrecordnumber 訂單編號",
    ),
    (
        Field::OrderLine,
        "子订单编号 子订单号 子订单id 子单号 orderitemid orderlineid orderline lineitemid lineid suborderid oid",
    ),
    (Field::OrderState, "订单状态 交易状态 orderstatus orderstate"),
    (
        Field::Placed,
        "订单创建时间 下单时间 下单日期 拍下时间 订单日期 订单时间 订单提交时间 购买时间 购买日期 orderpurchasetimestamp purchasedate purchasedat purchased purchasetimestamp orderdate ordertime orderedat orderplaced placed placedat ordercreatedat ordercreated ordercreationdate saledate",
    ),
    (
        Field::Paid,
        "订单付款时间 付款时间 支付时间 付款日期 支付日期 paidat paymentdate paymentsdate paymenttime paidtime paytime paidon orderapprovedat approvedat approved",
    ),
    (
        Field::Promised,
        "承诺送达时间 预计送达时间 预计送达日期 预计到达时间 承诺送达日期 orderestimateddeliverydate estimateddeliverydate estimateddelivery estimated promised promisedat promiseddelivery promiseddeliverydate latestdeliverydate deliverby expecteddeliverydate expecteddelivery estimatedarrival eta",
    ),
    (
        Field::Shipped,
        "发货时间 发货日期 出库时间 揽收时间 物流发货时间 orderdeliveredcarrierdate shippedat shipdate shippeddate shipmentdate shipped dispatchdate dispatchedat fulfilledat shippedon consigntime",
    ),
    (
        Field::Delivered,
        "签收时间 签收日期 妥投时间 送达时间 收货时间 到货时间 orderdeliveredcustomerdate deliveredat delivereddate deliverydate actualdeliverydate delivered arrivaldate deliveredon",
    ),
    (
        Field::Completed,
        "确认收货时间 交易成功时间 交易完成时间 订单完成时间 完成时间 成交时间 completedat completiondate completedate completed",
    ),
    (
        Field::Amount,
        "买家实际支付金额 实付金额 实付款 实际支付金额 实收款 实收金额 支付金额 付款金额 订单实付金额 订单金额 订单总额 应付金额 成交金额 交易金额 总金额 买家应付货款 ordertotal orderamount totalpaid paidamount amountpaid paymentvalue totalamount grandtotal totalprice",
    ),
    (Field::Currency, "币种 货币 币别 currency currencycode"),
    (Field::FulfilledBy, "fulfillmentchannel fulfilmentchannel fulfilledby fulfillment 发货方 配送渠道"),
    (Field::BuyShipping, "buyshipping"),
    (Field::ShippedOnTime, "shippedontime 按时发货"),
    (Field::BothRated, "bothrated 双方已评 双方互评"),
    (
        Field::Carrier,
        "物流公司 快递公司 承运商 物流商 carrier carriername shippingcarrier shippingcompany trackingcompany courier",
    ),
    (
        Field::TrackingNumber,
        "物流单号 快递单号 运单号 运单编号 快递编号 trackingnumber trackingno trackingid tracking waybill waybillnumber outsid",
    ),
    (
        Field::ProductKey,
        "商品id 宝贝id 产品id 商品编号 货品id productid productkey asin childasin numiid goodsid listingid producthandle itemid itemnumber productexternalid spuid",
    ),
    (
        Field::ProductTitle,
        "宝贝标题 商品标题 商品名称 宝贝名称 产品名称 产品标题 商品名 品名 producttitle productname itemtitle itemname lineitemname goodsname",
    ),
    (
        Field::Sku,
        "sku sellersku merchantsku msku 商家编码 商品编码 外部系统编号 sku编码 skuid skucode productsku itemsku lineitemsku variantsku 规格编码 货号 商家sku",
    ),
    (
        Field::Quantity,
        "购买数量 宝贝总数量 商品数量 宝贝数量 购买件数 数量 件数 quantity qty quantitypurchased lineitemquantity itemquantity",
    ),
    (
        Field::Price,
        "商品单价 单价 宝贝价格 商品价格 价格 售价 unitprice price itemprice lineitemprice sellingprice productprice",
    ),
    (Field::LineTotal, "商品小计 小计 linetotal lineamount"),
    (
        Field::BuyerNick,
        "买家昵称 买家会员名 会员名 买家旺旺 旺旺 买家账号 用户昵称 会员昵称 昵称 评价人 评论人 评价者 评论者 买家id 用户名 buyernick nick nickname buyerusername buyerid reviewername displayname reviewer reviewerid author authorname rater username usernick userid customerid customeruniqueid customer buyer 买家 会员",
    ),
    (
        Field::BuyerName,
        "收货人姓名 收件人姓名 收货人 收件人 买家姓名 客户姓名 真实姓名 姓名 recipientname shippingname shiptoname buyername customername receivername receiver",
    ),
    (
        Field::BuyerPhone,
        "联系手机 收货人手机 收件人手机 手机号码 手机号 手机 买家手机 联系电话 收货人电话 电话 电话号码 客户电话 客户号码 对方号码 联系方式 buyerphonenumber buyerphone phonenumber customerphone shippingphone recipientphone shiptophone phone mobile telephone tel",
    ),
    (
        Field::BuyerEmail,
        "买家邮箱 电子邮箱 邮箱 buyeremail customeremail revieweremail authoremail emailaddress email",
    ),
    (
        Field::BuyerAddress,
        "收货地址 收件地址 收货人地址 详细地址 地址 buyeraddress shippingaddress shippingaddress1 shippingstreet shipaddress1 shipaddress shiptoaddress address",
    ),
    (
        Field::Region,
        "收货省份 省份 省市 地区 所在地 省 国家 customerstate shipstate shippingprovince region province reviewcountry shipcountry shippingcountry mdcustomercountry reviewlocation countrycode country location",
    ),
];

/// Headers that mean different things in different files.
const UNCLEAR: &[(Field, &str)] = &[
    (Field::ReviewId, "id"),
    (
        Field::Text,
        "评价 评论 内容 正文 文本 text content body message comment comments review feedback customercomments コメント レビュー kommentar kommentare commentaire commentaires comentario comentarios commento commenti",
    ),
    (Field::Title, "标题 主题 title summary subject"),
    (
        Field::Rating,
        "评价 评级 打分 得分 分数 评价分数 评价得分 商品评分 满意度 score star rate overall review 評価 bewertung sterne puntuación calificación valutazione 评价类型 评价结果 评价等级 评价级别 productrating",
    ),
    (Field::Verdict, "评分 评价 星级 评级 rating score result review feedback"),
    (
        Field::Created,
        "created createdat createdate createtime creationdate date time timestamp datetime submittedat postedat publishdate 时间 日期 创建时间 发布时间 提交时间 日付 datum fecha",
    ),
    (Field::OrderNumber, "order 单号 id"),
    (Field::OrderState, "status state 状态 发货状态 deliverystatus shippingstatus 物流状态 快递状态"),
    (
        Field::Placed,
        "created createdat createdate createtime creationdate date time timestamp datetime 时间 日期 创建时间 提交时间",
    ),
    (Field::Paid, "paid"),
    (Field::Amount, "paid total amount 金额 总价 合计"),
    (Field::ProductKey, "product item handle 商品 产品 宝贝"),
    (Field::ProductTitle, "product item 商品 产品 宝贝 标题 title name"),
    (Field::Quantity, "num units"),
    (Field::BuyerNick, "name user 用户"),
    (Field::BuyerName, "name"),
    (Field::Region, "state"),
];

/// Every table, and whether its headers are weak.
const TABLES: [(bool, &[(Field, &str)]); 4] =
    [(false, CLEAR), (false, records::CLEAR), (true, UNCLEAR), (true, records::UNCLEAR)];

static TABLE: LazyLock<HashMap<&'static str, Vec<Meaning>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<Meaning>> = HashMap::new();
    for (weak, rows) in TABLES {
        for (field, words) in rows {
            for (rank, word) in words.split(' ').enumerate() {
                table.entry(word).or_default().push(Meaning { field: *field, rank, weak });
            }
        }
    }
    table
});

/// Lower case, full-width letters narrowed, and nothing but letters and digits.
pub(super) fn normal(header: &str) -> String {
    header
        .chars()
        .map(|letter| match letter {
            '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
            other => other,
        })
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Without what stands in brackets, such as `金额（元）`.
fn without_brackets(header: &str) -> String {
    let mut depth = 0u32;
    header
        .chars()
        .filter(|letter| match letter {
            '(' | '（' | '[' | '【' => {
                depth += 1;
                false
            }
            ')' | '）' | ']' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// What a header may mean: the whole name; else the name without brackets; else, of a path such as
/// `review.body` or `items[].price`, its last part where that is clear (or in a list, where the list is the
/// context).
pub(super) fn meanings(header: &str) -> Vec<Meaning> {
    let look = |name: &str| TABLE.get(normal(name).as_str()).cloned();
    if let Some(found) = look(header).or_else(|| look(&without_brackets(header))) {
        return found;
    }
    match header.rsplit_once('.') {
        Some((parent, leaf)) => {
            let in_list = parent.ends_with("[]");
            look(leaf).unwrap_or_default().into_iter().filter(|meaning| in_list || !meaning.weak).collect()
        }
        None => Vec::new(),
    }
}

/// Whether a column holds what must not be kept, not even with the raw row: the e-mail of who rated at Amazon
/// (peers.md part 4).
pub(in crate::files) fn is_dropped(header: &str) -> bool {
    normal(header) == "rateremail"
}

/// The one field that a header clearly means.
pub(in crate::files) fn clear_field(header: &str) -> Option<Field> {
    meanings(header).into_iter().find(|meaning| !meaning.weak).map(|meaning| meaning.field)
}

/// Whether a text is a header we know; tells a header from a title above it.
pub(in crate::files) fn is_known_header(text: &str) -> bool {
    !meanings(text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_written_in_its_own_spelling_and_says_nothing_twice() {
        for (_, rows) in TABLES {
            for (field, words) in rows {
                for word in words.split(' ') {
                    assert_eq!(normal(word), word, "{field}");
                    let times = TABLE[word].iter().filter(|meaning| meaning.field == *field).count();
                    assert_eq!(times, 1, "{word} twice for {field}");
                }
            }
        }
        let known = || CLEAR.iter().chain(records::CLEAR);
        for field in Field::ALL {
            assert!(known().any(|(known, _)| known == field), "{field} has no header");
        }
        let clear: Vec<&str> = known().flat_map(|(_, words)| words.split(' ')).collect();
        for word in &clear {
            assert_eq!(
                clear.iter().filter(|other| other == &word).count(),
                1,
                "{word} is clear for two fields"
            );
        }
    }

    /// Our exports are headed by these names, so that they can be imported again.
    #[test]
    fn the_name_of_a_field_is_a_header_of_it() {
        for field in Field::ALL {
            assert!(meanings(field.code()).iter().any(|meaning| meaning.field == *field), "{field}");
        }
    }

    #[test]
    fn spelling_does_not_matter() {
        for header in ["Order ID", "order_id", "order-id", "ＯｒｄｅｒＩＤ", "\"Order ID\" ", "OrderId"]
        {
            assert_eq!(meanings(header)[0].field, Field::OrderNumber, "{header}");
        }
        assert_eq!(meanings("实付金额（元）")[0].field, Field::Amount);
        assert_eq!(meanings("items[].price")[0].field, Field::Price);
        assert!(
            meanings("label").is_empty()
                && meanings("买家留言").is_empty()
                && meanings("shop.name").is_empty()
        );
    }
}
