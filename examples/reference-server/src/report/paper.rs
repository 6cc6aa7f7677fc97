//! Pages to write on, from top to bottom; A4, in points. They are made a PDF when all is written,
//! for only then it is known how many there are.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;

use super::ReportError;
use super::fonts::{Fonts, ReportFonts, Weight};

/// The size of a page that says nothing of its size: A4.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 48.0;
/// Where the texts at the foot of a page stand.
const FOOT: f32 = HEIGHT - 28.0;
/// How much higher a line is than its letters.
const LEADING: f32 = 1.35;

/// The width of what is written.
pub(super) const BODY: f32 = WIDTH - 2.0 * MARGIN;

/// What colours there are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    Black,
    Grey,
    Blue,
    Pale,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) ink: Ink,
}

pub(super) const TITLE: Style = Style::of(22.0, Weight::Bold, Ink::Blue);
pub(super) const HEADING: Style = Style::of(13.0, Weight::Bold, Ink::Black);
pub(super) const TEXT: Style = Style::of(9.5, Weight::Regular, Ink::Black);
pub(super) const LABEL: Style = Style::of(8.5, Weight::Bold, Ink::Grey);
pub(super) const NOTE: Style = Style::of(8.0, Weight::Regular, Ink::Grey);

/// Pages, and the place where the next thing goes.
pub(super) struct Paper {
    pub(super) fonts: Fonts,
    pages: Vec<Vec<Mark>>,
    marks: Vec<Mark>,
    y: f32,
}

/// Something on a page; `x` and `y` are from its left upper corner.
enum Mark {
    Text {
        x: f32,
        baseline: f32,
        style: Style,
        text: String,
    },
    Bar {
        bounds: Rect,
        ink: Ink,
    },
}

impl Paper {
    pub(super) fn new(fonts: &ReportFonts) -> Result<Self, ReportError> {
        Ok(Self {
            fonts: Fonts::new(fonts).ok_or(ReportError::Fonts)?,
            pages: Vec::new(),
            marks: Vec::new(),
            y: MARGIN,
        })
    }

    /// Leaves some room.
    pub(super) fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// Goes on on a new page unless there is this much room left; whether it did.
    pub(super) fn need(&mut self, height: f32) -> bool {
        let is_full = self.y + height > HEIGHT - MARGIN && self.y > MARGIN;
        if is_full {
            self.pages.push(std::mem::take(&mut self.marks));
            self.y = MARGIN;
        }
        is_full
    }

    /// Writes a text over the whole width.
    pub(super) fn write(&mut self, text: &str, style: Style) {
        for line in self.fonts.lines(text, style.weight, style.size, BODY) {
            self.need(style.line());
            self.put(&line, style, 0.0, 0.0);
            self.skip(style.line());
        }
    }

    /// Writes what a part is about, where there is also room for its beginning.
    pub(super) fn head(&mut self, text: &str) {
        const BEGINNING: f32 = 60.0;
        self.skip(12.0);
        self.need(HEADING.line() + BEGINNING);
        self.write(text, HEADING);
        self.skip(3.0);
    }

    /// Writes one line at a place relative to where the next thing goes.
    pub(super) fn put(&mut self, line: &str, style: Style, x: f32, y: f32) {
        if !line.is_empty() {
            self.marks.push(Mark::Text {
                x: MARGIN + x,
                baseline: self.y + y + style.size,
                style,
                text: line.to_owned(),
            });
        }
    }

    /// Fills a rectangle at a place relative to where the next thing goes.
    pub(super) fn fill(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), ink: Ink) {
        // One without a size can't be seen.
        let bounds = Rect::from_xywh(MARGIN + x, self.y + y, width, height);
        self.marks
            .extend(bounds.map(|bounds| Mark::Bar { bounds, ink }));
    }

    /// The pages as a PDF, each with its number and this text at its foot.
    pub(super) fn into_pdf(mut self, title: &str, at: Timestamp) -> Result<Vec<u8>, ReportError> {
        self.pages.push(std::mem::take(&mut self.marks));
        let mut document = Document::new();
        let number = self.pages.len();
        let title_lines = self.fonts.lines(title, NOTE.weight, NOTE.size, BODY - 60.0);
        let foot = title_lines.into_iter().next().unwrap_or_default();
        for (index, marks) in self.pages.iter().enumerate() {
            let mut page = document.start_page_with(PageSettings::default());
            let mut surface = page.surface();
            for mark in marks {
                mark.draw(&mut surface, &self.fonts);
            }
            let place = format!("{} / {number}", index + 1);
            let width = self.fonts.width(&place, NOTE.weight, NOTE.size);
            for (x, text) in [(MARGIN, &foot), (WIDTH - MARGIN - width, &place)] {
                let text = Mark::Text {
                    x,
                    baseline: FOOT,
                    style: NOTE,
                    text: text.clone(),
                };
                text.draw(&mut surface, &self.fonts);
            }
            surface.finish();
            page.finish();
        }
        document.set_metadata(metadata(title, at));
        document
            .finish()
            .map_err(|error| ReportError::Pdf(error.to_string()))
    }
}

impl Style {
    const fn of(size: f32, weight: Weight, ink: Ink) -> Self {
        Self { size, weight, ink }
    }

    /// How high a line is.
    pub(super) const fn line(self) -> f32 {
        self.size * LEADING
    }
}

impl Ink {
    fn fill(self) -> Fill {
        let (red, green, blue) = match self {
            Self::Black => (0x1c, 0x1f, 0x24),
            Self::Grey => (0x5b, 0x63, 0x70),
            Self::Blue => (0x3b, 0x6e, 0xa5),
            Self::Pale => (0xe3, 0xe7, 0xed),
        };
        Fill {
            paint: rgb::Color::new(red, green, blue).into(),
            ..Fill::default()
        }
    }
}

impl Mark {
    fn draw(&self, surface: &mut Surface<'_>, fonts: &Fonts) {
        match self {
            Self::Text {
                x,
                baseline,
                style,
                text,
            } => {
                surface.set_fill(Some(style.ink.fill()));
                let mut x = *x;
                for (part, font, width) in fonts.parts(text, style.weight, style.size) {
                    let place = Point::from_xy(x, *baseline);
                    surface.draw_text(place, font, style.size, part, false, TextDirection::Auto);
                    x += width;
                }
            }
            Self::Bar { bounds, ink } => {
                surface.set_fill(Some(ink.fill()));
                let mut path = PathBuilder::new();
                path.push_rect(*bounds);
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
    }
}

fn metadata(title: &str, at: Timestamp) -> Metadata {
    let at = at.to_zoned(TimeZone::UTC);
    let small = |number: i8| number.unsigned_abs();
    let date = DateTime::new(at.year().unsigned_abs())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()));
    Metadata::new()
        .title(title.to_owned())
        .creator("PolyCode".to_owned())
        .language("en".to_owned())
        .creation_date(date)
}
