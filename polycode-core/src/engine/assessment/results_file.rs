//! The results of a campaign as a file that is written while it is read.

use std::collections::BTreeSet;

use crate::assessment::{Candidate, CandidateStatus};
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, CandidateId, ContentId};
use crate::permission::{Action, Actor, Resource};
use crate::port::PageRequest;
use crate::results::{Column, Filter, ResultRow, RowOrder, Table};

/// A CSV file of results, piece by piece; see [`Engine::results_file`].
#[derive(Debug)]
pub struct ResultsFile {
    engine: Engine,
    actor: Actor,
    campaign: CampaignId,
    filter: Filter,
    /// The columns, and the rows that are written.
    table: Table,
    rest: Rest,
}

/// What is not written yet.
#[derive(Debug)]
enum Rest {
    /// What comes after this place of the store's own order.
    AsAdded {
        after: Option<String>,
    },
    /// These, in this order.
    Sorted(std::vec::IntoIter<CandidateId>),
    Nothing,
}

impl ResultsFile {
    /// The first row, which names the columns.
    pub fn header(&self) -> String {
        self.table.csv_header()
    }

    /// The next rows, 100 at most; none after the last.
    ///
    /// A row tells what holds when it is written. Who came too late for the order, or does not fit the
    /// filter any more, is left out.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the campaign is not there for the actor any more;
    /// [`EngineError::Store`] when the store failed.
    pub async fn lines(&mut self) -> Result<Option<String>, EngineError> {
        const AT_ONCE: u32 = PageRequest::MAX;
        loop {
            self.table.rows = match &mut self.rest {
                Rest::Nothing => return Ok(None),
                Rest::AsAdded { after } => {
                    let (after, limit) = (after.take(), AT_ONCE);
                    let request = PageRequest { after, limit };
                    let page = self
                        .engine
                        .results_as_added(&self.actor, self.campaign, &request);
                    let page = page.await?;
                    self.rest = match page.next {
                        None => Rest::Nothing,
                        after => Rest::AsAdded { after },
                    };
                    page.items
                }
                Rest::Sorted(candidates) => {
                    let next: Vec<_> = candidates.take(AT_ONCE as usize).collect();
                    if next.is_empty() {
                        self.rest = Rest::Nothing;
                    }
                    self.engine
                        .results_of(&self.actor, self.campaign, next)
                        .await?
                }
            };
            let lines = self.table.csv_lines(&self.filter);
            if !lines.is_empty() {
                return Ok(Some(lines));
            }
        }
    }
}

impl Engine {
    /// ST-6: begins a CSV file of the results, as [`Engine::results_csv`] gives it whole. In the order
    /// in which candidates were added, nothing but the rows that are written is kept. For another
    /// order all rows are looked at first, and of each nothing is kept but whose it is.
    ///
    /// # Errors
    /// As [`Engine::results`].
    pub async fn results_file(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        filter: &Filter,
        order: RowOrder,
    ) -> Result<ResultsFile, EngineError> {
        let target = (Action::Export, Resource::Results);
        let now = self.clock.now();
        let current = self.current_for(actor, campaign, target, now).await?;
        let rest = if order == RowOrder::default() {
            Rest::AsAdded { after: None }
        } else {
            let wanted = compared(filter, order);
            let table = Table {
                questions: Vec::new(),
                rows: self
                    .result_rows(campaign, |content| wanted.contains(&content))
                    .await?,
            };
            let rows = table.sorted(filter, order).into_iter();
            let candidates: Vec<_> = rows.map(|row| row.candidate).collect();
            Rest::Sorted(candidates.into_iter())
        };
        Ok(ResultsFile {
            engine: self.clone(),
            actor: actor.clone(),
            campaign,
            filter: filter.clone(),
            table: Table {
                questions: self.questions_of(&current.campaign).await?,
                rows: Vec::new(),
            },
            rest,
        })
    }

    /// The rows of some candidates; of those who were not removed meanwhile.
    async fn results_of(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        candidates: Vec<CandidateId>,
    ) -> Result<Vec<ResultRow>, EngineError> {
        let target = (Action::Export, Resource::Results);
        self.current_for(actor, campaign, target, self.clock.now())
            .await?;
        let mut rows = Vec::with_capacity(candidates.len());
        for id in candidates {
            let candidate = self.find::<Candidate>(&id).await?;
            let candidate = candidate.map(|candidate| candidate.value);
            let is_there = |one: &Candidate| !matches!(one.status, CandidateStatus::Removed { .. });
            if let Some(candidate) = candidate.filter(is_there) {
                rows.push(self.result_of(&candidate, None).await?);
            }
        }
        Ok(rows)
    }
}

/// The questions that rows are chosen or sorted by.
fn compared(filter: &Filter, order: RowOrder) -> BTreeSet<ContentId> {
    let sorted_by = match order.by {
        Column::Question(content) | Column::QuestionTime(content) => Some(content),
        _ => None,
    };
    filter.questions.keys().copied().chain(sorted_by).collect()
}
