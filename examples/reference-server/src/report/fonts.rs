//! The fonts of reports. DejaVu Sans Condensed is part of the program, for Latin, Greek, Cyrillic,
//! Armenian, Georgian, Hebrew and Arabic; for other letters there are those that the host names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use krilla::text::Font;
use ttf_parser::Face;

/// Fonts of the host for letters that the program's own lack, such as those of Chinese; none by
/// default.
#[derive(Clone, Default)]
pub struct ReportFonts(Arc<[Typeface]>);

/// Why there are no such fonts.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportFontsError {
    /// A file or a folder can't be read.
    #[error("{} can't be read", path.display())]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is nothing that is a font.
    #[error("{} has no TrueType or OpenType font that can be read", .0.display())]
    NoFont(PathBuf),
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// The fonts, to measure texts with and to draw them with.
pub(super) struct Fonts {
    regular: Typeface,
    bold: Typeface,
    others: ReportFonts,
}

struct Typeface {
    face: Face<'static>,
    font: Font,
}

impl ReportFonts {
    /// Reads a font, or all that lie in a folder, in the order of their names; of a collection, the
    /// first. They stay in memory until the process ends.
    ///
    /// # Errors
    /// [`ReportFontsError`] when nothing there can be read as a font.
    pub fn read(path: &Path) -> Result<Self, ReportFontsError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            |source| ReportFontsError::Unreadable { path, source }
        };
        let mut files = Vec::new();
        if path.is_dir() {
            for entry in fs::read_dir(path).map_err(unreadable(path))? {
                files.push(entry.map_err(unreadable(path))?.path());
            }
            files.retain(|file| file.is_file());
            files.sort_unstable();
        } else {
            files.push(path.to_owned());
        }
        let mut typefaces = Vec::new();
        for file in files {
            let bytes = fs::read(&file).map_err(unreadable(&file))?;
            // There may be licences and other files beside fonts.
            if Face::parse(&bytes, 0).is_ok() {
                typefaces.extend(Typeface::new(bytes.leak()));
            }
        }
        if typefaces.is_empty() {
            return Err(ReportFontsError::NoFont(path.to_owned()));
        }
        Ok(Self(typefaces.into()))
    }
}

impl std::fmt::Debug for ReportFonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReportFonts({})", self.0.len())
    }
}

impl Fonts {
    /// The fonts of this program, and others for the letters that they lack; none when its own are
    /// damaged.
    pub(super) fn new(others: &ReportFonts) -> Option<Self> {
        Some(Self {
            regular: Typeface::new(dejavu::sans_condensed::regular())?,
            bold: Typeface::new(dejavu::sans_condensed::bold())?,
            others: others.clone(),
        })
    }

    /// A text in parts that each have letters of one font, with the width of each, in points.
    pub(super) fn parts<'t>(
        &self,
        text: &'t str,
        weight: Weight,
        size: f32,
    ) -> Vec<(&'t str, Font, f32)> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let typeface = self.typeface(first, weight);
            let is_other = |c: char| !std::ptr::eq(self.typeface(c, weight), typeface);
            let end = rest.find(is_other).unwrap_or(rest.len());
            let (part, later) = rest.split_at(end);
            let width = part.chars().map(|c| typeface.advance(c)).sum::<f32>() * size;
            parts.push((part, typeface.font.clone(), width));
            rest = later;
        }
        parts
    }

    /// How wide a text is, in points.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let advance = |c| self.typeface(c, weight).advance(c);
        text.chars().map(advance).sum::<f32>() * size
    }

    /// The lines of a text that is to be no wider than this: broken between words, and within
    /// those that are wider by themselves.
    pub(super) fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        // What is no letter but tells programs how to show some could change the whole line.
        let shown = |c: &char| !c.is_control() && !is_format(*c);
        for word in text.split_whitespace() {
            let word: String = word.chars().filter(shown).collect();
            let longer = if line.is_empty() {
                word.clone()
            } else {
                format!("{line} {word}")
            };
            if self.width(&longer, weight, size) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if self.width(&line, weight, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
        lines.push(line);
        lines
    }

    /// What a letter is drawn with: the program's own font, unless only another one has it.
    fn typeface(&self, letter: char, weight: Weight) -> &Typeface {
        let own = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        if own.has(letter) {
            return own;
        }
        let mut fitting = self.others.0.iter().filter(|other| other.has(letter));
        let first = fitting.clone().next();
        let is_as_heavy = |other: &&Typeface| other.face.is_bold() == (weight == Weight::Bold);
        fitting.find(is_as_heavy).or(first).unwrap_or(own)
    }
}

