//! The cue file: sections by cause, lines of cues, lines of examples.

use crate::Cause;

/// Why a cue file cannot be read. The number is that of the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CueFileError {
    /// Cues before the first `[cause]`.
    #[error("line {0}: cues stand before the first [cause]")]
    NoCause(usize),
    /// An unknown first sign.
    #[error("line {0}: a line begins with #, [, =, !, + or -")]
    Sign(usize),
    /// A `[cause]` that is none.
    #[error("line {0}: {1}")]
    Cause(usize, crate::UnknownCode),
    /// More than one star, or a star at an end.
    #[error("line {0}: \"{1}\" needs words on both sides of one star")]
    Star(usize, String),
}

/// One cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub cause: Cause,
    pub first: String,
    /// What must follow within the clause.
    pub second: Option<String>,
    /// Whether a negation before it takes it back.
    pub negatable: bool,
}

/// A sentence that must or must not hold a cue of a cause.
#[derive(Debug)]
pub(super) struct Example {
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub line: usize,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub cause: Cause,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub text: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are run by the tests"))]
    pub holds: bool,
}

/// What a cue file holds.
#[derive(Debug, Default)]
pub(super) struct CueFile {
    pub patterns: Vec<Pattern>,
    pub examples: Vec<Example>,
}

pub(super) fn parse(text: &str) -> Result<CueFile, CueFileError> {
    let mut file = CueFile::default();
    let mut current = None;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        let mut chars = content.chars();
        let sign = chars.next();
        let rest = chars.as_str().trim();
        match sign {
            None | Some('#') => {}
            Some('[') => {
                let code = rest.strip_suffix(']').unwrap_or(rest);
                current = Some(code.parse().map_err(|unknown| CueFileError::Cause(line, unknown))?);
            }
            Some(sign @ ('=' | '!' | '+' | '-')) => {
                let cause = current.ok_or(CueFileError::NoCause(line))?;
                match sign {
                    '+' | '-' => {
                        file.examples.push(Example {
                            line,
                            cause,
                            text: rest.to_owned(),
                            holds: sign == '+',
                        });
                    }
                    _ => {
                        for cue in rest.split_whitespace() {
                            file.patterns.push(pattern(cue, cause, sign == '=', line)?);
                        }
                    }
                }
            }
            Some(_) => return Err(CueFileError::Sign(line)),
        }
    }
    Ok(file)
}

fn pattern(cue: &str, cause: Cause, negatable: bool, line: usize) -> Result<Pattern, CueFileError> {
    let mut pieces = cue.split('*').map(|piece| piece.replace('_', " "));
    let (first, second) = (pieces.next().unwrap_or_default(), pieces.next());
    if first.is_empty() || second.as_ref().is_some_and(String::is_empty) || pieces.next().is_some() {
        return Err(CueFileError::Star(line, cue.to_owned()));
    }
    Ok(Pattern { cause, first, second, negatable })
}
