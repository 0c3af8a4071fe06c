//! Refusals in words that a person acts on.

use pingxin_domain::compensation::{AskRefused, CompensationRefused, LadderError};
use pingxin_domain::{Money, Say};

use crate::error::DeskError;

fn shown(money: Money) -> String {
    money.to_string()
}

pub(super) fn ask(refused: AskRefused) -> Say {
    let zh = match refused {
        AskRefused::NoOrder => "不知道订单付了多少钱，请先导入订单".to_owned(),
        AskRefused::Nothing => "金额要大于 0".to_owned(),
        AskRefused::OtherCurrency(currency) => format!("订单是用 {currency} 付的"),
        AskRefused::NotOnLadder => "这里不能这样赔：赔付标准或平台规则不允许".to_owned(),
        AskRefused::AboveRung(most) => format!("这一档最多 {}", shown(most)),
        AskRefused::AboveCap(most) => format!("这种情况一次最多 {}", shown(most)),
        AskRefused::Again => "这件事已经赔过或正在赔，不能重复；要改请先撤回".to_owned(),
        AskRefused::OverOrder(left) => format!("加上已赔付和已退款，最多还能赔 {}", shown(left)),
        AskRefused::AgentMonth(left) => format!("您本月的额度还剩 {}", shown(left)),
        AskRefused::ShopMonth(left) => format!("店铺本月的预算还剩 {}", shown(left)),
        AskRefused::RatingDay => "今天和买家谈过评价；赔付和评价不能在同一天，请明天再申请".to_owned(),
    };
    Say::new(zh, refused.to_string())
}

pub(super) fn refused(refused: CompensationRefused) -> Say {
    let zh = match refused {
        CompensationRefused::NotWaiting => "这笔赔付没有在等审核",
        CompensationRefused::Own => {
            "自己申请的赔付不能自己通过，请另一位主管审核；一人店铺可在「设置 → 商家」打开单人模式"
        }
        CompensationRefused::SamePerson => "超过额度要两个人审核，您已经通过一次了，请另一位审核",
        CompensationRefused::Nobody => "只有人可以审核",
        CompensationRefused::NotApproved => "还没有审核通过",
        CompensationRefused::Paid => "已经打款了",
        CompensationRefused::Over => "已经结束了",
        CompensationRefused::Confirmed => "退款清单已确认到账，不能撤回",
    };
    Say::new(zh, refused.to_string())
}

pub(super) fn ladder(error: &LadderError) -> DeskError {
    let zh = match error {
        LadderError::Unreadable(why) => format!("赔付标准读不懂：{why}"),
        LadderError::Amount(text, _) => format!("“{text}”不是金额或币种"),
        LadderError::Falls(kind) => format!("`{kind}` 的上限低于下面一档"),
    };
    DeskError::refused(zh, error.to_string())
}
