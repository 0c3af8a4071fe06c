//! Exports known by their headers, where a header alone would be misread.

use std::collections::HashSet;

use pingxin_domain::Object;
use pingxin_domain::intake::Field;

use super::FileKind;

/// One known export.
pub(super) struct Profile {
    /// Name in reports and for `--profile`.
    pub(super) name: &'static str,
    /// Headers that must all be there, normalised; of those parted by a bar, one.
    pub(super) headers: &'static str,
    /// What its reviews are.
    pub(super) object: Option<Object>,
    /// Meanings of headers in this export; none leaves the column out.
    pub(super) meanings: &'static [(&'static str, Option<Field>)],
}

const OWN_REVIEW: &[(&str, Option<Field>)] = &[
    ("shop", None),
    ("platform", None),
    ("reviewid", Some(Field::ReviewId)),
    ("object", Some(Field::Object)),
    ("created", Some(Field::Created)),
    ("rating", Some(Field::Rating)),
    ("verdict", Some(Field::Verdict)),
    ("title", Some(Field::Title)),
    ("text", Some(Field::Text)),
    ("reply", Some(Field::Reply)),
    ("language", None),
    ("sentiment", None),
    ("sentimentscore", None),
    ("primarycause", None),
    ("causes", None),
    ("fault", None),
    ("severity", None),
    ("casenumber", None),
    ("casestate", None),
    ("kind", None),
    ("reason", None),
    ("casecause", None),
    ("casefault", None),
    ("owner", None),
    ("openedat", None),
    ("updatedat", None),
    ("revision", None),
    ("importedat", None),
    ("pingxinid", Some(Field::PingxinId)),
];

