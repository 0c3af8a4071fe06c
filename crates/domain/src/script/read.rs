//! A file becomes scripts or variables, or is refused at the first thing that is wrong.

use pingxin_language::Cause;

use super::fill::variables_of;
use super::variable::{Variable, VariableKind};
use super::{OwnRefused, Phase, Script, ScriptStep, Texts};
use crate::guard::Channel;
use crate::pack::Refused;
use crate::pack::schema::Shape;
use crate::pack::table::{self, File, Table};
use crate::say::Say;
use crate::shop::{Object, Platform};

/// The longest file that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// What a file says of all its scripts, unless one says otherwise.
struct Common {
    phase: Phase,
    step: Option<ScriptStep>,
    channels: Vec<Channel>,
    platforms: Vec<String>,
}

pub(super) fn scripts(name: &str, text: &str) -> Result<Vec<Script>, Refused> {
    let file = File { name, text };
    within(file)?;
    let root = table::parse(file)?;
    let mut root = Table::new(file, String::new(), 0, root.get_ref());
    let head = root.take("file").ok_or_else(|| file.refuse(0, "file", "the table [file] is missing"))?;
    let common = common(table::table(file, "file", head)?)?;
    let mut all: Vec<Script> = Vec::new();
    if let Some(list) = root.take("script") {
        for value in table::list(file, "script", list)? {
            let table = table::table(file, "script", value)?;
            let at = table.at;
            let script = script(table, &common)?;
            if all.iter().any(|other| other.key == script.key) {
                return Err(file.refuse(at, format!("script.{}", script.key), "stands in this file already"));
            }
            all.push(script);
        }
    }
    root.finish(&["file", "script"])?;
    Ok(all)
}

fn within(file: File<'_>) -> Result<(), Refused> {
    if file.text.len() > LONGEST {
        return Err(file.refuse(0, "", format!("the file is longer than {LONGEST} bytes")));
    }
    Ok(())
}

fn common(mut table: Table<'_>) -> Result<Common, Refused> {
    let missing = table.refuse("phase", "is missing");
    let common = Common {
        phase: one_of(&mut table, "phase", Phase::WORDS, Phase::from_code)?.ok_or(missing)?,
        step: one_of(&mut table, "step", ScriptStep::WORDS, ScriptStep::from_code)?,
        channels: some_of(&mut table, "channels", Channel::WORDS, Channel::from_code)?,
        platforms: platforms(&mut table)?,
    };
    table.finish(&["phase", "step", "channels", "platforms"])?;
    Ok(common)
}

fn script(mut table: Table<'_>, common: &Common) -> Result<Script, Refused> {
    let wrong = table.refuse("key", "must be lower-case words with dots between, such as first.quality");
    let key = table.need("key")?;
    if !key
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
    {
        return Err(wrong);
    }
    table.path = format!("script.{key}");
    let no_step = table.refuse("step", "is missing, here and in [file]");
    let no_way = table.refuse("channels", "is missing, here and in [file]");
    let step = one_of(&mut table, "step", ScriptStep::WORDS, ScriptStep::from_code)?;
    let channels = some_of(&mut table, "channels", Channel::WORDS, Channel::from_code)?;
    let own_platforms = platforms(&mut table)?;
    let causes = some_of(&mut table, "causes", &causes(), |word| word.parse::<Cause>().ok())?;
    let objects = some_of(&mut table, "objects", &OBJECTS.map(Object::code), object)?;
    let title = Say::new(table.need("title_zh")?, table.need("title_en")?);
    let (wrong_zh, wrong_en) = (table.refuse("zh", ""), table.refuse("en", ""));
    let (zh, en) = (table.need("zh")?, table.need("en")?);
    for (text, wrong) in [(&zh, wrong_zh), (&en, wrong_en)] {
        let names = variables_of(text).map_err(|error| said(&wrong, error.to_string()))?;
        let known = |name: &&String| !super::variables().iter().any(|variable| variable.name == **name);
        if let Some(unknown) = names.iter().find(known) {
            return Err(said(&wrong, format!("`{unknown}` is no variable of variables.toml")));
        }
    }
    let or = |own: Vec<Channel>| if own.is_empty() { common.channels.clone() } else { own };
    let at = table.at;
    let script = Script {
        phase: common.phase,
        step: step.or(common.step).ok_or(no_step)?,
        causes,
        platforms: if own_platforms.is_empty() { common.platforms.clone() } else { own_platforms },
        objects,
        channels: or(channels),
        title,
        texts: Texts { zh: Some(zh), en: Some(en) },
        key,
    };
    table.finish(&[
        "key",
        "step",
        "causes",
        "platforms",
        "objects",
        "channels",
        "title_zh",
        "title_en",
        "zh",
        "en",
    ])?;
    script.may_be_kept().map_err(|error| match error {
        OwnRefused::NoWay => no_way,
        error => table.file.refuse(at, format!("script.{}", script.key), error.to_string()),
    })?;
    Ok(script)
}

