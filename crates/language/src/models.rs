//! The shipped text models.

use crate::model::{LinearModel, ModelFileError};

/// The text models that a reader uses.
#[derive(Debug, Clone)]
pub struct Models {
    /// Is a Chinese text favourable?
    pub chinese_sentiment: LinearModel,
    /// Is an English text favourable?
    pub english_sentiment: LinearModel,
    /// Is a Portuguese text favourable?
    pub portuguese_sentiment: LinearModel,
    /// What does a Chinese text complain of, and whose fault is it?
    pub chinese_cause: LinearModel,
    /// What does an English text complain of, and whose fault is it?
    pub english_cause: LinearModel,
}

impl Models {
    /// Those that the program was built with.
    ///
    /// # Errors
    /// [`ModelFileError`] when the program was built with damaged files.
    pub fn shipped() -> Result<Self, ModelFileError> {
        Ok(Self {
            chinese_sentiment: LinearModel::from_bytes(include_bytes!("../../../models/zh-sentiment.model"))?,
            english_sentiment: LinearModel::from_bytes(include_bytes!("../../../models/en-sentiment.model"))?,
            portuguese_sentiment: LinearModel::from_bytes(include_bytes!(
                "../../../models/pt-sentiment.model"
            ))?,
            chinese_cause: LinearModel::from_bytes(include_bytes!("../../../models/zh-cause.model"))?,
            english_cause: LinearModel::from_bytes(include_bytes!("../../../models/en-cause.model"))?,
        })
    }
}
