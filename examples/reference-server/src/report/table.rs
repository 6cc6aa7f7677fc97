//! Tables and bars on paper.

use polycode_core::results::Bin;

use super::paper::{BODY, Ink, LABEL, NOTE, Paper, Style, TEXT};
use crate::chart::ratio;

/// A column of a table, with its title.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    /// Words keep to the left, and are broken where they are too long.
    Words(&'static str),
    /// Numbers keep to the right, and take the room that they need.
    Number(&'static str),
}

/// A column and its width.
type Measured = (Column, f32);

/// Room between a column and the next.
const GAP: f32 = 10.0;
/// The most lines of a cell; what is longer is cut.
const MOST_LINES: usize = 12;

impl Column {
    const fn title(self) -> &'static str {
        match self {
            Self::Words(title) | Self::Number(title) => title,
        }
    }
}

impl Paper {
    /// Writes a table, with its head on each of its pages.
    pub(super) fn table<const N: usize>(
        &mut self,
        columns: [Column; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let rows: Vec<_> = rows.into_iter().collect();
        let columns = self.measured(columns, &rows);
        self.table_head(&columns);
        for row in &rows {
            let cells = self.cells(&columns, row, TEXT);
            if self.need(height(&cells, TEXT)) {
                self.table_head(&columns);
            }
            self.row(&columns, &cells, TEXT);
            self.fill((0.0, -2.0), (BODY, 0.5), Ink::Pale);
        }
        self.skip(6.0);
    }

    /// Shares the width out: numbers get what they need, and words the rest, where those that
    /// need little leave room to the others.
    fn measured<const N: usize>(
        &self,
        columns: [Column; N],
        rows: &[[String; N]],
    ) -> [Measured; N] {
        let width = |text: &str, style: Style| self.fonts.width(text, style.weight, style.size);
        let mut measured = columns.map(|column| (column, width(column.title(), LABEL)));
        for row in rows {
            for ((_, need), cell) in measured.iter_mut().zip(row) {
                *need = need.max(width(cell, TEXT));
            }
        }
        // There is a gap between columns, and none after the last.
        let mut rest = BODY + GAP;
        let mut words = Vec::new();
        for (column, need) in &mut measured {
            rest -= GAP;
            match column {
                Column::Number(_) => rest -= *need,
                Column::Words(_) => words.push(need),
            }
        }
        words.sort_by(|a, b| a.total_cmp(b));
        let count = words.len();
        for (done, need) in words.iter_mut().enumerate() {
            **need = need.min(rest / number(count - done));
            rest -= **need;
        }
        for need in &mut words {
            **need += rest / number(count);
        }
        measured
    }

    fn table_head<const N: usize>(&mut self, columns: &[Measured; N]) {
        let titles = columns.map(|(column, _)| column.title().to_owned());
        let cells = self.cells(columns, &titles, LABEL);
        self.need(height(&cells, LABEL) + TEXT.line());
        self.row(columns, &cells, LABEL);
        self.fill((0.0, -2.0), (BODY, 1.0), Ink::Grey);
    }

    /// The lines of each cell of a row.
    fn cells<const N: usize>(
        &self,
        columns: &[Measured; N],
        row: &[String; N],
        style: Style,
    ) -> Vec<Vec<String>> {
        let lines = |((_, width), text): (&Measured, &String)| {
            let mut lines = self.fonts.lines(text, style.weight, style.size, *width);
            if lines.len() > MOST_LINES {
                lines.truncate(MOST_LINES - 1);
                lines.push("…".to_owned());
            }
            lines
        };
        columns.iter().zip(row).map(lines).collect()
    }

    fn row(&mut self, columns: &[Measured], cells: &[Vec<String>], style: Style) {
        let mut left = 0.0;
        for ((column, room), lines) in columns.iter().zip(cells) {
            let mut y = 0.0;
            for line in lines {
                let x = match column {
                    Column::Words(_) => left,
                    Column::Number(_) => {
                        left + room - self.fonts.width(line, style.weight, style.size)
                    }
                };
                self.put(line, style, x, y);
                y += style.line();
            }
            left += room + GAP;
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
        let step = BODY / number(bins.len()).max(1.0);
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
    number(most) * style.line() + 4.0
}

fn number(count: usize) -> f32 {
    u16::try_from(count).map_or(f32::MAX, f32::from)
}

#[expect(clippy::cast_possible_truncation, reason = "paper is not that exact")]
fn part(count: u64, most: u64) -> f32 {
    ratio(count, most) as f32
}
