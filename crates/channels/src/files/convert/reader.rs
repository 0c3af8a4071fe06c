//! Typed access to the cells of a row.

use std::borrow::Cow;

use jiff::Timestamp;
use pingxin_domain::intake::{Field, IncomingBuyer, RowFailure};
use pingxin_domain::{Currency, Money};

use super::date::{self, NoDate};
use super::{Context, Converter, Place, failure};
use crate::files::cell;
use crate::files::columns::FileKind;
use crate::files::frame::RawRow;

/// The longest text in letters; platforms stop far below (Taobao 500, Amazon 20,000).
const TEXT_LETTERS: usize = 20_000;

/// Keys are compared and indexed; longer ones are a wrong column.
const KEY_LETTERS: usize = 200;

/// A row, and the element of a list that is being read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'r> {
    converter: &'r Converter,
    raw: &'r RawRow,
    element: Option<(usize, usize)>,
}

/// A value and the column it stands in.
#[derive(Clone, Copy)]
pub(super) struct Value<'r> {
    pub(super) column: usize,
    pub(super) text: &'r str,
}

impl<'r> Reader<'r> {
    pub(super) fn new(converter: &'r Converter, raw: &'r RawRow) -> Self {
        Self { converter, raw, element: None }
    }

    pub(super) fn line(&self) -> u64 {
        self.raw.line
    }

