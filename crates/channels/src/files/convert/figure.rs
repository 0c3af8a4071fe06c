//! A figure that a platform showed.

use pingxin_domain::figure::{FigureName, FigureUnit, FigureValue};
use pingxin_domain::intake::{Field, IncomingFigure, IncomingRecord, RowFailure};

use super::failure;
use super::reader::Reader;

/// The figure: a name, a value and a day, none of which may be missing.
pub(super) fn read(reader: &Reader<'_>) -> Result<Vec<IncomingRecord>, RowFailure> {
    let Some(shown) = reader.key(Field::FigureName)? else {
        return Err(failure::missing(reader, Field::FigureName, "指标名称", "name of the figure"));
    };
    let Some(value) = reader.get(Field::FigureValue) else {
        return Err(failure::missing(reader, Field::FigureValue, "指标值", "value of the figure"));
    };
    let Some((number, percent)) = FigureValue::parse(value.text) else {
        return Err(failure::cell(
            reader,
            value.column,
            value.text,
            "这不是数值。请写数字，最多 6 位小数，可以带 %，例如 4.86 或 98.5%。".into(),
            "This is no value. Write digits with at most 6 decimals, with a % if it is one, such as 4.86 or 98.5%.".into(),
        ));
    };
    let Some(at) = reader.instant(Field::FigureAt)? else {
        return Err(failure::missing(reader, Field::FigureAt, "统计日期", "day of the figure"));
    };
    let known = FigureName::from_code(&shown);
    Ok(vec![IncomingRecord::Figure(IncomingFigure {
        name: known.map_or(shown, |name| name.code().to_owned()),
        value: number,
        unit: if percent { Some(FigureUnit::Percent) } else { known.and_then(unit) },
        at,
    })])
}

/// What a known figure counts. A rate without a sign may be of one or of a hundred, so it has none.
fn unit(name: FigureName) -> Option<FigureUnit> {
    use FigureName::{
        DsrDescription, DsrLogistics, DsrRatings, DsrService, ExperienceScore, LateShipmentRate, NcxRate,
        OrderDefectRate, PositiveFeedback30, PositiveFeedback90, PositiveFeedback365,
        PositiveFeedbackLifetime, QualityRefundRate, ReplyRate3Min,
    };
    match name {
        ExperienceScore | DsrDescription | DsrService | DsrLogistics => Some(FigureUnit::Score),
        DsrRatings
        | PositiveFeedback30
        | PositiveFeedback90
        | PositiveFeedback365
        | PositiveFeedbackLifetime => Some(FigureUnit::Count),
        ReplyRate3Min | QualityRefundRate | OrderDefectRate | LateShipmentRate | NcxRate => None,
    }
}
