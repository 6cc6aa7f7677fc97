//! The raw table as a CSV file.

use crate::id::Tag;
use crate::quantity::Score;
use crate::results::{Filter, ResultRow, RowOrder, Table};

impl Table {
    /// The rows that a filter lets through, in an order, as the cells of a CSV file; the first row
    /// names the columns. Grades are in percent, times in seconds, moments as RFC 3339 says.
    ///
    /// A text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV
    /// injection").
    pub fn csv_rows(&self, filter: &Filter, order: RowOrder) -> Vec<Vec<String>> {
        let rows = self.sorted(filter, order);
        std::iter::once(self.header())
            .chain(rows.into_iter().map(|row| self.cells(row)))
            .collect()
    }

    /// The same as the text of a file (RFC 4180).
    pub fn csv(&self, filter: &Filter, order: RowOrder) -> String {
        text_of(self.csv_rows(filter, order))
    }

    /// The first row of the file alone, for a host that writes it piece by piece.
    pub fn csv_header(&self) -> String {
        text_of([self.header()])
    }

    /// The other rows that a filter lets through, as they stand in the table.
    pub fn csv_lines(&self, filter: &Filter) -> String {
        text_of(self.matching(filter).map(|row| self.cells(row)))
    }

    fn header(&self) -> Vec<String> {
        let fixed = [
            "candidate",
            "name",
            "tags",
            "status",
            "score",
            "time used",
            "started at",
            "finished at",
        ];
        let names = self.questions.iter().map(|question| safe(&question.name));
        fixed.map(str::to_owned).into_iter().chain(names).collect()
    }

    fn cells(&self, row: &ResultRow) -> Vec<String> {
        let text = |value: Option<String>| value.unwrap_or_default();
        let tags: Vec<_> = row.tags.iter().map(Tag::as_str).collect();
        let fixed = [
            row.candidate.to_string(),
            safe(&row.name),
            safe(&tags.join(";")),
            row.status.to_string(),
            text(row.score.map(percent)),
            text(row.time_used.map(|time| time.to_string())),
            text(row.started_at.map(|at| at.to_string())),
            text(row.finished_at.map(|at| at.to_string())),
        ];
        let questions = self.questions.iter().map(|question| {
            let result = row.questions.get(&question.content);
            text(result.and_then(|result| result.score).map(percent))
        });
        fixed.into_iter().chain(questions).collect()
    }
}

fn text_of(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory can't fail, and all rows are equally long.
        if writer.write_record(&row).is_err() {
            break;
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A grade in percent with two decimals, rounded down: a number that every spreadsheet reads.
fn percent(score: Score) -> String {
    let hundredths = score.millionths() / 100;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::tests::{finished, question, table};

    #[test]
    fn rows_are_quoted_and_no_cell_is_a_formula() {
        let mut row = finished(1, &[100, 33]);
        row.name = "=cmd(), \"x\"".to_owned();
        let mut table = table(vec![row]);
        if let Some(question) = table.questions.first_mut() {
            question.name = "+1".to_owned();
        }
        let text = table.csv(&Filter::default(), RowOrder::default());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        assert_eq!(header.get(8), Some("'+1"));
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 1);
        assert_eq!(records[0].get(1), Some("'=cmd(), \"x\""));
        assert_eq!(records[0].get(3), Some("TEST_FINISHED"));
        assert_eq!(records[0].get(4), Some("66.50"));
        assert_eq!(records[0].get(9), Some("33.00"));
        assert_eq!(table.questions[1].content, question(1));
        // Written piece by piece it is the same.
        let lines = table.csv_lines(&Filter::default());
        assert_eq!(table.csv_header() + &lines, text);
    }
}