fn said(wrong: &Refused, message: String) -> Refused {
    Refused { message, ..wrong.clone() }
}

/// A word out of a closed set.
fn one_of<T>(
    table: &mut Table<'_>,
    key: &str,
    words: &'static [&'static str],
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>, Refused> {
    let value = table.shaped(key, Shape::OneOf(words))?;
    Ok(value.and_then(|value| value.text().and_then(read)))
}

/// Words out of a closed set.
fn some_of<T>(
    table: &mut Table<'_>,
    key: &str,
    words: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Refused> {
    let at = table.refuse(key, "");
    let found = table.texts(key)?;
    let one = |word: &String| {
        read(word).ok_or_else(|| said(&at, format!("`{word}` is none of {}", words.join(", "))))
    };
    found.iter().map(one).collect()
}

fn platforms(table: &mut Table<'_>) -> Result<Vec<String>, Refused> {
    let known = ["amazon", "taobao", "tmall", "jd", "ebay", "aliexpress", "shopify", "own-shop"];
    let read = |word: &str| {
        let is_code = word.parse::<Platform>().is_ok_and(|platform| platform.code() == word);
        (word == "amazon" || is_code).then(|| word.to_owned())
    };
    some_of(table, "platforms", &known, read)
}

fn causes() -> Vec<&'static str> {
    Cause::ALL.iter().map(|cause| cause.as_str()).collect()
}

const OBJECTS: [Object; 4] =
    [Object::SellerFeedback, Object::ProductReview, Object::Review, Object::Followup];

fn object(word: &str) -> Option<Object> {
    OBJECTS.into_iter().find(|object| object.code() == word)
}

pub(super) fn variables(name: &str, text: &str) -> Result<Vec<Variable>, Refused> {
    let file = File { name, text };
    within(file)?;
    let root = table::parse(file)?;
    let mut root = Table::new(file, String::new(), 0, root.get_ref());
    let mut all: Vec<Variable> = Vec::new();
    if let Some(list) = root.take("variable") {
        for value in table::list(file, "variable", list)? {
            let mut table = table::table(file, "variable", value)?;
            let name = table.need("name")?;
            if all.iter().any(|other| other.name == name) {
                return Err(file.refuse(table.at, format!("variable.{name}"), "stands in this file already"));
            }
            table.path = format!("variable.{name}");
            let missing = table.refuse("kind", "is missing");
            let kind = one_of(&mut table, "kind", VariableKind::WORDS, VariableKind::from_code)?;
            let is_fact = table.shaped("fact", Shape::Flag)?.and_then(|value| value.flag()).unwrap_or(false);
            all.push(Variable {
                label: Say::new(table.need("zh")?, table.need("en")?),
                kind: kind.ok_or(missing)?,
                is_fact,
                sample: Say::new(table.need("sample_zh")?, table.need("sample_en")?),
                name,
            });
            table.finish(&["name", "zh", "en", "kind", "fact", "sample_zh", "sample_en"])?;
        }
    }
    root.finish(&["variable"])?;
    Ok(all)
}

/// All scripts of the files that are whole, and what was refused. A key stands once among all.
pub(super) fn all(files: &[(&str, &str)]) -> (Vec<Script>, Vec<Refused>) {
    let (mut all, mut refused): (Vec<Script>, Vec<Refused>) = (Vec::new(), Vec::new());
    for (name, text) in files {
        match scripts(name, text) {
            Ok(found) => match found.iter().find(|one| all.iter().any(|other| other.key == one.key)) {
                Some(twin) => refused.push(Refused {
                    file: (*name).to_owned(),
                    line: 0,
                    key: format!("script.{}", twin.key),
                    message: "stands in another file already".to_owned(),
                }),
                None => all.extend(found),
            },
            Err(error) => refused.push(error),
        }
    }
    (all, refused)
}
