//! Whole lines, as many at once as the input has ready.

use std::io::{self, BufRead};

use super::{LONGEST_LINE, Refused};

/// Whole lines, read at once.
pub(super) struct Chunk {
    /// The number of the first line, from 1.
    first: u64,
    bytes: Vec<u8>,
    /// Its only line was too long and is not here.
    too_long: bool,
}

impl Chunk {
    /// How many bytes its lines have.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Calls `each` with the number and the bytes of every line, without its end and the mark of UTF-8.
    pub(super) fn lines(&self, mut each: impl FnMut(u64, Result<&[u8], Refused>)) {
        if self.too_long {
            let message = format!("the line is longer than {LONGEST_LINE} bytes");
            return each(self.first, Err(Refused { code: "line_too_long", message }));
        }
        for (number, line) in (self.first..).zip(self.bytes.split_inclusive(|&byte| byte == b'\n')) {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            each(number, Ok(line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)));
        }
    }
}

/// Reads whole lines, as many at once as the input has ready.
pub(super) struct Chunks<R> {
    input: R,
    /// The beginning of a line whose end has not come yet.
    rest: Vec<u8>,
    next: u64,
    skipping: bool,
}

impl<R: BufRead> Chunks<R> {
    /// Reads `input` from its first line on.
    pub(super) fn new(input: R) -> Self {
        Self { input, rest: Vec::new(), next: 1, skipping: false }
    }

    /// The next lines; none at the end of the input.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Option<Chunk>> {
        loop {
            let ready = match self.input.fill_buf() {
                Ok(ready) => ready,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let length = ready.len();
            if length == 0 {
                let bytes = std::mem::take(&mut self.rest);
                return Ok((!bytes.is_empty()).then(|| self.chunk(bytes, false)));
            }
            if self.skipping {
                let end = ready.iter().position(|&byte| byte == b'\n');
                self.skipping = end.is_none();
                self.input.consume(end.map_or(length, |end| end + 1));
                continue;
            }
            let Some(end) = ready.iter().rposition(|&byte| byte == b'\n') else {
                self.rest.extend_from_slice(ready);
                self.input.consume(length);
                if self.rest.len() > LONGEST_LINE {
                    self.rest = Vec::new();
                    self.skipping = true;
                    return Ok(Some(self.chunk(b"\n".to_vec(), true)));
                }
                continue;
            };
            let mut bytes = std::mem::take(&mut self.rest);
            bytes.extend_from_slice(&ready[..=end]);
            self.rest.extend_from_slice(&ready[end + 1..]);
            self.input.consume(length);
            return Ok(Some(self.chunk(bytes, false)));
        }
    }

    fn chunk(&mut self, bytes: Vec<u8>, too_long: bool) -> Chunk {
        let first = self.next;
        let ends = bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.next += ends;
        Chunk { first, bytes, too_long }
    }
}