/// Tried in this order.
pub(super) const PROFILES: &[Profile] = &[
    // Our own exports (desk/src/export/columns.rs): their headers are the names of the fields, and what the desk has added
    // of itself is left out.
    Profile {
        name: "pingxin-cases",
        headers: "pingxinid casenumber casecause text",
        object: None,
        meanings: OWN_REVIEW,
    },
    Profile {
        name: "pingxin-reviews",
        headers: "pingxinid importedat text",
        object: None,
        meanings: OWN_REVIEW,
    },
    Profile {
        name: "pingxin-orders",
        headers: "ordernumber orderstate orderline shippedontime bothrated amount",
        object: None,
        meanings: &[
            ("shop", None),
            ("platform", None),
            ("ordernumber", Some(Field::OrderNumber)),
            ("orderstate", Some(Field::OrderState)),
            ("placed", Some(Field::Placed)),
            ("paid", Some(Field::Paid)),
            ("promised", Some(Field::Promised)),
            ("shipped", Some(Field::Shipped)),
            ("delivered", Some(Field::Delivered)),
            ("completed", Some(Field::Completed)),
            ("amount", Some(Field::Amount)),
            ("currency", Some(Field::Currency)),
            ("price", Some(Field::Price)),
        ],
    },
    // ExportOrderList of 千牛: connectors.md part 6, header as in three public importers.
    Profile {
        name: "taobao-orders",
        headers: "订单编号 买家会员名 买家实际支付金额 订单状态",
        object: None,
        meanings: &[
            ("总金额", None),
            ("买家应付货款", None),
            ("宝贝种类", None),
            // Titles of all lines in one cell: good to read, no line of its own.
            ("宝贝标题", Some(Field::ProductTitle)),
            ("宝贝总数量", Some(Field::Quantity)),
            ("修改后的sku", None),
        ],
    },
    // The item file that goes with it: connectors.md part 6.
    Profile {
        name: "taobao-items",
        headers: "订单编号 标题 价格 购买数量 外部系统编号",
        object: None,
        meanings: &[
            ("标题", Some(Field::ProductTitle)),
            ("外部系统编号", Some(Field::Sku)),
            ("商家编码", None),
            ("价格", Some(Field::Price)),
        ],
    },
    // tmall.traderate.feeds.get: specs of TOP. A follow-up comes with its review; tags are no words of the buyer.
    Profile {
        name: "tmall-feeds",
        headers: "content commenttime appendcontent|appendtime|hasnegtv|tagstagstagname",
        object: None,
        meanings: &[
            ("content", Some(Field::Text)),
            ("commenttime", Some(Field::Created)),
            ("usernick", Some(Field::BuyerNick)),
            ("ouid", None),
        ],
    },
    // taobao.traderates.get: peers.md part 4 (S27).
    Profile {
        name: "taobao-rates",
        headers: "tid oid result nick content",
        object: None,
        meanings: &[
            ("result", Some(Field::Verdict)),
            ("content", Some(Field::Text)),
            ("created", Some(Field::Created)),
            ("itemprice", None),
            ("role", None),
            ("ratednick", None),
            ("ouid", None),
        ],
    },
    // GET_SELLER_FEEDBACK_DATA: connectors.md 1.4. The rater's e-mail is dropped (peers.md part 4).
    Profile {
        name: "amazon-feedback",
        headers: "date rating comments orderid",
        object: Some(Object::SellerFeedback),
        meanings: &[
            ("comments", Some(Field::Text)),
            ("date", Some(Field::Created)),
            ("rating", Some(Field::Rating)),
            ("rateremail", None),
            ("response", Some(Field::Reply)),
            // Of the older report: yes or no, and what the rater is.
            ("arrivedontime", None),
            ("itemasdescribed", None),
            ("customerservice", None),
            ("raterrole", None),
        ],
    },
    // GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA: connectors.md 1.4. The label stands on one unit that came back, so it
    // tells two of one order and day apart.
    Profile {
        name: "amazon-fba-returns",
        headers: "returndate orderid|amazonorderid sku detaileddisposition",
        object: None,
        meanings: &[
            ("returndate", Some(Field::Requested)),
            ("reason", Some(Field::Reason)),
            ("status", Some(Field::AfterSaleState)),
            ("licenseplatenumber", Some(Field::AfterSaleId)),
            ("customercomments", Some(Field::Explanation)),
            ("fnsku", None),
            ("fulfillmentcenterid", None),
        ],
    },
    // GET_FLAT_FILE_ALL_ORDERS_DATA_BY_…: connectors.md 1.4. Its item-price is that of the whole line.
    Profile {
        name: "amazon-orders",
        headers: "amazonorderid purchasedate orderstatus",
        object: None,
        meanings: &[("itemprice", Some(Field::LineTotal)), ("fulfilledby", None), ("merchantorderid", None)],
    },
    // GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING: connectors.md 1.4. Its promise-date is that of sending.
    Profile {
        name: "amazon-unshipped",
        headers: "orderid orderitemid purchasedate paymentsdate promisedate",
        object: None,
        meanings: &[("promisedate", None)],
    },
    // Olist's public files (data/pt_orders/README.md names them).
    Profile {
        name: "olist-reviews",
        headers: "reviewid orderid reviewscore reviewcommentmessage",
        object: None,
        meanings: &[],
    },
    Profile {
        name: "olist-orders",
        headers: "orderid orderstatus orderpurchasetimestamp",
        object: None,
        meanings: &[],
    },
    // Judge.me by a public converter: connectors.md part 6.
    Profile {
        name: "judgeme",
        headers: "body rating reviewdate reviewername producthandle",
        object: None,
        meanings: &[
            ("title", Some(Field::Title)),
            ("body", Some(Field::Text)),
            ("productid", None),
            ("replydate", None),
        ],
    },
    // Yotpo's import template (connectors.md part 6) and its export of 43 columns (peers.md part 4). Its comment is the
    // shop's answer, its scores beside the review's are its own readings of the words.
    Profile {
        name: "yotpo",
        headers: "reviewcontent reviewscore reviewtitle displayname|sentimentscore",
        object: None,
        meanings: &[
            ("date", Some(Field::Created)),
            ("commentcontent", Some(Field::Reply)),
            ("commentpublic", None),
            ("productdescription", None),
            ("sentimentscore", None),
            ("profanityflag", None),
            ("productimageurl", None),
            ("publishedimageurl", Some(Field::Photos)),
            ("publishedvideourl", Some(Field::Videos)),
        ],
    },
    // Okendo's template: connectors.md part 6.
    Profile {
        name: "okendo",
        headers: "name body rating datecreated",
        object: None,
        meanings: &[
            ("name", Some(Field::BuyerNick)),
            ("body", Some(Field::Text)),
            ("title", Some(Field::Title)),
        ],
    },
    // The old Shopify Product Reviews app: connectors.md part 6. Its state is "published".
    Profile {
        name: "shopify-reviews",
        headers: "producthandle rating author body createdat",
        object: None,
        meanings: &[
            ("state", None),
            ("title", Some(Field::Title)),
            ("body", Some(Field::Text)),
            ("createdat", Some(Field::Created)),
        ],
    },
    // Shopify's order export by the names public mappers use: connectors.md part 6.
    Profile {
        name: "shopify-orders",
        headers: "name lineitemname lineitemquantity total",
        object: None,
        meanings: &[
            ("name", Some(Field::OrderNumber)),
            ("createdat", Some(Field::Placed)),
            ("total", Some(Field::Amount)),
            ("fulfilledat", Some(Field::Shipped)),
            ("fulfillmentstatus", None),
            ("financialstatus", None),
            ("id", None),
        ],
    },
    // 领星 review list: peers.md part 4 (S10a).
    Profile {
        name: "lingxing-reviews",
        headers: "asin laststar lastcontent reviewid",
        object: Some(Object::ProductReview),
        meanings: &[
            ("amazonorderlist", Some(Field::OrderNumber)),
            ("status", None),
            ("author", Some(Field::BuyerNick)),
        ],
    },
    // 领星 seller feedback: peers.md part 4 (S10g). Its status is that of the work on it.
    Profile {
        name: "lingxing-feedback",
        headers: "star amazonorderid feedbackcontent",
        object: Some(Object::SellerFeedback),
        meanings: &[("star", Some(Field::Rating)), ("status", None), ("feedbackdate", Some(Field::Created))],
    },
    // 领星 售后单: peers.md part 4 (S10i). What its numbers of types mean was not found, so they stay unread.
    Profile {
        name: "lingxing-after-sales",
        headers: "rmaid rmatype|rmareason",
        object: None,
        meanings: &[
            ("rmaid", Some(Field::AfterSaleId)),
            ("rmatype", Some(Field::AfterSaleKind)),
            ("refundstatus", Some(Field::AfterSaleState)),
            ("status", None),
            ("remark", Some(Field::Explanation)),
        ],
    },
];

