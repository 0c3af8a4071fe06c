//! Patterns: the grammar over clauses that says which concepts together break a rule, kept as data
//! (`patterns/*.rules`).
//!
//! One a line: `TARGET SCOPE: TERM TERM …`. The target is a rule (`G01`) or `=name`, a new concept that later
//! patterns may use; `?G01` only tells the learnt layer something. The scope is `c` a clause, `n` two clauses in a row, `s` a sentence, `m` two sentences in a row,
//! `t` the text; with `>` the terms stand in this order, with `>8` at most eight characters apart. A term is
//! `@concept` or a bare word, `|` between choices; before it `*` takes denied words too, `!` only denied
//! ones, `-` forbids it within the scope, `-!` its denial, and `--` in the whole text. `{…}` says when: `in` or `out` (for colleagues,
//! for buyers), `ch=sms,email`, `first`, `after`, `amazon`, `cn`; `{anyway}` holds even where the text condemns what
//! it speaks of. Lines that begin with `+` or `-` are examples of the rule above, run as tests, with facts in braces; a line that
//! names a rule alone has no pattern, only examples that facts or forms decide.

use super::draft::{Channel, Draft, Stage};
use super::example::Example;
use super::lexicon::{Builder, Concept, GuardFileError};
use super::reading::{Hit, Reading};
use super::rule::Rule;

/// How far the terms of a pattern may stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Clause,
    NextClause,
    Sentence,
    NextSentence,
    Text,
}

/// Which words a term takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Said,
    Any,
    Denied,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    choices: Vec<Concept>,
    mode: Mode,
}

/// What a pattern speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Rule(Rule),
    Concept(Concept),
}

/// When a pattern counts at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct When {
    channels: Vec<Channel>,
    out: Option<bool>,
    stage: Option<Stage>,
    amazon: Option<bool>,
    china: bool,
    anyway: bool,
}

/// One pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub target: Target,
    /// It only tells the learnt layer something: too many honest texts match it.
    pub hint: bool,
    /// A number that stays the same while its line does, for the learnt layer.
    pub key: u64,
    scope: Scope,
    ordered: bool,
    gap: usize,
    terms: Vec<Term>,
    absent: Vec<Vec<Concept>>,
    absent_denied: Vec<Vec<Concept>>,
    absent_in_text: Vec<Vec<Concept>>,
    when: When,
}

/// Reads a file of patterns.
///
/// # Errors
/// [`GuardFileError::Line`] names the line.
pub(super) fn parse(
    file: &str,
    text: &str,
    words: &mut Builder,
    patterns: &mut Vec<Pattern>,
    examples: &mut Vec<Example>,
) -> Result<(), GuardFileError> {
    let mut last = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |reason: &str| GuardFileError::line(file, number, reason);
        if let Some((holds, text)) = line
            .strip_prefix("+ ")
            .map(|text| (true, text))
            .or_else(|| line.strip_prefix("- ").map(|text| (false, text)))
        {
            let (rule, by_facts) = last.ok_or_else(|| wrong("an example without a rule above"))?;
            let example = Example::read(number, rule, holds, by_facts, text);
            examples.push(example.ok_or_else(|| wrong("a fact that there is not"))?);
            continue;
        }
        if let Some(rule) = Rule::from_code(line) {
            last = Some((rule, true));
            continue;
        }
        let (head, body) = line.split_once(": ").ok_or_else(|| wrong("no colon"))?;
        let mut head = head.split_whitespace();
        let (Some(target), Some(scope)) = (head.next(), head.next()) else {
            return Err(wrong("no target and scope"));
        };
        let (target, hint) = target.strip_prefix('?').map_or((target, false), |rest| (rest, true));
        let target = match target.strip_prefix('=') {
            Some(name) => Target::Concept(words.concept(name)),
            None => Target::Rule(Rule::from_code(target).ok_or_else(|| wrong("no such rule"))?),
        };
        if let Target::Rule(rule) = target {
            last = Some((rule, false));
        }
        let (scope, gap) = scope.split_once('>').map_or((scope, None), |(scope, gap)| (scope, Some(gap)));
        let mut pattern = Pattern {
            target,
            hint,
            key: line.trim_start_matches('?').bytes().fold(5381_u64, |hash, byte| {
                hash.wrapping_mul(33).wrapping_add(u64::from(byte)) & 0xffff_ffff
            }),
            scope: match scope {
                "c" => Scope::Clause,
                "n" => Scope::NextClause,
                "s" => Scope::Sentence,
                "m" => Scope::NextSentence,
                "t" => Scope::Text,
                _ => return Err(wrong("no such scope")),
            },
            ordered: gap.is_some(),
            gap: gap.and_then(|gap| gap.parse().ok()).unwrap_or(usize::MAX),
            terms: Vec::new(),
            absent: Vec::new(),
            absent_denied: Vec::new(),
            absent_in_text: Vec::new(),
            when: When::default(),
        };
        let (conditions, body) = match body.trim().strip_prefix('{') {
            Some(rest) => rest.split_once('}').ok_or_else(|| wrong("an open brace"))?,
            None => ("", body),
        };
        for condition in conditions.split_whitespace() {
            pattern.when.read(condition).ok_or_else(|| wrong(condition))?;
        }
        for term in body.split_whitespace() {
            let (sign, term) = match term {
                term if term.starts_with("--") || term.starts_with("-!") => term.split_at(2),
                term if term.len() > 1 && term.starts_with(['-', '*', '!']) => term.split_at(1),
                term => ("", term),
            };
            let mut choices = Vec::new();
            for choice in term.split('|') {
                choices.push(match choice.strip_prefix('@') {
                    Some(name) => words.known(name).ok_or_else(|| wrong(&format!("no concept {name}")))?,
                    None => words.literal(choice),
                });
            }
            match sign {
                "-" => pattern.absent.push(choices),
                "-!" => pattern.absent_denied.push(choices),
                "--" => pattern.absent_in_text.push(choices),
                "*" => pattern.terms.push(Term { choices, mode: Mode::Any }),
                "!" => pattern.terms.push(Term { choices, mode: Mode::Denied }),
                _ => pattern.terms.push(Term { choices, mode: Mode::Said }),
            }
        }
        if pattern.terms.is_empty() {
            return Err(wrong("no term"));
        }
        patterns.push(pattern);
    }
    Ok(())
}

