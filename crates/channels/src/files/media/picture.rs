//! A picture, decoded and written anew: only its pixels are kept.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Sampling;
use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, Limits as Bounds, RgbImage,
};
use pingxin_domain::Say;
use pingxin_domain::media::MediaType;

use super::reason;
use crate::files::frame::MediaFile;
use crate::files::request::Limits;

/// Of a photo on a screen: no loss that is seen, a third of the size of 95.
const JPEG_QUALITY: u8 = 82;
/// A picture with transparent parts beyond this is a photo after all, and loses them.
const PNG_BYTES: usize = 1 << 20;

/// A picture as it is kept.
pub(super) struct Picture {
    media_type: MediaType,
    width: u32,
    height: u32,
    bytes: Vec<u8>,
}

impl Picture {
    pub(super) fn into_file(self, name: String) -> MediaFile {
        let Self { media_type, width, height, bytes } = self;
        MediaFile { name, media_type, width: Some(width), height: Some(height), bytes }
    }
}

/// Decodes a picture and writes it anew, upright and at most `media_side` pixels long.
///
/// # Errors
/// The sentence for the person.
pub(super) fn written_anew(
    bytes: Vec<u8>,
    format: ImageFormat,
    limits: &Limits,
    pixels_left: &mut u64,
) -> Result<Picture, Say> {
    // A decoder that stumbles loses its picture, not the whole file.
    catch_unwind(AssertUnwindSafe(|| {
        let mut image = decoded(bytes, format, limits, pixels_left)?;
        let side = limits.media_side;
        // The quick way down to twice the side, the smooth one from there.
        if image.width().max(image.height()) > side.saturating_mul(2) {
            image = image.thumbnail(side.saturating_mul(2), side.saturating_mul(2));
        }
        if image.width().max(image.height()) > side {
            image = image.resize(side, side, Sampling::Triangle);
        }
        encoded(image)
    }))
    .unwrap_or_else(|_| Err(reason::damaged()))
}

fn decoded(
    bytes: Vec<u8>,
    format: ImageFormat,
    limits: &Limits,
    pixels_left: &mut u64,
) -> Result<DynamicImage, Say> {
    let progressive = format == ImageFormat::Jpeg && is_progressive(&bytes);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut bounds = Bounds::default();
    bounds.max_alloc = Some(limits.media_picture_memory);
    reader.limits(bounds);
    let mut decoder = reader.into_decoder().map_err(|_| reason::damaged())?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    // A progressive JPEG keeps two bytes of coefficients for each byte of the picture until its last scan.
    let memory = decoder.total_bytes().saturating_mul(if progressive { 3 } else { 1 });
    if pixels > limits.media_pixels || memory > limits.media_picture_memory {
        return Err(reason::too_many_pixels(width, height, limits.media_pixels));
    }
    *pixels_left = pixels_left.checked_sub(pixels).ok_or_else(reason::all_too_many_pixels)?;
    let orientation = decoder.orientation();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| reason::damaged())?;
    if let Ok(orientation) = orientation {
        // Scaled down first where that is much less to turn.
        if pixels > u64::from(limits.media_side).pow(2) * 4 {
            let side = limits.media_side.saturating_mul(2);
            image = image.thumbnail(side, side);
        }
        image.apply_orientation(orientation);
    }
    Ok(image)
}

/// Whether the frame of a JPEG is progressive. The markers before it are few and each says how long it is.
fn is_progressive(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xff => at += 1,
            0xc0 | 0xc1 | 0xda => return false,
            0xc2 => return true,
            0xd0..=0xd8 | 0x01 => at += 2,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    // What cannot be followed is reckoned as the costlier.
    true
}

fn encoded(image: DynamicImage) -> Result<Picture, Say> {
    let (width, height) = image.dimensions();
    if is_transparent(&image) {
        let image = DynamicImage::ImageRgba8(image.to_rgba8());
        let mut bytes = Vec::new();
        let encoder =
            PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        image.write_with_encoder(encoder).map_err(|_| reason::damaged())?;
        if bytes.len() <= PNG_BYTES {
            return Ok(Picture { media_type: MediaType::Png, width, height, bytes });
        }
        return jpeg(&on_white(&image));
    }
    jpeg(&image.into_rgb8())
}

fn is_transparent(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX)
}

fn on_white(image: &DynamicImage) -> RgbImage {
    let rgba = image.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0.map(u32::from);
        let over = |value: u32| u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        image::Rgb([over(red), over(green), over(blue)])
    })
}

fn jpeg(image: &RgbImage) -> Result<Picture, Say> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)
        .encode_image(image)
        .map_err(|_| reason::damaged())?;
    Ok(Picture { media_type: MediaType::Jpeg, width: image.width(), height: image.height(), bytes })
}
