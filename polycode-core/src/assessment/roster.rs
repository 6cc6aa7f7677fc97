//! A list of candidates as a CSV file, read row by row.

mod reader;

use std::collections::BTreeSet;

use csv::ByteRecord;
pub use reader::Reader;

use crate::assessment::{Address, CandidateProfile, ExtraTime};
use crate::id::Tag;
use crate::quantity::Seconds;
use crate::refusal::{Problem, Refusal};

/// The most rows in one file.
pub const MAX_ROWS: usize = 100_000;

/// A candidate as a list names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Who they are.
    pub profile: CandidateProfile,
    /// What they get on top of the limits that hold for all.
    pub extra_time: ExtraTime,
}

/// A row: the line on which it stands in the file, and what it says or all that is wrong with it.
pub type Row<T> = (u64, Result<T, Vec<Problem>>);

impl Listed {
    /// Reads a candidate from the texts of a list.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read<'a>(
        name: &str,
        address: &str,
        tags: impl IntoIterator<Item = &'a str>,
        extra_time: Result<ExtraTime, Problem>,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let name = name.trim();
        if let Some(problem) = CandidateProfile::problem_of_name(name) {
            problems.push(Problem::new("name", problem));
        }
        let address = read_address(address);
        let mut read_tags = BTreeSet::new();
        for tag in tags.into_iter().map(str::trim) {
            if tag.is_empty() {
                continue;
            }
            match Tag::new(tag) {
                Ok(tag) => {
                    read_tags.insert(tag);
                }
                Err(error) => problems.push(Problem::new("tags", error.to_string())),
            }
        }
        if read_tags.len() > CandidateProfile::MAX_TAGS {
            let message = format!("are at most {}", CandidateProfile::MAX_TAGS);
            problems.push(Problem::new("tags", message));
        }
        let extra_time = extra_time.and_then(|extra| {
            let message = "is at most 300 percent and a day";
            let is_allowed = extra.is_allowed();
            is_allowed
                .then_some(extra)
                .ok_or_else(|| Problem::new("extraTime", message))
        });
        match (address, extra_time) {
            (Ok(address), Ok(extra_time)) if problems.is_empty() => Ok(Self {
                profile: CandidateProfile {
                    name: name.to_owned(),
                    address,
                    tags: read_tags,
                },
                extra_time,
            }),
            (address, extra_time) => {
                problems.extend(address.err());
                problems.extend(extra_time.err());
                Err(problems)
            }
        }
    }
}

/// Reads a list of candidates.
///
/// The file is UTF-8, with or without a byte order mark, as RFC 4180 describes it, with commas or
/// semicolons. Its first row names the columns, in any order and case:
///
/// | column | what it is |
/// |---|---|
/// | `email` (or `address`) | where the invitation goes; needed |
/// | `name` | the candidate's name |
/// | `tags` | keywords, separated by `;` (or `\|` where the columns are) |
/// | `extra time` (or `extraTime`) | in percent of each limit: `25` or `25%` |
/// | `extra minutes` (or `extraMinutes`) | minutes on top for the whole test |
///
/// Rows in which nothing stands are left out; every other row gives one item.
///
/// # Errors
/// [`Refusal::Invalid`] when the header is missing or wrong, [`Refusal::LimitReached`] when there
/// are more than [`MAX_ROWS`] rows.
///
/// # Examples
/// ```
/// let rows = polycode_core::assessment::roster::read(b"email,tags\nada@example.org,x;y\n?,\n")?;
/// assert!(rows[0].1.is_ok());
/// assert_eq!(rows[1].0, 3);
/// assert!(rows[1].1.is_err());
/// # Ok::<(), polycode_core::Refusal>(())
/// ```
pub fn read(text: &[u8]) -> Result<Vec<Row<Listed>>, Refusal> {
    Reader::of_candidates().read(text)
}

/// Reads the addresses of such a list, and looks at nothing else in it.
///
/// # Errors
/// As [`read`].
pub fn read_addresses(text: &[u8]) -> Result<Vec<Row<Address>>, Refusal> {
    Reader::of_addresses().read(text)
}

