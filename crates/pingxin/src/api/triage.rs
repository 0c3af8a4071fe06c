//! What triage said of a review, as the contract writes it (`CONTRACT.md`, "pingxin triage").

use pingxin_language::Cause;
use pingxin_language::explain::Told as StoreTold;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};

use super::word;

/// How favourable a review is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Sentiment {
    #[schema(value_type = word::SentimentLabel)]
    label: String,
    /// In [-1, 1], positive when the review is favourable on the whole.
    score: f64,
}

impl From<pingxin_language::Sentiment> for Sentiment {
    fn from(sentiment: pingxin_language::Sentiment) -> Self {
        Self { label: sentiment.label.as_str().to_owned(), score: shortest(sentiment.score) }
    }
}

/// `[start, end)` in Unicode scalar values of a text.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Span([u32; 2]);

impl From<pingxin_language::Span> for Span {
    fn from(span: pingxin_language::Span) -> Self {
        Self([span.start, span.end])
    }
}

impl PartialSchema for Span {
    fn schema() -> RefOr<Schema> {
        let position = ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::Integer))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)));
        ArrayBuilder::new().items(position).min_items(Some(2)).max_items(Some(2)).into()
    }
}

impl ToSchema for Span {}

/// A cause, and the words that say so.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TriageCause {
    #[schema(value_type = word::Cause)]
    code: String,
    /// How sure, in (0, 1].
    score: f64,
    /// In the text.
    spans: Vec<Span>,
    /// The words that speak for it and how they are known, by the reader as it is now.
    #[serde(default)]
    #[schema(required = true)]
    told: Vec<Told>,
}

/// Words that speak for a cause.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Told {
    /// `text` or `title`.
    r#in: String,
    span: Span,
    /// `rule` for a written expression, `shop_word` for one of the shop's own, `weight` for what the model learnt.
    #[schema(value_type = word::ToldBy)]
    by: String,
    /// What they add, in log odds.
    weight: f64,
}

impl From<&StoreTold> for Told {
    fn from(told: &StoreTold) -> Self {
        Self {
            r#in: told.place.to_string(),
            span: Span([told.span.start, told.span.end]),
            by: told.by.as_str().to_owned(),
            weight: shortest(told.weight),
        }
    }
}

impl Triage {
    /// Says for each cause which words speak for it.
    pub(super) fn tell(&mut self, told: &[(Cause, Vec<StoreTold>)]) {
        for cause in &mut self.causes {
            let found = told.iter().find(|(code, _)| code.as_str() == cause.code);
            cause.told = found.map(|(_, told)| told.iter().map(Told::from).collect()).unwrap_or_default();
        }
    }
}

/// Through its shortest decimal form: 0.97 is not 0.9700000286102295.
fn shortest(score: f32) -> f64 {
    score.to_string().parse().unwrap_or_else(|_| f64::from(score))
}

/// What in a review needs care.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TriageSignal {
    code: String,
    /// Which kind of personal data.
    #[serde(default)]
    #[schema(required = true)]
    kind: Option<String>,
    /// `text` or `title`.
    r#in: String,
    /// In that text.
    spans: Vec<Span>,
    /// Why it was raised; null where it was read before signals had reasons.
    #[serde(default)]
    #[schema(required = true)]
    why: Option<BothLanguages>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct BothLanguages {
    zh: String,
    en: String,
}

impl From<pingxin_domain::Say> for BothLanguages {
    fn from(said: pingxin_domain::Say) -> Self {
        Self { zh: said.zh, en: said.en }
    }
}

/// One share of the severity.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SeverityPart {
    part: String,
    points: u8,
}

/// What triage said of the current revision.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Triage {
    /// ISO 639-1, or `und`.
    language: String,
    sentiment: Sentiment,
    /// The words of the text that weigh most for that.
    #[serde(default)]
    #[schema(required = true)]
    sentiment_spans: Vec<Span>,
    /// The most important first.
    causes: Vec<TriageCause>,
    #[schema(value_type = Option<word::Cause>, required = true)]
    primary_cause: Option<String>,
    #[schema(value_type = word::Fault)]
    fault: String,
    /// Why the order's facts decided against the words; null when they did not.
    #[serde(default)]
    #[schema(required = true)]
    fault_why: Option<BothLanguages>,
    signals: Vec<TriageSignal>,
    /// 0 to 100.
    severity: u8,
    severity_parts: Vec<SeverityPart>,
    /// Which text model read it.
    model: String,
}

#[cfg(test)]
mod tests {
    use pingxin_domain::triage::{ReviewFacts, TriageEngine};

    use super::*;

    #[test]
    fn what_triage_writes_is_what_the_api_shows() {
        let facts = ReviewFacts::of_text("质量太差了，穿了两天就开线，打我电话 13812345678");
        let triage = TriageEngine::new().read(&facts, "2026-11-01T00:00:00Z".parse().unwrap());
        let written = serde_json::to_value(&triage).unwrap();
        let shown: Triage = serde_json::from_value(written.clone()).unwrap();
        let shown = serde_json::to_value(&shown).unwrap();
        for field in [
            "language",
            "sentiment_spans",
            "signals",
            "primary_cause",
            "fault",
            "severity",
            "severity_parts",
            "model",
        ] {
            assert_eq!(shown[field], written[field], "{field}");
        }
        for field in ["code", "score", "spans"] {
            assert_eq!(shown["causes"][0][field], written["causes"][0][field], "{field}");
        }
    }

    #[test]
    fn a_score_is_shown_as_short_as_it_is() {
        let sentiment =
            pingxin_language::Sentiment { label: pingxin_language::SentimentLabel::Negative, score: -0.94 };
        assert_eq!(
            serde_json::to_string(&Sentiment::from(sentiment)).unwrap(),
            r#"{"label":"negative","score":-0.94}"#
        );
    }
}
