//! Refusals in words that a person acts on.

use pingxin_domain::Say;
use pingxin_domain::incentive::{ClaimRefused, IncentiveRefused, RulesError};

use crate::error::DeskError;

pub(super) fn claim(refused: ClaimRefused) -> Say {
    let zh = match refused {
        ClaimRefused::NotSolved => "跟进单还没有解决，或又重新打开了",
        ClaimRefused::NotPutRight => {
            "只有把事情解决好（结果为「已解决未改」）才有奖励；评价被修改或删除不计奖励"
        }
        ClaimRefused::NotYours => "只有这张跟进单的处理人可以申请",
        ClaimRefused::Late => "已超时或有失约，不算按时解决",
    };
    Say::new(zh, refused.to_string())
}

pub(super) fn refused(refused: IncentiveRefused) -> Say {
    let zh = match refused {
        IncentiveRefused::NotWaiting => "这笔奖励没有在等核实",
        IncentiveRefused::Own => "自己的奖励不能自己核实，请另一位主管",
        IncentiveRefused::NotPayable => "还没有核实，不能发放",
        IncentiveRefused::Over => "已经结束了",
    };
    Say::new(zh, refused.to_string())
}

pub(super) fn no_amount() -> Say {
    Say::new("这种原因没有设奖励", "no incentive is set for this cause")
}

pub(super) fn taken() -> Say {
    Say::new("这次解决已经申请过奖励", "this end of the case was claimed already")
}

pub(super) fn rules(error: &RulesError) -> DeskError {
    let zh = match error {
        RulesError::Amount(text, _) => format!("“{text}”不是大于 0 的金额或币种"),
        RulesError::Twice(cause) => format!("`{cause}` 写了两次"),
        RulesError::Days => "追回期应为 1 到 365 天".to_owned(),
    };
    DeskError::refused(zh, error.to_string())
}
