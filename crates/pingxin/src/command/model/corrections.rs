//! Learning from corrections: texts with what an agent says of them, one a line as JSON.
//!
//! `{"id":"r1","text":"…","cause":"quality","sentiment":"negative","fault":"seller"}`; `causes` may name several, the most
//! important first; `"cause":null` says that the text complains of nothing; what is absent was not corrected.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, bail};
use pingxin_language::model::LinearModel;
use pingxin_language::models::{Models, stem};
use pingxin_language::training::{Example, adapt};
use pingxin_language::{Cause, Expected, Fault, Language, Reader, Reading, SentimentLabel};
use pingxin_store::secret::hash_of;
use serde::{Deserialize, Deserializer};

use super::versions::Versions;

/// Fewer corrections than these teach chance, and a tenth of them measures nothing.
const FEWEST: usize = 20;

/// What an agent says of a text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Correction {
    text: String,
    #[serde(default, deserialize_with = "told")]
    cause: Option<Option<Cause>>,
    #[serde(default)]
    causes: Option<Vec<Cause>>,
    #[serde(default)]
    sentiment: Option<SentimentLabel>,
    #[serde(default)]
    fault: Option<Fault>,
}

/// Tells `null` from absent.
fn told<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Cause>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Correction {
    /// The causes, the most important first; none when they were not corrected.
    fn causes(&self) -> Option<Vec<Cause>> {
        match (&self.causes, self.cause) {
            (Some(causes), _) => Some(causes.clone()),
            (None, Some(cause)) => Some(cause.into_iter().collect()),
            (None, None) => None,
        }
    }

    /// What it answers to the questions of a model.
    fn answers(&self, model: &LinearModel) -> Vec<Option<bool>> {
        let causes = self.causes();
        let is = |label| self.sentiment.map(|sentiment| sentiment == label);
        let neutral =
            self.sentiment.map(|label| matches!(label, SentimentLabel::Neutral | SentimentLabel::Mixed));
        let answer = |head: &str| match head {
            "positive" => match self.sentiment? {
                SentimentLabel::Positive => Some(true),
                SentimentLabel::Negative => Some(false),
                SentimentLabel::Neutral | SentimentLabel::Mixed => None,
            },
            "three:negative" => is(SentimentLabel::Negative),
            "three:neutral" => neutral,
            "three:positive" => is(SentimentLabel::Positive),
            _ => {
                if let Some(fault) = head.strip_prefix("fault:") {
                    self.fault.map(|right| right.as_str() == fault)
                } else if let Some(first) = head.strip_prefix("first:") {
                    causes.as_ref().map(|causes| causes.first().is_some_and(|cause| cause.as_str() == first))
                } else {
                    causes.as_ref().map(|causes| causes.iter().any(|cause| cause.as_str() == head))
                }
            }
        };
        model.heads().iter().map(|head| answer(&head.name)).collect()
    }

    /// How many of its points a reading has right, and how many there are, of those that `model` answers.
    fn judge(&self, model: &str, reading: &Reading) -> (u32, u32) {
        let mut points = Vec::new();
        if model.ends_with("sentiment") {
            points.extend(self.sentiment.map(|label| reading.sentiment.label == label));
        } else {
            let first = reading.causes.first().map(|found| found.code);
            points.extend(self.causes().map(|causes| causes.first().copied() == first));
            points.extend(self.fault.map(|fault| fault == reading.fault));
        }
        (points.iter().map(|right| u32::from(*right)).sum(), points.len() as u32)
    }
}

/// Makes a new version of every model that the corrections teach, and uses those that do better on the tenth of them
/// that was kept back.
///
/// # Errors
/// When the file cannot be read, or the versions cannot be written.
pub(super) fn learn(file: &Path, versions: &Versions, output: &mut impl Write) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let corrections = read(&text).with_context(|| format!("{} cannot be used", file.display()))?;
    let models = versions.in_use()?;
    let reader = Reader::with_models(models.clone());
    let language = |correction: &Correction| reader.read(None, &correction.text, Expected::Unknown).language;
    for (model, of) in [
        ("zh-sentiment", Language::Chinese),
        ("zh-cause", Language::Chinese),
        ("en-sentiment", Language::English),
        ("en-cause", Language::English),
    ] {
        let teaches = |correction: &&Correction| match model.ends_with("sentiment") {
            true => correction.sentiment.is_some(),
            false => correction.causes().is_some() || correction.fault.is_some(),
        };
        let told: Vec<&Correction> =
            corrections.iter().filter(teaches).filter(|correction| language(correction) == of).collect();
        if told.len() < FEWEST {
            writeln!(
                output,
                "{model}: {} corrections, at least {FEWEST} are needed; nothing learnt",
                told.len()
            )?;
            continue;
        }
        let (held, taught) = keep_back(told);
        let Some(old) = models.named(model) else { bail!("there is no model {model}") };
        let name = versions.next(model)?;
        let examples: Vec<Example> = taught
            .iter()
            .map(|correction| Example {
                text: correction.text.clone(),
                answers: correction.answers(old),
                weight: 1.0,
            })
            .collect();
        let new = adapt(old, &name, &examples).with_context(|| format!("learning {name} failed"))?;
        let mut with = models.clone();
        with.replace(new.clone());
        let (before, after) = (share(&models, model, &held), share(&with, model, &held));
        versions.keep(&new)?;
        let better = after > before;
        if better {
            versions.switch(&name)?;
        }
        writeln!(
            output,
            "{model}: {} corrections learnt, {} kept back; right before {before:.3} ({}), after {after:.3} ({name}); {}",
            taught.len(),
            held.len(),
            old.name(),
            if better { "in use from now on" } else { "not better, so not used" },
        )?;
    }
    Ok(())
}

