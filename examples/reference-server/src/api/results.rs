//! ST-1 to ST-6: what came of a campaign.

use std::collections::BTreeSet;

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use futures_util::future::ready;
use futures_util::stream::{self, StreamExt, try_unfold};
use polycode_core::assessment::StatusName;
use polycode_core::engine::ResultsFile;
use polycode_core::id::{ContentId, Tag};
use polycode_core::port::Page;
use polycode_core::quantity::Score;
use polycode_core::results::{
    Bounds, Column, DetailedReport, Direction, Filter, GeneralReport, ResultRow, RowOrder, Summary,
};
use polycode_core::{Engine, EngineError, Refusal};
use schemars::JsonSchema;
use serde::Deserialize;

use super::list::page;
use super::paths::CampaignPath;
use super::reply::{Download, Reply, file};
use super::{Service, about};
use crate::caller::Member;
use crate::error::ApiError;
use crate::extract::{Named, Params};
use crate::{chart, report, workbook};

/// Which rows of the results, and in what order.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct RowParams {
    /// Only those whose name has this in it.
    name: Option<String>,
    /// Only those with all of these tags, separated by commas.
    #[schemars(regex(pattern = TAGS))]
    tags: Option<String>,
    /// Only those who have come this far.
    status: Option<StatusName>,
    /// Only those with this grade or a better one, in millionths.
    min_score: Option<Score>,
    /// Only those with this grade or a worse one, in millionths.
    max_score: Option<Score>,
    /// What to sort by.
    by: By,
    /// Which question, to sort by one.
    question: Option<ContentId>,
    /// Which way to sort.
    direction: Direction,
    /// Where the page before ended; none for the first.
    after: Option<String>,
    /// The most items wanted, 1 to 100; 20 without it.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// A column of the results.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum By {
    /// The candidate's id.
    #[default]
    Candidate,
    /// The name.
    Name,
    /// The tags.
    Tags,
    /// How far the candidate has come.
    Status,
    /// The grade of the test.
    Score,
    /// How long the candidate worked.
    TimeUsed,
    /// When the test was started.
    StartedAt,
    /// When it was submitted or closed.
    FinishedAt,
    /// The grade of `question`.
    Question,
    /// How long the candidate worked on `question`.
    QuestionTime,
}

const TAGS: &str = r"^(?:[^,\x00-\x1f\x7f-\x9f]{0,60}(?:,[^,\x00-\x1f\x7f-\x9f]{0,60})*)?$";

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const TAG: &str = "results";

