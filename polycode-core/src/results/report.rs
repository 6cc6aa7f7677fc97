//! The reports on a campaign as data: the general one, and the detailed one with every candidate.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::id::{CampaignId, ContentId};
use crate::polypoints::ranking::competition_ranks;
use crate::quantity::Score;
use crate::results::distribution::count;
use crate::results::summary::share;
use crate::results::{
    Column, Direction, Filter, Group, QuestionStatistics, Reliability, ResultRow, RowOrder,
    Summary, Table, TestQuestion,
};

/// A campaign as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GeneralReport {
    /// The campaign.
    pub campaign: CampaignId,
    /// When the report was made.
    pub at: Timestamp,
    /// The campaign in a few numbers.
    pub summary: Summary,
    /// The questions of the test …
    pub questions: Vec<TestQuestion>,
    /// … and how each did, in the same order.
    pub question_statistics: Vec<QuestionStatistics>,
    /// How far the test measures one thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// The groups of candidates by tag.
    pub groups: Vec<Group>,
}

/// A campaign as a whole, and every candidate in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DetailedReport {
    /// The whole.
    pub general: GeneralReport,
    /// The candidates, the best first; those without a grade last.
    pub candidates: Vec<CandidateReport>,
}

/// One candidate beside the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CandidateReport {
    /// The candidate's own row.
    pub row: ResultRow,
    /// The place among those who finished; equal grades share a place ("1224").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u64>,
    /// The percentile rank from 0 to 100: the share of the finished with a lower grade and half
    /// of those with the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percentile: Option<f64>,
    /// The questions that the candidate was given, in the order of the test.
    pub questions: Vec<QuestionReport>,
}

/// One question of one candidate beside the others'.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionReport {
    /// The question.
    pub content: ContentId,
    /// The grade; none when it was not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// The candidate's share less the mean share of everybody who was given it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside_mean: Option<f64>,
}

impl Table {
    /// The campaign as a whole.
    pub fn general_report(&self, campaign: CampaignId, at: Timestamp) -> GeneralReport {
        GeneralReport {
            campaign,
            at,
            summary: Summary::of(&self.rows),
            questions: self.questions.clone(),
            question_statistics: self.question_statistics(),
            reliability: self.reliability(),
            groups: self.groups(),
        }
    }

    /// The campaign as a whole, and every candidate in it.
    pub fn detailed_report(&self, campaign: CampaignId, at: Timestamp) -> DetailedReport {
        let general = self.general_report(campaign, at);
        let order = RowOrder {
            by: Column::Score,
            direction: Direction::Descending,
        };
        let (placed, others): (Vec<_>, Vec<_>) = self
            .sorted(&Filter::default(), order)
            .into_iter()
            .partition(|row| row.is_finished() && row.score.is_some());
        let n = count(placed.len());
        let ranks = competition_ranks(placed.iter().map(|row| row.score));
        let ranked = placed.iter().zip(&ranks).map(|(row, rank)| {
            let same = ranks.partition_point(|other| other <= rank)
                - ranks.partition_point(|other| other < rank);
            let lower = ranks.len() - ranks.partition_point(|other| other <= rank);
            let percentile = 100.0 * (count(lower) + count(same) / 2.0) / n;
            candidate(row, &general, Some(*rank), Some(percentile))
        });
        let unranked = others
            .iter()
            .map(|row| candidate(row, &general, None, None));
        let candidates = ranked.chain(unranked).collect();
        DetailedReport {
            general,
            candidates,
        }
    }
}

fn candidate(
    row: &ResultRow,
    general: &GeneralReport,
    rank: Option<u64>,
    percentile: Option<f64>,
) -> CandidateReport {
    let given = general.question_statistics.iter().filter_map(|statistics| {
        let result = row.questions.get(&statistics.content)?;
        let own = result.score.map_or(0.0, share);
        let mean = statistics.difficulty.filter(|_| row.is_finished());
        Some(QuestionReport {
            content: statistics.content,
            score: result.score,
            beside_mean: mean.map(|mean| own - mean),
        })
    });
    CandidateReport {
        row: row.clone(),
        rank,
        percentile,
        questions: given.collect(),
    }
}

#[cfg(test)]
mod tests;
