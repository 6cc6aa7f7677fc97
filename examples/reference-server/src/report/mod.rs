//! ST-4, ST-5: the reports on a campaign as PDF, written from what core worked out. The same
//! report gives the same bytes.

mod fonts;
mod paper;
mod table;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use polycode_core::id::{ContentId, Tag};
use polycode_core::quantity::{Score, Seconds};
use polycode_core::results::{
    CandidateReport, DetailedReport, GeneralReport, Group, QuestionReport, QuestionStatistics,
};

use crate::chart;
use crate::error::{ApiError, ErrorCode};
pub use fonts::{ReportFonts, ReportFontsError};
use paper::{NOTE, Paper, TEXT, TITLE};
use table::Column::{Number, Words};

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    /// The program's own fonts can't be read.
    #[error("the fonts of this program are damaged")]
    Fonts,
    /// The PDF can't be written.
    #[error("the PDF can't be written: {0}")]
    Pdf(String),
    /// Nobody reads that many pages.
    #[error(
        "a detailed report is of {MOST_CANDIDATES} candidates at most: export the results as CSV"
    )]
    TooManyCandidates,
}

/// The most candidates that a detailed report has a part for.
const MOST_CANDIDATES: usize = 2_000;

impl From<ReportError> for ApiError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::TooManyCandidates => Self::new(ErrorCode::LimitReached, error.to_string()),
            ReportError::Fonts | ReportError::Pdf(_) => Self::internal(&error),
        }
    }
}

/// ST-4: a campaign in figures and charts.
pub(crate) fn general(
    report: &GeneralReport,
    campaign: &str,
    fonts: &ReportFonts,
) -> Result<Vec<u8>, ReportError> {
    let mut paper = Paper::new(fonts)?;
    paper.front("General report", campaign, report.at);
    paper.general(report);
    paper.into_pdf(&format!("General report: {campaign}"), report.at)
}

/// ST-5: the same, and every candidate.
///
/// # Errors
/// [`ReportError::TooManyCandidates`] for more than [`MOST_CANDIDATES`].
pub(crate) fn detailed(
    report: &DetailedReport,
    campaign: &str,
    fonts: &ReportFonts,
) -> Result<Vec<u8>, ReportError> {
    if report.candidates.len() > MOST_CANDIDATES {
        return Err(ReportError::TooManyCandidates);
    }
    let mut paper = Paper::new(fonts)?;
    paper.front("Detailed report", campaign, report.general.at);
    paper.general(&report.general);
    paper.ranking(&report.candidates);
    for candidate in &report.candidates {
        paper.candidate(candidate, &report.general);
    }
    paper.into_pdf(&format!("Detailed report: {campaign}"), report.general.at)
}

impl Paper {
    fn front(&mut self, kind: &str, campaign: &str, at: Timestamp) {
        self.write(campaign, TITLE);
        self.write(&format!("{kind}, {}", time(at)), NOTE);
    }

    fn general(&mut self, report: &GeneralReport) {
        self.head("In figures");
        self.table([Words(""), Number("")], figures(report));
        self.head("Where the candidates are");
        let statuses = report.summary.statuses.iter();
        self.table(
            [Words("Status"), Number("Candidates")],
            statuses.map(|(status, count)| [words(&status.to_string()), count.to_string()]),
        );
        self.head("Grades and times");
        let summary = &report.summary;
        self.bars(
            "Candidates by grade",
            &summary.score_histogram,
            chart::share,
        );
        if !summary.time_histogram.is_empty() {
            self.bars(
                "Candidates by time used",
                &summary.time_histogram,
                chart::minutes,
            );
        }
        self.questions(report);
        if !report.groups.is_empty() {
            self.groups(report);
        }
    }

