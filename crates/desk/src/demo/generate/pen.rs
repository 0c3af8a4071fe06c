//! Writes one text: picks a frame for the mood and fills its slots from the goods, the order and the buyer.

use pingxin_language::Cause;

use super::deck::Decks;
use super::dice::Dice;
use super::opinion::{Mood, Opinion};
use super::person::Person;
use super::template::write_out;
use super::tidy::{in_sentence, lower_first, tidy};
use super::words::{Bank, Category, Language, Product, Tongue, Voice};

/// What the order says that a text may mention.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) color: &'a str,
    pub(crate) size: &'a str,
    pub(crate) carrier: &'a str,
    pub(crate) price: String,
    pub(crate) days: i64,
    pub(crate) buyer: &'a Person,
}

/// A buyer about to write.
pub(crate) struct Pen<'a> {
    pub(crate) language: Language,
    pub(crate) tongue: &'static Tongue,
    pub(crate) category: &'static Category,
    pub(crate) product: &'static Product,
    pub(crate) facts: Facts<'a>,
    pub(crate) voice: &'static str,
    pub(crate) opinion: Opinion,
    decks: &'a mut Decks,
    who: Option<&'static String>,
    span: Option<&'static String>,
    name: Option<&'static String>,
}

impl<'a> Pen<'a> {
    /// A buyer of some kind, with this opinion.
    pub(crate) fn new(
        language: Language,
        tongue: &'static Tongue,
        good: (&'static Category, &'static Product),
        facts: Facts<'a>,
        opinion: Opinion,
        decks: &'a mut Decks,
        dice: &mut Dice,
    ) -> Self {
        let place = dice.weighted(tongue.voices.values().map(|voice| voice.weight));
        let voice = tongue.voices.keys().nth(place).map_or("plain", String::as_str);
        let (category, product) = good;
        Self {
            language,
            tongue,
            category,
            product,
            facts,
            voice,
            opinion,
            decks,
            who: None,
            span: None,
            name: None,
        }
    }

    /// Whether the buyer is pleased.
    pub(crate) fn is_good(&self) -> bool {
        matches!(self.opinion.mood, Mood::Good | Mood::Fair)
    }

    /// Whether it is the goods themselves that are complained of.
    pub(crate) fn blames_goods(&self) -> bool {
        use Cause::{Authenticity, Freshness, Mismatch, Quality, SizeFit, Subjective};
        let of_goods = [Quality, Mismatch, SizeFit, Freshness, Authenticity, Subjective];
        self.opinion.cause.is_some_and(|cause| of_goods.contains(&cause))
    }

    /// A text from the frames of this name, mended but not yet typed in the buyer's manner.
    pub(crate) fn frame(&mut self, name: &str, dice: &mut Dice) -> String {
        let Some(bank) = self.tongue.frames.get(name) else { return String::new() };
        let opinion = self.opinion;
        let days = self.facts.days;
        let seller_is_accused = !self.is_good();
        let fits = |line: &str| {
            let praises_days = line.contains("{ship}") || (!seller_is_accused && line.contains("{days}"));
            let of_service = line.contains("{service}");
            // Praise of goods that failed would contradict the complaint.
            let praises_goods = line.contains("{praise}");
            !(praises_days && (opinion.cause == Some(Cause::Logistics) || days > 4))
                && !(praises_goods && opinion.mood == Mood::Mixed && opinion.cause == Some(Cause::Quality))
                && !(of_service && seller_is_accused && opinion.cause == Some(Cause::Service))
        };
        let line =
            self.decks.draw(bank, fits).or_else(|| self.decks.draw(bank, |_| true)).unwrap_or_default();
        let text = self.write(line, dice);
        tidy(&text, self.language)
    }

    /// One line of a bank, written out.
    pub(crate) fn line(&mut self, bank: &'static Bank, dice: &mut Dice) -> String {
        let line = self.decks.draw(bank, |_| true).unwrap_or_default();
        let text = self.write(line, dice);
        tidy(&text, self.language)
    }

    fn write(&mut self, line: &str, dice: &mut Dice) -> String {
        write_out(line, dice, &mut |slot, before, dice| self.fill(slot, before, dice))
    }

    fn draw(&mut self, bank: &'static Bank, dice: &mut Dice) -> String {
        let line = self.decks.draw(bank, |_| true).unwrap_or_default();
        self.write(line, dice)
    }

    fn fill(&mut self, slot: &str, before: &str, dice: &mut Dice) -> String {
        if let Some(words) = self.fact(slot, dice) {
            return words;
        }
        let piece = self.piece(slot, dice);
        if self.language == Language::English && in_sentence(before) { lower_first(&piece) } else { piece }
    }

