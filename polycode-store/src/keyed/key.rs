//! Keys: parts one after another, which sort as their parts do.

use std::fmt::Write as _;

use polycode_core::port::PortError;

/// Between two parts; comes before everything that a part is written with.
const BETWEEN: char = ' ';
/// Begins what is written for the bytes up to its own, and stands for a part without any.
const LOW: char = '!';
/// Begins what is written for the bytes from its own on.
const HIGH: char = '~';
/// What the low bytes are moved by to where they can be printed.
const MOVED: u8 = b'0';

/// The key of some parts: printable ASCII without a space at its end, whatever the parts hold.
pub(super) fn key<const N: usize>(parts: [&str; N]) -> String {
    let mut key = String::new();
    for part in parts {
        if !key.is_empty() {
            key.push(BETWEEN);
        }
        push(&mut key, part);
    }
    key
}

/// A number as a part: numbers sort as numbers.
pub(super) fn number(number: u64) -> String {
    format!("{number:020}")
}

/// The parts of a key.
///
/// # Errors
/// [`PortError`] when it is none of ours.
pub(super) fn parts<const N: usize>(key: &str) -> Result<[String; N], PortError> {
    let parts: Option<Vec<_>> = key.split(BETWEEN).map(text_of).collect();
    let parts = parts.and_then(|parts| parts.try_into().ok());
    parts.ok_or_else(|| {
        PortError::permanent(format!(
            "the store has a key `{key}`, which is none of ours"
        ))
    })
}

/// Keys that follow each other: from the first, which is one of them, to the end, which is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: String,
    pub(super) end: String,
}

impl Range {
    /// All keys that begin with the parts of this one and have more.
    pub(super) fn under(key: &str) -> Self {
        Self {
            first: format!("{key}{BETWEEN}{LOW}"),
            end: past(key),
        }
    }

    /// All keys that begin with the parts of this one, and go on with a part that begins so.
    pub(super) fn beginning(key: &str, start: &str) -> Self {
        if start.is_empty() {
            return Self::under(key);
        }
        let mut first = format!("{key}{BETWEEN}");
        push(&mut first, start);
        let end = format!("{first}{HIGH}{HIGH}");
        Self { first, end }
    }

    /// Those of them that come after a key.
    pub(super) fn after(self, key: &str) -> Self {
        let first = past(key);
        Self {
            first: first.max(self.first),
            ..self
        }
    }

    /// Those of them that come before a key.
    pub(super) fn before(self, key: String) -> Self {
        Self {
            end: key.min(self.end),
            ..self
        }
    }

    /// Those of them that come before all that sort after the parts of this key.
    pub(super) fn up_to(self, key: &str) -> Self {
        self.before(past(key))
    }
}

/// Comes after a key and after all that begin with its parts, and before every other that comes
/// after it: no part ends with this, and nothing but a space comes before it.
fn past(key: &str) -> String {
    format!("{key}{LOW}")
}

fn push(key: &mut String, part: &str) {
    if part.is_empty() {
        key.push(LOW);
    }
    for byte in part.bytes() {
        match byte {
            0..=b'!' => key.extend([LOW, char::from(byte + MOVED)]),
            b'~'.. => {
                // Writing to a string can't fail.
                let _ = write!(key, "{HIGH}{byte:02x}");
            }
            _ => key.push(char::from(byte)),
        }
    }
}

fn text_of(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut written = part.bytes();
    if part == "!" {
        return Some(String::new());
    }
    while let Some(byte) = written.next() {
        bytes.push(match byte {
            b'!' => written.next()?.checked_sub(MOVED)?,
            b'~' => {
                let digits = [written.next()?, written.next()?];
                u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_can_be_read_and_printed() {
        assert_eq!(key(["wallet", "ada"]), "wallet ada");
        assert_eq!(key(["a", "", "b c!\n\0"]), "a ! b!Pc!Q!:!0");
        assert_eq!(key(["größe~"]), "gr~c3~b6~c3~9fe~7e");
        assert!(parts::<1>("a b").is_err());
        for broken in ["a!", "~z1", "~ff", "a  b"] {
            assert!(parts::<1>(broken).is_err(), "{broken}");
        }
    }

    fn texts() -> impl Strategy<Value = (String, String)> {
        ("[\0-\u{24}a~ö🦉]{0,3}", "[\0-\u{24}a~ö🦉]{0,3}")
    }

    proptest! {
        #[test]
        fn keys_sort_as_their_parts(one in texts(), other in texts()) {
            let key_of = |(a, b): &(String, String)| key([a, b]);
            prop_assert_eq!(key_of(&one).cmp(&key_of(&other)), one.cmp(&other));
        }

        #[test]
        fn what_is_written_is_read(one in texts()) {
            let key = key([&one.0, &one.1]);
            prop_assert!(key.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !key.ends_with(' '));
            prop_assert_eq!(parts::<2>(&key).unwrap(), [one.0, one.1]);
        }

        #[test]
        fn ranges_have_what_they_say(one in texts(), other in texts()) {
            let (a, b) = (key([&one.0, &one.1]), key([&other.0, &other.1]));
            let is_in = |range: Range| range.first <= b && b < range.end;
            let all = Range { first: String::new(), end: "~~".to_owned() };
            prop_assert_eq!(is_in(Range::under(&key([&one.0]))), other.0 == one.0);
            prop_assert_eq!(is_in(all.clone().after(&a)), other > one);
            prop_assert_eq!(is_in(all.clone().before(a.clone())), other < one);
            prop_assert_eq!(is_in(all.up_to(&key([&one.0]))), other.0 <= one.0);
            let begin = Range::beginning(&key([&one.0]), &one.1);
            let begins = other.0 == one.0 && other.1.starts_with(&one.1);
            prop_assert_eq!(is_in(begin), begins);
        }
    }
}
