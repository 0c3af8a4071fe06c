//! Learning from corrections: texts with what an agent says of them, one a line as JSON.
//!
//! `{"id":"r1","text":"…","cause":"quality","sentiment":"negative","fault":"seller"}`; `causes` may name several, the most
//! important first; `"cause":null` says that the text complains of nothing; what is absent was not corrected.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use pingxin_desk::reading::learning::{FEWEST, Learnt, Lesson, learn as learn_from};
use pingxin_domain::correction::Correction as Said;
use pingxin_language::{Cause, Fault, SentimentLabel};
use serde::{Deserialize, Deserializer};

use super::versions::Versions;

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

    fn into_lesson(self) -> Lesson {
        let said = Said { causes: self.causes(), sentiment: self.sentiment, fault: self.fault };
        Lesson { text: self.text, said }
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
    let lessons: Vec<Lesson> = corrections.into_iter().map(Correction::into_lesson).collect();
    let learnt = learn_from(&versions.in_use()?, &lessons, |model| versions.next(model))?;
    for one in &learnt {
        if let Learnt::Version { new, before, after, .. } = one {
            versions.keep(new)?;
            if after > before {
                versions.switch(new.name())?;
            }
        }
        tell(one, output)?;
    }
    Ok(())
}

/// One line on what came of a model.
pub(super) fn tell(learnt: &Learnt, output: &mut impl Write) -> std::io::Result<()> {
    match learnt {
        Learnt::TooFew { model, told } => {
            writeln!(output, "{model}: {told} corrections, at least {FEWEST} are needed; nothing learnt")
        }
        Learnt::Version { model, new, before_name, taught, held, before, after } => writeln!(
            output,
            "{model}: {taught} corrections learnt, {held} kept back; right before {before:.3} ({before_name}), after {after:.3} ({}); {}",
            new.name(),
            if after > before { "in use from now on" } else { "not better, so not used" },
        ),
    }
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

#[cfg(test)]
mod tests {
    use pingxin_language::{Expected, Reader};

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
}
