//! The learnt layer of the guard: its texts, its training, and its figures by k-fold.

mod groups;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use pingxin_domain::Platform;
use pingxin_domain::guard::{
    Channel, Draft, Guard, GuardModels, Labelled, Rule, Severity, Thresholds, Verdict, train,
};
use pingxin_store::guard_alarm::Alarm;
use serde::Deserialize;

use crate::command::check::input::Line;

/// How many folds the figures are made of.
const FOLDS: usize = 5;

/// A labelled text as its file has it.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// The line as JSON, an input of `pingxin check`.
    line: String,
    /// The text alone.
    text: String,
    /// What the guard should say.
    verdict: Verdict,
    /// The rules that it breaks.
    rules: Vec<Rule>,
    /// It hides its words.
    evasion: bool,
    /// How much it counts in training.
    weight: f32,
}

/// How much an agent's turn in a conversation counts: they are many and nearly all of them honest, while what the
/// guard sees is mixed.
const TURN_WEIGHT: f32 = 0.3;

#[derive(Deserialize)]
struct Expected {
    text: String,
    expect: Answer,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct Answer {
    verdict: Verdict,
    rules: Vec<Rule>,
}

impl Case {
    /// What `look` sees of the draft.
    fn with<T>(&self, look: impl FnOnce(&Draft<'_>) -> T) -> anyhow::Result<T> {
        let line: Line<'_> = serde_json::from_str(&self.line)?;
        let draft = line.draft().map_err(anyhow::Error::msg)?;
        Ok(look(&draft))
    }

    fn labelled(&self, guard: &Guard) -> anyhow::Result<Labelled> {
        let features = self.with(|draft| guard.features(draft))?;
        Ok(Labelled { features, rules: self.rules.clone(), weight: self.weight })
    }
}

/// The texts of `DATA/guard/part-*.jsonl`, in order.
///
/// # Errors
/// When a file cannot be read or a line is no labelled text.
pub(super) fn cases(data: &Path) -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in files(&data.join("guard"))? {
        for (number, line) in lines(&path)? {
            let expected: Expected =
                serde_json::from_str(&line).with_context(|| format!("{}, line {number}", path.display()))?;
            cases.push(Case {
                line,
                text: expected.text,
                verdict: expected.expect.verdict,
                rules: expected.expect.rules,
                evasion: expected.kind == "evasion",
                weight: 1.0,
            });
        }
    }
    Ok(cases)
}

/// Texts that people of the shop marked as false alarms: they may be sent. What a block says never comes here.
pub(super) fn alarms(marked: &[Alarm]) -> Vec<Case> {
    let case = |alarm: &Alarm| {
        let line = serde_json::json!({
            "id": 0, "text": alarm.text, "platform": alarm.platform.map(Platform::code), "channel": alarm.channel,
            "object": alarm.object, "stage": alarm.stage,
        });
        Case {
            line: line.to_string(),
            text: alarm.text.clone(),
            verdict: Verdict::Allow,
            rules: Vec::new(),
            evasion: false,
            weight: 1.0,
        }
    };
    marked.iter().filter(|alarm| alarm.severity < Severity::Block).map(case).collect()
}

/// Our own labelled texts, `LABELS/guard.tsv`; none when there is no such file.
///
/// # Errors
/// When a row means nothing.
pub(super) fn own(labels: &Path) -> anyhow::Result<Vec<Case>> {
    let path = labels.join("guard.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(Vec::new()) };
    let mut cases = Vec::new();
    for (number, row) in (1..).zip(text.lines()).skip(1).filter(|(_, row)| !row.trim().is_empty()) {
        let wrong = || anyhow::anyhow!("{}, row {number}: {row}", path.display());
        let [rules, platform, channel, stage, object, text]: [&str; 6] =
            row.split('\t').collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
        let known = |value: &str| (value != "-").then(|| value.to_owned());
        let rules: Vec<Rule> = match known(rules) {
            Some(codes) => codes.split(',').map(Rule::from_code).collect::<Option<_>>().ok_or_else(wrong)?,
            None => Vec::new(),
        };
        let chinese = matches!(platform, "taobao" | "tmall" | "jd");
        let line = serde_json::json!({"id": number, "text": text, "platform": known(platform), "channel": known(channel),
            "stage": known(stage), "object": known(object), "market": chinese.then_some("CN")});
        let verdict = if rules.is_empty() { Verdict::Allow } else { Verdict::Hold };
        cases.push(Case {
            line: line.to_string(),
            text: text.to_owned(),
            verdict,
            rules,
            evasion: false,
            weight: 1.0,
        });
    }
    Ok(cases)
}

/// The turns of agents in `DATA/chats/part-*.jsonl`: a breach breaks its rule, other turns may be sent. None when there
/// is no such folder.
///
/// # Errors
/// When a file cannot be read or a line is no conversation.
pub(super) fn turns(data: &Path) -> anyhow::Result<Vec<Case>> {
    const BREACHES: &[(&str, &str)] = &[
        ("blame_shift", "G42"),
        ("rude", "G40"),
        ("sarcasm", "G41"),
        ("off_platform", "G36"),
        ("review_reward", "G02"),
        ("ask_positive", "G14"),
        ("pressure", "G10"),
        ("overpromise", "G48"),
        ("refuse_7_day", "G49"),
        ("stall_refund", "G50"),
    ];
    let mut cases = Vec::new();
    for path in files(&data.join("chats")).unwrap_or_default() {
        for (number, line) in lines(&path)? {
            let talk: Conversation =
                serde_json::from_str(&line).with_context(|| format!("{}, line {number}", path.display()))?;
            let channel = if talk.lang == "zh" { "chat" } else { "platform_message" };
            for (place, turn) in talk.turns.iter().enumerate().filter(|(_, turn)| turn.from == "agent") {
                let codes = || talk.labels.breaches.iter().filter(|breach| breach.turn == place);
                if codes().any(|breach| breach.code == "privacy_leak" || breach.code == "unfilled_template") {
                    continue;
                }
                let rules: Vec<Rule> = codes()
                    .filter_map(|breach| BREACHES.iter().find(|(code, _)| *code == breach.code))
                    .filter_map(|(_, rule)| Rule::from_code(rule))
                    .collect();
                let line = serde_json::json!({"id": place, "text": turn.text, "platform": talk.platform,
                    "channel": channel, "facts": {"reply_to_buyer": true}});
                let verdict = if rules.is_empty() { Verdict::Allow } else { Verdict::Hold };
                let text = turn.text.clone();
                cases.push(Case {
                    line: line.to_string(),
                    text,
                    verdict,
                    rules,
                    evasion: false,
                    weight: TURN_WEIGHT,
                });
            }
        }
    }
    Ok(cases)
}

#[derive(Deserialize)]
struct Conversation {
    lang: String,
    platform: String,
    turns: Vec<Turn>,
    labels: Labels,
}

#[derive(Deserialize)]
struct Turn {
    from: String,
    text: String,
}

#[derive(Deserialize)]
struct Labels {
    breaches: Vec<Breach>,
}

#[derive(Deserialize)]
struct Breach {
    code: String,
    turn: usize,
}

/// The files of JSON Lines in a folder, in order.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = std::fs::read_dir(folder).with_context(|| {
        format!("cannot open {}; --data names the folder that holds it", folder.display())
    })?;
    let mut paths: Vec<_> = listed.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    paths.sort();
    Ok(paths)
}

