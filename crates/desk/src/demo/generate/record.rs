//! What stands beside an order: its parcel, what the buyer asked for afterwards, what was said in chats and calls;
//! and the figures that a platform shows of a shop.

use pingxin_domain::Platform;
use pingxin_domain::after_sale::{AfterSaleKind, AfterSaleState};
use pingxin_domain::call::{CallDirection, CallResult};
use pingxin_domain::chat::ChatSide;
use pingxin_domain::figure::{FigureName, FigureUnit, FigureValue};
use pingxin_domain::intake::{
    IncomingAfterSale, IncomingBuyer, IncomingCall, IncomingChatMessage, IncomingFigure, IncomingRecord,
    IncomingShipment, IncomingTrace,
};
use pingxin_domain::money::Money;
use pingxin_domain::shipment::ShipmentState;

use super::calendar::{Calendar, DAY, HOUR, MINUTE, instant};
use super::dice::Dice;
use super::opinion::Mood;
use super::order::{line_key, listed_as};
use super::rows::Told;
use super::template::write_out;
use super::words::{Bank, Contact, Language, Product, ShopWords, Words};

/// An order, and where it was placed.
pub(crate) struct Beside<'a> {
    pub(crate) shop: &'static ShopWords,
    pub(crate) shop_index: usize,
    pub(crate) platform: Platform,
    pub(crate) product: &'static Product,
    pub(crate) told: &'a Told,
    /// Seconds.
    pub(crate) now: i64,
}

