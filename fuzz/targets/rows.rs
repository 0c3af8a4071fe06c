//! Rows under known headers: the first line of the input picks headers, the others are cells.
#![no_main]

use pingxin_channels::files::RawRow;

const HEADERS: &[&str] = &[
    "评价ID,评价内容,评分,评价时间,追评内容,追评时间,评价图片,videos,买家昵称,订单编号,pingxin_id",
    "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,宝贝标题,购买数量,单价,子订单编号",
    "退款编号,订单编号,退款类型,退款状态,退款金额,退款原因,申请时间,退款完结时间",
    "时间,发送人,内容,买家昵称,订单编号",
    "通话时间,呼叫方向,通话结果,通话时长,手机号,坐席,备注",
    "运单号,物流公司,订单编号,物流时间,物流信息,物流状态",
    "指标名称,指标值,日期",
    "Date,Rating,Comments,Your Response,Order ID,Rater Email",
    "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let columns: Vec<String> =
        HEADERS[usize::from(*first) % HEADERS.len()].split(',').map(str::to_owned).collect();
    let text = String::from_utf8_lossy(bytes);
    let rows: Vec<RawRow> = text
        .split('\n')
        .take(12)
        .zip(2..)
        .map(|(line, number)| {
            let mut cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            cells.resize(columns.len(), String::new());
            RawRow { line: number, cells }
        })
        .collect();
    pingxin_fuzz::rows(&columns, &rows);
    if first & 0xf0 == 0 {
        pingxin_fuzz::keep(&columns, &rows);
    }
});
