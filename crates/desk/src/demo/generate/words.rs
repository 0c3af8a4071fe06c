//! The word banks of `demo/words`, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pingxin_language::Cause;
use serde::Deserialize;

/// Lines of one kind.
pub(crate) type Bank = Vec<String>;
/// Banks by name: by cause, by frame.
pub(crate) type Banks = BTreeMap<String, Bank>;

/// In which language a shop's buyers write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Language {
    #[serde(rename = "zh")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

/// Everything the generator can say.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) shops: Vec<ShopWords>,
    pub(crate) categories: Vec<Category>,
    chinese: Tongue,
    english: Tongue,
    people: Peoples,
    contact: [Contact; 2],
}

/// One shop of the demo.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShopWords {
    pub(crate) name: String,
    pub(crate) platform: String,
    pub(crate) language: Language,
    pub(crate) orders: u32,
    pub(crate) reviews: u32,
    pub(crate) categories: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Shops {
    shop: Vec<ShopWords>,
}

/// What is sold together, and what is said of all of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Category {
    pub(crate) category: String,
    pub(crate) causes: BTreeMap<String, u32>,
    pub(crate) minor: Bank,
    pub(crate) praise: Bank,
    pub(crate) complaints: Banks,
    pub(crate) consequences: Banks,
    pub(crate) product: Vec<Product>,
}

/// One product.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Product {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) names: Bank,
    /// In minor units.
    pub(crate) price: i64,
    /// Colour first, then size.
    pub(crate) variants: Bank,
    pub(crate) praise: Bank,
    /// What buyers of the bad lot say; empty for a product without one.
    #[serde(default)]
    pub(crate) batch: Bank,
    pub(crate) complaints: Banks,
}

/// What is said of anything in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tongue {
    pub(crate) short_good: Bank,
    pub(crate) short_bad: Bank,
    pub(crate) good_ship: Bank,
    pub(crate) good_service: Bank,
    pub(crate) slots: Slots,
    pub(crate) complaints: Banks,
    pub(crate) consequences: Banks,
    pub(crate) mild: Mild,
    pub(crate) frames: Banks,
    #[serde(default)]
    pub(crate) titles: Banks,
    pub(crate) voices: BTreeMap<String, Voice>,
    pub(crate) tails: Tails,
    pub(crate) slang: Slang,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slots {
    pub(crate) who: Bank,
    pub(crate) span: Bank,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mild {
    pub(crate) openings: Bank,
    pub(crate) endings: Bank,
}

/// How one kind of buyer begins and ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Voice {
    pub(crate) weight: u32,
    pub(crate) good_open: Bank,
    pub(crate) good_end: Bank,
    pub(crate) bad_open: Bank,
    pub(crate) bad_end: Bank,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tails {
    pub(crate) good: Bank,
    pub(crate) bad: Bank,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slang {
    pub(crate) swaps: Vec<[String; 2]>,
}

/// What stands beside an order: chats, stations of parcels, calls, reasons of after-sales.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    /// Who of the shop talks.
    pub(crate) agents: Bank,
    /// Dialogues by what they are about; `b:` begins a line of the buyer, `s:` one of the shop.
    pub(crate) chats: BTreeMap<String, Vec<Bank>>,
    /// By state of the parcel.
    pub(crate) traces: Banks,
    /// By result of the call.
    pub(crate) notes: Banks,
    /// By cause; `other` for the rest, `cancelled` before anything was sent.
    pub(crate) reasons: Banks,
}

/// Names and places of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct People {
    pub(crate) surnames: Bank,
    pub(crate) given: Bank,
    pub(crate) nick_heads: Bank,
    pub(crate) nick_tails: Bank,
    pub(crate) roads: Bank,
    pub(crate) estates: Bank,
    pub(crate) regions: Vec<Region>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Region {
    pub(crate) name: String,
    pub(crate) cities: Bank,
    pub(crate) weight: u32,
}

#[derive(Debug, Deserialize)]
struct Peoples {
    zh: People,
    en: People,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| read_all().expect("the word banks are part of the program and a test reads them"));

fn read_all() -> Result<Words, toml::de::Error> {
    let categories = [
        include_str!("../words/zh/clothes.toml"),
        include_str!("../words/zh/snacks.toml"),
        include_str!("../words/zh/kitchen.toml"),
        include_str!("../words/zh/textiles.toml"),
        include_str!("../words/zh/phone.toml"),
        include_str!("../words/zh/skin.toml"),
        include_str!("../words/en/home.toml"),
        include_str!("../words/en/wear.toml"),
        include_str!("../words/en/gear.toml"),
        include_str!("../words/en/care.toml"),
    ];
    Ok(Words {
        shops: toml::from_str::<Shops>(include_str!("../words/shops.toml"))?.shop,
        categories: categories.into_iter().map(toml::from_str).collect::<Result<_, _>>()?,
        chinese: toml::from_str(include_str!("../words/zh/any_product.toml"))?,
        english: toml::from_str(include_str!("../words/en/any_product.toml"))?,
        people: toml::from_str(include_str!("../words/people.toml"))?,
        contact: [
            toml::from_str(include_str!("../words/zh/contact.toml"))?,
            toml::from_str(include_str!("../words/en/contact.toml"))?,
        ],
    })
}

impl Words {
    /// The banks.
    pub(crate) fn all() -> &'static Self {
        &WORDS
    }

    pub(crate) fn tongue(&self, language: Language) -> &Tongue {
        match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }

    pub(crate) fn contact(&self, language: Language) -> &Contact {
        match language {
            Language::Chinese => &self.contact[0],
            Language::English => &self.contact[1],
        }
    }

    pub(crate) fn people(&self, language: Language) -> &People {
        match language {
            Language::Chinese => &self.people.zh,
            Language::English => &self.people.en,
        }
    }
}

