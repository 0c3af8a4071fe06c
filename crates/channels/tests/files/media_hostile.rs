//! Archives made to smuggle a page past us or to break the reader (trust.md B1, B2, E2): what comes out is a picture
//! that we have written, or a refusal by name.

use std::io::Write;
use std::time::{Duration, Instant};

use image::ImageFormat;
use pingxin_channels::files::{Frame, Limits, ParseRequest, RefusalCode, open};
use pingxin_domain::media::MediaKind;
use proptest::prelude::*;

use crate::media::{MP4, TABLE, decoded, named, picture, reason, with_table};
#[cfg(target_os = "linux")]
use crate::support::resident;
use crate::support::{child_program, file, read, refused, request, try_read, zip};

const FORMATS: [(ImageFormat, &str); 4] = [
    (ImageFormat::Png, "png"),
    (ImageFormat::Jpeg, "jpg"),
    (ImageFormat::Gif, "gif"),
    (ImageFormat::WebP, "webp"),
];

/// What a browser or a viewer would run, each with a word that must not come through.
const PAGES: [&str; 7] = [
    "<html><script>alert('canary')</script></html>",
    "<svg xmlns='http://www.w3.org/2000/svg'><script>alert('canary')</script></svg>",
    "<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert('canary')</x:script>",
    "%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert('canary'))>>endobj",
    "*/=0;alert('canary')//",
    "<?php system('canary'); ?>",
    "<!doctype html><img src=x onerror=\"alert('canary')\">",
];

/// A page where its format has room for notes: a text chunk, a comment, an application block.
fn noted(format: ImageFormat, page: &str) -> Vec<u8> {
    let mut bytes = picture(format, 12, 9);
    match format {
        ImageFormat::Png => {
            let chunk = [b"tEXtComment\0".as_slice(), page.as_bytes()].concat();
            let mut crc = flate2::Crc::new();
            crc.update(&chunk);
            let mut whole = u32::try_from(chunk.len() - 4).unwrap().to_be_bytes().to_vec();
            whole.extend(chunk);
            whole.extend(crc.sum().to_be_bytes());
            bytes.splice(33..33, whole);
        }
        ImageFormat::Jpeg => {
            let mut whole = vec![0xff, 0xfe];
            whole.extend(u16::try_from(page.len() + 2).unwrap().to_be_bytes());
            whole.extend(page.bytes());
            bytes.splice(2..2, whole);
        }
        _ => {
            let end = bytes.len();
            let at = if format == ImageFormat::Gif { end - 1 } else { end };
            let mut whole = if format == ImageFormat::Gif { vec![0x21, 0xfe] } else { b"XMP ".to_vec() };
            if format == ImageFormat::Gif {
                whole.push(u8::try_from(page.len()).unwrap());
                whole.extend(page.bytes());
                whole.push(0);
            } else {
                whole.extend(u32::try_from(page.len()).unwrap().to_le_bytes());
                whole.extend(page.bytes());
            }
            bytes.splice(at..at, whole);
        }
    }
    bytes
}

fn polyglots() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (format, ending) in FORMATS {
        for (number, page) in PAGES.iter().enumerate() {
            let plain = picture(format, 12, 9);
            let behind = [&plain, page.as_bytes()].concat();
            let before = [page.as_bytes(), &plain].concat();
            files.push(named(&format!("behind-{number}.{ending}"), behind));
            files.push(named(&format!("before-{number}.{ending}"), before));
            files.push(named(&format!("noted-{number}.{ending}"), noted(format, page)));
            // The same under the name of what it would like to be.
            files.push(named(&format!("page-{number}-{ending}.html"), noted(format, page)));
        }
    }
    for (number, page) in PAGES.iter().enumerate() {
        for ending in ["png", "jpg", "svg", "html", "mp4"] {
            files.push(named(&format!("bare-{number}.{ending}"), *page));
        }
    }
    files
}

