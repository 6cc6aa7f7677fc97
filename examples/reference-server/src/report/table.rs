//! Tables and bars on paper.

use polycode_core::results::Bin;

use super::paper::{BODY, Ink, LABEL, NOTE, Paper, Style, TEXT};
use crate::chart::ratio;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    title: &'static str,
    /// Its part of the width; those of a table sum up to 1.
    part: f32,
    align: Align,
}

/// Which side of its column a text keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

/// Room between a column and the next.
const GAP: f32 = 8.0;
/// The most lines of a cell; what is longer is cut.
const MOST_LINES: usize = 12;

impl Column {
    /// A column of words.
    pub(super) const fn words(title: &'static str, part: f32) -> Self {
        Self {
            title,
            part,
            align: Align::Left,
        }
    }

    /// A column of numbers.
    pub(super) const fn number(title: &'static str, part: f32) -> Self {
        Self {
            title,
            part,
            align: Align::Right,
        }
    }
}

impl Paper {
    /// Writes a table, with its head on each of its pages.
    pub(super) fn table<const N: usize>(
        &mut self,
        columns: &[Column; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        self.table_head(columns);
        for row in rows {
            let cells = self.cells(columns, &row, TEXT);
            if self.need(height(&cells, TEXT)) {
                self.table_head(columns);
            }
            self.row(columns, &cells, TEXT);
            self.fill((0.0, -2.0), (BODY, 0.5), Ink::Pale);
        }
        self.skip(6.0);
    }

    fn table_head<const N: usize>(&mut self, columns: &[Column; N]) {
        let titles = columns.map(|column| column.title.to_owned());
        let cells = self.cells(columns, &titles, LABEL);
        self.need(height(&cells, LABEL) + TEXT.line());
        self.row(columns, &cells, LABEL);
        self.fill((0.0, -2.0), (BODY, 1.0), Ink::Grey);
    }

    /// The lines of each cell of a row.
    fn cells<const N: usize>(
        &self,
        columns: &[Column; N],
        row: &[String; N],
        style: Style,
    ) -> Vec<Vec<String>> {
        let lines = |(column, text): (&Column, &String)| {
            let width = column.part * BODY - GAP;
            let mut lines = self.fonts.lines(text, style.weight, style.size, width);
            if lines.len() > MOST_LINES {
                lines.truncate(MOST_LINES - 1);
                lines.push("…".to_owned());
            }
            lines
        };
        columns.iter().zip(row).map(lines).collect()
    }

    fn row(&mut self, columns: &[Column], cells: &[Vec<String>], style: Style) {
        let mut left = 0.0;
        for (column, lines) in columns.iter().zip(cells) {
            let mut y = 0.0;
            for line in lines {
                let width = self.fonts.width(line, style.weight, style.size);
                let x = match column.align {
                    Align::Left => left,
                    Align::Right => left + column.part * BODY - GAP - width,
                };
                self.put(line, style, x, y);
                y += style.line();
            }
            left += column.part * BODY;
        }
        self.skip(height(cells, style));
    }

    /// Draws how many candidates lie in each bin, with what each begins with under it.
    pub(super) fn bars(&mut self, title: &str, bins: &[Bin], label: impl Fn(f64) -> String) {
        const TALL: f32 = 110.0;
        self.need(TALL + 60.0);
        self.write(title, LABEL);
        self.skip(NOTE.line());
        let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
        let step = BODY / u16::try_from(bins.len()).map_or(1.0, f32::from).max(1.0);
        let mut left = 0.0;
        for bin in bins {
            let tall = TALL * part(bin.count, most);
            self.fill((left + 2.0, TALL - tall), (step - 4.0, tall), Ink::Blue);
            let count = bin.count.to_string();
            let middle = left + (step - self.fonts.width(&count, NOTE.weight, NOTE.size)) / 2.0;
            self.put(&count, NOTE, middle, TALL - tall - NOTE.line());
            self.put(&label(bin.from), NOTE, left + 2.0, TALL + 3.0);
            left += step;
        }
        self.fill((0.0, TALL), (BODY, 0.75), Ink::Grey);
        self.skip(TALL + 26.0);
    }
}

fn height(cells: &[Vec<String>], style: Style) -> f32 {
    let most = cells.iter().map(Vec::len).max().unwrap_or(1);
    u16::try_from(most).map_or(1.0, f32::from) * style.line() + 4.0
}

#[expect(clippy::cast_possible_truncation, reason = "paper is not that exact")]
fn part(count: u64, most: u64) -> f32 {
    ratio(count, most) as f32
}
