//! What is sold: nobody sees it but who bought it, and its author.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DetailPart, Item, ItemKind};
use crate::catalogue::ContentDraft;
use crate::id::{ComponentId, ContentId, ItemId, ValidatorId};
use crate::judging::validator::Check;
use crate::judging::{FileName, Validator};
use crate::polypoints::Purchase;
use crate::quantity::Points;

/// An item in a list: everything but what is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// The item.
    pub item: ItemId,
    /// The content that it helps with.
    pub content: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// What sort of thing is sold, such as `hint`.
    pub kind: String,
    /// What it costs.
    pub price: Points,
    /// When the one who looks bought it, if they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bought_at: Option<Timestamp>,
}

/// An item that was bought, with what was sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bought {
    /// The purchase.
    pub purchase: Purchase,
    /// What was sold.
    pub goods: Goods,
}

/// What an item gives to whoever bought it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Goods {
    /// A hint.
    Hint {
        /// What it says, in `CommonMark`; whoever shows it must sanitise it.
        text: String,
    },
    /// What a validator does.
    ValidatorDetail {
        /// What it gives to the program, when that is sold.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        input: Option<ValidatorInput>,
        /// What it expects of the program, when that is sold.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expected: Option<ValidatorExpectation>,
    },
}

/// What a validator gives to a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ValidatorInput {
    /// It runs the program.
    Run {
        /// Standard input.
        stdin: String,
        /// The arguments.
        args: Vec<String>,
        /// The files beside the program.
        files: BTreeMap<FileName, String>,
    },
    /// It calls a function of the program.
    Call {
        /// The function.
        function: String,
        /// Its arguments, in order.
        args: Vec<Value>,
    },
}

/// What a validator expects of a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ValidatorExpectation {
    /// That it writes something.
    Output {
        /// The standard output; none when any will do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stdout: Option<String>,
        /// The texts of files that it leaves behind.
        files: BTreeMap<FileName, String>,
    },
    /// That its function returns something.
    Value {
        /// The value.
        value: Value,
    },
}

impl Item {
    /// Everything but what is sold.
    pub fn view(&self, bought: Option<&Purchase>) -> ItemView {
        let kind = match self.draft.kind {
            ItemKind::Hint { .. } => "hint",
            ItemKind::ValidatorDetail { .. } => "validator_detail",
        };
        ItemView {
            item: self.id,
            content: self.draft.content,
            component: self.draft.component.clone(),
            kind: kind.to_owned(),
            price: self.draft.price,
            bought_at: bought.map(|purchase| purchase.at),
        }
    }

    /// What is sold, out of a version of its content; none when the version does not have what
    /// the item is about.
    pub fn goods(&self, content: &ContentDraft) -> Option<Goods> {
        match &self.draft.kind {
            ItemKind::Hint { text } => Some(Goods::Hint { text: text.clone() }),
            ItemKind::ValidatorDetail { validator, shows } => {
                let validator = find(content, &self.draft.component, validator)?;
                detail(&validator.check, shows)
            }
        }
    }
}

/// Only what runs programs has details: those of a choice are its right options.
pub(super) fn detail(check: &Check, shows: &BTreeSet<DetailPart>) -> Option<Goods> {
    let (input, expected) = if let Check::Output(check) = check {
        let input = ValidatorInput::Run {
            stdin: check.stdin.clone(),
            args: check.args.clone(),
            files: check.files.clone(),
        };
        let expected = ValidatorExpectation::Output {
            stdout: check.expected.clone(),
            files: check.expected_files.clone(),
        };
        (input, expected)
    } else if let Check::Function(check) = check {
        let input = ValidatorInput::Call {
            function: check.name.clone(),
            args: check.args.clone(),
        };
        let expected = ValidatorExpectation::Value {
            value: check.expected.clone(),
        };
        (input, expected)
    } else {
        return None;
    };
    Some(Goods::ValidatorDetail {
        input: Some(input).filter(|_| shows.contains(&DetailPart::Input)),
        expected: Some(expected).filter(|_| shows.contains(&DetailPart::Expected)),
    })
}

pub(super) fn find<'c>(
    content: &'c ContentDraft,
    component: &ComponentId,
    validator: &ValidatorId,
) -> Option<&'c Validator> {
    let part = content.submittables().find(|part| part.id == component)?;
    let mut validators = part.validators.iter();
    validators.find(|known| known.id == *validator)
}