#[test]
fn of_a_polyglot_nothing_but_pixels_comes_through() {
    let files = polyglots();
    let many = files.len();
    assert!(many > 140, "{many}");
    let read = read(with_table(files));
    assert_eq!(read.media.len() + read.media_refused.len(), many, "each is told of");
    assert!(read.media.len() >= 60, "pictures with notes are pictures: {}", read.media.len());
    for file in &read.media {
        assert_eq!(file.media_type.kind(), MediaKind::Photo, "{}", file.name);
        assert!(file.bytes.starts_with(b"\xff\xd8\xff") || file.bytes.starts_with(b"\x89PNG"));
        assert!(memchr::memmem::find(&file.bytes, b"canary").is_none(), "{}", file.name);
        assert_eq!(decoded(file).width(), 12, "{}", file.name);
    }
    for refused in &read.media_refused {
        assert!(refused.name.starts_with("before") || refused.name.starts_with("bare"), "{refused:?}");
    }
}

/// A PNG whose header says a size its few bytes do not hold.
fn flood_png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Png, 4, 4);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

fn flood_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Jpeg, 16, 16);
    let at = memchr::memmem::find(&bytes, &[0xff, 0xc0]).unwrap();
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

fn flood_gif() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Gif, 4, 4);
    bytes[6..10].copy_from_slice(&[0xff; 4]);
    bytes
}

#[test]
fn a_flood_of_pixels_is_refused_by_its_header() {
    let start = Instant::now();
    let files = [
        named("1.png", flood_png(50_000, 50_000)),
        named("2.png", flood_png(u32::MAX >> 1, u32::MAX >> 1)),
        named("3.jpg", flood_jpeg(65_000, 65_000)),
        named("4.gif", flood_gif()),
        named("5.png", flood_png(40_000_001, 1)),
    ];
    let read = read(with_table(files));
    assert_eq!(read.media, []);
    for name in ["1.png", "3.jpg", "4.gif", "5.png"] {
        assert!(reason(&read, name).contains("pixels"), "{}", reason(&read, name));
    }
    reason(&read, "2.png");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn bombs_among_the_pictures_are_refused_by_name_and_the_rest_is_taken() {
    let zeros = |head: &[u8], megabytes: usize| [head, &vec![0; megabytes << 20]].concat();
    let files = [
        named("1.png", zeros(b"\x89PNG\r\n\x1a\n", 18)),
        named("2.jpg", zeros(b"\xff\xd8\xff\xe0", 30)),
        named("3.mp4", zeros(MP4, 40)),
        named("4.jpg", picture(ImageFormat::Jpeg, 4, 4)),
    ];
    let read = read(with_table(files));
    assert_eq!(read.media.len(), 1);
    assert!(reason(&read, "1.png").contains("times its size"));
    assert!(reason(&read, "2.jpg").contains("larger than 20 MB"));
    assert!(reason(&read, "3.mp4").contains("times its size"));
    let table = [TABLE.as_bytes(), &vec![b'a'; 20 << 20]].concat();
    refused(zip(&[named("a.csv", table)]), RefusalCode::ArchiveBomb);
    let table = [TABLE.as_bytes(), &vec![b'a'; 65 << 20]].concat();
    refused(zip(&[named("a.csv", table)]), RefusalCode::TooLarge);
}

#[test]
fn more_files_than_are_looked_at() {
    let files = |many: usize| (0..many).map(|number| named(&format!("{number}.jpg"), "")).collect::<Vec<_>>();
    let most = read(with_table(files(4_999)));
    assert_eq!((most.rows.len(), most.media_refused.len()), (1, 4_999));
    let refusal = refused(with_table(files(5_000)), RefusalCode::TooManyFiles);
    assert!(refusal.say.en.contains("5000 files"), "{}", refusal.say.en);
}

/// Marks entries as encrypted, in their local headers and in the directory.
fn locked(mut bytes: Vec<u8>, only: Option<&str>) -> Vec<u8> {
    for (magic, flags, name_at) in [(b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)] {
        let places: Vec<usize> = memchr::memmem::find_iter(&bytes, magic).collect();
        for at in places {
            if only.is_none_or(|name| bytes[at + name_at..].starts_with(name.as_bytes())) {
                bytes[at + flags] |= 1;
            }
        }
    }
    bytes
}

#[test]
fn what_has_a_password_is_refused_by_name() {
    let files = || {
        [named("1.jpg", picture(ImageFormat::Jpeg, 4, 4)), named("2.jpg", picture(ImageFormat::Jpeg, 5, 4))]
    };
    let read = read(locked(with_table(files()), Some("1.jpg")));
    assert!(reason(&read, "1.jpg").contains("password"));
    assert_eq!(read.media[0].name, "2.jpg");
    let refusal = refused(locked(with_table(files()), None), RefusalCode::WrongFormat);
    assert!(refusal.say.en.contains("has a password"), "{}", refusal.say.en);
}

/// A black PNG, written by hand: the encoders are slow where tests are built without optimisation.
#[cfg(target_os = "linux")]
fn black_png(width: u32, height: u32, bits: u8, colour: u8, channels: usize) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| {
        let named = [kind, body].concat();
        let mut crc = flate2::Crc::new();
        crc.update(&named);
        [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &named, &crc.sum().to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, colour, 0, 0, 0]].concat();
    let line = vec![0; 1 + width as usize * channels * usize::from(bits / 8)];
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..height {
        packed.write_all(&line).unwrap();
    }
    let body = chunk(b"IDAT", &packed.finish().unwrap());
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &header), &body, &chunk(b"IEND", b"")].concat()
}

