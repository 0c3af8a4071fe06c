//! The pack as one page to print: no script, nothing fetched.

use super::{Document, EvidenceFacts};

const STYLE: &str = "body{font:14px/1.5 sans-serif;max-width:180mm;margin:10mm auto;color:#000}\
                     h1{font-size:20px}h2{font-size:16px;margin:1.4em 0 .3em;border-bottom:1px solid #999}\
                     pre{white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.6 sans-serif;margin:0}\
                     @media print{body{margin:0}h2{break-after:avoid}}";

pub(super) fn page(facts: &EvidenceFacts<'_>, documents: &[Document]) -> String {
    let language = facts.say("zh-CN", "en");
    let heading = match (&facts.ground, facts.order_number) {
        (Some(ground), Some(order)) => format!("{} · {order}", ground.pick(facts.chinese)),
        (Some(ground), None) => ground.pick(facts.chinese).to_owned(),
        (None, Some(order)) => order.to_owned(),
        (None, None) => facts.shop.to_owned(),
    };
    let title = format!("{} — {heading}", facts.say("举证材料", "Evidence"));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><title>{0}</title>\
         <style>{STYLE}</style></head>\n<body>\n<h1>{0}</h1>\n",
        escaped(&title)
    );
    for document in documents {
        page += &format!("<h2>{}</h2>\n<pre>{}</pre>\n", escaped(document.title), escaped(&document.text));
    }
    page + "</body>\n</html>\n"
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
