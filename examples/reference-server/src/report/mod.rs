//! ST-4, ST-5: the reports on a campaign as PDF, written from what core worked out. The same
//! report gives the same bytes.

mod fonts;
mod paper;
mod table;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use polycode_core::id::{ContentId, Tag};
use polycode_core::quantity::{Score, Seconds};
use polycode_core::results::{CandidateReport, DetailedReport, GeneralReport, QuestionReport};

use crate::chart;
use paper::{NOTE, Paper, TEXT, TITLE};
use table::Column;

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReportError {
    /// The program's own fonts can't be read.
    #[error("the fonts of this program are damaged")]
    Fonts,
    /// The pages have no size.
    #[error("the pages have no size")]
    Size,
    /// The PDF can't be written.
    #[error("the PDF can't be written: {0}")]
    Pdf(String),
}

/// ST-4: a campaign in figures and charts.
pub(crate) fn general(report: &GeneralReport, campaign: &str) -> Result<Vec<u8>, ReportError> {
    let mut paper = Paper::new()?;
    paper.front("General report", campaign, report.at);
    paper.general(report);
    paper.into_pdf(&format!("General report: {campaign}"), report.at)
}

/// ST-5: the same, and every candidate.
pub(crate) fn detailed(report: &DetailedReport, campaign: &str) -> Result<Vec<u8>, ReportError> {
    let mut paper = Paper::new()?;
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
        self.table(
            &[Column::words("", 0.5), Column::number("", 0.5)],
            figures(report),
        );
        self.head("Where the candidates are");
        let statuses = report.summary.statuses.iter();
        self.table(
            &[
                Column::words("Status", 0.5),
                Column::number("Candidates", 0.5),
            ],
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
        const COLUMNS: [Column; 7] = [
            Column::words("Question", 0.27),
            Column::number("Points", 0.09),
            Column::number("Given to", 0.10),
            Column::number("Unanswered", 0.13),
            Column::number("Mean grade", 0.12),
            Column::number("Discrimination", 0.16),
            Column::number("Mean time", 0.13),
        ];
        self.head("Questions");
        let all = report.question_statistics.iter();
        self.table(
            &COLUMNS,
            all.map(|one| {
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
            }),
        );
        self.write(
            "Discrimination: how the grade of a question goes with that of all others, from -1 to 1.",
            NOTE,
        );
    }

    fn groups(&mut self, report: &GeneralReport) {
        const COLUMNS: [Column; 6] = [
            Column::words("Tag", 0.30),
            Column::number("Candidates", 0.14),
            Column::number("Completed", 0.14),
            Column::number("Mean grade", 0.14),
            Column::number("Beside others", 0.14),
            Column::number("Cohen's d", 0.14),
        ];
        self.head("Groups by tag");
        let groups = report.groups.iter();
        self.table(
            &COLUMNS,
            groups.map(|group| {
                [
                    group.tag.to_string(),
                    group.candidates.to_string(),
                    known(group.completion_rate, chart::share),
                    known(group.score.as_ref().map(|score| score.mean), chart::share),
                    known(group.difference, difference),
                    known(group.effect_size, decimal),
                ]
            }),
        );
    }

    fn ranking(&mut self, candidates: &[CandidateReport]) {
        const COLUMNS: [Column; 6] = [
            Column::number("Rank", 0.07),
            Column::words("Candidate", 0.31),
            Column::words("Tags", 0.22),
            Column::words("Status", 0.20),
            Column::number("Grade", 0.10),
            Column::number("Time", 0.10),
        ];
        self.head("Candidates");
        self.table(
            &COLUMNS,
            candidates.iter().map(|candidate| {
                let row = &candidate.row;
                [
                    known(candidate.rank, |rank| rank.to_string()),
                    row.name.clone(),
                    tags(candidate),
                    words(&row.status.to_string()),
                    known(row.score, score),
                    known(row.time_used, used),
                ]
            }),
        );
    }

    fn candidate(&mut self, candidate: &CandidateReport, general: &GeneralReport) {
        const COLUMNS: [Column; 5] = [
            Column::words("Question", 0.44),
            Column::number("Points", 0.12),
            Column::number("Grade", 0.14),
            Column::number("Beside the mean", 0.18),
            Column::number("Time", 0.12),
        ];
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
        let line = |one: &QuestionReport| {
            let (name, points) = question(general, one.content);
            let result = row.questions.get(&one.content);
            [
                name,
                points,
                known(one.score, score),
                known(one.beside_mean, difference),
                known(result.and_then(|result| result.time_used), used),
            ]
        };
        self.table(&COLUMNS, candidate.questions.iter().map(line));
    }
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
