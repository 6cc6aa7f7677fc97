//! The fonts of reports, which are part of the program: DejaVu Sans Condensed, for Latin, Greek,
//! Cyrillic, Armenian, Georgian, Hebrew and Arabic.

use krilla::text::Font;
use ttf_parser::Face;

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
}

struct Typeface {
    face: Face<'static>,
    font: Font,
}

impl Fonts {
    /// The fonts of this program; none when they are damaged.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            regular: Typeface::new(dejavu::sans_condensed::regular())?,
            bold: Typeface::new(dejavu::sans_condensed::bold())?,
        })
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.typeface(weight).font.clone()
    }

    /// How wide a text is, in points.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let face = &self.typeface(weight).face;
        let advance = |c| {
            let glyph = face.glyph_index(c).unwrap_or_default();
            f32::from(face.glyph_hor_advance(glyph).unwrap_or_default())
        };
        text.chars().map(advance).sum::<f32>() * size / f32::from(face.units_per_em())
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

    const fn typeface(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Typeface {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        Some(Self {
            face: Face::parse(bytes, 0).ok()?,
            font: Font::new(bytes.into(), 0)?,
        })
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
        let fonts = Fonts::new().unwrap();
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
        let fonts = Fonts::new().unwrap();
        let lines = fonts.lines("a\u{202e}b\u{0}c", Weight::Regular, 10.0, 40.0);
        assert_eq!(lines, ["abc"]);
    }

    #[test]
    fn names_in_many_scripts_have_letters() {
        let fonts = Fonts::new().unwrap();
        for c in "Zoë Łukasz Ωmega Жанна Արամ გიორგი דוד أحمد Nguyễn ✓".chars()
        {
            assert!(fonts.regular.face.glyph_index(c).is_some(), "{c}");
        }
    }
}