impl ShopWords {
    /// What the shop sells: every product with its category, in the order of the files.
    pub(crate) fn goods(&self, words: &'static Words) -> Vec<(&'static Category, &'static Product)> {
        let sold = words.categories.iter().filter(|category| self.categories.contains(&category.category));
        sold.flat_map(|category| category.product.iter().map(move |product| (category, product))).collect()
    }
}

impl Category {
    /// How often each cause is complained of, in the order of the causes.
    pub(crate) fn cause_weights(&self) -> impl Iterator<Item = (Cause, u32)> + Clone {
        Cause::ALL.iter().map(|cause| (*cause, self.causes.get(cause.as_str()).copied().unwrap_or(0)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::template::fault;
    use super::*;

    const SLOTS: &[&str] = &[
        "name",
        "color",
        "size",
        "carrier",
        "price",
        "days",
        "region",
        "who",
        "span",
        "praise",
        "complaint",
        "more",
        "minor",
        "after",
        "open",
        "open3",
        "end",
        "endmild",
        "ship",
        "service",
        "phone",
        "surname",
        "first",
        "email",
        "address",
    ];

    fn lines(value: &toml::Value, path: &str, found: &mut Vec<(String, String)>) {
        match value {
            toml::Value::String(line) => found.push((path.to_owned(), line.clone())),
            toml::Value::Array(parts) => parts.iter().for_each(|part| lines(part, path, found)),
            toml::Value::Table(table) => {
                table.iter().for_each(|(key, part)| lines(part, &format!("{path}.{key}"), found));
            }
            _ => {}
        }
    }

    #[test]
    fn every_line_of_every_file_is_well_formed() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/demo/words");
        let mut found = Vec::new();
        for language in ["zh", "en"] {
            for entry in std::fs::read_dir(folder.join(language)).unwrap() {
                let path = entry.unwrap().path();
                let table: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
                lines(&toml::Value::Table(table), &path.display().to_string(), &mut found);
            }
        }
        assert!(found.len() > 1_500, "{} lines", found.len());
        for (path, line) in found {
            assert_eq!(fault(&line, SLOTS), None, "{path}: {line}");
        }
    }

    #[test]
    fn every_cause_a_category_weighs_can_be_told_and_is_known() {
        let words = Words::all();
        for category in &words.categories {
            for (code, weight) in &category.causes {
                assert!(*weight > 0 && code.parse::<Cause>().is_ok(), "{}: {code}", category.category);
            }
            for banks in
                category.product.iter().map(|product| &product.complaints).chain([&category.complaints])
            {
                for code in banks.keys() {
                    assert!(
                        category.causes.contains_key(code),
                        "{}: {code} is never drawn",
                        category.category
                    );
                }
            }
        }
    }

    #[test]
    fn there_are_six_kinds_of_goods_and_thirty_products_with_keys_of_their_own() {
        let words = Words::all();
        let products: Vec<_> = words.categories.iter().flat_map(|category| &category.product).collect();
        let keys: std::collections::BTreeSet<_> = products.iter().map(|product| &product.key).collect();
        assert!(products.len() >= 30 && keys.len() == products.len());
        assert!(products.iter().all(|product| product.price > 0 && !product.variants.is_empty()));
        assert!(words.shops.iter().all(|shop| !shop.goods(words).is_empty()));
    }
}
