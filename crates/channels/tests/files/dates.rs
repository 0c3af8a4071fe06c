//! Day and month: found out, or asked.

use pingxin_channels::files::columns::{DateEvidence, DateOrder, Mapping, guess, parse_overrides};
use pingxin_channels::files::{RawRow, RefusalCode};
use pingxin_domain::Platform;

use crate::support::read;

fn ambiguous(text: &str) -> Mapping {
    let mapping = read(text).guess();
    let names: Vec<&str> = mapping.ambiguous_columns().map(|column| column.column.as_str()).collect();
    assert_eq!(names, ["日期"]);
    mapping
}

fn date(value: &str) -> RawRow {
    RawRow { line: 9, cells: vec!["好".into(), value.into()] }
}

#[test]
fn a_column_that_nothing_settles_is_asked_about_by_name() {
    let mapping = ambiguous("评价内容,日期\n好,10/1/2026\n坏,2/3/2026\n");
    let refusal = mapping.dates_or_refusal().unwrap_err();
    assert_eq!(refusal.code, RefusalCode::AmbiguousDates);
    assert!(refusal.say.zh.contains("“日期”") && refusal.say.zh.contains("10/1/2026"));
    assert!(refusal.say.en.contains("--map created:dmy=日期") && refusal.say.en.contains("import page"));
    let two = read("评价内容,日期,追评内容,追评时间\n好,10/1/2026,坏,11/1/2026\n").guess();
    let refusal = two.dates_or_refusal().unwrap_err();
    assert!(refusal.say.zh.contains("“日期”、“追评时间”"), "{}", refusal.say.zh);
}

#[test]
fn what_is_clear_is_not_asked() {
    for text in [
        "评价内容,日期\n好,2026-10-01\n",
        "评价内容,日期\n好,10/10/2026\n",
        "评价内容,日期\n好,1.10.2026\n",
        "评价内容,日期\n好,10/1/2026\n好,25/10/2026\n",
        "评价内容,备注x\n好,10/1/2026\n",
    ] {
        assert!(read(text).guess().dates_or_refusal().is_ok(), "{text}");
    }
    let text = read("评价内容,日期\n好,10/1/2026\n");
    let choice = parse_overrides("created:dmy=日期").unwrap();
    let told = guess(&text.header().columns, &text.rows, None, &choice).unwrap();
    assert!(told.dates_or_refusal().is_ok());
    let undecided = parse_overrides("created=日期").unwrap();
    assert!(guess(&text.header().columns, &text.rows, None, &undecided).unwrap().dates_or_refusal().is_err());
    let mut american = text.guess();
    american.assume_market(Platform::Taobao);
    assert!(american.dates_or_refusal().is_err());
    american.assume_market(Platform::AMAZON_US);
    assert_eq!(american.columns[1].date_order, Some(DateOrder::MonthDay));
    assert!(american.dates_or_refusal().is_ok());
}

#[test]
fn the_rest_of_the_file_is_asked_first() {
    let unsettled = ambiguous("评价内容,日期\n好,10/1/2026\n");
    for (more, order) in [
        (vec!["11/1/2026", "25/10/2026"], Some(DateOrder::DayMonth)),
        (vec!["10/25/2026"], Some(DateOrder::MonthDay)),
        (vec!["11/1/2026", "", "2026-10-01"], None),
        (vec!["25/10/2026", "10/25/2026"], None),
    ] {
        let mut mapping = unsettled.clone();
        let mut evidence = DateEvidence::new(&mapping);
        more.iter().for_each(|value| evidence.see(&date(value)));
        evidence.settle(&mut mapping);
        assert_eq!(mapping.columns[1].date_order, order, "{more:?}");
        assert_eq!(mapping.dates_or_refusal().is_ok(), order.is_some(), "{more:?}");
    }
    // Values that the sample had none of.
    let mut mapping = read("评价内容,日期\n好,\n").guess();
    let mut evidence = DateEvidence::new(&mapping);
    assert!(evidence.is_open());
    evidence.see(&date("10/1/2026"));
    evidence.settle(&mut mapping);
    assert!(mapping.dates_or_refusal().is_err());
    // What was chosen stands.
    let mut told = unsettled;
    told.columns[1].date_order = Some(DateOrder::DayMonth);
    told.columns[1].ambiguous = false;
    let mut evidence = DateEvidence::new(&told);
    evidence.see(&date("10/25/2026"));
    evidence.settle(&mut told);
    assert_eq!(told.columns[1].date_order, Some(DateOrder::DayMonth));
    assert!(!evidence.is_open());
}

#[test]
fn contradicting_values_leave_the_column_ambiguous() {
    ambiguous("评价内容,日期\n好,25/10/2026\n好,10/25/2026\n好,10/1/2026\n");
}