    fn fact(&mut self, slot: &str, dice: &mut Dice) -> Option<String> {
        let buyer = self.facts.buyer;
        Some(match slot {
            "who" => self.who.get_or_insert_with(|| dice.pick(&self.tongue.slots.who)).clone(),
            "span" => self.span.get_or_insert_with(|| dice.pick(&self.tongue.slots.span)).clone(),
            "name" => self.name.get_or_insert_with(|| dice.pick(&self.product.names)).clone(),
            "color" if self.language == Language::English => self.facts.color.to_lowercase(),
            "color" => self.facts.color.to_owned(),
            "size" => self.facts.size.to_owned(),
            "carrier" => self.facts.carrier.to_owned(),
            "price" => self.facts.price.clone(),
            "days" => self.facts.days.to_string(),
            "region" => buyer.region.clone(),
            "phone" => buyer.phone.clone(),
            "surname" => buyer.surname.clone(),
            "first" => buyer.given.clone(),
            "email" => buyer.email.clone(),
            "address" => buyer.address.clone(),
            _ => return None,
        })
    }

    fn piece(&mut self, slot: &str, dice: &mut Dice) -> String {
        let (tongue, category, product) = (self.tongue, self.category, self.product);
        let accused = matches!(self.opinion.mood, Mood::Bad | Mood::Clash);
        let cause = self.opinion.cause.unwrap_or(Cause::Other);
        match slot {
            "praise" => {
                let bank = if dice.chance(550) { &product.praise } else { &category.praise };
                self.draw(bank, dice)
            }
            "complaint" => self.complaint(cause, dice),
            "more" => {
                let second = self.other_cause(cause, dice);
                self.complaint(second, dice)
            }
            "minor" => self.draw(&category.minor, dice),
            "after" => {
                let key = if self.opinion.late { "late" } else { cause.as_str() };
                let found = category.consequences.get(key).filter(|_| !self.opinion.late);
                found
                    .or_else(|| tongue.consequences.get(key))
                    .or_else(|| tongue.consequences.get("other"))
                    .map_or_else(String::new, |bank| self.draw(bank, dice))
            }
            "ship" => self.draw(&tongue.good_ship, dice),
            "service" if accused => self.complaint(Cause::Service, dice),
            "service" => self.draw(&tongue.good_service, dice),
            "open" => self.voiced(|voice, good| if good { &voice.good_open } else { &voice.bad_open }, dice),
            "end" => self.voiced(|voice, good| if good { &voice.good_end } else { &voice.bad_end }, dice),
            "open3" => self.draw(&tongue.mild.openings, dice),
            "endmild" => self.draw(&tongue.mild.endings, dice),
            _ => String::new(),
        }
    }

    fn voiced(&mut self, bank: fn(&'static Voice, bool) -> &'static Bank, dice: &mut Dice) -> String {
        let good = self.is_good();
        self.tongue
            .voices
            .get(self.voice)
            .map_or_else(String::new, |voice| self.draw(bank(voice, good), dice))
    }

    /// What is said over this cause: of the product, of its kind, or of anything.
    fn complaint(&mut self, cause: Cause, dice: &mut Dice) -> String {
        let key = cause.as_str();
        if self.opinion.late
            && cause == Cause::Logistics
            && let Some(bank) = self.tongue.complaints.get("late")
        {
            return self.draw(bank, dice);
        }
        if self.opinion.bad_lot && cause == Cause::Quality && !self.product.batch.is_empty() {
            return self.draw(&self.product.batch, dice);
        }
        let of_product = self.product.complaints.get(key);
        let of_category = self.category.complaints.get(key);
        let bank = match (of_product, of_category) {
            (Some(product), Some(_)) if dice.chance(620) => Some(product),
            (_, Some(category)) => Some(category),
            (Some(product), None) if dice.chance(700) => Some(product),
            (product, None) => self.tongue.complaints.get(key).or(product),
        };
        bank.map_or_else(String::new, |bank| self.draw(bank, dice))
    }

    fn other_cause(&mut self, cause: Cause, dice: &mut Dice) -> Cause {
        let weights = self.category.cause_weights().map(|(other, weight)| {
            // Nobody adds "other" to a complaint, and days are only complained of when they were many.
            if other == cause || other == Cause::Other || other == Cause::Logistics { 0 } else { weight }
        });
        Cause::ALL[dice.weighted(weights)]
    }
}