    pub(super) fn context(&self) -> &'r Context {
        &self.converter.context
    }

    pub(super) fn kind(&self) -> FileKind {
        self.converter.kind
    }

    pub(super) fn header(&self, column: usize) -> String {
        self.converter.headers.get(column).cloned().unwrap_or_default()
    }

    pub(super) fn column_of(&self, field: Field) -> Option<&'r str> {
        let place = self.converter.places[field as usize].first()?;
        self.converter.headers.get(place.column).map(String::as_str)
    }

    /// This row once for every element of the list of reviews; once as it is when there is no such list.
    pub(super) fn reviews(self) -> Vec<Self> {
        self.elements(self.converter.review_list)
    }

    /// The same for lines of an order.
    pub(super) fn lines(self) -> Vec<Self> {
        self.elements(self.converter.line_list)
    }

    /// As [`Self::reviews`], for the list of stations or messages; none when the row has no such list.
    pub(super) fn listed(self) -> Option<Vec<Self>> {
        self.converter.record_list.map(|list| self.elements(Some(list)))
    }

    /// Whether the values of a field stand in a list rather than once in the row.
    pub(super) fn is_listed(&self, field: Field) -> bool {
        self.places(field).iter().any(|place| place.list.is_some())
    }

    fn elements(self, list: Option<usize>) -> Vec<Self> {
        let Some(list) = list else { return vec![self] };
        let cells = self.converter.places.iter().flatten().filter(|place| place.list == Some(list));
        let count = cells
            .filter_map(|place| self.raw.cells.get(place.column))
            .filter(|cell| !cell.is_empty())
            .map(|cell| cell.split(RawRow::SEPARATOR).count())
            .max()
            .unwrap_or(0);
        (0..count).map(|element| Self { element: Some((list, element)), ..self }).collect()
    }

    fn places(&self, field: Field) -> &'r [Place] {
        &self.converter.places[field as usize]
    }

    fn at(&self, place: &Place) -> Option<Value<'r>> {
        let cell = self.raw.cells.get(place.column)?;
        let part = match (place.list, self.element) {
            (None, _) => cell.as_str(),
            (Some(list), Some((current, element))) if list == current => {
                cell.split(RawRow::SEPARATOR).nth(element)?
            }
            _ => return None,
        };
        let text = cell::trimmed(part);
        (!cell::is_absent(text)).then_some(Value { column: place.column, text })
    }

    /// The value of a field, from the first of its columns that has one.
    pub(super) fn get(&self, field: Field) -> Option<Value<'r>> {
        self.places(field).iter().find_map(|place| self.at(place))
    }

    /// A text as it stands.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        self.get(field).map(|value| value.text.to_owned())
    }

    /// Words that somebody wrote, with line breaks of one kind.
    pub(super) fn words(&self, field: Field) -> Result<Option<String>, RowFailure> {
        let Some(value) = self.get(field) else { return Ok(None) };
        if value.text.len() > TEXT_LETTERS && value.text.chars().count() > TEXT_LETTERS {
            return Err(failure::cell(
                self,
                value.column,
                value.text,
                format!("这段文字超过 {TEXT_LETTERS} 个字。请缩短后再导入这一行。"),
                format!(
                    "The text is longer than {TEXT_LETTERS} characters. Shorten it and import the row again."
                ),
            ));
        }
        Ok(Some(value.text.replace("\r\n", "\n").replace('\r', "\n")))
    }

    /// An id or number that things are found by.
    pub(super) fn key(&self, field: Field) -> Result<Option<String>, RowFailure> {
        let Some(value) = self.get(field) else { return Ok(None) };
        // Excel's text mark, and the decimal that data tools put behind whole numbers.
        let text = value.text.strip_prefix('\'').unwrap_or(value.text);
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let text = text.strip_suffix(".0").filter(|whole| digits(whole)).unwrap_or(text);
        if is_shortened(text) {
            return Err(failure::cell(
                self,
                value.column,
                value.text,
                "这个编号被 Excel 改成了科学计数，后面的数字已经丢失。请在平台重新导出，不要用 Excel 打开后另存；或先把该列设为“文本”。".into(),
                "Excel has shortened this number and its last digits are lost. Export it from the platform again without saving it in Excel, or set the column to Text first.".into(),
            ));
        }
        if text.chars().count() > KEY_LETTERS {
            return Err(failure::cell(
                self,
                value.column,
                value.text,
                format!("编号超过 {KEY_LETTERS} 个字，多半是列选错了。请检查这一列的含义（--map）。"),
                format!(
                    "The key is longer than {KEY_LETTERS} characters; mostly the wrong column was chosen. Check what the column means (--map)."
                ),
            ));
        }
        Ok(Some(text.to_owned()))
    }

    /// An instant; a day alone begins at midnight in the shop's zone.
    pub(super) fn instant(&self, field: Field) -> Result<Option<Timestamp>, RowFailure> {
        self.moment(field).map(|found| found.map(|moment| moment.instant))
    }

    /// A promise for a day is one until the end of that day.
    pub(super) fn promise(&self, field: Field) -> Result<Option<Timestamp>, RowFailure> {
        let zone = &self.context().timezone;
        Ok(self.moment(field)?.map(|moment| {
            let midnight = moment.instant.to_zoned(zone.clone()).time() == jiff::civil::Time::midnight();
            if moment.day_only || midnight { date::end_of_day(moment.instant, zone) } else { moment.instant }
        }))
    }

    fn moment(&self, field: Field) -> Result<Option<date::Moment>, RowFailure> {
        for place in self.places(field) {
            let Some(value) = self.at(place) else { continue };
            // Databases write this for "no date".
            if value.text.starts_with("0000-00-00") {
                continue;
            }
            return match date::read(value.text, &self.context().timezone, place.order) {
                Ok(moment) => Ok(Some(moment)),
                Err(NoDate::Unreadable) => Err(failure::cell(
                    self,
                    value.column,
                    value.text,
                    "看不懂这个日期。请写成 2026-10-01 12:00:00 这样的格式再导入这一行。".into(),
                    "This is no date we can read. Write it like 2026-10-01 12:00:00 and import the row again.".into(),
                )),
                Err(NoDate::Ambiguous) => {
                    let (code, name) = (field.code(), self.header(value.column));
                    Err(failure::cell(
                        self,
                        value.column,
                        value.text,
                        format!("分不清哪个是月、哪个是日。请指明顺序：--map {code}:mdy={name}（月在前）或 {code}:dmy={name}（日在前）。"),
                        format!("Day and month cannot be told apart. Say which comes first: --map {code}:mdy={name} (month) or {code}:dmy={name} (day)."),
                    ))
                }
            };
        }
        Ok(None)
    }

    pub(super) fn money(&self, field: Field, currency: Currency) -> Result<Option<Money>, RowFailure> {
        let Some(value) = self.get(field) else { return Ok(None) };
        Money::parse(value.text, currency).map(Some).map_err(|error| {
            let decimals = currency.decimals();
            failure::cell(
                self,
                value.column,
                value.text,
                format!("这不是 {currency} 金额。请写数字，最多 {decimals} 位小数，例如 129.00。"),
                format!("{error}."),
            )
        })
    }

    /// The currency of the row, else the shop's.
    pub(super) fn currency(&self) -> Result<Currency, RowFailure> {
        let Some(value) = self.get(Field::Currency) else { return Ok(self.context().currency) };
        if matches!(value.text, "人民币" | "元" | "RMB" | "rmb" | "¥" | "￥") {
            return Ok(Currency::CNY);
        }
        value.text.parse().map_err(|error| {
            failure::cell(
                self,
                value.column,
                value.text,
                "这不是币种代码。请写三个字母，例如 CNY 或 USD。".into(),
                format!("{error}."),
            )
        })
    }

    /// The first whole number in a cell; none when it holds none.
    pub(super) fn count(&self, field: Field) -> Option<u32> {
        let value = self.get(field)?;
        let digits: String = value
            .text
            .chars()
            .skip_while(|letter| !letter.is_ascii_digit())
            .filter(|letter| *letter != ',')
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    }

    /// Yes or no.
    pub(super) fn flag(&self, field: Field) -> Result<Option<bool>, RowFailure> {
        let Some(value) = self.get(field) else { return Ok(None) };
        match value.text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" | "是" | "已" => Ok(Some(true)),
            "false" | "no" | "n" | "0" | "否" | "未" => Ok(Some(false)),
            _ => Err(failure::cell(
                self,
                value.column,
                value.text,
                "这一列只认“是”或“否”。请改好再导入这一行。".into(),
                "This column takes yes or no. Correct it and import the row again.".into(),
            )),
        }
    }

    pub(super) fn buyer(&self) -> Result<IncomingBuyer, RowFailure> {
        Ok(IncomingBuyer {
            nick: self.key(Field::BuyerNick)?,
            name: self.text(Field::BuyerName),
            // Excel's text mark, which keeps the zero in front.
            phone: self.text(Field::BuyerPhone).map(|phone| phone.trim_start_matches('\'').to_owned()),
            email: self.text(Field::BuyerEmail),
            address: self.text(Field::BuyerAddress),
            region: self.text(Field::Region),
        })
    }
}

/// `1.23457E+18`
fn is_shortened(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let Some(power) = power.strip_prefix('+') else { return false };
    let plain: Cow<'_, str> = digits.replacen('.', "", 1).into();
    !power.is_empty()
        && power.bytes().all(|byte| byte.is_ascii_digit())
        && !plain.is_empty()
        && plain.bytes().all(|byte| byte.is_ascii_digit())
}
