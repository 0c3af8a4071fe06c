//! Reasons to report an Amazon product review for abuse. Amazon decides; they are no grounds for removal.

use pingxin_language::{Language, PersonalData, Place, Signal, Span};

use super::answer::{Evidence, Report};
use super::comment::Comment;
use super::words::{self, Tongue};
use super::{people, profanity};
use crate::{Say, Source};

/// Data that a review must not hold.
const PRIVATE: [PersonalData; 5] = [
    PersonalData::Phone,
    PersonalData::Email,
    PersonalData::Address,
    PersonalData::SocialAccount,
    PersonalData::OrderNumber,
];
/// Word lists of what belongs to feedback on the seller, not to a review of the product.
const ELSEWHERE: [&str; 6] = ["seller", "returns", "packing", "late", "misdelivery", "price"];

/// What a product review holds that it must not.
pub(super) fn find(text: &str, comment: &Comment, language: Language, signals: &[Signal]) -> Vec<Report> {
    let mut reports = Vec::new();
    let mut add = |reason: &str, mut spans: Vec<Span>, zh: &str, en: &str| {
        if spans.is_empty() {
            return;
        }
        pingxin_language::span::join(&mut spans);
        reports.push(Report {
            reason: reason.to_owned(),
            evidence: spans.into_iter().map(|span| Evidence { place: Place::Text, span }).collect(),
            why: Say::new(zh, en),
            source: vec![Source::new("AMZ-FORUM")],
        });
    };
    let mut private: Vec<Span> = people::found(signals, &PRIVATE).collect();
    private.extend(people::named(text));
    add("private_information", private, "含个人信息", "holds private information");
    add("profanity", profanity::find(comment, signals), "含粗俗用语", "holds profanity");
    let english = words::ebay();
    let links = english.find("links", comment, &[]).into_iter().map(|place| comment.span(place)).collect();
    add("links_promotion", links, "含链接或推广", "holds a link or promotion");
    if let Some(tongue) = Tongue::of(language, comment) {
        let terms = tongue.terms();
        let masks = terms.find("mask", comment, &[]);
        let found = ELSEWHERE.iter().flat_map(|list| terms.find(list, comment, &masks));
        let found = found.map(|place| comment.span(place)).collect();
        let zh = "谈的是卖家、订单、配送、包装或价格，而不是商品";
        add(
            "seller_order_shipping",
            found,
            zh,
            "speaks of seller, order, shipping, packing or price, not of the product",
        );
    }
    reports
}
