//! What a row would be stored as, shown before it is.

use pingxin_channels::files::convert::{PreviewPart, preview};
use pingxin_domain::intake::Field;

use crate::support::{read, shanghai};

fn parts(text: &str) -> Vec<PreviewPart> {
    let (rows, failures) = read(text).convert(shanghai());
    assert!(failures.is_empty(), "{failures:?}");
    preview(&rows[0], &shanghai())
}

fn shown(part: &PreviewPart) -> Vec<(&'static str, &str)> {
    part.fields.iter().map(|(field, value)| (field.code(), value.as_str())).collect()
}

#[test]
fn an_order_its_line_and_its_review() {
    let all = parts(
        "订单编号,订单状态,下单时间,实付金额,商品ID,商品单价,购买数量,收货人姓名,评价内容,评分,追评内容,追评时间,评价图片\n\
         1001,交易成功,2026-10-01 12:00:00,129.00,88,64.5,2,李四,不错,5,坏了,2026-10-09,https://a.example/1.jpg\n",
    );
    let whats: Vec<&str> = all.iter().map(|part| part.what).collect();
    assert_eq!(whats, ["order", "order_line", "review", "followup"]);
    assert_eq!(
        shown(&all[0]),
        [
            ("order_number", "1001"),
            ("order_state", "completed"),
            ("placed", "2026-10-01T12:00:00+08:00"),
            ("amount", "129.00 CNY"),
            ("buyer_name", "李四"),
        ]
    );
    assert!(shown(&all[1]).contains(&("price", "64.50 CNY")) && shown(&all[1]).contains(&("quantity", "2")));
    assert!(
        shown(&all[2]).contains(&("rating", "5"))
            && shown(&all[2]).contains(&("photos", "https://a.example/1.jpg"))
    );
    assert!(shown(&all[3]).contains(&("followup_text", "坏了")));
    assert!(shown(&all[3]).contains(&("followup_created", "2026-10-09T00:00:00+08:00")));
}

#[test]
fn records_of_every_kind() {
    for (text, what, field, value) in [
        ("运单号,物流状态\nSF1,已签收\n", "shipment", Field::ShipmentState, "delivered"),
        (
            "运单号,时间,物流轨迹\nSF1,2026-10-01 12:00:00,签收\n",
            "trace",
            Field::TraceAt,
            "2026-10-01T12:00:00+08:00",
        ),
        ("退款编号,退款金额,退款类型\nR1,5,仅退款\n", "after_sale", Field::RefundAmount, "5.00 CNY"),
        ("发送时间,发送人,消息内容\n2026-10-01 12:00:00,a:b,在\n", "chat", Field::SaidSide, "seller"),
        ("通话时间,电话,通话时长\n2026-10-01 12:00:00,13800001111,1:05\n", "call", Field::CallSeconds, "65"),
        ("日期,指标,数值\n2026-10-01,品退率,1.5%\n", "figure", Field::FigureValue, "1.5%"),
    ] {
        let all = parts(text);
        assert_eq!((all.len(), all[0].what), (1, what));
        assert!(all[0].fields.contains(&(field, value.to_owned())), "{:?}", all[0]);
    }
    let json = serde_json::to_string(&parts("运单号,物流状态\nSF1,已签收\n")).unwrap();
    assert!(json.contains(r#"["tracking_number","SF1"]"#), "{json}");
    let calls = parts("通话时间,电话,通话时长\n2026-10-01 12:00:00,13800001111,1:05\n");
    assert!(shown(&calls[0]).contains(&("buyer_phone", "13800001111")), "masking is the desk's");
}