impl Beside<'_> {
    /// Everything beside this order that has happened by now; most orders have little.
    pub(crate) fn records(&self, mut dice: Dice) -> Vec<IncomingRecord> {
        let dice = &mut dice;
        let mut records = Vec::new();
        self.parcel(&mut records, dice);
        records.extend(self.after_sale(dice));
        self.chat(&mut records, dice);
        self.calls(&mut records, dice);
        records
    }

    fn is_bad(&self) -> bool {
        let mood = self.told.said.as_ref().map(|said| said.opinion.mood);
        matches!(mood, Some(Mood::Bad | Mood::Mixed | Mood::Clash))
    }

    fn words(&self) -> &'static Contact {
        Words::all().contact(self.shop.language)
    }

    fn number(&self) -> Option<String> {
        Some(self.told.order.number.clone())
    }

    fn write(&self, line: &str, dice: &mut Dice) -> String {
        let (course, product) = (&self.told.course, self.product);
        write_out(line, dice, &mut |slot, _, dice| match slot {
            "name" => dice.pick(&product.names).clone(),
            "carrier" => course.carrier.name.to_owned(),
            "days" => ((course.delivered.unwrap_or(self.now) - course.placed) / DAY).max(3).to_string(),
            "region" => self.told.buyer.region.clone(),
            _ => String::new(),
        })
    }

    fn one_of(
        &self,
        banks: &std::collections::BTreeMap<String, Bank>,
        name: &str,
        dice: &mut Dice,
    ) -> String {
        let Some(bank) = banks.get(name).or_else(|| banks.get("other")) else { return String::new() };
        let line = dice.pick(bank);
        self.write(line, dice)
    }

    fn parcel(&self, records: &mut Vec<IncomingRecord>, dice: &mut Dice) {
        let course = &self.told.course;
        let (Some(tracking), Some(shipped)) = (&self.told.order.tracking_number, course.shipped) else {
            return;
        };
        if !(dice.chance(220) || course.is_late() || self.is_bad()) {
            return;
        }
        let end = course.delivered.unwrap_or(self.now);
        let mut stations = vec![(shipped, ShipmentState::PickedUp)];
        let between = 2 + dice.below(3);
        for station in 1..=i64::try_from(between).unwrap_or(2) {
            let share = (end - shipped) * station / (i64::try_from(between).unwrap_or(2) + 2);
            let state = if course.is_late() && station == 2 {
                ShipmentState::Failed
            } else {
                ShipmentState::InTransit
            };
            stations.push((shipped + share + dice.between(0, 20 * MINUTE), state));
        }
        if let Some(delivered) = course.delivered {
            stations.push((delivered - dice.between(2 * HOUR, 5 * HOUR), ShipmentState::OutForDelivery));
            stations.push((delivered, ShipmentState::Delivered));
        }
        stations.retain(|(at, _)| (shipped..=end).contains(at));
        stations.sort_by_key(|(at, state)| (*at, state.rank()));
        records.push(IncomingRecord::Shipment(IncomingShipment {
            tracking_number: tracking.clone(),
            carrier: Some(course.carrier.name.to_owned()),
            order_number: self.number(),
            state: stations.last().map(|(_, state)| *state),
            shipped: Some(instant(shipped)),
            delivered: course.delivered.map(instant),
        }));
        for (at, state) in stations {
            records.push(IncomingRecord::Trace(IncomingTrace {
                tracking_number: tracking.clone(),
                order_number: self.number(),
                at: instant(at),
                text: self.one_of(&self.words().traces, state.code(), dice),
                state: Some(state),
            }));
        }
    }

    fn after_sale(&self, dice: &mut Dice) -> Option<IncomingRecord> {
        let course = &self.told.course;
        let cause = self.told.said.as_ref().and_then(|said| said.opinion.cause);
        let (kind, requested, state, reason) = match (course.closed, course.delivered) {
            (true, None) => {
                let requested = course.paid + dice.between(5 * MINUTE, 10 * HOUR);
                (AfterSaleKind::Refund, requested, AfterSaleState::Done, "cancelled")
            }
            (true, Some(delivered)) => {
                let kind = if dice.chance(700) { AfterSaleKind::Return } else { AfterSaleKind::Refund };
                (kind, delivered + dice.between(HOUR, 20 * HOUR), AfterSaleState::Done, "other")
            }
            (false, Some(delivered)) if self.is_bad() && dice.chance(320) => {
                let kinds = [
                    AfterSaleKind::Return,
                    AfterSaleKind::Refund,
                    AfterSaleKind::Exchange,
                    AfterSaleKind::Reship,
                ];
                let kind = kinds[dice.weighted([4, 3, 2, 1].into_iter())];
                let requested = delivered.max(course.reviewed - 2 * DAY) + dice.between(HOUR, 30 * HOUR);
                let old = self.now - requested > 8 * DAY;
                let state = match dice.below(10) {
                    0 => AfterSaleState::Refused,
                    1 => AfterSaleState::Closed,
                    _ if old => AfterSaleState::Done,
                    2 => AfterSaleState::Disputed,
                    3..6 => AfterSaleState::Requested,
                    _ => AfterSaleState::AwaitingReturn,
                };
                (kind, requested, state, cause.map_or("other", |cause| cause.as_str()))
            }
            _ => return None,
        };
        if requested > self.now {
            return None;
        }
        let over = matches!(state, AfterSaleState::Done | AfterSaleState::Closed | AfterSaleState::Refused);
        let resolved = requested + dice.between(2 * HOUR, 6 * DAY);
        let whole = self.told.order.amount;
        let part = dice.between(2, 6);
        let amount = match kind {
            AfterSaleKind::Refund if course.delivered.is_some() && !course.closed => {
                whole.map(|whole| Money { minor: whole.minor * part / 10, ..whole })
            }
            AfterSaleKind::Refund | AfterSaleKind::Return => whole,
            _ => None,
        };
        let shop = u64::try_from(self.shop_index).unwrap_or(0);
        let id = 9_000_000_000_000 + shop * 100_000_000_000 + u64::from(self.told.index) * 7 + dice.below(7);
        Some(IncomingRecord::AfterSale(Box::new(IncomingAfterSale {
            platform_id: Some(id.to_string()),
            kind: Some(kind),
            state: Some(state),
            order_number: self.number(),
            order_line: Some(line_key(self.platform, course.first, self.product)),
            product_key: Some(listed_as(self.platform, self.product).into_owned()),
            product_title: Some(self.product.title.clone()),
            sku: Some(line_key(self.platform, course.first, self.product)),
            quantity: course.first.quantity,
            amount,
            reason: Some(self.one_of(&self.words().reasons, reason, dice)),
            explanation: None,
            disposition: None,
            requested: Some(instant(requested)),
            resolved: (over && resolved <= self.now).then(|| instant(resolved)),
            carrier: None,
            tracking_number: None,
            buyer: IncomingBuyer::default(),
        })))
    }

    fn chat(&self, records: &mut Vec<IncomingRecord>, dice: &mut Dice) {
        let course = &self.told.course;
        let (bad, late) = (self.is_bad(), course.is_late());
        if !dice.chance(if bad {
            560
        } else if late {
            450
        } else {
            70
        }) {
            return;
        }
        let (topic, begun) = match (bad, late, course.delivered) {
            (true, _, _) => ("complaint", course.reviewed + dice.between(-DAY, 2 * DAY)),
            (false, true, _) => ("where", course.promised - dice.between(0, DAY)),
            (_, _, Some(delivered)) if dice.chance(200) => ("thanks", delivered + dice.between(HOUR, DAY)),
            _ => ("before", course.placed - dice.between(10 * MINUTE, 3 * HOUR)),
        };
        let words = self.words();
        let Some(dialogues) = words.chats.get(topic) else { return };
        let dialogue = dice.pick(dialogues);
        let agent = dice.pick(&words.agents).clone();
        let account = self.told.buyer.account(self.platform);
        let shop = self.shop.name.split(['(', '（']).next().unwrap_or_default().trim();
        let mut at = begun;
        for line in dialogue {
            let (side, line) = line.split_at(2);
            let buyer = side == "b:";
            at += dice.between(8, 160);
            let text = self.write(line, dice);
            if at > self.now {
                break;
            }
            records.push(IncomingRecord::Chat(IncomingChatMessage {
                // What is asked before ordering names no order.
                order_number: (topic != "before" || account.is_none())
                    .then(|| self.told.order.number.clone()),
                buyer_nick: account.clone(),
                side: Some(if buyer { ChatSide::Buyer } else { ChatSide::Seller }),
                speaker: if buyer { account.clone() } else { Some(format!("{shop}:{agent}")) },
                at: instant(at),
                text,
                ordinal: 0,
            }));
        }
    }

    fn calls(&self, records: &mut Vec<IncomingRecord>, dice: &mut Dice) {
        if self.shop.language != Language::Chinese || !self.is_bad() || !dice.chance(240) {
            return;
        }
        let words = self.words();
        let agent = dice.pick(&words.agents).clone();
        let mut at = self.told.course.reviewed + dice.between(2 * HOUR, DAY);
        for attempt in 0..3 {
            // Nobody is called at night: from nine to eight in the evening by the clocks of China.
            let hour = (at + 8 * HOUR).rem_euclid(DAY) / HOUR;
            at += if hour < 9 {
                (9 - hour) * HOUR
            } else if hour >= 20 {
                (33 - hour) * HOUR
            } else {
                0
            };
            if at > self.now {
                return;
            }
            let result = match dice.below(10) {
                0..5 if attempt == 0 => CallResult::NoAnswer,
                0..2 => CallResult::NoAnswer,
                2 => CallResult::Refused,
                3..5 => CallResult::Promised,
                _ => CallResult::Talked,
            };
            let talked = result != CallResult::NoAnswer;
            records.push(IncomingRecord::Call(IncomingCall {
                order_number: self.number(),
                buyer: IncomingBuyer {
                    nick: self.told.buyer.account(self.platform),
                    phone: Some(self.told.buyer.phone.clone()),
                    ..IncomingBuyer::default()
                },
                at: instant(at),
                direction: Some(CallDirection::Out),
                result: Some(result),
                seconds: Some(if talked { u32::try_from(dice.between(25, 340)).unwrap_or(60) } else { 0 }),
                agent: Some(agent.clone()),
                note: Some(self.one_of(&words.notes, result.code(), dice)),
            }));
            if talked {
                return;
            }
            at += dice.between(4 * HOUR, DAY);
        }
    }
}

