//! Words, as texts are searched by them. Every store and the domain take texts apart here, so that
//! all find the same.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word; what comes after them is not looked at.
const LONGEST: usize = 48;
/// What a word may end with, besides letters and digits.
const SIGNS: [char; 2] = ['+', '#'];

/// The words of some texts.
///
/// A word is what stands between spaces and punctuation: letters and digits, and at its end the `+` and
/// `#` of C++ and C#. Upper and lower case, accents and compatible forms are alike. Each kana or
/// ideograph is a word; what other scripts write without spaces, such as Thai, is one word. Of a long
/// word the first 48 characters count.
///
/// # Examples
/// ```
/// use polycode_core::port::words;
///
/// let found: Vec<_> = words(["Café-Rätsel (C++)", "循环 2"]).into_iter().collect();
/// assert_eq!(found, ["2", "c++", "cafe", "ratsel", "循", "环"]);
/// ```
pub fn words<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let mut word = Word::default();
        let folded = text.nfkd().filter(|c| !is_combining_mark(*c));
        let folded = folded.flat_map(char::to_lowercase).map(fold_sigma);
        for character in folded.chain([' ']) {
            let is_letter = character.is_alphanumeric();
            let is_sign = SIGNS.contains(&character);
            let stands_alone = is_letter && is_written_without_spaces(character);
            let begins_another = is_letter && (word.has_signs || stands_alone);
            if begins_another || !(is_letter || is_sign) {
                words.extend(word.take());
            }
            if stands_alone {
                words.insert(character.to_string());
            } else if is_letter || (is_sign && word.length > 0) {
                word.add(character, is_sign);
            }
        }
    }
    words
}

/// A word as it grows.
#[derive(Debug, Default)]
struct Word {
    text: String,
    /// How many characters it has so far.
    length: usize,
    /// Whether signs have ended its letters.
    has_signs: bool,
}

impl Word {
    fn add(&mut self, character: char, is_sign: bool) {
        if self.length < LONGEST {
            self.text.push(character);
        }
        self.length += 1;
        self.has_signs = is_sign;
    }

    /// The word, if there is one; the next one begins.
    fn take(&mut self) -> Option<String> {
        let word = std::mem::take(self);
        (word.length > 0).then_some(word.text)
    }
}

/// Whether some of the words begin with each of the others.
pub(crate) fn begin_with_each(words: &BTreeSet<String>, others: &BTreeSet<String>) -> bool {
    let begins = |other: &String| {
        let first = words.range(other.clone()..).next();
        first.is_some_and(|word| word.starts_with(other))
    };
    others.iter().all(begins)
}

/// A sigma at the end of a word is written otherwise in lower case only.
const fn fold_sigma(character: char) -> char {
    match character {
        'ς' => 'σ',
        other => other,
    }
}

/// Kana and ideographs.
const fn is_written_without_spaces(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        words([text]).into_iter().collect()
    }

    #[test]
    fn texts_are_taken_apart_at_what_is_no_letter_or_digit() {
        assert_eq!(of("two-sum, e.g. x2!"), ["e", "g", "sum", "two", "x2"]);
        assert_eq!(of("C# and C++; + # a+b"), ["a+", "and", "b", "c#", "c++"]);
        assert_eq!(of("#include ##Title +x"), ["include", "title", "x"]);
        assert_eq!(of("c++11 f#循#+b"), ["11", "b", "c++", "f#", "循"]);
        assert_eq!(of(" \0\n--"), [""; 0]);
    }

    #[test]
    fn case_accents_and_compatible_forms_are_alike() {
        for same in ["ÉTÉ", "été", "e\u{301}te\u{301}", "Ete"] {
            assert_eq!(of(same), ["ete"], "{same}");
        }
        assert_eq!(of("ﬁne Ⅷ"), ["fine", "viii"]);
        assert_eq!(of("Größe"), ["große"]);
        for same in ["ΛΟΓΟΣ", "λόγος", "Λόγοσ"] {
            assert_eq!(of(same), ["λογοσ"], "{same}");
        }
    }

    #[test]
    fn a_long_word_is_cut() {
        assert_eq!(of(&"é".repeat(100)), ["e".repeat(LONGEST)]);
        let with_signs = format!("{}+b", "e".repeat(100));
        assert_eq!(of(&with_signs), ["b", &"e".repeat(LONGEST)]);
    }

    #[test]
    fn a_word_is_found_by_how_it_begins() {
        let found = |text, query| begin_with_each(&words([text]), &words([query]));
        assert!(found("Loops and hashing", "HASH loop"));
        assert!(!found("Loops and hashing", "ash"));
        assert!(found("What #include does in C++", "include c++"));
        assert!(!found("Loops", "loops more"));
        assert!(found("循环与列表", "列表"));
        assert!(found("anything", ""));
    }
}
