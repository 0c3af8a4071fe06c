//! Reviews as an export shows them: the first review, its follow-up, and how it stands after a revision.

use pingxin_domain::Platform;
use pingxin_domain::intake::{IncomingBuyer, IncomingReview};
use pingxin_domain::review::{Rating, Verdict};
use pingxin_domain::shop::Object;

use super::calendar::{DAY, HOUR, instant};
use super::course::Course;
use super::deck::Decks;
use super::dice::Dice;
use super::habit::typed;
use super::opinion::{Mood, Opinion};
use super::order::{line_key, listed_as};
use super::pen::{Facts, Pen};
use super::person::Person;
use super::words::{Category, Language, Product, ShopWords, Words};

/// Everything said about one order.
#[derive(Debug)]
pub(crate) struct Said {
    /// The review and, some days after it, the buyer's follow-up.
    pub(crate) reviews: Vec<IncomingReview>,
    /// The first review as a later export shows it, when the buyer has changed it since.
    pub(crate) revised: Option<IncomingReview>,
    /// What the buyer thought when he wrote the first one.
    pub(crate) opinion: Opinion,
}

/// What a review is about.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) shop: &'static ShopWords,
    pub(crate) platform: Platform,
    pub(crate) category: &'static Category,
    pub(crate) product: &'static Product,
    pub(crate) course: &'a Course,
    pub(crate) buyer: &'a Person,
    pub(crate) order_number: &'a str,
    /// Seconds.
    pub(crate) now: i64,
}

