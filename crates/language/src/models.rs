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

/// The names of the shipped models, without the number of their version.
pub const NAMES: [&str; 5] = ["zh-sentiment", "en-sentiment", "pt-sentiment", "zh-cause", "en-cause"];

impl Models {
    /// The model of this name (`zh-cause`), whatever its version.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&LinearModel> {
        self.each().into_iter().find(|model| stem(model.name()) == name)
    }

    /// Puts a version in the place of the one in use; false when the name is none of [`NAMES`].
    pub fn replace(&mut self, model: LinearModel) -> bool {
        let place = match stem(model.name()) {
            "zh-sentiment" => &mut self.chinese_sentiment,
            "en-sentiment" => &mut self.english_sentiment,
            "pt-sentiment" => &mut self.portuguese_sentiment,
            "zh-cause" => &mut self.chinese_cause,
            "en-cause" => &mut self.english_cause,
            _ => return false,
        };
        *place = model;
        true
    }

    /// Every model, in the order of [`NAMES`].
    #[must_use]
    pub fn each(&self) -> [&LinearModel; 5] {
        [
            &self.chinese_sentiment,
            &self.english_sentiment,
            &self.portuguese_sentiment,
            &self.chinese_cause,
            &self.english_cause,
        ]
    }

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

/// A model's name without the number of its version: `zh-cause` of `zh-cause-2`.
#[must_use]
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((stem, version)) if version.parse::<u32>().is_ok() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_takes_the_place_of_the_one_before() {
        let mut models = Models::shipped().unwrap();
        for (name, model) in NAMES.iter().zip(models.each()) {
            assert_eq!(stem(model.name()), *name);
        }
        let shipped = models.named("zh-cause").unwrap();
        let heads = shipped.heads().to_vec();
        let next = LinearModel::new("zh-cause-7".to_owned(), shipped.grams(), shipped.keys().to_vec(), heads);
        assert!(models.replace(next.unwrap()));
        assert_eq!(models.named("zh-cause").map(LinearModel::name), Some("zh-cause-7"));
        assert!(models.named("zh").is_none());
    }
}
