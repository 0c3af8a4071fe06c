//! A stream of UTF-8 over a file in any encoding.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::detect::Found;

/// Stands where bytes could not be decoded; never occurs in UTF-8, so the row is told apart.
pub(in crate::files) const UNDECODABLE: u8 = 0xff;

const CHUNK: usize = 64 << 10;

/// The file as UTF-8. A UTF-8 file is passed through as it is (rows are checked when they are complete); in
/// others a byte [`UNDECODABLE`] marks what could not be decoded.
pub(in crate::files) struct Decoded<R> {
    source: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    out: Vec<u8>,
    out_start: usize,
    read: u64,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// `source` stands at the beginning of the file.
    pub(in crate::files) fn new(mut source: R, found: &Found) -> io::Result<Self> {
        let mut mark = vec![0; found.mark];
        source.read_exact(&mut mark)?;
        let decoder =
            (found.encoding != encoding_rs::UTF_8).then(|| found.encoding.new_decoder_without_bom_handling());
        Ok(Self {
            source,
            decoder,
            raw: vec![0; CHUNK],
            raw_start: 0,
            raw_end: 0,
            out: Vec::new(),
            out_start: 0,
            read: found.mark as u64,
            ended: false,
        })
    }

    /// Bytes of the file read so far.
    pub(in crate::files) fn bytes_read(&self) -> u64 {
        self.read
    }

    fn read_raw(&mut self) -> io::Result<()> {
        self.raw_start = 0;
        self.raw_end = loop {
            match self.source.read(&mut self.raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.read += self.raw_end as u64;
        Ok(())
    }

    fn decode_more(&mut self) -> io::Result<()> {
        self.out.clear();
        self.out_start = 0;
        while self.out.is_empty() && !self.ended {
            if self.raw_start == self.raw_end {
                self.read_raw()?;
            }
            let Some(decoder) = &mut self.decoder else { return Ok(()) };
            let last = self.raw_start == self.raw_end;
            let source = &self.raw[self.raw_start..self.raw_end];
            // Three bytes of UTF-8 a byte is what the decoder may ask for at most.
            self.out.resize(source.len().max(16) * 3, 0);
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(source, &mut self.out, last);
            self.raw_start += read;
            self.out.truncate(written);
            match result {
                DecoderResult::Malformed(..) => self.out.push(UNDECODABLE),
                DecoderResult::InputEmpty => self.ended = last,
                DecoderResult::OutputFull => {}
            }
        }
        Ok(())
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.decoder.is_none() {
            if self.raw_start == self.raw_end {
                self.read_raw()?;
            }
            return Ok(&self.raw[self.raw_start..self.raw_end]);
        }
        if self.out_start == self.out.len() {
            self.decode_more()?;
        }
        Ok(&self.out[self.out_start..])
    }

    fn consume(&mut self, amount: usize) {
        if self.decoder.is_none() {
            self.raw_start = (self.raw_start + amount).min(self.raw_end);
        } else {
            self.out_start = (self.out_start + amount).min(self.out.len());
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(into.len());
        into[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GB18030, UTF_16LE};
    use proptest::prelude::*;

    /// Gives one byte at a time, to cut every letter in two.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(into.len()).min(1);
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read_all(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
        let found = Found { encoding, mark: 0 };
        let mut text = Vec::new();
        Decoded::new(Drip(bytes), &found).unwrap().read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn marks_what_cannot_be_decoded_and_goes_on() {
        assert_eq!(
            read_all(b"\xba\xc3\xff\n\xba\xc3", GB18030),
            "好\u{0}\n好"
                .replace('\0', "?")
                .into_bytes()
                .iter()
                .map(|byte| if *byte == b'?' { UNDECODABLE } else { *byte })
                .collect::<Vec<_>>()
        );
        // A letter cut off by the end of the line costs that line only.
        assert!(read_all(b"\xba\n5", GB18030).ends_with(b"\n5"));
        assert_eq!(read_all(b"a\0b", UTF_16LE).last(), Some(&UNDECODABLE));
    }

    proptest! {
        #[test]
        fn letters_cut_between_reads_come_out_whole(text in "\\PC{0,40}") {
            let (bytes, _, _) = GB18030.encode(&text);
            prop_assert_eq!(read_all(&bytes, GB18030), text.into_bytes());
        }
    }
}
