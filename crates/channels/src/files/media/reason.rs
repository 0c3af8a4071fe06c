//! Why a photo or video was not taken, in a sentence a seller can act on.

use pingxin_domain::Say;

use super::kind::Foreign;

fn megabytes(bytes: u64) -> u64 {
    bytes >> 20
}

pub(super) fn namesakes() -> Say {
    Say::new(
        "有好几个文件叫这个名字，分不清是哪条评价的。请改成各不相同的名字，表格里也写新名字。",
        "Several files have this name, so it is unclear whose it is. Give each a name of its own, in the table too.",
    )
}

pub(super) fn another_table() -> Say {
    Say::new(
        "这是表格，不是图片或视频。请单独导入它。",
        "This is a table, no picture or video. Import it by itself.",
    )
}

pub(super) fn archive() -> Say {
    Say::new(
        "里面又套着一个压缩包。请先解压，把图片直接放进来。",
        "This is another archive inside. Unpack it and put the pictures in directly.",
    )
}

pub(super) fn locked() -> Say {
    Say::new("文件加了密码。请不加密码重新打包。", "The file has a password. Pack it again without one.")
}

pub(super) fn vector() -> Say {
    Say::new(
        "SVG 可以夹带程序，不能导入。请另存为 JPG 或 PNG。",
        "An SVG can carry programs and is not taken. Save it as JPG or PNG.",
    )
}

pub(super) fn link() -> Say {
    Say::new(
        "这是指向别处的快捷方式，不是文件本身。请把文件复制进来。",
        "This is a link to elsewhere, not the file itself. Copy the file into the folder.",
    )
}

pub(super) fn foreign(what: &Foreign) -> Say {
    match what {
        Foreign::Named(name) => Say::new(
            format!("暂不能导入 {name}。图片请另存为 JPG 或 PNG，视频请另存为 MP4。"),
            format!("{name} files are not taken. Save pictures as JPG or PNG, videos as MP4."),
        ),
        Foreign::Refused(_) | Foreign::Unknown => Say::new(
            "不是图片或视频（JPG、PNG、GIF、WebP、MP4、MOV、WebM）。文件名不算，看的是内容。",
            "This is no picture or video (JPG, PNG, GIF, WebP, MP4, MOV, WebM). The content counts, not the name.",
        ),
    }
}

pub(super) fn too_large(most: u64) -> Say {
    let most = megabytes(most);
    Say::new(
        format!("文件超过 {most} MB。请压缩后再导入。"),
        format!("The file is larger than {most} MB. Make it smaller and import it again."),
    )
}

pub(super) fn all_too_large(most: u64) -> Say {
    let most = megabytes(most);
    Say::new(
        format!("图片和视频合起来超过 {most} MB，从这里起没有导入。请分成几次导入。"),
        format!(
            "The pictures and videos are larger than {most} MB together; from here on none was taken. Import them in several parts."
        ),
    )
}

pub(super) fn all_too_many_pixels() -> Say {
    Say::new(
        "图片合起来太多，从这里起没有导入。请分成几次导入。",
        "The pictures are too many together; from here on none was taken. Import them in several parts.",
    )
}

pub(super) fn bomb(ratio: u64) -> Say {
    Say::new(
        format!("解开后膨胀超过 {ratio} 倍，不像正常的图片。请重新导出这张图片。"),
        format!("It unpacks to more than {ratio} times its size, as no picture does. Export it again."),
    )
}

pub(super) fn damaged() -> Say {
    Say::new(
        "文件已损坏，打不开。请换一份完好的再导入。",
        "The file is damaged and cannot be opened. Import a sound copy.",
    )
}

pub(super) fn too_many_pixels(width: u32, height: u32, most: u64) -> Say {
    let most = most / 1_000_000;
    Say::new(
        format!("图片太大：{width}×{height} 像素。请缩小到 {most} 百万像素以内再导入。"),
        format!(
            "The picture is too large: {width}×{height} pixels. Scale it down to at most {most} megapixels and import it again."
        ),
    )
}
