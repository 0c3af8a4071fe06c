//! Reads an SPDX licence expression and says whether a set of licences satisfies it.
//!
//! Source of the grammar: SPDX specification, annex on licence expressions; the old crates.io form with `/`
//! between alternatives is read as `OR`.

/// Whether the expression can be satisfied by licences from `accepted` alone; an unreadable one cannot.
pub fn satisfied(expression: &str, accepted: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, at: 0, accepted };
    reader.alternatives().is_some_and(|holds| holds && reader.at == words.len())
}

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    accepted: &'a [&'a str],
}

impl Reader<'_> {
    fn next_is(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn alternatives(&mut self) -> Option<bool> {
        let mut holds = self.conjunction()?;
        while self.next_is("OR") {
            holds |= self.conjunction()?;
        }
        Some(holds)
    }

    fn conjunction(&mut self) -> Option<bool> {
        let mut holds = self.licence()?;
        while self.next_is("AND") {
            holds &= self.licence()?;
        }
        Some(holds)
    }

    fn licence(&mut self) -> Option<bool> {
        if self.next_is("(") {
            let holds = self.alternatives()?;
            return self.next_is(")").then_some(holds);
        }
        let name = *self.words.get(self.at)?;
        if ["OR", "AND", "WITH", ")"].contains(&name) {
            return None;
        }
        self.at += 1;
        // An exception only gives more freedom than the licence it follows.
        if self.next_is("WITH") {
            self.words.get(self.at)?;
            self.at += 1;
        }
        Some(self.accepted.contains(&name))
    }
}

#[test]
fn or_needs_one_and_and_needs_both() {
    let accepted = ["MIT", "Apache-2.0", "Unicode-3.0"];
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "(MIT OR GPL-3.0-only) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
        "GPL-2.0-only AND GPL-3.0-only OR MIT",
    ] {
        assert!(satisfied(good, &accepted), "{good}");
    }
    for bad in [
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "",
        "MIT OR",
        "(MIT",
        "MIT)",
        "MIT MIT",
        "UNLICENSED",
        "WITH",
    ] {
        assert!(!satisfied(bad, &accepted), "{bad}");
    }
}
