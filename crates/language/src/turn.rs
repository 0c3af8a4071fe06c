//! Words that turn what stands beside them: denials (没有色差, not bad), contrasts (但是, but) and verdicts that give no
//! reason (千万别买, save your money). They are data beside the code (`cues/*.turns`, explained in `zh.turns`).

mod source;

use std::sync::OnceLock;

use crate::cue::ends_clause;
use crate::fold::Folded;
use crate::{Language, Span};
use source::Lists;
pub use source::TurnFileError;

/// Characters before a denial that are searched for a doubt.
const DOUBT_REACH: usize = 24;
/// Characters of the longest word that leads to a denial.
const LONGEST_LEAD: usize = 5;
/// Characters of the longest denial, and the space behind it.
const LONGEST_DENIAL: usize = 9;
/// Words between the denial and what it denies.
const MOST_BETWEEN: usize = 4;

/// The turning words of one language.
#[derive(Debug)]
pub struct Turns {
    lists: Lists,
    words: bool,
}

impl Turns {
    /// Reads the text of a turn file; `words` when the language writes spaces.
    ///
    /// # Errors
    /// [`TurnFileError`] names the line that cannot be read.
    pub fn parse(text: &str, words: bool) -> Result<Self, TurnFileError> {
        Ok(Self { lists: source::parse(text)?.lists, words })
    }

