//! What came of a campaign, for its author.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::current::Current;
use crate::assessment::attempt::Grade;
use crate::assessment::documents::{CAMPAIGN, CandidateCard};
use crate::assessment::{
    Attempt, AttemptStatus, Campaign, Candidate, CandidateProfile, CandidateStatus, Question,
};
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, ContentId};
use crate::permission::{Action, Actor, Resource};
use crate::port::{ListPlace, Lookup, Page, PageRequest, Versioned};
use crate::quantity::{Score, Seconds};
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
    pub(super) async fn results_as_added(
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
        // They stand in the same order; whoever came or went meanwhile is looked up one by one.
        let cards = Lookup::of::<CandidateCard>(CAMPAIGN, &id);
        let cards = self.list::<CandidateCard>(cards, request()).await?;
        let cards = cards.items.into_iter().map(|card| card.value);
        let mut cards: HashMap<_, _> = cards.map(|card| (card.candidate, card)).collect();
        let mut items = Vec::new();
        for Versioned { value, .. } in found.items {
            let card = cards.remove(&value.id);
            items.push(self.result_of(&value, card).await?);
        }
        let last = items.last().filter(|_| found.next.is_some());
        Ok(Page {
            next: last.map(Table::place_after),
            items,
        })
    }

    /// How a candidate did, with what is known of them if it was read already.
    pub(super) async fn result_of(
        &self,
        candidate: &Candidate,
        card: Option<CandidateCard>,
    ) -> Result<ResultRow, EngineError> {
        let card = match card {
            Some(card) => Some(card),
            None => self.find(&candidate.id).await?.map(|card| card.value),
        };
        let attempt = match candidate.status.attempt() {
            Some(attempt) => self.find::<Attempt>(&attempt).await?,
            None => None,
        };
        let done = attempt.map(|attempt| Done::in_attempt(&attempt.value));
        Ok(row(candidate, card.map(|card| card.profile), done))
    }

    /// The results of a campaign as they are now.
    async fn results_table(
        &self,
        actor: &Actor,
        id: CampaignId,
        action: Action,
    ) -> Result<Table, EngineError> {
        let target = (action, Resource::Results);
        let now = self.clock.now();
        let Current { campaign, .. } = self.current_for(actor, id, target, now).await?;
        Ok(Table {
            rows: self.result_rows(id, |_| true).await?,
            questions: self.questions_of(&campaign).await?,
        })
    }

    /// All rows of a campaign, each with the questions that are wanted and no others.
    pub(super) async fn result_rows(
        &self,
        id: CampaignId,
        is_wanted: impl Fn(ContentId) -> bool + Send + Sync,
    ) -> Result<Vec<ResultRow>, EngineError> {
        let (mut profiles, mut attempted) = (HashMap::new(), HashMap::new());
        let mut rows = Vec::new();
        let cards = Lookup::of::<CandidateCard>(CAMPAIGN, &id);
        self.each::<CandidateCard>(cards, |card| {
            profiles.insert(card.value.candidate, card.value.profile);
        })
        .await?;
        let attempts = Lookup::of::<Attempt>(CAMPAIGN, &id);
        self.each::<Attempt>(attempts, |attempt| {
            let mut what = Done::in_attempt(&attempt.value);
            what.questions.retain(|content, _| is_wanted(*content));
            attempted.insert(attempt.value.id, what);
        })
        .await?;
        let candidates = Lookup::of::<Candidate>(CAMPAIGN, &id);
        self.each::<Candidate>(candidates, |Versioned { value, .. }| {
            let attempt = value.status.attempt();
            let done = attempt.and_then(|attempt| attempted.remove(&attempt));
            rows.push(row(&value, profiles.remove(&value.id), done));
        })
        .await?;
        Ok(rows)
    }

    pub(super) async fn questions_of(
        &self,
        campaign: &Campaign,
    ) -> Result<Vec<TestQuestion>, EngineError> {
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

/// What an attempt has for a row: much less than there is in it.
struct Done {
    score: Option<Score>,
    questions: BTreeMap<ContentId, QuestionResult>,
    started_at: Timestamp,
    finished_at: Option<Timestamp>,
    time_used: Option<Seconds>,
}

impl Done {
    fn in_attempt(attempt: &Attempt) -> Self {
        let grade = match &attempt.status {
            AttemptStatus::Graded { grade, .. } => Some(grade),
            _ => None,
        };
        Self {
            score: grade.map(|grade| grade.score),
            questions: questions(attempt, grade),
            started_at: attempt.started_at,
            finished_at: attempt.finished_at(),
            time_used: attempt.time_used(),
        }
    }
}

fn row(candidate: &Candidate, profile: Option<CandidateProfile>, done: Option<Done>) -> ResultRow {
    let (name, tags) = profile.map_or_else(
        || (String::new(), BTreeSet::new()),
        |profile| (profile.name, profile.tags),
    );
    let is_finished = matches!(candidate.status, CandidateStatus::TestFinished { .. });
    let score = done.as_ref().and_then(|done| done.score);
    ResultRow {
        candidate: candidate.id,
        name,
        tags,
        status: candidate.status.name(),
        score: score.filter(|_| is_finished),
        started_at: done.as_ref().map(|done| done.started_at),
        finished_at: done.as_ref().and_then(|done| done.finished_at),
        time_used: done.as_ref().and_then(|done| done.time_used),
        questions: done.map(|done| done.questions).unwrap_or_default(),
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