impl About<'_> {
    /// What the buyer of this order says.
    pub(crate) fn said(&self, decks: &mut Decks, dice: &mut Dice) -> Said {
        let object = match self.platform {
            Platform::Amazon(_) if dice.chance(280) => Object::SellerFeedback,
            platform => platform.default_object(),
        };
        let opinion = Opinion::throw(self.course, self.category, object, dice);
        let first = self.first(object, opinion, decks, dice);
        let revised = self.revised(&first, opinion, decks, dice);
        let chinese = self.shop.language == Language::Chinese;
        let followup =
            (chinese && dice.chance(80)).then(|| self.followup(&first, opinion, decks, dice)).flatten();
        let mut reviews = vec![first];
        reviews.extend(followup);
        Said { reviews, revised, opinion }
    }

    fn first(&self, object: Object, opinion: Opinion, decks: &mut Decks, dice: &mut Dice) -> IncomingReview {
        let mut pen = self.pen(opinion, decks, dice);
        let text = match object {
            Object::SellerFeedback => feedback_text(&mut pen, dice),
            _ => review_text(&mut pen, dice),
        };
        let title = (object == Object::ProductReview).then(|| title(&mut pen, dice));
        let replied =
            self.shop.language == Language::Chinese && opinion.mood == Mood::Good && dice.chance(120);
        let reply = replied.then(|| pen.frame("reply", dice));
        let with_photos = if matches!(opinion.mood, Mood::Bad | Mood::Mixed) { 350 } else { 160 };
        // Amazon does not tell which order a product review belongs to; the shop has found some of them.
        let knows_order = object != Object::ProductReview || dice.chance(350);
        IncomingReview {
            platform_review_id: self.review_id(object, dice),
            object,
            order_number: knows_order.then(|| self.order_number.to_owned()),
            order_line: knows_order.then(|| line_key(self.platform, self.course.first, self.product)),
            product_key: Some(listed_as(self.platform, self.product).into_owned()),
            product_title: Some(self.product.title.clone()),
            rating: (!self.is_marked_by_word()).then(|| stars(opinion.stars)).flatten(),
            verdict: self.is_marked_by_word().then(|| verdict(opinion.stars, dice)),
            title,
            text,
            created: Some(instant(self.course.reviewed)),
            photos: if object != Object::SellerFeedback && dice.chance(with_photos) {
                u32::try_from(dice.between(1, 5)).unwrap_or(1)
            } else {
                0
            },
            media: Vec::new(),
            likes: (object == Object::ProductReview)
                .then(|| u32::try_from(dice.below(1 + dice.clone().below(14))).unwrap_or(0)),
            reply,
            buyer: self.buyer.in_review(self.platform),
            pingxin_id: None,
        }
    }

    /// How the review reads after the buyer changed it: mostly because the shop helped him.
    fn revised(
        &self,
        first: &IncomingReview,
        opinion: Opinion,
        decks: &mut Decks,
        dice: &mut Dice,
    ) -> Option<IncomingReview> {
        let pleased = matches!(opinion.mood, Mood::Good | Mood::Fair);
        // Five stars over a complaint would read as before.
        let clashes = opinion.mood == Mood::Clash;
        let old_enough = self.now - self.course.reviewed > 2 * DAY;
        let (after, frame) = if pleased {
            (Opinion::soured(self.category, dice), "revised_worse")
        } else {
            (opinion.healed(dice), "revised_better")
        };
        if !dice.chance(if pleased { 8 } else { 110 })
            || !old_enough
            || clashes
            || first.object == Object::SellerFeedback
        {
            return None;
        }
        let mut pen = self.pen(after, decks, dice);
        let text = pen.frame(frame, dice);
        Some(IncomingReview {
            rating: first.rating.and(stars(after.stars)),
            verdict: first.verdict.and(Some(verdict(after.stars, dice))),
            title: first.title.as_ref().map(|_| title(&mut pen, dice)),
            text,
            ..first.clone()
        })
    }

    /// 追评: none when its day has not come yet.
    fn followup(
        &self,
        first: &IncomingReview,
        opinion: Opinion,
        decks: &mut Decks,
        dice: &mut Dice,
    ) -> Option<IncomingReview> {
        let created = self.course.reviewed + dice.between(4, 26) * DAY + dice.between(0, 20 * HOUR);
        let pleased = matches!(opinion.mood, Mood::Good | Mood::Fair);
        let (after, frame) = match (pleased, dice.below(100)) {
            (true, 0..68) => (opinion.healed(dice), "followup_same"),
            (true, _) | (false, 0..50) => (Opinion::soured(self.category, dice), "followup_worse"),
            (false, _) => (opinion.healed(dice), "followup_better"),
        };
        if created > self.now {
            return None;
        }
        let mut pen = self.pen(after, decks, dice);
        let text = pen.frame(frame, dice);
        let text = typed(&text, pen.voice, pen.is_good(), pen.language, pen.tongue, dice);
        Some(IncomingReview {
            object: Object::Followup,
            rating: None,
            verdict: None,
            text,
            created: Some(instant(created)),
            photos: u32::from(dice.chance(300)),
            media: Vec::new(),
            reply: None,
            buyer: IncomingBuyer { nick: first.buyer.nick.clone(), ..IncomingBuyer::default() },
            ..first.clone()
        })
    }

    fn pen<'a>(&'a self, opinion: Opinion, decks: &'a mut Decks, dice: &mut Dice) -> Pen<'a> {
        let variant = &self.product.variants[self.course.first.variant];
        let (color, size) = variant.rsplit_once(' ').unwrap_or((variant, variant));
        let language = self.shop.language;
        let (whole, cents) = (self.product.price / 100, self.product.price % 100);
        let price = match language {
            Language::Chinese => whole.to_string(),
            Language::English => format!("${whole}.{cents:02}"),
        };
        let facts = Facts {
            color,
            size,
            carrier: self.course.carrier.name,
            price,
            days: self.course.days(),
            buyer: self.buyer,
        };
        Pen::new(
            language,
            Words::all().tongue(language),
            (self.category, self.product),
            facts,
            opinion,
            decks,
            dice,
        )
    }

    /// Taobao and eBay know good, neutral and bad; the others stars.
    fn is_marked_by_word(&self) -> bool {
        matches!(self.platform, Platform::Taobao | Platform::Ebay)
    }

    fn review_id(&self, object: Object, dice: &mut Dice) -> Option<String> {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        match (self.platform, object) {
            // Amazon's feedback report names the order only.
            (Platform::Amazon(_), Object::SellerFeedback) => None,
            (Platform::Amazon(_), _) => {
                Some("R".chars().chain((0..13).map(|_| char::from(*dice.pick(LETTERS)))).collect())
            }
            _ => Some(format!("12{:011}", dice.below(100_000_000_000))),
        }
    }
}

