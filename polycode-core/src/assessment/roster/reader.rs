//! Reading a list piece by piece, as it arrives: no more of it is kept than the row that has begun.

use csv::ByteRecord;
use csv_core::{ReadRecordResult, ReaderBuilder};

use super::{Cells, Columns, MAX_ROWS, Row};
use crate::refusal::{Problem, Refusal};

/// Reads a list whose text comes in pieces; what [`read`](super::read) says of lists holds here.
///
/// # Examples
/// ```
/// use polycode_core::assessment::roster::Reader;
///
/// let mut reader = Reader::of_candidates();
/// assert!(reader.push(b"email,name\nada@exam")?.is_empty());
/// let (row, ada) = reader.push(b"ple.org,Ada\neve@example.org").map(|mut rows| rows.remove(0))?;
/// assert_eq!((row, ada.unwrap().profile.name.as_str()), (2, "Ada"));
/// assert_eq!(reader.finish()?.len(), 1);
/// # Ok::<(), polycode_core::Refusal>(())
/// ```
#[derive(Debug)]
pub struct Reader<T> {
    read: ReadRow<T>,
    stage: Stage,
    columns: Option<Columns>,
    /// How many rows there were.
    count: usize,
}

type ReadRow<T> = fn(&Columns, &Cells<'_>) -> Result<T, Vec<Problem>>;

#[derive(Debug)]
enum Stage {
    /// It is not known yet what separates the columns.
    Head(Head),
    /// It is.
    Rows(Box<Records>),
}

impl<T> Reader<T> {
    pub(super) const fn new(read: ReadRow<T>) -> Self {
        Self {
            read,
            stage: Stage::Head(Head::new()),
            columns: None,
            count: 0,
        }
    }

    /// Reads a list that is here as a whole.
    pub(super) fn read(mut self, text: &[u8]) -> Result<Vec<Row<T>>, Refusal> {
        let mut rows = self.push(text)?;
        rows.extend(self.finish()?);
        Ok(rows)
    }

    /// Takes the next piece of the text, and gives the rows that end in it.
    ///
    /// # Errors
    /// As [`read`](super::read); there is nothing more to be read then.
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<Row<T>>, Refusal> {
        let mut rows = Vec::new();
        match &mut self.stage {
            Stage::Rows(_) => self.rows(piece, &mut rows)?,
            Stage::Head(head) => {
                head.text.extend_from_slice(piece);
                if head.is_whole() {
                    self.begin(&mut rows)?;
                }
            }
        }
        Ok(rows)
    }

    /// Gives the row that nothing but the end of the text ends, if there is one.
    ///
    /// # Errors
    /// As [`read`](super::read).
    pub fn finish(mut self) -> Result<Vec<Row<T>>, Refusal> {
        let mut rows = Vec::new();
        self.begin(&mut rows)?;
        // That there is nothing more is what the end looks like.
        while let Stage::Rows(records) = &mut self.stage
            && let Some((line, record)) = records.next(&mut &[][..], End::Reached)
        {
            self.row(line, &record, &mut rows)?;
        }
        match self.columns {
            Some(_) => Ok(rows),
            None => Err(Refusal::invalid(
                "csv",
                "the first row names the columns: there is none",
            )),
        }
    }

    /// Reads what was kept until it was known what separates the columns.
    fn begin(&mut self, rows: &mut Vec<Row<T>>) -> Result<(), Refusal> {
        let Stage::Head(head) = &mut self.stage else {
            return Ok(());
        };
        let delimiter = head.delimiter();
        let text = std::mem::take(&mut head.text);
        self.stage = Stage::Rows(Box::new(Records::new(delimiter)));
        self.rows(text.strip_prefix(MARK).unwrap_or(&text), rows)
    }

    fn rows(&mut self, mut text: &[u8], rows: &mut Vec<Row<T>>) -> Result<(), Refusal> {
        while let Stage::Rows(records) = &mut self.stage
            && let Some((line, record)) = records.next(&mut text, End::Ahead)
        {
            self.row(line, &record, rows)?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        line: u64,
        record: &ByteRecord,
        rows: &mut Vec<Row<T>>,
    ) -> Result<(), Refusal> {
        if record.iter().all(<[u8]>::is_empty) {
            return Ok(());
        }
        let Some(columns) = &self.columns else {
            self.columns = Some(Columns::read(record)?);
            return Ok(());
        };
        if self.count >= MAX_ROWS {
            return Err(Refusal::LimitReached {
                what: "rows in one file",
                limit: MAX_ROWS as u64,
            });
        }
        self.count += 1;
        let read = columns
            .row(record)
            .and_then(|cells| (self.read)(columns, &cells));
        rows.push((line, read));
        Ok(())
    }
}

/// What stands before the text of some programs: a byte order mark.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The beginning of a text, until its first row has come.
#[derive(Debug)]
struct Head {
    text: Vec<u8>,
    /// How much of it was looked at.
    seen: usize,
    is_quoted: bool,
    has_begun: bool,
    commas: u32,
    semicolons: u32,
}

impl Head {
    const fn new() -> Self {
        Self {
            text: Vec::new(),
            seen: 0,
            is_quoted: false,
            has_begun: false,
            commas: 0,
            semicolons: 0,
        }
    }

    /// Looks at what has come; whether the first row is there.
    fn is_whole(&mut self) -> bool {
        if self.seen == 0 && self.text.starts_with(MARK) {
            self.seen = MARK.len();
        } else if self.seen == 0 && MARK.starts_with(&self.text) {
            return false;
        }
        for byte in self.text.iter().skip(self.seen) {
            self.seen += 1;
            match byte {
                b'"' => self.is_quoted = !self.is_quoted,
                b',' if !self.is_quoted => self.commas += 1,
                b';' if !self.is_quoted => self.semicolons += 1,
                b'\n' | b'\r' if !self.is_quoted && self.has_begun => return true,
                _ => {}
            }
            self.has_begun |= !byte.is_ascii_whitespace();
        }
        false
    }

    /// What separates the columns: whichever of the two the header has more of, outside quotes.
    const fn delimiter(&self) -> u8 {
        if self.semicolons > self.commas {
            b';'
        } else {
            b','
        }
    }
}

/// Whether there is more to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Ahead,
    Reached,
}

/// Finds the records of a text.
#[derive(Debug)]
struct Records {
    core: csv_core::Reader,
    lines: Lines,
    /// The record that has begun: its cells one after the other, how many bytes there are …
    cells: Vec<u8>,
    filled: usize,
    /// … where each ends, and how many have.
    ends: Vec<usize>,
    ended: usize,
}

impl Records {
    fn new(delimiter: u8) -> Self {
        Self {
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            lines: Lines::new(),
            cells: vec![0; 1 << 10],
            filled: 0,
            ends: vec![0; 16],
            ended: 0,
        }
    }

    /// The next record that ends in a text, of which it takes what it has read, and the line on
    /// which it begins.
    fn next(&mut self, text: &mut &[u8], end: End) -> Option<(u64, ByteRecord)> {
        // To the reader, a text without anything is the end of all.
        while end == End::Reached || !text.is_empty() {
            let cells = self.cells.get_mut(self.filled..).unwrap_or_default();
            let ends = self.ends.get_mut(self.ended..).unwrap_or_default();
            let (result, read, filled, ended) = self.core.read_record(text, cells, ends);
            let (passed, rest) = text.split_at_checked(read).unwrap_or((text, &[]));
            self.lines.pass(passed);
            *text = rest;
            self.filled += filled;
            self.ended += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return Some((self.lines.begun(), self.record())),
                ReadRecordResult::End => return None,
            }
        }
        None
    }

    fn record(&mut self) -> ByteRecord {
        let mut record = ByteRecord::new();
        let mut from = 0;
        for end in self.ends.iter().take(self.ended) {
            record.push_field(self.cells.get(from..*end).unwrap_or_default());
            from = *end;
        }
        (self.filled, self.ended) = (0, 0);
        record.trim();
        record
    }
}

/// Counts lines as an editor does. The reader's own count is behind where lines end in two
/// characters.
#[derive(Debug)]
struct Lines {
    line: u64,
    /// The line on which the record that is read begins.
    begun: Option<u64>,
    before: u8,
}

impl Lines {
    const fn new() -> Self {
        Self {
            line: 1,
            begun: None,
            before: 0,
        }
    }

    fn pass(&mut self, text: &[u8]) {
        for byte in text {
            let is_second = *byte == b'\n' && self.before == b'\r';
            if !matches!(byte, b'\n' | b'\r') {
                self.begun.get_or_insert(self.line);
            } else if !is_second {
                self.line += 1;
            }
            self.before = *byte;
        }
    }

    /// The line of the first character of the record that ends here.
    fn begun(&mut self) -> u64 {
        self.begun.take().unwrap_or(self.line)
    }
}