impl When {
    fn read(&mut self, condition: &str) -> Option<()> {
        match condition {
            "in" => self.out = Some(false),
            "out" => self.out = Some(true),
            "first" => self.stage = Some(Stage::First),
            "after" => self.stage = Some(Stage::AfterResolution),
            "amazon" => self.amazon = Some(true),
            "elsewhere" => self.amazon = Some(false),
            "cn" => self.china = true,
            "anyway" => self.anyway = true,
            _ => {
                for code in condition.strip_prefix("ch=")?.split(',') {
                    self.channels.push(Channel::from_code(code)?);
                }
            }
        }
        Some(())
    }

    fn holds(&self, draft: &Draft<'_>, condemned: bool) -> bool {
        (self.channels.is_empty() || draft.channel.is_none_or(|channel| self.channels.contains(&channel)))
            && self.out.is_none_or(|out| match draft.channel {
                // Chats are held with buyers and among colleagues alike.
                None | Some(Channel::Chat) => true,
                Some(channel) => channel.goes_out() == out,
            })
            && self.stage.is_none_or(|stage| draft.stage == Some(stage))
            && self.amazon.is_none_or(|amazon| draft.on_amazon() == amazon)
            && (!self.china || draft.in_china())
            && (self.anyway || !condemned)
    }
}

impl Pattern {
    /// The words that match it; none when it does not hold.
    pub(super) fn find(&self, reading: &Reading, draft: &Draft<'_>) -> Option<Vec<Hit>> {
        if !self.terms.iter().all(|term| reading.holds(&term.choices))
            || self.absent_in_text.iter().flatten().any(|&concept| reading.says(concept))
            || !self.when.holds(draft, reading.condemned)
        {
            return None;
        }
        let mut matched = Vec::with_capacity(self.terms.len());
        let clauses = reading.clauses.len();
        for first in 0..clauses {
            let last = match self.scope {
                Scope::Clause => first,
                Scope::NextClause => {
                    if first + 1 >= clauses && clauses > 1 {
                        break;
                    }
                    (first + 1).min(clauses - 1)
                }
                Scope::Sentence | Scope::NextSentence => {
                    let sentence = reading.clauses[first].sentence;
                    if first > 0 && reading.clauses[first - 1].sentence == sentence {
                        continue;
                    }
                    let reach = sentence + usize::from(self.scope == Scope::NextSentence);
                    (first..clauses)
                        .take_while(|&at| reading.clauses[at].sentence <= reach)
                        .last()
                        .unwrap_or(first)
                }
                Scope::Text if first > 0 => break,
                Scope::Text => clauses - 1,
            };
            let hits = reading.between(first, last);
            let said = |choices: &Vec<Concept>| {
                hits.iter().any(|hit| !hit.denied && !hit.quoted && choices.contains(&hit.concept))
            };
            let denied =
                |choices: &Vec<Concept>| hits.iter().any(|hit| hit.denied && choices.contains(&hit.concept));
            if self.absent.iter().any(said) || self.absent_denied.iter().any(denied) {
                continue;
            }
            matched.clear();
            if self.matches(hits, 0, &mut matched) {
                return Some(matched);
            }
        }
        None
    }

    fn matches(&self, hits: &[Hit], term: usize, matched: &mut Vec<Hit>) -> bool {
        let Some(wanted) = self.terms.get(term) else { return true };
        let after = if self.ordered { matched.last().map_or(0, |last| last.end) } else { 0 };
        let begun = !matched.is_empty();
        for hit in hits {
            if hit.start < after
                || self.ordered && begun && hit.start - after > self.gap
                || !wanted.choices.contains(&hit.concept)
                || matched.iter().any(|other| other.is_beside(hit))
            {
                continue;
            }
            let fits = match wanted.mode {
                Mode::Said => !hit.denied && !hit.quoted,
                Mode::Any => !hit.quoted,
                Mode::Denied => hit.denied,
            };
            if fits {
                matched.push(*hit);
                if self.matches(hits, term + 1, matched) {
                    return true;
                }
                matched.pop();
            }
        }
        false
    }
}
