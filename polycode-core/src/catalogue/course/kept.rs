//! The samples of a content as a store keeps them: beside the content, which learners see.

use serde::{Deserialize, Serialize};

use super::Sample;
use crate::id::ContentId;
use crate::port::Document;

/// The samples of a content. They are solutions: the content's authors see them, and whoever may read
/// any content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptSamples {
    /// The content.
    pub content: ContentId,
    /// Answers that its author tried it with.
    pub samples: Vec<Sample>,
}

impl Document for KeptSamples {
    const KIND: &'static str = "content samples";

    fn key(&self) -> String {
        self.content.to_string()
    }
}
