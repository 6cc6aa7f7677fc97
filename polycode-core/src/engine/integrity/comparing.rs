//! Answers compared with each other. No grade follows from it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::documents::{self, TestAnswer};
use crate::catalogue::Content;
use crate::catalogue::component::Element;
use crate::engine::changes::Changes;
use crate::engine::{Engine, EngineError};
use crate::id::{CampaignId, ComponentId, ContentId, SubmissionId, TeamId, UserId};
use crate::integrity::{Review, Similarity, SimilaritySearch, Source};
use crate::judging::{Answer, AskedIn, Program, Submission};
use crate::people::Team;
use crate::permission::{Action, Actor, Resource};
use crate::port::{Lookup, PageRequest, Versioned};

/// What came of comparing answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    /// How many programs were compared: the last of each user for each component.
    pub programs: u64,
    /// How many pairs are alike.
    pub pairs: u64,
    /// How many of them were not known, or are measured otherwise now.
    pub news: u64,
}

impl Engine {
    /// ST-1: compares the last programs of all users for each component of a content, but for
    /// what they were given to start from, and stores a review for each pair that is alike.
    /// Programs of one user or of one team are not compared. May be called again at any time.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the content is not there or the search
    /// breaks a rule; [`EngineError::Store`] when the store failed.
    pub async fn compare_answers(
        &self,
        actor: &Actor,
        content: ContentId,
        search: SimilaritySearch,
    ) -> Result<Compared, EngineError> {
        let permission = Action::Review.on(Resource::Similarity);
        self.require_similarity(actor, permission, content).await?;
        search.check()?;
        let stored = self.load_content(content).await?.value;
        let asked = AskedIn::practice(content);
        let mut compared = Compared::default();
        for (component, submissions) in self.last_answers(content).await? {
            let mut sources = Vec::new();
            for submission in &submissions {
                sources.extend(self.source(submission.id).await?);
            }
            let starters = starters(&stored, &component);
            self.compare(&mut compared, asked, &search, (&sources, &starters))
                .await?;
        }
        Ok(compared)
    }

    /// ST-1: compares what the candidates of a campaign answered to each question, as
    /// [`Engine::compare_answers`] compares the answers to a content.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the campaign is not the actor's or the search breaks a rule;
    /// [`EngineError::Store`] when the store failed.
    pub async fn compare_campaign(
        &self,
        actor: &Actor,
        campaign: CampaignId,
        search: SimilaritySearch,
    ) -> Result<Compared, EngineError> {
        self.similarity_in(actor, Action::Review, campaign).await?;
        search.check()?;
        let mut last = BTreeMap::new();
        let answers = Lookup::of::<TestAnswer>(documents::CAMPAIGN, &campaign);
        for Versioned { value, .. } in self.all::<TestAnswer>(answers).await? {
            let asked = (value.question, value.version, value.component.clone());
            let own: &mut BTreeMap<_, _> = last.entry(asked).or_default();
            own.insert(value.user, value.submission);
        }
        let mut compared = Compared::default();
        for ((content, version, component), own) in last {
            let mut sources = Vec::new();
            for submission in own.into_values() {
                sources.extend(self.source(submission).await?);
            }
            let question = self.content_asked(content, version).await?;
            let starters = starters(&question, &component);
            let asked = AskedIn::campaign(campaign, content);
            self.compare(&mut compared, asked, &search, (&sources, &starters))
                .await?;
        }
        Ok(compared)
    }

    /// Compares programs and stores what is alike.
    async fn compare(
        &self,
        compared: &mut Compared,
        asked: AskedIn,
        search: &SimilaritySearch,
        (sources, starters): (&[Source], &[Program]),
    ) -> Result<(), EngineError> {
        compared.programs += sources.len() as u64;
        for found in search.pairs(sources, starters)? {
            compared.pairs += 1;
            compared.news += u64::from(self.measure(asked, &found).await?);
        }
        Ok(())
    }

    /// Stores what a comparison found; whether it is news.
    async fn measure(&self, asked: AskedIn, found: &Similarity) -> Result<bool, EngineError> {
        let mut tries = self.tries();
        loop {
            let known = self.find::<Review>(&found.pair.key()).await?;
            let review = known.as_ref().map(|known| &known.value);
            let Some(measured) = Review::decide_measure(asked, review, found, self.clock.now())
            else {
                return Ok(false);
            };
            let mut changes = Changes::default();
            match known {
                None => {
                    if let Some(review) = Review::begin(&measured) {
                        changes.create(&review)?;
                    }
                }
                Some(Versioned { version, value }) => {
                    changes.put(&value.apply(&measured), Some(version))?;
                }
            }
            changes.event(measured);
            if tries.lands(changes).await? {
                return Ok(true);
            }
        }
    }

    /// The last submission of each user to each component.
    async fn last_answers(
        &self,
        content: ContentId,
    ) -> Result<BTreeMap<ComponentId, Vec<Submission>>, EngineError> {
        let mut last: BTreeMap<ComponentId, BTreeMap<UserId, Submission>> = BTreeMap::new();
        let mut after = None;
        loop {
            let limit = PageRequest::MAX;
            let request = PageRequest { after, limit };
            let page = self.store.submissions_to(content, request).await?;
            for submission in page.items {
                let own = last.entry(submission.component.clone()).or_default();
                own.insert(submission.user.clone(), submission);
            }
            after = page.next;
            if after.is_none() {
                let last = last.into_iter();
                return Ok(last
                    .map(|(component, own)| (component, own.into_values().collect()))
                    .collect());
            }
        }
    }

    /// A program that was answered, in practice or in a test; none for any other answer.
    pub(super) async fn source(
        &self,
        submission: SubmissionId,
    ) -> Result<Option<Source>, EngineError> {
        let in_test = self.find::<TestAnswer>(&submission).await?;
        let given = if let Some(Versioned { value, .. }) = in_test {
            Some((value.user, value.answer))
        } else {
            let user = self.load_submission(submission).await?.value.user;
            let answer = self.store.answer(submission).await?;
            answer.map(|answer| (user, answer))
        };
        let Some((user, Answer::Code(program))) = given else {
            return Ok(None);
        };
        Ok(Some(Source {
            submission,
            team: self.team_at_work(&user).await?,
            user,
            program,
        }))
    }

    /// The team that a user is in: its members may work together.
    async fn team_at_work(&self, user: &UserId) -> Result<Option<TeamId>, EngineError> {
        let lookup = Lookup::of::<Team>(Team::MEMBER, user);
        let team = self.find_by::<Team>(lookup).await?;
        Ok(team.map(|team| team.value.id))
    }
}

/// What everybody was given to start from.
pub(super) fn starters(content: &Content, component: &ComponentId) -> Vec<Program> {
    let component = content.draft.component(component);
    let Some(Element::CodeEditor(editor)) = component.map(|component| &component.element) else {
        return Vec::new();
    };
    let starters = editor.languages.iter().flat_map(|(language, starter)| {
        [&starter.files, &starter.fixed].map(|files| Program {
            language: language.clone(),
            files: files.clone(),
            entry: None,
        })
    });
    starters.collect()
}
