//! The JSON Schemas of everything that crosses a border, made from core's own types.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use polycode_core::assessment::documents::TestAnswer;
use polycode_core::assessment::{
    Address, CampaignPlan, CampaignText, CandidateProfile, ExtraTime, Test, TestDraft,
};
use polycode_core::catalogue::{
    Authorship, Bought, Content, ContentDraft, ContentQuery, ContentSummary, ContentView, Course,
    Item, ItemDraft, ItemView, Module, ModuleDraft, ModuleQuery, ModuleSummary, ModuleView,
    SavedDraft,
};
use polycode_core::certification::{
    Achievement, AchievementCredential, Addresses, Certificate, Issuer, Pass,
};
use polycode_core::engine::{
    AnswerReceived, AnswerTo, AttemptView, AuthoredContent, BuyItem, CampaignView, CandidateView,
    Compared, ContentProgress, Imported, Intake, ModuleStanding, NewCandidate, OpenTest, Outcome,
    QuestionView, Registration, ReviewSubmission, RunProgram, RunResult, RunValidator, SaveAnswer,
    SentInvitation, Submit, TestIntroduction, Ticked, UserAccount, Verification,
};
use polycode_core::event::Logged;
use polycode_core::id::ConsumerId;
use polycode_core::integrity::{Pair, Review, Similarity, SimilaritySearch, TimelineSummary};
use polycode_core::judging::{
    Answer, AttemptsLeft, Case, Feedback, Marks, Regrade, RegradedSubmission, Report, ReviewTask,
    SubmissionView,
};
use polycode_core::people::{
    PublicTeam, PublicUser, Settings, TeamCard, TeamInvitation, TeamProfile, TeamView, UserProfile,
};
use polycode_core::permission::Actor;
use polycode_core::polypoints::{Entry, Purchase, Wallet};
use polycode_core::port::{GraderOpinion, GraderTask, Page, PageRequest, Versioned};
use polycode_core::practice::{Edit, PracticeStatistics, Progress, Workspace, WorkspacePlace};
use polycode_core::results::{DetailedReport, Filter, GeneralReport, ResultRow, RowOrder, Summary};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of one document that people write, such as a case file.
pub(crate) fn document<T: JsonSchema>() -> Value {
    generator().into_root_schema_for::<T>().to_value()
}

/// One schema whose `$defs` hold every type that crosses a binding, by name.
pub(crate) fn models() -> Result<Value> {
    let mut generator = generator();
    macro_rules! define {
        ($($name:ty),* $(,)?) => { $( generator.subschema_for::<$name>(); )* };
    }
    define! {
        Achievement, AchievementCredential, Actor, Address, Addresses, Answer, AnswerReceived,
        AnswerTo, AttemptView, AttemptsLeft, AuthoredContent, Authorship, Bought, BuyItem,
        CampaignPlan, CampaignText, CampaignView, CandidateProfile, CandidateView, Case,
        Certificate, Compared, ConsumerId, Content, ContentDraft, ContentProgress, ContentQuery,
        ContentSummary, ContentView, Course, DetailedReport, Edit, Entry, ExtraTime, Feedback,
        Filter, GeneralReport, GraderOpinion, GraderTask, Imported, Intake, Issuer, Item,
        ItemDraft, ItemView, Logged, Marks,
        Module, ModuleDraft, ModuleQuery, ModuleStanding, ModuleSummary, ModuleView, NewCandidate,
        OpenTest, Outcome, PageRequest, Pair, Pass, PracticeStatistics, Progress,
        PublicTeam, PublicUser, Purchase, QuestionView, Regrade, RegradedSubmission, Registration,
        Report, ResultRow, Review, ReviewSubmission, ReviewTask, RowOrder, RunProgram, RunResult,
        RunValidator, SaveAnswer, SavedDraft, SentInvitation, Settings, Similarity,
        SimilaritySearch, SubmissionView, Submit, Summary, TeamCard, TeamInvitation, TeamProfile,
        TeamView, Test, TestAnswer, TestDraft, TestIntroduction, Ticked, TimelineSummary,
        UserAccount, UserProfile, Verification, Wallet, Workspace, WorkspacePlace,
    }
    define! {
        Page<Authorship>, Page<CampaignView>, Page<CandidateView>, Page<Certificate>,
        Page<ContentProgress>, Page<ContentSummary>, Page<Entry>, Page<ItemView>,
        Page<ModuleSummary>, Page<OpenTest>, Page<PublicTeam>, Page<PublicUser>, Page<Purchase>,
        Page<Regrade>, Page<RegradedSubmission>, Page<ResultRow>, Page<Review>, Page<ReviewTask>,
        Page<SubmissionView>, Page<TeamInvitation>, Page<Versioned<Module>>,
        Page<Versioned<Test>>, Versioned<Content>, Versioned<Item>, Versioned<SavedDraft>,
    }
    let definitions = generator.take_definitions(true);
    let names: BTreeMap<String, String> = definitions
        .keys()
        .map(|name| (name.clone(), name_by_parameter(&definitions, name)))
        .collect();
    let mut renamed = Map::new();
    for (name, mut definition) in definitions {
        rename_references(&mut definition, &names);
        let name = names.get(&name).cloned().unwrap_or(name);
        let twice = renamed.insert(name.clone(), definition);
        ensure!(twice.is_none(), "two types are called `{name}`");
    }
    renamed.sort_keys();
    Ok(json!({
        "$schema": DIALECT,
        "title": "Models",
        "description": "Everything that crosses the bindings of PolyCode.",
        "$defs": renamed,
    }))
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

/// Pages of views are named by what is seen, bounds by what is bounded.
fn name_by_parameter(definitions: &Map<String, Value>, name: &str) -> String {
    if let Some(item) = name.strip_suffix("ViewPage") {
        return format!("{item}Page");
    }
    let definition = definitions.get(name).filter(|_| name.starts_with("Bounds"));
    let bound = |path: &str| {
        let bound = definition?.pointer(path)?;
        match bound.get("$ref").and_then(Value::as_str) {
            Some(reference) => reference.rsplit('/').next(),
            None if bound.get("format")? == "date-time" => Some("Time"),
            None => None,
        }
    };
    let bound = bound("/properties/min/anyOf/0").or_else(|| bound("/properties/min"));
    bound.map_or_else(|| name.to_owned(), |of| format!("{of}Bounds"))
}

fn rename_references(schema: &mut Value, names: &BTreeMap<String, String>) {
    match schema {
        Value::Array(items) => {
            for item in items {
                rename_references(item, names);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        let name = reference.rsplit('/').next().unwrap_or_default();
                        if let Some(name) = names.get(name) {
                            *reference = format!("#/$defs/{name}");
                        }
                    }
                    value => rename_references(value, names),
                }
            }
        }
        _ => {}
    }
}
