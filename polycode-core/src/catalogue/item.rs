//! Items: what the author of a content sells to its learners, hints and details of validators.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use goods::{Bought, Goods, ItemView, ValidatorExpectation, ValidatorInput};

use crate::catalogue::ContentDraft;
use crate::id::{ComponentId, ContentId, ItemId, UserId, ValidatorId};
use crate::port::{Document, Term};
use crate::quantity::{Points, Version};
use crate::refusal::Refusal;

/// Something that can be bought with polypoints, with the secret that is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Who sells it.
    pub author: UserId,
    /// The version of the content that it was last checked against.
    pub content_version: Version,
    /// Whether it can be bought.
    pub state: ItemState,
    /// What its author wrote.
    #[serde(flatten)]
    pub draft: ItemDraft,
}

/// What the author of an item writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ItemDraft {
    /// The content that it helps with.
    pub content: ContentId,
    /// The submittable in it.
    pub component: ComponentId,
    /// What it costs, at most 1,000,000 polypoints; 0 for a gift.
    pub price: Points,
    /// What is sold.
    #[serde(flatten)]
    pub kind: ItemKind,
}

/// What is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ItemKind {
    /// A hint.
    Hint {
        /// What it says, in `CommonMark`, 1 to 10,000 bytes.
        text: String,
    },
    /// What a validator of the submittable does, hidden ones too.
    ValidatorDetail {
        /// The validator.
        validator: ValidatorId,
        /// Which parts of it are sold, at least one.
        shows: BTreeSet<DetailPart>,
    },
}

/// A part of a validator that can be sold.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DetailPart {
    /// What it gives to the program.
    Input,
    /// What it expects of the program.
    Expected,
}

/// Whether an item can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ItemState {
    /// It can.
    OnSale,
    /// Not any more; whoever bought it keeps it.
    Retired {
        /// Since when.
        at: Timestamp,
    },
}

/// What happened to an item. Nothing of what it sells stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum ItemEvent {
    /// It was put on sale.
    Offered {
        /// The item.
        item: ItemId,
        /// The content that it helps with.
        content: ContentId,
        /// What it costs.
        price: Points,
        /// When.
        at: Timestamp,
    },
    /// It was written anew.
    Updated {
        /// The item.
        item: ItemId,
        /// What it costs now.
        price: Points,
        /// When.
        at: Timestamp,
    },
    /// It can't be bought any more.
    Retired {
        /// The item.
        item: ItemId,
        /// When.
        at: Timestamp,
    },
}

impl Item {
    /// The most that an item may cost.
    pub const MOST_PRICE: Points = Points(1_000_000);
    const MOST_TEXT: usize = 10_000;
    /// The list of the items of a content that can be bought.
    pub(crate) const ON_SALE: &str = "on sale";
    /// The list of all items of a content, retired ones too.
    pub(crate) const OF_CONTENT: &str = "content";

    /// Puts an item on sale.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every rule that the draft breaks.
    pub fn decide_offer(
        id: ItemId,
        draft: &ItemDraft,
        content: &ContentDraft,
        now: Timestamp,
    ) -> Result<ItemEvent, Refusal> {
        draft.check(content)?;
        Ok(ItemEvent::Offered {
            item: id,
            content: draft.content,
            price: draft.price,
            at: now,
        })
    }

    /// Takes a new draft. An item stays with its content, since that is what its buyers had in
    /// mind.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it was retired; [`Refusal::Invalid`] with every rule that the
    /// draft breaks.
    pub fn decide_update(
        &self,
        draft: &ItemDraft,
        content: &ContentDraft,
        now: Timestamp,
    ) -> Result<ItemEvent, Refusal> {
        self.on_sale()?;
        if draft.content != self.draft.content {
            return Err(Refusal::invalid(
                "content",
                "an item stays with its content",
            ));
        }
        draft.check(content)?;
        Ok(ItemEvent::Updated {
            item: self.id,
            price: draft.price,
            at: now,
        })
    }

    /// Takes it off sale.
    ///
    /// # Errors
    /// [`Refusal::WrongState`] when it was retired before.
    pub fn decide_retire(&self, now: Timestamp) -> Result<ItemEvent, Refusal> {
        self.on_sale()?;
        Ok(ItemEvent::Retired {
            item: self.id,
            at: now,
        })
    }

    /// The item with another draft, checked against a version of its content.
    #[must_use]
    pub fn rewritten(self, draft: ItemDraft, content_version: Version) -> Self {
        Self {
            content_version,
            draft,
            ..self
        }
    }

    /// The item after an event. What its author writes is no event's matter, see
    /// [`Item::rewritten`].
    #[must_use]
    pub fn apply(self, event: &ItemEvent) -> Self {
        match event {
            ItemEvent::Offered { .. } | ItemEvent::Updated { .. } => self,
            ItemEvent::Retired { at, .. } => Self {
                state: ItemState::Retired { at: *at },
                ..self
            },
        }
    }

    /// Whether it can be bought.
    pub const fn is_on_sale(&self) -> bool {
        matches!(self.state, ItemState::OnSale)
    }

    const fn on_sale(&self) -> Result<(), Refusal> {
        match self.state {
            ItemState::OnSale => Ok(()),
            ItemState::Retired { .. } => Err(Refusal::WrongState {
                what: "item",
                state: "retired",
            }),
        }
    }
}

impl Document for Item {
    const KIND: &'static str = "item";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let content = &self.draft.content;
        let listed = |name| Term::listed(name, content, &self.id);
        let on_sale = self.is_on_sale().then(|| listed(Self::ON_SALE));
        on_sale
            .into_iter()
            .chain([listed(Self::OF_CONTENT)])
            .collect()
    }
}

mod check;
mod goods;

#[cfg(test)]
mod tests;
