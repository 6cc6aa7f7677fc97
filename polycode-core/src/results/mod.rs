//! What came of a campaign, as data: the raw table, statistics, and reports to be drawn as
//! pages, charts, PDF or CSV by whoever shows them.
//!
//! Grades are fixed-point; the statistics made from them are floating point, since they describe
//! and never decide.

pub mod csv;
pub mod distribution;
pub mod groups;
pub mod questions;
pub mod report;
pub mod row;
pub mod sort;
pub mod summary;
pub mod table;

pub use distribution::{Bin, Distribution};
pub use groups::Group;
pub use questions::{QuestionStatistics, Reliability};
pub use report::{CandidateReport, DetailedReport, GeneralReport, QuestionReport};
pub use row::{QuestionResult, ResultRow, TestQuestion};
pub use sort::{Column, Direction, RowOrder};
pub use summary::Summary;
pub use table::{Bounds, Filter, Table};

#[cfg(test)]
mod tests;