impl Reader<Listed> {
    /// Reads candidates, as [`read`] does.
    pub fn of_candidates() -> Self {
        Self::new(|columns, cells| {
            let extra = extra_time(
                cells.get(columns.percent).unwrap_or_default(),
                cells.get(columns.minutes).unwrap_or_default(),
            );
            let tags = cells.get(columns.tags).unwrap_or_default();
            Listed::read(
                cells.get(columns.name).unwrap_or_default(),
                cells.get(columns.email).unwrap_or_default(),
                tags.split([';', '|']),
                extra,
            )
        })
    }
}

impl Reader<Address> {
    /// Reads addresses, as [`read_addresses`] does.
    pub fn of_addresses() -> Self {
        Self::new(|columns, cells| {
            let address = read_address(cells.get(columns.email).unwrap_or_default());
            address.map_err(|problem| vec![problem])
        })
    }
}

/// The places of the columns.
#[derive(Debug, Default)]
struct Columns {
    count: usize,
    email: Option<usize>,
    name: Option<usize>,
    tags: Option<usize>,
    percent: Option<usize>,
    minutes: Option<usize>,
}

/// The cells of a row as texts.
struct Cells<'a>(Vec<&'a str>);

impl<'a> Cells<'a> {
    fn get(&self, column: Option<usize>) -> Option<&'a str> {
        self.0.get(column?).copied()
    }
}

impl Columns {
    fn read(header: &ByteRecord) -> Result<Self, Refusal> {
        let mut columns = Self {
            count: header.len(),
            ..Self::default()
        };
        let mut problems = Vec::new();
        for (place, cell) in header.iter().enumerate() {
            let name = String::from_utf8_lossy(cell).to_lowercase();
            let name: String = name.chars().filter(|c| !" _-".contains(*c)).collect();
            let column = match name.as_str() {
                "email" | "address" | "mail" => &mut columns.email,
                "name" => &mut columns.name,
                "tags" | "tag" => &mut columns.tags,
                "extratime" | "extratimepercent" | "extrapercent" => &mut columns.percent,
                "extraminutes" => &mut columns.minutes,
                "" => continue,
                _ => {
                    let shown: String = name.chars().take(80).collect();
                    let message = format!("there is no column `{}`", shown.escape_debug());
                    problems.push(Problem::new("csv", message));
                    continue;
                }
            };
            if column.replace(place).is_some() {
                let message = format!("the column `{name}` is there twice");
                problems.push(Problem::new("csv", message));
            }
        }
        if columns.email.is_none() {
            problems.push(Problem::new("csv", "the column `email` is missing"));
        }
        if problems.is_empty() {
            Ok(columns)
        } else {
            Err(Refusal::Invalid(problems))
        }
    }

    fn row<'a>(&self, record: &'a ByteRecord) -> Result<Cells<'a>, Vec<Problem>> {
        let wrong = |message: String| vec![Problem::new("row", message)];
        let extra = record.iter().skip(self.count);
        if extra.into_iter().any(|cell| !cell.is_empty()) {
            let message = format!(
                "has {} cells, but the first row names {} columns",
                record.len(),
                self.count
            );
            return Err(wrong(message));
        }
        let cells: Result<Vec<_>, _> = record.iter().map(std::str::from_utf8).collect();
        cells.map(Cells).map_err(|_| wrong("is not UTF-8".into()))
    }
}

fn read_address(text: &str) -> Result<Address, Problem> {
    match text.trim() {
        "" => Err(Problem::new("email", "is missing")),
        text => Address::new(text).map_err(|error| Problem::new("email", error.to_string())),
    }
}

fn extra_time(percent: &str, minutes: &str) -> Result<ExtraTime, Problem> {
    let wrong = |field: &str, message: &str| Problem::new(field, message);
    let percent = match percent.trim_end_matches('%').trim_end() {
        "" => 0,
        text => text
            .parse()
            .map_err(|_| wrong("extraTime", "is a whole number of percent, at most 300"))?,
    };
    let minutes: u32 = match minutes {
        "" => 0,
        text => text
            .parse()
            .map_err(|_| wrong("extraMinutes", "is a whole number of minutes, at most 1440"))?,
    };
    Ok(ExtraTime {
        percent,
        fixed: Seconds(u64::from(minutes) * 60),
    })
}

#[cfg(test)]
mod tests;
