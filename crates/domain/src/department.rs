//! The other departments of a merchant that hold half the answers.

use serde::{Deserialize, Serialize};

/// A department that is asked by tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Department {
    /// 仓库: packs, checks, sends.
    Warehouse,
    /// 快递对接: asks the carriers.
    Courier,
    /// 产品: what is sold and how it is made.
    Product,
    /// 财务: pays and refunds.
    Finance,
}

impl Department {
    /// Every department there is.
    pub const ALL: [Self; 4] = [Self::Warehouse, Self::Courier, Self::Product, Self::Finance];

    /// The code kept in the store and shown by the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Warehouse => "warehouse",
            Self::Courier => "courier",
            Self::Product => "product",
            Self::Finance => "finance",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|department| department.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for department in Department::ALL {
            assert_eq!(Department::from_code(department.code()), Some(department));
            let json = serde_json::to_value(department).unwrap();
            assert_eq!(json, department.code());
        }
        assert_eq!(Department::from_code("sales"), None);
    }
}
