//! G39: whether the buyer's comment supports the ground of a removal request. Only the comment counts.

use std::sync::OnceLock;

use pingxin_language::fold::fold_for_model;
use pingxin_language::{Cause, Expected, PersonalData, Reader, SignalCode};

use super::rule;
use crate::guard::draft::Draft;
use crate::guard::{Found, Guard};

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(Reader::new)
}

pub(in crate::guard) fn find(draft: &Draft<'_>, found: &mut Found<'_>) {
    let Some(ground) = draft.facts.ground else { return };
    let guard: &Guard = found.guard;
    let reading = reader().read(None, draft.text, Expected::Complaint);
    let words = guard.read(draft);
    let marks = &guard.detectors.marks;
    let cause = |code: Cause| reading.causes.iter().any(|found| found.code == code && found.score >= 0.5);
    let signal = |code: SignalCode| reading.signals.iter().any(|found| found.code == code);
    let personal = |kind: PersonalData| {
        reading.signals.iter().any(|found| found.code == SignalCode::PersonalData && found.kind == Some(kind))
    };
    let seller = words.has(marks.seller_talk)
        || [Cause::Service, Cause::WrongMissing, Cause::DamagePackaging, Cause::Authenticity]
            .into_iter()
            .any(cause);
    let delivery = words.has(marks.delivery_talk) || cause(Cause::Logistics);
    let product = words.has(marks.product_talk)
        || [Cause::Quality, Cause::Mismatch, Cause::SizeFit, Cause::Freshness, Cause::Subjective]
            .into_iter()
            .any(cause);
    let supported = match ground {
        "product_only" => !seller && !delivery,
        "fba_delivery_only" | "buy_shipping_late" => delivery && !seller && !product,
        "seller_pii" => {
            [PersonalData::Phone, PersonalData::Email].into_iter().any(personal)
                || words.has(marks.phone)
                || words.has(marks.email)
                || personal(PersonalData::Name) && full_name(draft.text)
        }
        "obscene" => signal(SignalCode::Abuse) || words.has(marks.obscene),
        _ => return,
    };
    if !supported {
        found.add(rule(39), Vec::new());
    }
}

/// Whether a name of at least two parts stands in the text: a first name alone does not identify the seller.
fn full_name(text: &str) -> bool {
    let folded = fold_for_model(text);
    pingxin_language::detect::signals(&folded, text, pingxin_language::Place::Text)
        .iter()
        .filter(|signal| signal.kind == Some(PersonalData::Name))
        .flat_map(|signal| &signal.spans)
        .any(|span| {
            let name = span.of(text);
            name.trim().contains(' ') || name.chars().filter(|part| *part > '\u{2e80}').count() >= 2
        })
}
