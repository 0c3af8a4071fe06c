//! Headers of parcels, after-sales, chats, calls and figures. They only count in a file that is of their kind
//! (`columns/kind.rs`), so that a 原因 or a status in a file of orders means what it always did.
//!
//! Sources: specs of TOP (`taobao.refunds.receive.get`, `taobao.logistics.trace.search`), connectors.md 1.4 and
//! part 6, peers.md part 4 (领星 售后单), and the words a person would write.

use pingxin_domain::intake::Field;

/// Headers that say what they mean.
pub(super) const CLEAR: &[(Field, &str)] = &[
    (
        Field::ShipmentState,
        "物流状态 快递状态 运单状态 包裹状态 轨迹状态 shipmentstate shipmentstatus trackingstatus parcelstatus parcelstate",
    ),
    (
        Field::TraceAt,
        "轨迹时间 扫描时间 节点时间 流转时间 物流时间 traceat tracetime statustime eventtime scantime scannedat",
    ),
    (
        Field::TraceText,
        "物流轨迹 轨迹内容 轨迹描述 轨迹信息 轨迹 物流信息 物流详情 物流动态 流转信息 节点说明 tracetext tracedescription statusdesc eventdescription trackinginfo trackingevent trackingdetail",
    ),
    (
        Field::AfterSaleId,
        "退款编号 退款单号 退款id 售后编号 售后单号 售后id 售后单编号 退货单号 退货编号 服务单号 维权编号 aftersaleid aftersalesid aftersaleno refundid refundno refundnumber returnid returnnumber returnrequestid rmaid rmano rmanumber rma",
    ),
    (
        Field::AfterSaleKind,
        "售后类型 售后方式 退款类型 退货类型 退换类型 aftersalekind aftersaletype aftersalestype refundtype returntype rmatype disputetype",
    ),
    (
        Field::AfterSaleState,
        "售后状态 退款状态 退货状态 售后单状态 aftersalestate aftersalestatus aftersalesstatus refundstatus returnstatus rmastatus",
    ),
    (
        Field::Reason,
        "退款原因 退货原因 售后原因 买家退款原因 申请原因 申请售后原因 refundreason returnreason rmareason aftersalereason reasoncode",
    ),
    (
        Field::Explanation,
        "退款说明 买家退款说明 售后说明 申请说明 退货说明 问题描述 explanation refunddescription customercomments",
    ),
    (Field::Disposition, "detaileddisposition disposition"),
    (
        Field::RefundAmount,
        "退款金额 买家退款金额 退还金额 申请退款金额 实际退款金额 退款总额 退款总金额 售后金额 refundamount refundfee refundedamount refundtotal amountrefunded",
    ),
    (
        Field::Requested,
        "退款申请时间 退款的申请时间 售后申请时间 退货申请时间 申请退款时间 申请售后时间 申请时间 requested requestedat requestdate refundrequestedat returnrequestdate returndate 退货日期",
    ),
    (
        Field::Resolved,
        "退款完结时间 完结时间 退款成功时间 退款完成时间 退款时间 售后完成时间 售后完结时间 resolved resolvedat refundedat refunddate refundtime closedat",
    ),
    (
        Field::SaidAt,
        "发送时间 消息时间 聊天时间 发言时间 消息发送时间 saidat sentat sendtime senttime messagetime messagedate messagecreatedat",
    ),
    (
        Field::SaidBy,
        "发送人 发送者 发送方 发言人 发言者 消息发送者 消息发送人 发送人昵称 saidby sender sendername sendernick fromnick fromuser speaker",
    ),
    (
        Field::SaidText,
        "消息内容 聊天内容 对话内容 聊天记录 发言内容 会话内容 saidtext messagetext messagecontent messagebody chatcontent chatmessage",
    ),
    (
        Field::SaidSide,
        "发送方类型 发送人类型 发送者类型 发送方身份 发送者身份 发送人身份 消息方向 消息类别 saidside sendertype senderrole messagedirection",
    ),
    (
        Field::CalledAt,
        "通话时间 呼叫时间 拨打时间 来电时间 去电时间 外呼时间 通话开始时间 呼叫开始时间 calledat calltime calldate callstart callstarttime callstartedat",
    ),
    (Field::CallDirection, "呼叫方向 通话方向 呼叫类型 通话类型 calldirection calltype"),
    (
        Field::CallResult,
        "通话结果 呼叫结果 拨打结果 外呼结果 接通状态 呼叫状态 通话状态 是否接通 callresult callstatus calloutcome",
    ),
    (
        Field::CallSeconds,
        "通话时长 呼叫时长 通话秒数 接通时长 callseconds callduration talktime talkseconds calllength",
    ),
    (
        Field::CallNote,
        "通话备注 通话小结 通话内容 通话记录 沟通内容 沟通结果 沟通记录 callnote callnotes callsummary",
    ),
    (
        Field::Agent,
        "客服 客服姓名 客服账号 坐席 坐席姓名 座席 座席姓名 接待客服 外呼人员 agent agentname callagent operator",
    ),
    (Field::FigureName, "指标 指标名称 指标名 考核指标 figurename figure metric metricname kpi"),
    (Field::FigureValue, "指标值 数值 指标数值 figurevalue metricvalue"),
    (Field::FigureAt, "统计日期 统计时间 指标日期 数据日期 figureat figuredate statdate metricdate"),
];

/// Headers that mean different things in different files.
pub(super) const UNCLEAR: &[(Field, &str)] = &[
    (Field::ShipmentState, "状态 status state 动作 action 节点"),
    (Field::TraceAt, "时间 日期 time date timestamp datetime 更新时间 updatedat"),
    (Field::TraceText, "内容 描述 说明 详情 description desc event detail details text content message"),
    (Field::AfterSaleKind, "类型 type kind"),
    (Field::AfterSaleState, "状态 status state 处理状态"),
    (Field::Reason, "原因 reason"),
    (
        Field::Explanation,
        "说明 描述 备注 desc description remark note comments comment buyercomment buyercomments",
    ),
    (Field::Requested, "时间 日期 time date created createdat createdate createtime 创建时间 提交时间"),
    (Field::Resolved, "完成时间 completedat"),
    // The parcel that comes back, where the one that went out stands beside it.
    (Field::TrackingNumber, "退货物流单号 退货运单号 退货快递单号 returntrackingnumber returntracking"),
    (Field::Carrier, "退货物流公司 退货快递公司 退货快递 returncarrier"),
    (Field::SaidAt, "时间 日期 time date timestamp datetime created createdat ts"),
    (Field::SaidBy, "from 昵称 nick nickname 姓名 name user 用户 author account 账号"),
    (Field::SaidText, "内容 消息 正文 文本 text content message body msg words"),
    (Field::SaidSide, "角色 方向 身份 role side direction 类型 type"),
    (Field::CalledAt, "时间 日期 time date timestamp datetime started startedat start 开始时间"),
    (Field::CallDirection, "方向 类型 direction type"),
    (Field::CallResult, "结果 状态 result status outcome state"),
    (Field::CallSeconds, "时长 秒数 duration seconds length"),
    (Field::CallNote, "备注 小结 说明 内容 note notes remark remarks comment comments content summary"),
    (Field::Agent, "操作人 员工 user 用户 staff"),
    (Field::FigureName, "名称 项目 name"),
    (Field::FigureValue, "值 value 分值 得分 score"),
    (Field::FigureAt, "日期 时间 date day time"),
];