    fn questions(&mut self, report: &GeneralReport) {
        self.head("Questions");
        let columns = [
            Words("Question"),
            Number("Points"),
            Number("Given to"),
            Number("Unanswered"),
            Number("Mean grade"),
            Number("Discrimination"),
            Number("Mean time"),
        ];
        let all = report.question_statistics.iter();
        self.table(columns, all.map(|one| question_row(one, report)));
        self.write(
            "Discrimination: how the grade of a question goes with that of all others, from -1 to 1.",
            NOTE,
        );
    }

    fn groups(&mut self, report: &GeneralReport) {
        self.head("Groups by tag");
        let columns = [
            Words("Tag"),
            Number("Candidates"),
            Number("Completed"),
            Number("Mean grade"),
            Number("Beside others"),
            Number("Cohen's d"),
        ];
        self.table(columns, report.groups.iter().map(group_row));
    }

    fn ranking(&mut self, candidates: &[CandidateReport]) {
        self.head("Candidates");
        let columns = [
            Number("Rank"),
            Words("Candidate"),
            Words("Tags"),
            Words("Status"),
            Number("Grade"),
            Number("Time"),
        ];
        self.table(columns, candidates.iter().map(candidate_row));
    }

    fn candidate(&mut self, candidate: &CandidateReport, general: &GeneralReport) {
        let row = &candidate.row;
        self.head(if row.name.is_empty() {
            "No name"
        } else {
            &row.name
        });
        let mut facts = vec![words(&row.status.to_string())];
        facts.extend(row.score.map(|grade| format!("grade {}", score(grade))));
        facts.extend(candidate.rank.map(|rank| format!("rank {rank}")));
        let percentile = candidate.percentile;
        facts.extend(percentile.map(|percentile| format!("percentile {percentile:.0}")));
        facts.extend(row.started_at.map(|at| format!("started {}", time(at))));
        facts.extend(row.finished_at.map(|at| format!("finished {}", time(at))));
        self.write(&facts.join(" · "), TEXT);
        if candidate.questions.is_empty() {
            return;
        }
        self.skip(4.0);
        let columns = [
            Words("Question"),
            Number("Points"),
            Number("Grade"),
            Number("Beside the mean"),
            Number("Time"),
        ];
        let answered = candidate.questions.iter();
        self.table(
            columns,
            answered.map(|one| answer_row(one, candidate, general)),
        );
    }
}

fn question_row(one: &QuestionStatistics, report: &GeneralReport) -> [String; 7] {
    let (name, points) = question(report, one.content);
    [
        name,
        points,
        one.n.to_string(),
        one.unanswered.to_string(),
        known(one.difficulty, chart::share),
        known(one.corrected_item_total, decimal),
        known(one.time_used.as_ref().map(|time| time.mean), clock),
    ]
}

fn group_row(group: &Group) -> [String; 6] {
    [
        group.tag.to_string(),
        group.candidates.to_string(),
        known(group.completion_rate, chart::share),
        known(group.score.as_ref().map(|score| score.mean), chart::share),
        known(group.difference, difference),
        known(group.effect_size, decimal),
    ]
}

fn candidate_row(candidate: &CandidateReport) -> [String; 6] {
    let row = &candidate.row;
    [
        known(candidate.rank, |rank| rank.to_string()),
        row.name.clone(),
        tags(candidate),
        words(&row.status.to_string()),
        known(row.score, score),
        known(row.time_used, used),
    ]
}

fn answer_row(
    one: &QuestionReport,
    candidate: &CandidateReport,
    general: &GeneralReport,
) -> [String; 5] {
    let (name, points) = question(general, one.content);
    let result = candidate.row.questions.get(&one.content);
    [
        name,
        points,
        known(one.score, score),
        known(one.beside_mean, difference),
        known(result.and_then(|result| result.time_used), used),
    ]
}

