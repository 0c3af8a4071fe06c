//! Why a cause is read in a text: the written words and the learnt ones that speak for it, each with what it weighs.
//!
//! A reading keeps the words alone; this looks at one text again, for whoever asks why.

use crate::cue::Cues;
use crate::features::Units;
use crate::fold::Folded;
use crate::model::{Hits, Known, LinearModel};
use crate::reader::{Reader, WordsOf};
use crate::score::rounded;
use crate::{Cause, Place, Span, causes};

/// Learnt words that are shown for a cause at most, the weightiest.
const MOST_LEARNT: usize = 4;
/// Learnt words from this weight on are worth showing, in log odds.
const WORTH: f32 = 0.15;
/// A unit from this weight on belongs to the words that speak for a cause.
const SPEAKS: f32 = 0.02;

/// Where the knowledge comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The written list of expressions that name the cause.
    Rule,
    /// The shop's own list.
    ShopWord,
    /// What the model learnt.
    Weight,
}

impl By {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::ShopWord => "shop_word",
            Self::Weight => "weight",
        }
    }
}

/// Words that speak for a cause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// In the text or in the title.
    pub place: Place,
    /// The words.
    pub span: Span,
    /// How they are known.
    pub by: By,
    /// What they add, in log odds to four decimals. A written expression adds this once, however often it stands.
    pub weight: f32,
}

impl Reader {
    /// The words of a title and a text that speak for a cause: written expressions first, then the weightiest learnt
    /// ones. Nothing for a language whose causes are not read.
    #[must_use]
    pub fn explain(&self, title: Option<&str>, text: &str, cause: Cause) -> Vec<Told> {
        let mut told = Vec::new();
        let mut folded = Folded::default();
        folded.read_decoded(text);
        folded.leave_out_reply();
        let mut title_folded = Folded::default();
        title_folded.read_decoded(title.unwrap_or_default());
        let mut units = [Units::default(), Units::default()];
        let language = self.language_of(&title_folded, &folded, &mut units);
        let Some(words) = self.words_of(language) else { return told };
        let weight = causes::cue_weight(language);
        for (place, folded) in [(Place::Text, &folded), (Place::Title, &title_folded)] {
            let rule = |span, by| Told { place, span, by, weight };
            told.extend(self.written(&words, folded, cause, &rule));
        }
        let written: Vec<(Place, Span)> = told.iter().map(|one| (one.place, one.span)).collect();
        let mut known = Known::default();
        let mut hits = [Hits::default(), Hits::default()];
        hits.iter_mut().zip(&units).for_each(|(hits, units)| words.causes.look_up(units, hits));
        words.causes.know_hits(units.iter().zip(&hits), &mut known);
        let mut learnt = Vec::new();
        for (place, folded, at) in [(Place::Text, &folded, 1), (Place::Title, &title_folded, 0)] {
            let denials = words.turns.denials(folded);
            let names = self.names(folded);
            let silent = |span: Span| {
                denials.iter().chain(&names).any(|out| out.overlaps(span))
                    || written.iter().any(|(at, out)| *at == place && out.overlaps(span))
            };
            learnt.extend(
                runs(words.causes, cause, (&units[at], &hits[at]), &known)
                    .into_iter()
                    .filter(|(span, _)| !silent(*span))
                    .map(|(span, weight)| Told { place, span, by: By::Weight, weight: rounded(weight) }),
            );
        }
        learnt.sort_by(|left, right| right.weight.total_cmp(&left.weight));
        told.extend(learnt.into_iter().filter(|one| one.weight >= WORTH).take(MOST_LEARNT));
        told
    }

    fn written(
        &self,
        words: &WordsOf<'_>,
        folded: &Folded,
        cause: Cause,
        told: &dyn Fn(Span, By) -> Told,
    ) -> Vec<Told> {
        let denials = words.turns.denials(folded);
        let names = self.names(folded);
        let cues: &Cues = words.cues;
        let shipped = cues.find(folded).into_iter().map(|cue| (cue, By::Rule));
        let own = self.own_cues(folded).into_iter().map(|cue| (cue, By::ShopWord));
        shipped
            .filter(|(cue, _)| !names.iter().any(|name| name.overlaps(cue.span)))
            .chain(own)
            .filter(|(cue, _)| cue.cause == cause)
            .filter(|(cue, _)| !denials.iter().any(|denial| denial.overlaps(cue.span)))
            .map(|(cue, by)| told(cue.span, by))
            .collect()
    }
}

/// Stretches of a text whose units all speak for a cause, with what they add together.
fn runs(
    model: &LinearModel,
    cause: Cause,
    (units, hits): (&Units, &Hits),
    known: &Known,
) -> Vec<(Span, f32)> {
    let Some(head) = model.heads().iter().find(|head| head.name == cause.as_str()) else { return Vec::new() };
    let mut runs: Vec<(Span, f32)> = Vec::new();
    let mut open = false;
    for (span, weight) in model.contributions(head, units, hits, known) {
        // The edges of a text are units without a place.
        let speaks = weight >= SPEAKS && span.start < span.end;
        match runs.last_mut().filter(|_| open && speaks) {
            Some((run, sum)) => {
                run.end = span.end;
                *sum += weight;
            }
            None if speaks => runs.push((span, weight)),
            None => {}
        }
        open = speaks;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ShopWords;

    fn told(reader: &Reader, text: &str, cause: Cause) -> Vec<(By, String)> {
        let told = reader.explain(None, text, cause);
        told.iter().map(|one| (one.by, one.span.of(text).to_owned())).collect()
    }

    #[test]
    fn written_words_come_first_and_learnt_ones_after_them() {
        let reader = Reader::new();
        let text = "穿了两天就开线，快递倒是很快";
        let found = told(&reader, text, Cause::Quality);
        assert!(found.iter().any(|(by, words)| *by == By::Rule && words.contains("开线")), "{found:?}");
        assert!(found.is_sorted_by_key(|(by, _)| *by), "{found:?}");
        let weights = reader.explain(None, text, Cause::Quality);
        assert!(weights.iter().all(|one| one.weight > 0.0));
        assert!(found.iter().all(|(_, words)| !words.is_empty()), "{found:?}");
    }

    #[test]
    fn denied_words_and_names_speak_for_nothing() {
        let words = ShopWords::parse("[name]\n= 破洞牛仔裤\n[wrong_missing]\n= 花花了\n").unwrap();
        let reader = Reader::new().with_shop_words(words);
        assert!(told(&reader, "一点都不慢", Cause::Logistics).iter().all(|(by, _)| *by == By::Weight));
        let own = told(&reader, "收到又是花花了", Cause::WrongMissing);
        assert_eq!(own.first(), Some(&(By::ShopWord, "花花了".to_owned())), "{own:?}");
        let named = told(&reader, "破洞牛仔裤收到了", Cause::Quality);
        assert!(named.iter().all(|(_, words)| !words.contains('破')), "{named:?}");
    }

    #[test]
    fn a_text_of_another_language_is_explained_by_nothing() {
        assert_eq!(told(&Reader::new(), "とても良いです", Cause::Quality), []);
        assert_eq!(told(&Reader::new(), "", Cause::Quality), []);
    }
}
