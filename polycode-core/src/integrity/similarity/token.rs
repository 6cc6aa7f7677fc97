//! Source code as a row of tokens that stay the same when names, numbers, texts, comments and
//! white space are changed.

use crate::integrity::Family;
use crate::judging::Program;

/// A word or sign of a program, normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is; equal for tokens that count as alike.
    pub symbol: u64,
    /// The line it begins in; 1 is the first.
    pub line: u32,
}

impl Family {
    /// Reads a program into tokens. Any text can be read: what is not a program is signs.
    ///
    /// # Examples
    /// ```
    /// use polycode_core::integrity::Family;
    ///
    /// let symbols = |text| -> Vec<u64> {
    ///     Family::Python.tokens(text).into_iter().map(|token| token.symbol).collect()
    /// };
    /// assert_eq!(symbols("total = a + 1  # sum"), symbols("s=x+200"));
    /// assert_ne!(symbols("total = a + 1"), symbols("total = a - 1"));
    /// ```
    pub fn tokens(self, text: &str) -> Vec<Token> {
        let mut reader = Reader {
            family: self,
            rest: text,
            line: 1,
            tokens: Vec::new(),
        };
        while reader.step() {}
        reader.tokens
    }

    /// The tokens of all files, in the order of their names, with lines counted on.
    pub(super) fn program(self, program: &Program) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut lines = 0_u32;
        for text in program.files.values() {
            let counted = |token: Token| Token {
                line: token.line.saturating_add(lines),
                ..token
            };
            tokens.extend(self.tokens(text).into_iter().map(counted));
            lines = lines.saturating_add(u32::try_from(text.lines().count()).unwrap_or(u32::MAX));
        }
        tokens
    }
}

pub(super) const NAME: u64 = 1;
const NUMBER: u64 = 2;
const TEXT: u64 = 3;

struct Reader<'a> {
    family: Family,
    rest: &'a str,
    line: u32,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    /// Reads one token, comment or run of white space; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        if first.is_whitespace() {
            self.take(self.while_true(char::is_whitespace));
        } else if self.starts_with_any(self.family.line_comments()).is_some() {
            self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.family == Family::CLike && self.rest.starts_with("/*") {
            let inside = self.rest.get(2..).unwrap_or_default();
            let end = inside.find("*/").map_or(self.rest.len(), |end| end + 4);
            self.take(end);
        } else if let Some((quote, length)) = self.text() {
            // A text in three quotes is mostly documentation, which says nothing about the code.
            if quote.len() == 3 {
                self.take(length);
            } else {
                self.token(TEXT, length);
            }
        } else if first.is_ascii_digit() {
            let part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
            self.token(NUMBER, self.while_true(part));
        } else if first.is_alphabetic() || first == '_' {
            self.word();
        } else {
            self.token(hash(first.to_string().bytes()), first.len_utf8());
        }
        true
    }

    fn word(&mut self) {
        let length = self.while_true(|c| c.is_alphanumeric() || c == '_');
        let (word, after) = self.rest.split_at(length);
        // A letter or two right before a quote belong to the text, as in `rb"…"` or `f'…'`.
        let is_prefix = self.family == Family::Python
            && length <= 2
            && after.starts_with(['"', '\''])
            && word.chars().all(|c| "rbfuRBFU".contains(c));
        if is_prefix {
            self.take(length);
        } else {
            self.token(self.family.word(word), length);
        }
    }

    /// The quote that begins a text here, and how long the text is with both its quotes. A text
    /// in single quotes ends on its line, or the quote is only a sign: an apostrophe must not
    /// swallow the program.
    fn text(&self) -> Option<(&'static str, usize)> {
        let quote = self.starts_with_any(self.family.quotes())?;
        let lasts = quote.len() == 3 || quote == "`";
        let (_, inside) = self.rest.split_at_checked(quote.len())?;
        let mut escaped = false;
        for (at, c) in inside.char_indices() {
            if !escaped && inside.get(at..)?.starts_with(quote) {
                return Some((quote, quote.len() + at + quote.len()));
            }
            if c == '\n' && !lasts {
                return None;
            }
            escaped = c == '\\' && !escaped;
        }
        lasts.then_some((quote, self.rest.len()))
    }

    fn starts_with_any(&self, all: &[&'static str]) -> Option<&'static str> {
        all.iter().find(|one| self.rest.starts_with(**one)).copied()
    }

    fn while_true(&self, holds: impl Fn(char) -> bool) -> usize {
        self.rest.find(|c| !holds(c)).unwrap_or(self.rest.len())
    }

    fn token(&mut self, symbol: u64, length: usize) {
        self.tokens.push(Token {
            symbol,
            line: self.line,
        });
        self.take(length);
    }

    fn take(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        let lines = taken.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self
            .line
            .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.rest = rest;
    }
}

/// The FNV-1a hash (Fowler, Noll and Vo): the same on every machine, and far from the small
/// numbers of names, numbers and texts.
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