    /// The shipped turns of a language; none for languages without.
    #[must_use]
    pub fn of(language: Language) -> Option<&'static Self> {
        static CHINESE: OnceLock<Turns> = OnceLock::new();
        static ENGLISH: OnceLock<Turns> = OnceLock::new();
        let read = |text, words| Self::parse(text, words).expect("a test reads every shipped turn file");
        match language {
            Language::Chinese => Some(CHINESE.get_or_init(|| read(include_str!("../cues/zh.turns"), false))),
            Language::English => Some(ENGLISH.get_or_init(|| read(include_str!("../cues/en.turns"), true))),
            _ => None,
        }
    }

    /// Where a complaint is denied, from the denial to the end of the complaint, in order.
    #[must_use]
    pub fn denials(&self, folded: &Folded) -> Vec<Span> {
        let chars = folded.chars();
        let mut found = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            match self.denial(chars, at) {
                Some(end) => {
                    found.push(folded.source(self.lead(chars, at), end));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// What complains wherever it stands (never arrived, 还没发货), in order: unless a denial stands before it.
    #[must_use]
    pub fn grievances(&self, folded: &Folded) -> Vec<Span> {
        let chars = folded.chars();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < chars.len() {
            let said = self.lists.grievance.may_begin(chars[at]) && self.begins_word(chars, at);
            match said.then(|| self.lists.grievance.longest(chars, at, self.words)).flatten() {
                Some(end) => {
                    if !self.is_denied(chars, at) {
                        found.push(folded.source(at, end));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whether a denial ends just before `start`.
    fn is_denied(&self, chars: &[char], start: usize) -> bool {
        (start.saturating_sub(LONGEST_DENIAL)..start).any(|from| {
            self.begins_word(chars, from)
                && self
                    .lists
                    .not
                    .longest(chars, from, self.words)
                    .is_some_and(|end| self.after(chars, end) == start)
        })
    }

    /// Where the words begin that strengthen the denial at `start` (一点都 + 不慢).
    fn lead(&self, chars: &[char], start: usize) -> usize {
        let leads = |from: &usize| self.lists.lead.longest(chars, *from, self.words) == Some(start);
        (start.saturating_sub(LONGEST_LEAD)..start).find(leads).unwrap_or(start)
    }

    /// The end of the denied complaint that begins at `start`, if one does.
    fn denial(&self, chars: &[char], start: usize) -> Option<usize> {
        if !self.lists.not.may_begin(chars[start]) || !self.begins_word(chars, start) {
            return None;
        }
        let mut at = self.after(chars, self.lists.not.longest(chars, start, self.words)?);
        if self.lists.exempt.longest(chars, start, self.words).is_some() || self.is_doubted(chars, start) {
            return None;
        }
        for _ in 0..=MOST_BETWEEN {
            if let Some(end) = self.lists.complaint.longest(chars, at, self.words) {
                let exempt =
                    (start + 1..=at).any(|at| self.lists.exempt.longest(chars, at, self.words).is_some());
                let tail = self.lists.tail.longest(chars, self.after(chars, end), self.words);
                return (!exempt).then_some(tail.unwrap_or(end));
            }
            at = self.after(chars, self.lists.between.longest(chars, at, self.words)?);
        }
        None
    }

    /// Whether something before `start` in its clause, or a question (贵不贵), leaves the denial open.
    fn is_doubted(&self, chars: &[char], start: usize) -> bool {
        if !self.words && start > 0 && chars[start - 1] == *chars.get(start + 1).unwrap_or(&' ') {
            return true;
        }
        let from = start.saturating_sub(DOUBT_REACH);
        let clause =
            chars[from..start].iter().rposition(|&part| ends_clause(part)).map_or(from, |at| from + at + 1);
        (clause..start).any(|at| {
            self.lists.doubt.may_begin(chars[at])
                && self.begins_word(chars, at)
                && self.lists.doubt.longest(chars, at, self.words).is_some()
        })
    }

    /// Whether the clause `from..to` of the folded characters begins with a contrast.
    #[must_use]
    pub fn is_contrast(&self, chars: &[char], from: usize) -> bool {
        self.lists.contrast.longest(chars, from, self.words).is_some()
    }

    /// Where contrasts divide the clause `from..to` of the folded characters (东西不错但是包装太差): where each part but the
    /// first begins.
    #[must_use]
    pub fn pivots(&self, chars: &[char], from: usize, to: usize) -> Vec<usize> {
        let (mut found, mut at) = (Vec::new(), from);
        while at < to {
            let words = |list: &source::Words| {
                let begins = list.may_begin(chars[at]) && self.begins_word(chars, at);
                begins.then(|| list.longest(&chars[..to], at, self.words)).flatten()
            };
            if let Some(end) = words(&self.lists.no_pivot) {
                at = end;
            } else if let Some(end) = words(&self.lists.pivot) {
                // A contrast at the very end (works great though) divides nothing.
                if at > from && chars[end..to].iter().filter(|part| part.is_alphanumeric()).count() > 1 {
                    found.push(at);
                }
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether the clause `from..to` holds a verdict without a reason.
    #[must_use]
    pub fn is_verdict(&self, chars: &[char], from: usize, to: usize) -> bool {
        (from..to).any(|at| {
            self.lists.verdict.may_begin(chars[at])
                && self.begins_word(chars, at)
                && self.lists.verdict.longest(&chars[..to], at, self.words).is_some()
        })
    }

    fn begins_word(&self, chars: &[char], at: usize) -> bool {
        !self.words || at == 0 || !chars[at - 1].is_alphanumeric()
    }

    /// Past the space that follows a word.
    fn after(&self, chars: &[char], end: usize) -> usize {
        if self.words && chars.get(end) == Some(&' ') { end + 1 } else { end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold_for_model;

    #[test]
    fn every_example_holds() {
        for (text, language) in [
            (include_str!("../cues/zh.turns"), Language::Chinese),
            (include_str!("../cues/en.turns"), Language::English),
        ] {
            let turns = Turns::of(language).unwrap();
            let examples = source::parse(text).unwrap().examples;
            assert!(examples.iter().filter(|example| example.holds).count() >= 5);
            assert!(examples.iter().filter(|example| !example.holds).count() >= 5);
            for example in examples {
                let denied = !turns.denials(&fold_for_model(&example.text)).is_empty();
                assert_eq!(denied, example.holds, "line {}: {}", example.line, example.text);
            }
        }
    }

    fn denied(language: Language, text: &str) -> Vec<&str> {
        let spans = Turns::of(language).unwrap().denials(&fold_for_model(text));
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn denials_point_at_their_words() {
        let chinese = |text| denied(Language::Chinese, text);
        assert_eq!(chinese("一點都不慢，沒有一點色差！"), ["一點都不慢", "沒有一點色差"]);
        assert_eq!(chinese("没有。色差很大"), Vec::<&str>::new());
        let english = |text| denied(Language::English, text);
        assert_eq!(english("Was NOT too bad; no issues at all"), ["NOT too bad", "no issues at all"]);
        assert_eq!(english("nothing. Bad thing"), Vec::<&str>::new());
        assert_eq!(english("a knot bad"), Vec::<&str>::new());
    }

    #[test]
    fn a_contrast_divides_a_clause_wherever_it_stands() {
        let parts = |language, text: &str| {
            let folded = fold_for_model(text);
            let pivots = Turns::of(language).unwrap().pivots(folded.chars(), 0, folded.chars().len());
            pivots.into_iter().map(|at| folded.chars()[at..].iter().collect()).collect::<Vec<String>>()
        };
        assert_eq!(parts(Language::Chinese, "东西不错但是包装太差"), ["但是包装太差"]);
        assert_eq!(parts(Language::Chinese, "但是包装太差"), Vec::<String>::new(), "it begins there anyhow");
        for text in ["不但便宜而且好用", "再好不过了", "质量很好"] {
            assert_eq!(parts(Language::Chinese, text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            parts(Language::English, "Great product but the box was damaged"),
            ["but the box was damaged"]
        );
        for text in ["nothing but praise", "all buttons work", "anything but slow", "works great though"] {
            assert_eq!(parts(Language::English, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn verdicts_and_contrasts_are_known() {
        let holds = |language, text: &str| {
            let folded = fold_for_model(text);
            let turns = Turns::of(language).unwrap();
            (turns.is_contrast(folded.chars(), 0), turns.is_verdict(folded.chars(), 0, folded.chars().len()))
        };
        assert_eq!(holds(Language::Chinese, "就是衣服开线"), (true, false));
        assert_eq!(holds(Language::Chinese, "千万别买"), (false, true));
        assert_eq!(holds(Language::English, "But it broke"), (true, false));
        assert_eq!(holds(Language::English, "Butter, save your money"), (false, true));
    }

    #[test]
    fn grievances_complain_unless_they_are_denied() {
        let found =
            |language, text: &str| Turns::of(language).unwrap().grievances(&fold_for_model(text)).len();
        for text in [
            "Item never arrived",
            "I never got my order",
            "Still waiting; no refund",
            "wasn’t it? It hasn’t arrived",
        ] {
            assert!(found(Language::English, text) > 0, "{text}");
        }
        for text in [
            "never got tired of it",
            "no missing parts",
            "No late arrivals",
            "It was never received with joy",
        ] {
            assert_eq!(found(Language::English, text), 0, "{text}");
        }
        assert_eq!(found(Language::Chinese, "一个月了还没收到,客服不给退款"), 2);
        assert_eq!(found(Language::Chinese, "收到了,没有少发了什么"), 0);
    }

    #[test]
    fn a_wrong_line_is_named() {
        assert_eq!(Turns::parse("慢", false).unwrap_err(), TurnFileError::NoList(1));
        assert_eq!(
            Turns::parse("[not]\n不\n[odd]", false).unwrap_err(),
            TurnFileError::List(3, "odd".to_owned())
        );
    }
}