/// The largest pictures that are decoded, in the forms that take the most memory, each well packed.
#[cfg(target_os = "linux")]
fn largest() -> Vec<(String, Vec<u8>)> {
    let (width, height) = (7_000, 5_700);
    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new_with_speed(&mut gif, 30);
    let black = vec![0; 3 * width as usize * height as usize];
    encoder.encode(&black, width, height, image::ExtendedColorType::Rgb8).unwrap();
    drop(encoder);
    vec![
        named("largest.png", black_png(width, height, 8, 6, 4)),
        named("deep.png", black_png(width, height, 16, 6, 4)),
        named("largest.gif", gif),
    ]
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn in_the_child_the_largest_pictures_fit_and_this_process_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let path = {
        let mut files = largest();
        files.extend([named("flood.png", flood_png(50_000, 50_000)), named("flood.gif", flood_gif())]);
        // Noise cannot be packed, so that it is no bomb.
        let noise: Vec<u8> = (0..12u32 << 18)
            .flat_map(|at| at.wrapping_mul(2_654_435_761).swap_bytes().to_le_bytes())
            .collect();
        files.extend((0..8).map(|number| named(&format!("{number}.mp4"), [MP4, &noise].concat())));
        file(&folder, "all.zip", with_table(files))
    };
    let before = resident();
    let mut most = before;
    let mut parsing = open(child_program(), &ParseRequest::new(&path)).await.unwrap();
    // Reading ahead for the columns must not hold the pictures.
    let sample = parsing.sample(500).await.unwrap();
    assert_eq!(sample.len(), 1);
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    while let Some(frame) = parsing.next().await.unwrap() {
        match frame {
            Frame::Media(file) => taken.push((file.name, file.width, file.bytes.len())),
            Frame::MediaRefused(file) => refused.push(file),
            _ => {}
        }
        most = most.max(resident());
    }
    let names: Vec<&str> = refused.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["flood.png", "flood.gif"], "{refused:?}");
    assert_eq!(taken.len(), 11, "{taken:?}");
    assert!(taken.iter().filter(|file| file.1.is_some()).all(|file| file.1 == Some(1_600)));
    assert!(most - before < 64 << 10, "this process grew by {} kB", most - before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// A picture with any few bytes changed is decoded or refused; nothing else.
    #[test]
    fn bent_pictures_never_panic(
        which in 0..4usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = picture(FORMATS[which].0, 24, 24);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let limits = Limits { media_pixels: 1 << 20, ..Limits::default() };
        let read = try_read(with_table([named("1.jpg", bytes)]), &ParseRequest { limits, ..request() }).unwrap();
        prop_assert_eq!(read.media.len() + read.media_refused.len(), 1);
    }

    #[test]
    fn bent_archives_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = with_table([named("1.jpg", picture(ImageFormat::Jpeg, 8, 8))]);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = try_read(bytes, &request());
    }
}
