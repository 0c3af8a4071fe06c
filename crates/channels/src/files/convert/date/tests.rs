use super::*;
use proptest::prelude::*;

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn at(text: &str, order: Option<DateOrder>) -> Result<String, NoDate> {
    read(text, &shanghai(), order).map(|moment| moment.instant.to_string())
}

#[test]
fn shapes_of_files_are_read_in_the_shops_zone() {
    for text in [
        "2026-10-01 12:00:00",
        "2026/10/1 12:00",
        "2026.10.01 12:00:00.000",
        "2026年10月1日 12:00",
        "2026年10月1日12时00分00秒",
        "2026年10月1日 下午12:00",
        "２０２６-１０-０１　１２：００",
        "2026-10-01T12:00:00",
        "2026-10-01T12:00:00+08:00",
        "2026-10-01T04:00:00Z",
        "2026-10-01 04:00:00 UTC",
        "2026-10-01 12:00:00 +0800",
        "Oct 1, 2026 12:00 PM",
        "1 October 2026 at 12:00",
        "01-Oct-2026 12:00",
        "Thu, 01 Oct 2026 12:00:00 CST",
        "September 30, 2026 9:00 PM PDT",
        "20261001120000",
        "1790827200",
        "1790827200000",
        "46296.5",
        "1.10.2026 12:00",
        "20261001T120000",
        "20261001T040000Z",
        "2026-10-01T12:00:00+08:00[Asia/Shanghai]",
        "2026-10-01T04:00:00.000+0000",
        "2026/10/01 13:00:00 JST",
        "2026年10月1日(木) 12時00分",
        "2026年10月1日 星期四 12:00",
        "2026年10月1日 午後0:00",
        "2026년 10월 1일 12시 00분",
        "1. Oktober 2026 um 12:00 Uhr",
        "1 de octubre de 2026 12:00",
        "1er octobre 2026 à 12:00",
        "01 ott. 2026 12:00",
    ] {
        assert_eq!(at(text, None), Ok("2026-10-01T04:00:00Z".to_owned()), "{text}");
    }
}

#[test]
fn a_day_alone_begins_at_midnight_and_is_known_to_be_one() {
    for text in ["2026-10-01", "20261001", "2026年10月1日", "46296", "Oct 1, 2026", "10/13/2026"] {
        let moment = read(text, &shanghai(), None).unwrap();
        assert!(moment.day_only, "{text}");
    }
    let moment = read("2026-10-01", &shanghai(), None).unwrap();
    assert_eq!(end_of_day(moment.instant, &shanghai()).to_string(), "2026-10-01T15:59:59Z");
}

#[test]
fn the_line_above_an_amazon_review_is_read() {
    for text in [
        "Reviewed in the United States on October 1, 2026",
        "Reviewed in the United Kingdom on 1 October 2026",
        "Rezension aus Deutschland vom 1. Oktober 2026",
        "Bewertet in Deutschland am 1. Oktober 2026",
        "Commenté en France le 1 octobre 2026",
        "Calificado en España el 1 de octubre de 2026",
        "Revisado en México el 1 de octubre de 2026",
        "Recensito in Italia il 1 ottobre 2026",
        "Avaliado no Brasil em 1 de outubro de 2026",
        "Beoordeeld in Nederland op 1 oktober 2026",
        "2026年10月1日に日本でレビュー済み",
        "2026年10月1日にアメリカ合衆国でレビュー済み",
    ] {
        assert_eq!(at(text, None), Ok("2026-09-30T16:00:00Z".to_owned()), "{text}");
        assert!(looks_like_date(text), "{text}");
    }
    for text in ["Reviewed in the United States on", "Reviewed in March on request", "Rezension aus"] {
        assert_eq!(at(text, None), Err(NoDate::Unreadable), "{text}");
    }
}

#[test]
fn months_of_every_marketplace_are_known() {
    for (number, names) in [
        (1, "Januar janvier enero gennaio janeiro"),
        (3, "März mars marzo março Mär"),
        (5, "Mai mai mayo maggio maio mei May"),
        (8, "August août agosto"),
        (12, "Dezember décembre diciembre dicembre dezembro Dec Dez"),
    ] {
        for name in names.split(' ') {
            let expected = format!("2026-{number:02}-10T");
            let found = at(&format!("10 {name} 2026 12:00 UTC"), None);
            assert!(found.as_ref().is_ok_and(|found| found.starts_with(&expected)), "{name}: {found:?}");
        }
    }
}

#[test]
fn day_and_month_are_never_guessed() {
    assert_eq!(at("10/1/2026", None), Err(NoDate::Ambiguous));
    assert_eq!(at("10/1/26", Some(DateOrder::MonthDay)), Ok("2026-09-30T16:00:00Z".into()));
    assert_eq!(at("10/1/26", Some(DateOrder::DayMonth)), Ok("2026-01-09T16:00:00Z".into()));
    assert_eq!(at("25/10/2026", Some(DateOrder::MonthDay)), Err(NoDate::Unreadable));
    assert_eq!(at("10/10/2026", None), Ok("2026-10-09T16:00:00Z".into()));
    assert_eq!(evidence("25/10/2026"), Some(DateOrder::DayMonth));
    assert_eq!(evidence("10/25/26 9:00"), Some(DateOrder::MonthDay));
    assert_eq!(evidence("2026/10/25"), None);
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "hello",
        "5",
        "2026-13-01",
        "2026-02-30",
        "2026-10-01 25:00",
        "0001-01-01",
        "9999999999999999999999",
        "2026-10-01 12:00 Mars",
        "12:00",
        "2026-10",
        "1e308",
        "NaN",
        "99999",
        "3026-01-01",
    ] {
        assert_eq!(at(text, None), Err(NoDate::Unreadable), "{text}");
    }
    assert!(
        looks_like_date("2018-01-19 14:58:55")
            && !looks_like_date("106.08")
            && !looks_like_date("1790827200")
    );
}

#[test]
fn hours_that_a_clock_change_skips_are_read() {
    let zone = TimeZone::get("America/Los_Angeles").unwrap();
    let moment = read("2026-03-08 02:30:00", &zone, None).unwrap();
    assert_eq!(moment.instant.to_string(), "2026-03-08T10:30:00Z");
}

proptest! {
    #[test]
    fn every_instant_reads_back(seconds in 946_684_800i64..4_000_000_000) {
        let instant = Timestamp::from_second(seconds).unwrap();
        for text in [
            instant.to_string(),
            instant.to_zoned(shanghai()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
            instant.to_zoned(shanghai()).strftime("%d %b %Y %I:%M:%S %p").to_string(),
        ] {
            prop_assert_eq!(read(&text, &shanghai(), None).map(|moment| moment.instant), Ok(instant), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9年月日时:/.+TZapm -]{0,30}|\\PC{0,20}|(Reviewed in|Recensito in|İ|2026年)[ a-zİäé0-9月日に()周]{0,40}( on | il |レビュー済み)?[a-z0-9 ,]{0,20}") {
        let _ = read(&text, &shanghai(), None);
        let _ = (evidence(&text), looks_like_date(&text));
    }
}
