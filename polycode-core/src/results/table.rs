//! The raw table of a campaign: filtered, sorted, and read page by page.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::StatusName;
use crate::id::{CandidateId, ContentId, Tag};
use crate::port::{Page, PageRequest};
use crate::quantity::{Score, Seconds};
use crate::refusal::Refusal;
use crate::results::sort::Place;
use crate::results::{Column, Direction, ResultRow, RowOrder, TestQuestion};

/// All candidates of a campaign, and the questions that its test may ask them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// The questions, in the order of the test.
    pub questions: Vec<TestQuestion>,
    /// The candidates, in any order.
    pub rows: Vec<ResultRow>,
}

/// Which rows are wanted; everything that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Filter {
    /// A part of the name, in whatever case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Tags that the candidate has all of.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
    /// How far the candidate has come; empty for anywhere.
    #[serde(default)]
    pub statuses: BTreeSet<StatusName>,
    /// The grade of the test.
    #[serde(default)]
    pub score: Bounds<Score>,
    /// How long the candidate worked.
    #[serde(default)]
    pub time_used: Bounds<Seconds>,
    /// When the test was started.
    #[serde(default)]
    pub started_at: Bounds<Timestamp>,
    /// When it was submitted or closed.
    #[serde(default)]
    pub finished_at: Bounds<Timestamp>,
    /// The grades of single questions.
    #[serde(default)]
    pub questions: BTreeMap<ContentId, Bounds<Score>>,
}

/// The least and the most that is wanted, both included. A row that has nothing there is left
/// out as soon as one of them is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bounds<T> {
    /// The least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<T>,
    /// The most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<T>,
}

impl Table {
    /// The rows that a filter lets through.
    pub fn matching(&self, filter: &Filter) -> impl Iterator<Item = &ResultRow> {
        let name = filter.name.as_ref().map(|name| name.to_lowercase());
        self.rows
            .iter()
            .filter(move |row| filter.takes(row, name.as_deref()))
    }

    /// The end of a page of rows in the order in which candidates were added, which is that of the
    /// store: as [`Table::page`] gives it.
    pub(crate) fn place_after(row: &ResultRow) -> String {
        let order = RowOrder::default();
        cursor(order, &order.place(row))
    }

    /// The candidate after whom a page begins in that order.
    pub(crate) fn candidate_before(after: &str) -> Result<CandidateId, Refusal> {
        read_cursor(after, RowOrder::default()).map(|place| place.candidate)
    }

    /// The rows that a filter lets through, in an order.
    pub fn sorted(&self, filter: &Filter, order: RowOrder) -> Vec<&ResultRow> {
        self.placed(filter, order)
            .into_iter()
            .map(|(_, row)| row)
            .collect()
    }

    /// A part of the rows that a filter lets through, in an order; it starts after the row that
    /// the page before gave as `next`, also when rows came, went or changed meanwhile.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when `after` is not the end of a page in this order.
    pub fn page(
        &self,
        filter: &Filter,
        order: RowOrder,
        request: &PageRequest,
    ) -> Result<Page<&ResultRow>, Refusal> {
        let after = request
            .after
            .as_deref()
            .map(|after| read_cursor(after, order))
            .transpose()?;
        let rows = self.placed(filter, order);
        let start = after.map_or(0, |after| {
            rows.partition_point(|(place, _)| order.compare(place, &after).is_le())
        });
        let rest = rows.get(start..).unwrap_or_default();
        let limit = request.limit.clamp(1, PageRequest::MAX) as usize;
        let page = rest.get(..limit.min(rest.len())).unwrap_or_default();
        let last = page.last().filter(|_| rest.len() > limit);
        Ok(Page {
            items: page.iter().map(|(_, row)| *row).collect(),
            next: last.map(|(place, _)| cursor(order, place)),
        })
    }

    fn placed(&self, filter: &Filter, order: RowOrder) -> Vec<(Place<'_>, &ResultRow)> {
        let rows = self.matching(filter);
        let mut rows: Vec<_> = rows.map(|row| (order.place(row), row)).collect();
        rows.sort_unstable_by(|(one, _), (other, _)| order.compare(one, other));
        rows
    }
}

impl Filter {
    fn takes(&self, row: &ResultRow, name: Option<&str>) -> bool {
        name.is_none_or(|part| row.name.to_lowercase().contains(part))
            && self.tags.is_subset(&row.tags)
            && (self.statuses.is_empty() || self.statuses.contains(&row.status))
            && self.score.take(row.score)
            && self.time_used.take(row.time_used)
            && self.started_at.take(row.started_at)
            && self.finished_at.take(row.finished_at)
            && self.questions.iter().all(|(content, bounds)| {
                bounds.take(row.questions.get(content).and_then(|result| result.score))
            })
    }
}

impl<T> Default for Bounds<T> {
    fn default() -> Self {
        Self {
            min: None,
            max: None,
        }
    }
}

impl<T: PartialOrd> Bounds<T> {
    fn take(&self, value: Option<T>) -> bool {
        match value {
            None => self.min.is_none() && self.max.is_none(),
            Some(value) => {
                self.min.as_ref().is_none_or(|min| value >= *min)
                    && self.max.as_ref().is_none_or(|max| value <= *max)
            }
        }
    }
}

/// The end of a page: opaque to callers, and of use in the same order only.
#[derive(Serialize, Deserialize)]
struct Cursor<'a> {
    order: RowOrder,
    place: Place<'a>,
}

fn cursor(order: RowOrder, place: &Place<'_>) -> String {
    let cursor = Cursor {
        order,
        place: place.clone(),
    };
    // A cursor is made of plain texts and numbers, which JSON always takes.
    serde_json::to_string(&cursor).unwrap_or_default()
}

fn read_cursor(text: &str, order: RowOrder) -> Result<Place<'_>, Refusal> {
    let cursor = serde_json::from_str::<Cursor<'_>>(text).ok();
    let cursor = cursor.filter(|cursor| cursor.order == order);
    let cursor = cursor.ok_or_else(|| Refusal::invalid("after", "not a place in this order"))?;
    Ok(cursor.place)
}

impl Default for RowOrder {
    /// As the candidates were added.
    fn default() -> Self {
        Self {
            by: Column::Candidate,
            direction: Direction::Ascending,
        }
    }
}

#[cfg(test)]
mod tests;