fn stars(number: u8) -> Option<Rating> {
    Rating::try_from(number).ok()
}

fn verdict(stars: u8, dice: &mut Dice) -> Verdict {
    match stars {
        4 | 5 => Verdict::Good,
        3 => Verdict::Neutral,
        2 if dice.chance(500) => Verdict::Neutral,
        _ => Verdict::Bad,
    }
}

/// The text of a review: nothing, a word or two, some sentences, or the whole story.
fn review_text(pen: &mut Pen<'_>, dice: &mut Dice) -> String {
    let (silent, short, long) = match pen.opinion.mood {
        Mood::Good => (110, 85, 60),
        Mood::Fair => (0, 0, 0),
        Mood::Mixed => (40, 60, 0),
        Mood::Bad => (35, 60, 150),
        Mood::Clash => (0, 0, 0),
    };
    let silent = if pen.language == Language::English { silent / 3 } else { silent };
    let length = dice.below(1000);
    if length < silent {
        return String::new();
    }
    let good = pen.is_good();
    let text = if length < silent + short {
        let bank = if good { &pen.tongue.short_good } else { &pen.tongue.short_bad };
        pen.line(bank, dice)
    } else {
        let long = length < silent + short + long;
        let frame = match pen.opinion.mood {
            Mood::Good if long => "good_long",
            Mood::Good => "good",
            Mood::Fair => "fair",
            Mood::Mixed => "mixed",
            Mood::Bad
                if long
                    && pen.blames_goods()
                    && pen.tongue.frames.contains_key("bad_long_goods")
                    && dice.chance(700) =>
            {
                "bad_long_goods"
            }
            Mood::Bad if long => "bad_long",
            Mood::Bad => "bad",
            Mood::Clash => "clash",
        };
        let text = pen.frame(frame, dice);
        with_demand(text, pen, dice)
    };
    typed(&text, pen.voice, good, pen.language, pen.tongue, dice)
}

fn feedback_text(pen: &mut Pen<'_>, dice: &mut Dice) -> String {
    let good = pen.is_good();
    let frame = match pen.opinion.mood {
        Mood::Clash => "clash",
        _ if good => "feedback_good",
        _ => "feedback_bad",
    };
    let text = pen.frame(frame, dice);
    let text = if good { text } else { with_demand(text, pen, dice) };
    typed(&text, pen.voice, good, pen.language, pen.tongue, dice)
}

/// Some who complain also demand; a few leave a number, insult or name another shop, and now and then one
/// threatens.
fn with_demand(text: String, pen: &mut Pen<'_>, dice: &mut Dice) -> String {
    if pen.is_good() {
        return text;
    }
    let frame = match dice.below(1000) {
        0..22 => "extort",
        22..55 => "contact",
        55..75 => "insult",
        75..95 => "compare",
        95..101 => "advert",
        101..200 => "remedy",
        _ => return text,
    };
    let demand = pen.frame(frame, dice);
    let joined = match pen.language {
        Language::Chinese => format!("{text}。{demand}"),
        Language::English => format!("{text}. {demand}"),
    };
    super::tidy::tidy(&joined, pen.language)
}

fn title(pen: &mut Pen<'_>, dice: &mut Dice) -> String {
    let titles = &pen.tongue.titles;
    let by_mood = match pen.opinion.mood {
        Mood::Good | Mood::Fair | Mood::Clash => "good",
        Mood::Mixed => "mixed",
        Mood::Bad => "bad",
    };
    let by_cause = pen.opinion.cause.filter(|_| pen.opinion.mood == Mood::Bad && dice.chance(650));
    let bank = by_cause.and_then(|cause| titles.get(cause.as_str())).or_else(|| titles.get(by_mood));
    bank.map_or_else(String::new, |bank| pen.line(bank, dice))
}