/// The lines of a file with their numbers, empty ones left out.
fn lines(path: &Path) -> anyhow::Result<Vec<(usize, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let numbered = (1..).zip(text.lines().map(str::to_owned));
    Ok(numbered.filter(|(_, line)| !line.trim().is_empty()).collect())
}

/// What the guard itself suggests, by every channel: it must pass wherever it is offered.
pub(super) fn suggestions() -> Vec<Case> {
    /// Little each, since every sentence stands here once a channel.
    const WEIGHT: f32 = 0.15;
    let mut cases = Vec::new();
    for say in Rule::all().filter_map(|rule| rule.about().suggestion.as_ref()) {
        for (text, platform) in [(&say.zh, "taobao"), (&say.en, "ebay")] {
            for channel in Channel::ALL.iter().filter(|channel| **channel != Channel::RemovalRequest) {
                let line = serde_json::json!({"id": 0, "text": text, "platform": platform, "channel": channel.code(),
                    "stage": "first", "facts": {"reply_to_buyer": true}});
                let (line, text) = (line.to_string(), text.clone());
                let verdict = Verdict::Allow;
                cases.push(Case { line, text, verdict, rules: Vec::new(), evasion: false, weight: WEIGHT });
            }
        }
    }
    cases
}

/// Trains the layer on all texts.
///
/// # Errors
/// When a text cannot be read or there is nothing to learn from.
pub(super) fn learn<'a>(cases: impl IntoIterator<Item = &'a Case>) -> anyhow::Result<GuardModels> {
    let labelled: Vec<Labelled> =
        cases.into_iter().map(|case| case.labelled(Guard::detectors())).collect::<anyhow::Result<_>>()?;
    train(&labelled).context("training the guard's layer failed")
}

