//! The reviews a row tells of: mostly one, with a follow-up two, from a list as many as it has.

use pingxin_domain::Object;
use pingxin_domain::intake::{Field, IncomingReview, RowFailure};
use pingxin_domain::media::MediaKind;
use pingxin_domain::review::{Rating, Verdict};

use super::reader::Reader;
use super::{failure, media};

/// What platforms write where the buyer wrote nothing; the verdict some of them imply is kept.
const FILLERS: [&str; 8] = [
    "此用户没有填写评价",
    "该用户没有填写评价",
    "此用户没有填写评论",
    "买家没有填写评价",
    "此用户未填写评价内容",
    "用户未填写评价内容",
    "系统默认好评",
    "评价方未及时做出评价",
];

/// Whether a field belongs to a line of an order.
pub(super) fn is_line_field(field: Field) -> bool {
    matches!(
        field,
        Field::OrderLine
            | Field::Sku
            | Field::Quantity
            | Field::Price
            | Field::LineTotal
            | Field::ProductKey
            | Field::ProductTitle
    )
}

/// The reviews; empty when the row holds none.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingReview>, RowFailure> {
    let mut reviews = Vec::new();
    for element in reader.reviews() {
        reviews.extend(one(&element)?);
    }
    Ok(reviews)
}

fn one(reader: &Reader<'_>) -> Result<Vec<IncomingReview>, RowFailure> {
    let mut verdict = verdict(reader)?;
    let (text, filler) = words(reader, Field::Text)?;
    if filler == Some("系统默认好评") || filler == Some("评价方未及时做出评价") {
        verdict = verdict.or(Some(Verdict::Good));
    }
    let media = media::read(reader);
    let named = media.iter().filter(|name| name.kind == MediaKind::Photo).count();
    let review = IncomingReview {
        platform_review_id: reader.key(Field::ReviewId)?,
        object: object(reader)?,
        order_number: order_number(reader)?,
        order_line: reader.key(Field::OrderLine)?,
        product_key: reader.key(Field::ProductKey)?,
        product_title: reader.text(Field::ProductTitle),
        rating: rating(reader)?,
        verdict,
        title: reader.text(Field::Title),
        text,
        created: reader.instant(Field::Created)?,
        photos: photos(reader).max(u32::try_from(named).unwrap_or(u32::MAX)),
        media,
        likes: reader.count(Field::Likes),
        reply: reader.text(Field::Reply),
        buyer: reader.buyer()?,
        pingxin_id: reader.get(Field::PingxinId).and_then(|value| value.text.parse().ok()),
    };
    let (followup, _) = words(reader, Field::FollowupText)?;
    let followup = (!followup.is_empty())
        .then(|| {
            Ok::<_, RowFailure>(IncomingReview {
                object: Object::Followup,
                rating: None,
                verdict: None,
                title: None,
                text: followup,
                created: reader.instant(Field::FollowupCreated)?,
                photos: 0,
                media: Vec::new(),
                likes: None,
                reply: None,
                pingxin_id: None,
                ..review.clone()
            })
        })
        .transpose()?;
    let says_something = review.rating.is_some()
        || review.verdict.is_some()
        || review.title.is_some()
        || !review.text.is_empty()
        || filler.is_some();
    Ok(says_something.then_some(review).into_iter().chain(followup).collect())
}

/// The order; none where a list of those it could be belongs to (领星 matches reviews to several).
fn order_number(reader: &Reader<'_>) -> Result<Option<String>, RowFailure> {
    let number = reader.key(Field::OrderNumber)?;
    Ok(number.filter(|number| !number.contains([',', ';', '，', '；'])))
}

fn rating(reader: &Reader<'_>) -> Result<Option<Rating>, RowFailure> {
    let Some(value) = reader.get(Field::Rating) else { return Ok(None) };
    Rating::parse(value.text).map(Some).map_err(|_| {
        failure::cell(
            reader,
            value.column,
            value.text,
            "这不是星级。星级是 1 到 5 的整数；请改好再导入这一行。".into(),
            "This is no number of stars. Stars run from 1 to 5; correct it and import the row again.".into(),
        )
    })
}

fn verdict(reader: &Reader<'_>) -> Result<Option<Verdict>, RowFailure> {
    let Some(value) = reader.get(Field::Verdict) else { return Ok(None) };
    let plain = value.text.trim_end_matches(['!', '！', '。', '.']);
    let plain = plain.strip_prefix("系统默认").or_else(|| plain.strip_prefix("默认")).unwrap_or(plain);
    Verdict::from_code(plain).map(Some).ok_or_else(|| {
        failure::cell(
            reader,
            value.column,
            value.text,
            "这不是好评、中评或差评。请改成其中之一，或为这一列另选含义（--map）。".into(),
            "This is not good, neutral or bad. Write one of them, or give the column another meaning (--map).".into(),
        )
    })
}

fn object(reader: &Reader<'_>) -> Result<Object, RowFailure> {
    let Some(value) = reader.get(Field::Object) else { return Ok(reader.context().object) };
    Object::from_code(value.text).ok_or_else(|| {
        failure::cell(
            reader,
            value.column,
            value.text,
            "不认识这种评价对象。请写 review、followup、seller_feedback 或 product_review。".into(),
            "This names no kind of review. Write review, followup, seller_feedback or product_review.".into(),
        )
    })
}

/// The words of a review, and which filler of the platform stood in their place.
fn words(reader: &Reader<'_>, field: Field) -> Result<(String, Option<&'static str>), RowFailure> {
    let Some(text) = reader.words(field)? else { return Ok((String::new(), None)) };
    // A filler is the whole text, but for its closing sign.
    let bare = text.trim_end_matches(['。', '！', '!', '.', '，', ',']);
    let filler = FILLERS.into_iter().find(|filler| {
        bare == *filler
            || *filler == "评价方未及时做出评价" && bare.starts_with(filler) && bare.chars().count() < 24
    });
    if filler.is_some() {
        return Ok((String::new(), filler));
    }
    Ok((text, None))
}

/// A number of photos, or as many as there are links.
fn photos(reader: &Reader<'_>) -> u32 {
    let Some(value) = reader.get(Field::Photos) else { return 0 };
    let links = value.text.matches("http").count().max(value.text.matches("//").count());
    if links > 0 {
        return u32::try_from(links).unwrap_or(u32::MAX);
    }
    match value.text.to_lowercase().as_str() {
        "true" | "yes" | "是" | "有" | "有图" => 1,
        "false" | "no" | "否" | "无" | "[]" => 0,
        _ => reader.count(Field::Photos).map_or(1, |count| count.min(100)),
    }
}