pub(super) fn routes() -> ApiRouter<Service> {
    ApiRouter::new()
        .merge(files())
        .api_route(
            "/campaigns/{campaign}/results",
            get_with(
                rows,
                about("listResults", TAG, "See the results as raw data"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/summary",
            get_with(
                summary,
                about("getSummary", TAG, "See the results in a few figures"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/report",
            get_with(
                report,
                about("getGeneralReport", TAG, "Read the general report"),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/detailed-report",
            get_with(
                detailed,
                about("getDetailedReport", TAG, "Read the detailed report"),
            ),
        )
}

/// What is kept as a file.
fn files() -> ApiRouter<Service> {
    ApiRouter::new()
        .api_route(
            "/campaigns/{campaign}/results.csv",
            get_with(
                csv,
                file(
                    "exportResultsCsv",
                    TAG,
                    "Export the results as CSV",
                    "text/csv",
                ),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/results.xlsx",
            get_with(
                xlsx,
                file(
                    "exportResultsXlsx",
                    TAG,
                    "Export the results as a workbook",
                    XLSX,
                ),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/scores.svg",
            get_with(
                scores,
                file(
                    "chartScores",
                    TAG,
                    "See how grades are spread, as a chart",
                    "image/svg+xml",
                ),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/times.svg",
            get_with(
                times,
                file(
                    "chartTimes",
                    TAG,
                    "See how times are spread, as a chart",
                    "image/svg+xml",
                ),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/report.pdf",
            get_with(
                report_pdf,
                file(
                    "exportGeneralReport",
                    TAG,
                    "Export the general report as PDF",
                    "application/pdf",
                ),
            ),
        )
        .api_route(
            "/campaigns/{campaign}/detailed-report.pdf",
            get_with(
                detailed_pdf,
                file(
                    "exportDetailedReport",
                    TAG,
                    "Export the detailed report as PDF",
                    "application/pdf",
                ),
            ),
        )
}

impl RowParams {
    fn filter(&self) -> Result<Filter, ApiError> {
        let tags = self.tags.as_deref().unwrap_or_default().split(',');
        let tags = tags.filter(|tag| !tag.is_empty()).map(Tag::new);
        let tags: Result<BTreeSet<_>, _> = tags.collect();
        Ok(Filter {
            name: self.name.clone(),
            tags: tags.map_err(|error| Refusal::invalid("tags", error.to_string()))?,
            statuses: self.status.into_iter().collect(),
            score: Bounds {
                min: self.min_score,
                max: self.max_score,
            },
            ..Filter::default()
        })
    }

    fn order(&self) -> Result<RowOrder, ApiError> {
        let question = || {
            let missing = || Refusal::invalid("question", "is needed to sort by one");
            self.question.ok_or_else(missing)
        };
        let by = match self.by {
            By::Candidate => Column::Candidate,
            By::Name => Column::Name,
            By::Tags => Column::Tags,
            By::Status => Column::Status,
            By::Score => Column::Score,
            By::TimeUsed => Column::TimeUsed,
            By::StartedAt => Column::StartedAt,
            By::FinishedAt => Column::FinishedAt,
            By::Question => Column::Question(question()?),
            By::QuestionTime => Column::QuestionTime(question()?),
        };
        Ok(RowOrder {
            by,
            direction: self.direction,
        })
    }
}

async fn rows(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(params): Params<RowParams>,
) -> Reply<Page<ResultRow>> {
    let (filter, order) = (params.filter()?, params.order()?);
    let request = page(params.after, params.limit);
    let rows = engine.results(&actor, campaign, &filter, order, &request);
    Ok(Json(rows.await?))
}

async fn csv(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(params): Params<RowParams>,
) -> Result<Download, ApiError> {
    let (filter, order) = (params.filter()?, params.order()?);
    let results = engine.results_file(&actor, campaign, &filter, order);
    Ok(Download {
        kind: "text/csv; charset=utf-8",
        name: format!("results-{campaign}.csv"),
        body: written(results.await?),
    })
}

/// The results as a file that is written while it is read. What fails on the way cuts it off, which
/// the reader notices.
fn written(file: ResultsFile) -> Body {
    let header = stream::once(ready(Ok(file.header())));
    let lines = try_unfold(file, async |mut file| {
        let lines = file.lines().await?;
        Ok::<_, EngineError>(lines.map(|lines| (lines, file)))
    });
    Body::from_stream(header.chain(lines))
}

async fn xlsx(
    State(service): State<Service>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Result<Download, ApiError> {
    let place = service.exports.enter().await?;
    let report = service.engine.detailed_report(&actor, campaign).await?;
    let bytes = place.work(move || workbook::of(&report)).await?;
    Ok(Download {
        kind: XLSX,
        name: format!("results-{campaign}.xlsx"),
        body: bytes.map_err(|error| ApiError::internal(&error))?.into(),
    })
}

async fn scores(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(params): Params<RowParams>,
) -> Result<Download, ApiError> {
    let summary = engine
        .results_summary(&actor, campaign, &params.filter()?)
        .await?;
    Ok(Download {
        kind: "image/svg+xml",
        name: format!("scores-{campaign}.svg"),
        body: chart::of_scores(&summary.score_histogram).into(),
    })
}

async fn times(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(params): Params<RowParams>,
) -> Result<Download, ApiError> {
    let summary = engine
        .results_summary(&actor, campaign, &params.filter()?)
        .await?;
    Ok(Download {
        kind: "image/svg+xml",
        name: format!("times-{campaign}.svg"),
        body: chart::of_times(&summary.time_histogram).into(),
    })
}

async fn summary(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
    Params(params): Params<RowParams>,
) -> Reply<Summary> {
    let filter = params.filter()?;
    Ok(Json(
        engine.results_summary(&actor, campaign, &filter).await?,
    ))
}

async fn report(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Reply<GeneralReport> {
    Ok(Json(engine.general_report(&actor, campaign).await?))
}

async fn detailed(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Reply<DetailedReport> {
    Ok(Json(engine.detailed_report(&actor, campaign).await?))
}

async fn report_pdf(
    State(service): State<Service>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Result<Download, ApiError> {
    let (engine, place) = (&service.engine, service.exports.enter().await?);
    let report = engine.general_report(&actor, campaign).await?;
    let name = engine.campaign(&actor, campaign).await?.text.name;
    let fonts = service.report_fonts.clone();
    let pdf = place.work(move || report::general(&report, &name, &fonts));
    let pdf = pdf.await?;
    Ok(Download {
        kind: "application/pdf",
        name: format!("report-{campaign}.pdf"),
        body: pdf?.into(),
    })
}

async fn detailed_pdf(
    State(service): State<Service>,
    Member(actor): Member,
    Named(CampaignPath { campaign }): Named<CampaignPath>,
) -> Result<Download, ApiError> {
    let (engine, place) = (&service.engine, service.exports.enter().await?);
    let report = engine.detailed_report(&actor, campaign).await?;
    let name = engine.campaign(&actor, campaign).await?.text.name;
    let fonts = service.report_fonts.clone();
    let pdf = place.work(move || report::detailed(&report, &name, &fonts));
    let pdf = pdf.await?;
    Ok(Download {
        kind: "application/pdf",
        name: format!("detailed-report-{campaign}.pdf"),
        body: pdf?.into(),
    })
}
