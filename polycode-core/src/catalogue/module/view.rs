//! A module as learners see it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Module, ModuleDraft};
use crate::catalogue::ContentSummary;
use crate::id::ModuleId;

/// A module in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleSummary {
    /// Its id.
    pub id: ModuleId,
    /// What its author wrote about it.
    #[serde(flatten)]
    pub draft: ModuleDraft,
}

/// A module with what is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModuleView {
    /// The module.
    #[serde(flatten)]
    pub summary: ModuleSummary,
    /// The published modules in it, in order.
    pub modules: Vec<ModuleSummary>,
    /// The published contents in it, in order.
    pub contents: Vec<ContentSummary>,
}

impl From<&Module> for ModuleSummary {
    fn from(module: &Module) -> Self {
        Self {
            id: module.id,
            draft: module.draft.clone(),
        }
    }
}
