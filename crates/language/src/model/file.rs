//! The model file: a few hundred kilobytes, read in milliseconds.
//!
//! `PXLM`, version, kind of grams, name, heads (name, bias, scale), the sorted keys as differences in variable
//! length, the weights head by head, and a checksum over all before it. Numbers are little-endian. Version 2 has before
//! the checksum the layer of clauses: what a step of a place is worth, the start, what each head makes of the summaries,
//! the places.

use super::clauses::{ClauseLayer, Summary, WIDTH};
use super::{Head, LinearModel};
use crate::features::Grams;

const MAGIC: &[u8; 4] = b"PXLM";
/// With a layer of clauses.
const VERSION: u8 = 2;
/// Without one.
const PLAIN_VERSION: u8 = 1;

/// Why a model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFileError {
    /// It is something else.
    #[error("this is no Pingxin model file; train one with `pingxin model train`")]
    Foreign,
    /// It was written by another version.
    #[error(
        "the model file has version {0}, this program reads version {VERSION}; train it again with `pingxin model train`"
    )]
    Version(u8),
    /// It was cut short or changed.
    #[error(
        "the model file is damaged ({0}); take it from a backup or train it again with `pingxin model train`"
    )]
    Damaged(&'static str),
}

impl LinearModel {
    /// The bytes of its file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(if self.layer.is_some() { VERSION } else { PLAIN_VERSION });
        bytes.push(match self.grams {
            Grams::Characters => 1,
            Grams::Words => 2,
            Grams::EdgedCharacters => 3,
            Grams::Phrases => 4,
        });
        write_text(&mut bytes, &self.name);
        write_number(&mut bytes, self.heads.len() as u64);
        for head in &self.heads {
            write_text(&mut bytes, &head.name);
            bytes.extend(head.bias.to_le_bytes());
            bytes.extend(head.scale.to_le_bytes());
        }
        write_number(&mut bytes, self.keys.len() as u64);
        let mut last = 0;
        for &key in &self.keys {
            write_number(&mut bytes, key - last);
            last = key;
        }
        for head in &self.heads {
            bytes.extend(head.weights.iter().map(|weight| weight.to_le_bytes()[0]));
        }
        if let Some(layer) = &self.layer {
            let weights = self.heads.iter().flat_map(|head| head.clauses.iter().flatten());
            let numbers = std::iter::once(&layer.scale).chain(&layer.start).chain(weights);
            bytes.extend(numbers.flat_map(|number| number.to_le_bytes()));
            bytes.extend(layer.places.iter().flatten().map(|part| part.to_le_bytes()[0]));
        }
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`ModelFileError`] when the bytes are no whole, unchanged model file of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelFileError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelFileError::Foreign)?;
        let layered = match rest.first() {
            Some(&VERSION) => true,
            Some(&PLAIN_VERSION) => false,
            Some(&other) => return Err(ModelFileError::Version(other)),
            None => return Err(ModelFileError::Damaged("cut short")),
        };
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(ModelFileError::Damaged("cut short"))?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return Err(ModelFileError::Damaged("the checksum differs"));
        }
        let mut input = Input(body.get(5..).unwrap_or_default());
        let grams = match input.byte()? {
            1 => Grams::Characters,
            2 => Grams::Words,
            3 => Grams::EdgedCharacters,
            4 => Grams::Phrases,
            _ => return Err(ModelFileError::Damaged("unknown kind of grams")),
        };
        let name = input.text()?;
        let mut heads = Vec::new();
        for _ in 0..input.count()? {
            let name = input.text()?;
            let (bias, scale) = (f32::from_le_bytes(input.array()?), f32::from_le_bytes(input.array()?));
            heads.push(Head { name, bias, scale, weights: Vec::new(), clauses: Summary::default() });
        }
        let count = input.count()?;
        let mut keys = Vec::with_capacity(count);
        let mut last = 0_u64;
        for _ in 0..count {
            last = last.checked_add(input.number()?).ok_or(ModelFileError::Damaged("a key is too large"))?;
            keys.push(last);
        }
        for head in &mut heads {
            head.weights = input.take(count)?.iter().map(|&byte| i8::from_le_bytes([byte])).collect();
        }
        let mut layer = None;
        if layered {
            let (scale, start) = (input.real()?, input.reals()?);
            for head in &mut heads {
                head.clauses = [input.reals()?, input.reals()?, input.reals()?];
            }
            let mut places = Vec::with_capacity(count);
            for _ in 0..count {
                places.push(input.array::<WIDTH>()?.map(|byte| i8::from_le_bytes([byte])));
            }
            layer = Some(ClauseLayer { places, scale, start });
        }
        if !input.0.is_empty() {
            return Err(ModelFileError::Damaged("bytes are left over"));
        }
        let model = Self::new(name, grams, keys, heads)?;
        match layer {
            Some(layer) => model.with_clauses(layer),
            None => Ok(model),
        }
    }
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelFileError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ModelFileError::Damaged("cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelFileError> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(ModelFileError::Damaged("cut short"))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn real(&mut self) -> Result<f32, ModelFileError> {
        self.array().map(f32::from_le_bytes)
    }

    fn reals(&mut self) -> Result<[f32; WIDTH], ModelFileError> {
        let mut reals = [0.0; WIDTH];
        for real in &mut reals {
            *real = self.real()?;
        }
        Ok(reals)
    }

    fn byte(&mut self) -> Result<u8, ModelFileError> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn number(&mut self) -> Result<u64, ModelFileError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(ModelFileError::Damaged("a number is too long"))
    }

    /// A number of things of at least one byte each, so never more than bytes are left.
    fn count(&mut self) -> Result<usize, ModelFileError> {
        let number = self.number()?;
        usize::try_from(number)
            .ok()
            .filter(|&count| count <= self.0.len())
            .ok_or(ModelFileError::Damaged("a count is too large"))
    }

    fn text(&mut self) -> Result<String, ModelFileError> {
        let length = self.count()?;
        let bytes = self.take(length)?.to_vec();
        String::from_utf8(bytes).map_err(|_| ModelFileError::Damaged("a name is no text"))
    }
}

fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_number(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

/// FNV-1a over eight bytes at a time.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |sum, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn model() -> LinearModel {
        let head = |name: &str, weights: [i8; 3]| Head {
            name: name.to_owned(),
            bias: -0.5,
            scale: 0.25,
            weights: weights.to_vec(),
            clauses: Summary::default(),
        };
        let heads = vec![head("positive", [127, -128, 0]), head("quality", [1, 2, 3])];
        LinearModel::new("test-1".to_owned(), Grams::Words, vec![3, 900, u64::MAX], heads).unwrap()
    }

    #[test]
    fn reads_what_it_wrote() {
        let model = model();
        let again = LinearModel::from_bytes(&model.to_bytes()).unwrap();
        assert_eq!(again.keys, model.keys);
        assert_eq!(again.heads, model.heads);
        assert_eq!((again.name(), again.grams()), ("test-1", Grams::Words));
    }

    #[test]
    fn a_layer_of_clauses_is_read_back() {
        let layer =
            ClauseLayer { places: vec![[1, -2, 3, -4, 5, -6, 7, -128]; 3], scale: 0.5, start: [0.25; WIDTH] };
        let mut model = model();
        model.heads[1].clauses[2][7] = -1.5;
        let model = model.with_clauses(layer).unwrap();
        let bytes = model.to_bytes();
        let again = LinearModel::from_bytes(&bytes).unwrap();
        assert_eq!((&again.heads, &again.layer), (&model.heads, &model.layer));
        let short = ClauseLayer { places: vec![[0; WIDTH]; 2], scale: 0.5, start: [0.0; WIDTH] };
        assert!(model.with_clauses(short).is_err());
    }

    #[test]
    fn says_what_is_wrong() {
        let good = model().to_bytes();
        assert_eq!(LinearModel::from_bytes(b"PK\x03\x04").unwrap_err(), ModelFileError::Foreign);
        let mut other = good.clone();
        other[4] = 9;
        assert_eq!(LinearModel::from_bytes(&other).unwrap_err(), ModelFileError::Version(9));
        let unsorted = LinearModel::new("x".to_owned(), Grams::Words, vec![5, 4], vec![]);
        assert!(matches!(unsorted, Err(ModelFileError::Damaged(_))));
    }

    proptest! {
        #[test]
        fn no_change_goes_unseen(at in 5_usize..70, change in 1_u8..) {
            let mut bytes = model().to_bytes();
            let at = at % bytes.len();
            bytes[at] ^= change;
            prop_assert!(LinearModel::from_bytes(&bytes).is_err());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            for version in [PLAIN_VERSION, VERSION] {
                let sum = checksum(&[MAGIC.as_slice(), &[version], &bytes].concat());
                let sealed = [MAGIC.as_slice(), &[version], &bytes, &sum.to_le_bytes()].concat();
                let _ = LinearModel::from_bytes(&sealed);
            }
            let _ = LinearModel::from_bytes(&bytes);
        }
    }
}