fn figures(report: &GeneralReport) -> Vec<[String; 2]> {
    let summary = &report.summary;
    let figure = |name: &str, value: String| [name.to_owned(), value];
    let mut figures = vec![
        figure("Candidates", summary.candidates.to_string()),
        figure("Finished", summary.finished.to_string()),
        figure("Completed", known(summary.completion_rate, chart::share)),
    ];
    let kinds = [
        (
            "Grade",
            summary.score.as_ref(),
            chart::share as fn(f64) -> _,
        ),
        ("Time", summary.time_used.as_ref(), clock),
    ];
    for (name, spread, shown) in kinds {
        let Some(spread) = spread else { continue };
        let quartiles = [spread.first_quartile, spread.median, spread.third_quartile];
        figures.extend([
            figure(&format!("{name}, mean"), shown(spread.mean)),
            figure(
                &format!("{name}, standard deviation"),
                known(spread.standard_deviation, shown),
            ),
            figure(
                &format!("{name}, quartiles"),
                quartiles.map(shown).join(" · "),
            ),
            figure(
                &format!("{name}, least to greatest"),
                format!("{} to {}", shown(spread.min), shown(spread.max)),
            ),
        ]);
    }
    let alpha = report.reliability.map(|reliability| reliability.alpha);
    figures.push(figure(
        "Reliability (Cronbach's alpha)",
        known(alpha, decimal),
    ));
    figures
}

/// The name and the points of a question.
fn question(report: &GeneralReport, content: ContentId) -> (String, String) {
    let found = report.questions.iter().find(|one| one.content == content);
    found.map_or_else(Default::default, |one| {
        (one.name.clone(), one.points.to_string())
    })
}

fn tags(candidate: &CandidateReport) -> String {
    let tags: Vec<_> = candidate.row.tags.iter().map(Tag::as_str).collect();
    tags.join(", ")
}

fn known<T>(value: Option<T>, shown: impl Fn(T) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), shown)
}

fn score(score: Score) -> String {
    chart::share(f64::from(score.millionths()) / f64::from(Score::FULL.millionths()))
}

fn decimal(value: f64) -> String {
    format!("{value:.2}")
}

fn difference(share: f64) -> String {
    format!("{:+.0} %", share * 100.0)
}

/// Seconds as hours, minutes and seconds.
fn clock(seconds: f64) -> String {
    let time = SignedDuration::try_from_secs_f64(seconds.round()).unwrap_or_default();
    let (minutes, rest) = (time.as_secs() / 60, time.as_secs() % 60);
    format!("{}:{:02}:{rest:02}", minutes / 60, minutes % 60)
}

fn used(time: Seconds) -> String {
    clock(u32::try_from(time.0).map_or(f64::MAX, f64::from))
}

fn time(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::UTC);
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// A name of the API as words: `TEST_SENT` as `Test sent`.
fn words(name: &str) -> String {
    let words = name.replace('_', " ").to_lowercase();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// A report of so many candidates who have done nothing.
    fn report(candidates: usize) -> DetailedReport {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let row = json!({"row": {"candidate": id, "status": "CONFIRMED"}, "questions": []});
        let summary = json!({"candidates": candidates, "finished": 0, "statuses": {},
            "scoreHistogram": [], "timeHistogram": []});
        let general = json!({"campaign": id, "at": "2030-01-01T12:00:00Z", "summary": summary,
            "questions": [], "questionStatistics": [], "groups": []});
        let candidates = vec![row; candidates];
        serde_json::from_value(json!({"general": general, "candidates": candidates})).unwrap()
    }

    #[test]
    fn given_more_candidates_than_anybody_reads_when_a_report_is_exported_then_it_is_refused() {
        let fonts = ReportFonts::default();
        assert!(detailed(&report(20), "Spring", &fonts).is_ok());
        let refused = detailed(&report(MOST_CANDIDATES + 1), "Spring", &fonts).unwrap_err();
        assert!(refused.to_string().contains("2000"), "{refused}");
        assert!(refused.to_string().contains("CSV"), "{refused}");
        assert_eq!(ApiError::from(refused).status(), 409);
    }
}
