//! What a person has chosen once for an export, kept for the next file of its shape.

use std::collections::HashSet;

use pingxin_domain::intake::Field;
use serde::{Deserialize, Serialize};

use super::aliases::normal;
use super::{DateOrder, Mapping, Override};
use crate::files::refusal::{Refusal, RefusalCode};

/// The version of what is written; others are refused.
const VERSION: u32 = 1;

/// One column of a saved profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedColumn {
    /// Header as the file wrote it.
    pub column: String,
    /// What it means; none leaves it out, whatever a guess would say.
    pub field: Option<Field>,
    /// Order of day and month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
}

/// A mapping under a name. In JSON it carries `"pingxin_profile": 1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct SavedProfile {
    /// What the person calls it.
    pub name: String,
    /// Encoding, where the guess was wrong.
    pub encoding: Option<String>,
    /// Its columns.
    pub columns: Vec<SavedColumn>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    pingxin_profile: u32,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    columns: Vec<SavedColumn>,
}

impl From<SavedProfile> for Written {
    fn from(profile: SavedProfile) -> Self {
        let SavedProfile { name, encoding, columns } = profile;
        Self { pingxin_profile: VERSION, name, encoding, columns }
    }
}

impl TryFrom<Written> for SavedProfile {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { pingxin_profile, name, encoding, columns } = written;
        if pingxin_profile != VERSION {
            return Err(format!("version {pingxin_profile} of saved profiles is not known, only {VERSION}"));
        }
        Ok(Self { name, encoding, columns })
    }
}

impl SavedProfile {
    /// What a mapping says, under a name.
    #[must_use]
    pub fn of(name: &str, encoding: Option<&str>, mapping: &Mapping) -> Self {
        let columns = mapping
            .columns
            .iter()
            .map(|column| SavedColumn {
                column: column.column.clone(),
                field: column.field,
                date_order: column.date_order,
            })
            .collect();
        Self { name: name.trim().to_owned(), encoding: encoding.map(str::to_owned), columns }
    }

    /// Reads a saved profile that somebody brings.
    ///
    /// # Errors
    /// [`RefusalCode::UnknownProfile`] when it is none, or of a version that is not known.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        serde_json::from_str(text).map_err(|error| {
            Refusal::new(
                RefusalCode::UnknownProfile,
                format!("这不是可以读的导入模板（{error}）。请用评心导出的模板文件，或在导入页重新选择列再保存。"),
                format!("This is no saved profile that can be read ({error}). Take one that Pingxin has written, or choose the columns on the import page and save them."),
            )
        })
    }

    /// Choices for [`guess`](super::guess). Columns that a file has not are passed over; one that was left out stays out.
    #[must_use]
    pub fn overrides(&self) -> Vec<Override> {
        self.columns
            .iter()
            .map(|saved| Override {
                field: saved.field,
                date_order: saved.date_order,
                column: Some(saved.column.clone()),
                required: false,
            })
            .collect()
    }

    /// Whether a file with these headers is of its shape: every column that means something is there.
    #[must_use]
    pub fn fits(&self, headers: &[String]) -> bool {
        let there: HashSet<String> = headers.iter().map(|header| normal(header)).collect();
        let mut meant = self.columns.iter().filter(|saved| saved.field.is_some()).peekable();
        meant.peek().is_some()
            && meant.all(|saved| headers.contains(&saved.column) || there.contains(&normal(&saved.column)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::guess;
    use super::*;

    fn headers(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn fields(line: &str, overrides: &[Override]) -> Vec<Option<Field>> {
        let mapping = guess(&headers(line), &[], None, overrides).unwrap();
        mapping.columns.iter().map(|column| column.field).collect()
    }

    fn saved() -> SavedProfile {
        let choice =
            super::super::parse_overrides("text=说了什么,created:dmy=哪天,rating=,reply=评分").unwrap();
        let mapping = guess(&headers("说了什么,评分,哪天,评价图片,x"), &[], None, &choice).unwrap();
        SavedProfile::of(" 我的店 ", Some("gb18030"), &mapping)
    }

    #[test]
    fn what_was_chosen_holds_for_the_next_file() {
        let saved = saved();
        assert_eq!((saved.name.as_str(), saved.encoding.as_deref()), ("我的店", Some("gb18030")));
        assert!(saved.fits(&headers("说了什么,评分,哪天,评价图片,x")));
        assert!(saved.fits(&headers("新列,哪天,说了什么,评分,评价图片")), "in any order, with more");
        assert!(!saved.fits(&headers("说了什么,评分,哪天")) && !saved.fits(&[]));
        assert_eq!(
            fields("哪天,说了什么,评分,评价图片,买家昵称", &saved.overrides()),
            [
                Some(Field::Created),
                Some(Field::Text),
                Some(Field::Reply),
                Some(Field::Photos),
                Some(Field::BuyerNick)
            ]
        );
        let mapping = guess(&headers("说了什么,哪天"), &[], None, &saved.overrides()).unwrap();
        assert_eq!(
            mapping.columns[1].date_order,
            Some(DateOrder::DayMonth),
            "missing columns are passed over"
        );
    }

    #[test]
    fn a_column_left_out_stays_out() {
        let mapping = guess(&headers("评价内容,评分,点赞数"), &[], None, &[]).unwrap();
        let mut saved = SavedProfile::of("x", None, &mapping);
        saved.columns[2].field = None;
        assert_eq!(
            fields("评价内容,评分,点赞数", &saved.overrides()),
            [Some(Field::Text), Some(Field::Rating), None]
        );
    }

    #[test]
    fn two_columns_may_share_a_field_and_the_kind_is_kept() {
        let mapping = guess(&headers("订单编号,订单状态,联系电话,联系手机"), &[], None, &[]).unwrap();
        let saved = SavedProfile::of("x", None, &mapping);
        let again =
            guess(&headers("订单编号,订单状态,联系电话,联系手机"), &[], None, &saved.overrides()).unwrap();
        assert_eq!(again, mapping);
        let choice = super::super::parse_overrides("said_at=a,said_by=b,said_text=c").unwrap();
        let chats = guess(&headers("a,b,c"), &[], None, &choice).unwrap();
        let saved = SavedProfile::of("x", None, &chats);
        assert_eq!(guess(&headers("c,b,a"), &[], None, &saved.overrides()).unwrap().kind, chats.kind);
    }

    #[test]
    fn it_is_written_with_its_version_and_others_are_refused() {
        let saved = saved();
        let text = serde_json::to_string(&saved).unwrap();
        assert!(text.starts_with("{\"pingxin_profile\":1,"), "{text}");
        assert_eq!(SavedProfile::from_json(&text).unwrap(), saved);
        for wrong in [text.replace("profile\":1", "profile\":2"), "{}".into(), "[]".into(), String::new()] {
            let refusal = SavedProfile::from_json(&wrong).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::UnknownProfile);
            assert!(refusal.say.en.ends_with('.') && refusal.say.zh.contains("模板"));
        }
        let other = text.replace("profile\":1", "profile\":2");
        assert!(SavedProfile::from_json(&other).unwrap_err().say.en.contains("version 2"));
    }
}