/// What the platform shows of the shop, week by week.
pub(crate) fn figures(platform: Platform, calendar: &Calendar, mut dice: Dice) -> Vec<IncomingRecord> {
    let (name, unit, low, high) = match platform {
        Platform::Taobao | Platform::Tmall => (FigureName::ExperienceScore, FigureUnit::Score, 4_310, 4_920),
        Platform::Amazon(_) => (FigureName::OrderDefectRate, FigureUnit::Percent, 180, 950),
        _ => return Vec::new(),
    };
    let mut thousandths = dice.between(low, high);
    (0..13)
        .rev()
        .map(|week| {
            thousandths = (thousandths + dice.between(-60, 60)).clamp(low, high);
            IncomingRecord::Figure(IncomingFigure {
                name: name.code().to_owned(),
                value: FigureValue { millionths: thousandths / 10 * 10_000 },
                unit: Some(unit),
                at: instant(calendar.end_of_day(calendar.now - (week * 7 + 1) * DAY, -1) + 1),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    use pingxin_domain::intake::{IncomingOrder, RecordKind};

    use super::super::plan;
    use super::*;

    #[test]
    fn part_of_the_orders_have_something_beside_them_and_all_of_it_fits_the_order() {
        let now: jiff::Timestamp = "2026-11-22T01:02:03Z".parse().unwrap();
        let plan = plan(1, 6_000, 1_500, now);
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for shop in 0..plan.shops.len() {
            let orders: HashMap<String, IncomingOrder> = plan
                .rows(shop)
                .filter_map(|row| row.order.map(|order| (order.number.clone(), order)))
                .collect();
            let mut identities = HashSet::new();
            let mut touched = BTreeSet::new();
            for record in plan.record_rows(shop).flat_map(|row| row.records) {
                *kinds.entry(record.kind().code()).or_default() += 1;
                assert!(identities.insert((record.kind(), record.identity())), "{record:?}");
                let order = record.order_number().map(|number| &orders[number]);
                touched.extend(record.order_number().map(str::to_owned));
                // A chat may be what led to the order.
                let chat = record.kind() == RecordKind::Chat;
                let placed = order.filter(|_| !chat).and_then(|order| order.placed);
                let (at, text) = match &record {
                    IncomingRecord::Shipment(parcel) => {
                        assert_eq!(order.unwrap().tracking_number.as_ref(), Some(&parcel.tracking_number));
                        (parcel.shipped.unwrap(), "x")
                    }
                    IncomingRecord::Trace(trace) => (trace.at, trace.text.as_str()),
                    IncomingRecord::AfterSale(asked) => {
                        assert!(asked.resolved.is_none_or(|resolved| resolved > asked.requested.unwrap()));
                        (asked.requested.unwrap(), asked.reason.as_deref().unwrap())
                    }
                    IncomingRecord::Chat(message) => (message.at, message.text.as_str()),
                    IncomingRecord::Call(call) => (call.at, call.note.as_deref().unwrap()),
                    IncomingRecord::Figure(figure) => (figure.at, "x"),
                };
                assert!(at <= now && placed.is_none_or(|placed| at >= placed), "{record:?}");
                assert!(!text.is_empty() && !text.contains(['{', '[', '|']), "{record:?}");
            }
            assert!(touched.len() * 10 > orders.len() && touched.len() * 10 < orders.len() * 7, "{shop}");
        }
        for (kind, least) in [
            ("shipment", 1_000),
            ("trace", 4_000),
            ("after_sale", 200),
            ("chat", 2_000),
            ("call", 40),
            ("figure", 60),
        ] {
            assert!(kinds[kind] > least, "{kinds:?}");
        }
    }
}