/// Counts of one way of judging.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    offences: u32,
    stopped: u32,
    severity: u32,
    named: u32,
    clean: u32,
    alarms: u32,
    evasions: u32,
    evasions_stopped: u32,
}

impl Counts {
    fn add(&mut self, case: &Case, guard: &Guard) -> anyhow::Result<()> {
        let check = case.with(|draft| guard.check(draft))?;
        let held = check.verdict >= Verdict::Hold;
        if case.verdict == Verdict::Allow {
            self.clean += 1;
            self.alarms += u32::from(held);
            return Ok(());
        }
        let stopped = held || case.verdict == Verdict::Warn && check.verdict == Verdict::from(Severity::Warn);
        self.offences += 1;
        self.stopped += u32::from(stopped);
        self.severity += u32::from(check.verdict == case.verdict);
        self.named += u32::from(case.rules.iter().any(|&rule| check.breaks(rule)));
        if case.evasion {
            self.evasions += 1;
            self.evasions_stopped += u32::from(stopped);
        }
        Ok(())
    }

    fn figures(&self) -> String {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        format!(
            "stopped {:.4}, severity {:.4}, named {:.4}, false {:.4}, evasions stopped {:.4}",
            share(self.stopped, self.offences),
            share(self.severity, self.offences),
            share(self.named, self.offences),
            share(self.alarms, self.clean),
            share(self.evasions_stopped, self.evasions),
        )
    }
}

/// The figures of the guard over the labelled texts, the learnt layer by k-fold: texts that resemble each other, such
/// as an offence and its near miss, stand in the same fold. One line a way of judging.
///
/// # Errors
/// When a text cannot be read or there is nothing to learn from.
pub(super) fn figures(cases: &[Case], own: &[Case]) -> anyhow::Result<Vec<(String, usize, String)>> {
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let folds = groups::folds(&texts, FOLDS);
    let (mut alone, mut both) = (Counts::default(), Counts::default());
    for fold in 0..FOLDS {
        let others = cases.iter().zip(&folds).filter(|(_, of)| **of != fold).map(|(case, _)| case);
        let models = learn(others.chain(own))?;
        let guard = Guard::new().with_models(models, Thresholds::default());
        for (case, _) in cases.iter().zip(&folds).filter(|(_, of)| **of == fold) {
            alone.add(case, Guard::detectors())?;
            both.add(case, &guard)?;
        }
    }
    let named = |name: &str, counts: Counts| (name.to_owned(), cases.len(), counts.figures());
    Ok(vec![named("guard, detectors alone", alone), named("guard, with the learnt layer in 5 folds", both)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_texts_are_read_and_teach() {
        let own = own(Path::new("../../models/labels")).unwrap();
        assert!(own.len() > 500);
        let models = learn(&own).unwrap();
        let guard = Guard::new().with_models(models, Thresholds::default());
        let mut counts = Counts::default();
        for case in &own {
            counts.add(case, &guard).unwrap();
        }
        assert!(counts.stopped * 10 > counts.offences * 7, "{}", counts.figures());
        // Alone they make another layer than with the other sets.
        assert!(counts.alarms * 5 < counts.clean, "{}", counts.figures());
    }

    #[test]
    fn a_row_without_meaning_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("guard.tsv"), "head\nG99\ttaobao\tchat\t-\t-\t好\n").unwrap();
        assert!(own(folder.path()).unwrap_err().to_string().contains("row 2"));
        assert!(own(Path::new("nowhere")).unwrap().is_empty());
    }
}
