//! ST-6: the results as a workbook. Texts are texts there: none can become a formula.

use polycode_core::id::Tag;
use polycode_core::quantity::Score;
use polycode_core::results::{CandidateReport, DetailedReport};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// The most characters of a cell.
const MOST: usize = 32_767;
const FIXED: [&str; 8] = [
    "rank",
    "name",
    "tags",
    "status",
    "score",
    "seconds",
    "started at",
    "finished at",
];

/// A workbook with a row for each candidate, the best first.
pub(crate) fn of(report: &DetailedReport) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("results")?;
    let bold = Format::new().set_bold();
    let names = report
        .general
        .questions
        .iter()
        .map(|question| question.name.as_str());
    for (column, name) in (0_u16..).zip(FIXED.into_iter().chain(names)) {
        sheet.write_string_with_format(0, column, cut(name), &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let percent = Format::new().set_num_format("0.0%");
    for (row, candidate) in (1_u32..).zip(&report.candidates) {
        write_row(sheet, row, candidate, &percent)?;
        for (column, question) in (8_u16..).zip(&report.general.questions) {
            let result = candidate.row.questions.get(&question.content);
            if let Some(score) = result.and_then(|result| result.score) {
                sheet.write_number_with_format(row, column, share(score), &percent)?;
            }
        }
    }
    workbook.save_to_buffer()
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    candidate: &CandidateReport,
    percent: &Format,
) -> Result<(), XlsxError> {
    let CandidateReport {
        row: result, rank, ..
    } = candidate;
    let tags: Vec<_> = result.tags.iter().map(Tag::as_str).collect();
    if let Some(rank) = rank {
        sheet.write_string(row, 0, rank.to_string())?;
    }
    sheet.write_string(row, 1, cut(&result.name))?;
    sheet.write_string(row, 2, cut(&tags.join(", ")))?;
    sheet.write_string(row, 3, result.status.to_string())?;
    if let Some(score) = result.score {
        sheet.write_number_with_format(row, 4, share(score), percent)?;
    }
    if let Some(seconds) = result.time_used.and_then(|time| u32::try_from(time.0).ok()) {
        sheet.write_number(row, 5, seconds)?;
    }
    for (column, at) in [(6, result.started_at), (7, result.finished_at)] {
        if let Some(at) = at {
            sheet.write_string(row, column, at.to_string())?;
        }
    }
    Ok(())
}

fn share(score: Score) -> f64 {
    f64::from(score.millionths()) / f64::from(Score::FULL.millionths())
}

fn cut(text: &str) -> String {
    text.chars().take(MOST).collect()
}
