//! What came of a campaign, for its author.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::current::Current;
use crate::assessment::attempt::Grade;
use crate::assessment::documents::{CAMPAIGN, CandidateCard};
use crate::assessment::{
    Attempt, AttemptStatus, Campaign, Candidate, CandidateProfile, CandidateStatus, Question,
};
use crate::engine::{Engine, EngineError};
use crate::id::{AttemptId, CampaignId, ContentId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{ListPlace, Lookup, Page, PageRequest, Versioned};
use crate::results::{
    DetailedReport, Filter, GeneralReport, QuestionResult, ResultRow, RowOrder, Summary, Table,
    TestQuestion,
};

impl Engine {
    /// ST-1, ST-3: the raw results of a campaign, filtered and in an order, page by page.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the campaign is not there for the actor, or the page is not
    /// one of this order; [`EngineError::Store`] when the store failed.
    pub async fn results(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        filter: &Filter,
        order: RowOrder,
        page: &PageRequest,
    ) -> Result<Page<ResultRow>, EngineError> {
        page.check()?;
        if order == RowOrder::default() && *filter == Filter::default() {
            return self.results_as_added(actor, campaign, page).await;
        }
        let table = self.results_table(actor, campaign, Action::Read).await?;
        Ok(table.page(filter, order, page)?.map(Clone::clone))
    }

    /// ST-6: the questions that a file of the results has a column for, in their order.
    ///
    /// # Errors
    /// As [`Engine::results`].
    pub async fn results_questions(
        &self,
        actor: &Actor,
        campaign: CampaignId,
    ) -> Result<Vec<TestQuestion>, EngineError> {
        let target = (Action::Export, Resource::Results);
        let now = self.clock.now();
        let current = self.current_for(actor, campaign, target, now).await?;
        self.questions_of(&current.campaign).await
    }

    /// ST-2: the results of a campaign, or of a part of it, in a few numbers: what charts are
    /// drawn from.
    ///
    /// # Errors
    /// As [`Engine::results`].
    pub async fn results_summary(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        filter: &Filter,
    ) -> Result<Summary, EngineError> {
        let table = self.results_table(actor, campaign, Action::Read).await?;
        Ok(Summary::of(table.matching(filter)))
    }

    /// ST-4: the report on a campaign as a whole: summary, questions, reliability, groups by tag.
    ///
    /// # Errors
    /// As [`Engine::results`].
    pub async fn general_report(
        &self,
        actor: &Actor,
        campaign: CampaignId,
    ) -> Result<GeneralReport, EngineError> {
        let table = self.results_table(actor, campaign, Action::Export).await?;
        Ok(table.general_report(campaign, self.clock.now()))
    }

    /// ST-5: the report on a campaign with every candidate in it.
    ///
    /// # Errors
    /// As [`Engine::results`].
    pub async fn detailed_report(
        &self,
        actor: &Actor,
        campaign: CampaignId,
    ) -> Result<DetailedReport, EngineError> {
        let table = self.results_table(actor, campaign, Action::Export).await?;
        Ok(table.detailed_report(campaign, self.clock.now()))
    }

    /// ST-6: every candidate as the rows of a CSV file, with the header first.
    ///
    /// # Errors
    /// As [`Engine::results`].
    pub async fn results_csv(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        filter: &Filter,
        order: RowOrder,
    ) -> Result<String, EngineError> {
        let table = self.results_table(actor, campaign, Action::Export).await?;
        Ok(table.csv(filter, order))
    }

    /// A page of all results in the order of the store: nothing but this page is read.
    async fn results_as_added(
        &self,
        actor: &Actor,
        id: CampaignId,
        page: &PageRequest,
    ) -> Result<Page<ResultRow>, EngineError> {
        let target = (Action::Read, Resource::Results);
        self.current_for(actor, id, target, self.clock.now())
            .await?;
        let after = page.after.as_deref().map(Table::candidate_before);
        let after = after.transpose()?.map(|candidate| {
            let (sort, key) = (candidate.to_string(), candidate.to_string());
            ListPlace { sort, key }.write()
        });
        let request = || PageRequest {
            after: after.clone(),
            limit: page.limit,
        };
        let candidates = Lookup::of::<Candidate>(CAMPAIGN, &id);
        let found = self.list::<Candidate>(candidates, request()).await?;
        // They stand in the same order; whoever came or went meanwhile is looked up below.
        let cards = Lookup::of::<CandidateCard>(CAMPAIGN, &id);
        let cards = self.list::<CandidateCard>(cards, request()).await?;
        let cards = cards.items.into_iter().map(|card| card.value);
        let mut cards: HashMap<_, _> = cards.map(|card| (card.candidate, card)).collect();
        let mut items = Vec::new();
        for Versioned { value, .. } in found.items {
            let card = match cards.remove(&value.id) {
                Some(card) => Some(card),
                None => self.find(&value.id).await?.map(|card| card.value),
            };
            let attempt = match value.status.attempt() {
                Some(attempt) => self.find::<Attempt>(&attempt).await?,
                None => None,
            };
            let profile = card.map(|card| card.profile);
            let attempt = attempt.map(|attempt| attempt.value);
            items.push(row(&value, profile, attempt.as_ref()));
        }
        let last = items.last().filter(|_| found.next.is_some());
        Ok(Page {
            next: last.map(Table::place_after),
            items,
        })
    }

    /// The results of a campaign as they are now.
    async fn results_table(
        &self,
        actor: &Actor,
        id: CampaignId,
        action: Action,
    ) -> Result<Table, EngineError> {
        let now = self.clock.now();
        let target = (action, Resource::Results);
        let Current { campaign, .. } = self.current_for(actor, id, target, now).await?;
        let cards = Lookup::of::<CandidateCard>(CAMPAIGN, &id);
        let cards: Vec<Versioned<CandidateCard>> = self.all(cards).await?;
        let mut profiles: HashMap<_, _> = cards
            .into_iter()
            .map(|card| (card.value.candidate, card.value.profile))
            .collect();
        let attempts: Vec<Versioned<Attempt>> =
            self.all(Lookup::of::<Attempt>(CAMPAIGN, &id)).await?;
        let attempts: HashMap<AttemptId, Attempt> = attempts
            .into_iter()
            .map(|attempt| (attempt.value.id, attempt.value))
            .collect();
        let candidates: Vec<Versioned<Candidate>> =
            self.all(Lookup::of::<Candidate>(CAMPAIGN, &id)).await?;
        let rows = candidates.into_iter().map(|Versioned { value, .. }| {
            let attempt = value.status.attempt();
            let attempt = attempt.and_then(|attempt| attempts.get(&attempt));
            row(&value, profiles.remove(&value.id), attempt)
        });
        Ok(Table {
            rows: rows.collect(),
            questions: self.questions_of(&campaign).await?,
        })
    }

    async fn questions_of(&self, campaign: &Campaign) -> Result<Vec<TestQuestion>, EngineError> {
        let (test, version) = (campaign.plan.test, campaign.plan.test_version);
        let test = self.load_test_version(test, version).await?;
        let mut questions = Vec::new();
        for Question {
            content,
            version,
            points,
            ..
        } in test.draft.pools.iter().flat_map(|pool| &pool.questions)
        {
            questions.push(TestQuestion {
                content: *content,
                name: self.content_asked(*content, *version).await?.draft.name,
                points: points.get(),
            });
        }
        Ok(questions)
    }
}

fn row(
    candidate: &Candidate,
    profile: Option<CandidateProfile>,
    attempt: Option<&Attempt>,
) -> ResultRow {
    let (name, tags) = profile.map_or_else(
        || (String::new(), BTreeSet::new()),
        |profile| (profile.name, profile.tags),
    );
    let grade = attempt.and_then(|attempt| match &attempt.status {
        AttemptStatus::Graded { grade, .. } => Some(grade),
        _ => None,
    });
    let is_finished = matches!(candidate.status, CandidateStatus::TestFinished { .. });
    ResultRow {
        candidate: candidate.id,
        name,
        tags,
        status: candidate.status.name(),
        score: grade.filter(|_| is_finished).map(|grade| grade.score),
        questions: attempt
            .map(|attempt| questions(attempt, grade))
            .unwrap_or_default(),
        started_at: attempt.map(|attempt| attempt.started_at),
        finished_at: attempt.and_then(Attempt::finished_at),
        time_used: attempt.and_then(Attempt::time_used),
    }
}

fn questions(attempt: &Attempt, grade: Option<&Grade>) -> BTreeMap<ContentId, QuestionResult> {
    let result = |content: ContentId| {
        let opened = attempt.opened.get(&content);
        let is_answered = opened.is_some_and(|opened| {
            let mut parts = opened.parts.values();
            parts.any(|part| part.submitted.is_some())
        });
        let score = grade.and_then(|grade| grade.questions.get(&content).copied());
        QuestionResult {
            score: score.filter(|_| is_answered),
            time_used: attempt.time_used_for(content),
        }
    };
    let paper = attempt.paper.iter();
    paper
        .map(|asked| (asked.content, result(asked.content)))
        .collect()
}
