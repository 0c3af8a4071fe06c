//! What the user says about columns, and what is said to the user.

use pingxin_channels::files::RefusalCode;
use pingxin_channels::files::columns::{FileKind, guess, parse_overrides, profile_names};
use pingxin_domain::intake::Field;
use proptest::prelude::*;

use crate::support::read;

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_file_we_do_not_understand_lists_its_columns_and_the_way_out() {
    let read = read("colour,size\nred,5\n");
    let mapping = read.guess();
    assert_eq!(mapping.kind, None);
    let refusal = mapping.kind_or_refusal().unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnknownColumns);
    assert!(refusal.say.en.contains("colour, size") && refusal.say.en.contains("--map text=colour"));
    assert!(refusal.say.zh.contains("colour、size"));
}

#[test]
fn the_users_word_wins() {
    let headers = names(&["评价内容", "备注", "打分"]);
    let choice = parse_overrides("text=备注,rating=打分").unwrap();
    let mapping = guess(&headers, &[], None, &choice).unwrap();
    assert_eq!(mapping.column_of(Field::Text), Some("备注"));
    assert_eq!((mapping.columns[0].field, mapping.kind), (None, Some(FileKind::Reviews)));
    let without = guess(&headers, &[], None, &parse_overrides("text=").unwrap()).unwrap();
    assert_eq!(without.column_of(Field::Text), None);
    let spelled =
        guess(&names(&["Comment Text"]), &[], None, &parse_overrides("text=comment_text").unwrap()).unwrap();
    assert_eq!(spelled.column_of(Field::Text), Some("Comment Text"));
}

#[test]
fn a_column_that_is_not_there_is_named_with_the_nearest() {
    let headers = names(&["评价内容", "星级"]);
    let refusal = guess(&headers, &[], None, &parse_overrides("rating=星極").unwrap()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::WrongMapping);
    assert!(refusal.say.zh.contains("最接近的是“星级”"), "{}", refusal.say.zh);
    let refusal = guess(&headers, &[], Some("taobao"), &[]).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnknownProfile);
    assert!(refusal.say.en.contains("taobao-orders"));
}

#[test]
fn profiles_can_be_named() {
    for name in profile_names() {
        let mapping = guess(&names(&["评价内容"]), &[], Some(name), &[]).unwrap();
        assert_eq!(mapping.profile, name);
    }
}

#[test]
fn notes_in_a_file_of_orders_are_no_reviews() {
    let mapping =
        read("Order ID,Order Status,Purchase Date,Comments\n1,Shipped,2026-10-01,ring twice\n").guess();
    assert_eq!((mapping.kind, mapping.column_of(Field::Text)), (Some(FileKind::Orders), None));
}

#[test]
fn a_mapping_survives_the_store() {
    let mapping = read("评价内容,评分,日期\n好,5,25/10/2026\n").guess();
    let text = serde_json::to_string(&mapping).unwrap();
    assert!(text.contains("\"dmy\"") && text.contains("\"field\":\"text\""), "{text}");
    assert_eq!(serde_json::from_str::<pingxin_channels::files::columns::Mapping>(&text).unwrap(), mapping);
}

proptest! {
    #[test]
    fn no_headers_make_it_panic(headers in prop::collection::vec("\\PC{0,12}|(评分|text|order_id|items\\[\\]\\.price|status|评价)", 0..12)) {
        let mapping = guess(&headers, &[], None, &[]).unwrap();
        prop_assert_eq!(mapping.columns.len(), headers.len());
        for field in Field::ALL {
            let times = mapping.columns.iter().filter(|column| column.field == Some(*field)).count();
            prop_assert!(times <= 1 || *field == Field::BuyerPhone, "{} twice", field);
        }
    }

    #[test]
    fn no_choice_makes_it_panic(text in "[a-z_:=,评 ]{0,30}") {
        let _ = parse_overrides(&text);
    }
}
