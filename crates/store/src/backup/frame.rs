//! The frames of a backup: kind, length, payload, signature over all of it and the signature before.

use std::io::{ErrorKind, Read, Write};

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::sealed::Keys;
use crate::{StoreError, hex_digits};

/// First bytes of every backup.
const MAGIC: &[u8; 17] = b"PINGXIN BACKUP 1\n";
/// Longest payload; a block of rows is far below it unless one row is larger by itself.
const LONGEST: u32 = 1 << 30;

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Header,
    Table,
    Rows,
    End,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Self::Header => b'H',
            Self::Table => b'T',
            Self::Rows => b'R',
            Self::End => b'E',
        }
    }

    fn from_byte(byte: u8) -> Option<Self> {
        [Self::Header, Self::Table, Self::Rows, Self::End].into_iter().find(|kind| kind.byte() == byte)
    }
}

pub(super) fn damaged(what: impl Into<String>) -> StoreError {
    StoreError::Backup { what: what.into() }
}

fn unwritten(error: &std::io::Error) -> StoreError {
    damaged(format!("it cannot be written: {error}"))
}

/// Tells a key from others.
pub(super) fn key_name(keys: &Keys) -> String {
    let mut mac = keys.backup();
    mac.update(b"name");
    let name: [u8; 32] = mac.finalize().into_bytes().into();
    hex_digits(&name[..16])
}

fn signature(mac: &Hmac<Sha256>, before: &[u8; 16], kind: u8, payload: &[u8]) -> Hmac<Sha256> {
    let mut mac = mac.clone();
    mac.update(b"frame");
    mac.update(before);
    mac.update(&[kind]);
    mac.update(&(payload.len() as u64).to_be_bytes());
    mac.update(payload);
    mac
}

fn short(mac: Hmac<Sha256>) -> [u8; 16] {
    let full: [u8; 32] = mac.finalize().into_bytes().into();
    let mut short = [0; 16];
    short.copy_from_slice(&full[..16]);
    short
}

/// Writes frames.
pub(super) struct FrameWriter<W> {
    out: W,
    mac: Hmac<Sha256>,
    before: [u8; 16],
}

impl<W: Write> FrameWriter<W> {
    pub(super) fn new(mut out: W, keys: &Keys) -> Result<Self, StoreError> {
        out.write_all(MAGIC).map_err(|error| unwritten(&error))?;
        Ok(Self { out, mac: keys.backup(), before: [0; 16] })
    }

    pub(super) fn frame(&mut self, kind: Kind, payload: &[u8]) -> Result<(), StoreError> {
        let length = u32::try_from(payload.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| damaged("a row is larger than a backup can hold"))?;
        self.before = short(signature(&self.mac, &self.before, kind.byte(), payload));
        let parts: [&[u8]; 4] = [&[kind.byte()], &length.to_be_bytes(), payload, &self.before];
        for part in parts {
            self.out.write_all(part).map_err(|error| unwritten(&error))?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, StoreError> {
        self.out.flush().map_err(|error| unwritten(&error))?;
        Ok(self.out)
    }
}

/// Reads frames, and refuses what was not written so.
pub(super) struct FrameReader<R> {
    input: R,
    mac: Hmac<Sha256>,
    before: [u8; 16],
    /// Bytes read.
    pub(super) at: u64,
}

impl<R: Read> FrameReader<R> {
    pub(super) fn new(mut input: R, keys: &Keys) -> Result<Self, StoreError> {
        let mut magic = [0; MAGIC.len()];
        let read = input.read_exact(&mut magic);
        if read.is_err() || magic != *MAGIC {
            return Err(damaged("this file is no backup of Pingxin"));
        }
        Ok(Self { input, mac: keys.backup(), before: [0; 16], at: MAGIC.len() as u64 })
    }

    /// The next frame before its signature is looked at, which tells a wrong key from a damaged header.
    fn unchecked(&mut self) -> Result<(Kind, Vec<u8>, [u8; 16]), StoreError> {
        let start = self.at;
        let cut = |error: &std::io::Error| match error.kind() {
            ErrorKind::UnexpectedEof => damaged(format!("it is cut off at byte {start}")),
            _ => damaged(format!("it cannot be read at byte {start}: {error}")),
        };
        let mut head = [0; 5];
        self.input.read_exact(&mut head).map_err(|error| cut(&error))?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        let kind = Kind::from_byte(head[0]).filter(|_| length <= LONGEST);
        let kind = kind.ok_or_else(|| damaged(format!("it is damaged at byte {start}")))?;
        let mut payload = Vec::new();
        // Never more memory than the file has bytes, whatever the length says.
        let read = Read::by_ref(&mut self.input).take(u64::from(length)).read_to_end(&mut payload);
        let read = read.map_err(|error| cut(&error))?;
        if read < length as usize {
            return Err(damaged(format!("it is cut off at byte {}", start + 5 + read as u64)));
        }
        let mut signed = [0; 16];
        self.input.read_exact(&mut signed).map_err(|error| cut(&error))?;
        self.at = start + 21 + u64::from(length);
        Ok((kind, payload, signed))
    }

    fn verify(&mut self, start: u64, kind: Kind, payload: &[u8], signed: [u8; 16]) -> Result<(), StoreError> {
        let mac = signature(&self.mac, &self.before, kind.byte(), payload);
        if mac.verify_truncated_left(&signed).is_err() {
            return Err(damaged(format!("it is damaged between bytes {start} and {}", self.at)));
        }
        self.before = signed;
        Ok(())
    }

    /// The first frame. `is_ours` looks at a header whose signature is wrong.
    pub(super) fn header(&mut self, is_ours: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>, StoreError> {
        let start = self.at;
        let (kind, payload, signed) = self.unchecked()?;
        match self.verify(start, kind, &payload, signed) {
            Ok(()) if kind == Kind::Header => Ok(payload),
            Err(_) if kind == Kind::Header && !is_ours(&payload) => Err(StoreError::WrongKey),
            Ok(()) => Err(damaged("it does not begin with its header")),
            Err(error) => Err(error),
        }
    }

    /// The next frame.
    pub(super) fn frame(&mut self) -> Result<(Kind, Vec<u8>), StoreError> {
        let start = self.at;
        let (kind, payload, signed) = self.unchecked()?;
        self.verify(start, kind, &payload, signed)?;
        Ok((kind, payload))
    }

    /// Nothing may come after the last frame.
    pub(super) fn end(&mut self) -> Result<u64, StoreError> {
        let mut more = [0; 1];
        match self.input.read(&mut more) {
            Ok(0) => Ok(self.at),
            _ => Err(damaged(format!("something was put after its end, at byte {}", self.at))),
        }
    }
}
