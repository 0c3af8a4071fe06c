//! Photos and videos that come with a table: what is taken, in which form, and what a person is told of the rest.

use std::io::Cursor;

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use pingxin_channels::files::{Format, Limits, MediaFile, ParseRequest, RefusalCode, table_in};
use pingxin_domain::media::MediaType;

use crate::support::{Read, file, parts, read, read_in_child, refused, request, sheet_row, try_read, zip};

pub const TABLE: &str = "评价内容,评分,晒图\n穿了两天就开线,1,1.jpg\n";
pub const MP4: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2\0\0\0\x08mdat";

/// A picture with a corner of another colour, so that it can be seen which way up it is.
pub fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn named(name: &str, bytes: impl Into<Vec<u8>>) -> (String, Vec<u8>) {
    (name.to_owned(), bytes.into())
}

/// An archive with the usual table and these files.
pub fn with_table(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut all = vec![named("评价.csv", TABLE)];
    all.extend(files);
    zip(&all)
}

pub fn decoded(file: &MediaFile) -> DynamicImage {
    let format = match file.media_type {
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Png => ImageFormat::Png,
        other => panic!("{other:?} is no picture"),
    };
    let image = image::load_from_memory_with_format(&file.bytes, format).unwrap();
    assert_eq!((Some(image.width()), Some(image.height())), (file.width, file.height));
    image
}

pub fn reason(read: &Read, name: &str) -> String {
    let found = read.media_refused.iter().find(|refused| refused.name == name);
    let reason = &found.unwrap_or_else(|| panic!("{name} was taken: {:?}", read.media_refused)).reason;
    assert!(reason.zh.chars().any(|letter| letter >= '\u{4e00}') && reason.en.ends_with(['.', ')']));
    reason.en.clone()
}

#[test]
fn an_archive_gives_its_rows_and_then_its_pictures() {
    let litter = [
        named("__MACOSX/._1.jpg", "x"),
        named(".DS_Store", "x"),
        named("晒图/Thumbs.db", "x"),
        named("晒图/", ""),
    ];
    let files = [
        named("晒图/1.JPG", picture(ImageFormat::Jpeg, 40, 30)),
        named("2.gif", picture(ImageFormat::Gif, 8, 8)),
        named("3.webp", picture(ImageFormat::WebP, 8, 8)),
        named("开箱.mp4", MP4),
    ];
    let read = read(with_table(litter.into_iter().filter(|(name, _)| !name.ends_with('/')).chain(files)));
    assert_eq!((read.header().format, read.rows.len()), (Format::Csv, 1));
    assert_eq!(read.media_refused, []);
    let got: Vec<_> = read.media.iter().map(|file| (file.name.as_str(), file.media_type)).collect();
    let expected = [
        ("1.JPG", MediaType::Jpeg),
        ("2.gif", MediaType::Jpeg),
        ("3.webp", MediaType::Jpeg),
        ("开箱.mp4", MediaType::Mp4),
    ];
    assert_eq!(got, expected);
    assert_eq!(decoded(&read.media[0]).dimensions(), (40, 30));
    assert_eq!(read.media[3].bytes, MP4, "a video is taken as it is");
}

