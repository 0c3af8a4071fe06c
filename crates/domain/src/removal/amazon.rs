//! Amazon's grounds on feedback: what the whole comment is about.

use super::comment::Comment;
use super::judge::Told;
use super::terms::Terms;

/// Topics that make a comment about more than the product, with the word a reason names them by.
const OTHER_THAN_PRODUCT: [&str; 16] = [
    "seller",
    "returns",
    "packing",
    "damage",
    "wrong",
    "used",
    "fake",
    "price",
    "people",
    "slow",
    "late",
    "misdelivery",
    "carrier",
    "delivery",
    "parcel",
    "thanks",
];
/// Topics that make a comment about more than delivery.
const OTHER_THAN_DELIVERY: [&str; 6] = ["seller", "returns", "packing", "used", "fake", "price"];
/// The same, of which the words of delivery itself (wrong house, damaged by rain) are left out first.
const OUTSIDE_DELIVERY: [&str; 3] = ["wrong", "damage", "people"];
/// Lists of delivery.
const DELIVERY: [&str; 4] = ["late", "misdelivery", "carrier", "delivery"];

/// Nothing but the product.
pub(super) fn product_only(comment: &Comment, terms: &Terms) -> Told {
    let masks = terms.find("mask", comment, &[]);
    for topic in OTHER_THAN_PRODUCT {
        let found = terms.find(topic, comment, &masks);
        if !found.is_empty() {
            return Told::broken(comment, &found, topic);
        }
    }
    let mut shown = terms.find("product", comment, &masks);
    shown.extend(&masks);
    let mut blotted = terms.find("filler", comment, &masks);
    blotted.extend(&masks);
    let plain = terms.find("plain", comment, &masks);
    let [shown, plain, blotted] = [shown, plain, blotted].map(|places| comment.mask(&places));
    let (mut about, mut unclear) = (0, 0);
    for (start, end) in comment.clauses() {
        if shown[start..end].contains(&true) {
            about += 1;
        } else if !plain[start..end].contains(&true) && comment.has_word((start, end), &blotted) {
            unclear += 1;
        }
    }
    // A comment that names no topic ("Never again") carries no ground; one that is unclear in more than a third is not requested.
    if about > 0 && unclear * 2 <= about { Told::Carried(vec![comment.whole()]) } else { Told::Silent }
}

/// Nothing but delivery.
pub(super) fn delivery_only(comment: &Comment, terms: &Terms) -> Told {
    let mut delivery: Vec<(usize, usize)> =
        DELIVERY.iter().flat_map(|list| terms.find(list, comment, &[])).collect();
    if delivery.is_empty() {
        return Told::Silent;
    }
    let masks = terms.find("mask", comment, &[]);
    for topic in OTHER_THAN_DELIVERY {
        let found = terms.find(topic, comment, &masks);
        if !found.is_empty() {
            return Told::broken(comment, &found, topic);
        }
    }
    let mut outside = masks;
    outside.extend(&delivery);
    for topic in OUTSIDE_DELIVERY {
        let found = terms.find(topic, comment, &outside);
        if !found.is_empty() {
            return Told::broken(comment, &found, topic);
        }
    }
    let mut product = terms.find("praise", comment, &delivery);
    if product.is_empty() {
        delivery.extend(terms.find("ambiguous", comment, &delivery));
        product = terms.find("product", comment, &delivery);
    }
    if product.is_empty() {
        Told::Carried(vec![comment.whole()])
    } else {
        Told::broken(comment, &product, "product")
    }
}

/// Nothing but delay or non-delivery: the driver's conduct and the wrong door are delivery, but no delay.
pub(super) fn delay_only(comment: &Comment, terms: &Terms) -> Told {
    let told = delivery_only(comment, terms);
    if !matches!(told, Told::Carried(_)) {
        return told;
    }
    let elsewhere = terms.find("misdelivery", comment, &[]);
    if !elsewhere.is_empty() {
        return Told::broken(comment, &elsewhere, "misdelivery");
    }
    if terms.holds("late", comment, &[]) { told } else { Told::Silent }
}
