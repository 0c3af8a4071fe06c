//! How a draft would be read: what its columns mean, and its first rows as they would be stored.

use pingxin_channels::files::convert::{self, ChatOrdinals, Converter, PreviewPart};
use pingxin_channels::files::{FileError, Frame, Header, RawRow, Refusal};
use pingxin_domain::intake::RowFailure;
use pingxin_domain::{BatchId, Scope};
use pingxin_store::batch::{ColumnMapping, ImportKind};

use super::draft::{self, Reading};
use super::opening::{self, Opened};
use super::request::ImportRequest;
use super::run::{columns_of, context_of, kind_of};
use super::{target, view};
use crate::desk::Desk;
use crate::error::{DeskError, Result};

/// Rows shown.
const ROWS: usize = 20;

/// One row as it would be stored.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// Line of the file.
    pub line: u64,
    /// What would be stored; contacts masked.
    pub stored: Vec<PreviewPart>,
    /// Why it would not be taken.
    pub failure: Option<RowFailure>,
}

/// How a draft would be read.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What was found before the first row; none when the file cannot be read at all.
    pub header: Option<Header>,
    /// How its columns are read: a profile's name.
    pub profile: Option<String>,
    /// What its rows tell of.
    pub kind: Option<ImportKind>,
    /// Its columns; sample cells masked.
    pub mapping: Vec<ColumnMapping>,
    /// The first rows.
    pub rows: Vec<PreviewRow>,
    /// Why it could not be read so.
    pub problem: Option<Refusal>,
}

/// Says how a draft would be read.
///
/// # Errors
/// [`DeskError::Refused`] when it is no draft any more; [`DeskError::NotFound`]; [`DeskError::Forbidden`]; the
/// database's.
pub async fn preview(desk: &Desk, scope: &Scope, id: BatchId, reading: &Reading) -> Result<Preview> {
    let request = draft::request_of(desk, scope, id, reading).await?;
    match look(desk, scope, &request).await {
        Ok(preview) => Ok(preview),
        Err(DeskError::File(FileError::Refused(refusal))) => Ok(Preview {
            header: None,
            profile: None,
            kind: None,
            mapping: Vec::new(),
            rows: Vec::new(),
            problem: Some(refusal),
        }),
        Err(other) => Err(other),
    }
}

async fn look(desk: &Desk, scope: &Scope, request: &ImportRequest) -> Result<Preview> {
    let Opened { mut parsing, mapping } = opening::open(desk, scope, request, opening::WHILE_WAITING).await?;
    let shop = target::likely_shop(desk, scope, &request.shop).await?;
    let context = context_of(&shop)?;
    let converter = Converter::new(&mapping, context.clone());
    let mut ordinals = ChatOrdinals::new();
    let mut rows = Vec::with_capacity(ROWS);
    let mut problem = mapping.kind_or_refusal().err().or_else(|| mapping.dates_or_refusal().err());
    // Of what the rows tell must be known before they can be read: each would only say so once more.
    while mapping.kind.is_some() && rows.len() < ROWS {
        match parsing.next().await {
            Ok(Some(Frame::Rows(raw))) => {
                rows.extend(raw.iter().map(|row| typed(&converter, row, &mut ordinals, &context)));
            }
            Ok(Some(Frame::Failed { failure, .. })) => {
                rows.push(PreviewRow { line: failure.line, stored: Vec::new(), failure: Some(failure) });
            }
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(FileError::Refused(refusal)) => {
                problem = problem.or(Some(refusal));
                break;
            }
            Err(other) => return Err(other.into()),
        }
    }
    rows.truncate(ROWS);
    let mut columns = columns_of(&mapping);
    columns.iter_mut().for_each(view::mask_samples);
    Ok(Preview {
        header: Some(parsing.header().clone()),
        profile: Some(mapping.profile.clone()),
        kind: mapping.kind.map(kind_of),
        mapping: columns,
        rows,
        problem,
    })
}

fn typed(
    converter: &Converter,
    raw: &RawRow,
    ordinals: &mut ChatOrdinals,
    context: &convert::Context,
) -> PreviewRow {
    match converter.row(raw) {
        Ok(mut row) => {
            ordinals.number(&mut row);
            let mut stored = convert::preview(&row, context);
            for (field, value) in stored.iter_mut().flat_map(|part| &mut part.fields) {
                *value = view::mask_cell(Some(*field), value);
            }
            PreviewRow { line: raw.line, stored, failure: None }
        }
        Err(mut failure) => {
            failure.value = failure.value.map(|value| view::mask_cell(None, &value));
            PreviewRow { line: raw.line, stored: Vec::new(), failure: Some(failure) }
        }
    }
}
