//! Pictures inside an archive: the first byte says which magic stands before the bytes.
#![no_main]

use std::io::{Cursor, Write};

const MAGIC: [&[u8]; 6] = [
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"GIF89a",
    b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    b"RIFF\x24\x00\x00\x00WEBPVP8L",
    b"",
];

libfuzzer_sys::fuzz_target!(init: pingxin_fuzz::end_at_panics_of_ours(), |data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let picture = [MAGIC[usize::from(*first) % MAGIC.len()], bytes].concat();
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in
        [("a.csv", "评价内容,评价图片\n好,a.jpg\n".as_bytes()), ("a.jpg", picture.as_slice())]
    {
        if archive.start_file(name, options).is_err() || archive.write_all(content).is_err() {
            return;
        }
    }
    if let Ok(cursor) = archive.finish() {
        pingxin_fuzz::import(&cursor.into_inner(), None);
    }
});
