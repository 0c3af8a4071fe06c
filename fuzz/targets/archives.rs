//! Zip archives of a table with photos: the bytes as they are, or what stands inside made of them.
#![no_main]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

fn archive(entries: &[(String, &[u8])], packed: bool) -> Option<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let method = if packed { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
    for (name, bytes) in entries {
        archive.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).ok()?;
        archive.write_all(bytes).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

libfuzzer_sys::fuzz_target!(init: pingxin_fuzz::end_at_panics_of_ours(), |data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    if first % 3 == 0 {
        pingxin_fuzz::import(bytes, None);
        return;
    }
    // Pieces between zero bytes are names and contents, in turn.
    let pieces: Vec<&[u8]> = bytes.split(|byte| *byte == 0).take(16).collect();
    let mut entries = vec![("评价.csv".to_owned(), "评价ID,评价内容,评价图片\nR1,好,a.jpg\n".as_bytes())];
    entries.extend(
        pieces.chunks(2).filter_map(|pair| match pair {
            [name, content] => Some((String::from_utf8_lossy(name).into_owned(), *content)),
            _ => None,
        }),
    );
    if let Some(bytes) = archive(&entries, first % 3 == 1) {
        pingxin_fuzz::import(&bytes, None);
    }
});
