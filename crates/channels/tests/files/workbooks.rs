//! Excel workbooks as Excel, our own export and others write them.

use pingxin_channels::files::write::{Cell, ExportFormat, Writer};
use pingxin_channels::files::{Format, ParseRequest, RefusalCode};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};

use crate::support::{parts, read, refused, request, sheet_row, small, try_read, workbook, zip};

#[test]
fn values_read_as_people_see_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0u16..).zip(["评价内容", "评分", "评价时间", "订单编号", "金额", "有图"])
    {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(2, 0, "质量差").unwrap();
    sheet.write(2, 1, 1).unwrap();
    let day = ExcelDateTime::parse_from_str("2026-10-01 12:30:00").unwrap();
    sheet.write_with_format(2, 2, &day, &Style::new().set_num_format("yyyy-mm-dd hh:mm")).unwrap();
    sheet.write(2, 3, "1234567890123456789").unwrap();
    sheet.write(2, 4, 129.9).unwrap();
    sheet.write(2, 5, true).unwrap();
    let read = read(book.save_to_buffer().unwrap());
    assert_eq!((read.header().format, read.header().sheet.as_deref()), (Format::Xlsx, Some("Sheet1")));
    assert_eq!(
        read.cells(),
        [["质量差", "1", "2026-10-01 12:30:00", "1234567890123456789", "129.9", "true"]]
    );
    assert_eq!(read.rows[0].line, 3, "the row number of the sheet");
}

#[test]
fn the_first_sheet_that_is_shown_and_filled() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("空").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("藏").unwrap().set_hidden(true);
    hidden.write(0, 0, "评分").unwrap();
    let data = book.add_worksheet();
    data.set_name("数据").unwrap();
    data.write(0, 0, "九月评价导出").unwrap();
    data.write(1, 0, "评价内容").unwrap();
    data.write(1, 1, "评分").unwrap();
    data.write(2, 0, "好").unwrap();
    data.write(2, 1, 5).unwrap();
    let read = read(book.save_to_buffer().unwrap());
    assert_eq!(read.header().sheet.as_deref(), Some("数据"));
    assert_eq!(
        (read.header().columns.as_slice(), read.cells()),
        (["评价内容".to_owned(), "评分".into()].as_slice(), vec![vec!["好", "5"]])
    );
}

#[test]
fn tables_of_one_column_and_rows_beyond_the_header() {
    let one = [sheet_row(1, &["说明"]), sheet_row(2, &["好"]), sheet_row(3, &["差"])].concat();
    assert_eq!(read(workbook(&one)).cells(), [["好"], ["差"]]);
    let wide =
        [sheet_row(1, &["text", "rating"]), sheet_row(2, &["a", "5", "stray"]), sheet_row(3, &["b", "4"])]
            .concat();
    let read = read(workbook(&wide));
    assert_eq!((read.rows.len(), read.failures[0].line), (1, 2));
}

#[test]
fn bounds_hold_to_the_row_and_letter() {
    let limits = ParseRequest { limits: small(), ..request() };
    let rows = |count: u32| (1..=count).map(|row| sheet_row(row, &["text", "x"])).collect::<String>();
    assert!(try_read(workbook(&rows(5)), &limits).is_ok());
    assert_eq!(try_read(workbook(&rows(6)), &limits).unwrap_err().code, RefusalCode::SheetTooLong);
    let cell = |letters: usize| {
        [sheet_row(1, &["text", "rating"]), sheet_row(2, &[&"字".repeat(letters), "5"])].concat()
    };
    assert_eq!(try_read(workbook(&cell(10)), &limits).unwrap().failures.len(), 0);
    assert_eq!(try_read(workbook(&cell(11)), &limits).unwrap().failures.len(), 1);
    assert!(try_read(workbook(&sheet_row(1, &["a", "b", "c", "d"])), &limits).is_ok());
    assert_eq!(
        try_read(workbook(&sheet_row(1, &["a", "b", "c", "d", "e"])), &limits).unwrap_err().code,
        RefusalCode::SheetTooWide
    );
}

#[test]
fn other_archives_say_what_to_do() {
    let named = |name: &str| zip(&[(name.to_owned(), b"x".to_vec())]);
    assert!(refused(named("xl/workbook.bin"), RefusalCode::WrongFormat).say.en.contains(".xlsb"));
    assert!(refused(named("content.xml"), RefusalCode::WrongFormat).say.en.contains(".ods"));
    assert!(refused(named("a.bin/b.html"), RefusalCode::WrongFormat).say.en.contains("no table"));
    refused(workbook(""), RefusalCode::Empty);
    refused(b"PK\x03\x04 broken", RefusalCode::Damaged);
    let mut cut = workbook(&sheet_row(1, &["text"]));
    cut.truncate(cut.len() / 2);
    refused(cut, RefusalCode::Damaged);
    let mut broken = parts("");
    broken[4].1 = b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v>".to_vec();
    refused(zip(&broken), RefusalCode::Damaged);
}

#[test]
fn long_numbers_are_not_passed_off_as_order_numbers() {
    let data = [
        sheet_row(1, &["订单编号", "评价内容"]),
        r#"<row r="2"><c r="A2"><v>1.2345678901234568E+18</v></c><c r="B2" t="inlineStr"><is><t>好</t></is></c></row>"#.to_owned(),
    ]
    .concat();
    let (rows, failures) = read(workbook(&data)).convert(crate::support::shanghai());
    assert!(rows.is_empty());
    assert_eq!(failures[0].column.as_deref(), Some("订单编号"));
    assert!(failures[0].reason.en.contains("last digits are lost"));
}

#[test]
fn our_own_export_reads_back() {
    let mut writer = Writer::new(ExportFormat::Xlsx, Vec::new(), &["text", "rating"]).unwrap();
    for row in 0..300i64 {
        writer.row(&[Cell::Text("=1+1 好"), Cell::Integer(row % 5 + 1)]).unwrap();
    }
    let read = read(writer.finish().unwrap());
    assert_eq!((read.rows.len(), read.cells()[0].as_slice()), (300, ["=1+1 好", "1"].as_slice()));
}