#[test]
fn any_table_may_stand_in_an_archive() {
    let book = zip(&parts(&(sheet_row(1, &["评价内容", "评分"]) + &sheet_row(2, &["好", "5"]))));
    for (name, bytes, format) in [
        ("导出.xlsx", book, Format::Xlsx),
        ("a/b.xls", "评价内容\t评分\n好\t5\n".into(), Format::Tsv),
        ("a.json", br#"[{"text":"good","rating":5}]"#.to_vec(), Format::Json),
        (
            "a.jsonl",
            b"{\"text\":\"good\",\"rating\":5}\n{\"text\":\"bad\",\"rating\":1}\n".to_vec(),
            Format::Jsonl,
        ),
        ("无名", encoding_rs::GB18030.encode("评价内容,评分\n好,5\n").0.into_owned(), Format::Csv),
    ] {
        let archive = zip(&[named("1.png", picture(ImageFormat::Png, 4, 4)), named(name, bytes)]);
        let read = read(&archive);
        assert_eq!((read.header().format, read.media.len()), (format, 1), "{name}");
        assert!(!read.rows.is_empty(), "{name}");
        assert_eq!(read.bytes_read, archive.len() as u64, "progress ends with the file");
    }
}

#[test]
fn large_pictures_are_scaled_down_and_small_ones_never_up() {
    let files = [
        named("long.png", picture(ImageFormat::Png, 5_000, 1_000)),
        named("some.png", picture(ImageFormat::Png, 1_601, 16)),
        named("tiny.png", picture(ImageFormat::Png, 3, 2)),
    ];
    let sizes: Vec<_> = read(with_table(files)).media.iter().map(|file| decoded(file).dimensions()).collect();
    assert_eq!(sizes, [(1_600, 320), (1_600, 16), (3, 2)]);
}

#[test]
fn transparent_parts_are_kept_and_nothing_else_of_a_png() {
    let see_through = RgbaImage::from_fn(20, 20, |x, _| Rgba([9, 9, 9, if x < 10 { 0 } else { 255 }]));
    let solid = RgbaImage::from_pixel(20, 20, Rgba([9, 9, 9, 255]));
    let png = |image: RgbaImage| {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(image).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let read = read(with_table([named("a.png", png(see_through)), named("b.png", png(solid))]));
    assert_eq!(read.media[0].media_type, MediaType::Png);
    assert_eq!(decoded(&read.media[0]).to_rgba8().get_pixel(0, 0).0[3], 0);
    assert_eq!(read.media[1].media_type, MediaType::Jpeg, "nothing of it is transparent");
}

/// A JPEG that was taken on its side, as its camera notes, with the place where it was taken.
fn on_its_side() -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg, 64, 32);
    let mut note = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    note.extend(b"GPS 31.2304N 121.4737E");
    let mut bytes = plain[..2].to_vec();
    bytes.extend([0xff, 0xe1]);
    bytes.extend(u16::try_from(note.len() + 2).unwrap().to_be_bytes());
    bytes.extend(note);
    bytes.extend(&plain[2..]);
    bytes
}

#[test]
fn a_photo_stands_upright_and_forgets_where_it_was_taken() {
    let read = read(with_table([named("1.jpg", on_its_side())]));
    let image = decoded(&read.media[0]);
    assert_eq!(image.dimensions(), (32, 64), "turned by a quarter");
    let red = image.get_pixel(30, 4).0;
    assert!(red[0] > 150 && red[2] < 100, "the corner went along: {red:?}");
    let kept = &read.media[0].bytes;
    for trace in [b"GPS".as_slice(), b"Exif", b"31.2304"] {
        assert!(memchr::memmem::find(kept, trace).is_none());
    }
}