/// Names of files without a known profile.
pub(super) const GENERIC: [&str; 8] = [
    "generic-reviews",
    "generic-orders",
    "generic-mixed",
    "generic-shipments",
    "generic-after-sales",
    "generic-chats",
    "generic-calls",
    "generic-figures",
];

/// The name of a file that has no known profile.
pub(super) fn generic_name(kind: FileKind) -> &'static str {
    let [reviews, orders, mixed, shipments, after_sales, chats, calls, figures] = GENERIC;
    match kind {
        FileKind::Reviews => reviews,
        FileKind::Orders => orders,
        FileKind::Mixed => mixed,
        FileKind::Shipments => shipments,
        FileKind::AfterSales => after_sales,
        FileKind::Chats => chats,
        FileKind::Calls => calls,
        FileKind::Figures => figures,
    }
}

/// The kind of records that a generic name speaks of; none for reviews and orders.
pub(super) fn generic_kind(name: &str) -> Option<FileKind> {
    [FileKind::Shipments, FileKind::AfterSales, FileKind::Chats, FileKind::Calls, FileKind::Figures]
        .into_iter()
        .find(|kind| generic_name(*kind) == name)
}

/// Every name that `--profile` takes.
#[must_use]
pub fn profile_names() -> Vec<&'static str> {
    PROFILES.iter().map(|profile| profile.name).chain(GENERIC).collect()
}

/// The first profile whose headers are all among these (normalised).
pub(super) fn recognise(headers: &[String]) -> Option<&'static Profile> {
    let there: HashSet<&str> = headers.iter().map(String::as_str).collect();
    let has = |header: &str| header.split('|').any(|one| there.contains(one));
    PROFILES.iter().find(|profile| profile.headers.split(' ').all(has))
}

#[cfg(test)]
mod tests {
    use super::super::aliases::normal;
    use super::*;

    #[test]
    fn profiles_are_written_in_the_spelling_of_headers() {
        for profile in PROFILES {
            let required = profile.headers.split([' ', '|']);
            for word in required.chain(profile.meanings.iter().map(|(header, _)| *header)) {
                assert_eq!(normal(word), word, "{}", profile.name);
            }
            let first = |header: &str| header.split('|').next().unwrap_or_default().to_owned();
            let headers: Vec<String> = profile.headers.split(' ').map(first).collect();
            assert_eq!(
                recognise(&headers).map(|found| found.name),
                Some(profile.name),
                "hidden by an earlier one"
            );
        }
    }
}
