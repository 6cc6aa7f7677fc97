//! Assessment: a test, its campaign, and those who sit it.

mod attempts;
mod campaigns;
mod candidates;
mod clock;
mod invitations;
mod marking;
mod regrading;
mod replay;
mod results;
mod tests;
mod whole;

use jiff::{SignedDuration, Timestamp};
use polycode_core::EngineError;
use polycode_core::assessment::{CampaignPlan, Test, TestDraft};
use polycode_core::catalogue::Content;
use polycode_core::engine::{
    AnswerTo, AttemptView, CampaignView, NewCandidate, SentInvitation, Ticked,
};
use polycode_core::id::{AttemptId, CandidateId, ContentId, SeatId};
use polycode_core::judging::Answer;
use polycode_core::permission::{Actor, Role};
use polycode_core::port::Versioned;
use serde_json::json;

use crate::world::{World, exercise, question, user};

pub(crate) const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A world with a test of two questions (a program that counts 3, a choice that counts 1) that
/// takes an hour at most, in a campaign that opens in an hour and lasts a day.
pub(crate) struct Exam {
    pub(crate) world: World,
    pub(crate) author: Actor,
    pub(crate) program: ContentId,
    pub(crate) choice: ContentId,
    pub(crate) test: Versioned<Test>,
    pub(crate) campaign: CampaignView,
}

pub(crate) fn creator(name: &str) -> Actor {
    person(name).with(Role::AssessmentCreator)
}

pub(crate) fn person(name: &str) -> Actor {
    Actor::user(user(name))
}

pub(crate) fn draft(program: &Versioned<Content>, choice: &Versioned<Content>) -> TestDraft {
    serde_json::from_value(json!({
        "name": "Squares", "description": "Two questions.", "timeLimit": 3600,
        "pools": [{"questions": [
            {"content": program.value.id, "version": program.version, "points": 3},
            {"content": choice.value.id, "version": choice.version, "timeLimit": 600},
        ]}],
    }))
    .unwrap()
}

impl Exam {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut CampaignPlan)) -> Self {
        Self::on(World::new(), change).await
    }

    pub(crate) async fn on(world: World, change: impl FnOnce(&mut CampaignPlan)) -> Self {
        let program = world.publish(exercise("squares")).await;
        let choice = world.publish(question("colours")).await;
        let author = creator("grace");
        let draft = draft(&program, &choice);
        let test = world.engine.create_test(&author, draft).await.unwrap();
        let mut plan = plan(&test, world.clock.reads() + HOUR);
        change(&mut plan);
        let named = serde_json::from_value(json!({"name": "Autumn"})).unwrap();
        let engine = &world.engine;
        let campaign = engine.create_campaign(&author, named, plan).await.unwrap();
        let (program, choice) = (program.value.id, choice.value.id);
        Self {
            world,
            author,
            program,
            choice,
            test,
            campaign,
        }
    }

    /// The same, scheduled, with these candidates invited.
    pub(crate) async fn invited(&self, names: &[&str]) -> Vec<SentInvitation> {
        let engine = &self.world.engine;
        let candidates = names.iter().map(|name| candidate(name)).collect();
        let id = self.campaign.id;
        let intake = engine
            .add_candidates(&self.author, id, candidates)
            .await
            .unwrap();
        assert_eq!(intake.added as usize, names.len());
        engine.schedule_campaign(&self.author, id).await.unwrap();
        engine.invite_candidates(&self.author, id).await.unwrap()
    }

    /// The same, when they all have accepted and the campaign is open.
    pub(crate) async fn open(&self, names: &[&str]) -> Vec<CandidateId> {
        let mut candidates = Vec::new();
        for (invitation, name) in self.invited(names).await.iter().zip(names) {
            let engine = &self.world.engine;
            let accepted = engine
                .accept_invitation(&person(name), &invitation.token, None)
                .await;
            candidates.push(accepted.unwrap().candidate);
        }
        self.world.clock.advance(HOUR);
        self.tick().await;
        candidates
    }

    /// One candidate in the middle of the test, with both questions open.
    pub(crate) async fn started(&self, name: &str) -> AttemptView {
        let candidate = self.open(&[name]).await[0];
        let (engine, actor) = (&self.world.engine, person(name));
        let view = engine.start_test(&actor, candidate).await.unwrap();
        for question in [self.program, self.choice] {
            let seat = view.seat.unwrap();
            let opened = engine.open_question(&actor, view.id, seat, question);
            opened.await.unwrap();
        }
        view
    }

    pub(crate) async fn tick(&self) -> Ticked {
        self.world.engine.tick().await.unwrap()
    }

    pub(crate) fn to(&self, attempt: AttemptId, seat: SeatId, answer: Answer) -> AnswerTo {
        let (question, component) = match answer {
            Answer::Choice(_) => (self.choice, "quiz"),
            _ => (self.program, "code"),
        };
        AnswerTo {
            attempt,
            seat,
            question,
            component: component.parse().unwrap(),
            answer,
        }
    }
}

pub(crate) fn plan(test: &Versioned<Test>, starts_at: Timestamp) -> CampaignPlan {
    serde_json::from_value(json!({
        "test": test.value.id, "testVersion": test.version,
        "startsAt": starts_at, "endsAt": starts_at + HOUR * 24, "passMark": 500_000,
    }))
    .unwrap()
}

pub(crate) fn candidate(name: &str) -> NewCandidate {
    NewCandidate {
        name: name.to_owned(),
        address: format!("{name}@example.org"),
        ..NewCandidate::default()
    }
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, EngineError>) -> &'static str {
    result.unwrap_err().code()
}