impl Typeface {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        Some(Self {
            face: Face::parse(bytes, 0).ok()?,
            font: Font::new(bytes.into(), 0)?,
        })
    }

    fn has(&self, letter: char) -> bool {
        self.face.glyph_index(letter).is_some()
    }

    /// How far a letter goes, in parts of the size.
    fn advance(&self, letter: char) -> f32 {
        let glyph = self.face.glyph_index(letter).unwrap_or_default();
        let advance = self.face.glyph_hor_advance(glyph).unwrap_or_default();
        f32::from(advance) / f32::from(self.face.units_per_em())
    }
}

/// Marks of direction and other characters of Unicode's category Cf that change how text runs.
const fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_within_long_ones() {
        let fonts = Fonts::new(&ReportFonts::default()).unwrap();
        let lines = fonts.lines("one two  three", Weight::Regular, 10.0, 40.0);
        assert_eq!(lines, ["one two", "three"]);
        let long = "x".repeat(50);
        let broken = fonts.lines(&long, Weight::Bold, 10.0, 40.0);
        assert!(broken.len() > 2);
        assert!(
            broken
                .iter()
                .all(|line| fonts.width(line, Weight::Bold, 10.0) <= 40.0)
        );
        assert_eq!(broken.concat(), long);
        assert_eq!(fonts.lines("", Weight::Regular, 10.0, 40.0), [""]);
    }

    #[test]
    fn what_turns_text_around_is_left_out() {
        let fonts = Fonts::new(&ReportFonts::default()).unwrap();
        let lines = fonts.lines("a\u{202e}b\u{0}c", Weight::Regular, 10.0, 40.0);
        assert_eq!(lines, ["abc"]);
    }

    #[test]
    fn names_in_many_scripts_have_letters() {
        let fonts = Fonts::new(&ReportFonts::default()).unwrap();
        for c in "Zoë Łukasz Ωmega Жанна Արամ გიორგი דוד أحمد Nguyễn ✓".chars()
        {
            assert!(fonts.regular.has(c), "{c}");
        }
    }

    #[test]
    fn letters_that_are_missing_come_from_other_fonts() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("LICENCE"), "may be used").unwrap();
        let none = ReportFonts::read(folder.path()).unwrap_err().to_string();
        assert!(none.ends_with("has no TrueType or OpenType font that can be read"));
        fs::write(folder.path().join("mono.ttf"), dejavu::sans_mono::regular()).unwrap();
        let others = ReportFonts::read(folder.path()).unwrap();
        let fonts = Fonts::new(&others).unwrap();
        let text = "ab⌶⍟c";
        let parts = fonts.parts(text, Weight::Bold, 10.0);
        let texts: Vec<_> = parts.iter().map(|part| part.0).collect();
        assert_eq!(texts, ["ab", "⌶⍟", "c"]);
        let width: f32 = parts.iter().map(|part| part.2).sum();
        assert!((width - fonts.width(text, Weight::Bold, 10.0)).abs() < 0.001);
        // Without them it is one part, with signs for what is missing.
        let own = Fonts::new(&ReportFonts::default()).unwrap();
        assert_eq!(own.parts(text, Weight::Bold, 10.0).len(), 1);
    }
}
