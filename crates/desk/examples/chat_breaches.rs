//! Measures what the check of imported chats finds in labelled conversations: `chat_breaches FOLDER`, where each
//! `*.jsonl` has one conversation a line with its `turns` and `labels.breaches`.
//!
//! A breach is found when the guard holds or blocks its turn; the rules it may be found by are listed in [`CODES`]. The
//! learnt layer has learnt from such conversations, so what the detectors alone find is told beside it.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pingxin_desk::guard::chats::judge_turns;
use pingxin_domain::Platform;
use pingxin_domain::guard::{By, Finding, Guard, Severities, Severity, Side};
use serde_json::Value;

/// Breaches that are the guard's to find, and the rules that say so. The others are about time, answers and manners of a
/// talk, not about words that must not be sent.
const CODES: &[(&str, &[&str])] = &[
    ("review_reward", &["G01", "G02", "G03", "G04", "G06", "G63", "G65"]),
    ("ask_positive", &["G02", "G14", "G15", "G16"]),
    ("pressure", &["G08", "G09", "G10", "G11", "G12", "G14", "G60"]),
    ("off_platform", &["G05", "G28", "G29", "G36"]),
    ("privacy_leak", &["G22", "G23", "G25", "G26", "G27"]),
    ("rude", &["G40", "G43"]),
    ("sarcasm", &["G40", "G41"]),
    ("blame_shift", &["G42"]),
    ("overpromise", &["G46", "G47", "G48"]),
    ("refuse_7_day", &["G49"]),
    ("stall_refund", &["G50", "G52"]),
];

/// What was found of one kind of breach.
#[derive(Default)]
struct Count {
    all: u32,
    held: u32,
    by_rule: u32,
    by_detector: u32,
}

fn is_serious(finding: &&Finding) -> bool {
    finding.severity > Severity::Warn
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder with the conversations")?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut counts: BTreeMap<&str, Count> = CODES.iter().map(|(code, _)| (*code, Count::default())).collect();
    let (mut turns_of_agents, mut honest, mut alarms, mut alarms_detector) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut out = std::io::stdout().lock();
    for path in files {
        for line in std::fs::read_to_string(&path)?.lines().filter(|line| !line.trim().is_empty()) {
            let talk: Value = serde_json::from_str(line)?;
            let platform: Platform = talk["platform"].as_str().unwrap_or_default().parse()?;
            let zone = TimeZone::get(platform.default_timezone())?;
            let mut places = Vec::new();
            let mut turns: Vec<(Side, Timestamp, &str)> = Vec::new();
            for (at, turn) in talk["turns"].as_array().into_iter().flatten().enumerate() {
                let side = match turn["from"].as_str() {
                    Some("agent") => Side::Shop,
                    Some("buyer") => Side::Buyer,
                    _ => continue,
                };
                places.push(at);
                let when = turn["at"].as_str().unwrap_or_default().parse()?;
                turns.push((side, when, turn["text"].as_str().unwrap_or_default()));
            }
            let found = judge_turns(Guard::shared(), platform, &zone, &Severities::default(), &turns);
            let breaches: Vec<(&str, u64)> = talk["labels"]["breaches"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|breach| Some((breach["code"].as_str()?, breach["turn"].as_u64()?)))
                .collect();
            for ((place, findings), (_, _, text)) in places.iter().zip(found).zip(&turns) {
                let Some(findings) = findings else { continue };
                turns_of_agents += 1;
                let here: Vec<&str> = breaches
                    .iter()
                    .filter(|(_, turn)| *turn == *place as u64)
                    .map(|(code, _)| *code)
                    .collect();
                let serious: Vec<&Finding> = findings.iter().filter(is_serious).collect();
                let detected = serious.iter().any(|finding| finding.by == By::Detector);
                for (code, rules) in CODES.iter().filter(|(code, _)| here.contains(code)) {
                    let count = counts.entry(code).or_default();
                    count.all += 1;
                    count.held += u32::from(!serious.is_empty());
                    count.by_detector += u32::from(detected);
                    let named =
                        serious.iter().any(|finding| rules.contains(&finding.rule.to_string().as_str()));
                    count.by_rule += u32::from(named);
                    if serious.is_empty() {
                        writeln!(out, "missed {} {code} turn {place}: {text}", talk["id"])?;
                    }
                }
                if here.is_empty() {
                    honest += 1;
                    alarms += u32::from(!serious.is_empty());
                    alarms_detector += u32::from(detected);
                    if let Some(finding) = serious.first() {
                        writeln!(
                            out,
                            "alarm {} {} {:?} turn {place}: {text}",
                            talk["id"], finding.rule, finding.by
                        )?;
                    }
                }
            }
        }
    }
    let (mut all, mut held, mut by_rule, mut by_detector) = (0, 0, 0, 0);
    for (code, count) in &counts {
        writeln!(
            out,
            "{code}: {} labelled, {} held or blocked, {} by its own rule, {} by detectors",
            count.all, count.held, count.by_rule, count.by_detector
        )?;
        all += count.all;
        held += count.held;
        by_rule += count.by_rule;
        by_detector += count.by_detector;
    }
    writeln!(
        out,
        "together: {all} labelled, {held} held or blocked, {by_rule} by their own rule, {by_detector} by detectors"
    )?;
    writeln!(
        out,
        "turns without any breach: {honest} of {turns_of_agents}, {alarms} held or blocked, {alarms_detector} by detectors"
    )?;
    Ok(())
}