fn read(text: &str) -> anyhow::Result<Vec<Correction>> {
    let mut corrections = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if !line.trim().is_empty() {
            corrections.push(serde_json::from_str(line).with_context(|| format!("line {number}"))?);
        }
    }
    Ok(corrections)
}

/// A tenth, at least one, by the hash of the text: the same text is always on the same side of a list.
fn keep_back(mut told: Vec<&Correction>) -> (Vec<&Correction>, Vec<&Correction>) {
    told.sort_by_key(|correction| hash_of(&correction.text));
    // Corrections of one text stay together, so that none is measured on what it was taught.
    let mut tenth = told.len().div_ceil(10);
    while tenth < told.len() && told[tenth].text == told[tenth - 1].text {
        tenth += 1;
    }
    let taught = told.split_off(tenth);
    (told, taught)
}

/// The share of the points that these models get right.
fn share(models: &Models, model: &str, held: &[&Correction]) -> f64 {
    let reader = Reader::with_models(models.clone());
    let (mut right, mut all) = (0, 0);
    for correction in held {
        let reading = reader.read(None, &correction.text, Expected::Unknown);
        let (hits, points) = correction.judge(stem(model), &reading);
        right += hits;
        all += points;
    }
    f64::from(right) / f64::from(all.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: impl Iterator<Item = String>, rest: &str) -> String {
        texts.map(|text| format!("{{\"id\":\"r\",\"text\":\"{text}\",{rest}}}\n")).collect()
    }

    fn learnt(corrections: &str) -> (String, Versions, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("corrections.jsonl");
        std::fs::write(&file, corrections).unwrap();
        let versions = Versions::of(&folder.path().join("models"));
        let mut output = Vec::new();
        learn(&file, &versions, &mut output).unwrap();
        (String::from_utf8(output).unwrap(), versions, folder)
    }

    #[test]
    fn what_agents_say_of_local_words_is_learnt_and_used() {
        // A word that no model knows: here it means that parts were missing.
        let texts = (0..60).map(|at| {
            format!("第{}次买,收到又是花花了", "一二三四五六七八九十".chars().nth(at % 10).unwrap_or('一'))
        });
        let texts: Vec<String> =
            texts.enumerate().map(|(at, text)| format!("{text}{}", "呀".repeat(at / 10))).collect();
        let (told, versions, _folder) =
            learnt(&lines(texts.into_iter(), "\"cause\":\"wrong_missing\",\"fault\":\"seller\""));
        assert!(told.contains("zh-cause: 54 corrections learnt, 6 kept back"), "{told}");
        assert!(told.contains("in use from now on"), "{told}");
        assert!(told.contains("zh-sentiment: 0 corrections, at least 20 are needed"), "{told}");
        let reader = Reader::with_models(versions.in_use().unwrap());
        let reading = reader.read(None, "这次收到又是花花了", Expected::Complaint);
        assert_eq!(reading.causes.first().map(|found| found.code), Some(Cause::WrongMissing));
        assert!(reader.model().contains("zh-cause-2"), "{}", reader.model());
        // What was known before is still known.
        let reading = reader.read(None, "穿了两天就开线，质量太差", Expected::Complaint);
        assert_eq!(reading.causes.first().map(|found| found.code), Some(Cause::Quality));
    }

    #[test]
    fn a_version_that_is_no_better_is_kept_but_not_used() {
        let texts = (0..20).map(|at| format!("质量太差了，用了{at}个月就坏了"));
        let (told, versions, _folder) = learnt(&lines(texts, "\"cause\":\"quality\""));
        assert!(told.contains("not better, so not used"), "{told}");
        let listed: Vec<(String, bool)> =
            versions.list().unwrap().into_iter().map(|one| (one.name, one.in_use)).collect();
        assert!(listed.contains(&("zh-cause-2".to_owned(), false)), "{listed:?}");
    }

    #[test]
    fn null_is_told_from_absent_and_a_bad_line_is_named() {
        let read_one = |line: &str| read(line).unwrap().remove(0);
        assert_eq!(read_one(r#"{"text":"好","cause":null}"#).causes(), Some(vec![]));
        assert_eq!(read_one(r#"{"text":"好"}"#).causes(), None);
        let several = read_one(r#"{"text":"x","causes":["size_fit","price"],"id":3}"#);
        assert_eq!(several.causes(), Some(vec![Cause::SizeFit, Cause::Price]));
        let wrong = read("{\"text\":\"x\"}\n{\"text\":\"x\",\"cause\":\"bad luck\"}").unwrap_err();
        assert!(
            format!("{wrong:#}").contains("line 2") && format!("{wrong:#}").contains("bad luck"),
            "{wrong:#}"
        );
    }

    #[test]
    fn the_same_text_is_never_on_both_sides() {
        let text = lines((0..30).map(|at| format!("文字{}", at % 3)), "\"sentiment\":\"negative\"");
        let corrections = read(&text).unwrap();
        let (held, taught) = keep_back(corrections.iter().collect());
        assert_eq!(held.len(), 10);
        assert!(taught.iter().all(|one| one.text != held[0].text));
    }
}
