//! The cue file: sections by cause or signal, lines of cues, lines of examples.

use std::str::FromStr;

use crate::UnknownCode;

/// Why a cue file cannot be read. The number is that of the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CueFileError {
    /// Words before the first `[heading]`.
    #[error("line {0}: words stand before the first [heading]")]
    NoCause(usize),
    /// An unknown first sign.
    #[error("line {0}: a line begins with #, [, =, !, + or -")]
    Sign(usize),
    /// A `[heading]` that is none.
    #[error("line {0}: {1}")]
    Cause(usize, UnknownCode),
    /// An example that does not hold.
    #[error("line {0}: the example \"{1}\" does not hold")]
    Example(usize, String),
    /// More than one star, or a star at an end.
    #[error("line {0}: \"{1}\" needs words on both sides of one star")]
    Star(usize, String),
}

/// One cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern<T> {
    /// What it speaks for.
    pub code: T,
    pub first: String,
    /// What must follow within the clause.
    pub second: Option<String>,
    /// Whether a negation before it takes it back.
    pub negatable: bool,
}

/// A sentence that must or must not hold a cue of a heading.
#[derive(Debug)]
pub(super) struct Example<T> {
    pub line: usize,
    pub code: T,
    pub text: String,
    pub holds: bool,
}

impl<T> Example<T> {
    pub(super) fn into_parts(self) -> super::Example<T> {
        (self.line, self.code, self.text, self.holds)
    }
}

/// What a cue file holds.
#[derive(Debug)]
pub(super) struct CueFile<T> {
    pub patterns: Vec<Pattern<T>>,
    pub examples: Vec<Example<T>>,
}

pub(super) fn parse<T: Copy + FromStr<Err = UnknownCode>>(text: &str) -> Result<CueFile<T>, CueFileError> {
    let mut file = CueFile { patterns: Vec::new(), examples: Vec::new() };
    let mut current = None;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        let mut chars = content.chars();
        let sign = chars.next();
        let rest = chars.as_str().trim();
        match sign {
            None | Some('#') => {}
            Some('[') => {
                let heading = rest.strip_suffix(']').unwrap_or(rest);
                current = Some(heading.parse().map_err(|unknown| CueFileError::Cause(line, unknown))?);
            }
            Some(sign @ ('=' | '!' | '+' | '-')) => {
                let code = current.ok_or(CueFileError::NoCause(line))?;
                match sign {
                    '+' | '-' => {
                        file.examples.push(Example { line, code, text: rest.to_owned(), holds: sign == '+' });
                    }
                    _ => {
                        for cue in rest.split_whitespace() {
                            file.patterns.push(pattern(cue, code, sign == '=', line)?);
                        }
                    }
                }
            }
            Some(_) => return Err(CueFileError::Sign(line)),
        }
    }
    Ok(file)
}

fn pattern<T>(cue: &str, code: T, negatable: bool, line: usize) -> Result<Pattern<T>, CueFileError> {
    let mut pieces = cue.split('*').map(|piece| piece.replace('_', " "));
    let (first, second) = (pieces.next().unwrap_or_default(), pieces.next());
    if first.is_empty() || second.as_ref().is_some_and(String::is_empty) || pieces.next().is_some() {
        return Err(CueFileError::Star(line, cue.to_owned()));
    }
    Ok(Pattern { code, first, second, negatable })
}
