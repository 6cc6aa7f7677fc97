//! The log holds everything: what is stored is what the events make of nothing.

use std::collections::BTreeMap;

use polycode_core::assessment::{
    Attempt, AttemptEvent, Campaign, CampaignEvent, Candidate, CandidateEvent,
};
use polycode_core::event::Event;
use polycode_core::quantity::Cursor;
use serde::de::DeserializeOwned;

use super::{Exam, whole};
use crate::world::HOST;

/// How a thing begins with an event, and how an event changes it.
pub(super) type Machine<E, T> = (fn(&E) -> Option<T>, fn(T, &E) -> T);

/// What the log makes of everything of a kind, by its id.
pub(super) async fn replayed<E, T>(
    exam: &Exam,
    of_kind: fn(Event) -> Option<E>,
    id: fn(&E) -> String,
    (begin, apply): Machine<E, T>,
) -> BTreeMap<String, T> {
    let log = exam
        .world
        .engine
        .events(&HOST, Cursor(0), 1_000)
        .await
        .unwrap();
    let mut all = BTreeMap::new();
    for event in log
        .into_iter()
        .filter_map(|logged| of_kind(logged.recorded.event))
    {
        let id = id(&event);
        let after = match all.remove(&id) {
            Some(before) => apply(before, &event),
            None => begin(&event).unwrap(),
        };
        all.insert(id, after);
    }
    all
}

pub(super) async fn stored<T: DeserializeOwned>(exam: &Exam, kind: &'static str, id: &str) -> T {
    let document = exam.world.store.document(kind, id).await.unwrap().unwrap();
    serde_json::from_str(&document.body).unwrap()
}

/// The id in an event, whatever happened.
pub(super) fn id_in<E: serde::Serialize>(event: &E, name: &str) -> String {
    let wire = serde_json::to_value(event).unwrap();
    let id = match &wire[name] {
        serde_json::Value::Object(whole) => &whole["id"],
        id => id,
    };
    id.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn as_7_as_17_as_23_the_log_makes_what_is_stored() {
    let exam = Exam::new().await;
    whole::carry_out(&exam).await;
    let campaigns = replayed(
        &exam,
        |event| match event {
            Event::Campaign(event) => Some(event),
            _ => None,
        },
        |event: &CampaignEvent| id_in(event, "campaign"),
        (Campaign::begin, Campaign::apply),
    );
    for (id, campaign) in campaigns.await {
        assert_eq!(stored::<Campaign>(&exam, "campaign", &id).await, campaign);
    }
    let candidates = replayed(
        &exam,
        |event| match event {
            Event::Candidate(event) => Some(event),
            _ => None,
        },
        |event: &CandidateEvent| id_in(event, "candidate"),
        (Candidate::begin, Candidate::apply),
    );
    let candidates = candidates.await;
    assert_eq!(candidates.len(), 4);
    for (id, candidate) in candidates {
        assert_eq!(
            stored::<Candidate>(&exam, "candidate", &id).await,
            candidate
        );
    }
    let attempts = replayed(
        &exam,
        |event| match event {
            Event::Attempt(event) => Some(event),
            _ => None,
        },
        |event: &AttemptEvent| id_in(event, "attempt"),
        (Attempt::begin, Attempt::apply),
    );
    let attempts = attempts.await;
    assert_eq!(attempts.len(), 2);
    for (id, attempt) in attempts {
        assert_eq!(stored::<Attempt>(&exam, "attempt", &id).await, attempt);
    }
}