#[test]
fn what_is_no_picture_is_named_with_its_reason() {
    let files = [
        named("a.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        named("b.jpg", "\0\0\0\x18ftypheic"),
        named("c.zip", zip(&[named("1.jpg", picture(ImageFormat::Jpeg, 4, 4))])),
        named("d.jpg", b"\xff\xd8\xff\xe0 cut short"),
        named("e.txt.exe", b"MZ\0\0"),
        named("x/f.jpg", picture(ImageFormat::Jpeg, 4, 4)),
        named("y/F.JPG", picture(ImageFormat::Jpeg, 4, 4)),
    ];
    let read = read(with_table(files));
    assert_eq!((read.rows.len(), read.media.len(), read.media_refused.len()), (1, 0, 7));
    assert!(reason(&read, "a.png").contains("SVG"));
    assert!(reason(&read, "b.jpg").contains("HEIC"));
    assert!(reason(&read, "c.zip").contains("another archive"));
    assert!(reason(&read, "d.jpg").contains("damaged"));
    assert!(reason(&read, "e.txt.exe").contains("no picture or video"));
    assert!(reason(&read, "f.jpg").contains("Several files"));
    assert!(reason(&read, "F.JPG").contains("Several files"));
}

#[test]
fn an_archive_needs_exactly_one_table() {
    let two = zip(&[
        named("b.csv", TABLE),
        named("深/a.txt", TABLE),
        named("1.jpg", picture(ImageFormat::Jpeg, 4, 4)),
    ]);
    let refusal = refused(two, RefusalCode::SeveralTables);
    assert!(refusal.say.en.contains("b.csv, 深/a.txt") && refusal.say.zh.contains("2 个表格"), "{refusal:?}");
    let none = zip(&[named("1.jpg", picture(ImageFormat::Jpeg, 4, 4))]);
    assert!(refused(none, RefusalCode::WrongFormat).say.en.contains("no table"));
    assert!(refused(zip(&[]), RefusalCode::WrongFormat).say.en.contains("no table"));
    let old = zip(&[named("导出.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec())]);
    let refusal = refused(old, RefusalCode::WrongFormat);
    assert!(refusal.say.en.starts_with("导出.xls: This is an old Excel file"), "{refusal:?}");
}

#[test]
fn names_in_gbk_are_read() {
    let mut bytes = with_table([named("snap.jpg", picture(ImageFormat::Jpeg, 4, 4))]);
    let old = encoding_rs::GBK.encode("晒图").0.into_owned();
    while let Some(at) = memchr::memmem::find(&bytes, b"snap") {
        bytes[at..at + 4].copy_from_slice(&old);
    }
    assert_eq!(read(bytes).media[0].name, "晒图.jpg");
}

#[test]
fn the_bounds_of_one_and_of_all() {
    let jpeg = picture(ImageFormat::Jpeg, 64, 64);
    let files = || (1..=3).map(|number| named(&format!("{number}.jpg"), picture(ImageFormat::Jpeg, 64, 64)));
    let bounded = |limits: Limits| try_read(with_table(files()), &ParseRequest { limits, ..request() });
    let size = jpeg.len() as u64;
    let one = |media_picture_bytes| Limits { media_picture_bytes, ..Limits::default() };
    assert_eq!(bounded(one(size)).unwrap().media.len(), 3);
    assert!(reason(&bounded(one(size - 1)).unwrap(), "1.jpg").contains("larger than"));
    let all = |media_total_bytes| Limits { media_total_bytes, ..Limits::default() };
    assert_eq!(bounded(all(size * 3)).unwrap().media.len(), 3);
    let cut = bounded(all(size * 2)).unwrap();
    assert_eq!(cut.media.len(), 2);
    assert!(reason(&cut, "3.jpg").contains("from here on"));
    let pixels = Limits { media_total_pixels: 64 * 64 * 2, ..Limits::default() };
    assert!(reason(&bounded(pixels).unwrap(), "3.jpg").contains("from here on"));
    let few = |media_entries| Limits { media_entries, ..Limits::default() };
    assert!(bounded(few(4)).is_ok());
    assert_eq!(bounded(few(3)).unwrap_err().code, RefusalCode::TooManyFiles);
    let small = Limits { zip_entry_bytes: 10, ..Limits::default() };
    let refusal = bounded(small).unwrap_err();
    assert!(refusal.code == RefusalCode::TooLarge && refusal.say.en.contains("table in the archive"));
    let small = Limits { media_archive_bytes: 10, ..Limits::default() };
    assert_eq!(bounded(small).unwrap_err().code, RefusalCode::TooLarge);
}

#[tokio::test]
async fn a_folder_beside_the_table_is_taken_along() {
    let folder = tempfile::tempdir().unwrap();
    let table = file(&folder, "评价.csv", TABLE);
    file(&folder, "1.jpg", picture(ImageFormat::Jpeg, 40, 30));
    file(&folder, "2.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ");
    file(&folder, "3.png", "<html>");
    file(&folder, ".hidden.png", picture(ImageFormat::Png, 4, 4));
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(folder.path().join("deep/4.jpg"), picture(ImageFormat::Jpeg, 4, 4)).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("5.jpg")).unwrap();
    assert_eq!(table_in(folder.path()).unwrap(), table);
    let mut request = ParseRequest::new(&table);
    request.media_folder = Some(folder.path().to_path_buf());
    let read = read_in_child(&request).await.unwrap();
    let got: Vec<_> = read.media.iter().map(|file| (file.name.as_str(), file.media_type)).collect();
    assert_eq!(got, [("1.jpg", MediaType::Jpeg), ("2.mov", MediaType::QuickTime)]);
    assert_eq!(read.media_refused.len(), 2, "{:?}", read.media_refused);
    assert!(reason(&read, "5.jpg").contains("link"));
    reason(&read, "3.png");
    file(&folder, "另一个.csv", TABLE);
    let refusal = table_in(folder.path()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::SeveralTables);
    assert!(refusal.say.en.contains("另一个.csv, 评价.csv"), "{}", refusal.say.en);
    assert_eq!(table_in(&folder.path().join("gone")).unwrap_err().code, RefusalCode::Unreadable);
}
