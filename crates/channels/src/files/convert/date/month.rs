//! Months by name, in the languages of the marketplaces.

/// January to December: whole names and what they are shortened to, apart from English.
const NAMES: [&str; 12] = [
    "januar janvier enero gennaio janeiro januari jänner janv ene gen",
    "februar février febrero febbraio fevereiro februari févr fév fevr fev",
    "märz mars marzo março maart mär mrt mrz",
    "april avril abril aprile avr abr",
    "mai mayo maggio maio mei mag",
    "juni juin junio giugno junho giu",
    "juli juillet julio luglio julho juil lug",
    "august août agosto augustus aoû ago",
    "septembre septiembre settembre setembro sept set sett",
    "oktober octobre octubre ottobre outubro okt ott out",
    "novembre noviembre novembro",
    "dezember décembre diciembre dicembre dezembro déc dez dic",
];

const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// 1 to 12; the word is in lower case.
pub(super) fn read(word: &str) -> Option<i8> {
    let english = |month: &str| *month == *word || word.len() == 3 && month.starts_with(word);
    let found = ENGLISH
        .iter()
        .position(|month| english(month))
        .or_else(|| NAMES.iter().position(|names| names.split(' ').any(|name| name == word)))?;
    i8::try_from(found + 1).ok()
}
